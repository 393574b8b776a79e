//! The sweep: its plan, and what is there of each cell.
//!
//! A cell is what its request says. Its sticker is the one that the library has of the same request, its job the newest
//! one that asks for it; so a sweep that was left, or kept in an earlier session, is as far as its stickers are.

mod act;
mod match_cells;
mod tasks;
mod views;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use super::context::AppContext;
use super::images::Images;
use super::photo::SentKey;
use super::worker::Worker;
use crate::library::StickerRow;
use crate::model::sweep::{Axis, Grid, Range, Sweep, SweepError};
use crate::model::{EngineId, JobId, Parameter, Recipe};
use crate::settings::Sweeps;
use crate::studio::capitalised;
use crate::ui::action::StickerId;
pub(super) use tasks::GridSheet;
use tasks::Tasks;
pub(super) use views::{Around, Run, SweepTexts, cells, sweep_view};

/// What the window knows about sweeping.
pub(super) struct Sweeping {
    /// Does it take the place of everything under the top bar?
    pub open: bool,
    /// The plan.
    plan: Sweep,
    /// Plans that are kept; none until they were read.
    kept: Sweeps,
    /// Were they read, or is that under way?
    kept_asked: bool,
    /// The place of the chosen cell.
    selected: Option<usize>,
    /// Jobs of cells that were seen under way: what they made is new.
    made_here: HashSet<JobId>,
    /// Jobs of cells whose sticker was seen.
    landed: HashSet<JobId>,
    planned: Planned,
    found: Found,
    /// The question that is under way.
    asked: Option<Question>,
    /// Has something changed since the cells were worked out?
    stale: bool,
    /// What is there of each cell.
    cells: Vec<CellState>,
    tasks: Option<Tasks>,
}

/// What came back.
pub(super) enum SweepEvent {
    /// What the library has of the cells, or why it is not known.
    Found(Result<Box<Found>, String>),
    /// The sweeps that are kept.
    Kept(Sweeps),
}

/// What the sweep tells the window.
pub(super) enum Outcome {
    /// The cells that have nothing are to be made.
    Run,
    /// These jobs of cells are no longer wanted.
    Stop(Vec<JobId>),
    /// A place is wanted for the grid, under this name.
    SaveGrid(Box<GridSheet>, String),
    /// A folder is wanted for these.
    SaveImages(Images),
    /// This sticker is to be seen in the viewer.
    Show(StickerId),
}

/// The grid with what it was made from.
struct Planned {
    from: Option<(Sweep, Recipe, EngineId)>,
    grid: Result<Grid, SweepError>,
    /// Why the values of each axis cannot be used, as sentences.
    refused: [Option<String>; 2],
    /// Names the request of each cell.
    keys: Vec<String>,
}

/// What has to be known before stickers of the library can stand for cells.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Question {
    /// What is sent.
    pub sent: SentKey,
    /// The link, when that is sent as it is.
    pub link: Option<String>,
    /// Where it is sent.
    pub engine: EngineId,
    /// The listing of the library that it is about.
    pub listing: u64,
}

/// The answer: what is sent, and stickers made of that by the name of their request.
#[derive(Default)]
pub(super) struct Found {
    question: Option<Question>,
    sent_sha256: Option<String>,
    stickers: HashMap<String, StickerRow>,
}

/// What is there of a cell.
#[derive(Clone)]
pub(super) enum CellState {
    /// Nothing.
    New,
    /// A job that asks for it.
    Job(JobId),
    /// Its sticker.
    Sticker(Box<StickerRow>),
}

impl Default for Sweeping {
    fn default() -> Self {
        Self {
            open: false,
            plan: Sweep {
                name: String::new(),
                across: Range::proposed(Axis::Number(Parameter::PromptStrength)),
                down: Some(Range::proposed(Axis::Words)),
            },
            kept: Sweeps::default(),
            kept_asked: false,
            selected: None,
            made_here: HashSet::new(),
            landed: HashSet::new(),
            planned: Planned {
                from: None,
                grid: Err(SweepError::Empty { axis: Axis::Words }),
                refused: [None, None],
                keys: Vec::new(),
            },
            found: Found::default(),
            asked: None,
            stale: true,
            cells: Vec::new(),
            tasks: None,
        }
    }
}

impl Sweeping {
    /// Everything runs now.
    pub(super) fn start(&mut self, worker: Worker<SweepEvent>) {
        self.tasks = Some(Tasks::new(worker));
    }

    /// Opens it in place of everything under the top bar, or closes it.
    pub(super) fn show(&mut self, open: bool) {
        self.open = open;
        self.stale = true;
        if let (true, false, Some(tasks)) = (self.open, self.kept_asked, &self.tasks) {
            self.kept_asked = true;
            tasks.read();
        }
    }

    /// Closes it.
    pub(super) const fn close(&mut self) {
        self.open = false;
    }

    /// Is it open, and its plan, as they come back.
    pub(super) fn kept(&self) -> (bool, Sweep) {
        (self.open, self.plan.clone())
    }

    /// As it was; its sweeps are read once everything runs.
    pub(super) fn recall(&mut self, open: bool, plan: Sweep) {
        (self.open, self.plan) = (open, plan);
    }

    /// Takes what came back.
    pub(super) fn update(&mut self, event: SweepEvent, cx: &mut AppContext) {
        match event {
            SweepEvent::Found(found) => {
                let asked = self.asked.take();
                self.stale = true;
                match found {
                    Ok(found) => self.found = *found,
                    Err(sentence) => {
                        // The same question would get the same answer.
                        self.found = Found { question: asked, ..Found::default() };
                        cx.complain(sentence);
                    }
                }
            }
            SweepEvent::Kept(kept) => self.kept = kept,
        }
    }

    /// Draws the grid under this path.
    pub(super) fn save_grid(&self, grid: GridSheet, path: PathBuf, replace: bool) {
        if let Some(tasks) = &self.tasks {
            tasks.save_grid(grid, path, replace);
        }
    }

    /// The grid, if the plan can be followed.
    pub(super) fn grid(&self) -> Option<&Grid> {
        self.planned.grid.as_ref().ok()
    }

    /// The recipe of the chosen cell.
    pub(super) fn selected_recipe(&self) -> Option<&Recipe> {
        self.grid()?.cells.get(self.selected?).map(|cell| &cell.recipe)
    }

    /// Plans anew when the plan or the recipe has changed.
    fn plan_anew(&mut self, recipe: &Recipe, engine: EngineId) {
        let is_same = |(plan, of, by): &(Sweep, Recipe, EngineId)| *plan == self.plan && of == recipe && *by == engine;
        if self.planned.from.as_ref().is_some_and(is_same) {
            return;
        }
        self.stale = true;
        let grid = self.plan.grid(recipe);
        let sentence = |error: &SweepError| format!("{}.", capitalised(&error.said(engine)));
        let refused = |range: &Range| range.values().err().as_ref().map(sentence);
        let [mut across, mut down] = [refused(&self.plan.across), self.plan.down.as_ref().and_then(refused)];
        if let (Err(error), None, None) = (&grid, &across, &down) {
            // What is wrong with both together stands beneath the second.
            *(if self.plan.down.is_some() { &mut down } else { &mut across }) = Some(sentence(error));
        }
        let keys = grid.as_ref().map(|grid| grid.cells.iter().map(|cell| request_key(&cell.recipe)).collect());
        self.planned = Planned {
            from: Some((self.plan.clone(), recipe.clone(), engine)),
            keys: keys.unwrap_or_default(),
            grid,
            refused: [across, down],
        };
        if self.selected.is_some_and(|place| place >= self.planned.keys.len()) {
            self.selected = None;
        }
    }
}

/// Names a request but for its photo.
fn request_key(recipe: &Recipe) -> String {
    // Where its result is sent to does not change the picture.
    let recipe = Recipe { webhook: None, webhook_events_filter: Vec::new(), ..recipe.clone() };
    serde_json::to_string(&recipe).unwrap_or_default()
}
