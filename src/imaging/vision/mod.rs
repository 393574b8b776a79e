//! The three networks: faces, landmarks, person.

mod detect;
pub mod landmarks;
mod mesh;
mod network;
mod person;
mod pyramid;

pub use model::Face;
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

/// A photo whose shorter edge is shorter than this has no room for a face that can be drawn, in pixels.
const LEAST_EDGE: f32 = 20.0;
/// Two boxes that share more than this of the smaller one are one face.
const SAME_BOX: f32 = 0.5;
/// Two faces whose eyes are closer to each other than this share of the smaller face are one.
const SAME_EYES: f32 = 0.35;

/// A mesh less sure than this, or a face smaller than this in pixels, may be an icon, and somebody must be seen there.
const SURE_FLAG: f32 = 0.9995;
/// See [`SURE_FLAG`].
const ICON: f32 = 64.0;
/// The least share of a person in the middle of such a face.
const LEAST_PERSON: f32 = 0.1;
/// Head and shoulders: beside, above and below the middle of a face, in its heights.
const BUST: [f32; 3] = [1.75, 1.65, 1.85];

/// Asked before each run of a network; true ends the work with [`VisionError::Stopped`].
pub type IsStopped<'a> = &'a (dyn Fn() -> bool + Sync);

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
        // A strip has no room for the least face, and would be cut into tiles without end.
        if photo.width().min(photo.height()) < LEAST_EDGE {
            return Ok(Vec::new());
        }
        for look in detect::LOOKS {
            let mut faces: Vec<Face> = Vec::new();
            let candidates = detect::candidates(&self.detector, photo, look, is_stopped)?;
            let meshes: Result<Vec<_>, _> =
                candidates.par_iter().map(|candidate| mesh::face(&self.mesh, photo, candidate, is_stopped)).collect();
            for face in meshes?.into_iter().flatten() {
                if !faces.iter().any(|known| is_same_person(known, &face)) {
                    faces.push(face);
                }
            }
            let mut people = Vec::new();
            for face in faces {
                if !is_doubtful(&face) || self.is_of_a_person(photo, &face, is_stopped)? {
                    people.push(face);
                }
            }
            let mut faces = people;
            if !faces.is_empty() {
                faces.sort_by(|a, b| b.area().total_cmp(&a.area()));
                return Ok(faces);
            }
        }
        Ok(Vec::new())
    }

    /// Does the person network see somebody where this face is? It looks at head and shoulders, as for a sticker.
    fn is_of_a_person(&self, photo: &Pyramid<'_>, face: &Face, is_stopped: IsStopped<'_>) -> Result<bool, VisionError> {
        let middle = [face.left + face.width / 2.0, face.top + face.height / 2.0];
        let [beside, above, below] = BUST.map(|reach| reach * face.height);
        let rectangle = [
            (middle[0] - beside).max(0.0),
            (middle[1] - above).max(0.0),
            (middle[0] + beside).min(photo.width()),
            (middle[1] + below).min(photo.height()),
        ];
        let mask = self.people(photo, rectangle, is_stopped)?;
        Ok(mask.mean_around(middle, [0.3 * face.width, 0.35 * face.height]) > LEAST_PERSON)
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

/// May it be an icon, a saw or letters?
fn is_doubtful(face: &Face) -> bool {
    face.score < SURE_FLAG || face.height < ICON
}

/// Are these two views of one person? Their boxes share most of the smaller one, or their eyes lie on each other.
fn is_same_person(a: &Face, b: &Face) -> bool {
    let width = (a.left + a.width).min(b.left + b.width) - a.left.max(b.left);
    let height = (a.top + a.height).min(b.top + b.height) - a.top.max(b.top);
    let shared = width.max(0.0) * height.max(0.0);
    let smaller = a.area().min(b.area()).max(1e-6);
    let eyes = |face: &Face| {
        let [[x0, y0], [x1, y1]] =
            [landmarks::RIGHT_EYE_OUTER, landmarks::LEFT_EYE_OUTER].map(|number| face.points[number]);
        [f32::midpoint(x0, x1), f32::midpoint(y0, y1)]
    };
    let ([ax, ay], [bx, by]) = (eyes(a), eyes(b));
    let apart = (ax - bx).hypot(ay - by);
    shared > SAME_BOX * smaller || apart < SAME_EYES * a.height.max(a.width).min(b.height.max(b.width))
}

#[cfg(test)]
mod tests;
