//! Stickers in the folder that the index does not know are taken in: copied there, restored, or left when it was lost.

use std::collections::HashSet;

use super::index::{Entry, Found, Known, PassedOver, Renamed};
use super::inspect::{self, Unknown};
use super::{Library, LibraryError, finishes, marks, names};

/// Entries that are committed together: what a crash leaves undone is done by the next look.
const AT_ONCE: usize = 256;

/// What came of looking through the folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenIn {
    /// Stickers that the index did not know and knows now.
    pub stickers: usize,
    /// Pictures that do not say how they were made; they stay where they are.
    pub passed_over: usize,
}

impl Library {
    /// Brings stickers into the index that lie in the folder and are not there yet. What it has stays as it is.
    ///
    /// Only files are read that nobody has looked at; on a large folder the first look takes minutes.
    pub fn take_in(&self) -> Result<TakenIn, LibraryError> {
        let taken = self.look_through()?;
        // The next sticker that is added need not look again.
        self.shared.looked_through.set(()).unwrap_or_default();
        Ok(taken)
    }

    fn look_through(&self) -> Result<TakenIn, LibraryError> {
        // In this order: what is added meanwhile is known by then.
        let listings = inspect::listings(self.folder())?;
        let known = self.shared.index.known()?;
        let unknown = inspect::unknown(self.folder(), &known, &listings);
        if unknown.is_empty() {
            return Ok(TakenIn::default());
        }
        let gone = inspect::missing(&known, &listings).iter().map(|path| names::file_name(path)).collect();
        self.take_in_all(&unknown, &known, &gone)
    }

    /// [`take_in`](Self::take_in) before this process adds anything, so that no sticker is added a second time.
    pub(super) fn take_in_once(&self) {
        self.shared.looked_through.get_or_init(|| match self.look_through() {
            Ok(TakenIn { stickers: 0, .. }) => {}
            Ok(taken) => tracing::info!(stickers = taken.stickers, "stickers of the folder were taken into the index"),
            Err(error) => tracing::warn!(%error, "the library's folder was not looked through"),
        });
    }

    fn take_in_all(
        &self,
        unknown: &[Unknown<'_>],
        known: &Known,
        gone: &HashSet<String>,
    ) -> Result<TakenIn, LibraryError> {
        let marks = marks::read(self.folder())?;
        let mut taken = TakenIn::default();
        for some in unknown.chunks(AT_ONCE) {
            let (mut entries, mut foreign) = (Vec::new(), Vec::new());
            for found in some {
                match found.look(known) {
                    Look::Ours(entry) => entries.push(*entry),
                    Look::Foreign(seen) => {
                        taken.passed_over += 1;
                        foreign.extend(seen);
                    }
                    Look::Gone => {}
                }
            }
            let Found { added, renamed } = self.shared.index.take_in(entries, gone.clone(), marks.clone())?;
            taken.stickers += added + renamed.len();
            for Renamed { from, to, said } in renamed {
                finishes::rename(self.folder(), &from, &to)?;
                marks::append_all(self.folder(), &to, said)?;
            }
            self.shared.index.pass_over(foreign)?;
        }
        Ok(taken)
    }
}

/// What is seen of a picture that the index does not know.
enum Look {
    /// A sticker of ours.
    Ours(Box<Entry>),
    /// Somebody else's; what to remember of it, if that is news.
    Foreign(Option<PassedOver>),
    /// It is not there any more.
    Gone,
}

impl Unknown<'_> {
    fn look(&self, known: &Known) -> Look {
        let Some(seen) = self.seen() else { return Look::Gone };
        if known.passed_over.contains(&seen) {
            return Look::Foreign(None);
        }
        match inspect::entry(self.folder, self.name, self.listing, self.is_binned) {
            Ok(Some(entry)) => Look::Ours(Box::new(entry)),
            Ok(None) | Err(LibraryError::Picture(_)) => Look::Foreign(Some(seen)),
            Err(error) => {
                tracing::warn!(%error, name = self.name, "a picture cannot be read and is passed over");
                Look::Foreign(None)
            }
        }
    }
}
