//! Halftone dots, grain, paper and pigment.

use super::painting::{LANES, lane};
use crate::engine::raster::colour::Lab;
use crate::engine::raster::noise::{RowNoise, choice};
use crate::engine::raster::plane::{mix, smoothstep};
use crate::engine::style::look::Look;
use crate::engine::style::styles::Style;

/// Distance of halftone dots in face heights.
const DOT_CELL: f32 = 0.030;
/// How far from the edge of a wash paper shows through at most, in face heights.
const RAGGED: f32 = 0.030;

/// Number and waves per face height of how pigment spreads, in two sizes.
const BLOOM: [(u64, f32); 2] = [(0x61, 7.0), (0x62, 17.0)];
/// Waves per face height of how strong pigment is.
const PIGMENT: f32 = 5.0;
/// Number and waves per face height of the fibres of paper, in two sizes.
const FIBRE: [(u64, f32); 2] = [(0x71, 95.0), (0x72, 40.0)];
/// Waves per face height of the edge of a wash.
const RAGS: f32 = 6.0;

/// Waves per face height in which lines swell and thin.
const RHYTHM: f32 = 8.0;

/// The noises of the textures, along a row.
#[derive(Clone, Debug)]
pub(in crate::engine) struct Noises {
    grain: [RowNoise; 2],
    bloom: [RowNoise; 2],
    pigment: RowNoise,
    fibre: [RowNoise; 2],
    ragged: RowNoise,
    rhythm: RowNoise,
}

/// The textures of a look on a canvas.
#[derive(Clone, Debug)]
pub(in crate::engine) struct Texture {
    dots: f32,
    grain: f32,
    paper: f32,
    seed: u64,
    /// Canvas pixels per face height.
    unit: f32,
    /// Sine and cosine of the raster's angle.
    angle: (f32, f32),
    is_ink: bool,
    /// Distance of dots or lines in face heights.
    cell: f32,
    /// Is the raster one of lines instead of dots?
    is_lines: bool,
}

impl Texture {
    pub(in crate::engine) fn new(look: &Look, unit: f32) -> Self {
        let angle = 0.75 + 0.75 * choice(look.seed, 7);
        Self {
            dots: look.dots,
            grain: look.grain.max(0.0),
            paper: look.paper,
            seed: look.seed,
            unit,
            angle: angle.sin_cos(),
            is_ink: look.style == Style::Ink,
            cell: DOT_CELL * (1.0 + 0.22 * choice(look.seed, 10)),
            is_lines: look.seed >> 2 & 1 == 1,
        }
    }

    /// The noises of the canvas row `y`.
    pub(in crate::engine) fn noises(&self, y: usize) -> Noises {
        let row = |number: u64, frequency: f32| RowNoise::new(self.seed ^ number, y as f32 * frequency);
        let in_faces = |number: u64, frequency: f32| row(number, frequency / self.unit);
        let [fine, coarse] = self.grains();
        Noises {
            grain: [row(0x51, fine), row(0x52, coarse)],
            bloom: BLOOM.map(|(number, frequency)| in_faces(number, frequency)),
            pigment: in_faces(0x63, PIGMENT),
            fibre: FIBRE.map(|(number, frequency)| in_faces(number, frequency)),
            ragged: in_faces(0x73, RAGS),
            rhythm: in_faces(0x81, RHYTHM),
        }
    }

    /// Grains of both kinds per canvas pixel. They belong to the sticker, not to the pixels, so that every size has the
    /// same.
    fn grains(&self) -> [f32; 2] {
        let fine = (0.0085 * self.unit).max(1.1);
        [1.0 / fine, 1.0 / (3.3 * fine)]
    }

    /// How lines swell and thin along their way, from -1 to 1.
    pub(in crate::engine) fn rhythm(&self, noises: &mut Noises, x: usize) -> f32 {
        noises.rhythm.at(x as f32 * RHYTHM / self.unit)
    }

    /// Watercolour: pigment gathers at the borders of tones and spreads unevenly.
    pub(in crate::engine) fn pigment(
        &self,
        noises: &mut Noises,
        x: usize,
        smooth: f32,
        stepped: f32,
        colour: &mut Lab,
    ) {
        if self.paper <= 0.0 {
            return;
        }
        let u = x as f32 / self.unit;
        let bloom = noises.bloom[0].at(u * BLOOM[0].1) + 0.6 * noises.bloom[1].at(u * BLOOM[1].1);
        // Where hardly any pigment lies there is none to gather.
        let thickness = smoothstep(0.99, 0.78, colour[0]);
        colour[0] += self.paper * thickness * (0.030 * bloom - 0.65 * (smooth - stepped).abs());
        let strength = 1.0 + self.paper * 0.16 * noises.pigment.at(u * PIGMENT + 9.0);
        colour[1] *= strength;
        colour[2] *= strength;
    }

    /// Dots or lines whose size follows the darkness.
    pub(in crate::engine) fn dots(&self, [x, y]: [usize; 2], lanes: &[f32; LANES], ink: f32, colour: &mut Lab) {
        if self.dots <= 0.0 {
            return;
        }
        let cell = (self.cell * self.unit).max(3.0);
        let (sine, cosine) = self.angle;
        let (px, py) = (x as f32 * cosine - y as f32 * sine, x as f32 * sine + y as f32 * cosine);
        let from_centre = |v: f32| (v / cell).rem_euclid(1.0) - 0.5;
        let distance = if self.is_lines { from_centre(py).abs() } else { from_centre(px).hypot(from_centre(py)) };
        let darkness = 1.0 - smoothstep(0.34, 0.80, lanes[lane::PAINTED]);
        // Eyes and lips stay clean, but for a dark face, which would have light rings around them.
        let clean = 0.85 * lanes[lane::FEATURES] * (1.0 - darkness);
        // A line as dark as a dot of the same cell is narrower.
        let radius = if self.is_lines { 0.48 * darkness } else { 0.60 * darkness.sqrt() } * (1.0 - clean);
        let edge = 0.8 / cell;
        let dot = smoothstep(radius + edge, radius - edge, distance) * self.dots * (1.0 - ink);
        if self.is_ink {
            colour[0] = mix(colour[0], 0.12_f32.min(colour[0]), dot);
        } else {
            colour[0] -= 0.15 * dot * colour[0];
        }
    }

    /// Grain of film or paper, and paper that shows through near the edge of a wash.
    pub(in crate::engine) fn grain(&self, noises: &mut Noises, x: usize, distance: f32, colour: &mut Lab) {
        let x = x as f32;
        if self.grain > 0.0 {
            let [fine, coarse] = self.grains();
            let grain = 0.6 * noises.grain[0].at(x * fine) + 0.7 * noises.grain[1].at(x * coarse);
            colour[0] += self.grain * 0.055 * grain;
        }
        if self.paper > 0.0 {
            let u = x / self.unit;
            let fibre = noises.fibre[0].at(u * FIBRE[0].1) + 0.5 * noises.fibre[1].at(u * FIBRE[1].1);
            colour[0] += self.paper * 0.014 * fibre;
            if distance > -RAGGED * self.unit {
                let ragged = 0.012 + (RAGGED - 0.012) * noises.ragged.at(u * RAGS);
                let dry = self.paper * smoothstep(-ragged.max(0.004) * self.unit, 0.0, distance);
                *colour = crate::engine::raster::colour::mixed(*colour, [0.985, 0.0, 0.006], 0.55 * dry);
            }
        }
    }
}
