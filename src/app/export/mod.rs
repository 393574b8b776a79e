//! The export: a pack of stickers, what each platform's rules say of it, and what was written.

mod act;
mod pack;
mod tasks;
mod views;

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde::{Deserialize, Serialize};

use super::context::AppContext;
use super::pictures::PictureName;
use super::worker::Worker;
use crate::export::print::PrintOptions;
use crate::export::{Light, Options, Pack, Sticker, StickerWords, Target, Words, emoji_in};
use crate::platform::Clock;
use crate::studio::exports::{Draft, Listed, PackList, StickerSource};
use crate::ui::action::StickerId;
use crate::ui::action::export::Mend;
use crate::ui::view::{Levels, Texture};
pub(super) use act::mend;
pub(super) use pack::PackAtHand;
use pack::Packed;
use tasks::Tasks;
pub(super) use views::{Texts, view};

/// A pack is measured so many seconds after it was changed last.
const MEASURED_AFTER: f64 = 0.25;

/// Who makes packs, until somebody says so.
const AUTHOR: &str = "Sticker Booth";

/// What the window knows about exporting.
pub(super) struct Exporting {
    /// Does it take the place of everything under the top bar?
    pub open: bool,
    pack: PackAtHand,
    /// The platform that is looked at.
    target: Target,
    /// What else the pack is written for.
    also: BTreeSet<Target>,
    print: PrintOptions,
    /// What the pack says about itself there.
    words: Words,
    /// How far the cutter of the proof is off, in millimetres.
    shift: f32,
    /// The place of the sticker that is looked at.
    selected: usize,
    /// Is the person in the gallery to choose more stickers for this pack?
    adds: bool,
    /// When something was changed that is not looked at yet.
    stale_since: Option<f64>,
    /// Has the pack to be measured anew, or is only another sticker looked at?
    is_unmeasured: bool,
    /// Higher each time a picture of the pack may be another one.
    edition: u64,
    /// Number of the latest question.
    asked: u64,
    /// Is its answer on the way?
    is_measuring: bool,
    /// Would a platform refuse the pack for what it says, as far as known?
    refused_by: HashMap<Target, bool>,
    measured: Option<Measured>,
    looked: Option<Looked>,
    running: Option<Running>,
    written: Vec<Written>,
    tasks: Option<Tasks>,
}

/// What a platform's rules say.
struct Measured {
    target: Target,
    outcome: Result<Draft, Refusal>,
}

/// Why a pack cannot be written.
pub(super) struct Refusal {
    sentence: String,
    broken: Vec<Light>,
}

/// How a sticker looks where it goes.
struct Looked {
    sticker: i64,
    /// At each size of chats: the size, on how many of the wallpapers a face is found, and the least contrast with the
    /// name of its wallpaper.
    sizes: Vec<AtSize>,
    /// The sticker as a cutter leaves it, with the bare paper in square millimetres.
    proof: Option<(Texture, f32)>,
}

/// How a sticker reads at one size.
#[derive(Clone, Debug)]
pub(super) struct AtSize {
    size: u32,
    wallpapers: usize,
    faces: usize,
    least_contrast: f32,
    least_on: &'static str,
}

/// Packs that are being written.
struct Running {
    stopped: Arc<AtomicBool>,
    done: usize,
    of: usize,
}

/// A pack that was written, or not.
struct Written {
    target: Target,
    words: String,
    folder: Option<PathBuf>,
    is_sound: bool,
}

/// What is to be written.
#[derive(Clone)]
pub(super) struct PacksWanted {
    list: PackList,
    targets: Vec<Target>,
    options: Options,
}

/// What comes back.
pub(super) enum ExportEvent {
    /// What each platform says as far as words go, of the question with this number.
    Said(u64, Vec<(Target, bool)>),
    /// What the rules of the target say.
    Measured(u64, Target, Result<Draft, Refusal>),
    /// How the sticker with this id looks where it goes.
    Looked(u64, i64, Vec<AtSize>, Option<(Levels, f32)>),
    /// A pack was written, or why not.
    Wrote(Target, Result<(PathBuf, usize, bool), String>),
    /// Nothing is written any more.
    Ended,
}

/// What the export tells the window.
pub(super) enum Outcome {
    /// Another pack is put together.
    Changed {
        /// Before it.
        before: Box<PackAtHand>,
        /// After it.
        after: Box<PackAtHand>,
        /// Are these the same stickers in the same order, with other words?
        typed: bool,
    },
    /// A folder is wanted for packs.
    WantsFolder(Box<PacksWanted>),
    /// A file is wanted for a pack.
    WantsFile(Box<PackList>),
    /// This sticker is finished in another way, so that it reads better when it is small.
    Mends(StickerId, PathBuf, Mend),
}

/// How packs were exported last, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ExportKept {
    author: String,
    target: Option<Target>,
    also: BTreeSet<Target>,
}

impl Default for Exporting {
    fn default() -> Self {
        Self {
            open: false,
            pack: PackAtHand { author: AUTHOR.to_owned(), ..PackAtHand::default() },
            target: Target::WhatsApp,
            also: BTreeSet::new(),
            print: PrintOptions::default(),
            words: Words::default(),
            shift: 0.0,
            selected: 0,
            adds: false,
            stale_since: None,
            is_unmeasured: true,
            edition: 0,
            asked: 0,
            is_measuring: false,
            refused_by: HashMap::new(),
            measured: None,
            looked: None,
            running: None,
            written: Vec::new(),
            tasks: None,
        }
    }
}

impl Exporting {
    /// Everything runs now.
    pub(super) fn start(&mut self, worker: Worker<ExportEvent>) {
        self.tasks = Some(Tasks::new(worker));
    }

    /// Is there anything to export, even if nothing is chosen?
    pub(super) const fn is_empty(&self) -> bool {
        self.pack.stickers.is_empty()
    }

    /// The pictures that the cards need.
    pub(super) fn pictures(&self) -> impl Iterator<Item = PictureName> + '_ {
        let stickers = if self.open { self.pack.stickers.as_slice() } else { &[] };
        stickers.iter().map(|packed| PictureName::Thumbnail(packed.row.path.clone()))
    }

    /// Keeps up with what the rules say of the pack.
    pub(super) fn follow(&mut self, cx: &AppContext) {
        let (Some(since), true) = (self.stale_since, self.open) else { return };
        let left = since + MEASURED_AFTER - cx.now();
        if left > 0.0 {
            return cx.egui.request_repaint_after(std::time::Duration::from_secs_f64(left));
        }
        let Some(tasks) = &self.tasks else { return };
        self.stale_since = None;
        self.asked += 1;
        if self.pack.stickers.is_empty() {
            (self.is_measuring, self.measured, self.looked) = (false, None, None);
            self.refused_by.clear();
            return;
        }
        self.is_measuring = self.is_unmeasured;
        tasks.measure(tasks::Wish {
            number: self.asked,
            measures: self.is_unmeasured,
            edition: self.edition,
            list: self.list(),
            target: self.target,
            options: self.options(),
            selected: self.selected,
            shift: self.shift,
            disclosed: cx.save_options().disclosed,
        });
    }

    /// Takes what came back.
    pub(super) fn update(&mut self, event: ExportEvent, cx: &AppContext) {
        match event {
            ExportEvent::Said(number, said) if number == self.asked => {
                self.refused_by = said.into_iter().collect();
            }
            ExportEvent::Measured(number, target, outcome) if number == self.asked => {
                (self.is_measuring, self.is_unmeasured) = (false, false);
                self.measured = Some(Measured { target, outcome });
            }
            ExportEvent::Looked(number, sticker, sizes, proof) if number == self.asked => {
                let proof = proof.map(|(levels, bare)| (Texture::load(&cx.egui, "proof", levels), bare));
                self.looked = Some(Looked { sticker, sizes, proof });
            }
            ExportEvent::Said(..) | ExportEvent::Measured(..) | ExportEvent::Looked(..) => {}
            ExportEvent::Wrote(target, outcome) => {
                if let Some(running) = &mut self.running {
                    running.done += 1;
                }
                self.written.insert(0, Written::of(target, outcome));
            }
            ExportEvent::Ended => self.running = None,
        }
    }

    /// The pack or a sticker of it is another one: it is measured anew.
    fn pack_changed(&mut self, now: f64) {
        self.words = self.said();
        (self.stale_since, self.is_unmeasured) = (Some(now), true);
    }

    /// A sticker is finished in another way.
    pub(super) fn is_stale(&mut self, now: f64) {
        if self.open {
            self.edition += 1;
            self.pack_changed(now);
        }
    }

    /// Goes back to what was there; the pack stays, its pictures go.
    pub(super) fn close(&mut self) {
        self.open = false;
        if let Some(tasks) = &self.tasks {
            tasks.forget();
        }
    }

    /// What comes back at the next start.
    pub(super) fn kept(&self) -> ExportKept {
        ExportKept { author: self.pack.author.clone(), target: Some(self.target), also: self.also.clone() }
    }

    /// As it was.
    pub(super) fn recall(&mut self, kept: ExportKept) {
        if !kept.author.is_empty() {
            self.pack.author = kept.author;
        }
        self.target = kept.target.unwrap_or(self.target);
        self.also = kept.also;
    }

    /// The pack as it is kept and written.
    fn list(&self) -> PackList {
        let PackAtHand { title, author, cover, stickers } = &self.pack;
        let listed = |packed: &Packed| Listed {
            source: StickerSource::Id(packed.row.id),
            words: StickerWords { name: packed.name.clone(), emoji: emoji_in(&packed.emoji), alt: packed.alt.clone() },
        };
        PackList {
            title: title.clone(),
            author: author.clone(),
            cover: *cover,
            ..PackList::said(stickers.iter().map(listed).collect())
        }
    }

    /// What the pack says about itself on the platform that is looked at; pictures are not needed for that.
    fn said(&self) -> Words {
        let PackList { title, author, cover, stickers, .. } = self.list();
        let sticker = |listed: Listed| Sticker { picture: Arc::default(), words: listed.words, texts: Vec::new() };
        let pack = Pack { title, author, cover, stickers: stickers.into_iter().map(sticker).collect() };
        Words::of(&pack, self.target)
    }

    /// Everything it is written for, the one that is looked at first.
    fn targets(&self) -> Vec<Target> {
        let others = self.also.iter().copied().filter(|target| *target != self.target);
        std::iter::once(self.target).chain(others).collect()
    }

    fn options(&self) -> Options {
        let version = Clock::real().now().as_second().unsigned_abs();
        Options { version, print: self.print, ..Options::default() }
    }
}

impl Written {
    fn of(target: Target, outcome: Result<(PathBuf, usize, bool), String>) -> Self {
        match outcome {
            Ok((folder, files, is_sound)) => {
                let files = if files == 1 { "1 file".to_owned() } else { format!("{files} files") };
                let words = if is_sound {
                    format!("{target}: {files}, measured and right")
                } else {
                    format!("{target}: {files}, but not all rules are kept")
                };
                Self { target, words, folder: Some(folder), is_sound }
            }
            Err(sentence) => Self { target, words: format!("{target}: {sentence}"), folder: None, is_sound: false },
        }
    }
}
