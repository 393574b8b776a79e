//! `jobs list|resume|show|forget`, and the words for a job's state.

use std::sync::Arc;

use serde_json::{Value, json};

use super::arguments::{Global, JobsAsked, Resume};
use super::console::{complain, print, print_json};
use super::exit::Exit;
use super::waiting::{Interrupt, Waited, close, wait_for_all};
use crate::jobs::JobRow;
use crate::jobs::state::Failure;
use crate::model::{Charged, JobAction, JobId, JobStatus};
use crate::studio::{Purpose, Studio, StudioError};

pub(super) fn run(global: &Global, asked: &JobsAsked) -> Result<Exit, StudioError> {
    match asked {
        JobsAsked::List { json } => list(global, *json),
        JobsAsked::Resume(asked) => resume(global, asked),
        JobsAsked::Ledger(form) => super::ledger::run(global, *form),
        JobsAsked::Show { id, json } => show_whole(global, id, *json),
        JobsAsked::Forget { id } => forget(global, id),
    }
}

fn list(global: &Global, json: bool) -> Result<Exit, StudioError> {
    let studio = Studio::open(global.data_dir.as_deref(), Purpose::Look, super::nobody())?;
    for row in studio.jobs().list() {
        show(&row, json);
        if !json && let Some(advice) = advice(&row) {
            complain(format_args!("{}  {advice}", short(&row.id)));
        }
    }
    studio.close();
    Ok(Exit::Done)
}

/// Goes on with what is open: asks and fetches, and with `pay` also sends what was never sent.
fn resume(global: &Global, asked: &Resume) -> Result<Exit, StudioError> {
    let studio = Studio::open(global.data_dir.as_deref(), Purpose::Resume, super::nobody())?;
    let mut interrupt = Interrupt::listen(&studio);
    let resumed = match &asked.id {
        Some(id) => resume_one(&studio, id, asked)?,
        None => Ok(resume_all(&studio, asked.pay)?),
    };
    let exit = match resumed {
        Ok(open) => wait(&studio, &mut interrupt, &open, asked),
        Err(exit) => exit,
    };
    close(&studio, &mut interrupt);
    Ok(exit)
}

fn wait(studio: &Studio, interrupt: &mut Interrupt, open: &[JobId], asked: &Resume) -> Exit {
    let waited = wait_for_all(studio, interrupt, open, RESUME_WAIT, !asked.json);
    let rows: Vec<Arc<JobRow>> = open.iter().filter_map(|id| studio.jobs().get(id)).collect();
    for row in &rows {
        show(row, asked.json);
        if let Some(advice) = advice(row) {
            complain(advice);
        }
    }
    let held = studio.jobs().list().iter().filter(|row| row.status == JobStatus::Held).count();
    if held > 0 && !asked.pay && asked.id.is_none() {
        let wait = if held == 1 { "paid job waits" } else { "paid jobs wait" };
        complain(format_args!("{held} {wait} for your word: sticker-booth jobs resume --pay sends what is held."));
    }
    let interrupted = (waited == Waited::Interrupted).then_some(Exit::Interrupted);
    Exit::of_all(rows.iter().map(|row| exit_of(row)).chain(interrupted))
}

/// How long `resume` waits; asking goes on with the next `resume`.
const RESUME_WAIT: std::time::Duration = std::time::Duration::from_mins(10);

fn resume_all(studio: &Studio, pay: bool) -> Result<Vec<JobId>, StudioError> {
    studio.jobs().resume(pay)?;
    Ok(studio.jobs().list().iter().filter(|row| !row.rests()).map(|row| row.id.clone()).collect())
}

/// Goes on with one job that a person named; the error is how the command ends when nothing can be done.
fn resume_one(studio: &Studio, id: &str, asked: &Resume) -> Result<Result<Vec<JobId>, Exit>, StudioError> {
    // First of all, what dead processes left is taken over.
    studio.jobs().resume(false)?;
    let row = match find(studio, id) {
        Ok(row) => row,
        Err(exit) => return Ok(Err(exit)),
    };
    if row.can(JobAction::LookAgain) {
        studio.jobs().look_again(&row.id)?;
    } else if row.status == JobStatus::Held && asked.pay {
        studio.jobs().go_on(&row.id)?;
    } else if row.rests() && row.status != JobStatus::Done {
        show(&row, asked.json);
        complain(advice(&row).unwrap_or_else(|| "Nothing more can be done with it.".to_owned()));
        return Ok(Err(exit_of(&row)));
    }
    Ok(Ok(vec![row.id.clone()]))
}

/// Everything about one job, with the service's answer as it came.
fn show_whole(global: &Global, id: &str, json: bool) -> Result<Exit, StudioError> {
    let studio = Studio::open(global.data_dir.as_deref(), Purpose::Look, super::nobody())?;
    let exit = match find(&studio, id) {
        Ok(row) if json => {
            let mut whole = as_json(&row);
            whole["raw_answer"] = json!(studio.jobs().raw_answer(&row.id)?);
            print_json(&whole);
            Exit::Done
        }
        Ok(row) => {
            let parts = [
                ("Job", Some(row.id.0.clone())),
                ("State", Some(status_sentence(&row))),
                ("Prompt", Some(row.recipe.prompt.clone())),
                ("Seed", row.recipe.seed.map(|seed| seed.to_string())),
                ("Request id", row.request_id.clone()),
                ("File", row.path.clone()),
                ("Problem", row.error.clone()),
                ("What now", advice(&row)),
                ("Answer", studio.jobs().raw_answer(&row.id)?),
            ];
            for (name, value) in parts {
                if let Some(value) = value {
                    print(format_args!("{name:<10}  {value}"));
                }
            }
            Exit::Done
        }
        Err(exit) => exit,
    };
    studio.close();
    Ok(exit)
}

fn forget(global: &Global, id: &str) -> Result<Exit, StudioError> {
    let studio = Studio::open(global.data_dir.as_deref(), Purpose::Look, super::nobody())?;
    let exit = match find(&studio, id) {
        Ok(row) => put_aside(&studio, &row)?,
        Err(exit) => exit,
    };
    studio.close();
    Ok(exit)
}

fn put_aside(studio: &Studio, row: &JobRow) -> Result<Exit, StudioError> {
    let waits = row.can(JobAction::Discard) || (row.status == JobStatus::Queued && row.can(JobAction::Stop));
    if waits {
        studio.jobs().stop(&row.id)?;
    } else if !row.can(JobAction::Forget) {
        complain(format_args!("{} is {} and cannot be put aside now.", row.id, status_words(row.status)));
        return Ok(Exit::JobFailed);
    }
    studio.jobs().forget(&row.id)?;
    print(format_args!("{} is put aside. Its line in the ledger stays.", row.id));
    Ok(Exit::Done)
}

/// The one job whose id begins so.
fn find(studio: &Studio, id: &str) -> Result<Arc<JobRow>, Exit> {
    let mut found: Vec<Arc<JobRow>> = studio.jobs().list().into_iter().filter(|row| row.id.0.starts_with(id)).collect();
    match (found.pop(), found.len()) {
        _ if id.is_empty() => {
            complain("Which job? Write how its id begins, as sticker-booth jobs list shows it.");
            Err(Exit::Usage)
        }
        (Some(row), 0) => Ok(row),
        (None, _) => {
            complain(format_args!("There is no job that begins with {id}. See sticker-booth jobs list."));
            Err(Exit::Usage)
        }
        (Some(_), others) => {
            complain(format_args!("{} jobs begin with {id}. Write more of the id.", others + 1));
            Err(Exit::Usage)
        }
    }
}

fn show(row: &JobRow, json: bool) {
    if json { print_json(&as_json(row)) } else { print(as_line(row)) }
}

fn as_json(row: &JobRow) -> Value {
    json!({
        "id": row.id,
        "status": row.status,
        "charged": row.charged,
        "request_id": row.request_id,
        "engine": row.engine,
        "base_url": row.base_url,
        "prompt": row.recipe.prompt,
        "seed": row.recipe.seed,
        "path": row.path,
        "error": row.error,
    })
}

fn as_line(row: &JobRow) -> String {
    let parts = [&row.path, &row.error].map(|part| part.as_deref().map(|part| format!("  {part}")).unwrap_or_default());
    format!("{}  {}  {}{}", short(&row.id), status_sentence(row), row.recipe.prompt, parts.concat())
}

/// As much of an id as people write.
fn short(id: &JobId) -> String {
    id.0.chars().take(8).collect()
}

/// The state as words in the middle of a sentence.
pub(super) const fn status_words(status: JobStatus) -> &'static str {
    match status {
        JobStatus::Queued => "waiting in line",
        JobStatus::Held => "waiting for your word",
        JobStatus::Preparing => "preparing the photo",
        JobStatus::Hosting => "sending the photo",
        JobStatus::Submitting => "submitting",
        JobStatus::Accepted => "queued at the service",
        JobStatus::Working => "working",
        JobStatus::Fetching => "fetching",
        JobStatus::Done => "done",
        JobStatus::Failed => "failed",
        JobStatus::Lost => "lost",
        JobStatus::Stopped => "stopped",
        JobStatus::MayHaveBeenAccepted => "may have been accepted",
        JobStatus::Dismissed => "put aside",
    }
}

/// The state, and whether money went.
pub(super) fn status_sentence(row: &JobRow) -> String {
    let words = status_words(row.status);
    match row.charged {
        _ if row.price.is_zero() => format!("{words}, free"),
        Charged::No => format!("{words}, nothing charged"),
        Charged::Yes => format!("{words}, charged {}", row.price),
        Charged::Unknown => format!("{words}, {} may be charged", row.price),
    }
}

/// Whether money went, as a sentence; none for what is free.
pub(super) fn money_sentence(row: &JobRow) -> Option<String> {
    match row.charged {
        _ if row.price.is_zero() => None,
        Charged::No => Some("Nothing was charged.".to_owned()),
        Charged::Yes => Some(format!("It was charged {}.", row.price)),
        Charged::Unknown => Some(format!("It may have been charged {}.", row.price)),
    }
}

/// What a person can do about a job that waits for one, with the command that does it.
pub(super) fn advice(row: &JobRow) -> Option<String> {
    let id = short(&row.id);
    let (resume, forget) = (format!("sticker-booth jobs resume {id}"), format!("sticker-booth jobs forget {id}"));
    let never_sent = !row.price.is_zero() && row.charged == Charged::No && !row.status.is_final();
    Some(match row.status {
        _ if row.driven_elsewhere => return None,
        _ if never_sent => {
            format!("It was never sent: {resume} --pay sends it for {}, and {forget} drops it.", row.price)
        }
        JobStatus::MayHaveBeenAccepted => format!(
            "Without a number from the service nobody can ask for it. Making it again may cost another {}; {forget} puts \
             this one aside, and its line in the ledger stays.{}",
            row.price,
            answer_words(row)
        ),
        JobStatus::Failed if row.is_unsure() => {
            format!("Look at your account before you make it again; {forget} puts this one aside.{}", answer_words(row))
        }
        _ if row.can(JobAction::LookAgain) => format!("{resume} looks for it again, for free; {forget} puts it aside."),
        _ if row.rests() => return None,
        _ => format!("It is kept: {resume} goes on with it, for free."),
    })
}

/// Where the answer of a job in doubt is, if there is one.
fn answer_words(row: &JobRow) -> String {
    let shows = || format!(" What the service answered is kept: sticker-booth jobs show {}.", short(&row.id));
    if row.has_raw_answer { shows() } else { String::new() }
}

/// The exit code that a job's state deserves.
pub(super) fn exit_of(row: &JobRow) -> Exit {
    match row.status {
        JobStatus::Done if row.lost_its_cutout() => Exit::JobFailed,
        JobStatus::Done => Exit::Done,
        JobStatus::MayHaveBeenAccepted => Exit::MaybeAccepted,
        JobStatus::Failed if matches!(row.failure, Some(Failure::Refused | Failure::RefusedKey)) => Exit::Refused,
        JobStatus::Failed | JobStatus::Lost | JobStatus::Stopped | JobStatus::Dismissed => Exit::JobFailed,
        _ => Exit::Kept,
    }
}
