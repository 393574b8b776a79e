//! What the window remembers of its layout between starts, and how that gets to the disk and back.

use serde::{Deserialize, Serialize};

use super::WindowEvent;
use crate::app::sentence::sentence;
use crate::model::Sort;
use crate::platform::Folders;
use crate::settings::{Loaded, load_remembered};
use crate::ui::shell::Remembered;

/// What is remembered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::app) struct Layout {
    /// Regions, folds, sizes.
    pub shell: Remembered,
    /// The order of the gallery.
    pub sort: Sort,
    /// Does the gallery show backgrounds?
    pub backgrounds: bool,
}

impl Layout {
    /// Reads it as an event for the window, which also says when the file could not be understood.
    pub(in crate::app) fn load(folders: &Folders) -> WindowEvent {
        match load_remembered(&folders.layout()) {
            Ok(Loaded { value, set_aside }) => {
                let note = set_aside.map(|path| crate::studio::set_aside_note("The layout of the window", &path));
                WindowEvent::Layout(Box::new(value), note)
            }
            Err(error) => WindowEvent::Layout(Box::default(), Some(sentence(&error))),
        }
    }
}
