//! Sheets for print and cut.

use std::collections::BTreeSet;

use image::GenericImageView as _;
use imaging::picture::{PngChunks, decode_sticker};

use super::Found;
use crate::Files;
use crate::files::has_ending;
use crate::geometry::FAINT;
use crate::lights::Measured;
use crate::print::{CUT_END, FLAT_END, PIXELS_PER_MM, POINTS_PER_MM, SHEET_ENDS, SPOT};
use crate::rules::About;

/// Of longer lines only so many points are looked at in pairs.
const MOST_POINTS: usize = 6000;

/// Sizes that differ by less are the same but for whole pixels, in millimetres.
const NEAR: f64 = 0.1;

pub(super) fn read(files: &Files) -> Found<'_> {
    let mut found = Found::default();
    for (path, bytes) in files.ending(".png") {
        found.facts.push(Measured::number(About::Density, path, density(bytes)));
        let alphas = Alphas::of(bytes);
        found.facts.push(Measured::number(About::Seen, path, alphas.seen));
        if path.ends_with(FLAT_END) {
            found.facts.push(Measured::number(About::HalfClear, path, alphas.half_clear));
        }
    }
    for (path, bytes) in files.ending(CUT_END) {
        let svg = String::from_utf8_lossy(bytes);
        found.facts.push(Measured::text(About::CutLines, path, amiss_with_lines(&svg)));
        found.facts.push(Measured::text(About::CutUnits, path, units(&svg)));
    }
    found.facts.push(Measured::text(About::SheetFiles, "", amiss_with_sheets(files).join("; ")));
    for (path, bytes) in files.ending(".pdf") {
        let has_spot = [format!("/Separation/{SPOT}"), format!("/Separation /{SPOT}")]
            .iter()
            .any(|words| bytes.windows(words.len()).any(|window| window == words.as_bytes()));
        let amiss = if has_spot { "" } else { "no such separation" };
        found.facts.push(Measured::text(About::SpotColour, path, amiss));
    }
    found
}

/// Pixels to a metre, as the file says; 0 when it says nothing or two things.
fn density(png: &[u8]) -> usize {
    let stated = PngChunks::of(png).and_then(|mut chunks| chunks.find(|chunk| chunk.kind == *b"pHYs"));
    let Some([a, b, c, d, e, f, g, h, unit]) = stated.and_then(|chunk| chunk.data.first_chunk::<9>().copied()) else {
        return 0;
    };
    let (across, down) = (u32::from_be_bytes([a, b, c, d]), u32::from_be_bytes([e, f, g, h]));
    if across == down && unit == 1 { across as usize } else { 0 }
}

/// How much of a sheet can be seen.
struct Alphas {
    /// Pixels that are not clear.
    seen: usize,
    /// Pixels that are neither clear nor opaque.
    half_clear: usize,
}

impl Alphas {
    /// Those of a PNG file; nothing of one that cannot be read is seen, and all of it is half clear.
    fn of(png: &[u8]) -> Self {
        let Ok(picture) = decode_sticker(png) else { return Self { seen: 0, half_clear: usize::MAX } };
        if !picture.color().has_alpha() {
            return Self { seen: picture.width() as usize * picture.height() as usize, half_clear: 0 };
        }
        picture.pixels().fold(Self { seen: 0, half_clear: 0 }, |so_far, (_, _, pixel)| Self {
            seen: so_far.seen + usize::from(pixel.0[3] >= FAINT),
            half_clear: so_far.half_clear + usize::from(!matches!(pixel.0[3], 0 | u8::MAX)),
        })
    }
}

/// What is missing of a sheet of which another file is there, and which of its files are not of the same size.
fn amiss_with_sheets(files: &Files) -> Vec<String> {
    let sheet_of = |path: &str| SHEET_ENDS.iter().find_map(|end| path.strip_suffix(end).map(str::to_owned));
    let sheets: BTreeSet<String> = files.iter().filter_map(|(path, _)| sheet_of(path)).collect();
    let of_sheet = |sheet: &String| {
        let paths = SHEET_ENDS.map(|end| format!("{sheet}{end}"));
        let missing = paths.iter().filter(|path| files.get(path).is_none());
        let missing: Vec<String> = missing.map(|path| format!("{path} is not there")).collect();
        let sized = paths.iter().filter_map(|path| Some((path, millimetres(path, files.get(path)?)?)));
        let sized: Vec<(&String, [f64; 2])> = sized.collect();
        let is_near = |[a, b]: [f64; 2], [c, d]: [f64; 2]| (a - c).abs() < NEAR && (b - d).abs() < NEAR;
        let differing = sized.iter().skip(1).find(|(_, size)| !is_near(*size, sized[0].1)).map(|(path, [x, y])| {
            let (first, [wide, high]) = sized[0];
            format!("{path} is {x:.1} × {y:.1} mm, and {first} {wide:.1} × {high:.1}")
        });
        missing.into_iter().chain(differing).collect::<Vec<_>>()
    };
    sheets.iter().flat_map(of_sheet).collect()
}

/// Width and height of a sheet's file in millimetres; `None` where it does not say so.
fn millimetres(path: &str, bytes: &[u8]) -> Option<[f64; 2]> {
    if path.ends_with(CUT_END) {
        let units = units(&String::from_utf8_lossy(bytes));
        let (width, height) = units.split_once(", ")?.0.split_once(" × ")?;
        return Some([width.strip_suffix("mm")?.parse().ok()?, height.strip_suffix("mm")?.parse().ok()?]);
    }
    if has_ending(path, "pdf") {
        return page(bytes).map(|points| points.map(|length| length / f64::from(POINTS_PER_MM)));
    }
    let header = PngChunks::of(bytes)?.find(|chunk| chunk.kind == *b"IHDR")?;
    let edge = |at: usize| header.data.get(at..)?.first_chunk::<4>().map(|edge| f64::from(u32::from_be_bytes(*edge)));
    Some([edge(0)?, edge(4)?].map(|pixels| pixels / f64::from(PIXELS_PER_MM)))
}

/// Width and height of the first page of a PDF file, in points.
fn page(pdf: &[u8]) -> Option<[f64; 2]> {
    const BOX: &[u8] = b"/MediaBox";
    let at = pdf.windows(BOX.len()).position(|window| window == BOX)? + BOX.len();
    let numbers: &[u8] = pdf.get(at..)?.split(|byte| *byte == b']').next()?;
    let numbers = std::str::from_utf8(numbers).ok()?.trim_start().strip_prefix('[')?;
    let numbers = numbers.split_whitespace().map(|number| number.parse().ok()).collect::<Option<Vec<f64>>>()?;
    let [left, low, right, high] = numbers[..] else { return None };
    Some([right - left, high - low])
}

/// How large an SVG picture says that it is, and in how many units, such as `210mm × 297mm, 0 0 210 297`.
///
/// What is turned or stretched within it is no longer in those units, so that is said instead.
fn units(svg: &str) -> String {
    if svg.contains(" transform=") {
        return "something in it is transformed".to_owned();
    }
    let head = svg.split_once("<svg").and_then(|(_, rest)| rest.split_once('>')).map_or("", |(head, _)| head);
    let stated = |name: &str| {
        let (_, rest) = head.split_once(&format!(" {name}=\"")).unwrap_or_default();
        rest.split('"').next().unwrap_or_default()
    };
    format!("{} × {}, {}", stated("width"), stated("height"), stated("viewBox"))
}

/// What is wrong with the cut lines of an SVG file.
fn amiss_with_lines(svg: &str) -> String {
    let paths: Vec<&str> = svg.split("<path d=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    if paths.is_empty() {
        return "no lines".to_owned();
    }
    let paper = paper(svg);
    for (number, path) in paths.iter().enumerate() {
        let Some(points) = path.strip_prefix('M').and_then(|path| path.trim_end().strip_suffix('Z')) else {
            return format!("line {} is not closed", number + 1);
        };
        let Some(points) = points.split('L').map(point).collect::<Option<Vec<_>>>() else {
            return format!("line {} cannot be read", number + 1);
        };
        if points.len() < 3 {
            return format!("line {} has {} points", number + 1, points.len());
        }
        if crosses_itself(&points) {
            return format!("line {} crosses itself", number + 1);
        }
        if paper.is_some_and(|paper| !lies_on(paper, &points)) {
            return format!("line {} leaves the paper", number + 1);
        }
    }
    String::new()
}

/// Width and height of an SVG picture in its own units.
fn paper(svg: &str) -> Option<[f64; 2]> {
    let units = units(svg);
    let (_, view) = units.split_once(", ")?;
    let numbers = view.split_whitespace().map(|number| number.parse().ok()).collect::<Option<Vec<f64>>>()?;
    let [_, _, width, height] = numbers[..] else { return None };
    Some([width, height])
}

fn lies_on([width, height]: [f64; 2], points: &[[f64; 2]]) -> bool {
    points.iter().all(|[x, y]| (0.0..=width).contains(x) && (0.0..=height).contains(y))
}

fn point(words: &str) -> Option<[f64; 2]> {
    let (x, y) = words.trim().split_once(',')?;
    Some([x.parse().ok()?, y.parse().ok()?])
}

/// Do two sides of a closed line that are not neighbours meet?
fn crosses_itself(points: &[[f64; 2]]) -> bool {
    let count = points.len().min(MOST_POINTS);
    let side = |index: usize| (points[index], points[(index + 1) % points.len()]);
    (0..count).any(|one| {
        let is_neighbour = |other: usize| other == one + 1 || (one == 0 && other + 1 == points.len());
        (one + 1..count).any(|other| !is_neighbour(other) && meet(side(one), side(other)))
    })
}

/// Do two straight lines meet?
fn meet((a, b): ([f64; 2], [f64; 2]), (c, d): ([f64; 2], [f64; 2])) -> bool {
    let turn = |p: [f64; 2], q: [f64; 2], r: [f64; 2]| (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
    let apart =
        |axis: usize| a[axis].max(b[axis]) < c[axis].min(d[axis]) || c[axis].max(d[axis]) < a[axis].min(b[axis]);
    !apart(0) && !apart(1) && turn(a, b, c) * turn(a, b, d) < 0.0 && turn(c, d, a) * turn(c, d, b) < 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_those_of_the_picture_itself() {
        let svg =
            "<?xml version=\"1.0\"?>\n<svg width=\"210mm\" height=\"297mm\" viewBox=\"0 0 210 297\"><path/></svg>";
        assert_eq!(units(svg), "210mm × 297mm, 0 0 210 297");
        assert_eq!(units("<svg><path stroke-width=\"1mm\"/></svg>"), " × , ");
        assert!(units(&svg.replace("<path", "<path transform=\"scale(2)\"")).contains("transformed"));
    }

    #[test]
    fn a_sheet_has_all_its_files() {
        let files = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), Vec::new())).collect::<Files>();
        let amiss = |names: &[&str]| amiss_with_sheets(&files(names));
        assert!(amiss(&["s-1.png", "s-1-flat.png", "s-1-cut.svg", "s-1.pdf", "emoji.txt"]).is_empty());
        assert_eq!(amiss(&["s-1.png", "s-1-flat.png", "s-1.pdf"]), ["s-1-cut.svg is not there"]);
        assert_eq!(amiss(&["s-2-cut.svg"]).len(), 3);
    }

    #[test]
    fn a_sheet_is_as_large_in_one_file_as_in_the_other() {
        let mut png = std::io::Cursor::new(Vec::new());
        image::DynamicImage::new_rgb8(118, 236).write_to(&mut png, image::ImageFormat::Png).unwrap();
        let amiss = |width: &str| {
            let mut files = Files::default();
            files.add("s.pdf", "");
            files.add("s.png", png.get_ref().clone());
            files.add("s-flat.png", png.get_ref().clone());
            files.add("s-cut.svg", format!("<svg width=\"{width}\" height=\"20mm\" viewBox=\"0 0 10 20\">"));
            amiss_with_sheets(&files)
        };
        assert!(amiss("10mm").is_empty() && amiss("10px").is_empty());
        assert_eq!(amiss("12mm"), ["s-cut.svg is 12.0 × 20.0 mm, and s-flat.png 10.0 × 20.0"]);
    }

    #[test]
    fn lines_are_closed_and_do_not_cross() {
        let svg = |path: &str| amiss_with_lines(&format!("<svg><path d=\"{path}\"/></svg>"));
        assert_eq!(svg("M0,0 L10,0 L10,10 L0,10 Z"), "");
        assert_eq!(svg("M0,0 L10,0 L10,10 L0,10"), "line 1 is not closed");
        assert_eq!(svg("M0,0 L10,10 L10,0 L0,10 Z"), "line 1 crosses itself");
        assert_eq!(svg("M0,0 L10,10 Z"), "line 1 has 2 points");
        assert_eq!(svg("M0,0 Lx,1 L3,3 Z"), "line 1 cannot be read");
        assert_eq!(amiss_with_lines("<svg/>"), "no lines");
        let on_paper = |view: &str| {
            amiss_with_lines(&format!("<svg viewBox=\"{view}\"><path d=\"M0,0 L10,0 L10,10 L0,10 Z\"/></svg>"))
        };
        assert_eq!(on_paper("0 0 10 10"), "");
        assert_eq!(on_paper("0 0 10 9"), "line 1 leaves the paper");
    }

    #[test]
    fn a_page_is_as_large_as_its_box() {
        assert_eq!(page(b"<< /Type /Page /MediaBox [0 0 595.5 842] >>"), Some([595.5, 842.0]));
        assert_eq!(page(b"<</MediaBox[10 20 30 60]>>"), Some([20.0, 40.0]));
        assert_eq!((page(b"/MediaBox [0 0 1]"), page(b"no page")), (None, None));
    }
}
