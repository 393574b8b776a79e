//! What the window remembers of its layout between starts, and how that gets to the disk and back.

use egui::Context;
use serde::{Deserialize, Serialize};

use super::App;
use super::event::Event;
use super::sentence::sentence;
use crate::platform::Folders;
use crate::settings::{Loaded, load_remembered};
use crate::ui::action::Sort;
use crate::ui::shell::Remembered;

/// What is remembered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Layout {
    /// Regions, folds, sizes.
    shell: Remembered,
    /// The order of the gallery.
    sort: Sort,
    /// Does the gallery show backgrounds?
    backgrounds: bool,
}

impl Layout {
    /// Reads it as an event for the window, which also says when the file could not be understood.
    pub(super) fn load(folders: &Folders) -> Event {
        match load_remembered(&folders.layout()) {
            Ok(Loaded { value, set_aside }) => {
                let note = set_aside.map(|path| crate::studio::set_aside_note("The layout of the window", &path));
                Event::Layout(Box::new(value), note)
            }
            Err(error) => Event::Layout(Box::default(), Some(sentence(&error))),
        }
    }
}

impl App {
    /// Arranges the window as it was.
    pub(super) fn recall(&mut self, layout: Layout, note: Option<String>) {
        self.shell.recall(&layout.shell);
        self.state.gallery.sort = layout.sort;
        self.state.gallery.backgrounds = layout.backgrounds;
        self.kept = Some(layout);
        if let Some(note) = note {
            self.state.cx.complain(note);
        }
    }

    /// The layout as it is now.
    pub(super) fn layout(&self) -> Layout {
        let gallery = &self.state.gallery;
        Layout { shell: self.shell.remembered(), sort: gallery.sort, backgrounds: gallery.backgrounds }
    }

    /// Keeps a layout that has changed; not while the hand still moves something.
    pub(super) fn keep_layout(&mut self, ctx: &Context) {
        let (Some(work), Some(kept)) = (&self.work, &self.kept) else { return };
        if ctx.input(|input| input.pointer.any_down()) {
            return;
        }
        let layout = self.layout();
        if *kept != layout {
            work.keep_layout(layout.clone());
            self.kept = Some(layout);
        }
    }
}
