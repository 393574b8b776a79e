//! The `.sxcu` file: JSON, from which only what an upload of a photo needs is taken.

use serde::Deserialize;
use serde_json::{Map, Value as Json};

use super::syntax::{SyntaxError, Template, of_older_form};
use crate::net::{Reach, Url, Verb, check_link, is_loopback};

/// Largest file that is read, in bytes.
const LARGEST: usize = 64 * 1024;

/// The last version with the older form of templates.
const LAST_OLDER: [u32; 3] = [13, 7, 1];

/// Why an uploader file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SharexError {
    /// It is too large.
    #[error("this file is too large for a custom uploader; choose the .sxcu file itself")]
    TooLarge,
    /// It is no JSON of the known form.
    #[error("this is not a custom uploader of ShareX ({0}); choose a .sxcu file")]
    NotOne(String),
    /// It lacks something.
    #[error("the uploader does not say its {0}; get a complete .sxcu file from the host")]
    Lacks(&'static str),
    /// It takes text or links.
    #[error("this uploader is not for pictures; choose one whose DestinationType has ImageUploader or FileUploader")]
    NotForPictures,
    /// It carries no file.
    #[error("this uploader sends no file with the body {0}; choose one with MultipartFormData or Binary")]
    NoFile(String),
    /// It uses the list of patterns of very old versions.
    #[error("the uploader uses RegexList, which is not supported; write the pattern into the URL as {{regex:…}}")]
    RegexList,
    /// Something is set to an unknown value.
    #[error("the uploader's {0} is {1}, which is not supported; get another .sxcu file from the host")]
    Unsupported(&'static str, String),
    /// Photos would travel unprotected, or the address is none.
    #[error("photos are sent only over https, and the uploader's address is another: {0}")]
    Address(String),
    /// A template cannot be used.
    #[error("the uploader's {field} cannot be used, get another .sxcu file from the host: {reason}")]
    Template {
        /// Which.
        field: &'static str,
        /// Why.
        reason: String,
    },
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[derive(Default)]
struct Written {
    version: Option<String>,
    name: Option<String>,
    destination_type: Option<String>,
    request_method: Option<String>,
    request_type: Option<String>,
    #[serde(rename = "RequestURL")]
    request_url: Option<String>,
    parameters: Option<Map<String, Json>>,
    headers: Option<Map<String, Json>>,
    body: Option<String>,
    arguments: Option<Map<String, Json>>,
    file_form_name: Option<String>,
    data: Option<String>,
    #[serde(rename = "URL")]
    url: Option<String>,
    #[serde(rename = "DeletionURL")]
    deletion_url: Option<String>,
    error_message: Option<String>,
    regex_list: Option<Vec<Json>>,
}

/// How the photo travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Body {
    Multipart,
    Binary,
    Form,
    Json,
    Xml,
}

/// A custom uploader that can take photos.
#[derive(Debug)]
pub(super) struct Uploader {
    pub(super) name: Option<String>,
    pub(super) verb: Verb,
    pub(super) address: Template,
    pub(super) parameters: Vec<(Template, Template)>,
    pub(super) headers: Vec<(Template, Template)>,
    pub(super) body: Body,
    pub(super) arguments: Vec<(Template, Template)>,
    pub(super) file_field: Template,
    pub(super) data: Template,
    pub(super) url: Template,
    pub(super) deletion_url: Template,
    pub(super) error_message: Template,
    values: Vec<String>,
}

impl Uploader {
    /// Reads and checks a file.
    pub(super) fn read(file: &[u8]) -> Result<Self, SharexError> {
        if file.len() > LARGEST {
            return Err(SharexError::TooLarge);
        }
        let file = file.strip_prefix("\u{feff}".as_bytes()).unwrap_or(file);
        let written: Written = serde_json::from_slice(file).map_err(|error| SharexError::NotOne(error.to_string()))?;
        if written.regex_list.as_ref().is_some_and(|list| !list.is_empty()) {
            return Err(SharexError::RegexList);
        }
        let for_pictures = |kinds: &String| kinds.contains("ImageUploader") || kinds.contains("FileUploader");
        if !written.destination_type.as_ref().is_none_or(for_pictures) {
            return Err(SharexError::NotForPictures);
        }
        let is_older = is_older(written.version.as_deref());
        let reader = Reader { is_older };
        let values = [&written.parameters, &written.headers, &written.arguments]
            .into_iter()
            .flatten()
            .flat_map(|map| map.values())
            .filter_map(|value| value.as_str().map(str::to_owned))
            .collect();
        let address = written.request_url.as_deref().filter(|url| !url.trim().is_empty());
        let uploader = Self {
            verb: verb(written.request_method.or(written.request_type).as_deref())?,
            address: reader.before("RequestURL", Some(address.ok_or(SharexError::Lacks("RequestURL"))?))?,
            parameters: reader.pairs("Parameters", written.parameters)?,
            headers: reader.pairs("Headers", written.headers)?,
            body: body(written.body.as_deref(), written.file_form_name.as_deref())?,
            arguments: reader.pairs("Arguments", written.arguments)?,
            file_field: reader.before("FileFormName", written.file_form_name.as_deref())?,
            data: reader.before("Data", written.data.as_deref())?,
            url: reader.after("URL", written.url.as_deref())?,
            deletion_url: reader.after("DeletionURL", written.deletion_url.as_deref())?,
            error_message: reader.after("ErrorMessage", written.error_message.as_deref())?,
            name: written.name.filter(|name| !name.trim().is_empty()),
            values,
        };
        uploader.check()?;
        Ok(uploader)
    }

    /// The machine that photos are sent to.
    pub(super) fn site(&self) -> Result<String, SharexError> {
        let url = self.sample_address()?;
        let host = url.host_str().unwrap_or_default();
        Ok(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
    }

    /// Everything in it that may be a secret, to be kept out of sentences.
    pub(super) fn secrets(&self) -> Vec<String> {
        self.values.clone()
    }

    fn check(&self) -> Result<(), SharexError> {
        let has_photo = match self.body {
            Body::Multipart if self.file_field.is_empty() => return Err(SharexError::Lacks("FileFormName")),
            Body::Multipart | Body::Binary => true,
            Body::Form => self.arguments.iter().any(|(_, value)| value.has_photo()),
            Body::Json | Body::Xml => self.data.has_photo(),
        };
        if !has_photo {
            return Err(SharexError::NoFile(format!("{:?}", self.body)));
        }
        let url = self.sample_address()?;
        if url.scheme() != "https" && !is_loopback(&url) {
            return Err(SharexError::Address(url.scheme().to_owned()));
        }
        Ok(())
    }

    /// The address as it is for some photo.
    fn sample_address(&self) -> Result<Url, SharexError> {
        let known = super::Known { file_name: "photo.jpg", photo: &[], answer: None };
        let filled = self.address.fill(&known).map_err(|error| wrong("RequestURL", &error))?;
        check_link(&filled, Reach::Anywhere).map_err(|error| SharexError::Address(error.to_string()))
    }
}

struct Reader {
    is_older: bool,
}

impl Reader {
    fn read(&self, field: &'static str, text: Option<&str>, before_answer: bool) -> Result<Template, SharexError> {
        let text = text.unwrap_or_default();
        let text = if self.is_older { of_older_form(text) } else { text.to_owned() };
        Template::parse(&text, before_answer).map_err(|error| wrong(field, &error))
    }

    /// A template of the request.
    fn before(&self, field: &'static str, text: Option<&str>) -> Result<Template, SharexError> {
        self.read(field, text, true)
    }

    /// A template of the answer.
    fn after(&self, field: &'static str, text: Option<&str>) -> Result<Template, SharexError> {
        self.read(field, text, false)
    }

    fn pairs(
        &self,
        field: &'static str,
        map: Option<Map<String, Json>>,
    ) -> Result<Vec<(Template, Template)>, SharexError> {
        let text = |value: Json| match value {
            Json::Null => String::new(),
            Json::String(text) => text,
            other => other.to_string(),
        };
        map.unwrap_or_default()
            .into_iter()
            .map(|(name, value)| Ok((self.before(field, Some(&name))?, self.before(field, Some(&text(value)))?)))
            .collect()
    }
}

fn wrong(field: &'static str, error: &SyntaxError) -> SharexError {
    SharexError::Template { field, reason: error.to_string() }
}

/// A file without a version is as old as they get.
fn is_older(version: Option<&str>) -> bool {
    let Some(version) = version else { return true };
    let mut parts = [0_u32; 3];
    for (part, text) in parts.iter_mut().zip(version.split('.')) {
        *part = text.trim().parse().unwrap_or_default();
    }
    parts <= LAST_OLDER
}

fn verb(method: Option<&str>) -> Result<Verb, SharexError> {
    match method.unwrap_or("POST").to_ascii_uppercase().as_str() {
        "POST" => Ok(Verb::Post),
        "PUT" => Ok(Verb::Put),
        "PATCH" => Ok(Verb::Patch),
        other => Err(SharexError::Unsupported("RequestMethod", other.to_owned())),
    }
}

/// Before there were bodies to choose from, a file's field meant a form with a file.
fn body(word: Option<&str>, file_field: Option<&str>) -> Result<Body, SharexError> {
    match word {
        Some("MultipartFormData") => Ok(Body::Multipart),
        Some("Binary") => Ok(Body::Binary),
        Some("FormURLEncoded") => Ok(Body::Form),
        Some("JSON") => Ok(Body::Json),
        Some("XML") => Ok(Body::Xml),
        None if file_field.is_some_and(|field| !field.is_empty()) => Ok(Body::Multipart),
        Some("None") | None => Err(SharexError::NoFile("None".to_owned())),
        Some(other) => Err(SharexError::Unsupported("Body", other.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(change: impl FnOnce(&mut Json)) -> Result<Uploader, SharexError> {
        let mut file = json!({
            "Version": "15.0.0",
            "Name": "Mine",
            "DestinationType": "ImageUploader, FileUploader",
            "RequestMethod": "POST",
            "RequestURL": "https://up.example/api",
            "Headers": { "Authorization": "secret-word" },
            "Body": "MultipartFormData",
            "FileFormName": "file",
            "URL": "{json:url}",
        });
        change(&mut file);
        Uploader::read(file.to_string().as_bytes())
    }

    #[test]
    fn a_complete_file_is_taken_also_with_a_byte_order_mark() {
        let uploader = read(|_| {}).unwrap();
        assert_eq!(
            (uploader.name.as_deref(), uploader.body, uploader.verb),
            (Some("Mine"), Body::Multipart, Verb::Post)
        );
        assert_eq!(uploader.site().unwrap(), "up.example");
        assert_eq!(uploader.secrets(), ["secret-word"]);
        let file = "\u{feff}{\"RequestURL\":\"https://h/\",\"FileFormName\":\"f\"}";
        assert_eq!(Uploader::read(file.as_bytes()).unwrap().body, Body::Multipart);
    }

    #[test]
    fn what_could_not_take_a_photo_is_refused_with_a_sentence() {
        let error = |change: fn(&mut Json)| read(change).unwrap_err().to_string();
        for (sentence, words) in [
            (error(|file| file["RegexList"] = json!(["a"])), "RegexList"),
            (error(|file| file["DestinationType"] = json!("URLShortener")), "not for pictures"),
            (error(|file| file["Body"] = json!("None")), "sends no file"),
            (error(|file| file["Body"] = json!("JSON")), "sends no file"),
            (error(|file| file["FileFormName"] = json!(null)), "FileFormName"),
            (error(|file| file["RequestURL"] = json!("")), "RequestURL"),
            (error(|file| file["RequestURL"] = json!("http://up.example/")), "only over https"),
            (error(|file| file["RequestURL"] = json!("ftp://up.example/")), "only over https"),
            (error(|file| file["RequestMethod"] = json!("GET")), "RequestMethod is GET"),
            (error(|file| file["URL"] = json!("{prompt:where}")), "asks a person"),
            (error(|file| file["RequestURL"] = json!("https://h/{json:a}")), "before there is an answer"),
            (Uploader::read(b"hello").unwrap_err().to_string(), "not a custom uploader"),
            (Uploader::read(&vec![b' '; LARGEST + 1]).unwrap_err().to_string(), "too large"),
        ] {
            assert!(sentence.contains(words) && !sentence.contains("secret-word"), "{sentence}");
        }
    }

    #[test]
    fn a_photo_may_travel_as_base64_in_a_form_or_in_json() {
        let form = |file: &mut Json| {
            file["Body"] = json!("FormURLEncoded");
            file["Arguments"] = json!({ "image": "{base64:{input}}", "n": 3 });
        };
        assert_eq!(read(form).unwrap().body, Body::Form);
        let data = |file: &mut Json| {
            file["Body"] = json!("JSON");
            file["Data"] = json!(r#"\{"image":"{base64:{input}}"\}"#);
        };
        assert_eq!(read(data).unwrap().body, Body::Json);
    }

    #[test]
    fn versions_up_to_13_7_1_have_the_older_form() {
        for (version, older) in [
            (None, true),
            (Some("12.4"), true),
            (Some("13.7.1"), true),
            (Some("13.7.2"), false),
            (Some("15.0.0"), false),
        ] {
            assert_eq!(is_older(version), older, "{version:?}");
        }
    }
}
