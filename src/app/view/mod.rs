//! Builds the small borrowed views that the panels draw, and draws the window.

mod parts;

use egui::Ui;
use jiff::Timestamp;

use crate::app::App;
use crate::app::blocked::Blocked;
use crate::app::gallery::Around as AroundGallery;
use crate::app::hosts::Choices;
use crate::app::jobs::{self, JobCards, JobList, JobMoments};
use crate::app::photo::{self, Remark, SentTexts};
use crate::app::pictures::PictureName;
use crate::app::presets::BUILT_IN;
use crate::app::recipe::Listed;
use crate::app::shown::{local_time, with_rows};
use crate::app::state::State;
use crate::app::sweep;
use crate::model::ledger::LedgerEntry;
use crate::model::{EngineId, Remote};
use crate::ui::action::Dialog;
use crate::ui::view::{
    Cards, DialogView, JobRows, JobView, RecentPhotosView, RecipeView, SettingsView, ShellView, TopBarView, Uploads,
    ViewerView,
};
use crate::ui::widgets::toast::Toast;
use crate::ui::widgets::{Stub, typing};

impl App {
    /// Draws one frame and carries out what it asked for.
    pub(in crate::app) fn draw(&mut self, ui: &mut Ui) {
        let mut actions = Vec::new();
        typing::follow(ui.ctx(), self.state.recipe.form.revision());
        self.state.cx.hands.feel(ui.ctx());
        let Self { state, shell, studio, can_drop, .. } = self;
        let now = studio.as_ref().map_or(Timestamp::UNIX_EPOCH, |studio| studio.now());
        let blocked = state.blocked(studio.is_some());

        let engine = state.recipe.form.engine;
        let price = engine.price();
        let (well, used) = (state.photos.well(), state.photo_use());
        let faces = photo::faces(well);
        let remark = Remark::of(well, used);
        let sent = SentTexts::of(well, used);
        let in_well = photo::photo(well, used, &state.cx, &faces, remark.as_ref(), &sent);
        let blocked_why = blocked
            .and_then(|_| well.forbidding(used).filter(|_| state.photos.several().is_empty()))
            .map(|finding| photo::forbidden(finding).1);
        let opens = blocked.and_then(Blocked::way_on).is_some();
        let blocked_words = blocked.map(Blocked::words);
        let blocked_why = blocked_why.or_else(|| parts::why_over_budget(state));
        let presets = BUILT_IN.map(|preset| preset.view());
        let own_presets = state.presets.view();
        let (preset, preset_edited) = state.presets.in_use(&state.recipe.form.preset, &state.recipe.form.recipe);
        let photo_goes = parts::photo_goes(state);
        let (tabs, left_out) = state.photos.tabs(used, &state.cx);

        let of_link = |link: &str| parts::picture_of_link(state, link);
        let job_cards = JobCards::new(&state.jobs, &state.cx, now, &of_link);
        let jobs: Remote<&dyn JobRows> = with_rows(state.jobs.remote(), &job_cards);
        let banner = jobs::held_banner(&state.jobs);

        let engine = state.recipe.form.engine;
        let differences =
            state.selected().map(|row| parts::differences(engine, &state.recipe.form.recipe, &row.info.recipe));
        let differences: Vec<_> = differences.iter().flatten().map(parts::DifferenceTexts::view).collect();
        let sticker = parts::sticker(state, state.selected(), &differences);
        let partner = state.gallery.partner();
        let between =
            state.selected().zip(partner).map(|(a, b)| parts::differences(engine, &a.info.recipe, &b.info.recipe));
        let between: Vec<_> = between.iter().flatten().map(parts::DifferenceTexts::view).collect();
        let other = partner.map(|row| parts::sticker_view(state, row, &between));

        let card_list = state.gallery.cards(&state.cx.pictures);
        let cards: Remote<&dyn Cards> = with_rows(state.gallery.rows(), &card_list);

        let gallery_banner = state.gallery.banner(studio.is_some());

        let toasts: Vec<Toast<'_>> = state.cx.toasts.all().iter().map(parts::toast).collect();
        let library =
            studio.as_ref().map(|studio| studio.folders().library().display().to_string()).unwrap_or_default();
        let details = JobMoments::of(&state.jobs, &state.cx);
        let choices = Choices::of(&state.hosts);
        let host_goes = state.hosts.goes(&state.cx);
        let at = |entry: &LedgerEntry| local_time(&state.cx.zone, entry.line.at);
        let others = Others { at: &at, library: &library, photos_go: &host_goes };
        let upload_list = state.hosts.upload_list(now, &state.cx);
        let uploads: Remote<&dyn Uploads> = upload_list.with(upload_list.shown().map(|list| list as _));
        let recent = if state.cx.dialog == Some(Dialog::RecentPhotos) {
            state.photos.recent_photos(&state.cx)
        } else {
            Vec::new()
        };
        let [styles, moods] = state.recipe.look_views();
        let expression_looks =
            if state.recipe.expressions.wanted { state.recipe.expression_looks() } else { Vec::new() };
        let listed =
            if state.recipe.expressions.wanted { state.recipe.expressions_listed() } else { Listed::default() };
        let job_of_dialog = job_cards.of_dialog();
        let dialog = match &state.cx.dialog {
            Some(Dialog::PhotoHosts) => Some(DialogView::PhotoHosts(state.hosts.view(
                &choices,
                parts::run(state),
                state.jobs.is_submitting(),
                &state.cx,
            ))),
            Some(Dialog::SetUpHost(form)) => Some(DialogView::SetUpHost(state.hosts.form_view(*form))),
            Some(Dialog::Uploads) => Some(DialogView::Uploads(state.hosts.uploads_view(&uploads))),
            Some(Dialog::RecentPhotos) => {
                let is_on = state.cx.settings.recent_photos;
                Some(DialogView::RecentPhotos(RecentPhotosView { photos: &recent, is_on }))
            }
            Some(Dialog::Rename) => state.gallery.renaming().map(DialogView::Rename),
            Some(Dialog::EmptyBin) => Some(DialogView::EmptyBin(state.gallery.binned())),
            Some(Dialog::Peek) => sticker.shown().map(DialogView::Peek),
            Some(Dialog::Expressions) => Some(DialogView::Expressions(listed.view(
                &state.recipe,
                &expression_looks,
                state.stickers(),
                blocked,
                state.jobs.is_submitting(),
            ))),
            _ => dialog(state, job_of_dialog.as_ref(), &details, &others),
        };

        let first = blocked_words.map_or_else(|| Stub::of(price * state.stickers()), Stub::Blocked);
        let around_gallery = AroundGallery {
            first: (!state.is_first_run()).then_some(first),
            first_opens: opens,
            is_making: state.jobs.open().any(|row| !row.rests()),
            can_drop: *can_drop,
        };
        let around = parts::around_sweep(state);
        let sweep_texts = sweep::SweepTexts::of(&state.sweep, around);
        let sweep_cells = sweep::cells(&state.sweep, &sweep_texts, around);
        let kept_sweeps = state.sweep.names();
        let run = sweep::Run { blocked, is_submitting: state.jobs.is_submitting(), is_paused: state.jobs.is_paused() };

        let export_texts = super::export::Texts::of(&state.export);
        let packed = export_texts.packed(&state.export, &state.cx);

        let view = ShellView {
            topbar: TopBarView {
                engine,
                price,
                spent_today: state.money.spent().today.spent,
                budget: state.money.budget(&state.cx),
                key: state.key.state().clone(),
                can_undo: state.history.can_undo(),
                can_redo: state.history.can_redo(),
                can_export: state.can_export(),
                exports: state.export.open,
                promise: "Free, and your photo stays here",
            },
            recipe: RecipeView {
                recipe: &state.recipe.form.recipe,
                last_run: state.recipe.form.last_run.as_ref(),
                engine,
                photo: &in_well,
                photo_goes: &photo_goes,
                preset,
                preset_edited,
                presets: &presets,
                own_presets: own_presets.as_deref(),
                words_understood: &state.recipe.words().known.0,
                words_ignored: &state.recipe.words().known.1,
                moods_left_out: &state.recipe.draft.left_out,
                palette: &state.recipe.words().palette,
                styles: &styles,
                moods: &moods,
                seed: state.recipe.form.seed,
                recent_seeds: &state.recipe.form.recent_seeds,
                count: state.recipe.form.count,
                stickers: state.of_all_photos(state.recipe.form.count),
                photos: &tabs,
                left_out: &left_out,
                price_each: price,
                blocked: blocked_words,
                opens,
                blocked_why: blocked_why.as_deref(),
                submitting: state.jobs.is_submitting(),
            },
            viewer: ViewerView {
                sticker: &sticker,
                other: other.as_ref(),
                photo: well.loaded.shown().map(|_| state.cx.pictures.get(&PictureName::Photo(well.number))),
                photo_is_sample: well.is_sample,
                draft: state.recipe.draft.picture(),
                can_drop: *can_drop,
                photo_crop: well.crop(used),
                crop: photo::cropping(well, used, &state.cx, &faces, &sent),
                cut_line: state.photos.cut_line(),
                finishing: parts::finishing(state),
                chosen: state.gallery.count_chosen(),
            },
            gallery: state.gallery.view(&cards, gallery_banner, around_gallery),
            jobs: crate::ui::view::JobsView {
                jobs: &jobs,
                paused: state.jobs.is_paused(),
                banner: banner.as_ref().map(jobs::Banner::view),
                spent_today: state.money.spent().today.spent,
                unsure: state.jobs.list().map(JobList::unsure).unwrap_or_default(),
                has_key: state.key.state().has_key(),
                offer_hosted: engine == EngineId::Local && state.jobs.list().is_some_and(JobList::is_empty),
            },
            sweep: sweep::sweep_view(&state.sweep, &sweep_texts, &sweep_cells, &kept_sweeps, run, around),
            export: super::export::view(&state.export, &export_texts, &packed, &state.cx),
            dialog,
            toasts: &toasts,
            first_run: state.is_first_run(),
            dragging_file: ui.input(|input| !input.raw.hovered_files.is_empty()),
        };
        shell.ui(ui, &view, &mut actions);
        let ctx = ui.ctx().clone();
        let job_pictures = job_cards.in_sight();
        self.state.jobs.see(job_pictures, &self.state.cx);
        self.state.gallery.hand(crate::ui::gallery::has_hand(&ctx));
        self.act(&ctx, actions);
    }
}

/// What dialogs need beside the state.
struct Others<'a> {
    /// When a line of the ledger was written, local time.
    at: &'a dyn Fn(&LedgerEntry) -> String,
    library: &'a str,
    photos_go: &'a str,
}

fn dialog<'a>(
    state: &'a State,
    job: Option<&'a JobView<'a>>,
    moments: &'a JobMoments,
    others: &Others<'a>,
) -> Option<DialogView<'a>> {
    match state.cx.dialog.as_ref()? {
        Dialog::Key => Some(DialogView::Key(state.key.view(state.jobs.held(jobs::KEY)))),
        Dialog::Place(what) => Some(DialogView::Place(state.files.view(*what))),
        // These are built where what they borrow is.
        Dialog::PhotoHosts
        | Dialog::SetUpHost(_)
        | Dialog::Uploads
        | Dialog::Peek
        | Dialog::RecentPhotos
        | Dialog::Rename
        | Dialog::EmptyBin
        | Dialog::Expressions => None,
        Dialog::Help => Some(DialogView::Help),
        Dialog::Commands => Some(DialogView::Commands),
        Dialog::Budget => {
            let settings = parts::settings(state, others.library, others.photos_go);
            Some(DialogView::Settings(SettingsView { at_budget: true, ..settings }))
        }
        Dialog::Settings => Some(DialogView::Settings(parts::settings(state, others.library, others.photos_go))),
        Dialog::Job(_) => job.map(|job| DialogView::Job(moments.details(job))),
        Dialog::SubmitAgain(_) => job.map(DialogView::SubmitAgain),
        Dialog::Ledger => Some(DialogView::Ledger(state.money.view(others.at))),
        Dialog::OverBudget => state.jobs.over_budget().map(DialogView::OverBudget),
        Dialog::HostedNotice => Some(DialogView::HostedNotice(parts::notice(state))),
        Dialog::Closing => Some(DialogView::Closing(state.window.closing_view(state.jobs.unanswered(), &state.cx))),
    }
}
