//! Catches panics of decoders before their text reaches a terminal.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    /// Is this thread at work that may break down without a word?
    static IS_QUIET: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// What `work` gives, or `None` when it panics: a decoder that trips over hostile bytes must not take the worker with it.
///
/// The work must only make values, which are lost with it, so that nothing half-changed is seen afterwards.
pub(super) fn catch<R>(work: impl FnOnce() -> R) -> Option<R> {
    HOOK.call_once(|| {
        let tell = take_hook();
        set_hook(Box::new(move |panic| {
            // A thread that is ending has no flag any more; what breaks there is told.
            if !IS_QUIET.try_with(Cell::get).unwrap_or(false) {
                tell(panic);
            }
        }));
    });
    let before = IS_QUIET.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(work));
    IS_QUIET.set(before);
    outcome.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_breaks_down_is_caught_and_the_next_work_goes_on() {
        assert_eq!(catch(|| panic!("a decoder")), None::<u8>);
        assert_eq!(catch(|| 7), Some(7));
        assert!(!IS_QUIET.get(), "later panics are told");
    }
}
