//! Sheets for print and cut.

use image::GenericImageView as _;
use imaging::picture::{PngChunks, decode_sticker};

use super::Found;
use crate::Files;
use crate::lights::Measured;
use crate::print::{CUT_END, FLAT_END, SPOT};
use crate::rules::About;

/// Of longer lines only so many points are looked at in pairs.
const MOST_POINTS: usize = 6000;

pub(super) fn read(files: &Files) -> Found<'_> {
    let mut found = Found::default();
    for (path, bytes) in files.ending(".png") {
        found.facts.push(Measured::number(About::Density, path, density(bytes)));
        if path.ends_with(FLAT_END) {
            found.facts.push(Measured::number(About::HalfClear, path, half_clear(bytes)));
        }
    }
    for (path, bytes) in files.ending(CUT_END) {
        let amiss = amiss_with_lines(&String::from_utf8_lossy(bytes));
        found.facts.push(Measured::text(About::CutLines, path, amiss));
    }
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

/// How many pixels are neither clear nor opaque.
fn half_clear(png: &[u8]) -> usize {
    let Ok(picture) = decode_sticker(png) else { return usize::MAX };
    picture.pixels().filter(|(_, _, pixel)| !matches!(pixel.0[3], 0 | u8::MAX)).count()
}

/// What is wrong with the cut lines of an SVG file.
fn amiss_with_lines(svg: &str) -> String {
    let paths: Vec<&str> = svg.split("<path d=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    if paths.is_empty() {
        return "no lines".to_owned();
    }
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
    }
    String::new()
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
    fn lines_are_closed_and_do_not_cross() {
        let svg = |path: &str| amiss_with_lines(&format!("<svg><path d=\"{path}\"/></svg>"));
        assert_eq!(svg("M0,0 L10,0 L10,10 L0,10 Z"), "");
        assert_eq!(svg("M0,0 L10,0 L10,10 L0,10"), "line 1 is not closed");
        assert_eq!(svg("M0,0 L10,10 L10,0 L0,10 Z"), "line 1 crosses itself");
        assert_eq!(svg("M0,0 L10,10 Z"), "line 1 has 2 points");
        assert_eq!(svg("M0,0 Lx,1 L3,3 Z"), "line 1 cannot be read");
        assert_eq!(amiss_with_lines("<svg/>"), "no lines");
    }
}
