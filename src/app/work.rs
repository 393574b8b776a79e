//! Everything the window asks of the studio, away from the UI thread; answers come back as events.

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use egui::ColorImage;

use super::event::Event;
use super::layout::Layout;
use super::newest::Newest;
use super::photo::{SentFacts, SentKey};
use super::pictures::{PictureEvent, PictureName};
use super::pixels::rgb_image;
use super::sentence::sentence;
use super::session::WorkSession;
use super::worker::{Teller, Worker};
use crate::model::Engine;
use crate::photo::PhotoSource;
use crate::picture::PngPixels;
use crate::platform::{self, Picked};
use crate::studio::{self, LoadedPhoto, StudioError};
use crate::ui::view::Levels;

/// Longest edge of the photo on the graphics card in pixels.
const PHOTO_EDGE: u32 = 2048;

/// Does things in the background. Clones do them for the same window.
#[derive(Clone)]
pub(super) struct Work {
    worker: Worker<Event>,
    pub(super) layout: Newest<Layout>,
    pub(super) session: Newest<WorkSession>,
}

impl Deref for Work {
    type Target = Worker<Event>;

    fn deref(&self) -> &Worker<Event> {
        &self.worker
    }
}

impl Work {
    /// Work by this worker.
    pub(super) fn new(worker: Worker<Event>) -> Self {
        Self { worker, layout: Newest::default(), session: Newest::default() }
    }

    /// Waits for the answer of a file dialog.
    pub(super) fn ask(&self, answer: impl Future<Output = Picked> + Send + 'static) {
        let teller = self.teller().clone();
        drop(self.studio().handle().spawn(async move { send_from_async(&teller, Event::DialogEnded(answer.await)) }));
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
                notifier
                    .send(Event::Picture(PictureEvent::Read(PictureName::Photo(number), Some(photo_levels(photo)))));
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

    /// Looks whether stickers can be kept in a folder, and makes it if it is not there.
    pub(super) fn use_library(&self, folder: PathBuf) {
        self.spawn(move |_, notifier| {
            let made = platform::create_folder(&folder).map(|()| folder);
            notifier.send(Event::LibraryChosen(made.map_err(|error| sentence(&error))));
        });
    }
}

/// Sends from an async task, which must not wait itself.
fn send_from_async(notifier: &Teller<Event>, event: Event) {
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
pub(super) fn deliver(notifier: &Teller<Event>, number: u64, loaded: Result<LoadedPhoto, StudioError>) {
    if let Ok(photo) = &loaded {
        notifier.send(Event::Picture(PictureEvent::Read(PictureName::Photo(number), Some(photo_levels(photo)))));
    }
    notifier.send(Event::PhotoLoaded(number, loaded.map(Arc::new).map_err(|error| sentence(&error))));
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

fn png_of(image: &ColorImage) -> Result<Vec<u8>, StudioError> {
    let pixels: Vec<u8> = image.pixels.iter().flat_map(egui::Color32::to_srgba_unmultiplied).collect();
    let [width, height] = image.size;
    let rgba = image::RgbaImage::from_raw(width as u32, height as u32, pixels).unwrap_or_default();
    Ok(crate::picture::encode_png(PngPixels::Rgba(&rgba), &[]).map_err(crate::photo::PhotoError::from)?)
}
