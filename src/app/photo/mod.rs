//! The photos: the one in the well with how it is framed, what speaks against it and exactly what of it is sent, those that
//! were brought together with it, and those that were used lately.

mod act;
mod bring;
mod cut_line;
mod recent;
mod sent;
mod several;
mod tasks;
mod to_send;
mod views;
mod well;

use std::sync::Arc;

use super::context::AppContext;
use super::pictures::PictureName;
use super::worker::Worker;
use crate::model::settings_text::Pasted;
use crate::model::{Crop, EngineId, Finding, Framing, Remote};
use crate::photo::PhotoSource;
use crate::studio::LoadedPhoto;
use crate::ui::view::Levels;
use crate::vision::Face;
use cut_line::{CutLine, Subject};
use recent::Recent;
pub(super) use recent::{KeptPhoto, Origin, tidy};
pub(super) use sent::{SentFacts, SentKey};
use several::{Seen, Several};
use tasks::Tasks;
pub(super) use to_send::ToSend;
pub(super) use views::{Remark, SentTexts, cropping, faces, forbidden, photo};
pub(super) use well::Photo;

/// What the window knows about photos.
pub(super) struct Photos {
    /// The one in the well.
    well: Photo,
    /// Those that were brought together, when there are several.
    several: Several,
    /// Those that were used lately.
    recent: Recent,
    /// Where the one in the well will be cut.
    cut_line: CutLine,
    /// How many photos there were.
    count: u64,
    /// Photos that the person brought before everything ran.
    brought: Vec<PhotoSource>,
    tasks: Option<Tasks>,
}

/// What a photo is used for: the engine it goes to, and a sticker of this width and height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PhotoUse {
    /// Where it goes.
    pub engine: EngineId,
    /// Width and height of the sticker.
    pub canvas: (u32, u32),
}

/// A photo with its picture, or why there is none.
type Loaded = Result<(Arc<LoadedPhoto>, Levels), String>;

/// What came back.
pub(super) enum PhotoEvent {
    /// The photo with this number was read and looked at.
    Loaded(u64, Loaded),
    /// The photo with this number is turned now.
    Turned(u64, Loaded),
    /// The photo with this number, one of several, was looked at; with it comes its small picture.
    Seen(u64, Result<(Seen, Levels), String>),
    /// The line along which a photo will be cut, in its pixels; empty when there is none, `None` when the look was stopped.
    CutLine(Subject, Option<Vec<[f32; 2]>>),
    /// Where no face was known in what is sent, this photo with the face that was found there.
    LookedCloser(SentKey, Arc<LoadedPhoto>),
    /// What is sent of the photo, with its picture; `None` when it was given up.
    Sent(SentKey, Option<(Result<SentFacts, String>, Option<Levels>)>),
    /// A sticker was dropped: these are its settings.
    Settings(Box<Pasted>),
}

/// What the photos tell the window.
pub(super) enum Outcome {
    /// Another photo of this identity is in the well, for the first time since it was brought.
    Came(String),
    /// What stands in the well is another one.
    Replaced(Box<(Standing, Standing)>),
    /// A sticker was dropped: these are its settings.
    Settings(Box<Pasted>),
}

impl Default for Photos {
    fn default() -> Self {
        Self {
            // The sample is read as soon as everything runs.
            well: Photo { loaded: Remote::Loading { previous: None }, ..Photo::default() },
            several: Several::default(),
            recent: Recent::default(),
            cut_line: CutLine::default(),
            count: 0,
            brought: Vec::new(),
            tasks: None,
        }
    }
}

impl Photos {
    /// Everything runs now.
    pub(super) fn start(&mut self, worker: Worker<PhotoEvent>) {
        self.tasks = Some(Tasks::new(worker));
    }

    /// Nothing runs.
    pub(super) fn fail(&mut self) {
        self.well.loaded = Remote::NotAsked;
    }

    /// The photo in the well.
    pub(super) const fn well(&self) -> &Photo {
        &self.well
    }

    /// Those that were brought together, when there are several.
    pub(super) const fn several(&self) -> &Several {
        &self.several
    }

    /// Those that were used lately.
    pub(super) const fn recent(&self) -> &Recent {
        &self.recent
    }

    /// The line along which the photo in the well will be cut, in its pixels.
    pub(super) fn cut_line(&self) -> &[egui::Pos2] {
        self.cut_line.of_photo(self.well.number)
    }

    /// A number that no photo had before.
    fn number_a_photo(&mut self) -> u64 {
        self.count += 1;
        self.count
    }

    /// Tells every look at a photo that nobody waits for it any more.
    pub(super) fn stop_looking(&self) {
        self.well.outdated.store(true, std::sync::atomic::Ordering::Relaxed);
        self.several.stop_looking();
        self.cut_line.stop_looking();
    }

    /// The pictures that come by themselves, and stay for as long as the photos do.
    pub(super) fn kept_pictures(&self) -> impl Iterator<Item = PictureName> + '_ {
        let well = [PictureName::Photo(self.well.number), PictureName::Photo(self.well.asked), PictureName::Sent];
        well.into_iter().chain(self.several.pictures())
    }

    /// Takes what came back.
    pub(super) fn update(&mut self, event: PhotoEvent, used: PhotoUse, cx: &mut AppContext) -> Vec<Outcome> {
        match event {
            PhotoEvent::Loaded(number, loaded) => return self.take_photo(number, loaded, used, cx),
            PhotoEvent::Turned(number, turned) => self.take_turned(number, turned, cx),
            PhotoEvent::Seen(number, seen) => self.several.take(number, seen, cx),
            PhotoEvent::CutLine(subject, line) => self.cut_line.arrive(subject, line.as_deref()),
            PhotoEvent::LookedCloser(key, closer) => self.take_closer(key, closer),
            PhotoEvent::Sent(key, outcome) => {
                let (facts, picture) = outcome.map_or((None, None), |(facts, picture)| (Some(facts), picture));
                if self.well.sent.arrive(key, facts) {
                    cx.pictures.arrive(PictureName::Sent, picture);
                }
            }
            PhotoEvent::Settings(pasted) => {
                self.well.loaded = match std::mem::take(&mut self.well.loaded) {
                    Remote::Loading { previous } => previous.map_or(Remote::NotAsked, Remote::Ready),
                    other => other,
                };
                return vec![Outcome::Settings(pasted)];
            }
        }
        Vec::new()
    }
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
    pub(super) fn crop(&self, photo: &LoadedPhoto, used: PhotoUse) -> Crop {
        crop(photo, self.face, &self.framing, used)
    }
}

/// The part of a photo that is sent for this face and a sticker of this size, on whole pixels.
fn crop(photo: &LoadedPhoto, face: usize, framing: &Framing, used: PhotoUse) -> Crop {
    let crop = framing.crop.unwrap_or_else(|| match used.engine {
        // It is told which face is meant.
        EngineId::Local => photo.crop(face, framing.padded),
        // It draws the biggest.
        EngineId::Pixazo => photo.crop_alone(face, framing.padded),
    });
    framing.ratio.aspect(used.canvas).map_or(crop, |aspect| crop.with_aspect(aspect, photo.size())).rounded()
}

/// The place of a face as a rectangle of the photo.
fn box_of(face: &Face) -> Crop {
    Crop { left: face.left, top: face.top, width: face.width, height: face.height }
}
