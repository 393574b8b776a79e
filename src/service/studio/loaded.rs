//! A photo on its way from the person to a job: read, decoded, looked at, and prepared for an engine.

use std::sync::Arc;

use image::RgbImage;

use crate::jobs::PreparedPhoto;
use crate::model::{Crop, FaceFrame, Framing};
use crate::photo::{self, Finding, PickedPhoto, Preparation, Prepared};
use crate::picture::{Photo, decode_photo};
use crate::platform::random_hex_128;
use crate::vision::{Face, IsStopped, Networks, Pyramid, VisionError};

use super::StudioError;

/// So many faces of a photo go along with it: the one that is meant, and neighbours that must not get onto its sticker.
const MOST_FACES: usize = 4;

/// A photo that was read and looked at.
#[derive(Clone, Debug)]
pub struct LoadedPhoto {
    /// The file's bytes, name and sum.
    pub picked: Arc<PickedPhoto>,
    /// Its pixels, upright by its EXIF orientation and then turned.
    pub photo: Photo,
    /// Quarter turns clockwise that a person asked for, 0 to 3.
    pub quarter_turns: u8,
    /// The faces in them, the biggest first.
    pub faces: Vec<Face>,
    /// The link it came from, when it may be sent as that for as long as nothing is done to it.
    pub link: Option<String>,
    /// What the pixels of each face say against it.
    blur_and_light: Vec<Vec<Finding>>,
}

impl LoadedPhoto {
    /// Bytes of its file and of its pixels.
    pub fn bytes(&self) -> usize {
        self.picked.bytes.len() + self.photo.image.as_raw().len()
    }

    /// Decodes a photo that was read and looks for faces; takes a while, so not on the UI thread.
    ///
    /// `link` is where it came from. Ends with [`VisionError::Stopped`] soon after `is_stopped` says so.
    pub fn of(
        networks: &Networks,
        picked: PickedPhoto,
        link: Option<String>,
        is_stopped: IsStopped<'_>,
    ) -> Result<Self, StudioError> {
        if is_stopped() {
            return Err(VisionError::Stopped.into());
        }
        let photo = decode_photo(&picked.bytes).map_err(photo::PhotoError::from)?;
        let link = link.filter(|link| photo::may_stay_linked(link, &photo));
        Self::seen(networks, Arc::new(picked), photo, 0, link, is_stopped)
    }

    /// The same after so many more quarter turns clockwise; takes a while too, and can be stopped.
    pub fn turned(
        &self,
        networks: &Networks,
        quarter_turns: u8,
        is_stopped: IsStopped<'_>,
    ) -> Result<Self, StudioError> {
        let image = photo::turned(&self.photo.image, quarter_turns).into_owned();
        let quarter_turns = (self.quarter_turns + quarter_turns) % 4;
        let photo = Photo { image, ..self.photo };
        Self::seen(networks, Arc::clone(&self.picked), photo, quarter_turns, self.link.clone(), is_stopped)
    }

    /// The same with its biggest face upright, where nobody can be asked to turn it.
    pub fn upright(self, networks: &Networks, is_stopped: IsStopped<'_>) -> Result<Self, StudioError> {
        match self.faces.first().map_or(0, Face::quarter_turns) {
            0 => Ok(self),
            turns => self.turned(networks, turns as u8, is_stopped),
        }
    }

    fn seen(
        networks: &Networks,
        picked: Arc<PickedPhoto>,
        photo: Photo,
        quarter_turns: u8,
        link: Option<String>,
        is_stopped: IsStopped<'_>,
    ) -> Result<Self, StudioError> {
        let faces = networks.faces_in(&Pyramid::of(&photo.image), is_stopped)?;
        let blur_and_light = faces.iter().map(|face| photo::check_pixels(&photo.image, face)).collect();
        Ok(Self { picked, photo, quarter_turns, faces, link, blur_and_light })
    }

    /// Does this part show none of the faces that are known, and is it less than the whole photo?
    pub fn lacks_face_in(&self, part: Crop) -> bool {
        part != Crop::whole(self.size()) && !self.faces.iter().any(|face| photo::shows(part.into(), face))
    }

    /// The same with the faces that only show where a part of it is looked at by itself; none when there are none.
    ///
    /// `seen` is that part as it is sent, and `frame` how it lies on the photo. The new faces stand behind those known.
    pub fn looked_at_closer(
        &self,
        networks: &Networks,
        seen: &RgbImage,
        frame: FaceFrame,
        is_stopped: IsStopped<'_>,
    ) -> Result<Option<Self>, StudioError> {
        let FaceFrame { left, top, scale } = frame;
        let whole = FaceFrame { left: -left / scale, top: -top / scale, scale: 1.0 / scale };
        let found = networks.faces_in(&Pyramid::of(seen), is_stopped)?;
        let found: Vec<Face> = found.iter().map(|face| face.seen_in(whole)).collect();
        if found.is_empty() {
            return Ok(None);
        }
        let mut closer = self.clone();
        closer.blur_and_light.extend(found.iter().map(|face| photo::check_pixels(&self.photo.image, face)));
        closer.faces.extend(found);
        Ok(Some(closer))
    }

    /// Width and height in pixels.
    pub fn size(&self) -> (u32, u32) {
        self.photo.image.dimensions()
    }

    /// What the checks say of sending this part with this face meant, the most forbidding first.
    pub fn findings(&self, face: usize, sent: Crop) -> Vec<Finding> {
        let mut in_order = self.faces.clone();
        if face < in_order.len() {
            in_order[..=face].rotate_right(1);
        }
        let mut findings = photo::check(sent.into(), &in_order);
        findings.extend(self.blur_and_light.get(face).into_iter().flatten());
        findings.sort_by_key(|finding| (!finding.refuses(), finding.is_note()));
        findings
    }

    /// Why no sticker can come of it, with the biggest face.
    pub fn refusal(&self) -> Option<Finding> {
        self.findings(0, self.crop(0, false)).into_iter().find(|finding| finding.refuses())
    }

    /// The part that is sent for this face unless the person says otherwise.
    pub fn crop(&self, face: usize, padded: bool) -> Crop {
        match self.faces.get(face) {
            Some(face) if padded => photo::padded_around_face(face).into(),
            Some(face) => photo::around_face(self.size(), face).into(),
            None => Crop::whole(self.size()),
        }
    }

    /// The same without bigger faces, where somebody draws it who draws the biggest.
    pub fn crop_alone(&self, face: usize, padded: bool) -> Crop {
        let part = self.crop(face, padded);
        self.faces.get(face).map_or(part, |meant| photo::without_bigger(part.into(), meant, &self.faces).into())
    }

    /// Exactly what is sent, with this colour beyond the photo's edges; the same input gives the same bytes.
    ///
    /// The face that is meant and those beside it go along for an engine on this computer, so that nothing has to look
    /// again.
    pub fn prepare(&self, face: usize, crop: Crop, padding: [u8; 3]) -> Result<PreparedPhoto, StudioError> {
        let preparation = Preparation { quarter_turns: 0, crop: crop.into(), padding, stem: random_hex_128() };
        let Prepared { jpeg, placement, .. } = photo::prepare(&self.photo, &preparation)?;
        let faces: Vec<Face> = match self.faces.get(face) {
            None => Vec::new(),
            Some(meant) => {
                let beside = self.faces.iter().enumerate().filter(|&(index, _)| index != face).map(|(_, other)| other);
                let sent = beside.filter(|other| photo::shows(crop.into(), other));
                std::iter::once(meant).chain(sent).take(MOST_FACES).map(|face| face.seen_in(placement)).collect()
            }
        };
        Ok(PreparedPhoto {
            jpeg,
            frame: placement,
            faces,
            name: Some(self.picked.name.clone()),
            picked_sha256: Some(self.identity()),
        })
    }

    /// The same as proposed: around the biggest face, padded with white where it is asked for.
    pub fn prepare_as_proposed(&self) -> Result<PreparedPhoto, StudioError> {
        self.prepare(0, self.crop(0, false), Framing::default().padding)
    }

    /// Names the pixels that a sticker's frame speaks of: the file's SHA-256, and how it was turned if it was.
    pub fn identity(&self) -> String {
        match self.quarter_turns {
            0 => self.picked.sha256.clone(),
            turns => format!("{}-{turns}", self.picked.sha256),
        }
    }
}
