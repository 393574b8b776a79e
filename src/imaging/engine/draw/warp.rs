//! Caricature and the unsteady hand: where each place of the drawing is read from.

use crate::engine::analysis::frame::Frame;
use crate::engine::analysis::measure::Features;
use crate::engine::raster::geometry::{Point, between};
use crate::engine::raster::noise::RowNoise;
use crate::engine::raster::plane::smoothstep;
use crate::engine::style::look::Look;
use crate::vision::landmarks::CHIN;

/// How much the eyes grow in a full caricature.
const EYES: f32 = 0.56;
/// How much narrower the chin becomes.
const CHIN_WIDTH: f32 = 0.26;
/// How much smaller the body becomes.
const BODY: f32 = 0.34;
/// Cells of the hand's wobble, in face heights.
const WOBBLE_CELL: f32 = 0.085;
/// How far the hand strays at most, in face heights.
const WOBBLE_REACH: f32 = 0.014;

/// How many times finer the fine waves are.
const FINER: f32 = 2.3;
/// Where in the noise the waves to the right and those down are read, in cells.
const RIGHT_SHIFT: [f32; 2] = [0.0, 0.0];
const DOWN_SHIFT: [f32; 2] = [31.7, 17.3];

/// The waves of an unsteady hand along one row, to the right and down, each broad and fine.
#[derive(Clone, Debug)]
pub(in crate::engine) struct Hand {
    right: [RowNoise; 2],
    down: [RowNoise; 2],
}

/// A displacement of the working square.
#[derive(Clone, Debug)]
pub(in crate::engine) struct Warp {
    unit: f32,
    chin: Point,
    eyes: [Point; 2],
    caricature: f32,
    chibi: f32,
    wobble: f32,
    seed: u64,
}

impl Warp {
    pub(in crate::engine) fn of(frame: &Frame, features: &Features, look: &Look) -> Self {
        Self {
            unit: frame.unit,
            chin: frame.points[CHIN],
            eyes: features.eyes.map(|eye| eye.iris),
            caricature: look.caricature,
            chibi: look.chibi,
            wobble: look.wobble,
            seed: look.seed,
        }
    }

    /// Is nothing moved but by the hand, which never strays far?
    pub(in crate::engine) fn is_slight(&self) -> bool {
        self.caricature + self.chibi <= 0.0
    }

    /// The hand that draws the row `y`.
    pub(in crate::engine) fn hand(&self, y: f32) -> Hand {
        let v = y / (WOBBLE_CELL * self.unit);
        let wave = |seed: u64, shift: [f32; 2]| {
            [RowNoise::new(seed, v + shift[1]), RowNoise::new(seed ^ 5, FINER * v + shift[0])]
        };
        Hand { right: wave(self.seed, RIGHT_SHIFT), down: wave(self.seed ^ 3, DOWN_SHIFT) }
    }

    /// Where the drawing's place `at` is read from; `hand` draws its row.
    pub(in crate::engine) fn source(&self, hand: &mut Hand, at: Point) -> Point {
        let at = if self.wobble > 0.0 { self.shaken(hand, at) } else { at };
        if self.caricature + self.chibi > 0.0 { self.exaggerated(at) } else { at }
    }

    /// Where a place of the photo comes to lie: the inverse of [`Self::source`], by fixed-point iteration.
    pub(in crate::engine) fn target(&self, place: Point) -> Point {
        let mut at = place;
        for _ in 0..10 {
            let source = self.source(&mut self.hand(at[1]), at);
            at = [at[0] + place[0] - source[0], at[1] + place[1] - source[1]];
        }
        at
    }

    fn exaggerated(&self, [x, y]: Point) -> Point {
        let (unit, [chin_x, chin_y]) = (self.unit, self.chin);
        let below = smoothstep(chin_y - 0.05 * unit, chin_y + 0.55 * unit, y);
        let shrink = 1.0 + (BODY * self.caricature + self.chibi) * below;
        let mut place = [chin_x + (x - chin_x) * shrink, chin_y + (y - chin_y) * shrink];
        for eye in self.eyes {
            let reach = crate::engine::raster::geometry::distance(place, eye) / (0.27 * unit);
            if reach < 1.0 {
                let swell = EYES * self.caricature * (1.0 - reach * reach).powi(2);
                place = between(place, eye, swell);
            }
        }
        let jaw =
            smoothstep(chin_y - 0.45 * unit, chin_y, y) * smoothstep(chin_y + 0.30 * unit, chin_y + 0.05 * unit, y);
        place[0] = chin_x + (place[0] - chin_x) * (1.0 + CHIN_WIDTH * self.caricature * jaw);
        place
    }

    fn shaken(&self, hand: &mut Hand, [x, y]: Point) -> Point {
        let u = x / (WOBBLE_CELL * self.unit);
        let reach = WOBBLE_REACH * self.unit * self.wobble;
        let wave = |[broad, fine]: &mut [RowNoise; 2], shift: [f32; 2]| {
            broad.at(u + shift[0]) + 0.4 * fine.at(FINER * u - shift[1])
        };
        [x + reach * wave(&mut hand.right, RIGHT_SHIFT), y + reach * wave(&mut hand.down, DOWN_SHIFT)]
    }
}
