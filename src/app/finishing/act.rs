//! Carries out what a person asked while finishing.

use std::mem::Discriminant;
use std::sync::Arc;

use super::{Finishing, Outcome, Refinished};
use crate::app::context::AppContext;
use crate::library::StickerRow;
use crate::model::Finish;
use crate::model::finish::{Amount, MOST_STROKES, Stroke};
use crate::ui::action::{FinishAction, FinishTool, StickerId};

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

impl Finishing {
    /// Carries out one action; `chosen` are the stickers that are chosen.
    pub(in crate::app) fn act<'a>(
        &mut self,
        action: FinishAction,
        chosen: impl FnOnce() -> Vec<&'a StickerRow>,
        cx: &mut AppContext,
    ) -> Vec<Outcome> {
        let key = Key::of(&action);
        match action {
            FinishAction::Use(tool) => return self.use_tool(tool, cx).into_iter().collect(),
            FinishAction::Brush(brush) => self.brush = brush,
            FinishAction::StrokeTo(at, pressure) => self.stroke_to(at, pressure, cx),
            FinishAction::StrokeEnd => return self.end_stroke(cx).into_iter().collect(),
            FinishAction::ApplyToChosen => self.apply_to(&chosen()),
            FinishAction::Amount(amount, value) => return self.refinish(&key, cx, |finish| amount.set(finish, value)),
            FinishAction::Ink(ink, color) => return self.refinish(&key, cx, |finish| ink.set(finish, color)),
            FinishAction::Switch(switch, on) => return self.refinish(&key, cx, |finish| switch.set(finish, on)),
            FinishAction::Text(text) => return self.refinish(&key, cx, |finish| finish.caption.text = text),
            FinishAction::Bubble(bubble) => return self.refinish(&key, cx, |finish| finish.caption.bubble = bubble),
            FinishAction::MoveCaption(at) => return self.refinish(&key, cx, |finish| finish.caption.at = at),
            FinishAction::MoveTail(at) => return self.refinish(&key, cx, |finish| finish.caption.tail = at),
            FinishAction::Move(offset) => return self.refinish(&key, cx, |finish| finish.placement.offset = offset),
            FinishAction::Look(preset) => {
                return self.refinish(&key, cx, |finish| *finish = finish.with_look_of(&preset.finish()));
            }
            FinishAction::Reset => return self.refinish(&key, cx, |finish| *finish = Finish::default()),
        }
        Vec::new()
    }

    /// Opens or closes the tools.
    pub(in crate::app) fn toggle(&mut self, cx: &AppContext) -> Option<Outcome> {
        let tool = if self.tool.is_some() { None } else { Some(FinishTool::Looks) };
        self.use_tool(tool, cx)
    }

    /// Makes the brush a step larger or smaller.
    pub(in crate::app) fn resize_brush(&mut self, larger: bool) {
        if self.tool == Some(FinishTool::Brush) {
            self.brush = self.brush.resized(larger);
        }
    }

    fn use_tool(&mut self, tool: Option<FinishTool>, cx: &AppContext) -> Option<Outcome> {
        let ended = self.end_stroke(cx);
        self.tool = tool;
        ended
    }

    /// Changes the recipe; what is dragged or typed on within a second is the same step.
    fn refinish(&mut self, key: &Key, cx: &AppContext, change: impl FnOnce(&mut Finish)) -> Vec<Outcome> {
        let ended = self.end_stroke(cx);
        let now = cx.now();
        let changed = self.change(now, change).map(|changed| {
            let goes_on = self
                .last
                .replace((key.clone(), now))
                .is_some_and(|(last, at)| last == *key && key.is_dragged && now - at < ONE_DRAG);
            Outcome::Changed { changed: vec![changed], goes_on }
        });
        ended.into_iter().chain(changed).collect()
    }

    /// Changes the recipe and asks for its picture; none when nothing is another one.
    fn change(&mut self, now: f64, change: impl FnOnce(&mut Finish)) -> Option<Refinished> {
        let about = self.about.as_mut()?;
        let before = about.finish.clone()?;
        let mut finish = Finish::clone(&before);
        change(&mut finish);
        let after = Arc::new(finish.fitted());
        if after == before {
            return None;
        }
        about.finish = Some(Arc::clone(&after));
        let id = about.id;
        self.unsaved_since = Some(now);
        self.draw();
        Some(Refinished { id, before, after })
    }

    /// The brush goes on to this place of the original, or begins there.
    fn stroke_to(&mut self, at: [f32; 2], pressure: f32, cx: &mut AppContext) {
        let (brush, is_new) = (self.brush, self.drawing.is_none());
        let Some(before) = self.about.as_ref().and_then(|about| about.finish.clone()) else { return };
        if is_new && before.cutout.strokes.len() >= MOST_STROKES {
            let told = format!("A sticker has room for {MOST_STROKES} strokes. Take some back with Undo first.");
            return cx.tell(told, None);
        }
        if is_new {
            self.drawing = Some(before);
        }
        drop(self.change(cx.now(), |finish| {
            if is_new {
                finish.cutout.strokes.push(Stroke { brush, points: Vec::new() });
            }
            if let Some(stroke) = finish.cutout.strokes.last_mut() {
                stroke.push(at, pressure);
            }
        }));
    }

    /// The brush is lifted: the stroke is one step.
    pub(super) fn end_stroke(&mut self, cx: &AppContext) -> Option<Outcome> {
        let before = self.drawing.take()?;
        self.last = None;
        let about = self.about.as_ref()?;
        let (id, after) = (about.id, about.finish.clone()?);
        self.unsaved_since = Some(cx.now());
        (after != before).then(|| Outcome::changed(vec![Refinished { id, before, after }]))
    }

    /// Finishes all of these like the one in the viewer.
    fn apply_to(&self, chosen: &[&StickerRow]) {
        let (Some(about), Some(tasks)) = (&self.about, &self.tasks) else { return };
        let Some(finish) = &about.finish else { return };
        let others = chosen.iter().filter(|row| row.id != about.id.0);
        tasks.apply(others.map(|row| (StickerId(row.id), row.path.clone())).collect(), Arc::clone(finish));
    }
}
