//! Everything the window knows.

use std::collections::HashSet;

use jiff::tz::TimeZone;

use super::asking::Asking;
use super::closing::Closing;
use super::cut_line::CutLine;
use super::draft::DraftState;
use super::export::Exporting;
use super::expressions::Expressions;
use super::finishing::Finishing;
use super::form::Form;
use super::gallery::Gallery;
use super::hands::Hands;
use super::hosts::Hosts;
use super::job_list::JobList;
use super::looks::Looks;
use super::photo::{Photo, Several};
use super::pictures::{PictureName, Pictures};
use super::recent::Recent;
use super::renaming::Renaming;
use super::run::RunUnderWay;
use super::sweep::Sweeping;
use super::toasts::ToastState;
use super::undo::History;
use super::work::OverBudget;
use crate::jobs::{Hold, JobRow, Offer};
use crate::library::metadata::Disclosed;
use crate::library::{Query, SaveOptions, StickerRow};
use crate::model::{EngineId, JobId, KeyState};
use crate::photo::PhotoSource;
use crate::platform::Clock;
use crate::settings::{Presets, Settings};
use crate::studio::{LedgerEntry, Spent};
use crate::ui::action::Dialog;
use crate::ui::view::{KeyCheckView, Remote};

/// The window's state.
pub(super) struct State {
    /// The settings.
    pub form: Form,
    /// The list of expressions.
    pub expressions: Expressions,
    /// How the sticker in the viewer is finished.
    pub finishing: Finishing,
    /// The sweep.
    pub sweep: Sweeping,
    /// The export.
    pub export: Exporting,
    /// The clock at the wall.
    pub zone: TimeZone,
    /// The photo.
    pub photo: Photo,
    /// The photos that were brought together, when there are several.
    pub several: Several,
    /// How many photos there were.
    pub photos: u64,
    /// Photos that the person brought before everything ran.
    pub brought: Vec<PhotoSource>,
    /// Where photos go.
    pub hosts: Hosts,
    /// The person's own presets, once they were read.
    pub presets: Option<Presets>,
    /// Stickers.
    pub gallery: Gallery,
    /// What the person has done since they asked for stickers.
    pub hands: Hands,
    /// What they did, to be taken back.
    pub history: History,
    /// Photos that were used lately.
    pub recent: Recent,
    /// Jobs, newest first.
    pub jobs: Remote<JobList>,
    /// The pictures of the jobs that the panel has in sight.
    pub job_pictures: Vec<PictureName>,
    /// The job whose answer was read, and that answer.
    pub raw_answer: Option<(JobId, Option<String>)>,
    /// What jobs cost.
    pub money: Spent,
    /// Every line of the ledger, newest first; read when it is looked at.
    pub ledger: Remote<Vec<LedgerEntry>>,
    /// Jobs with which something was asked that is not durable yet.
    pub asked: HashSet<JobId>,
    /// What the person decides about, above the amount of a month at which to ask.
    pub over_budget: Option<OverBudget>,
    /// When something was pressed that may cost money, in seconds of the window's clock.
    pub spent_click_at: f64,
    /// Was a key entered that is not kept yet?
    pub key_was_entered: bool,
    /// Do the jobs that are held for the key go on once the service knows it?
    pub goes_on_when_known: bool,
    /// Is the window about to close?
    pub closing: Option<Closing>,
    /// What was under way since nothing was, for the title.
    pub run: RunUnderWay,
    /// The window's title.
    pub title: String,
    /// Is the line paused?
    pub paused: bool,
    /// Where the photo will be cut.
    pub cut_line: CutLine,
    /// The live draft.
    pub draft: DraftState,
    /// Styles and moods as small pictures.
    pub looks: Looks,
    /// Pictures on the graphics card.
    pub pictures: Pictures,
    /// Where the key is.
    pub key: KeyState,
    /// What the service says of the key.
    pub key_check: Remote<KeyCheckView>,
    /// The open dialog; there is only ever one.
    pub dialog: Option<Dialog>,
    /// The file dialog that is open, and what is typed in place of one.
    pub asking: Asking,
    /// The stickers that a name is typed for.
    pub renaming: Option<Renaming>,
    /// Toasts, oldest first.
    pub toasts: Vec<ToastState>,
    /// Preferences as they are kept.
    pub settings: Settings,
    /// Is a click being made durable?
    pub submitting: bool,
    /// Names the click that is possible now; a new one is made when the button is ready again.
    pub click: String,
    /// Why nothing runs, when the studio could not be opened.
    pub broken: Option<String>,
    /// Words of the prompt that the built-in engine understands, and those it leaves aside.
    pub words: (Vec<String>, Vec<String>),
    /// The colours of the palette in the prompt, sRGB.
    pub palette: Vec<[u8; 3]>,
    /// What `words` and `palette` are about: prompt, negative prompt and engine.
    pub words_of: Option<(String, String, EngineId)>,
    /// Did the person close the hint about the first sticker?
    pub hint_closed: bool,
    /// Number of the next toast.
    pub next_toast: u64,
}

impl State {
    /// An empty window with this seed and click.
    pub(super) fn new(seed: u32, click: String) -> Self {
        Self {
            form: Form::new(seed),
            // The sample is read as soon as everything runs.
            photo: Photo { loaded: Remote::Loading { previous: None }, ..Photo::default() },
            expressions: Expressions::default(),
            finishing: Finishing::default(),
            sweep: Sweeping::default(),
            export: Exporting::default(),
            zone: TimeZone::UTC,
            several: Several::default(),
            photos: 0,
            brought: Vec::new(),
            hosts: Hosts::default(),
            presets: None,
            gallery: Gallery::waiting(),
            hands: Hands::default(),
            history: History::default(),
            recent: Recent::default(),
            renaming: None,
            jobs: Remote::Loading { previous: None },
            job_pictures: Vec::new(),
            raw_answer: None,
            money: Spent::default(),
            ledger: Remote::NotAsked,
            asked: HashSet::new(),
            over_budget: None,
            spent_click_at: f64::NEG_INFINITY,
            key_was_entered: false,
            goes_on_when_known: false,
            closing: None,
            run: RunUnderWay::default(),
            title: "Sticker Booth".to_owned(),
            paused: false,
            cut_line: CutLine::default(),
            draft: DraftState::default(),
            looks: Looks::default(),
            pictures: Pictures::default(),
            key: KeyState::Waiting,
            key_check: Remote::NotAsked,
            dialog: None,
            asking: Asking::default(),
            toasts: Vec::new(),
            settings: Settings::default(),
            submitting: false,
            click,
            broken: None,
            words: (Vec::new(), Vec::new()),
            palette: Vec::new(),
            words_of: None,
            hint_closed: false,
            next_toast: 0,
        }
    }

    /// How copies are saved.
    pub(super) fn save_options(&self) -> SaveOptions {
        let disclosed = Disclosed { settings: self.settings.settings_in_exports, label: self.settings.label_exports };
        SaveOptions { disclosed, ..SaveOptions::default() }
    }

    /// What the gallery asks the library for.
    pub(super) fn query(&self) -> Query {
        self.gallery.query(Clock::real().now(), &self.zone)
    }

    /// Has no sticker been made yet?
    pub(super) fn is_first_run(&self) -> bool {
        let no_jobs = self.jobs.shown().is_some_and(JobList::is_empty);
        !self.hint_closed && no_jobs && self.gallery.rows.shown().is_some() && self.gallery.total == 0
    }

    /// How many stickers the next click makes, or the list of expressions while it is about that.
    pub(super) fn stickers(&self) -> u32 {
        self.of_all_photos(self.stickers_of_each())
    }

    /// How many stickers these are when so many are made of each photo.
    pub(super) fn of_all_photos(&self, of_each: u32) -> u32 {
        of_each.saturating_mul(u32::try_from(self.photos_to_make()).unwrap_or(u32::MAX))
    }

    /// Would the next click go above the amount of a month at which to stop?
    pub(super) fn is_over_budget(&self) -> bool {
        let price = self.form.engine.price() * self.stickers();
        let limit = self.settings.budget.refuse_above;
        !price.is_zero() && limit.is_some_and(|limit| self.money.month.committed() + price > limit)
    }

    /// Is this a second click, right after one that may cost money? The same place may be another button by now.
    pub(super) fn spends_again(&mut self, now: f64) -> bool {
        let again = now - self.spent_click_at < super::jobs::DOUBLE_CLICK;
        if !again {
            self.spent_click_at = now;
        }
        again
    }

    /// All jobs there are.
    pub(super) fn rows(&self) -> impl Iterator<Item = &JobRow> {
        self.jobs.shown().into_iter().flat_map(JobList::rows)
    }

    /// The jobs that are not over.
    pub(super) fn open_rows(&self) -> impl Iterator<Item = &JobRow> {
        self.jobs.shown().into_iter().flat_map(JobList::open)
    }

    /// Jobs that are held for one of these reasons and with which this can be done.
    pub(super) fn held_for(&self, why: &[Hold], offer: Offer) -> Vec<JobId> {
        let fits = |row: &&JobRow| row.held.is_some_and(|hold| why.contains(&hold)) && row.can(offer);
        self.open_rows().filter(fits).map(|row| row.id.clone()).collect()
    }

    /// The sticker in the viewer.
    pub(super) fn selected(&self) -> Option<&StickerRow> {
        self.gallery.selected_row()
    }

    /// A job, while its row is there.
    pub(super) fn job(&self, id: &JobId) -> Option<&JobRow> {
        self.jobs.shown()?.get(id)
    }

    /// The job that made a sticker, while its row is there.
    pub(super) fn job_of(&self, sticker: &StickerRow) -> Option<&JobRow> {
        self.job(&JobId(sticker.job_id.clone()?))
    }
}
