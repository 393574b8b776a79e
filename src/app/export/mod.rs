//! The export: a pack of stickers, what each platform's rules say of it, and what was written.

mod act;
mod tasks;
mod views;

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use egui::Context;
use serde::{Deserialize, Serialize};

use super::App;
use super::pictures::PictureName;
use super::state::State;
use crate::export::print::PrintOptions;
use crate::export::{Light, Options, Pack, Sticker, StickerWords, Target, Words, emoji_for, emoji_in};
use crate::library::StickerRow;
use crate::model::Mood;
use crate::platform::Clock;
use crate::studio::exports::{Draft, Listed, PackList, StickerSource};
use crate::studio::moods_of;
use crate::ui::view::{Levels, Texture};

pub(super) use tasks::Tasks;
pub(super) use views::{Texts, view};

/// A pack is measured so many seconds after it was changed last.
const MEASURED_AFTER: f64 = 0.25;

/// Who makes packs, until somebody says so.
const AUTHOR: &str = "Sticker Booth";

/// How long a pack's title may grow from a photo's name.
const LONGEST_TITLE: usize = 30;

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
}

/// The pack that a person puts together.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct PackAtHand {
    title: String,
    author: String,
    cover: usize,
    stickers: Vec<Packed>,
}

/// A sticker of it.
#[derive(Clone, Debug, PartialEq)]
struct Packed {
    row: Arc<StickerRow>,
    name: String,
    /// As it was typed.
    emoji: String,
    alt: String,
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
        }
    }
}

impl Exporting {
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

impl PackAtHand {
    /// A pack of these stickers; what was said about those that were in `before` stays.
    fn of(rows: Vec<StickerRow>, before: &Self) -> Self {
        let title = rows.first().and_then(title_of).unwrap_or_else(|| "Stickers".to_owned());
        let pack = |row: StickerRow| match before.stickers.iter().find(|packed| packed.row.id == row.id) {
            Some(known) => Packed { row: Arc::new(row), ..known.clone() },
            None => Packed::of(row),
        };
        let goes_on = before.stickers.iter().any(|packed| rows.iter().any(|row| row.id == packed.row.id));
        Self {
            title: if goes_on { before.title.clone() } else { title },
            author: before.author.clone(),
            cover: if goes_on { before.cover.min(rows.len().saturating_sub(1)) } else { 0 },
            stickers: rows.into_iter().map(pack).collect(),
        }
    }
}

impl Packed {
    /// Was something typed that is no emoji? Nothing at all stands for what the prompt suggests.
    fn has_wrong_emoji(&self) -> bool {
        emoji_in(&self.emoji).concat() != self.emoji.split_whitespace().collect::<String>()
    }

    fn of(row: StickerRow) -> Self {
        let emoji = emoji_for(&row.prompt).concat();
        let moods = moods_of(&row.prompt).into_iter().filter_map(Mood::of);
        let mood = moods.into_iter().find(|mood| mood.emoji == emoji);
        let of_mood = mood.map_or_else(String::new, |mood| mood.label.to_owned());
        let name = if row.name.is_empty() { of_mood } else { row.name.clone() };
        Self { row: Arc::new(row), name, emoji, alt: String::new() }
    }
}

/// What a pack of stickers of this photo may be called.
fn title_of(row: &StickerRow) -> Option<String> {
    let name = row.info.photo_name.as_deref()?;
    let stem = std::path::Path::new(name).file_stem()?.to_string_lossy().replace(['_', '-'], " ");
    let title: String = stem.trim().chars().take(LONGEST_TITLE).collect();
    (!title.is_empty()).then_some(title)
}

impl State {
    /// Is there a sticker to export?
    pub(super) fn can_export(&self) -> bool {
        !self.export.pack.stickers.is_empty() || self.gallery.selected_row().is_some()
    }
}

/// The pictures that the cards need.
pub(super) fn pictures(state: &State) -> impl Iterator<Item = PictureName> + '_ {
    let stickers = if state.export.open { state.export.pack.stickers.as_slice() } else { &[] };
    stickers.iter().map(|packed| PictureName::Thumbnail(packed.row.path.clone()))
}

impl App {
    /// Keeps up with what the rules say of the pack.
    pub(super) fn follow_export(&mut self, ctx: &Context) {
        let now = ctx.time();
        let export = &mut self.state.export;
        let (Some(since), true) = (export.stale_since, export.open) else { return };
        let left = since + MEASURED_AFTER - now;
        if left > 0.0 {
            return ctx.request_repaint_after(std::time::Duration::from_secs_f64(left));
        }
        let Some(work) = &self.work else { return };
        export.stale_since = None;
        export.asked += 1;
        if export.pack.stickers.is_empty() {
            (export.is_measuring, export.measured, export.looked) = (false, None, None);
            export.refused_by.clear();
            return;
        }
        export.is_measuring = export.is_unmeasured;
        work.measure_pack(tasks::Wish {
            number: export.asked,
            measures: export.is_unmeasured,
            edition: export.edition,
            list: export.list(),
            target: export.target,
            options: export.options(),
            selected: export.selected,
            shift: export.shift,
            disclosed: self.state.save_options().disclosed,
        });
    }

    /// Takes what came back.
    pub(super) fn take_export(&mut self, ctx: &Context, event: ExportEvent) {
        let export = &mut self.state.export;
        match event {
            ExportEvent::Said(number, said) if number == export.asked => {
                export.refused_by = said.into_iter().collect();
            }
            ExportEvent::Measured(number, target, outcome) if number == export.asked => {
                (export.is_measuring, export.is_unmeasured) = (false, false);
                export.measured = Some(Measured { target, outcome });
            }
            ExportEvent::Looked(number, sticker, sizes, proof) if number == export.asked => {
                let proof = proof.map(|(levels, bare)| (Texture::load(ctx, "proof", levels), bare));
                export.looked = Some(Looked { sticker, sizes, proof });
            }
            ExportEvent::Said(..) | ExportEvent::Measured(..) | ExportEvent::Looked(..) => {}
            ExportEvent::Wrote(target, outcome) => {
                if let Some(running) = &mut export.running {
                    running.done += 1;
                }
                export.written.insert(0, Written::of(target, outcome));
            }
            ExportEvent::Ended => export.running = None,
        }
    }

    /// The pack or a sticker of it is another one: it is measured anew.
    fn pack_changed(&mut self, now: f64) {
        let export = &mut self.state.export;
        export.words = export.said();
        (export.stale_since, export.is_unmeasured) = (Some(now), true);
    }

    /// A sticker is finished in another way.
    pub(super) fn export_is_stale(&mut self, now: f64) {
        if self.state.export.open {
            self.state.export.edition += 1;
            self.pack_changed(now);
        }
    }

    /// Goes back to what was there; the pack stays, its pictures go.
    pub(super) fn close_export(&mut self) {
        self.state.export.open = false;
        if let Some(work) = &self.work {
            work.forget_pack();
        }
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
