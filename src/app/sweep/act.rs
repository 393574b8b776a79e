//! Carries out what a person asked of the sweep.

use super::{CellState, GridSheet, Images};
use crate::app::App;
use crate::app::asking::Asked;
use crate::app::blocked::Blocked;
use crate::jobs::Offer;
use crate::model::sweep::{Axis, Range, Value};
use crate::model::{JobId, Recipe};
use crate::picture::Sheet;
use crate::platform::fitted;
use crate::ui::action::{Direction, JobOffer, StickerId, SweepAction};

/// The most characters of a file's name, well below what file systems take in bytes.
const LONGEST_NAME: usize = 60;

/// The longest that may stand after it.
const LONGEST_ENDING: &str = " with background (999).png";

impl App {
    /// Opens the sweep in place of everything under the top bar, or goes back.
    pub(in crate::app) fn toggle_sweep(&mut self) {
        let exports = self.state.export.open;
        if exports {
            self.close_export();
        }
        let sweep = &mut self.state.sweep;
        sweep.open = !sweep.open || exports;
        sweep.stale = true;
        if let (true, false, Some(work)) = (sweep.open, sweep.kept_asked, &self.work) {
            sweep.kept_asked = true;
            work.read_sweeps();
        }
    }

    /// Carries out one action.
    pub(in crate::app) fn sweep(&mut self, action: SweepAction, now: f64) {
        let sweep = &mut self.state.sweep;
        match action {
            SweepAction::Name(name) => sweep.plan.name = name,
            SweepAction::Axis(direction, axis) => sweep.choose(direction, axis),
            SweepAction::Values(Direction::Across, values) => sweep.plan.across.values = values,
            SweepAction::Values(Direction::Down, values) => {
                if let Some(down) = &mut sweep.plan.down {
                    down.values = values;
                }
            }
            SweepAction::Swap => {
                if let Some(down) = &mut sweep.plan.down {
                    std::mem::swap(down, &mut sweep.plan.across);
                }
            }
            SweepAction::Run => self.run_sweep(now),
            SweepAction::Stop => self.stop_sweep(now),
            SweepAction::SaveGrid => self.save_grid(now),
            SweepAction::SaveImages => self.save_images(now),
            SweepAction::Select(place) => sweep.selected = Some(place),
            SweepAction::ShowInViewer(id) => self.show_in_viewer(id),
            SweepAction::Keep => {
                sweep.plan.name = sweep.plan.name.trim().to_owned();
                if !sweep.plan.name.is_empty() {
                    sweep.kept.put(sweep.plan.clone());
                    self.keep_sweeps("This sweep is kept.", now);
                }
            }
            SweepAction::Open(name) => {
                if let Some(kept) = sweep.kept.all().iter().find(|kept| kept.name == name) {
                    sweep.plan = kept.clone();
                }
            }
            SweepAction::Forget => {
                if sweep.kept.remove(&sweep.plan.name) {
                    self.keep_sweeps("This sweep is no longer kept. Its stickers stay.", now);
                }
            }
        }
    }

    /// Asks where the grid goes, labelled, as one picture.
    fn save_grid(&mut self, now: f64) {
        let sweep = &self.state.sweep;
        let Some(grid) = sweep.grid() else { return };
        let labels = |values: &[Value]| values.iter().map(Value::label).collect();
        let engine = self.state.form.engine;
        let sheet = Sheet {
            title: match &sweep.plan.down {
                Some(down) => {
                    format!("{} across, {} down", sweep.plan.across.axis.label(engine), down.axis.label(engine))
                }
                None => sweep.plan.across.axis.label(engine).to_owned(),
            },
            columns: labels(&grid.across),
            rows: labels(&grid.down),
        };
        let file = |cell: &CellState| match cell {
            CellState::Sticker(row) => Some((row.path.clone(), row.file_bytes)),
            CellState::New | CellState::Job(_) => None,
        };
        let name = format!("{}.png", file_name(&[sweep.title()]));
        let cells = sweep.cells.iter().map(file).collect();
        self.ask_for_file(Asked::Grid(Box::new(GridSheet { sheet, cells }), name), now);
    }

    /// Asks for the folder that the stickers go into, each by itself.
    fn save_images(&mut self, now: f64) {
        let sweep = &self.state.sweep;
        let Some(grid) = sweep.grid() else { return };
        let columns = grid.across.len();
        let [sorted_across, sorted_down] = [&grid.across, &grid.down].map(|values| sorting_labels(values));
        let image = |(place, cell): (usize, &CellState)| {
            let CellState::Sticker(row) = cell else { return None };
            let (across, down) = (sorted_across.get(place % columns)?, sorted_down.get(place / columns));
            let values = down.into_iter().chain([across]).cloned();
            let words: Vec<String> = std::iter::once(sweep.title().to_owned()).chain(values).collect();
            Some((file_name(&words), (**row).clone()))
        };
        let stickers = sweep.cells.iter().enumerate().filter_map(image).collect();
        let images = Images { stickers, options: self.state.save_options() };
        self.ask_for_file(Asked::Images(images), now);
    }

    fn keep_sweeps(&mut self, told: &str, now: f64) {
        if let Some(work) = &self.work {
            work.keep_sweeps(self.state.sweep.kept.clone());
            self.state.tell(told.to_owned(), None, now);
        }
    }

    fn show_in_viewer(&mut self, id: StickerId) {
        self.state.sweep.open = false;
        self.state.gallery.select(id);
        self.state.draft.hide();
    }

    /// Makes the cells that have neither a sticker nor a job.
    pub(in crate::app) fn run_sweep(&mut self, now: f64) {
        self.state.hands.rest();
        // What the library has is served from there, so it has to be known first.
        if self.state.blocked(self.work.is_some()).is_none() && self.state.sweep.blocked().is_some() {
            return;
        }
        let recipes = self.state.sweep.new_cells();
        let price = self.state.form.engine.price() * u32::try_from(recipes.len()).unwrap_or(u32::MAX);
        if let Some(why) = super::views::over_budget(&self.state, price) {
            return self.open_way_on(why, now);
        }
        if let (true, Some(sent)) = (self.may_run(now), self.to_send()) {
            self.start_run(vec![(sent, recipes)], "");
        }
    }

    /// Stops what is under way for the cells.
    fn stop_sweep(&mut self, now: f64) {
        let can_stop = |id: &&JobId| self.state.job(id).is_some_and(|row| row.can(Offer::Stop));
        let under_way: Vec<JobId> = self.state.sweep.jobs().filter(can_stop).cloned().collect();
        self.with_jobs(under_way, JobOffer::Stop, now);
    }
}

/// The labels of values, numbers with zeros before them, so that files called so lie in the order of the values.
fn sorting_labels(values: &[Value]) -> Vec<String> {
    let labels: Vec<String> = values.iter().map(Value::label).collect();
    let whole = |label: &str| label.split('.').next().unwrap_or_default().len();
    if !labels.iter().all(|label| label.parse::<f64>().is_ok_and(|number| number >= 0.0)) {
        return labels;
    }
    let longest = labels.iter().map(|label| whole(label)).max().unwrap_or_default();
    labels.iter().map(|label| format!("{}{label}", "0".repeat(longest - whole(label)))).collect()
}

/// A name for a file of these words, without its ending.
pub(in crate::app) fn file_name<S: AsRef<str>>(words: &[S]) -> String {
    let words: Vec<&str> = words.iter().map(|word| word.as_ref().trim()).collect();
    let name = words.join(", ").replace(['/', '\\', ':', '*', '?', '"', '<', '>', '|'], " ");
    let name: String = name.trim_start_matches('.').chars().take(LONGEST_NAME).collect();
    fitted(&name, LONGEST_ENDING).to_owned()
}

impl super::Sweeping {
    /// What it is called, also without a name.
    fn title(&self) -> &str {
        let name = self.plan.name.trim();
        if name.is_empty() { "Sweep" } else { name }
    }

    /// The jobs of cells.
    fn jobs(&self) -> impl Iterator<Item = &JobId> {
        self.cells.iter().filter_map(|cell| match cell {
            CellState::Job(id) => Some(id),
            CellState::New | CellState::Sticker(_) => None,
        })
    }

    /// The requests of the cells that have nothing.
    pub(in crate::app) fn new_cells(&self) -> Vec<Recipe> {
        let cells = self.grid().map(|grid| grid.cells.as_slice()).unwrap_or_default();
        let new = cells.iter().zip(&self.cells).filter(|(_, state)| matches!(state, CellState::New));
        new.map(|(cell, _)| cell.recipe.clone()).collect()
    }

    /// Why it cannot be run.
    pub(super) fn blocked(&self) -> Option<Blocked> {
        match self.grid() {
            None => Some(Blocked::NoGrid),
            Some(_) if self.found.sent_sha256.is_none() || self.asked.is_some() => Some(Blocked::Looking),
            Some(_) if !self.cells.iter().any(|cell| matches!(cell, CellState::New)) => Some(Blocked::AllThere),
            Some(_) => None,
        }
    }

    /// Varies something else along an axis; its values are others then, some to begin with.
    fn choose(&mut self, direction: Direction, axis: Option<Axis>) {
        match (direction, axis) {
            (Direction::Across, Some(axis)) if axis != self.plan.across.axis => {
                self.plan.across = Range::proposed(axis);
            }
            (Direction::Down, Some(axis)) if self.plan.down.as_ref().is_none_or(|down| down.axis != axis) => {
                self.plan.down = Some(Range::proposed(axis));
            }
            (Direction::Down, None) => self.plan.down = None,
            _ => {}
        }
    }
}
