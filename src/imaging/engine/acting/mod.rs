//! Acting: one photo, many moods.
//!
//! Muscles move the points of the mesh, a smooth warp carries the painting along, and what the photo does not have is
//! drawn: closed lids, the inside of a mouth, and the props of a mood.

mod brows;
mod cells;
mod cover;
mod face;
mod lids;
mod mouth;
mod pose;
mod props;
mod reach;
#[cfg(test)]
mod tests;
mod tilt;
mod warp;

pub(super) use self::cells::props as props_in_cells;
use self::cover::Cover;
pub(super) use self::face::Axes;
pub(super) use self::pose::Pose;
pub(super) use self::props::Props;
pub use self::reach::out_of_reach;
use self::tilt::Tilt;
use self::warp::Displacement;
use super::analysis::Analysis;
use crate::engine::analysis::measure::Features;
use crate::engine::draw::painting::LANES;
use crate::engine::raster::geometry::{Point, centroid};
use crate::engine::style::look::Look;
use crate::vision::landmarks::{
    LEFT_BROW, LEFT_LOWER_LID, LEFT_UPPER_LID, LOWER_LIP_RINGS, OVAL, RIGHT_BROW, RIGHT_LOWER_LID, RIGHT_UPPER_LID,
    UPPER_LIP_RINGS,
};
use model::Muscle;

/// How far a gaze moves the irises, in their own radius: aside and up.
const GAZE: [f32; 2] = [0.75, 0.45];

/// How far beyond the upper lid its lashes, fold and shade are painted over, as a share of the way to the brow, and at
/// least and at most so far, in face heights.
const COVERED_UP: f32 = 0.55;
const COVERED_LID: [f32; 2] = [0.022, 0.050];
/// How far beyond the lower lid, in face heights.
const COVERED_DOWN: f32 = 0.018;
/// How far beyond the lips, in face heights.
const COVERED_LIPS: [f32; 2] = [0.016, 0.016];

/// A face in its pose.
#[derive(Debug)]
pub(super) struct Acting {
    /// The points of the mesh in the working square.
    pub(super) points: Vec<Point>,
    /// The features with irises where the pose has them.
    pub(super) features: Features,
    /// What the face does.
    pub(super) pose: Pose,
    /// None where every place stays.
    displacement: Option<Displacement>,
    /// None of an upright head.
    tilt: Option<Tilt>,
    /// What of the photo is painted over.
    covers: Vec<Cover>,
}

impl Acting {
    /// The analysed face as `look` poses it.
    pub(super) fn of(analysis: &Analysis, look: &Look) -> Self {
        let own = &analysis.frame.points;
        let features = analysis.features.clone();
        let pose = look.pose.clone().seen_by(features.eyes.map(|eye| eye.is_open() && !eye.is_hidden));
        // Of a profile the mesh tells too little, and some styles draw a face of their own.
        if look.pose.is_still() || features.is_profile || look.own_face.is_some() {
            return Self { points: own.clone(), features, pose, displacement: None, tilt: None, covers: Vec::new() };
        }
        let axes = Axes::of(own);
        let mut points = face::posed(own, &pose);
        let displacement = Some(Displacement::of(own, &points, &axes));
        let covers = covers(own, &features, &pose, &axes);
        let mut features = gazing(features, &axes, &pose);
        let tilt = Tilt::of(&axes, centroid(&analysis.frame.line(OVAL)), pose.of_muscle(Muscle::HeadTilt));
        if let Some(tilt) = &tilt {
            for point in &mut points {
                *point = tilt.carried(*point);
            }
            for eye in &mut features.eyes {
                eye.iris = tilt.carried(eye.iris);
            }
        }
        Self { points, features, pose, displacement, tilt, covers }
    }

    /// Does the head lean, and its outline with it?
    pub(super) const fn is_tilted(&self) -> bool {
        self.tilt.is_some()
    }

    /// Where a place that no muscle of the face moves comes to lie.
    pub(super) fn carried(&self, at: Point) -> Point {
        self.tilt.map_or(at, |tilt| tilt.carried(at))
    }

    /// Where a place of the posed face is read from in the photo.
    pub(super) fn source(&self, at: Point) -> Point {
        let at = self.tilt.map_or(at, |tilt| tilt.source(at));
        self.displacement.as_ref().map_or(at, |displacement| displacement.source(at))
    }

    /// Paints over what was read at a place of the photo, where the pose does not show it.
    pub(super) fn paint_over(&self, at: Point, lanes: &mut [f32; LANES], read: impl Fn(Point) -> [f32; LANES]) {
        for cover in &self.covers {
            cover.paint(at, lanes, &read);
        }
    }
}

/// What of the photo's face the pose does not show: eyes and a mouth that are drawn anew.
fn covers(own: &[Point], features: &Features, pose: &Pose, axes: &Axes) -> Vec<Cover> {
    let line = |numbers: &[usize]| numbers.iter().map(|&number| own[number]).collect::<Vec<_>>();
    let eyes = [[RIGHT_UPPER_LID, RIGHT_LOWER_LID, RIGHT_BROW], [LEFT_UPPER_LID, LEFT_LOWER_LID, LEFT_BROW]];
    let mut covers = Vec::new();
    for (side, [upper, lower, brow]) in eyes.into_iter().enumerate() {
        let eye = features.eyes[side];
        if eye.is_open() && !eye.is_hidden && pose.moves_lids(side) {
            // The outline of a brow runs along its lower edge first.
            let gap = axes.from(own[upper[4]], centroid(&line(&brow[..5])))[1];
            let up = (COVERED_UP * gap).clamp(COVERED_LID[0], COVERED_LID[1]);
            covers.push(Cover::of([line(upper), line(lower)], [up, COVERED_DOWN].map(|rim| rim * axes.unit), 0.08));
        }
    }
    if pose.moves_mouth() {
        let lips = [UPPER_LIP_RINGS[0], LOWER_LIP_RINGS[0]];
        covers.push(Cover::of(lips.map(line), COVERED_LIPS.map(|rim| rim * axes.unit), 0.16));
    }
    covers
}

fn gazing(mut features: Features, axes: &Axes, pose: &Pose) -> Features {
    let (aside, up) = (pose.of_muscle(Muscle::GazeAside), pose.of_muscle(Muscle::GazeUp));
    for eye in &mut features.eyes {
        let radius = eye.radius / axes.unit;
        eye.iris = axes.at(eye.iris, [GAZE[0] * aside * radius, GAZE[1] * up * radius]);
    }
    features
}
