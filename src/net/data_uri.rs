//! Pictures inside a link (RFC 2397).

use base64::Engine as _;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

use super::{FetchError, Fetched};

/// Standard alphabet; the padding may be missing, as some senders leave it out.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Is `link` a data URI, of whatever kind?
pub fn is_data_uri(link: &str) -> bool {
    link.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
}

/// A picture as a data URI.
pub fn to_data_uri(media_type: &str, bytes: &[u8]) -> String {
    format!("data:{media_type};base64,{}", BASE64.encode(bytes))
}

/// The bytes of a base64 data URI of an image, at most `cap` of them.
pub fn decode_data_uri(link: &str, cap: usize) -> Result<Fetched, FetchError> {
    let content = is_data_uri(link).then(|| &link[5..]).ok_or(FetchError::DataUri)?;
    let (kind, text) = content.split_once(',').ok_or(FetchError::DataUri)?;
    let kind = kind.to_ascii_lowercase();
    let media_type = kind.strip_suffix(";base64").ok_or(FetchError::DataUri)?;
    if !media_type.starts_with("image/") {
        return Err(FetchError::DataUri);
    }
    if text.len() / 4 * 3 > cap + 3 {
        return Err(FetchError::TooLarge { cap });
    }
    let bytes = BASE64.decode(text.trim()).map_err(|_not_base64| FetchError::DataUri)?;
    Ok(Fetched { bytes, content_type: Some(media_type.to_owned()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_of_an_image_is_decoded_with_or_without_padding() {
        for link in ["data:image/png;base64,aGk=", "data:image/png;base64,aGk", "DATA:image/PNG;BASE64,aGk="] {
            let fetched = decode_data_uri(link, 100).unwrap();
            assert_eq!(fetched.bytes, b"hi", "{link}");
            assert_eq!(fetched.content_type.as_deref(), Some("image/png"));
        }
    }

    #[test]
    fn other_kinds_and_broken_ones_are_refused() {
        for link in [
            "data:text/html;base64,aGk=",
            "data:image/png,raw",
            "data:image/png;base64,!",
            "data:image/png;base64",
            "https://a.example/b.png",
            "",
        ] {
            assert!(matches!(decode_data_uri(link, 100), Err(FetchError::DataUri)), "{link}");
        }
    }

    #[test]
    fn the_cap_is_judged_before_decoding() {
        let link = format!("data:image/png;base64,{}", "A".repeat(400));
        assert!(matches!(decode_data_uri(&link, 100), Err(FetchError::TooLarge { cap: 100 })));
    }
}
