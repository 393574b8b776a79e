//! An HTTP answer as plain data, read within a cap.

use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use tokio::io::AsyncWriteExt as _;

use super::encoding::unpack;
use super::error::reason;
use super::{FetchError, SendError};

/// Status, headers and body of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// Names in lower case and values, in the order they came; values that are no text are left out.
    pub headers: Vec<(String, String)>,
    /// The body, unpacked where it was compressed, at most as long as the reader's cap.
    pub body: Vec<u8>,
    /// The compression that could not be undone, so that the body is as it came.
    pub packed: Option<String>,
}

/// Longest wait that a server can ask for.
const LONGEST_WAIT: Duration = Duration::from_mins(10);

impl Reply {
    /// The first value of a header; `name` in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The body as text: UTF-8, or UTF-16 with its byte-order mark; no mark is kept, and what cannot be read is replaced.
    pub fn text(&self) -> String {
        let units = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
            let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().copied().map(unit).collect();
            String::from_utf16_lossy(&units)
        };
        match self.body.as_slice() {
            [0xff, 0xfe, text @ ..] => units(text, u16::from_le_bytes),
            [0xfe, 0xff, text @ ..] => units(text, u16::from_be_bytes),
            [0xef, 0xbb, 0xbf, text @ ..] | text => String::from_utf8_lossy(text).into_owned(),
        }
    }

    /// The body for the records: its text, or base64 of bytes that are none, so that nothing of it is lost.
    pub fn record(&self) -> String {
        let text = self.text();
        let odd = text.chars().filter(|character| matches!(*character, '\0' | char::REPLACEMENT_CHARACTER)).count();
        // A few odd letters are a text in an old alphabet.
        if odd * 10 > text.chars().count() {
            format!("{} bytes, as base64: {}", self.body.len(), BASE64_STANDARD.encode(&self.body))
        } else {
            text
        }
    }

    /// The wait that `Retry-After` asks for, from one second to ten minutes.
    ///
    /// A date counts from the answer's own `Date`, so that a wrong clock here does no harm.
    pub fn retry_after(&self) -> Option<Duration> {
        let value = self.header("retry-after")?.trim();
        let seconds = match value.parse::<u64>() {
            Ok(seconds) => seconds,
            Err(_no_number) => {
                let parse = |date: &str| jiff::fmt::rfc2822::parse(date).ok().map(|zoned| zoned.timestamp());
                let until = parse(value)?.duration_since(parse(self.header("date")?)?);
                u64::try_from(until.as_secs()).unwrap_or(0)
            }
        };
        Some(Duration::from_secs(seconds).clamp(Duration::from_secs(1), LONGEST_WAIT))
    }
}

/// Why a body could not be read to its end.
#[derive(Debug)]
pub(super) enum ReadError {
    TooLarge,
    Broken(String),
}

/// Status and headers of `response`, with an empty body.
pub(super) fn head(response: &reqwest::Response) -> Reply {
    let headers = response.headers().iter();
    Reply {
        status: response.status().as_u16(),
        headers: headers
            .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
            .collect(),
        body: Vec::new(),
        packed: None,
    }
}

/// Reads the body into `into`, at most `cap` bytes; what came before an error stays there.
pub(super) async fn read_body(
    mut response: reqwest::Response,
    cap: usize,
    into: &mut Vec<u8>,
) -> Result<(), ReadError> {
    // A promised length is only a hint for the allocation: it may lie.
    let promised = response.content_length().and_then(|length| usize::try_from(length).ok());
    into.reserve(promised.unwrap_or(0).min(1024 * 1024));
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => {
                let room = cap - into.len();
                into.extend_from_slice(&chunk[..chunk.len().min(room)]);
                if chunk.len() > room {
                    return Err(ReadError::TooLarge);
                }
            }
            Ok(None) => return Ok(()),
            Err(error) => return Err(ReadError::Broken(reason(error))),
        }
    }
}

/// Writes the body into `file` as it comes, never holding more than a piece of it; brings its length in bytes.
///
/// A body of more than `cap` bytes is given up when that shows.
pub(super) async fn write_body(
    mut response: reqwest::Response,
    file: std::fs::File,
    cap: u64,
) -> Result<u64, FetchError> {
    let too_large = || FetchError::TooLarge { cap: usize::try_from(cap).unwrap_or(usize::MAX) };
    if response.content_length().is_some_and(|promised| promised > cap) {
        return Err(too_large());
    }
    let unwritten = |error: std::io::Error| FetchError::Network(format!("it could not be written: {error}"));
    let mut file = tokio::fs::File::from_std(file);
    let mut length = 0;
    while let Some(chunk) = response.chunk().await.map_err(|error| FetchError::Network(reason(error)))? {
        length += chunk.len() as u64;
        if length > cap {
            return Err(too_large());
        }
        file.write_all(&chunk).await.map_err(unwritten)?;
    }
    file.flush().await.map_err(unwritten)?;
    file.sync_all().await.map_err(unwritten)?;
    Ok(length)
}

/// The whole answer, at most `cap` bytes of body; what came before it broke off is in the error.
pub(super) async fn whole(response: reqwest::Response, cap: usize) -> Result<Reply, SendError> {
    let mut reply = head(&response);
    let read = read_body(response, cap, &mut reply.body).await;
    match read.and_then(|()| unpack(&mut reply, cap)) {
        Ok(()) => Ok(reply),
        Err(ReadError::TooLarge) => Err(SendError::TooLarge { reply, cap }),
        Err(ReadError::Broken(reason)) => Err(SendError::BrokenReply { reply, reason }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(headers: &[(&str, &str)]) -> Reply {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Reply { status: 429, headers, ..Reply::default() }
    }

    #[test]
    fn a_text_is_read_with_any_byte_order_mark_and_bytes_that_are_none_are_kept_whole() {
        let reply = |body: &[u8]| Reply { status: 200, body: body.to_vec(), ..Reply::default() };
        for body in [&b"{}"[..], b"\xef\xbb\xbf{}", b"\xff\xfe{\0}\0", b"\xfe\xff\0{\0}"] {
            assert_eq!((reply(body).text().as_str(), reply(body).record().as_str()), ("{}", "{}"));
        }
        let old_alphabet = reply(b"d\xe9j\xe0 vu, the same words as before");
        assert!(old_alphabet.record().ends_with("vu, the same words as before"));
        assert_eq!(reply(&[0, 159, 146, 150]).record(), "4 bytes, as base64: AJ+Slg==");
    }

    #[test]
    fn the_wait_comes_in_seconds_or_as_a_date_and_is_kept_in_bounds() {
        let date = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
        for (headers, seconds) in [
            (vec![("retry-after", "7")], Some(7)),
            (vec![("retry-after", " 0 ")], Some(1)),
            (vec![("retry-after", "86400")], Some(600)),
            (vec![date, ("retry-after", "Sun, 06 Nov 1994 08:50:07 GMT")], Some(30)),
            (vec![date, ("retry-after", "Sun, 06 Nov 1994 08:49:00 GMT")], Some(1)),
            (vec![("retry-after", "Sun, 06 Nov 1994 08:50:07 GMT")], None),
            (vec![("retry-after", "soon")], None),
            (vec![], None),
        ] {
            assert_eq!(reply(&headers).retry_after(), seconds.map(Duration::from_secs), "{headers:?}");
        }
    }
}
