//! The gallery as cards.

use super::Gallery;
use crate::app::pictures::Pictures;
use crate::library::Mark;
use crate::ui::action::StickerId;
use crate::ui::view::{Card, Cards, Picture};

/// The gallery's stickers as cards, made one by one when they come in sight.
pub(in crate::app) struct CardList<'a> {
    gallery: &'a Gallery,
    pictures: &'a Pictures,
}

impl<'a> CardList<'a> {
    /// The stickers of a gallery, with these pictures.
    pub(super) const fn of(gallery: &'a Gallery, pictures: &'a Pictures) -> Self {
        Self { gallery, pictures }
    }
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
            called: if row.name.is_empty() { &row.prompt } else { &row.name },
            seed: row.seed,
            starred: row.mark == Mark::Star,
            rejected: row.mark == Mark::Reject,
            is_new: self.gallery.unseen.contains(&id),
            chosen: self.gallery.selection.contains(id),
        }
    }
}

/// What stands at a place where there is no sticker.
const NO_CARD: Card<'static> = Card {
    id: StickerId(-1),
    picture: Picture::Missing,
    called: "",
    seed: None,
    starred: false,
    rejected: false,
    is_new: false,
    chosen: false,
};
