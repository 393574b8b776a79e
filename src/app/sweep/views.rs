//! The view of the sweep.

use super::{CellState, Sweeping};
use crate::app::blocked::Blocked;
use crate::app::context::AppContext;
use crate::app::gallery::Gallery;
use crate::app::jobs::JobList;
use crate::app::money::Ledger;
use crate::app::pictures::PictureName;
use crate::app::sentence::with_full_stop;
use crate::app::shown;
use crate::jobs::JobRow;
use crate::model::sweep::{Axis, Value};
use crate::model::{Charged, EngineId, JobAction, JobId, JobStatus, Money, PARAMETERS, Parameter, Recipe};
use crate::studio::capitalised;
use crate::ui::action::StickerId;
use crate::ui::view::{AxisView, CellView, RunningSweep, SelectedCell, SweepSum, SweepView};
use crate::ui::widgets::Stub;

/// What stands around the sweep.
#[derive(Clone, Copy)]
pub(in crate::app) struct Around<'a> {
    /// Where stickers are made.
    pub engine: EngineId,
    /// The settings in the form.
    pub recipe: &'a Recipe,
    /// What the photo is called.
    pub photo: Option<&'a str>,
    /// All jobs.
    pub jobs: Option<&'a JobList>,
    /// The stickers.
    pub gallery: &'a Gallery,
    /// What jobs cost.
    pub money: &'a Ledger,
    /// What features share.
    pub cx: &'a AppContext,
}

impl<'a> Around<'a> {
    fn job(&self, id: &JobId) -> Option<&'a JobRow> {
        self.jobs?.get(id)
    }
}

/// Texts that the view borrows.
#[derive(Default)]
pub(in crate::app) struct SweepTexts {
    columns: Vec<String>,
    rows: Vec<String>,
    rest: String,
    /// Head and sentence of each cell that has a job.
    jobs: Vec<Option<(String, String)>>,
    values: Vec<String>,
    facts: Vec<(&'static str, String)>,
}

impl SweepTexts {
    /// The texts, while the sweep is open.
    pub(in crate::app) fn of(sweep: &Sweeping, around: Around<'_>) -> Self {
        let (true, Some(grid)) = (sweep.open, sweep.grid()) else { return Self::default() };
        let labels = |values: &[Value]| values.iter().map(Value::label).collect();
        let recipe = around.recipe;
        let photo = around.photo.map(str::to_owned);
        let seed = recipe.seed.unwrap_or_default();
        let facts = [photo, Some(format!("seed {seed}")), Some(format!("{} × {}", recipe.width, recipe.height))];
        let texts = |cell: &CellState| match cell {
            CellState::Job(id) => around.job(id).map(job_texts),
            CellState::New | CellState::Sticker(_) => None,
        };
        let chosen = sweep.selected.and_then(|place| grid.cells.get(place));
        Self {
            columns: labels(&grid.across),
            rows: labels(&grid.down),
            rest: facts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            jobs: sweep.cells.iter().map(texts).collect(),
            values: chosen.map(|cell| values_of(sweep, around.engine, cell)).unwrap_or_default(),
            facts: chosen.map(|cell| facts_of(sweep, around, cell)).unwrap_or_default(),
        }
    }
}

/// What stands in a cell: a word or two, and what went wrong.
fn job_texts(row: &JobRow) -> (String, String) {
    let head = match row.status {
        JobStatus::Working => {
            row.progress.map_or_else(|| "Working".to_owned(), |share| format!("Working {} %", (share * 100.0).round()))
        }
        JobStatus::Queued => "Waiting".to_owned(),
        JobStatus::Held => "Held".to_owned(),
        JobStatus::Preparing => "Preparing photo".to_owned(),
        JobStatus::Hosting => "Sending photo".to_owned(),
        JobStatus::Submitting => "Submitting".to_owned(),
        JobStatus::Accepted => "In the queue".to_owned(),
        JobStatus::Fetching | JobStatus::Done => "Fetching".to_owned(),
        JobStatus::Failed => "Failed".to_owned(),
        JobStatus::Lost => "Lost".to_owned(),
        JobStatus::MayHaveBeenAccepted => "Unsure".to_owned(),
        JobStatus::Stopped | JobStatus::Dismissed => "Stopped".to_owned(),
    };
    let charged = match row.charged {
        _ if row.price.is_zero() => "",
        Charged::No => " Nothing was charged.",
        Charged::Yes => " It was charged.",
        Charged::Unknown => " It may have been charged.",
    };
    let error = row.error.as_ref().map(|error| with_full_stop(capitalised(error))).unwrap_or_default();
    (head, format!("{error}{charged}").trim().to_owned())
}

/// The values of a cell, one an axis.
fn values_of(sweep: &Sweeping, engine: EngineId, cell: &crate::model::sweep::Cell) -> Vec<String> {
    let Some(grid) = sweep.grid() else { return Vec::new() };
    let words = |axis: Axis, value: &Value| match axis {
        Axis::Words => value.label(),
        Axis::Number(_) => format!("{} {}", axis.label(engine), value.label()),
    };
    let across = grid.across.get(cell.column).map(|value| words(sweep.plan.across.axis, value));
    let down = sweep.plan.down.as_ref().zip(grid.down.get(cell.row)).map(|(range, value)| words(range.axis, value));
    across.into_iter().chain(down).collect()
}

/// The settings of a cell that no axis varies.
fn facts_of(sweep: &Sweeping, around: Around<'_>, cell: &crate::model::sweep::Cell) -> Vec<(&'static str, String)> {
    const SHOWN: [Parameter; 7] = [
        Parameter::Seed,
        Parameter::PromptStrength,
        Parameter::InstantIdStrength,
        Parameter::IpAdapterWeight,
        Parameter::IpAdapterNoise,
        Parameter::Steps,
        Parameter::Width,
    ];
    let plan = &sweep.plan;
    let varies = |parameter| {
        let axes = [Some(plan.across.axis), plan.down.as_ref().map(|down| down.axis)];
        axes.contains(&Some(Axis::Number(parameter)))
    };
    let specs = PARAMETERS.iter().filter(|spec| SHOWN.contains(&spec.parameter) && !varies(spec.parameter));
    let mut facts: Vec<(&str, String)> = specs
        .map(|spec| match spec.parameter {
            Parameter::Width => ("Size", format!("{} × {}", cell.recipe.width, cell.recipe.height)),
            parameter => (spec.label(around.engine), shown::value_words(parameter, &cell.recipe)),
        })
        .collect();
    let place = cell.row * sweep.grid().map_or(1, |grid| grid.across.len()) + cell.column;
    if let Some(CellState::Sticker(row)) = sweep.cells.get(place) {
        facts.push(("Made", shown::local_time(&around.cx.zone, row.created_at)));
    }
    facts
}

/// The cells as they are drawn.
pub(in crate::app) fn cells<'a>(sweep: &'a Sweeping, texts: &'a SweepTexts, around: Around<'a>) -> Vec<CellView<'a>> {
    if !sweep.open || sweep.grid().is_none() {
        return Vec::new();
    }
    let view = |(cell, texts): (&'a CellState, &'a Option<(String, String)>)| match cell {
        CellState::New => CellView::New,
        CellState::Sticker(row) => CellView::Ready {
            id: StickerId(row.id),
            picture: around.cx.pictures.get(&around.gallery.thumbnail(row)),
            owned: row.job_id.as_ref().is_none_or(|id| !sweep.made_here.iter().any(|own| own.0 == *id)),
        },
        CellState::Job(id) => match (around.job(id), texts) {
            (Some(row), Some((head, sentence))) => job_cell(row, head, sentence),
            _ => CellView::New,
        },
    };
    sweep.cells.iter().zip(&texts.jobs).map(view).collect()
}

fn job_cell<'a>(row: &'a JobRow, head: &'a str, sentence: &'a str) -> CellView<'a> {
    let wants_a_person =
        matches!(row.status, JobStatus::Failed | JobStatus::Lost | JobStatus::MayHaveBeenAccepted | JobStatus::Held);
    if wants_a_person {
        let retry = row.can(JobAction::Retry).then(|| Stub::of(row.price));
        return CellView::Trouble { head, sentence, job: &row.id, retry };
    }
    CellView::Busy { words: head, progress: row.progress.filter(|_| row.status == JobStatus::Working) }
}

/// How far a run may go and is.
#[derive(Clone, Copy)]
pub(in crate::app) struct Run {
    /// Why nothing can be made now.
    pub blocked: Option<Blocked>,
    /// Is a click being made durable?
    pub is_submitting: bool,
    /// Is the line paused?
    pub is_paused: bool,
}

/// The whole view, while the sweep is open.
pub(in crate::app) fn sweep_view<'a>(
    sweep: &'a Sweeping,
    texts: &'a SweepTexts,
    cells: &'a [CellView<'a>],
    saved: &'a [&'a str],
    run: Run,
    around: Around<'a>,
) -> Option<SweepView<'a>> {
    if !sweep.open {
        return None;
    }
    let price_each = around.engine.price();
    let new = cells.iter().filter(|cell| **cell == CellView::New).count();
    let owned = cells.iter().filter(|cell| matches!(cell, CellView::Ready { .. })).count();
    let [across_refused, down_refused] = &sweep.planned.refused;
    let price = price_each * u32::try_from(new).unwrap_or(u32::MAX);
    let is_above = || around.money.goes_above(price, around.cx).then_some(Blocked::OverBudget);
    let blocked = run.blocked.or_else(|| sweep.blocked()).or_else(is_above);
    Some(SweepView {
        name: &sweep.plan.name,
        engine: around.engine,
        saved,
        across: AxisView {
            axis: sweep.plan.across.axis,
            values: &sweep.plan.across.values,
            labels: &texts.columns,
            refused: across_refused.as_deref(),
        },
        down: sweep.plan.down.as_ref().map(|down| AxisView {
            axis: down.axis,
            values: &down.values,
            labels: &texts.rows,
            refused: down_refused.as_deref(),
        }),
        rest: &texts.rest,
        columns: &texts.columns,
        rows: &texts.rows,
        cells,
        selected: sweep.selected.map(|place| SelectedCell { place, values: &texts.values, facts: &texts.facts }),
        sum: SweepSum { cells: cells.len(), owned, new, price_each, left: left(around, price) },
        running: running(sweep, around, cells, run.is_paused),
        blocked: blocked.map(Blocked::words),
        opens: blocked.and_then(Blocked::way_on).is_some(),
        submitting: run.is_submitting,
    })
}

/// What is left of the month's budget when this much more is spent.
fn left(around: Around<'_>, price: Money) -> Option<Money> {
    if around.engine.price().is_zero() { None } else { around.money.left_after(price, around.cx) }
}

/// What is under way, when anything is.
fn running(sweep: &Sweeping, around: Around<'_>, cells: &[CellView<'_>], paused: bool) -> Option<RunningSweep> {
    if !cells.iter().any(|cell| matches!(cell, CellView::Busy { .. })) {
        return None;
    }
    let of_cells: Vec<&JobRow> = sweep.made_here.iter().filter_map(|id| around.job(id)).collect();
    let charged = of_cells.iter().filter(|row| row.charged != Charged::No);
    Some(RunningSweep {
        filled: cells.iter().filter(|cell| matches!(cell, CellView::Ready { .. })).count(),
        spent: charged.map(|row| row.price).sum(),
        of: of_cells.iter().map(|row| row.price).sum(),
        paused,
    })
}

impl Sweeping {
    /// The pictures that the cells need.
    pub(in crate::app) fn pictures<'a>(&'a self, gallery: &'a Gallery) -> impl Iterator<Item = PictureName> + 'a {
        let cells = if self.open { self.cells.as_slice() } else { &[] };
        cells.iter().filter_map(|cell| match cell {
            CellState::Sticker(row) => Some(gallery.thumbnail(row)),
            CellState::New | CellState::Job(_) => None,
        })
    }

    /// The names of those that are kept.
    pub(in crate::app) fn names(&self) -> Vec<&str> {
        self.kept.all().iter().map(|kept| kept.name.as_str()).collect()
    }
}
