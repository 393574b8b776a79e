//! Custom uploaders: any host by a `.sxcu` file of `ShareX`.
//!
//! The file itself is the host's secret, since its address, headers, parameters and arguments may each hold a key.

mod file;
mod syntax;

use secrecy::{ExposeSecret as _, SecretString};

use super::HostingError;
use super::anonymous::not_understood;
use super::error::{NotPut, words};
use crate::model::SharexSite;
use crate::net::{Content, Courier, FilePart, Parcel, Reply, Url};
use file::{Body, Uploader};
use syntax::{Answer, Known, SyntaxError, Template};

pub use file::SharexError;

/// What the photo is announced as.
const MEDIA_TYPE: &str = "image/jpeg";

/// A custom uploader, read and checked.
pub(super) struct Sharex {
    host: String,
    uploader: Uploader,
}

/// Where a photo went.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sent {
    /// Its address.
    pub(super) url: String,
    /// The address that deletes it.
    pub(super) deletion_url: Option<String>,
}

/// What came back, for the templates.
struct Came<'a> {
    reply: &'a Reply,
    url: Url,
}

/// Reads a `.sxcu` file; what may be known of it without its secrets, and a name to propose.
///
/// Refused with a sentence when it could not take photos, or does what is not supported.
pub fn read_sharex(file: &[u8]) -> Result<(SharexSite, Option<String>), SharexError> {
    let uploader = Uploader::read(file)?;
    let site = uploader.site()?;
    Ok((SharexSite { site, can_delete: !uploader.deletion_url.is_empty() }, uploader.name))
}

impl Sharex {
    /// The uploader of the host named `host`.
    pub(super) fn new(host: &str, secret: &SecretString) -> Result<Self, HostingError> {
        let uploader =
            Uploader::read(secret.expose_secret().as_bytes()).map_err(|error| HostingError::setup(host, &error))?;
        Ok(Self { host: host.to_owned(), uploader })
    }

    /// Sends the photo under a random name.
    pub(super) async fn put(&self, courier: &Courier, name: &str, jpeg: Vec<u8>) -> Result<Sent, NotPut> {
        let parcel = self.parcel(name, &jpeg).map_err(NotPut::nothing_there)?;
        let asked = parcel.url.clone();
        let reply = courier.send(parcel).await.map_err(|error| NotPut::of(&self.host, error))?;
        let moved = matches!(reply.status, 301..=303 | 307 | 308);
        let target = reply.header("location").filter(|_| moved).and_then(|target| asked.join(target).ok());
        let took = matches!(reply.status, 200..=299) || target.is_some();
        let came = Came { reply: &reply, url: target.unwrap_or(asked) };
        let known = Known { file_name: name, photo: &jpeg, answer: Some(&came) };
        let fill = |template: &Template| template.fill(&known).unwrap_or_default();
        let url = if self.uploader.url.is_empty() { reply.text() } else { fill(&self.uploader.url) };
        let url = url.trim().to_owned();
        if took && Url::parse(&url).is_ok() {
            let deletion_url = Some(fill(&self.uploader.deletion_url)).filter(|url| Url::parse(url).is_ok());
            return Ok(Sent { url, deletion_url });
        }
        let said =
            if self.uploader.error_message.is_empty() { String::new() } else { fill(&self.uploader.error_message) };
        let said = if said.trim().is_empty() { reply.text() } else { said };
        let secrets = self.uploader.secrets();
        let secrets: Vec<&str> = secrets.iter().map(String::as_str).collect();
        Err(not_understood(&self.host, &reply, &words(&said, &secrets)))
    }

    fn parcel(&self, name: &str, jpeg: &[u8]) -> Result<Parcel, HostingError> {
        let setup = |error: &dyn std::fmt::Display| HostingError::setup(&self.host, error);
        let known = Known { file_name: name, photo: jpeg, answer: None };
        let fill = |template: &Template| template.fill(&known).map_err(|error: SyntaxError| setup(&error));
        let pairs = |list: &[(Template, Template)]| -> Result<Vec<(String, String)>, HostingError> {
            list.iter().map(|(name, value)| Ok((fill(name)?, fill(value)?))).collect()
        };
        let wrong = "its address is not a complete web address";
        let mut url = Url::parse(&fill(&self.uploader.address)?).map_err(|_not_a_url| setup(&wrong))?;
        let parameters = pairs(&self.uploader.parameters)?;
        if !parameters.is_empty() {
            url.query_pairs_mut().extend_pairs(parameters);
        }
        let bytes = |media_type: &str, bytes: Vec<u8>| Content::Bytes { media_type: media_type.to_owned(), bytes };
        let arguments = pairs(&self.uploader.arguments)?;
        let content = match self.uploader.body {
            Body::Multipart => Content::Multipart {
                fields: arguments,
                file: Some(FilePart {
                    field: fill(&self.uploader.file_field)?,
                    name: name.to_owned(),
                    media_type: MEDIA_TYPE,
                    bytes: jpeg.to_vec(),
                }),
            },
            Body::Binary => bytes(MEDIA_TYPE, jpeg.to_vec()),
            Body::Form => Content::Form(arguments),
            Body::Json => bytes("application/json", fill(&self.uploader.data)?.into_bytes()),
            Body::Xml => bytes("application/xml", fill(&self.uploader.data)?.into_bytes()),
        };
        // The content brings its own type; a second one would make the request invalid.
        let mut headers = pairs(&self.uploader.headers)?;
        headers.retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
        Ok(Parcel { verb: self.uploader.verb, url, headers, content })
    }
}

impl Answer for Came<'_> {
    fn text(&self) -> String {
        self.reply.text()
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.reply.header(name)
    }

    fn url(&self) -> String {
        self.url.to_string()
    }
}
