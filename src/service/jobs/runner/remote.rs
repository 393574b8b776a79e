//! What a driver does outside of the journal: reads the photo, hosts, submits, asks. Fetching and storing lie beside it.

use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use tokio::task::spawn_blocking;

use super::{Shared, jitter};
use crate::api::wire::KEY_HEADER;
use crate::api::{Answer, AskError, Client, ClientOptions, Phase, Refusal, Submission};
use crate::hosting::HostingError;
use crate::jobs::Hold;
use crate::jobs::job::Job;
use crate::jobs::pictures::Pictures;
use crate::jobs::schedule;
use crate::jobs::state::{Effect, Input, State};
use crate::jobs::table::Problem;
use crate::keys::Account;
use crate::model::{Charged, EngineId};

/// How much longer than its own limit the submit client is waited for: only one that hangs gets here.
const GRACE_TO_SUBMIT: Duration = Duration::from_secs(5);

/// How often an id may be unknown before it is lost: right after a submit that can pass.
const GRACE_TRIES: u32 = 3;

/// One step's work with what it needs.
pub(super) struct Remote {
    pub(super) shared: Arc<Shared>,
    pub(super) job: Job,
    pub(super) carried: Carried,
}

/// What one step hands to the next, in memory only.
#[derive(Default)]
pub(super) struct Carried {
    /// The checked bytes of the photo.
    pub(super) photo: Option<Vec<u8>>,
    /// The client, with its key.
    client: Option<Client>,
    /// Where the service fetches the photo; it may carry a signature.
    pub(super) image_url: Option<SecretString>,
    /// An answer that came with the submit.
    answer: Option<Answer>,
    /// Questions so far.
    asked: u32,
    /// Is it known from an earlier run, so that it is asked about at once?
    at_once: bool,
    /// Since when it is at the service.
    age: Option<Age>,
    /// Whole pictures so far.
    pub(super) pictures: Pictures,
    /// Did the answer with the links say that the service's filter found something?
    flagged: bool,
}

impl Carried {
    /// A job that another run, or this one earlier, brought to where it is.
    pub(super) fn of_an_earlier_run() -> Self {
        Self { at_once: true, ..Self::default() }
    }
}

/// How long a job is at the service, by the clock that is never set: a date may jump, and a job does not grow old by it.
#[derive(Clone, Copy)]
struct Age {
    /// What earlier runs waited, which only dates tell.
    before: Duration,
    /// When this run began to wait, on the monotonic clock.
    since: Duration,
}

/// What came of a step's work.
pub(super) struct Outcome {
    /// What happened.
    pub(super) input: Input,
    /// What to keep about it.
    pub(super) note: Note,
    /// For the next step.
    pub(super) carried: Carried,
}

/// What is kept about something that happened.
#[derive(Debug, Default)]
pub(super) struct Note {
    /// What went wrong.
    pub(super) error: Option<String>,
    /// The service's answer as it came.
    pub(super) raw: Option<String>,
    /// How long a job that is back in line stays there.
    pub(super) wait: Option<Duration>,
}

impl Note {
    pub(super) fn error(text: impl Into<String>) -> Self {
        Self { error: Some(text.into()), ..Self::default() }
    }

    fn raw(self, raw: String) -> Self {
        Self { raw: Some(raw).filter(|raw| !raw.is_empty()), ..self }
    }

    fn wait(self, wait: Duration) -> Self {
        Self { wait: Some(wait), ..self }
    }
}

/// What happened, and what to keep about it.
pub(super) type Happened = (Input, Note);

pub(super) fn happened(input: Input) -> Happened {
    (input, Note::default())
}

impl Remote {
    pub(super) async fn perform(mut self, effect: Effect) -> Outcome {
        let (input, note) = match effect {
            Effect::Prepare => self.prepare().await,
            Effect::Host => super::host::host(&mut self).await,
            Effect::Submit => self.submit().await,
            Effect::Ask => self.ask().await,
            Effect::Fetch => self.fetch().await,
            Effect::Store => self.store().await,
            // Nothing remote about these: the driver has done them.
            Effect::Record(_) | Effect::HoldLine(_) => happened(Input::Waiting),
        };
        Outcome { input, note, carried: self.carried }
    }

    /// How long a job that met a fault before its POST stays in line.
    pub(super) fn back_in_line(&self, problem: String) -> Happened {
        let failures = self.shared.table.lock().entries.get(&self.job.id).map_or(0, |entry| entry.live.failures);
        (Input::NotReady, Note::error(problem).wait(schedule::backoff(failures + 1, jitter())))
    }

    async fn prepare(&mut self) -> Happened {
        let Some(sha256) = self.job.photo.sha256().map(str::to_owned) else { return happened(Input::Prepared) };
        let photos = self.shared.journal.photos().clone();
        match spawn_blocking(move || photos.read(&sha256)).await {
            Ok(Ok(Some(bytes))) => {
                self.carried.photo = Some(bytes);
                happened(Input::Prepared)
            }
            Ok(Ok(None)) => {
                let gone =
                    "the photo of this job is no longer in the data folder: pick it again and make the sticker anew";
                (Input::CannotSend, Note::error(gone))
            }
            Ok(Err(error)) => self.back_in_line(error.to_string()),
            Err(error) => self.back_in_line(format!("the photo could not be read: {error}")),
        }
    }

    /// The client with the key, made when it is first needed; without a key nothing can be sent.
    pub(super) async fn client(&mut self) -> Result<Client, Happened> {
        if let Some(client) = &self.carried.client {
            return Ok(client.clone());
        }
        let engine = self.job.engine();
        let (base, key) = match (self.job.engine, &engine.base, &self.shared.local) {
            (EngineId::Pixazo, Some(base), _) => (base.clone(), self.key_of(base).await?),
            (_, _, Some(local)) => (local.base_url.clone(), local.key.clone()),
            _ => return Err((Input::CannotSend, Note::error(HostingError::NoEngine.to_string()))),
        };
        let network = self.shared.network.clone();
        let options = ClientOptions { base, key, allow_loopback: engine.allows_loopback, network };
        let client = Client::new(options).map_err(|error| (Input::CannotSend, Note::error(error.to_string())))?;
        self.carried.client = Some(client.clone());
        Ok(client)
    }

    async fn key_of(&self, base: &str) -> Result<SecretString, Happened> {
        let refused = |error: String| (Input::RefusedKey(Hold::Key), Note::error(error));
        let account = Account::engine_at_url(base)
            .ok_or_else(|| refused(format!("{base} is no address of a service: correct it in the settings")))?;
        let missing = || refused(format!("there is no key for {}: enter it, or set PIXAZO_API_KEY", account.user()));
        match self.shared.keys.get_async(account.clone()).await {
            Ok(key) => key.ok_or_else(missing),
            Err(error) => Err(refused(error.to_string())),
        }
    }

    pub(super) async fn wait_for_the_gate(&self) {
        while let Some(wait) = self.shared.gate_closed_for(self.job.engine) {
            let retry = self.shared.clock.instant() + wait;
            self.shared.table.set_live(&self.job.id, |live| live.retry = Some(retry));
            self.shared.clock.sleep(wait).await;
            self.shared.table.set_live(&self.job.id, |live| live.retry = None);
        }
    }

    /// The one POST. Its state is durable already; whatever happens from here on is judged by the one table.
    async fn submit(&mut self) -> Happened {
        let (Ok(client), Some(image_url)) = (self.client().await, self.carried.image_url.take()) else {
            // Nothing was sent: hosting always leaves both.
            return (Input::NothingSent, Note::default().wait(schedule::backoff(1, jitter())));
        };
        let limit = self.shared.network.timeouts.submit + GRACE_TO_SUBMIT;
        let submission = client.submit(image_url.expose_secret(), &self.job.recipe);
        match tokio::time::timeout(limit, submission).await {
            Err(_elapsed) => (Input::NoAnswer, Note::error("the request was sent, and no answer came in time")),
            Ok(submission) => self.judge(submission),
        }
    }

    fn judge(&mut self, submission: Submission) -> Happened {
        match submission {
            Submission::Accepted { ticket, finished, raw } => {
                let input = match finished {
                    // Written down together: nobody can ask for these links again when there is no id.
                    Some(Answer { phase: Phase::Done, results, flagged, .. }) => {
                        self.carried.flagged = flagged;
                        Input::Finished(ticket, results)
                    }
                    other => {
                        self.carried.answer = other;
                        Input::Accepted(ticket)
                    }
                };
                (input, Note::default().raw(raw))
            }
            Submission::NothingSent { reason } => {
                let (_, note) = self.back_in_line(format!("nothing was sent: {reason}"));
                (Input::NothingSent, note)
            }
            Submission::Busy { retry_after, raw } => {
                let wait = schedule::retry_after(retry_after);
                self.shared.close_gate(self.job.engine, wait);
                (Input::Busy, Note::error("the service is busy and took nothing").raw(raw).wait(wait))
            }
            Submission::Refused { refusal, message, raw } => {
                let input = hold_for(refusal).map_or(Input::Refused, Input::RefusedKey);
                (input, Note::error(format!("the service refused the request: {message}")).raw(raw))
            }
            Submission::FailedChargeUnknown { message, raw } => {
                let error = format!("the service failed, and does not say whether it charged: {message}");
                (Input::ChargeUnknown, Note::error(error).raw(raw))
            }
            Submission::MaybeAccepted { reason, raw } => {
                let (_, note) = self.back_in_line(reason);
                (Input::NoAnswer, note.raw(raw))
            }
        }
    }

    /// Asks until there is news; faults are waited out for ever, since asking is free and the id is paid for.
    async fn ask(&mut self) -> Happened {
        let (mut faults, mut unknown) = (0, 0);
        if let Some(answer) = self.carried.answer.take() {
            return self.read(answer);
        }
        let Some(ticket) = self.job.state.ticket().cloned() else { return happened(Input::Waiting) };
        loop {
            if faults == 0 {
                let wait = self.until_next_question();
                self.shared.clock.sleep(wait).await;
            }
            self.wait_for_the_gate().await;
            let answer = match self.client().await {
                Ok(client) => client.ask(&ticket).await,
                Err((_, note)) => Err(AskError::Temporary { reason: note.error.unwrap_or_default() }),
            };
            self.carried.asked += 1;
            let error = match answer {
                Ok(answer) => {
                    self.shared.clear_problem(&self.job.id);
                    return self.read(answer);
                }
                Err(error) => error,
            };
            match &error {
                AskError::UnknownId { message } => {
                    unknown += 1;
                    if unknown > GRACE_TRIES {
                        let lost = format!("the service no longer knows this request: {message}");
                        return (Input::UnknownId, Note::error(lost));
                    }
                    faults = 0;
                    continue;
                }
                AskError::Busy { retry_after } => {
                    let wait = schedule::retry_after(*retry_after);
                    self.shared.close_gate(self.job.engine, wait);
                    self.shared.show_problem(&self.job.id, Problem::passing(error.to_string()), wait);
                    continue;
                }
                AskError::TooLarge => match super::fetch::keep_answer(self, &ticket).await {
                    Ok(happened) => return happened,
                    Err(problem) => tracing::warn!(%problem, job = %self.job.id, "an answer could not be kept yet"),
                },
                // The key may be entered anew while this waits.
                _ => self.carried.client = None,
            }
            faults += 1;
            let wait = schedule::backoff(faults, jitter());
            self.shared.show_problem(&self.job.id, Problem::passing(error.to_string()), wait);
            self.shared.clock.sleep(wait).await;
        }
    }

    fn until_next_question(&mut self) -> Duration {
        let since = self.age();
        if std::mem::take(&mut self.carried.at_once) {
            self.carried.asked = self.carried.asked.max(1);
            return Duration::ZERO;
        }
        let polling = self.job.engine().polling;
        if since >= polling.long_after {
            self.shared.table.set_live(&self.job.id, |live| live.takes_long = true);
        }
        schedule::next_question(&polling, self.carried.asked, since)
    }

    fn age(&mut self) -> Duration {
        let now = self.shared.clock.monotonic();
        let by_date = || {
            let accepted_at = self.job.accepted_at.filter(|_| self.carried.at_once);
            let waited =
                accepted_at.map(|accepted_at| Duration::try_from(self.shared.now().duration_since(accepted_at)));
            // A negative time means that the date was set back.
            waited.and_then(Result::ok).unwrap_or_default()
        };
        let age = self.carried.age.unwrap_or_else(|| Age { before: by_date(), since: now });
        self.carried.age = Some(age);
        age.before + now.saturating_sub(age.since)
    }

    fn read(&mut self, answer: Answer) -> Happened {
        self.carried.flagged = answer.flagged;
        let note = Note { error: answer.error, ..Note::default() }.raw(answer.raw);
        if let Some(progress) = answer.progress {
            self.shared.table.set_live(&self.job.id, |live| live.progress = Some(progress));
        }
        let not_charged = answer.charged_hint == Some(Charged::No);
        match answer.phase {
            Phase::Waiting => (Input::Waiting, note),
            Phase::Working => (Input::Working, note),
            Phase::Done => (Input::Results(answer.results), note),
            Phase::DoneWithoutImage => {
                (Input::WithoutImage, or_sentence(note, "the service finished without a picture"))
            }
            Phase::Failed => {
                (Input::FailedThere { not_charged }, or_sentence(note, "the service failed without saying why"))
            }
            Phase::Stopped => {
                let note = or_sentence(note, "the service stopped the request: make it again");
                (Input::FailedThere { not_charged }, note)
            }
        }
    }

    async fn fetch(&mut self) -> Happened {
        let State::Fetching { results, asked_again, .. } = self.job.state.clone() else {
            return happened(Input::LinksDead);
        };
        self.carried.pictures.flagged = self.is_flagged();
        super::fetch::fetch(self, &results, asked_again).await
    }

    /// Did the answer say that the service's filter found something? After a restart only what was kept of it tells.
    fn is_flagged(&self) -> bool {
        self.carried.flagged || self.job.raw_answer.as_deref().is_some_and(Answer::says_flagged)
    }
}

fn or_sentence(note: Note, sentence: &str) -> Note {
    Note { error: note.error.or_else(|| Some(sentence.to_owned())), ..note }
}

/// What a person has to mend before the next try; `None` when it is the request itself.
const fn hold_for(refusal: Refusal) -> Option<Hold> {
    match refusal {
        Refusal::Key => Some(Hold::Key),
        Refusal::Credit => Some(Hold::Credit),
        Refusal::Access => Some(Hold::Access),
        Refusal::BadRequest | Refusal::NotFound | Refusal::Other(_) => None,
    }
}

/// The header under which the embedded gateway takes this run's key.
pub(in crate::jobs) const LOCAL_KEY_HEADER: &str = KEY_HEADER;
