//! What the panels see of the photo.

use super::super::blocked::Blocked;
use super::super::pictures::PictureName;
use super::super::sentence::with_full_stop;
use super::super::state::State;
use super::super::views::with;
use super::box_of;
use crate::model::{Crop, EngineId};
use crate::photo::{self, Finding, Remedy};
use crate::studio::capitalised;
use crate::ui::view::{CropView, FaceState, PhotoRemark, PhotoView, PhotoWay, Remote, SentView, Weight};

/// The faces of the photo, biggest first.
pub(in crate::app) fn faces(state: &State) -> Vec<Crop> {
    let faces = state.photo.settled().map(|photo| photo.faces.as_slice()).unwrap_or_default();
    faces.iter().map(box_of).collect()
}

/// What a check found about the photo, in words.
pub(in crate::app) struct Remark {
    weight: Weight,
    head: String,
    sentence: String,
    way: PhotoWay,
    can_override: bool,
}

impl Remark {
    /// The most pressing remark.
    pub(in crate::app) fn of(state: &State) -> Option<Self> {
        // On this computer nothing is drawn without a face, whatever was accepted.
        let finding = state.forbidding().or_else(|| state.findings().first().copied())?;
        let hosted = state.form.engine == EngineId::Pixazo;
        let text = finding.sentence();
        // The sentences have the form "what was found; what to do".
        let (head, rest) = text.split_once("; ").unwrap_or((&text, ""));
        let sentence = match (finding.refuses(), hosted) {
            (true, true) => format!("{} may be charged for nothing.", EngineId::Pixazo.price()),
            (true, false) => "This computer would make nothing.".to_owned(),
            (false, _) => with_full_stop(capitalised(rest)),
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
            way: way(finding),
            can_override: hosted || !finding.refuses(),
        })
    }

    fn view(&self) -> PhotoRemark<'_> {
        let Self { weight, head, sentence, way, can_override } = self;
        PhotoRemark { weight: *weight, head, sentence, way: *way, can_override: *can_override }
    }
}

fn way(finding: Finding) -> PhotoWay {
    match finding.remedy() {
        Remedy::ChooseAnother => PhotoWay::PickAnother,
        Remedy::PickFace => PhotoWay::NextFace,
        Remedy::AddPadding => PhotoWay::AddPadding,
        Remedy::Crop => PhotoWay::Crop,
        Remedy::Turn { quarter_turns } => PhotoWay::Turn(quarter_turns),
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
    pub(in crate::app) fn of(state: &State) -> Self {
        let (Some(photo), Some(crop)) = (state.photo.settled(), state.crop()) else { return Self::default() };
        if state.as_linked().is_some() {
            let bytes = Some(photo.picked.bytes.len());
            return Self { size: photo.photo.stored_size, bytes, error: None, as_linked: true };
        }
        let size = photo::prepared_size(crop.into()).unwrap_or_default();
        match state.photo.sent.known(state.sent_key(crop)) {
            Some(Ok(facts)) => Self { size: facts.size, bytes: Some(facts.bytes), error: None, as_linked: false },
            Some(Err(error)) => Self { size, bytes: None, error: Some(error.clone()), as_linked: false },
            None => Self { size, bytes: None, error: None, as_linked: false },
        }
    }

    fn view(&self, state: &State) -> SentView<'_> {
        let name = if self.as_linked { PictureName::Photo(state.photo.number) } else { PictureName::Sent };
        SentView {
            size: self.size,
            bytes: self.bytes,
            picture: state.cx.pictures.get(&name),
            error: self.error.as_deref(),
            as_linked: self.as_linked,
        }
    }
}

/// The photo in its well.
pub(in crate::app) fn photo<'a>(
    state: &'a State,
    faces: &'a [Crop],
    remark: Option<&'a Remark>,
    sent: &'a SentTexts,
) -> Remote<PhotoView<'a>> {
    let shown = state.photo.loaded.shown().map(|photo| PhotoView {
        name: &photo.picked.name,
        size: photo.size(),
        picture: state.cx.pictures.get(&PictureName::Photo(state.photo.number)),
        crop: state.crop().filter(|_| state.as_linked().is_none()),
        aspect: state.photo.framing.ratio.aspect((state.form.recipe.width, state.form.recipe.height)),
        padding: state.photo.framing.padding,
        sent: sent.view(state),
        faces,
        face: if faces.is_empty() { FaceState::None } else { FaceState::Found(state.photo.face) },
        is_sample: state.photo.is_sample,
        is_cropping: state.photo.before_crop.is_some(),
        turning: state.photo.settled().is_none(),
        remark: remark.map(Remark::view),
    });
    with(&state.photo.loaded, shown)
}

/// The crop mode, while it is on.
pub(in crate::app) fn cropping<'a>(state: &'a State, faces: &[Crop], sent: &'a SentTexts) -> Option<CropView<'a>> {
    state.photo.before_crop?;
    let photo = state.photo.loaded.shown()?;
    let settled = state.photo.settled().is_some();
    Some(CropView {
        picture: state.cx.pictures.get(&PictureName::Photo(state.photo.number)),
        photo: photo.size(),
        crop: state.crop().unwrap_or_else(|| Crop::whole(photo.size())),
        face: faces.get(state.photo.face).copied(),
        ratio: state.photo.framing.ratio,
        sticker: (state.form.recipe.width, state.form.recipe.height),
        padding: state.photo.framing.padding,
        sent: sent.view(state),
        can_reset: !state.photo.framing.is_untouched(),
        turning: !settled,
    })
}
