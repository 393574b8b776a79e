//! Moods in pixel art: small bitmaps of whole cells.

use super::props::Places;
use crate::engine::draw::sprite::Block;
use crate::engine::raster::colour::Lab;
use crate::engine::raster::geometry::Point;
use crate::engine::style::look::Look;
use model::Prop;

/// What a letter of a bitmap means.
fn colour(letter: char) -> Option<Lab> {
    Some(match letter {
        'r' => [0.62, 0.21, 0.10],
        'b' => [0.55, -0.03, -0.17],
        'g' => [0.86, 0.01, 0.16],
        'o' => [0.74, 0.06, 0.13],
        'l' => [0.80, -0.05, -0.09],
        'w' => [0.985, 0.0, 0.0],
        'd' => [0.17, 0.0, 0.0],
        'p' => [0.74, 0.17, 0.0],
        't' => [0.74, -0.10, -0.05],
        'n' => [0.74, -0.10, 0.09],
        _ => return None,
    })
}

const HEART: &[&str] = &[".r.r.", "rwrrr", "rrrrr", ".rrr.", "..r.."];
const BIG_HEART: &[&str] = &[".rr.rr.", "rwwrrrr", "rwrrrrr", "rrrrrrr", ".rrrrr.", "..rrr..", "...r..."];
const SMALL_Z: &[&str] = &["bbbb", "..b.", ".b..", "bbbb"];
const BIG_Z: &[&str] = &["bbbbb", "...b.", "..b..", ".b...", "bbbbb"];
const DROP: &[&str] = &[".l.", "lll", "lwl", ".l."];
const TEAR: &[&str] = &["ll", "lw", "ll", "ll", "lw", "ll", "ll"];
const ANGER: &[&str] = &[".r.r.", "rr.rr", ".....", "rr.rr", ".r.r."];
const STAR: &[&str] = &["..g..", "..g..", "gggwg", "..g..", "..g.."];
const QUESTION: &[&str] = &[".ggg.", "gg.gg", "...gg", "..gg.", "..g..", ".....", "..g.."];
const CROWN: &[&str] = &["g...g...g", "gg.ggg.gg", "ggggggggg", "grgggggrg", "ooooooooo"];
const HAT: &[&str] = &["...t...", "...p...", "..ppp..", "..ggg..", ".ppppp.", ".ggggg.", "ppppppp"];
const HALO: &[&str] = &[".ggggggggg.", "gg.......gg", ".ggggggggg."];
/// From so many cells on, a face is big.
const BIG_FACE: f32 = 22.0;
/// Half the width and the height of a lens, in face heights.
const LENS: [f32; 2] = [0.17, 0.11];

/// The props of a look as blocks of cells, some of which may lie beside the person.
pub(in crate::engine) fn props(places: Option<&Places>, look: &Look) -> Vec<Block> {
    let mut blocks = Vec::new();
    let Some(places) = places else { return blocks };
    let axes = &places.axes;
    let [right_temple, left_temple] = places.temples;
    let mut put = |bitmap: &[&str], middle: Point| draw(bitmap, middle, places.canvas, &mut blocks);
    for &(prop, _) in look.pose.props() {
        match prop {
            Prop::HeartEyes => {
                let heart = if places.unit >= BIG_FACE { BIG_HEART } else { HEART };
                places.sides.iter().for_each(|&side| put(heart, places.eyes[side]));
            }
            Prop::Heart => put(HEART, axes.at(places.corner, [0.26, 0.08])),
            Prop::Tears => {
                places.sides.iter().for_each(|&side| put(TEAR, axes.at(places.lower_lids[side], [0.0, -0.20])));
            }
            Prop::TearDrops => {
                put(DROP, axes.at(places.eyes[0], [-0.20, -0.08]));
                put(DROP, axes.at(places.eyes[1], [0.20, -0.08]));
            }
            Prop::SweatDrop => put(DROP, axes.at(left_temple, [-0.02, 0.16])),
            Prop::AngerMark => put(ANGER, axes.at(places.forehead, [0.22, -0.06])),
            Prop::Zzz => {
                put(SMALL_Z, axes.at(left_temple, [0.08, 0.24]));
                put(BIG_Z, axes.at(left_temple, [0.24, 0.50]));
            }
            Prop::Sparkles => {
                put(STAR, axes.at(left_temple, [0.24, 0.34]));
                put(STAR, axes.at(right_temple, [-0.26, 0.22]));
            }
            Prop::QuestionMark => put(QUESTION, axes.at(left_temple, [0.26, 0.40])),
            Prop::Blush => places.cheeks.iter().for_each(|&cheek| put(&["ppp", "ppp"], cheek)),
            Prop::GreenCheeks => places.cheeks.iter().for_each(|&cheek| put(&["nnn", "nnn"], cheek)),
            Prop::Sunglasses => sunglasses(places, &mut put),
            Prop::PartyHat => put(HAT, axes.at(places.crown, [0.06, 0.0])),
            Prop::Crown => put(CROWN, places.crown),
            Prop::Halo => put(HALO, axes.at(places.crown, [0.0, 0.04])),
        }
    }
    blocks
}

/// Two dark lenses with a light on each, and the bridge between them.
fn sunglasses(places: &Places, put: &mut dyn FnMut(&[&str], Point)) {
    let [half_width, half_height] = LENS.map(|half| (half * places.unit).round().max(2.0) as usize);
    let width = 2 * half_width + 1;
    let full = "d".repeat(width);
    let light = format!("d{}{}", "ww", "d".repeat(width - 3));
    let narrow = format!(".{}.", "d".repeat(width - 2));
    let mut lens = vec![full.as_str(); 2 * half_height];
    lens[1] = &light;
    lens.push(&narrow);
    let [right, left] = places.eyes;
    if places.sides.len() == 2 {
        let bridge = "d".repeat((left[0] - right[0]).max(1.0) as usize);
        put(&[&bridge], [f32::midpoint(right[0], left[0]), f32::midpoint(right[1], left[1]) - 1.0]);
    }
    for &side in &places.sides {
        put(&lens, places.eyes[side]);
    }
}

/// Puts a bitmap around `middle`, moved until it has room for a border on the canvas.
fn draw(bitmap: &[&str], middle: Point, canvas: [f32; 2], blocks: &mut Vec<Block>) {
    let size = [bitmap.first().map_or(0, |row| row.len()), bitmap.len()];
    let [left, top] = [0, 1].map(|axis: usize| {
        let low = (middle[axis] - size[axis] as f32 / 2.0).round();
        low.min(canvas[axis] - size[axis] as f32 - 1.0).max(1.0) as i32
    });
    for (y, row) in bitmap.iter().enumerate() {
        for (x, letter) in row.chars().enumerate() {
            if let Some(colour) = colour(letter) {
                blocks.push(Block { left: left + x as i32, top: top + y as i32, width: 1, height: 1, colour });
            }
        }
    }
}
