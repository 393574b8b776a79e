//! Fetches the pictures of a finished job: all that are there, at least one, whole and decoded.

use std::time::Duration;

use tokio::task::spawn_blocking;

use super::jitter;
use super::remote::{Happened, Note, Remote, happened};
use crate::api::{Client, FetchError, is_data_uri};
use crate::jobs::pictures::Picture;
use crate::jobs::schedule;
use crate::jobs::state::{ASK_AGAIN, Input};
use crate::jobs::table::Problem;

/// The most links of one answer that are followed; the service gives two.
const MOST_LINKS: usize = 8;

/// After this many rounds of faults one whole picture is enough.
const ROUNDS_FOR_THE_SECOND: u32 = 3;

/// What came of one link.
enum Fetched {
    Whole(Picture),
    /// The link leads nowhere, and will not again.
    Dead(String),
    /// Not now.
    Fault(String, Option<Duration>),
}

/// Fetches until every link is settled. Faults are waited out for ever, unless one picture is there already.
pub(super) async fn fetch(remote: &mut Remote, results: &[String], asked_again: u8) -> Happened {
    let mut open: Vec<&String> = results.iter().take(MOST_LINKS).collect();
    let mut dead: Option<String> = None;
    let mut rounds = 0;
    loop {
        let client = match remote.client().await {
            Ok(client) => client,
            Err((_, note)) => {
                rounds += 1;
                wait_out(remote, note.error.unwrap_or_default(), schedule::backoff(rounds, jitter())).await;
                continue;
            }
        };
        let mut faults = Vec::new();
        let mut still_open = Vec::new();
        for link in open {
            match fetch_one(&client, link).await {
                Fetched::Whole(picture) => remote.carried.pictures.take(picture),
                Fetched::Dead(problem) => dead = Some(problem),
                Fetched::Fault(problem, wait) => {
                    still_open.push(link);
                    faults.push((problem, wait));
                }
            }
        }
        open = still_open;
        rounds += 1;
        let has_one = !remote.carried.pictures.is_empty();
        match (faults.into_iter().next(), has_one) {
            (Some(_), true) if rounds >= ROUNDS_FOR_THE_SECOND => return happened(Input::Fetched),
            (Some((problem, wait)), _) => {
                let wait = wait.map_or_else(|| schedule::backoff(rounds, jitter()), schedule::retry_after);
                wait_out(remote, problem, wait).await;
            }
            (None, true) if dead.is_none() || asked_again >= ASK_AGAIN => return happened(Input::Fetched),
            (None, _) => {
                let problem = dead.unwrap_or_else(|| "the service gave no links".to_owned());
                let error = format!("the sticker was made, but its links no longer lead to it: {problem}");
                return (Input::LinksDead, Note::error(error));
            }
        }
    }
}

async fn wait_out(remote: &Remote, problem: String, wait: Duration) {
    let problem = Problem::passing(format!("the sticker is not fetched yet: {problem}"));
    remote.shared.show_problem(&remote.job.id, problem, wait);
    remote.shared.clock.sleep(wait).await;
}

async fn fetch_one(client: &Client, link: &str) -> Fetched {
    let bytes = match client.fetch(link).await {
        Ok(fetched) => fetched.bytes,
        Err(error) => return judge(&error),
    };
    // Not on a runtime worker: a large sticker takes a while to decode.
    match spawn_blocking(move || Picture::read(bytes)).await {
        Ok(Ok(picture)) => Fetched::Whole(picture),
        // What came inside the answer comes no better a second time.
        Ok(Err(error)) if error.is_final() || is_data_uri(link) => Fetched::Dead(error.to_string()),
        // A page of a captive portal looks like this too, so it is never the end.
        Ok(Err(error)) => Fetched::Fault(error.to_string(), None),
        Err(error) => Fetched::Fault(error.to_string(), None),
    }
}

fn judge(error: &FetchError) -> Fetched {
    let problem = error.to_string();
    match error {
        error if !error.is_temporary() => Fetched::Dead(problem),
        FetchError::Status { retry_after, .. } => Fetched::Fault(problem, *retry_after),
        _ => Fetched::Fault(problem, None),
    }
}
