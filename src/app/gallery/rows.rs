//! The stickers that the gallery lists, and those of them that are chosen.

use std::collections::{HashMap, HashSet};

use super::{Gallery, Listed, MOST_FOUND};
use crate::app::pictures::{PictureName, Pictures};
use crate::library::{Mark, StickerRow};
use crate::model::{JobId, Remote, Sort};
use crate::ui::action::StickerId;
use crate::ui::view::Picture;

impl Gallery {
    /// Another question was asked: what is there stays until the answer is in.
    pub(super) fn ask_again(&mut self) {
        let previous = match std::mem::take(&mut self.rows) {
            Remote::Ready(rows) => Some(rows),
            Remote::Loading { previous } | Remote::Failed { previous, .. } => previous,
            Remote::NotAsked => None,
        };
        self.rows = Remote::Loading { previous };
        self.asked = true;
    }

    /// Takes an answer; stickers with a higher id than any before are new.
    ///
    /// While somebody is `busy` with something else the new ones are told of, and wait as long as the pointer is on the
    /// cards, unless the person has asked for this answer.
    ///
    /// What was there before is given back: a hundred thousand rows are let go elsewhere.
    pub(super) fn list(&mut self, listed: Listed, busy: bool) -> Remote<Vec<StickerRow>> {
        let Listed { mut rows, whole, total, binned, without_star, .. } = listed;
        let is_new = |row: &StickerRow| row.id > self.latest;
        // The first answer tells what was there; an empty grid has no card that could move.
        let begins = self.rows.shown().is_none() || self.is_first_page;
        self.is_first_page = !whole;
        if !begins && !self.in_bin {
            let new = rows.iter().filter(|row| is_new(row)).map(|row| StickerId(row.id));
            self.unseen.extend(new.clone());
            self.missed.extend(new.filter(|_| busy));
        }
        let asked = std::mem::take(&mut self.asked);
        let moves_none = begins || self.in_bin || rows.iter().all(is_new);
        let waits = busy && self.hand_on && !asked && !moves_none;
        self.coming = if waits { rows.extract_if(.., |row| is_new(row)).collect() } else { Vec::new() };
        if !self.missed.is_empty() {
            let there: HashSet<i64> = rows.iter().chain(&self.coming).map(|row| row.id).collect();
            self.missed.retain(|id| there.contains(&id.0));
        }
        self.latest = rows.iter().map(|row| row.id).fold(self.latest, i64::max);
        order(self.sort, &mut rows);
        self.total = total;
        self.binned = binned;
        self.listing += 1;
        self.without_star = without_star;
        std::mem::replace(&mut self.rows, Remote::Ready(rows))
    }

    /// The pointer has come onto the cards, or left them: then what waits comes in.
    pub(in crate::app) fn hand(&mut self, on: bool) {
        self.hand_on = on;
        if !on && !self.coming.is_empty() {
            self.let_in();
        }
    }

    /// Somebody has looked at this one.
    fn seen(&mut self, id: StickerId) {
        self.unseen.remove(&id);
        self.missed.remove(&id);
    }

    /// Lets in what has come, and gives the newest sticker that nobody has looked at, or the newest of all.
    pub(in crate::app) fn let_in(&mut self) -> Option<StickerId> {
        if let Remote::Ready(rows) | Remote::Loading { previous: Some(rows) } = &mut self.rows {
            rows.append(&mut self.coming);
            order(self.sort, rows);
            self.latest = rows.iter().map(|row| row.id).fold(self.latest, i64::max);
        }
        let rows = self.rows.shown()?;
        let newest_of = |rows: &mut dyn Iterator<Item = &StickerRow>| rows.map(|row| row.id).max();
        newest_of(&mut rows.iter().filter(|row| self.unseen.contains(&StickerId(row.id))))
            .or_else(|| newest_of(&mut rows.iter()))
            .map(StickerId)
    }

    /// The sticker in the viewer.
    pub(in crate::app) fn selected(&self) -> Option<StickerId> {
        self.selection.first()
    }

    /// Shows this sticker in the viewer, and chooses no other.
    pub(in crate::app) fn select(&mut self, id: StickerId) {
        self.show_again = None;
        if self.coming.iter().any(|row| row.id == id.0) {
            self.let_in();
        }
        self.seen(id);
        self.selection.only(id);
    }

    /// Chooses this one too, or no longer.
    pub(in crate::app) fn toggle(&mut self, id: StickerId) {
        self.seen(id);
        self.selection.toggle(id);
    }

    /// Chooses these, or these too; none of them leaves what is chosen as it is.
    pub(in crate::app) fn choose(&mut self, ids: Vec<StickerId>, more: bool) {
        for id in &ids {
            self.seen(*id);
        }
        match (ids.is_empty(), more) {
            (true, _) => {}
            (false, true) => {
                let before: Vec<StickerId> = self.selection.all().collect();
                self.selection.these(before.into_iter().chain(ids));
            }
            (false, false) => self.selection.these(ids),
        }
    }

    /// Chooses everything from the sticker in the viewer to this one.
    pub(in crate::app) fn extend_to(&mut self, id: StickerId) {
        let rows = self.rows.shown().map(Vec::as_slice).unwrap_or_default();
        let place = |wanted: StickerId| rows.iter().position(|row| row.id == wanted.0);
        let Some(target) = place(id) else { return };
        let first = self.selected().and_then(place).unwrap_or(target);
        let ids = rows[first.min(target)..=first.max(target)].iter().map(|row| StickerId(row.id));
        // Away from the first one, so that the second is beside it.
        let ids: Vec<StickerId> = if target < first { ids.rev().collect() } else { ids.collect() };
        for id in &ids {
            self.seen(*id);
        }
        self.selection.these(ids);
    }

    /// Chooses everything that is listed; what is in the viewer stays there.
    pub(in crate::app) fn select_all(&mut self) {
        let rows = self.rows.shown().map(Vec::as_slice).unwrap_or_default();
        let listed: HashSet<StickerId> = rows.iter().map(|row| StickerId(row.id)).collect();
        self.selection.retain(|id| listed.contains(&id));
        self.selection.extend(rows.iter().map(|row| StickerId(row.id)));
    }

    /// Shows the next sticker, or the one before.
    pub(in crate::app) fn step(&mut self, forward: bool) {
        let Some(rows) = self.rows.shown() else { return };
        let place = rows.iter().position(|row| Some(StickerId(row.id)) == self.selected());
        let next = match (place, forward) {
            (None, _) => 0,
            (Some(place), true) => (place + 1).min(rows.len().saturating_sub(1)),
            (Some(place), false) => place.saturating_sub(1),
        };
        if let Some(id) = rows.get(next).map(|row| StickerId(row.id)) {
            self.select(id);
        }
    }

    /// The chosen stickers, in the order of the gallery.
    pub(in crate::app) fn chosen(&self) -> Vec<&StickerRow> {
        let rows = self.rows.shown().map(Vec::as_slice).unwrap_or_default();
        match self.selection.len() {
            0 => Vec::new(),
            1 => self.selected_row().into_iter().collect(),
            _ => rows.iter().filter(|row| self.selection.contains(StickerId(row.id))).collect(),
        }
    }

    /// Takes these away at once, before the library has answered, and shows what comes after them.
    pub(in crate::app) fn take_away(&mut self, ids: &[StickerId]) {
        let (Remote::Ready(rows) | Remote::Loading { previous: Some(rows) }) = &mut self.rows else { return };
        let goes: HashSet<StickerId> = ids.iter().copied().collect();
        let first = rows.iter().position(|row| goes.contains(&StickerId(row.id)));
        rows.retain(|row| !goes.contains(&StickerId(row.id)));
        let next = first.and_then(|place| rows.get(place).or_else(|| rows.last())).map(|row| StickerId(row.id));
        self.selection.retain(|id| !goes.contains(&id));
        if let (None, Some(next)) = (self.selected(), next) {
            self.select(next);
        }
    }

    /// Marks these at once, before the library has answered.
    pub(in crate::app) fn mark(&mut self, marks: &[(StickerId, Mark)]) {
        let (Remote::Ready(rows) | Remote::Loading { previous: Some(rows) }) = &mut self.rows else { return };
        let marks: HashMap<i64, Mark> = marks.iter().map(|(id, mark)| (id.0, *mark)).collect();
        for row in rows.iter_mut() {
            if let Some(mark) = marks.get(&row.id) {
                row.mark = *mark;
            }
        }
    }

    /// Names these at once, before the library has answered.
    pub(in crate::app) fn rename(&mut self, names: &[(StickerId, String)]) {
        let (Remote::Ready(rows) | Remote::Loading { previous: Some(rows) }) = &mut self.rows else { return };
        let names: HashMap<i64, &String> = names.iter().map(|(id, name)| (id.0, name)).collect();
        for row in rows.iter_mut() {
            if let Some(name) = names.get(&row.id) {
                row.name.clone_from(name);
            }
        }
    }

    /// A sticker of the answer; looking for the same again is quick, for it is asked in every frame.
    pub(in crate::app) fn row(&self, id: StickerId) -> Option<&StickerRow> {
        let rows = self.rows.shown()?;
        let mut found = self.found.borrow_mut();
        if let Some(row) = found.get(&id).and_then(|place| rows.get(*place)).filter(|row| row.id == id.0) {
            return Some(row);
        }
        let place = rows.iter().position(|row| row.id == id.0)?;
        if found.len() >= MOST_FOUND {
            found.clear();
        }
        found.insert(id, place);
        rows.get(place)
    }

    /// Is everything listed that the question finds?
    pub(in crate::app) const fn is_whole(&self) -> bool {
        !self.is_first_page
    }

    /// Was a sticker made of the photo with this SHA-256?
    pub(in crate::app) fn has_sticker_of(&self, photo_sha256: &str) -> bool {
        let rows = self.rows.shown().map(Vec::as_slice).unwrap_or_default();
        rows.iter().chain(&self.coming).any(|row| row.info.photo_sha256.as_deref() == Some(photo_sha256))
    }

    /// The sticker of a job, also one that waits to be let in.
    pub(in crate::app) fn of_job(&self, id: &JobId) -> Option<StickerId> {
        let rows = self.rows.shown().map(Vec::as_slice).unwrap_or_default();
        let row = rows.iter().chain(&self.coming).find(|row| row.job_id.as_ref() == Some(&id.0));
        row.map(|row| StickerId(row.id))
    }

    /// The sticker in the viewer.
    pub(in crate::app) fn selected_row(&self) -> Option<&StickerRow> {
        self.row(self.selected()?)
    }

    /// New stickers that nobody has looked at and that came unnoticed, or are above what is in sight.
    pub(in crate::app) fn new_above(&self) -> usize {
        let Some(rows) = self.rows.shown().filter(|_| !self.unseen.is_empty()) else { return self.missed.len() };
        let above = rows[..self.in_sight.0.min(rows.len())].iter().map(|row| StickerId(row.id));
        let others = above.filter(|id| self.unseen.contains(id) && !self.missed.contains(id));
        self.missed.len() + others.count()
    }

    /// The new ones are told of no longer.
    pub(in crate::app) fn notice(&mut self) {
        self.missed.clear();
    }

    /// The pictures that the places in sight need.
    pub(in crate::app) fn wanted(&self) -> impl Iterator<Item = PictureName> + '_ {
        let (first, behind) = self.in_sight;
        let rows = self.rows.shown().map(Vec::as_slice).unwrap_or_default();
        rows.get(first.min(rows.len())..behind.min(rows.len())).into_iter().flatten().map(|row| self.thumbnail(row))
    }

    /// The small picture of a sticker, with its background if that is what is shown.
    pub(in crate::app) fn thumbnail(&self, row: &StickerRow) -> PictureName {
        PictureName::Thumbnail(self.file(row))
    }

    /// The whole picture of a sticker.
    pub(in crate::app) fn full(&self, row: &StickerRow) -> PictureName {
        PictureName::Full(self.file(row))
    }

    /// The sticker as far as it is there: until the whole picture was read, the small one stands in its place.
    pub(in crate::app) fn picture(&self, row: &StickerRow, pictures: &Pictures) -> Picture {
        let whole = pictures.get(&self.full(row));
        let small = pictures.get(&self.thumbnail(row));
        if whole == Picture::Loading && matches!(small, Picture::Ready { .. }) { small } else { whole }
    }

    fn file(&self, row: &StickerRow) -> std::path::PathBuf {
        let background = row.background_path.as_ref().filter(|_| self.backgrounds);
        background.unwrap_or(&row.path).clone()
    }
}

/// Puts stickers in this order.
fn order(sort: Sort, rows: &mut [StickerRow]) {
    match sort {
        Sort::Newest => rows.sort_by_key(|row| std::cmp::Reverse((row.created_at, row.id))),
        Sort::Oldest => rows.sort_by_key(|row| (row.created_at, row.id)),
        Sort::Seed => rows.sort_by_key(|row| row.seed),
        Sort::Prompt => rows.sort_by(|one, other| one.prompt.cmp(&other.prompt)),
    }
}
