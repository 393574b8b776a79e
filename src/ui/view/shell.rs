//! What the whole window shows.

use crate::widgets::toast::Toast;

use super::{
    ClosingView, ExportView, ExpressionsView, GalleryView, HostFormView, HostsView, JobDetailsView, JobsView,
    KeyDialogView, LedgerView, NoticeView, OverBudgetView, PlaceView, RecentPhotosView, RecipeView, RenameView,
    SettingsView, StickerView, SweepView, TopBarView, UploadsView, ViewerView,
};

/// The window.
#[derive(Clone)]
pub struct ShellView<'a> {
    /// The top bar.
    pub topbar: TopBarView<'a>,
    /// The recipe.
    pub recipe: RecipeView<'a>,
    /// The viewer.
    pub viewer: ViewerView<'a>,
    /// The gallery.
    pub gallery: GalleryView<'a>,
    /// The jobs.
    pub jobs: JobsView<'a>,
    /// The sweep, when it takes the place of all of these.
    pub sweep: Option<SweepView<'a>>,
    /// The export, when that does.
    pub export: Option<ExportView<'a>>,
    /// The open dialog; there is only ever one.
    pub dialog: Option<DialogView<'a>>,
    /// Toasts, oldest first.
    pub toasts: &'a [Toast<'a>],
    /// Show the hint about the first sticker?
    pub first_run: bool,
    /// Is a file held over the window?
    pub dragging_file: bool,
}

/// The open dialog.
#[derive(Clone)]
pub enum DialogView<'a> {
    /// Key.
    Key(KeyDialogView<'a>),
    /// A link or a path.
    Place(PlaceView<'a>),
    /// Where photos go.
    PhotoHosts(HostsView<'a>),
    /// A host that is being set up.
    SetUpHost(HostFormView<'a>),
    /// What lies at hosts.
    Uploads(UploadsView<'a>),
    /// A list of expressions.
    Expressions(ExpressionsView<'a>),
    /// Shortcuts.
    Help,
    /// Commands.
    Commands,
    /// The settings of this sticker beside the form's.
    Peek(&'a StickerView<'a>),
    /// Preferences.
    Settings(SettingsView<'a>),
    /// The photos that were used lately.
    RecentPhotos(RecentPhotosView<'a>),
    /// A name for stickers.
    Rename(RenameView<'a>),
    /// The decision to move what lies in the bin into the system's trash: how many stickers that are.
    EmptyBin(usize),
    /// A job in trouble.
    Job(JobDetailsView<'a>),
    /// The decision about a job that may have been accepted.
    SubmitAgain(&'a super::JobView<'a>),
    /// What stickers cost.
    Ledger(LedgerView<'a>),
    /// The decision to go above the amount of a month at which the person wants to be asked.
    OverBudget(OverBudgetView),
    /// What is said once before the first hosted sticker.
    HostedNotice(NoticeView),
    /// What the window waits for before it closes.
    Closing(ClosingView),
}
