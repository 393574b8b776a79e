//! Builds the small borrowed views that the panels draw, and draws the window.

use egui::Ui;
use jiff::Timestamp;

use super::App;
use super::blocked::Blocked;
use super::expressions::Listed;
use super::hosts::{self, Choices, UploadList};
use super::job_list::JobList;
use super::photo::{self, Remark, SentTexts};
use super::pictures::PictureName;
use super::presets::BUILT_IN;
use super::state::State;
use super::sweep;
use super::views;
use crate::model::EngineId;
use crate::ui::action::Dialog;
use crate::ui::view::{
    Cards, DialogView, GalleryView, JobRows, JobView, KeyDialogView, RecentPhotosView, RecipeView, Remote,
    SettingsView, ShellView, TopBarView, Uploads, UploadsView, ViewerView,
};
use crate::ui::widgets::toast::Toast;
use crate::ui::widgets::{Stub, typing};

impl App {
    /// Draws one frame and carries out what it asked for.
    pub(super) fn draw(&mut self, ui: &mut Ui) {
        let mut actions = Vec::new();
        typing::follow(ui.ctx(), self.state.form.revision());
        self.state.hands.feel(ui.ctx());
        let Self { state, shell, studio, can_drop, .. } = self;
        let now = studio.as_ref().map_or(Timestamp::UNIX_EPOCH, |studio| studio.now());
        let blocked = state.blocked(studio.is_some());

        let engine = state.form.engine;
        let price = engine.price();
        let faces = photo::faces(state);
        let remark = Remark::of(state);
        let sent = SentTexts::of(state);
        let well = photo::photo(state, &faces, remark.as_ref(), &sent);
        let blocked_why = blocked
            .and_then(|_| state.forbidding().filter(|_| state.several.is_empty()))
            .map(|finding| photo::forbidden(finding).1);
        let opens = blocked.and_then(Blocked::way_on).is_some();
        let blocked_words = blocked.map(Blocked::words);
        let blocked_why = blocked_why.or_else(|| views::why_over_budget(state));
        let presets = BUILT_IN.map(|preset| preset.view());
        let own_presets = state.own_presets();
        let (preset, preset_edited) = state.preset_in_use();
        let photo_goes = hosts::goes(state);
        let (tabs, left_out) = state.photo_tabs();

        let job_cards = views::JobCards::new(state, now);
        let jobs: Remote<&dyn JobRows> = views::with_rows(&state.jobs, &job_cards);
        let banner = views::held_banner(state);

        let engine = state.form.engine;
        let differences = state.selected().map(|row| views::differences(engine, &state.form.recipe, &row.info.recipe));
        let differences: Vec<_> = differences.iter().flatten().map(views::DifferenceTexts::view).collect();
        let sticker = views::sticker(state, state.selected(), &differences);
        let partner = state.gallery.selection.second().and_then(|id| state.gallery.row(id));
        let between =
            state.selected().zip(partner).map(|(a, b)| views::differences(engine, &a.info.recipe, &b.info.recipe));
        let between: Vec<_> = between.iter().flatten().map(views::DifferenceTexts::view).collect();
        let other = partner.map(|row| views::sticker_view(state, row, &between));

        let card_list = state.gallery.cards(&state.pictures);
        let cards: Remote<&dyn Cards> = views::with_rows(&state.gallery.rows, &card_list);

        let gallery_banner = state.gallery.banner(studio.is_some());

        let toasts: Vec<Toast<'_>> = state.toasts.iter().map(views::toast).collect();
        let library =
            studio.as_ref().map(|studio| studio.folders().library().display().to_string()).unwrap_or_default();
        let details = views::JobMoments::of(state);
        let choices = Choices::of(state);
        let host_goes = hosts::by_host(state);
        let lines = state.ledger.shown().map(|entries| views::Lines { entries, zone: &state.zone });
        let others = Others {
            lines: lines.as_ref(),
            library: &library,
            photos_go: &host_goes,
            now: ui.input(|input| input.time),
        };
        let upload_list = UploadList::of(state, now);
        let uploads: Remote<&dyn Uploads> = views::with_rows(&state.hosts.uploads, &upload_list);
        let recent = if state.dialog == Some(Dialog::RecentPhotos) { state.recent_photos() } else { Vec::new() };
        let [styles, moods] = state.look_views();
        let expression_looks = if state.expressions.wanted { state.expression_looks() } else { Vec::new() };
        let listed = if state.expressions.wanted { state.expressions_listed() } else { Listed::default() };
        let job_of_dialog = job_cards.of_dialog();
        let dialog = match &state.dialog {
            Some(Dialog::PhotoHosts) => Some(DialogView::PhotoHosts(hosts::view(state, &choices))),
            Some(Dialog::SetUpHost(form)) => Some(DialogView::SetUpHost(hosts::form(state, *form))),
            Some(Dialog::Uploads) => {
                Some(DialogView::Uploads(UploadsView { uploads: &uploads, error: state.hosts.error.as_deref() }))
            }
            Some(Dialog::RecentPhotos) => {
                let is_on = state.settings.recent_photos;
                Some(DialogView::RecentPhotos(RecentPhotosView { photos: &recent, is_on }))
            }
            Some(Dialog::Rename) => state.renaming.as_ref().map(|renaming| DialogView::Rename(renaming.view())),
            Some(Dialog::EmptyBin) => Some(DialogView::EmptyBin(state.gallery.binned)),
            Some(Dialog::Peek) => sticker.shown().map(DialogView::Peek),
            Some(Dialog::Expressions) => Some(DialogView::Expressions(listed.view(state, &expression_looks, blocked))),
            _ => dialog(state, job_of_dialog.as_ref(), &details, &others),
        };

        let sweep_texts = sweep::SweepTexts::of(state);
        let sweep_cells = sweep::cells(state, &sweep_texts);
        let kept_sweeps: Vec<&str> = state.sweep.kept.all().iter().map(|kept| kept.name.as_str()).collect();

        let export_texts = super::export::Texts::of(state);
        let packed = export_texts.packed(state);

        let view = ShellView {
            topbar: TopBarView {
                engine,
                price,
                spent_today: state.money.today.spent,
                budget: views::budget(state),
                key: state.key.clone(),
                can_undo: state.history.can_undo(),
                can_redo: state.history.can_redo(),
                can_export: state.can_export(),
                exports: state.export.open,
                promise: "Free, and your photo stays here",
            },
            recipe: RecipeView {
                recipe: &state.form.recipe,
                last_run: state.form.last_run.as_ref(),
                engine,
                photo: &well,
                photo_goes: &photo_goes,
                preset,
                preset_edited,
                presets: &presets,
                own_presets: own_presets.as_deref(),
                words_understood: &state.words.0,
                words_ignored: &state.words.1,
                moods_left_out: &state.draft.left_out,
                palette: &state.palette,
                styles: &styles,
                moods: &moods,
                seed: state.form.seed,
                recent_seeds: &state.form.recent_seeds,
                count: state.form.count,
                stickers: state.of_all_photos(state.form.count),
                photos: &tabs,
                left_out: &left_out,
                price_each: price,
                blocked: blocked_words,
                opens,
                blocked_why: blocked_why.as_deref(),
                submitting: state.submitting,
            },
            viewer: ViewerView {
                sticker: &sticker,
                other: other.as_ref(),
                photo: state.photo.loaded.shown().map(|_| state.pictures.get(&PictureName::Photo(state.photo.number))),
                photo_is_sample: state.photo.is_sample,
                draft: state.draft.picture(),
                can_drop: *can_drop,
                photo_crop: state.crop(),
                crop: photo::cropping(state, &faces, &sent),
                cut_line: state.cut_line.of_photo(state.photo.number),
                finishing: super::finishing::view(state),
                chosen: state.gallery.selection.len(),
            },
            gallery: GalleryView {
                cards: &cards,
                total: state.gallery.total,
                new_above: state.gallery.new_above(),
                search: &state.gallery.search,
                starred_only: state.gallery.starred_only,
                without_star: state.gallery.without_star,
                sort: state.gallery.sort,
                backgrounds: state.gallery.backgrounds,
                selected: state.gallery.selected(),
                partner: state.gallery.selection.second(),
                chosen: state.gallery.selection.len(),
                in_bin: state.gallery.in_bin,
                binned: state.gallery.binned,
                first: (!state.is_first_run())
                    .then_some(blocked_words.map_or_else(|| Stub::of(price * state.stickers()), Stub::Blocked)),
                first_opens: opens,
                is_making: state.open_rows().any(|row| !row.rests()),
                can_drop: *can_drop,
                banner: gallery_banner,
            },
            jobs: crate::ui::view::JobsView {
                jobs: &jobs,
                paused: state.paused,
                banner: banner.as_ref().map(views::Banner::view),
                spent_today: state.money.today.spent,
                unsure: state.jobs.shown().map(JobList::unsure).unwrap_or_default(),
                has_key: state.key.has_key(),
                offer_hosted: engine == EngineId::Local && state.jobs.shown().is_some_and(JobList::is_empty),
            },
            sweep: sweep::sweep_view(state, &sweep_texts, &sweep_cells, &kept_sweeps, blocked),
            export: super::export::view(state, &export_texts, &packed),
            dialog,
            toasts: &toasts,
            first_run: state.is_first_run(),
            dragging_file: ui.input(|input| !input.raw.hovered_files.is_empty()),
        };
        shell.ui(ui, &view, &mut actions);
        let ctx = ui.ctx().clone();
        let job_pictures = job_cards.in_sight();
        if job_pictures != self.state.job_pictures {
            self.state.job_pictures = job_pictures;
            ctx.request_repaint();
        }
        self.state.gallery.hand(crate::ui::gallery::has_hand(&ctx));
        self.act(&ctx, actions);
    }
}

/// What dialogs need beside the state.
struct Others<'a> {
    lines: Option<&'a views::Lines<'a>>,
    library: &'a str,
    photos_go: &'a str,
    /// Seconds of the window's clock.
    now: f64,
}

fn dialog<'a>(
    state: &'a State,
    job: Option<&'a JobView<'a>>,
    moments: &'a views::JobMoments,
    others: &Others<'a>,
) -> Option<DialogView<'a>> {
    match state.dialog.as_ref()? {
        Dialog::Key => {
            let held = views::held_for_key(state);
            Some(DialogView::Key(KeyDialogView { status: &state.key, check: &state.key_check, held }))
        }
        Dialog::Place(what) => Some(DialogView::Place(state.asking.view(*what))),
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
            let settings = views::settings(state, others.library, others.photos_go);
            Some(DialogView::Settings(SettingsView { at_budget: true, ..settings }))
        }
        Dialog::Settings => Some(DialogView::Settings(views::settings(state, others.library, others.photos_go))),
        Dialog::Job(_) => job.map(|job| DialogView::Job(moments.details(job))),
        Dialog::SubmitAgain(_) => job.map(DialogView::SubmitAgain),
        Dialog::Ledger => Some(DialogView::Ledger(views::ledger(state, others.lines))),
        Dialog::OverBudget => state.over_budget.as_ref().map(|asked| DialogView::OverBudget(views::over_budget(asked))),
        Dialog::HostedNotice => Some(DialogView::HostedNotice(views::notice(state))),
        Dialog::Closing => Some(DialogView::Closing(super::closing::view(state, others.now))),
    }
}
