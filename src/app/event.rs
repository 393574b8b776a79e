//! What comes back from background work: one closed list, one bounded channel, one waker.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use egui::{ColorImage, Context};

use super::cut_line::Subject;
use super::export::ExportEvent;
use super::finishing::FinishingEvent;
use super::hosts::HostsEvent;
use super::job_list::JobsChange;
use super::layout::Layout;
use super::photo::{Seen, SentFacts, SentKey};
use super::pictures::PictureName;
use super::session::WorkSession;
use super::sweep::Found;
use super::work::Refused;
use crate::library::{Query, StickerRow};
use crate::model::settings_text::Pasted;
use crate::model::{JobId, KeyState};
use crate::photo::PhotoSource;
use crate::platform::Picked;
use crate::settings::{Preset, Presets, Sweeps};
use crate::studio::{LedgerEntry, LoadedPhoto, Spent, Studio};
use crate::ui::view::{KeyCheckView, Levels};

/// Something that happened elsewhere. Errors are whole sentences.
pub(super) enum Event {
    /// Everything that runs is there, or why not.
    Opened(Result<Arc<Studio>, String>),
    /// How the window was arranged last time, and what a person should know about that.
    Layout(Box<Layout>, Option<String>),
    /// The person brought photos from outside: with a second start, or with this one.
    PhotosBrought(Vec<PhotoSource>),
    /// What the person was at last time, and what they should know about that.
    Session(Box<WorkSession>, Option<String>),
    /// Everything that runs has ended.
    Ended,
    /// The open file dialog has ended.
    DialogEnded(Picked),
    /// A folder for the library is there, or why not.
    LibraryChosen(Result<PathBuf, String>),
    /// The photo with this number was read and looked at.
    PhotoLoaded(u64, Result<Arc<LoadedPhoto>, String>),
    /// The photo with this number, one of several, was looked at; with it comes its small picture.
    PhotoSeen(u64, Box<Result<(Seen, Levels), String>>),
    /// The line along which a photo will be cut, in its pixels; empty when there is none, `None` when the look was stopped.
    CutLine(Subject, Option<Vec<[f32; 2]>>),
    /// The photo with this number is turned now.
    PhotoTurned(u64, Result<Arc<LoadedPhoto>, String>),
    /// What is sent of the photo, with its picture; `None` when it was given up.
    Sent(SentKey, Option<(Result<SentFacts, String>, Option<Levels>)>),
    /// A sticker was dropped: these are its settings.
    Recipe(Box<Pasted>),
    /// The colours of a palette file, sRGB.
    Palette(Vec<[u8; 3]>),
    /// Jobs were put in line, or why not.
    Submitted(Result<(), Refused>),
    /// What was asked with these jobs is done, or why not.
    Offered(Vec<JobId>, Result<(), Refused>),
    /// What changed about jobs, and what they cost now.
    Jobs(JobsChange, Spent),
    /// The service's answer about a job as it came, if there is one.
    RawAnswer(JobId, Option<String>),
    /// Every line of the ledger, newest first.
    Ledger(Result<Vec<LedgerEntry>, String>),
    /// The ledger as a table for the clipboard.
    CopyTable(String),
    /// The stickers that fit the search, and how many there are in all.
    Gallery(Result<Listed, String>),
    /// So many stickers went from the bin into the system's trash.
    BinEmptied(usize),
    /// What the library has of the sweep's cells, or why it is not known.
    SweepFound(Result<Box<Found>, String>),
    /// The sweeps that are kept.
    Sweeps(Sweeps),
    /// The person's own presets.
    Presets(Presets),
    /// Presets of a file, to be added to them.
    PresetsOfOthers(Vec<Preset>),
    /// A picture was read; `None` when it is broken.
    PictureRead(PictureName, Option<Levels>),
    /// The file of a sticker's picture is gone.
    PictureGone(PictureName),
    /// So many stickers of the library's folder were new to the index.
    TakenIn(usize),
    /// A draft was drawn: the number of its wish, the picture, and what the photo does not let its face do, as sentences.
    Drafted(u64, Levels, Vec<String>),
    /// A small picture of a style or a mood: the wish that it answers, and its place in it.
    LookDrawn(u64, usize, Levels),
    /// Where the key is.
    Key(KeyState),
    /// The key could not be kept or deleted.
    KeyFailed(String),
    /// What the service says of the key.
    KeyChecked(Result<KeyCheckView, String>),
    /// Something was saved, or why not.
    Saved(Result<Saved, String>),
    /// A picture for the clipboard.
    Copy(ColorImage),
    /// So many stickers are on the clipboard as files, a single one as a picture too.
    Copied(usize),
    /// These paths go to the clipboard as text, for nothing else was taken.
    CopyPaths(Vec<PathBuf>),
    /// Something about finishing.
    Finishing(Box<FinishingEvent>),
    /// Something about the export.
    Export(Box<ExportEvent>),
    /// Something about hosts for photos.
    Hosts(Box<HostsEvent>),
    /// Something did not work.
    Failed(String),
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

/// An answer of the library.
#[derive(Debug)]
pub(super) struct Listed {
    /// The stickers that fit.
    pub rows: Vec<StickerRow>,
    /// Are these all, or only the first page, which comes before the rest?
    pub whole: bool,
    /// What was asked for, without the page.
    pub query: Query,
    /// Stickers in the library, whatever the search.
    pub total: usize,
    /// Stickers in the bin.
    pub binned: usize,
    /// Stickers that would fit without the star, when nothing fits with it.
    pub without_star: usize,
}

/// Events that may wait; a sender beyond that waits itself, never the window.
const CAPACITY: usize = 256;

/// Sends events and wakes the window. Clones send into the same channel.
#[derive(Clone)]
pub(super) struct Notifier {
    sender: SyncSender<Event>,
    ctx: Context,
}

impl Notifier {
    /// A channel whose events wake the window of `ctx`.
    pub(super) fn new(ctx: Context) -> (Self, Receiver<Event>) {
        let (sender, receiver) = sync_channel(CAPACITY);
        (Self { sender, ctx }, receiver)
    }

    /// Sends one event; not from the UI thread, since it waits when the channel is full.
    pub(super) fn send(&self, event: Event) {
        // The window may have closed meanwhile, and then nobody wants to know.
        drop(self.sender.send(event));
        self.ctx.request_repaint();
    }
}
