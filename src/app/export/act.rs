//! Carries out what a person asked of the export.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{PackAtHand, PacksWanted, Running};
use crate::app::App;
use crate::app::asking::Asked;
use crate::app::undo::Did;
use crate::export::print::Paper;
use crate::export::rules::rule;
use crate::export::{About, Target};
use crate::library::StickerRow;
use crate::model::finish::{Amount, Color, Switch};
use crate::model::{Finish, JobId};
use crate::ui::action::export::Mend;
use crate::ui::action::{ExportAction, StickerId};

/// More than any platform takes.
const MOST: usize = 200;

/// How much thicker an outline gets, how thin the second one is, how much larger a sticker is drawn, and how far its
/// contrast goes up.
const THICKER: f32 = 0.01;
const THIN: f32 = 0.008;
const LARGER: f32 = 1.12;
const LIFTED: f32 = 0.25;

impl App {
    /// Opens the export in place of everything under the top bar with the chosen stickers, or goes back.
    pub(in crate::app) fn toggle_export(&mut self, now: f64) {
        if self.state.export.open {
            return self.close_export();
        }
        let state = &mut self.state;
        let chosen = state.gallery.chosen();
        let beyond = chosen.len().saturating_sub(MOST);
        let mut rows: Vec<StickerRow> = chosen.into_iter().take(MOST).cloned().collect();
        let export = &mut state.export;
        let adds = std::mem::take(&mut export.adds);
        if adds {
            let old: Vec<StickerRow> = export.pack.stickers.iter().map(|packed| (*packed.row).clone()).collect();
            rows.retain(|row| !old.iter().any(|old| old.id == row.id));
            rows.splice(..0, old);
        }
        if rows.is_empty() && export.pack.stickers.is_empty() {
            return;
        }
        let left_out = beyond + rows.len().saturating_sub(MOST);
        rows.truncate(MOST);
        if !rows.is_empty() {
            export.pack = PackAtHand::of(rows, &export.pack);
        }
        let count = export.pack.stickers.len();
        // WhatsApp takes single stickers where there are too few for a pack.
        let is_pack =
            rule(Target::WhatsApp, About::Stickers).and_then(|rule| rule.allowed.least()) <= Some(count as u64);
        export.target = match export.target {
            Target::WhatsApp if !is_pack => Target::WhatsAppSingle,
            Target::WhatsAppSingle if is_pack => Target::WhatsApp,
            target => target,
        };
        export.selected = export.selected.min(count.saturating_sub(1));
        export.written.clear();
        export.open = true;
        state.sweep.open = false;
        if left_out > 0 {
            state.tell(format!("A pack has room for {MOST} stickers, so {left_out} are left out."), None, now);
        }
        // What is opened is measured at once.
        self.export_is_stale(f64::NEG_INFINITY);
    }

    /// Opens the export with the stickers that these jobs made.
    pub(in crate::app) fn export_results(&mut self, jobs: &[JobId], now: f64) {
        let mut made: Vec<StickerId> = jobs.iter().filter_map(|id| self.sticker_of_job(id)).collect();
        made.sort_unstable();
        if made.is_empty() || self.state.export.open {
            return;
        }
        self.state.gallery.selection.these(made);
        self.toggle_export(now);
        // In the order in which they were asked for.
        self.state.export.pack.stickers.sort_by_key(|packed| packed.row.id);
        self.pack_changed(f64::NEG_INFINITY);
    }

    /// Carries out one action.
    pub(in crate::app) fn export(&mut self, action: ExportAction, now: f64) {
        let before = self.state.export.pack.clone();
        let measures = !matches!(action, ExportAction::Select(_) | ExportAction::Shift(_));
        let export = &mut self.state.export;
        let pack = &mut export.pack;
        match action {
            ExportAction::Target(target) => export.target = target,
            ExportAction::Also(target, also) => {
                if also {
                    export.also.insert(target);
                } else {
                    export.also.remove(&target);
                }
                return;
            }
            ExportAction::Title(title) => pack.title = title,
            ExportAction::Author(author) => pack.author = author,
            ExportAction::Select(place) => export.selected = place,
            ExportAction::Name(place, name) => pack.with(place, |packed| packed.name = name),
            ExportAction::Emoji(place, emoji) => pack.with(place, |packed| packed.emoji = emoji),
            ExportAction::Alt(place, alt) => pack.with(place, |packed| packed.alt = alt),
            ExportAction::Move(from, to) => {
                if pack.move_to(from, to) {
                    export.selected = to;
                }
            }
            ExportAction::Cover(place) => pack.cover = place,
            ExportAction::LeaveOut(place) => {
                pack.leave_out(place);
                export.selected = export.selected.min(pack.stickers.len().saturating_sub(1));
            }
            ExportAction::AddMore => {
                export.adds = true;
                self.close_export();
                let told = "Choose stickers in the gallery, then press Export to add them.";
                return self.state.tell(told.to_owned(), None, now);
            }
            ExportAction::PrintSize(size) => export.print.size = size,
            ExportAction::Copies(copies) => export.print.copies = copies,
            ExportAction::CutOffset(offset) => export.print.offset = offset,
            ExportAction::Paper(place) => {
                if let Some(paper) = Paper::ALL.get(place) {
                    export.print.paper = *paper;
                }
            }
            ExportAction::Shift(shift) => export.shift = shift,
            ExportAction::Mend(place, mend) => return self.mend(place, mend),
            ExportAction::Write => return self.ask_where_packs_go(now),
            ExportAction::SavePack => {
                let list = self.state.export.list();
                return self.ask_for_file(Asked::Pack(Box::new(list)), now);
            }
            ExportAction::Stop => {
                if let Some(running) = &export.running {
                    running.stopped.store(true, Ordering::Relaxed);
                }
                return;
            }
            ExportAction::Reveal(place) => {
                let folder = export.written.get(place).and_then(|written| written.folder.clone());
                if let (Some(folder), Some(work)) = (folder, &self.work) {
                    work.reveal(folder);
                }
                return;
            }
        }
        self.note_pack(before, now);
        if measures {
            self.pack_changed(now);
        } else {
            self.state.export.stale_since = Some(now);
        }
    }

    /// Takes note of what was changed about the pack; what is typed on within a second is the same step.
    fn note_pack(&mut self, before: PackAtHand, now: f64) {
        let after = &self.state.export.pack;
        if *after == before {
            return;
        }
        let after = Box::new(after.clone());
        let typed = before.differs_in_words_only(&after);
        if !(typed && self.state.history.continues_pack(&after, now)) {
            self.did(Did::Pack { before: Box::new(before), after });
        }
    }

    /// The pack as it was before or after a step of undo.
    pub(in crate::app) fn pack_again(&mut self, pack: PackAtHand, now: f64) {
        let export = &mut self.state.export;
        export.selected = export.selected.min(pack.stickers.len().saturating_sub(1));
        export.pack = pack;
        self.pack_changed(now);
    }

    fn ask_where_packs_go(&mut self, now: f64) {
        let export = &self.state.export;
        if export.running.is_some() || export.pack.stickers.is_empty() {
            return;
        }
        let wanted = PacksWanted { list: export.list(), targets: export.targets(), options: export.options() };
        self.ask_for_file(Asked::Packs(Box::new(wanted)), now);
    }

    /// Writes packs into this folder.
    pub(in crate::app) fn write_packs(&mut self, wanted: PacksWanted, folder: PathBuf) {
        if let Some(crate::ui::action::Dialog::Place(_)) = self.state.dialog {
            self.state.dialog = None;
        }
        let Some(work) = &self.work else { return };
        let stopped = Arc::new(AtomicBool::new(false));
        let disclosed = self.state.save_options().disclosed;
        let of = wanted.targets.len();
        work.write_packs(wanted, disclosed, folder, Arc::clone(&stopped));
        self.state.export.running = Some(Running { stopped, done: 0, of });
        self.state.export.written.clear();
    }

    /// Finishes a sticker so that it reads better when it is small.
    fn mend(&self, place: usize, mend: Mend) {
        let (Some(packed), Some(work)) = (self.state.export.pack.stickers.get(place), &self.work) else { return };
        work.change_finish(StickerId(packed.row.id), packed.row.path.clone(), move |finish| {
            change(finish, mend);
        });
    }
}

fn change(finish: &mut Finish, mend: Mend) {
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

impl PackAtHand {
    fn with(&mut self, place: usize, change: impl FnOnce(&mut super::Packed)) {
        if let Some(packed) = self.stickers.get_mut(place) {
            change(packed);
        }
    }

    /// Takes a sticker to another place; the cover stays the same sticker.
    fn move_to(&mut self, from: usize, to: usize) -> bool {
        if from >= self.stickers.len() || to >= self.stickers.len() || from == to {
            return false;
        }
        let cover = self.stickers.get(self.cover).map(|packed| packed.row.id);
        let packed = self.stickers.remove(from);
        self.stickers.insert(to, packed);
        self.cover = self.stickers.iter().position(|packed| Some(packed.row.id) == cover).unwrap_or(0);
        true
    }

    fn leave_out(&mut self, place: usize) {
        if place >= self.stickers.len() {
            return;
        }
        self.stickers.remove(place);
        if self.cover > place || self.cover >= self.stickers.len() {
            self.cover = self.cover.saturating_sub(1);
        }
    }

    /// Are these the same stickers in the same order, with other words?
    fn differs_in_words_only(&self, other: &Self) -> bool {
        let ids = |pack: &Self| pack.stickers.iter().map(|packed| packed.row.id).collect::<Vec<_>>();
        self.cover == other.cover && ids(self) == ids(other)
    }
}
