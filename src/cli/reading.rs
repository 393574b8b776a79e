//! Reads photos one after the other, and hears Ctrl+C between them and inside of each.

use std::sync::atomic::{AtomicBool, Ordering};

use super::console::complain;
use super::exit::Exit;
use super::waiting::Interrupt;
use crate::studio::Studio;
use crate::vision::IsStopped;

/// The reading of photos for a command.
pub(super) struct Reading {
    photos: usize,
    read: usize,
    is_stopped: AtomicBool,
}

impl Reading {
    /// So many photos are to be read.
    pub(super) const fn new(photos: usize) -> Self {
        Self { photos, read: 0, is_stopped: AtomicBool::new(false) }
    }

    /// Has `read` read the next photo; `None` once somebody has pressed Ctrl+C, which `read` is told.
    ///
    /// Another Ctrl+C ends the program at once: nothing that is under way while photos are read needs an answer.
    pub(super) fn next<T: Send>(
        &mut self,
        studio: &Studio,
        interrupt: &mut Interrupt,
        read: impl FnOnce(IsStopped<'_>) -> T + Send,
    ) -> Option<T> {
        let is_stopped = || self.is_stopped.load(Ordering::Relaxed);
        if is_stopped() {
            return None;
        }
        let outcome = std::thread::scope(|scope| {
            let (done, mut is_done) = tokio::sync::oneshot::channel::<()>();
            let worker = scope.spawn(move || {
                let outcome = read(&is_stopped);
                drop(done);
                outcome
            });
            studio.block_on(async {
                loop {
                    tokio::select! {
                        // The other end is gone, one way or the other.
                        _ = &mut is_done => return,
                        () = interrupt.pressed() => {
                            if self.is_stopped.swap(true, Ordering::Relaxed) {
                                leave_at_once();
                            }
                        }
                    }
                }
            });
            worker.join()
        });
        let outcome = outcome.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        if self.is_stopped.load(Ordering::Relaxed) {
            return None;
        }
        self.read += 1;
        Some(outcome)
    }

    /// What is told of the photos that were left out, if somebody has pressed Ctrl+C.
    pub(super) fn told(&self) -> Option<String> {
        let left = self.photos - self.read;
        let photos = if left == 1 { "1 photo was".to_owned() } else { format!("{left} photos were") };
        let is_stopped = self.is_stopped.load(Ordering::Relaxed);
        is_stopped.then(|| format!("Stopped: {photos} not read, and nothing more is begun."))
    }
}

/// Ends the program without waiting for a photo that is being decoded.
#[expect(clippy::exit, reason = "a decoder cannot be interrupted, and the journal knows every job that was begun")]
fn leave_at_once() -> ! {
    complain("Stopped at once. Stickers that were in line are kept; sticker-booth jobs list shows them.");
    std::process::exit(Exit::Interrupted.number().into())
}
