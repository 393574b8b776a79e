//! What an answer about a request says, whatever its shape.

#[cfg(test)]
mod tests;

use serde_json::Value as Json;

use crate::model::Charged;
use crate::net::Url;

use super::harvest::{is_flagged, result_links};
use super::text::{error_text, words};

/// Where a request stands at the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It waits for its turn.
    Waiting,
    /// It is being made.
    Working,
    /// It is done, and there are links to fetch.
    Done,
    /// It is done, and there is nothing to fetch.
    DoneWithoutImage,
    /// It failed.
    Failed,
    /// The service gave it up.
    Stopped,
}

/// An answer about a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Where it stands.
    pub phase: Phase,
    /// The service's own word for it, where it gave one.
    pub word: Option<String>,
    /// Share of the work done, 0 to 1, where the logs tell.
    pub progress: Option<f32>,
    /// Links to the results, or data URIs; in the order of the answer. Read from JSON alone, a path stays a path.
    pub results: Vec<String>,
    /// Does the service say that its filter found something it does not show? Its picture is black then.
    pub flagged: bool,
    /// Why there is no result, for people.
    pub error: Option<String>,
    /// What the answer itself says about the charge, if it does.
    pub charged_hint: Option<Charged>,
    /// The answer as it came, without the key.
    pub raw: String,
}

/// Said when a request succeeded without a picture.
const NO_IMAGE: &str = "the service finished without a picture. Most likely it found no face: use a photo that shows \
     the whole head with hair and ears. The same request sent twice, or results already removed, look like this too";

/// Said when the service's filter kept the picture back.
const FLAGGED: &str =
    "the service's filter found the result unsafe (NSFW) and gave no picture: change the words or the photo";

/// The word's class; `None` for a word that is not known.
fn phase_of(word: &str) -> Option<Phase> {
    let word = word.trim().to_ascii_lowercase().replace(['-', ' '], "_");
    Some(match word.as_str() {
        "starting" | "queued" | "in_queue" | "pending" | "submitted" | "created" | "waiting" => Phase::Waiting,
        "processing" | "in_progress" | "running" | "generating" => Phase::Working,
        "succeeded" | "success" | "completed" | "complete" | "done" | "ready" | "finished" => Phase::Done,
        "failed" | "failure" | "error" => Phase::Failed,
        "canceled" | "cancelled" | "aborted" | "expired" | "timeout" | "timed_out" => Phase::Stopped,
        _ => return None,
    })
}

/// The status word of an object.
fn status_word(body: &Json) -> Option<&str> {
    ["status", "task_status", "state"].into_iter().find_map(|key| body.get(key)?.as_str())
}

/// The object that has the status: `body` itself, or one it wraps.
pub(super) fn payload(body: &Json) -> &Json {
    if status_word(body).is_some() {
        return body;
    }
    ["data", "result", "prediction"]
        .into_iter()
        .filter_map(|key| body.get(key))
        .find(|inner| inner.is_object())
        .unwrap_or(body)
}

/// Why it failed, as the object itself or its wrapper says: `error` first, since `message` may be a greeting.
fn failure_text(inner: &Json, outer: &Json) -> Option<String> {
    let said = |body: &Json| body.get("error").and_then(words);
    said(inner).or_else(|| said(outer)).or_else(|| error_text(inner)).or_else(|| error_text(outer))
}

/// Is there an `error` that says something?
pub(super) fn has_error(body: &Json) -> bool {
    body.get("error").and_then(words).is_some()
}

/// Does the answer say of itself that it is a failure?
pub(super) fn says_failure(body: &Json) -> bool {
    body.get("success").and_then(Json::as_bool) == Some(false)
}

impl Answer {
    /// Reads an answer's JSON; `raw` is kept beside it.
    pub fn read(body: &Json, raw: String) -> Self {
        let inner = payload(body);
        let word = status_word(inner).map(str::to_owned);
        let results = result_links(body);
        let flagged = is_flagged(body);
        let failed = [inner, body].into_iter().any(|part| says_failure(part) || has_error(part));
        let phase = match word.as_deref().and_then(phase_of) {
            Some(Phase::Done) if results.is_empty() => Phase::DoneWithoutImage,
            Some(phase) => phase,
            None if !results.is_empty() => Phase::Done,
            None if failed && word.is_none() => Phase::Failed,
            None => Phase::Working,
        };
        let error = match phase {
            Phase::Failed | Phase::Stopped => failure_text(inner, body),
            Phase::DoneWithoutImage => {
                let said = [inner, body].into_iter().find_map(|part| part.get("error").and_then(words));
                Some(said.unwrap_or_else(|| if flagged { FLAGGED } else { NO_IMAGE }.to_owned()))
            }
            Phase::Waiting | Phase::Working | Phase::Done => None,
        };
        // In capitals it is the word of the service's second queue, which is documented as free.
        let charged_hint = (word.as_deref() == Some("ERROR")).then_some(Charged::No);
        let progress = ["logs", "log"].into_iter().find_map(|key| inner.get(key).or_else(|| body.get(key)));
        let progress = progress.and_then(log_text).and_then(|logs| last_progress(&logs));
        Self { phase, word, progress, results, flagged, error, charged_hint, raw }
    }

    /// Did this answer, as it was kept, say that the service's filter found something?
    pub fn says_flagged(raw: &str) -> bool {
        serde_json::from_str(raw).is_ok_and(|body| is_flagged(&body))
    }

    /// The same with every path completed by the address `at` that was asked.
    pub(super) fn with_links_of(mut self, at: &Url) -> Self {
        for link in &mut self.results {
            // Only a path has no scheme of its own.
            if Url::parse(link).is_err()
                && let Ok(whole) = at.join(link)
            {
                *link = whole.into();
            }
        }
        self
    }

    /// Will nothing more come?
    pub fn is_final(&self) -> bool {
        !matches!(self.phase, Phase::Waiting | Phase::Working)
    }
}

/// Logs come as one text or as a list of lines.
fn log_text(logs: &Json) -> Option<String> {
    match logs {
        Json::String(text) => Some(text.clone()),
        Json::Array(lines) => Some(lines.iter().filter_map(Json::as_str).collect::<Vec<_>>().join("\n")),
        _ => None,
    }
}

/// The last progress bar in the logs, as tqdm draws them: `42%|████▏     | 21/50 [00:03<00:04]`.
fn last_progress(logs: &str) -> Option<f32> {
    let mut rest = logs;
    while let Some(at) = rest.rfind("%|") {
        let (before, after) = (&rest[..at], &rest[at + 2..]);
        if let Some(share) = bar(before, after) {
            return Some(share);
        }
        rest = before;
    }
    None
}

fn bar(before: &str, after: &str) -> Option<f32> {
    let digits = before.len() - before.trim_end_matches(|character: char| character.is_ascii_digit()).len();
    let percent: u32 = before[before.len() - digits..].parse().ok().filter(|percent| *percent <= 100)?;
    let counts = after.lines().next()?.split_once('|')?.1.trim_start();
    let (done, of) = counts.split_once('/')?;
    let of: String = of.chars().take_while(char::is_ascii_digit).collect();
    let (done, of): (u32, u32) = (done.trim().parse().ok()?, of.parse().ok()?);
    let share = if of > 0 && done <= of { done as f32 / of as f32 } else { percent as f32 / 100.0 };
    Some(share)
}
