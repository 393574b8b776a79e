//! What of a mood a photo does not let a face do.

use crate::engine::analysis::Analysis;
use crate::engine::style::look::Look;
use model::{Muscle, OutOfReach};

/// A gap between the lips wider than this is an open mouth: height by width.
const OPEN_MOUTH: f32 = 0.18;

/// What of the moods of a look is left out or only drawn nearly, for this photo.
pub fn out_of_reach(analysis: &Analysis, look: &Look) -> Vec<OutOfReach> {
    // A face of the style's own can do anything.
    if look.pose.is_still() || look.own_face.is_some() {
        return Vec::new();
    }
    let features = &analysis.features;
    if features.is_profile {
        return vec![OutOfReach::Profile];
    }
    let moves_lids = [Muscle::LidCloseRight, Muscle::LidCloseLeft, Muscle::LidWiden];
    let is_blind = features.eyes.iter().all(|eye| eye.is_hidden || !eye.is_open());
    let is_shutting = look.pose.of_muscle(Muscle::LipsClose) + look.pose.of_muscle(Muscle::Pucker) > 0.5;
    let mut left_out = Vec::new();
    if is_blind && moves_lids.iter().any(|&muscle| look.pose.of_muscle(muscle) > 0.5) {
        left_out.push(OutOfReach::Eyes);
    }
    if is_shutting && features.mouth_openness > OPEN_MOUTH {
        left_out.push(OutOfReach::Mouth);
    }
    left_out
}
