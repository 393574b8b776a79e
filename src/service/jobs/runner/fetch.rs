//! Fetches the pictures of a finished job: all that are there, at least one, whole and decoded.
//!
//! What comes whole and is no sticker was paid for as well: it is kept as it came, and its file is named.

use std::time::Duration;

use tokio::task::spawn_blocking;

use super::jitter;
use super::remote::{Happened, Note, Remote, happened};
use crate::api::{Client, FetchError, Ticket, is_data_uri};
use crate::jobs::pictures::Picture;
use crate::jobs::schedule;
use crate::jobs::state::{ASK_AGAIN, Input};
use crate::jobs::table::Problem;
use crate::jobs::unfit::{AsItCame, Unfit, may_be_a_page};
use crate::picture::PictureError;
use crate::platform::FileError;

/// The most links of one answer that are followed; the service gives two.
const MOST_LINKS: usize = 8;

/// After this many rounds of faults one whole picture is enough, and a damaged file is what the service has.
const ROUNDS_FOR_THE_SECOND: u32 = 3;

/// What came of one link.
enum Fetched {
    Whole(Box<Picture>),
    /// It came, and is no sticker.
    AsItCame(AsItCame),
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
        rounds += 1;
        let attempt = Attempt { remote: &*remote, client: &client, is_last: asked_again >= ASK_AGAIN, rounds };
        let mut came = Vec::new();
        // The pair that the service gives is fetched and decoded side by side.
        for pair in open.chunks(2) {
            if let [one, other] = *pair {
                let (first, second) = tokio::join!(attempt.fetch(one), attempt.fetch(other));
                came.extend([(one, first), (other, second)]);
            } else if let [last] = *pair {
                came.push((last, attempt.fetch(last).await));
            }
        }
        let mut faults = Vec::new();
        open = Vec::new();
        for (link, fetched) in came {
            match fetched {
                Fetched::Whole(picture) => remote.carried.pictures.take(*picture),
                Fetched::AsItCame(kept) => remote.carried.pictures.keep(kept),
                Fetched::Dead(problem) => dead = Some(problem),
                Fetched::Fault(problem, wait) => {
                    open.push(link);
                    faults.push((problem, wait));
                }
            }
        }
        let pictures = &remote.carried.pictures;
        let has_one = !pictures.is_empty() || !pictures.as_they_came.is_empty();
        match (faults.into_iter().next(), has_one) {
            (Some((problem, _)), true) if rounds >= ROUNDS_FOR_THE_SECOND => return came_to(remote, Some(problem)),
            (Some((problem, wait)), _) => {
                let wait = wait.map_or_else(|| schedule::backoff(rounds, jitter()), schedule::retry_after);
                wait_out(remote, problem, wait).await;
            }
            (None, true) if dead.is_none() || asked_again >= ASK_AGAIN => return came_to(remote, dead),
            (None, _) => {
                let problem = dead.unwrap_or_else(|| "the service gave no links".to_owned());
                let error = format!("the sticker was made, but its links no longer lead to it: {problem}");
                return (Input::LinksDead, Note::error(error));
            }
        }
    }
}

/// Keeps an answer that is too large to be read, since the result lies inside it; else why that cannot be now.
pub(super) async fn keep_answer(remote: &mut Remote, ticket: &Ticket) -> Result<Happened, String> {
    let client = remote.client().await.map_err(|(_, note)| note.error.unwrap_or_default())?;
    let unfinished = remote.shared.results.begin(&remote.job.id, &ticket.request_id).map_err(|e| e.to_string())?;
    let file = unfinished.file().map_err(|error| error.to_string())?;
    let bytes = client.ask_into(ticket, file).await.map_err(|error| error.to_string())?;
    if bytes <= Client::ANSWER_BYTES {
        return Err("this time it was short enough to be read".to_owned());
    }
    let path = unfinished.finish().map_err(|error| error.to_string())?;
    let kept = AsItCame { why: Unfit::LargeAnswer { bytes }, path };
    Ok((Input::Unfit, Note::error(kept.sentence())))
}

/// What everything that came comes to, when for this reason no more does.
fn came_to(remote: &mut Remote, gone: Option<String>) -> Happened {
    let pictures = &mut remote.carried.pictures;
    pictures.gone = gone;
    if pictures.is_empty() {
        let sentences: Vec<String> = pictures.as_they_came.iter().map(AsItCame::sentence).collect();
        return (Input::Unfit, Note::error(sentences.join(". ")));
    }
    happened(Input::Fetched)
}

async fn wait_out(remote: &Remote, problem: String, wait: Duration) {
    let problem = Problem::passing(format!("the sticker is not fetched yet: {problem}"));
    remote.shared.show_problem(&remote.job.id, problem, wait);
    remote.shared.clock.sleep(wait).await;
}

/// One round over the links.
struct Attempt<'a> {
    remote: &'a Remote,
    client: &'a Client,
    /// Will no fresh links be asked for?
    is_last: bool,
    rounds: u32,
}

impl Attempt<'_> {
    async fn fetch(&self, link: &str) -> Fetched {
        let fetched = match self.client.fetch(link).await {
            Ok(fetched) => fetched,
            Err(FetchError::DataUri) => return self.settle(Unfit::NotBase64, link.as_bytes().to_vec()).await,
            Err(FetchError::TooLarge { .. }) if is_data_uri(link) => {
                let bytes = link.len() as u64 / 4 * 3;
                return self.keep(Unfit::TooLarge { bytes }, link.as_bytes().to_vec()).await;
            }
            Err(FetchError::TooLarge { .. }) if self.is_last => return self.keep_large(link).await,
            Err(error) => return judge(&error),
        };
        if let Some(coding) = fetched.packed {
            return self.keep(Unfit::Packed(coding), fetched.bytes).await;
        }
        let flagged = self.remote.carried.pictures.flagged;
        // Not on a runtime worker: a large sticker takes a while to decode.
        match spawn_blocking(move || Picture::read(fetched.bytes, flagged)).await {
            Ok(Ok(picture)) => Fetched::Whole(Box::new(picture)),
            // What came inside the answer does not come again by itself.
            Ok(Err((why, bytes))) if is_data_uri(link) || self.stays_so(&why, &bytes) => self.settle(why, bytes).await,
            Ok(Err((why, _))) => Fetched::Fault(why.what(), None),
            Err(error) => Fetched::Fault(error.to_string(), None),
        }
    }

    /// Would the same file come again, so that this is what the service made?
    fn stays_so(&self, why: &Unfit, bytes: &[u8]) -> bool {
        match why {
            Unfit::Picture(PictureError::NotAPicture) => !may_be_a_page(bytes),
            Unfit::Picture(PictureError::Damaged { .. } | PictureError::Unreadable { .. }) => {
                self.rounds >= ROUNDS_FOR_THE_SECOND
            }
            Unfit::Picture(error) => error.is_final(),
            _ => true,
        }
    }

    /// What came and is no sticker: fresh links are asked for first where that can help, and then it is kept.
    async fn settle(&self, why: Unfit, bytes: Vec<u8>) -> Fetched {
        if why.may_come_better() && !self.is_last {
            return Fetched::Dead(why.what());
        }
        self.keep(why, bytes).await
    }

    /// Keeps what came; a disk that is full is waited out, for the bytes are paid for.
    async fn keep(&self, why: Unfit, bytes: Vec<u8>) -> Fetched {
        let (results, job) = (self.remote.shared.results.clone(), self.remote.job.id.clone());
        match spawn_blocking(move || results.keep(&job, &bytes)).await {
            Ok(Ok(path)) => Fetched::AsItCame(AsItCame { why, path }),
            Ok(Err(error)) => self.unkept(&error),
            Err(error) => Fetched::Fault(error.to_string(), None),
        }
    }

    /// Fetches once more what is too large for memory, straight into its file.
    async fn keep_large(&self, link: &str) -> Fetched {
        let unfinished = match self.remote.shared.results.begin(&self.remote.job.id, link) {
            Ok(unfinished) => unfinished,
            Err(error) => return self.unkept(&error),
        };
        let file = match unfinished.file() {
            Ok(file) => file,
            Err(error) => return Fetched::Fault(error.to_string(), None),
        };
        let bytes = match self.client.fetch_into(link, file).await {
            Ok(bytes) => bytes,
            Err(error) => return judge(&error),
        };
        match unfinished.finish() {
            Ok(path) => Fetched::AsItCame(AsItCame { why: Unfit::TooLarge { bytes }, path }),
            Err(error) => self.unkept(&error),
        }
    }

    fn unkept(&self, error: &FileError) -> Fetched {
        tracing::warn!(%error, job = %self.remote.job.id, "a result could not be kept");
        Fetched::Fault(error.to_string(), None)
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
