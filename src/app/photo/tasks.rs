//! Reads, turns and looks at photos in the background.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use egui::ColorImage;
use image::RgbImage;

use super::cut_line::Subject;
use super::recent::{KeptPhoto, Origin, keep_copy, picked};
use super::{Loaded, PhotoEvent, Seen, SentFacts, SentKey};
use crate::app::pixels::rgb_image;
use crate::app::sentence::sentence;
use crate::app::worker::{Teller, Worker};
use crate::jobs::PreparedPhoto;
use crate::library::Thumbnails;
use crate::model::{Engine, FaceFrame};
use crate::photo::PhotoSource;
use crate::picture::PngPixels;
use crate::platform;
use crate::studio::{self, LoadedPhoto, StudioError};
use crate::ui::view::Levels;

/// Longest edge of the photo on the graphics card in pixels.
const PHOTO_EDGE: u32 = 2048;

/// What is asked of the disk, the network and the eyes.
#[derive(Clone)]
pub(super) struct Tasks {
    worker: Worker<PhotoEvent>,
}

impl Tasks {
    /// Asked by this worker.
    pub(super) const fn new(worker: Worker<PhotoEvent>) -> Self {
        Self { worker }
    }

    /// Reads a photo, from wherever it is, and looks at it until it is told that nobody wants it any more.
    pub(super) fn load(&self, number: u64, source: PhotoSource, engine: Engine, stopped: Arc<AtomicBool>) {
        self.worker.spawn(move |studio, teller| {
            deliver(teller, number, studio.load_photo(source, &engine, &|| stopped.load(Ordering::Relaxed)));
        });
    }

    /// Takes a file that was dropped: one of our stickers brings its settings, anything else is a photo.
    pub(super) fn take_dropped(&self, number: u64, path: PathBuf, engine: Engine, stopped: Arc<AtomicBool>) {
        let tasks = self.clone();
        self.worker.spawn(move |_, teller| {
            let settings = platform::read_file(&path).ok().and_then(|bytes| studio::settings_in(&bytes));
            match settings {
                Some(pasted) => teller.send(PhotoEvent::Settings(Box::new(pasted))),
                None => tasks.load(number, PhotoSource::File(path), engine, stopped),
            }
        });
    }

    /// Reads a picture from the clipboard as the photo.
    pub(super) fn load_pasted(&self, number: u64, image: Arc<ColorImage>, engine: Engine, stopped: Arc<AtomicBool>) {
        let tasks = self.clone();
        self.worker.spawn(move |_, teller| match png_of(&image) {
            Ok(bytes) => {
                let source = PhotoSource::Bytes { bytes, name: "Pasted picture.png".to_owned() };
                tasks.load(number, source, engine, stopped);
            }
            Err(error) => deliver(teller, number, Err(error)),
        });
    }

    /// Turns a photo, unless it is told that nobody wants it any more; it has this number afterwards.
    pub(super) fn turn(&self, number: u64, photo: Arc<LoadedPhoto>, quarter_turns: u8, stopped: Arc<AtomicBool>) {
        self.worker.spawn(move |studio, teller| {
            let turned = studio.turn_photo(&photo, quarter_turns, &|| stopped.load(Ordering::Relaxed));
            teller.send(PhotoEvent::Turned(number, with_picture(turned)));
        });
    }

    /// Works out exactly what would be sent, until it is told that nobody wants to know.
    pub(super) fn preview_sent(&self, key: SentKey, photo: Arc<LoadedPhoto>, cancelled: Arc<AtomicBool>) {
        self.worker.spawn(move |studio, teller| {
            let outdated = || cancelled.load(Ordering::Relaxed);
            let preview = preview(key, &photo, &outdated);
            if let Some(Preview { shown, frame, .. }) = preview.as_ref().and_then(|preview| preview.as_ref().ok())
                && photo.lacks_face_in(key.crop)
                && let Ok(Some(closer)) = studio.look_closer(&photo, shown, *frame, &outdated)
            {
                teller.send(PhotoEvent::LookedCloser(key, Arc::new(closer)));
            }
            let sent = preview.map(|preview| match preview {
                Ok(Preview { facts, shown, .. }) => (Ok(facts), Some(Levels::of(rgb_image(&shown)))),
                Err(error) => (Err(error), None),
            });
            teller.send(PhotoEvent::Sent(key, sent));
        });
    }

    /// Looks at photos, one after the other, and keeps a copy of each for the next start, but none in memory.
    pub(super) fn look_at_photos(&self, photos: Vec<(u64, Origin)>, engine: Engine, over: Arc<AtomicBool>) {
        self.worker.spawn(move |studio, teller| {
            for (number, source) in photos {
                if over.load(Ordering::Relaxed) {
                    return;
                }
                let seen = source.load(studio, &engine, &|| over.load(Ordering::Relaxed));
                if let Ok(photo) = &seen
                    && let Err(error) = keep_copy(studio.folders(), &photo.picked.sha256, photo)
                {
                    // They are read from where they are, and only that is lost by it.
                    tracing::warn!(%error, "no copy of one of several photos could be kept for the next start");
                }
                let seen = seen.map_err(|error| sentence(&error)).map(|photo| {
                    let seen = Seen {
                        sha256: photo.picked.sha256.clone(),
                        refusal: photo.refusal(),
                        is_linked: photo.link.is_some(),
                    };
                    (seen, Levels::of(photo_image(&photo, Thumbnails::EDGE)))
                });
                teller.send(PhotoEvent::Seen(number, seen));
            }
        });
    }

    /// Keeps the bytes of a photo under their sum.
    pub(super) fn keep_photo(&self, sha256: String, photo: Arc<LoadedPhoto>) {
        self.worker.spawn_to_the_end(move |studio, teller| {
            if let Err(error) = keep_copy(studio.folders(), &sha256, &photo) {
                teller.complain(format!(
                    "The photo is used, but no copy of it could be kept for the next start. {}",
                    sentence(&error)
                ));
            }
        });
    }

    /// Deletes the copies of these.
    pub(super) fn forget_photos(&self, photos: Vec<KeptPhoto>) {
        if photos.is_empty() {
            return;
        }
        self.worker.spawn_to_the_end(move |studio, _| {
            for photo in photos {
                // One that is gone already is forgotten too.
                drop(std::fs::remove_file(studio.folders().recent_photo(&photo.sha256)));
            }
        });
    }

    /// Reads a photo of which there is a copy.
    pub(super) fn load_kept(&self, number: u64, photo: KeptPhoto, engine: Engine, stopped: Arc<AtomicBool>) {
        self.worker.spawn(move |studio, teller| {
            if let Some(picked) = picked(studio.folders(), &photo) {
                let is_stopped = || stopped.load(Ordering::Relaxed);
                deliver(teller, number, studio.load_picked(picked, photo.link, &engine, &is_stopped));
            } else {
                let told = format!("{} is no longer kept, so it was not brought back.", photo.name);
                teller.send(PhotoEvent::Loaded(number, Err(told)));
            }
        });
    }

    /// Looks for the line along which this part of a photo will be cut.
    pub(super) fn find_cut_line(&self, subject: Subject, photo: Arc<LoadedPhoto>, stopped: Arc<AtomicBool>) {
        self.worker.spawn(move |studio, teller| {
            // A photo that cannot be cut has no line; why not is told when a sticker is made of it.
            let line = studio.cut_line(&photo, subject.face, subject.crop, Arc::clone(&stopped)).unwrap_or_default();
            let line = (!stopped.load(Ordering::Relaxed)).then_some(line);
            teller.send(PhotoEvent::CutLine(subject, line));
        });
    }
}

/// The file that would be sent, and the picture that is in it.
fn preview(key: SentKey, photo: &LoadedPhoto, outdated: &dyn Fn() -> bool) -> Option<Result<Preview, String>> {
    if outdated() {
        return None;
    }
    let PreparedPhoto { jpeg, frame, .. } = match photo.prepare(key.face, key.crop, key.padding) {
        Ok(prepared) => prepared,
        Err(error) => return Some(Err(sentence(&error))),
    };
    if outdated() {
        return None;
    }
    // Not the pixels that went in: those that whoever gets the file will see.
    let shown = crate::picture::decode_photo(&jpeg).ok()?.image;
    let facts = SentFacts { size: shown.dimensions(), bytes: jpeg.len() };
    Some(Ok(Preview { facts, shown, frame }))
}

/// What is sent of a photo.
struct Preview {
    facts: SentFacts,
    /// Its pixels as whoever gets it sees them.
    shown: RgbImage,
    /// How they lie on the photo.
    frame: FaceFrame,
}

/// Brings a photo, or why there is none, to the window.
fn deliver(teller: &Teller<PhotoEvent>, number: u64, loaded: Result<LoadedPhoto, StudioError>) {
    teller.send(PhotoEvent::Loaded(number, with_picture(loaded)));
}

fn with_picture(photo: Result<LoadedPhoto, StudioError>) -> Loaded {
    match photo {
        Ok(photo) => {
            let levels = photo_levels(&photo);
            Ok((Arc::new(photo), levels))
        }
        Err(error) => Err(sentence(&error)),
    }
}

/// The photo as the graphics card takes it.
fn photo_image(photo: &LoadedPhoto, longest_edge: u32) -> ColorImage {
    rgb_image(&crate::picture::shrink(&photo.photo.image, longest_edge))
}

/// A photo as the window shows it: no larger than the graphics card may take it, laid out by its own pixels.
fn photo_levels(photo: &LoadedPhoto) -> Levels {
    let (width, height) = photo.size();
    Levels::of_larger(photo_image(photo, PHOTO_EDGE), egui::vec2(width as f32, height as f32))
}

fn png_of(image: &ColorImage) -> Result<Vec<u8>, StudioError> {
    let pixels: Vec<u8> = image.pixels.iter().flat_map(egui::Color32::to_srgba_unmultiplied).collect();
    let [width, height] = image.size;
    let rgba = image::RgbaImage::from_raw(width as u32, height as u32, pixels).unwrap_or_default();
    Ok(crate::picture::encode_png(PngPixels::Rgba(&rgba), &[]).map_err(crate::photo::PhotoError::from)?)
}
