//! One job: picture, prompt, state, cost and seed, and what can be done with it.

use egui::{Align, Color32, Rect, Response, Sense, Ui, pos2, vec2};

use super::queue::beside_grip;
use super::{offers, words};
use crate::action::{Action, Dialog, JobsAction};
use crate::icons::{self, Icon};
use crate::theme::{self, Tokens, Type, size};
use crate::view::{JobView, Picture};
use crate::widgets::progress::{self, Ring};
use crate::widgets::{self, Cut, IconButton, Pressable, checker, text};
use model::{JobAction, JobStatus};

/// Where the column of words begins.
const COLUMN: f32 = 12.0 + 40.0 + 12.0;

/// Lines that a sentence about trouble has at most: as many as any of them needs.
const LINES: usize = 10;

/// Height of the line with the service's number of a lost request.
const NUMBER: f32 = 24.0;

/// Height of a row, by what stands in it.
pub(super) fn height(ui: &Ui, width: f32, job: &JobView<'_>) -> f32 {
    if is_trouble(job) {
        let width = width - COLUMN - 12.0;
        let sentence = text::paragraph_height(ui, width, LINES, &words::sentence(job), Type::Label);
        let number = if lost_number(job).is_some() { NUMBER } else { 0.0 };
        let buttons = if offers::has_buttons(job) { 8.0 + size::CONTROL } else { 0.0 };
        52.0 + sentence + number + buttons + 12.0
    } else if job.progress.is_some() {
        92.0
    } else {
        80.0
    }
}

/// Does the row have a sentence and buttons?
pub(super) fn is_trouble(job: &JobView<'_>) -> bool {
    matches!(
        job.status,
        JobStatus::MayHaveBeenAccepted | JobStatus::Failed | JobStatus::Lost | JobStatus::Stopped | JobStatus::Held
    ) || is_done_with_a_note(job)
}

/// Was a sticker made of which a person should know something?
fn is_done_with_a_note(job: &JobView<'_>) -> bool {
    job.status == JobStatus::Done && job.error.is_some()
}

/// Draws the row in `rect`.
pub(super) fn ui(ui: &mut Ui, rect: Rect, job: &JobView<'_>, actions: &mut Vec<Action>) {
    widgets::name_group(ui, &format!("Job, {}, {}", job.prompt, words::state(job)));
    // For the other button of the mouse alone: every way is also a button, so it takes no focus.
    let row = ui.interact(beside_grip(rect, job.is_waiting()), ui.make_persistent_id("row"), Sense::CLICK);
    offers::context(&row, |ui| offers::items(ui, job, actions));
    picture(ui, rect, job, actions);
    let column = column(rect);
    let mut cut = Cut(column);
    let head = cut.top(16.0);
    title(ui, head, job.prompt, &right_words(ui, head.width(), job));
    cut.top(4.0);
    let state_row = cut.top(16.0);
    if is_trouble(job) {
        state(ui, state_row.with_max_x(state_row.right() - 28.0), job);
        offers::more(ui, Cut(state_row).right(16.0), job, actions);
        cut.top(4.0);
        trouble(ui, cut.rest(), job, actions);
    } else {
        state(ui, state_row, job);
        if let Some(share) = job.progress {
            cut.top(6.0);
            let bar = cut.top(4.0);
            progress::bar(ui, bar, ui.make_persistent_id("progress"), share, "Progress");
            cut.top(2.0);
        }
        cut.top(4.0);
        let note = cut.top(16.0);
        let left = note.with_max_x(note.right() - 56.0);
        text::label(ui, left, Align::Min, &words::money_and_seed(job), Type::Note, theme::of(ui).text_muted);
        let place = Rect::from_center_size(pos2(note.right() - 36.0, note.center().y), vec2(24.0, 24.0));
        seen_on_hover(ui, &row, rect, "more", |ui| offers::more(ui, place, job, actions));
        row_action(ui, note, job, actions);
    }
}

/// The column of words beside the picture.
pub(super) fn column(rect: Rect) -> Rect {
    Rect::from_min_max(rect.min + vec2(COLUMN, 12.0), pos2(rect.right() - 12.0, rect.bottom()))
}

/// What hovering adds is there all the time for the keyboard and for assistive technology, only not painted.
pub(super) fn seen_on_hover(ui: &mut Ui, row: &Response, rect: Rect, salt: &str, draw: impl FnOnce(&mut Ui)) {
    let seen = row.contains_pointer() || ui.rect_contains_pointer(rect) || widgets::focus::by_key(ui.ctx());
    widgets::inside(ui, rect, salt, |ui| {
        if !seen {
            ui.set_opacity(0.0);
        }
        draw(ui);
    });
}

/// The sentence, what names a lost request, and the buttons.
fn trouble(ui: &mut Ui, rect: Rect, job: &JobView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let words = words::sentence(job);
    let shown = text::paragraph(ui, rect.min, rect.width(), LINES, &words, Type::Label, tokens.text_secondary);
    let mut below = Cut(rect.with_min_y(shown.rect.bottom()));
    if let Some(id) = lost_number(job) {
        let mut row = Cut(below.top(NUMBER));
        if IconButton::new(icons::COPY, "Copy the request id").points(14.0).put(ui, row.right(16.0)).clicked() {
            actions.push(Action::CopyText(id.to_owned()));
        }
        row.right(8.0);
        text::label(ui, row.rest(), Align::Min, id, Type::Mono, tokens.text_secondary);
    }
    if offers::has_buttons(job) {
        below.top(8.0);
        offers::buttons(ui, below.top(size::CONTROL), job, actions);
    }
}

/// The number by which the service can be asked about a request that it has lost.
fn lost_number<'a>(job: &JobView<'a>) -> Option<&'a str> {
    job.request_id.filter(|_| job.status == JobStatus::Lost)
}

/// The photo while it runs, the sticker when it is done; a click shows the sticker, or what went wrong.
fn picture(ui: &Ui, rect: Rect, job: &JobView<'_>, actions: &mut Vec<Action>) {
    let done = job.status == JobStatus::Done;
    let place = thumbnail(ui, rect, job.picture, job.status);
    let (name, action) = if done {
        ("Show the sticker", Action::ShowResult(job.id.clone()))
    } else if is_trouble(job) {
        ("Show what is known", Action::Open(Dialog::Job(job.id.clone())))
    } else {
        return;
    };
    if Pressable::new(name).tooltip(name).show(ui, place, "result", |_| {}).clicked() {
        actions.push(action);
    }
}

/// The picture of a row at its place.
pub(super) fn thumbnail(ui: &Ui, rect: Rect, picture: Picture, status: JobStatus) -> Rect {
    let place = Rect::from_min_size(rect.min + vec2(12.0, 12.0), vec2(40.0, 40.0));
    ui.painter().rect_filled(place, size::RADIUS, theme::of(ui).bg_field);
    let done = status == JobStatus::Done;
    let dimmed = matches!(status, JobStatus::Failed | JobStatus::Lost | JobStatus::Stopped);
    if matches!(picture, Picture::Ready { .. }) {
        if done {
            checker::checkerboard(ui, place, 8.0, size::RADIUS);
        }
        let tint = Color32::WHITE.gamma_multiply(if dimmed { 0.5 } else { 1.0 });
        let inner = if done { place.shrink(2.0) } else { place };
        checker::picture(ui, inner, &picture, size::RADIUS, tint);
    } else if picture != Picture::Loading {
        icons::PHOTO.paint(ui, place, size::ICON, theme::of(ui).text_muted);
    }
    place
}

/// What stands at the right of the prompt: the seed only where the whole prompt has room beside it. It is in the details
/// as well, and a name cut to three letters tells nobody which job it is.
fn right_words(ui: &Ui, width: f32, job: &JobView<'_>) -> String {
    let time = job.elapsed.words();
    if !is_trouble(job) {
        return time;
    }
    let both = format!("seed {} · {time}", job.seed);
    let taken = text::width(ui, job.prompt, Type::Control) + 8.0 + text::width(ui, &both, Type::Label);
    if taken.ceil() + 1.0 <= width { both } else { time }
}

/// The prompt, and what stands at its right.
pub(super) fn title(ui: &mut Ui, rect: Rect, prompt: &str, right: &str) {
    let tokens = theme::of(ui);
    let width = text::width(ui, right, Type::Label).ceil();
    let mut cut = Cut(rect);
    text::label(ui, cut.right(width), Align::Max, right, Type::Label, tokens.text_muted);
    cut.right(8.0);
    text::label(ui, cut.rest(), Align::Min, prompt, Type::Control, tokens.text);
}

/// What stands before the words of a state.
pub(super) enum Mark {
    Icon(Icon),
    Ring(Ring),
}

impl Mark {
    /// Draws it and the words after it.
    pub(super) fn put(self, ui: &mut Ui, rect: Rect, tint: Color32, words: &str, style: Type, color: Color32) {
        let mut cut = Cut(rect);
        let place = cut.left(14.0);
        match self {
            Self::Icon(icon) => icon.paint(ui, place, 14.0, tint),
            Self::Ring(ring) => progress::ring(ui, place.center(), ring, tint),
        }
        cut.left(6.0);
        text::label(ui, cut.rest(), Align::Min, words, style, color);
    }
}

fn state(ui: &mut Ui, rect: Rect, job: &JobView<'_>) {
    let (mark, tint, color) = mark(job, theme::of(ui));
    let style = if is_trouble(job) { Type::Control } else { Type::Label };
    mark.put(ui, rect, tint, &words::state(job), style, color);
}

pub(super) fn mark(job: &JobView<'_>, tokens: &Tokens) -> (Mark, Color32, Color32) {
    let quiet = tokens.text_secondary;
    if let Some(seconds) = job.goes_on_in {
        return (Mark::Ring(countdown(seconds)), tokens.text_secondary, quiet);
    }
    match job.status {
        JobStatus::Queued => (Mark::Icon(icons::CLOCK), tokens.text_muted, quiet),
        JobStatus::Done => (Mark::Icon(icons::CHECK), tokens.ok, quiet),
        JobStatus::Failed => (Mark::Icon(icons::FAIL), tokens.danger, tokens.danger),
        JobStatus::Lost | JobStatus::MayHaveBeenAccepted => (Mark::Icon(icons::QUESTION), tokens.money, tokens.money),
        JobStatus::Held => (Mark::Icon(icons::PAUSE), tokens.money, tokens.money),
        JobStatus::Stopped | JobStatus::Dismissed => (Mark::Icon(icons::STOP), tokens.text_muted, quiet),
        _ => match job.progress {
            Some(share) => (Mark::Ring(Ring::Share(share)), tokens.accent, quiet),
            None => (Mark::Ring(Ring::At(job.elapsed.seconds())), tokens.accent, quiet),
        },
    }
}

/// A ring that empties in the last minute before something goes on.
pub(super) fn countdown(seconds: u64) -> Ring {
    Ring::Share((seconds as f32 / 60.0).min(1.0))
}

/// The one action of a row without trouble.
fn row_action(ui: &mut Ui, note: Rect, job: &JobView<'_>, actions: &mut Vec<Action>) {
    let place = Rect::from_center_size(pos2(note.right() - 8.0, note.center().y), vec2(24.0, 24.0));
    if job.status == JobStatus::Done {
        if IconButton::new(icons::FOLDER, "Show in the file manager").points(size::ICON_SMALL).put(ui, place).clicked()
        {
            actions.push(Action::Jobs(JobsAction::Reveal(job.id.clone())));
        }
    } else if job.can(JobAction::Stop)
        && IconButton::new(icons::STOP, offers::stop_words(job)).points(size::ICON_SMALL).put(ui, place).clicked()
    {
        actions.push(Action::Jobs(JobsAction::One(job.id.clone(), JobAction::Stop)));
    }
}
