//! Carries out what a person asked of the sweep.

use super::{CellState, GridSheet, Outcome, Sweeping};
use crate::app::blocked::Blocked;
use crate::app::context::AppContext;
use crate::app::images::{Images, file_name};
use crate::model::sweep::{Axis, Range, Value};
use crate::model::{EngineId, JobId, Recipe};
use crate::picture::Sheet;
use crate::ui::action::{Direction, SweepAction};

impl Sweeping {
    /// Carries out one action.
    pub(in crate::app) fn act(
        &mut self,
        action: SweepAction,
        engine: EngineId,
        cx: &mut AppContext,
    ) -> Option<Outcome> {
        match action {
            SweepAction::Name(name) => self.plan.name = name,
            SweepAction::Axis(direction, axis) => self.choose(direction, axis),
            SweepAction::Values(Direction::Across, values) => self.plan.across.values = values,
            SweepAction::Values(Direction::Down, values) => {
                if let Some(down) = &mut self.plan.down {
                    down.values = values;
                }
            }
            SweepAction::Swap => {
                if let Some(down) = &mut self.plan.down {
                    std::mem::swap(down, &mut self.plan.across);
                }
            }
            SweepAction::Run => return Some(Outcome::Run),
            SweepAction::Stop => return Some(Outcome::Stop(self.jobs().cloned().collect())),
            SweepAction::SaveGrid => return self.grid_sheet(engine),
            SweepAction::SaveImages => return self.images(cx),
            SweepAction::Select(place) => self.selected = Some(place),
            SweepAction::ShowInViewer(id) => {
                self.open = false;
                return Some(Outcome::Show(id));
            }
            SweepAction::Keep => {
                self.plan.name = self.plan.name.trim().to_owned();
                if !self.plan.name.is_empty() {
                    self.kept.put(self.plan.clone());
                    self.keep("This sweep is kept.", cx);
                }
            }
            SweepAction::Open(name) => {
                if let Some(kept) = self.kept.all().iter().find(|kept| kept.name == name) {
                    self.plan = kept.clone();
                }
            }
            SweepAction::Forget => {
                if self.kept.remove(&self.plan.name) {
                    self.keep("This sweep is no longer kept. Its stickers stay.", cx);
                }
            }
        }
        None
    }

    /// The grid, labelled, as one picture.
    fn grid_sheet(&self, engine: EngineId) -> Option<Outcome> {
        let grid = self.grid()?;
        let labels = |values: &[Value]| values.iter().map(Value::label).collect();
        let sheet = Sheet {
            title: match &self.plan.down {
                Some(down) => {
                    format!("{} across, {} down", self.plan.across.axis.label(engine), down.axis.label(engine))
                }
                None => self.plan.across.axis.label(engine).to_owned(),
            },
            columns: labels(&grid.across),
            rows: labels(&grid.down),
        };
        let file = |cell: &CellState| match cell {
            CellState::Sticker(row) => Some((row.path.clone(), row.file_bytes)),
            CellState::New | CellState::Job(_) => None,
        };
        let name = format!("{}.png", file_name(&[self.title()]));
        let cells = self.cells.iter().map(file).collect();
        Some(Outcome::SaveGrid(Box::new(GridSheet { sheet, cells }), name))
    }

    /// Its stickers, each by itself.
    fn images(&self, cx: &AppContext) -> Option<Outcome> {
        let grid = self.grid()?;
        let columns = grid.across.len();
        let [sorted_across, sorted_down] = [&grid.across, &grid.down].map(|values| sorting_labels(values));
        let image = |(place, cell): (usize, &CellState)| {
            let CellState::Sticker(row) = cell else { return None };
            let (across, down) = (sorted_across.get(place % columns)?, sorted_down.get(place / columns));
            let values = down.into_iter().chain([across]).cloned();
            let words: Vec<String> = std::iter::once(self.title().to_owned()).chain(values).collect();
            Some((file_name(&words), (**row).clone()))
        };
        let stickers = self.cells.iter().enumerate().filter_map(image).collect();
        Some(Outcome::SaveImages(Images { stickers, options: cx.save_options() }))
    }

    fn keep(&self, told: &str, cx: &mut AppContext) {
        if let Some(tasks) = &self.tasks {
            tasks.keep(self.kept.clone());
            cx.tell(told.to_owned(), None);
        }
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

impl Sweeping {
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
    pub(in crate::app) fn blocked(&self) -> Option<Blocked> {
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
