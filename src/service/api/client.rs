//! The client of the two endpoints.

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Map, Value as Json};

use crate::model::Recipe;
use crate::net::{
    AddressError, Base, BuildError, Caller, FetchError, FetchLimits, Fetched, Fetcher, Network, Purpose, Reach, Reply,
    SendError, Url, decode_data_uri, is_data_uri,
};

use super::answer::Answer;
use super::poll::{self, AskError};
use super::redact::{redact, spells};
use super::submission::{Refusal, Submission, Ticket, classify, refusal};
use super::text::message;
use super::wire::{GENERATE_PATH, KEY_HEADER, PREDICTION_PATH, REQUEST_ID_FIELD};

/// What some services call the id instead.
const OTHER_ID_FIELD: &str = "prediction_id";

/// The id that is asked about when only the key is tested; no request has it.
const KEY_CHECK_ID: &str = "key-check";

/// How to reach a service.
#[derive(Clone, Debug)]
pub struct ClientOptions {
    /// Its base URL: https, or http on this computer.
    pub base: String,
    /// The key, sent to the base's host alone.
    pub key: SecretString,
    /// May results lie on this computer? Honoured only where the base itself does.
    pub allow_loopback: bool,
    /// How the network is used.
    pub network: Network,
}

/// A client could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// The base URL cannot be used.
    #[error("the service's address cannot be used: {0}")]
    Base(#[from] AddressError),
    /// The key cannot be sent, or TLS is missing.
    #[error(transparent)]
    Build(#[from] BuildError),
}

/// What a test of the key came to. The test costs nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyCheck {
    /// The gateway accepts this key.
    Accepted,
    /// It does not.
    Refused {
        /// Why.
        refusal: Refusal,
        /// The gateway's words.
        message: String,
    },
    /// Nobody answered.
    NoAnswer {
        /// What happened.
        reason: String,
    },
}

/// Talks to one service with one key.
#[derive(Clone, Debug)]
pub struct Client {
    submit: Caller,
    ask: Caller,
    fetcher: Fetcher,
    key: SecretString,
}

impl Client {
    /// Most bytes of an answer that is read.
    pub const ANSWER_BYTES: u64 = Caller::ANSWER_BYTES as u64;

    /// Checks the options and builds the clients; nothing is sent.
    pub fn new(options: ClientOptions) -> Result<Self, ApiError> {
        let base = Base::parse(&options.base)?;
        let reach = if options.allow_loopback && base.is_loopback() { Reach::PublicAndLoopback } else { Reach::Public };
        let network = &options.network;
        let limits = FetchLimits { time: network.timeouts.fetch, ..FetchLimits::RESULT };
        Ok(Self {
            submit: Caller::on(network, Purpose::Submit, &base, KEY_HEADER, &options.key)?,
            ask: Caller::on(network, Purpose::Ask, &base, KEY_HEADER, &options.key)?,
            fetcher: Fetcher::on(network, reach, limits)?,
            key: options.key,
        })
    }

    /// Sends a request for a sticker: one POST, never repeated.
    pub async fn submit(&self, image_url: &str, recipe: &Recipe) -> Submission {
        let mut fields = recipe.to_fields();
        fields.insert("image".to_owned(), image_url.into());
        let url = self.submit.base().join(GENERATE_PATH);
        let submission = match self.submit.post_json(url.clone(), body(fields)).await {
            Ok(reply) => classify(&reply, image_url),
            Err(SendError::NothingSent(reason)) => Submission::NothingSent { reason },
            Err(SendError::MaybeSent(reason)) => Submission::MaybeAccepted {
                reason: format!("the request was sent, and no answer came ({reason})"),
                raw: String::new(),
            },
            Err(SendError::BrokenReply { reply, reason }) => classify_broken(&reply, image_url, &reason),
            Err(SendError::TooLarge { reply, .. }) => classify_broken(&reply, image_url, "it is too large"),
        };
        match self.clean(submission) {
            Submission::Accepted { ticket, finished, raw } => {
                let finished = finished.map(|answer| answer.with_links_of(&url));
                Submission::Accepted { ticket, finished, raw }
            }
            other => other,
        }
    }

    /// Asks about a request, once.
    pub async fn ask(&self, ticket: &Ticket) -> Result<Answer, AskError> {
        let own_link = self.own_link(ticket.polling_url.as_deref());
        let at = own_link.clone().unwrap_or_else(|| self.ask.base().join(PREDICTION_PATH));
        let reply = if let Some(url) = own_link {
            self.heard(self.ask.get(url).await)?
        } else {
            let first = self.heard(self.prediction(REQUEST_ID_FIELD, &ticket.request_id).await)?;
            if poll::wants_another_id_field(&first) {
                self.heard(self.prediction(OTHER_ID_FIELD, &ticket.request_id).await)?
            } else {
                first
            }
        };
        let key = self.key.expose_secret();
        match poll::read(&reply) {
            Ok(answer) => Ok(redact_answer(answer, key).with_links_of(&at)),
            Err(error) => Err(redact_error(error, key)),
        }
    }

    /// Asks once more, and writes the answer that is [too large](AskError::TooLarge) into `file` as it comes; brings its
    /// length in bytes.
    pub async fn ask_into(&self, ticket: &Ticket, file: std::fs::File) -> Result<u64, FetchError> {
        let cap = FetchLimits::KEPT_BYTES;
        if let Some(url) = self.own_link(ticket.polling_url.as_deref()) {
            return self.ask.get_into(url, file, cap).await;
        }
        let (url, body) = self.question(REQUEST_ID_FIELD, &ticket.request_id);
        self.ask.post_json_into(url, body, file, cap).await
    }

    /// Gets a result: a link, followed without the key, or a data URI.
    pub async fn fetch(&self, url: &str) -> Result<Fetched, FetchError> {
        if is_data_uri(url) {
            return decode_data_uri(url, FetchLimits::RESULT.bytes);
        }
        self.fetcher.fetch(url).await
    }

    /// Gets a result that is too large for [`fetch`](Self::fetch) into `file`, as it comes; brings its length in bytes.
    pub async fn fetch_into(&self, url: &str, file: std::fs::File) -> Result<u64, FetchError> {
        self.fetcher.fetch_into(url, file, FetchLimits::KEPT_BYTES).await
    }

    /// Tests the key by asking about a request that does not exist; this costs nothing.
    pub async fn check_key(&self) -> KeyCheck {
        let reply = match self.prediction(REQUEST_ID_FIELD, KEY_CHECK_ID).await {
            Ok(reply) | Err(SendError::BrokenReply { reply, .. } | SendError::TooLarge { reply, .. }) => reply,
            Err(SendError::NothingSent(reason) | SendError::MaybeSent(reason)) => return KeyCheck::NoAnswer { reason },
        };
        if !matches!(reply.status, 401 | 403) {
            return KeyCheck::Accepted;
        }
        let message = redact(&message(&reply), self.key.expose_secret());
        KeyCheck::Refused { refusal: refusal(&reply), message }
    }

    async fn prediction(&self, id_field: &str, id: &str) -> Result<Reply, SendError> {
        let (url, body) = self.question(id_field, id);
        self.ask.post_json(url, body).await
    }

    /// Where a request is asked about, and with which words.
    fn question(&self, id_field: &str, id: &str) -> (Url, Vec<u8>) {
        let fields = Map::from_iter([(id_field.to_owned(), Json::from(id))]);
        (self.ask.base().join(PREDICTION_PATH), body(fields))
    }

    /// A link that the key may travel to: on the base's own scheme, host and port.
    fn own_link(&self, link: Option<&str>) -> Option<Url> {
        Url::parse(link?).ok().filter(|url| self.ask.base().same_origin(url))
    }

    /// Without an answer there is no news, whatever the cause.
    fn heard(&self, reply: Result<Reply, SendError>) -> Result<Reply, AskError> {
        reply.map_err(|error| match error {
            // Only a result makes an answer this long.
            SendError::TooLarge { reply, .. } if (200..300).contains(&reply.status) => AskError::TooLarge,
            error => AskError::Temporary { reason: redact(&error.to_string(), self.key.expose_secret()) },
        })
    }

    /// Takes the key out of everything that is kept, and drops a polling link of another host.
    fn clean(&self, submission: Submission) -> Submission {
        let clean = |text: String| redact(&text, self.key.expose_secret());
        match submission {
            Submission::Accepted { mut ticket, finished, raw } => {
                let key = self.key.expose_secret();
                // A link with the key in it is not written down; the documented way to ask needs none.
                ticket.polling_url =
                    ticket.polling_url.filter(|link| self.own_link(Some(link)).is_some() && !spells(link, key));
                ticket.request_id = clean(ticket.request_id);
                let finished = finished.map(|answer| redact_answer(answer, key));
                Submission::Accepted { ticket, finished, raw: clean(raw) }
            }
            Submission::NothingSent { reason } => Submission::NothingSent { reason },
            Submission::Busy { retry_after, raw } => Submission::Busy { retry_after, raw: clean(raw) },
            Submission::Refused { refusal, message, raw } => {
                Submission::Refused { refusal, message: clean(message), raw: clean(raw) }
            }
            Submission::FailedChargeUnknown { message, raw } => {
                Submission::FailedChargeUnknown { message: clean(message), raw: clean(raw) }
            }
            Submission::MaybeAccepted { reason, raw } => {
                Submission::MaybeAccepted { reason: clean(reason), raw: clean(raw) }
            }
        }
    }
}

/// Judges an answer that broke off: a refusal is in its status, and an id that came whole is
/// an id; anything else may have been accepted.
fn classify_broken(reply: &Reply, image_url: &str, reason: &str) -> Submission {
    match classify(reply, image_url) {
        judged @ (Submission::Accepted { .. } | Submission::Busy { .. } | Submission::Refused { .. }) => judged,
        _ => Submission::MaybeAccepted {
            reason: format!("the service answered HTTP {}, and its answer broke off ({reason})", reply.status),
            raw: reply.record(),
        },
    }
}

fn body(fields: Map<String, Json>) -> Vec<u8> {
    Json::Object(fields).to_string().into_bytes()
}

fn redact_answer(answer: Answer, key: &str) -> Answer {
    let clean = |text: String| redact(&text, key);
    // A result is asked for at any host, so a link to it must not carry the key there; a picture inside a
    // link is not looked through.
    let link = |link: String| if !is_data_uri(&link) && spells(&link, key) { redact(&link, key) } else { link };
    Answer {
        word: answer.word.map(clean),
        results: answer.results.into_iter().map(link).collect(),
        error: answer.error.map(clean),
        raw: redact(&answer.raw, key),
        ..answer
    }
}

fn redact_error(error: AskError, key: &str) -> AskError {
    let clean = |text: String| redact(&text, key);
    match error {
        AskError::UnknownId { message } => AskError::UnknownId { message: clean(message) },
        AskError::Key { message } => AskError::Key { message: clean(message) },
        AskError::Credit { message } => AskError::Credit { message: clean(message) },
        AskError::Access { message } => AskError::Access { message: clean(message) },
        AskError::Busy { retry_after } => AskError::Busy { retry_after },
        AskError::Refused { status, message, raw } => {
            AskError::Refused { status, message: clean(message), raw: clean(raw) }
        }
        AskError::Temporary { reason } => AskError::Temporary { reason: clean(reason) },
        AskError::TooLarge => AskError::TooLarge,
    }
}
