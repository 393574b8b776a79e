//! The stickers in sight of the gallery, and what the person searched for.

mod cards;

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::event::Listed;
use super::pictures::{PictureName, Pictures};
use super::selection::Selection;
use crate::library::{Mark, Query, StickerRow};
use crate::model::JobId;
use crate::ui::action::{Sort, StickerId, WayOut};
use crate::ui::view::{BannerView, Picture, Remote, Trouble};
use cards::CardList;

/// Places that are remembered at most.
const MOST_FOUND: usize = 16;

/// The gallery's stickers and the question that found them.
#[derive(Default)]
pub(super) struct Gallery {
    /// The answer to the question, as far as it is there.
    pub rows: Remote<Vec<StickerRow>>,
    /// Stickers in the library, whatever the search.
    pub total: usize,
    /// Stickers that would fit without the star, when nothing fits with it.
    pub without_star: usize,
    /// How often the library has answered.
    pub listing: u64,
    /// The words searched for.
    pub search: String,
    /// Are only starred ones shown?
    pub starred_only: bool,
    /// The order.
    pub sort: Sort,
    /// Are backgrounds shown?
    pub backgrounds: bool,
    /// Is the bin shown in place of the library?
    pub in_bin: bool,
    /// Stickers in the bin.
    pub binned: usize,
    /// The chosen stickers; the first of them stands in the viewer.
    pub selection: Selection,
    /// Was the library's folder looked through, after the first list?
    pub was_looked_through: bool,
    /// Show the sticker of this job once the library lists it.
    pub show_when_listed: Option<JobId>,
    /// Did the photo stand alone in the viewer when the window was left?
    pub starts_empty_handed: bool,
    /// Show this sticker once the library lists it again.
    pub show_again: Option<StickerId>,
    /// Places in sight, first and behind the last.
    pub in_sight: (usize, usize),
    /// Stickers made in this run that nobody has looked at.
    unseen: HashSet<StickerId>,
    /// Stickers that have come and wait to be let in, so that no card moves under a hand.
    coming: Vec<StickerRow>,
    /// New stickers that came while somebody was at something else: the header says how many.
    missed: HashSet<StickerId>,
    /// Is the pointer on the cards?
    hand_on: bool,
    /// The highest id that was let in: what has a higher one has been made since.
    latest: i64,
    /// Is only the first page there yet?
    is_first_page: bool,
    /// Where rows that were asked for lie.
    found: RefCell<HashMap<StickerId, usize>>,
    /// Has the person asked for the next answer, so that whatever it holds is let in?
    asked: bool,
}

impl Gallery {
    /// Before the library was looked into.
    pub(super) fn waiting() -> Self {
        Self { rows: Remote::Loading { previous: None }, ..Self::default() }
    }

    /// The question for the library, at `now` on the calendar of `zone`.
    pub(super) fn query(&self, now: Timestamp, zone: &TimeZone) -> Query {
        let sort = if self.sort == Sort::Oldest { crate::library::Sort::Oldest } else { crate::library::Sort::Newest };
        let is_binned = self.in_bin;
        Query {
            mark: self.starred_only.then_some(Mark::Star),
            is_binned,
            sort,
            ..Query::of_text(&self.search, now, zone)
        }
    }

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
    pub(super) fn hand(&mut self, on: bool) {
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
    pub(super) fn let_in(&mut self) -> Option<StickerId> {
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
    pub(super) fn selected(&self) -> Option<StickerId> {
        self.selection.first()
    }

    /// Shows this sticker in the viewer, and chooses no other.
    pub(super) fn select(&mut self, id: StickerId) {
        self.show_again = None;
        if self.coming.iter().any(|row| row.id == id.0) {
            self.let_in();
        }
        self.seen(id);
        self.selection.only(id);
    }

    /// Chooses this one too, or no longer.
    pub(super) fn toggle(&mut self, id: StickerId) {
        self.seen(id);
        self.selection.toggle(id);
    }

    /// Chooses these, or these too; none of them leaves what is chosen as it is.
    pub(super) fn choose(&mut self, ids: Vec<StickerId>, more: bool) {
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
    pub(super) fn extend_to(&mut self, id: StickerId) {
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
    pub(super) fn select_all(&mut self) {
        let rows = self.rows.shown().map(Vec::as_slice).unwrap_or_default();
        let listed: HashSet<StickerId> = rows.iter().map(|row| StickerId(row.id)).collect();
        self.selection.retain(|id| listed.contains(&id));
        self.selection.extend(rows.iter().map(|row| StickerId(row.id)));
    }

    /// Shows the next sticker, or the one before.
    pub(super) fn step(&mut self, forward: bool) {
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
    pub(super) fn chosen(&self) -> Vec<&StickerRow> {
        let rows = self.rows.shown().map(Vec::as_slice).unwrap_or_default();
        match self.selection.len() {
            0 => Vec::new(),
            1 => self.selected_row().into_iter().collect(),
            _ => rows.iter().filter(|row| self.selection.contains(StickerId(row.id))).collect(),
        }
    }

    /// Takes these away at once, before the library has answered, and shows what comes after them.
    pub(super) fn take_away(&mut self, ids: &[StickerId]) {
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
    pub(super) fn mark(&mut self, marks: &[(StickerId, Mark)]) {
        let (Remote::Ready(rows) | Remote::Loading { previous: Some(rows) }) = &mut self.rows else { return };
        let marks: HashMap<i64, Mark> = marks.iter().map(|(id, mark)| (id.0, *mark)).collect();
        for row in rows.iter_mut() {
            if let Some(mark) = marks.get(&row.id) {
                row.mark = *mark;
            }
        }
    }

    /// Names these at once, before the library has answered.
    pub(super) fn rename(&mut self, names: &[(StickerId, String)]) {
        let (Remote::Ready(rows) | Remote::Loading { previous: Some(rows) }) = &mut self.rows else { return };
        let names: HashMap<i64, &String> = names.iter().map(|(id, name)| (id.0, name)).collect();
        for row in rows.iter_mut() {
            if let Some(name) = names.get(&row.id) {
                row.name.clone_from(name);
            }
        }
    }

    /// A sticker of the answer; looking for the same again is quick, for it is asked in every frame.
    pub(super) fn row(&self, id: StickerId) -> Option<&StickerRow> {
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
    pub(super) const fn is_whole(&self) -> bool {
        !self.is_first_page
    }

    /// Was a sticker made of the photo with this SHA-256?
    pub(super) fn has_sticker_of(&self, photo_sha256: &str) -> bool {
        let rows = self.rows.shown().map(Vec::as_slice).unwrap_or_default();
        rows.iter().chain(&self.coming).any(|row| row.info.photo_sha256.as_deref() == Some(photo_sha256))
    }

    /// The sticker of a job, also one that waits to be let in.
    pub(super) fn of_job(&self, id: &JobId) -> Option<StickerId> {
        let rows = self.rows.shown().map(Vec::as_slice).unwrap_or_default();
        let row = rows.iter().chain(&self.coming).find(|row| row.job_id.as_ref() == Some(&id.0));
        row.map(|row| StickerId(row.id))
    }

    /// The sticker in the viewer.
    pub(super) fn selected_row(&self) -> Option<&StickerRow> {
        self.row(self.selected()?)
    }

    /// What is broken, when the library could not be looked into; `can_mend` tells whether anything can be done here.
    pub(super) fn banner(&self, can_mend: bool) -> Option<BannerView<'_>> {
        let ways: &[_] =
            if can_mend { &[("Rebuild", WayOut::RebuildIndex), ("Show files", WayOut::ShowFiles)] } else { &[] };
        let head = "The gallery could not be read";
        self.rows.error().map(|sentence| BannerView { trouble: Trouble::Broken, head, sentence, ways, price: None })
    }

    /// New stickers that nobody has looked at and that came unnoticed, or are above what is in sight.
    pub(super) fn new_above(&self) -> usize {
        let Some(rows) = self.rows.shown().filter(|_| !self.unseen.is_empty()) else { return self.missed.len() };
        let above = rows[..self.in_sight.0.min(rows.len())].iter().map(|row| StickerId(row.id));
        let others = above.filter(|id| self.unseen.contains(id) && !self.missed.contains(id));
        self.missed.len() + others.count()
    }

    /// The new ones are told of no longer.
    pub(super) fn notice(&mut self) {
        self.missed.clear();
    }

    /// The pictures that the places in sight need.
    pub(super) fn wanted(&self) -> impl Iterator<Item = PictureName> + '_ {
        let (first, behind) = self.in_sight;
        let rows = self.rows.shown().map(Vec::as_slice).unwrap_or_default();
        rows.get(first.min(rows.len())..behind.min(rows.len())).into_iter().flatten().map(|row| self.thumbnail(row))
    }

    /// The small picture of a sticker, with its background if that is what is shown.
    pub(super) fn thumbnail(&self, row: &StickerRow) -> PictureName {
        PictureName::Thumbnail(self.file(row))
    }

    /// The whole picture of a sticker.
    pub(super) fn full(&self, row: &StickerRow) -> PictureName {
        PictureName::Full(self.file(row))
    }

    /// The sticker as far as it is there: until the whole picture was read, the small one stands in its place.
    pub(super) fn picture(&self, row: &StickerRow, pictures: &Pictures) -> Picture {
        let whole = pictures.get(&self.full(row));
        let small = pictures.get(&self.thumbnail(row));
        if whole == Picture::Loading && matches!(small, Picture::Ready { .. }) { small } else { whole }
    }

    fn file(&self, row: &StickerRow) -> std::path::PathBuf {
        let background = row.background_path.as_ref().filter(|_| self.backgrounds);
        background.unwrap_or(&row.path).clone()
    }

    /// The gallery as cards.
    pub(super) fn cards<'a>(&'a self, pictures: &'a Pictures) -> CardList<'a> {
        CardList::of(self, pictures)
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
