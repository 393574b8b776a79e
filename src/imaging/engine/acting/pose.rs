//! What a face does: the muscles of all moods of a prompt together, and the props that come with them.

use model::moods::GREATEST_WEIGHT;
use model::{Mood, Muscle, Prop};

/// From so far on, a brow that rises or sinks stretches the lashes of the photo.
const BROW_PULLS: f32 = 0.3;

/// The muscles and props of some moods.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::engine) struct Pose {
    muscles: [f32; Muscle::COUNT],
    props: Vec<(Prop, f32)>,
}

impl Default for Pose {
    fn default() -> Self {
        Self { muscles: [0.0; Muscle::COUNT], props: Vec::new() }
    }
}

impl Pose {
    /// The pose of these moods with their weights: what they have in common adds up, as far as a face can.
    pub(in crate::engine) fn of(moods: impl IntoIterator<Item = (&'static Mood, f32)>) -> Self {
        let mut pose = Self::default();
        let mut ranges = [[0.0_f32; 2]; Muscle::COUNT];
        for (mood, weight) in moods {
            let weight = weight.clamp(0.0, GREATEST_WEIGHT);
            for &(muscle, amount) in mood.muscles {
                pose.muscles[muscle as usize] += weight * amount;
                ranges[muscle as usize] = muscle.range().map(|limit| limit * weight.max(1.0));
            }
            if weight > 0.0 {
                pose.props.extend(mood.props.iter().map(|&prop| (prop, weight)));
            }
        }
        for (amount, [least, greatest]) in pose.muscles.iter_mut().zip(ranges) {
            *amount = amount.clamp(least, greatest);
        }
        pose.props.sort_by_key(|&(prop, _)| Prop::ALL.iter().position(|&other| other == prop));
        pose.props.dedup_by_key(|&mut (prop, _)| prop);
        pose
    }

    /// The pose of one muscle alone.
    #[cfg(test)]
    pub(in crate::engine) fn only(muscle: Muscle, amount: f32) -> Self {
        let mut pose = Self::default();
        pose.muscles[muscle as usize] = amount;
        pose
    }

    /// The pose of the face in a mirror.
    fn mirrored(mut self) -> Self {
        use Muscle::{BrowRaiseLeft, BrowRaiseRight, LidCloseLeft, LidCloseRight, SmileLeft, SmileRight};
        for [right, left] in [[BrowRaiseRight, BrowRaiseLeft], [LidCloseRight, LidCloseLeft], [SmileRight, SmileLeft]] {
            self.muscles.swap(right as usize, left as usize);
        }
        self.muscles[Muscle::GazeAside as usize] *= -1.0;
        self.muscles[Muscle::HeadTilt as usize] *= -1.0;
        self
    }

    /// The pose with a wink of the eye that can be seen: `can_wink` tells which, the right one first.
    pub(in crate::engine) fn seen_by(self, can_wink: [bool; 2]) -> Self {
        let winks = [0, 1].map(|side: usize| self.lid_close(side) > self.lid_close(1 - side) && !can_wink[side]);
        let is_wasted = winks[0] && can_wink[1] || winks[1] && can_wink[0];
        if is_wasted { self.mirrored() } else { self }
    }

    /// The pose with this prop as well.
    #[cfg(test)]
    pub(in crate::engine) fn with(mut self, prop: Prop) -> Self {
        self.props.push((prop, 1.0));
        self
    }

    /// Does no muscle move?
    pub(in crate::engine) fn is_still(&self) -> bool {
        self.muscles.iter().all(|&amount| amount == 0.0)
    }

    /// What is drawn beside the face or on it, each with its weight.
    pub(in crate::engine) fn props(&self) -> &[(Prop, f32)] {
        &self.props
    }

    /// Does this prop come along?
    pub(in crate::engine) fn has(&self, prop: Prop) -> bool {
        self.props.iter().any(|&(other, _)| other == prop)
    }

    /// What a muscle does.
    pub(in crate::engine) const fn of_muscle(&self, muscle: Muscle) -> f32 {
        self.muscles[muscle as usize]
    }

    /// How far the brow of this side (0 is the person's right) is raised.
    pub(in crate::engine) const fn brow_raise(&self, side: usize) -> f32 {
        self.of_muscle([Muscle::BrowRaiseRight, Muscle::BrowRaiseLeft][side])
    }

    /// How far the eye of this side is closed.
    pub(in crate::engine) const fn lid_close(&self, side: usize) -> f32 {
        self.of_muscle([Muscle::LidCloseRight, Muscle::LidCloseLeft][side])
    }

    /// How far the mouth's corner of this side is drawn up.
    pub(in crate::engine) const fn smile(&self, side: usize) -> f32 {
        self.of_muscle([Muscle::SmileRight, Muscle::SmileLeft][side])
    }

    /// Does the eye of this side differ from the photo's?
    pub(in crate::engine) fn moves_eye(&self, side: usize) -> bool {
        let both = [Muscle::GazeAside, Muscle::GazeUp, Muscle::CheekRaise];
        self.moves_lids(side) || both.iter().any(|&muscle| self.of_muscle(muscle) != 0.0)
    }

    /// Do lids come to lie where the photo shows none, or does a brow pull at what the photo shows above them?
    pub(in crate::engine) fn moves_lids(&self, side: usize) -> bool {
        self.lid_close(side) != 0.0
            || self.of_muscle(Muscle::LidWiden) != 0.0
            || self.brow_raise(side).abs() >= BROW_PULLS
    }

    /// Does the mouth differ from the photo's?
    pub(in crate::engine) fn moves_mouth(&self) -> bool {
        use Muscle::{Frown, JawOpen, LipsClose, Pucker, SmileLeft, SmileRight, Tongue};
        let muscles = [SmileRight, SmileLeft, Frown, JawOpen, LipsClose, Pucker, Tongue];
        muscles.iter().any(|&muscle| self.of_muscle(muscle) != 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mood(word: &str) -> &'static Mood {
        Mood::of(word).unwrap()
    }

    #[test]
    fn weights_scale_and_moods_add_up_as_far_as_a_face_can() {
        let half = Pose::of([(mood("wink"), 0.5)]);
        assert_eq!(half.lid_close(1), 0.5);
        let both = Pose::of([(mood("wink"), 1.0), (mood("sleepy"), 1.0)]);
        assert_eq!((both.lid_close(0), both.lid_close(1)), (1.0, 1.0));
        assert!(both.has(Prop::Zzz));
    }

    #[test]
    fn a_wink_is_of_an_eye_that_can_be_seen() {
        let wink = || Pose::of([(mood("wink"), 1.0)]);
        assert_eq!(wink().seen_by([true, true]), wink());
        assert_eq!(wink().seen_by([false, false]), wink());
        let mirrored = wink().seen_by([true, false]);
        assert_eq!((mirrored.lid_close(0), mirrored.lid_close(1)), (1.0, 0.0));
        assert_eq!(mirrored.smile(0), wink().smile(1));
    }

    #[test]
    fn no_weight_is_no_mood() {
        assert_eq!(Pose::of([(mood("in love"), 0.0)]), Pose::default());
        assert_eq!(Pose::of([(mood("angry"), -2.0)]), Pose::default());
        assert_eq!(Pose::of([(mood("neutral"), 1.0)]), Pose::default());
    }
}
