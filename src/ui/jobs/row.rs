//! One job: picture, prompt, state, cost and seed, and what can be done with it.

use egui::{Align, Color32, Rect, Sense, Ui, pos2, vec2};

use crate::model::{Charged, EngineId, JobStatus};
use crate::ui::action::{Action, Dialog, JobOffer};
use crate::ui::icons::{self, Icon};
use crate::ui::theme::{self, Tokens, Type, size};
use crate::ui::view::{JobView, Picture, Ticking, clock};
use crate::ui::widgets::progress::{self, Ring};
use crate::ui::widgets::{self, Button, Cut, IconButton, Stub, Ticket, checker, text};

/// Where the column of words begins.
const COLUMN: f32 = 12.0 + 40.0 + 12.0;

/// Height of a row, by what stands in it.
pub(super) fn height(ui: &Ui, job: &JobView<'_>) -> f32 {
    if is_trouble(job) {
        let width = ui.available_width() - COLUMN - 12.0;
        let sentence = text::paragraph_height(ui, width, 2, &sentence(job), Type::Label);
        let buttons = if buttons(job).is_empty() { 0.0 } else { 8.0 + size::CONTROL };
        52.0 + sentence + buttons + 12.0
    } else if job.progress.is_some() {
        92.0
    } else {
        80.0
    }
}

/// Does the row have a sentence and buttons?
fn is_trouble(job: &JobView<'_>) -> bool {
    matches!(
        job.status,
        JobStatus::MayHaveBeenAccepted | JobStatus::Failed | JobStatus::Lost | JobStatus::Stopped | JobStatus::Held
    )
}

/// Draws the row in `rect`.
pub(super) fn ui(ui: &mut Ui, rect: Rect, job: &JobView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    widgets::name_group(ui, &format!("Job, {}, {}", job.prompt, state_words(job)));
    picture(ui, rect, job, actions);
    let column = Rect::from_min_max(rect.min + vec2(COLUMN, 12.0), pos2(rect.right() - 12.0, rect.bottom()));
    let mut cut = Cut(column);
    title(ui, cut.top(16.0), job);
    cut.top(4.0);
    state(ui, cut.top(16.0), job);
    if is_trouble(job) {
        cut.top(4.0);
        let words = sentence(job);
        let shown = text::paragraph(ui, cut.rest().min, column.width(), 2, &words, Type::Label, tokens.text_secondary);
        let corner = pos2(column.left(), shown.rect.bottom() + 8.0);
        trouble_buttons(ui, Rect::from_min_size(corner, vec2(column.width(), size::CONTROL)), job, actions);
    } else {
        if let Some(share) = job.progress {
            cut.top(6.0);
            let bar = cut.top(4.0);
            progress::bar(ui, bar, ui.make_persistent_id("progress"), share, "Progress");
            cut.top(2.0);
        }
        cut.top(4.0);
        let note = cut.top(16.0);
        text::label(
            ui,
            note.with_max_x(note.right() - 28.0),
            Align::Min,
            &money_and_seed(job),
            Type::Note,
            tokens.text_muted,
        );
        row_action(ui, note, job, actions);
    }
}

/// The photo while it runs, the sticker when it is done; a click shows the sticker.
fn picture(ui: &Ui, rect: Rect, job: &JobView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let place = Rect::from_min_size(rect.min + vec2(12.0, 12.0), vec2(40.0, 40.0));
    ui.painter().rect_filled(place, size::RADIUS, tokens.bg_field);
    let done = job.status == JobStatus::Done;
    if matches!(job.picture, Picture::Ready { .. }) {
        if done {
            checker::checkerboard(ui, place, 8.0, size::RADIUS);
        }
        let dimmed = matches!(job.status, JobStatus::Failed | JobStatus::Lost | JobStatus::Stopped);
        let tint = Color32::WHITE.gamma_multiply(if dimmed { 0.5 } else { 1.0 });
        let inner = if done { place.shrink(2.0) } else { place };
        checker::picture(ui, inner, &job.picture, size::RADIUS, tint);
    }
    if !done {
        return;
    }
    let response = ui.interact(place, ui.make_persistent_id("result"), Sense::click());
    widgets::focus::ring(ui, &response, place, size::RADIUS);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Show the sticker"));
    if response.on_hover_text("Show the sticker").clicked() {
        actions.push(Action::ShowResult(job.id.clone()));
    }
}

fn title(ui: &mut Ui, rect: Rect, job: &JobView<'_>) {
    let tokens = theme::of(ui);
    let time = job.elapsed.words();
    let right = if is_trouble(job) { format!("seed {} · {time}", job.seed) } else { time };
    let width = text::width(ui, &right, Type::Label).ceil();
    let mut cut = Cut(rect);
    text::label(ui, cut.right(width), Align::Max, &right, Type::Label, tokens.text_muted);
    cut.right(8.0);
    text::label(ui, cut.rest(), Align::Min, job.prompt, Type::Control, tokens.text);
}

/// What stands before the words of a state.
enum Mark {
    Icon(Icon),
    Ring(Ring),
}

fn state(ui: &mut Ui, rect: Rect, job: &JobView<'_>) {
    let tokens = theme::of(ui);
    let (mark, tint, color) = mark(job, tokens);
    let mut cut = Cut(rect);
    let place = cut.left(14.0);
    match mark {
        Mark::Icon(icon) => icon.paint(ui, place, 14.0, tint),
        Mark::Ring(ring) => progress::ring(ui, place.center(), ring, tint),
    }
    cut.left(6.0);
    let style = if is_trouble(job) { Type::Control } else { Type::Label };
    text::label(ui, cut.rest(), Align::Min, &state_words(job), style, color);
}

fn mark(job: &JobView<'_>, tokens: &Tokens) -> (Mark, Color32, Color32) {
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

/// The state as a person reads it.
pub(super) fn state_words(job: &JobView<'_>) -> String {
    if let Some(seconds) = job.goes_on_in {
        return format!("Service is busy, next try in {}", clock(seconds));
    }
    match job.status {
        JobStatus::Queued if job.ahead > 0 => format!("Waiting in line, {} ahead", job.ahead),
        JobStatus::Queued => "Waiting in line".to_owned(),
        JobStatus::Held => "Held".to_owned(),
        JobStatus::Preparing => "Preparing the photo".to_owned(),
        JobStatus::Hosting => "Sending the photo".to_owned(),
        JobStatus::Submitting => "Submitting".to_owned(),
        JobStatus::Accepted => "Queued at the service".to_owned(),
        JobStatus::Working => match job.progress {
            Some(share) => format!("Working {:.0} %", share * 100.0),
            None if job.takes_long => "Working, longer than usual".to_owned(),
            None => "Working".to_owned(),
        },
        JobStatus::Fetching => "Fetching".to_owned(),
        JobStatus::Done if job.engine == EngineId::Local => "Done on this computer".to_owned(),
        JobStatus::Done => "Done".to_owned(),
        JobStatus::Failed => format!("Failed, {}", charge_words(job)),
        JobStatus::Lost => "Lost".to_owned(),
        JobStatus::Stopped => format!("Stopped, {}", charge_words(job)),
        JobStatus::MayHaveBeenAccepted => "May have been accepted".to_owned(),
        JobStatus::Dismissed => "Put aside".to_owned(),
    }
}

/// Whether money went.
fn charge_words(job: &JobView<'_>) -> String {
    match job.charged {
        Charged::No => "nothing charged".to_owned(),
        Charged::Yes => format!("charged {}", job.price),
        Charged::Unknown => "charge unknown".to_owned(),
    }
}

fn money_and_seed(job: &JobView<'_>) -> String {
    let money = if job.price.is_zero() {
        "Free".to_owned()
    } else if job.charged == Charged::No && job.goes_on_in.is_some() {
        "Not sent yet".to_owned()
    } else {
        job.price.to_string()
    };
    format!("{money} · seed {}", job.seed)
}

fn sentence(job: &JobView<'_>) -> String {
    if let Some(error) = job.error {
        return error.to_owned();
    }
    match job.status {
        JobStatus::MayHaveBeenAccepted => "No answer came back. Pixazo may have made it and charged for it.".to_owned(),
        JobStatus::Lost => "The service no longer knows this job. Looking again is free.".to_owned(),
        JobStatus::Held => "It is paid work and waits for your word.".to_owned(),
        JobStatus::Stopped => "Its settings are kept.".to_owned(),
        _ => "No sticker was made. Your settings are kept.".to_owned(),
    }
}

/// The one action of a row without trouble.
fn row_action(ui: &mut Ui, note: Rect, job: &JobView<'_>, actions: &mut Vec<Action>) {
    let place = Rect::from_center_size(pos2(note.right() - 8.0, note.center().y), vec2(24.0, 24.0));
    if job.status == JobStatus::Done {
        if IconButton::new(icons::FOLDER, "Show in the file manager").points(size::ICON_SMALL).put(ui, place).clicked()
        {
            actions.push(Action::RevealResult(job.id.clone()));
        }
    } else if job.can(JobOffer::Stop) {
        let words = if matches!(job.elapsed, Ticking::Running(_)) { "Stop waiting" } else { "Stop" };
        if IconButton::new(icons::STOP, words).points(size::ICON_SMALL).put(ui, place).clicked() {
            actions.push(Action::Job(job.id.clone(), JobOffer::Stop));
        }
    }
}

/// The buttons of a row in trouble, the most useful first.
fn buttons(job: &JobView<'_>) -> Vec<JobOffer> {
    let order = [
        JobOffer::GoOn,
        JobOffer::LookAgain,
        JobOffer::Retry,
        JobOffer::SubmitAgain,
        JobOffer::Dismiss,
        JobOffer::Forget,
    ];
    order.into_iter().filter(|offer| job.can(*offer)).collect()
}

fn trouble_buttons(ui: &mut Ui, rect: Rect, job: &JobView<'_>, actions: &mut Vec<Action>) {
    let mut cut = Cut(rect);
    let mut tickets = 0;
    for offer in buttons(job) {
        if offer.may_cost() && tickets == 0 {
            tickets += 1;
            let stub = Stub::of(job.price);
            let name = format!("{}, {}", offer.label(), stub.words());
            let ticket = Ticket::new(offer.label(), stub, &name);
            let place = cut.left(ticket.small_width(ui));
            if ticket.put_small(ui, place).clicked() {
                actions.push(ask(job, offer));
            }
        } else if !offer.may_cost() {
            let button = Button::ghost(offer.label()).small();
            let width = button.width(ui);
            if width > cut.rest().width() {
                break;
            }
            if button.put(ui, cut.left(width)).clicked() {
                actions.push(Action::Job(job.id.clone(), offer));
            }
        }
        cut.left(4.0);
    }
    let details = Button::ghost("Details").small();
    let width = details.width(ui);
    if width <= cut.rest().width() && details.put(ui, cut.left(width)).clicked() {
        actions.push(Action::Open(Dialog::Job(job.id.clone())));
    }
}

/// A request that may be paid twice needs a decision first.
fn ask(job: &JobView<'_>, offer: JobOffer) -> Action {
    if offer == JobOffer::SubmitAgain && job.charged == Charged::Unknown {
        Action::Open(Dialog::SubmitAgain(job.id.clone()))
    } else {
        Action::Job(job.id.clone(), offer)
    }
}
