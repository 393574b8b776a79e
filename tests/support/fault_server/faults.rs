//! The 31 faults of the wire.

use super::super::raw_server::Act;
use Fault::Answer;

/// A whole answer as it should be, and what a faulty one is made of.
#[derive(Clone)]
pub struct Good {
    pub kind: &'static str,
    pub body: Vec<u8>,
    /// What a service repeats that echoes its requests.
    pub key: &'static str,
    /// An address on another host.
    pub elsewhere: String,
}

impl Good {
    /// The answer with head and body.
    pub fn whole(&self) -> Vec<u8> {
        self.with_length(self.body.len(), &self.body)
    }

    fn with_length(&self, length: usize, body: &[u8]) -> Vec<u8> {
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n",
            self.kind
        );
        [head.as_bytes(), body].concat()
    }

    fn half(&self) -> &[u8] {
        &self.body[..self.body.len() / 2]
    }

    /// Head and half of the body.
    fn broken(&self) -> Vec<u8> {
        self.with_length(self.body.len(), self.half())
    }

    /// A refusal that repeats the key.
    fn status(&self, status: u16, headers: &[(&str, &str)], words: &str) -> Act {
        let body = serde_json::json!({ "error": words, "echo": self.key }).to_string();
        Act::answer(status, &[&[("Content-Type", "application/json")], headers].concat(), body.as_bytes())
    }

    fn page(&self, kind: &str, text: &str) -> Act {
        Act::answer(200, &[("Content-Type", kind)], format!("{text} {}", self.key).as_bytes())
    }
}

/// One way in which a request goes wrong.
#[derive(Clone, Copy)]
pub enum Fault {
    /// Nobody listens.
    Refused,
    /// Nobody answers who connects.
    BlackHole,
    /// The host's name is not known.
    NoSuchName,
    /// The address says https, but the port does not speak TLS.
    TlsAtPlainPort,
    /// The connection is made, and then this is done.
    Answer(fn(&Good) -> Act),
}

impl PartialEq for Fault {
    /// Answers are functions, which have no equality.
    fn eq(&self, other: &Self) -> bool {
        !matches!(self, Self::Answer(_)) && std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

/// Every fault with its name; what is judged alike everywhere is one fault in several variants.
pub const FAULTS: [(&str, &[Fault]); 31] = [
    ("refused", &[Fault::Refused]),
    ("black hole", &[Fault::BlackHole]),
    ("no such name", &[Fault::NoSuchName]),
    ("TLS at a plain port", &[Fault::TlsAtPlainPort]),
    ("closed at accept", &[Answer(|_| Act::CloseAtOnce)]),
    ("reset within the request", &[Answer(|_| Act::ResetAfterHeaders)]),
    ("closed after the request", &[Answer(|_| Act::CloseAfterRequest)]),
    ("reset after the request", &[Answer(|_| Act::ResetAfterRequest)]),
    ("stall before the answer", &[Answer(|_| Act::Stall)]),
    ("stall within the answer", &[Answer(|good| Act::SayAndStall(good.broken()))]),
    ("drip", &[Answer(|good| Act::Trickle(good.whole()))]),
    ("cut within the head", &[Answer(|_| Act::say("HTTP/1.1 200 OK\r\nContent-Le"))]),
    ("cut within the body", &[Answer(|good| Act::Say(good.broken()))]),
    ("reset within the body", &[Answer(|good| Act::SayAndReset(good.broken()))]),
    ("length too long", &[Answer(|good| Act::Say(good.with_length(good.body.len() + 9, &good.body)))]),
    ("length too short", &[Answer(|good| Act::Say(good.with_length(good.body.len() / 2, &good.body)))]),
    (
        "cut within a chunk",
        &[Answer(|good| {
            let head = format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n", good.body.len());
            Act::Say([head.as_bytes(), good.half()].concat())
        })],
    ),
    ("interim answers only", &[Answer(|_| Act::say(&"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".repeat(3)))]),
    (
        "a page instead",
        &[
            Answer(|good| good.page("text/html", "<html>Sign in to the hotel's network</html>")),
            Answer(|good| good.page("text/plain", "Welcome to the hotel")),
        ],
    ),
    ("nothing with 200", &[Answer(|_| Act::answer(200, &[], b""))]),
    (
        "gigantic",
        &[
            Answer(|_| Act::Endless(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n".to_vec())),
            Answer(|_| Act::Endless(b"HTTP/1.1 200 OK\r\n\r\n".to_vec())),
        ],
    ),
    (
        "sent elsewhere",
        &[
            Answer(|good| good.status(302, &[("Location", &good.elsewhere)], "moved")),
            Answer(|good| good.status(307, &[("Location", &good.elsewhere)], "moved")),
        ],
    ),
    ("busy, seconds", &[Answer(|good| good.status(429, &[("Retry-After", "1")], "too many"))]),
    (
        "busy, date",
        &[Answer(|good| {
            let date = ("Date", "Sun, 06 Nov 1994 08:49:37 GMT");
            good.status(429, &[date, ("Retry-After", "Sun, 06 Nov 1994 08:49:38 GMT")], "too many")
        })],
    ),
    ("busy, words", &[Answer(|good| good.status(429, &[], "Rate limit is exceeded. Try again in 1 seconds."))]),
    ("busy, bare", &[Answer(|good| good.status(429, &[], "too many"))]),
    (
        "request refused",
        &[
            Answer(|good| good.status(400, &[], "Invalid request parameters")),
            Answer(|good| good.status(405, &[], "Method not allowed")),
        ],
    ),
    (
        "account refused",
        &[
            Answer(|good| good.status(401, &[], "Invalid or missing authentication")),
            Answer(|good| good.status(402, &[], "Insufficient credits")),
            Answer(|good| good.status(403, &[], "Access denied for this operation")),
        ],
    ),
    ("unknown there", &[Answer(|good| good.status(404, &[], "Not found"))]),
    (
        "not now",
        &[
            Answer(|good| good.status(408, &[], "Request timeout")),
            Answer(|good| good.status(409, &[], "Conflict")),
            Answer(|good| good.status(425, &[], "Too early")),
        ],
    ),
    (
        "broken there",
        &[
            Answer(|good| good.status(500, &[], "An unexpected error occurred")),
            Answer(|good| good.status(502, &[], "Bad gateway")),
            Answer(|good| good.status(503, &[], "Unavailable")),
            Answer(|good| good.status(504, &[], "Gateway timeout")),
        ],
    ),
];
