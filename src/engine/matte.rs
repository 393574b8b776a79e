//! Cuts the person out: how much of each pixel is theirs, and their colour without the background's.

use super::component;
use super::filter::{box_blur, gaussian};
use super::frame::Frame;
use super::geometry::{Point, distance, polygon_mask};
use super::plane::{Plane, mix, smoothstep};
use super::resample::resized;
use super::{Control, EngineError, Stage};
use crate::vision::landmarks::OVAL;
use crate::vision::{Networks, PersonMask, Pyramid};

/// Width of the band in which colours decide, in face heights.
const UNSURE_BAND: f32 = 0.065;
/// Regularisation of the guided filter: variances of luminance below this are not edges.
const GUIDED_EPSILON: f32 = 2e-4;

/// The person in the working square.
#[derive(Debug)]
pub(super) struct Matte {
    /// Share of the person in each pixel, 0 to 1.
    pub(super) alpha: Plane,
    /// The person's colours, continued outward beyond the silhouette.
    pub(super) rgb: [Plane; 3],
}

/// Another face in the photo, in pixels of the working square: its body is not ours.
#[derive(Clone, Copy, Debug)]
pub(super) struct Neighbour {
    /// Middle of the face.
    pub(super) centre: Point,
    /// Height of the face.
    pub(super) height: f32,
}

impl Matte {
    /// Cuts the frame's face and its body out.
    pub(super) fn of(
        networks: &Networks,
        photo: &Pyramid<'_>,
        full: &Frame,
        neighbours: &[Neighbour],
        control: &Control,
    ) -> Result<Self, EngineError> {
        // Everything but the last guided step is smooth enough for half the resolution.
        let frame = &full.halved();
        let on_photo = frame.on_photo();
        let person = person(networks, photo, frame, control)?;
        control.report(Stage::Matte, 0.2)?;
        let oval = polygon_mask(frame.side, &frame.line(OVAL), -0.01 * frame.unit, 0.03 * frame.unit);
        let person = person.zip(&oval, f32::max).zip(&on_photo, |a, b| a * b);
        let person = without_neighbours(&person, frame, neighbours);
        let sharp = decided_by_colour(&person, frame, &on_photo);
        control.check()?;
        let alpha = guided(&sharp, frame, full).zip(&full.on_photo(), |a, b| a * b);
        let alpha = component::only(&alpha, 0.35, &full.line(OVAL));
        control.report(Stage::Matte, 0.27)?;
        let rgb = foreground(&alpha, frame, full);
        Ok(Self { alpha, rgb })
    }
}

/// The person network on the whole square and again, closer, on the head, whose hair needs it.
fn person(networks: &Networks, photo: &Pyramid<'_>, frame: &Frame, control: &Control) -> Result<Plane, EngineError> {
    let on_photo = |[left, top, right, bottom]: [f32; 4]| {
        [left.max(0.0), top.max(0.0), right.min(photo.width()), bottom.min(photo.height())]
    };
    let whole_edge = frame.side as f32 * frame.step;
    let [x, y] = frame.origin;
    let whole_rectangle = on_photo([x, y, x + whole_edge, y + whole_edge]);
    let unit = frame.unit * frame.step;
    let [x, y] = frame.to_photo(super::geometry::centroid(&frame.line(OVAL)));
    let tight_rectangle = on_photo([x - 1.2 * unit, y - 1.3 * unit, x + 1.2 * unit, y + 1.1 * unit]);
    let masks = networks.people(photo, [whole_rectangle, tight_rectangle], &|| control.is_cancelled())?;
    control.check()?;
    let [wide, tight] = masks.each_ref().map(|mask| read(mask, frame));
    let fade = 0.22 * unit;
    let [left, top, right, bottom] = tight_rectangle;
    Ok(Plane::from_fn(frame.side, frame.side, |x, y| {
        let index = y * frame.side + x;
        let [px, py] = frame.to_photo([x as f32, y as f32]);
        let to_edge = (px - left).min(right - px).min(py - top).min(bottom - py);
        mix(wide.values[index], tight.values[index], 0.65 * smoothstep(0.0, fade, to_edge))
    }))
}

/// The network's mask in the working square, 0 outside its rectangle.
fn read(mask: &PersonMask, frame: &Frame) -> Plane {
    let side = PersonMask::SIDE;
    let [left, top, right, bottom] = mask.rectangle;
    let cells = gaussian(&Plane { width: side, height: side, values: mask.values.clone() }, 0.6);
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
    let own_centre = super::geometry::centroid(&frame.line(OVAL));
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

/// Guided filter (He, Sun and Tang, 2010) at half resolution, applied at full.
fn guided(mask: &Plane, half: &Frame, full: &Frame) -> Plane {
    let radius = (0.018 * half.unit).round().max(2.0) as usize;
    let guide = Plane::from_index(half.side, half.side, |i| luma(&half.rgb, i));
    let mean_guide = box_blur(&guide, radius);
    let mean_mask = box_blur(mask, radius);
    let mean_square = box_blur(&guide.map(|v| v * v), radius);
    let mean_product = box_blur(&guide.zip(mask, |a, b| a * b), radius);
    let slope = Plane::from_index(half.side, half.side, |i| {
        let (guide, mask) = (mean_guide.values[i], mean_mask.values[i]);
        let covariance = mean_product.values[i] - guide * mask;
        let variance = mean_square.values[i] - guide * guide;
        covariance / (variance + GUIDED_EPSILON)
    });
    let offset =
        Plane::from_index(half.side, half.side, |i| mean_mask.values[i] - slope.values[i] * mean_guide.values[i]);
    let slope = resized(&box_blur(&slope, radius), full.side, full.side);
    let offset = resized(&box_blur(&offset, radius), full.side, full.side);
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
    let mut filled = levels.pop().unwrap_or_default();
    while let Some(level) = levels.pop() {
        let (width, height) = (level[0].width, level[0].height);
        let coarse = [0, 1, 2, 3].map(|i: usize| resized(&filled[i], width, height));
        let missing = |i: usize| (1.0 - level[3].values[i]).max(0.0) / coarse[3].values[i].max(1e-4);
        filled = [0, 1, 2, 3].map(|channel: usize| {
            Plane::from_index(width, height, |i| level[channel].values[i] + missing(i) * coarse[channel].values[i])
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
