//! Sheets: stickers side by side on paper.

use std::sync::Arc;

use image::{Rgba, RgbaImage, imageops};
use rayon::prelude::*;

use super::cut::Piece;
use super::marks::{Bar, bars, kept_clear};
use super::nest::{CELLS_PER_MM, Grid};
use super::{PIXELS_PER_MM, PrintOptions, pixels};
use crate::geometry::make_opaque;
use crate::{ExportError, GoesOn, Pack, Sticker};

/// Paper between the bleeds of two stickers, in millimetres.
const GAP: f32 = 1.0;

/// A sticker on a sheet.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The sticker, turned as it lies; all its copies share the pixels, however many there are.
    pub piece: Arc<Piece>,
    /// Its left edge on the sheet, in pixels.
    pub left: u32,
    /// Its upper edge on the sheet, in pixels.
    pub top: u32,
}

/// One sheet.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// How it is printed.
    pub options: PrintOptions,
    /// The stickers on it.
    pub placed: Vec<Placed>,
}

/// Lays all stickers of a pack on as few sheets as it takes, the largest first.
pub fn sheets(pack: &Pack, options: &PrintOptions, goes_on: GoesOn<'_>) -> Result<Vec<Sheet>, ExportError> {
    let piece = |(index, sticker): (usize, &Sticker)| {
        if !goes_on() {
            return Err(ExportError::Stopped);
        }
        let piece = Piece::of(&sticker.picture, options).ok_or(ExportError::NothingToCut { sticker: index + 1 })?;
        Ok([Arc::new(piece.turned()), Arc::new(piece)])
    };
    let pieces = pack.stickers.par_iter().enumerate().map(piece).collect::<Result<Vec<_>, _>>()?;
    let shapes: Vec<[Grid; 2]> = pieces.par_iter().map(|[turned, piece]| [shape(piece), shape(turned)]).collect();
    let mut order: Vec<usize> = (0..pieces.len()).flat_map(|index| (0..options.copies).map(move |_| index)).collect();
    order.sort_by_key(|index| std::cmp::Reverse(shapes[*index][0].height()));
    let mut sheets: Vec<(Grid, Sheet)> = Vec::new();
    for index in order {
        if !goes_on() {
            return Err(ExportError::Stopped);
        }
        let is_laid = sheets.iter_mut().any(|(grid, sheet)| lay(grid, sheet, &shapes[index], &pieces[index]));
        if !is_laid {
            let mut new = (empty(options), Sheet { options: *options, placed: Vec::new() });
            if !lay(&mut new.0, &mut new.1, &shapes[index], &pieces[index]) {
                return Err(ExportError::LargerThanPaper { sticker: index + 1, paper: options.paper.name });
            }
            sheets.push(new);
        }
    }
    Ok(sheets.into_iter().map(|(_, sheet)| sheet).collect())
}

/// Lays a sticker on a sheet, upright or a quarter turned, if there is room.
fn lay(grid: &mut Grid, sheet: &mut Sheet, shapes: &[Grid; 2], [turned, piece]: &[Arc<Piece>; 2]) -> bool {
    for (shape, piece) in shapes.iter().zip([piece, turned]) {
        if let Some((x, y)) = grid.place_for(shape) {
            grid.put(shape, x, y);
            let at = |cells: usize| pixels(cells as f32 / CELLS_PER_MM);
            sheet.placed.push(Placed { piece: Arc::clone(piece), left: at(x), top: at(y) });
            return true;
        }
    }
    false
}

/// The cells that a sticker with its bleed takes.
fn shape(piece: &Piece) -> Grid {
    let (width, height) = piece.picture.dimensions();
    let cells = |edge: u32| (edge as f32 / PIXELS_PER_MM * CELLS_PER_MM).ceil() as usize;
    let mut shape = Grid::new(cells(width), cells(height));
    // The bleed lies around the cut line, so its pixels say what is taken; the gap comes in whole cells.
    let gap = (GAP * CELLS_PER_MM).ceil() as usize;
    for (x, y, _) in piece.picture.enumerate_pixels().filter(|(_, _, pixel)| pixel.0[3] > 0) {
        let cell = |at: u32| (at as f32 / PIXELS_PER_MM * CELLS_PER_MM) as usize;
        for (right, down) in [(0, 0), (gap, 0), (0, gap), (gap, gap)] {
            shape.take(cell(x) + right, cell(y) + down);
        }
    }
    shape
}

/// A sheet on which only margins and marks are taken.
fn empty(options: &PrintOptions) -> Grid {
    let paper = &options.paper;
    let cells = |length: f32| (length * CELLS_PER_MM).floor() as usize;
    let mut grid = Grid::new(cells(paper.width), cells(paper.height));
    let marks: Vec<Bar> = if options.marks { kept_clear(paper).collect() } else { Vec::new() };
    for y in 0..grid.height() {
        for x in 0..grid.width() {
            let [left, top] = [x, y].map(|cell| cell as f32 / CELLS_PER_MM);
            let [right, bottom] = [left, top].map(|at| at + 1.0 / CELLS_PER_MM);
            let is_margin = left < paper.margin
                || top < paper.margin
                || right > paper.width - paper.margin
                || bottom > paper.height - paper.margin;
            let meets = |[x, y, wide, high]: &Bar| left < x + wide && right > *x && top < y + high && bottom > *y;
            if is_margin || marks.iter().any(meets) {
                grid.take(x, y);
            }
        }
    }
    grid
}

impl Sheet {
    /// Width and height in pixels.
    pub fn size(&self) -> (u32, u32) {
        (pixels(self.options.paper.width), pixels(self.options.paper.height))
    }

    /// Registration marks as filled rectangles, in millimetres.
    pub(super) fn marks(&self) -> Vec<Bar> {
        if self.options.marks { bars(&self.options.paper) } else { Vec::new() }
    }

    /// What is printed, on white, with the registration marks.
    pub fn printed(&self) -> RgbaImage {
        let (width, height) = self.size();
        let mut picture = RgbaImage::from_pixel(width, height, Rgba([255; 4]));
        for Placed { piece, left, top } in &self.placed {
            imageops::overlay(&mut picture, &piece.picture, i64::from(*left), i64::from(*top));
        }
        make_opaque(&mut picture);
        for [left, top, wide, high] in self.marks() {
            let (wide, high) = (pixels(wide).max(1), pixels(high).max(1));
            let black = RgbaImage::from_pixel(wide, high, Rgba([0, 0, 0, 255]));
            imageops::replace(&mut picture, &black, i64::from(pixels(left)), i64::from(pixels(top)));
        }
        picture
    }

    /// The stickers alone, opaque within their cut lines and clear beyond: for programs that cut along alpha.
    pub fn flat(&self) -> RgbaImage {
        let (width, height) = self.size();
        let mut picture = RgbaImage::new(width, height);
        for Placed { piece, left, top } in &self.placed {
            for ((x, y, pixel), _) in piece.picture.enumerate_pixels().zip(&piece.inside).filter(|(_, inside)| **inside)
            {
                if let Some(target) = picture.get_pixel_mut_checked(left + x, top + y) {
                    *target = Rgba([pixel.0[0], pixel.0[1], pixel.0[2], 255]);
                }
            }
        }
        picture
    }

    /// The cut lines of the sheet, closed, in millimetres from its upper left corner.
    pub fn cut_lines(&self) -> Vec<Vec<[f32; 2]>> {
        let of_placed = |placed: &Placed| {
            let (left, top) = (placed.left as f32, placed.top as f32);
            let moved = move |[x, y]: &[f32; 2]| [(x + left) / PIXELS_PER_MM, (y + top) / PIXELS_PER_MM];
            placed.piece.lines.iter().map(|line| line.iter().map(moved).collect()).collect::<Vec<_>>()
        };
        self.placed.iter().flat_map(of_placed).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::StickerWords;

    #[test]
    fn copies_of_a_sticker_take_no_more_memory_than_one() {
        let picture = RgbaImage::from_pixel(200, 100, Rgba([9, 9, 9, 255]));
        let sticker = Sticker { picture: Arc::new(picture), words: StickerWords::default(), texts: Vec::new() };
        let pack = Pack { stickers: vec![sticker], ..Pack::default() };
        let options = PrintOptions { copies: 12, size: 60.0, ..PrintOptions::default() };
        let sheets = sheets(&pack, &options, &|| true).unwrap();
        let placed: Vec<&Placed> = sheets.iter().flat_map(|sheet| &sheet.placed).collect();
        let mut pieces: Vec<*const Piece> = placed.iter().map(|placed| Arc::as_ptr(&placed.piece)).collect();
        pieces.sort_unstable();
        pieces.dedup();
        // Upright and a quarter turned.
        assert!(placed.len() == 12 && pieces.len() <= 2, "{} pieces of {}", pieces.len(), placed.len());
    }
}
