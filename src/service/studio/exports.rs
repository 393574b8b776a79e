//! Stickers on their way to other platforms: read, written, read back and measured.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use image::RgbaImage;
use serde::{Deserialize, Serialize};

use super::{FinishDesk, Studio, StudioError};
use crate::export::chat::{self, ChatLook};
use crate::export::{
    self, ExportError, Files, GoesOn, Light, Loss, Options, Pack, Sticker, StickerWords, Target, Written, emoji_for,
    measure,
};
use crate::library::metadata::{self, Disclosed};
use crate::library::{Library, LibraryError};
use crate::model::StickerInfo;
use crate::picture::{PngText, decode_sticker, shrink};
use crate::platform::{read_file, read_folder, save_atomically, write_new_folder};

/// Of more stickers than this each is shrunk to [`LONGEST_EDGE`], so that a large pack fits into memory.
const MOST_AT_FULL_SIZE: usize = 40;

/// More pixels than any platform takes, on the longer edge.
const LONGEST_EDGE: u32 = 1280;

/// Where a sticker comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StickerSource {
    /// The library, by its id there.
    Id(i64),
    /// A PNG, WebP or JPEG file.
    File(PathBuf),
}

/// A pack before its pictures are read; also what a pack's own file holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackList {
    /// Version of this record.
    pub version: u32,
    /// What the pack is called.
    #[serde(default)]
    pub title: String,
    /// Who made it.
    #[serde(default)]
    pub author: String,
    /// The sticker that stands for it, counted from 0.
    #[serde(default)]
    pub cover: usize,
    /// Its stickers in their order.
    pub stickers: Vec<Listed>,
}

/// A sticker of a pack before its picture is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Where it comes from.
    #[serde(flatten)]
    pub source: StickerSource,
    /// What is said about it.
    #[serde(flatten)]
    pub words: StickerWords,
}

impl PackList {
    /// The version that this program writes.
    pub const VERSION: u32 = 1;

    /// A pack of these stickers of which nothing is said.
    pub fn of(sources: impl IntoIterator<Item = StickerSource>) -> Self {
        let listed = |source| Listed { source, words: StickerWords::default() };
        Self::said(sources.into_iter().map(listed).collect())
    }

    /// A pack of these stickers without a title.
    pub fn said(stickers: Vec<Listed>) -> Self {
        Self { version: Self::VERSION, title: String::new(), author: String::new(), cover: 0, stickers }
    }

    /// Reads a pack's file; paths in it begin at the folder that it lies in.
    pub fn read(path: &Path) -> Result<Self, StudioError> {
        let refused = |detail: String| StudioError::PackFile { path: path.to_path_buf(), detail };
        let mut list: Self = serde_json::from_slice(&read_file(path)?).map_err(|error| refused(error.to_string()))?;
        if list.version != Self::VERSION {
            return Err(refused(format!("it has version {}, and {} is known here", list.version, Self::VERSION)));
        }
        let folder = path.parent().unwrap_or_else(|| Path::new(""));
        for sticker in &mut list.stickers {
            if let StickerSource::File(file) = &mut sticker.source {
                *file = folder.join(&*file);
            }
        }
        Ok(list)
    }

    /// Writes it as such a file; takes the place of another one only if it may.
    pub fn write(&self, path: &Path, replace: bool) -> Result<(), StudioError> {
        let refused =
            |error: serde_json::Error| StudioError::PackFile { path: path.to_path_buf(), detail: error.to_string() };
        let bytes = serde_json::to_vec_pretty(self).map_err(refused)?;
        Ok(save_atomically(path, &bytes, replace)?)
    }
}

/// Opens the library when a sticker comes from there.
pub type OpenLibrary<'a> = &'a dyn Fn() -> Result<&'a Library, StudioError>;

/// Reads the stickers of packs, each once for as long as it is listed; takes a while, so not on the UI thread.
#[derive(Default)]
pub struct PackDesk {
    finishing: FinishDesk,
    read: HashMap<StickerSource, ReadSticker>,
}

impl Studio {
    /// A desk that looks at pictures with the networks that are read already.
    pub fn pack_desk(&self) -> PackDesk {
        PackDesk { finishing: self.finish_desk(), read: HashMap::new() }
    }
}

/// A sticker that was read.
#[derive(Clone)]
struct ReadSticker {
    picture: Arc<RgbaImage>,
    info: Option<StickerInfo>,
}

impl PackDesk {
    /// Reads a pack.
    ///
    /// A sticker of the library comes as it was finished. One without emoji gets the one that its prompt suggests.
    pub fn pack(
        &mut self,
        list: &PackList,
        library: OpenLibrary<'_>,
        disclosed: Disclosed,
        goes_on: GoesOn<'_>,
    ) -> Result<Pack, StudioError> {
        self.read.retain(|source, _| list.stickers.iter().any(|listed| listed.source == *source));
        let mut stickers = Vec::with_capacity(list.stickers.len());
        for Listed { source, words } in &list.stickers {
            if !goes_on() {
                return Err(ExportError::Stopped.into());
            }
            let ReadSticker { picture, info } = if let Some(read) = self.read.get(source) {
                read.clone()
            } else {
                let read = self.read_sticker(source, library, list.stickers.len() > MOST_AT_FULL_SIZE)?;
                self.read.insert(source.clone(), read.clone());
                read
            };
            let words = said(words, source, info.as_ref());
            let texts = info.map(|info| texts(&info, disclosed)).unwrap_or_default();
            stickers.push(Sticker { picture, words, texts });
        }
        Ok(Pack { title: list.title.clone(), author: list.author.clone(), cover: list.cover, stickers })
    }

    /// Every sticker of a pack as chats show it.
    pub fn chat_looks(&self, pack: &Pack, goes_on: GoesOn<'_>) -> Result<Vec<Vec<ChatLook>>, StudioError> {
        let networks = self.finishing.networks()?;
        let looks = |sticker: &Sticker| Ok(chat::looks(&sticker.picture, &networks, goes_on)?);
        pack.stickers.iter().map(looks).collect()
    }

    fn read_sticker(
        &mut self,
        source: &StickerSource,
        library: OpenLibrary<'_>,
        is_one_of_many: bool,
    ) -> Result<ReadSticker, StudioError> {
        let (picture, info) = match source {
            StickerSource::File(path) => of_file(path)?,
            StickerSource::Id(id) => {
                let library = library()?;
                let row = library.get(*id)?;
                let finished = self.finishing.finished_file(library, &row.path).map_err(|error| match error {
                    StudioError::Library(LibraryError::Picture(error)) => {
                        StudioError::StickerPicture { path: row.path.clone(), error }
                    }
                    error => error,
                })?;
                (finished.picture, Some(row.info))
            }
        };
        let picture = if is_one_of_many { shrink(&picture, LONGEST_EDGE) } else { picture };
        Ok(ReadSticker { picture: Arc::new(picture), info })
    }
}

/// A file's picture, and what it says about itself.
fn of_file(path: &Path) -> Result<(RgbaImage, Option<StickerInfo>), StudioError> {
    let bytes = read_file(path)?;
    let unreadable = |error| StudioError::StickerPicture { path: path.to_path_buf(), error };
    let picture = decode_sticker(&bytes).map_err(unreadable)?.into_rgba8();
    Ok((picture, metadata::read_info(&bytes).ok().flatten()))
}

/// What is said about a sticker: what the person wrote, else its file's name and the emoji that its prompt suggests.
fn said(words: &StickerWords, source: &StickerSource, info: Option<&StickerInfo>) -> StickerWords {
    let mut words = words.clone();
    if let StickerSource::File(path) = source
        && words.name.is_empty()
    {
        words.name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    }
    if words.emoji.is_empty() {
        words.emoji = emoji_for(info.map_or(&words.name, |info| &info.recipe.prompt));
    }
    words
}

/// What a sticker's PNG files say about how it was made.
fn texts(info: &StickerInfo, disclosed: Disclosed) -> Vec<PngText> {
    metadata::for_export(info, disclosed).unwrap_or_else(|error| {
        tracing::warn!(%error, "a sticker's settings cannot be written");
        Vec::new()
    })
}

impl StudioError {
    /// The rules that a pack breaks, when it is refused for that.
    pub fn broken_rules(&self) -> &[Light] {
        if let Self::Export(ExportError::Refused { broken, .. }) = self { broken } else { &[] }
    }
}

/// A pack that was written.
#[derive(Clone, Debug)]
pub struct Exported {
    /// Where its files are: a new folder.
    pub folder: PathBuf,
    /// Its files with their sizes in bytes.
    pub files: Vec<(String, u64)>,
    /// The files that lost something to fit, with what.
    pub losses: Vec<(String, Loss)>,
    /// Every rule of the target, measured on the files as they were read back.
    pub lights: Vec<Light>,
}

impl Exported {
    /// Is the pack as the target wants it?
    pub fn is_sound(&self) -> bool {
        !self.lights.iter().any(Light::refuses)
    }
}

/// Writes a pack for a target into a new folder below `parent`, reads it back and measures it; takes a while.
pub fn export_to(
    parent: &Path,
    pack: &Pack,
    target: Target,
    options: Options,
    goes_on: GoesOn<'_>,
) -> Result<Exported, StudioError> {
    let Written { files, losses } = export::write(pack, target, options, goes_on)?;
    let name = format!("{}-{}", export::folder_name(pack), target.id());
    let folder = write_new_folder(parent, &name, files.iter())?;
    // What is read back takes its place, so that many sheets are in memory once.
    drop(files);
    let read: Files = read_folder(&folder)?.into_iter().collect();
    let files = read.iter().map(|(path, bytes)| (path.to_owned(), bytes.len() as u64)).collect();
    let lights = all_lights(pack, target, &options, &read);
    Ok(Exported { folder, files, losses, lights })
}

/// A pack as it would be written.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Its files with their sizes in bytes.
    pub files: Vec<(String, u64)>,
    /// Every rule of the target, measured on those files.
    pub lights: Vec<Light>,
}

/// Writes a pack for a target in memory and measures it, so that a person sees before they export; takes a while.
pub fn draft_export(pack: &Pack, target: Target, options: Options, goes_on: GoesOn<'_>) -> Result<Draft, StudioError> {
    let written = export::write(pack, target, options, goes_on)?;
    let files = written.files.iter().map(|(path, bytes)| (path.to_owned(), bytes.len() as u64)).collect();
    Ok(Draft { files, lights: all_lights(pack, target, &options, &written.files) })
}

/// Every rule of the target: from these files, and from the pack what no file keeps.
fn all_lights(pack: &Pack, target: Target, options: &Options, files: &Files) -> Vec<Light> {
    let mut lights = measure(target, files);
    let is_new = |light: &Light| !lights.iter().any(|other| other.rule == light.rule);
    let from_pack: Vec<Light> = export::lights_so_far(pack, target, options).into_iter().filter(is_new).collect();
    lights.splice(..0, from_pack);
    lights
}

/// Measures a folder that anybody may have written against the rules of a target; takes a while.
pub fn check_export(folder: &Path, target: Target) -> Result<Vec<Light>, StudioError> {
    Ok(measure(target, &read_folder(folder)?.into_iter().collect()))
}
