//! Pictures on the graphics card: asked for by name, read elsewhere, let go when the budget is used up.

mod tasks;

use std::collections::{HashMap, HashSet, VecDeque};
use std::path::{Path, PathBuf};

use egui::Context;

use super::worker::Worker;
use crate::ui::view::{Levels, Picture, Texture};
use tasks::Tasks;

/// Names a picture.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum PictureName {
    /// The photo of the form; each one loaded has its own number.
    Photo(u64),
    /// One of several photos, small; each has its own number.
    Several(u64),
    /// Exactly what is sent of it.
    Sent,
    /// The thumbnail of a photo at a host, by the id of its upload.
    Upload(String),
    /// A photo that was used lately, small, by its SHA-256.
    Recent(String),
    /// The prepared photo of a job, by its SHA-256.
    JobPhoto(String),
    /// A sticker, small enough for a card.
    Thumbnail(PathBuf),
    /// A sticker in full.
    Full(PathBuf),
}

impl PictureName {
    /// The file, if it is a sticker's.
    pub(super) fn sticker(&self) -> Option<&Path> {
        match self {
            Self::Thumbnail(path) | Self::Full(path) => Some(path),
            _ => None,
        }
    }
}

/// Bytes of everything that is decoded or worked out and kept for later, but for what is in sight: textures and what is on
/// its way to them, the pixels of photos, the draft, and what the engine knows about the photo.
const BUDGET: usize = 128 * 1024 * 1024;

/// Bytes after which no other picture goes to the graphics card in a frame, so that no frame is long: one whole sticker,
/// or the thumbnails of a screen that was scrolled to.
const UPLOADED_A_FRAME: usize = 6 * 1024 * 1024;

/// Pictures being read at once at most; the rest waits, and what went out of sight is forgotten.
const READS_AT_ONCE: usize = 8;

enum Entry {
    Ready { texture: Texture, bytes: usize, used: u64 },
    Missing,
    Gone,
}

/// All pictures that are on the graphics card or on their way.
#[derive(Default)]
pub(super) struct Pictures {
    entries: HashMap<PictureName, Entry>,
    reading: HashSet<PictureName>,
    arrived: VecDeque<(PictureName, Option<Levels>)>,
    bytes: usize,
    /// Bytes that wait to be put on the graphics card.
    waiting: usize,
    frame: u64,
    tasks: Option<Tasks>,
}

/// What came back.
pub(super) enum PictureEvent {
    /// A picture was read; `None` when it is broken.
    Read(PictureName, Option<Levels>),
    /// The file of a sticker's picture is gone.
    Gone(PictureName),
}

impl Pictures {
    /// Everything runs now.
    pub(super) fn start(&mut self, worker: Worker<PictureEvent>) {
        self.tasks = Some(Tasks::new(worker));
    }

    /// Takes what came back.
    pub(super) fn update(&mut self, event: PictureEvent) {
        match event {
            PictureEvent::Read(name, levels) => self.arrive(name, levels),
            PictureEvent::Gone(name) => self.is_gone(name),
        }
    }

    /// Reads these.
    pub(super) fn read(&self, names: impl IntoIterator<Item = PictureName>) {
        if let Some(tasks) = &self.tasks {
            for name in names {
                tasks.read(name);
            }
        }
    }

    /// Reads the pictures of a sticker's file again, which are other ones now.
    pub(super) fn read_again(&self, path: &Path) {
        let names = [PictureName::Full(path.to_path_buf()), PictureName::Thumbnail(path.to_path_buf())];
        self.read(names.into_iter().filter(|name| self.get(name) != Picture::Loading));
    }

    /// The picture as far as it is there.
    pub(super) fn get(&self, name: &PictureName) -> Picture {
        match self.entries.get(name) {
            Some(Entry::Ready { texture, .. }) => Picture::from(texture),
            Some(Entry::Missing) => Picture::Missing,
            Some(Entry::Gone) => Picture::Gone,
            None => Picture::Loading,
        }
    }

    /// Takes note of what is in sight, and says what has to be read now, the most wanted first.
    pub(super) fn want(&mut self, names: impl IntoIterator<Item = PictureName>) -> Vec<PictureName> {
        self.frame += 1;
        let mut to_read = Vec::new();
        for name in names {
            match self.entries.get_mut(&name) {
                Some(Entry::Ready { used, .. }) => *used = self.frame,
                Some(Entry::Missing | Entry::Gone) => {}
                None => {
                    let has_room = self.reading.len() < READS_AT_ONCE;
                    if has_room && self.reading.insert(name.clone()) {
                        to_read.push(name);
                    }
                }
            }
        }
        to_read
    }

    /// Takes note that these are in sight, without asking for any that is not there.
    pub(super) fn keep(&mut self, names: impl IntoIterator<Item = PictureName>) {
        for name in names {
            if let Some(Entry::Ready { used, .. }) = self.entries.get_mut(&name) {
                *used = self.frame;
            }
        }
    }

    /// Takes note that the file of a picture is gone, whatever is left of it in another size.
    fn is_gone(&mut self, name: PictureName) {
        let of_file = name
            .sticker()
            .map(Path::to_path_buf)
            .map(|path| [PictureName::Thumbnail(path.clone()), PictureName::Full(path)]);
        for name in of_file.into_iter().flatten().chain([name]) {
            self.reading.remove(&name);
            self.forget(&name);
            self.entries.insert(name, Entry::Gone);
        }
    }

    /// Looks again for files that were gone: somebody may have put them back.
    pub(super) fn look_again(&mut self) {
        self.entries.retain(|_, entry| !matches!(entry, Entry::Gone));
    }

    /// Takes a picture that was read; `None` when its file is broken.
    pub(super) fn arrive(&mut self, name: PictureName, levels: Option<Levels>) {
        self.waiting += levels.as_ref().map_or(0, Levels::bytes);
        self.arrived.push_back((name, levels));
    }

    /// Puts what arrived on the graphics card, a few a frame; says whether more waits.
    ///
    /// `elsewhere` are the bytes that others keep: they count in the same budget.
    pub(super) fn upload(&mut self, ctx: &Context, elsewhere: usize) -> bool {
        let mut uploaded = 0;
        while uploaded < UPLOADED_A_FRAME {
            let Some((name, levels)) = self.arrived.pop_front() else { break };
            self.reading.remove(&name);
            let entry = match levels {
                Some(levels) => {
                    let bytes = levels.bytes();
                    self.bytes += bytes;
                    uploaded += bytes;
                    self.waiting = self.waiting.saturating_sub(bytes);
                    let texture = Texture::load(ctx, &format!("{name:?}"), levels);
                    Entry::Ready { texture, bytes, used: self.frame }
                }
                None => Entry::Missing,
            };
            self.forget(&name);
            self.entries.insert(name, entry);
        }
        self.evict(elsewhere);
        !self.arrived.is_empty()
    }

    /// Lets a picture go, because its file has changed.
    pub(super) fn forget(&mut self, name: &PictureName) {
        if let Some(Entry::Ready { bytes, .. }) = self.entries.remove(name) {
            self.bytes -= bytes;
        }
    }

    /// Lets the longest unused go until the rest fits; what this frame shows stays.
    fn evict(&mut self, elsewhere: usize) {
        while self.bytes + self.waiting + elsewhere > BUDGET {
            let oldest = self
                .entries
                .iter()
                .filter_map(|(name, entry)| match entry {
                    Entry::Ready { used, .. } if *used < self.frame => Some((*used, name)),
                    _ => None,
                })
                .min_by_key(|(used, _)| *used)
                .map(|(_, name)| name.clone());
            let Some(oldest) = oldest else { return };
            self.forget(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use egui::ColorImage;

    use super::*;

    fn name(number: u64) -> PictureName {
        PictureName::Photo(number)
    }

    #[test]
    fn a_picture_is_read_once_and_a_few_at_a_time() {
        let mut pictures = Pictures::default();
        assert_eq!(pictures.want((0..19).map(name)).len(), READS_AT_ONCE);
        assert!(pictures.want((0..19).map(name)).is_empty());
        assert_eq!(pictures.get(&name(0)), Picture::Loading);
    }

    #[test]
    fn what_is_out_of_sight_goes_first_when_the_budget_is_used_up() {
        let ctx = Context::default();
        let mut pictures = Pictures::default();
        let side = 2048;
        for number in 0..16 {
            drop(pictures.want([name(number)]));
            pictures.arrive(name(number), Some(Levels::of(ColorImage::filled([side, side], egui::Color32::WHITE))));
            pictures.upload(&ctx, 0);
        }
        assert!(pictures.bytes <= BUDGET);
        assert_eq!(pictures.get(&name(0)), Picture::Loading);
        assert!(matches!(pictures.get(&name(15)), Picture::Ready { .. }));
        // What the engine or a photo takes leaves less for pictures; what is in sight stays even so.
        drop(pictures.want([name(15)]));
        pictures.upload(&ctx, BUDGET);
        assert!(matches!(pictures.get(&name(15)), Picture::Ready { .. }));
        assert_eq!(pictures.get(&name(14)), Picture::Loading);
    }

    #[test]
    fn a_broken_file_is_not_asked_for_again_and_one_that_is_gone_when_the_library_was_looked_into() {
        let ctx = Context::default();
        let mut pictures = Pictures::default();
        drop(pictures.want([name(1), name(2)]));
        pictures.arrive(name(1), None);
        pictures.upload(&ctx, 0);
        pictures.is_gone(name(2));
        assert_eq!([1, 2].map(|number| pictures.get(&name(number))), [Picture::Missing, Picture::Gone]);
        assert!(pictures.want([name(1), name(2)]).is_empty());
        pictures.look_again();
        assert_eq!(pictures.want([name(1), name(2)]), [name(2)]);
    }
}
