//! Pixels as the graphics card takes them.

use egui::ColorImage;

/// An opaque picture.
pub(super) fn rgb_image(image: &image::RgbImage) -> ColorImage {
    ColorImage::from_rgb([image.width() as usize, image.height() as usize], image.as_raw())
}

/// A picture with straight alpha as the graphics card takes it.
pub(super) fn straight(image: &image::RgbaImage) -> ColorImage {
    ColorImage::from_rgba_unmultiplied([image.width() as usize, image.height() as usize], image.as_raw())
}
