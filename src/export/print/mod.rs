//! Stickers on paper: cut lines in millimetres, sheets, and what a shifted cutter would show.

mod cut;
mod marks;
mod nest;
mod pdf;
mod proof;
mod sheet;
mod svg;

pub use cut::{Piece, dpi};
pub use proof::{Proof, proof};
pub use sheet::{Placed, Sheet, sheets};

use crate::encode::{Density, encode_png};
use crate::{ExportError, Files, GoesOn, Pack};

/// Pixels to a millimetre at 300 DPI.
pub const PIXELS_PER_MM: f32 = DPI / MM_PER_INCH;

/// Pixels to an inch on every sheet.
pub const DPI: f32 = 300.0;

/// Millimetres in an inch.
const MM_PER_INCH: f32 = 25.4;

/// Points to a millimetre, as PDF measures.
pub(crate) const POINTS_PER_MM: f32 = 72.0 / MM_PER_INCH;

/// 300 DPI in pixels a metre, as a PNG file states it.
pub const PIXELS_PER_METRE: u32 = 11_811;

/// The name of the spot colour that cutters look for.
pub const SPOT: &str = "CutContour";

/// Ends the name of a sheet whose alpha is the cut.
pub(crate) const FLAT_END: &str = "-flat.png";

/// Ends the name of a sheet's cut lines.
pub(crate) const CUT_END: &str = "-cut.svg";

/// Ends the names of what each sheet is written as; a longer end before one that is part of it.
pub(crate) const SHEET_ENDS: [&str; 4] = [FLAT_END, CUT_END, ".png", ".pdf"];

/// A paper, in millimetres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paper {
    /// Its word on the command line.
    pub id: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// Kept clear along every edge.
    pub margin: f32,
    /// Where Silhouette's registration marks stand: left, top, and how far the others are apart.
    pub marks: Option<[f32; 4]>,
}

impl Paper {
    /// ISO A4.
    pub const A4: Self = Self {
        id: "a4",
        name: "A4",
        width: 210.0,
        height: 297.0,
        margin: 10.0,
        marks: Some([10.0, 10.0, 190.0, 277.0]),
    };
    /// US Letter.
    pub const LETTER: Self = Self {
        id: "letter",
        name: "Letter",
        width: 215.9,
        height: 279.4,
        margin: 10.0,
        marks: Some([15.0, 20.0, 180.0, 230.0]),
    };
    /// What Cricut's Design Space takes of a sheet; it adds marks of its own.
    pub const CRICUT: Self =
        Self { id: "cricut", name: "Cricut", width: 165.0, height: 234.0, margin: 0.0, marks: None };

    /// All of them.
    pub const ALL: [Self; 3] = [Self::A4, Self::LETTER, Self::CRICUT];
}

/// How stickers are printed and cut. Lengths are millimetres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PrintOptions {
    /// The paper.
    pub paper: Paper,
    /// The longer edge of each sticker.
    pub size: f32,
    /// How often each sticker is there.
    pub copies: u32,
    /// How far outside the sticker's edge it is cut; negative is inside.
    pub offset: f32,
    /// Bays narrower than twice this are cut straight.
    pub smoothing: f32,
    /// Registration marks for Silhouette cutters?
    pub marks: bool,
}

/// How far colour goes beyond the cut line, in millimetres.
pub const BLEED: f32 = 2.0;

/// How far inside the cut line nothing important should be, in millimetres.
pub const SAFE: f32 = 2.0;

/// The tightest bend that a blade follows, in millimetres.
pub const LEAST_RADIUS: f32 = 1.0;

impl Default for PrintOptions {
    fn default() -> Self {
        Self { paper: Paper::A4, size: 60.0, copies: 1, offset: 0.0, smoothing: 1.0, marks: true }
    }
}

/// Sheets of stickers as files: for each a PNG to print, its cut lines as SVG, both as PDF, and a PNG whose alpha is
/// the cut; takes a while, so not on the UI thread.
pub fn write_sheets(pack: &Pack, options: &PrintOptions, goes_on: GoesOn<'_>) -> Result<Files, ExportError> {
    if pack.stickers.is_empty() {
        return Err(ExportError::NoStickers);
    }
    let mut files = Files::default();
    for (index, sheet) in sheets(pack, options, goes_on)?.iter().enumerate() {
        let name = |what: &str| format!("sheet-{}{what}", index + 1);
        let png = |picture, what: &str| {
            encode_png(&picture, &[], Some(Density(PIXELS_PER_METRE))).map_err(|error| error.about(&name(what)))
        };
        files.add(name(".png"), png(sheet.printed(), ".png")?);
        files.add(name(FLAT_END), png(sheet.flat(), FLAT_END)?);
        files.add(name(CUT_END), svg::write(sheet));
        files.add(name(".pdf"), pdf::write(sheet));
        if !goes_on() {
            return Err(ExportError::Stopped);
        }
    }
    Ok(files)
}

/// Millimetres as pixels of a sheet.
fn pixels(millimetres: f32) -> u32 {
    (millimetres * PIXELS_PER_MM).round().max(0.0) as u32
}
