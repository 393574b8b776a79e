//! Carries out what a person asked while finishing.

use std::mem::Discriminant;
use std::sync::Arc;

use super::{Refinished, files};
use crate::app::App;
use crate::app::undo::Did;
use crate::model::Finish;
use crate::model::finish::{Amount, MOST_STROKES, Stroke};
use crate::ui::action::{FinishAction, FinishTool};

/// Changes of the same thing within this many seconds are one step.
const ONE_DRAG: f64 = 1.0;

/// Tells changes of one thing from those of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    kind: Discriminant<FinishAction>,
    amount: Option<Amount>,
    /// Is it done little by little?
    is_dragged: bool,
}

impl Key {
    fn of(action: &FinishAction) -> Self {
        let amount = if let FinishAction::Amount(amount, _) = action { Some(*amount) } else { None };
        let is_dragged = matches!(
            action,
            FinishAction::Amount(..)
                | FinishAction::Text(_)
                | FinishAction::Move(_)
                | FinishAction::MoveCaption(_)
                | FinishAction::MoveTail(_)
        );
        Self { kind: std::mem::discriminant(action), amount, is_dragged }
    }
}

impl App {
    /// Carries out one action.
    pub(in crate::app) fn finish(&mut self, action: FinishAction, now: f64) {
        let key = Key::of(&action);
        match action {
            FinishAction::Use(tool) => self.use_tool(tool, now),
            FinishAction::Brush(brush) => self.state.finishing.brush = brush,
            FinishAction::StrokeTo(at, pressure) => self.stroke_to(at, pressure, now),
            FinishAction::StrokeEnd => self.end_stroke(now),
            FinishAction::ApplyToChosen => self.apply_to_chosen(),
            FinishAction::Amount(amount, value) => self.refinish(&key, now, |finish| amount.set(finish, value)),
            FinishAction::Ink(ink, color) => self.refinish(&key, now, |finish| ink.set(finish, color)),
            FinishAction::Switch(switch, on) => self.refinish(&key, now, |finish| switch.set(finish, on)),
            FinishAction::Text(text) => self.refinish(&key, now, |finish| finish.caption.text = text),
            FinishAction::Bubble(bubble) => self.refinish(&key, now, |finish| finish.caption.bubble = bubble),
            FinishAction::MoveCaption(at) => self.refinish(&key, now, |finish| finish.caption.at = at),
            FinishAction::MoveTail(at) => self.refinish(&key, now, |finish| finish.caption.tail = at),
            FinishAction::Move(offset) => self.refinish(&key, now, |finish| finish.placement.offset = offset),
            FinishAction::Look(preset) => {
                self.refinish(&key, now, |finish| *finish = finish.with_look_of(&preset.finish()));
            }
            FinishAction::Reset => self.refinish(&key, now, |finish| *finish = Finish::default()),
        }
    }

    /// Opens or closes the tools.
    pub(in crate::app) fn toggle_finishing(&mut self, now: f64) {
        let tool = if self.state.finishing.tool.is_some() { None } else { Some(FinishTool::Looks) };
        self.use_tool(tool, now);
    }

    /// Makes the brush a step larger or smaller.
    pub(in crate::app) fn resize_brush(&mut self, larger: bool) {
        let finishing = &mut self.state.finishing;
        if finishing.tool == Some(FinishTool::Brush) {
            finishing.brush = finishing.brush.resized(larger);
        }
    }

    fn use_tool(&mut self, tool: Option<FinishTool>, now: f64) {
        self.end_stroke(now);
        self.state.finishing.tool = tool;
    }

    /// Changes the recipe; what is dragged or typed on within a second is the same step.
    fn refinish(&mut self, key: &Key, now: f64, change: impl FnOnce(&mut Finish)) {
        self.end_stroke(now);
        let Some(Refinished { id, before, after }) = self.changed(now, change) else { return };
        let goes_on = self
            .state
            .finishing
            .last
            .replace((key.clone(), now))
            .is_some_and(|(last, at)| last == *key && key.is_dragged && now - at < ONE_DRAG);
        if !(goes_on && self.state.history.continues_finish(id, &after)) {
            self.did(Did::Finish(vec![Refinished { id, before, after }]));
        }
    }

    /// Changes the recipe and asks for its picture; none when nothing is another one.
    fn changed(&mut self, now: f64, change: impl FnOnce(&mut Finish)) -> Option<Refinished> {
        let about = self.state.finishing.about.as_mut()?;
        let before = about.finish.clone()?;
        let mut finish = Finish::clone(&before);
        change(&mut finish);
        let after = Arc::new(finish.fitted());
        if after == before {
            return None;
        }
        about.finish = Some(Arc::clone(&after));
        let id = about.id;
        self.state.finishing.unsaved_since = Some(now);
        self.draw_finish();
        Some(Refinished { id, before, after })
    }

    /// The brush goes on to this place of the original, or begins there.
    fn stroke_to(&mut self, at: [f32; 2], pressure: f32, now: f64) {
        let finishing = &self.state.finishing;
        let (brush, is_new) = (finishing.brush, finishing.drawing.is_none());
        let Some(before) = finishing.about.as_ref().and_then(|about| about.finish.clone()) else { return };
        if is_new && before.cutout.strokes.len() >= MOST_STROKES {
            let told = format!("A sticker has room for {MOST_STROKES} strokes. Take some back with Undo first.");
            return self.state.tell(told, None, now);
        }
        if is_new {
            self.state.finishing.drawing = Some(before);
        }
        drop(self.changed(now, |finish| {
            if is_new {
                finish.cutout.strokes.push(Stroke { brush, points: Vec::new() });
            }
            if let Some(stroke) = finish.cutout.strokes.last_mut() {
                stroke.push(at, pressure);
            }
        }));
    }

    /// The brush is lifted: the stroke is one step.
    pub(super) fn end_stroke(&mut self, now: f64) {
        let finishing = &mut self.state.finishing;
        let Some(before) = finishing.drawing.take() else { return };
        finishing.last = None;
        let Some(about) = &finishing.about else { return };
        let Some(after) = about.finish.clone() else { return };
        let id = about.id;
        finishing.unsaved_since = Some(now);
        if after != before {
            self.did(Did::Finish(vec![Refinished { id, before, after }]));
        }
    }

    /// Finishes all that are chosen like the one in the viewer.
    fn apply_to_chosen(&self) {
        let finishing = &self.state.finishing;
        let (Some(about), Some(work)) = (&finishing.about, &self.work) else { return };
        let Some(finish) = &about.finish else { return };
        let rows: Vec<_> = self.state.gallery.chosen().into_iter().filter(|row| row.id != about.id.0).collect();
        work.apply_finish(files(&rows), Arc::clone(finish));
    }
}
