//! The gallery: the stickers of the library, which of them are chosen, and what is done with them.

mod act;
mod cards;
mod clipboard;
mod renaming;
mod rows;
mod selection;
mod tasks;
mod view;

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use egui::ColorImage;

use super::context::AppContext;
use super::images::Images;
use super::pictures::Pictures;
use super::worker::Worker;
use crate::library::{Mark, Query, SaveOptions, StickerRow};
use crate::model::{JobId, Recipe, Remote, Sort};
use crate::platform::Clock;
use crate::ui::action::{StickerId, WayOut};
use crate::ui::view::{BannerView, RenameView, Trouble};
use cards::CardList;
use renaming::Renaming;
pub(super) use renaming::stem_of;
use selection::Selection;
pub(super) use tasks::Tasks;
pub(super) use view::Around;

/// Places that are remembered at most.
const MOST_FOUND: usize = 16;

/// The gallery's stickers and the question that found them.
#[derive(Default)]
pub(super) struct Gallery {
    /// The answer to the question, as far as it is there.
    rows: Remote<Vec<StickerRow>>,
    /// Stickers in the library, whatever the search.
    total: usize,
    /// Stickers that would fit without the star, when nothing fits with it.
    without_star: usize,
    /// How often the library has answered.
    listing: u64,
    /// The words searched for.
    search: String,
    /// Are only starred ones shown?
    starred_only: bool,
    /// The order.
    sort: Sort,
    /// Are backgrounds shown?
    backgrounds: bool,
    /// Is the bin shown in place of the library?
    in_bin: bool,
    /// Stickers in the bin.
    binned: usize,
    /// The chosen stickers; the first of them stands in the viewer.
    selection: Selection,
    /// Was the library's folder looked through, after the first list?
    was_looked_through: bool,
    /// Show the sticker of this job once the library lists it.
    show_when_listed: Option<JobId>,
    /// Did the photo stand alone in the viewer when the window was left?
    starts_empty_handed: bool,
    /// Show this sticker once the library lists it again.
    show_again: Option<StickerId>,
    /// Places in sight, first and behind the last.
    in_sight: (usize, usize),
    /// Stickers made in this run that nobody has looked at.
    unseen: HashSet<StickerId>,
    /// Stickers that have come and wait to be let in, so that no card moves under a hand.
    coming: Vec<StickerRow>,
    /// New stickers that came while somebody was at something else: the header says how many.
    missed: HashSet<StickerId>,
    /// Is the pointer on the cards?
    hand_on: bool,
    /// The highest id that was let in: what has a higher one has been made since.
    latest: i64,
    /// Is only the first page there yet?
    is_first_page: bool,
    /// Where rows that were asked for lie.
    found: RefCell<HashMap<StickerId, usize>>,
    /// Has the person asked for the next answer, so that whatever it holds is let in?
    asked: bool,
    /// The stickers that a name is typed for.
    renaming: Option<Renaming>,
    /// Do other programs take files from this window, from the clipboard and by dragging?
    hands_out_files: bool,
    tasks: Option<Tasks>,
}

/// An answer of the library.
#[derive(Debug)]
pub(super) struct Listed {
    /// The stickers that fit.
    rows: Vec<StickerRow>,
    /// Are these all, or only the first page, which comes before the rest?
    pub whole: bool,
    /// What was asked for, without the page.
    pub query: Query,
    /// Stickers in the library, whatever the search.
    total: usize,
    /// Stickers in the bin.
    binned: usize,
    /// Stickers that would fit without the star, when nothing fits with it.
    without_star: usize,
}

/// What came back.
pub(super) enum GalleryEvent {
    /// The stickers that fit the search, and how many there are in all.
    Listed(Result<Listed, String>),
    /// So many stickers went from the bin into the system's trash.
    BinEmptied(usize),
    /// So many stickers of the library's folder were new to the index.
    TakenIn(usize),
    /// A picture for the clipboard.
    Copy(ColorImage),
    /// So many stickers are on the clipboard as files, a single one as a picture too.
    Copied(usize),
    /// These paths go to the clipboard as text, for nothing else was taken.
    CopyPaths(Vec<PathBuf>),
}

/// What the gallery tells the window.
pub(super) enum Outcome {
    /// Others are chosen, or another one stands in the viewer.
    Chosen,
    /// Stickers have other marks: what each had before and has now.
    Marked(Vec<(StickerId, Mark, Mark)>),
    /// Stickers have other names: what each was called before and is called now.
    Named(Vec<(StickerId, String, String)>),
    /// Stickers went into the bin, or came out of it.
    Binned {
        /// Which ones.
        ids: Vec<StickerId>,
        /// Into the bin?
        into: bool,
    },
    /// What lies in the bin is being deleted.
    EmptiesBin,
    /// The seed of a sticker is wanted in the form.
    UseSeed(u32),
    /// Its settings are.
    UseSettings(Box<Recipe>),
    /// A place is wanted for a copy of this one.
    SaveCopy(Box<StickerRow>, SaveOptions),
    /// A folder is wanted for these.
    SaveImages(Images),
}

impl Gallery {
    /// Before the library was looked into.
    pub(super) fn waiting(hands_out_files: bool) -> Self {
        Self { rows: Remote::Loading { previous: None }, hands_out_files, ..Self::default() }
    }

    /// Everything runs now.
    pub(super) fn start(&mut self, worker: Worker<GalleryEvent>, cx: &AppContext) {
        let tasks = Tasks::new(worker);
        tasks.begin(self.query(cx));
        self.tasks = Some(tasks);
    }

    /// What ends with the window.
    pub(super) const fn tasks(&self) -> Option<&Tasks> {
        self.tasks.as_ref()
    }

    /// The question for the library.
    pub(super) fn query(&self, cx: &AppContext) -> Query {
        Query {
            mark: self.starred_only.then_some(Mark::Star),
            is_binned: self.in_bin,
            sort: self.sort,
            ..Query::of_text(&self.search, Clock::real().now(), &cx.zone)
        }
    }

    /// Asks the library what it has now.
    pub(super) fn look(&self, cx: &AppContext) {
        if let Some(tasks) = &self.tasks {
            tasks.list(self.query(cx));
        }
    }

    /// Asks another question.
    fn ask(&mut self, cx: &AppContext) {
        if self.tasks.is_some() {
            self.ask_again();
            self.look(cx);
        }
    }

    /// Builds the index again from the files.
    pub(super) fn rebuild_index(&self, cx: &AppContext) {
        if let Some(tasks) = &self.tasks {
            tasks.rebuild_index(self.query(cx));
        }
    }

    /// Takes what came back.
    pub(super) fn update(&mut self, event: GalleryEvent, cx: &mut AppContext) {
        match event {
            // Another question was asked while this was looked up, and what was asked before may have changed both.
            GalleryEvent::Listed(Ok(listed)) if listed.query != self.query(cx) => self.look(cx),
            GalleryEvent::Listed(Ok(listed)) => self.take_listed(listed, cx),
            GalleryEvent::Listed(Err(error)) => {
                let previous = self.rows.shown().cloned();
                self.rows = Remote::Failed { previous, error };
            }
            GalleryEvent::BinEmptied(stickers) => {
                let told = match stickers {
                    1 => "1 sticker is in the system's trash.".to_owned(),
                    count => format!("{count} stickers are in the system's trash."),
                };
                cx.tell(told, None);
            }
            GalleryEvent::TakenIn(stickers) => {
                let told = match stickers {
                    1 => "1 sticker was found in the library's folder and is in the gallery now.".to_owned(),
                    _ => format!("{stickers} stickers were found in the library's folder and are in the gallery now."),
                };
                cx.tell(told, None);
            }
            GalleryEvent::Copy(image) => {
                cx.egui.copy_image(image);
                cx.tell("The sticker is on the clipboard.".to_owned(), None);
            }
            GalleryEvent::Copied(stickers) => {
                let told = match stickers {
                    1 => "The sticker is on the clipboard, as a picture and as a file.".to_owned(),
                    count => format!("{count} stickers are on the clipboard, as files."),
                };
                cx.tell(told, None);
            }
            GalleryEvent::CopyPaths(paths) => {
                let lines: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
                cx.egui.copy_text(lines.join("\n"));
                cx.tell(format!("The paths of {} stickers are on the clipboard.", paths.len()), None);
            }
        }
    }

    /// The library has answered. What was made is shown if the person has touched nothing since they asked for it.
    fn take_listed(&mut self, listed: Listed, cx: &mut AppContext) {
        cx.pictures.look_again();
        let busy = cx.hands.are_busy();
        let first = self.rows.shown().is_none();
        let before = self.list(listed, busy);
        if let Some(tasks) = &self.tasks {
            tasks.drop_elsewhere(before);
            if self.is_whole() && !std::mem::replace(&mut self.was_looked_through, true) {
                // After the first look, which need not wait for it.
                tasks.take_in(self.query(cx));
            }
        }
        let selected = self.selected_row().is_some();
        let made = self.show_when_listed.take().filter(|_| !busy);
        if let Some(made) = made.and_then(|id| self.of_job(&id)) {
            self.select(made);
        } else if first && !selected && !std::mem::take(&mut self.starts_empty_handed) {
            self.step(true);
        }
        // What was brought back.
        if let Some(again) = self.show_again.filter(|id| self.row(*id).is_some()) {
            self.show_again = None;
            self.select(again);
        }
    }

    /// The sticker of this job is shown once the library lists it.
    pub(super) fn expect(&mut self, job: JobId, cx: &AppContext) {
        self.show_when_listed = Some(job);
        self.look(cx);
    }

    /// What is broken, when the library could not be looked into; `can_mend` tells whether anything can be done here.
    pub(super) fn banner(&self, can_mend: bool) -> Option<BannerView<'_>> {
        let ways: &[_] =
            if can_mend { &[("Rebuild", WayOut::RebuildIndex), ("Show files", WayOut::ShowFiles)] } else { &[] };
        let head = "The gallery could not be read";
        self.rows.error().map(|sentence| BannerView { trouble: Trouble::Broken, head, sentence, ways, price: None })
    }

    /// The gallery as cards.
    pub(super) fn cards<'a>(&'a self, pictures: &'a Pictures) -> CardList<'a> {
        CardList::of(self, pictures)
    }

    /// What the dialog for a name shows.
    pub(super) fn renaming(&self) -> Option<RenameView<'_>> {
        self.renaming.as_ref().map(Renaming::view)
    }
}
