//! Everything about a photo that no setting changes, kept so that a change of style only draws again.

pub(super) mod exposure;
pub(super) mod frame;
pub(super) mod matte;
pub(super) mod measure;
pub(super) mod person_matte;
pub(super) mod regions;
pub(super) mod shape;

use std::sync::{Arc, Mutex, PoisonError};

use image::{RgbImage, imageops};
use rayon::prelude::*;

use super::{Control, EngineError, Stage};
use crate::engine::draw::painting::{LANES, Painting};
use crate::engine::raster::colour::from_srgb;
use crate::engine::raster::geometry::{centroid, distance};
use crate::engine::raster::plane::{Plane, quantile};
use crate::vision::landmarks::{CHIN, FOREHEAD, OVAL};
use crate::vision::{Face, Networks, Pyramid};
use exposure::Exposure;
use frame::Frame;
use matte::{Matte, Neighbour, Outlook};
use measure::Features;
use regions::Regions;

/// The least height of a face in photo pixels.
const LEAST_FACE: f32 = 20.0;
/// The darkest and the lightest tone of the subject are drawn at these lightnesses.
const TONE_RANGE: [f32; 2] = [0.09, 0.98];

/// Planes that an analysis keeps: distance, three of colour, four regions.
const PLANES: usize = 8;

/// How finely the photo is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// For drafts and canvases up to about 400 pixels.
    Draft,
    /// For everything else.
    Full,
}

impl Detail {
    /// What a canvas of this size in pixels needs.
    pub fn for_size((width, height): (u32, u32)) -> Self {
        if width.max(height) <= 400 { Self::Draft } else { Self::Full }
    }

    /// Edge of the working square in pixels.
    fn side(self) -> usize {
        match self {
            Self::Draft => 352,
            Self::Full => 576,
        }
    }
}

/// A photo's subject: found, cut out and sorted into skin, hair and clothes.
#[derive(Debug)]
pub struct Analysis {
    pub(super) frame: Frame,
    /// Distance from the silhouette in pixels of the working square.
    pub(super) distance: Plane,
    /// Oklab, toned.
    pub(super) lab: [Plane; 3],
    pub(super) regions: Regions,
    pub(super) features: Features,
    /// The latest painting with the passes it was made with.
    painting: Mutex<Option<(u32, Arc<Painting>)>>,
}

impl Analysis {
    /// About how many bytes it takes, with a painting.
    pub fn bytes(&self) -> usize {
        // Its planes, the painting's lanes and the direction and the strands of hair.
        let a_pixel = size_of::<f32>() * (PLANES + LANES + 3);
        self.distance.values.len() * a_pixel
    }

    /// Studies the first of the `known` faces of an upright sRGB photo and its body; with none known, the biggest found.
    pub fn of(
        networks: &Networks,
        photo: &RgbImage,
        known: &[Face],
        detail: Detail,
        control: &Control,
    ) -> Result<Self, EngineError> {
        control.report(Stage::Detect, 0.0)?;
        let pyramid = Pyramid::of(photo);
        let found =
            if known.is_empty() { networks.faces_in(&pyramid, &|| control.is_cancelled())? } else { Vec::new() };
        let faces = if known.is_empty() { &found } else { known };
        let turns = faces.first().ok_or(EngineError::NoFace)?.quarter_turns();
        let turned = match turns {
            0 => return Self::of_first_that_stands(networks, &pyramid, faces, detail, control),
            1 => imageops::rotate90(photo),
            2 => imageops::rotate180(photo),
            _ => imageops::rotate270(photo),
        };
        control.check()?;
        let pyramid = Pyramid::of(&turned);
        let mut faces: Vec<Face> = faces.iter().map(|face| face.turned(turns, photo.dimensions())).collect();
        if known.is_empty() {
            // The networks see upright heads best.
            let again = networks.faces_in(&pyramid, &|| control.is_cancelled())?;
            faces = if again.is_empty() { faces } else { again };
        }
        Self::of_first_that_stands(networks, &pyramid, &faces, detail, control)
    }

    /// Of faces that nothing can be cut out of, the next one is taken.
    fn of_first_that_stands(
        networks: &Networks,
        photo: &Pyramid<'_>,
        faces: &[Face],
        detail: Detail,
        control: &Control,
    ) -> Result<Self, EngineError> {
        let mut outcome = Err(EngineError::NoFace);
        for chosen in 0..faces.len() {
            outcome = Self::of_upright(networks, photo, faces, chosen, detail, control);
            if !matches!(outcome, Err(EngineError::NoFace)) {
                break;
            }
        }
        outcome
    }

    fn of_upright(
        networks: &Networks,
        photo: &Pyramid<'_>,
        faces: &[Face],
        chosen: usize,
        detail: Detail,
        control: &Control,
    ) -> Result<Self, EngineError> {
        let face = &faces[chosen];
        let others = faces.iter().enumerate().filter(|&(index, _)| index != chosen).map(|(_, face)| face);
        if face.height < LEAST_FACE {
            return Err(EngineError::FaceTooSmall { pixels: face.height as u32, least: LEAST_FACE as u32 });
        }
        control.report(Stage::Matte, 0.1)?;
        let outlook = Outlook::of(networks, photo, face, control)?;
        let frame = Frame::around(photo, face, outlook.head, detail.side());
        let neighbours: Vec<Neighbour> =
            others.map(|face| neighbour(&frame, face)).filter(|other| !is_our_face(&frame, other)).collect();
        let matte = Matte::of(networks, photo, (face, &outlook), &frame, &neighbours, control)?;
        control.report(Stage::Shape, 0.3)?;
        let distance = shape::silhouette(&matte.alpha, &frame, control)?;
        if shape::extent(&distance).is_none() {
            return Err(EngineError::NoFace);
        }
        control.report(Stage::Stylise, 0.35)?;
        let mut lab = to_lab(&matte.rgb, Exposure::of(&frame));
        let mut regions = Regions::of(&frame, &lab, &distance);
        exposure::recover(&mut lab, &matte.rgb, &mut regions);
        control.check()?;
        let skin = toned(&mut lab[0], &distance, regions.tone[0]);
        let skin = [skin, regions.tone[1], regions.tone[2]];
        let features = Features::of(&frame, &lab, skin);
        // One hidden eye lies in the shade of a lamp at the side; glasses hide both.
        if features.eyes.iter().all(|eye| eye.is_hidden) {
            regions.leave_lenses(&frame, &lab, features.eyes.map(|eye| eye.iris), skin);
        }
        control.check()?;
        Ok(Self { frame, distance, lab, regions, features, painting: Mutex::new(None) })
    }

    /// The painting after this many smoothing steps (1 to 50), made unless it was the latest one asked for.
    pub(super) fn painting(&self, steps: u32, control: &Control) -> Result<Arc<Painting>, EngineError> {
        let mut latest = self.painting.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((made_with, painting)) = latest.as_ref()
            && *made_with == steps
        {
            return Ok(Arc::clone(painting));
        }
        let painting = Arc::new(Painting::of(self, steps, control)?);
        *latest = Some((steps, Arc::clone(&painting)));
        Ok(painting)
    }
}

fn neighbour(frame: &Frame, face: &Face) -> Neighbour {
    let oval: Vec<_> = OVAL.iter().map(|&i| frame.place_of(face.points[i])).collect();
    let height = distance(face.points[FOREHEAD], face.points[CHIN]) / frame.step;
    Neighbour { centre: centroid(&oval), height }
}

/// Does the middle of another face lie in our own? Then it is a second look at this person.
fn is_our_face(frame: &Frame, other: &Neighbour) -> bool {
    distance(centroid(&frame.line(OVAL)), other.centre) < 0.45 * frame.unit.max(other.height)
}

/// Oklab as `exposure` would have taken it.
fn to_lab(rgb: &[Plane; 3], exposure: Exposure) -> [Plane; 3] {
    let (width, height) = (rgb[0].width, rgb[0].height);
    let mut out = [0, 1, 2].map(|_| Plane::filled(width, height, 0.0));
    let [l, a, b] = &mut out;
    let rows = l.values.par_chunks_exact_mut(width).zip(a.values.par_chunks_exact_mut(width));
    rows.zip(b.values.par_chunks_exact_mut(width)).enumerate().for_each(|(y, ((l, a), b))| {
        let (red, green, blue) = (rgb[0].row(y), rgb[1].row(y), rgb[2].row(y));
        for x in 0..width {
            [l[x], a[x], b[x]] = exposure.of_colour(from_srgb([red[x], green[x], blue[x]]));
        }
    });
    out
}

/// Stretches lightness between the subject's own darkest and lightest tones, so that `skin` stays as light as it is;
/// gives what becomes of it.
fn toned(lightness: &mut Plane, distance: &Plane, skin: f32) -> f32 {
    let mut subject: Vec<f32> = (0..lightness.values.len())
        .step_by(5)
        .filter(|&i| distance.values[i] < 0.0)
        .map(|i| lightness.values[i])
        .collect();
    if subject.is_empty() {
        return skin;
    }
    subject.sort_unstable_by(f32::total_cmp);
    let black = 0.6 * quantile(&subject, 0.01).min(0.25);
    let white = quantile(&subject, 0.995).max(0.72);
    let [low, high] = TONE_RANGE;
    let share = |value: f32, from: f32, to: f32| ((value - from) / (to - from)).clamp(0.02, 0.98);
    let gamma = (share(skin, low, high).ln() / share(skin, black, white).ln()).clamp(0.6, 3.0);
    let tone = |value: f32| low + (high - low) * ((value - black) / (white - black)).clamp(0.0, 1.0).powf(gamma);
    *lightness = lightness.map(tone);
    tone(skin)
}
