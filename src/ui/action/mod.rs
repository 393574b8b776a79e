//! Everything a person can ask for.
//!
//! [`Action`] is closed: panels push actions, the window carries them out. What needs nothing but
//! its name is a [`Command`], and the one table in [`command`] gives each its label, tooltip,
//! shortcut and icon; menus, buttons, the keyboard and the help read it there.

pub mod command;
pub mod export;
mod finishing;
mod gallery;
mod hosts;
mod jobs;
mod key;
mod key_words;
pub mod keyboard;
mod photo;
mod preference;
mod presets;
mod recipe;
mod sweep;

use std::sync::Arc;

use egui::{ColorImage, Response};

use model::{EngineId, JobId, Parameter};

pub use command::Command;
pub use export::ExportAction;
pub use finishing::{FinishAction, FinishTool};
pub use gallery::GalleryAction;
pub use hosts::{HostAction, HostForm};
pub use jobs::{JobsAction, Move, job_words};
pub use key::KeyAction;
pub use key_words::COMMAND_KEY;
pub use photo::PhotoAction;
pub use preference::Preference;
pub use presets::PresetAction;
pub use recipe::RecipeAction;
pub use sweep::{Direction, SweepAction};

/// Names a sticker of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StickerId(pub i64);

/// What a person asks for.
#[derive(Clone, Debug)]
pub enum Action {
    /// A command of the table.
    Run(Command),
    /// Use this link or path, as it was typed into the dialog for one.
    UsePlace(String),
    /// Use this picture from the clipboard as the photo.
    PasteImage(Arc<ColorImage>),
    /// Use this text from the clipboard: a link, a path or settings.
    PasteText(String),
    /// Something about the photos.
    Photo(PhotoAction),
    /// Something about the settings.
    Recipe(RecipeAction),
    /// Something about the stickers of the library.
    Gallery(GalleryAction),
    /// Something about jobs.
    Jobs(JobsAction),
    /// Something about how the sticker in the viewer is finished.
    Finish(FinishAction),
    /// Something about the sweep.
    Sweep(SweepAction),
    /// Something about the export.
    Export(ExportAction),
    /// Make a sticker of each expression.
    MakeExpressions,
    /// Something about presets.
    Preset(PresetAction),
    /// Send requests to this engine.
    ChooseEngine(EngineId),
    /// Take one setting from this sticker.
    TakeSetting(StickerId, Parameter),
    /// Take all settings from this sticker.
    TakeSettings(StickerId),
    /// Set the form to the settings of this job.
    UseJobSettings(JobId),
    /// Show the sticker that a job made, in the viewer.
    ShowResult(JobId),
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

/// Each kind of action is an action.
macro_rules! kinds_of_action {
    ($($kind:ident($action:ty)),* $(,)?) => {$(
        impl From<$action> for Action {
            fn from(action: $action) -> Self {
                Self::$kind(action)
            }
        }
    )*};
}

kinds_of_action! {
    Run(Command),
    Photo(PhotoAction),
    Recipe(RecipeAction),
    Gallery(GalleryAction),
    Jobs(JobsAction),
    Finish(FinishAction),
    Sweep(SweepAction),
    Export(ExportAction),
    Preset(PresetAction),
    Key(KeyAction),
    Host(HostAction),
    Open(Dialog),
    Take(WayOut),
}

/// What was clicked asks for something.
pub trait Asks {
    /// Asks for `what` if it was clicked in this frame.
    fn asks(&self, actions: &mut Vec<Action>, what: impl Into<Action>);
}

impl Asks for Response {
    fn asks(&self, actions: &mut Vec<Action>, what: impl Into<Action>) {
        if self.clicked() {
            actions.push(what.into());
        }
    }
}
