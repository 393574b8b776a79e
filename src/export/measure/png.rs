//! What a PNG file says about its pixels before they are read.

use imaging::picture::PngChunks;

/// What the pixels of a PNG file are, in its own words; `None` when it is no such file.
pub(super) fn colours(bytes: &[u8]) -> Option<&'static str> {
    let header = PngChunks::of(bytes)?.find(|chunk| chunk.kind == *b"IHDR")?;
    Some(match header.data.get(9)? {
        0 => "grey",
        2 => "RGB",
        3 => "palette",
        4 => "grey with alpha",
        6 => "RGBA",
        _ => "unknown",
    })
}

/// Has a PNG file room for transparency, whether or not it uses it?
pub(super) fn has_alpha(bytes: &[u8]) -> bool {
    let has_chunk = || PngChunks::of(bytes).is_some_and(|mut chunks| chunks.any(|chunk| chunk.kind == *b"tRNS"));
    matches!(colours(bytes), Some("grey with alpha" | "RGBA")) || has_chunk()
}

#[cfg(test)]
mod tests {
    use image::{DynamicImage, ExtendedColorType, ImageEncoder as _, codecs::png::PngEncoder};

    use super::*;

    fn png(picture: &DynamicImage, colours: ExtendedColorType) -> Vec<u8> {
        let mut file = Vec::new();
        PngEncoder::new(&mut file).write_image(picture.as_bytes(), 3, 3, colours).unwrap();
        file
    }

    #[test]
    fn grey_is_told_from_colours_and_alpha_from_none() {
        for (picture, kind, name, alpha) in [
            (DynamicImage::new_luma8(3, 3), ExtendedColorType::L8, "grey", false),
            (DynamicImage::new_luma_a8(3, 3), ExtendedColorType::La8, "grey with alpha", true),
            (DynamicImage::new_rgb8(3, 3), ExtendedColorType::Rgb8, "RGB", false),
            (DynamicImage::new_rgba8(3, 3), ExtendedColorType::Rgba8, "RGBA", true),
        ] {
            let file = png(&picture, kind);
            assert_eq!((colours(&file), has_alpha(&file)), (Some(name), alpha));
        }
        assert_eq!((colours(b"no picture"), has_alpha(b"no picture")), (None, false));
    }
}
