//! In which direction each muscle moves the mesh, and how the warp follows.

use super::cover::Cover;
use super::face::{Axes, posed};
use super::warp::Displacement;
use super::*;
use crate::engine::draw::painting::lane;
use crate::engine::raster::geometry::distance;
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

#[test]
fn a_brow_carries_the_skin_around_it_but_not_the_eye() {
    let raised = Pose::only(Muscle::BrowRaiseRight, 1.0);
    let brow = movement(&raised, 105)[1];
    assert!(movement(&raised, 66)[1] > 0.6 * brow && movement(&raised, 69)[1] > 0.4 * brow);
    assert!(movement(&raised, 230)[1].abs() < 0.05 * brow, "the lower lid stays");
    // Between knitted brows the skin sinks with their heads.
    assert!(movement(&Pose::only(Muscle::BrowKnit, 1.0), 9)[1] < -0.01);
}

#[test]
fn a_cover_goes_on_with_what_lies_above_and_below_and_has_no_lines() {
    let [upper, lower] = [8.0, 12.0].map(|middle: f32| vec![[10.0, 10.0], [20.0, middle], [30.0, 10.0]]);
    for mirrored in [false, true] {
        let edges = [&upper, &lower].map(|edge| {
            let mut edge = edge.clone();
            if mirrored {
                edge.reverse();
            }
            edge
        });
        let cover = Cover::of(edges, [4.0, 4.0], 0.1);
        // A photo that is as light as it is far down, with an eye full of lines in its middle.
        let photo = |at: Point| {
            let mut lanes = [0.0; LANES];
            lanes[lane::PAINTED] = if (at[1] - 10.0).abs() < 3.0 { 99.0 } else { at[1] };
            lanes[lane::INK] = 1.0;
            lanes
        };
        let painted = |at: Point| {
            let mut lanes = photo(at);
            cover.paint(at, &mut lanes, &photo);
            lanes
        };
        for y in [8.0, 10.0, 11.0] {
            let lanes = painted([20.0, y]);
            assert!((lanes[lane::PAINTED] - y).abs() < 0.4 && lanes[lane::INK] == 0.0, "{y}: {lanes:?}");
        }
        for beside in [[20.0, 3.0], [20.0, 17.0], [5.0, 10.0], [35.0, 10.0]] {
            assert_eq!(painted(beside), photo(beside), "{beside:?}");
        }
    }
}

#[test]
fn only_lids_and_lips_that_move_are_painted_over() {
    let analysis = analysis();
    let axes = Axes::of(&analysis.frame.points);
    let count =
        |muscle: Muscle| covers(&analysis.frame.points, &analysis.features, &Pose::only(muscle, 1.0), &axes).len();
    assert_eq!(count(Muscle::LidCloseLeft), 1);
    assert_eq!(count(Muscle::LidWiden), 2);
    assert_eq!(count(Muscle::Pucker), 1);
    assert_eq!(count(Muscle::BrowRaiseLeft), 1);
    assert_eq!(count(Muscle::CheekRaise), 0);
}

#[test]
fn a_leaning_head_turns_there_and_back_and_leaves_what_is_far() {
    let points = &analysis().frame.points;
    let axes = Axes::of(points);
    let middle = centroid(&analysis().frame.line(OVAL));
    let tilt = Tilt::of(&axes, middle, 1.0).unwrap();
    for at in [points[CHIN], points[10], axes.at(middle, [0.9, 0.2])] {
        assert!(distance(tilt.source(tilt.carried(at)), at) < 1e-3 * axes.unit);
    }
    // Towards the person's left shoulder: the crown goes left, the chin right.
    assert!(axes.from(points[10], tilt.carried(points[10]))[0] > 0.05);
    assert!(axes.from(points[CHIN], tilt.carried(points[CHIN]))[0] < -0.05);
    let far = axes.at(middle, [0.0, -1.3]);
    assert_eq!(tilt.carried(far), far);
    assert!(Tilt::of(&axes, middle, 0.0).is_none());
}

#[test]
fn a_face_that_can_do_it_all_leaves_nothing_out() {
    let recipe = |prompt: &str| model::Recipe { prompt: prompt.to_owned(), ..model::Recipe::default() };
    assert!(out_of_reach(analysis(), &Look::of(&recipe("a person, wink"))).is_empty());
    assert!(out_of_reach(analysis(), &Look::of(&recipe("a person"))).is_empty());
}
