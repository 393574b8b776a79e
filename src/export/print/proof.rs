//! Proof before paper: what comes off the sheet when the cutter is not where the printer was.

use image::{Rgba, RgbaImage};

use super::PIXELS_PER_MM;
use super::cut::Piece;

/// A sticker as it was cut.
#[derive(Clone, Debug)]
pub struct Proof {
    /// What lies in the hand, clear beyond the cut.
    pub picture: RgbaImage,
    /// Bare paper within the cut, in square millimetres.
    pub sliver: f32,
}

/// What is cut out of the paper when the cutter is off by these millimetres to the right and down.
pub fn proof(piece: &Piece, [right, down]: [f32; 2]) -> Proof {
    let (width, height) = piece.picture.dimensions();
    let off = [right, down].map(|millimetres| (millimetres * PIXELS_PER_MM).round() as i64);
    let is_cut_out = |x: u32, y: u32| {
        let (x, y) = (i64::from(x) - off[0], i64::from(y) - off[1]);
        let is_there = (0..i64::from(width)).contains(&x) && (0..i64::from(height)).contains(&y);
        is_there && piece.inside[(y * i64::from(width) + x) as usize]
    };
    let mut bare = 0_u32;
    let picture = RgbaImage::from_fn(width, height, |x, y| {
        if !is_cut_out(x, y) {
            return Rgba([0; 4]);
        }
        let ink = piece.picture.get_pixel(x, y);
        if ink.0[3] == u8::MAX {
            return *ink;
        }
        bare += 1;
        let mut paper = Rgba([255; 4]);
        image::Pixel::blend(&mut paper, ink);
        paper
    });
    Proof { picture, sliver: bare as f32 / (PIXELS_PER_MM * PIXELS_PER_MM) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::print::PrintOptions;

    fn piece() -> Piece {
        let disc = RgbaImage::from_fn(300, 300, |x, y| {
            Rgba(if (x as f32 - 150.0).hypot(y as f32 - 150.0) < 140.0 { [200, 30, 30, 255] } else { [0; 4] })
        });
        Piece::of(&disc, &PrintOptions { size: 30.0, ..PrintOptions::default() }).unwrap()
    }

    #[test]
    fn the_bleed_covers_a_cutter_that_is_off_by_a_millimetre() {
        for shift in [[0.0, 0.0], [1.0, 0.0], [0.0, -1.0], [0.7, 0.7]] {
            assert_eq!(proof(&piece(), shift).sliver, 0.0, "{shift:?}");
        }
    }

    #[test]
    fn beyond_the_bleed_white_slivers_show() {
        let proof = proof(&piece(), [3.0, 0.0]);
        assert!(proof.sliver > 5.0, "{}", proof.sliver);
        assert!(proof.picture.pixels().any(|pixel| *pixel == Rgba([255; 4])));
    }
}
