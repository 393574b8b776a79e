//! The face of the pixel style: whole cells in few colours.

use super::features::Anchors;
use crate::engine::analysis::measure::Features;
use crate::engine::raster::colour::{Lab, mixed};
use crate::engine::raster::geometry::Point;
use crate::engine::style::grade::{Shares, graded};
use crate::engine::style::look::Look;
use model::{Muscle, Prop};

/// A rectangle of cells in one colour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::engine) struct Block {
    pub(in crate::engine) left: i32,
    pub(in crate::engine) top: i32,
    pub(in crate::engine) width: i32,
    pub(in crate::engine) height: i32,
    pub(in crate::engine) colour: Lab,
}

/// The face as blocks, in the order of drawing; `unit` is the height of the face in cells.
pub(in crate::engine) fn face(anchors: &Anchors, unit: f32, features: &Features, look: &Look) -> Vec<Block> {
    let cells = |share: f32, least: i32| ((share * unit).round() as i32).max(least);
    let around = |[x, y]: Point, width: i32, height: i32, colour: Lab| Block {
        left: (x - width as f32 / 2.0).round() as i32,
        top: (y - height as f32 / 2.0).round() as i32,
        width,
        height,
        colour,
    };
    let skin = graded(look.style, features.skin, Shares { skin: 1.0, hair: 0.0, cloth: 0.0 }, 0.0);
    let tint = features.tint;
    let dark: Lab = [0.17, 0.01 * tint, 0.01 * tint];
    let white: Lab = [features.white + 0.02, 0.0, 0.006 * tint];
    let [l, a, b] = features.iris;
    let iris: Lab = [l.clamp(0.28, 0.45), a * 1.6, b * 1.6];
    let [l, a, b] = features.brow;
    let brow: Lab = [l.min(skin[0] - 0.2).max(0.15), a, b];
    let shade = [skin[0] - 0.11, skin[1] + 0.012 * tint, skin[2]];
    let mut blocks = Vec::new();
    // Both eyes on one row, however the head is tilted by less than a cell.
    let width = cells(0.17, 2);
    let height = cells(0.16, 2);
    let pose = &look.pose;
    let is_arched = pose.of_muscle(Muscle::LidArch) > 0.3;
    for side in 0..2 {
        let outward = if side == 0 { -1 } else { 1 };
        let height = height + i32::from(pose.of_muscle(Muscle::LidWiden) > 0.5);
        let eye = around(anchors.eyes[side], width, height, white);
        let lid = Block { top: eye.top - 1, height: 1, colour: dark, ..eye };
        let close = pose.lid_close(side);
        if pose.has(Prop::HeartEyes) {
            // The hearts are the eyes.
        } else if anchors.open[side] && close < SHUT {
            let gaze = (pose.of_muscle(Muscle::GazeAside) * 1.4).round() as i32;
            let pupil_width = (width - 1).clamp(1, 3.max(width / 2));
            let pupil_left = if outward < 0 { eye.left + width - pupil_width } else { eye.left } + gaze;
            let pupil_left = pupil_left.clamp(eye.left, eye.left + width - pupil_width);
            let pupil = Block { left: pupil_left, width: pupil_width, colour: dark, ..eye };
            blocks.extend([eye, pupil, lid]);
            if height > 2 {
                blocks.push(Block { top: eye.top + height - height / 2, height: height / 2, colour: iris, ..pupil });
            }
            blocks.push(Block { width: 1, height: 1.max(height / 4), colour: [0.99, 0.0, 0.0], ..pupil });
            // The outer corner of the lash.
            let corner = if outward < 0 { eye.left - 1 } else { eye.left + width };
            blocks.push(Block { left: corner, top: eye.top, width: 1, height: 1, colour: dark });
            if close > 0.3 {
                // A heavy lid: skin over the upper half, its edge below.
                let heavy = Block { height: (height / 2).max(1), colour: shade, ..eye };
                blocks.extend([heavy, Block { top: eye.top + heavy.height - 1, height: 1, colour: dark, ..eye }]);
            }
        } else {
            let line = Block { top: eye.top + height / 2, height: 1, colour: dark, ..eye };
            blocks.push(line);
            if pose.lid_close(side) > 0.0 {
                // Ends one cell up, or down in laughter.
                let top = line.top + if is_arched { 1 } else { -1 };
                blocks.push(Block { left: line.left - 1, top, width: 1, ..line });
                blocks.push(Block { left: line.left + width, top, width: 1, ..line });
            }
        }
        let lifted = [anchors.brows[side][0], anchors.brows[side][1].min(lid.top as f32 - 1.5)];
        let whole = around(lifted, cells(0.22, 2), cells(0.03, 1), brow);
        bent_brow(whole, side, look, &mut blocks);
    }
    blocks.push(around([anchors.nose[0], anchors.nose[1] - 0.5], cells(0.10, 1), 1, shade));
    if pose.moves_mouth() {
        acted_mouth(anchors, &cells, [dark, white], features, look, &mut blocks);
    } else {
        mouth(anchors, &cells, &around, [dark, white, shade], features, &mut blocks);
    }
    blocks
}

/// From so far on, an eye is drawn as a line.
const SHUT: f32 = 0.6;

/// A brow whose head a mood lifts or lowers by a cell.
fn bent_brow(whole: Block, side: usize, look: &Look, blocks: &mut Vec<Block>) {
    let pose = &look.pose;
    let raised = (pose.brow_raise(side) * 1.6).round() as i32;
    let head = pose.of_muscle(Muscle::BrowKnit) - pose.of_muscle(Muscle::BrowSorrow);
    let inner = (whole.width + 1) / 2;
    let [left, right] = if side == 0 { [whole.width - inner, inner] } else { [inner, whole.width - inner] };
    let drop = if head > 0.4 {
        1
    } else if head < -0.4 {
        -1
    } else {
        0
    };
    let [drop_left, drop_right] = if side == 0 { [0, drop] } else { [drop, 0] };
    let top = whole.top - raised;
    blocks.push(Block { width: left, top: top + drop_left, ..whole });
    blocks.push(Block { left: whole.left + left, width: right, top: top + drop_right, ..whole });
}

/// The mouth of a mood.
fn acted_mouth(
    anchors: &Anchors,
    cells: &dyn Fn(f32, i32) -> i32,
    [dark, white]: [Lab; 2],
    features: &Features,
    look: &Look,
    blocks: &mut Vec<Block>,
) {
    let pose = &look.pose;
    let tint = features.tint;
    let inside: Lab = [0.30, 0.09 * tint, 0.04 * tint];
    let pink: Lab = [0.66, 0.15 * tint, 0.05 * tint];
    let smile = pose.smile(0).max(pose.smile(1));
    let (frown, jaw, pucker) =
        (pose.of_muscle(Muscle::Frown), pose.of_muscle(Muscle::JawOpen), pose.of_muscle(Muscle::Pucker));
    let wide = cells(0.26 + 0.08 * smile - 0.16 * pucker, 3) | 1;
    let [x, y] = [anchors.mouth[0].round() as i32, anchors.mouth[1].round() as i32 - 1];
    let row = |top: i32, width: i32, colour: Lab| Block { left: x - width / 2, top, width, height: 1, colour };
    if jaw > 0.12 {
        let rows = cells(0.05 + 0.15 * jaw, 2);
        for i in 0..rows {
            // Narrower towards the chin of a smile, towards the nose of a wail.
            let inset = if smile > 0.3 {
                i32::from(i + 1 == rows)
            } else {
                i32::from(i == 0 || (i + 1 == rows && frown < 0.3))
            };
            let colour = if smile > 0.3 && i == 0 {
                white
            } else if i + 1 == rows && rows > 2 {
                pink
            } else {
                inside
            };
            blocks.push(row(y + i, wide - 2 * inset, colour));
            for left in [x - wide / 2 + inset - 1, x - wide / 2 + wide - inset] {
                blocks.push(Block { left, width: 1, ..row(y + i, 1, dark) });
            }
        }
        blocks.push(row(y - 1, wide - if smile > 0.3 { 0 } else { 2 }, dark));
        blocks.push(row(y + rows, wide - 2, dark));
        if pose.of_muscle(Muscle::Tongue) > 0.0 {
            let wide = (wide / 2) | 1;
            let long = cells(0.10, 2);
            blocks.extend((0..long).map(|i| row(y + rows - 1 + i, wide - 2 * i32::from(i + 1 == long), pink)));
        }
        return;
    }
    if pucker > 0.6 {
        blocks.extend([row(y - 1, 3, pink), row(y, 3, dark), row(y + 1, 3, pink)]);
        return;
    }
    // Two cells at each end, one row higher or lower.
    blocks.push(row(y, wide - 2, dark));
    let ends = if frown > 0.3 { [1, 1] } else { [pose.smile(0), pose.smile(1)].map(|smile| -i32::from(smile > 0.3)) };
    for (left, rise) in [x - wide / 2 - 1, x - wide / 2 + wide - 1].into_iter().zip(ends) {
        blocks.push(Block { left, width: 2, ..row(y + rise, 1, dark) });
    }
}

fn mouth(
    anchors: &Anchors,
    cells: &dyn Fn(f32, i32) -> i32,
    around: &dyn Fn(Point, i32, i32, Lab) -> Block,
    [dark, white, shade]: [Lab; 3],
    features: &Features,
    blocks: &mut Vec<Block>,
) {
    let tint = features.tint;
    let lip = [(shade[0] - 0.06).min(0.62), shade[1] + 0.10 * tint, shade[2] + 0.02 * tint];
    let line = mixed(dark, lip, 0.45);
    let width = cells(0.34, 5);
    let upper = Block { top: (anchors.mouth[1].round() as i32) - 1, ..around(anchors.mouth, width, 1, line) };
    // Corners one cell up make it friendly.
    for left in [upper.left - 1, upper.left + width] {
        blocks.push(Block { left, top: upper.top - 1, width: 1, ..upper });
    }
    if !anchors.is_mouth_open {
        blocks.push(upper);
        blocks.push(Block { left: upper.left + 1, top: upper.top + 1, width: width - 2, colour: lip, ..upper });
        return;
    }
    let rows = cells(0.07, 1);
    let teeth = Block { height: rows, colour: white, ..upper };
    blocks.push(teeth);
    for left in [teeth.left, teeth.left + width - 1] {
        blocks.push(Block { left, width: 1, colour: line, ..teeth });
    }
    let below = Block { left: upper.left + 1, top: teeth.top + rows, width: width - 2, height: 1, colour: line };
    blocks.extend([
        below,
        Block { left: below.left + 1, top: below.top + 1, width: below.width - 2, colour: lip, ..below },
    ]);
}
