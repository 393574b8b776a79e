//! Finished pictures of stickers: what is seen, saved, copied and exported.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use image::{DynamicImage, RgbaImage};

use super::{Studio, StudioError, read_once};
use crate::engine::person_matte;
use crate::finish::{Finisher, Fonts, Source};
use crate::library::metadata::Finished;
use crate::library::{Library, LibraryError, SaveOptions, StickerRow, Thumbnails};
use crate::model::Finish;
use crate::picture::decode_sticker;
use crate::platform::{FileError, read_file};
use crate::vision::{IsStopped, Networks};

/// A sticker as it is shown to the world.
#[derive(Clone, Debug)]
pub struct FinishedSticker {
    /// Its picture, as large as the original; straight alpha.
    pub picture: RgbaImage,
    /// How it was finished; plain when the picture is the original.
    pub finish: Finish,
}

impl Studio {
    /// The finished picture of a sticker: the one function that saving, copying and exporting go through.
    ///
    /// Reads its files, so not on the UI thread.
    pub fn finished_picture(&self, row: &StickerRow) -> Result<FinishedSticker, StudioError> {
        self.finished_file(&row.path)
    }

    /// The same of the sticker with this main picture; a picture with background is given as it came.
    pub fn finished_file(&self, path: &Path) -> Result<FinishedSticker, StudioError> {
        finished_file(&self.library, path, &self.networks, &mut self.fonts())
    }

    /// What a sticker is finished from: its original, its picture with background, and where its person is when it came
    /// without transparency.
    pub fn finish_source(&self, path: &Path, is_stopped: IsStopped<'_>) -> Result<Source, StudioError> {
        source_beside(path, &self.networks, is_stopped)
    }

    /// The small picture of a sticker as it is finished, made once and kept. Slow when it is new.
    pub fn finished_thumbnail(&self, path: &Path) -> Result<RgbaImage, StudioError> {
        let bytes = path.metadata().map_err(|error| FileError::new(path, error))?.len();
        let finish = self.library.finish_of_file(path)?;
        if finish.is_plain() {
            return Ok(self.thumbnails()?.get(path, bytes)?);
        }
        let variant = serde_json::to_string(&finish).unwrap_or_default();
        self.thumbnails()?.get_or_make(path, bytes, &variant, || {
            let source = self.finish_source(path, &|| false)?;
            Ok(Finisher::new(source).render(&finish, Thumbnails::EDGE, &mut self.fonts())?)
        })
    }

    /// The fonts of captions.
    pub fn fonts(&self) -> std::sync::MutexGuard<'_, Fonts> {
        self.fonts.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Saves a copy of a sticker as it is finished; with its background it is saved as it came.
    pub fn save_sticker(&self, row: &StickerRow, path: &Path, options: SaveOptions) -> Result<(), StudioError> {
        if options.with_background || self.library.finish_of(row)?.is_plain() {
            return Ok(self.library.save_as(row, path, options)?);
        }
        let FinishedSticker { picture, finish } = self.finished_picture(row)?;
        let finished = Finished { picture: &picture, finish: &finish };
        Ok(self.library.save_finished(row, &finished, path, options)?)
    }
}

/// Finishes pictures one after the other without a whole studio; networks and fonts are read once, when they are needed.
#[derive(Default)]
pub struct FinishDesk {
    networks: OnceLock<Arc<Networks>>,
    fonts: Fonts,
}

impl Studio {
    /// A desk with the networks that are read already.
    pub(super) fn finish_desk(&self) -> FinishDesk {
        FinishDesk { networks: self.networks.clone(), fonts: Fonts::default() }
    }
}

impl FinishDesk {
    /// Finishes the picture in a file's bytes, whoever made it; as large as it is.
    pub fn finish(&mut self, bytes: &[u8], finish: &Finish) -> Result<RgbaImage, StudioError> {
        let picture = decode_sticker(bytes).map_err(LibraryError::from)?;
        whole(source_of(picture, &self.networks, &|| false)?, finish, &mut self.fonts)
    }

    /// The networks that look at pictures.
    pub(super) fn networks(&self) -> Result<Arc<Networks>, StudioError> {
        read_once(&self.networks).map(Arc::clone)
    }

    /// What [`Studio::finished_file`] gives, of this library.
    pub(super) fn finished_file(&mut self, library: &Library, path: &Path) -> Result<FinishedSticker, StudioError> {
        finished_file(library, path, &self.networks, &mut self.fonts)
    }
}

fn finished_file(
    library: &Library,
    path: &Path,
    networks: &OnceLock<Arc<Networks>>,
    fonts: &mut Fonts,
) -> Result<FinishedSticker, StudioError> {
    let finish = library.finish_of_file(path)?;
    let picture = if finish.is_plain() {
        decoded(path)?.into_rgba8()
    } else {
        whole(source_beside(path, networks, &|| false)?, &finish, fonts)?
    };
    Ok(FinishedSticker { picture, finish })
}

/// Finishes a picture, as large as it is.
fn whole(source: Source, finish: &Finish, fonts: &mut Fonts) -> Result<RgbaImage, StudioError> {
    let (width, height) = source.original.dimensions();
    Ok(Finisher::new(source).render(finish, width.max(height), fonts)?)
}

/// What the sticker with this main picture is finished from, with the picture that lies beside it.
fn source_beside(
    path: &Path,
    networks: &OnceLock<Arc<Networks>>,
    is_stopped: IsStopped<'_>,
) -> Result<Source, StudioError> {
    let source = source_of(decoded(path)?, networks, is_stopped)?;
    // A picture with background that is gone or broken is no reason not to finish the sticker.
    let backdrop = Library::background_beside(path);
    Ok(match backdrop.map(|path| decoded(&path)) {
        Some(Ok(backdrop)) => source.with_backdrop(backdrop.into_rgb8()),
        _ => source,
    })
}

/// What a picture is finished from; the networks look for its person when it came without transparency.
fn source_of(
    picture: DynamicImage,
    networks: &OnceLock<Arc<Networks>>,
    is_stopped: IsStopped<'_>,
) -> Result<Source, StudioError> {
    let picture = picture.into_rgba8();
    if picture.pixels().any(|pixel| pixel.0[3] < u8::MAX) {
        return Ok(Source::of(picture));
    }
    let opaque = DynamicImage::ImageRgba8(picture.clone()).into_rgb8();
    let person = person_matte(read_once(networks)?, &opaque, is_stopped)?;
    Ok(Source::of(picture).with_person(person))
}

/// The picture in a sticker's file.
fn decoded(path: &Path) -> Result<DynamicImage, LibraryError> {
    let bytes = read_file(path).map_err(|error| match error {
        FileError::Missing { path, .. } => LibraryError::FileGone { path },
        error => error.into(),
    })?;
    Ok(decode_sticker(&bytes)?)
}
