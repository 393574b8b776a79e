//! A photo on its way from the person to a job: read, decoded, looked at, and prepared for an engine.

use crate::jobs::PreparedPhoto;
use crate::photo::{self, Finding, PickedPhoto, Preparation, Prepared};
use crate::picture::{Photo, Region, decode_photo};
use crate::platform::random_hex_128;
use crate::vision::{Face, Networks};

use super::StudioError;

/// A photo that was read and looked at.
#[derive(Clone, Debug)]
pub struct LoadedPhoto {
    /// The file's bytes, name and sum.
    pub picked: PickedPhoto,
    /// Its pixels, with the biggest face upright.
    pub photo: Photo,
    /// The faces in them, the biggest first.
    pub faces: Vec<Face>,
    /// What the checks say with each face chosen, the most forbidding first; without a face there is one list.
    pub findings: Vec<Vec<Finding>>,
    /// The link it came from, when it may be sent as that.
    pub link: Option<String>,
}

impl LoadedPhoto {
    /// Decodes a photo that was read and looks for faces; takes a while, so not on the UI thread.
    ///
    /// A photo whose biggest face lies on its side is turned upright. `link` is where it came from.
    pub fn of(networks: &Networks, picked: PickedPhoto, link: Option<String>) -> Result<Self, StudioError> {
        let mut photo = decode_photo(&picked.bytes).map_err(photo::PhotoError::from)?;
        let mut faces = networks.faces(&photo.image);
        let turns = faces.first().map_or(0, Face::quarter_turns);
        if turns > 0 {
            photo.image = photo::turned(&photo.image, turns as u8).into_owned();
            faces = networks.faces(&photo.image);
        }
        let findings = (0..faces.len().max(1)).map(|face| findings(&photo, &faces, face)).collect();
        let link = link.filter(|link| turns == 0 && photo::may_stay_linked(link, &photo));
        Ok(Self { picked, photo, faces, findings, link })
    }

    /// Width and height in pixels.
    pub fn size(&self) -> (u32, u32) {
        self.photo.image.dimensions()
    }

    /// Why no sticker can come of it, with the biggest face.
    pub fn refusal(&self) -> Option<Finding> {
        self.findings.first()?.iter().copied().find(|finding| finding.refuses())
    }

    /// The part that is sent for this face unless the person says otherwise.
    pub fn crop(&self, face: usize, padded: bool) -> Region {
        match self.faces.get(face) {
            Some(face) if padded => photo::padded_around_face(face),
            Some(face) => photo::around_face(self.size(), face),
            None => photo::whole(self.size()),
        }
    }

    /// Exactly what is sent.
    pub fn prepare(&self, crop: Region) -> Result<PreparedPhoto, StudioError> {
        let preparation = Preparation { quarter_turns: 0, crop, stem: random_hex_128() };
        let Prepared { jpeg, placement, .. } = photo::prepare(&self.photo, &preparation)?;
        Ok(PreparedPhoto {
            jpeg,
            frame: placement,
            name: Some(self.picked.name.clone()),
            picked_sha256: Some(self.picked.sha256.clone()),
        })
    }
}

/// What the checks say with this face chosen, the most forbidding first.
fn findings(photo: &Photo, faces: &[Face], chosen: usize) -> Vec<Finding> {
    let mut in_order = faces.to_vec();
    if chosen < in_order.len() {
        in_order[..=chosen].rotate_right(1);
    }
    let mut findings = photo::check(photo.image.dimensions(), &in_order);
    if let Some(face) = in_order.first() {
        findings.extend(photo::check_pixels(&photo.image, face));
    }
    findings.sort_by_key(|finding| !finding.refuses());
    findings
}
