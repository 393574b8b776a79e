//! The outline of a cut-out: the line along which its alpha crosses one half.

use std::collections::BTreeMap;

use image::RgbaImage;

/// Alpha at which a pixel is neither in nor out; a soft shadow stays below it.
const HALF: f32 = 127.5;

/// A point of a line in pixels; `[0, 0]` is the upper left corner of the picture, pixel centres lie on halves.
type Point = [f32; 2];

/// The outline of the largest island of a cut-out: a closed line of evenly spaced points, clockwise on screen.
///
/// At most `most` points, 3 or more, and about one a pixel. Empty when nothing is opaque. What touches the picture's
/// edge is closed along it. Marching squares over the centres of the pixels, with the crossings interpolated.
pub fn outline(cutout: &RgbaImage, most: usize) -> Vec<Point> {
    let largest = loops(cutout).into_iter().max_by(|one, other| area(one).total_cmp(&area(other)));
    largest.filter(|line| area(line) > 0.0).map(|line| evenly(&line, most)).unwrap_or_default()
}

/// The outlines of all islands of a cut-out, each with points about `spacing` pixels apart; holes have none.
pub fn outlines(cutout: &RgbaImage, spacing: f32) -> Vec<Vec<Point>> {
    let length = |line: &[Point]| -> f32 {
        let next = line.iter().cycle().skip(1);
        line.iter().zip(next).map(|(from, to)| (to[0] - from[0]).hypot(to[1] - from[1])).sum()
    };
    let islands = loops(cutout).into_iter().filter(|line| area(line) > 0.0);
    islands.map(|line| evenly(&line, ((length(&line) / spacing).ceil() as usize).max(3))).collect()
}

/// All closed lines around islands (their area is positive) and around holes (negative).
fn loops(cutout: &RgbaImage) -> Vec<Vec<Point>> {
    let alpha = |x: i32, y: i32| {
        let inside = x >= 0 && y >= 0 && x < cutout.width() as i32 && y < cutout.height() as i32;
        if inside { f32::from(cutout.get_pixel(x as u32, y as u32).0[3]) } else { 0.0 }
    };
    let mut steps = BTreeMap::new();
    for y in -1..cutout.height() as i32 {
        for x in -1..cutout.width() as i32 {
            let corners = [alpha(x, y), alpha(x + 1, y), alpha(x + 1, y + 1), alpha(x, y + 1)];
            for [from, to] in segments(corners).into_iter().flatten() {
                steps.insert(side((x, y), from), (side((x, y), to), crossing((x, y), from, corners)));
            }
        }
    }
    let mut lines = Vec::new();
    while let Some((start, (mut next, point))) = steps.pop_first() {
        let mut line = vec![point];
        while next != start {
            // Every crossing is left by exactly one step, so the line always closes.
            let Some((after, point)) = steps.remove(&next) else { break };
            line.push(point);
            next = after;
        }
        lines.push(line);
    }
    lines
}

/// The steps through a square of four pixel centres, from one of its sides to another, with the opaque side at the
/// right hand. Sides and corners are numbered clockwise from the top, and from the upper left.
fn segments(corners: [f32; 4]) -> [Option<[usize; 2]>; 2] {
    let opaque = corners.map(|alpha| alpha > HALF);
    let ins: Vec<usize> = (0..4).filter(|&i| opaque[i] && !opaque[(i + 1) % 4]).collect();
    let outs: Vec<usize> = (0..4).filter(|&i| !opaque[i] && opaque[(i + 1) % 4]).collect();
    match (ins.as_slice(), outs.as_slice()) {
        ([], _) | (_, []) => [None, None],
        ([from], [to]) => [Some([*from, *to]), None],
        _ => {
            // Two corners across from each other: the middle decides whether they belong together.
            let joined = corners.iter().sum::<f32>() / 4.0 > HALF;
            let pair = |from: usize| Some([from, if joined { (from + 1) % 4 } else { (from + 3) % 4 }]);
            [pair(ins[0]), pair(ins[1])]
        }
    }
}

/// Names a side of a square so that both squares that share it agree.
fn side((x, y): (i32, i32), side: usize) -> (i32, i32, bool) {
    match side {
        0 => (y, x, false),
        1 => (y, x + 1, true),
        2 => (y + 1, x, false),
        _ => (y, x, true),
    }
}

/// Where alpha crosses one half on a side of a square.
fn crossing((x, y): (i32, i32), side: usize, corners: [f32; 4]) -> Point {
    const PLACES: [Point; 4] = [[0.5, 0.5], [1.5, 0.5], [1.5, 1.5], [0.5, 1.5]];
    let (one, other) = (side, (side + 1) % 4);
    let share = (HALF - corners[one]) / (corners[other] - corners[one]);
    let corner = [x as f32, y as f32];
    [0, 1].map(|axis| corner[axis] + PLACES[one][axis] + share * (PLACES[other][axis] - PLACES[one][axis]))
}

/// The area within a closed line in square pixels; negative when it runs the other way round.
fn area(line: &[Point]) -> f32 {
    let next = line.iter().cycle().skip(1);
    line.iter().zip(next).map(|([x, y], [next_x, next_y])| x * next_y - next_x * y).sum::<f32>() / 2.0
}

/// A closed line as at most `most` points at equal distances along it.
fn evenly(line: &[Point], most: usize) -> Vec<Point> {
    let ends = || line.iter().zip(line.iter().cycle().skip(1));
    let length = |from: &Point, to: &Point| (to[0] - from[0]).hypot(to[1] - from[1]);
    let whole: f32 = ends().map(|(from, to)| length(from, to)).sum();
    let count = (whole.round() as usize).clamp(3, most.max(3));
    let gap = whole / count as f32;
    let mut points = Vec::with_capacity(count);
    let mut walked = 0.0;
    for (from, to) in ends() {
        let step = length(from, to);
        while points.len() < count && points.len() as f32 * gap < walked + step {
            let share = (points.len() as f32 * gap - walked) / step;
            points.push([0, 1].map(|axis| from[axis] + share * (to[axis] - from[axis])));
        }
        walked += step;
    }
    points
}

#[cfg(test)]
mod tests {
    use image::Rgba;

    use super::*;

    /// A picture whose alpha is given by a function of the pixel's centre.
    fn picture(side: u32, alpha: impl Fn(f32, f32) -> f32) -> RgbaImage {
        RgbaImage::from_fn(side, side, |x, y| {
            Rgba([0, 0, 0, (alpha(x as f32 + 0.5, y as f32 + 0.5).clamp(0.0, 1.0) * 255.0) as u8])
        })
    }

    fn disc(x: f32, y: f32, centre: Point, radius: f32) -> f32 {
        radius - (x - centre[0]).hypot(y - centre[1]) + 0.5
    }

    #[test]
    fn a_disc_has_a_circle_around_it() {
        let line = outline(&picture(64, |x, y| disc(x, y, [30.0, 34.0], 20.0)), 120);
        assert_eq!(line.len(), 120);
        for [x, y] in &line {
            let radius = (x - 30.0).hypot(y - 34.0);
            assert!((radius - 20.0).abs() < 0.25, "{radius}");
        }
        let round = std::f32::consts::PI * 400.0;
        assert!((area(&line) - round).abs() < 0.02 * round, "{}", area(&line));
    }

    #[test]
    fn every_island_has_its_outline() {
        let both = picture(64, |x, y| disc(x, y, [20.0, 20.0], 12.0).max(disc(x, y, [50.0, 50.0], 6.0)));
        let mut radii: Vec<f32> =
            outlines(&both, 2.0).iter().map(|line| (area(line) / std::f32::consts::PI).sqrt()).collect();
        radii.sort_by(f32::total_cmp);
        assert_eq!(radii.len(), 2);
        assert!((radii[0] - 6.0).abs() < 0.3 && (radii[1] - 12.0).abs() < 0.3, "{radii:?}");
    }

    #[test]
    fn points_are_evenly_spaced() {
        let line = outline(&picture(64, |x, y| disc(x, y, [32.0, 32.0], 25.0)), 50);
        let gaps = line.iter().zip(line.iter().cycle().skip(1)).map(|(a, b)| (a[0] - b[0]).hypot(a[1] - b[1]));
        let (least, most) = gaps.fold((f32::MAX, 0.0_f32), |(least, most), gap| (least.min(gap), most.max(gap)));
        assert!(least > 0.98 * most, "{least} {most}");
    }

    #[test]
    fn only_the_largest_island_counts_and_its_holes_do_not() {
        let both = picture(64, |x, y| {
            let ring = disc(x, y, [24.0, 24.0], 18.0).min(-disc(x, y, [24.0, 24.0], 6.0));
            ring.max(disc(x, y, [54.0, 54.0], 5.0))
        });
        for [x, y] in outline(&both, 400) {
            assert!(((x - 24.0).hypot(y - 24.0) - 18.0).abs() < 0.25);
        }
    }

    #[test]
    fn what_touches_the_edge_is_closed_along_it() {
        let line = outline(&picture(16, |_, _| 1.0), 400);
        assert!(line.iter().all(|[x, y]| [x, y].iter().all(|at| (-0.1..=16.1).contains(*at))));
        assert!((area(&line) - 256.0).abs() < 8.0, "{}", area(&line));
    }

    #[test]
    fn corners_that_only_touch_are_two_islands() {
        let squares = picture(8, |x, y| f32::from((x < 4.0) == (y < 4.0)));
        assert!(area(&outline(&squares, 100)) < 20.0);
    }

    #[test]
    fn nothing_opaque_has_no_outline() {
        assert!(outline(&picture(16, |_, _| 0.0), 100).is_empty());
        assert!(outline(&picture(16, |_, _| 0.4), 100).is_empty());
        assert!(outline(&RgbaImage::new(0, 0), 100).is_empty());
    }
}
