//! The gallery: every sticker, as a grid that only ever draws what is in sight.

mod band;
mod card;
mod empty;
mod header;

use egui::{Align, Context, Id, Key, Rect, ScrollArea, Sense, Ui, UiBuilder, Vec2, pos2, vec2};

use super::action::{Action, Command, GalleryAction, StickerId};
use super::icons;
use super::theme::{self, Type, size};
use super::view::{Cards, GalleryView};
use super::widgets::{self, Button, Cut, text};
use band::{Band, Dragged, Grid};
use model::Remote;

/// Between cards.
const GAP: f32 = 8.0;

/// A part of a row lower than this is not worth showing.
const SLIVER: f32 = 16.0;

/// The smallest, usual and largest side of a card.
const SIDES: [f32; 3] = [64.0, 84.0, 240.0];

/// What the gallery remembers about itself.
#[derive(Clone, Debug)]
pub struct GalleryPanel {
    /// Side of a card in points.
    side: f32,
    /// Columns of the last frame.
    columns: usize,
    /// Places that were last reported to be in sight.
    reported: (usize, usize),
    /// A drag over the cards.
    band: Band,
    /// Scroll to this place in the next frame.
    scroll_to: Option<usize>,
    /// Give the focus to the search field in the next frame.
    focus_search: bool,
}

impl Default for GalleryPanel {
    fn default() -> Self {
        Self {
            side: SIDES[1],
            columns: 1,
            reported: (0, 0),
            band: Band::default(),
            scroll_to: None,
            focus_search: false,
        }
    }
}

impl GalleryPanel {
    /// Side of a card in points, when a person has changed it.
    pub(super) fn side(&self) -> Option<f32> {
        (self.side != SIDES[1]).then_some(self.side)
    }

    /// Makes cards as large as they were.
    pub(super) fn set_side(&mut self, side: f32) {
        self.side = side.clamp(SIDES[0], SIDES[2]).round();
    }

    /// Draws the gallery over the whole of `ui`.
    pub fn ui(&mut self, ui: &mut Ui, view: &GalleryView<'_>, actions: &mut Vec<Action>) {
        let tokens = theme::of(ui);
        let rect = ui.max_rect();
        widgets::name_group(ui, "Gallery");
        ui.painter().rect_filled(rect, 0.0, tokens.bg_canvas);
        let mut cut = Cut(rect);
        let header = cut.top(size::HEADER);
        ui.painter().rect_filled(header, 0.0, tokens.bg_panel);
        widgets::hairline_above(ui, header);
        widgets::hairline_below(ui, header);
        let focus_search = std::mem::take(&mut self.focus_search);
        widgets::inside(ui, header, "header", |ui| header::ui(ui, focus_search, view, actions));
        if let Some(banner) = &view.banner {
            super::jobs::show_banner(ui, &mut cut, banner, actions);
        }
        widgets::inside_clipped(ui, cut.rest(), "cards", |ui| self.body(ui, view, actions));
    }

    /// Carries out a command about looking; false when it is none.
    pub fn run(&mut self, command: Command, view: &GalleryView<'_>, actions: &mut Vec<Action>) -> bool {
        match command {
            Command::Search => self.focus_search = true,
            Command::NextSticker => self.step(1, view, actions),
            Command::PreviousSticker => self.step(-1, view, actions),
            Command::NextPartner => self.pick_partner(1, view, actions),
            Command::PreviousPartner => self.pick_partner(-1, view, actions),
            Command::JumpToNewest => {
                self.scroll_to = Some(0);
                // The window also lets in what is new.
                return false;
            }
            _ => return false,
        }
        true
    }

    fn body(&mut self, ui: &mut Ui, view: &GalleryView<'_>, actions: &mut Vec<Action>) {
        let dimmed = matches!(view.cards, Remote::Failed { .. });
        if let Remote::Failed { error, previous: None } = view.cards {
            message(ui, "The gallery could not be read", error, &[], actions);
            return;
        }
        match view.cards.shown() {
            Some(cards) if !cards.is_empty() => self.grid(ui, *cards, dimmed, view, actions),
            None if view.cards.is_loading() => tiles(ui, self.side),
            _ if view.in_bin => bin_is_empty(ui, actions),
            _ if view.total > 0 && (!view.search.is_empty() || view.starred_only) => no_match(ui, view, actions),
            _ => empty::ui(ui, self.side, view, actions),
        }
    }

    fn grid(
        &mut self,
        ui: &mut Ui,
        cards: &dyn Cards,
        dimmed: bool,
        view: &GalleryView<'_>,
        actions: &mut Vec<Action>,
    ) {
        let hand = ui.rect_contains_pointer(ui.max_rect());
        ui.data_mut(|data| data.insert_temp(hand_id(), hand));
        self.resize(ui);
        back_to_one(ui, view, actions);
        let width = ui.available_width() - 2.0 * size::PANEL_PADDING;
        let pitch = self.side + GAP;
        self.columns = (((width + GAP) / pitch).floor() as usize).max(1);
        self.move_up_and_down(ui, cards, view, actions);
        let rows = cards.len().div_ceil(self.columns);
        let height = rows as f32 * pitch - GAP + 2.0 * size::PANEL_PADDING;
        let columns = self.columns;
        let scroll_to = self.scroll_to.take();
        // Cards are cut off sharply: a fade over pictures would look like a part of them.
        ui.spacing_mut().scroll.fade.strength = 0.0;
        let output = ScrollArea::vertical()
            .max_height(whole_rows(ui.available_height(), pitch))
            .id_salt("gallery")
            .auto_shrink([false, false])
            .show_viewport(ui, |ui, viewport| {
                ui.set_height(height);
                ui.set_width(ui.available_width());
                let origin = ui.max_rect().min + Vec2::splat(size::PANEL_PADDING);
                let grid = Grid { origin, pitch, side: self.side, columns, count: cards.len() };
                if let Some(index) = scroll_to {
                    ui.scroll_to_rect(grid.at(index).expand(size::PANEL_PADDING), None);
                }
                let seen = viewport.translate(ui.max_rect().min.to_vec2());
                // Behind the cards, which take clicks alone: a drag that begins on one of them begins here too.
                let behind = ui.interact(seen, ui.make_persistent_id("band"), Sense::DRAG);
                match self.band.follow(ui, &behind, &grid, (seen, view.drags_out)) {
                    Some(Dragged::Touches(touched)) => {
                        let ids = touched.into_iter().map(|index| cards.card(index).id).collect();
                        let more = ui.input(|input| input.modifiers.command || input.modifiers.ctrl);
                        actions.push(Action::Gallery(GalleryAction::Choose { ids, more }));
                    }
                    Some(Dragged::Out(index)) => {
                        actions.push(Action::Gallery(GalleryAction::DragOut(cards.card(index).id)));
                    }
                    None => {}
                }
                let first_row = ((viewport.min.y - size::PANEL_PADDING) / pitch).floor().max(0.0) as usize;
                let last_row = ((viewport.max.y / pitch).ceil() as usize).min(rows);
                let (first, end) = (first_row * columns, (last_row * columns).min(cards.len()));
                for index in first..end {
                    let card = cards.card(index);
                    let place = grid.at(index);
                    let child = ui.new_child(UiBuilder::new().max_rect(place).id_salt(("card", card.id)));
                    card::ui(&child, place, &card, dimmed, view, actions);
                }
                self.band.paint(ui, &behind, &grid);
                (first, end)
            });
        if output.inner != self.reported {
            self.reported = output.inner;
            actions.push(Action::Gallery(GalleryAction::InSight(output.inner.0, output.inner.1)));
        }
    }

    /// Ctrl and the wheel change the size of cards.
    fn resize(&mut self, ui: &Ui) {
        if !ui.rect_contains_pointer(ui.max_rect()) {
            return;
        }
        let factor = ui.input(|input| input.zoom_delta());
        if factor != 1.0 {
            self.side = (self.side * factor).clamp(SIDES[0], SIDES[2]).round();
        }
    }

    fn move_up_and_down(&mut self, ui: &Ui, cards: &dyn Cards, view: &GalleryView<'_>, actions: &mut Vec<Action>) {
        if ui.memory(|memory| memory.focused()).is_some() {
            return;
        }
        let rows =
            ui.input(|input| input.num_presses(Key::ArrowDown) as isize - input.num_presses(Key::ArrowUp) as isize);
        if rows != 0 {
            self.go(rows * self.columns as isize, cards, view, actions);
        }
    }

    fn step(&mut self, by: isize, view: &GalleryView<'_>, actions: &mut Vec<Action>) {
        if let Some(cards) = view.cards.shown() {
            self.go(by, *cards, view, actions);
        }
    }

    /// Selects the card so many places on, and brings it into sight.
    fn go(&mut self, by: isize, cards: &dyn Cards, view: &GalleryView<'_>, actions: &mut Vec<Action>) {
        if let Some(target) = self.beside(view.selected, by, cards) {
            self.scroll_to = Some(target);
            actions.push(Action::Gallery(GalleryAction::Select(cards.card(target).id)));
        }
    }

    /// Compares with the card so many places on from the partner, or from the selected one.
    fn pick_partner(&mut self, by: isize, view: &GalleryView<'_>, actions: &mut Vec<Action>) {
        let Some(cards) = view.cards.shown() else { return };
        let target = self.beside(view.partner.or(view.selected), by, *cards);
        // Past the one in the viewer, which is never compared with itself.
        let is_itself = |target: &usize| Some(cards.card(*target).id) == view.selected;
        let target = match target.filter(is_itself) {
            Some(itself) => itself.checked_add_signed(by).filter(|further| *further < cards.len()),
            None => target,
        };
        if let Some(target) = target {
            self.scroll_to = Some(target);
            actions.push(Action::Gallery(GalleryAction::CompareWith(cards.card(target).id)));
        }
    }

    /// The place so many places on from a sticker near what is in sight; the first in sight when it is elsewhere.
    fn beside(&self, id: Option<StickerId>, by: isize, cards: &dyn Cards) -> Option<usize> {
        let last = cards.len().checked_sub(1)?;
        let near = self.reported.0.saturating_sub(self.columns)..(self.reported.1 + self.columns).min(cards.len());
        let place = id.and_then(|id| near.clone().find(|index| cards.card(*index).id == id));
        Some(place.map_or(self.reported.0, |index| index.saturating_add_signed(by)).min(last))
    }
}

/// Was the pointer on the cards in the last frame in which they were drawn?
pub fn has_hand(ctx: &Context) -> bool {
    ctx.data(|data| data.get_temp(hand_id())).unwrap_or_default()
}

fn hand_id() -> Id {
    Id::unique("hand on the cards of the gallery")
}

/// Of several that are chosen, Esc leaves the one in the viewer.
fn back_to_one(ui: &Ui, view: &GalleryView<'_>, actions: &mut Vec<Action>) {
    let busy = ui.memory(|memory| memory.focused()).is_some() || ui.ctx().any_popup_open();
    let Some(selected) = view.selected.filter(|_| view.chosen > 1 && !busy) else { return };
    if ui.input(|input| input.key_pressed(Key::Escape)) {
        actions.push(Action::Gallery(GalleryAction::Select(selected)));
    }
}

/// The height without the sliver of a row that would tell nothing at its bottom.
fn whole_rows(height: f32, pitch: f32) -> f32 {
    let beyond = (height - size::PANEL_PADDING).rem_euclid(pitch);
    if height > pitch && beyond < SLIVER { height - beyond } else { height }
}

/// The first read: flat tiles, never spinners.
fn tiles(ui: &Ui, side: f32) {
    let rect = ui.max_rect().shrink(size::PANEL_PADDING);
    let pitch = side + GAP;
    let columns = ((rect.width() + GAP) / pitch).floor().max(1.0) as usize;
    let rows = (rect.height() / pitch).ceil().max(1.0) as usize;
    for index in 0..columns * rows {
        let corner = rect.min + vec2((index % columns) as f32, (index / columns) as f32) * pitch;
        ui.painter().rect_filled(Rect::from_min_size(corner, Vec2::splat(side)), size::RADIUS, theme::of(ui).bg_panel);
    }
}

/// Nothing lies in the bin.
fn bin_is_empty(ui: &mut Ui, actions: &mut Vec<Action>) {
    let sentence =
        "What you delete lands here, until you empty the bin or close the window: then it goes to the system's trash.";
    let back = ("Back to the gallery".to_owned(), vec![Command::ShowBin.into()]);
    message(ui, "The bin is empty", sentence, &[back], actions);
}

/// Nothing fits the search.
fn no_match(ui: &mut Ui, view: &GalleryView<'_>, actions: &mut Vec<Action>) {
    let kind = if view.starred_only { "No starred sticker" } else { "No sticker" };
    let mut sentence = if view.search.is_empty() {
        format!("{kind} yet.")
    } else {
        format!("{kind} fits \u{201c}{}\u{201d}.", view.search)
    };
    let mut ways = Vec::new();
    let clear = || Action::Gallery(GalleryAction::Search(String::new()));
    let show_all = || Action::Gallery(GalleryAction::ShowStarredOnly(false));
    if view.starred_only && view.without_star > 0 {
        sentence = format!("{sentence}\nWithout the star there are {}.", text::grouped(view.without_star));
        ways.push((format!("Show those {}", text::grouped(view.without_star)), vec![show_all()]));
    }
    match (view.starred_only, view.search.is_empty()) {
        (false, _) => ways.push(("Clear the search".to_owned(), vec![clear()])),
        (true, false) => ways.push(("Clear all".to_owned(), vec![clear(), show_all()])),
        (true, true) if ways.is_empty() => ways.push(("Show all".to_owned(), vec![show_all()])),
        (true, true) => {}
    }
    message(ui, "Nothing matches", &sentence, &ways, actions);
}

/// A title, a sentence and at most two ways on, in the middle.
fn message(ui: &mut Ui, title: &str, sentence: &str, ways: &[(String, Vec<Action>)], actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let rect = ui.max_rect();
    let width = (rect.width() - 24.0).min(320.0);
    let height = text::paragraph_height(ui, width, 3, sentence, Type::Label);
    let whole = 24.0 + height + if ways.is_empty() { 0.0 } else { 12.0 + size::CONTROL };
    let top = (rect.center().y - whole / 2.0).max(rect.top() + 4.0);
    let line = Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), 20.0));
    text::label(ui, line, Align::Center, title, Type::Title, tokens.text);
    let corner = pos2((rect.center().x - width / 2.0).round(), top + 24.0);
    text::paragraph_centred(ui, corner, width, 3, sentence, Type::Label, tokens.text_secondary);
    let mut buttons = Vec::new();
    for (index, (words, asked)) in ways.iter().enumerate() {
        let button = if index == 0 { Button::new(words).small() } else { Button::ghost(words).small() };
        buttons.push((button.width(ui), button, asked));
    }
    let row: f32 = buttons.iter().map(|(width, ..)| width + 4.0).sum();
    let mut cut = Cut(Rect::from_min_size(
        pos2((rect.center().x - row / 2.0).round(), top + 24.0 + height + 12.0),
        vec2(row + 4.0, size::CONTROL),
    ));
    for (width, button, asked) in buttons {
        if button.put(ui, cut.left(width)).clicked() {
            actions.extend(asked.iter().cloned());
        }
        cut.left(4.0);
    }
}

/// The icon of the pair toggle.
const PAIR: [(&str, super::icons::Icon); 2] =
    [("Cut-outs", icons::CUTOUT), ("With background", icons::WITH_BACKGROUND)];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sliver_of_a_row_is_left_out_and_a_good_part_of_one_is_not() {
        // One row, two rows, and two and a half.
        for (height, shown) in [(110.0, 104.0), (204.0, 196.0), (240.0, 240.0), (60.0, 60.0)] {
            assert_eq!(whole_rows(height, 92.0), shown, "{height}");
        }
    }
}
