//! The pack that a person puts together for the export.

use std::sync::Arc;

use crate::export::{emoji_for, only_emoji};
use crate::library::StickerRow;
use crate::model::Mood;
use crate::studio::moods_of;

/// How long a pack's title may grow from a photo's name.
const LONGEST_TITLE: usize = 30;

/// The pack that a person puts together.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::app) struct PackAtHand {
    pub(super) title: String,
    pub(super) author: String,
    pub(super) cover: usize,
    pub(super) stickers: Vec<Packed>,
}

/// A sticker of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Packed {
    /// The sticker.
    pub row: Arc<StickerRow>,
    /// What it is called.
    pub name: String,
    /// As it was typed.
    pub emoji: String,
    /// What it shows, for who does not see it.
    pub alt: String,
}

impl PackAtHand {
    /// A pack of these stickers; what was said about those that were in `before` stays.
    pub(super) fn of(rows: Vec<StickerRow>, before: &Self) -> Self {
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
    pub(super) fn has_wrong_emoji(&self) -> bool {
        only_emoji(&self.emoji).is_none()
    }

    /// With what its name and its prompt suggest.
    pub(super) fn of(row: StickerRow) -> Self {
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

impl PackAtHand {
    /// Changes one sticker of it.
    pub(super) fn with(&mut self, place: usize, change: impl FnOnce(&mut Packed)) {
        if let Some(packed) = self.stickers.get_mut(place) {
            change(packed);
        }
    }

    /// Takes a sticker to another place; the cover stays the same sticker.
    pub(super) fn move_to(&mut self, from: usize, to: usize) -> bool {
        if from >= self.stickers.len() || to >= self.stickers.len() || from == to {
            return false;
        }
        let cover = self.stickers.get(self.cover).map(|packed| packed.row.id);
        let packed = self.stickers.remove(from);
        self.stickers.insert(to, packed);
        self.cover = self.stickers.iter().position(|packed| Some(packed.row.id) == cover).unwrap_or(0);
        true
    }

    /// Takes a sticker out.
    pub(super) fn leave_out(&mut self, place: usize) {
        if place >= self.stickers.len() {
            return;
        }
        self.stickers.remove(place);
        if self.cover > place || self.cover >= self.stickers.len() {
            self.cover = self.cover.saturating_sub(1);
        }
    }

    /// Are these the same stickers in the same order, with other words?
    pub(super) fn differs_in_words_only(&self, other: &Self) -> bool {
        let ids = |pack: &Self| pack.stickers.iter().map(|packed| packed.row.id).collect::<Vec<_>>();
        self.cover == other.cover && ids(self) == ids(other)
    }
}
