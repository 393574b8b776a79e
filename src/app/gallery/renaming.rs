//! Names for stickers: one, or several that are numbered.

use std::path::Path;

use crate::app::images::file_name;
use crate::library::{StickerRow, numbered_name, tidy_name};
use crate::ui::action::StickerId;
use crate::ui::view::RenameView;

/// The stickers that a name is typed for, in the order of the gallery.
#[derive(Debug, Default)]
pub(super) struct Renaming {
    /// Each with the name it has.
    stickers: Vec<(StickerId, String)>,
    /// What the first is called without a name of its own.
    derived: String,
}

impl Renaming {
    /// These; at least one.
    pub(super) fn of(rows: &[&StickerRow]) -> Self {
        Self {
            stickers: rows.iter().map(|row| (StickerId(row.id), row.name.clone())).collect(),
            derived: rows.first().map(|row| derived_stem_of(row)).unwrap_or_default(),
        }
    }

    /// What the dialog shows.
    pub(super) fn view(&self) -> RenameView<'_> {
        let own = self.stickers.first().map(|(_, name)| name.as_str()).filter(|name| !name.is_empty());
        RenameView { stickers: self.stickers.len(), proposed: own.unwrap_or(&self.derived), derived: &self.derived }
    }

    /// What each was called and is to be called: the first as it was typed, the others with a number after it. Those
    /// that stay as they are are left out.
    pub(super) fn named(self, typed: &str) -> Vec<(StickerId, String, String)> {
        let name = tidy_name(typed);
        // What was proposed and not touched is no name of its own.
        let is_derived = self.stickers.len() == 1 && name == tidy_name(&self.derived);
        let name = if is_derived { String::new() } else { name };
        let of = |place: usize| match (name.is_empty(), place) {
            (true, _) => String::new(),
            (false, 0) => name.clone(),
            (false, _) => numbered_name(&name, place + 1),
        };
        let all = self.stickers.into_iter().enumerate().map(|(place, (id, before))| (id, before, of(place)));
        all.filter(|(_, before, after)| before != after).collect()
    }
}

/// What a copy of a sticker is called, without its ending: its name, else what its photo and its seed tell.
pub(in crate::app) fn stem_of(row: &StickerRow) -> String {
    let named = file_name(&[row.name.as_str()]);
    // A name of dots alone is none on the disk.
    if named.trim().is_empty() { derived_stem_of(row) } else { named }
}

/// What it is called without a name of its own: after its photo and its seed.
fn derived_stem_of(row: &StickerRow) -> String {
    let photo = row.info.photo_name.as_ref().map(Path::new).and_then(Path::file_stem);
    let Some(photo) = photo.filter(|photo| !photo.is_empty()) else {
        return row.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    };
    let seed = row.seed.map(|seed| seed.to_string());
    let words = [Some(photo.to_string_lossy().into_owned()), Some("sticker".to_owned()), seed];
    file_name(&words.into_iter().flatten().collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three() -> Renaming {
        let stickers = [(1, ""), (2, "Cat 2"), (3, "")].map(|(id, name)| (StickerId(id), name.to_owned()));
        Renaming { stickers: stickers.into(), derived: "photo, sticker, 7".to_owned() }
    }

    #[test]
    fn several_are_numbered_and_what_stays_is_left_out() {
        let named = three().named(" Cat ");
        assert_eq!(
            named,
            [(StickerId(1), String::new(), "Cat".to_owned()), (StickerId(3), String::new(), "Cat 3".to_owned())]
        );
        assert_eq!(three().named(""), [(StickerId(2), "Cat 2".to_owned(), String::new())]);
    }

    #[test]
    fn a_number_is_never_cut_off_and_what_was_proposed_is_no_name() {
        let named = three().named(&"x".repeat(200));
        assert!(named[1].2.ends_with(" 2") && named[2].2.ends_with(" 3"), "{named:?}");
        let one = Renaming { stickers: vec![(StickerId(1), String::new())], derived: "photo, sticker, 7".to_owned() };
        assert!(one.named("photo, sticker, 7").is_empty());
    }
}
