//! What the window's panels remember between starts: only how things are looked at.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Arrangement, Shell};
use crate::viewer::Look;

/// What is remembered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Remembered {
    /// The regions.
    pub arrangement: Arrangement,
    /// Sections of the recipe that a person has opened (true) or folded (false), by title.
    pub sections: BTreeMap<String, bool>,
    /// Side of a card of the gallery in points, when it is not the usual one.
    pub card: Option<f32>,
    /// The background under stickers: 0 is the checkerboard.
    pub swatch: usize,
    /// How stickers are looked at.
    pub look: Look,
}

impl Shell {
    /// What is to be remembered now.
    pub fn remembered(&self) -> Remembered {
        Remembered {
            arrangement: self.arrangement,
            sections: self.recipe.sections_open(),
            card: self.gallery.side(),
            swatch: self.viewer.swatch(),
            look: self.viewer.look(),
        }
    }

    /// Arranges everything as it was; what makes no sense any more is left as it is.
    pub fn recall(&mut self, remembered: &Remembered) {
        self.arrangement = remembered.arrangement;
        self.recalled = true;
        self.recipe.open_sections(&remembered.sections);
        if let Some(side) = remembered.card {
            self.gallery.set_side(side);
        }
        self.viewer.set_swatch(remembered.swatch);
        self.viewer.set_look(remembered.look);
    }
}
