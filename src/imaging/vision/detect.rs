//! BlazeFace on square tiles: where faces may be.
//!
//! The network sees 128 pixels, so a face in a wide photo is looked for again on smaller tiles
//! until one is found. The anchors are those of Bazarevsky et al., "BlazeFace" (2019): two for
//! each cell of a 16 × 16 grid, then six for each cell of an 8 × 8 grid, all of unit size.

use rayon::prelude::*;

use super::network::Network;
use super::pyramid::{Patch, Pyramid};
use super::{IsStopped, VisionError};

/// Edge of the network's input in pixels.
const SIDE: usize = 128;
/// Cells in each direction and anchors in each cell, in the order of the output.
const GRIDS: [(usize, usize); 2] = [(16, 2), (8, 6)];
/// Anchors altogether.
const ANCHORS: usize = 16 * 16 * 2 + 8 * 8 * 6;
/// Numbers for each anchor: box centre and size, then six keypoints.
const NUMBERS: usize = 16;
/// Least score of a candidate on the whole photo.
const LEAST_SCORE: f32 = 0.5;
/// Least score on a tile, where there is more room for false alarms.
const LEAST_TILE_SCORE: f32 = 0.6;
/// From this score on the orientation of a face is not in doubt.
pub(super) const CLEAR_SCORE: f32 = 0.75;
/// A photo this many times longer than wide is looked at in squares too.
const LONG: f32 = 1.2;
/// Boxes that share more than this of their union are the same face.
const SAME_FACE: f32 = 0.3;
/// More tiles than this are not looked at in one look.
const MOST_TILES: usize = 48;
/// More candidates than this are not looked at.
const MOST_CANDIDATES: usize = 16;

/// A place where a face may be, in photo pixels.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Centre of the box.
    pub(super) centre: [f32; 2],
    /// Longer edge of the box.
    pub(super) side: f32,
    /// 0 to 1.
    pub(super) score: f32,
    /// Tilt in radians, from the eyes.
    pub(super) roll: f32,
    eyes: [[f32; 2]; 2],
}

/// How closely the photo is looked at; the next one only when a look found no face.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// The whole photo, and when it is long also squares along it.
    Whole,
    /// Tiles with an edge of `edge` hundredths of the shorter edge, `step` hundredths of their own edge apart.
    Tiles { edge: u32, step: u32 },
}

/// All looks, in order. Tiles share more than the biggest face that the look before cannot see.
pub(super) const LOOKS: [Look; 3] =
    [Look::Whole, Look::Tiles { edge: 60, step: 67 }, Look::Tiles { edge: 35, step: 75 }];

/// Candidates, biggest first.
pub(super) fn candidates(
    network: &Network,
    photo: &Pyramid<'_>,
    look: Look,
    is_stopped: IsStopped<'_>,
) -> Result<Vec<Candidate>, VisionError> {
    let found = match look {
        Look::Whole => scan_whole(network, photo, is_stopped)?,
        Look::Tiles { edge, step } => {
            let tiles = tiles(photo.width(), photo.height(), [edge, step].map(|share| share as f32 / 100.0));
            let tiles: Vec<_> = tiles.map(|tile| (tile, LEAST_TILE_SCORE)).collect();
            scan_all(network, photo, &tiles, is_stopped)?
        }
    };
    let mut faces = merge(found);
    faces.sort_by(|a, b| b.side.total_cmp(&a.side));
    faces.truncate(MOST_CANDIDATES);
    Ok(faces)
}

/// Looks at the whole photo, then at squares along a long one, then turned where no face is clear.
fn scan_whole(
    network: &Network,
    photo: &Pyramid<'_>,
    is_stopped: IsStopped<'_>,
) -> Result<Vec<Candidate>, VisionError> {
    let (width, height) = (photo.width(), photo.height());
    let longest = width.max(height);
    let whole = Patch { centre: [width / 2.0, height / 2.0], size: [longest; 2], angle: 0.0 };
    let mut upright = vec![(whole, LEAST_SCORE)];
    if longest > LONG * width.min(height) {
        upright.extend(tiles(width, height, [1.0, 0.5]).map(|tile| (tile, LEAST_TILE_SCORE)));
    }
    let mut found = scan_all(network, photo, &upright, is_stopped)?;
    if found.iter().any(|face| face.score > CLEAR_SCORE) {
        return Ok(found);
    }
    // The network knows heads within about a quarter turn of upright, and half sees the others.
    let turned = [1.0, 2.0, 3.0].map(|quarter: f32| {
        let angle = quarter * std::f32::consts::FRAC_PI_2;
        (Patch { angle, ..whole }, LEAST_TILE_SCORE)
    });
    found.extend(scan_all(network, photo, &turned, is_stopped)?);
    Ok(found)
}

/// Looks at all these tiles, each with its least score, and gives what they show in their order.
fn scan_all(
    network: &Network,
    photo: &Pyramid<'_>,
    tiles: &[(Patch, f32)],
    is_stopped: IsStopped<'_>,
) -> Result<Vec<Candidate>, VisionError> {
    let found: Result<Vec<Vec<Candidate>>, _> =
        tiles.par_iter().map(|&(tile, least_score)| scan(network, photo, tile, least_score, is_stopped)).collect();
    Ok(found?.into_iter().flatten().collect())
}

/// Square tiles that cover the photo; their edge is `edge` of its shorter one, their step at most `step` of their own.
///
/// A strip of a picture would need ever more of them: from [`MOST_TILES`] on they are larger, and lie farther apart.
fn tiles(width: f32, height: f32, [edge, step]: [f32; 2]) -> impl Iterator<Item = Patch> {
    let shorter = width.min(height);
    let counted = |length: f32, side: f32| ((length - side) / (side * step)).ceil().max(0.0) as usize + 1;
    let mut side = shorter * edge;
    while side < shorter && counted(width, side) * counted(height, side) > MOST_TILES {
        side = (side * 1.2).min(shorter);
    }
    let places = move |length: f32| {
        let count = (((length - side) / (side * step)).ceil().max(0.0) as usize + 1).min(MOST_TILES);
        (0..count)
            .map(move |i| side / 2.0 + (length - side) * if count > 1 { i as f32 / (count - 1) as f32 } else { 0.5 })
    };
    let tile = move |x, y| Patch { centre: [x, y], size: [side; 2], angle: 0.0 };
    places(height).flat_map(move |y| places(width).map(move |x| tile(x, y)))
}

/// Runs the network on one tile and gives what it finds.
fn scan(
    network: &Network,
    photo: &Pyramid<'_>,
    tile: Patch,
    least_score: f32,
    is_stopped: IsStopped<'_>,
) -> Result<Vec<Candidate>, VisionError> {
    let mut found = Vec::new();
    let mut outputs = network.run(SIDE, photo.read(tile, SIDE, [-1.0, 1.0]), is_stopped)?;
    let boxes = network.pick(&mut outputs, ANCHORS * NUMBERS)?;
    let scores = network.pick(&mut outputs, ANCHORS)?;
    let cells = GRIDS.iter().flat_map(|&(grid, each)| {
        (0..grid * grid * each).map(move |i| {
            let cell = i / each;
            [((cell % grid) as f32 + 0.5) / grid as f32, ((cell / grid) as f32 + 0.5) / grid as f32]
        })
    });
    for ((anchor, numbers), &logit) in cells.zip(boxes.chunks_exact(NUMBERS)).zip(&scores) {
        let score = 1.0 / (1.0 + (-logit.clamp(-80.0, 80.0)).exp());
        if score < least_score {
            continue;
        }
        let at =
            |i: usize| tile.to_photo(numbers[i] / SIDE as f32 + anchor[0], numbers[i + 1] / SIDE as f32 + anchor[1]);
        let side = numbers[2].max(numbers[3]) / SIDE as f32 * tile.size[0];
        let eyes = [at(4), at(6)];
        found.push(Candidate { centre: at(0), side, score, roll: tilt(eyes), eyes });
    }
    Ok(found)
}

/// Angle of the line from the person's right eye to the left one.
fn tilt([right, left]: [[f32; 2]; 2]) -> f32 {
    (left[1] - right[1]).atan2(left[0] - right[0])
}

/// Non-maximum suppression that averages each group, weighted by score, as BlazeFace asks for.
fn merge(mut found: Vec<Candidate>) -> Vec<Candidate> {
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut faces = Vec::new();
    while let Some(best) = found.first().cloned() {
        let (group, rest): (Vec<_>, Vec<_>) = found.into_iter().partition(|face| overlap(face, &best) > SAME_FACE);
        found = rest;
        // The same head seen upside down is no help for its tilt.
        let group: Vec<_> = group.into_iter().filter(|face| (face.roll - best.roll).cos() > 0.7).collect();
        let total: f32 = group.iter().map(|face| face.score).sum();
        let mean = |value: fn(&Candidate) -> [f32; 2]| {
            let sum = group.iter().fold([0.0; 2], |sum, face| {
                let [x, y] = value(face);
                [sum[0] + x * face.score, sum[1] + y * face.score]
            });
            sum.map(|v| v / total)
        };
        let eyes = [mean(|face| face.eyes[0]), mean(|face| face.eyes[1])];
        let side = mean(|face| [face.side; 2])[0];
        faces.push(Candidate { centre: mean(|face| face.centre), side, score: best.score, roll: tilt(eyes), eyes });
    }
    faces
}

/// Intersection over union of two square boxes.
fn overlap(a: &Candidate, b: &Candidate) -> f32 {
    let shared_edge = |i: usize| {
        let low = (a.centre[i] - a.side / 2.0).max(b.centre[i] - b.side / 2.0);
        let high = (a.centre[i] + a.side / 2.0).min(b.centre[i] + b.side / 2.0);
        (high - low).max(0.0)
    };
    let shared = shared_edge(0) * shared_edge(1);
    shared / (a.side * a.side + b.side * b.side - shared).max(1e-6)
}
