//! The jobs folded to one line across the window; a click opens them.

use egui::{Align, Color32, Role, Sense, Ui, WidgetInfo, vec2};

use crate::action::{Action, Asks as _, Command};
use crate::icons::{self, Icon};
use crate::theme::{self, Tokens, Type, size};
use crate::view::{JobsSum, JobsView};
use crate::widgets::progress::{self, Ring};
use crate::widgets::{self, Cut, focus, text};

/// One item of the line.
struct Item {
    icon: Option<Icon>,
    ring: Option<Ring>,
    tint: Color32,
    words: String,
    color: Color32,
}

/// Draws the bar over the whole of `ui`.
pub fn ui(ui: &mut Ui, open: bool, view: &JobsView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let rect = ui.max_rect();
    widgets::name_group(ui, "Jobs summary");
    ui.painter().rect_filled(rect, 0.0, tokens.bg_app);
    widgets::hairline_above(ui, rect);
    let response = ui.interact(rect, ui.make_persistent_id("summary"), Sense::click());
    let name = if open { "Close the jobs" } else { "Open the jobs" };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    focus::ring(ui, &response, rect.shrink(4.0), size::RADIUS_SMALL);
    response.asks(actions, Command::ToggleJobs);
    let mut cut = Cut(rect.shrink2(vec2(size::PANEL_PADDING, 0.0)));
    let chevron = if open { icons::CHEVRON_DOWN } else { icons::CHEVRON_UP };
    let tint = if response.hovered() { tokens.text } else { tokens.text_secondary };
    chevron.paint(ui, cut.right(12.0), 16.0, tint);
    cut.right(14.0);
    today(ui, &mut cut, view);
    let title = text::width(ui, "Jobs", Type::Section).ceil();
    text::label(ui, cut.left(title), Align::Min, "Jobs", Type::Section, tokens.text);
    cut.left(12.0);
    let items = items(view, tokens);
    for (index, item) in items.iter().enumerate() {
        let width = text::width(ui, &item.words, Type::Label).ceil() + 20.0;
        if width + 25.0 > cut.rest().width() {
            break;
        }
        if index > 0 {
            cut.left(12.0);
            ui.painter().rect_filled(cut.left_control(1.0, 16.0), 0.0, tokens.line_soft);
            cut.left(12.0);
        }
        let mut place = Cut(cut.left(width));
        let mark = place.left(14.0);
        if let Some(icon) = item.icon {
            icon.paint(ui, mark, 14.0, item.tint);
        } else if let Some(ring) = item.ring {
            progress::ring(ui, mark.center(), ring, item.tint);
        }
        place.left(6.0);
        text::label(ui, place.rest(), Align::Min, &item.words, Type::Label, item.color);
    }
}

fn today(ui: &mut Ui, cut: &mut Cut, view: &JobsView<'_>) {
    let tokens = theme::of(ui);
    if view.spent_today.is_zero() {
        return;
    }
    let spent = view.spent_today.to_string();
    let width = text::width(ui, &spent, Type::Section).ceil();
    text::label(ui, cut.right(width), Align::Max, &spent, Type::Section, tokens.text);
    cut.right(4.0);
    let width = text::width(ui, "Today", Type::Label).ceil();
    text::label(ui, cut.right(width), Align::Max, "Today", Type::Label, tokens.text_secondary);
    cut.right(12.0);
}

/// One item a state: working, waiting, busy, in need of a decision.
fn items(view: &JobsView<'_>, tokens: &Tokens) -> Vec<Item> {
    let Some(jobs) = view.jobs.shown() else {
        return vec![quiet(if view.jobs.is_loading() { "Reading" } else { "Nothing is running" }, tokens)];
    };
    let mut items = Vec::new();
    let JobsSum { running, first_running, waiting, held, busy, undecided } = jobs.sum();
    if let Some(first) = &first_running {
        let words = if running == 1 { super::words::state(first) } else { format!("{running} under way") };
        let ring = first.progress.map_or_else(|| Ring::At(first.elapsed.seconds()), Ring::Share);
        items.push(Item { icon: None, ring: Some(ring), tint: tokens.accent, words, color: tokens.text_secondary });
    }
    if waiting > 0 {
        items.push(Item {
            icon: Some(icons::CLOCK),
            ring: None,
            tint: tokens.text_muted,
            words: format!("{waiting} waiting"),
            color: tokens.text_secondary,
        });
    }
    if held > 0 {
        items.push(Item {
            icon: Some(icons::PAUSE),
            ring: None,
            tint: tokens.money,
            words: format!("{held} held"),
            color: tokens.money,
        });
    }
    if let Some(job) = &busy {
        let ring = job.goes_on_in.map(super::row::countdown);
        let words = super::words::state(job);
        items.push(Item { icon: None, ring, tint: tokens.text_secondary, words, color: tokens.text_secondary });
    }
    if undecided > 0 {
        let words = if undecided == 1 { "1 needs you".to_owned() } else { format!("{undecided} need you") };
        items.push(Item { icon: Some(icons::QUESTION), ring: None, tint: tokens.money, words, color: tokens.money });
    }
    if items.is_empty() {
        items.push(quiet("Nothing is running", tokens));
    }
    items
}

fn quiet(words: &str, tokens: &Tokens) -> Item {
    Item {
        icon: Some(icons::JOBS),
        ring: None,
        tint: tokens.text_muted,
        words: words.to_owned(),
        color: tokens.text_muted,
    }
}
