//! What comes back from background work: one closed list, one bounded channel, one waker.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use egui::Context;

use super::export::ExportEvent;
use super::files::FilesEvent;
use super::finishing::FinishingEvent;
use super::gallery::GalleryEvent;
use super::hosts::HostsEvent;
use super::jobs::JobsEvent;
use super::key::KeyEvent;
use super::money::MoneyEvent;
use super::photo::PhotoEvent;
use super::pictures::PictureEvent;
use super::presets::PresetsEvent;
use super::recipe::RecipeEvent;
use super::sweep::SweepEvent;
use super::window::WindowEvent;
use super::worker::{Report, Teller, Underway, Worker};
use crate::photo::PhotoSource;
use crate::studio::Studio;

/// Something that happened elsewhere. Errors are whole sentences.
pub(super) enum Event {
    /// Everything that runs is there, or why not.
    Opened(Result<Arc<Studio>, String>),
    /// The person brought photos from outside: with a second start, or with this one.
    PhotosBrought(Vec<PhotoSource>),
    /// Something about a file dialog.
    Files(FilesEvent),
    /// Something about the window itself.
    Window(WindowEvent),
    /// Something about the settings.
    Recipe(RecipeEvent),
    /// Something about a photo.
    Photo(PhotoEvent),
    /// Something about jobs.
    Jobs(JobsEvent),
    /// Something about the ledger.
    Money(MoneyEvent),
    /// Something about the gallery.
    Gallery(GalleryEvent),
    /// Something about the sweep.
    Sweep(SweepEvent),
    /// Something about presets.
    Presets(PresetsEvent),
    /// Something about a picture for the screen.
    Picture(PictureEvent),
    /// Something about the key.
    Key(KeyEvent),
    /// Something about finishing.
    Finishing(FinishingEvent),
    /// Something about the export.
    Export(ExportEvent),
    /// Something about hosts for photos.
    Hosts(HostsEvent),
    /// What any work may say.
    Report(Report),
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

/// Makes the worker of each feature.
pub(super) struct Workers {
    studio: Arc<Studio>,
    notifier: Notifier,
    underway: Underway,
}

impl Workers {
    /// On this studio, with answers to this window.
    pub(super) fn new(studio: Arc<Studio>, notifier: Notifier) -> Self {
        Self { studio, notifier, underway: Underway::default() }
    }

    /// A worker whose events become events of the window so.
    pub(super) fn of<E: 'static>(&self, event: fn(E) -> Event) -> Worker<E> {
        let (events, reports) = (self.notifier.clone(), self.notifier.clone());
        let teller = Teller::new(
            move |of_feature| events.send(event(of_feature)),
            move |report| reports.send(Event::Report(report)),
        );
        Worker::new(Arc::clone(&self.studio), teller, self.underway.clone())
    }
}
