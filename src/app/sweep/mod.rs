//! The sweep: its plan, and what is there of each cell.
//!
//! A cell is what its request says. Its sticker is the one that the library has of the same request, its job the newest
//! one that asks for it; so a sweep that was left, or kept in an earlier session, is as far as its stickers are.

mod act;
mod match_cells;
mod views;
mod work;

use std::collections::{HashMap, HashSet};

use super::photo::SentKey;
use crate::library::StickerRow;
use crate::model::sweep::{Axis, Grid, Range, Sweep, SweepError};
use crate::model::{EngineId, JobId, Parameter, Recipe};
use crate::settings::Sweeps;
use crate::studio::capitalised;

pub(super) use act::file_name;
pub(super) use views::{SweepTexts, cells, pictures, sweep_view};
pub(super) use work::{GridSheet, Images, save_among};

/// What the window knows about sweeping.
pub(super) struct Sweeping {
    /// Does it take the place of everything under the top bar?
    pub open: bool,
    /// The plan.
    pub plan: Sweep,
    /// Plans that are kept; none until they were read.
    pub kept: Sweeps,
    /// Were they read, or is that under way?
    pub kept_asked: bool,
    /// The place of the chosen cell.
    pub selected: Option<usize>,
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
    pub cells: Vec<CellState>,
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
    sent: SentKey,
    /// The link, when that is sent as it is.
    link: Option<String>,
    engine: EngineId,
    /// The listing of the library that it is about.
    listing: u64,
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
        }
    }
}

impl Sweeping {
    /// The grid, if the plan can be followed.
    pub(super) fn grid(&self) -> Option<&Grid> {
        self.planned.grid.as_ref().ok()
    }

    /// The recipe of the chosen cell.
    pub(super) fn selected_recipe(&self) -> Option<&Recipe> {
        self.grid()?.cells.get(self.selected?).map(|cell| &cell.recipe)
    }

    /// Plans anew when the plan or the recipe has changed.
    fn follow(&mut self, recipe: &Recipe, engine: EngineId) {
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
