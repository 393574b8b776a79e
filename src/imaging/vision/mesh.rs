//! The mesh network: 468 points on a face, and whether it is one.

use super::detect::{CLEAR_SCORE, Candidate};
use super::landmarks::{CHIN, FOREHEAD, LEFT_EYE_OUTER, MOUTH_CORNERS, NOSE_TIP, RIGHT_EYE_OUTER};
use super::network::Network;
use super::pyramid::{Patch, Pyramid};
use super::{Face, IsStopped, VisionError};

/// Edge of the network's input in pixels.
const SIDE: usize = 192;
/// Points of the mesh.
const POINTS: usize = 468;
/// The network looks at a square this much longer than the face.
const MARGIN: f32 = 1.5;
/// Where else the mesh is looked for, to the right and down, in edges of that square.
const BESIDE: [[f32; 2]; 4] = [[0.1, 0.0], [-0.1, 0.0], [0.0, -0.1], [0.0, 0.1]];
/// The points of one look may lie this far from those of the look before, on average, in face heights.
const MOST_MOVED: f32 = 0.40;
/// Below this flag it is no face.
const LEAST_FLAG: f32 = 0.5;

/// The face at the candidate's place, if it is one.
pub(super) fn face(
    network: &Network,
    photo: &Pyramid<'_>,
    candidate: &Candidate,
    is_stopped: IsStopped<'_>,
) -> Result<Option<Face>, VisionError> {
    let (first, first_flag) = first_look(network, photo, candidate, is_stopped)?;
    if first_flag < LEAST_FLAG / 2.0 {
        return Ok(None);
    }
    // The second look is centred by the points of the first.
    let patch = around(&first);
    let (points, flag) = look(network, photo, patch, is_stopped)?;
    if flag < LEAST_FLAG || !is_plausible(&points, &first) {
        return Ok(None);
    }
    let [left, top, right, bottom] = bounds(points.iter().copied());
    let roll = tilt(&points);
    Ok(Some(Face { left, top, width: right - left, height: bottom - top, score: flag, roll, points }))
}

/// The points and flag at the candidate's place or, where the detector is sure and the mesh is not, a little beside it:
/// the box of a head from the side lies too far back for the mesh.
fn first_look(
    network: &Network,
    photo: &Pyramid<'_>,
    candidate: &Candidate,
    is_stopped: IsStopped<'_>,
) -> Result<(Vec<[f32; 2]>, f32), VisionError> {
    let patch = Patch { centre: candidate.centre, size: [candidate.side * MARGIN; 2], angle: candidate.roll };
    let mut best = look(network, photo, patch, is_stopped)?;
    if candidate.score < CLEAR_SCORE {
        return Ok(best);
    }
    for [across, down] in BESIDE {
        if best.1 >= LEAST_FLAG {
            break;
        }
        let beside = Patch { centre: patch.to_photo(0.5 + across, 0.5 + down), ..patch };
        let other = look(network, photo, beside, is_stopped)?;
        if other.1 > best.1 {
            best = other;
        }
    }
    Ok(best)
}

/// Do the points lie as on a head, and where the look before saw them?
///
/// The network draws a face into saws and letters too, but one whose parts are out of place, or that jumps from look to
/// look.
fn is_plausible(points: &[[f32; 2]], before: &[[f32; 2]]) -> bool {
    let [top, chin] = [points[FOREHEAD], points[CHIN]];
    let height = (top[0] - chin[0]).hypot(top[1] - chin[1]);
    if height.is_nan() || height <= 1.0 {
        return false;
    }
    let down = [(chin[0] - top[0]) / height, (chin[1] - top[1]) / height];
    let depth = |[x, y]: [f32; 2]| ((x - top[0]) * down[0] + (y - top[1]) * down[1]) / height;
    let middle = |numbers: [usize; 2]| {
        let [[ax, ay], [bx, by]] = numbers.map(|number| points[number]);
        [f32::midpoint(ax, bx), f32::midpoint(ay, by)]
    };
    let eyes = depth(middle([RIGHT_EYE_OUTER, LEFT_EYE_OUTER]));
    let (nose, mouth) = (depth(points[NOSE_TIP]), depth(middle([MOUTH_CORNERS[0], MOUTH_CORNERS[1]])));
    // Heads that look up or down show some of it foreshortened, but never the other way round.
    let is_in_order =
        -0.10 < eyes && eyes + 0.08 < mouth && mouth < 1.05 && (eyes - 0.15..mouth + 0.10).contains(&nose);
    let moved: f32 = points.iter().zip(before).map(|(a, b)| (a[0] - b[0]).hypot(a[1] - b[1])).sum();
    is_in_order && moved / points.len() as f32 <= MOST_MOVED * height
}

/// One run: the points in photo pixels and the flag, 0 to 1.
fn look(
    network: &Network,
    photo: &Pyramid<'_>,
    patch: Patch,
    is_stopped: IsStopped<'_>,
) -> Result<(Vec<[f32; 2]>, f32), VisionError> {
    let mut outputs = network.run(SIDE, photo.read(patch, SIDE, [0.0, 1.0]), is_stopped)?;
    let points = network.pick(&mut outputs, POINTS * 3)?;
    let logit = network.pick(&mut outputs, 1)?[0];
    let points = points.chunks_exact(3).map(|p| patch.to_photo(p[0] / SIDE as f32, p[1] / SIDE as f32)).collect();
    Ok((points, 1.0 / (1.0 + (-logit).exp())))
}

/// The square that the network should look at next.
fn around(points: &[[f32; 2]]) -> Patch {
    let angle = tilt(points);
    let (sine, cosine) = angle.sin_cos();
    let upright = points.iter().map(|&[x, y]| [x * cosine + y * sine, y * cosine - x * sine]);
    let [left, top, right, bottom] = bounds(upright);
    let (x, y) = (f32::midpoint(left, right), f32::midpoint(top, bottom));
    let side = (right - left).max(bottom - top) * MARGIN;
    Patch { centre: [x * cosine - y * sine, x * sine + y * cosine], size: [side; 2], angle }
}

fn tilt(points: &[[f32; 2]]) -> f32 {
    let (right, left) = (points[RIGHT_EYE_OUTER], points[LEFT_EYE_OUTER]);
    (left[1] - right[1]).atan2(left[0] - right[0])
}

/// `left, top, right, bottom` of points.
fn bounds(points: impl Iterator<Item = [f32; 2]>) -> [f32; 4] {
    points.fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |[left, top, right, bottom], [x, y]| {
        [left.min(x), top.min(y), right.max(x), bottom.max(y)]
    })
}
