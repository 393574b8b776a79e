//! Every command, found by typing.

use egui::{Align, Context, Key, Modifiers, ScrollArea, Ui};

use crate::action::command::{COMMANDS, Entry};
use crate::action::{Action, Command};
use crate::icons;
use crate::theme::{self, Type, size};
use crate::widgets::dialog::Dialog;
use crate::widgets::{TextField, cut, menu, text};

/// Rows in sight; the list keeps their height, so that nothing moves while words are typed.
const ROWS: usize = 10;

/// What is typed, and which of the commands found is marked.
#[derive(Clone, Debug, Default)]
pub(super) struct Finder {
    words: String,
    marked: usize,
}

impl Finder {
    /// Draws the dialog; true when it is to be closed.
    pub(super) fn show(
        &mut self,
        ctx: &Context,
        just_opened: bool,
        is_enabled: impl Fn(Command) -> bool,
        actions: &mut Vec<Action>,
    ) -> bool {
        let dialog = Dialog { width: 480.0, ..Dialog::new("Commands", icons::SEARCH) };
        let (chosen, closed) = dialog.show(ctx, |ui| {
            let found = find(&self.words, &is_enabled);
            let moved = self.follow_keys(ui, found.len());
            let field = TextField::new("Find a command").hint("What do you want to do?").icon(icons::SEARCH);
            if just_opened {
                let id = field.id(ui);
                ui.memory_mut(|memory| memory.request_focus(id));
            }
            let before = self.words.clone();
            let row = cut::next_row(ui, size::ROW);
            let entered = field.put(ui, row, &mut self.words).entered;
            if self.words != before {
                self.marked = 0;
            }
            ui.add_space(8.0);
            let clicked = list(ui, &found, self.marked, moved);
            let marked =
                found.get(self.marked).filter(|(_, enabled)| *enabled && entered).map(|(entry, _)| entry.command);
            clicked.or(marked)
        });
        if let Some(command) = chosen {
            // It may open a dialog of its own.
            actions.extend([Action::CloseDialog, command.into()]);
        }
        closed && chosen.is_none()
    }

    /// Up and down mark another row, also while the field has the focus; did they?
    fn follow_keys(&mut self, ui: &Ui, count: usize) -> bool {
        let (down, up) = ui.input_mut(|input| {
            (
                input.count_and_consume_key(Modifiers::NONE, Key::ArrowDown),
                input.count_and_consume_key(Modifiers::NONE, Key::ArrowUp),
            )
        });
        self.marked = (self.marked + down).saturating_sub(up).min(count.saturating_sub(1));
        down + up > 0
    }
}

/// The rows, and which of them was clicked.
fn list(ui: &mut Ui, found: &[(&'static Entry, bool)], marked: usize, moved: bool) -> Option<Command> {
    let tokens = theme::of(ui);
    let height = ROWS as f32 * size::ROW;
    let mut chosen = None;
    let scroll = ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, false]);
    scroll.show(ui, |ui| {
        ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
        // The shortcuts stand clear of the handle of the scroll bar.
        ui.set_max_width(ui.available_width() - 12.0);
        if found.is_empty() {
            let row = cut::next_row(ui, size::ROW);
            let words = "No command has these words";
            text::label(ui, row, Align::Min, words, Type::Label, tokens.text_muted);
        }
        for (place, (entry, enabled)) in found.iter().enumerate() {
            let keys = entry.command.shortcut_text().unwrap_or_default();
            let item = menu::Item::new(entry.label).icon(entry.command.icon()).note(&keys).enabled(*enabled);
            let top = ui.cursor().min;
            if item.marked(place == marked).show(ui) {
                chosen = Some(entry.command);
            }
            if moved && place == marked {
                let row = egui::Rect::from_min_size(top, egui::vec2(1.0, size::ROW));
                ui.scroll_to_rect(row, None);
            }
        }
    });
    chosen
}

/// The commands that have all these words, the nearest first, each with whether it can do something now.
///
/// Nearer is what begins with them; among equals what can be done comes first, then the order of the table.
fn find(words: &str, is_enabled: impl Fn(Command) -> bool) -> Vec<(&'static Entry, bool)> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let findable = |entry: &&Entry| !matches!(entry.command, Command::Commands | Command::HoldToCompare);
    let mut found: Vec<(u32, bool, &'static Entry)> = COMMANDS
        .iter()
        .filter(findable)
        .filter_map(|entry| Some((distance(entry, &words)?, !is_enabled(entry.command), entry)))
        .collect();
    found.sort_by_key(|(distance, unable, _)| (*unable, *distance));
    found.into_iter().map(|(_, unable, entry)| (entry, !unable)).collect()
}

/// How far the command is from the words; `None` when it lacks one.
fn distance(entry: &Entry, words: &[String]) -> Option<u32> {
    let label = entry.label.to_lowercase();
    let tooltip = entry.tooltip.to_lowercase();
    let one = |word: &String| {
        if label.starts_with(word.as_str()) {
            Some(0)
        } else if label.split_whitespace().any(|own| own.starts_with(word.as_str())) {
            Some(1)
        } else if label.contains(word.as_str()) {
            Some(2)
        } else {
            tooltip.contains(word.as_str()).then_some(3)
        }
    };
    words.iter().map(one).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(words: &str) -> Vec<&'static str> {
        find(words, |command| command != Command::Undo).into_iter().map(|(entry, _)| entry.label).collect()
    }

    #[test]
    fn a_command_is_found_by_the_beginnings_of_its_words_and_the_nearest_comes_first() {
        assert_eq!(labels("save")[0], "Save as…");
        assert_eq!(labels("copy curl"), ["Copy as cURL"]);
        assert_eq!(labels("JSON"), ["Copy as JSON"]);
        assert!(labels("turn pause").is_empty());
    }

    #[test]
    fn what_can_do_nothing_now_stands_last_and_the_finder_does_not_find_itself() {
        let all = labels("");
        assert_eq!(all.last(), Some(&"Undo"));
        assert_eq!(all.len() + 2, COMMANDS.len());
    }
}
