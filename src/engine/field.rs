//! The painting as it will lie on the canvas, still at working resolution, and the window that the canvas shows.

use rayon::prelude::*;

use super::analysis::Analysis;
use super::filter::gaussian;
use super::geometry::Point;
use super::look::Look;
use super::noise::noise;
use super::painting::{LANES, Painting, lane};
use super::plane::{Plane, length, smoothstep};
use super::smoothing::combed;
use super::warp::Warp;
use super::{Control, EngineError};

/// Empty room around the working square, in face heights, for border and shadow.
const MARGIN: f32 = 0.22;
/// Room between border and canvas edge, for the shadow, in face heights.
const ROOM: f32 = 0.05;
/// How far the shadow falls to the right and down, in face heights.
const SHADOW_OFFSET: [f32; 2] = [0.006, 0.022];
/// How soft the shadow is, in face heights.
const SHADOW_BLUR: f32 = 0.022;
/// How much strands of hair differ in lightness.
const STRANDS: f32 = 0.085;

/// Displaced lanes of the working square with a margin.
#[derive(Debug)]
pub(super) struct Field {
    /// Edge in pixels, margins included.
    pub(super) side: usize,
    /// Width of the margin in pixels.
    pub(super) margin: f32,
    /// See [`lane`].
    pub(super) lanes: Vec<[f32; LANES]>,
    /// `left, top, right, bottom` of the silhouette in pixels of the field.
    extent: [f32; 4],
}

impl Field {
    /// Displaces a painting, adds this seed's strands of hair, and lays the shadow.
    pub(super) fn of(
        analysis: &Analysis,
        painting: &Painting,
        look: &Look,
        warp: &Warp,
        control: &Control,
    ) -> Result<Self, EngineError> {
        let unit = analysis.frame.unit;
        let inner = analysis.frame.side;
        let margin = (MARGIN * unit).ceil() as usize;
        let side = inner + 2 * margin;
        let strands = strands(analysis, painting, look);
        control.check()?;
        let reach = (look.border + 0.14) * unit;
        let mut lanes = vec![[0.0; LANES]; side * side];
        lanes.par_chunks_exact_mut(side).enumerate().for_each(|(y, row)| {
            for (x, target) in row.iter_mut().enumerate() {
                let at = [x as f32 - margin as f32, y as f32 - margin as f32];
                *target = read(painting, &strands, inner, warp.source(at), reach);
            }
        });
        control.check()?;
        let distance =
            Plane { width: side, height: side, values: lanes.iter().map(|pixel| pixel[lane::DISTANCE]).collect() };
        let smoother = gaussian(&distance, 0.030 * unit);
        let outside = [0.008 * unit, 0.045 * unit];
        let distance =
            distance.zip(&smoother, |d, smoother| d + (smoother - d) * smoothstep(outside[0], outside[1], d));
        for (pixel, &d) in lanes.iter_mut().zip(&distance.values) {
            pixel[lane::DISTANCE] = d;
        }
        let extent = super::shape::extent(&distance);
        if look.shadow > 0.0 {
            let border = look.border * unit;
            let shadow = gaussian(&distance.map(|d| smoothstep(0.7, -0.7, d - border)), SHADOW_BLUR * unit);
            let [right, down] = SHADOW_OFFSET.map(|v| v * unit);
            lanes.par_chunks_exact_mut(side).enumerate().for_each(|(y, row)| {
                for (x, pixel) in row.iter_mut().enumerate() {
                    pixel[lane::SHADOW] = look.shadow * shadow.sample(x as f32 - right, y as f32 - down);
                }
            });
        }
        Ok(Self { side, margin: margin as f32, lanes, extent })
    }

    /// Distance from the silhouette in pixels of the field at a pixel of the canvas, negative inside.
    pub(super) fn distance(&self, window: Window, at: [u32; 2]) -> f32 {
        let nearest = [0, 1].map(|axis: usize| {
            let place = window.origin[axis] + (at[axis] as f32 + 0.5) * window.step;
            (place.max(0.0) as usize).min(self.side - 1)
        });
        self.lanes[nearest[1] * self.side + nearest[0]][lane::DISTANCE]
    }
}

/// All lanes at a place of the working square; far from the silhouette only the distance.
fn read(painting: &Painting, strands: &Plane, side: usize, [x, y]: Point, reach: f32) -> [f32; LANES] {
    let last = side as f32 - 1.001;
    let inside = [x.clamp(0.0, last), y.clamp(0.0, last)];
    let beyond = length(x - inside[0], y - inside[1]);
    let (left, top) = (inside[0] as usize, inside[1] as usize);
    let (fx, fy) = (inside[0] - left as f32, inside[1] - top as f32);
    let index = top * side + left;
    let mut out = [0.0; LANES];
    let near = painting.lanes[index][lane::DISTANCE] + beyond;
    if near > reach {
        out[lane::DISTANCE] = near;
        return out;
    }
    let upper = &painting.lanes[index..index + 2];
    let lower = &painting.lanes[index + side..index + side + 2];
    let weights = [(1.0 - fx) * (1.0 - fy), fx * (1.0 - fy), (1.0 - fx) * fy, fx * fy];
    for (pixel, weight) in [&upper[0], &upper[1], &lower[0], &lower[1]].into_iter().zip(weights) {
        for (sum, &value) in out.iter_mut().zip(pixel) {
            *sum += value * weight;
        }
    }
    out[lane::DISTANCE] += beyond;
    out[lane::PAINTED] += strands.sample(inside[0], inside[1]);
    out
}

/// Lighter and darker strands in the hair: noise combed along it.
fn strands(analysis: &Analysis, painting: &Painting, look: &Look) -> Plane {
    let side = analysis.frame.side;
    let unit = analysis.frame.unit;
    let hair = &analysis.regions.hair;
    let strength = STRANDS * (1.0 - look.photo);
    let cell = 0.030 * unit;
    let seed = look.seed ^ 0xA1;
    let raw = Plane::from_fn(side, side, |x, y| {
        if hair.values[y * side + x] < 0.2 {
            return 0.0;
        }
        let (u, v) = (x as f32 / cell, y as f32 / cell);
        noise(u, v, seed) + 0.5 * noise(u * 0.35, v * 0.35, seed ^ 9)
    });
    let combed = combed(&raw, &painting.hair_flow, 0.20 * unit, &hair.map(|h| f32::from(h > 0.2)));
    combed.zip(hair, |value, hair| value * strength * smoothstep(0.4, 0.9, hair))
}

/// What the canvas shows of the field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Window {
    /// Field position of the canvas' upper left corner, in edge coordinates (pixel centres on halves).
    pub(super) origin: Point,
    /// Field pixels per canvas pixel.
    pub(super) step: f32,
    /// Canvas size in pixels.
    pub(super) size: [usize; 2],
}

impl Window {
    /// Fits the sticker with its border and shadow into a canvas, centred.
    pub(super) fn fit(field: &Field, look: &Look, unit: f32, size: [usize; 2]) -> Self {
        let pad = (look.border + ROOM) * unit;
        let [left, top, right, bottom] = field.extent;
        let (width, height) = (right - left + 2.0 * pad, bottom - top + 2.0 * pad + SHADOW_OFFSET[1] * unit);
        let step = (width / size[0] as f32).max(height / size[1] as f32);
        let middle = [f32::midpoint(left, right), f32::midpoint(top, bottom) + 0.5 * SHADOW_OFFSET[1] * unit];
        let origin = [0, 1].map(|axis: usize| middle[axis] - step * size[axis] as f32 / 2.0);
        Self { origin, step, size }
    }

    /// The canvas position (pixel centres on halves) of a field position (pixel centres on integers).
    pub(super) fn to_canvas(self, at: Point) -> Point {
        [0, 1].map(|axis: usize| (at[axis] + 0.5 - self.origin[axis]) / self.step)
    }
}
