//! Carries out what a person asked of the photo.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::super::App;
use super::super::pictures::PictureName;
use super::super::undo::Did;
use super::{Decided, Photo, Standing, box_of};
use crate::model::{Crop, Framing};
use crate::photo::PhotoSource;
use crate::studio::{LoadedPhoto, SAMPLE, SAMPLE_NAME, is_palette};
use crate::ui::view::Remote;
use crate::vision::Face;

impl App {
    /// Begins with the bundled portrait.
    pub(in crate::app) fn load_sample(&mut self) {
        self.load_photo(PhotoSource::Bytes { bytes: SAMPLE.to_vec(), name: SAMPLE_NAME.to_owned() });
        self.state.photo.sample = self.state.photo.asked;
    }

    /// Begins to read another photo, which will be the only one once it is there.
    pub(in crate::app) fn load_photo(&mut self, source: PhotoSource) {
        self.begin_photo(source);
    }

    /// Begins to read a photo for the well.
    pub(super) fn begin_photo(&mut self, source: PhotoSource) {
        let number = self.state.number_a_photo();
        let engine = self.state.engine_for_reading();
        let Some(work) = &self.work else { return };
        let path = match &source {
            PhotoSource::File(path) => Some(path.clone()),
            PhotoSource::Link(_) | PhotoSource::Bytes { .. } => None,
        };
        let work = work.clone();
        work.load_photo(number, source, engine, self.expect_photo(number, path));
    }

    /// Begins to read a picture from the clipboard.
    pub(in crate::app) fn load_pasted(&mut self, image: Arc<egui::ColorImage>) {
        let number = self.state.number_a_photo();
        let engine = self.state.engine_for_reading();
        let Some(work) = &self.work else { return };
        let work = work.clone();
        work.load_pasted(number, image, engine, self.expect_photo(number, None));
    }

    /// Files that were dropped on the window: several photos, or one file of any kind.
    pub(in crate::app) fn take_dropped_files(&mut self, ctx: &egui::Context) {
        let dropped = |input: &egui::InputState| -> Vec<_> {
            input.raw.dropped_files.iter().map(|file| file.path().to_path_buf()).collect()
        };
        let mut dropped = ctx.input(dropped);
        if dropped.len() > 1 && self.work.is_some() {
            return self.take_photo_files(dropped);
        }
        let Some(path) = dropped.pop().filter(|_| self.work.is_some()) else { return };
        if let Some(work) = self.work.as_ref().filter(|_| is_palette(&path)) {
            return work.read_palette(path);
        }
        let number = self.state.number_a_photo();
        let engine = self.state.engine_for_reading();
        let outdated = self.expect_photo(number, Some(path.clone()));
        if let Some(work) = &self.work {
            work.take_dropped(number, path, engine, outdated);
        }
    }

    /// The photo well waits for this photo now; what was there stays if nothing comes of it.
    ///
    /// Gives the switch that a later one will press.
    pub(in crate::app) fn expect_photo(&mut self, number: u64, path: Option<PathBuf>) -> Arc<AtomicBool> {
        let photo = &mut self.state.photo;
        photo.asked_path = path;
        (photo.restoring, photo.replaces) = (None, None);
        let outdated = photo.expect(number);
        // What was said of the last one that could not be used is over.
        let trouble = photo.trouble.take();
        if let Some(trouble) = trouble {
            self.state.cx.toasts.close(trouble);
        }
        outdated
    }

    /// A photo arrived; an older one than the last asked for is too late.
    pub(in crate::app) fn take_photo(&mut self, number: u64, loaded: Result<Arc<LoadedPhoto>, String>) {
        if number != self.state.photo.asked {
            return self.state.cx.pictures.forget(&PictureName::Photo(number));
        }
        let restored = self.state.photo.restoring.take().filter(|(restored, _)| *restored == number);
        match loaded {
            Ok(loaded) => self.use_photo(number, loaded, restored.map(|(_, decided)| decided)),
            Err(error) => self.refuse_photo(number, error),
        }
    }

    /// Puts a photo into the well, as it was framed when it is brought back.
    fn use_photo(&mut self, number: u64, loaded: Arc<LoadedPhoto>, restored: Option<Decided>) {
        let of_several = !self.state.several.is_empty() && number == self.state.several.asked();
        let before = self.state.photo.replaces.take().or_else(|| self.standing());
        let before = before.filter(|_| restored.is_none() && !of_several);
        let state = &mut self.state;
        if restored.is_none() && number != state.photo.sample && !state.gallery.has_sticker_of(&loaded.identity()) {
            // A photo of which there is no sticker yet stands alone in the viewer, with its cut line.
            state.gallery.selection.clear();
        }
        state.cx.pictures.forget(&PictureName::Photo(state.photo.number));
        // Of several, it is as it was left.
        let decided = restored.or_else(|| state.several.decided(number).cloned()).unwrap_or_default();
        let (asked, sample) = (state.photo.asked, state.photo.sample);
        let path = state.photo.asked_path.take();
        let (loaded, is_sample) = (Remote::Ready(loaded), number == sample);
        state.photo = Photo { number, asked, sample, loaded, is_sample, path, ..Photo::default() };
        state.photo.decide(decided);
        if !of_several {
            self.one_photo();
        }
        self.remember_photo();
        if let (Some(before), Some(after)) = (before, self.standing()) {
            self.did(Did::Photo { before, after });
        }
    }

    /// A photo could not be used: the one before stays as it is, and the person is told why.
    fn refuse_photo(&mut self, number: u64, error: String) {
        let of_several = !self.state.several.is_empty() && number == self.state.several.asked();
        let photo = &mut self.state.photo;
        let comes_back = std::mem::take(&mut photo.comes_back);
        match photo.loaded.shown().cloned() {
            Some(before) if !of_several => {
                photo.loaded = Remote::Ready(before);
                let told = self.state.cx.toasts.complain(error);
                self.state.photo.trouble = Some(told);
            }
            None if comes_back => {
                self.state.cx.complain(error);
                self.load_sample();
            }
            previous => photo.loaded = Remote::Failed { previous, error },
        }
    }

    /// What is in the well now, as it can be brought back.
    pub(in crate::app) fn standing(&self) -> Option<Standing> {
        self.state.standing_several().or_else(|| {
            let photo = &self.state.photo;
            Some(Standing::One(Box::new((photo.kept()?, photo.decided()))))
        })
    }

    /// Brings back what was in the well.
    pub(in crate::app) fn stand_again(&mut self, standing: Standing) {
        match standing {
            Standing::One(photo) => self.load_kept(photo.0, photo.1),
            Standing::Several(members, place) => self.several_again(members, place),
        }
    }

    /// Draws another face, with the crop around it.
    pub(in crate::app) fn choose_face(&mut self, face: usize) {
        let photo = &mut self.state.photo;
        photo.face = face;
        photo.face_chosen = true;
        photo.framing.crop = None;
    }

    /// The person goes on in spite of what is said of the photo now.
    pub(in crate::app) fn use_photo_anyway(&mut self) {
        if let Some(finding) = self.state.findings().first() {
            self.state.photo.accepted.push(*finding);
        }
    }

    /// Sends this part of the photo.
    pub(in crate::app) fn set_crop(&mut self, crop: Crop) {
        self.state.photo.framing.crop = Some(crop.rounded());
    }

    /// Adds room around the face, or takes it away; a crop that was drawn only grows.
    pub(in crate::app) fn add_padding(&mut self) {
        let state = &mut self.state;
        let Some(photo) = state.photo.settled() else { return };
        match state.photo.framing.crop {
            Some(crop) => {
                let padded = crop.union(&photo.crop(state.photo.face, true));
                state.photo.framing.crop = Some(padded.rounded());
            }
            None => state.photo.framing.padded = !state.photo.framing.padded,
        }
    }

    /// Turns the photo; its pixels follow in the background.
    pub(in crate::app) fn turn_photo(&mut self, quarter_turns: u8) {
        if let Some(size) = self.state.photo.framed_size() {
            self.state.photo.framing = self.state.photo.framing.turned(quarter_turns, size);
        }
    }

    /// Takes crop, padding and turns back.
    pub(in crate::app) fn reset_crop(&mut self) {
        let framing = &mut self.state.photo.framing;
        *framing = Framing { padding: framing.padding, ..Framing::default() };
    }

    /// Begins to draw the crop, or is done with it.
    pub(in crate::app) fn toggle_crop(&mut self) {
        let photo = &mut self.state.photo;
        photo.before_crop = match photo.before_crop {
            Some(_) => None,
            None => photo.settled().map(|_| photo.framing),
        };
    }

    /// Leaves the crop mode, with the crop as it is or as it was before.
    pub(in crate::app) fn end_crop(&mut self, keep: bool) {
        let before = self.state.photo.before_crop.take();
        if let Some(before) = before.filter(|_| !keep) {
            self.state.photo.framing = before;
        }
    }

    /// Keeps pixels and numbers up with what the person has decided, in the background and one at a time.
    pub(in crate::app) fn follow_framing(&mut self) {
        let Some(work) = &self.work else { return };
        let state = &mut self.state;
        let Some(loaded) = state.photo.loaded.shown().filter(|_| !state.photo.loaded.is_loading()) else { return };
        let missing = (state.photo.framing.quarter_turns + 4 - loaded.quarter_turns) % 4;
        if missing > 0 {
            if state.photo.turning.is_none() {
                let loaded = Arc::clone(loaded);
                let number = state.number_a_photo();
                state.photo.turning = Some(number);
                work.turn_photo(number, loaded, missing, Arc::clone(&state.photo.outdated));
            }
            return;
        }
        let key = state.crop().filter(|_| state.as_linked().is_none()).map(|crop| state.sent_key(crop));
        if let (Some(key), Some(loaded)) = (key, state.photo.settled().cloned())
            && let Some(cancelled) = state.photo.sent.want(key)
        {
            work.preview_sent(key, loaded, cancelled);
        }
    }

    /// The photo is turned now.
    pub(in crate::app) fn take_turned(&mut self, number: u64, turned: Result<Arc<LoadedPhoto>, String>) {
        let state = &mut self.state;
        if state.photo.turning != Some(number) {
            return;
        }
        state.photo.turning = None;
        match turned {
            Ok(turned) => {
                state.cx.pictures.forget(&PictureName::Photo(state.photo.number));
                if let Some(before) = state.photo.loaded.shown() {
                    state.photo.face = same_face(before, state.photo.face, &turned);
                }
                state.photo.number = number;
                state.photo.loaded = Remote::Ready(turned);
            }
            Err(error) => {
                // It stays as it lies.
                state.photo.framing.quarter_turns = state.photo.loaded.shown().map_or(0, |photo| photo.quarter_turns);
                state.cx.complain(error);
            }
        }
    }
}

/// Which face of the turned photo is the one that was chosen before: the one whose middle is nearest.
fn same_face(before: &LoadedPhoto, face: usize, turned: &LoadedPhoto) -> usize {
    let Some(chosen) = before.faces.get(face) else { return 0 };
    let middle = |crop: Crop| [crop.left + crop.width / 2.0, crop.top + crop.height / 2.0];
    let turns = (turned.quarter_turns + 4 - before.quarter_turns) % 4;
    let [x, y] = middle(box_of(chosen).turned(turns, before.size()));
    let distance = |face: &Face| {
        let [other_x, other_y] = middle(box_of(face));
        (other_x - x).hypot(other_y - y)
    };
    let nearest = turned.faces.iter().enumerate().min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)));
    nearest.map_or(0, |(index, _)| index)
}
