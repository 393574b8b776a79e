//! The list of jobs: where each row lies is worked out when a job or the width has changed, and only rows in sight are
//! drawn.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use egui::{Align, Pos2, Rect, ScrollArea, Ui, UiBuilder, vec2};

use super::group::Group;
use super::queue::{self, Waiting};
use super::{batch, row, words};
use crate::action::Action;
use crate::view::{JobRows, JobView};
use model::{JobId, JobStatus};

/// How far the jobs of an open batch are moved in.
const INSET: f32 = 12.0;

/// How far around what is in sight rows are there for a grip that is dropped between them.
const NEAR: f32 = 160.0;

/// The list, and what it remembers about itself.
#[derive(Clone, Debug, Default)]
pub(super) struct List {
    /// The batches that are open.
    open: HashSet<String>,
    /// Scroll to the first row that needs a decision.
    scroll_to_decision: bool,
    /// The waiting job whose grip is dragged or has the focus: it stays there when its row is out of sight.
    in_use: Option<JobId>,
    laid: Laid,
}

/// The rows as they lie.
#[derive(Clone, Debug, Default)]
struct Laid {
    /// The revision of the jobs, and the width in bits.
    of: Option<(u64, u32)>,
    groups: Vec<Group>,
    /// The id of each job.
    ids: Vec<JobId>,
    /// The height of each job's row.
    heights: Vec<f32>,
    /// Heights of rows with a sentence, by what decides them; measuring text takes longest.
    measured: HashMap<JobId, (u64, f32)>,
    decisions: usize,
    any_held: bool,
}

impl List {
    /// Works out where the rows lie, unless nothing has changed.
    pub(super) fn lay(&mut self, ui: &Ui, width: f32, rows: Option<&dyn JobRows>) {
        let Some(rows) = rows else {
            self.laid = Laid::default();
            return;
        };
        let of = Some((rows.revision(), width.to_bits()));
        if self.laid.of == of {
            return;
        }
        let jobs: Vec<JobView<'_>> = (0..rows.len()).filter_map(|place| rows.job(place)).collect();
        let groups = Group::all(&jobs);
        self.open.retain(|open| groups.iter().any(|group| group.batch.as_ref() == Some(open)));
        let mut before = std::mem::take(&mut self.laid.measured);
        let mut measured = HashMap::new();
        let mut inset = vec![0.0; jobs.len()];
        for group in groups.iter().filter(|group| group.batch.is_some()) {
            group.places.iter().for_each(|place| inset[*place] = INSET);
        }
        let mut height = |(job, inset): (&JobView<'_>, &f32)| {
            let width = width - inset;
            if !row::is_trouble(job) {
                return row::height(ui, width, job);
            }
            let decides = decides_height(job, width);
            let known = before.remove(&job.id).filter(|(by, _)| *by == decides);
            let height = known.map_or_else(|| row::height(ui, width, job), |(_, height)| height);
            measured.insert(job.id.clone(), (decides, height));
            height
        };
        let heights = jobs.iter().zip(&inset).map(&mut height).collect();
        self.laid = Laid {
            of,
            groups,
            ids: jobs.iter().map(|job| job.id.clone()).collect(),
            heights,
            measured,
            decisions: jobs.iter().filter(|job| job.needs_decision()).count(),
            any_held: jobs.iter().any(|job| job.status == JobStatus::Held),
        };
    }

    /// How many jobs need a decision.
    pub(super) const fn decisions(&self) -> usize {
        self.laid.decisions
    }

    /// Is one of them held?
    pub(super) const fn any_held(&self) -> bool {
        self.laid.any_held
    }

    /// Shows the first row that needs a decision.
    pub(super) const fn show_decision(&mut self) {
        self.scroll_to_decision = true;
    }

    /// Draws the rows that are in sight.
    pub(super) fn ui(&mut self, ui: &mut Ui, rows: &dyn JobRows, actions: &mut Vec<Action>) {
        if self.scroll_to_decision
            && let Some(batch) =
                self.laid.groups.iter().find(|group| group.needs_decision).and_then(|group| group.batch.clone())
        {
            self.open.insert(batch);
        }
        let Self { open, scroll_to_decision, in_use, laid } = self;
        let height: f32 = laid.groups.iter().map(|group| laid.height(group, open)).sum();
        ScrollArea::vertical().auto_shrink([false, false]).show_viewport(ui, |ui, viewport| {
            ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
            ui.set_height(height);
            let origin = ui.max_rect().min;
            let near = viewport.translate(origin.to_vec2()).expand2(vec2(0.0, NEAR));
            let mut drawn = Drawn { rows, near, in_use, laid, top: origin, waiting: Vec::new(), actions };
            for group in &laid.groups {
                drawn.group(ui, group, open, scroll_to_decision);
            }
            let Drawn { waiting, .. } = drawn;
            queue::grips(ui, &waiting, actions);
            let grip_in_use =
                waiting.iter().find(|group| group.grip.as_ref().is_some_and(|grip| grip.dragged() || grip.has_focus()));
            *in_use = grip_in_use.and_then(|group| group.ids.first().cloned());
        });
        self.scroll_to_decision = false;
    }
}

impl Laid {
    /// The height of a group with these batches open.
    fn height(&self, group: &Group, open: &HashSet<String>) -> f32 {
        let jobs = || group.places.iter().map(|place| self.heights[*place]).sum::<f32>();
        match &group.batch {
            None => jobs(),
            Some(batch) if open.contains(batch) => group.height + jobs(),
            Some(_) => group.height,
        }
    }
}

/// The rows while they are drawn.
struct Drawn<'a, 'b> {
    rows: &'a dyn JobRows,
    /// What is in sight and a little around it.
    near: Rect,
    in_use: &'a Option<JobId>,
    laid: &'a Laid,
    /// Where the next row begins.
    top: Pos2,
    /// Those that wait in line.
    waiting: Vec<Waiting>,
    actions: &'b mut Vec<Action>,
}

impl Drawn<'_, '_> {
    /// A job, or a batch with its jobs when it is open.
    fn group(&mut self, ui: &mut Ui, group: &Group, open: &mut HashSet<String>, scroll: &mut bool) {
        let height = self.laid.height(group, open);
        let whole = Rect::from_min_size(self.top, vec2(ui.available_width(), height));
        let decides = *scroll && group.needs_decision;
        let in_use = group.places.iter().any(|place| Some(&self.laid.ids[*place]) == self.in_use.as_ref());
        if !decides && !in_use && !self.near.intersects(whole) {
            self.top.y += height;
            return;
        }
        let Some(name) = &group.batch else {
            return group.places.iter().for_each(|place| self.job(ui, *place, 0.0, scroll));
        };
        let jobs: Vec<JobView<'_>> = group.places.iter().filter_map(|place| self.rows.job(*place)).collect();
        let jobs: Vec<&JobView<'_>> = jobs.iter().collect();
        let place = self.next(ui, group.height);
        let is_open = open.contains(name);
        let waiting = || jobs.iter().rev().filter(|job| job.is_waiting()).map(|job| job.id.clone()).collect();
        self.begin(ui, if is_open { Vec::new() } else { waiting() }, place);
        if ui.is_rect_visible(place) && !jobs.is_empty() {
            let shown = group.places.iter().zip(&jobs).find(|(_, job)| job.status == JobStatus::Done);
            self.rows.is_in_sight(shown.map_or(group.places[0], |(place, _)| *place));
            let mut child = ui.new_child(UiBuilder::new().max_rect(place).id_salt(("batch", name)));
            if batch::ui(&mut child, place, &jobs, is_open, self.actions).clicked() && !open.remove(name) {
                open.insert(name.clone());
            }
        }
        if is_open {
            group.places.iter().for_each(|place| self.job(ui, *place, INSET, scroll));
        }
    }

    fn job(&mut self, ui: &mut Ui, index: usize, inset: f32, scroll: &mut bool) {
        let place = self.next(ui, self.laid.heights[index]);
        let place = place.with_min_x(place.left() + inset);
        let in_use = Some(&self.laid.ids[index]) == self.in_use.as_ref();
        if !*scroll && !in_use && !self.near.intersects(place) {
            return;
        }
        let Some(job) = self.rows.job(index) else { return };
        if *scroll && job.needs_decision() {
            *scroll = false;
            ui.scroll_to_rect(place, Some(Align::Min));
        }
        self.begin(ui, if job.is_waiting() { vec![job.id.clone()] } else { Vec::new() }, place);
        if ui.is_rect_visible(place) {
            self.rows.is_in_sight(index);
            let mut child = ui.new_child(UiBuilder::new().max_rect(place).id_salt(&job.id.0));
            row::ui(&mut child, place, &job, self.actions);
        }
    }

    /// The place of the next row.
    fn next(&mut self, ui: &Ui, height: f32) -> Rect {
        let place = Rect::from_min_size(self.top, vec2(ui.available_width(), height));
        self.top.y += height;
        place
    }

    /// A row begins, with the jobs that wait in it.
    fn begin(&mut self, ui: &Ui, ids: Vec<JobId>, place: Rect) {
        if place.top() > ui.max_rect().top() {
            queue::hairline_above(ui, place);
        }
        self.waiting.extend(Waiting::at(ui, ids, place, self.actions));
    }
}

/// What the height of a row with a sentence depends on.
fn decides_height(job: &JobView<'_>, width: f32) -> u64 {
    let mut hasher = DefaultHasher::new();
    (width.to_bits(), words::sentence(job), job.status, job.request_id.is_some(), job.offers.is_empty())
        .hash(&mut hasher);
    hasher.finish()
}
