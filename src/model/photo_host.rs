//! A place on the network that a person lets photos go to, without its secret, and what is said before the first one goes.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How long a photo can be fetched from a host: long enough for the queue and its retries, in seconds.
pub const PHOTO_LIFETIME_SECONDS: u32 = 60 * 60;

/// Extensions by which the hosted model knows a picture; it looks at nothing else of a link.
const PICTURE_EXTENSIONS: [&str; 4] = [".jpg", ".jpeg", ".png", ".webp"];

/// Does the path of `link` end as the hosted model wants it? Query and fragment do not count.
pub fn has_picture_extension(link: &str) -> bool {
    let path = link.trim().split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    PICTURE_EXTENSIONS.iter().any(|extension| path.ends_with(extension))
}

/// A host for photos as a person set it up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoHost {
    /// What the person calls it; hosts differ in it.
    pub name: String,
    /// What it is.
    #[serde(flatten)]
    pub kind: PhotoHostKind,
    /// What the person agreed to, word for word; anything else than today's words is no consent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed_to: Option<String>,
}

/// The kinds of hosts, each with its settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PhotoHostKind {
    /// A private object in a bucket of the person's own, fetched by a signed link.
    S3(S3Bucket),
    /// imgbb, or something that speaks like it, with the person's own key.
    Imgbb {
        /// Another address than imgbb's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        address: Option<String>,
    },
    /// litterbox, or something that speaks like it; needs no key.
    Litterbox {
        /// Another address than litterbox's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        address: Option<String>,
    },
    /// Any host by a custom uploader file of `ShareX`, which is kept as the host's secret.
    Sharex(SharexSite),
    /// The photo inside the request itself; experimental, since the service does not document it.
    DataUri,
}

/// A bucket of an S3-compatible service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct S3Bucket {
    /// Its address, such as `https://s3.eu-central-1.amazonaws.com`.
    pub endpoint: String,
    /// Its region, such as `eu-central-1`; `auto` for some services.
    pub region: String,
    /// The bucket.
    pub bucket: String,
    /// What object names begin with; may be empty.
    #[serde(default)]
    pub prefix: String,
    /// The public half of the key.
    pub access_key_id: String,
    /// Where the bucket's name stands in addresses.
    #[serde(default)]
    pub addressing: S3Addressing,
}

/// Where a bucket's name stands in addresses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum S3Addressing {
    /// `https://endpoint/bucket/object`, which every service takes.
    #[default]
    Path,
    /// `https://bucket.endpoint/object`.
    VirtualHost,
}

/// What may be known of a custom uploader without its secrets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharexSite {
    /// The host that photos are sent to.
    pub site: String,
    /// Does it tell how to delete a photo again?
    pub can_delete: bool,
}

/// Why a host cannot be set up like this.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhotoHostError {
    /// The name is empty, long, or not plain.
    #[error("a host's name has 1 to 40 letters, digits, dots, dashes or underscores; choose another than {0:?}")]
    Name(String),
    /// The name that stands for no host.
    #[error("the name {NO_HOST} stands for no host at all; choose another")]
    Reserved,
    /// Something that the kind needs was not given.
    #[error("a setting is missing: write {0}=…")]
    Missing(&'static str),
    /// Something was given that the kind does not have.
    #[error("this kind of host has no setting {0}; it has {1}")]
    Unknown(String, &'static str),
    /// Something was given that cannot be right.
    #[error("{0}: {1}")]
    Wrong(&'static str, String),
}

/// Stands for no host where the name of one is asked for.
pub const NO_HOST: &str = "none";

/// imgbb's own address.
const IMGBB: &str = "https://api.imgbb.com/1/upload";

/// litterbox's own address.
const LITTERBOX: &str = "https://litterbox.catbox.moe/resources/internals/api.php";

/// How a photo goes that only its host can delete.
const DELETED_BY_HOST: &str = "The host deletes it then; Sticker Booth cannot do it earlier.";

/// Terms of service by the end of the host's name.
const TERMS: [(&str, &str); 6] = [
    ("imgbb.com", "https://imgbb.com/tos"),
    ("catbox.moe", "https://catbox.moe/legal.php"),
    ("amazonaws.com", "https://aws.amazon.com/service-terms/"),
    ("r2.cloudflarestorage.com", "https://www.cloudflare.com/terms/"),
    ("backblazeb2.com", "https://www.backblaze.com/company/policy/terms-of-service"),
    ("digitaloceanspaces.com", "https://www.digitalocean.com/legal/terms-of-service-agreement"),
];

impl PhotoHostKind {
    /// The word in files and on the command line.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::S3(_) => "s3",
            Self::Imgbb { .. } => "imgbb",
            Self::Litterbox { .. } => "litterbox",
            Self::Sharex(_) => "sxcu",
            Self::DataUri => "data-uri",
        }
    }

    /// The address that photos are sent to; `None` where it is a secret or there is none.
    pub fn address(&self) -> Option<&str> {
        match self {
            Self::S3(bucket) => Some(&bucket.endpoint),
            Self::Imgbb { address } => Some(address.as_deref().unwrap_or(IMGBB)),
            Self::Litterbox { address } => Some(address.as_deref().unwrap_or(LITTERBOX)),
            Self::Sharex(_) | Self::DataUri => None,
        }
    }

    /// What its secret is called; `None` when it has none.
    pub const fn secret(&self) -> Option<&'static str> {
        match self {
            Self::S3(_) => Some("secret access key"),
            Self::Imgbb { .. } => Some("imgbb key"),
            Self::Sharex(_) => Some("uploader file"),
            Self::Litterbox { .. } | Self::DataUri => None,
        }
    }

    /// Does the host itself delete photos when their time is over?
    pub const fn expires_by_itself(&self) -> bool {
        matches!(self, Self::Imgbb { .. } | Self::Litterbox { .. })
    }
}

impl PhotoHost {
    /// A host under this name that nobody has agreed to yet.
    pub fn new(name: &str, kind: PhotoHostKind) -> Result<Self, PhotoHostError> {
        let plain = |letter: char| letter.is_alphanumeric() || "._-".contains(letter);
        let fits = (1..=40).contains(&name.chars().count()) && name.chars().all(plain);
        if !fits {
            return Err(PhotoHostError::Name(name.to_owned()));
        }
        if name.eq_ignore_ascii_case(NO_HOST) {
            return Err(PhotoHostError::Reserved);
        }
        Ok(Self { name: name.to_owned(), kind, agreed_to: None })
    }

    /// What a person should know before the first photo goes there.
    pub fn disclosure(&self) -> Disclosure {
        let site = self.site();
        let anyone = "anyone who has the link";
        let (place, seen_by, kept, taken_back) = match &self.kind {
            PhotoHostKind::S3(bucket) => (
                format!("your bucket {} at {site}", bucket.bucket),
                "the hosted service, by a signed link",
                "for one hour",
                "It is deleted there after the last sticker that is made of it.",
            ),
            PhotoHostKind::Imgbb { .. } => (format!("imgbb at {site}"), anyone, "for one hour", DELETED_BY_HOST),
            PhotoHostKind::Litterbox { .. } => {
                (format!("Litterbox at {site}"), anyone, "for one hour", DELETED_BY_HOST)
            }
            PhotoHostKind::Sharex(SharexSite { can_delete: true, .. }) => (
                site.clone(),
                anyone,
                "until it is deleted",
                "It is deleted there after the last sticker that is made of it.",
            ),
            PhotoHostKind::Sharex(SharexSite { can_delete: false, .. }) => {
                (site.clone(), anyone, "for as long as that host likes", "Sticker Booth cannot delete it there.")
            }
            PhotoHostKind::DataUri => (
                "the hosted service itself, inside the request".to_owned(),
                "the hosted service alone",
                "for as long as it keeps requests",
                "There is nothing to take back. The service does not document this way, so it may refuse it.",
            ),
        };
        let terms = TERMS.iter().find(|(end, _)| site == *end || site.ends_with(&format!(".{end}")));
        Disclosure { place, seen_by, kept, taken_back, terms: terms.map(|(_, link)| *link) }
    }

    /// Has the person agreed to what would be said today?
    pub fn has_consent(&self) -> bool {
        self.agreed_to.as_deref() == Some(self.disclosure().to_string().as_str())
    }

    /// The same after the person has agreed.
    #[must_use]
    pub fn agreed(self) -> Self {
        let agreed_to = Some(self.disclosure().to_string());
        Self { agreed_to, ..self }
    }

    /// The name of the machine that photos are sent to.
    pub fn site(&self) -> String {
        match &self.kind {
            PhotoHostKind::Sharex(site) => site.site.clone(),
            kind => kind.address().map(host_of).unwrap_or_default().to_owned(),
        }
    }
}

/// What a person should know before a photo goes to a host; printed, it is what they agree to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclosure {
    /// Where photos go.
    pub place: String,
    /// Who can see them there.
    pub seen_by: &'static str,
    /// For how long.
    pub kept: &'static str,
    /// How they are taken back: a sentence.
    pub taken_back: &'static str,
    /// The host's terms, where they are known.
    pub terms: Option<&'static str>,
}

impl fmt::Display for Disclosure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, seen_by, kept, taken_back, terms } = self;
        write!(f, "Your photo goes to {place}. There it can be seen by {seen_by}, {kept}. {taken_back} ")?;
        f.write_str("Send only photos of people who agreed to it. ")?;
        match terms {
            Some(link) => write!(f, "The host's terms: {link}"),
            None => f.write_str("The terms are those of the host."),
        }
    }
}

/// The host in an address, with a port where it names one.
fn host_of(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bucket() -> PhotoHost {
        let bucket = S3Bucket {
            endpoint: "https://s3.eu-central-1.amazonaws.com".into(),
            region: "eu-central-1".into(),
            bucket: "faces".into(),
            prefix: String::new(),
            access_key_id: "AK".into(),
            addressing: S3Addressing::Path,
        };
        PhotoHost::new("mine", PhotoHostKind::S3(bucket)).unwrap()
    }

    #[test]
    fn what_is_said_names_the_host_who_sees_it_how_long_and_its_terms() {
        let said = bucket().disclosure().to_string();
        for words in ["faces", "s3.eu-central-1.amazonaws.com", "hosted service", "one hour", "deleted", "agreed"] {
            assert!(said.contains(words), "{words}: {said}");
        }
        assert_eq!(bucket().disclosure().terms, Some("https://aws.amazon.com/service-terms/"));
        let imgbb = PhotoHost::new("i", PhotoHostKind::Imgbb { address: None }).unwrap().disclosure().to_string();
        assert!(imgbb.contains("anyone who has the link") && imgbb.contains("https://imgbb.com/tos"), "{imgbb}");
    }

    #[test]
    fn consent_to_one_place_is_none_to_another() {
        let agreed = bucket().agreed();
        assert!(agreed.has_consent() && !bucket().has_consent());
        let PhotoHostKind::S3(other) = agreed.kind.clone() else { panic!("a bucket") };
        let other = PhotoHostKind::S3(S3Bucket { bucket: "others".into(), ..other });
        assert!(!PhotoHost { kind: other, ..agreed }.has_consent());
    }

    #[test]
    fn a_host_survives_being_written_and_read() {
        let site = SharexSite { site: "up.example".into(), can_delete: true };
        for kind in [bucket().kind, PhotoHostKind::Litterbox { address: None }, PhotoHostKind::Sharex(site)] {
            let host = PhotoHost::new("a.b-c_1", kind).unwrap().agreed();
            let text = serde_json::to_string(&host).unwrap();
            assert_eq!(serde_json::from_str::<PhotoHost>(&text).unwrap(), host, "{text}");
        }
    }

    #[test]
    fn names_are_plain_and_short() {
        for name in ["", "a b", "../x", &"x".repeat(41)] {
            assert_eq!(PhotoHost::new(name, PhotoHostKind::DataUri), Err(PhotoHostError::Name(name.to_owned())));
        }
    }

    #[test]
    fn only_the_path_of_a_link_tells_its_type() {
        for link in ["https://a.example/x.JPG?y", "https://a.example/x.webp#z", "https://a.example/x.jpeg"] {
            assert!(has_picture_extension(link), "{link}");
        }
        for link in ["https://a.example/x?name=a.jpg", "https://a.example/x.gif", ""] {
            assert!(!has_picture_extension(link), "{link}");
        }
    }
}
