//! What can be asked of an export.

use model::Target;

/// What is asked of the export.
#[derive(Clone, Debug, PartialEq)]
pub enum ExportAction {
    /// Show what this platform makes of the pack.
    Target(Target),
    /// Write the pack for this platform too, or no longer.
    Also(Target, bool),
    /// The pack is called so.
    Title(String),
    /// This person made it.
    Author(String),
    /// Look at the sticker at this place.
    Select(usize),
    /// The sticker at this place is called so.
    Name(usize, String),
    /// It stands for these emoji.
    Emoji(usize, String),
    /// It shows this.
    Alt(usize, String),
    /// The sticker at the first place goes to the second.
    Move(usize, usize),
    /// The sticker at this place stands for the pack.
    Cover(usize),
    /// It is left out of the pack.
    LeaveOut(usize),
    /// Go back to the gallery to choose more stickers.
    AddMore,
    /// How long the longer edge of a printed sticker is, in millimetres.
    PrintSize(f32),
    /// How often each sticker is printed.
    Copies(u32),
    /// How far outside its edge a sticker is cut, in millimetres.
    CutOffset(f32),
    /// Print on the paper at this place of the list.
    Paper(usize),
    /// How far the cutter of the proof is off to the right, in millimetres.
    Shift(f32),
    /// Make the sticker at this place read better at the size of chats.
    Mend(usize, Mend),
    /// Ask where the files go, and write them.
    Write,
    /// Ask where the pack goes as a file of its own.
    SavePack,
    /// Stop writing.
    Stop,
    /// Show what was written at this place of the list in the file manager.
    Reveal(usize),
}

/// What makes a sticker read better when it is small.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mend {
    /// A thicker outline, and a dark one around it.
    Outline,
    /// Drawn larger within its canvas.
    Larger,
    /// Darks and lights drawn apart.
    Contrast,
}

impl Mend {
    /// All.
    pub const ALL: [Self; 3] = [Self::Outline, Self::Larger, Self::Contrast];

    /// The words on its button.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Outline => "Thicken the outline",
            Self::Larger => "Draw it larger",
            Self::Contrast => "Lift contrast",
        }
    }
}
