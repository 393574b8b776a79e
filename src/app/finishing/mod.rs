//! Finishing: the recipe of the sticker in the viewer, drawn live while it is changed and kept beside the sticker.

mod act;
mod tasks;

use std::path::PathBuf;
use std::sync::Arc;

use super::context::AppContext;
use super::worker::Worker;
use crate::library::StickerRow;
use crate::model::Finish;
use crate::model::finish::Brush;
use crate::ui::action::{FinishTool, StickerId};
use crate::ui::view::{FinishingView, Levels, Picture, Texture};

use tasks::Tasks;

/// A recipe is written so many seconds after it was changed last.
const SAVED_AFTER: f64 = 0.4;

/// What the window knows about finishing.
#[derive(Default)]
pub(super) struct Finishing {
    /// The tool that is open.
    pub tool: Option<FinishTool>,
    /// The brush.
    pub brush: Brush,
    about: Option<About>,
    /// The recipe before the stroke that is being drawn.
    drawing: Option<Arc<Finish>>,
    /// What was changed last, and when: one drag is one step.
    last: Option<(act::Key, f64)>,
    /// When a recipe was changed that is not written yet.
    unsaved_since: Option<f64>,
    /// Number of the latest picture that was asked for.
    asked: u64,
    tasks: Option<Tasks>,
}

/// The sticker in the viewer.
struct About {
    id: StickerId,
    path: PathBuf,
    /// Its recipe; none until it was read.
    finish: Option<Arc<Finish>>,
    /// Was a picture of it asked for since it is in the viewer?
    is_asked: bool,
    drawn: Option<Drawn>,
    problem: Option<String>,
}

/// A picture of the recipe.
struct Drawn {
    texture: Texture,
    facts: Facts,
}

/// What is known with a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Facts {
    /// See [`FinishingView::to_original`].
    pub to_original: [f32; 6],
    /// See [`FinishingView::scale`].
    pub scale: f32,
    /// Did the sticker come without transparency?
    pub is_opaque: bool,
}

/// One sticker's recipe before and after.
#[derive(Clone, Debug)]
pub(super) struct Refinished {
    /// Which sticker.
    pub id: StickerId,
    /// Before.
    pub before: Arc<Finish>,
    /// After.
    pub after: Arc<Finish>,
}

/// What comes back.
pub(super) enum FinishingEvent {
    /// The recipe of a sticker.
    Read(StickerId, Arc<Finish>),
    /// The picture with this number, or why there is none.
    Drawn(StickerId, u64, Result<(Levels, Facts), String>),
    /// The recipe of the sticker with this file is written.
    Saved(PathBuf),
    /// A sticker has another recipe.
    Changed(Refinished),
    /// Several stickers have another recipe.
    Applied(Vec<Refinished>),
}

/// What finishing tells the window.
pub(super) enum Outcome {
    /// Stickers have other recipes.
    Changed {
        /// Each before and after.
        changed: Vec<Refinished>,
        /// Does it go on with what was changed last?
        goes_on: bool,
    },
    /// The recipe of the sticker with this file is written.
    Saved(PathBuf),
}

impl Outcome {
    fn changed(changed: Vec<Refinished>) -> Self {
        Self::Changed { changed, goes_on: false }
    }
}

impl Finishing {
    /// Everything runs now.
    pub(super) fn start(&mut self, worker: Worker<FinishingEvent>) {
        self.tasks = Some(Tasks::new(worker));
    }

    /// The finished picture of a sticker while its recipe is being changed.
    pub(super) fn picture(&self, id: StickerId) -> Option<Picture> {
        let about = self.about.as_ref().filter(|about| about.id == id)?;
        about.drawn.as_ref().map(|drawn| Picture::from(&drawn.texture))
    }

    /// What the rail shows, with so many stickers chosen; nothing for another sticker than the one in the viewer.
    pub(super) fn view(&self, viewed: Option<StickerId>, chosen: usize) -> Option<FinishingView<'_>> {
        let about = self.about.as_ref().filter(|about| viewed == Some(about.id))?;
        let finish = about.finish.as_deref()?;
        let facts = about.drawn.as_ref().map(|drawn| drawn.facts);
        Some(FinishingView {
            finish,
            tool: self.tool,
            brush: self.brush,
            to_original: facts.map(|facts| facts.to_original),
            scale: facts.map_or(1.0, |facts| facts.scale),
            chosen,
            is_opaque: facts.is_some_and(|facts| facts.is_opaque),
            problem: about.problem.as_deref(),
        })
    }

    /// Keeps up with the sticker in the viewer, of which the whole picture is shown or only its cut-out, and writes a
    /// recipe that rests.
    pub(super) fn follow(
        &mut self,
        viewed: Option<&StickerRow>,
        backgrounds: bool,
        cx: &AppContext,
    ) -> Option<Outcome> {
        let is_same = match (&self.about, viewed) {
            (Some(about), Some(row)) => about.id == StickerId(row.id) && about.path == row.path,
            (None, None) => true,
            _ => false,
        };
        let mut ended = None;
        if !is_same {
            ended = self.end_stroke(cx);
            self.write();
            self.last = None;
            self.about = viewed.map(|row| {
                let (id, path) = (StickerId(row.id), row.path.clone());
                if let Some(tasks) = &self.tasks {
                    tasks.read(id, path.clone());
                }
                About { id, path, finish: None, is_asked: false, drawn: None, problem: None }
            });
        }
        let is_open = self.tool.is_some() && !backgrounds;
        if is_open && self.about.as_ref().is_some_and(|about| !about.is_asked) {
            self.draw();
        }
        let Some(since) = self.unsaved_since else { return ended };
        let left = since + SAVED_AFTER - cx.now();
        if left > 0.0 {
            cx.egui.request_repaint_after(std::time::Duration::from_secs_f64(left));
        } else if self.drawing.is_none() {
            self.write();
        }
        ended
    }

    /// Asks for a picture of the recipe as it is now.
    fn draw(&mut self) {
        let (Some(tasks), Some(about)) = (&self.tasks, &mut self.about) else { return };
        let Some(finish) = &about.finish else { return };
        about.is_asked = true;
        self.asked += 1;
        tasks.draw(about.id, about.path.clone(), self.asked, Arc::clone(finish));
    }

    /// Writes the recipe that is not written yet.
    fn write(&mut self) {
        self.write_at_the_end();
        self.unsaved_since = None;
    }

    /// The same when nothing is drawn any more.
    pub(super) fn write_at_the_end(&self) {
        if let (Some(_), Some(about), Some(tasks)) = (self.unsaved_since, &self.about, &self.tasks)
            && let Some(finish) = &about.finish
        {
            tasks.save(about.id, Arc::clone(finish));
        }
    }

    /// Takes what came back.
    pub(super) fn update(&mut self, event: FinishingEvent, cx: &mut AppContext) -> Option<Outcome> {
        let asked = self.asked;
        match event {
            FinishingEvent::Read(id, finish) => {
                if let Some(about) = self.about(id) {
                    about.finish.get_or_insert(finish);
                }
                None
            }
            FinishingEvent::Drawn(id, number, outcome) => {
                let about = self.about(id).filter(|_| number == asked)?;
                match outcome {
                    Ok((levels, facts)) => {
                        about.problem = None;
                        about.drawn = Some(Drawn { texture: Texture::load(&cx.egui, "finished", levels), facts });
                    }
                    Err(sentence) => about.problem = Some(sentence),
                }
                None
            }
            FinishingEvent::Saved(path) => Some(Outcome::Saved(path)),
            FinishingEvent::Changed(changed) => {
                self.is_refinished(changed.id, &changed.after);
                cx.tell("The sticker is finished anew. Undo takes that back.".to_owned(), None);
                Some(Outcome::changed(vec![changed]))
            }
            FinishingEvent::Applied(changed) => {
                for Refinished { id, after, .. } in &changed {
                    self.is_refinished(*id, after);
                }
                let told = match changed.len() {
                    0 => "They are finished like this one already.".to_owned(),
                    1 => "1 sticker is finished like this one.".to_owned(),
                    count => format!("{count} stickers are finished like this one."),
                };
                cx.tell(told, None);
                (!changed.is_empty()).then(|| Outcome::changed(changed))
            }
        }
    }

    /// A sticker has another recipe, which is written already or is being written.
    fn is_refinished(&mut self, id: StickerId, finish: &Arc<Finish>) {
        let Some(about) = self.about(id) else { return };
        about.finish = Some(Arc::clone(finish));
        self.last = None;
        self.draw();
    }

    /// Gives stickers their earlier or later recipes again.
    pub(super) fn finish_again(&mut self, finishes: Vec<(StickerId, Arc<Finish>)>) {
        self.unsaved_since = None;
        for (id, finish) in finishes {
            self.is_refinished(id, &finish);
            if let Some(tasks) = &self.tasks {
                tasks.save(id, finish);
            }
        }
    }

    /// Changes the recipe of a sticker that is not in the viewer.
    pub(super) fn change_elsewhere(
        &self,
        id: StickerId,
        path: PathBuf,
        change: impl FnOnce(&mut Finish) + Send + 'static,
    ) {
        if let Some(tasks) = &self.tasks {
            tasks.change(id, path, change);
        }
    }

    fn about(&mut self, id: StickerId) -> Option<&mut About> {
        self.about.as_mut().filter(|about| about.id == id)
    }
}
