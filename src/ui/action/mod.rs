//! Everything a person can ask for.
//!
//! [`Action`] is closed: panels push actions, the window carries them out. What needs nothing but
//! its name is a [`Command`], and the one table in [`command`] gives each its label, tooltip,
//! shortcut and icon; menus, buttons, the keyboard and the help read it there.

pub mod command;
pub mod export;
mod finishing;
mod hosts;
mod jobs;
mod key;
mod key_words;
pub mod keyboard;
mod preference;
mod presets;
mod sweep;

use std::sync::Arc;

use egui::ColorImage;
use serde_json::Value as Json;

use model::parameter::Group;
use model::{Crop, EngineId, JobAction, JobId, Parameter, Ratio, Sort};

pub use command::Command;
pub use export::ExportAction;
pub use finishing::{FinishAction, FinishTool};
pub use hosts::{HostAction, HostForm};
pub use jobs::{Move, job_words};
pub use key::KeyAction;
pub use key_words::COMMAND_KEY;
pub use preference::Preference;
pub use presets::PresetAction;
pub use sweep::{Direction, SweepAction};

/// Names a sticker of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StickerId(pub i64);

/// What a person asks for.
#[derive(Clone, Debug)]
pub enum Action {
    /// A command of the table.
    Run(Command),
    /// A command about the sticker of this card, or about all that are chosen when it is one of them.
    RunOn(StickerId, Command),
    /// Use this link or path, as it was typed into the dialog for one.
    UsePlace(String),
    /// Use this picture from the clipboard as the photo.
    PasteImage(Arc<ColorImage>),
    /// Use this text from the clipboard: a link, a path or settings.
    PasteText(String),
    /// Use this photo in spite of what a check says of it now.
    UsePhotoAnyway,
    /// Look at this one of several photos.
    ShowPhoto(usize),
    /// Take this one of several photos away.
    RemovePhoto(usize),
    /// Send this part of the photo, in its pixels.
    SetCrop(Crop),
    /// Keep this proportion of the crop.
    SetRatio(Ratio),
    /// Fill what lies beyond the photo's edges with this colour, sRGB.
    SetPadding([u8; 3]),
    /// Turn the photo by so many quarter turns clockwise.
    TurnPhoto(u8),
    /// Leave the crop mode, with the crop as it is now or as it was before.
    EndCrop {
        /// As it is now?
        keep: bool,
    },
    /// Draw this face of the photo; counted from the biggest, 0.
    ChooseFace(usize),
    /// Set one setting; `null` is its default.
    SetParameter(Parameter, Json),
    /// Set width and height at once, in pixels; one step of undo.
    SetSize(u32, u32),
    /// Set one setting back to its default.
    ResetParameter(Parameter),
    /// Set these settings back to what the last run had; one step of undo.
    Revert(Vec<Parameter>),
    /// Draw in the style's own colours again.
    ForgetPalette,
    /// Set a group of settings back to their defaults; one step of undo.
    ResetGroup(Group),
    /// Keep the seed, or draw a new one for each sticker.
    SetSeedLocked(bool),
    /// Something about how the sticker in the viewer is finished.
    Finish(FinishAction),
    /// Something about the sweep.
    Sweep(SweepAction),
    /// Something about the export.
    Export(ExportAction),
    /// Make this many stickers at once, 1 to 8.
    SetCount(u32),
    /// The small pictures of styles and moods are in sight, or no longer: only then are they drawn.
    LooksInSight(bool),
    /// Put this style or mood into the prompt, or take it out; one step of undo.
    ToggleLook(&'static str),
    /// This is the list of expressions now.
    ListExpressions(String),
    /// Put this mood into the list of expressions, or take it out.
    ToggleExpression(&'static str),
    /// Make a sticker of each expression.
    MakeExpressions,
    /// Use the preset with this name.
    UsePreset(String),
    /// Something about the person's own presets.
    Preset(PresetAction),
    /// Send requests to this engine.
    ChooseEngine(EngineId),
    /// Show this sticker in the viewer, and choose no other.
    SelectSticker(StickerId),
    /// Choose this one too, or no longer; the first that was chosen stays in the viewer.
    ToggleSticker(StickerId),
    /// Choose everything from the one in the viewer to this one.
    ExtendTo(StickerId),
    /// Choose these, or these too.
    Choose {
        /// Which ones.
        ids: Vec<StickerId>,
        /// Do those stay chosen that are?
        more: bool,
    },
    /// The pointer drags this one, or all that are chosen when it is one of them, and may let go over another program.
    DragOut(StickerId),
    /// Compare the one in the viewer with this one.
    CompareWith(StickerId),
    /// Call the stickers so that the dialog is about; an empty name takes theirs away.
    Rename(String),
    /// Move what lies in the bin into the system's trash.
    EmptyBin,
    /// Use this one of the photos that were used lately, by its SHA-256.
    UseRecent(String),
    /// Forget this one of them.
    ForgetRecent(String),
    /// Forget all of them.
    ForgetAllRecent,
    /// Star this sticker, or take the star away.
    SetStar(StickerId, bool),
    /// Reject this sticker, or take that back.
    SetReject(StickerId, bool),
    /// Show cut-outs, or the pictures with their background.
    ShowBackgrounds(bool),
    /// Show only stickers that fit these words.
    Search(String),
    /// Show only starred stickers, or all.
    ShowStarredOnly(bool),
    /// Show stickers in this order.
    Sort(Sort),
    /// These places of the gallery are in sight, first and behind the last: load their pictures.
    GalleryShows(usize, usize),
    /// Take one setting from this sticker.
    TakeSetting(StickerId, Parameter),
    /// Take all settings from this sticker.
    TakeSettings(StickerId),
    /// Do this with a job.
    Job(JobId, JobAction),
    /// Set the form to the settings of this job.
    UseJobSettings(JobId),
    /// Do this with each of these jobs.
    Jobs(Vec<JobId>, JobAction),
    /// Put these jobs, which are in the order of the line, elsewhere in it.
    Move(Vec<JobId>, Move),
    /// Show the sticker that a job made, in the viewer.
    ShowResult(JobId),
    /// Show the file that a job made, in the file manager.
    RevealResult(JobId),
    /// Copy this text.
    CopyText(String),
    /// Something about the key of the hosted service.
    Key(KeyAction),
    /// Spend what the open dialog names, above the amount of a month at which the person wants to be asked.
    SpendAnyway,
    /// Go on after what is said once before the first hosted sticker.
    AcceptNotice,
    /// Do not close the window after all.
    StayOpen,
    /// Close the window without the answer that is waited for.
    CloseUnsure,
    /// Copy the whole ledger as a table.
    CopyLedger,
    /// Ask where to save the ledger as a table.
    SaveLedger,
    /// Do something about hosts for photos.
    Host(HostAction),
    /// Open this page in the browser.
    OpenPage(String),
    /// Change a preference.
    SetPreference(Preference),
    /// Open a dialog over the window; there is only ever one.
    Open(Dialog),
    /// Close the open dialog.
    CloseDialog,
    /// Do what a toast offers.
    AnswerToast(u64),
    /// Close a toast.
    CloseToast(u64),
    /// Let a toast stay while somebody is at it.
    HoldToast(u64),
    /// Close the hint about the first sticker, for ever.
    CloseHint,
    /// Follow a way out that a banner or a failed panel offers.
    Take(WayOut),
}

/// A dialog over the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// Enter, test or delete the key of the hosted service.
    Key,
    /// Type a link or a path.
    Place(PlaceFor),
    /// Choose where photos go.
    PhotoHosts,
    /// Set up a host for photos.
    SetUpHost(HostForm),
    /// What lies at hosts.
    Uploads,
    /// A list of expressions.
    Expressions,
    /// Every shortcut.
    Help,
    /// Every command, found by typing.
    Commands,
    /// The settings of the sticker in the viewer beside the form's.
    Peek,
    /// Preferences, and what this program is.
    Settings,
    /// The preferences, where the budget is.
    Budget,
    /// The photos that were used lately.
    RecentPhotos,
    /// Type a name for stickers.
    Rename,
    /// The decision to move what lies in the bin into the system's trash.
    EmptyBin,
    /// What is known about a job that went wrong.
    Job(JobId),
    /// The decision about a job that may have been accepted.
    SubmitAgain(JobId),
    /// What stickers cost.
    Ledger,
    /// The decision to go above the amount of a month at which the person wants to be asked.
    OverBudget,
    /// What is said once before the first hosted sticker.
    HostedNotice,
    /// The window is to be closed, and an answer is waited for.
    Closing,
}

/// What a link or a path is typed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlaceFor {
    /// The photo: a link, or the path of a file.
    Photo,
    /// A palette: the path of a file.
    Palette,
    /// A copy of the sticker in the viewer: the path of a file that is not there yet.
    Copy,
    /// The ledger as a table: the path of a file that is not there yet.
    Ledger,
    /// The grid of a sweep: the same.
    Grid,
    /// The stickers of a sweep, each by itself: the path of a folder.
    Images,
    /// Packs for platforms: the path of a folder.
    Packs,
    /// A pack as a file of its own.
    Pack,
    /// The library: the path of a folder.
    Library,
    /// The file of a custom uploader.
    Uploader,
    /// A file with presets of others.
    PresetsOfOthers,
    /// The person's own presets for others: the path of a file that is not there yet.
    PresetsForOthers,
}

impl PlaceFor {
    /// Is the file written there, rather than read?
    pub const fn is_written(self) -> bool {
        matches!(self, Self::Copy | Self::Ledger | Self::Grid | Self::Images | Self::Pack | Self::PresetsForOthers)
    }
}

/// A way out of trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WayOut {
    /// Make stickers on this computer instead.
    UseThisComputer,
    /// Open the page where a key is made.
    OpenKeyPage,
    /// Open the page where credit is bought.
    OpenCreditPage,
    /// Ask again whether there is credit.
    AskForCredit,
    /// Let what is held from last time go on.
    GoOn,
    /// Drop what is held from last time.
    DiscardHeld,
    /// Enter, test or delete the key.
    EnterKey,
    /// Let what is held for the key go on.
    GoOnWithKey,
    /// Build the gallery's index again from the files.
    RebuildIndex,
    /// Show the library folder.
    ShowFiles,
    /// Choose another library folder.
    ChooseLibrary,
}

impl From<Command> for Action {
    fn from(command: Command) -> Self {
        Self::Run(command)
    }
}
