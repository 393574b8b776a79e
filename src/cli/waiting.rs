//! Waits for jobs with a progress bar, and hears Ctrl+C.

use std::collections::BTreeSet;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::console::{complain, is_watched};
use crate::jobs::JobRow;
use crate::model::{JobId, JobStatus};
use crate::studio::{Studio, capitalised};

/// Why the waiting ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Waited {
    /// Nothing more will happen by itself.
    AllRest,
    /// The time was over first; the jobs are kept.
    TimeOver,
    /// What is left waits for room on a full disk; the jobs are kept.
    NoRoom,
    /// Ctrl+C; the jobs are kept.
    Interrupted,
}

/// How often the bar moves and the clock is looked at.
const TICK: Duration = Duration::from_millis(40);

/// Begins nothing more, and waits for the answers that are out, unless somebody presses Ctrl+C.
pub(super) fn leave_line(studio: &Studio, interrupt: &mut Interrupt) {
    studio.block_on(leave(studio, interrupt));
}

/// Ends everything in order. An answer that is still out is waited for, unless somebody presses Ctrl+C.
pub(super) fn close(studio: &Studio, interrupt: &mut Interrupt) {
    leave_line(studio, interrupt);
    studio.close();
}

/// Begins nothing more, and waits for the answers that are out; Ctrl+C gives up on them.
async fn leave(studio: &Studio, interrupt: &mut Interrupt) {
    let mut closing = std::pin::pin!(studio.jobs().close());
    loop {
        tokio::select! {
            () = &mut closing => return,
            () = interrupt.pressed() => studio.jobs().give_up(),
        }
    }
}

/// Why a command does not end at once, when something was just sent that may cost money.
fn tell_what_is_awaited(rows: &[Arc<JobRow>], bar: &ProgressBar, ctrl_c: &str) {
    if rows.iter().any(|row| row.status == JobStatus::Submitting && !row.price.is_zero()) {
        let sentence = format_args!("Waiting for the answer to what was just sent. {ctrl_c} gives up on it.");
        bar.suspend(|| complain(sentence));
    }
}

/// The next Ctrl+C, heard from now on and not only once somebody waits for it.
pub(super) struct Interrupt(Pin<Box<dyn Future<Output = io::Result<()>>>>);

impl Interrupt {
    /// Listens from now on. Call it before anything is sent: until then Ctrl+C ends the program at once.
    pub(super) fn listen(studio: &Studio) -> Self {
        studio.block_on(Self::listening())
    }

    async fn listening() -> Self {
        let mut pressed: Pin<Box<dyn Future<Output = io::Result<()>>>> = Box::pin(tokio::signal::ctrl_c());
        // It listens once it was asked for the first time.
        let is_deaf = tokio::select! {
            biased;
            _ = &mut pressed => true,
            () = std::future::ready(()) => false,
        };
        Self(if is_deaf { Box::pin(std::future::pending()) } else { pressed })
    }

    /// Waits until it is pressed, and listens for the next one before anything is done about this one.
    pub(super) async fn pressed(&mut self) {
        _ = (&mut self.0).await;
        *self = Self::listening().await;
    }
}

/// Says each fault that is waited out once, so that nobody waits without knowing for what.
fn tell_faults(rows: &[Arc<JobRow>], bar: &ProgressBar, told: &mut BTreeSet<String>) {
    for row in rows.iter().filter(|row| !row.rests() && row.retry_at.is_some() && !row.busy) {
        if let Some(error) = row.error.as_ref().filter(|error| told.insert((*error).clone())) {
            let sentence = capitalised(error.trim_end_matches('.'));
            bar.suspend(|| complain(format_args!("{sentence}. It is tried again.")));
        }
    }
}

/// Waits until all of `ids` rest, none of the others goes on before there is room on the disk, `patience` is over, or
/// somebody presses Ctrl+C.
///
/// In all but the first case nothing more begins, and a submit that is out is waited for: its answer tells how the job
/// stands. Another Ctrl+C gives up on it.
pub(super) fn wait_for_all(
    studio: &Studio,
    interrupt: &mut Interrupt,
    ids: &[JobId],
    patience: Duration,
    show: bool,
) -> Waited {
    let bar = bar(ids.len(), show && is_watched());
    let deadline = studio.clock().instant() + patience;
    let mut told = BTreeSet::new();
    let rows = || -> Vec<Arc<JobRow>> { ids.iter().filter_map(|id| studio.jobs().get(id)).collect() };
    let waited = studio.block_on(async {
        loop {
            let rows_now = rows();
            show_progress(&bar, &rows_now);
            if rows_now.iter().all(|row| row.rests()) {
                return Waited::AllRest;
            }
            if rows_now.iter().all(|row| row.rests() || row.needs_room) {
                // Only a person can mend this, and waiting for one helps nobody.
                leave(studio, interrupt).await;
                return Waited::NoRoom;
            }
            tell_faults(&rows_now, &bar, &mut told);
            if studio.clock().instant() >= deadline {
                tell_what_is_awaited(&rows_now, &bar, "Ctrl+C");
                leave(studio, interrupt).await;
                return Waited::TimeOver;
            }
            tokio::select! {
                () = tokio::time::sleep(TICK) => {}
                () = interrupt.pressed() => {
                    tell_what_is_awaited(&rows(), &bar, "Ctrl+C again");
                    leave(studio, interrupt).await;
                    return Waited::Interrupted;
                }
            }
        }
    });
    bar.finish_and_clear();
    waited
}

/// A bar of thousandths of all jobs, or none where nobody watches.
fn bar(jobs: usize, watched: bool) -> ProgressBar {
    let target = if watched { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let style = ProgressStyle::with_template("{bar:32} {percent:>3} %  {msg}  {elapsed}")
        .unwrap_or_else(|_broken| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(Some(jobs as u64 * 1000), target).with_style(style)
}

fn show_progress(bar: &ProgressBar, rows: &[Arc<JobRow>]) {
    let thousandths: f32 =
        rows.iter().map(|row| if row.rests() { 1000.0 } else { row.progress.unwrap_or_default() * 1000.0 }).sum();
    bar.set_position(thousandths as u64);
    let resting = rows.iter().filter(|row| row.rests()).count();
    let current = rows.iter().find(|row| !row.rests());
    let state = current.map_or("done", |row| super::jobs::status_words(row.status));
    bar.set_message(if rows.len() == 1 { state.to_owned() } else { format!("{resting} of {}, {state}", rows.len()) });
}
