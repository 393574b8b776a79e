//! The photo in the well.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::recent::KeptPhoto;
use super::sent::{Sent, SentKey};
use super::{Decided, PhotoUse, Standing, ToSend, crop};
use crate::model::{Crop, EngineId, Finding, Framing, Remote};
use crate::studio::LoadedPhoto;

/// The photo of the form.
#[derive(Default)]
pub(in crate::app) struct Photo {
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

impl Photo {
    /// Waits for the photo with this number; what was there stays if nothing comes of it.
    ///
    /// What was under way for an earlier one is told to stop. Gives the switch that a later one will press.
    pub(super) fn expect(&mut self, number: u64) -> Arc<AtomicBool> {
        self.outdated.store(true, Ordering::Relaxed);
        self.outdated = Arc::default();
        self.turning = None;
        self.asked = number;
        self.loaded = Remote::Loading { previous: self.loaded.shown().cloned() };
        Arc::clone(&self.outdated)
    }

    /// What the person has decided about it.
    pub(in crate::app) fn decided(&self) -> Decided {
        let Self { face, face_chosen, framing, .. } = *self;
        Decided { face, face_chosen, framing, accepted: self.accepted.clone() }
    }

    /// Decides all of it at once.
    pub(super) fn decide(&mut self, decided: Decided) {
        let Decided { face, face_chosen, framing, accepted } = decided;
        (self.face, self.face_chosen, self.framing, self.accepted) = (face, face_chosen, framing, accepted);
    }

    /// The photo, when its pixels lie as the framing says.
    pub(in crate::app) fn settled(&self) -> Option<&Arc<LoadedPhoto>> {
        self.loaded.shown().filter(|photo| photo.quarter_turns == self.framing.quarter_turns)
    }

    /// Width and height as the framing has it turned.
    pub(super) fn framed_size(&self) -> Option<(u32, u32)> {
        let photo = self.loaded.shown()?;
        let (width, height) = photo.size();
        let lies = (photo.quarter_turns + self.framing.quarter_turns) % 2 == 1;
        Some(if lies { (height, width) } else { (width, height) })
    }

    /// The photo in the well as it can be had again.
    pub(in crate::app) fn kept(&self) -> Option<KeptPhoto> {
        let photo = self.loaded.shown().filter(|_| !self.is_forgotten)?;
        Some(KeptPhoto {
            sha256: photo.picked.sha256.clone(),
            name: photo.picked.name.clone(),
            link: photo.link.clone(),
            path: self.path.clone(),
            is_sample: self.is_sample,
        })
    }

    /// Is the photo sent as the link it came from? Then nothing was done to it.
    pub(in crate::app) fn as_linked(&self, used: PhotoUse) -> Option<&str> {
        let link = self.loaded.shown()?.link.as_deref()?;
        (used.engine == EngineId::Pixazo && self.framing.is_untouched()).then_some(link)
    }

    /// The part of the photo that is sent, on whole pixels; all of it when it is sent as it is.
    pub(in crate::app) fn crop(&self, used: PhotoUse) -> Option<Crop> {
        let photo = self.settled()?;
        if self.as_linked(used).is_some() {
            return Some(Crop::whole(photo.size()));
        }
        Some(crop(photo, self.face, &self.framing, used))
    }

    /// Names what is sent when this part of the photo is.
    pub(in crate::app) fn sent_key(&self, crop: Crop) -> SentKey {
        SentKey { photo: self.number, face: self.face, crop, padding: self.framing.padding }
    }

    /// What the checks say of the photo as it would be sent now and the person has not accepted, the most forbidding first.
    pub(in crate::app) fn findings(&self, used: PhotoUse) -> Vec<Finding> {
        let (Some(photo), Some(crop)) = (self.settled(), self.crop(used)) else { return Vec::new() };
        let mut findings = photo.findings(self.face, crop);
        findings.retain(|finding| !self.accepted.contains(finding));
        if used.engine == EngineId::Local {
            // It draws the face that is meant, whichever is bigger.
            findings.retain(|finding| *finding != Finding::AnotherIsBigger);
        }
        if self.face_chosen {
            findings.retain(|finding| !finding.is_note());
        }
        findings
    }

    /// What the checks say against the photo as it would be sent now, whatever the person has accepted.
    pub(super) fn refusing(&self, used: PhotoUse) -> Option<Finding> {
        let (photo, crop) = (self.settled()?, self.crop(used)?);
        photo.findings(self.face, crop).into_iter().find(|finding| finding.refuses())
    }

    /// What forbids a sticker of this photo, unless the person has accepted it.
    ///
    /// Who pays may try in spite of it; the engine on this computer cannot draw what it does not find.
    pub(in crate::app) fn forbidding(&self, used: PhotoUse) -> Option<Finding> {
        let refused = self.refusing(used)?;
        let accepted = self.accepted.contains(&refused) && used.engine == EngineId::Pixazo;
        (!accepted).then_some(refused)
    }

    /// What would be sent of it now by this host; none for the engine on this computer.
    pub(in crate::app) fn to_send(&self, used: PhotoUse, host: Option<String>) -> Option<ToSend> {
        if let Some(link) = self.as_linked(used) {
            return Some(ToSend::AsLinked(link.to_owned()));
        }
        Some(ToSend::Prepared {
            photo: Arc::clone(self.settled()?),
            face: self.face,
            crop: self.crop(used)?,
            padding: self.framing.padding,
            host,
        })
    }
}
