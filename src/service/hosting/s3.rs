//! A bucket of the person's own: signed requests of AWS version 4, an object that only a signed link can fetch.

use std::time::Duration;

use rusty_s3::{Bucket, Credentials, S3Action as _, UrlStyle};
use secrecy::{ExposeSecret as _, SecretString};

use super::error::{NotPut, TRIED_AGAIN, refused, status_is_temporary, undelivered};
use super::{HostingError, LIFETIME};
use crate::model::{S3Addressing, S3Bucket};
use crate::net::{Content, Courier, Parcel, Reply, Url, Verb};
use crate::platform::Clock;

/// How long the signature of a request of our own holds; clocks may differ by that much.
const OWN_REQUEST: Duration = Duration::from_mins(15);

/// A clock that is off by more is what a refusal is about.
const CLOCK_TOLERANCE: i64 = 5 * 60;

/// What the photo is announced as, and signed with.
const MEDIA_TYPE: &str = "image/jpeg";

/// One bucket with its key.
pub(super) struct S3 {
    host: String,
    bucket: Bucket,
    credentials: Credentials,
}

impl S3 {
    /// The bucket of the host named `host`.
    pub(super) fn new(host: &str, setup: &S3Bucket, secret: &SecretString) -> Result<Self, HostingError> {
        let endpoint = Url::parse(&setup.endpoint).map_err(|_not_a_url| {
            HostingError::setup(host, "the endpoint is not a complete web address; it should start with https://")
        })?;
        let style = match setup.addressing {
            S3Addressing::Path => UrlStyle::Path,
            S3Addressing::VirtualHost => UrlStyle::VirtualHost,
        };
        let bucket = Bucket::new(endpoint, style, setup.bucket.clone(), setup.region.clone())
            .map_err(|error| HostingError::setup(host, &error))?;
        let credentials = Credentials::new(setup.access_key_id.clone(), secret.expose_secret());
        Ok(Self { host: host.to_owned(), bucket, credentials })
    }

    /// Puts the photo under the name `object`.
    pub(super) async fn put(&self, courier: &Courier, object: &str, jpeg: Vec<u8>) -> Result<(), NotPut> {
        let mut action = self.bucket.put_object(Some(&self.credentials), object);
        action.headers_mut().insert("content-type", MEDIA_TYPE);
        let content = Content::Bytes { media_type: MEDIA_TYPE.to_owned(), bytes: jpeg };
        let reply = self.send(courier, Verb::Put, action.sign(OWN_REQUEST), content).await;
        let reply = reply.map_err(|error| NotPut::of(&self.host, error))?;
        if matches!(reply.status, 200..=299) {
            return Ok(());
        }
        let answered = NotPut::answered(&self.host, &reply, "");
        Err(NotPut { error: self.judge(&reply), ..answered })
    }

    /// The object's address; useless without a signature.
    pub(super) fn plain_url(&self, object: &str) -> Url {
        self.bucket.object_url(object)
    }

    /// A link that anyone can fetch the object by, for an hour.
    pub(super) fn link(&self, object: &str) -> Url {
        self.bucket.get_object(Some(&self.credentials), object).sign(LIFETIME)
    }

    /// Deletes the object and looks whether it is gone; that there was none is fine.
    pub(super) async fn take_back(&self, courier: &Courier, object: &str) -> Result<(), HostingError> {
        let url = self.bucket.delete_object(Some(&self.credentials), object).sign(OWN_REQUEST);
        let reply = self.send(courier, Verb::Delete, url, Content::Empty).await;
        let reply = reply.map_err(|error| undelivered(&self.host, error))?;
        if !matches!(reply.status, 200..=299 | 404) {
            return Err(self.judge(&reply));
        }
        let url = self.bucket.get_object(Some(&self.credentials), object).sign(OWN_REQUEST);
        let reply = self.send(courier, Verb::Get, url, Content::Empty).await;
        let reply = reply.map_err(|error| undelivered(&self.host, error))?;
        if matches!(reply.status, 400..=499) && !status_is_temporary(reply.status) {
            return Ok(());
        }
        let reason = format!("it was deleted, but asking for it still brings HTTP {}", reply.status);
        Err(HostingError::NotTakenBack { host: self.host.clone(), reason, remedy: TRIED_AGAIN })
    }

    async fn send(
        &self,
        courier: &Courier,
        verb: Verb,
        url: Url,
        content: Content,
    ) -> Result<Reply, crate::net::CourierError> {
        let headers = Vec::new();
        courier.send(Parcel { verb, url, headers, content }).await
    }

    /// What an error document says, in words that lead on.
    fn judge(&self, reply: &Reply) -> HostingError {
        let text = reply.text();
        let code = element(&text, "Code").unwrap_or_default();
        let message = element(&text, "Message").unwrap_or_default();
        let host = self.host.clone();
        let off = clock_difference(reply);
        let speaks_of_time = code == "RequestTimeTooSkewed"
            || (code == "AccessDenied" && (message.contains("expired") || message.contains("not yet valid")));
        if speaks_of_time || (reply.status == 403 && off.is_some()) {
            return HostingError::Clock { host, off: off.unwrap_or_else(|| "wrong".to_owned()) };
        }
        let remedy = match (code, reply.status) {
            ("InvalidAccessKeyId", _) => "check the access key id",
            ("SignatureDoesNotMatch", _) => "enter the secret access key again",
            ("AccessDenied", _) => "allow this key to put, get and delete objects in the bucket",
            ("NoSuchBucket", _) => "check the bucket's name",
            ("PermanentRedirect" | "AuthorizationHeaderMalformed", _) | (_, 301 | 307) => {
                "check endpoint and region of the bucket"
            }
            _ => return refused(&self.host, reply, code),
        };
        if status_is_temporary(reply.status) {
            return refused(&self.host, reply, code);
        }
        let said = if code.is_empty() { format!("HTTP {}", reply.status) } else { code.to_owned() };
        HostingError::Refused { host, said, remedy }
    }
}

/// The text of the first element `name` of a small XML document.
fn element<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(&format!("<{name}>"))?;
    rest.split_once(&format!("</{name}>")).map(|(content, _)| content.trim())
}

/// How far the clock here is from the one in the answer, when that is too much: "2 h ahead".
fn clock_difference(reply: &Reply) -> Option<String> {
    let theirs = jiff::fmt::rfc2822::parse(reply.header("date")?).ok()?.timestamp();
    // The computer's own, since signatures go by it.
    let ahead = Clock::real().now().as_second() - theirs.as_second();
    let way = if ahead > 0 { "ahead" } else { "behind" };
    match ahead.abs() {
        0..=CLOCK_TOLERANCE => None,
        off if off < 2 * 60 * 60 => Some(format!("{} min {way}", off / 60)),
        off => Some(format!("{} h {way}", off / (60 * 60))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn s3() -> S3 {
        let setup = S3Bucket {
            endpoint: "https://s3.example.com".into(),
            region: "eu".into(),
            bucket: "faces".into(),
            prefix: String::new(),
            access_key_id: "AK".into(),
            addressing: S3Addressing::VirtualHost,
        };
        S3::new("mine", &setup, &SecretString::from("SK")).unwrap()
    }

    fn reply(status: u16, code: &str, date: &str) -> Reply {
        let body = format!("<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>m</Message></Error>");
        Reply { status, headers: vec![("date".into(), date.into())], body: body.into_bytes(), packed: None }
    }

    #[test]
    fn a_link_is_signed_for_an_hour_and_says_nothing_of_the_secret() {
        let link = s3().link("a.jpg").to_string();
        assert!(
            link.starts_with("https://faces.s3.example.com/a.jpg?") && link.contains("X-Amz-Expires=3600"),
            "{link}"
        );
        assert!(link.contains("X-Amz-Signature=") && !link.contains("SK"), "{link}");
    }

    #[test]
    fn each_refusal_says_what_to_do() {
        let now = jiff::fmt::rfc2822::to_string(&Clock::real().now().to_zoned(jiff::tz::TimeZone::UTC)).unwrap();
        for (status, code, words) in [
            (403, "SignatureDoesNotMatch", "secret access key"),
            (403, "InvalidAccessKeyId", "access key id"),
            (404, "NoSuchBucket", "bucket's name"),
            (301, "PermanentRedirect", "region"),
            (403, "AccessDenied", "allow this key"),
        ] {
            let error = s3().judge(&reply(status, code, &now));
            assert!(error.to_string().contains(words) && !error.is_temporary(), "{error}");
        }
        assert!(s3().judge(&reply(503, "SlowDown", &now)).is_temporary());
    }

    #[test]
    fn a_wrong_clock_is_said_so() {
        let error = s3().judge(&reply(403, "RequestTimeTooSkewed", ""));
        assert!(error.to_string().contains("clock of this computer is wrong"), "{error}");
        let error = s3().judge(&reply(403, "AccessDenied", "Sun, 06 Nov 1994 08:49:37 GMT"));
        assert!(error.to_string().contains("h ahead"), "{error}");
        assert!(!error.is_temporary());
    }
}
