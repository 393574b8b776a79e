//! Draws an analysed photo on a canvas of any size: smooth fields first, then thresholds at the final resolution.

use image::RgbaImage;
use rayon::prelude::*;

use super::backdrop::Backdrop;
use super::features::Drawing;
use super::field::{Field, Window};
use super::mosaic::CellFace;
use super::painting::LANES;
use super::rows::Rows;
use super::shade::{Pixel, Shader};
use super::warp::Warp;
use super::{mosaic, sprite};
use crate::engine::acting::{Acting, out_of_reach, props_in_cells};
use crate::engine::analysis::Analysis;
use crate::engine::raster::colour::to_srgb;
use crate::engine::raster::resample::{Kernel, Taps};
use crate::engine::style::look::Look;
use crate::engine::style::styles::Style;
use crate::engine::{Control, EngineError, Stage, Sticker};
use model::FaceFrame;

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
    let Drawn { cutout, cell, frame } = draw(analysis, look, (width, height), control)?;
    let opaque = Backdrop::new(look, &cutout).behind(&cutout, control)?;
    Ok(Sticker {
        opaque: mosaic::enlarged(opaque, cell, (width, height)),
        cutout: mosaic::enlarged(cutout, cell, (width, height)),
        frame,
        left_out: out_of_reach(analysis, look).into_iter().filter(|part| !part.is_drawn_nearly()).collect(),
    })
}

/// Draws only the cut-out, as [`render`] does: a draft needs no background.
pub fn render_cutout(
    analysis: &Analysis,
    look: &Look,
    size: (u32, u32),
    control: &Control,
) -> Result<RgbaImage, EngineError> {
    let Drawn { cutout, cell, .. } = draw(analysis, look, size, control)?;
    Ok(mosaic::enlarged(cutout, cell, size))
}

/// A sticker before its cells are enlarged.
struct Drawn {
    cutout: RgbaImage,
    /// Edge of a cell in canvas pixels; 1 but in pixel art.
    cell: u32,
    frame: FaceFrame,
}

fn draw(
    analysis: &Analysis,
    look: &Look,
    (width, height): (u32, u32),
    control: &Control,
) -> Result<Drawn, EngineError> {
    let painting = analysis.painting(look.steps, control)?;
    control.report(Stage::Render, 0.8)?;
    let warp = Warp::of(&analysis.frame, &analysis.features, look);
    let acting = Acting::of(analysis, look);
    let field = Field::of((analysis, &painting, &acting), look, &warp, control)?;
    control.report(Stage::Render, 0.85)?;
    let cell = if look.style == Style::Pixel { mosaic::cell(width, height) } else { 1 };
    let size = [width, height].map(|edge| edge.div_ceil(cell) as usize);
    let window = Window::fit(&field, look, analysis.frame.unit, size);
    let drawing = Drawing::of((analysis, &acting), look, &warp, &field, window);
    let shader = Shader::new(look, analysis, &painting, &drawing, window);
    let mut cutout = coloured(&field, window, &shader, control)?;
    if look.style == Style::Pixel {
        let outline = look.outline * analysis.frame.unit;
        let face = CellFace {
            blocks: match look.own_face {
                Some(_) => sprite::face(&drawing.anchors, drawing.unit, &analysis.features, look),
                None => Vec::new(),
            },
            props: props_in_cells(drawing.props.places.as_ref(), look),
            opacity: look.fills,
            border: (look.border > 0.0).then_some(look.border_colour),
            is_on_person: &|cell| field.distance(window, cell) < -outline,
        };
        cutout = mosaic::cells(cutout, &face);
    }
    let frame = frame(analysis, &field, window, cell);
    Ok(Drawn { cutout, cell, frame })
}

/// Where the photo lies under the canvas.
fn frame(analysis: &Analysis, field: &Field, window: Window, cell: u32) -> FaceFrame {
    let [left, top] = window.origin.map(|v| v - 0.5 - field.margin);
    let [left, top] = analysis.frame.to_photo([left, top]);
    let scale = analysis.frame.step * window.step / cell as f32;
    FaceFrame { left: left as f64, top: top as f64, scale: scale as f64 }
}

/// The canvas, coloured row by row.
fn coloured(field: &Field, window: Window, shader: &Shader<'_>, control: &Control) -> Result<RgbaImage, EngineError> {
    let [width, height] = window.size;
    let across = Taps::new(Kernel::Mitchell, window.origin[0], window.step, width);
    let down = Taps::new(Kernel::Mitchell, window.origin[1], window.step, height);
    let mut cutout = vec![0; width * height * 4];
    let report_rows = TASK_ROWS * TASKS_PER_REPORT;
    for (part, rows) in cutout.chunks_mut(width * 4 * report_rows).enumerate() {
        let done = (part * report_rows) as f32 / height as f32;
        control.report(Stage::Render, 0.85 + 0.15 * done)?;
        rows.par_chunks_mut(width * 4 * TASK_ROWS).enumerate().try_for_each(|(task, rows)| {
            control.check()?;
            let first = part * report_rows + task * TASK_ROWS;
            let lanes = enlarged(field, &across, &down, first, rows.len() / (width * 4));
            let row = |i: usize| &lanes[i * width..][..width];
            let mut pixels = vec![Pixel::default(); width];
            for (i, targets) in rows.chunks_exact_mut(width * 4).enumerate() {
                shader.row(first + i, Rows { above: row(i), here: row(i + 1), below: row(i + 2) }, &mut pixels);
                for (pixel, target) in pixels.iter().zip(targets.chunks_exact_mut(4)) {
                    put(pixel, target);
                }
            }
            Ok::<(), EngineError>(())
        })?;
    }
    RgbaImage::from_raw(width as u32, height as u32, cutout)
        .ok_or_else(|| EngineError::Broken("the canvas has the wrong size".to_owned()))
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
    let mut live = width..0;
    for (i, row) in stretched.chunks_exact_mut(width).enumerate() {
        let part = field.stretch(top + i, across, row);
        if !part.is_empty() {
            live = live.start.min(part.start)..live.end.max(part.end);
        }
    }
    let mut out = vec![field.far(); (count + 2) * width];
    for (row, &y) in out.chunks_exact_mut(width).zip(&wanted).filter(|_| !live.is_empty()) {
        let row = row[live.clone()].as_flattened_mut();
        row.fill(0.0);
        let (start, weights) = down.of(y);
        for (j, &weight) in weights.iter().enumerate() {
            let source = &stretched[(clamped(start + j as isize) - top) * width..][live.clone()];
            for (sum, value) in row.iter_mut().zip(source.as_flattened()) {
                *sum += value * weight;
            }
        }
    }
    out
}

/// Writes one pixel with straight alpha; what is clear stays 0.
#[inline]
fn put(pixel: &Pixel, target: &mut [u8]) {
    let shadow = if pixel.shadow < FAINTEST_SHADOW { 0.0 } else { pixel.shadow * (1.0 - pixel.cover) };
    let alpha = pixel.cover + shadow;
    if alpha <= 0.0 {
        return;
    }
    let byte = |value: f32| (value * 255.0 + 0.5) as u8;
    if pixel.cover > 0.0 {
        for (target, value) in target.iter_mut().zip(to_srgb(pixel.colour)) {
            *target = byte(value * pixel.cover / alpha);
        }
    }
    target[3] = byte(alpha);
}
