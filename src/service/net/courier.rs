//! Carries photos to hosts that a person set up, and the hosts' own words back.

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Url};

use super::address::{AddressError, Reach, check_link};
use super::base::is_loopback;
use super::client::Clients;
use super::error::refused_address;
use super::reply::whole;
use super::{BuildError, Network, Reply, SendError};

/// Longest time for one photo, from the first byte to the last of the answer.
const TOTAL: Duration = Duration::from_mins(2);

/// Most bytes of a host's answer; a link and some words.
const ANSWER_CAP: usize = 1024 * 1024;

/// What is done with a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// GET.
    Get,
    /// POST.
    Post,
    /// PUT.
    Put,
    /// PATCH.
    Patch,
    /// DELETE.
    Delete,
}

/// What travels. Not printable, since addresses and headers hold secrets.
pub struct Parcel {
    /// What is done.
    pub verb: Verb,
    /// Where it goes.
    pub url: Url,
    /// Headers beyond those of the content.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub content: Content,
}

/// The body of a parcel.
pub enum Content {
    /// None.
    Empty,
    /// Bytes of one type.
    Bytes {
        /// Their media type.
        media_type: String,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// `application/x-www-form-urlencoded`.
    Form(Vec<(String, String)>),
    /// `multipart/form-data`.
    Multipart {
        /// Plain fields, first.
        fields: Vec<(String, String)>,
        /// The file, last.
        file: Option<FilePart>,
    },
}

/// A file in a `multipart/form-data` body.
pub struct FilePart {
    /// The field it stands in.
    pub field: String,
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A parcel brought no whole answer.
#[derive(Debug, thiserror::Error)]
pub enum CourierError {
    /// The address, or what its name resolves to, is not one that photos may go to; nothing was sent.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// A header of the host's settings cannot be sent.
    #[error("a header named {0} cannot be sent; correct it in the host's settings")]
    Header(String),
    /// The connection failed.
    #[error(transparent)]
    Send(#[from] SendError),
}

/// Carries parcels over https, or http to this computer. Never follows a redirect: a photo goes where the person said.
#[derive(Clone, Debug)]
pub struct Courier {
    clients: Clients,
}

impl Courier {
    /// A courier that goes as far as `reach`.
    pub fn new(reach: Reach) -> Result<Self, BuildError> {
        let network = Network::default();
        let clients = Clients::new(&network, reach, |both| both.timeout(TOTAL), |public| public.https_only(true))?;
        Ok(Self { clients })
    }

    /// Checks an address that photos are to go to, as far as that can be told without a look-up.
    pub fn check(&self, address: &str) -> Result<Url, AddressError> {
        let url = check_link(address, self.clients.reach())?;
        if url.scheme() == "http" && !is_loopback(&url) {
            return Err(AddressError::NeedsTls);
        }
        Ok(url)
    }

    /// Sends one parcel, once, and brings the answer of at most 1 MiB.
    pub async fn send(&self, parcel: Parcel) -> Result<Reply, CourierError> {
        let Parcel { verb, url, headers, content } = parcel;
        self.check(url.as_str())?;
        let mut request = self.clients.of(&url).request(verb.into(), url).headers(header_map(headers)?);
        if let Some((media_type, bytes)) = content.into_body() {
            request = request.header(CONTENT_TYPE, media_type).body(bytes);
        }
        let response = request.send().await.map_err(|error| match refused_address(&error) {
            Some(address) => CourierError::Address(address),
            None => CourierError::Send(SendError::of(error)),
        })?;
        Ok(whole(response, ANSWER_CAP).await?)
    }
}

impl From<Verb> for Method {
    fn from(verb: Verb) -> Self {
        match verb {
            Verb::Get => Self::GET,
            Verb::Post => Self::POST,
            Verb::Put => Self::PUT,
            Verb::Patch => Self::PATCH,
            Verb::Delete => Self::DELETE,
        }
    }
}

fn header_map(headers: Vec<(String, String)>) -> Result<HeaderMap, CourierError> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let parsed = HeaderName::from_bytes(name.as_bytes()).ok().zip(HeaderValue::from_str(&value).ok());
        let (header, mut value) = parsed.ok_or(CourierError::Header(name))?;
        value.set_sensitive(true);
        map.append(header, value);
    }
    Ok(map)
}

impl Content {
    /// Media type and bytes of the body, if there is one.
    fn into_body(self) -> Option<(String, Vec<u8>)> {
        match self {
            Self::Empty => None,
            Self::Bytes { media_type, bytes } => Some((media_type, bytes)),
            Self::Form(fields) => Some(("application/x-www-form-urlencoded".to_owned(), encoded(&fields).into_bytes())),
            Self::Multipart { fields, file } => {
                let boundary = boundary(file.as_ref());
                Some((format!("multipart/form-data; boundary={boundary}"), multipart(&boundary, &fields, file)))
            }
        }
    }
}

/// `a=b&c=d` as the URL standard encodes it.
fn encoded(fields: &[(String, String)]) -> String {
    let Ok(mut url) = Url::parse("https://form.invalid/") else { return String::new() };
    url.query_pairs_mut().extend_pairs(fields);
    url.query().unwrap_or_default().to_owned()
}

/// A line that is not in the file: it is counted up until it is not.
fn boundary(file: Option<&FilePart>) -> String {
    let bytes = file.map(|file| file.bytes.as_slice()).unwrap_or_default();
    let is_in = |line: &str| bytes.windows(line.len()).any(|window| window == line.as_bytes());
    // A file cannot hold all of them: it is smaller.
    (0..=u32::MAX).map(|number| format!("sticker-booth-{number:08x}")).find(|line| !is_in(line)).unwrap_or_default()
}

/// RFC 7578; quotes and line breaks in names are percent-encoded as browsers do.
fn multipart(boundary: &str, fields: &[(String, String)], file: Option<FilePart>) -> Vec<u8> {
    let name = |text: &str| text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
    let mut body = Vec::with_capacity(file.as_ref().map_or(0, |file| file.bytes.len()) + 1024);
    for (field, value) in fields {
        let field = name(field);
        let part = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    if let Some(FilePart { field, name: file_name, media_type, bytes }) = file {
        let (field, file_name) = (name(&field), name(&file_name));
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{file_name}\"\r\n\
             Content-Type: {media_type}\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(&bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn photos_go_over_https_or_to_this_computer_where_that_is_allowed() {
        let public = Courier::new(Reach::Public).unwrap();
        let anywhere = Courier::new(Reach::Anywhere).unwrap();
        assert!(public.check("https://s3.example.com/").is_ok());
        assert_eq!(public.check("http://s3.example.com/"), Err(AddressError::NeedsTls));
        assert_eq!(anywhere.check("http://192.168.1.4:9000/"), Err(AddressError::NeedsTls));
        assert!(
            anywhere.check("https://192.168.1.4:9000/").is_ok() && anywhere.check("http://127.0.0.1:9000/").is_ok()
        );
        for private in ["http://127.0.0.1:9000/", "https://10.0.0.1/", "https://localhost/"] {
            assert!(matches!(public.check(private), Err(AddressError::Forbidden(_))), "{private}");
        }
        assert!(anywhere.check("https://169.254.169.254/").is_err());
    }

    #[test]
    fn the_value_of_a_header_shows_in_nothing_that_is_printed() {
        let map = header_map(vec![("Authorization".into(), "tok-secret-1".into())]).unwrap();
        assert_eq!(map["authorization"], "tok-secret-1");
        assert!(!format!("{map:?} {map:#?}").contains("tok-secret-1"));
    }

    #[test]
    fn a_form_is_encoded_as_browsers_do() {
        let fields = [("a b".to_owned(), "1&2".to_owned()), ("c".to_owned(), "ü".to_owned())];
        assert_eq!(encoded(&fields), "a+b=1%262&c=%C3%BC");
    }

    #[test]
    fn the_boundary_is_never_in_the_file() {
        let bytes = b"--sticker-booth-00000000--".to_vec();
        let file = FilePart { field: "f".into(), name: "a\"b.jpg".into(), media_type: "image/jpeg", bytes };
        let (media_type, body) =
            Content::Multipart { fields: vec![("k".into(), "v".into())], file: Some(file) }.into_body().unwrap();
        assert_eq!(media_type, "multipart/form-data; boundary=sticker-booth-00000001");
        let text = String::from_utf8(body).unwrap();
        assert!(
            text.starts_with("--sticker-booth-00000001\r\nContent-Disposition: form-data; name=\"k\"\r\n\r\nv\r\n")
        );
        assert!(text.contains("filename=\"a%22b.jpg\"") && text.ends_with("\r\n--sticker-booth-00000001--\r\n"));
    }
}
