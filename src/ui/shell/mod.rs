//! The window: its regions, what floats over them, and the commands that are only about looking.

mod floating;
mod regions;
mod remembered;
mod splitter;

use egui::{Context, Rect, Ui};

use self::splitter::{Axis, Moved};
use super::action::{Action, Command, GalleryAction, SweepAction, keyboard};
use super::dialogs::Dialogs;
use super::enabled::{is_enabled, is_out_of_sight};
use super::export;
use super::gallery::GalleryPanel;
use super::jobs::{self, JobsPanel};
use super::recipe::RecipePanel;
use super::sweep::SweepPanel;
use super::theme;
use super::topbar;
use super::view::{ExportView, ShellView, SweepView};
use super::viewer::{Showing, ViewerPanel};
use super::widgets::{self, typing};

pub use regions::{Arrangement, LOW, NARROW, Regions, TIGHT, Unfolded, lay_out};
pub use remembered::Remembered;

/// The window's panels, and what each remembers about itself.
#[derive(Clone, Debug, Default)]
pub struct Shell {
    /// What a person has arranged.
    pub arrangement: Arrangement,
    /// The viewer.
    pub viewer: ViewerPanel,
    recipe: RecipePanel,
    gallery: GalleryPanel,
    jobs: JobsPanel,
    sweep: SweepPanel,
    dialogs: Dialogs,
    /// Do the folded jobs lie open over the viewer?
    jobs_over: bool,
    /// Was the window arranged as it was last time, so that nothing has to move there?
    recalled: bool,
    /// What is made as soon as the number that is being typed is taken.
    held: Vec<Action>,
}

impl Shell {
    /// Draws the window over the whole of `ui`, and pushes what was asked.
    ///
    /// Commands that are only about looking, such as zooming or folding a panel, are carried out here.
    pub fn ui(&mut self, ui: &mut Ui, view: &ShellView<'_>, actions: &mut Vec<Action>) {
        let mut asked = Vec::new();
        if view.dialog.is_none() {
            keyboard::read(ui.ctx(), |command| !is_out_of_sight(command, view), &mut asked);
        }
        let window = ui.max_rect();
        ui.painter().rect_filled(window, 0.0, theme::of(ui).bg_app);
        let unfolded = self.unfolded(ui.ctx(), window.width());
        let regions = regions::lay_out_moving(window, &self.arrangement, unfolded);
        let has_mode = view.sweep.is_some() || view.export.is_some();
        if let Some(export) = &view.export {
            self.export(ui, &regions, view, export, &mut asked);
        } else if let Some(sweep) = &view.sweep {
            self.sweep(ui, &regions, view, sweep, &mut asked);
        } else {
            self.panels(ui, &regions, view, &mut asked);
            self.splitters(ui, &regions);
        }
        if regions.summary.is_none() || has_mode {
            self.jobs_over = false;
        }
        if self.jobs_over {
            floating::jobs(ui, regions.jobs_over, &mut self.jobs, &view.jobs, &mut asked);
        }
        // Above the info bar.
        let over = regions.viewer.map(|viewer| viewer.with_max_y(viewer.bottom() - theme::size::HEADER));
        let over = over.or(regions.gallery).unwrap_or(regions.jobs_over);
        floating::toasts(ui, over, view.toasts, &mut asked);
        if view.first_run && view.dialog.is_none() && !has_mode && !view.dragging_file {
            floating::first_run(ui, regions.recipe, window, &view.recipe, &mut asked);
        }
        if view.dragging_file {
            floating::drop_here(ui, window);
        }
        let is_enabled = |command| is_enabled(command, view);
        self.dialogs.ui(ui.ctx(), view.dialog.as_ref(), is_enabled, &mut asked);
        for action in self.with_typed_numbers(ui.ctx(), asked) {
            if !self.run(&action, view, &regions, actions) {
                actions.push(action);
            }
        }
        if actions.iter().any(|action| matches!(action, Action::Gallery(GalleryAction::CompareWith(_)))) {
            self.viewer.showing = Showing::Pair;
        }
    }

    /// What makes something waits until the number that is being typed is taken, and does nothing while it is none.
    fn with_typed_numbers(&mut self, ctx: &Context, asked: Vec<Action>) -> Vec<Action> {
        let (makes, mut asked): (Vec<Action>, Vec<Action>) = asked.into_iter().partition(makes_of_the_form);
        asked.append(&mut self.held);
        if let Some(field) = typing::unsettled(ctx).filter(|_| !makes.is_empty()) {
            ctx.memory_mut(|memory| memory.surrender_focus(field));
            ctx.request_repaint();
            self.held = makes;
        } else if typing::refused(ctx).is_none() {
            asked.extend(makes);
        }
        asked
    }

    /// How far each region is unfolded in this frame.
    fn unfolded(&mut self, ctx: &Context, width: f32) -> Unfolded {
        let rest = Unfolded::at_rest(width, &self.arrangement);
        let recalled = std::mem::take(&mut self.recalled);
        let seconds = if recalled { 0.0 } else { theme::Motion::Panel.seconds(ctx) };
        let moving = |name: &str, share: f32| {
            let id = egui::Id::unique(("unfolded", name));
            ctx.animate_bool_with_time_and_easing(id, share > 0.5, seconds, egui::emath::easing::cubic_out)
        };
        Unfolded {
            recipe: moving("recipe", rest.recipe),
            jobs: moving("jobs", rest.jobs),
            gallery: moving("gallery", rest.gallery),
        }
    }

    /// The top bar; gives how wide the recipe is, which it is aligned with.
    fn top_bar(&self, ui: &mut Ui, regions: &Regions, view: &ShellView<'_>, actions: &mut Vec<Action>) -> f32 {
        let recipe_width = regions::recipe_width(ui.max_rect().width(), &self.arrangement);
        widgets::inside_clipped(ui, regions.topbar, "topbar", |ui| {
            topbar::ui(ui, recipe_width, &view.topbar, actions);
        });
        recipe_width
    }

    /// The sweep under the top bar.
    fn sweep(
        &mut self,
        ui: &mut Ui,
        regions: &Regions,
        view: &ShellView<'_>,
        sweep: &SweepView<'_>,
        actions: &mut Vec<Action>,
    ) {
        let plan_width = self.top_bar(ui, regions, view, actions);
        let rest = ui.max_rect().with_min_y(regions.topbar.bottom());
        widgets::inside_clipped(ui, rest, "sweep", |ui| {
            self.sweep.ui(ui, rest, plan_width, sweep, view.dialog.is_none(), actions);
        });
    }

    /// The export under the top bar.
    fn export(
        &self,
        ui: &mut Ui,
        regions: &Regions,
        view: &ShellView<'_>,
        export: &ExportView<'_>,
        actions: &mut Vec<Action>,
    ) {
        self.top_bar(ui, regions, view, actions);
        let rest = ui.max_rect().with_min_y(regions.topbar.bottom());
        widgets::inside_clipped(ui, rest, "export", |ui| {
            export::ui(ui, rest, export, view.dialog.is_none(), actions);
        });
    }

    fn panels(&mut self, ui: &mut Ui, regions: &Regions, view: &ShellView<'_>, actions: &mut Vec<Action>) {
        self.top_bar(ui, regions, view, actions);
        if let Some(rect) = regions.recipe {
            widgets::inside_clipped(ui, rect, "recipe", |ui| {
                self.recipe.ui(ui, &view.recipe, actions);
                widgets::hairline_right(ui, rect);
            });
        }
        if let Some(rect) = regions.viewer {
            widgets::inside_clipped(ui, rect, "viewer", |ui| self.viewer.ui(ui, &view.viewer, actions));
        }
        if let Some(rect) = regions.gallery {
            widgets::inside_clipped(ui, rect, "gallery", |ui| self.gallery.ui(ui, &view.gallery, actions));
        }
        if let Some(rect) = regions.jobs {
            widgets::inside_clipped(ui, rect, "jobs", |ui| self.jobs.ui(ui, &view.jobs, actions));
            let line = Rect::from_x_y_ranges(rect.left()..=rect.left(), rect.y_range());
            widgets::hairline_right(ui, line);
        }
        if let Some(rect) = regions.summary {
            widgets::inside_clipped(ui, rect, "summary", |ui| {
                jobs::summary_ui(ui, self.jobs_over, &view.jobs, actions);
            });
        }
    }

    fn splitters(&mut self, ui: &Ui, regions: &Regions) {
        let arrangement = &mut self.arrangement;
        if let (Some(rect), Some(_)) = (regions.recipe, regions.gallery) {
            let line = Rect::from_x_y_ranges(rect.right()..=rect.right(), rect.y_range());
            match splitter::show(ui, line, Axis::Horizontal, "Width of the recipe") {
                Some(Moved::By(points)) => arrangement.recipe = (arrangement.recipe + points).clamp(280.0, 420.0),
                Some(Moved::Folded) => arrangement.recipe_open = false,
                None => {}
            }
        }
        if let Some(rect) = regions.jobs {
            let line = Rect::from_x_y_ranges(rect.left()..=rect.left(), rect.y_range());
            match splitter::show(ui, line, Axis::Horizontal, "Width of the jobs") {
                Some(Moved::By(points)) => arrangement.jobs = (arrangement.jobs - points).clamp(240.0, 400.0),
                Some(Moved::Folded) => arrangement.jobs_open = false,
                None => {}
            }
        }
        if let (Some(_), Some(rect)) = (regions.viewer, regions.gallery) {
            let line = Rect::from_x_y_ranges(rect.x_range(), rect.top()..=rect.top());
            match splitter::show(ui, line, Axis::Vertical, "Height of the gallery") {
                Some(Moved::By(points)) => arrangement.gallery = Some(rect.height() - points),
                Some(Moved::Folded) => arrangement.gallery = None,
                None => {}
            }
        }
    }

    /// Carries out a command that is only about looking; false when it is for the window.
    fn run(&mut self, action: &Action, view: &ShellView<'_>, regions: &Regions, actions: &mut Vec<Action>) -> bool {
        let Action::Run(command) = action else { return false };
        if is_out_of_sight(*command, view) {
            return true;
        }
        match command {
            Command::ToggleRecipe => self.arrangement.recipe_open = !self.arrangement.recipe_open,
            Command::ToggleJobs => self.toggle_jobs(regions),
            Command::ExpandGallery => self.arrangement.gallery_full = !self.arrangement.gallery_full,
            other => {
                return self.viewer.run(*other) || self.gallery.run(*other, &view.gallery, actions);
            }
        }
        true
    }

    /// Beside the viewer when there is room, else over it.
    fn toggle_jobs(&mut self, regions: &Regions) {
        let narrow = regions.topbar.width() < NARROW;
        if narrow {
            self.jobs_over = !self.jobs_over;
        } else {
            self.arrangement.jobs_open = !self.arrangement.jobs_open;
        }
    }
}

/// Does this make stickers of what the form says?
fn makes_of_the_form(action: &Action) -> bool {
    matches!(action, Action::Run(Command::Make) | Action::Sweep(SweepAction::Run) | Action::MakeExpressions)
}
