//! The look at a link before it is paid for: does it lead to the photo, as the service will need it?

use super::HostingError;
use super::error::{address, shows_gone};
use crate::model::{Engine, has_picture_extension};
use crate::net::{FetchError, FetchLimits, Fetched, Fetcher, Reach, Url, is_loopback};

/// What the link should lead to.
pub(super) struct Expected<'a> {
    /// The host's name.
    pub(super) host: &'a str,
    /// The bytes that were sent.
    pub(super) jpeg: &'a [u8],
    /// Must it be these very bytes?
    pub(super) exact: bool,
    /// Tells the size in pixels of a picture.
    pub(super) measure: fn(&[u8]) -> Option<(u32, u32)>,
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The bytes that were sent.
    Same,
    /// Other bytes of the same size in pixels.
    Reencoded,
}

/// Fetches `link` as the service will.
pub(super) async fn check(fetcher: &Fetcher, link: &str, expected: &Expected<'_>) -> Result<Found, HostingError> {
    let bad = |reason: String, remedy| HostingError::BadLink { host: expected.host.to_owned(), reason, remedy };
    const OTHER_HOST: &str = "choose another host for photos";
    let url = Url::parse(link).map_err(|_not_a_url| bad("it is no complete web address".to_owned(), OTHER_HOST))?;
    if url.scheme() != "https" && !is_loopback(&url) {
        return Err(bad("it is not https".to_owned(), OTHER_HOST));
    }
    if !has_picture_extension(link) {
        return Err(bad("it does not end in .jpg, which the service goes by".to_owned(), OTHER_HOST));
    }
    let fetched = match fetcher.fetch(link).await {
        Ok(fetched) => fetched,
        Err(FetchError::Address(error)) => return Err(address(expected.host, &error)),
        Err(error) if error.is_temporary() => return Err(HostingError::temporary(&format!("its link: {error}"))),
        Err(error) if shows_gone(&error) => return Err(HostingError::Gone { host: expected.host.to_owned() }),
        Err(error) => return Err(bad(error.to_string(), OTHER_HOST)),
    };
    if !is_picture(&fetched) {
        let reason = "it leads to something else than a picture".to_owned();
        return Err(bad(reason, "try again later, or choose another host for photos"));
    }
    if fetched.bytes == expected.jpeg {
        return Ok(Found::Same);
    }
    if !expected.exact && same_size(expected.measure, fetched.bytes, expected.jpeg.to_vec()).await {
        return Ok(Found::Reencoded);
    }
    Err(bad("it leads to another picture than the one that was sent".to_owned(), OTHER_HOST))
}

/// Looks whether a link of the person's own leads to a picture, as the service at `engine` will.
pub(super) async fn check_own(link: &str, engine: &Engine) -> Result<(), HostingError> {
    let bad = |reason: String| HostingError::Link { reason };
    let reach = if engine.allows_loopback { Reach::PublicAndLoopback } else { Reach::Public };
    if !engine.allows_loopback && Url::parse(link).is_ok_and(|url| url.scheme() != "https") {
        return Err(bad("it is not https".to_owned()));
    }
    let fetcher = Fetcher::new(reach, FetchLimits::PHOTO).map_err(|error| bad(error.to_string()))?;
    match fetcher.fetch(link).await {
        Ok(fetched) if is_picture(&fetched) => Ok(()),
        Ok(_) => Err(bad("it leads to something else than a picture".to_owned())),
        Err(error) if error.is_temporary() => Err(HostingError::temporary(&format!("its link: {error}"))),
        Err(error) => Err(bad(error.to_string())),
    }
}

/// Does the server say that it is a picture?
fn is_picture(fetched: &Fetched) -> bool {
    let media_type = fetched.content_type.as_deref().unwrap_or_default();
    media_type.trim_start().to_ascii_lowercase().starts_with("image/")
}

/// Are both pictures of the same size in pixels? Decoded away from the runtime's workers.
async fn same_size(measure: fn(&[u8]) -> Option<(u32, u32)>, found: Vec<u8>, sent: Vec<u8>) -> bool {
    let sizes = tokio::task::spawn_blocking(move || (measure(&found), measure(&sent))).await;
    matches!(sizes, Ok((Some(found), Some(sent))) if found == sent)
}
