//! A job in trouble: everything that is known, and the decision to submit it again.

use egui::{Align, Context, ScrollArea, StrokeKind, Ui, vec2};

use crate::action::{Action, Dialog as DialogName, JobsAction};
use crate::icons::{self, Icon};
use crate::jobs::offers;
use crate::theme::{self, Tokens, Type, size};
use crate::view::{JobDetailsView, JobView};
use crate::widgets::dialog::{self, Dialog};
use crate::widgets::{Button, Cut, IconButton, Stub, Ticket, cut, text};
use model::{Charged, JobAction, JobStatus};

/// Draws what is known about a job; true when the dialog is to be closed.
pub(super) fn details(ctx: &Context, view: &JobDetailsView<'_>, actions: &mut Vec<Action>) -> bool {
    let tokens = Tokens::of_theme(ctx.theme());
    let job = view.job;
    let (title, icon) = title(job.status);
    let quiet = matches!(job.status, JobStatus::Done | JobStatus::Stopped) || !job.status.is_final();
    let tint = if job.charged == Charged::Unknown {
        tokens.money
    } else if quiet {
        tokens.text_secondary
    } else {
        tokens.danger
    };
    let dialog = Dialog { tint: Some(tint), ..Dialog::new(title, icon) };
    let (done, closed) = dialog.show(ctx, |ui| {
        heading(ui, job.prompt);
        if let Some(sentence) = what_happened(job) {
            dialog::sentence(ui, sentence);
        }
        if let Some(sentence) = what_to_do(job) {
            dialog::sentence(ui, sentence);
        }
        let charge = match job.charged {
            Charged::No => ("nothing".to_owned(), tokens.text),
            Charged::Yes => (job.price.to_string(), tokens.money),
            Charged::Unknown => (format!("maybe {}", job.price), tokens.money),
        };
        let mut facts = vec![("Charged", charge.0, charge.1), ("Seed", job.seed.to_string(), tokens.text)];
        for (name, value) in [("Accepted", view.accepted_at), ("Ended", view.ended_at)] {
            if let Some(value) = value {
                facts.push((name, value.to_owned(), tokens.text));
            }
        }
        dialog::facts(ui, &facts);
        if let Some(id) = job.request_id {
            copyable(ui, "Request", id, 30.0, actions);
        }
        if let Some(raw) = view.raw_answer {
            copyable(ui, "Answer", raw, 96.0, actions);
        }
        offers(ui, job, actions)
    });
    closed || done
}

fn heading(ui: &mut Ui, words: &str) {
    let color = theme::of(ui).text;
    let row = cut::next_row(ui, 24.0);
    text::label(ui, row, Align::Min, words, Type::Heading, color);
}

/// A raw text in a box with a copy button.
fn copyable(ui: &mut Ui, name: &str, raw: &str, height: f32, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let rect = cut::next_row(ui, height);
    ui.painter().rect(rect, size::RADIUS, tokens.bg_field, tokens.hairline(), StrokeKind::Inside);
    let mut inner = Cut(rect.shrink2(vec2(10.0, 6.0)));
    let copy = inner.right(size::CONTROL);
    let words = format!("Copy the {}", name.to_lowercase());
    let place = Cut(copy).top(18.0);
    if IconButton::new(icons::COPY, &words).points(14.0).put(ui, place).clicked() {
        actions.push(Action::CopyText(raw.to_owned()));
    }
    let inner = inner.rest();
    super::super::widgets::inside_clipped(ui, inner, name, |ui| {
        ScrollArea::vertical().max_height(inner.height()).auto_shrink([false, false]).show(ui, |ui| {
            let width = ui.available_width();
            let height = text::paragraph_height(ui, width, 200, raw, Type::Mono);
            let row = cut::next_row(ui, height);
            text::paragraph(ui, row.min, width, 200, raw, Type::Mono, tokens.text_secondary);
        });
    });
    ui.add_space(8.0);
}

const fn title(status: JobStatus) -> (&'static str, Icon) {
    match status {
        JobStatus::Failed => ("Failed job", icons::FAIL),
        JobStatus::Lost => ("Lost job", icons::QUESTION),
        JobStatus::MayHaveBeenAccepted => ("A job without a number", icons::QUESTION),
        JobStatus::Stopped => ("Stopped job", icons::STOP),
        JobStatus::Held => ("Held job", icons::PAUSE),
        _ => ("Job", icons::INFO),
    }
}

fn what_happened<'a>(job: &JobView<'a>) -> Option<&'a str> {
    let nothing_made = !matches!(job.status, JobStatus::Done) && job.status.is_final();
    job.error.or_else(|| nothing_made.then_some("No sticker was made. Your photo, words and seed are kept."))
}

/// What was kept and what can be done, where the error itself does not say.
const fn what_to_do(job: &JobView<'_>) -> Option<&'static str> {
    match (job.status, job.charged) {
        (JobStatus::MayHaveBeenAccepted, _) => Some(
            "Pixazo may have made it and charged for it, and without its number nobody can ask. It stays here until you \
             decide.",
        ),
        (JobStatus::Failed, Charged::Unknown) => {
            Some("Look at your account at Pixazo before you submit it again. It stays here until you decide.")
        }
        (JobStatus::Lost, _) => Some("Its number is kept. Looking again asks Pixazo once more, and is free."),
        (JobStatus::Stopped, Charged::Yes) => Some("Pixazo took it and may have finished it. Looking again is free."),
        _ => None,
    }
}

/// What can be done with it; true when the dialog may go.
fn offers(ui: &mut Ui, job: &JobView<'_>, actions: &mut Vec<Action>) -> bool {
    ui.add_space(8.0);
    let mut row = Cut(cut::next_row(ui, size::CONTROL));
    // What helps and what may cost, the settings in between, then the ways out.
    let helps = [JobAction::LookAgain, JobAction::GoOn, JobAction::Retry, JobAction::SubmitAgain];
    let mut done = false;
    for action in helps.into_iter().filter(|action| job.can(*action)) {
        let words = offers::label(job, action);
        let pressed = if action.may_cost() {
            offers::ticket(ui, &mut row, words, job.price, job.asked)
        } else {
            small(ui, &mut row, Button::new(words))
        };
        if pressed && action == JobAction::SubmitAgain && job.charged == Charged::Unknown {
            // The decision takes the place of this dialog.
            actions.push(Action::Open(DialogName::SubmitAgain(job.id.clone())));
        } else if pressed {
            actions.push(Action::Jobs(JobsAction::One(job.id.clone(), action)));
            done = true;
        }
    }
    if small(ui, &mut row, Button::ghost(offers::USE_SETTINGS)) {
        actions.push(Action::UseJobSettings(job.id.clone()));
        done = true;
    }
    for action in [JobAction::Discard, JobAction::Forget].into_iter().filter(|action| job.can(*action)) {
        if small(ui, &mut row, Button::ghost(offers::label(job, action))) {
            actions.push(Action::Jobs(JobsAction::One(job.id.clone(), action)));
            done = true;
        }
    }
    done
}

/// A small button, the next one in its row.
fn small(ui: &mut Ui, row: &mut Cut, button: Button<'_>) -> bool {
    let button = button.small();
    let place = row.left(button.width(ui));
    row.left(4.0);
    button.put(ui, place).clicked()
}

/// Draws the decision; true when the dialog is to be closed.
pub(super) fn submit_again(ctx: &Context, job: &JobView<'_>, actions: &mut Vec<Action>) -> bool {
    let tokens = Tokens::of_theme(ctx.theme());
    let dialog =
        Dialog { tint: Some(tokens.money), width: 360.0, ..Dialog::new("Submit this one again?", icons::QUESTION) };
    let (done, closed) = dialog.show(ctx, |ui| {
        dialog::sentence(ui, why_unsure(job));
        let facts = [
            ("If it was accepted", format!("{} is already gone", job.price), tokens.money),
            ("Submitting again costs", job.price.to_string(), tokens.money),
            ("At most, both", (job.price + job.price).to_string(), tokens.money),
        ];
        dialog::facts(ui, &facts);
        dialog::sentence(ui, "Waiting changes nothing. The job stays here until you decide.");
        ui.add_space(8.0);
        let stub = Stub::of(job.price);
        let name = format!("Submit again, {}, at Pixazo", stub.words());
        let row = cut::next_row(ui, size::TICKET);
        let ticket = Ticket::new("Submit again", stub, &name).behind(tokens.bg_raised).submitting(job.asked);
        let submitted = ticket.put(ui, row).clicked();
        if submitted {
            actions.push(Action::Jobs(JobsAction::One(job.id.clone(), JobAction::SubmitAgain)));
        }
        ui.add_space(8.0);
        let row = cut::next_row(ui, size::ROW);
        let (left, right) = row.split_left_right_at_fraction(0.5);
        let later = Button::new("Decide later").put(ui, left.with_max_x(left.right() - 4.0));
        if ui.memory(|memory| memory.focused()).is_none() {
            later.request_focus();
        }
        let forgotten = Button::ghost("Forget this job").put(ui, right.with_min_x(right.left() + 4.0)).clicked();
        if forgotten {
            actions.push(Action::Jobs(JobsAction::One(job.id.clone(), JobAction::Forget)));
        }
        submitted || later.clicked() || forgotten
    });
    closed || done
}

const fn why_unsure(job: &JobView<'_>) -> &'static str {
    if matches!(job.status, JobStatus::Failed) {
        "Pixazo answered with an error and without a number, and does not say whether it charged. There is no way to ask \
         without its number."
    } else {
        "The request had left, and Pixazo gave it no number, but may have accepted it. There is no way to ask without \
         its number."
    }
}
