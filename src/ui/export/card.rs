//! One sticker of the pack.

use egui::{Align, CursorIcon, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, vec2};

use super::{pack, sign, word};
use crate::action::{Action, ExportAction};
use crate::icons;
use crate::theme::{self, Type, on_picture, size};
use crate::view::{ExportView, Lamp};
use crate::widgets::{Cut, IconButton, TextField, checker, focus, menu, text};
use model::moods::MOODS;

/// Around what stands on a card.
const PADDING: f32 = 8.0;

/// A sticker on its way to another place.
pub(super) struct Drag {
    /// Was it let go?
    pub stopped: bool,
}

/// How high a card of this width is.
pub(super) const fn height(width: f32, takes_alt: bool) -> f32 {
    let fields = if takes_alt { 3.0 } else { 2.0 };
    width + fields * (size::CONTROL + 6.0) + 20.0 + PADDING
}

/// Draws the card at `place`; tells when it is dragged.
pub(super) fn ui(
    ui: &mut Ui,
    rect: Rect,
    place: usize,
    view: &ExportView<'_>,
    actions: &mut Vec<Action>,
) -> Option<Drag> {
    let tokens = theme::of(ui);
    let sticker = &view.stickers[place];
    let is_selected = view.selected == place;
    let line = match (sticker.lamp, is_selected) {
        (_, true) => tokens.accent,
        (Lamp::Broken, false) => tokens.money,
        _ => tokens.line_soft,
    };
    ui.painter().rect(rect, size::RADIUS_TICKET, tokens.bg_panel, Stroke::new(1.0, line), StrokeKind::Inside);
    let mut drag = None;
    ui.push_id(("packed", sticker.id), |ui| {
        let mut cut = Cut(rect.shrink(PADDING));
        let well = cut.top(rect.width() - 2.0 * PADDING);
        drag = on_picture(ui, well, place, view, actions);
        cut.top(6.0);
        emoji(ui, cut.top(size::CONTROL), place, view, actions);
        cut.top(6.0);
        let mut name = sticker.name.to_owned();
        let label = format!("Name of sticker {}", place + 1);
        let field = TextField::new(&label).hint("Name");
        if field.put(ui, cut.top(size::CONTROL), &mut name).response.changed() {
            actions.push(ExportAction::Name(place, name).into());
        }
        cut.top(6.0);
        if view.takes_alt {
            let mut alt = sticker.alt.to_owned();
            let label = format!("Alt text of sticker {}", place + 1);
            let field = TextField::new(&label).hint("What it shows");
            if field.put(ui, cut.top(size::CONTROL), &mut alt).response.changed() {
                actions.push(ExportAction::Alt(place, alt).into());
            }
            cut.top(6.0);
        }
        let mut foot = Cut(cut.top(16.0));
        let (icon, color) = (
            sign(sticker.lamp, tokens),
            if sticker.lamp == Lamp::Broken { tokens.money } else { tokens.text_secondary },
        );
        if let Some((icon, tint)) = icon {
            icon.paint(ui, foot.right(size::ICON_SMALL), size::ICON_SMALL, tint);
        }
        text::label(ui, foot.rest(), Align::Min, sticker.note, Type::Note, color);
    });
    drag
}

/// The picture: a click looks at it, a drag takes it elsewhere, its menu does the rest.
fn on_picture(ui: &Ui, rect: Rect, place: usize, view: &ExportView<'_>, actions: &mut Vec<Action>) -> Option<Drag> {
    let sticker = &view.stickers[place];
    let response = ui.interact(rect, ui.make_persistent_id("picture"), Sense::click_and_drag());
    let cover = if view.cover == place { ", cover" } else { "" };
    let name = if sticker.name.is_empty() { "without a name" } else { sticker.name };
    let spoken = format!("Sticker {}, {name}{cover}, {}", place + 1, word(sticker.lamp));
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, view.selected == place, &spoken));
    checker::checkerboard(ui, rect, 8.0, size::RADIUS);
    pack::picture(ui, rect.shrink(4.0), &sticker.picture);
    let badge = Rect::from_min_size(rect.min + Vec2::splat(6.0), Vec2::splat(20.0));
    ui.painter().circle_filled(badge.center(), 10.0, on_picture::CHIP);
    text::paint(ui, badge, Align::Center, &(place + 1).to_string(), Type::ChipNote, on_picture::TEXT);
    if view.cover == place {
        let badge = badge.translate(vec2(rect.width() - 32.0, 0.0));
        ui.painter().circle_filled(badge.center(), 10.0, on_picture::CHIP);
        icons::STAR_FILLED.paint(ui, badge, 12.0, on_picture::TEXT);
    }
    focus::ring(ui, &response, rect, size::RADIUS);
    if response.clicked() || response.secondary_clicked() || response.drag_started() {
        actions.push(ExportAction::Select(place).into());
    }
    let response = response.on_hover_cursor(CursorIcon::Grab);
    response.context_menu(|ui| {
        ui.set_width(200.0);
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        let items = [
            ("Stands for the pack", icons::STAR, view.cover != place, ExportAction::Cover(place)),
            ("Earlier", icons::CHEVRON_LEFT, place > 0, ExportAction::Move(place, place.saturating_sub(1))),
            ("Later", icons::CHEVRON_RIGHT, place + 1 < view.stickers.len(), ExportAction::Move(place, place + 1)),
            ("Leave it out", icons::CLOSE, true, ExportAction::LeaveOut(place)),
        ];
        for (words, icon, is_enabled, action) in items {
            if menu::Item::new(words).icon(icon).enabled(is_enabled).show(ui) {
                actions.push(action.into());
            }
        }
    });
    (response.dragged() || response.drag_stopped()).then(|| Drag { stopped: response.drag_stopped() })
}

/// What it stands for, typed or picked.
fn emoji(ui: &mut Ui, rect: Rect, place: usize, view: &ExportView<'_>, actions: &mut Vec<Action>) {
    let sticker = &view.stickers[place];
    let mut cut = Cut(rect);
    let pick = cut.right(size::CONTROL);
    cut.right(2.0);
    let label = format!("Emoji of sticker {}", place + 1);
    let mut typed = sticker.emoji.to_owned();
    let field = TextField::new(&label).hint("Emoji").refused(sticker.emoji_refused);
    if field.put(ui, cut.rest(), &mut typed).response.changed() {
        actions.push(ExportAction::Emoji(place, typed).into());
    }
    let label = format!("Pick an emoji for sticker {}", place + 1);
    let button = IconButton::new(icons::SMILE, &label).points(size::ICON_SMALL).put(ui, pick);
    menu::below(&button, 200.0, |ui| {
        egui::ScrollArea::vertical().max_height(280.0).show(ui, |ui| {
            ui.spacing_mut().item_spacing = Vec2::ZERO;
            for mood in MOODS {
                let words = format!("{}  {}", mood.emoji, mood.label);
                if menu::Item::new(&words).chosen(sticker.emoji == mood.emoji).show(ui) {
                    actions.push(ExportAction::Emoji(place, mood.emoji.to_owned()).into());
                }
            }
        });
    });
}
