//! What each platform allows: one table, each line with its source.
//!
//! Bytes are safe under both readings of "KB": where a platform says 100 KB, 100 000 are kept.

mod allowed;
mod form;
mod table;

pub use allowed::{Allowed, Size, Value, grouped};
pub use form::Form;
pub use table::RULES;

use std::fmt;

use crate::Target;

/// One line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Whose rule it is.
    pub target: Target,
    /// What it speaks of.
    pub about: About,
    /// What is allowed.
    pub allowed: Allowed,
    /// Refused otherwise, or only not as good?
    pub weight: Weight,
    /// Who says so.
    pub source: Source,
}

/// What becomes of a pack that breaks a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// It is refused, or shows up wrong.
    Must,
    /// It is taken, and looks or works less well.
    Advice,
}

/// Where a rule comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The page or file that says it.
    pub name: &'static str,
    /// When it was read, year and month.
    pub read: &'static str,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, read {}", self.name, self.read)
    }
}

/// Which picture of a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A sticker.
    Sticker,
    /// WhatsApp's icon for the tray.
    Tray,
    /// Signal's cover, and that of an archive.
    Cover,
    /// Telegram's thumbnail of a set.
    Thumbnail,
    /// LINE's main picture.
    Main,
    /// LINE's picture for the tab.
    Tab,
}

/// What a rule speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// How many stickers there are.
    Stickers,
    /// The format of a picture.
    Format(Part),
    /// Width and height of a picture, in pixels.
    Pixels(Part),
    /// Size of a picture's file, in bytes.
    Bytes(Part),
    /// How many frames a sticker has.
    Frames,
    /// The chunks of a WebP file.
    Chunks,
    /// Clear pixels around what is drawn, on the side with the fewest.
    Margin,
    /// The highest alpha of the four corners, 0 to 255.
    Corners,
    /// Size in bytes after the platform's own program has written the picture anew.
    WrittenAnew,
    /// How many different sizes the stickers have.
    Sizes,
    /// How many emoji a sticker has.
    Emoji,
    /// The length of a sticker's description for those who cannot see it.
    AltText,
    /// The length of the pack's name.
    Title,
    /// The length of the author's name.
    Author,
    /// The length of the pack's name for programs.
    Identifier,
    /// The letters of the pack's name for programs.
    IdentifierLetters,
    /// The length of a sticker's name.
    Name,
    /// The letters of a sticker's name.
    NameLetters,
    /// The length of the words by which a sticker is found.
    Tags,
    /// How many such words there are.
    Keywords,
    /// WhatsApp's link to Google's shop.
    PlayStoreLink,
    /// WhatsApp's link to Apple's shop.
    AppStoreLink,
    /// WhatsApp's other links.
    Links,
    /// The number that WhatsApp compares to see that a pack has changed.
    DataVersion,
    /// The files of an archive.
    ArchiveFiles,
    /// The size of an archive, in bytes.
    ArchiveBytes,
    /// The size of Matrix' event, in bytes.
    EventBytes,
    /// iMessage's word for the size of its stickers.
    GridSize,
    /// iMessage's tree of folders.
    Tree,
    /// iMessage's icons that are opaque and of their size.
    Icons,
    /// Pixels of a sticker for each inch of paper.
    Dpi,
    /// Pixels of a sheet to a metre of paper, as its file says.
    Density,
    /// The lines along which a sheet is cut.
    CutLines,
    /// The spot colour of the cut lines.
    SpotColour,
    /// Pixels of a flat sheet that are neither clear nor opaque.
    HalfClear,
}

impl About {
    /// What it speaks of, for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Stickers => "Stickers",
            Self::Format(Part::Sticker) => "Format",
            Self::Format(Part::Tray) => "Tray icon's format",
            Self::Format(Part::Cover) => "Cover's format",
            Self::Format(Part::Thumbnail) => "Thumbnail's format",
            Self::Format(Part::Main) => "Main picture's format",
            Self::Format(Part::Tab) => "Tab picture's format",
            Self::Pixels(Part::Sticker) => "Pixels",
            Self::Pixels(Part::Tray) => "Tray icon",
            Self::Pixels(Part::Cover) => "Cover",
            Self::Pixels(Part::Thumbnail) => "Thumbnail",
            Self::Pixels(Part::Main) => "Main picture",
            Self::Pixels(Part::Tab) => "Tab picture",
            Self::Bytes(Part::Sticker) => "Largest file",
            Self::Bytes(Part::Tray) => "Tray icon's file",
            Self::Bytes(Part::Cover) => "Cover's file",
            Self::Bytes(Part::Thumbnail) => "Thumbnail's file",
            Self::Bytes(Part::Main) => "Main picture's file",
            Self::Bytes(Part::Tab) => "Tab picture's file",
            Self::Frames => "Frames",
            Self::Chunks => "Inside the files",
            Self::Margin => "Margin",
            Self::Corners => "Corners",
            Self::WrittenAnew => "Written anew by Signal",
            Self::Sizes => "Different sizes",
            Self::Emoji => "Emoji",
            Self::AltText => "Alt text",
            Self::Title => "Name of the pack",
            Self::Author => "Author",
            Self::Identifier => "Identifier",
            Self::IdentifierLetters => "Letters of the identifier",
            Self::Name => "Names",
            Self::NameLetters => "Letters of the names",
            Self::Tags => "Search words",
            Self::Keywords => "Number of search words",
            Self::PlayStoreLink => "Link to Google's shop",
            Self::AppStoreLink => "Link to Apple's shop",
            Self::Links => "Other links",
            Self::DataVersion => "Version of the pack",
            Self::ArchiveFiles => "Files of the archive",
            Self::ArchiveBytes => "Size of the archive",
            Self::EventBytes => "Size of the event",
            Self::GridSize => "Grid size",
            Self::Tree => "Folders",
            Self::Icons => "Icons",
            Self::Dpi => "Pixels to an inch",
            Self::Density => "Pixels to a metre",
            Self::CutLines => "Cut lines",
            Self::SpotColour => "Spot colour",
            Self::HalfClear => "Half clear pixels",
        }
    }

    /// What its numbers count, after the number; nothing for other values.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Bytes(_) | Self::WrittenAnew | Self::ArchiveBytes | Self::EventBytes => "bytes",
            Self::Margin | Self::Pixels(_) => "px",
            Self::AltText | Self::Title | Self::Author | Self::Identifier | Self::Name | Self::Tags => "letters",
            _ => "",
        }
    }
}

/// The rules of one target, in the table's order.
pub fn rules_of(target: Target) -> impl Iterator<Item = &'static Rule> {
    RULES.iter().filter(move |rule| rule.target == target)
}

/// The rule of this target about this, the binding one before any advice.
pub fn rule(target: Target, about: About) -> Option<&'static Rule> {
    rules_of(target).find(|rule| rule.about == about)
}

/// The most that this target allows of this.
pub fn most(target: Target, about: About) -> Option<u64> {
    rule(target, about)?.allowed.most()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_source_with_a_date() {
        for rule in RULES {
            assert!(!rule.source.name.is_empty(), "{rule:?}");
            let (year, month) = rule.source.read.split_once('-').unwrap();
            assert!(year.len() == 4 && month.len() == 2 && rule.source.read.len() == 7, "{rule:?}");
        }
    }

    #[test]
    fn of_two_rules_about_the_same_the_binding_one_comes_first() {
        for target in Target::ALL {
            for rule in rules_of(target) {
                let same: Vec<_> = rules_of(target).filter(|other| other.about == rule.about).collect();
                assert!(same.len() <= 2, "{target}: {:?}", rule.about);
                if let [first, second] = same[..] {
                    assert_eq!([first.weight, second.weight], [Weight::Must, Weight::Advice], "{rule:?}");
                }
            }
        }
    }

    #[test]
    fn every_target_says_what_a_sticker_is() {
        for target in Target::ALL {
            let is_told = rule(target, About::Format(Part::Sticker)).or_else(|| rule(target, About::Density));
            assert!(is_told.is_some(), "{target}");
        }
    }
}
