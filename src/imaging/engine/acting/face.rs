//! Muscles move the points of the mesh.
//!
//! Everything is said in the head's own directions and in face heights, so that a tilted or a small face moves alike.

use model::Muscle;

use super::pose::Pose;
use crate::engine::raster::geometry::{Point, between, centroid, distance};
use crate::engine::raster::plane::{length, mix, smoothstep};
use crate::vision::landmarks::{
    CHIN, FOREHEAD, LEFT_BROW, LEFT_CHEEK, LEFT_LOWER_LID, LEFT_UPPER_LID, LOWER_LIP_RINGS, MOUTH_CORNERS, RIGHT_BROW,
    RIGHT_CHEEK, RIGHT_LOWER_LID, RIGHT_UPPER_LID, UPPER_LIP_RINGS,
};

/// How far a smile draws a corner of the mouth outwards (as a share of half its width) and up.
const SMILE: [f32; 2] = [0.27, 0.056];
/// How far a frown draws the corners inwards (as a share of half the width) and down.
const FROWN: [f32; 2] = [0.08, 0.084];
/// How far the jaw drops.
const JAW: f32 = 0.19;
/// The share of that which the chin follows.
const CHIN_FOLLOWS: f32 = 0.45;
/// How much narrower pursed lips are, and how much fuller.
const PUCKER: [f32; 2] = [0.43, 0.45];
/// How far brows rise.
const BROW_RAISE: f32 = 0.105;
/// How far the heads of the brows come together and sink in anger, and how far their tails rise.
const KNIT: [f32; 3] = [0.024, 0.062, 0.016];
/// How far the heads of the brows rise in grief, and how far their tails sink.
const SORROW: [f32; 2] = [0.046, 0.024];
/// How far lids open beyond their own height: the upper and the lower.
const WIDEN: [f32; 2] = [0.022, 0.008];
/// How far cheeks rise, and lower lids with them.
const CHEEKS: [f32; 2] = [0.022, 0.010];

/// The head's own directions.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Axes {
    /// To the person's left, of length 1.
    pub(in crate::engine) right: Point,
    /// From the chin to the forehead, of length 1.
    pub(in crate::engine) up: Point,
    /// Height of the face in pixels.
    pub(in crate::engine) unit: f32,
}

impl Axes {
    /// The directions of a mesh.
    pub(in crate::engine) fn of(points: &[Point]) -> Self {
        Self::between(points[FOREHEAD], points[CHIN])
    }

    /// The directions of a face from its hairline to its chin.
    pub(in crate::engine) fn between(top: Point, chin: Point) -> Self {
        let unit = distance(top, chin).max(1.0);
        let up = [(top[0] - chin[0]) / unit, (top[1] - chin[1]) / unit];
        Self { right: [-up[1], up[0]], up, unit }
    }

    /// A place `x` to the person's left of `from` and `y` above it, in face heights.
    pub(in crate::engine) fn at(&self, from: Point, [x, y]: [f32; 2]) -> Point {
        let (x, y) = (x * self.unit, y * self.unit);
        [from[0] + x * self.right[0] + y * self.up[0], from[1] + x * self.right[1] + y * self.up[1]]
    }

    /// How far `place` lies to the person's left of `from` and above it, in face heights.
    pub(in crate::engine) fn from(&self, from: Point, place: Point) -> [f32; 2] {
        let (dx, dy) = ((place[0] - from[0]) / self.unit, (place[1] - from[1]) / self.unit);
        [dx * self.right[0] + dy * self.right[1], dx * self.up[0] + dy * self.up[1]]
    }
}

/// The mesh in this pose.
pub(super) fn posed(points: &[Point], pose: &Pose) -> Vec<Point> {
    let face = Face::of(points, pose);
    let mut moved: Vec<Point> = points.iter().map(|&at| face.axes.at(at, face.skin(at))).collect();
    for (rings, is_lower) in [(UPPER_LIP_RINGS, false), (LOWER_LIP_RINGS, true)] {
        for ring in rings {
            for (i, &number) in ring.iter().enumerate() {
                moved[number] = face.axes.at(points[number], face.lip(points[number], i, is_lower));
            }
        }
    }
    for side in 0..2 {
        face.brow(side, &mut moved);
        face.lids(side, &mut moved);
    }
    moved
}

/// A mesh about to move.
struct Face<'a> {
    points: &'a [Point],
    pose: &'a Pose,
    axes: Axes,
    /// The middle of the mouth's corners.
    mouth: Point,
    /// Half the width of the mouth, in face heights.
    half_width: f32,
}

impl<'a> Face<'a> {
    fn of(points: &'a [Point], pose: &'a Pose) -> Self {
        let axes = Axes::of(points);
        let [right, left] = MOUTH_CORNERS.map(|corner| points[corner]);
        let half_width = (0.5 * distance(right, left) / axes.unit).max(0.05);
        Self { points, pose, axes, mouth: between(right, left, 0.5), half_width }
    }

    /// How far the middle of the lower lip moves up (or down), by the jaw and by closing lips.
    fn lower_lip(&self) -> f32 {
        self.closing(5, true) - JAW * self.pose.of_muscle(Muscle::JawOpen)
    }

    /// How far an inner edge of the lips moves up to meet the other, at the point `i` of its ring.
    fn closing(&self, i: usize, is_lower: bool) -> f32 {
        let (upper, lower) = (UPPER_LIP_RINGS.last(), LOWER_LIP_RINGS.last());
        let (Some(upper), Some(lower)) = (upper, lower) else { return 0.0 };
        let gap = self.axes.from(self.points[lower[i]], self.points[upper[i]])[1].max(0.0);
        let share = if is_lower { 0.72 } else { -0.28 };
        share * gap * self.pose.of_muscle(Muscle::LipsClose).min(1.0)
    }

    /// The smile at the place `u` from -1 (the right corner) to 1.
    fn smile(&self, u: f32) -> f32 {
        mix(self.pose.smile(0), self.pose.smile(1), smoothstep(-0.6, 0.6, u))
    }

    /// The movement of the lips at `at`, the point `i` of its ring.
    fn lip(&self, at: Point, i: usize, is_lower: bool) -> [f32; 2] {
        let [x, y] = self.axes.from(self.mouth, at);
        let u = (x / self.half_width).clamp(-1.15, 1.15);
        let corner = smoothstep(0.15, 1.0, u.abs());
        let middle = (1.0 - u * u).max(0.0).sqrt();
        let (jaw, pucker) = (self.pose.of_muscle(Muscle::JawOpen), self.pose.of_muscle(Muscle::Pucker));
        let (smile, frown) = (self.smile(u), self.pose.of_muscle(Muscle::Frown));
        let mut dx = self.half_width * u * (SMILE[0] * smile - FROWN[0] * frown - 0.12 * jaw * (1.0 - smile));
        let mut dy = SMILE[1] * smile * corner - 0.008 * smile * (1.0 - corner);
        dy += frown * (0.006 * (1.0 - corner) - FROWN[1] * corner);
        dx -= PUCKER[0] * pucker * x;
        // Pursed lips are fuller away from their inner edges.
        let edge = self.axes.from(self.mouth, self.inner_edge(i, is_lower))[1];
        dy += PUCKER[1] * pucker * (y - edge) * middle;
        if is_lower {
            dy -= JAW * jaw * (0.18 * (1.0 - smile.min(1.0)) + (0.82 + 0.18 * smile.min(1.0)) * middle.powf(0.8));
        } else {
            dy += 0.012 * jaw * middle - 0.18 * JAW * jaw * (1.0 - smile.min(1.0)) * (1.0 - middle);
        }
        [dx, dy + self.closing(i, is_lower)]
    }

    /// The inner edge of a lip at the point `i` of its rings.
    fn inner_edge(&self, i: usize, is_lower: bool) -> Point {
        let rings = if is_lower { LOWER_LIP_RINGS } else { UPPER_LIP_RINGS };
        rings.last().map_or(self.mouth, |ring| self.points[ring[i]])
    }

    /// The movement of plain skin: it follows what moves near it.
    fn skin(&self, at: Point) -> [f32; 2] {
        let [x, y] = self.axes.from(self.mouth, at);
        let bell = |away: f32, reach: f32| (-(away / reach).powi(2)).exp();
        let mut moved = [0.0, 0.0];
        for side in 0..2 {
            let outward = if side == 0 { -1.0 } else { 1.0 };
            let corner = outward * self.half_width;
            let near = bell(length(x - corner, 0.9 * y), 0.13);
            let (smile, frown) = (self.pose.smile(side), self.pose.of_muscle(Muscle::Frown));
            let out = self.half_width * (SMILE[0] * smile - FROWN[0] * frown);
            moved[0] += near * (outward * out - PUCKER[0] * self.pose.of_muscle(Muscle::Pucker) * corner * 0.7);
            moved[1] += near * (SMILE[1] * smile - FROWN[1] * frown);
            let cheek = self.points[[RIGHT_CHEEK, LEFT_CHEEK][side]];
            let away = distance(at, cheek) / self.axes.unit;
            moved[1] += CHEEKS[0] * self.pose.of_muscle(Muscle::CheekRaise) * bell(away, 0.12);
            moved[1] += self.above_brow(side, at);
            let [dx, dy] = self.at_head(side, at);
            moved[0] += dx;
            moved[1] += dy;
        }
        // The chin follows the lower lip, less at the sides of the jaw.
        let chin = self.axes.from(self.mouth, self.points[CHIN])[1].min(-0.1);
        let lip = self.lower_lip();
        let below = smoothstep(0.0, -0.06, y);
        let follows = mix(1.0, CHIN_FOLLOWS, smoothstep(0.25 * chin, chin, y));
        let sideways = (1.0 - (x / 0.44).powi(2)).max(0.0);
        moved[1] += lip * below * follows * sideways;
        moved
    }

    /// How far a brow lifts the skin around it: as far as itself what lies close below, and less and less the forehead
    /// and the lid.
    fn above_brow(&self, side: usize, at: Point) -> f32 {
        let raise = self.pose.brow_raise(side) * BROW_RAISE;
        if raise == 0.0 {
            return 0.0;
        }
        let [brow, lid] = [[RIGHT_BROW, RIGHT_UPPER_LID], [LEFT_BROW, LEFT_UPPER_LID]][side];
        let mean = |numbers: &[usize]| centroid(&numbers.iter().map(|&i| self.points[i]).collect::<Vec<_>>());
        // The outline of a brow runs along its lower edge first.
        let (middle, lower, lid) = (mean(brow), mean(&brow[..5]), mean(&lid[2..7]));
        let [x, y] = self.axes.from(middle, at);
        let gap = self.axes.from(lid, lower)[1].max(0.02);
        let below = smoothstep(0.1, 0.5, self.axes.from(lid, at)[1] / gap);
        let above = (-(y.max(0.0) / 0.16).powi(2)).exp();
        raise * below * above * (-(x / 0.17).powi(4)).exp()
    }

    /// How far the head of a brow carries the skin around it along, in anger and grief.
    fn at_head(&self, side: usize, at: Point) -> [f32; 2] {
        let [upper, lower] = [[107, 55], [336, 285]][side].map(|number: usize| self.points[number]);
        let [x, y] = self.axes.from(between(upper, lower, 0.5), at);
        let reach = if y > 0.0 { 0.10 } else { 0.035 };
        let near = 0.8 * (-(x / 0.10).powi(2) - (y / reach).powi(2)).exp();
        let (knit, sorrow) = (self.pose.of_muscle(Muscle::BrowKnit), self.pose.of_muscle(Muscle::BrowSorrow));
        let inward = if side == 0 { 1.0 } else { -1.0 };
        [near * inward * KNIT[0] * knit * 0.5, near * (SORROW[0] * sorrow - KNIT[1] * knit)]
    }

    fn brow(&self, side: usize, moved: &mut [Point]) {
        let brow = if side == 0 { RIGHT_BROW } else { LEFT_BROW };
        let outward = if side == 0 { -1.0 } else { 1.0 };
        let places: Vec<f32> = brow.iter().map(|&i| self.axes.from(self.mouth, self.points[i])[0] * outward).collect();
        let tail = places.iter().copied().fold(f32::MIN, f32::max);
        let head = places.iter().copied().fold(f32::MAX, f32::min);
        let (knit, sorrow) = (self.pose.of_muscle(Muscle::BrowKnit), self.pose.of_muscle(Muscle::BrowSorrow));
        for (&number, place) in brow.iter().zip(places) {
            // 0 at the tail, 1 at the head.
            let along = ((tail - place) / (tail - head).max(1e-3)).clamp(0.0, 1.0);
            let inner = smoothstep(0.15, 1.0, along);
            let dx = -outward * KNIT[0] * knit * inner;
            let mut dy = self.pose.brow_raise(side) * BROW_RAISE * mix(1.0, 0.8, (2.0 * along - 1.0).abs());
            dy += knit * (KNIT[2] * (1.0 - inner) - KNIT[1] * inner);
            dy += sorrow * (SORROW[0] * inner - SORROW[1] * (1.0 - inner));
            moved[number] = self.axes.at(self.points[number], [dx, dy]);
        }
    }

    fn lids(&self, side: usize, moved: &mut [Point]) {
        let (upper, lower) =
            if side == 0 { (RIGHT_UPPER_LID, RIGHT_LOWER_LID) } else { (LEFT_UPPER_LID, LEFT_LOWER_LID) };
        let close = self.pose.lid_close(side).min(1.0);
        let arch = self.pose.of_muscle(Muscle::LidArch).min(1.0);
        let widen = self.pose.of_muscle(Muscle::LidWiden);
        let cheek = self.pose.of_muscle(Muscle::CheekRaise);
        let last = upper.len() - 1;
        for (i, (&top, &bottom)) in upper.iter().zip(lower).enumerate() {
            let (a, b) = (self.points[top], self.points[bottom]);
            let bulge = (std::f32::consts::PI * i as f32 / last as f32).sin();
            if i == 0 || i == last {
                moved[top] = a;
                continue;
            }
            // Closed lids meet near the lower one; in laughter they meet high, arched like the upper one.
            let low = self.axes.at(between(a, b, 0.86), [0.0, -0.006 * bulge]);
            let high = self.axes.at(between(a, b, 0.30), [0.0, 0.012 * bulge]);
            let meet = between(low, high, arch);
            let a = self.axes.at(a, [0.0, WIDEN[0] * widen * bulge]);
            let b = self.axes.at(b, [0.0, (CHEEKS[1] * cheek - WIDEN[1] * widen) * bulge]);
            moved[top] = between(a, meet, close);
            moved[bottom] = between(b, meet, close);
        }
    }
}
