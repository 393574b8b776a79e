//! One request at the gateway, from its acceptance to the end of its hour.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Map, Value as Json};
use tokio::sync::watch;

use crate::api::wire::{Generated, Metrics, Prediction, Status};
use crate::engine::Stage;
use crate::model::Recipe;
use crate::platform::Clock;

/// A request and what is known about it.
#[derive(Debug)]
pub(super) struct Job {
    /// Names it: 128 random bits.
    pub(super) id: String,
    /// What is asked for, the seed drawn.
    pub(super) recipe: Recipe,
    clock: Clock,
    state: Mutex<State>,
    changed: watch::Sender<()>,
}

#[derive(Debug)]
struct State {
    prediction: Prediction,
    stage: Option<Stage>,
    percent: Option<u32>,
    began: Option<Instant>,
    ended: Option<Instant>,
}

/// The time as RFC 3339 in UTC with milliseconds.
fn date(clock: &Clock) -> String {
    format!("{:.3}", clock.now())
}

impl Job {
    /// A new request that waits for its turn; `image` as it is echoed.
    pub(super) fn new(id: String, recipe: Recipe, image: String, clock: Clock) -> Self {
        let mut input: Map<String, Json> = recipe.to_fields();
        input.insert("image".to_owned(), image.into());
        let prediction = Prediction {
            success: true,
            id: id.clone(),
            request_id: id.clone(),
            status: Status::Starting,
            input,
            output: None,
            error: None,
            logs: String::new(),
            metrics: Metrics::default(),
            created_at: date(&clock),
            started_at: None,
            completed_at: None,
        };
        let state = State { prediction, stage: None, percent: None, began: None, ended: None };
        Self { id, recipe, clock, state: Mutex::new(state), changed: watch::Sender::new(()) }
    }

    /// The answer to the request for it.
    pub(super) fn generated(&self) -> Generated {
        let Prediction { request_id, input, created_at, .. } = self.prediction();
        Generated { success: true, request_id, status: Status::Starting, input, created_at }
    }

    /// Everything about it at this moment.
    pub(super) fn prediction(&self) -> Prediction {
        self.lock().prediction.clone()
    }

    /// Tells of every change from now on.
    pub(super) fn changes(&self) -> watch::Receiver<()> {
        self.changed.subscribe()
    }

    /// Is it over, with or without a sticker?
    pub(super) fn is_over(&self) -> bool {
        self.lock().ended.is_some()
    }

    /// Has it been over for `age`?
    pub(super) fn is_over_for(&self, age: Duration, now: Instant) -> bool {
        self.lock().ended.is_some_and(|ended| now.saturating_duration_since(ended) >= age)
    }

    /// The work begins.
    pub(super) fn begin(&self) {
        self.change(|state| {
            state.began = Some(self.clock.instant());
            state.prediction.status = Status::Processing;
            state.prediction.started_at = Some(date(&self.clock));
        });
    }

    /// The engine is at `stage`, with `done` (0 to 1) of the work behind it.
    pub(super) fn progress(&self, stage: Stage, done: f32) {
        let percent = (done.clamp(0.0, 1.0) * 100.0) as u32;
        self.change(|state| {
            if state.stage != Some(stage) {
                state.stage = Some(stage);
                state.prediction.logs.push_str(stage_name(stage));
                state.prediction.logs.push('\n');
            }
            if state.percent.is_none_or(|told| told < percent) {
                state.percent = Some(percent);
                state.prediction.logs.push_str(&bar(percent));
            }
        });
    }

    /// The stickers are there, at these URLs.
    pub(super) fn succeed(&self, output: Vec<String>) {
        self.change(|state| {
            if state.percent != Some(100) {
                state.prediction.logs.push_str(&bar(100));
            }
            state.prediction.output = Some(output);
            state.end(Status::Succeeded, &self.clock);
        });
    }

    /// There will be none.
    pub(super) fn fail(&self, error: String) {
        self.change(|state| {
            state.prediction.success = false;
            state.prediction.error = Some(error);
            state.end(Status::Failed, &self.clock);
        });
    }

    /// Changes the state of a request that is not over, and tells of it.
    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.lock();
        if state.ended.is_none() {
            change(&mut state);
            drop(state);
            self.changed.send_replace(());
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn end(&mut self, status: Status, clock: &Clock) {
        let now = clock.instant();
        self.ended = Some(now);
        self.prediction.status = status;
        self.prediction.completed_at = Some(date(clock));
        let worked = self.began.map(|began| now.saturating_duration_since(began).as_secs_f64());
        self.prediction.metrics.predict_time = worked.map(|seconds| (seconds * 1000.0).round() / 1000.0);
    }
}

/// A line of progress as tqdm draws it, which is what clients of such models read.
fn bar(percent: u32) -> String {
    let full = (percent / 10) as usize;
    format!("{percent:3}%|{}{}| {percent}/100\n", "\u{2588}".repeat(full), " ".repeat(10 - full))
}

const fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Detect => "Looking for the face",
        Stage::Matte => "Cutting the person out",
        Stage::Shape => "Outline and border",
        Stage::Stylise => "Tones, strokes and lines",
        Stage::Render => "Drawing at the final size",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job() -> Job {
        Job::new("r".into(), Recipe::default().with_seed(7), "https://example.com/face.jpg".into(), Clock::real())
    }

    #[test]
    fn the_input_echoes_every_parameter_as_it_is_used() {
        let generated = job().generated();
        assert_eq!(generated.input["image"], "https://example.com/face.jpg");
        assert_eq!(generated.input["seed"], 7);
        assert_eq!(generated.input.len(), 13);
        assert!(generated.created_at.len() == 24 && generated.created_at.ends_with('Z'), "{}", generated.created_at);
    }

    #[test]
    fn progress_is_logged_in_bars_that_never_go_back() {
        let job = job();
        job.begin();
        for done in [0.0, 0.42, 0.421, 0.3, 2.0] {
            job.progress(Stage::Stylise, done);
        }
        assert_eq!(
            job.prediction().logs,
            "Tones, strokes and lines\n  0%|          | 0/100\n 42%|████      | 42/100\n100%|██████████| 100/100\n"
        );
    }

    #[test]
    fn an_ended_request_does_not_change_any_more() {
        let job = job();
        job.fail("no face".into());
        job.succeed(vec!["https://example.com/a.png".into()]);
        job.progress(Stage::Detect, 0.5);
        let prediction = job.prediction();
        assert_eq!((prediction.status, prediction.success), (Status::Failed, false));
        assert_eq!((prediction.output, prediction.logs.as_str()), (None, ""));
        assert_eq!(prediction.metrics.predict_time, None);
    }

    #[test]
    fn the_hour_begins_when_it_is_over() {
        let (clock, hour) = (Clock::manual(jiff::Timestamp::UNIX_EPOCH), Duration::from_hours(1));
        let job = Job::new("r".into(), Recipe::default(), String::new(), clock.clone());
        clock.advance(2 * hour);
        assert!(!job.is_over_for(hour, clock.instant()));
        job.fail("x".into());
        assert!(!job.is_over_for(hour, clock.instant()));
        clock.advance(hour);
        assert!(job.is_over_for(hour, clock.instant()));
    }
}
