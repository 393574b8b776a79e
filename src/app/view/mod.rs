//! Builds the small borrowed views that the panels draw, and draws the window.

mod dialogs;
mod panels;
mod parts;

use egui::Ui;
use jiff::Timestamp;

use crate::app::App;
use crate::app::blocked::Blocked;
use crate::app::gallery::Around as AroundGallery;
use crate::app::jobs::{self, JobCards};
use crate::app::shown::{local_time, with_rows};
use crate::app::state::State;
use crate::app::sweep;
use crate::library::StickerRow;
use crate::model::ledger::LedgerEntry;
use crate::model::{Recipe, Remote};
use crate::ui::view::{Cards, JobRows, ShellView, Uploads};
use crate::ui::widgets::toast::Toast;
use crate::ui::widgets::{Stub, typing};
use dialogs::{DialogTexts, Shown};
use panels::{RecipeTexts, WellTexts};
use parts::DifferenceTexts;

impl App {
    /// Draws one frame and carries out what it asked for.
    pub(in crate::app) fn draw(&mut self, ui: &mut Ui) {
        let mut actions = Vec::new();
        typing::follow(ui.ctx(), self.state.recipe.form.revision());
        self.state.cx.hands.feel(ui.ctx());
        let Self { state, shell, studio, can_drop, .. } = self;
        let now = studio.as_ref().map_or(Timestamp::UNIX_EPOCH, |studio| studio.now());
        let blocked = state.blocked(studio.is_some());

        let well = WellTexts::of(state);
        let photo = well.photo(state);
        let recipe = RecipeTexts::of(state, blocked);

        let of_link = |link: &str| parts::picture_of_link(state, link);
        let job_cards = JobCards::new(&state.jobs, &state.cx, now, &of_link);
        let job_rows: Remote<&dyn JobRows> = with_rows(state.jobs.remote(), &job_cards);
        let banner = jobs::held_banner(&state.jobs);

        let (selected, partner) = (state.selected(), state.gallery.partner());
        let from_form = selected.map(|row| differences(state, &state.recipe.form.recipe, row)).unwrap_or_default();
        let from_form: Vec<_> = from_form.iter().map(DifferenceTexts::view).collect();
        let sticker = parts::sticker(state, selected, &from_form);
        let between = selected.zip(partner).map(|(one, other)| differences(state, &one.info.recipe, other));
        let between: Vec<_> = between.iter().flatten().map(DifferenceTexts::view).collect();
        let other = partner.map(|row| parts::sticker_view(state, row, &between));

        let card_list = state.gallery.cards(&state.cx.pictures);
        let cards: Remote<&dyn Cards> = with_rows(state.gallery.rows(), &card_list);
        let gallery_banner = state.gallery.banner(studio.is_some());
        let around_gallery = around_gallery(state, blocked, *can_drop);

        let toasts: Vec<Toast<'_>> = state.cx.toasts.all().iter().map(parts::toast).collect();
        let dialog = DialogTexts::of(state, studio.as_ref().map(|studio| studio.folders().library()));
        let at = |entry: &LedgerEntry| local_time(&state.cx.zone, entry.line.at);
        let upload_list = state.hosts.upload_list(now, &state.cx);
        let uploads: Remote<&dyn Uploads> = upload_list.with(upload_list.shown().map(|list| list as _));
        let job = job_cards.of_dialog();
        let shown = Shown { at: &at, job: job.as_ref(), sticker: &sticker, uploads: &uploads, blocked };

        let around = parts::around_sweep(state);
        let sweep_texts = sweep::SweepTexts::of(&state.sweep, around);
        let sweep_cells = sweep::cells(&state.sweep, &sweep_texts, around);
        let kept_sweeps = state.sweep.names();
        let run = sweep::Run { blocked, is_submitting: state.jobs.is_submitting(), is_paused: state.jobs.is_paused() };

        let export_texts = super::export::Texts::of(&state.export);
        let packed = export_texts.packed(&state.export, &state.cx);

        let view = ShellView {
            topbar: panels::topbar(state),
            recipe: recipe.view(state, &photo),
            viewer: panels::viewer(state, &well, &sticker, other.as_ref(), *can_drop),
            gallery: state.gallery.view(&cards, gallery_banner, around_gallery),
            jobs: panels::jobs(state, &job_rows, banner.as_ref()),
            sweep: sweep::sweep_view(&state.sweep, &sweep_texts, &sweep_cells, &kept_sweeps, run, around),
            export: super::export::view(&state.export, &export_texts, &packed, &state.cx),
            dialog: dialog.as_ref().and_then(|dialog| dialog.view(state, &shown)),
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

/// What a sticker's settings differ in from these.
fn differences(state: &State, from: &Recipe, sticker: &StickerRow) -> Vec<DifferenceTexts> {
    parts::differences(state.recipe.form.engine, from, &sticker.info.recipe)
}

/// What stands around the gallery.
fn around_gallery(state: &State, blocked: Option<Blocked>, can_drop: bool) -> AroundGallery<'static> {
    let price = state.recipe.form.engine.price();
    let first = blocked.map_or_else(|| Stub::of(price * state.stickers()), |blocked| Stub::Blocked(blocked.words()));
    AroundGallery {
        first: (!state.is_first_run()).then_some(first),
        first_opens: blocked.and_then(Blocked::way_on).is_some(),
        is_making: state.jobs.open().any(|row| !row.rests()),
        can_drop,
    }
}
