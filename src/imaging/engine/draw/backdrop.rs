//! What lies behind the sticker in the opaque picture.

use image::{RgbImage, RgbaImage};
use rayon::prelude::*;

use crate::engine::raster::colour::{Lab, mixed, to_srgb, turned};
use crate::engine::raster::noise::choice;
use crate::engine::raster::plane::smoothstep;
use crate::engine::style::look::Look;
use crate::engine::style::styles::Style;
use crate::engine::{Control, EngineError};

/// How much the hue turns from seed to seed, in radians; named colours stay.
const HUE_SPREAD: f32 = 0.3;

/// A background without any depth.
#[derive(Clone, Debug)]
pub(in crate::engine) struct Backdrop {
    inner: Lab,
    outer: Lab,
    pattern: Pattern,
    size: [f32; 2],
    turn: f32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pattern {
    None,
    Rays,
    Dots,
}

impl Backdrop {
    /// The background of a cut-out.
    pub(in crate::engine) fn new(look: &Look, cutout: &RgbaImage) -> Self {
        let base = look.backdrop;
        let size = [cutout.width() as f32, cutout.height() as f32];
        let turn = choice(look.seed, 9);
        if look.backdrop_is_plain {
            return Self { inner: base, outer: base, pattern: Pattern::None, size, turn };
        }
        let is_designed = base == look.style.look().backdrop;
        let base = if is_designed { turned(base, HUE_SPREAD * choice(look.seed, 8)) } else { base };
        let lighter = [(base[0] + 0.07).min(0.99), base[1] * 0.7, base[2] * 0.7];
        let darker = [(base[0] - 0.05).max(0.0), base[1] * 1.12, base[2] * 1.12];
        let pattern = match look.style {
            Style::Pop | Style::Vintage => Pattern::Rays,
            Style::Kawaii | Style::Ink => Pattern::Dots,
            _ => Pattern::None,
        };
        Self { inner: lighter, outer: darker, pattern, size, turn }
    }

    /// Lays the background behind its cut-out, unless it is cancelled.
    pub(in crate::engine) fn behind(&self, cutout: &RgbaImage, control: &Control) -> Result<RgbImage, EngineError> {
        let mut out = RgbImage::new(cutout.width(), cutout.height());
        let width = cutout.width() as usize;
        let rows = out.par_chunks_exact_mut(3 * width).zip(cutout.par_chunks_exact(4 * width));
        rows.enumerate().try_for_each(|(y, (out, cutout))| {
            control.check()?;
            for (x, (out, cutout)) in out.chunks_exact_mut(3).zip(cutout.chunks_exact(4)).enumerate() {
                let share = cutout[3] as f32 / 255.0;
                let behind = if share < 1.0 { to_srgb(self.at([x, y])) } else { [0.0; 3] };
                for ((out, &own), behind) in out.iter_mut().zip(cutout).zip(behind) {
                    *out = (own as f32 * share + behind * 255.0 * (1.0 - share) + 0.5) as u8;
                }
            }
            Ok::<(), EngineError>(())
        })?;
        Ok(out)
    }

    /// The colour at a canvas pixel.
    fn at(&self, [x, y]: [usize; 2]) -> Lab {
        let [width, height] = self.size;
        let half = width.max(height) / 2.0;
        let (dx, dy) = ((x as f32 + 0.5 - width / 2.0) / half, (y as f32 + 0.5 - height * 0.47) / half);
        let radius = dx.hypot(dy);
        let colour = mixed(self.inner, self.outer, smoothstep(0.1, 1.15, radius));
        let darker = [colour[0] - 0.045, colour[1] * 1.15, colour[2] * 1.15];
        match self.pattern {
            Pattern::None => colour,
            Pattern::Rays => {
                let wave = (dy.atan2(dx) * 14.0 + self.turn * 3.0).sin() * radius * half * 0.22;
                mixed(colour, darker, smoothstep(-0.7, 0.7, wave))
            }
            Pattern::Dots => {
                let cell = 0.11;
                let row = (dy / cell).floor();
                let shift = if row.rem_euclid(2.0) < 1.0 { 0.0 } else { 0.5 };
                let (u, v) = ((dx / cell + shift).rem_euclid(1.0) - 0.5, (dy / cell).rem_euclid(1.0) - 0.5);
                let edge = 0.8 / (cell * half);
                mixed(colour, darker, smoothstep(0.17 + edge, 0.17 - edge, u.hypot(v)))
            }
        }
    }
}
