//! Asks where a file lies or goes: by the system's dialog, and by a typed path where there is none or it does not
//! answer.

mod request;

use std::path::{Path, PathBuf};

use super::context::AppContext;
use super::toasts::ToastAnswer;
use super::worker::{Saved, Worker};
use crate::net::local_file;
use crate::photo::{self, PhotoSource};
use crate::platform::{Picked, SLOW_AFTER};
use crate::ui::action::{Dialog, PlaceFor};
use crate::ui::view::PlaceView;
pub(super) use request::FileRequest;

/// Why a path has to be typed.
const NO_DIALOG: &str = "There are no file dialogs in this session, so type or paste the path.";
const STILL_OPEN: &str = "A file dialog is open already, perhaps behind this window. Answer it, or type the path here.";

/// The file dialog that is open, and what is typed in place of one.
#[derive(Default)]
pub(super) struct Files {
    open: Option<OpenDialog>,
    typed: Option<Typed>,
    worker: Option<Worker<FilesEvent>>,
}

struct OpenDialog {
    request: FileRequest,
    /// Since when nothing has come of it, in seconds of the window's clock. A dialog in front has the focus, and as
    /// long as the window does not have it, somebody is choosing.
    since: f64,
    told: bool,
}

struct Typed {
    request: FileRequest,
    why: Option<&'static str>,
    proposed: String,
    refused: Option<String>,
}

/// What came back.
pub(super) enum FilesEvent {
    /// The open file dialog has ended.
    Ended(Picked),
}

/// What the files tell the window.
pub(super) enum Outcome {
    /// This path was chosen; may a file that is there be replaced?
    Chosen(FileRequest, PathBuf, bool),
    /// These photos were.
    Photos(Vec<PathBuf>),
    /// This photo was typed.
    Typed(PhotoSource),
}

impl Files {
    /// Everything runs now.
    pub(super) fn start(&mut self, worker: Worker<FilesEvent>) {
        self.worker = Some(worker);
    }

    /// What the dialog for a link or a path shows.
    pub(super) fn view(&self, what: PlaceFor) -> PlaceView<'_> {
        let typed = self.typed.as_ref();
        PlaceView {
            what,
            why: typed.and_then(|typed| typed.why),
            proposed: typed.map_or("", |typed| &typed.proposed),
            refused: typed.and_then(|typed| typed.refused.as_deref()),
        }
    }

    /// Opens the system's dialog, which answers with [`FilesEvent::Ended`].
    pub(super) fn ask(&mut self, request: FileRequest, cx: &mut AppContext) {
        let Some(worker) = &self.worker else { return };
        if self.open.is_some() {
            return self.let_type(request, Some(STILL_OPEN), cx);
        }
        let (answer, teller) = (request.ask(), worker.teller().clone());
        drop(worker.studio().handle().spawn(async move {
            let picked = answer.await;
            // An async task must not wait itself.
            drop(tokio::task::spawn_blocking(move || teller.send(FilesEvent::Ended(picked))));
        }));
        self.open = Some(OpenDialog { request, since: cx.now(), told: false });
    }

    /// Takes what came back.
    pub(super) fn update(&mut self, event: FilesEvent, cx: &mut AppContext) -> Option<Outcome> {
        let FilesEvent::Ended(answer) = event;
        cx.toasts.close_typing();
        let OpenDialog { request, .. } = self.open.take()?;
        let is_answered = matches!(answer, Picked::Path(_) | Picked::Paths(_));
        if is_answered && cx.dialog == Some(Dialog::Place(request.place())) {
            cx.dialog = None;
        }
        match answer {
            // The system's dialog has asked before it names a file that is there.
            Picked::Path(path) => Some(Outcome::Chosen(request, path, true)),
            Picked::Paths(paths) => Some(Outcome::Photos(paths)),
            Picked::Cancelled => None,
            Picked::NoDialogHere => {
                self.let_type(request, Some(NO_DIALOG), cx);
                None
            }
        }
    }

    /// Says that nothing comes of the open dialog, and offers to go on without it.
    pub(super) fn mind_slow_dialog(&mut self, cx: &mut AppContext) {
        let Some(open) = self.open.as_mut().filter(|open| !open.told) else { return };
        let now = cx.now();
        if !cx.egui.input(|input| input.focused) {
            open.since = now;
            return;
        }
        let left = open.since + SLOW_AFTER.as_secs_f64() - now;
        if left > 0.0 {
            return cx.egui.request_repaint_after(std::time::Duration::from_secs_f64(left));
        }
        open.told = true;
        let offer = ("Type a path".to_owned(), ToastAnswer::TypePath);
        cx.tell("The file dialog does not answer.".to_owned(), Some(offer));
    }

    /// Lets the person type what the open dialog does not tell.
    pub(super) fn type_in_place_of_dialog(&mut self, cx: &mut AppContext) {
        if let Some(request) = self.open.as_ref().map(|open| open.request.clone()) {
            self.let_type(request, Some(STILL_OPEN), cx);
        }
    }

    /// Lets the person type a link or a path.
    pub(super) fn let_type(&mut self, request: FileRequest, why: Option<&'static str>, cx: &mut AppContext) {
        let library = self.worker.as_ref().map(|worker| worker.studio().folders().library());
        let folder = library.and_then(Path::parent).unwrap_or_else(|| Path::new(""));
        let proposed = request.file_name().map(|name| folder.join(name).display().to_string());
        cx.dialog = Some(Dialog::Place(request.place()));
        self.typed = Some(Typed { request, why, proposed: proposed.unwrap_or_default(), refused: None });
    }

    /// Uses what was typed.
    pub(super) fn use_typed(&mut self, text: &str, cx: &mut AppContext) -> Option<Outcome> {
        let typed = self.typed.as_mut()?;
        if matches!(typed.request, FileRequest::Photo) {
            let Some(source) = photo_source(text) else {
                typed.refused =
                    Some("This is neither a link that begins with https:// nor the whole path of a file.".to_owned());
                return None;
            };
            cx.dialog = None;
            return Some(Outcome::Typed(source));
        }
        let Some(path) = local_file(text) else {
            typed.refused = Some("This is not the whole path of a file.".to_owned());
            return None;
        };
        let request = typed.request.clone();
        // What is written stays open until the file is there.
        if !request.place().is_written() {
            cx.dialog = None;
        }
        Some(Outcome::Chosen(request, path, false))
    }

    /// Something was saved, or why not.
    pub(super) fn saved(&mut self, outcome: Result<Saved, String>, cx: &mut AppContext) {
        let typing = matches!(&cx.dialog, Some(Dialog::Place(what)) if what.is_written());
        match (outcome, &mut self.typed) {
            (Ok(Saved { path, images }), _) => {
                if typing {
                    cx.dialog = None;
                }
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let told = match images {
                    None => format!("Saved {name}."),
                    Some(1) => format!("Saved 1 image in {name}."),
                    Some(images) => format!("Saved {images} images in {name}."),
                };
                cx.tell(told, Some(("Show".to_owned(), ToastAnswer::Reveal(path))));
            }
            (Err(sentence), Some(typed)) if typing => typed.refused = Some(sentence),
            (Err(sentence), _) => cx.complain(sentence),
        }
    }
}

/// Where a photo is, if the text says so: a link, or the path of a file.
pub(super) fn photo_source(text: &str) -> Option<PhotoSource> {
    photo::link(text).map(PhotoSource::Link).or_else(|| local_file(text).map(PhotoSource::File))
}
