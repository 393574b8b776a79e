//! The face of the pixel style: whole cells in few colours.

use super::colour::{Lab, mixed};
use super::features::Anchors;
use super::geometry::Point;
use super::grade::{Shares, graded};
use super::look::Look;
use super::measure::Features;

/// A rectangle of cells in one colour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Block {
    pub(super) left: i32,
    pub(super) top: i32,
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) colour: Lab,
}

/// The face as blocks, in the order of drawing; `unit` is the height of the face in cells.
pub(super) fn face(anchors: &Anchors, unit: f32, features: &Features, look: &Look) -> Vec<Block> {
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
    for side in 0..2 {
        let outward = if side == 0 { -1 } else { 1 };
        let eye = around(anchors.eyes[side], width, height, white);
        let lid = Block { top: eye.top - 1, height: 1, colour: dark, ..eye };
        if anchors.open[side] {
            let pupil_width = (width - 1).clamp(1, 3.max(width / 2));
            let pupil_left = if outward < 0 { eye.left + width - pupil_width } else { eye.left };
            let pupil = Block { left: pupil_left, width: pupil_width, colour: dark, ..eye };
            blocks.extend([eye, pupil, lid]);
            if height > 2 {
                blocks.push(Block { top: eye.top + height - height / 2, height: height / 2, colour: iris, ..pupil });
            }
            blocks.push(Block { width: 1, height: 1.max(height / 4), colour: [0.99, 0.0, 0.0], ..pupil });
            // The outer corner of the lash.
            let corner = if outward < 0 { eye.left - 1 } else { eye.left + width };
            blocks.push(Block { left: corner, top: eye.top, width: 1, height: 1, colour: dark });
        } else {
            blocks.push(Block { top: eye.top + height / 2, height: 1, colour: dark, ..eye });
        }
        let lifted = [anchors.brows[side][0], anchors.brows[side][1].min(lid.top as f32 - 1.5)];
        blocks.push(around(lifted, cells(0.22, 2), cells(0.03, 1), brow));
    }
    blocks.push(around([anchors.nose[0], anchors.nose[1] - 0.5], cells(0.10, 1), 1, shade));
    mouth(anchors, &cells, &around, [dark, white, shade], features, &mut blocks);
    blocks
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
