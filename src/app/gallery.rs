//! The stickers in sight of the gallery, and what the person searched for.

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::event::Listed;
use super::pictures::{PictureName, Pictures};
use crate::library::{Mark, Query, StickerRow};
use crate::model::JobId;
use crate::ui::action::{Sort, StickerId, WayOut};
use crate::ui::view::{BannerView, Card, Cards, Picture, Remote, Trouble};

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
    /// The sticker in the viewer.
    pub selected: Option<StickerId>,
    /// The sticker it is compared with.
    pub partner: Option<StickerId>,
    /// Show the sticker of this job once the library lists it.
    pub show_when_listed: Option<JobId>,
    /// Places in sight, first and behind the last.
    pub in_sight: (usize, usize),
    /// Stickers made in this run that nobody has looked at.
    unseen: HashSet<StickerId>,
}

impl Gallery {
    /// Before the library was looked into.
    pub(super) fn waiting() -> Self {
        Self { rows: Remote::Loading { previous: None }, ..Self::default() }
    }

    /// The question for the library, at `now` on the calendar of `zone`.
    pub(super) fn query(&self, now: Timestamp, zone: &TimeZone) -> Query {
        let sort = if self.sort == Sort::Oldest { crate::library::Sort::Oldest } else { crate::library::Sort::Newest };
        Query { mark: self.starred_only.then_some(Mark::Star), sort, ..Query::of_text(&self.search, now, zone) }
    }

    /// Another question was asked: what is there stays until the answer is in.
    pub(super) fn ask_again(&mut self) {
        let previous = match std::mem::take(&mut self.rows) {
            Remote::Ready(rows) => Some(rows),
            Remote::Loading { previous } | Remote::Failed { previous, .. } => previous,
            Remote::NotAsked => None,
        };
        self.rows = Remote::Loading { previous };
    }

    /// Takes an answer; stickers that were not there before are new.
    pub(super) fn list(&mut self, listed: Listed) {
        let Listed { mut rows, total, without_star } = listed;
        match self.sort {
            Sort::Newest | Sort::Oldest => {}
            Sort::Seed => rows.sort_by_key(|row| row.seed),
            Sort::Prompt => rows.sort_by(|one, other| one.prompt.cmp(&other.prompt)),
        }
        if let Some(before) = self.rows.shown() {
            let known: HashSet<i64> = before.iter().map(|row| row.id).collect();
            if self.total < total {
                self.unseen.extend(rows.iter().filter(|row| !known.contains(&row.id)).map(|row| StickerId(row.id)));
            }
        }
        self.total = total;
        self.listing += 1;
        self.without_star = without_star;
        self.rows = Remote::Ready(rows);
    }

    /// Shows this sticker in the viewer.
    pub(super) fn select(&mut self, id: StickerId) {
        self.unseen.remove(&id);
        self.selected = Some(id);
        if self.partner == self.selected {
            self.partner = None;
        }
    }

    /// Shows the next sticker, or the one before.
    pub(super) fn step(&mut self, forward: bool) {
        let Some(rows) = self.rows.shown() else { return };
        let place = rows.iter().position(|row| Some(StickerId(row.id)) == self.selected);
        let next = match (place, forward) {
            (None, _) => 0,
            (Some(place), true) => (place + 1).min(rows.len().saturating_sub(1)),
            (Some(place), false) => place.saturating_sub(1),
        };
        if let Some(id) = rows.get(next).map(|row| StickerId(row.id)) {
            self.select(id);
        }
    }

    /// A sticker of the answer.
    pub(super) fn row(&self, id: StickerId) -> Option<&StickerRow> {
        self.rows.shown()?.iter().find(|row| row.id == id.0)
    }

    /// Was a sticker made of the photo with this SHA-256?
    pub(super) fn has_sticker_of(&self, photo_sha256: &str) -> bool {
        let rows = self.rows.shown().map(Vec::as_slice).unwrap_or_default();
        rows.iter().any(|row| row.info.photo_sha256.as_deref() == Some(photo_sha256))
    }

    /// The sticker in the viewer.
    pub(super) fn selected_row(&self) -> Option<&StickerRow> {
        self.row(self.selected?)
    }

    /// What is broken, when the library could not be looked into; `can_mend` tells whether anything can be done here.
    pub(super) fn banner(&self, can_mend: bool) -> Option<BannerView<'_>> {
        let ways: &[_] =
            if can_mend { &[("Rebuild", WayOut::RebuildIndex), ("Show files", WayOut::ShowFiles)] } else { &[] };
        let head = "The gallery could not be read";
        self.rows.error().map(|sentence| BannerView { trouble: Trouble::Broken, head, sentence, ways, price: None })
    }

    /// New stickers above what is in sight.
    pub(super) fn new_above(&self) -> usize {
        let Some(rows) = self.rows.shown() else { return 0 };
        let above = &rows[..self.in_sight.0.min(rows.len())];
        above.iter().filter(|row| self.unseen.contains(&StickerId(row.id))).count()
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
        CardList { gallery: self, pictures }
    }
}

/// The gallery's stickers as cards, made one by one when they come in sight.
pub(super) struct CardList<'a> {
    gallery: &'a Gallery,
    pictures: &'a Pictures,
}

impl Cards for CardList<'_> {
    fn len(&self) -> usize {
        self.gallery.rows.shown().map_or(0, Vec::len)
    }

    fn card(&self, index: usize) -> Card<'_> {
        let row = self.gallery.rows.shown().and_then(|rows| rows.get(index));
        let Some(row) = row else { return NO_CARD };
        let id = StickerId(row.id);
        Card {
            id,
            picture: self.pictures.get(&self.gallery.thumbnail(row)),
            prompt: &row.prompt,
            seed: row.seed,
            starred: row.mark == Mark::Star,
            rejected: row.mark == Mark::Reject,
            is_new: self.gallery.unseen.contains(&id),
        }
    }
}

/// What stands at a place where there is no sticker.
const NO_CARD: Card<'static> = Card {
    id: StickerId(-1),
    picture: Picture::Missing,
    prompt: "",
    seed: None,
    starred: false,
    rejected: false,
    is_new: false,
};
