//! Carries out what a person asked of the export.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Exporting, Outcome, PackAtHand, PacksWanted, Running};
use crate::app::context::AppContext;
use crate::export::print::Paper;
use crate::export::rules::rule;
use crate::export::{About, Target};
use crate::library::StickerRow;
use crate::model::Finish;
use crate::model::finish::{Amount, Color, Switch};
use crate::studio::exports::PackList;
use crate::ui::action::export::Mend;
use crate::ui::action::{Dialog, ExportAction, StickerId};

/// More than any platform takes.
const MOST: usize = 200;

/// How much thicker an outline gets, how thin the second one is, how much larger a sticker is drawn, and how far its
/// contrast goes up.
const THICKER: f32 = 0.01;
const THIN: f32 = 0.008;
const LARGER: f32 = 1.12;
const LIFTED: f32 = 0.25;

impl Exporting {
    /// Opens the export in place of everything under the top bar with these stickers; false when there are none.
    pub(in crate::app) fn open_with(&mut self, chosen: &[&StickerRow], cx: &mut AppContext) -> bool {
        let beyond = chosen.len().saturating_sub(MOST);
        let mut rows: Vec<StickerRow> = chosen.iter().take(MOST).map(|row| (*row).clone()).collect();
        let adds = std::mem::take(&mut self.adds);
        if adds {
            let old: Vec<StickerRow> = self.pack.stickers.iter().map(|packed| (*packed.row).clone()).collect();
            rows.retain(|row| !old.iter().any(|old| old.id == row.id));
            rows.splice(..0, old);
        }
        if rows.is_empty() && self.pack.stickers.is_empty() {
            return false;
        }
        let left_out = beyond + rows.len().saturating_sub(MOST);
        rows.truncate(MOST);
        if !rows.is_empty() {
            self.pack = PackAtHand::of(rows, &self.pack);
        }
        let count = self.pack.stickers.len();
        // WhatsApp takes single stickers where there are too few for a pack.
        let is_pack =
            rule(Target::WhatsApp, About::Stickers).and_then(|rule| rule.allowed.least()) <= Some(count as u64);
        self.target = match self.target {
            Target::WhatsApp if !is_pack => Target::WhatsAppSingle,
            Target::WhatsAppSingle if is_pack => Target::WhatsApp,
            target => target,
        };
        self.selected = self.selected.min(count.saturating_sub(1));
        self.written.clear();
        self.open = true;
        if left_out > 0 {
            cx.tell(format!("A pack has room for {MOST} stickers, so {left_out} are left out."), None);
        }
        // What is opened is measured at once.
        self.is_stale(f64::NEG_INFINITY);
        true
    }

    /// Puts the stickers in the order in which they were made.
    pub(in crate::app) fn sort(&mut self) {
        self.pack.stickers.sort_by_key(|packed| packed.row.id);
        self.pack_changed(f64::NEG_INFINITY);
    }

    /// Carries out one action.
    pub(in crate::app) fn act(&mut self, action: ExportAction, cx: &mut AppContext) -> Option<Outcome> {
        let before = self.pack.clone();
        let measures = !matches!(action, ExportAction::Select(_) | ExportAction::Shift(_));
        let pack = &mut self.pack;
        match action {
            ExportAction::Target(target) => self.target = target,
            ExportAction::Also(target, also) => {
                if also {
                    self.also.insert(target);
                } else {
                    self.also.remove(&target);
                }
                return None;
            }
            ExportAction::Title(title) => pack.title = title,
            ExportAction::Author(author) => pack.author = author,
            ExportAction::Select(place) => self.selected = place,
            ExportAction::Name(place, name) => pack.with(place, |packed| packed.name = name),
            ExportAction::Emoji(place, emoji) => pack.with(place, |packed| packed.emoji = emoji),
            ExportAction::Alt(place, alt) => pack.with(place, |packed| packed.alt = alt),
            ExportAction::Move(from, to) => {
                if pack.move_to(from, to) {
                    self.selected = to;
                }
            }
            ExportAction::Cover(place) => pack.cover = place,
            ExportAction::LeaveOut(place) => {
                pack.leave_out(place);
                self.selected = self.selected.min(pack.stickers.len().saturating_sub(1));
            }
            ExportAction::AddMore => {
                self.adds = true;
                self.close();
                cx.tell("Choose stickers in the gallery, then press Export to add them.".to_owned(), None);
                return None;
            }
            ExportAction::PrintSize(size) => self.print.size = size,
            ExportAction::Copies(copies) => self.print.copies = copies,
            ExportAction::CutOffset(offset) => self.print.offset = offset,
            ExportAction::Paper(place) => {
                if let Some(paper) = Paper::ALL.get(place) {
                    self.print.paper = *paper;
                }
            }
            ExportAction::Shift(shift) => self.shift = shift,
            ExportAction::Mend(place, mend) => {
                let packed = pack.stickers.get(place)?;
                return Some(Outcome::Mends(StickerId(packed.row.id), packed.row.path.clone(), mend));
            }
            ExportAction::Write => {
                if self.running.is_some() || self.pack.stickers.is_empty() {
                    return None;
                }
                let wanted = PacksWanted { list: self.list(), targets: self.targets(), options: self.options() };
                return Some(Outcome::WantsFolder(Box::new(wanted)));
            }
            ExportAction::SavePack => return Some(Outcome::WantsFile(Box::new(self.list()))),
            ExportAction::Stop => {
                if let Some(running) = &self.running {
                    running.stopped.store(true, Ordering::Relaxed);
                }
                return None;
            }
            ExportAction::Reveal(place) => {
                if let Some(folder) = self.written.get(place).and_then(|written| written.folder.clone()) {
                    cx.reveal(folder);
                }
                return None;
            }
        }
        if measures {
            self.pack_changed(cx.now());
        } else {
            self.stale_since = Some(cx.now());
        }
        (self.pack != before).then(|| Outcome::Changed {
            typed: before.differs_in_words_only(&self.pack),
            before: Box::new(before),
            after: Box::new(self.pack.clone()),
        })
    }

    /// The pack as it was before or after a step of undo.
    pub(in crate::app) fn pack_again(&mut self, pack: PackAtHand, cx: &AppContext) {
        self.selected = self.selected.min(pack.stickers.len().saturating_sub(1));
        self.pack = pack;
        self.pack_changed(cx.now());
    }

    /// Writes packs into this folder.
    pub(in crate::app) fn write(&mut self, wanted: PacksWanted, folder: PathBuf, cx: &mut AppContext) {
        if let Some(Dialog::Place(_)) = cx.dialog {
            cx.dialog = None;
        }
        let Some(tasks) = &self.tasks else { return };
        let stopped = Arc::new(AtomicBool::new(false));
        let of = wanted.targets.len();
        tasks.write(wanted, cx.save_options().disclosed, folder, Arc::clone(&stopped));
        self.running = Some(Running { stopped, done: 0, of });
        self.written.clear();
    }

    /// Saves a pack as a file of its own.
    pub(in crate::app) fn save(&self, list: PackList, path: PathBuf, replace: bool) {
        if let Some(tasks) = &self.tasks {
            tasks.save(list, path, replace);
        }
    }
}

/// Finishes a sticker so that it reads better when it is small.
pub(in crate::app) fn mend(finish: &mut Finish, mend: Mend) {
    match mend {
        Mend::Outline => {
            let width = if finish.outline.on { finish.outline.width } else { 0.0 };
            Switch::Outline.set(finish, true);
            Amount::OutlineWidth.set(finish, width + THICKER);
            // A dark line around the light one reads on light grounds too.
            if !finish.second.on {
                Switch::Second.set(finish, true);
                Amount::SecondWidth.set(finish, THIN);
                finish.second.color = Color::INK;
            }
        }
        Mend::Larger => {
            let scale = finish.placement.scale * LARGER;
            Amount::Scale.set(finish, scale);
        }
        Mend::Contrast => Amount::Contrast.set(finish, (finish.contrast + LIFTED).min(1.0)),
    }
}
