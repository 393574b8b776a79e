//! Everything the window asks of the studio, away from the UI thread; answers come back as events.

mod jobs;
mod library;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use egui::ColorImage;
use secrecy::SecretString;
use tokio::sync::broadcast;

use super::event::{Event, Notifier, Saved};
use super::export;
use super::finishing;
use super::keep::{Newest, Underway, locked};
use super::layout::Layout;
use super::photo::{SentFacts, SentKey};
use super::pictures::PictureName;
use super::session::WorkSession;
use crate::api::KeyCheck;
use crate::jobs::JobEvent;
use crate::keys::{Account, KeyError, Keys};
use crate::library::{SaveOptions, StickerRow, Thumbnails};
use crate::model::Engine;
use crate::photo::PhotoSource;
use crate::picture::PngPixels;
use crate::platform::{self, FileError, Picked};
use crate::settings::{Presets, Settings, Sweeps};
use crate::studio::{self, LoadedPhoto, Studio, StudioError};
use crate::ui::view::{KeyCheckView, Levels};

use library::Changes;

pub(super) use jobs::{OverBudget, Refused, Run, Spend, ToSend};

/// Longest edge of the photo on the graphics card in pixels.
const PHOTO_EDGE: u32 = 2048;

/// Does things in the background. Clones do them for the same window.
#[derive(Clone)]
pub(super) struct Work {
    pub(super) studio: Arc<Studio>,
    pub(super) notifier: Notifier,
    pub(super) settings: Newest<Settings>,
    pub(super) layout: Newest<Layout>,
    pub(super) session: Newest<WorkSession>,
    pub(super) presets: Newest<Presets>,
    pub(super) sweeps: Newest<Sweeps>,
    pub(super) underway: Underway,
    pub(super) finishing: finishing::Tasks,
    pub(super) exports: export::Tasks,
    changes: Changes,
    /// Held from a question about the key to its answer, so that no old answer comes after a new one.
    key_turn: Arc<Mutex<()>>,
    /// What is told about jobs; held until it was passed on, so that no old row comes after a new one.
    told: Arc<Mutex<Option<broadcast::Receiver<JobEvent>>>>,
}

impl Work {
    /// Work on this studio, with answers to this window.
    pub(super) fn new(studio: Arc<Studio>, notifier: Notifier) -> Self {
        Self {
            studio,
            notifier,
            settings: Newest::default(),
            layout: Newest::default(),
            session: Newest::default(),
            presets: Newest::default(),
            sweeps: Newest::default(),
            underway: Underway::default(),
            finishing: finishing::Tasks::default(),
            exports: export::Tasks::default(),
            changes: Changes::default(),
            key_turn: Arc::default(),
            told: Arc::default(),
        }
    }

    /// Runs something that takes a while or waits for a disk.
    pub(super) fn spawn(&self, work: impl FnOnce(&Studio, &Notifier) + Send + 'static) {
        let (studio, notifier) = (Arc::clone(&self.studio), self.notifier.clone());
        drop(self.studio.handle().spawn_blocking(move || work(&studio, &notifier)));
    }

    /// Waits for the answer of a file dialog.
    pub(super) fn ask(&self, answer: impl Future<Output = Picked> + Send + 'static) {
        let notifier = self.notifier.clone();
        drop(self.studio.handle().spawn(async move { send_from_async(&notifier, Event::DialogEnded(answer.await)) }));
    }

    /// Reads a photo, from wherever it is, and looks at it until it is told that nobody wants it any more.
    pub(super) fn load_photo(&self, number: u64, source: PhotoSource, engine: Engine, stopped: Arc<AtomicBool>) {
        self.spawn(move |studio, notifier| {
            deliver(notifier, number, studio.load_photo(source, &engine, &|| stopped.load(Ordering::Relaxed)));
        });
    }

    /// Takes a file that was dropped: one of our stickers brings its settings, anything else is a photo.
    pub(super) fn take_dropped(&self, number: u64, path: PathBuf, engine: Engine, stopped: Arc<AtomicBool>) {
        let work = self.clone();
        self.spawn(move |_, notifier| {
            let settings = platform::read_file(&path).ok().and_then(|bytes| studio::settings_in(&bytes));
            match settings {
                Some(pasted) => notifier.send(Event::Recipe(Box::new(pasted))),
                None => work.load_photo(number, PhotoSource::File(path), engine, stopped),
            }
        });
    }

    /// Reads a picture from the clipboard as the photo.
    pub(super) fn load_pasted(&self, number: u64, image: Arc<ColorImage>, engine: Engine, stopped: Arc<AtomicBool>) {
        let work = self.clone();
        self.spawn(move |_, notifier| match png_of(&image) {
            Ok(bytes) => {
                let source = PhotoSource::Bytes { bytes, name: "Pasted picture.png".to_owned() };
                work.load_photo(number, source, engine, stopped);
            }
            Err(error) => deliver(notifier, number, Err(error)),
        });
    }

    /// Turns a photo, unless it is told that nobody wants it any more; it has this number afterwards.
    pub(super) fn turn_photo(&self, number: u64, photo: Arc<LoadedPhoto>, quarter_turns: u8, stopped: Arc<AtomicBool>) {
        self.spawn(move |studio, notifier| {
            let turned = studio.turn_photo(&photo, quarter_turns, &|| stopped.load(Ordering::Relaxed));
            if let Ok(photo) = &turned {
                notifier.send(Event::PictureRead(PictureName::Photo(number), Some(photo_levels(photo))));
            }
            notifier.send(Event::PhotoTurned(number, turned.map(Arc::new).map_err(|error| sentence(&error))));
        });
    }

    /// Works out exactly what would be sent, until it is told that nobody wants to know.
    pub(super) fn preview_sent(&self, key: SentKey, photo: Arc<LoadedPhoto>, cancelled: Arc<AtomicBool>) {
        self.spawn(move |_, notifier| {
            notifier.send(Event::Sent(key, preview(key, &photo, &cancelled)));
        });
    }

    /// Saves a copy under this path.
    pub(super) fn save(&self, row: StickerRow, path: PathBuf, options: SaveOptions) {
        self.save_file(path, options.replace, "png", move |studio, path, replace| {
            studio.save_sticker(&row, path, SaveOptions { replace, ..options })
        });
    }

    /// Saves a file under this path, which gets this ending when it has none.
    ///
    /// `save` is told whether it may `replace` a file: one whose name the person has not seen it may not.
    pub(super) fn save_file<E: std::error::Error>(
        &self,
        path: PathBuf,
        replace: bool,
        ending: &'static str,
        save: impl FnOnce(&Studio, &Path, bool) -> Result<(), E> + Send + 'static,
    ) {
        self.spawn_to_the_end(move |studio, notifier| {
            let is_whole = path.extension().is_some();
            let path = if is_whole { path } else { path.with_extension(ending) };
            let saved = save(studio, &path, replace && is_whole);
            notifier.send(Event::Saved(saved.map(|()| Saved::file(path)).map_err(|error| sentence(&error))));
        });
    }

    /// Shows a file in the file manager.
    pub(super) fn reveal(&self, path: PathBuf) {
        self.spawn(move |_, notifier| {
            if let Err(error) = platform::reveal_in_file_manager(&path) {
                let place = path.parent().unwrap_or(&path).display();
                notifier
                    .send(Event::Failed(format!("The file manager did not open ({error}). The file lies in {place}")));
            }
        });
    }

    /// Looks whether stickers can be kept in a folder, and makes it if it is not there.
    pub(super) fn use_library(&self, folder: PathBuf) {
        self.spawn(move |_, notifier| {
            let made = platform::create_folder(&folder).map(|()| folder);
            notifier.send(Event::LibraryChosen(made.map_err(|error| sentence(&error))));
        });
    }

    /// Tells the desktop; where nobody takes messages, nothing is lost by it.
    pub(super) fn notify(&self, sentence: String) {
        self.spawn(move |_, _| {
            if let Err(error) = platform::notify(&sentence) {
                tracing::debug!(%error, "the desktop takes no messages");
            }
        });
    }

    /// Opens a page or folder in its program.
    pub(super) fn open(&self, target: String) {
        self.spawn(move |_, notifier| {
            if let Err(error) = platform::open_in_default_application(&target) {
                notifier.send(Event::Failed(format!("This could not be opened ({error}): {target}")));
            }
        });
    }

    /// Reads a picture for the screen.
    pub(super) fn read_picture(&self, name: PictureName) {
        self.spawn(move |studio, notifier| {
            let image = match &name {
                // Its pixels come with the photo itself.
                PictureName::Photo(_) | PictureName::Several(_) | PictureName::Sent => return,
                PictureName::Upload(id) => upload_thumbnail(studio, id),
                PictureName::JobPhoto(sha256) => read_photo(&studio.jobs().photo_path(sha256)),
                PictureName::Recent(sha256) => read_photo(&studio.folders().recent_photo(sha256)),
                PictureName::Thumbnail(path) => thumbnail(studio, path),
                PictureName::Full(path) => picture(studio, path),
            };
            let is_gone = image.is_none() && name.sticker().is_some_and(|path| !path.exists());
            notifier.send(if is_gone {
                Event::PictureGone(name)
            } else {
                Event::PictureRead(name, image.map(Levels::of))
            });
        });
    }

    /// Runs something about the key, one after the other.
    fn spawn_about_key(&self, work: impl FnOnce(&Studio, &Notifier) + Send + 'static) {
        let turn = Arc::clone(&self.key_turn);
        self.spawn(move |studio, notifier| {
            let _turn = locked(&turn);
            work(studio, notifier);
        });
    }

    /// Asks where the key is.
    pub(super) fn look_for_key(&self, account: Account) {
        self.spawn_about_key(move |studio, notifier| notifier.send(Event::Key(studio.keys().status(account))));
    }

    /// Keeps a key.
    pub(super) fn set_key(&self, account: Account, key: SecretString, session_only: bool) {
        self.change_key(account, move |keys, account| {
            if session_only { keys.set_for_session(account, &key) } else { keys.set(account, &key) }
        });
    }

    /// Deletes the key.
    pub(super) fn delete_key(&self, account: Account) {
        self.change_key(account, |keys, account| keys.delete(account));
    }

    fn change_key(
        &self,
        account: Account,
        change: impl FnOnce(&Keys, &Account) -> Result<(), KeyError> + Send + 'static,
    ) {
        self.spawn_about_key(move |studio, notifier| match change(studio.keys(), &account) {
            Ok(()) => notifier.send(Event::Key(studio.keys().status(account))),
            Err(error) => notifier.send(Event::KeyFailed(sentence(&error))),
        });
    }

    /// Asks the service, for free, whether it knows the key.
    pub(super) fn check_key(&self, key: Option<SecretString>, engine: Engine) {
        self.spawn(move |studio, notifier| {
            let checked =
                studio.check_key(key, &engine).map_err(|error| sentence(&error)).and_then(|check| match check {
                    KeyCheck::Accepted => Ok(KeyCheckView::Known),
                    KeyCheck::Refused { .. } => Ok(KeyCheckView::Unknown),
                    KeyCheck::NoAnswer { reason } => Err(reason),
                });
            notifier.send(Event::KeyChecked(checked));
        });
    }
}

/// Sends from an async task, which must not wait itself.
fn send_from_async(notifier: &Notifier, event: Event) {
    let notifier = notifier.clone();
    drop(tokio::task::spawn_blocking(move || notifier.send(event)));
}

/// The file that would be sent, and the picture that is in it.
fn preview(
    key: SentKey,
    photo: &LoadedPhoto,
    cancelled: &AtomicBool,
) -> Option<(Result<SentFacts, String>, Option<Levels>)> {
    let outdated = || cancelled.load(Ordering::Relaxed);
    if outdated() {
        return None;
    }
    let jpeg = match photo.prepare(key.face, key.crop, key.padding) {
        Ok(prepared) => prepared.jpeg,
        Err(error) => return Some((Err(sentence(&error)), None)),
    };
    if outdated() {
        return None;
    }
    // Not the pixels that went in: those that whoever gets the file will see.
    let shown = crate::picture::decode_photo(&jpeg).ok()?.image;
    let facts = SentFacts { size: shown.dimensions(), bytes: jpeg.len() };
    Some((Ok(facts), Some(Levels::of(rgb_image(&shown)))))
}

/// Brings a photo, or why there is none, to the window.
pub(super) fn deliver(notifier: &Notifier, number: u64, loaded: Result<LoadedPhoto, StudioError>) {
    if let Ok(photo) = &loaded {
        notifier.send(Event::PictureRead(PictureName::Photo(number), Some(photo_levels(photo))));
    }
    notifier.send(Event::PhotoLoaded(number, loaded.map(Arc::new).map_err(|error| sentence(&error))));
}

fn upload_thumbnail(studio: &Studio, id: &str) -> Option<ColorImage> {
    let jpeg = studio.jobs().hosts().thumbnail(id).ok()??;
    Some(rgb_image(&crate::picture::decode_photo(&jpeg).ok()?.image))
}

/// The photo as the graphics card takes it.
pub(super) fn photo_image(photo: &LoadedPhoto, longest_edge: u32) -> ColorImage {
    rgb_image(&crate::picture::shrink(&photo.photo.image, longest_edge))
}

/// A photo as the window shows it: no larger than the graphics card may take it, laid out by its own pixels.
fn photo_levels(photo: &LoadedPhoto) -> Levels {
    let (width, height) = photo.size();
    Levels::of_larger(photo_image(photo, PHOTO_EDGE), egui::vec2(width as f32, height as f32))
}

fn rgb_image(image: &image::RgbImage) -> ColorImage {
    ColorImage::from_rgb([image.width() as usize, image.height() as usize], image.as_raw())
}

/// A sticker as it is finished, as the graphics card takes it; `None` when its file is gone or broken.
fn picture(studio: &Studio, path: &Path) -> Option<ColorImage> {
    match studio.finished_file(path) {
        Ok(finished) => Some(straight(&finished.picture)),
        // Its words have lost their font: the sticker itself is there.
        Err(StudioError::Finish(error)) => {
            tracing::warn!(%error, path = %path.display(), "a sticker is shown as it came");
            let bytes = platform::read_file(path).ok()?;
            Some(straight(&crate::picture::decode_sticker(&bytes).ok()?.into_rgba8()))
        }
        Err(_) => None,
    }
}

/// A sticker small enough for a card.
fn thumbnail(studio: &Studio, path: &Path) -> Option<ColorImage> {
    let finished = studio.finished_thumbnail(path).or_else(|_| {
        let bytes = path.metadata().map_err(|error| FileError::new(path, error))?.len();
        Ok::<_, StudioError>(studio.thumbnails()?.get(path, bytes)?)
    });
    Some(straight(&finished.ok()?))
}

/// A picture with straight alpha as the graphics card takes it.
pub(super) fn straight(image: &image::RgbaImage) -> ColorImage {
    ColorImage::from_rgba_unmultiplied([image.width() as usize, image.height() as usize], image.as_raw())
}

/// The photo of a job, small enough for its row.
fn read_photo(path: &Path) -> Option<ColorImage> {
    let photo = crate::picture::decode_photo(&platform::read_file(path).ok()?).ok()?;
    Some(rgb_image(&crate::picture::shrink(&photo.image, Thumbnails::EDGE)))
}

fn png_of(image: &ColorImage) -> Result<Vec<u8>, StudioError> {
    let pixels: Vec<u8> = image.pixels.iter().flat_map(egui::Color32::to_srgba_unmultiplied).collect();
    let [width, height] = image.size;
    let rgba = image::RgbaImage::from_raw(width as u32, height as u32, pixels).unwrap_or_default();
    Ok(crate::picture::encode_png(PngPixels::Rgba(&rgba), &[]).map_err(crate::photo::PhotoError::from)?)
}

/// An error with its causes as a sentence with a full stop.
pub(super) fn sentence(error: &dyn std::error::Error) -> String {
    with_full_stop(crate::studio::sentence(error))
}

/// A sentence with a full stop, unless it has one.
pub(super) fn with_full_stop(text: String) -> String {
    if text.ends_with('.') { text } else { format!("{text}.") }
}
