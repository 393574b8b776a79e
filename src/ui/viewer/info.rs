//! The bar under the picture: where it comes from, what differs from the form, and what to do with it.

use egui::{Align, Rect, Ui, vec2};

use super::Showing;
use crate::action::{Action, Asks as _, Command, GalleryAction};
use crate::icons;
use crate::theme::{self, Type, size};
use crate::topbar::command_button;
use crate::view::{Difference, Picture, StickerView, ViewerView};
use crate::widgets::chip::{Chip, Tone};
use crate::widgets::{self, Button, Cut, IconButton, Pressable, menu, text};
use model::{EngineId, Remote};

/// Draws the bar over the whole of `ui`.
pub(super) fn ui(ui: &mut Ui, view: &ViewerView<'_>, showing: Showing, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let rect = ui.max_rect();
    ui.painter().rect_filled(rect, 0.0, tokens.bg_panel);
    widgets::hairline_above(ui, rect);
    let mut cut = Cut(rect.shrink2(vec2(size::PANEL_PADDING, 0.0)));
    match view.sticker.shown() {
        Some(sticker) if view.draft.is_some() => behind_draft(ui, &mut cut, sticker, actions),
        Some(sticker) => {
            let other = view.other.filter(|_| showing == Showing::Pair);
            about(ui, &mut cut, sticker, other, actions);
        }
        None => match view.sticker {
            Remote::NotAsked => invitation(ui, &mut cut, view, actions),
            Remote::Failed { .. } => note(ui, &cut, "This sticker cannot be shown"),
            Remote::Loading { .. } | Remote::Ready(_) => note(ui, &cut, "Reading the sticker"),
        },
    }
}

fn note(ui: &mut Ui, cut: &Cut, words: &str) {
    let color = theme::of(ui).text_muted;
    text::label(ui, cut.rest(), Align::Min, words, Type::Label, color);
}

/// A draft stands in the sticker's place; the way back to it.
fn behind_draft(ui: &mut Ui, cut: &mut Cut, sticker: &StickerView<'_>, actions: &mut Vec<Action>) {
    let color = theme::of(ui).text_secondary;
    let words = "A draft of the settings in the form.";
    let button = Button::link("Show the sticker").small();
    let link = button.width(ui);
    let width = text::width(ui, words, Type::Label).ceil().min((cut.rest().width() - link - 6.0).max(0.0));
    text::label(ui, cut.left(width), Align::Min, words, Type::Label, color);
    cut.left(6.0);
    button.put(ui, cut.left_control(link, size::CONTROL)).asks(actions, GalleryAction::Select(sticker.id));
}

/// No sticker yet: how to bring a photo.
fn invitation(ui: &mut Ui, cut: &mut Cut, view: &ViewerView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    if view.photo.is_some() && !view.photo_is_sample {
        return note(ui, cut, "Its sticker shows here once it is made.");
    }
    let words = match (view.photo.is_some(), view.can_drop) {
        (true, true) => "Have your own photo? Drop it anywhere in this window, paste it, or",
        (true, false) => "Have your own photo? Paste it, or",
        (false, true) => "Drop a photo of a face anywhere in this window, paste it, or",
        (false, false) => "Paste a photo of a face, or",
    };
    let button = Button::link("pick one…");
    let link = button.width(ui);
    let room = cut.rest().width() - link - 6.0;
    let short = if view.can_drop { "Drop or paste a photo, or" } else { "Paste a photo, or" };
    let words = if text::width(ui, words, Type::Label) <= room { words } else { short };
    let width = text::width(ui, words, Type::Label).ceil().min(room);
    text::label(ui, cut.left(width), Align::Min, words, Type::Label, tokens.text_secondary);
    cut.left(6.0);
    let place = cut.left_control(link, size::CONTROL);
    button.put(ui, place).asks(actions, Command::PickPhoto);
}

fn about(
    ui: &mut Ui,
    cut: &mut Cut,
    sticker: &StickerView<'_>,
    other: Option<&StickerView<'_>>,
    actions: &mut Vec<Action>,
) {
    let tokens = theme::of(ui);
    cut.right(-2.0);
    let buttons = cut.right(4.0 * 24.0 + 3.0 * 4.0);
    cut.right(12.0);
    match other {
        Some(other) => pair(ui, cut, sticker, other, actions),
        None if sticker.picture == Picture::Gone => {
            note(ui, cut, "The file of this sticker is missing: put it back, or make the sticker again");
        }
        None => origin(ui, cut, sticker, actions),
    }
    let mut cut = Cut(buttons);
    let icon = if sticker.starred { icons::STAR_FILLED } else { icons::STAR };
    let tint = if sticker.starred { tokens.text } else { tokens.text_secondary };
    let tooltip = Command::ToggleStar.tooltip();
    IconButton::new(icon, "Star")
        .tooltip(&tooltip)
        .tint(tint)
        .put(ui, cut.left(24.0))
        .asks(actions, Command::ToggleStar);
    for command in [Command::SaveAs, Command::CopySticker, Command::Reveal] {
        cut.left(4.0);
        command_button(ui, cut.left(24.0), command, true, actions);
    }
}

/// Where a sticker comes from, and what differs from the form.
fn origin(ui: &mut Ui, cut: &mut Cut, sticker: &StickerView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let called = called(sticker);
    let width = text::width(ui, &called, Type::Label).ceil().min(cut.rest().width() / 2.0);
    text::label(ui, cut.left(width), Align::Min, &called, Type::Label, tokens.text);
    cut.left(8.0);
    let engine = match sticker.engine {
        EngineId::Local => "This computer",
        EngineId::Pixazo => "Pixazo",
    };
    let cost = if sticker.cost.is_zero() { "free".to_owned() } else { sticker.cost.to_string() };
    let long = format!("{engine} · {cost}");
    let room = cut.rest().width() - text::width(ui, &long, Type::Label);
    let from = if room > chips_width(ui, sticker.differences) { long } else { cost };
    let width = text::width(ui, &from, Type::Label).ceil();
    text::label(ui, cut.left(width), Align::Min, &from, Type::Label, tokens.text_muted);
    if !sticker.differences.is_empty() {
        line(ui, cut);
        differences(ui, cut, sticker, Between::FormAndSticker, actions);
    }
}

/// Two stickers: what differs from A to B.
fn pair(ui: &mut Ui, cut: &mut Cut, a: &StickerView<'_>, b: &StickerView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    for (name, sticker) in [("A", a), ("B", b)] {
        let words = format!("{name} · {}", called(sticker));
        let width = text::width(ui, &words, Type::Label).ceil().min(cut.rest().width());
        text::label(ui, cut.left(width), Align::Min, &words, Type::Label, tokens.text);
        cut.left(12.0);
    }
    cut.left(-12.0);
    if b.differences.is_empty() {
        cut.left(8.0);
        text::label(ui, cut.rest(), Align::Min, "Same settings", Type::Label, tokens.text_muted);
    } else {
        line(ui, cut);
        differences(ui, cut, b, Between::Stickers, actions);
    }
}

/// Its name and its seed.
fn called(sticker: &StickerView<'_>) -> String {
    let seed = sticker.seed.map_or_else(|| "No seed known".to_owned(), |seed| format!("Seed {seed}"));
    if sticker.name.is_empty() { seed } else { format!("{} · {seed}", sticker.name) }
}

/// An upright line with its room.
fn line(ui: &Ui, cut: &mut Cut) {
    cut.left(12.0);
    ui.painter().rect_filled(cut.left_control(1.0, 16.0), 0.0, theme::of(ui).line_soft);
    cut.left(12.0);
}

/// What is compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Between {
    FormAndSticker,
    Stickers,
}

impl Between {
    /// The words on the button that takes all settings, and its tooltip.
    fn all(self) -> (&'static str, String) {
        match self {
            Self::FormAndSticker => ("Use all", Command::UseSettings.tooltip()),
            Self::Stickers => ("Use all of B", "Sets the form to the settings of B.".to_owned()),
        }
    }

    /// The tooltip of one value.
    const fn one(self) -> &'static str {
        match self {
            Self::FormAndSticker => "Take this value into the form",
            Self::Stickers => "Take B's value into the form",
        }
    }
}

/// What differs, up to this sticker: a chip each, or how many when there is no room for them.
fn differences(ui: &mut Ui, cut: &mut Cut, sticker: &StickerView<'_>, between: Between, actions: &mut Vec<Action>) {
    let differences = sticker.differences;
    let peek = cut.left(size::ICON);
    if between == Between::Stickers {
        icons::COMPARE_SIDES.paint(ui, peek, size::ICON, theme::of(ui).text_secondary);
    } else {
        let place = Rect::from_center_size(peek.center(), egui::Vec2::splat(24.0));
        command_button(ui, place, Command::Peek, true, actions);
    }
    cut.left(8.0);
    let (words, tooltip) = between.all();
    let use_all = Button::link(words).small();
    let use_all_width = use_all.width(ui);
    let needed: f32 = differences.iter().map(|difference| chip_width(ui, difference) + 8.0).sum();
    if differences.len() <= 3 && needed + use_all_width + 6.0 <= cut.rest().width() {
        for difference in differences {
            let place = cut.left(chip_width(ui, difference));
            if chip(ui, place, difference, between) {
                actions.push(Action::TakeSetting(sticker.id, difference.parameter));
            }
            cut.left(8.0);
        }
    } else {
        many(ui, cut, sticker, actions);
    }
    cut.left(6.0);
    if use_all_width <= cut.rest().width() {
        let place = cut.left_control(use_all_width, size::CONTROL);
        use_all.put(ui, place).on_hover_text(tooltip).asks(actions, Action::TakeSettings(sticker.id));
    }
}

/// What all chips and what stands around them take.
fn chips_width(ui: &Ui, differences: &[Difference<'_>]) -> f32 {
    let chips: f32 = differences.iter().map(|difference| chip_width(ui, difference) + 8.0).sum();
    if differences.is_empty() { 0.0 } else { chips + 25.0 + 24.0 + 6.0 + Button::link("Use all").width(ui) }
}

fn many(ui: &mut Ui, cut: &mut Cut, sticker: &StickerView<'_>, actions: &mut Vec<Action>) {
    let words = format!("{} differ", sticker.differences.len());
    let chip = Chip::new(&words, Tone::Quiet).small();
    let place = cut.left(chip.width(ui));
    let response = chip.put(ui, place);
    cut.left(8.0);
    menu::popup(&response, 260.0, |ui| {
        for difference in sticker.differences {
            let value = value(difference);
            if menu::Item::new(difference.label).note(&value).show(ui) {
                actions.push(Action::TakeSetting(sticker.id, difference.parameter));
            }
        }
    });
}

/// The setting's name as short as a chip has room for.
fn short<'a>(difference: &Difference<'a>) -> &'a str {
    match difference.label {
        "InstantID strength" => "InstantID",
        other => other,
    }
}

fn value(difference: &Difference<'_>) -> String {
    let cut = |text: &str| {
        if text.chars().count() > 12 { text.chars().take(11).chain(['…']).collect() } else { text.to_owned() }
    };
    format!("{} → {}", cut(difference.from), cut(difference.to))
}

fn chip_width(ui: &Ui, difference: &Difference<'_>) -> f32 {
    let name = text::width(ui, short(difference), Type::Note);
    let value = text::width(ui, &value(difference), Type::ChipNote);
    (name + 6.0 + value + 14.0).ceil()
}

/// A chip with the setting's name and `form → sticker`; a click takes the value.
fn chip(ui: &Ui, rect: Rect, difference: &Difference<'_>, between: Between) -> bool {
    let tokens = theme::of(ui);
    let place = widgets::cut::centred(rect, 20.0);
    let hit = widgets::cut::centred(rect, 24.0);
    let value = value(difference);
    let name = format!("Take {}, {value}", difference.label);
    let chip = Pressable::new(&name).ring(place, 10.0).tooltip(between.one());
    let response = chip.show(ui, hit, ("difference", difference.parameter), |response| {
        let fill = if response.hovered() { tokens.bg_control_hover } else { tokens.bg_control };
        ui.painter().rect_filled(place, 10.0, fill);
        let inner = place.shrink2(vec2(7.0, 0.0));
        text::paint(ui, inner, Align::Min, short(difference), Type::Note, tokens.text_secondary);
        text::paint(ui, inner, Align::Max, &value, Type::ChipNote, tokens.text);
    });
    response.clicked()
}
