//! What can be done with a job: the buttons of its row, and everything else in a menu.

use egui::{Popup, PopupCloseBehavior, Rect, Response, Ui, vec2};

use crate::action::{Action, Asks as _, Dialog, JobsAction, Move, job_words};
use crate::icons;
use crate::view::JobView;
use crate::widgets::{Button, Cut, IconButton, Stub, Ticket, menu};
use model::{Charged, JobAction, JobStatus, Money};

/// The words on the button of what may cost: a request that is known to have ended is simply tried again.
pub(crate) fn label(job: &JobView<'_>, action: JobAction) -> &'static str {
    match action {
        JobAction::SubmitAgain if job.charged != Charged::Unknown => job_words(JobAction::Retry),
        _ => job_words(action),
    }
}

/// A button that may lead to a charge: never without the price on its stub.
pub(crate) fn ticket(ui: &mut Ui, cut: &mut Cut, words: &str, price: Money, asked: bool) -> bool {
    let stub = Stub::of(price);
    let name = format!("{words}, {}", stub.words());
    let ticket = Ticket::new(words, stub, &name).submitting(asked);
    let width = ticket.small_width(ui);
    let pressed = ticket.put_small(ui, cut.left(width)).clicked();
    cut.left(4.0);
    pressed
}

/// A quiet button in the row; false also when there is no room for it.
pub(super) fn quiet(ui: &mut Ui, cut: &mut Cut, words: &str) -> bool {
    let button = Button::ghost(words).small();
    let width = button.width(ui);
    if width > cut.rest().width() {
        return false;
    }
    let pressed = button.put(ui, cut.left(width)).clicked();
    cut.left(4.0);
    pressed
}

/// Does the row of a job in trouble have buttons?
pub(super) fn has_buttons(job: &JobView<'_>) -> bool {
    !job.offers.is_empty()
}

/// The buttons of a job in trouble: what is free and may help, what may cost, then the way out or what is known.
pub(super) fn buttons(ui: &mut Ui, rect: Rect, job: &JobView<'_>, actions: &mut Vec<Action>) {
    let mut cut = Cut(rect);
    if job.can(JobAction::LookAgain) {
        let button = Button::new(job_words(JobAction::LookAgain)).small();
        let width = button.width(ui);
        button
            .put(ui, cut.left(width))
            .on_hover_text("Asks Pixazo once more. It is free.")
            .asks(actions, ask(job, JobAction::LookAgain));
        cut.left(4.0);
    }
    for action in [JobAction::GoOn, JobAction::Retry, JobAction::SubmitAgain] {
        if job.can(action) && ticket(ui, &mut cut, label(job, action), job.price, job.asked) {
            actions.push(ask(job, action));
        }
    }
    for action in [JobAction::Discard, JobAction::Forget] {
        let belongs = action == JobAction::Discard || job.status == JobStatus::MayHaveBeenAccepted;
        if job.can(action) && belongs && quiet(ui, &mut cut, job_words(action)) {
            actions.push(ask(job, action));
        }
    }
    let details = job.status != JobStatus::MayHaveBeenAccepted && job.status != JobStatus::Held;
    if details && quiet(ui, &mut cut, "Details") {
        actions.push(Action::Open(Dialog::Job(job.id.clone())));
    }
}

/// A request that may be paid twice needs a decision first.
fn ask(job: &JobView<'_>, action: JobAction) -> Action {
    if action == JobAction::SubmitAgain && job.charged == Charged::Unknown {
        Action::Open(Dialog::SubmitAgain(job.id.clone()))
    } else {
        Action::Jobs(JobsAction::One(job.id.clone(), action))
    }
}

/// The button that opens everything that can be done with a job.
pub(super) fn more(ui: &mut Ui, rect: Rect, job: &JobView<'_>, actions: &mut Vec<Action>) {
    let button = IconButton::new(icons::MORE, "More about this job").put(ui, rect);
    menu::below(&button, MENU, |ui| items(ui, job, actions));
}

/// The same at the pointer, with the other button of the mouse.
pub(super) fn context(row: &Response, draw: impl FnOnce(&mut Ui)) {
    Popup::context_menu(row).width(MENU).close_behavior(PopupCloseBehavior::CloseOnClick).show(|ui| {
        ui.set_width(MENU);
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        draw(ui);
    });
}

/// Width of these menus.
const MENU: f32 = 200.0;

/// Everything that can be done with a job and costs nothing.
pub(super) fn items(ui: &mut Ui, job: &JobView<'_>, actions: &mut Vec<Action>) {
    if menu::Item::new("Details…").icon(icons::INFO).show(ui) {
        actions.push(Action::Open(Dialog::Job(job.id.clone())));
    }
    use_settings(ui, job, actions);
    if let Some(id) = job.request_id
        && menu::Item::new("Copy the request id").icon(icons::COPY).show(ui)
    {
        actions.push(Action::CopyText(id.to_owned()));
    }
    if job.is_waiting() {
        menu::separator(ui);
        moves(ui, &job.id.0, |place| actions.push(Action::Jobs(JobsAction::Move(vec![job.id.clone()], place))));
    }
    let free = [
        (JobAction::LookAgain, icons::SEARCH),
        (JobAction::Stop, icons::STOP),
        (JobAction::Discard, icons::CLOSE),
        (JobAction::Forget, icons::CLOSE),
    ];
    let offered: Vec<_> = free.into_iter().filter(|(action, _)| job.can(*action)).collect();
    if !offered.is_empty() {
        menu::separator(ui);
    }
    for (action, icon) in offered {
        let words = if action == JobAction::Stop { stop_words(job) } else { job_words(action) };
        if menu::Item::new(words).icon(icon).show(ui) {
            actions.push(Action::Jobs(JobsAction::One(job.id.clone(), action)));
        }
    }
}

/// The words for taking the settings of a job.
pub(crate) const USE_SETTINGS: &str = "Use its settings";

/// The item that sets the form to those of a job.
pub(super) fn use_settings(ui: &mut Ui, job: &JobView<'_>, actions: &mut Vec<Action>) {
    if menu::Item::new(USE_SETTINGS).icon(icons::UNDO).show(ui) {
        actions.push(Action::UseJobSettings(job.id.clone()));
    }
}

/// What stopping means for this job: once it is accepted, only that nobody waits for it any more.
pub(super) const fn stop_words(job: &JobView<'_>) -> &'static str {
    match job.status {
        JobStatus::Submitting | JobStatus::Accepted | JobStatus::Working | JobStatus::Fetching => "Stop waiting",
        _ => "Stop",
    }
}

/// Where something in line can be put.
pub(super) fn moves(ui: &mut Ui, salt: &str, mut moved: impl FnMut(Move)) {
    ui.push_id(salt, |ui| {
        for place in Move::STEPS {
            if menu::Item::new(place.label()).show(ui) {
                moved(place);
            }
        }
    });
}
