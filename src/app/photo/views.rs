//! What the panels see of the photo.

use super::{Photo, PhotoUse, box_of};
use crate::app::blocked::Blocked;
use crate::app::context::AppContext;
use crate::app::pictures::PictureName;
use crate::app::sentence::with_full_stop;
use crate::model::{Crop, EngineId, Finding, Remedy, Remote};
use crate::photo;
use crate::studio::capitalised;
use crate::ui::view::{CropView, FaceState, PhotoRemark, PhotoView, SentView, Weight};

/// The faces of the photo, biggest first.
pub(in crate::app) fn faces(well: &Photo) -> Vec<Crop> {
    let faces = well.settled().map(|photo| photo.faces.as_slice()).unwrap_or_default();
    faces.iter().map(box_of).collect()
}

/// What a check found about the photo, in words.
pub(in crate::app) struct Remark {
    weight: Weight,
    head: String,
    sentence: String,
    way: Remedy,
    can_override: bool,
}

impl Remark {
    /// The most pressing remark.
    pub(in crate::app) fn of(well: &Photo, used: PhotoUse) -> Option<Self> {
        // On this computer nothing is drawn without a face, whatever was accepted.
        let finding = well.forbidding(used).or_else(|| well.findings(used).first().copied())?;
        let hosted = used.engine == EngineId::Pixazo;
        let text = finding.sentence();
        // The sentences have the form "what was found; what to do".
        let (head, rest) = text.split_once("; ").unwrap_or((&text, ""));
        let sentence = if finding.refuses() && hosted {
            format!("{} may be charged for nothing.", EngineId::Pixazo.price())
        } else {
            with_full_stop(capitalised(rest))
        };
        let weight = if finding.refuses() {
            Weight::Forbids
        } else if finding.is_note() {
            Weight::Notes
        } else {
            Weight::Advises
        };
        Some(Self {
            weight,
            head: with_full_stop(head.to_owned()),
            sentence,
            way: finding.remedy(),
            can_override: hosted || !finding.refuses(),
        })
    }

    fn view(&self) -> PhotoRemark<'_> {
        let Self { weight, head, sentence, way, can_override } = self;
        PhotoRemark { weight: *weight, head, sentence, way: *way, can_override: *can_override }
    }
}

/// Why nothing can be made of this photo, also as a sentence.
pub(in crate::app) fn forbidden(finding: Finding) -> (Blocked, String) {
    (Blocked::by(finding), finding.sentence())
}

/// What the panels borrow about what is sent.
#[derive(Default)]
pub(in crate::app) struct SentTexts {
    size: (u32, u32),
    bytes: Option<usize>,
    error: Option<String>,
    as_linked: bool,
}

impl SentTexts {
    pub(in crate::app) fn of(well: &Photo, used: PhotoUse) -> Self {
        let (Some(photo), Some(crop)) = (well.settled(), well.crop(used)) else { return Self::default() };
        if well.as_linked(used).is_some() {
            let bytes = Some(photo.picked.bytes.len());
            return Self { size: photo.photo.stored_size, bytes, error: None, as_linked: true };
        }
        let size = photo::prepared_size(crop.into()).unwrap_or_default();
        match well.sent.known(well.sent_key(crop)) {
            Some(Ok(facts)) => Self { size: facts.size, bytes: Some(facts.bytes), error: None, as_linked: false },
            Some(Err(error)) => Self { size, bytes: None, error: Some(error.clone()), as_linked: false },
            None => Self { size, bytes: None, error: None, as_linked: false },
        }
    }

    fn view(&self, well: &Photo, cx: &AppContext) -> SentView<'_> {
        let name = if self.as_linked { PictureName::Photo(well.number) } else { PictureName::Sent };
        SentView {
            size: self.size,
            bytes: self.bytes,
            picture: cx.pictures.get(&name),
            error: self.error.as_deref(),
            as_linked: self.as_linked,
        }
    }
}

/// The photo in its well.
pub(in crate::app) fn photo<'a>(
    well: &'a Photo,
    used: PhotoUse,
    cx: &AppContext,
    faces: &'a [Crop],
    remark: Option<&'a Remark>,
    sent: &'a SentTexts,
) -> Remote<PhotoView<'a>> {
    let shown = well.loaded.shown().map(|photo| PhotoView {
        name: &photo.picked.name,
        size: photo.size(),
        picture: cx.pictures.get(&PictureName::Photo(well.number)),
        crop: well.crop(used).filter(|_| well.as_linked(used).is_none()),
        aspect: well.framing.ratio.aspect(used.canvas),
        padding: well.framing.padding,
        sent: sent.view(well, cx),
        faces,
        face: match well.settled() {
            None => FaceState::Looking,
            Some(_) if faces.is_empty() => FaceState::None,
            Some(_) => FaceState::Found(well.face),
        },
        is_sample: well.is_sample,
        is_cropping: well.before_crop.is_some(),
        turning: well.settled().is_none(),
        remark: remark.map(Remark::view),
    });
    well.loaded.with(shown)
}

/// The crop mode, while it is on.
pub(in crate::app) fn cropping<'a>(
    well: &'a Photo,
    used: PhotoUse,
    cx: &AppContext,
    faces: &[Crop],
    sent: &'a SentTexts,
) -> Option<CropView<'a>> {
    well.before_crop?;
    let photo = well.loaded.shown()?;
    let settled = well.settled().is_some();
    Some(CropView {
        picture: cx.pictures.get(&PictureName::Photo(well.number)),
        photo: photo.size(),
        crop: well.crop(used).unwrap_or_else(|| Crop::whole(photo.size())),
        face: faces.get(well.face).copied(),
        ratio: well.framing.ratio,
        sticker: used.canvas,
        padding: well.framing.padding,
        sent: sent.view(well, cx),
        can_reset: !well.framing.is_untouched(),
        turning: !settled,
    })
}
