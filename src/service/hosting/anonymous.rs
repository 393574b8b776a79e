//! imgbb and litterbox: whoever has the link sees the photo, and the host deletes it after an hour.

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value as Json;

use super::HostingError;
use super::error::{NotPut, words};
use crate::model::photo_host::PHOTO_LIFETIME_SECONDS;
use crate::net::{Content, Courier, FilePart, Parcel, Reply, Url, Verb};

/// What a host says to an upload, as far as it matters.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sent {
    /// Where the photo is.
    pub(super) url: String,
    /// Where a person can delete it.
    pub(super) deletion_page: Option<String>,
}

/// imgbb's documented upload, with the person's own key.
pub(super) async fn put_imgbb(
    host: &str,
    courier: &Courier,
    address: &str,
    key: &SecretString,
    name: &str,
    jpeg: Vec<u8>,
) -> Result<Sent, NotPut> {
    let mut url = parse(host, address)?;
    let expiration = PHOTO_LIFETIME_SECONDS.to_string();
    url.query_pairs_mut().append_pair("key", key.expose_secret()).append_pair("expiration", &expiration);
    let reply = send(host, courier, url, Vec::new(), "image", name, jpeg).await?;
    let answer: Json = serde_json::from_slice(&reply.body).unwrap_or_default();
    let link = answer["data"]["url"].as_str().filter(|_| matches!(reply.status, 200..=299));
    if let Some(link) = link {
        // It is opened in a browser, so it must be a page of the web.
        let page = answer["data"]["delete_url"].as_str().filter(|page| page.starts_with("https://"));
        let deletion_page = page.map(str::to_owned);
        return Ok(Sent { url: link.to_owned(), deletion_page });
    }
    let text = answer["error"]["message"].as_str().map_or_else(|| reply.text(), str::to_owned);
    Err(not_understood(host, &reply, &words(&text, &[key.expose_secret()])))
}

/// litterbox's upload, which needs no key.
pub(super) async fn put_litterbox(
    host: &str,
    courier: &Courier,
    address: &str,
    name: &str,
    jpeg: Vec<u8>,
) -> Result<Sent, NotPut> {
    let url = parse(host, address)?;
    let hours = format!("{}h", PHOTO_LIFETIME_SECONDS / 3600);
    let fields = vec![("reqtype".to_owned(), "fileupload".to_owned()), ("time".to_owned(), hours)];
    let reply = send(host, courier, url, fields, "fileToUpload", name, jpeg).await?;
    let text = reply.text();
    let link = text.trim();
    // Whatever else it says, with whatever status, is an error in words.
    let is_link = link.starts_with("https://") || (link.starts_with("http://") && courier.check(link).is_ok());
    if matches!(reply.status, 200..=299) && is_link && !link.contains(char::is_whitespace) {
        return Ok(Sent { url: link.to_owned(), deletion_page: None });
    }
    Err(not_understood(host, &reply, &words(link, &[])))
}

fn parse(host: &str, address: &str) -> Result<Url, NotPut> {
    let wrong = "its address is not a complete web address; it should start with https://";
    Url::parse(address).map_err(|_not_a_url| NotPut::nothing_there(HostingError::setup(host, wrong)))
}

async fn send(
    host: &str,
    courier: &Courier,
    url: Url,
    fields: Vec<(String, String)>,
    field: &str,
    name: &str,
    jpeg: Vec<u8>,
) -> Result<Reply, NotPut> {
    let file = FilePart { field: field.to_owned(), name: name.to_owned(), media_type: "image/jpeg", bytes: jpeg };
    let content = Content::Multipart { fields, file: Some(file) };
    let parcel = Parcel { verb: Verb::Post, url, headers: Vec::new(), content };
    courier.send(parcel).await.map_err(|error| NotPut::of(host, error))
}

/// An answer without a link: a refusal when it has an error status, else something that is not understood.
pub(super) fn not_understood(host: &str, reply: &Reply, words: &str) -> NotPut {
    if !matches!(reply.status, 200..=299) {
        return NotPut::answered(host, reply, words);
    }
    let said = if words.is_empty() { "its answer has no link to the photo".to_owned() } else { words.to_owned() };
    let remedy = "check its settings, or choose another host";
    let error = HostingError::Refused { host: host.to_owned(), said, remedy };
    NotPut { error, may_be_there: true }
}
