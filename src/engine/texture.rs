//! Halftone dots, grain, paper and pigment.

use super::colour::Lab;
use super::look::Look;
use super::noise::{choice, noise};
use super::painting::{LANES, lane};
use super::plane::{mix, smoothstep};
use super::styles::Style;

/// Distance of halftone dots in face heights.
const DOT_CELL: f32 = 0.030;

/// The textures of a look on a canvas.
#[derive(Clone, Debug)]
pub(super) struct Texture {
    dots: f32,
    grain: f32,
    paper: f32,
    seed: u64,
    /// Canvas pixels per face height.
    unit: f32,
    /// Sine and cosine of the raster's angle.
    angle: (f32, f32),
    is_ink: bool,
}

impl Texture {
    pub(super) fn new(look: &Look, unit: f32) -> Self {
        let angle = 0.6 + 0.45 * choice(look.seed, 7);
        Self {
            dots: look.dots,
            grain: look.grain.max(0.0),
            paper: look.paper,
            seed: look.seed,
            unit,
            angle: angle.sin_cos(),
            is_ink: look.style == Style::Ink,
        }
    }

    /// Watercolour: pigment gathers at the borders of tones and spreads unevenly.
    pub(super) fn pigment(&self, [x, y]: [usize; 2], smooth: f32, stepped: f32, colour: &mut Lab) {
        if self.paper <= 0.0 {
            return;
        }
        let (u, v) = (x as f32 / self.unit, y as f32 / self.unit);
        let bloom = noise(u * 7.0, v * 7.0, self.seed ^ 0x61) + 0.6 * noise(u * 17.0, v * 17.0, self.seed ^ 0x62);
        colour[0] += self.paper * (0.030 * bloom - 0.50 * (smooth - stepped).abs());
        let strength = 1.0 + self.paper * 0.16 * noise(u * 5.0 + 9.0, v * 5.0, self.seed ^ 0x63);
        colour[1] *= strength;
        colour[2] *= strength;
    }

    /// Dots whose size follows the darkness.
    pub(super) fn dots(&self, [x, y]: [usize; 2], lanes: &[f32; LANES], ink: f32, colour: &mut Lab) {
        if self.dots <= 0.0 {
            return;
        }
        let cell = (DOT_CELL * self.unit).max(3.0);
        let (sine, cosine) = self.angle;
        let (px, py) = (x as f32 * cosine - y as f32 * sine, x as f32 * sine + y as f32 * cosine);
        let from_centre = |v: f32| (v / cell).rem_euclid(1.0) - 0.5;
        let distance = from_centre(px).hypot(from_centre(py));
        let darkness = 1.0 - smoothstep(0.34, 0.80, lanes[lane::PAINTED]);
        let radius = 0.60 * darkness.sqrt() * (1.0 - 0.85 * lanes[lane::FEATURES]);
        let edge = 0.8 / cell;
        let dot = smoothstep(radius + edge, radius - edge, distance) * self.dots * (1.0 - ink);
        if self.is_ink {
            colour[0] = mix(colour[0], 0.12_f32.min(colour[0]), dot);
        } else {
            colour[0] -= 0.15 * dot * colour[0];
        }
    }

    /// Grain of film or paper, and paper that shows through near the edge of a wash.
    pub(super) fn grain(&self, [x, y]: [usize; 2], distance: f32, colour: &mut Lab) {
        let (x, y) = (x as f32, y as f32);
        if self.grain > 0.0 {
            // Grain belongs to the sticker, not to the pixels, so that every size has the same.
            let fine = (0.0085 * self.unit).max(1.1);
            let grain = 0.6 * noise(x / fine, y / fine, self.seed ^ 0x51)
                + 0.7 * noise(x / (3.3 * fine), y / (3.3 * fine), self.seed ^ 0x52);
            colour[0] += self.grain * 0.055 * grain;
        }
        if self.paper > 0.0 {
            let (u, v) = (x / self.unit, y / self.unit);
            let fibre = noise(u * 95.0, v * 95.0, self.seed ^ 0x71) + 0.5 * noise(u * 40.0, v * 40.0, self.seed ^ 0x72);
            colour[0] += self.paper * 0.014 * fibre;
            let ragged = 0.025 + 0.030 * noise(u * 6.0, v * 6.0, self.seed ^ 0x73);
            let dry = self.paper * smoothstep(-ragged.max(0.004) * self.unit, 0.0, distance);
            *colour = super::colour::mixed(*colour, [0.985, 0.0, 0.006], 0.75 * dry);
        }
    }
}
