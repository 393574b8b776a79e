//! Draws an analysed photo on a canvas of any size: smooth fields first, then thresholds at the final resolution.

use image::{RgbImage, RgbaImage};
use rayon::prelude::*;

use super::analysis::Analysis;
use super::backdrop::Backdrop;
use super::colour::to_srgb;
use super::features::Drawing;
use super::field::{Field, Window};
use super::look::Look;
use super::mosaic::CellFace;
use super::painting::LANES;
use super::resample::{Kernel, Taps};
use super::shade::{Pixel, Rows, Shader};
use super::styles::Style;
use super::warp::Warp;
use super::{Control, EngineError, Stage, Sticker, mosaic, sprite};
use crate::model::FaceFrame;

/// Canvas rows that one task draws.
const TASK_ROWS: usize = 16;
/// Tasks between two reports of progress.
const TASKS_PER_REPORT: usize = 8;
/// Shadows fainter than this are left out.
const FAINTEST_SHADOW: f32 = 0.004;

/// Draws `analysis` as `look` says on a canvas of `width` × `height` pixels.
///
/// The sticker's frame speaks of this canvas; a turned photo counts as turned upright.
pub fn render(
    analysis: &Analysis,
    look: &Look,
    (width, height): (u32, u32),
    control: &Control,
) -> Result<Sticker, EngineError> {
    let painting = analysis.painting(look.steps, control)?;
    control.report(Stage::Render, 0.8)?;
    let warp = Warp::of(&analysis.frame, &analysis.features, look);
    let field = Field::of(analysis, &painting, look, &warp, control)?;
    control.report(Stage::Render, 0.85)?;
    let cell = if look.style == Style::Pixel { mosaic::cell(width, height) } else { 1 };
    let size = [width, height].map(|edge| edge.div_ceil(cell) as usize);
    let window = Window::fit(&field, look, analysis.frame.unit, size);
    let drawing = Drawing::of(analysis, look, &warp, &field, window);
    let shader = Shader::new(look, analysis, &painting, &drawing, window);
    let canvas = Canvas::draw(&field, window, &shader, &Backdrop::new(look, size), control)?;
    let canvas = if look.style == Style::Pixel {
        let outline = look.outline * analysis.frame.unit;
        let face = CellFace {
            blocks: sprite::face(&drawing.anchors, drawing.unit, &analysis.features, look),
            opacity: look.fills,
            is_on_person: &|cell| field.distance(window, cell) < -outline,
        };
        mosaic::enlarged(canvas, &face, cell, (width, height))
    } else {
        canvas
    };
    let frame = frame(analysis, &field, window, cell);
    Ok(Sticker { opaque: canvas.opaque, cutout: canvas.cutout, frame })
}

/// Where the photo lies under the canvas.
fn frame(analysis: &Analysis, field: &Field, window: Window, cell: u32) -> FaceFrame {
    let [left, top] = window.origin.map(|v| v - 0.5 - field.margin);
    let [left, top] = analysis.frame.to_photo([left, top]);
    let scale = analysis.frame.step * window.step / cell as f32;
    FaceFrame { left: left as f64, top: top as f64, scale: scale as f64 }
}

/// Both pictures of a sticker.
#[derive(Clone, Debug)]
pub(super) struct Canvas {
    pub(super) cutout: RgbaImage,
    pub(super) opaque: RgbImage,
}

impl Canvas {
    fn draw(
        field: &Field,
        window: Window,
        shader: &Shader<'_>,
        backdrop: &Backdrop,
        control: &Control,
    ) -> Result<Self, EngineError> {
        let [width, height] = window.size;
        let across = Taps::new(Kernel::Mitchell, window.origin[0], window.step, width);
        let down = Taps::new(Kernel::Mitchell, window.origin[1], window.step, height);
        let mut cutout = vec![0; width * height * 4];
        let mut opaque = vec![0; width * height * 3];
        let report_rows = TASK_ROWS * TASKS_PER_REPORT;
        let parts = cutout.chunks_mut(width * 4 * report_rows).zip(opaque.chunks_mut(width * 3 * report_rows));
        for (part, (cutout, opaque)) in parts.enumerate() {
            let done = (part * report_rows) as f32 / height as f32;
            control.report(Stage::Render, 0.85 + 0.15 * done)?;
            let tasks = cutout.par_chunks_mut(width * 4 * TASK_ROWS).zip(opaque.par_chunks_mut(width * 3 * TASK_ROWS));
            tasks.enumerate().try_for_each(|(task, (cutout, opaque))| {
                control.check()?;
                let first = part * report_rows + task * TASK_ROWS;
                let count = cutout.len() / (width * 4);
                let lanes = enlarged(field, &across, &down, first, count);
                let row = |i: usize| &lanes[i * width..][..width];
                let mut pixels = vec![Pixel::default(); width];
                let targets = cutout.chunks_exact_mut(width * 4).zip(opaque.chunks_exact_mut(width * 3));
                for (i, (cutout, opaque)) in targets.enumerate() {
                    let y = first + i;
                    shader.row(y, Rows { above: row(i), here: row(i + 1), below: row(i + 2) }, &mut pixels);
                    let rows = cutout.chunks_exact_mut(4).zip(opaque.chunks_exact_mut(3));
                    for ((x, pixel), (cutout, opaque)) in pixels.iter().enumerate().zip(rows) {
                        put(pixel, backdrop, [x, y], cutout, opaque);
                    }
                }
                Ok::<(), EngineError>(())
            })?;
        }
        let broken = || EngineError::Broken("the canvas has the wrong size".to_owned());
        let (width, height) = (width as u32, height as u32);
        Ok(Self {
            cutout: RgbaImage::from_raw(width, height, cutout).ok_or_else(broken)?,
            opaque: RgbImage::from_raw(width, height, opaque).ok_or_else(broken)?,
        })
    }
}

/// The field's lanes at canvas resolution: rows `first - 1` to `first + count`.
fn enlarged(field: &Field, across: &Taps, down: &Taps, first: usize, count: usize) -> Vec<[f32; LANES]> {
    let last_row = down.count() - 1;
    let wanted: Vec<usize> = (0..count + 2).map(|i| (first + i).saturating_sub(1).min(last_row)).collect();
    let clamped = |y: isize| y.clamp(0, field.side as isize - 1) as usize;
    let top = clamped(down.of(wanted[0]).0);
    let (start, weights) = down.of(wanted[count + 1]);
    let bottom = clamped(start + weights.len() as isize);
    let width = across.count();
    let mut stretched = vec![[0.0; LANES]; (bottom - top + 1) * width];
    for (i, row) in stretched.chunks_exact_mut(width).enumerate() {
        across.pixels(&field.lanes[(top + i) * field.side..][..field.side], row);
    }
    let mut out = vec![[0.0; LANES]; (count + 2) * width];
    for (row, &y) in out.chunks_exact_mut(width).zip(&wanted) {
        let (start, weights) = down.of(y);
        for (j, &weight) in weights.iter().enumerate() {
            if weight == 0.0 {
                continue;
            }
            let source = &stretched[(clamped(start + j as isize) - top) * width..][..width];
            for (sum, value) in row.as_flattened_mut().iter_mut().zip(source.as_flattened()) {
                *sum += value * weight;
            }
        }
    }
    out
}

/// Writes one pixel of both pictures.
fn put(pixel: &Pixel, backdrop: &Backdrop, at: [usize; 2], cutout: &mut [u8], opaque: &mut [u8]) {
    let shadow = if pixel.shadow < FAINTEST_SHADOW { 0.0 } else { pixel.shadow * (1.0 - pixel.cover) };
    let alpha = pixel.cover + shadow;
    let byte = |value: f32| (value * 255.0 + 0.5) as u8;
    let colour = if pixel.cover > 0.0 { to_srgb(pixel.colour) } else { [0.0; 3] };
    if alpha > 0.0 {
        for (target, value) in cutout.iter_mut().zip(colour) {
            *target = byte(value * pixel.cover / alpha);
        }
        cutout[3] = byte(alpha);
    }
    let behind = if alpha < 1.0 { to_srgb(backdrop.at(at)) } else { [0.0; 3] };
    for ((target, value), behind) in opaque.iter_mut().zip(colour).zip(behind) {
        *target = byte(value * pixel.cover + behind * (1.0 - alpha));
    }
}
