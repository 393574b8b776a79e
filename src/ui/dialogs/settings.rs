//! Preferences, and what this program is.

use egui::{Align, Context, Rect, ScrollArea, Ui, vec2};

use crate::action::{Action, Asks as _, Command, Dialog as DialogName, Preference, WayOut};
use crate::icons;
use crate::theme::{self, Type, size};
use crate::view::{SettingsView, key_words};
use crate::widgets::dialog::Dialog;
use crate::widgets::number::Numbers;
use crate::widgets::{Button, Cut, NumberField, Segment, Segmented, TextField, cut, text, toggle};
use model::engine::PIXAZO_BASE;
use model::money::{HARD_BUDGET, SOFT_BUDGET};
use model::{Money, ThemeChoice};

/// A page of the dialog.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Page {
    /// How it looks.
    #[default]
    Window,
    /// Engine, key and money.
    Service,
    /// Where stickers are kept.
    Library,
    /// What this program is.
    About,
}

/// What the dialog remembers.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    page: Page,
    /// The address of the service while it is typed.
    address: Option<String>,
}

/// The pages in the order of the switch.
const PAGES: [(Page, &str); 4] =
    [(Page::Window, "Window"), (Page::Service, "Service"), (Page::Library, "Library"), (Page::About, "About")];

/// The themes in the order of their switch.
const THEMES: [(ThemeChoice, &str); 3] =
    [(ThemeChoice::System, "System"), (ThemeChoice::Dark, "Dark"), (ThemeChoice::Light, "Light")];

/// Height of every page, so that the dialog does not jump.
const HEIGHT: f32 = 216.0;

/// Draws the dialog; true when it is to be closed.
pub(super) fn show(
    typed: &mut Typed,
    ctx: &Context,
    just_opened: bool,
    view: &SettingsView<'_>,
    actions: &mut Vec<Action>,
) -> bool {
    let Typed { page, address } = typed;
    if just_opened && view.at_budget {
        *page = Page::Service;
    }
    let dialog = Dialog { width: 460.0, ..Dialog::new("Settings", icons::SETTINGS) };
    let ((), closed) = dialog.show(ctx, |ui| {
        let row = cut::next_row(ui, size::ROW);
        let segments = PAGES.map(|(_, name)| Segment::new(name));
        let chosen = PAGES.iter().position(|(one, _)| one == page).unwrap_or_default();
        if let Some(index) = Segmented::new("Page", &segments, chosen).put(ui, row) {
            *page = PAGES[index].0;
        }
        ui.add_space(12.0);
        let place = cut::next_row(ui, HEIGHT);
        super::super::widgets::inside(ui, place, PAGES[chosen].1, |ui| match page {
            Page::Window => window(ui, view, actions),
            Page::Service => service(ui, address, view, actions),
            Page::Library => library(ui, view, actions),
            Page::About => about(ui, view),
        });
    });
    closed
}

/// A row with its label; gives the place of the control.
fn row(ui: &mut Ui, label: &str) -> Rect {
    let tokens = theme::of(ui);
    let mut cut = Cut(cut::next_row(ui, 36.0));
    text::label(ui, cut.left(196.0), Align::Min, label, Type::Label, tokens.text_secondary);
    cut.rest()
}

fn window(ui: &mut Ui, view: &SettingsView<'_>, actions: &mut Vec<Action>) {
    let place = row(ui, "Theme");
    let segments = THEMES.map(|(_, name)| Segment::new(name));
    let chosen = THEMES.iter().position(|(choice, _)| *choice == view.theme).unwrap_or_default();
    if let Some(index) = Segmented::new("Theme", &segments, chosen).put(ui, place) {
        actions.push(Action::SetPreference(Preference::Theme(THEMES[index].0)));
    }
    let place = row(ui, "Size of everything, %");
    let field = Cut(place).left_control(64.0, size::CONTROL);
    let percent = f64::from(view.scale) * 100.0;
    let numbers = Numbers::whole(80..=200, 10);
    if let Some(percent) = NumberField::new("Size of everything, %", Some(percent.round()), numbers).put(ui, field) {
        actions.push(Action::SetPreference(Preference::Scale(percent as f32 / 100.0)));
    }
    switch(ui, "Reduce motion", view.reduce_motion, Preference::ReduceMotion, actions);
    switch(ui, "Notify when stickers are done", view.notifications, Preference::Notifications, actions);
}

fn switch(ui: &mut Ui, label: &str, on: bool, preference: impl FnOnce(bool) -> Preference, actions: &mut Vec<Action>) {
    let place = row(ui, label);
    if toggle::put(ui, place, label, on) {
        actions.push(Action::SetPreference(preference(!on)));
    }
}

fn service(ui: &mut Ui, address: &mut Option<String>, view: &SettingsView<'_>, actions: &mut Vec<Action>) {
    let place = row(ui, "Pixazo key");
    let button = Button::new(key_words(view.key)).icon(icons::KEY).small();
    let width = button.width(ui).min(place.width());
    button.put(ui, Cut(place).left_control(width, size::CONTROL)).asks(actions, Action::Open(DialogName::Key));
    let place = row(ui, "Photos for Pixazo go");
    let name = format!("Photos for Pixazo go: {}", view.photos_go);
    let button = Button::new(view.photos_go).name(&name).icon(icons::UPLOAD).small();
    let width = button.width(ui).min(place.width());
    button.put(ui, Cut(place).left_control(width, size::CONTROL)).asks(actions, Command::ChooseHost);
    let soft = budget(ui, SOFT_BUDGET, view.soft_budget);
    if let Some(budget) = soft {
        actions.push(Action::SetPreference(Preference::SoftBudget(budget)));
    }
    let hard = budget(ui, HARD_BUDGET, view.hard_budget);
    if let Some(budget) = hard {
        actions.push(Action::SetPreference(Preference::HardBudget(budget)));
    }
    let place = row(ui, "Jobs at once");
    let field = Cut(place).left_control(64.0, size::CONTROL);
    let numbers = Numbers::whole(1..=8, 1);
    if let Some(jobs) = NumberField::new("Jobs at once", Some(f64::from(view.concurrency)), numbers).put(ui, field) {
        actions.push(Action::SetPreference(Preference::Concurrency(jobs as u32)));
    }
    let place = row(ui, "Address of the service");
    let field = TextField::new("Address of the service").hint(PIXAZO_BASE);
    let text = address.get_or_insert_with(|| view.address.to_owned());
    let field = field.put(ui, Cut(place).left_control(place.width(), size::CONTROL), text);
    if field.response.lost_focus() {
        if text.trim() != view.address {
            actions.push(Action::SetPreference(Preference::Address(text.clone())));
        }
        // What is in use shows again, also when this was refused.
        *address = None;
    }
}

/// A budget in dollars with a switch; gives a change, which may be to none.
#[expect(clippy::option_option, reason = "no change, a change to none, and a change to an amount")]
fn budget(ui: &mut Ui, label: &str, budget: Option<Money>) -> Option<Option<Money>> {
    let place = row(ui, label);
    let mut cut = Cut(place);
    let field = cut.left_control(64.0, size::CONTROL);
    cut.left(12.0);
    let numbers = Numbers { range: 0.0..=10_000.0, step: 0.5, decimals: 2, only_steps: false };
    let value = budget.map(Money::as_dollars);
    let typed = NumberField::new(label, value, numbers).hint("none").enabled(budget.is_some()).put(ui, field);
    let name = format!("{label}, on");
    if toggle::put(ui, cut.left(28.0), &name, budget.is_some()) {
        return Some(if budget.is_some() { None } else { Some(Money::from_mills(2000)) });
    }
    typed.map(|dollars| Some(Money::from_mills((dollars * 1000.0).round() as i64)))
}

fn library(ui: &mut Ui, view: &SettingsView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let place = row(ui, "Stickers are kept in");
    text::label(ui, place, Align::Min, view.library, Type::Mono, tokens.text);
    let place = row(ui, "");
    let mut cut = Cut(place);
    for (words, way) in [("Show files", WayOut::ShowFiles), ("Choose another…", WayOut::ChooseLibrary)] {
        let button = if way == WayOut::ShowFiles { Button::new(words) } else { Button::ghost(words) }.small();
        let width = button.width(ui);
        button.put(ui, cut.left_control(width, size::CONTROL)).asks(actions, Action::Take(way));
        cut.left(4.0);
    }
    let place = row(ui, "Index of the gallery");
    let button = Button::new("Rebuild").small();
    let width = button.width(ui);
    let response = button.put(ui, Cut(place).left_control(width, size::CONTROL));
    response
        .on_hover_text("Reads every file again. No sticker is changed.")
        .asks(actions, Action::Take(WayOut::RebuildIndex));
    switch(ui, "Remember recent photos", view.recent_photos, Preference::RecentPhotos, actions);
    switch(ui, "Settings in saved copies", view.settings_in_copies, Preference::SettingsInCopies, actions);
    switch(ui, "How it was made in copies", view.label_copies, Preference::LabelCopies, actions);
}

fn about(ui: &mut Ui, view: &SettingsView<'_>) {
    let tokens = theme::of(ui);
    let mut head = Cut(cut::next_row(ui, 36.0));
    let mark = if ui.visuals().dark_mode { icons::MARK } else { icons::MARK_LIGHT };
    mark.paint(ui, head.left(32.0), 32.0, egui::Color32::WHITE);
    head.left(12.0);
    text::label(ui, head.rest(), Align::Min, "Sticker Booth", Type::Hero, tokens.text);
    let version = format!("Version {}. Turns a photo of a face into stickers.", view.version);
    let row = cut::next_row(ui, 28.0);
    text::label(ui, row, Align::Min, &version, Type::Label, tokens.text_secondary);
    ScrollArea::vertical().max_height(ui.available_height()).auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
        for line in changes(view.changes) {
            change(ui, &line);
        }
    });
}

/// A line of the list of changes.
#[derive(Debug, PartialEq, Eq)]
enum Change {
    /// A version.
    Version(String),
    /// What changed in it.
    Entry(String),
}

/// The list of changes without the marks of its format; its own title aside.
fn changes(text: &str) -> Vec<Change> {
    let mut lines: Vec<Change> = Vec::new();
    for line in text.lines().map(|line| line.trim().replace('`', "")).filter(|line| !line.is_empty()) {
        if let Some(version) = line.strip_prefix("## ") {
            lines.push(Change::Version(version.to_owned()));
        } else if let Some(entry) = line.strip_prefix("* ").or_else(|| line.strip_prefix("- ")) {
            lines.push(Change::Entry(entry.to_owned()));
        } else if let (Some(Change::Entry(entry)), false) = (lines.last_mut(), line.starts_with('#')) {
            // An entry goes on.
            entry.push(' ');
            entry.push_str(&line);
        }
    }
    lines
}

fn change(ui: &mut Ui, line: &Change) {
    let tokens = theme::of(ui);
    let width = ui.available_width() - 16.0;
    match line {
        Change::Version(version) => {
            let row = cut::next_row(ui, 28.0);
            text::label(ui, row, Align::Min, version, Type::Section, tokens.text);
        }
        Change::Entry(entry) => {
            let height = text::paragraph_height(ui, width - 12.0, 20, entry, Type::Note);
            let row = cut::next_row(ui, height + 4.0);
            text::paint(ui, Cut(row).top(16.0), Align::Min, "•", Type::Note, tokens.text_muted);
            let corner = row.min + vec2(12.0, 0.0);
            text::paragraph(ui, corner, width - 12.0, 20, entry, Type::Note, tokens.text_secondary);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_changes_is_read_without_its_marks() {
        let text = "# Changes\n\n## 1.0\n\n* Reads `make`\n  and more.\n* Second.\n";
        let entry = |words: &str| Change::Entry(words.to_owned());
        let read = [Change::Version("1.0".to_owned()), entry("Reads make and more."), entry("Second.")];
        assert_eq!(changes(text), read);
    }
}
