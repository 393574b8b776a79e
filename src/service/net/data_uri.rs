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

/// The beginning of a data URI of bytes whose type nobody told.
pub const INLINE_BASE64: &str = "data:application/octet-stream;base64,";

/// Is `link` a data URI, of whatever kind?
pub fn is_data_uri(link: &str) -> bool {
    link.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
}

/// A picture as a data URI.
pub fn to_data_uri(media_type: &str, bytes: &[u8]) -> String {
    format!("data:{media_type};base64,{}", BASE64.encode(bytes))
}

/// The bytes of a base64 data URI, at most `cap` of them, whatever they are said to be but a text.
///
/// Many senders name the type `application/octet-stream` or not at all, so what it is shows in the bytes. Base64 is read in
/// both alphabets, broken into lines or percent-encoded.
pub fn decode_data_uri(link: &str, cap: usize) -> Result<Fetched, FetchError> {
    let content = is_data_uri(link).then(|| &link[5..]).ok_or(FetchError::DataUri)?;
    let (kind, text) = content.split_once(',').ok_or(FetchError::DataUri)?;
    let kind: String = kind.to_ascii_lowercase().split_whitespace().collect();
    let media_type = kind.strip_suffix(";base64").ok_or(FetchError::DataUri)?;
    if media_type.starts_with("text/") {
        return Err(FetchError::DataUri);
    }
    let text = plain_base64(text).ok_or(FetchError::DataUri)?;
    if text.len() / 4 * 3 > cap + 3 {
        return Err(FetchError::TooLarge { cap });
    }
    let bytes = BASE64.decode(text).map_err(|_not_base64| FetchError::DataUri)?;
    Ok(Fetched { bytes, content_type: Some(media_type.to_owned()), packed: None })
}

/// Base64 in the standard alphabet and in one line; `None` when a percent sign stands for nothing.
fn plain_base64(text: &str) -> Option<Vec<u8>> {
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        rest = more;
        let mut byte = *first;
        if byte == b'%' {
            let digits = std::str::from_utf8(rest.get(..2)?).ok()?;
            byte = u8::from_str_radix(digits, 16).ok()?;
            rest = &rest[2..];
        }
        match byte {
            b'-' => plain.push(b'+'),
            b'_' => plain.push(b'/'),
            byte if byte.is_ascii_whitespace() => {}
            byte => plain.push(byte),
        }
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_of_an_image_is_decoded_with_or_without_padding() {
        for link in [
            "data:image/png;base64,aGk=",
            "data:image/png;base64,aGk",
            "DATA:image/PNG;BASE64,aGk=",
            "data:image/png; base64,a%47k%3D",
        ] {
            let fetched = decode_data_uri(link, 100).unwrap();
            assert_eq!(fetched.bytes, b"hi", "{link}");
            assert_eq!(fetched.content_type.as_deref(), Some("image/png"));
        }
    }

    #[test]
    fn base64_is_read_in_both_alphabets_and_in_lines_whatever_it_is_said_to_be() {
        for link in [
            "data:application/octet-stream;base64,+/8=",
            "data:;base64,-_8",
            "data:image/png;base64,+/\r\n8=\n",
            "data:binary/octet-stream;base64,%2B%2F8%3D%0A",
        ] {
            assert_eq!(decode_data_uri(link, 100).unwrap().bytes, [0xfb, 0xff], "{link}");
        }
    }

    #[test]
    fn other_kinds_and_broken_ones_are_refused() {
        for link in [
            "data:text/html;base64,aGk=",
            "data:image/png,raw",
            "data:image/png;base64,!",
            "data:image/png;base64,aG%4",
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
