//! Acting: one photo, many moods.
//!
//! Muscles move the points of the mesh, a smooth warp carries the painting along, and what the photo does not have is
//! drawn: closed lids, the inside of a mouth, and the props of a mood.

mod cells;
mod face;
mod lids;
mod mouth;
mod pose;
mod props;
#[cfg(test)]
mod tests;
mod warp;

pub(super) use self::cells::props as props_in_cells;
pub(super) use self::face::Axes;
pub(super) use self::pose::Pose;
pub(super) use self::props::Props;
use self::warp::Displacement;
use super::analysis::Analysis;
use super::geometry::Point;
use super::look::Look;
use super::measure::Features;
use model::Muscle;

/// How far a gaze moves the irises, in their own radius: aside and up.
const GAZE: [f32; 2] = [0.75, 0.45];

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
}

impl Acting {
    /// The analysed face as `look` poses it.
    pub(super) fn of(analysis: &Analysis, look: &Look) -> Self {
        let own = &analysis.frame.points;
        let features = analysis.features.clone();
        let pose = look.pose.clone().seen_by(features.eyes.map(|eye| eye.is_open() && !eye.is_hidden));
        // Of a profile the mesh tells too little, and some styles draw a face of their own.
        if look.pose.is_still() || features.is_profile || look.own_face.is_some() {
            return Self { points: own.clone(), features, pose, displacement: None };
        }
        let axes = Axes::of(own);
        let points = face::posed(own, &pose);
        let displacement = Some(Displacement::of(own, &points, &axes));
        Self { features: gazing(features, &axes, &pose), points, pose, displacement }
    }

    /// Where a place of the posed face is read from in the photo.
    pub(super) fn source(&self, at: Point) -> Point {
        self.displacement.as_ref().map_or(at, |displacement| displacement.source(at))
    }
}

fn gazing(mut features: Features, axes: &Axes, pose: &Pose) -> Features {
    let (aside, up) = (pose.of_muscle(Muscle::GazeAside), pose.of_muscle(Muscle::GazeUp));
    for eye in &mut features.eyes {
        let radius = eye.radius / axes.unit;
        eye.iris = axes.at(eye.iris, [GAZE[0] * aside * radius, GAZE[1] * up * radius]);
    }
    features
}
