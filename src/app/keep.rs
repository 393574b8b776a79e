//! Writes what the person chose, in the background and in order; and the end of the work.

use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::event::{Event, Notifier};
use super::layout::Layout;
use super::recent::tidy;
use super::session::WorkSession;
use super::work::{Work, sentence};
use crate::platform::Folders;
use crate::settings::{Loaded, Named, NamedList, Settings, save_remembered};
use crate::studio::{Studio, set_aside_note};

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

/// Counts what must not be cut off at the end.
#[derive(Clone, Default)]
pub(super) struct Underway {
    count: Arc<(Mutex<usize>, Condvar)>,
}

/// One of them, until it is dropped.
struct Begun(Underway);

impl Underway {
    fn begin(&self) -> Begun {
        *locked(&self.count.0) += 1;
        Begun(self.clone())
    }

    /// Waits until all have ended, or for this long.
    fn wait(&self, limit: Duration) {
        let (count, changed) = &*self.count;
        drop(changed.wait_timeout_while(locked(count), limit, |count| *count > 0));
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        *locked(&self.0.count.0) -= 1;
        self.0.count.1.notify_all();
    }
}

/// How long the end waits for what a person has asked for.
const END: Duration = Duration::from_mins(1);

impl Work {
    /// Runs what a person has asked for and what the end must not cut off.
    pub(super) fn spawn_to_the_end(&self, work: impl FnOnce(&Studio, &Notifier) + Send + 'static) {
        let begun = self.underway.begin();
        self.spawn(move |studio, notifier| {
            work(studio, notifier);
            drop(begun);
        });
    }

    /// Keeps the preferences.
    pub(super) fn keep_settings(&self, settings: Settings) {
        self.settings.put(settings);
        let work = self.clone();
        self.spawn(move |studio, _| work.write_settings(studio));
    }

    /// Keeps the window's layout.
    pub(super) fn keep_layout(&self, layout: Layout) {
        self.layout.put(layout);
        let work = self.clone();
        self.spawn(move |studio, _| work.write_layout(studio));
    }

    /// Reads a list of what the person has named; `what` is told to them if its file could not be understood.
    pub(super) fn read_list<T: Named + DeserializeOwned + 'static>(
        &self,
        what: &'static str,
        file: fn(&Folders) -> PathBuf,
        event: fn(NamedList<T>) -> Event,
    ) {
        self.spawn(move |studio, notifier| match NamedList::load(&file(studio.folders())) {
            Ok(Loaded { value, set_aside }) => {
                if let Some(path) = set_aside {
                    notifier.send(Event::Failed(set_aside_note(what, &path)));
                }
                notifier.send(event(value));
            }
            Err(error) => notifier.send(Event::Failed(sentence(&error))),
        });
    }

    /// Keeps such a list, the newest last however fast another follows.
    pub(super) fn keep_list<T: Named + Serialize + Clone + Send + 'static>(
        &self,
        newest: &Newest<NamedList<T>>,
        list: NamedList<T>,
        file: fn(&Folders) -> PathBuf,
    ) {
        newest.put(list);
        let newest = newest.clone();
        self.spawn_to_the_end(move |studio, notifier| {
            if let Err(error) = newest.write(|list| list.save(&file(studio.folders()))) {
                notifier.send(Event::Failed(sentence(&error)));
            }
        });
    }

    fn write_settings(&self, studio: &Studio) {
        if let Err(error) = self.settings.write(|settings| studio.follow(settings)) {
            self.notifier.send(Event::Failed(sentence(&error)));
        }
    }

    fn write_layout(&self, studio: &Studio) {
        if let Err(error) = self.layout.write(|layout| save_remembered(&studio.folders().layout(), layout)) {
            self.notifier.send(Event::Failed(sentence(&error)));
        }
    }

    /// Ends everything in order, in the background; [`Event::Ended`] comes when it is over.
    pub(super) fn end(&self, layout: Layout, session: WorkSession) {
        let work = self.clone();
        let ended = std::thread::Builder::new().name("ending".into()).spawn(move || {
            work.finish(layout, session);
            work.notifier.send(Event::Ended);
        });
        if let Err(error) = ended {
            tracing::error!(%error, "the end has no thread of its own");
            drop(self.studio.handle().spawn_blocking({
                let notifier = self.notifier.clone();
                move || notifier.send(Event::Ended)
            }));
        }
    }

    /// Writes what waits and waits for what is under way, at most a minute. Not while a window is drawn.
    pub(super) fn finish(&self, layout: Layout, session: WorkSession) {
        self.layout.put(layout);
        let kept = self.end_session(session);
        self.write_settings(&self.studio);
        self.write_layout(&self.studio);
        self.underway.wait(END);
        self.empty_bin_at_the_end();
        // A copy that is being written has another name until it is whole, so they are tidied up behind it.
        if let Some(kept) = kept {
            tidy(self.studio.folders(), &kept);
        }
        self.studio.close();
    }
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
