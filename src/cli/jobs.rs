//! `jobs list|resume|forget`, and the words for a job's state.

use serde_json::{Value, json};

use super::arguments::{Global, JobsAsked, Resume};
use super::console::{complain, print, print_json};
use super::exit::Exit;
use super::waiting::{Waited, wait_for_all};
use crate::jobs::state::Failure;
use crate::jobs::{JobRow, Offer};
use crate::model::{Charged, JobId, JobStatus};
use crate::studio::{Purpose, Studio, StudioError};

pub(super) fn run(global: &Global, asked: &JobsAsked) -> Result<Exit, StudioError> {
    match asked {
        JobsAsked::List { json } => list(global, *json),
        JobsAsked::Resume(asked) => resume(global, *asked),
        JobsAsked::Forget { id } => forget(global, id),
    }
}

fn list(global: &Global, json: bool) -> Result<Exit, StudioError> {
    let studio = Studio::open(global.data_dir.as_deref(), Purpose::Look, super::nobody())?;
    for row in studio.jobs().list() {
        show(&row, json);
    }
    studio.close();
    Ok(Exit::Done)
}

/// Goes on with what is open: asks and fetches, and with `pay` also sends what was never sent.
fn resume(global: &Global, asked: Resume) -> Result<Exit, StudioError> {
    let Resume { pay, json } = asked;
    let studio = Studio::open(global.data_dir.as_deref(), Purpose::Resume, super::nobody())?;
    studio.jobs().resume(pay)?;
    let open: Vec<JobId> = studio.jobs().list().iter().filter(|row| !row.rests()).map(|row| row.id.clone()).collect();
    let waited = wait_for_all(&studio, &open, RESUME_WAIT, !json);
    let rows: Vec<JobRow> = open.iter().filter_map(|id| studio.jobs().get(id)).collect();
    for row in &rows {
        show(row, json);
    }
    let held = studio.jobs().list().iter().filter(|row| row.status == JobStatus::Held).count();
    if held > 0 && !pay {
        complain(format_args!("{held} paid jobs wait for your word: sticker-booth jobs resume --pay sends them."));
    }
    studio.close();
    let interrupted = (waited == Waited::Interrupted).then_some(Exit::Interrupted);
    Ok(Exit::of_all(rows.iter().map(exit_of).chain(interrupted)))
}

/// How long `resume` waits; asking goes on with the next `resume`.
const RESUME_WAIT: std::time::Duration = std::time::Duration::from_mins(10);

fn forget(global: &Global, id: &str) -> Result<Exit, StudioError> {
    let studio = Studio::open(global.data_dir.as_deref(), Purpose::Look, super::nobody())?;
    let found: Vec<JobRow> = studio.jobs().list().into_iter().filter(|row| row.id.0.starts_with(id)).collect();
    let exit = match found.as_slice() {
        [row] if row.can(Offer::Forget) => {
            studio.jobs().forget(&row.id)?;
            print(format_args!("{} is put aside. Its line in the ledger stays.", row.id));
            Exit::Done
        }
        [row] => {
            complain(format_args!("{} is {} and cannot be put aside now.", row.id, status_words(row.status)));
            Exit::JobFailed
        }
        [] => {
            complain(format_args!("There is no job that begins with {id}. See sticker-booth jobs list."));
            Exit::Usage
        }
        several => {
            complain(format_args!("{} jobs begin with {id}. Write more of the id.", several.len()));
            Exit::Usage
        }
    };
    studio.close();
    Ok(exit)
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
    let short: String = row.id.0.chars().take(8).collect();
    let rest = row.error.as_deref().or(row.path.as_deref()).unwrap_or_default();
    format!("{short}  {}  {}  {rest}", status_sentence(row), row.recipe.prompt)
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

/// The state, and for what ended without a sticker whether money went.
pub(super) fn status_sentence(row: &JobRow) -> String {
    let words = status_words(row.status);
    match (row.status, row.charged) {
        (JobStatus::Failed | JobStatus::Stopped | JobStatus::Lost, Charged::No) => format!("{words}, nothing charged"),
        (JobStatus::Failed | JobStatus::Stopped | JobStatus::Lost, Charged::Yes) => {
            format!("{words}, charged {}", row.price)
        }
        (
            JobStatus::Failed | JobStatus::Stopped | JobStatus::Lost | JobStatus::MayHaveBeenAccepted,
            Charged::Unknown,
        ) => {
            format!("{words}, {} may be charged", row.price)
        }
        _ => words.to_owned(),
    }
}

/// The exit code that a job's state deserves.
pub(super) fn exit_of(row: &JobRow) -> Exit {
    match row.status {
        JobStatus::Done => Exit::Done,
        JobStatus::MayHaveBeenAccepted => Exit::MaybeAccepted,
        JobStatus::Failed if matches!(row.failure, Some(Failure::Refused | Failure::RefusedKey)) => Exit::Refused,
        JobStatus::Failed | JobStatus::Lost | JobStatus::Stopped | JobStatus::Dismissed => Exit::JobFailed,
        _ => Exit::Kept,
    }
}
