//! The gallery's header: count, what is new, search, star filter, pair toggle, order.

use egui::{Align, Rect, Ui, vec2};

use super::PAIR;
use crate::action::{Action, Asks as _, Command, GalleryAction};
use crate::icons;
use crate::theme::{self, Motion, Type, size};
use crate::topbar::command_button;
use crate::view::GalleryView;
use crate::widgets::chip::{Chip, Tone};
use crate::widgets::progress::{self, Ring};
use crate::widgets::{self, Button, Cut, IconButton, Segment, Segmented, TextField, menu, text};
use model::{Remote, Sort};

/// Below this width the order is an icon.
const NARROW: f32 = 720.0;

/// Below this width the star filter is an icon too.
const NARROWER: f32 = 540.0;

/// Below this width the count goes.
const NARROWEST: f32 = 450.0;

/// Draws the header over the whole of `ui`.
pub(super) fn ui(ui: &mut Ui, focus_search: bool, view: &GalleryView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let rect = ui.max_rect();
    let width = rect.width();
    let mut cut = Cut(rect.shrink2(vec2(size::PANEL_PADDING, 0.0)));
    // What stands at the right is measured from the end and drawn from the left, so that Tab goes that way too.
    cut.right(-2.0);
    let expand = cut.right(24.0);
    cut.right(4.0);
    let bin = cut.right(24.0);
    cut.right(8.0);
    let name = if view.in_bin { "Bin" } else { "Gallery" };
    let title = text::width(ui, name, Type::Heading).ceil();
    text::label(ui, cut.left(title), Align::Min, name, Type::Heading, tokens.text);
    cut.left(8.0);
    if width >= NARROWEST || view.total == 0 || view.in_bin {
        count(ui, &mut cut, view);
    }
    news(ui, &mut cut, view, actions);
    if view.in_bin {
        of_bin(ui, &mut cut, view, actions);
    } else if view.total > 0 || !view.search.is_empty() {
        filters(ui, &mut cut, width, focus_search, view, actions);
    }
    let tooltip = Command::ShowBin.tooltip();
    let button = IconButton::new(icons::TRASH, Command::ShowBin.label()).tooltip(&tooltip).on(view.in_bin);
    button.put(ui, bin).asks(actions, Command::ShowBin);
    command_button(ui, expand, Command::ExpandGallery, true, actions);
}

/// What can be done in the bin, from the right end, so that no count moves it from under the pointer.
fn of_bin(ui: &mut Ui, cut: &mut Cut, view: &GalleryView<'_>, actions: &mut Vec<Action>) {
    let (restore, empty) = (Command::Restore, Command::EmptyBin);
    let (restore_words, empty_words) = (restore.tooltip(), empty.tooltip());
    let can_restore = view.chosen > 0 && view.binned > 0;
    let restores =
        Button::new(restore.label()).icon(restore.icon()).small().enabled(can_restore).tooltip(&restore_words);
    let empties =
        Button::ghost(empty.label()).icon(empty.icon()).small().enabled(view.binned > 0).tooltip(&empty_words);
    let empties_place = cut.right_control(empties.width(ui), size::CONTROL);
    cut.right(4.0);
    let restores_place = cut.right_control(restores.width(ui), size::CONTROL);
    restores.put(ui, restores_place).asks(actions, restore);
    empties.put(ui, empties_place).asks(actions, empty);
}

/// Search, star filter, pair toggle and order.
fn filters(
    ui: &mut Ui,
    cut: &mut Cut,
    width: f32,
    focus_search: bool,
    view: &GalleryView<'_>,
    actions: &mut Vec<Action>,
) {
    let spoken = format!("Order, {}", view.sort.label());
    let order = Button::ghost(view.sort.label()).opens(icons::CHEVRON_DOWN).small().name(&spoken);
    let order_place = cut.right_control(if width < NARROW { 24.0 } else { order.width(ui) }, size::CONTROL);
    cut.right(4.0);
    let segments = PAIR.map(|(name, icon)| Segment::icon(name, icon));
    let pair = Segmented::new("Which picture of a pair", &segments, usize::from(view.backgrounds));
    let pair_place = cut.right(pair.width(ui));
    cut.right(8.0);
    let star_place = cut.right_control(starred_width(ui, width, view), size::CONTROL);
    cut.right(8.0);
    search(ui, cut, focus_search, view, actions);
    starred(ui, star_place, width, view, actions);
    if let Some(index) = pair.put(ui, pair_place) {
        actions.push(Action::Gallery(GalleryAction::ShowBackgrounds(index == 1)));
    }
    let response = if width < NARROW {
        IconButton::new(icons::SORT, &spoken).put(ui, order_place)
    } else {
        order.put(ui, order_place)
    };
    menu::below(&response, 140.0, |ui| {
        for order in Sort::ALL {
            if menu::Item::new(order.label()).chosen(view.sort == order).show(ui) {
                actions.push(Action::Gallery(GalleryAction::Sort(order)));
            }
        }
    });
}

fn search(ui: &mut Ui, cut: &mut Cut, focus_search: bool, view: &GalleryView<'_>, actions: &mut Vec<Action>) {
    let place = cut.right_control(cut.rest().width().clamp(96.0, 196.0), size::ROW);
    let mut words = view.search.to_owned();
    let hint = if place.width() < 180.0 { "Search" } else { "Words, seed, size, date" };
    let field = TextField::new("Search the gallery").hint(hint).icon(icons::SEARCH);
    let id = field.id(ui);
    if focus_search {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    if field.put(ui, place, &mut words).response.changed() {
        actions.push(Action::Gallery(GalleryAction::Search(words)));
    }
    if !view.search.is_empty() {
        let clear = Cut(place.shrink2(vec2(2.0, 0.0))).right(24.0);
        IconButton::new(icons::CLOSE, "Clear the search")
            .points(14.0)
            .put(ui, clear)
            .asks(actions, GalleryAction::Search(String::new()));
    }
}

fn count(ui: &mut Ui, cut: &mut Cut, view: &GalleryView<'_>) {
    let tokens = theme::of(ui);
    let shown = view.cards.shown().map(|cards| cards.len());
    let filtered = !view.search.is_empty() || view.starred_only;
    let words = match shown {
        _ if view.chosen > 1 => format!("{} selected", text::grouped(view.chosen)),
        _ if view.in_bin => text::grouped(view.binned),
        _ if view.total == 0 => "empty".to_owned(),
        Some(shown) if filtered => format!("{} of {}", text::grouped(shown), text::grouped(view.total)),
        _ => text::grouped(view.total),
    };
    let width = text::width(ui, &words, Type::Label).ceil();
    let color = if view.chosen > 1 { tokens.accent } else { tokens.text_muted };
    text::label(ui, cut.left(width), Align::Min, &words, Type::Label, color);
    cut.left(8.0);
}

/// What is new above what is in sight, or that the library is being looked through.
fn news(ui: &mut Ui, cut: &mut Cut, view: &GalleryView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    if view.new_above > 0 {
        let words = format!("{} new", view.new_above);
        let chip = Chip::new(&words, Tone::Accent).small().icon(icons::ARROW_UP);
        let width = chip.width(ui);
        let place = cut.left(width);
        let arrived = Motion::Arrive.arrived(ui.ctx(), ui.make_persistent_id("new"));
        let response = widgets::inside(ui, place, "new", |ui| {
            ui.multiply_opacity(arrived);
            chip.put(ui, place)
        });
        response.on_hover_text(Command::JumpToNewest.tooltip()).asks(actions, Command::JumpToNewest);
        cut.left(8.0);
    } else if matches!(view.cards, Remote::Loading { .. }) {
        let place = cut.rest();
        // A quick answer is there before this can be read.
        let arrived = Motion::Arrive.arrived(ui.ctx(), ui.make_persistent_id("looking"));
        widgets::inside(ui, place, "looking", |ui| {
            ui.multiply_opacity(arrived);
            let mut cut = Cut(place);
            progress::ring(ui, cut.left(16.0).center(), Ring::Stepping, tokens.text_muted);
            cut.left(4.0);
            text::label(ui, cut.rest(), Align::Min, "Looking", Type::Label, tokens.text_muted);
        });
    }
}

/// The star filter that is off.
fn star_button() -> Button<'static> {
    Button::ghost("Starred").icon(icons::STAR).small()
}

/// The star filter that is on.
fn star_chip() -> Chip<'static> {
    Chip::new("Starred", Tone::Accent).icon(icons::STAR_FILLED).on(true)
}

fn starred_width(ui: &Ui, width: f32, view: &GalleryView<'_>) -> f32 {
    if width < NARROWER {
        24.0
    } else if view.starred_only {
        star_chip().width(ui)
    } else {
        star_button().width(ui)
    }
}

fn starred(ui: &mut Ui, place: Rect, width: f32, view: &GalleryView<'_>, actions: &mut Vec<Action>) {
    let response = if width < NARROWER {
        IconButton::new(icons::STAR, "Starred").on(view.starred_only).put(ui, place)
    } else if view.starred_only {
        star_chip().put(ui, place)
    } else {
        star_button().put(ui, place)
    };
    response.asks(actions, GalleryAction::ShowStarredOnly(!view.starred_only));
}
