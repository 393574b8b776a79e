//! The painting as it will lie on the canvas, still at working resolution, and the window that the canvas shows.

use std::ops::Range;

use rayon::prelude::*;

use super::painting::{LANES, Painting, lane};
use super::warp::Warp;
use crate::engine::acting::Acting;
use crate::engine::analysis::Analysis;
use crate::engine::raster::filter::gaussian;
use crate::engine::raster::geometry::Point;
use crate::engine::raster::plane::{Plane, length, smoothstep};
use crate::engine::raster::resample::Taps;
use crate::engine::style::look::Look;
use crate::engine::{Control, EngineError};

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
pub(in crate::engine) struct Field {
    /// Edge in pixels, margins included.
    pub(in crate::engine) side: usize,
    /// Width of the margin in pixels.
    pub(in crate::engine) margin: f32,
    /// See [`lane`].
    pub(in crate::engine) lanes: Vec<[f32; LANES]>,
    /// `left, top, right, bottom` of the silhouette in pixels of the field.
    extent: [f32; 4],
    /// The part of each row that is near enough for border or shadow; elsewhere there is only distance.
    live: Vec<Range<usize>>,
    /// All lanes where nothing is live.
    far: [f32; LANES],
}

impl Field {
    /// Displaces a painting, adds this seed's strands of hair, and lays the shadow.
    pub(in crate::engine) fn of(
        (analysis, painting, acting): (&Analysis, &Painting, &Acting),
        look: &Look,
        warp: &Warp,
        control: &Control,
    ) -> Result<Self, EngineError> {
        let unit = analysis.frame.unit;
        let inner = analysis.frame.side;
        let margin = (MARGIN * unit).ceil() as usize;
        let side = inner + 2 * margin;
        let strands = painting.strands(analysis, look.seed);
        let strength = STRANDS * (1.0 - look.photo);
        control.check()?;
        let reach = (look.border + 0.14) * unit;
        // What lies farther out is not moved: only how far it is out matters, and that roughly.
        let unmoved = if warp.is_slight() && !acting.is_tilted() { reach + 0.05 * unit } else { f32::MAX };
        let mut lanes = vec![[0.0; LANES]; side * side];
        lanes.par_chunks_exact_mut(side).enumerate().for_each(|(y, row)| {
            let mut hand = warp.hand(y as f32 - margin as f32);
            for (x, target) in row.iter_mut().enumerate() {
                let at = [x as f32 - margin as f32, y as f32 - margin as f32];
                let (nearest, beyond) = inside(at, inner);
                let out = painting.lanes[nearest[1] as usize * inner + nearest[0] as usize][lane::DISTANCE] + beyond;
                if out > unmoved {
                    target[lane::DISTANCE] = out;
                } else {
                    let read = |place: Point| read(painting, (&strands, strength), inner, place, reach);
                    let source = acting.source(warp.source(&mut hand, at));
                    *target = read(source);
                    acting.paint_over(source, target, read);
                }
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
        // A face at the edge of a photo may leave nothing to cut out.
        let extent = crate::engine::analysis::shape::extent(&distance).ok_or(EngineError::NoFace)?;
        if look.shadow > 0.0 {
            let border = look.border * unit;
            let shadow = gaussian(&distance.map(|d| smoothstep(0.7, -0.7, d - border)), SHADOW_BLUR * unit);
            let [right, down] = SHADOW_OFFSET.map(|v| v * unit);
            let shaded = border - 6.0..border + 0.14 * unit;
            lanes.par_chunks_exact_mut(side).enumerate().for_each(|(y, row)| {
                for (x, pixel) in row.iter_mut().enumerate() {
                    // Elsewhere the sticker hides it, or it is too faint.
                    if !shaded.contains(&pixel[lane::DISTANCE]) {
                        continue;
                    }
                    pixel[lane::SHADOW] = look.shadow * shadow.sample(x as f32 - right, y as f32 - down);
                }
            });
        }
        let live = lanes.chunks_exact(side).map(|row| live(row, reach)).collect();
        let mut far = [0.0; LANES];
        far[lane::DISTANCE] = reach;
        Ok(Self { side, margin: margin as f32, lanes, extent, live, far })
    }

    /// Resamples a row across; tells which part of it is live.
    pub(in crate::engine) fn stretch(&self, y: usize, across: &Taps, out: &mut [[f32; LANES]]) -> Range<usize> {
        let live = across.readers(&self.live[y]);
        out.fill(self.far);
        across.pixels(&self.lanes[y * self.side..][..self.side], live.clone(), out);
        live
    }

    /// All lanes of a place far from the sticker.
    pub(in crate::engine) const fn far(&self) -> [f32; LANES] {
        self.far
    }

    /// Distance from the silhouette in pixels of the field at a pixel of the canvas, negative inside.
    pub(in crate::engine) fn distance(&self, window: Window, at: [u32; 2]) -> f32 {
        let nearest = [0, 1].map(|axis: usize| {
            let place = window.origin[axis] + (at[axis] as f32 + 0.5) * window.step;
            (place.max(0.0) as usize).min(self.side - 1)
        });
        self.lanes[nearest[1] * self.side + nearest[0]][lane::DISTANCE]
    }
}

/// From the first to the last pixel of a row that is at most `reach` away.
fn live(row: &[[f32; LANES]], reach: f32) -> Range<usize> {
    let is_near = |pixel: &[f32; LANES]| pixel[lane::DISTANCE] <= reach;
    let first = row.iter().position(is_near);
    first.map_or(0..0, |first| first..row.iter().rposition(is_near).unwrap_or(first) + 1)
}

/// All lanes at a place of the working square; far from the silhouette only the distance.
fn read(painting: &Painting, (strands, strength): (&Plane, f32), side: usize, at: Point, reach: f32) -> [f32; LANES] {
    let (inside, beyond) = inside(at, side);
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
    let strand = [index, index + 1, index + side, index + side + 1].map(|i| strands.values[i]);
    out[lane::PAINTED] += strength * strand.iter().zip(weights).map(|(strand, weight)| strand * weight).sum::<f32>();
    out
}

/// The nearest place of the working square that has four neighbours, and how far away it is.
#[inline]
fn inside([x, y]: Point, side: usize) -> (Point, f32) {
    let last = side as f32 - 1.001;
    let inside = [x.clamp(0.0, last), y.clamp(0.0, last)];
    (inside, length(x - inside[0], y - inside[1]))
}

/// What the canvas shows of the field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::engine) struct Window {
    /// Field position of the canvas' upper left corner, in edge coordinates (pixel centres on halves).
    pub(in crate::engine) origin: Point,
    /// Field pixels per canvas pixel.
    pub(in crate::engine) step: f32,
    /// Canvas size in pixels.
    pub(in crate::engine) size: [usize; 2],
}

impl Window {
    /// Fits the sticker with its border and shadow into a canvas, centred.
    pub(in crate::engine) fn fit(field: &Field, look: &Look, unit: f32, size: [usize; 2]) -> Self {
        let pad = (look.border + ROOM) * unit;
        let [left, top, right, bottom] = field.extent;
        let (width, height) = (right - left + 2.0 * pad, bottom - top + 2.0 * pad + SHADOW_OFFSET[1] * unit);
        let step = (width / size[0] as f32).max(height / size[1] as f32);
        let middle = [f32::midpoint(left, right), f32::midpoint(top, bottom) + 0.5 * SHADOW_OFFSET[1] * unit];
        let origin = [0, 1].map(|axis: usize| middle[axis] - step * size[axis] as f32 / 2.0);
        Self { origin, step, size }
    }

    /// The canvas position (pixel centres on halves) of a field position (pixel centres on integers).
    pub(in crate::engine) fn to_canvas(self, at: Point) -> Point {
        [0, 1].map(|axis: usize| (at[axis] + 0.5 - self.origin[axis]) / self.step)
    }
}
