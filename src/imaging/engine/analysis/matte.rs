//! Cuts the person out: how much of each pixel is theirs, and their colour without the background's.

use super::frame::{Frame, HeadExtent};
use super::measure::sideways;
use crate::engine::raster::component;
use crate::engine::raster::distance::signed_distance;
use crate::engine::raster::filter::{box_blur, gaussian, guided};
use crate::engine::raster::geometry::{Point, centroid, distance, polygon_distance, polygon_mask};
use crate::engine::raster::plane::{Plane, mix, smoothstep};
use crate::engine::raster::resample::resized;
use crate::engine::{Control, EngineError, Stage};
use crate::vision::landmarks::{CHIN, FOREHEAD, OVAL};
use crate::vision::{Face, Networks, PersonMask, Pyramid};

/// Width of the band in which colours decide, in face heights.
const UNSURE_BAND: f32 = 0.065;
/// Regularisation of the guided filter: variances of luminance below this are not edges.
const GUIDED_EPSILON: f32 = 2e-4;

/// The person in the working square.
#[derive(Debug)]
pub(in crate::engine) struct Matte {
    /// Share of the person in each pixel, 0 to 1.
    pub(in crate::engine) alpha: Plane,
    /// The person's colours, continued outward beyond the silhouette.
    pub(in crate::engine) rgb: [Plane; 3],
}

/// Another face in the photo, in pixels of the working square: its body is not ours.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Neighbour {
    /// Middle of the face.
    pub(in crate::engine) centre: Point,
    /// Height of the face.
    pub(in crate::engine) height: f32,
}

/// Where the person network looks: around head and bust, in face heights.
const USUAL: Wanted = Wanted { beside: 1.75, above: 1.15, below: 1.35 };
/// Where it looks when a hat or high hair reaches the edge of that.
const WIDE: Wanted = Wanted { beside: 2.1, above: 2.0, below: 1.2 };
/// This near to the edge, as a share of the rectangle, something reaches it.
const REACHES: f32 = 0.03;
/// And again, closer, around the head, whose hair needs it.
const TIGHT: Wanted = Wanted { beside: 1.2, above: 0.8, below: 0.6 };
/// Cells from here on are surely the person's when the top of the head is looked for.
const SURE: f32 = 0.5;
/// Whatever hangs on the person by less than twice this width is something else, in face heights.
const NECK: f32 = 0.045;

/// Between these distances from the face's oval, in face heights, hair ends and lights behind begin.
const AWAY: [f32; 2] = [0.4, 0.7];
/// Between these distances below the hairline, in face heights, the widest brims end.
const BELOW_BRIM: [f32; 2] = [0.3, 0.6];
/// From how far on a head is turned so far that its mesh is only believed where the network sees somebody.
const TURNED: [f32; 2] = [0.5, 0.8];

/// A part of the photo around a face.
#[derive(Clone, Copy)]
struct Wanted {
    /// To each side of the middle of the face.
    beside: f32,
    /// Above the hairline.
    above: f32,
    /// Below the chin.
    below: f32,
}

impl Wanted {
    /// `left, top, right, bottom` on the photo, from `highest` on if that is higher.
    fn of(self, photo: &Pyramid<'_>, face: &Face, highest: f32) -> [f32; 4] {
        let (top, chin) = (face.points[FOREHEAD], face.points[CHIN]);
        let unit = distance(top, chin);
        let oval: Vec<Point> = OVAL.iter().map(|&i| face.points[i]).collect();
        let [x, _] = centroid(&oval);
        let (above, below) = (top[1].min(chin[1]), top[1].max(chin[1]));
        [
            (x - self.beside * unit).max(0.0),
            (above - self.above * unit).min(highest).max(0.0),
            (x + self.beside * unit).min(photo.width()),
            (below + self.below * unit).min(photo.height()),
        ]
    }
}

/// The first, wide look at a person, from which the working square follows.
pub(in crate::engine) struct Outlook {
    mask: PersonMask,
    /// Where hair or hat end.
    pub(in crate::engine) head: HeadExtent,
}

impl Outlook {
    /// Looks around a face.
    pub(in crate::engine) fn of(
        networks: &Networks,
        photo: &Pyramid<'_>,
        face: &Face,
        control: &Control,
    ) -> Result<Self, EngineError> {
        let look = |wanted: Wanted| {
            let mask = networks.people(photo, wanted.of(photo, face, f32::MAX), &|| control.is_cancelled())?;
            let head = head_extent(&mask, face);
            Ok::<Self, EngineError>(Self { mask, head })
        };
        let usual = look(USUAL)?;
        let [left, top, right, bottom] = usual.mask.rectangle;
        let near = [REACHES * (right - left), REACHES * (bottom - top)];
        let HeadExtent { top: head_top, left: head_left, right: head_right } = usual.head;
        let is_cut = (top > 0.0 && head_top - top < near[1])
            || (left > 0.0 && head_left - left < near[0])
            || (right < photo.width() && right - head_right < near[0]);
        if is_cut { look(WIDE) } else { Ok(usual) }
    }
}

/// How far the head reaches: what of a mask hangs together with the face, and to the sides what lies above the chin.
fn head_extent(mask: &PersonMask, face: &Face) -> HeadExtent {
    let side = PersonMask::SIDE;
    let [left, top, right, bottom] = mask.rectangle;
    let cells = Plane { width: side, height: side, values: mask.values.clone() };
    let cell = |[x, y]: Point| [(x - left) / (right - left) * side as f32, (y - top) / (bottom - top) * side as f32];
    let seeds: Vec<Point> = OVAL.iter().map(|&i| cell(face.points[i])).collect();
    let places = component::around(&cells, SURE, &seeds);
    let chin = cell(face.points[CHIN])[1].max(cell(face.points[FOREHEAD])[1]);
    let is_part = |index: &usize| places[*index] == component::Place::Part;
    let above_chin = || (0..side * side).filter(is_part).filter(|index| ((index / side) as f32) < chin);
    let first_row = above_chin().map(|index| index / side).min().unwrap_or(0);
    let first = above_chin().map(|index| index % side).min().unwrap_or(0);
    let last = above_chin().map(|index| index % side).max().unwrap_or(side - 1);
    let x = |column: usize| left + (right - left) * column as f32 / side as f32;
    HeadExtent { top: top + (bottom - top) * first_row as f32 / side as f32, left: x(first), right: x(last + 1) }
}

impl Matte {
    /// Cuts the frame's face and its body out.
    pub(in crate::engine) fn of(
        networks: &Networks,
        photo: &Pyramid<'_>,
        (face, outlook): (&Face, &Outlook),
        full: &Frame,
        neighbours: &[Neighbour],
        control: &Control,
    ) -> Result<Self, EngineError> {
        // Everything but the last guided step is smooth enough for half the resolution.
        let frame = &full.halved();
        let on_photo = frame.on_photo();
        let unit = frame.unit * frame.step;
        let rectangle = TIGHT.of(photo, face, outlook.head.top - 0.12 * unit);
        let tight = networks.people(photo, rectangle, &|| control.is_cancelled())?;
        let person = joined_looks(&outlook.mask, &tight, frame);
        control.report(Stage::Matte, 0.2)?;
        let oval = polygon_mask(frame.side, &frame.line(OVAL), -0.01 * frame.unit, 0.03 * frame.unit);
        // The far side of a mesh on a turned head may lie before it, where there is nobody.
        let turn = smoothstep(TURNED[0], TURNED[1], sideways(frame));
        let oval = oval.zip(&person, |oval, share| oval * mix(1.0, smoothstep(0.15, 0.5, share), turn));
        let person = person.zip(&oval, f32::max).zip(&on_photo, |a, b| a * b);
        let person = without_neighbours(&person, frame, neighbours);
        let sharp = decided_by_colour(&person, frame, &on_photo);
        control.check()?;
        let sharp = firmly_joined(&sharp, &person, frame);
        let alpha = sharpened(&sharp, frame, full).zip(&full.on_photo(), |a, b| a * b);
        let alpha = component::only(&alpha, 0.35, &full.line(OVAL));
        control.report(Stage::Matte, 0.27)?;
        let rgb = foreground(&alpha, frame, full);
        Ok(Self { alpha, rgb })
    }
}

/// The wide look, and the tight one where it reaches; away from the head only what both are sure of.
fn joined_looks(wide: &PersonMask, tight: &PersonMask, frame: &Frame) -> Plane {
    let unit = frame.unit * frame.step;
    let [left, top, right, bottom] = tight.rectangle;
    let [photo_width, photo_height] = frame.photo_size;
    let [wide_seen, tight_seen] = [wide, tight].map(|mask| read(mask, &mask.values, frame));
    let [wide_agreed, tight_agreed] = [wide, tight].map(|mask| read(mask, &mask.agreed, frame));
    let from_face = polygon_distance(frame.side, &frame.line(OVAL), AWAY[1] * frame.unit);
    let hairline = frame.points[FOREHEAD][1].min(frame.points[CHIN][1]);
    // Where the photo ends, the tight look has seen all there is.
    let edge = |distance: f32, ends: bool| if ends { f32::MAX } else { distance };
    Plane::from_fn(frame.side, frame.side, |x, y| {
        let index = y * frame.side + x;
        let [px, py] = frame.to_photo([x as f32, y as f32]);
        let to_edge = edge(px - left, left <= 0.0)
            .min(edge(right - px, right >= photo_width))
            .min(edge(py - top, top <= 0.0))
            .min(edge(bottom - py, bottom >= photo_height));
        let tight = smoothstep(0.0, 0.22 * unit, to_edge);
        let away = smoothstep(AWAY[0], AWAY[1], from_face.values[index] / frame.unit);
        let wide = wide_seen.values[index];
        // The tight look takes high hair for a background, which the wide one is sure of.
        let hair = smoothstep(0.65, 0.90, wide) * (1.0 - away);
        let seen = mix(wide, tight_seen.values[index], 0.65 * tight).max(hair);
        let wide = wide_agreed.values[index];
        let agreed = mix(wide, wide.min(tight_agreed.values[index]), tight);
        let below_brim = smoothstep(BELOW_BRIM[0], BELOW_BRIM[1], (y as f32 - hairline) / frame.unit);
        mix(seen, agreed, away * below_brim)
    })
}

/// The person without what only a thin bridge joins to it in the network's eyes: lights, leaves and chairs behind.
fn firmly_joined(sharp: &Plane, person: &Plane, frame: &Frame) -> Plane {
    let neck = NECK * frame.unit;
    // Hair that the network is unsure of is no bridge.
    let inside = signed_distance(&person.map(|share| smoothstep(0.05, 0.45, share)));
    let core = inside.map(|distance| smoothstep(0.5, -0.5, distance + neck));
    let core = component::only(&core, 0.5, &frame.line(OVAL));
    let from_core = signed_distance(&core);
    let reach = neck + 0.06 * frame.unit;
    let soft = 0.02 * frame.unit;
    sharp.zip(&from_core, |share, distance| share * smoothstep(soft, -soft, distance - reach))
}

/// One of the mask's answers in the working square, 0 outside its rectangle.
fn read(mask: &PersonMask, values: &[f32], frame: &Frame) -> Plane {
    let side = PersonMask::SIDE;
    let [left, top, right, bottom] = mask.rectangle;
    let cells = gaussian(&Plane { width: side, height: side, values: values.to_vec() }, 0.6);
    Plane::from_fn(frame.side, frame.side, |x, y| {
        let [px, py] = frame.to_photo([x as f32, y as f32]);
        if px < left || py < top || px > right || py > bottom {
            return 0.0;
        }
        let u = (px - left) / (right - left) * side as f32 - 0.5;
        let v = (py - top) / (bottom - top) * side as f32 - 0.5;
        cells.sample(u, v).clamp(0.0, 1.0)
    })
}

/// Takes away what lies closer to another face's body than to ours (a power diagram of the two).
fn without_neighbours(person: &Plane, frame: &Frame, neighbours: &[Neighbour]) -> Plane {
    let own_centre = centroid(&frame.line(OVAL));
    let mut out = person.clone();
    for neighbour in neighbours {
        let apart = distance(own_centre, neighbour.centre).max(1.0);
        let own_radius = frame.unit;
        // Bodies hang below heads, so below a head only the distance to the side counts.
        let power = |[x, y]: Point, centre: Point, radius: f32| {
            let down = y - centre[1];
            let down = if down > 0.0 { down * 0.25 } else { down };
            (x - centre[0]).powi(2) + down * down - radius * radius
        };
        let limit = Plane::from_fn(frame.side, frame.side, |x, y| {
            let at = [x as f32, y as f32];
            let difference = power(at, own_centre, own_radius) - power(at, neighbour.centre, neighbour.height);
            let distance = difference / (2.0 * apart);
            smoothstep(0.03 * frame.unit, -0.03 * frame.unit, distance)
        });
        out = out.zip(&limit, f32::min);
    }
    out
}

/// In the band where the network is unsure, the place of a colour between the colours of person and background decides.
fn decided_by_colour(person: &Plane, frame: &Frame, on_photo: &Plane) -> Plane {
    let soft = gaussian(person, 0.008 * frame.unit);
    let radius = (UNSURE_BAND * frame.unit).round().max(2.0) as usize;
    let sure_person = soft.map(|v| f32::from(v > 0.93));
    let sure_background = soft.map(|v| f32::from(v < 0.07)).zip(on_photo, |a, b| a * b);
    let (person_colour, person_weight) = local_mean(frame, &sure_person, radius);
    let (background_colour, background_weight) = local_mean(frame, &sure_background, radius);
    Plane::from_index(frame.side, frame.side, |i| {
        let prior = soft.values[i];
        let (mut along, mut length) = (0.0, 0.0);
        for channel in 0..3 {
            let background = background_colour[channel].values[i];
            let line = person_colour[channel].values[i] - background;
            along += (frame.rgb[channel].values[i] - background) * line;
            length += line * line;
        }
        let by_colour = (along / length.max(1e-4)).clamp(0.0, 1.0);
        let both_known =
            smoothstep(0.0, 0.02, person_weight.values[i]) * smoothstep(0.0, 0.02, background_weight.values[i]);
        let trust = smoothstep(0.01, 0.08, length) * both_known * (1.0 - (2.0 * prior - 1.0).powi(4));
        mix(prior, by_colour, 0.85 * trust)
    })
}

/// The mean colour around each pixel of those where `chosen` is 1, and how many there are.
fn local_mean(frame: &Frame, chosen: &Plane, radius: usize) -> ([Plane; 3], Plane) {
    let blurred = |plane: &Plane| box_blur(&box_blur(plane, radius), radius);
    let weight = blurred(chosen);
    let colour = [0, 1, 2].map(|channel| {
        let sum = blurred(&frame.rgb[channel].zip(chosen, |a, b| a * b));
        sum.zip(&weight, |sum, weight| if weight > 1e-5 { sum / weight } else { 0.0 })
    });
    (colour, weight)
}

/// Luma of one pixel (Rec. 601).
fn luma(rgb: &[Plane; 3], index: usize) -> f32 {
    0.299 * rgb[0].values[index] + 0.587 * rgb[1].values[index] + 0.114 * rgb[2].values[index]
}

/// The mask with the edges of the photo: a guided filter at half resolution, applied at full.
fn sharpened(mask: &Plane, half: &Frame, full: &Frame) -> Plane {
    let radius = (0.018 * half.unit).round().max(2.0) as usize;
    let guide = Plane::from_index(half.side, half.side, |i| luma(&half.rgb, i));
    let [slope, offset] =
        guided(mask, &guide, radius, GUIDED_EPSILON).map(|plane| resized(&plane, full.side, full.side));
    Plane::from_index(full.side, full.side, |i| {
        let value = slope.values[i] * luma(&full.rgb, i) + offset.values[i];
        smoothstep(0.18, 0.82, value)
    })
}

/// Colours that are surely the person's, pushed outward by a pyramid (Gortler et al., "The Lumigraph", 1996).
fn foreground(alpha: &Plane, half: &Frame, full: &Frame) -> [Plane; 3] {
    let solid = alpha.halved().map(|v| f32::from(v > 0.92));
    let premultiplied = |channel: usize| half.rgb[channel].zip(&solid, |a, b| a * b);
    let mut levels = vec![[premultiplied(0), premultiplied(1), premultiplied(2), solid.clone()]];
    while let Some(last) = levels.last().filter(|level| level[0].width > 8) {
        let next = [0, 1, 2, 3].map(|i: usize| last[i].halved());
        levels.push(next);
    }
    // Where nothing near is surely the person's, it is the colour of all that is.
    let coarsest = &levels[levels.len() - 1];
    let sum = |i: usize| coarsest[i].values.iter().sum::<f32>();
    let total = sum(3).max(1e-6);
    let mut filled =
        [0, 1, 2].map(|channel: usize| Plane::filled(coarsest[3].width, coarsest[3].height, sum(channel) / total));
    while let Some(level) = levels.pop() {
        let (width, height) = (level[0].width, level[0].height);
        filled = [0, 1, 2].map(|channel: usize| {
            let coarse = resized(&filled[channel], width, height);
            Plane::from_index(width, height, |i| {
                level[channel].values[i] + (1.0 - level[3].values[i]) * coarse.values[i].clamp(0.0, 1.0)
            })
        });
    }
    [0, 1, 2].map(|channel: usize| {
        let pushed = resized(&filled[channel], full.side, full.side);
        Plane::from_index(full.side, full.side, |i| {
            let own = smoothstep(0.75, 0.98, alpha.values[i]);
            mix(pushed.values[i].clamp(0.0, 1.0), full.rgb[channel].values[i], own)
        })
    })
}
