//! A picture in several sizes, each half of the one before: the renderer makes no mipmaps, and a picture that is drawn
//! much smaller than it is would glitter.

use egui::{Color32, ColorImage, Context, TextureHandle, TextureId, TextureOptions, Vec2, vec2};

/// Below this edge in pixels no smaller copy is made.
const SMALLEST: usize = 48;

/// Smaller copies at most: enough from 4096 pixels down to 64.
pub(super) const MOST_COPIES: usize = 6;

/// A picture and its smaller copies, the largest first, not on the graphics card yet.
#[derive(Clone, Debug)]
pub struct Levels {
    levels: Vec<ColorImage>,
    /// Width and height of the picture in its own pixels, of which the card may hold fewer.
    size: Vec2,
}

impl Levels {
    /// Makes the smaller copies; for a large picture this takes milliseconds, so not on the UI thread.
    pub fn of(image: ColorImage) -> Self {
        let [width, height] = image.size;
        Self::of_larger(image, vec2(width as f32, height as f32))
    }

    /// The same of a picture that was made smaller for the graphics card: whoever lays it out goes by its own `size`.
    pub fn of_larger(image: ColorImage, size: Vec2) -> Self {
        let mut levels = vec![image];
        while let Some(last) = levels.last().filter(|last| last.width().max(last.height()) >= 2 * SMALLEST)
            && levels.len() <= MOST_COPIES
        {
            let half = halved(last);
            levels.push(half);
        }
        Self { levels, size }
    }

    /// The picture itself, as large as the card has it.
    pub fn full(&self) -> Option<&ColorImage> {
        self.levels.first()
    }

    /// Bytes it takes on the graphics card.
    pub fn bytes(&self) -> usize {
        self.levels.iter().map(|level| level.pixels.len() * 4).sum()
    }
}

/// A picture of half the size, each pixel the mean of four.
fn halved(image: &ColorImage) -> ColorImage {
    let [width, height] = image.size;
    let size = [(width / 2).max(1), (height / 2).max(1)];
    let mut pixels = Vec::with_capacity(size[0] * size[1]);
    for y in 0..size[1] {
        let rows = [2 * y, (2 * y + 1).min(height - 1)].map(|y| &image.pixels[y * width..][..width]);
        for x in 0..size[0] {
            let (left, right) = (2 * x, (2 * x + 1).min(width - 1));
            pixels.push(mean([rows[0][left], rows[0][right], rows[1][left], rows[1][right]]));
        }
    }
    ColorImage::new(size, pixels)
}

/// The mean of premultiplied colours, as the graphics card blends them.
fn mean(colours: [Color32; 4]) -> Color32 {
    let channel = |index: usize| {
        let sum: u16 = colours.iter().map(|colour| u16::from(colour[index])).sum();
        ((sum + 2) / 4) as u8
    };
    let mut mean = Color32::TRANSPARENT;
    for index in 0..4 {
        mean[index] = channel(index);
    }
    mean
}

/// A picture in several sizes on the graphics card; it is let go when this is dropped.
#[derive(Clone)]
pub struct Texture {
    levels: Vec<TextureHandle>,
    size: Vec2,
}

impl Texture {
    /// Puts a picture on the graphics card.
    pub fn load(ctx: &Context, name: &str, levels: Levels) -> Self {
        let upload = |level| ctx.load_texture(name, level, TextureOptions::LINEAR);
        Self { levels: levels.levels.into_iter().map(upload).collect(), size: levels.size }
    }

    /// The picture itself.
    pub(super) fn full(&self) -> Option<&TextureHandle> {
        self.levels.first()
    }

    /// Width and height of the picture in its own pixels.
    pub(super) const fn size(&self) -> Vec2 {
        self.size
    }

    /// The smaller copies.
    pub(super) fn copies(&self) -> [Option<TextureId>; MOST_COPIES] {
        let mut copies = [None; MOST_COPIES];
        for (copy, level) in copies.iter_mut().zip(self.levels.iter().skip(1)) {
            *copy = Some(level.id());
        }
        copies
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_copy_is_half_of_the_one_before_down_to_the_smallest() {
        let levels = Levels::of(ColorImage::filled([1024, 512], Color32::WHITE));
        let widths: Vec<usize> = levels.levels.iter().map(ColorImage::width).collect();
        assert_eq!(widths, [1024, 512, 256, 128, 64]);
        assert_eq!(levels.levels[4].height(), 32);
    }

    #[test]
    fn fine_stripes_become_their_mean_and_not_one_of_their_colours() {
        let stripes = (0..128 * 128).map(|index| if index % 2 == 0 { Color32::WHITE } else { Color32::BLACK });
        let levels = Levels::of(ColorImage::new([128, 128], stripes.collect()));
        assert!(levels.levels[1].pixels.iter().all(|pixel| pixel.r() == 128 && pixel.a() == 255));
    }

    #[test]
    fn odd_and_tiny_pictures_are_halved_too() {
        let odd = Levels::of(ColorImage::filled([301, 1], Color32::WHITE));
        assert_eq!(odd.levels[1].size, [150, 1]);
        assert_eq!(Levels::of(ColorImage::filled([20, 20], Color32::WHITE)).levels.len(), 1);
    }
}
