//! What the person was at: photo, settings, what was chosen. It comes back after a close and after a crash.

use serde::{Deserialize, Serialize};

use super::WindowEvent;
use crate::app::export::ExportKept;
use crate::app::photo::{Decided, KeptPhoto, tidy};
use crate::app::sentence::sentence;
use crate::model::sweep::Sweep;
use crate::model::{Framing, Recipe};
use crate::platform::Folders;
use crate::settings::{Loaded, load_remembered};
use crate::studio::set_aside_note;

/// What comes back.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::app) struct WorkSession {
    /// The photo in the well.
    pub photo: Option<KeptPhoto>,
    /// How it is framed.
    pub framed: Framed,
    /// The settings, once there are any.
    pub form: Option<FormKept>,
    /// The chosen stickers, the one in the viewer first.
    pub chosen: Vec<i64>,
    /// Is the sweep open, and its plan.
    pub sweep: Option<(bool, Sweep)>,
    /// How packs were exported last.
    pub export: ExportKept,
    /// The photos that were brought together, when there are several.
    pub several: Vec<MemberKept>,
    /// The place of the one of them that is in the well.
    pub place: usize,
    /// Photos that were used lately, the newest first.
    pub recent: Vec<KeptPhoto>,
}

/// One of several photos. Without a sum nobody has looked at it yet, so that there is no copy of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::app) struct MemberKept {
    /// The photo.
    pub photo: KeptPhoto,
    /// How it is framed.
    #[serde(default)]
    pub framed: Framed,
}

/// The form as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::app) struct FormKept {
    /// The settings.
    pub recipe: Recipe,
    /// The last run's.
    pub last_run: Option<Recipe>,
    /// Name of the preset chosen last.
    pub preset: String,
    /// Stickers to make at once.
    pub count: u32,
    /// Is the seed kept?
    pub seed_is_locked: bool,
    /// Seeds of recent runs, newest first.
    pub recent_seeds: Vec<u32>,
}

/// How a photo is framed, as it is kept; what was accepted is asked again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::app) struct Framed {
    face: usize,
    face_chosen: bool,
    framing: Framing,
}

impl From<Decided> for Framed {
    fn from(Decided { face, face_chosen, framing, .. }: Decided) -> Self {
        Self { face, face_chosen, framing }
    }
}

impl From<Framed> for Decided {
    fn from(Framed { face, face_chosen, framing }: Framed) -> Self {
        Self { face, face_chosen, framing, accepted: Vec::new() }
    }
}

impl WorkSession {
    /// Reads it as an event for the window, and deletes copies of photos that it does not name.
    pub(in crate::app) fn load(folders: &Folders) -> WindowEvent {
        let (session, note) = match load_remembered::<Self>(&folders.session()) {
            Ok(Loaded { value, set_aside }) => {
                let note = set_aside.map(|path| set_aside_note("What you were at", &path));
                if note.is_none() {
                    tidy(folders, &value.kept());
                }
                (value.in_range(), note)
            }
            Err(error) => (Self::default(), Some(sentence(&error))),
        };
        WindowEvent::Session(Box::new(session), note)
    }

    /// A file that was edited by hand may say what no control offers.
    fn in_range(mut self) -> Self {
        self.form = self.form.filter(|form| Recipe::from_fields(&form.recipe.to_fields()).is_ok());
        self.photo = self.photo.filter(KeptPhoto::is_named_by_a_sum);
        self.recent.retain(KeptPhoto::is_named_by_a_sum);
        self
    }

    /// The photos whose copies are needed.
    pub(super) fn kept(&self) -> Vec<KeptPhoto> {
        let several = self.several.iter().map(|member| &member.photo);
        self.photo.iter().chain(&self.recent).chain(several).cloned().collect()
    }
}
