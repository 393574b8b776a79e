//! Photos that were used lately, each with a copy of its own, so that it can be had again whatever becomes of its file.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::{Deserialize, Serialize};

use super::App;
use super::event::Event;
use super::photo::{Decided, Photo};
use super::pictures::PictureName;
use super::sentence::sentence;
use super::state::State;
use super::work::{Work, deliver};
use crate::model::Engine;
use crate::photo::{PhotoSource, PickedPhoto};
use crate::platform::{FileError, Folders, read_file, write_private_atomically};
use crate::studio::{LoadedPhoto, SAMPLE, SAMPLE_NAME, Studio, StudioError};
use crate::ui::action::Dialog;
use crate::ui::view::RecentPhotoView;
use crate::vision::IsStopped;

/// So many are remembered.
const MOST: usize = 12;

/// A photo of which there is a copy, named by the sum of its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KeptPhoto {
    /// SHA-256 of its file, lower-case hex.
    pub sha256: String,
    /// What it is called.
    pub name: String,
    /// The link it came from, while it may be sent as that.
    #[serde(default)]
    pub link: Option<String>,
    /// Where its file was.
    #[serde(default)]
    pub path: Option<PathBuf>,
    /// Is it the bundled sample, which needs no copy?
    #[serde(default)]
    pub is_sample: bool,
}

impl KeptPhoto {
    /// Is its name a sum, so that its copy lies where copies lie?
    pub(super) fn is_named_by_a_sum(&self) -> bool {
        self.sha256.len() == 64 && self.sha256.bytes().all(|digit| digit.is_ascii_hexdigit())
    }
}

/// Where a photo is had from.
#[derive(Clone, Debug)]
pub(super) enum Origin {
    /// From outside.
    New(PhotoSource),
    /// From its copy, as it was when that was made.
    Kept(KeptPhoto),
}

impl Origin {
    /// A photo of an earlier session; one that nobody had looked at yet has no copy.
    pub(super) fn of_session(photo: KeptPhoto) -> Option<Self> {
        if photo.is_named_by_a_sum() {
            return Some(Self::Kept(photo));
        }
        let outside = photo.link.map(PhotoSource::Link).or_else(|| photo.path.map(PhotoSource::File));
        outside.filter(|_| photo.sha256.is_empty()).map(Self::New)
    }

    /// The photo as it can be had again; `sha256` is known once somebody has looked at it.
    pub(super) fn kept(&self, name: &str, sha256: Option<&str>) -> KeptPhoto {
        let (link, path) = match self {
            Self::Kept(photo) => return photo.clone(),
            Self::New(PhotoSource::Link(link)) => (Some(link.clone()), None),
            Self::New(PhotoSource::File(path)) => (None, Some(path.clone())),
            Self::New(PhotoSource::Bytes { .. }) => (None, None),
        };
        let sha256 = sha256.unwrap_or_default().to_owned();
        KeptPhoto { sha256, name: name.to_owned(), link, path, is_sample: false }
    }

    /// What it is called.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Kept(photo) => photo.name.clone(),
            Self::New(PhotoSource::File(path)) => path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            Self::New(PhotoSource::Link(link)) => link.rsplit('/').next().unwrap_or_default().to_owned(),
            Self::New(PhotoSource::Bytes { name, .. }) => name.clone(),
        }
    }

    /// Reads it and looks at it; takes a while, and can be stopped.
    pub(super) fn load(
        &self,
        studio: &Studio,
        engine: &Engine,
        is_stopped: IsStopped<'_>,
    ) -> Result<LoadedPhoto, StudioError> {
        match self {
            Self::New(source) => studio.load_photo(source.clone(), engine, is_stopped),
            Self::Kept(photo) => match picked(studio.folders(), photo) {
                Some(picked) => studio.load_picked(picked, photo.link.clone(), engine, is_stopped),
                None => Err(StudioError::PhotoChanged { name: photo.name.clone() }),
            },
        }
    }
}

/// The photos that were used lately, the newest first.
#[derive(Debug, Default)]
pub(super) struct Recent(Vec<KeptPhoto>);

impl Recent {
    /// Those that were used in earlier sessions.
    pub(super) fn of(photos: Vec<KeptPhoto>) -> Self {
        Self(photos.into_iter().take(MOST).collect())
    }

    /// All of them.
    pub(super) fn all(&self) -> &[KeptPhoto] {
        &self.0
    }

    /// This one was used just now; gives those that are too many, whose copies can go.
    fn used(&mut self, photo: KeptPhoto) -> Vec<KeptPhoto> {
        self.0.retain(|other| other.sha256 != photo.sha256);
        self.0.insert(0, photo);
        self.0.split_off(self.0.len().min(MOST))
    }

    /// Forgets all of which this is true, and gives them.
    fn forget(&mut self, goes: impl Fn(&KeptPhoto) -> bool) -> Vec<KeptPhoto> {
        self.0.extract_if(.., |photo| goes(photo)).collect()
    }
}

impl Photo {
    /// The photo in the well as it can be had again.
    pub(super) fn kept(&self) -> Option<KeptPhoto> {
        let photo = self.loaded.shown().filter(|_| !self.is_forgotten)?;
        Some(KeptPhoto {
            sha256: photo.picked.sha256.clone(),
            name: photo.picked.name.clone(),
            link: photo.link.clone(),
            path: self.path.clone(),
            is_sample: self.is_sample,
        })
    }
}

impl State {
    /// The photos that are offered: all but the one in the well and the sample, and none when nobody wants them.
    pub(super) fn recent_photos(&self) -> Vec<RecentPhotoView<'_>> {
        let now = self.photo.loaded.shown().map(|photo| photo.picked.sha256.as_str());
        let offered = self.recent.all().iter().filter(|_| self.cx.settings.recent_photos);
        let view = |photo: &'_ KeptPhoto| RecentPhotoView {
            id: photo.sha256.clone(),
            name: "",
            picture: self.cx.pictures.get(&PictureName::Recent(photo.sha256.clone())),
            in_the_well: now == Some(photo.sha256.as_str()),
        };
        offered.map(|photo| RecentPhotoView { name: &photo.name, ..view(photo) }).collect()
    }
}

impl App {
    /// Keeps a copy of the photo in the well, so that it can be had again.
    pub(super) fn remember_photo(&mut self) {
        let (Some(kept), Some(work)) = (self.state.photo.kept(), &self.work) else { return };
        if kept.is_sample {
            return;
        }
        if let Some(photo) = self.state.photo.loaded.shown() {
            work.keep_photo(kept.sha256.clone(), Arc::clone(photo));
        }
        let mut gone = self.state.recent.used(kept);
        gone.retain(|photo| !self.state.several.has(&photo.sha256));
        work.forget_photos(gone);
    }

    /// Brings a photo back as it was framed, in place of what is there.
    pub(super) fn load_kept(&mut self, photo: KeptPhoto, decided: Decided) {
        let number = self.state.number_a_photo();
        let engine = self.state.engine_for_reading();
        let Some(work) = &self.work else { return };
        let path = photo.path.clone();
        if photo.is_sample {
            self.state.photo.sample = number;
        }
        let work = work.clone();
        work.load_kept(number, photo, engine, self.expect_photo(number, path));
        self.state.photo.restoring = Some((number, decided));
    }

    /// Uses one of the photos that were used lately.
    pub(super) fn use_recent(&mut self, sha256: &str) {
        let Some(photo) = self.state.recent.all().iter().find(|photo| photo.sha256 == sha256).cloned() else { return };
        self.state.cx.dialog = None;
        self.begin_kept(photo);
    }

    /// Begins to read a photo of which there is a copy, for the well.
    pub(super) fn begin_kept(&mut self, photo: KeptPhoto) {
        let number = self.state.number_a_photo();
        let engine = self.state.engine_for_reading();
        let Some(work) = &self.work else { return };
        let path = photo.path.clone();
        let work = work.clone();
        work.load_kept(number, photo, engine, self.expect_photo(number, path));
    }

    /// Forgets one of them; the file it came from stays where it is.
    pub(super) fn forget_recent(&mut self, sha256: &str) {
        let used = self.state.photo.kept().map(|photo| photo.sha256);
        let mut gone = self.state.recent.forget(|photo| photo.sha256 == sha256);
        gone.retain(|photo| !self.state.several.has(&photo.sha256));
        // The copy of the one in the well goes when that does.
        if let Some(work) = self.work.as_ref().filter(|_| used.as_deref() != Some(sha256)) {
            work.forget_photos(gone);
        }
    }

    /// Forgets the photo in the well, its copy included: it stays there, and does not come back.
    pub(super) fn forget_copy(&mut self, sha256: &str) {
        let gone = self.state.photo.kept().into_iter().collect();
        drop(self.state.recent.forget(|photo| photo.sha256 == sha256));
        self.state.photo.is_forgotten = true;
        if let Some(work) = &self.work {
            work.forget_photos(gone);
        }
    }

    /// Forgets all of them but the one in the well.
    pub(super) fn forget_all_recent(&mut self) {
        let used = self.state.photo.kept().map(|photo| photo.sha256);
        let mut gone = self.state.recent.forget(|photo| used.as_ref() != Some(&photo.sha256));
        gone.retain(|photo| !self.state.several.has(&photo.sha256));
        if let Some(work) = &self.work {
            work.forget_photos(gone);
        }
    }
}

impl Work {
    /// Keeps the bytes of a photo under their sum.
    fn keep_photo(&self, sha256: String, photo: Arc<LoadedPhoto>) {
        self.spawn_to_the_end(move |studio, notifier| {
            if let Err(error) = keep_copy(studio.folders(), &sha256, &photo) {
                notifier.complain(format!(
                    "The photo is used, but no copy of it could be kept for the next start. {}",
                    sentence(&error)
                ));
            }
        });
    }

    /// Deletes the copies of these.
    fn forget_photos(&self, photos: Vec<KeptPhoto>) {
        if photos.is_empty() {
            return;
        }
        self.spawn_to_the_end(move |studio, _| {
            for photo in photos {
                // One that is gone already is forgotten too.
                drop(std::fs::remove_file(studio.folders().recent_photo(&photo.sha256)));
            }
        });
    }

    /// Reads a photo of which there is a copy.
    fn load_kept(&self, number: u64, photo: KeptPhoto, engine: Engine, stopped: Arc<AtomicBool>) {
        self.spawn(move |studio, notifier| {
            if let Some(picked) = picked(studio.folders(), &photo) {
                let is_stopped = || stopped.load(Ordering::Relaxed);
                deliver(notifier, number, studio.load_picked(picked, photo.link, &engine, &is_stopped));
            } else {
                let told = format!("{} is no longer kept, so it was not brought back.", photo.name);
                notifier.send(Event::PhotoLoaded(number, Err(told)));
            }
        });
    }
}

/// Keeps the bytes of a photo under their sum, for this person's eyes only.
pub(super) fn keep_copy(folders: &Folders, sha256: &str, photo: &LoadedPhoto) -> Result<(), FileError> {
    let path = folders.recent_photo(sha256);
    if path.exists() { Ok(()) } else { write_private_atomically(&path, &photo.picked.bytes) }
}

/// The bytes of a photo: from its copy, and from its file if that is still the same.
fn picked(folders: &Folders, photo: &KeptPhoto) -> Option<PickedPhoto> {
    if photo.is_sample {
        return Some(PickedPhoto::new(SAMPLE.to_vec(), SAMPLE_NAME));
    }
    let copy = folders.recent_photo(&photo.sha256);
    let places = std::iter::once(copy).chain(photo.path.clone());
    places
        .filter_map(|path| Some(PickedPhoto::new(read_file(&path).ok()?, &photo.name)))
        .find(|picked| picked.sha256 == photo.sha256)
}

/// The small pictures that their dialog needs.
pub(super) fn pictures(state: &State) -> impl Iterator<Item = PictureName> + '_ {
    let photos = state.recent.all().iter().filter(|_| state.cx.dialog == Some(Dialog::RecentPhotos));
    photos.map(|photo| PictureName::Recent(photo.sha256.clone()))
}

/// Deletes copies that nobody asks for any more.
pub(super) fn tidy(folders: &Folders, kept: &[KeptPhoto]) {
    let Ok(entries) = std::fs::read_dir(folders.recent_photos()) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        if !kept.iter().any(|photo| name.to_str() == Some(&photo.sha256)) {
            drop(std::fs::remove_file(entry.path()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn photo(name: &str) -> KeptPhoto {
        KeptPhoto { sha256: name.to_owned(), name: name.to_owned(), link: None, path: None, is_sample: false }
    }

    #[test]
    fn the_newest_twelve_are_remembered_each_once() {
        let mut recent = Recent::default();
        for number in 0..MOST {
            assert!(recent.used(photo(&number.to_string())).is_empty());
        }
        assert!(recent.used(photo("3")).is_empty());
        assert_eq!(recent.all()[0], photo("3"));
        assert_eq!(recent.used(photo("another")), [photo("0")]);
        assert_eq!(recent.all().len(), MOST);
    }
}
