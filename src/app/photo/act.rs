//! Carries out what a person asked of the photo.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use egui::ColorImage;

use super::{Decided, Loaded, Outcome, Photo, PhotoUse, Photos, SentKey, Standing, box_of};
use crate::app::context::AppContext;
use crate::app::pictures::PictureName;
use crate::model::{Crop, EngineId, Framing, Remote};
use crate::photo::PhotoSource;
use crate::studio::{LoadedPhoto, SAMPLE, SAMPLE_NAME};
use crate::ui::action::PhotoAction;
use crate::vision::Face;

impl Photos {
    /// Does what a person asks of the photos.
    pub(in crate::app) fn act(&mut self, action: PhotoAction, used: PhotoUse, cx: &mut AppContext) -> Option<Outcome> {
        match action {
            PhotoAction::UseAnyway => self.use_anyway(used),
            PhotoAction::Show(place) => self.show(place, used, cx),
            PhotoAction::Remove(place) => return self.remove(place, used, cx),
            PhotoAction::SetCrop(crop) => self.well.framing.crop = Some(crop.rounded()),
            PhotoAction::SetRatio(ratio) => self.well.framing.ratio = ratio,
            PhotoAction::SetPadding(colour) => self.well.framing.padding = colour,
            PhotoAction::Turn(quarter_turns) => self.turn(quarter_turns),
            PhotoAction::EndCrop { keep } => self.end_crop(keep),
            PhotoAction::ChooseFace(face) => self.choose_face(face),
            PhotoAction::UseRecent(sha256) => self.use_recent(&sha256, used.engine, cx),
            PhotoAction::ForgetRecent(sha256) => self.forget_recent(&sha256),
            PhotoAction::ForgetAllRecent => self.forget_all_recent(),
        }
        None
    }

    /// Begins with the bundled portrait.
    pub(in crate::app) fn load_sample(&mut self, engine: EngineId, cx: &mut AppContext) {
        self.load(PhotoSource::Bytes { bytes: SAMPLE.to_vec(), name: SAMPLE_NAME.to_owned() }, engine, cx);
        self.well.sample = self.well.asked;
    }

    /// Begins to read another photo for the well; unless it is one of several it will be the only one once it is there.
    pub(in crate::app) fn load(&mut self, source: PhotoSource, engine: EngineId, cx: &mut AppContext) {
        let number = self.number_a_photo();
        let Some(tasks) = self.tasks.clone() else { return };
        let path = match &source {
            PhotoSource::File(path) => Some(path.clone()),
            PhotoSource::Link(_) | PhotoSource::Bytes { .. } => None,
        };
        let outdated = self.expect_photo(number, path, cx);
        tasks.load(number, source, cx.engine_for_reading(engine), outdated);
    }

    /// Begins to read a picture from the clipboard.
    pub(in crate::app) fn load_pasted(&mut self, image: Arc<ColorImage>, engine: EngineId, cx: &mut AppContext) {
        let number = self.number_a_photo();
        let Some(tasks) = self.tasks.clone() else { return };
        let outdated = self.expect_photo(number, None, cx);
        tasks.load_pasted(number, image, cx.engine_for_reading(engine), outdated);
    }

    /// Takes one file of any kind that was dropped on the window.
    pub(in crate::app) fn take_dropped(&mut self, path: PathBuf, engine: EngineId, cx: &mut AppContext) {
        let number = self.number_a_photo();
        let Some(tasks) = self.tasks.clone() else { return };
        let outdated = self.expect_photo(number, Some(path.clone()), cx);
        tasks.take_dropped(number, path, cx.engine_for_reading(engine), outdated);
    }

    /// The photo well waits for this photo now; what was there stays if nothing comes of it.
    ///
    /// Gives the switch that a later one will press.
    pub(super) fn expect_photo(&mut self, number: u64, path: Option<PathBuf>, cx: &mut AppContext) -> Arc<AtomicBool> {
        let photo = &mut self.well;
        photo.asked_path = path;
        (photo.restoring, photo.replaces) = (None, None);
        let outdated = photo.expect(number);
        // What was said of the last one that could not be used is over.
        if let Some(trouble) = photo.trouble.take() {
            cx.toasts.close(trouble);
        }
        outdated
    }

    /// A photo arrived; an older one than the last asked for is too late.
    pub(super) fn take_photo(
        &mut self,
        number: u64,
        loaded: Loaded,
        used: PhotoUse,
        cx: &mut AppContext,
    ) -> Vec<Outcome> {
        if number != self.well.asked {
            return Vec::new();
        }
        let restored = self.well.restoring.take().filter(|(restored, _)| *restored == number);
        match loaded {
            Ok((loaded, levels)) => {
                cx.pictures.arrive(PictureName::Photo(number), Some(levels));
                self.use_photo(number, loaded, restored.map(|(_, decided)| decided), cx)
            }
            Err(error) => {
                self.refuse_photo(number, error, used.engine, cx);
                Vec::new()
            }
        }
    }

    /// Puts a photo into the well, as it was framed when it is brought back.
    fn use_photo(
        &mut self,
        number: u64,
        loaded: Arc<LoadedPhoto>,
        restored: Option<Decided>,
        cx: &mut AppContext,
    ) -> Vec<Outcome> {
        let of_several = !self.several.is_empty() && number == self.several.asked();
        let before = self.well.replaces.take().or_else(|| self.standing());
        let before = before.filter(|_| restored.is_none() && !of_several);
        let is_new = restored.is_none() && number != self.well.sample;
        let came = is_new.then(|| Outcome::Came(loaded.identity()));
        cx.pictures.forget(&PictureName::Photo(self.well.number));
        // Of several, it is as it was left.
        let decided = restored.or_else(|| self.several.decided(number).cloned()).unwrap_or_default();
        let (asked, sample) = (self.well.asked, self.well.sample);
        let path = self.well.asked_path.take();
        let (loaded, is_sample) = (Remote::Ready(loaded), number == sample);
        self.well = Photo { number, asked, sample, loaded, is_sample, path, ..Photo::default() };
        self.well.decide(decided);
        if !of_several {
            self.one_photo(cx);
        }
        self.remember_photo();
        let replaced = before.zip(self.standing()).map(|standings| Outcome::Replaced(Box::new(standings)));
        came.into_iter().chain(replaced).collect()
    }

    /// A photo could not be used: the one before stays as it is, and the person is told why.
    fn refuse_photo(&mut self, number: u64, error: String, engine: EngineId, cx: &mut AppContext) {
        let of_several = !self.several.is_empty() && number == self.several.asked();
        let photo = &mut self.well;
        let comes_back = std::mem::take(&mut photo.comes_back);
        match photo.loaded.shown().cloned() {
            Some(before) if !of_several => {
                photo.loaded = Remote::Ready(before);
                photo.trouble = Some(cx.toasts.complain(error));
            }
            None if comes_back => {
                cx.complain(error);
                self.load_sample(engine, cx);
            }
            previous => photo.loaded = Remote::Failed { previous, error },
        }
    }

    /// What is in the well now, as it can be brought back.
    pub(super) fn standing(&self) -> Option<Standing> {
        self.standing_several().or_else(|| Some(Standing::One(Box::new((self.well.kept()?, self.well.decided())))))
    }

    /// Brings back what was in the well.
    pub(in crate::app) fn stand_again(&mut self, standing: Standing, engine: EngineId, cx: &mut AppContext) {
        match standing {
            Standing::One(photo) => self.load_kept(photo.0, photo.1, engine, cx),
            Standing::Several(members, place) => self.several_again(members, place, engine, cx),
        }
    }

    /// Decides all of it as it was before or after a step of undo.
    pub(in crate::app) fn decide_again(&mut self, decided: Decided) {
        // While the photo is on its way that this is about, it comes with it.
        match &mut self.well.restoring {
            Some((_, restored)) => *restored = decided,
            None => self.well.decide(decided),
        }
    }

    /// Draws another face, with the crop around it.
    fn choose_face(&mut self, face: usize) {
        self.well.face = face;
        self.well.face_chosen = true;
        self.well.framing.crop = None;
    }

    /// The person goes on in spite of what is said of the photo now.
    fn use_anyway(&mut self, used: PhotoUse) {
        if let Some(finding) = self.well.findings(used).first() {
            self.well.accepted.push(*finding);
        }
    }

    /// Adds room around the face, or takes it away; a crop that was drawn only grows.
    pub(in crate::app) fn add_padding(&mut self) {
        let Some(photo) = self.well.settled() else { return };
        match self.well.framing.crop {
            Some(crop) => {
                let padded = crop.union(&photo.crop(self.well.face, true));
                self.well.framing.crop = Some(padded.rounded());
            }
            None => self.well.framing.padded = !self.well.framing.padded,
        }
    }

    /// Turns the photo; its pixels follow in the background.
    pub(in crate::app) fn turn(&mut self, quarter_turns: u8) {
        if let Some(size) = self.well.framed_size() {
            self.well.framing = self.well.framing.turned(quarter_turns, size);
        }
    }

    /// Takes crop, padding and turns back.
    pub(in crate::app) fn reset_crop(&mut self) {
        let framing = &mut self.well.framing;
        *framing = Framing { padding: framing.padding, ..Framing::default() };
    }

    /// Begins to draw the crop, or is done with it.
    pub(in crate::app) fn toggle_crop(&mut self) {
        self.well.before_crop = match self.well.before_crop {
            Some(_) => None,
            None => self.well.settled().map(|_| self.well.framing),
        };
    }

    /// Leaves the crop mode, with the crop as it is or as it was before.
    pub(in crate::app) fn end_crop(&mut self, keep: bool) {
        let before = self.well.before_crop.take();
        if let Some(before) = before.filter(|_| !keep) {
            self.well.framing = before;
        }
    }

    /// Keeps pixels and numbers up with what the person has decided, in the background and one at a time.
    pub(in crate::app) fn follow_framing(&mut self, used: PhotoUse) {
        let Some(tasks) = self.tasks.clone() else { return };
        let Some(loaded) = self.well.loaded.shown().filter(|_| !self.well.loaded.is_loading()) else { return };
        let missing = (self.well.framing.quarter_turns + 4 - loaded.quarter_turns) % 4;
        if missing > 0 {
            if self.well.turning.is_none() {
                let loaded = Arc::clone(loaded);
                let number = self.number_a_photo();
                self.well.turning = Some(number);
                tasks.turn(number, loaded, missing, Arc::clone(&self.well.outdated));
            }
            return;
        }
        let crop = self.well.crop(used).filter(|_| self.well.as_linked(used).is_none());
        let key = crop.map(|crop| self.well.sent_key(crop));
        if let (Some(key), Some(loaded)) = (key, self.well.settled().cloned())
            && let Some(cancelled) = self.well.sent.want(key)
        {
            tasks.preview_sent(key, loaded, cancelled);
        }
    }

    /// A face was found where the person has drawn the crop: it is the one that is meant.
    pub(super) fn take_closer(&mut self, key: SentKey, closer: Arc<LoadedPhoto>) {
        let well = &mut self.well;
        let Some(known) = well.settled().map(|photo| photo.faces.len()) else { return };
        if well.number == key.photo && well.framing.crop == Some(key.crop) && known < closer.faces.len() {
            (well.face, well.loaded) = (known, Remote::Ready(closer));
        }
    }

    /// The photo is turned now.
    pub(super) fn take_turned(&mut self, number: u64, turned: Loaded, cx: &mut AppContext) {
        let well = &mut self.well;
        if well.turning != Some(number) {
            return;
        }
        well.turning = None;
        match turned {
            Ok((turned, levels)) => {
                cx.pictures.arrive(PictureName::Photo(number), Some(levels));
                cx.pictures.forget(&PictureName::Photo(well.number));
                if let Some(before) = well.loaded.shown() {
                    well.face = same_face(before, well.face, &turned);
                }
                well.number = number;
                well.loaded = Remote::Ready(turned);
            }
            Err(error) => {
                // It stays as it lies.
                well.framing.quarter_turns = well.loaded.shown().map_or(0, |photo| photo.quarter_turns);
                cx.complain(error);
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
