//! In which direction each muscle moves the mesh, and how the warp follows.

use super::face::{Axes, posed};
use super::warp::Displacement;
use super::*;
use crate::engine::geometry::distance;
use crate::engine::tests::analysis;
use crate::vision::landmarks::{CHIN, MOUTH_CORNERS};

/// How far a pose moves a point of the sample portrait to the person's left and up, in face heights.
fn movement(pose: &Pose, number: usize) -> [f32; 2] {
    let points = &analysis().frame.points;
    Axes::of(points).from(points[number], posed(points, pose)[number])
}

#[test]
fn each_muscle_moves_its_points_in_its_direction() {
    use Muscle::{
        BrowKnit, BrowRaiseLeft, BrowRaiseRight, BrowSorrow, CheekRaise, Frown, JawOpen, LidCloseLeft, LidCloseRight,
        LidWiden, Pucker, SmileLeft, SmileRight,
    };
    let [right, left] = MOUTH_CORNERS;
    // The muscle, a point of the mesh, and the least that it moves to the person's left and up.
    let cases: &[(Muscle, usize, [f32; 2])] = &[
        (BrowRaiseRight, 105, [0.0, 0.03]),
        (BrowRaiseLeft, 334, [0.0, 0.03]),
        (BrowKnit, 107, [0.01, -0.02]),
        (BrowKnit, 336, [-0.01, -0.02]),
        (BrowSorrow, 107, [0.0, 0.02]),
        (BrowSorrow, 70, [0.0, -0.01]),
        (LidCloseRight, 159, [0.0, -0.01]),
        (LidCloseLeft, 386, [0.0, -0.01]),
        (LidWiden, 159, [0.0, 0.01]),
        (SmileRight, right, [-0.02, 0.03]),
        (SmileLeft, left, [0.02, 0.03]),
        (Frown, right, [0.005, -0.03]),
        (Frown, left, [-0.005, -0.03]),
        (JawOpen, 14, [0.0, -0.1]),
        (JawOpen, CHIN, [0.0, -0.05]),
        (Pucker, right, [0.04, 0.0]),
        (Pucker, left, [-0.04, 0.0]),
        (CheekRaise, 50, [0.0, 0.01]),
    ];
    for &(muscle, number, least) in cases {
        let moved = movement(&Pose::only(muscle, 1.0), number);
        for (axis, (moved, least)) in moved.into_iter().zip(least).enumerate().filter(|(_, (_, least))| *least != 0.0) {
            assert!(moved * least.signum() >= least.abs(), "{muscle:?} moves {number} by {moved} on axis {axis}");
        }
    }
}

#[test]
fn closing_lips_meet_and_closing_lids_meet() {
    let points = &analysis().frame.points;
    let gap = |points: &[Point], a: usize, b: usize| distance(points[a], points[b]);
    let shut = posed(points, &Pose::only(Muscle::LipsClose, 1.0));
    assert!(gap(&shut, 13, 14) < 0.1 * gap(points, 13, 14).max(1.0));
    let shut = posed(points, &Pose::only(Muscle::LidCloseRight, 1.0));
    assert!(gap(&shut, 159, 145) < 0.1 * gap(points, 159, 145));
    assert_eq!(gap(&shut, 386, 374), gap(points, 386, 374), "the other eye stays");
}

#[test]
fn the_nose_and_the_sides_of_the_face_stay() {
    for mood in model::moods::MOODS {
        let pose = Pose::of([(mood, 1.0)]);
        for number in [6, 197, 195, 5, 127, 234, 356, 454] {
            let [x, y] = movement(&pose, number);
            assert!(x.hypot(y) < 0.015, "{} moves {number} by {x} {y}", mood.word);
        }
    }
}

#[test]
fn half_a_weight_moves_half_as_far() {
    let happy = model::Mood::of("happy").unwrap();
    let corner = |weight: f32| movement(&Pose::of([(happy, weight)]), MOUTH_CORNERS[0])[1];
    assert_eq!(corner(0.0), 0.0);
    assert!((corner(0.5) / corner(1.0) - 0.5).abs() < 0.05);
}

#[test]
fn the_painting_follows_the_mesh_and_nothing_else_moves() {
    let points = &analysis().frame.points;
    let axes = Axes::of(points);
    let open = posed(points, &Pose::only(Muscle::JawOpen, 1.0));
    let displacement = Displacement::of(points, &open, &axes);
    for number in [CHIN, 18, 200, 50, 280, 6, 4] {
        let source = displacement.source(open[number]);
        assert!(distance(source, points[number]) < 0.02 * axes.unit, "{number}");
    }
    let far = axes.at(points[CHIN], [0.0, -0.5]);
    assert_eq!(displacement.source(far), far);
    assert_eq!(displacement.source([0.0, 0.0]), [0.0, 0.0]);
}
