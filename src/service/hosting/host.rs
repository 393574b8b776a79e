//! The closed list of hosts, each ready to be used: what it is, its settings, its secret.

use secrecy::SecretString;

use super::HostingError;
use super::anonymous::{put_imgbb, put_litterbox};
use super::error::NotPut;
use super::s3::S3;
use super::sharex::Sharex;
use crate::model::PhotoHostKind;
use crate::net::Courier;
use crate::platform::random_hex_128;

/// A host with everything it takes to send a photo there.
pub(super) enum Host {
    S3 { s3: Box<S3>, prefix: String },
    Imgbb { name: String, address: String, key: SecretString },
    Litterbox { name: String, address: String },
    Sharex(Box<Sharex>),
    DataUri,
}

/// Where a photo went.
pub(super) struct Sent {
    /// Its address, without a signature.
    pub(super) url: String,
    /// Where it is deleted.
    pub(super) deletion_url: Option<String>,
}

impl Host {
    /// The host named `name`; a kind that has a secret needs it.
    pub(super) fn new(name: &str, kind: &PhotoHostKind, secret: Option<SecretString>) -> Result<Self, HostingError> {
        let missing = || HostingError::NoSecret { host: name.to_owned(), what: kind.secret().unwrap_or("secret") };
        let secret = || secret.ok_or_else(missing);
        let address = kind.address().unwrap_or_default().to_owned();
        let name = name.to_owned();
        Ok(match kind {
            PhotoHostKind::S3(bucket) => {
                let s3 = Box::new(S3::new(&name, bucket, &secret()?)?);
                Self::S3 { s3, prefix: bucket.prefix.clone() }
            }
            PhotoHostKind::Imgbb { .. } => Self::Imgbb { name, address, key: secret()? },
            PhotoHostKind::Litterbox { .. } => Self::Litterbox { name, address },
            PhotoHostKind::Sharex(_) => Self::Sharex(Box::new(Sharex::new(&name, &secret()?)?)),
            PhotoHostKind::DataUri => Self::DataUri,
        })
    }

    /// A new name for a photo there: 128 random bits and `.jpg`, so that nobody guesses it.
    pub(super) fn new_object(&self) -> String {
        let name = format!("{}.jpg", random_hex_128());
        match self {
            Self::S3 { prefix, .. } => format!("{}{name}", prefix.trim_start_matches('/')),
            _ => name,
        }
    }

    /// Sends a photo under such a name.
    pub(super) async fn put(&self, courier: &Courier, object: &str, jpeg: Vec<u8>) -> Result<Sent, NotPut> {
        match self {
            Self::S3 { s3, .. } => {
                s3.put(courier, object, jpeg).await?;
                Ok(Sent { url: s3.plain_url(object).into(), deletion_url: None })
            }
            Self::Imgbb { name, address, key } => {
                let sent = put_imgbb(name, courier, address, key, object, jpeg).await?;
                Ok(Sent { url: sent.url, deletion_url: sent.deletion_page })
            }
            Self::Litterbox { name, address } => {
                let sent = put_litterbox(name, courier, address, object, jpeg).await?;
                Ok(Sent { url: sent.url, deletion_url: None })
            }
            Self::Sharex(sharex) => {
                let sent = sharex.put(courier, object, jpeg).await?;
                Ok(Sent { url: sent.url, deletion_url: sent.deletion_url })
            }
            // Its photo is inside the request; there is nowhere to put it.
            Self::DataUri => Ok(Sent { url: String::new(), deletion_url: None }),
        }
    }

    /// The link that the service is given: for a bucket signed anew, else the address itself.
    pub(super) fn link(&self, object: &str, url: &str) -> SecretString {
        match self {
            Self::S3 { s3, .. } => SecretString::from(String::from(s3.link(object))),
            _ => SecretString::from(url),
        }
    }
}
