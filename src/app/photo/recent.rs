//! Photos that were used lately, each with a copy of its own, so that it can be had again whatever becomes of its file.

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Decided, Photos};
use crate::app::context::AppContext;
use crate::app::pictures::PictureName;
use crate::model::{Engine, EngineId};
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
pub(in crate::app) struct KeptPhoto {
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
    pub(in crate::app) fn is_named_by_a_sum(&self) -> bool {
        self.sha256.len() == 64 && self.sha256.bytes().all(|digit| digit.is_ascii_hexdigit())
    }
}

/// Where a photo is had from.
#[derive(Clone, Debug)]
pub(in crate::app) enum Origin {
    /// From outside.
    New(PhotoSource),
    /// From its copy, as it was when that was made.
    Kept(KeptPhoto),
}

impl Origin {
    /// A photo of an earlier session; one that nobody had looked at yet has no copy.
    pub(in crate::app) fn of_session(photo: KeptPhoto) -> Option<Self> {
        if photo.is_named_by_a_sum() {
            return Some(Self::Kept(photo));
        }
        let outside = photo.link.map(PhotoSource::Link).or_else(|| photo.path.map(PhotoSource::File));
        outside.filter(|_| photo.sha256.is_empty()).map(Self::New)
    }

    /// The photo as it can be had again; `sha256` is known once somebody has looked at it.
    pub(in crate::app) fn kept(&self, name: &str, sha256: Option<&str>) -> KeptPhoto {
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
    pub(in crate::app) fn name(&self) -> String {
        match self {
            Self::Kept(photo) => photo.name.clone(),
            Self::New(PhotoSource::File(path)) => path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            Self::New(PhotoSource::Link(link)) => link.rsplit('/').next().unwrap_or_default().to_owned(),
            Self::New(PhotoSource::Bytes { name, .. }) => name.clone(),
        }
    }

    /// Reads it and looks at it; takes a while, and can be stopped.
    pub(in crate::app) fn load(
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
pub(in crate::app) struct Recent(Vec<KeptPhoto>);

impl Recent {
    /// Those that were used in earlier sessions.
    pub(in crate::app) fn of(photos: Vec<KeptPhoto>) -> Self {
        Self(photos.into_iter().take(MOST).collect())
    }

    /// All of them.
    pub(in crate::app) fn all(&self) -> &[KeptPhoto] {
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

impl Photos {
    /// Those that were used in earlier sessions.
    pub(in crate::app) fn recall(&mut self, used_lately: Vec<KeptPhoto>) {
        self.recent = Recent::of(used_lately);
    }

    /// The photos that are offered, and none when nobody wants them.
    pub(in crate::app) fn recent_photos<'a>(&'a self, cx: &AppContext) -> Vec<RecentPhotoView<'a>> {
        let now = self.well.loaded.shown().map(|photo| photo.picked.sha256.as_str());
        let offered = self.recent.all().iter().filter(|_| cx.settings.recent_photos);
        offered
            .map(|photo| RecentPhotoView {
                id: photo.sha256.clone(),
                name: &photo.name,
                picture: cx.pictures.get(&PictureName::Recent(photo.sha256.clone())),
                in_the_well: now == Some(photo.sha256.as_str()),
            })
            .collect()
    }

    /// The small pictures that their dialog needs.
    pub(in crate::app) fn recent_pictures(&self, cx: &AppContext) -> impl Iterator<Item = PictureName> + '_ {
        let is_open = cx.dialog == Some(Dialog::RecentPhotos);
        let photos = self.recent.all().iter().filter(move |_| is_open);
        photos.map(|photo| PictureName::Recent(photo.sha256.clone()))
    }

    /// Keeps a copy of the photo in the well, so that it can be had again.
    pub(in crate::app) fn remember_photo(&mut self) {
        let (Some(kept), Some(tasks)) = (self.well.kept(), &self.tasks) else { return };
        if kept.is_sample {
            return;
        }
        if let Some(photo) = self.well.loaded.shown() {
            tasks.keep_photo(kept.sha256.clone(), Arc::clone(photo));
        }
        let mut gone = self.recent.used(kept);
        gone.retain(|photo| !self.several.has(&photo.sha256));
        tasks.forget_photos(gone);
    }

    /// Brings a photo back as it was framed, in place of what is there.
    pub(in crate::app) fn load_kept(
        &mut self,
        photo: KeptPhoto,
        decided: Decided,
        engine: EngineId,
        cx: &mut AppContext,
    ) {
        if self.tasks.is_none() {
            return;
        }
        let is_sample = photo.is_sample;
        self.begin_kept(photo, engine, cx);
        if is_sample {
            self.well.sample = self.well.asked;
        }
        self.well.restoring = Some((self.well.asked, decided));
    }

    /// Uses one of the photos that were used lately.
    pub(super) fn use_recent(&mut self, sha256: &str, engine: EngineId, cx: &mut AppContext) {
        let Some(photo) = self.recent.all().iter().find(|photo| photo.sha256 == sha256).cloned() else { return };
        cx.dialog = None;
        self.begin_kept(photo, engine, cx);
    }

    /// Begins to read a photo of which there is a copy, for the well.
    pub(in crate::app) fn begin_kept(&mut self, photo: KeptPhoto, engine: EngineId, cx: &mut AppContext) {
        let number = self.number_a_photo();
        let Some(tasks) = self.tasks.clone() else { return };
        let path = photo.path.clone();
        let outdated = self.expect_photo(number, path, cx);
        tasks.load_kept(number, photo, cx.engine_for_reading(engine), outdated);
    }

    /// Forgets one of them; the file it came from stays where it is.
    pub(super) fn forget_recent(&mut self, sha256: &str) {
        let used = self.well.kept().map(|photo| photo.sha256);
        let gone = self.recent.forget(|photo| photo.sha256 == sha256);
        // The copy of the one in the well goes when that does.
        if used.as_deref() != Some(sha256) {
            self.forget_copies(gone);
        }
    }

    /// Forgets the photo in the well, its copy included: it stays there, and does not come back.
    pub(in crate::app) fn forget_copy(&mut self, sha256: &str) {
        let gone = self.well.kept().into_iter().collect();
        drop(self.recent.forget(|photo| photo.sha256 == sha256));
        self.well.is_forgotten = true;
        if let Some(tasks) = &self.tasks {
            tasks.forget_photos(gone);
        }
    }

    /// Forgets all of them but the one in the well.
    pub(in crate::app) fn forget_all_recent(&mut self) {
        let used = self.well.kept().map(|photo| photo.sha256);
        let gone = self.recent.forget(|photo| used.as_ref() != Some(&photo.sha256));
        self.forget_copies(gone);
    }

    fn forget_copies(&self, mut gone: Vec<KeptPhoto>) {
        gone.retain(|photo| !self.several.has(&photo.sha256));
        if let Some(tasks) = &self.tasks {
            tasks.forget_photos(gone);
        }
    }
}

/// Keeps the bytes of a photo under their sum, for this person's eyes only.
pub(super) fn keep_copy(folders: &Folders, sha256: &str, photo: &LoadedPhoto) -> Result<(), FileError> {
    let path = folders.recent_photo(sha256);
    if path.exists() { Ok(()) } else { write_private_atomically(&path, &photo.picked.bytes) }
}

/// The bytes of a photo: from its copy, and from its file if that is still the same.
pub(super) fn picked(folders: &Folders, photo: &KeptPhoto) -> Option<PickedPhoto> {
    if photo.is_sample {
        return Some(PickedPhoto::new(SAMPLE.to_vec(), SAMPLE_NAME));
    }
    let copy = folders.recent_photo(&photo.sha256);
    let places = std::iter::once(copy).chain(photo.path.clone());
    places
        .filter_map(|path| Some(PickedPhoto::new(read_file(&path).ok()?, &photo.name)))
        .find(|picked| picked.sha256 == photo.sha256)
}

/// Deletes copies that nobody asks for any more.
pub(in crate::app) fn tidy(folders: &Folders, kept: &[KeptPhoto]) {
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
