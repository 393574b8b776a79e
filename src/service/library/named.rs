//! Names that people give to stickers; their files keep the ones they have.

use super::{Library, LibraryError, StickerRow, marks, names};

/// Characters of a name at most: more fit nowhere on the screen, nor before an ending on the disk.
const LONGEST: usize = 80;

/// A name as it is kept: one line, without blanks at its ends and without what no one can see.
pub fn tidy_name(typed: &str) -> String {
    let seen: String = typed.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let name = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    shortened(&name, LONGEST)
}

/// The same name with a number after it, which is never cut off.
pub fn numbered_name(name: &str, number: usize) -> String {
    let number = format!(" {number}");
    format!("{}{number}", shortened(&tidy_name(name), LONGEST - number.len()))
}

fn shortened(name: &str, longest: usize) -> String {
    let name: String = name.chars().take(longest).collect();
    name.trim_end().to_owned()
}

impl Library {
    /// Gives a sticker a name; an empty one takes it away. It is kept beside the files too, so that a rebuild finds it.
    pub fn set_name(&self, id: i64, name: &str) -> Result<StickerRow, LibraryError> {
        let row = self.get(id)?;
        let name = tidy_name(name);
        marks::append_name(self.folder(), &names::file_name(&row.path), &name)?;
        self.shared.index.set_name(id, &name)?;
        Ok(StickerRow { name, ..row })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_that_fits() {
        assert_eq!(tidy_name("  Aunt\tMay\n\u{0}at the sea "), "Aunt May at the sea");
        assert_eq!(tidy_name(" \n "), "");
        assert_eq!(tidy_name(&"\u{6f2b} ".repeat(90)).chars().count(), 80 - 1, "no blank is left at the end");
        assert!(numbered_name(&"x".repeat(200), 12).ends_with("x 12"));
    }
}
