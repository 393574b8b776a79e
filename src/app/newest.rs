//! The newest of several values that wait to be written.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The newest value that waits to be written. What was overtaken is never written, so the last word stays.
#[derive(Clone)]
pub(super) struct Newest<T> {
    waiting: Arc<Mutex<Option<T>>>,
    writing: Arc<Mutex<()>>,
}

impl<T> Default for Newest<T> {
    fn default() -> Self {
        Self { waiting: Arc::default(), writing: Arc::default() }
    }
}

impl<T> Newest<T> {
    /// Takes the place of what waits. Never waits itself.
    pub(super) fn put(&self, value: T) {
        *locked(&self.waiting) = Some(value);
    }

    /// Does something wait?
    pub(super) fn is_waiting(&self) -> bool {
        locked(&self.waiting).is_some()
    }

    /// Writes what waits, once nobody else writes.
    pub(super) fn write<E>(&self, write: impl FnOnce(&T) -> Result<(), E>) -> Result<(), E> {
        let _alone = locked(&self.writing);
        let newest = locked(&self.waiting).take();
        newest.as_ref().map_or(Ok(()), write)
    }
}

/// Holds a value for a moment, or keeps others who work in the background waiting for their turn.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_newest_is_written_and_each_once() {
        let newest = Newest::default();
        let mut written = Vec::new();
        let mut write = || {
            let kept: Result<(), ()> = newest.write(|value| {
                written.push(*value);
                Ok(())
            });
            kept.unwrap();
        };
        newest.put(1);
        newest.put(2);
        write();
        write();
        newest.put(3);
        write();
        assert_eq!(written, [2, 3]);
    }
}
