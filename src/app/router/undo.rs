//! One undo for what a person did last, whatever it was: settings, the photo and its crop, marks, the bin.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::app::App;
use crate::app::export::PackAtHand;
use crate::app::finishing::Refinished;
use crate::app::photo::{Decided, Standing};
use crate::app::recipe::HISTORY;
use crate::app::state::State;
use crate::library::Mark;
use crate::model::EngineId;
use crate::settings::Preset;
use crate::ui::action::{Action, Command, PhotoAction, StickerId};
use crate::ui::view::UseOfSeed;

/// Changes of the crop within this many seconds are one step: one drag.
const ONE_DRAG: f64 = 1.0;

/// One thing that was done, with what takes it back.
#[derive(Clone, Debug)]
pub(in crate::app) enum Did {
    /// A step of the form, which knows it itself.
    Form,
    /// How many are made, where, and with which seeds.
    Wish {
        /// Before it.
        before: Wish,
        /// After it.
        after: Wish,
    },
    /// Another face, crop, padding or turn.
    Framing {
        /// Before it.
        before: Decided,
        /// After it.
        after: Decided,
    },
    /// Another photo.
    Photo {
        /// What was in the well before.
        before: Standing,
        /// What is after it.
        after: Standing,
    },
    /// Stars and rejects: what each had before and has now.
    Marks(Vec<(StickerId, Mark, Mark)>),
    /// Names: what each was called before and is called now.
    Names(Vec<(StickerId, String, String)>),
    /// These went into the bin, or came out of it.
    Bin {
        /// Which ones.
        ids: Vec<StickerId>,
        /// Into the bin?
        into: bool,
    },
    /// A preset of the person's own was deleted.
    PresetDeleted {
        /// Its place among them.
        place: usize,
        /// The preset.
        preset: Box<Preset>,
    },
    /// These are finished in another way.
    Finish(Vec<Refinished>),
    /// Another pack is put together.
    Pack {
        /// Before it.
        before: Box<PackAtHand>,
        /// After it.
        after: Box<PackAtHand>,
    },
}

/// Which side of something that was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    Before,
    After,
}

impl When {
    const fn of<'a, T>(self, before: &'a T, after: &'a T) -> &'a T {
        match self {
            Self::Before => before,
            Self::After => after,
        }
    }
}

/// What is chosen beside the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) struct Wish {
    count: u32,
    seed: UseOfSeed,
    engine: EngineId,
}

/// What was done, the latest last; each step is one thing that a person did.
#[derive(Debug, Default)]
pub(in crate::app) struct History {
    undo: Vec<Vec<Did>>,
    redo: Vec<Vec<Did>>,
    /// When the crop was drawn last, in seconds of the window's clock.
    drawn_at: Option<f64>,
    /// The same of words about the pack.
    said_at: Option<f64>,
}

impl History {
    /// Is there a step to take back?
    pub(in crate::app) const fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Is there a step to do again?
    pub(in crate::app) const fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    /// Something was done; what was taken back before can no longer be done again.
    fn push(&mut self, step: Vec<Did>) {
        if step.is_empty() {
            return;
        }
        self.redo.clear();
        self.undo.push(step);
        // The form remembers as many of its own.
        if self.undo.len() > HISTORY {
            self.undo.remove(0);
        }
    }

    /// Continues the drag that was the last step, if this is one and that was one.
    fn continues_drag(&mut self, did: &Did, now: f64) -> bool {
        let soon = self.drawn_at.replace(now).is_some_and(|at| now - at < ONE_DRAG);
        let Some([Did::Framing { after, .. }]) = self.undo.last_mut().map(Vec::as_mut_slice).filter(|_| soon) else {
            return false;
        };
        let Did::Framing { after: now, .. } = did else { return false };
        after.clone_from(now);
        true
    }

    /// Continues the last step, if that is about how the same sticker is finished.
    pub(in crate::app) fn continues_finish(&mut self, now: &[Refinished]) -> bool {
        let Some([Did::Finish(changed)]) = self.undo.last_mut().map(Vec::as_mut_slice) else { return false };
        let ([Refinished { id, after, .. }], [now]) = (changed.as_mut_slice(), now) else { return false };
        if *id != now.id {
            return false;
        }
        after.clone_from(&now.after);
        true
    }

    /// Continues the last step, if that is about the words of the pack and was just now.
    pub(in crate::app) fn continues_pack(&mut self, now_is: &PackAtHand, now: f64) -> bool {
        let soon = self.said_at.replace(now).is_some_and(|at| now - at < ONE_DRAG);
        let Some([Did::Pack { after, .. }]) = self.undo.last_mut().map(Vec::as_mut_slice).filter(|_| soon) else {
            return false;
        };
        (**after).clone_from(now_is);
        true
    }

    /// The last step of the form was none.
    fn forget_form(&mut self) {
        self.undo.pop_if(|step| matches!(&step[..], [Did::Form]));
    }

    /// What lay in the bin is deleted, so nothing can bring it back.
    pub(in crate::app) fn forget_all_bins(&mut self) {
        for steps in [&mut self.undo, &mut self.redo] {
            steps.retain(|step| !matches!(&step[..], [Did::Bin { .. }]));
        }
    }

    /// The step that this preset was deleted by has been taken back in another way.
    pub(in crate::app) fn forget_deleted(&mut self, name: &str) {
        self.undo.retain(|step| !matches!(&step[..], [Did::PresetDeleted { preset, .. }] if preset.name == name));
    }

    /// The step that these stickers went into the bin by has been taken back in another way.
    pub(in crate::app) fn forget_bin(&mut self, wanted: &[StickerId]) {
        self.undo.retain(|step| !matches!(&step[..], [Did::Bin { ids, into: true }] if ids == wanted));
    }
}

/// What an action is for the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Kind {
    /// A step of its own.
    Step,
    /// A part of a drag, which is one step as a whole.
    Drag,
    /// It walks through the history, and is no part of it.
    Undo,
}

impl Kind {
    pub(in crate::app) const fn of(action: &Action) -> Self {
        match action {
            Action::Photo(PhotoAction::SetCrop(_)) => Self::Drag,
            Action::Run(Command::Undo | Command::Redo) => Self::Undo,
            _ => Self::Step,
        }
    }
}

/// Everything beside marks, bin and photo that an action may change.
pub(in crate::app) struct Before {
    form_steps: u64,
    wish: Wish,
    photo: u64,
    decided: Decided,
}

impl Before {
    pub(in crate::app) fn of(state: &State) -> Self {
        let decided = state.photos.well().decided();
        Self { form_steps: state.recipe.form.steps(), wish: wish(state), photo: state.photos.well().number, decided }
    }
}

const fn wish(state: &State) -> Wish {
    Wish { count: state.recipe.form.count, seed: state.recipe.form.seed, engine: state.recipe.form.engine }
}

impl App {
    /// Takes note of what an action has changed.
    pub(in crate::app) fn note(&mut self, before: Before, kind: Kind, now: f64) {
        if kind == Kind::Undo {
            return;
        }
        let state = &mut self.state;
        let mut step = Vec::new();
        match state.recipe.form.steps().cmp(&before.form_steps) {
            Ordering::Greater => step.push(Did::Form),
            // A drag is back where it began.
            Ordering::Less => state.history.forget_form(),
            Ordering::Equal => {}
        }
        let after = wish(state);
        if after != before.wish {
            step.push(Did::Wish { before: before.wish, after });
        }
        let decided = state.photos.well().decided();
        if state.photos.well().number == before.photo && decided != before.decided {
            let did = Did::Framing { before: before.decided, after: decided };
            if kind == Kind::Drag && state.history.continues_drag(&did, now) {
                return;
            }
            step.push(did);
        }
        state.history.push(step);
    }

    /// Something was done that is no action of the form or of the crop.
    pub(in crate::app) fn did(&mut self, did: Did) {
        self.state.history.push(vec![did]);
    }

    /// Takes back what was done last.
    pub(in crate::app) fn undo(&mut self) {
        let Some(step) = self.state.history.undo.pop() else { return };
        for did in step.iter().rev() {
            self.bring_about(did, When::Before);
        }
        self.state.history.redo.push(step);
        self.state.history.drawn_at = None;
    }

    /// Does again what was taken back last.
    pub(in crate::app) fn redo(&mut self) {
        let Some(step) = self.state.history.redo.pop() else { return };
        for did in &step {
            self.bring_about(did, When::After);
        }
        self.state.history.undo.push(step);
        self.state.history.drawn_at = None;
    }

    /// Brings about what was before something was done, or what is after it.
    fn bring_about(&mut self, did: &Did, when: When) {
        match did {
            Did::Form if when == When::Before => self.state.recipe.form.undo(),
            Did::Form => self.state.recipe.form.redo(),
            Did::Wish { before, after } => self.wish_again(*when.of(before, after)),
            Did::Framing { before, after } => self.state.photos.decide_again(when.of(before, after).clone()),
            Did::Photo { before, after } => self.state.stand_again(when.of(before, after).clone()),
            Did::Marks(marks) => {
                let marks = marks.iter().map(|(id, before, after)| (*id, *when.of(before, after))).collect();
                self.state.gallery.mark_again(marks, &self.state.cx);
            }
            Did::Names(names) => {
                let names = names.iter().map(|(id, before, after)| (*id, when.of(before, after).clone())).collect();
                self.state.gallery.name_again(names, &self.state.cx);
            }
            Did::Bin { ids, into } => {
                let into = *into == (when == When::After);
                self.state.gallery.bin_again(ids.clone(), into, &mut self.state.cx);
            }
            Did::PresetDeleted { place, preset } if when == When::Before => {
                self.state.presets.restore(*place, (**preset).clone(), &mut self.state.cx);
            }
            Did::PresetDeleted { preset, .. } => self.state.presets.delete(&preset.name),
            Did::Finish(changed) => {
                let finish = |one: &Refinished| (one.id, Arc::clone(when.of(&one.before, &one.after)));
                self.state.finishing.finish_again(changed.iter().map(finish).collect());
            }
            Did::Pack { before, after } => {
                self.state.export.pack_again((**when.of(before, after)).clone(), &self.state.cx);
            }
        }
    }

    fn wish_again(&mut self, Wish { count, seed, engine }: Wish) {
        let form = &mut self.state.recipe.form;
        (form.count, form.seed) = (count, seed);
        if form.engine != engine {
            self.state.choose_engine(engine);
        }
    }
}
