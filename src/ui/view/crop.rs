//! What the crop mode shows, and what is sent of a photo.

use super::Picture;
use model::{Crop, Ratio};

/// The crop that is being drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct CropView<'a> {
    /// The photo.
    pub picture: Picture,
    /// Its width and height in pixels, upright and turned.
    pub photo: (u32, u32),
    /// The crop in its pixels.
    pub crop: Crop,
    /// The face that is meant, in its pixels.
    pub face: Option<Crop>,
    /// The proportion that is kept.
    pub ratio: Ratio,
    /// Width and height of the sticker to be made.
    pub sticker: (u32, u32),
    /// The colour beyond the photo's edges, sRGB.
    pub padding: [u8; 3],
    /// What is sent.
    pub sent: SentView<'a>,
    /// Is there anything to set back?
    pub can_reset: bool,
    /// Is the photo being turned?
    pub turning: bool,
}

/// Exactly what is sent of a photo.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SentView<'a> {
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// Length of the file; `None` while it is worked out.
    pub bytes: Option<usize>,
    /// The picture that is in that file.
    pub picture: Picture,
    /// Why nothing can be sent, as a sentence.
    pub error: Option<&'a str>,
    /// Is the photo sent as the link it came from?
    pub as_linked: bool,
}

impl SentView<'_> {
    /// The size in words: `1024 × 1024 px, 231 KB`.
    pub fn words(&self) -> String {
        let (width, height) = self.size;
        match self.bytes {
            Some(bytes) => format!("{width} × {height} px, {}", bytes_words(bytes)),
            None => format!("{width} × {height} px"),
        }
    }

    /// The length of the file in words.
    pub fn bytes_words(&self) -> String {
        self.bytes.map_or_else(|| "Measuring".to_owned(), bytes_words)
    }
}

/// A length in bytes as people read it, in thousands.
fn bytes_words(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} KB", (bytes + 500) / 1000),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_is_said_in_pixels_and_bytes() {
        let sent = SentView { size: (1024, 768), bytes: Some(231_400), ..SentView::default() };
        assert_eq!(sent.words(), "1024 × 768 px, 231 KB");
        assert_eq!(SentView { bytes: None, ..sent }.words(), "1024 × 768 px");
        assert_eq!((bytes_words(999), bytes_words(1_234_567)), ("999 bytes".to_owned(), "1.2 MB".to_owned()));
    }
}
