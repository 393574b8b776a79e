//! The jobs of one click as one row, which opens to show them.

use egui::{Align, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::group::{Summary, with_action};
use super::offers;
use super::queue::beside_grip;
use super::row::{self, Mark};
use crate::action::{Action, Asks as _, JobsAction, job_words};
use crate::icons;
use crate::theme::{self, Type, size};
use crate::view::JobView;
use crate::widgets::progress::Ring;
use crate::widgets::{self, Button, Cut, IconButton, focus, menu, text};
use model::{Charged, JobAction, JobId, JobStatus, Money, expressions};

/// What a person can do with all jobs of a batch for which it fits.
struct Fitting {
    look_again: Vec<JobId>,
    go_on: (Vec<JobId>, Money),
    retry: (Vec<JobId>, Money),
}

impl Fitting {
    fn of(jobs: &[&JobView<'_>]) -> Self {
        Self {
            look_again: with_action(jobs, JobAction::LookAgain).0,
            go_on: with_action(jobs, JobAction::GoOn),
            retry: with_action(jobs, JobAction::Retry),
        }
    }

    fn is_empty(&self) -> bool {
        self.look_again.is_empty() && self.go_on.0.is_empty() && self.retry.0.is_empty()
    }
}

/// Height of the row that stands for a batch.
pub(super) fn height(jobs: &[&JobView<'_>]) -> f32 {
    if Fitting::of(jobs).is_empty() { 80.0 } else { 80.0 + 4.0 + size::CONTROL }
}

/// Draws the row in `rect`; the response is a click that opens or folds it.
pub(super) fn ui(ui: &mut Ui, rect: Rect, jobs: &[&JobView<'_>], open: bool, actions: &mut Vec<Action>) -> Response {
    let tokens = theme::of(ui);
    let summary = Summary::of(jobs);
    let words = summary.words();
    let first = jobs[0];
    widgets::name_group(ui, &format!("{} jobs, {}, {words}", jobs.len(), title(first)));
    let beside = beside_grip(rect, !open && jobs.iter().any(|job| job.is_waiting()));
    let response = ui.interact(beside, ui.make_persistent_id("batch"), Sense::click());
    let name = if open { "Fold these jobs" } else { "Show these jobs" };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    focus::ring(ui, &response, rect.shrink(3.0), size::RADIUS);
    offers::context(&response, |ui| items(ui, jobs, actions));

    pile(ui, rect, jobs);
    let mut cut = Cut(row::column(rect));
    let mut head = cut.top(16.0);
    let chevron = if open { icons::CHEVRON_DOWN } else { icons::CHEVRON_RIGHT };
    chevron.paint(ui, Cut(head).right(16.0), 16.0, tokens.text_secondary);
    head.max.x -= 20.0;
    row::title(ui, head, title(first), &format!("{} ×", jobs.len()));
    cut.top(4.0);
    let state = cut.top(16.0);
    let (mark, tint, color) = mark(&summary, jobs, tokens);
    mark.put(ui, state, tint, &words, Type::Label, color);
    cut.top(4.0);
    let note = cut.top(16.0);
    let left = note.with_max_x(note.right() - 56.0);
    text::label(ui, left, Align::Min, &money(&summary, jobs), Type::Note, tokens.text_muted);
    let (stoppable, _) = with_action(jobs, JobAction::Stop);
    let place = |right: f32| Rect::from_center_size(pos2(note.right() - right, note.center().y), vec2(24.0, 24.0));
    row::seen_on_hover(ui, &response, rect, "more", |ui| {
        let more = IconButton::new(icons::MORE, "More about these jobs").put(ui, place(36.0));
        menu::below(&more, 200.0, |ui| items(ui, jobs, actions));
    });
    if !stoppable.is_empty()
        && IconButton::new(icons::STOP, "Stop these jobs").points(size::ICON_SMALL).put(ui, place(8.0)).clicked()
    {
        actions.push(Action::Jobs(JobsAction::Each(stoppable, JobAction::Stop)));
    }
    cut.top(4.0);
    buttons(ui, cut.top(size::CONTROL), jobs, actions);
    response
}

/// What the batch of this job is called.
fn title<'a>(job: &JobView<'a>) -> &'a str {
    let is_pack = job.batch.is_some_and(|batch| batch.starts_with(expressions::BATCH));
    if is_pack { "Expressions" } else { job.prompt }
}

/// The picture of the newest on a second one.
fn pile(ui: &Ui, rect: Rect, jobs: &[&JobView<'_>]) {
    let tokens = theme::of(ui);
    let behind = Rect::from_min_size(rect.min + vec2(16.0, 9.0), vec2(40.0, 40.0));
    ui.painter().rect(behind, size::RADIUS, tokens.bg_control, tokens.hairline(), egui::StrokeKind::Inside);
    let shown = jobs.iter().find(|job| job.status == JobStatus::Done).unwrap_or(&jobs[0]);
    row::thumbnail(ui, rect, shown.picture, shown.status);
}

/// The mark of what is most pressing among them.
fn mark(summary: &Summary, jobs: &[&JobView<'_>], tokens: &theme::Tokens) -> (Mark, egui::Color32, egui::Color32) {
    let running = jobs.iter().find(|job| !job.status.is_final() && job.elapsed.is_running());
    if summary.need_you > 0 || summary.held > 0 {
        (Mark::Icon(icons::QUESTION), tokens.money, tokens.money)
    } else if summary.working > 0 {
        let at = running.map_or(0, |job| job.elapsed.seconds());
        (Mark::Ring(Ring::At(at)), tokens.accent, tokens.text_secondary)
    } else if summary.waiting > 0 {
        (Mark::Icon(icons::CLOCK), tokens.text_muted, tokens.text_secondary)
    } else if summary.done > 0 {
        (Mark::Icon(icons::CHECK), tokens.ok, tokens.text_secondary)
    } else {
        (Mark::Icon(icons::STOP), tokens.text_muted, tokens.text_secondary)
    }
}

/// What all cost, and how much of it has gone.
fn money(summary: &Summary, jobs: &[&JobView<'_>]) -> String {
    if summary.price.is_zero() {
        return "Free".to_owned();
    }
    let sum =
        |charged: Charged| -> Money { jobs.iter().filter(|job| job.charged == charged).map(|job| job.price).sum() };
    let (gone, unsure) = (sum(Charged::Yes), sum(Charged::Unknown));
    if gone == summary.price {
        gone.to_string()
    } else if unsure.is_zero() {
        format!("{gone} of {} charged", summary.price)
    } else {
        format!("{gone} charged, {unsure} unsure")
    }
}

/// The offers that fit the batch, each with what it may cost.
fn buttons(ui: &mut Ui, rect: Rect, jobs: &[&JobView<'_>], actions: &mut Vec<Action>) {
    let Fitting { look_again, go_on, retry } = Fitting::of(jobs);
    let asked = jobs.iter().any(|job| job.asked);
    let mut cut = Cut(rect);
    if !look_again.is_empty() {
        let words = counted("Look again", look_again.len(), jobs.len());
        let button = Button::new(&words).small();
        let width = button.width(ui);
        button
            .put(ui, cut.left(width))
            .on_hover_text("Asks Pixazo once more. It is free.")
            .asks(actions, JobsAction::Each(look_again, JobAction::LookAgain));
        cut.left(4.0);
    }
    for (action, (ids, price)) in [(JobAction::GoOn, go_on), (JobAction::Retry, retry)] {
        let words = counted(job_words(action), ids.len(), jobs.len());
        if !ids.is_empty() && offers::ticket(ui, &mut cut, &words, price, asked) {
            actions.push(Action::Jobs(JobsAction::Each(ids, action)));
        }
    }
}

/// `Retry`, or `Retry 2` when it is not for all of them.
fn counted(words: &str, count: usize, all: usize) -> String {
    if count == all { words.to_owned() } else { format!("{words} {count}") }
}

/// Everything that can be done with all of them and costs nothing.
fn items(ui: &mut Ui, jobs: &[&JobView<'_>], actions: &mut Vec<Action>) {
    let first = jobs[0];
    offers::use_settings(ui, first, actions);
    let waiting: Vec<JobId> = jobs.iter().rev().filter(|job| job.is_waiting()).map(|job| job.id.clone()).collect();
    if !waiting.is_empty() {
        menu::separator(ui);
        offers::moves(ui, &first.id.0, |place| actions.push(Action::Jobs(JobsAction::Move(waiting.clone(), place))));
    }
    let free = [
        ("Stop all", JobAction::Stop, icons::STOP),
        ("Discard all", JobAction::Discard, icons::CLOSE),
        ("Forget all", JobAction::Forget, icons::CLOSE),
    ];
    for (words, action, icon) in free {
        let (ids, _) = with_action(jobs, action);
        if !ids.is_empty() && menu::Item::new(words).icon(icon).show(ui) {
            actions.push(Action::Jobs(JobsAction::Each(ids, action)));
        }
    }
}
