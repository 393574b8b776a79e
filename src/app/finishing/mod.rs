//! Finishing: the recipe of the sticker in the viewer, drawn live while it is changed and kept beside the sticker.

mod act;
mod tasks;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Context;

use super::App;
use super::pictures::PictureName;
use super::state::State;
use super::undo::Did;
use crate::library::StickerRow;
use crate::model::Finish;
use crate::model::finish::Brush;
use crate::ui::action::{FinishTool, StickerId};
use crate::ui::view::{FinishingView, Levels, Picture, Texture};

pub(super) use tasks::Tasks;

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

impl Finishing {
    /// The finished picture of a sticker while its recipe is being changed.
    pub(super) fn picture(&self, id: StickerId) -> Option<Picture> {
        let about = self.about.as_ref().filter(|about| about.id == id)?;
        about.drawn.as_ref().map(|drawn| Picture::from(&drawn.texture))
    }

    fn about(&mut self, id: StickerId) -> Option<&mut About> {
        self.about.as_mut().filter(|about| about.id == id)
    }
}

/// What the rail shows.
pub(super) fn view(state: &State) -> Option<FinishingView<'_>> {
    let Finishing { tool, brush, about, .. } = &state.finishing;
    let about = about.as_ref().filter(|about| state.gallery.selected() == Some(about.id))?;
    // The picture with its background is not finished.
    let finish = about.finish.as_deref().filter(|_| !state.gallery.backgrounds)?;
    let facts = about.drawn.as_ref().map(|drawn| drawn.facts);
    Some(FinishingView {
        finish,
        tool: *tool,
        brush: *brush,
        to_original: facts.map(|facts| facts.to_original),
        scale: facts.map_or(1.0, |facts| facts.scale),
        chosen: state.gallery.selection.len(),
        is_opaque: facts.is_some_and(|facts| facts.is_opaque),
        problem: about.problem.as_deref(),
    })
}

impl App {
    /// Keeps up with the sticker in the viewer, and writes a recipe that rests.
    pub(super) fn follow_finishing(&mut self, ctx: &Context) {
        let selected = self.state.gallery.selected_row();
        let is_same = match (&self.state.finishing.about, selected) {
            (Some(about), Some(row)) => about.id == StickerId(row.id) && about.path == row.path,
            (None, None) => true,
            _ => false,
        };
        if !is_same {
            let selected = selected.map(|row| (StickerId(row.id), row.path.clone()));
            self.end_stroke(ctx.time());
            self.write_finish();
            self.state.finishing.last = None;
            self.state.finishing.about = selected.map(|(id, path)| {
                if let Some(work) = &self.work {
                    work.read_finish(id, path.clone());
                }
                About { id, path, finish: None, is_asked: false, drawn: None, problem: None }
            });
        }
        let is_open = self.state.finishing.tool.is_some() && !self.state.gallery.backgrounds;
        if is_open && self.state.finishing.about.as_ref().is_some_and(|about| !about.is_asked) {
            self.draw_finish();
        }
        let Some(since) = self.state.finishing.unsaved_since else { return };
        let left = since + SAVED_AFTER - ctx.time();
        if left > 0.0 {
            ctx.request_repaint_after(std::time::Duration::from_secs_f64(left));
        } else if self.state.finishing.drawing.is_none() {
            self.write_finish();
        }
    }

    /// Asks for a picture of the recipe as it is now.
    fn draw_finish(&mut self) {
        let finishing = &mut self.state.finishing;
        let (Some(work), Some(about)) = (&self.work, &mut finishing.about) else { return };
        let Some(finish) = &about.finish else { return };
        about.is_asked = true;
        finishing.asked += 1;
        work.draw_finish(about.id, about.path.clone(), finishing.asked, Arc::clone(finish));
    }

    /// Writes the recipe that is not written yet.
    fn write_finish(&mut self) {
        self.write_finish_at_the_end();
        self.state.finishing.unsaved_since = None;
    }

    /// The same when nothing is drawn any more.
    pub(super) fn write_finish_at_the_end(&self) {
        let finishing = &self.state.finishing;
        if let (Some(_), Some(about), Some(work)) = (finishing.unsaved_since, &finishing.about, &self.work)
            && let Some(finish) = &about.finish
        {
            work.save_finish(about.id, Arc::clone(finish));
        }
    }

    /// Takes what came back.
    pub(super) fn take_finishing(&mut self, ctx: &Context, event: FinishingEvent) {
        let now = ctx.time();
        let asked = self.state.finishing.asked;
        match event {
            FinishingEvent::Read(id, finish) => {
                if let Some(about) = self.state.finishing.about(id) {
                    about.finish.get_or_insert(finish);
                }
            }
            FinishingEvent::Drawn(id, number, outcome) => {
                let Some(about) = self.state.finishing.about(id).filter(|_| number == asked) else { return };
                match outcome {
                    Ok((levels, facts)) => {
                        about.problem = None;
                        about.drawn = Some(Drawn { texture: Texture::load(ctx, "finished", levels), facts });
                    }
                    Err(sentence) => about.problem = Some(sentence),
                }
            }
            FinishingEvent::Saved(path) => {
                self.read_again(&path);
                self.export_is_stale(now);
            }
            FinishingEvent::Changed(changed) => {
                self.is_refinished(changed.id, &changed.after);
                self.did(Did::Finish(vec![changed]));
                self.state.tell("The sticker is finished anew. Undo takes that back.".to_owned(), None, now);
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
                if !changed.is_empty() {
                    self.did(Did::Finish(changed));
                }
                self.state.tell(told, None, now);
            }
        }
    }

    /// The pictures of this file are other ones now.
    fn read_again(&self, path: &Path) {
        let Some(work) = &self.work else { return };
        for name in [PictureName::Full(path.to_path_buf()), PictureName::Thumbnail(path.to_path_buf())] {
            if self.state.pictures.get(&name) != Picture::Loading {
                work.read_picture(name);
            }
        }
    }

    /// A sticker has another recipe, which is written already or is being written.
    fn is_refinished(&mut self, id: StickerId, finish: &Arc<Finish>) {
        let Some(about) = self.state.finishing.about(id) else { return };
        about.finish = Some(Arc::clone(finish));
        self.state.finishing.last = None;
        self.draw_finish();
    }

    /// Gives stickers their earlier or later recipes again.
    pub(super) fn finish_again(&mut self, finishes: Vec<(StickerId, Arc<Finish>)>) {
        self.state.finishing.unsaved_since = None;
        for (id, finish) in finishes {
            self.is_refinished(id, &finish);
            if let Some(work) = &self.work {
                work.save_finish(id, finish);
            }
        }
    }
}

/// The files of stickers by their ids.
fn files(rows: &[&StickerRow]) -> Vec<(StickerId, PathBuf)> {
    rows.iter().map(|row| (StickerId(row.id), row.path.clone())).collect()
}
