//! The photo of the form: how it is framed, what speaks against it, and exactly what of it is sent.

mod act;
mod looking;
mod sent;
mod several;
mod to_send;
mod views;

pub(super) use sent::{Sent, SentFacts, SentKey};
pub(super) use several::{Seen, Several};
pub(super) use to_send::ToSend;
pub(super) use views::{Remark, SentTexts, cropping, faces, forbidden, photo};

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::recent::{KeptPhoto, Origin};
use super::state::State;
use crate::model::{Crop, EngineId, Framing};
use crate::photo::Finding;
use crate::studio::LoadedPhoto;
use crate::ui::view::Remote;
use crate::vision::Face;

/// The photo of the form.
#[derive(Default)]
pub(super) struct Photo {
    /// Number of the one that is shown.
    pub number: u64,
    /// Number of the one that was asked for last; until it is there, and if it cannot be used, the other stays.
    pub asked: u64,
    /// Number of the bundled sample.
    pub sample: u64,
    /// Tells the work on the one that was asked for last that another has taken its place.
    pub outdated: Arc<AtomicBool>,
    /// What is known about it.
    pub loaded: Remote<Arc<LoadedPhoto>>,
    /// Which face is drawn.
    pub face: usize,
    /// Did the person choose that face?
    pub face_chosen: bool,
    /// What the person has decided about it.
    pub framing: Framing,
    /// In the crop mode: how it was framed before.
    pub before_crop: Option<Framing>,
    /// Is it the bundled sample?
    pub is_sample: bool,
    /// Does it not come back, as the person has asked?
    pub is_forgotten: bool,
    /// What the person has heard and wants to go on in spite of.
    pub accepted: Vec<Finding>,
    /// Where its file is, when it is one of this computer.
    pub path: Option<PathBuf>,
    /// The same of the one that was asked for last.
    pub asked_path: Option<PathBuf>,
    /// What the one that is on its way takes the place of, when that is not what stands in the well.
    pub replaces: Option<Standing>,
    /// Is it the one of the last session that is on its way?
    pub comes_back: bool,
    /// The toast that says why the last one could not be used.
    pub trouble: Option<u64>,
    /// The photo of this number is brought back, as it was framed.
    pub restoring: Option<(u64, Decided)>,
    /// The number it will have once it is turned as the framing says, while that is under way.
    pub turning: Option<u64>,
    /// What is sent of it.
    pub sent: Sent,
}

/// What a person has decided about a photo.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Decided {
    /// Which face is drawn.
    pub face: usize,
    /// Did the person choose that face?
    pub face_chosen: bool,
    /// How it is framed.
    pub framing: Framing,
    /// What the person has heard and wants to go on in spite of.
    pub accepted: Vec<Finding>,
}

/// What stands in the well, as it can be brought back.
#[derive(Clone, Debug)]
pub(super) enum Standing {
    /// One photo, as it is framed.
    One(Box<(KeptPhoto, Decided)>),
    /// Several, each as it is framed, and the place of the one in the well.
    Several(Vec<(Origin, Decided)>, usize),
}

impl Decided {
    /// The part of the photo that is sent for a sticker of this size, on whole pixels.
    pub(super) fn crop(&self, photo: &LoadedPhoto, canvas: (u32, u32), engine: EngineId) -> Crop {
        crop(photo, self.face, &self.framing, canvas, engine)
    }
}

/// The part of a photo that is sent for this face and a sticker of this size, on whole pixels.
fn crop(photo: &LoadedPhoto, face: usize, framing: &Framing, canvas: (u32, u32), engine: EngineId) -> Crop {
    let crop = framing.crop.unwrap_or_else(|| match engine {
        // It is told which face is meant.
        EngineId::Local => photo.crop(face, framing.padded),
        // It draws the biggest.
        EngineId::Pixazo => photo.crop_alone(face, framing.padded),
    });
    framing.ratio.aspect(canvas).map_or(crop, |aspect| crop.with_aspect(aspect, photo.size())).rounded()
}

impl Photo {
    /// Waits for the photo with this number; what was there stays if nothing comes of it.
    ///
    /// What was under way for an earlier one is told to stop. Gives the switch that a later one will press.
    fn expect(&mut self, number: u64) -> Arc<AtomicBool> {
        self.outdated.store(true, Ordering::Relaxed);
        self.outdated = Arc::default();
        self.turning = None;
        self.asked = number;
        self.loaded = Remote::Loading { previous: self.loaded.shown().cloned() };
        Arc::clone(&self.outdated)
    }

    /// What the person has decided about it.
    pub(super) fn decided(&self) -> Decided {
        let Self { face, face_chosen, framing, .. } = *self;
        Decided { face, face_chosen, framing, accepted: self.accepted.clone() }
    }

    /// Decides all of it at once.
    pub(super) fn decide(&mut self, decided: Decided) {
        let Decided { face, face_chosen, framing, accepted } = decided;
        (self.face, self.face_chosen, self.framing, self.accepted) = (face, face_chosen, framing, accepted);
    }

    /// The photo, when its pixels lie as the framing says.
    pub(super) fn settled(&self) -> Option<&Arc<LoadedPhoto>> {
        self.loaded.shown().filter(|photo| photo.quarter_turns == self.framing.quarter_turns)
    }

    /// Width and height as the framing has it turned.
    fn framed_size(&self) -> Option<(u32, u32)> {
        let photo = self.loaded.shown()?;
        let (width, height) = photo.size();
        let lies = (photo.quarter_turns + self.framing.quarter_turns) % 2 == 1;
        Some(if lies { (height, width) } else { (width, height) })
    }
}

impl State {
    /// A number that no photo had before.
    pub(super) fn number_a_photo(&mut self) -> u64 {
        self.photos += 1;
        self.photos
    }

    /// Tells every look at a photo that nobody waits for it any more.
    pub(super) fn stop_looking(&self) {
        self.photo.outdated.store(true, Ordering::Relaxed);
        self.several.stop_looking();
        self.cut_line.stop_looking();
    }

    /// Is the photo sent as the link it came from? Then nothing was done to it.
    pub(super) fn as_linked(&self) -> Option<&str> {
        let link = self.photo.loaded.shown()?.link.as_deref()?;
        (self.form.engine == EngineId::Pixazo && self.photo.framing.is_untouched()).then_some(link)
    }

    /// The part of the photo that is sent, on whole pixels; all of it when it is sent as it is.
    pub(super) fn crop(&self) -> Option<Crop> {
        let photo = self.photo.settled()?;
        if self.as_linked().is_some() {
            return Some(Crop::whole(photo.size()));
        }
        let canvas = (self.form.recipe.width, self.form.recipe.height);
        Some(crop(photo, self.photo.face, &self.photo.framing, canvas, self.form.engine))
    }

    /// Names what is sent when this part of the photo is.
    pub(super) fn sent_key(&self, crop: Crop) -> SentKey {
        SentKey { photo: self.photo.number, face: self.photo.face, crop, padding: self.photo.framing.padding }
    }

    /// What the checks say of the photo as it would be sent now and the person has not accepted, the most forbidding first.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let (Some(photo), Some(crop)) = (self.photo.settled(), self.crop()) else { return Vec::new() };
        let mut findings = photo.findings(self.photo.face, crop);
        findings.retain(|finding| !self.photo.accepted.contains(finding));
        if self.form.engine == EngineId::Local {
            // It draws the face that is meant, whichever is bigger.
            findings.retain(|finding| *finding != Finding::AnotherIsBigger);
        }
        if self.photo.face_chosen {
            findings.retain(|finding| !finding.is_note());
        }
        findings
    }

    /// What the checks say against the photo as it would be sent now, whatever the person has accepted.
    fn refusing(&self) -> Option<Finding> {
        let (photo, crop) = (self.photo.settled()?, self.crop()?);
        photo.findings(self.photo.face, crop).into_iter().find(|finding| finding.refuses())
    }

    /// What forbids a sticker of this photo, unless the person has accepted it.
    ///
    /// Who pays may try in spite of it; the engine on this computer cannot draw what it does not find.
    pub(super) fn forbidding(&self) -> Option<Finding> {
        let refused = self.refusing()?;
        let accepted = self.photo.accepted.contains(&refused) && self.form.engine == EngineId::Pixazo;
        (!accepted).then_some(refused)
    }
}

/// The place of a face as a rectangle of the photo.
fn box_of(face: &Face) -> Crop {
    Crop { left: face.left, top: face.top, width: face.width, height: face.height }
}
