//! A palette of the person's own: picked or dropped, then words of the prompt like any other.

use std::path::PathBuf;

use super::App;
use super::event::Event;
use super::work::Work;
use crate::studio;

impl Work {
    /// Reads a palette file.
    pub(super) fn read_palette(&self, path: PathBuf) {
        self.spawn(move |_, notifier| {
            notifier.send(match studio::palette_of_file(&path) {
                Ok(colours) => Event::Palette(colours),
                Err(error) => Event::failed(&error),
            });
        });
    }
}

impl App {
    /// Draws in these colours from now on, or in the style's own when there are none; one step of undo.
    pub(super) fn use_palette(&mut self, colours: &[[u8; 3]]) {
        let form = &mut self.state.form;
        form.replace(studio::with_colours(&form.recipe, colours));
    }
}
