//! Runs in the background what a feature asks for; what comes of it returns as that feature's own events.

use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::newest::{Newest, locked};
use super::sentence::sentence;
use crate::platform::Folders;
use crate::settings::{Loaded, Named, NamedList};
use crate::studio::{Studio, set_aside_note};

/// What any work may say, whichever feature asked for it.
pub(super) enum Report {
    /// It did not work, as a whole sentence.
    Failed(String),
    /// Something was saved, or why not.
    Saved(Result<Saved, String>),
}

/// What was saved.
#[derive(Debug)]
pub(super) struct Saved {
    /// The file, or the folder of several.
    pub path: PathBuf,
    /// How many images went into the folder; none for a file.
    pub images: Option<usize>,
}

impl Saved {
    /// One file.
    pub(super) const fn file(path: PathBuf) -> Self {
        Self { path, images: None }
    }
}

/// Tells the window what has happened to one feature; not from the UI thread, since it waits when much is told.
pub(super) struct Teller<E> {
    event: Arc<dyn Fn(E) + Send + Sync>,
    report: Arc<dyn Fn(Report) + Send + Sync>,
}

impl<E> Clone for Teller<E> {
    fn clone(&self) -> Self {
        Self { event: Arc::clone(&self.event), report: Arc::clone(&self.report) }
    }
}

impl<E> Teller<E> {
    /// Tells by these two ways.
    pub(super) fn new(
        event: impl Fn(E) + Send + Sync + 'static,
        report: impl Fn(Report) + Send + Sync + 'static,
    ) -> Self {
        Self { event: Arc::new(event), report: Arc::new(report) }
    }

    /// Something has happened.
    pub(super) fn send(&self, event: E) {
        (self.event)(event);
    }

    /// Something did not work.
    pub(super) fn fail(&self, error: &dyn Error) {
        self.complain(sentence(error));
    }

    /// The same, as a whole sentence.
    pub(super) fn complain(&self, sentence: String) {
        (self.report)(Report::Failed(sentence));
    }

    /// Something was saved, or why not.
    pub(super) fn saved(&self, outcome: Result<Saved, String>) {
        (self.report)(Report::Saved(outcome));
    }
}

/// What is said when work ended in a fault of the program.
const BROKE: &str = "Something in Sticker Booth broke while it worked on this: a fault of the program, not yours. What was \
    finished is kept. Try it again, and start the program anew if it still waits.";

/// Works for one feature. Clones work for the same one.
pub(super) struct Worker<E> {
    studio: Arc<Studio>,
    teller: Teller<E>,
    underway: Underway,
}

impl<E> Clone for Worker<E> {
    fn clone(&self) -> Self {
        Self { studio: Arc::clone(&self.studio), teller: self.teller.clone(), underway: self.underway.clone() }
    }
}

impl<E: 'static> Worker<E> {
    /// Works on this studio.
    pub(super) const fn new(studio: Arc<Studio>, teller: Teller<E>, underway: Underway) -> Self {
        Self { studio, teller, underway }
    }

    /// The studio, for what takes no time.
    pub(super) fn studio(&self) -> &Studio {
        &self.studio
    }

    /// Who tells the window.
    pub(super) const fn teller(&self) -> &Teller<E> {
        &self.teller
    }

    /// What must not be cut off at the end.
    pub(super) const fn underway(&self) -> &Underway {
        &self.underway
    }

    /// Runs something that takes a while or waits for a disk.
    pub(super) fn spawn(&self, work: impl FnOnce(&Studio, &Teller<E>) + Send + 'static) {
        let (studio, teller) = (Arc::clone(&self.studio), self.teller.clone());
        drop(self.studio.handle().spawn_blocking(move || {
            // Somebody waits for the answer, so that a fault of ours is said and does not look like work without end.
            if catch_unwind(AssertUnwindSafe(|| work(&studio, &teller))).is_err() {
                teller.complain(BROKE.to_owned());
            }
        }));
    }

    /// Runs what a person has asked for and what the end must not cut off.
    pub(super) fn spawn_to_the_end(&self, work: impl FnOnce(&Studio, &Teller<E>) + Send + 'static) {
        let begun = self.underway.begin();
        self.spawn(move |studio, teller| {
            work(studio, teller);
            drop(begun);
        });
    }

    /// Saves a file under this path, which gets this ending when it has none.
    ///
    /// `save` is told whether it may `replace` a file: one whose name the person has not seen it may not.
    pub(super) fn save_file<F: Error>(
        &self,
        path: PathBuf,
        replace: bool,
        ending: &'static str,
        save: impl FnOnce(&Studio, &Path, bool) -> Result<(), F> + Send + 'static,
    ) {
        self.spawn_to_the_end(move |studio, teller| {
            let is_whole = path.extension().is_some();
            let path = if is_whole { path } else { path.with_extension(ending) };
            let saved = save(studio, &path, replace && is_whole);
            teller.saved(saved.map(|()| Saved::file(path)).map_err(|error| sentence(&error)));
        });
    }

    /// Reads a list of what the person has named; `what` is told to them if its file could not be understood.
    pub(super) fn read_list<T: Named + DeserializeOwned + 'static>(
        &self,
        what: &'static str,
        file: fn(&Folders) -> PathBuf,
        event: fn(NamedList<T>) -> E,
    ) {
        self.spawn(move |studio, teller| match NamedList::load(&file(studio.folders())) {
            Ok(Loaded { value, set_aside }) => {
                if let Some(path) = set_aside {
                    teller.complain(set_aside_note(what, &path));
                }
                teller.send(event(value));
            }
            Err(error) => teller.fail(&error),
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
        self.spawn_to_the_end(move |studio, teller| {
            if let Err(error) = newest.write(|list| list.save(&file(studio.folders()))) {
                teller.fail(&error);
            }
        });
    }
}

/// Counts what must not be cut off at the end.
#[derive(Clone, Default)]
pub(super) struct Underway {
    count: Arc<(Mutex<usize>, Condvar)>,
}

/// One of them, until it is dropped.
pub(super) struct Begun(Underway);

impl Underway {
    /// Another one, until what this gives is dropped.
    pub(super) fn begin(&self) -> Begun {
        *locked(&self.count.0) += 1;
        Begun(self.clone())
    }

    /// Waits until all have ended, or for this long.
    pub(super) fn wait(&self, limit: Duration) {
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
