//! Why something that came is no sticker, and what a person is told of it.

use std::path::PathBuf;

use crate::picture::PictureError;

/// Why a result is no sticker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    /// The service's filter put a black picture in its place.
    Black,
    /// It is no picture that is kept in the library.
    Picture(PictureError),
    /// It is compressed in a way that is not undone here.
    Packed(String),
    /// It came inside the answer, as something that is no base64.
    NotBase64,
    /// It has more bytes than are decoded.
    TooLarge {
        /// Its size in bytes.
        bytes: u64,
    },
    /// It lies inside an answer that has more bytes than are read.
    LargeAnswer {
        /// The size of the answer in bytes.
        bytes: u64,
    },
}

/// A result that is no sticker, and where it is kept as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AsItCame {
    /// Why it is no sticker.
    pub(super) why: Unfit,
    /// Its file.
    pub(super) path: PathBuf,
}

impl Unfit {
    /// What came, as the beginning of a sentence.
    pub(super) fn what(&self) -> String {
        match self {
            Self::Black => {
                "the service's filter found the picture unsafe (NSFW) and sent a black one in its place".into()
            }
            Self::Packed(coding) => {
                format!("the service sent the result compressed in a way that is not read here ({coding})")
            }
            Self::NotBase64 => "the service put the result into its answer, and it is no whole base64".into(),
            Self::TooLarge { bytes } => {
                format!("the result has {} MiB, more than is made into a sticker here", bytes.div_ceil(1 << 20))
            }
            Self::LargeAnswer { bytes } => format!(
                "the service put the result into an answer of {} MiB, more than is read here",
                bytes.div_ceil(1 << 20)
            ),
            Self::Picture(error) => what_came(error),
        }
    }

    /// May the service give it out whole another time?
    pub(super) const fn may_come_better(&self) -> bool {
        match self {
            Self::NotBase64 => true,
            Self::Picture(error) => !error.is_final(),
            Self::Black | Self::Packed(_) | Self::TooLarge { .. } | Self::LargeAnswer { .. } => false,
        }
    }

    /// What a person can do about it.
    const fn what_now(&self) -> &'static str {
        match self {
            Self::Black => "Change the words or the photo before you make it again",
            Self::Picture(
                PictureError::Unsupported { .. }
                | PictureError::UnsupportedKind { .. }
                | PictureError::Unreadable { .. }
                | PictureError::NotForStickers { .. }
                | PictureError::TooManyPixels { .. }
                | PictureError::TooMuchMemory { .. },
            )
            | Self::TooLarge { .. } => "Open it in another program",
            _ => "Ask the service about it, with the number of the request",
        }
    }
}

fn what_came(error: &PictureError) -> String {
    match error {
        PictureError::Unsupported { format } | PictureError::NotForStickers { format } => {
            format!("the service sent the result as {format}, which is not made into a sticker here")
        }
        PictureError::TooManyPixels { width, height, limit } => format!(
            "the result has {width} × {height} pixels, and a sticker here has at most {} megapixels",
            limit / 1_000_000
        ),
        PictureError::FileTooLarge { bytes, .. } | PictureError::TooMuchMemory { bytes, .. } => {
            format!("the result takes {} MB, more than is made into a sticker here", bytes.div_ceil(1_000_000))
        }
        PictureError::Truncated { format } => {
            format!("the result is a {format} file that ends before the picture does")
        }
        PictureError::UnsupportedKind { format, kind } => {
            format!("the service sent the result as {format} {kind}, which is not made into a sticker here")
        }
        PictureError::Unreadable { format } => format!("the result is a {format} file that is not read here"),
        PictureError::Damaged { format, detail } => format!("the result is a damaged {format} file ({detail})"),
        _ => "what came is no picture of a known kind".to_owned(),
    }
}

impl AsItCame {
    /// What came, where it is, and what to do.
    pub(super) fn sentence(&self) -> String {
        format!("{}. It is kept as it came: {}. {}", self.why.what(), self.path.display(), self.why.what_now())
    }
}

/// Is this what a network's sign-in page, a proxy or an expired link sends with HTTP 200, so that the file may come later?
pub(super) fn may_be_a_page(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let is_svg = text.starts_with(b"<svg") || text.starts_with(b"<?xml") && contains(text, b"<svg");
    std::str::from_utf8(text).is_ok() && !is_svg
}

fn contains(text: &[u8], words: &[u8]) -> bool {
    text.windows(words.len()).any(|window| window == words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::Format;

    #[test]
    fn each_kind_of_result_is_told_in_a_sentence_of_its_own() {
        let errors = [
            PictureError::NotForStickers { format: Format::Gif },
            PictureError::UnsupportedKind { format: Format::Jpeg, kind: "with arithmetic coding" },
            PictureError::Unreadable { format: Format::Jpeg },
            PictureError::TooManyPixels { width: 4200, height: 4200, limit: 17_000_000 },
            PictureError::TooMuchMemory { bytes: 400_000_000, limit: 320_000_000 },
            PictureError::Truncated { format: Format::Png },
            PictureError::Damaged { format: Format::WebP, detail: "no".into() },
            PictureError::NotAPicture,
        ];
        let reasons = errors.map(Unfit::Picture).into_iter().chain([
            Unfit::Black,
            Unfit::Packed("br".into()),
            Unfit::NotBase64,
            Unfit::TooLarge { bytes: 70 << 20 },
            Unfit::LargeAnswer { bytes: 70 << 20 },
        ]);
        let kept = reasons.map(|why| AsItCame { why, path: "/data/results/1.gif".into() });
        let sentences: Vec<String> = kept.map(|kept| kept.sentence()).collect();
        for (number, sentence) in sentences.iter().enumerate() {
            assert!(sentence.contains(". It is kept as it came: /data/results/1.gif. "), "{sentence}");
            assert!(!sentences[..number].contains(sentence), "{sentence}");
        }
    }

    #[test]
    fn a_page_may_be_followed_by_the_file_and_other_bytes_are_what_was_made() {
        for page in [&b""[..], b"<html>Sign in</html>", b"Welcome to the hotel", b"{\"error\":\"expired\"}"] {
            assert!(may_be_a_page(page));
        }
        for made in [&b"\xff\x0a\xfa\x80\x00"[..], b"<svg xmlns=''/>", b"\xef\xbb\xbf<?xml version='1.0'?><svg/>"] {
            assert!(!may_be_a_page(made));
        }
    }
}
