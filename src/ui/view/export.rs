//! What the export shows: whom the pack is for, its stickers, and what the platform's rules say of it.

use model::Target;

use super::Picture;

/// The export, in place of everything under the top bar.
#[derive(Clone, Debug)]
pub struct ExportView<'a> {
    /// Every platform, in the order of the list.
    pub targets: &'a [TargetView],
    /// The one that is looked at.
    pub target: Target,
    /// What the pack is called.
    pub title: &'a str,
    /// Who made it.
    pub author: &'a str,
    /// What programs call it.
    pub identifier: &'a str,
    /// How many stickers there are and how many are allowed, in a few words.
    pub count: &'a str,
    /// The stickers in their order.
    pub stickers: &'a [PackedView<'a>],
    /// The place of the one that stands for the pack.
    pub cover: usize,
    /// The place of the one that is looked at.
    pub selected: usize,
    /// Does this platform take texts for those who cannot see?
    pub takes_alt: bool,
    /// Each rule with what was measured, those that are broken first.
    pub rules: &'a [RuleView],
    /// Is it being measured?
    pub is_measuring: bool,
    /// Why it could not be written, as a sentence.
    pub problem: Option<&'a str>,
    /// How the sticker that is looked at reads in chats, a line each size; nothing while it is not known.
    pub reads: &'a [ReadsView],
    /// How it is printed and cut.
    pub print: Option<PrintView<'a>>,
    /// Do its files carry texts, and which are on: the label, the settings?
    pub texts: Option<[bool; 2]>,
    /// What to do with the files.
    pub last_metre: [&'a str; 3],
    /// The words on the button.
    pub make: &'a str,
    /// Why it cannot be pressed, in a few words.
    pub blocked: Option<&'a str>,
    /// How much is written, from 0 to 1, while that is under way.
    pub running: Option<f32>,
    /// What was written, the latest first.
    pub written: &'a [WrittenView<'a>],
}

/// One platform of the list.
#[derive(Clone, Copy, Debug)]
pub struct TargetView {
    /// Which one.
    pub target: Target,
    /// Is the pack written for it, besides the one that is looked at?
    pub also: bool,
    /// What is known of the pack there.
    pub lamp: Lamp,
}

/// What is known about rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lamp {
    /// Nothing was measured.
    Dark,
    /// Everything is as it should be.
    Good,
    /// It works, and could be better.
    Advice,
    /// It would be refused.
    Broken,
}

/// A sticker of the pack.
#[derive(Clone, Copy, Debug)]
pub struct PackedView<'a> {
    /// Names it as long as it is in the pack.
    pub id: i64,
    /// Its picture as it is finished.
    pub picture: Picture,
    /// What it is called.
    pub name: &'a str,
    /// What it stands for, as it was typed.
    pub emoji: &'a str,
    /// Is that no emoji?
    pub emoji_refused: bool,
    /// What it shows.
    pub alt: &'a str,
    /// What stands below it.
    pub note: &'a str,
    /// What is known of it.
    pub lamp: Lamp,
}

/// One rule.
#[derive(Clone, Debug)]
pub struct RuleView {
    /// What it is about.
    pub label: &'static str,
    /// What was measured and what is allowed.
    pub words: String,
    /// Who says so.
    pub source: String,
    /// Is it kept?
    pub lamp: Lamp,
    /// The place of the sticker that it is about.
    pub sticker: Option<usize>,
}

/// How a sticker reads at one size.
#[derive(Clone, Debug)]
pub struct ReadsView {
    /// Its edge in pixels.
    pub size: u32,
    /// What was seen.
    pub words: String,
    /// Does it read on every wallpaper?
    pub lamp: Lamp,
}

/// How stickers are printed and cut; lengths are millimetres.
#[derive(Clone, Copy, Debug)]
pub struct PrintView<'a> {
    /// The papers.
    pub papers: &'a [&'a str],
    /// The place of the chosen one.
    pub paper: usize,
    /// The longer edge of a sticker.
    pub size: f32,
    /// How often each is there.
    pub copies: u32,
    /// How far outside its edge it is cut.
    pub offset: f32,
    /// How far the cutter of the proof is off.
    pub shift: f32,
    /// What would come off the sheet then.
    pub proof: Option<Picture>,
    /// How much bare paper would show, in words.
    pub sliver: &'a str,
}

/// Something that was written.
#[derive(Clone, Copy, Debug)]
pub struct WrittenView<'a> {
    /// For whom.
    pub target: Target,
    /// What came of it.
    pub words: &'a str,
    /// Is there something to show?
    pub has_files: bool,
    /// Is it as it should be?
    pub lamp: Lamp,
}
