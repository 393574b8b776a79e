//! Resizes pictures with one kept set of buffers per thread, alpha premultiplied.
//!
//! A crate of its own, which hardly ever changes: the resizer is built here once and nowhere else.

use std::cell::RefCell;

use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::{RgbImage, RgbaImage};

use model::Crop;

/// Buffers of more than this are given back after use, in bytes.
const KEPT_BUFFER_BYTES: usize = 32 << 20;

thread_local! {
    // Fresh buffers cost several times the resizing of a small picture in page faults.
    static RESIZER: RefCell<Resizer> = RefCell::new(Resizer::new());
}

/// A part of a picture in its pixels, edges included; fractions are allowed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Region {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Width, more than 0.
    pub width: f64,
    /// Height, more than 0.
    pub height: f64,
}

impl From<Crop> for Region {
    fn from(crop: Crop) -> Self {
        let [left, top, width, height] = [crop.left, crop.top, crop.width, crop.height].map(f64::from);
        Self { left, top, width, height }
    }
}

impl From<Region> for Crop {
    fn from(region: Region) -> Self {
        let Region { left, top, width, height } = region;
        Self { left: left as f32, top: top as f32, width: width as f32, height: height as f32 }
    }
}

/// A picture that can be resized: [`RgbImage`] or [`RgbaImage`].
pub trait Resizable: private::Buffer {}

impl Resizable for RgbImage {}
impl Resizable for RgbaImage {}

/// The same picture with its longer edge at most `longest_edge` pixels; smaller pictures are copied.
pub fn shrink<I: Resizable>(image: &I, longest_edge: u32) -> I {
    let (width, height) = image.size();
    let longest = width.max(height);
    if longest <= longest_edge {
        return image.copy();
    }
    let scaled = |edge: u32| {
        let rounded = (u64::from(edge) * u64::from(longest_edge) + u64::from(longest) / 2) / u64::from(longest);
        (rounded as u32).max(1)
    };
    let whole = Region { left: 0.0, top: 0.0, width: f64::from(width), height: f64::from(height) };
    resize_region(image, whole, (scaled(width), scaled(height)))
}

/// The part `region` of a picture, drawn `size` pixels large with a Lanczos filter.
///
/// The region is clamped to the picture; an empty picture, region or size gives a clear picture of that size.
pub fn resize_region<I: Resizable>(image: &I, region: Region, size: (u32, u32)) -> I {
    let mut target = I::clear(size);
    let (width, height) = image.size();
    let left = region.left.clamp(0.0, f64::from(width));
    let top = region.top.clamp(0.0, f64::from(height));
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3)).crop(
        left,
        top,
        region.width.min(f64::from(width) - left),
        region.height.min(f64::from(height) - top),
    );
    // Taken and not borrowed: while it waits for rows that another thread draws, this one may take up another picture.
    let mut resizer = RESIZER.take();
    target.draw(image, &mut resizer, &options);
    if resizer.size_of_internal_buffers() <= KEPT_BUFFER_BYTES {
        RESIZER.set(resizer);
    }
    target
}

/// Keeps [`Resizable`] to the two pictures that it knows.
///
/// The resizer is generic over everything. It is named here for exactly these two kinds of pixels and in functions that
/// are not generic themselves: a version for every kind of pixel that it knows, in each crate that resizes, took longer
/// to build than all the rest of the program.
mod private {
    use fast_image_resize::PixelTrait;
    use fast_image_resize::images::{TypedImage, TypedImageRef};
    use fast_image_resize::pixels::{U8x3, U8x4};
    use image::{ImageBuffer, Pixel, Rgb, Rgba};

    use super::{ResizeOptions, Resizer};

    /// What resizing needs of a picture.
    pub trait Buffer: Sized {
        /// Width and height.
        fn size(&self) -> (u32, u32);
        /// A copy.
        fn copy(&self) -> Self;
        /// All zero.
        fn clear(size: (u32, u32)) -> Self;
        /// Fills itself from `source`.
        fn draw(&mut self, source: &Self, resizer: &mut Resizer, options: &ResizeOptions);
    }

    /// A kind of pixel, which resizes its pictures itself.
    pub trait Kind: Pixel<Subpixel = u8> {
        /// Fills a picture from another one, each with its size.
        fn draw(target: Bytes<&mut [u8]>, source: Bytes<&[u8]>, resizer: &mut Resizer, options: &ResizeOptions);
    }

    /// A picture's bytes behind its width and height.
    pub(super) type Bytes<B> = ((u32, u32), B);

    impl Kind for Rgb<u8> {
        fn draw(target: Bytes<&mut [u8]>, source: Bytes<&[u8]>, resizer: &mut Resizer, options: &ResizeOptions) {
            draw::<U8x3>(target, source, resizer, options);
        }
    }

    impl Kind for Rgba<u8> {
        fn draw(target: Bytes<&mut [u8]>, source: Bytes<&[u8]>, resizer: &mut Resizer, options: &ResizeOptions) {
            draw::<U8x4>(target, source, resizer, options);
        }
    }

    impl<P: Kind> Buffer for ImageBuffer<P, Vec<u8>> {
        fn size(&self) -> (u32, u32) {
            self.dimensions()
        }

        fn copy(&self) -> Self {
            self.clone()
        }

        fn clear((width, height): (u32, u32)) -> Self {
            Self::new(width, height)
        }

        fn draw(&mut self, source: &Self, resizer: &mut Resizer, options: &ResizeOptions) {
            P::draw((self.dimensions(), self), (source.dimensions(), source), resizer, options);
        }
    }

    fn draw<P: PixelTrait>(
        (target_size, target): Bytes<&mut [u8]>,
        (source_size, source): Bytes<&[u8]>,
        resizer: &mut Resizer,
        options: &ResizeOptions,
    ) {
        let (Ok(source), Ok(mut drawn)) = (
            TypedImageRef::<P>::from_buffer(source_size.0, source_size.1, source),
            TypedImage::<P>::from_buffer(target_size.0, target_size.1, target),
        ) else {
            return;
        };
        if resizer.resize_typed(&source, &mut drawn, options).is_err() {
            target.fill(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use image::{Rgb, Rgba};
    use rayon::prelude::*;

    use super::*;

    #[test]
    fn the_longer_edge_becomes_what_was_asked_and_the_shape_stays() {
        assert_eq!(shrink(&RgbImage::new(3000, 2000), 1536).dimensions(), (1536, 1024));
        assert_eq!(shrink(&RgbImage::new(7, 3000), 100).dimensions(), (1, 100));
        assert_eq!(shrink(&RgbaImage::new(512, 300), 1536).dimensions(), (512, 300));
    }

    #[test]
    fn colours_under_full_transparency_do_not_bleed() {
        let image =
            RgbaImage::from_fn(64, 64, |x, _| if x < 32 { Rgba([200, 10, 10, 255]) } else { Rgba([0, 255, 0, 0]) });
        for pixel in shrink(&image, 16).pixels().filter(|pixel| pixel.0[3] > 8) {
            assert!(pixel.0[1] < 20, "{pixel:?}");
        }
    }

    #[test]
    fn a_region_is_drawn_from_its_own_pixels_alone() {
        let image = RgbImage::from_fn(100, 100, |x, _| if x < 50 { Rgb([255, 0, 0]) } else { Rgb([0, 0, 255]) });
        let region = Region { left: 60.0, top: 0.0, width: 40.0, height: 40.0 };
        let part = resize_region(&image, region, (20, 20));
        assert!(part.pixels().all(|pixel| *pixel == Rgb([0, 0, 255])));
    }

    #[test]
    fn threads_that_help_each_other_resize_side_by_side() {
        // Who waits for its own rows may take up another picture meanwhile, on the same thread.
        let pictures: Vec<RgbaImage> =
            (0..24).map(|shade| RgbaImage::from_pixel(900, 900, Rgba([shade, shade, shade, 255]))).collect();
        let resized = || -> Vec<RgbaImage> { pictures.par_iter().map(|picture| shrink(picture, 300)).collect() };
        std::thread::scope(|scope| {
            let all: Vec<_> = (0..6).map(|_| scope.spawn(resized)).collect();
            for small in all.into_iter().flat_map(|one| one.join().unwrap().into_iter().zip(&pictures)) {
                assert_eq!(small.0.get_pixel(150, 150), small.1.get_pixel(450, 450));
            }
        });
    }
}
