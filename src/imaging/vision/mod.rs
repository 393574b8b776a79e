//! The three networks: faces, landmarks, person.

mod detect;
pub mod landmarks;
mod mesh;
mod network;
mod person;
mod pyramid;

pub use person::PersonMask;
pub use pyramid::Pyramid;

use image::RgbImage;
use rayon::prelude::*;

use network::Network;

/// Why the networks cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VisionError {
    /// A bundled file is not the network it should be.
    #[error("the bundled network {network} could not be read, install the program again: {reason}")]
    Unreadable {
        /// Which network.
        network: &'static str,
        /// What the reader said.
        reason: String,
    },
    /// Somebody asked to stop.
    #[error("stopped")]
    Stopped,
    /// A network stopped while it ran.
    #[error("the bundled network {network} failed, install the program again: {reason}")]
    Failed {
        /// Which network.
        network: &'static str,
        /// What it said.
        reason: String,
    },
}

/// Asked before each run of a network; true ends the work with [`VisionError::Stopped`].
pub type IsStopped<'a> = &'a (dyn Fn() -> bool + Sync);

/// A face in photo pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Face {
    /// Left edge of the upright box around the face, forehead to chin without hair.
    pub left: f32,
    /// Top edge of the box.
    pub top: f32,
    /// Width of the box.
    pub width: f32,
    /// Height of the box.
    pub height: f32,
    /// How sure the mesh network is that this is a face, 0.5 to 1.
    pub score: f32,
    /// How far the head is tilted, in radians: 0 upright, positive when the person's left eye is lower.
    pub roll: f32,
    /// The 468 points of the face mesh as `[x, y]`, in the order of [`landmarks`].
    pub points: Vec<[f32; 2]>,
}

impl Face {
    /// Area of the box in square pixels.
    pub fn area(&self) -> f32 {
        self.width * self.height
    }

    /// Quarter turns clockwise (0 to 3) of the photo that bring the face closest to upright.
    pub fn quarter_turns(&self) -> u32 {
        let turns = (-self.roll / std::f32::consts::FRAC_PI_2).round();
        (turns as i32).rem_euclid(4) as u32
    }
}

#[expect(clippy::large_include_file, reason = "the network is part of the program, so that nothing is downloaded")]
const FACE_MESH: &[u8] = include_bytes!("../../../assets/models/face_landmark.onnx");

/// The three networks, ready to run; they may be shared between threads.
pub struct Networks {
    detector: Network,
    mesh: Network,
    person: Network,
}

impl Networks {
    /// Reads the networks that are compiled into the program, which takes a few milliseconds.
    pub fn load() -> Result<Self, VisionError> {
        Ok(Self {
            detector: Network::load(
                "face_detection_short_range",
                include_bytes!("../../../assets/models/face_detection_short_range.onnx"),
            )?,
            mesh: Network::load("face_landmark", FACE_MESH)?,
            person: Network::load(
                "selfie_segmentation",
                include_bytes!("../../../assets/models/selfie_segmentation.onnx"),
            )?,
        })
    }

    /// All faces of an upright sRGB photo, biggest first; none when a network fails.
    pub fn faces(&self, photo: &RgbImage) -> Vec<Face> {
        self.faces_in(&Pyramid::of(photo), &|| false).unwrap_or_default()
    }

    /// All faces, biggest first, of a photo whose halved copies exist already.
    pub fn faces_in(&self, photo: &Pyramid<'_>, is_stopped: IsStopped<'_>) -> Result<Vec<Face>, VisionError> {
        network::side_by_side(|| self.look_for_faces(photo, is_stopped))
    }

    fn look_for_faces(&self, photo: &Pyramid<'_>, is_stopped: IsStopped<'_>) -> Result<Vec<Face>, VisionError> {
        for look in detect::LOOKS {
            let mut faces: Vec<Face> = Vec::new();
            let candidates = detect::candidates(&self.detector, photo, look, is_stopped)?;
            let meshes: Result<Vec<_>, _> =
                candidates.par_iter().map(|candidate| mesh::face(&self.mesh, photo, candidate, is_stopped)).collect();
            for face in meshes?.into_iter().flatten() {
                if !faces.iter().any(|known| overlap(known, &face) > 0.4) {
                    faces.push(face);
                }
            }
            if !faces.is_empty() {
                faces.sort_by(|a, b| b.area().total_cmp(&a.area()));
                return Ok(faces);
            }
        }
        Ok(Vec::new())
    }

    /// Where people are in the rectangle `left, top, right, bottom` of the photo, in photo pixels.
    pub fn people(
        &self,
        photo: &Pyramid<'_>,
        rectangle: [f32; 4],
        is_stopped: IsStopped<'_>,
    ) -> Result<PersonMask, VisionError> {
        PersonMask::of(&self.person, photo, rectangle, is_stopped)
    }
}

impl std::fmt::Debug for Networks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Networks").finish_non_exhaustive()
    }
}

/// Intersection over union of two boxes.
fn overlap(a: &Face, b: &Face) -> f32 {
    let width = (a.left + a.width).min(b.left + b.width) - a.left.max(b.left);
    let height = (a.top + a.height).min(b.top + b.height) - a.top.max(b.top);
    let shared = width.max(0.0) * height.max(0.0);
    shared / (a.area() + b.area() - shared).max(1e-6)
}

#[cfg(test)]
mod tests;
