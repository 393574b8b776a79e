//! What the photo says about the drawn features: where the irises are and which colours to use.

use super::frame::Frame;
use crate::engine::raster::colour::Lab;
use crate::engine::raster::geometry::{Point, PolygonRow, between, distance};
use crate::engine::raster::plane::{Plane, length, quantile, smoothstep};
use crate::vision::landmarks::{
    CHEEKS, LEFT_BROW, LEFT_EYE, LEFT_EYE_CROSS, LIPS, MOUTH, NOSE_TIP, RIGHT_BROW, RIGHT_EYE, RIGHT_EYE_CROSS,
    TEMPLES, UPPER_LIP_EDGE,
};

/// Half the width of an iris as a share of the width of the eye.
const IRIS_SHARE: f32 = 0.205;
/// An eye flatter than this (height by width) is closed.
const CLOSED: f32 = 0.13;

/// A lowered lid is skin down to its dark lashes: by so much its upper part is lighter than its lower one, and the lower
/// one is at most so light, as shares of the skin's lightness.
const SHUT: [f32; 2] = [0.18, 0.85];
/// An eye taller than this (height by width) is seen from the side.
const TALLEST: f32 = 0.45;

/// From when on no eye is seen.
#[derive(Clone, Copy)]
struct Hidden {
    /// Half of an eye's socket is darker than the first share of the skin's lightness, and nearly all of it darker than
    /// the second.
    dark: [f32; 2],
    /// So far from the hue of skin, in Oklab, half of what lies around the eye is a lens.
    foreign: f32,
}

/// From when on an eye is hidden, and from when on the second one is too, which takes less of everything.
const HIDDEN: Hidden = Hidden { dark: [0.60, 0.78], foreign: 0.075 };
/// See [`HIDDEN`].
const HIDDEN_TOO: Hidden = Hidden { dark: [0.80, 1.0], foreign: 0.045 };
/// Where lashes and irises of both eyes are darker than their lids by this share of the skin's lightness, they are seen,
/// in whatever shade and beside hair of whatever colour.
const SEEN: f32 = 0.13;
/// The dark of a lens has less than this share of the colour that skin has in shade.
const GREY: f32 = 0.5;
/// Skin with less chroma than this is that of a photo in black and white.
const COLOURLESS: f32 = 0.008;
/// Skin in the shade of a lamp at the side has at least this share of the lightness of the lit side.
const SHADE: f32 = 0.4;
/// Heads turned farther than this show too little of one side for the mesh to be trusted; about 50°.
const PROFILE: f32 = 0.80;

/// One eye, in pixels of the working square.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::engine) struct Eye {
    /// Middle of the iris.
    pub(in crate::engine) iris: Point,
    /// Half the width of the iris.
    pub(in crate::engine) radius: f32,
    /// Height by width, 0 below a lowered lid; below [`Eye::is_open`]'s limit there is nothing to see of the iris.
    pub(in crate::engine) openness: f32,
    /// Is it behind a dark lens, a hand or hair, so that the photo shows no eye?
    pub(in crate::engine) is_hidden: bool,
}

impl Eye {
    /// Is the iris in sight?
    pub(in crate::engine) fn is_open(&self) -> bool {
        self.openness > CLOSED
    }
}

/// Measured features of a face.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::engine) struct Features {
    /// The right eye, then the left.
    pub(in crate::engine) eyes: [Eye; 2],
    /// Is the head turned so far that the points of the far side are guesses?
    pub(in crate::engine) is_profile: bool,
    /// Colour of the irises.
    pub(in crate::engine) iris: Lab,
    /// Colour of the brows.
    pub(in crate::engine) brow: Lab,
    /// Colour of the lips.
    pub(in crate::engine) lip: Lab,
    /// Usual colour of the skin.
    pub(in crate::engine) skin: Lab,
    /// How much the two cheeks differ in lightness: the light comes from the side.
    pub(in crate::engine) side_light: f32,
    /// Lightness of teeth and of the whites of the eyes.
    pub(in crate::engine) white: f32,
    /// Share of added colour that suits the photo: 0 for a grey one.
    pub(in crate::engine) tint: f32,
    /// How far the mouth is open: height by width of the gap.
    pub(in crate::engine) mouth_openness: f32,
    /// Lightness that tells teeth from the dark of the mouth.
    pub(in crate::engine) teeth_limit: f32,
    /// Share of the open mouth that is teeth.
    pub(in crate::engine) teeth: f32,
}

impl Features {
    /// Measures the face of `frame`, whose skin is `skin`, in its colours `lab`.
    pub(in crate::engine) fn of(frame: &Frame, lab: &[Plane; 3], skin: Lab) -> Self {
        let crosses = [RIGHT_EYE_CROSS, LEFT_EYE_CROSS];
        let rows = crosses.map(|cross| Rows::of(frame, &lab[0], cross, skin[0]));
        let mut eyes = crosses.map(|cross| eye(frame, &lab[0], cross));
        for (eye, rows) in eyes.iter_mut().zip(&rows) {
            // The mesh sees an eye below a lowered lid, too.
            if rows.is_shut() {
                eye.openness = 0.0;
            }
        }
        let cheeks = CHEEKS.map(|cheek| median_lightness(frame, lab, cheek).unwrap_or(skin[0]));
        let sockets = [(RIGHT_EYE, cheeks[0]), (LEFT_EYE, cheeks[1])]
            .map(|(outline, cheek)| (frame.line(outline), shaded(cheek, skin)));
        let hidden =
            |limits| sockets.each_ref().map(|(outline, around)| is_hidden(frame, lab, outline, *around, limits));
        let are_seen = rows.iter().all(|rows| rows.contrast() > SEEN);
        let mut are_hidden = if are_seen { [false; 2] } else { hidden(HIDDEN) };
        // Whoever hides one eye often hides both, and what mirrors the light in one lens is no eye.
        if are_hidden.contains(&true) {
            are_hidden = hidden(HIDDEN_TOO);
        }
        for (eye, is_hidden) in eyes.iter_mut().zip(are_hidden) {
            eye.is_hidden = is_hidden;
        }
        let is_profile = sideways(frame) > PROFILE;
        let mut brows: Vec<Lab> =
            [RIGHT_BROW, LEFT_BROW].iter().flat_map(|brow| inside(frame, lab, &frame.line(brow), |_| true)).collect();
        brows.sort_unstable_by(|a, b| a[0].total_cmp(&b[0]));
        brows.truncate((brows.len() * 2 / 3).max(1));
        let mouth = frame.line(MOUTH);
        let mut eyes_and_teeth: Vec<f32> = [&frame.line(RIGHT_EYE), &frame.line(LEFT_EYE), &mouth]
            .into_iter()
            .flat_map(|outline| inside(frame, lab, outline, |_| true))
            .map(|colour| colour[0])
            .collect();
        eyes_and_teeth.sort_unstable_by(f32::total_cmp);
        let lightest = if eyes_and_teeth.is_empty() { 1.0 } else { quantile(&eyes_and_teeth, 0.97) };
        let lips = inside(frame, lab, &frame.line(LIPS), |[x, y]| PolygonRow::new(&mouth, y, 1.0).distance(x) > 0.5);
        let gap = distance(frame.points[13], frame.points[14]);
        let mouth_width = distance(frame.points[UPPER_LIP_EDGE[0]], frame.points[UPPER_LIP_EDGE[10]]);
        let mut teeth: Vec<f32> = inside(frame, lab, &mouth, |_| true).iter().map(|colour| colour[0]).collect();
        teeth.sort_unstable_by(f32::total_cmp);
        let teeth_limit = match teeth.len() {
            0..8 => 0.6,
            count => (0.5 * (teeth[count / 20] + teeth[count - 1 - count / 20])).clamp(0.42, 0.62),
        };
        let bright = teeth.iter().filter(|&&lightness| lightness > 0.72 * skin[0]).count();
        let teeth = bright as f32 / teeth.len().max(1) as f32;
        Self {
            is_profile,
            side_light: (cheeks[0] - cheeks[1]).abs(),
            tint: smoothstep(0.008, 0.02, length(skin[1], skin[2])),
            eyes,
            teeth,
            iris: iris(frame, lab, &eyes).unwrap_or([0.35, 0.02, 0.03]),
            brow: mean(&brows).unwrap_or([0.3, 0.01, 0.02]),
            lip: mean(&lips).unwrap_or([0.55, 0.09, 0.03]),
            white: white(skin[0], lightest),
            skin,
            mouth_openness: gap / mouth_width.max(1.0),
            teeth_limit,
        }
    }
}

/// White for a face whose eyes and teeth are at most as light as `lightest`: brighter than in the photo, but in the
/// dark white does not glow.
fn white(skin: f32, lightest: f32) -> f32 {
    (skin + 0.22).clamp(0.80, 0.95).min(lightest + 0.22).max((skin + 0.14).min(0.95))
}

/// How far the head is turned: 0 from the front, 1 where one temple lies behind the tip of the nose.
pub(in crate::engine) fn sideways(frame: &Frame) -> f32 {
    let [right, left] = TEMPLES.map(|temple| frame.points[temple]);
    let [dx, dy] = [left[0] - right[0], left[1] - right[1]];
    let nose = frame.points[NOSE_TIP];
    let along = ((nose[0] - right[0]) * dx + (nose[1] - right[1]) * dy) / (dx * dx + dy * dy).max(1.0);
    (2.0 * along - 1.0).abs()
}

/// The skin on the side of a cheek of this lightness, with at least [`SHADE`] of the lightness of the lit side.
fn shaded(cheek: f32, [lit, a, b]: Lab) -> Lab {
    let lightness = cheek.clamp(SHADE * lit, lit);
    [lightness, a * lightness / lit, b * lightness / lit]
}

/// The colour of the irises: of the darker half of the rings around both pupils, since neither what mirrors the light nor a
/// lid is iris.
fn iris(frame: &Frame, lab: &[Plane; 3], eyes: &[Eye; 2]) -> Option<Lab> {
    let ring = |(eye, outline): (&Eye, &[usize])| {
        let is_ring = |p| (0.45..0.95).contains(&(distance(p, eye.iris) / eye.radius));
        inside(frame, lab, &frame.line(outline), is_ring)
    };
    let mut irises: Vec<Lab> = eyes.iter().zip([RIGHT_EYE, LEFT_EYE]).flat_map(ring).collect();
    irises.sort_unstable_by(|a, b| a[0].total_cmp(&b[0]));
    irises.truncate((irises.len() / 2).max(1));
    mean(&irises)
}

fn median_lightness(frame: &Frame, lab: &[Plane; 3], cheek: &[usize]) -> Option<f32> {
    let mut values: Vec<f32> =
        inside(frame, lab, &frame.line(cheek), |_| true).iter().map(|colour| colour[0]).collect();
    values.sort_unstable_by(f32::total_cmp);
    (!values.is_empty()).then(|| quantile(&values, 0.5))
}

/// Does the photo show no eye here? Around an eye there is skin, and in it something about as light as skin.
fn is_hidden(frame: &Frame, lab: &[Plane; 3], outline: &[Point], skin: Lab, limits: Hidden) -> bool {
    let middle = crate::engine::raster::geometry::centroid(outline);
    // The socket: the eye grown to its lids and what lies under it.
    let socket: Vec<Point> =
        outline.iter().map(|p| [middle[0] + 1.25 * (p[0] - middle[0]), middle[1] + 2.1 * (p[1] - middle[1])]).collect();
    let colours = inside(frame, lab, &socket, |_| true);
    if colours.len() < 12 {
        return false;
    }
    let sorted = |value: &dyn Fn(&Lab) -> f32| {
        let mut values: Vec<f32> = colours.iter().map(value).collect();
        values.sort_unstable_by(f32::total_cmp);
        values
    };
    let lightness = sorted(&|colour| colour[0]);
    let is_dark =
        quantile(&lightness, 0.5) < limits.dark[0] * skin[0] && quantile(&lightness, 0.90) < limits.dark[1] * skin[0];
    // Below the brim of a hat there is less light, and as much colour in it. A photo without colour tells nothing of that.
    let hue = length(skin[1], skin[2]).max(1e-3);
    let colour = |&[l, a, b]: &Lab| (a * skin[1] + b * skin[2]) / (hue * l.max(0.05));
    let is_grey = hue < COLOURLESS || quantile(&sorted(&colour), 0.5) < GREY * colour(&skin);
    // A lens that mirrors the sky has hardly a colour of skin.
    let foreign = sorted(&|colour| length(colour[1] - skin[1], colour[2] - skin[2]));
    (is_dark && is_grey) || quantile(&foreign, 0.5) > limits.foreign
}

/// The iris is the darkest disc inside the eye.
fn eye(frame: &Frame, lightness: &Plane, [outer, inner, top, bottom]: [usize; 4]) -> Eye {
    let [outer, inner, top, bottom] = [outer, inner, top, bottom].map(|number| frame.points[number]);
    let (width, height) = (distance(outer, inner), distance(top, bottom));
    let openness = height / width.max(1e-3);
    let radius = width * IRIS_SHARE;
    let middle = between(between(outer, inner, 0.5), between(top, bottom, 0.5), 0.5);
    let along = [(inner[0] - outer[0]) / width, (inner[1] - outer[1]) / width];
    let mut best = (f32::MAX, middle);
    for step in -6..=6_i32 {
        for rise in -2..=2_i32 {
            let (u, v) = (step as f32 * 0.04 * width, rise as f32 * 0.06 * height);
            let centre = [middle[0] + along[0] * u - along[1] * v, middle[1] + along[1] * u + along[0] * v];
            let mut sum = 0.0;
            for i in 0..24 {
                let (sine, cosine) = (i as f32 * 0.785).sin_cos();
                let reach = radius * 0.3 * (i / 8 + 1) as f32;
                // Lids cover the iris above and below; the sides tell its place.
                sum += lightness.sample(centre[0] + cosine * reach, centre[1] + sine * reach.min(height * 0.45));
            }
            let score = sum / 24.0 + 0.03 * (u / radius).abs() + 0.02 * (v / radius).abs();
            if score < best.0 {
                best = (score, centre);
            }
        }
    }
    Eye { iris: best.1, radius, openness, is_hidden: false }
}

/// The lightness of rows across an eye, along its middle half.
struct Rows<'a> {
    lightness: &'a Plane,
    cross: [Point; 4],
    skin: f32,
}

impl<'a> Rows<'a> {
    fn of(frame: &Frame, lightness: &'a Plane, cross: [usize; 4], skin: f32) -> Self {
        Self { lightness, cross: cross.map(|number| frame.points[number]), skin: skin.max(0.05) }
    }

    /// The mean at this share of the way from the upper lid to the lower one, as a share of the skin's lightness.
    fn at(&self, down: f32) -> f32 {
        let [outer, inner, top, bottom] = self.cross;
        let middle = between(outer, inner, 0.5);
        let [dx, dy] = [0, 1].map(|axis: usize| between(top, bottom, down)[axis] - middle[axis]);
        let places = (0..9).map(|i| between(outer, inner, 0.25 + 0.0625 * i as f32));
        places.map(|[x, y]| self.lightness.sample(x + dx, y + dy)).sum::<f32>() / (9.0 * self.skin)
    }

    /// Is the lid lowered? Then the lashes lie at the lower edge of the eye, where an open eye is light.
    fn is_shut(&self) -> bool {
        let [outer, inner, top, bottom] = self.cross;
        let [upper, lower] = [[0.0, 0.2], [0.8, 1.0]].map(|[a, b]: [f32; 2]| 0.5 * (self.at(a) + self.at(b)));
        let openness = distance(top, bottom) / distance(outer, inner).max(1e-3);
        openness < TALLEST && upper - lower > SHUT[0] && lower < SHUT[1]
    }

    /// By how much lashes and iris are darker than what lies above and below them.
    fn contrast(&self) -> f32 {
        let rows = |places: &[f32]| places.iter().map(|&down| self.at(down)).collect::<Vec<_>>();
        let lightest = |places: &[f32]| rows(places).into_iter().fold(0.0, f32::max);
        let darkest = rows(&[-0.2, 0.0, 0.2, 0.4]).into_iter().fold(f32::MAX, f32::min);
        lightest(&[-0.8, -0.6, -0.4]).min(lightest(&[0.6, 0.8, 1.0])) - darkest
    }
}

/// The colours of the pixels inside a polygon that `wanted` lets in.
fn inside(frame: &Frame, lab: &[Plane; 3], polygon: &[Point], wanted: impl Fn(Point) -> bool) -> Vec<Lab> {
    let last = frame.side as f32 - 1.0;
    let [left, top, right, bottom] =
        crate::engine::raster::geometry::bounds(polygon, 0.0).map(|v| v.clamp(0.0, last) as usize);
    let mut colours = Vec::new();
    for y in top..=bottom {
        let row = PolygonRow::new(polygon, y as f32, 0.0);
        for x in left..=right {
            if row.distance(x as f32) < 0.0 && wanted([x as f32, y as f32]) {
                let index = y * frame.side + x;
                colours.push([lab[0].values[index], lab[1].values[index], lab[2].values[index]]);
            }
        }
    }
    colours
}

fn mean(colours: &[Lab]) -> Option<Lab> {
    let count = colours.len() as f32;
    let sum = colours.iter().fold([0.0; 3], |sum, c| [sum[0] + c[0], sum[1] + c[1], sum[2] + c[2]]);
    (count > 0.0).then(|| sum.map(|v| v / count))
}
