//! The plan at the left: name, axes, how values are written, what it comes to, and the ticket.

use egui::{Align, Rect, ScrollArea, Ui, vec2};

use super::fact;
use crate::action::{Action, Asks as _, Command, Direction, SweepAction};
use crate::icons;
use crate::theme::{self, Type, size};
use crate::view::{AxisView, RunningSweep, SweepView};
use crate::widgets::chip::{Chip, Tone};
use crate::widgets::section::{self, Section};
use crate::widgets::{self, Button, Cut, IconButton, Pressable, Stub, TextField, Ticket, cut, menu, progress, text};
use model::EngineId;
use model::sweep::Axis;

/// Width of the column of labels.
const LABELS: f32 = 60.0;

/// Between the lines of a group.
const LINE: f32 = 24.0;

/// How values are written.
const GRAMMAR: [(&str, &str); 5] = [
    ("ink, cartoon, neon", "these, in this order"),
    ("0-1 [5]", "five, ends included"),
    ("1-9 (+2)", "1, 3, 5, 7, 9"),
    ("1, 2, .., 10", "goes on like that"),
    ("SKIP:0.5", "leaves that one out"),
];

/// Draws the plan in `rect`.
pub(super) fn ui(
    ui: &mut Ui,
    rect: Rect,
    shows_grammar: &mut Option<bool>,
    view: &SweepView<'_>,
    actions: &mut Vec<Action>,
) {
    widgets::inside_clipped(ui, rect, "plan", |ui| {
        widgets::name_group(ui, "Sweep");
        ui.painter().rect_filled(rect, 0.0, theme::of(ui).bg_panel);
        let mut cut = Cut(rect);
        header(ui, cut.top(size::HEADER), view, actions);
        let height = if view.running.is_some() { RUNNING } else { foot_height(view) };
        let foot = cut.bottom(height);
        widgets::inside_clipped(ui, cut.rest(), "axes", |ui| {
            ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
                ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
                name(ui, view, actions);
                axes(ui, view, actions);
                explain(ui, rect.height() >= 700.0, shows_grammar);
                rest(ui, view);
            });
        });
        match &view.running {
            Some(running) => under_way(ui, foot, running, view, actions),
            None => sum(ui, foot, view, actions),
        }
        widgets::hairline_right(ui, rect);
    });
}

fn header(ui: &mut Ui, rect: Rect, view: &SweepView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let mut cut = Cut(rect);
    cut.left(6.0);
    let back = IconButton::new(icons::CHEVRON_LEFT, "Back").tooltip("Goes back to what was there.");
    back.put(ui, cut.left_control(24.0, 24.0)).asks(actions, Command::Sweep);
    cut.left(6.0);
    cut.right(8.0);
    let more = cut.right_control(24.0, 24.0);
    cut.right(4.0);
    let saved = Button::ghost("Saved sweeps").opens(icons::CHEVRON_DOWN).small().enabled(!view.saved.is_empty());
    let width = saved.width(ui);
    let saved = saved.put(ui, cut.right_control(width, size::CONTROL));
    text::label(ui, cut.rest(), Align::Min, "Sweep", Type::Heading, tokens.text);
    menu::below(&saved, 220.0, |ui| {
        for name in view.saved {
            if menu::Item::new(name).chosen(*name == view.name).show(ui) {
                actions.push(SweepAction::Open((*name).to_owned()).into());
            }
        }
    });
    let more = IconButton::new(icons::MORE, "More about the sweep").put(ui, more);
    menu::below(&more, 220.0, |ui| {
        if menu::Item::new("Keep this sweep").icon(icons::SAVE).enabled(!view.name.trim().is_empty()).show(ui) {
            actions.push(SweepAction::Keep.into());
        }
        let is_kept = view.saved.contains(&view.name);
        if menu::Item::new("Forget this sweep").icon(icons::TRASH).enabled(is_kept).show(ui) {
            actions.push(SweepAction::Forget.into());
        }
    });
}

fn inset(row: Rect) -> Rect {
    row.shrink2(vec2(size::PANEL_PADDING, 0.0))
}

/// A row with its label: what is left of it is for the control.
fn labelled(ui: &mut Ui, words: &str) -> Rect {
    let color = theme::of(ui).text;
    let mut row = Cut(inset(cut::next_row(ui, size::ROW)));
    text::label(ui, row.left(LABELS), Align::Min, words, Type::Section, color);
    row.rest()
}

/// A row under a labelled one.
fn under(ui: &mut Ui, height: f32) -> Rect {
    let mut row = Cut(inset(cut::next_row(ui, height)));
    row.left(LABELS);
    row.rest()
}

fn line(ui: &mut Ui) {
    let row = cut::next_row(ui, size::PANEL_PADDING + 1.0);
    widgets::hairline_below(ui, row);
    ui.add_space(size::PANEL_PADDING);
}

fn name(ui: &mut Ui, view: &SweepView<'_>, actions: &mut Vec<Action>) {
    ui.add_space(size::PANEL_PADDING);
    let place = labelled(ui, "Name");
    let mut name = view.name.to_owned();
    if TextField::new("Name of the sweep").hint("Style by strength").put(ui, place, &mut name).response.changed() {
        actions.push(SweepAction::Name(name).into());
    }
    line(ui);
}

fn axes(ui: &mut Ui, view: &SweepView<'_>, actions: &mut Vec<Action>) {
    axis(ui, ("Across", Direction::Across), Some(&view.across), view.engine, actions);
    swap(ui, view.down.is_some(), actions);
    axis(ui, ("Down", Direction::Down), view.down.as_ref(), view.engine, actions);
    ui.add_space(size::PANEL_PADDING);
}

fn axis(
    ui: &mut Ui,
    (words, direction): (&str, Direction),
    axis: Option<&AxisView<'_>>,
    engine: EngineId,
    actions: &mut Vec<Action>,
) {
    let place = labelled(ui, words);
    choice(ui, place, (words, direction), axis.map(|axis| axis.axis), engine, actions);
    let Some(axis) = axis else { return };
    ui.add_space(8.0);
    let place = under(ui, size::ROW);
    let mut values = axis.values.to_owned();
    let spoken = format!("Values {}", words.to_lowercase());
    let field = TextField::new(&spoken).hint("1, 2, 3").refused(axis.refused.is_some());
    if field.put(ui, place, &mut values).response.changed() {
        actions.push(SweepAction::Values(direction, values).into());
    }
    ui.add_space(8.0);
    match axis.refused {
        Some(refused) => {
            let width = ui.available_width() - 2.0 * size::PANEL_PADDING - LABELS;
            let height = text::paragraph_height(ui, width, 4, refused, Type::Label);
            let color = theme::of(ui).danger;
            let place = under(ui, height);
            text::paragraph(ui, place.min, width, 4, refused, Type::Label, color);
        }
        None => labels(ui, axis.labels),
    }
}

/// What an axis varies; a click lists everything it can.
fn choice(
    ui: &Ui,
    place: Rect,
    (words, direction): (&str, Direction),
    chosen: Option<Axis>,
    engine: EngineId,
    actions: &mut Vec<Action>,
) {
    let tokens = theme::of(ui);
    let label = chosen.map_or("Nothing", |axis| axis.label(engine));
    let spoken = format!("{words}, {label}");
    let list = Pressable::new(&spoken).role(egui::Role::ComboBox);
    let response = list.show(ui, place, ("axis", words), |response| {
        let line = if response.hovered() { tokens.line_strong } else { tokens.line_soft };
        let stroke = egui::Stroke::new(1.0, line);
        ui.painter().rect(place, size::RADIUS, tokens.bg_field, stroke, egui::StrokeKind::Inside);
        let mut inner = Cut(place.shrink2(vec2(8.0, 0.0)));
        icons::CHEVRON_DOWN.paint(ui, inner.right(14.0), 14.0, tokens.text_muted);
        let color = if chosen.is_some() { tokens.text } else { tokens.text_muted };
        text::paint(ui, inner.rest(), Align::Min, label, Type::Body, color);
    });
    menu::below(&response, place.width(), |ui| {
        if direction == Direction::Down {
            if menu::Item::new("Nothing").chosen(chosen.is_none()).show(ui) {
                actions.push(SweepAction::Axis(direction, None).into());
            }
            menu::separator(ui);
        }
        for axis in Axis::all() {
            if menu::Item::new(axis.label(engine)).chosen(chosen == Some(axis)).show(ui) {
                actions.push(SweepAction::Axis(direction, Some(axis)).into());
            }
        }
    });
}

/// The values one by one, in as many lines as they need; beyond four the rest is counted.
fn labels(ui: &mut Ui, labels: &[String]) {
    const MOST_LINES: usize = 3;
    let width = ui.available_width() - 2.0 * size::PANEL_PADDING - LABELS;
    let mut lines: Vec<Vec<(&str, f32)>> = vec![Vec::new()];
    let mut room = width;
    let mut left = labels.len();
    for label in labels {
        let needs = Chip::new(label, Tone::Quiet).small().width(ui).min(width);
        if needs > room && !lines.last().is_some_and(Vec::is_empty) {
            if lines.len() == MOST_LINES {
                break;
            }
            lines.push(Vec::new());
            room = width;
        }
        room -= needs + 4.0;
        left -= 1;
        if let Some(line) = lines.last_mut() {
            line.push((label, needs));
        }
    }
    for line in lines {
        let mut row = Cut(under(ui, LINE));
        for (label, needs) in line {
            let place = row.left_control(needs, 20.0);
            Chip::new(label, Tone::Quiet).small().put(ui, place);
            row.left(4.0);
        }
    }
    if left > 0 {
        let color = theme::of(ui).text_muted;
        let place = under(ui, LINE);
        text::label(ui, place, Align::Min, &format!("and {left} more"), Type::Note, color);
    }
}

fn swap(ui: &mut Ui, can_swap: bool, actions: &mut Vec<Action>) {
    ui.add_space(8.0);
    let row = inset(cut::next_row(ui, LINE));
    let middle = Rect::from_center_size(row.center(), vec2(24.0, 24.0));
    let line = widgets::hairline(ui);
    ui.painter().hline(row.left()..=middle.left() - 8.0, row.center().y, line);
    ui.painter().hline(middle.right() + 8.0..=row.right(), row.center().y, line);
    let swap = IconButton::new(icons::SWAP, "Swap the axes").enabled(can_swap);
    swap.put(ui, middle).asks(actions, SweepAction::Swap);
    ui.add_space(8.0);
}

fn explain(ui: &mut Ui, has_room: bool, shows: &mut Option<bool>) {
    let open = shows.unwrap_or(has_room);
    let place = cut::next_row(ui, size::ROW);
    if Section::new("How to write values", open, "").put(ui, place).fold {
        *shows = Some(!open);
    }
    section::body(ui, "How to write values", open, |ui| {
        let tokens = theme::of(ui);
        for (form, meaning) in GRAMMAR {
            let mut row = Cut(inset(cut::next_row(ui, LINE)));
            row.left(16.0);
            text::label(ui, row.left(142.0), Align::Min, form, Type::Mono, tokens.text_secondary);
            text::label(ui, row.rest(), Align::Min, meaning, Type::Label, tokens.text_muted);
        }
        ui.add_space(8.0);
    });
}

fn rest(ui: &mut Ui, view: &SweepView<'_>) {
    let tokens = theme::of(ui);
    let top = ui.cursor().top();
    ui.painter().hline(ui.max_rect().x_range(), top + 0.5, widgets::hairline(ui));
    ui.add_space(8.0);
    let row = inset(cut::next_row(ui, LINE));
    text::label(ui, row, Align::Min, "Everything else comes from the recipe", Type::Section, tokens.text);
    let row = inset(cut::next_row(ui, 20.0));
    text::label(ui, row, Align::Min, view.rest, Type::Label, tokens.text_muted);
}

fn foot_height(view: &SweepView<'_>) -> f32 {
    let lines = 3.0 + if view.sum.left.is_some() { 1.0 } else { 0.0 };
    8.0 + lines * LINE + 8.0 + TALL_TICKET + 12.0
}

/// A ticket with a second line.
const TALL_TICKET: f32 = 56.0;

/// What the sweep comes to, and the ticket.
fn sum(ui: &mut Ui, rect: Rect, view: &SweepView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    widgets::hairline_above(ui, rect);
    let mut cut = Cut(inset(rect));
    cut.top(8.0);
    let sum = &view.sum;
    let price = sum.price_each * u32::try_from(sum.new).unwrap_or(u32::MAX);
    fact(ui, cut.top(LINE), "Cells", &sum.cells.to_string(), tokens.text);
    fact(ui, cut.top(LINE), "Already owned, served from your library", &sum.owned.to_string(), tokens.text);
    let (words, value, color) = if sum.price_each.is_zero() {
        ("New".to_owned(), "free".to_owned(), tokens.text)
    } else {
        (format!("New, {} × {}", sum.new, sum.price_each), price.to_string(), tokens.money)
    };
    fact(ui, cut.top(LINE), &words, &value, color);
    if let Some(left) = sum.left {
        fact(ui, cut.top(LINE), "Left of the month's budget afterwards", &left.to_string(), tokens.text);
    }
    cut.top(8.0);
    let words = match sum.new {
        1 => "Run 1 new cell".to_owned(),
        new => format!("Run {new} new cells"),
    };
    let second = if sum.owned == 0 { String::new() } else { format!("{} of {} already owned", sum.owned, sum.cells) };
    let stub = view.blocked.map_or_else(|| Stub::of(price), Stub::Blocked);
    let spoken = format!("{words}, {}", stub.words());
    let mut ticket = Ticket::new(&words, stub, &spoken).submitting(view.submitting).opens(view.opens);
    if !second.is_empty() {
        ticket = ticket.second_line(&second);
    }
    ticket.put(ui, cut.top(TALL_TICKET)).asks(actions, SweepAction::Run);
}

/// Height of the foot while the sweep runs.
const RUNNING: f32 = 8.0 + LINE + 12.0 + LINE + 8.0 + size::ROW + 8.0 + 36.0 + 8.0;

fn under_way(ui: &mut Ui, rect: Rect, running: &RunningSweep, view: &SweepView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    widgets::hairline_above(ui, rect);
    let mut cut = Cut(inset(rect));
    cut.top(8.0);
    let filled = format!("{} of {} cells filled", running.filled, view.cells.len());
    text::label(ui, cut.top(LINE), Align::Min, &filled, Type::Section, tokens.text);
    let share = running.filled as f32 / view.cells.len().max(1) as f32;
    let bar = cut.top(12.0);
    let bar = Rect::from_min_size(bar.min + vec2(0.0, 4.0), vec2(bar.width(), 4.0));
    let id = ui.make_persistent_id("sweep filled");
    progress::bar(ui, bar, id, share, "Cells filled");
    if running.of.is_zero() {
        fact(ui, cut.top(LINE), "Spent in this sweep", "free", tokens.text);
    } else {
        let spent = format!("{} of {}", Stub::of(running.spent).words(), running.of);
        fact(ui, cut.top(LINE), "Spent in this sweep", &spent, tokens.money);
    }
    cut.top(8.0);
    let (left, right) = cut.top(size::ROW).split_left_right_at_fraction(0.5);
    let (words, icon) = if running.paused { ("Go on", icons::PLAY) } else { ("Pause", icons::PAUSE) };
    Button::new(words).icon(icon).put(ui, left.with_max_x(left.right() - 4.0)).asks(actions, Command::TogglePause);
    Button::new("Stop")
        .icon(icons::STOP)
        .put(ui, right.with_min_x(right.left() + 4.0))
        .asks(actions, SweepAction::Stop);
    cut.top(8.0);
    let words = if running.of.is_zero() {
        "Stopping keeps the cells that are filled."
    } else {
        "Stopping keeps the cells that are filled. Cells already sent are still charged."
    };
    let rest = cut.rest();
    text::paragraph(ui, rest.min, rest.width(), 2, words, Type::Label, tokens.text_muted);
}
