//! Registration marks of Silhouette cutters.
//!
//! A filled square at the upper left, and an L at the upper right and the lower left (inkscape-silhouette,
//! `render_silhouette_regmarks.py`, read 2026-11). Lengths are millimetres.

use super::Paper;

/// Edge of the square.
const SQUARE: f32 = 5.0;

/// Length of a line of an L.
const LINE: f32 = 20.0;

/// Its thickness.
const THICK: f32 = 0.3;

/// Nothing else is printed this close to a mark.
const CLEARANCE: f32 = 2.0;

/// A filled rectangle: left, top, width, height.
pub(super) type Bar = [f32; 4];

/// The marks of a paper as filled rectangles; none for a paper without.
pub(super) fn bars(paper: &Paper) -> Vec<Bar> {
    let Some([left, top, wide, high]) = paper.marks else { return Vec::new() };
    let (right, bottom) = (left + wide, top + high);
    vec![
        [left, top, SQUARE, SQUARE],
        [right - LINE, top, LINE, THICK],
        [right - THICK, top, THICK, LINE],
        [left, bottom - THICK, LINE, THICK],
        [left, bottom - LINE, THICK, LINE],
    ]
}

/// Where nothing may be printed because of the marks.
pub(super) fn kept_clear(paper: &Paper) -> impl Iterator<Item = Bar> {
    bars(paper).into_iter().map(|[left, top, width, height]| {
        [left - CLEARANCE, top - CLEARANCE, width + 2.0 * CLEARANCE, height + 2.0 * CLEARANCE]
    })
}
