//! Reads, draws and writes recipes in the background.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::{Facts, FinishingEvent, Refinished};
use crate::app::newest::{Newest, locked};
use crate::app::pixels::straight;
use crate::app::sentence::sentence;
use crate::app::worker::Worker;
use crate::finish::{Finisher, Fonts};
use crate::model::Finish;
use crate::studio::{Studio, StudioError};
use crate::ui::action::StickerId;
use crate::ui::view::Levels;

/// Longest edges of a picture while the recipe is being changed, in pixels: the first that this computer draws at the rate
/// of the screen.
const QUICK: [u32; 3] = [512, 384, 256];
/// The same once it rests.
const RESTING: u32 = 1024;
/// What takes longer is drawn smaller the next time, and what takes less than two fifths of it larger.
const AT_SCREEN_RATE: Duration = Duration::from_millis(16);

/// What is under way about finishing.
#[derive(Clone)]
pub(super) struct Tasks {
    worker: Worker<FinishingEvent>,
    wishes: Newest<Wish>,
    easel: Arc<Mutex<Option<Easel>>>,
    /// Recipes that wait to be written, the newest of each sticker.
    waiting: Arc<Mutex<HashMap<StickerId, Arc<Finish>>>>,
    writing: Arc<Mutex<()>>,
}

/// A picture that is wanted.
#[derive(Clone)]
struct Wish {
    id: StickerId,
    path: PathBuf,
    number: u64,
    finish: Arc<Finish>,
}

/// The sticker that is being finished, with everything that need not be done again.
struct Easel {
    path: PathBuf,
    finisher: Finisher,
    longer: u32,
    is_opaque: bool,
    /// Fonts of its own: those of the studio may be in use.
    fonts: Fonts,
    /// Which of the quick sizes is drawn at the rate of the screen.
    quick: usize,
}

impl Tasks {
    /// Asked by this worker.
    pub(super) fn new(worker: Worker<FinishingEvent>) -> Self {
        Self {
            worker,
            wishes: Newest::default(),
            easel: Arc::default(),
            waiting: Arc::default(),
            writing: Arc::default(),
        }
    }

    /// Reads the recipe of a sticker.
    pub(super) fn read(&self, id: StickerId, path: PathBuf) {
        let tasks = self.clone();
        self.worker.spawn(move |studio, teller| {
            // What waits to be written is newer than what is on the disk.
            let waiting = locked(&tasks.waiting).get(&id).cloned();
            if let Some(finish) = waiting {
                return teller.send(FinishingEvent::Read(id, finish));
            }
            let _written = locked(&tasks.writing);
            match studio.library().finish_of_file(&path) {
                Ok(finish) => teller.send(FinishingEvent::Read(id, Arc::new(finish))),
                Err(error) => teller.fail(&error),
            }
        });
    }

    /// Draws a recipe; one that is overtaken by another is never drawn.
    pub(super) fn draw(&self, id: StickerId, path: PathBuf, number: u64, finish: Arc<Finish>) {
        let tasks = self.clone();
        tasks.wishes.put(Wish { id, path, number, finish });
        self.worker.spawn(move |studio, teller| {
            let drawn: Result<(), StudioError> = tasks.wishes.write(|wish| {
                let mut easel = locked(&tasks.easel);
                let quick = easel.as_ref().map_or(0, |easel| easel.quick);
                for side in [QUICK[quick], RESTING] {
                    let outcome = draw(&mut easel, studio, wish, side).map_err(|error| sentence(&error));
                    let is_last = outcome.as_ref().map_or(true, |(_, longer)| *longer <= side);
                    let outcome = outcome.map(|(drawn, _)| drawn);
                    teller.send(FinishingEvent::Drawn(wish.id, wish.number, outcome));
                    if is_last || tasks.wishes.is_waiting() {
                        break;
                    }
                }
                Ok(())
            });
            drop(drawn);
        });
    }

    /// Writes a recipe; the newest of each sticker stays.
    pub(super) fn save(&self, id: StickerId, finish: Arc<Finish>) {
        let tasks = self.clone();
        locked(&tasks.waiting).insert(id, finish);
        self.worker.spawn_to_the_end(move |studio, teller| {
            let _alone = locked(&tasks.writing);
            let Some(finish) = locked(&tasks.waiting).remove(&id) else { return };
            match studio.library().set_finish(id.0, &finish) {
                Ok(row) => teller.send(FinishingEvent::Saved(row.path)),
                Err(error) => teller.fail(&error),
            }
        });
    }

    /// Changes the recipe of a sticker that is not in the viewer.
    pub(super) fn change(&self, id: StickerId, path: PathBuf, change: impl FnOnce(&mut Finish) + Send + 'static) {
        let tasks = self.clone();
        self.worker.spawn_to_the_end(move |studio, teller| {
            let _alone = locked(&tasks.writing);
            let changed = refinish(studio, id, &path, |before| {
                let mut after = before.clone();
                change(&mut after);
                after.fitted()
            });
            match changed {
                Ok(None) => {}
                Ok(Some(refinished)) => {
                    teller.send(FinishingEvent::Saved(path));
                    teller.send(FinishingEvent::Changed(refinished));
                }
                Err(error) => teller.fail(&error),
            }
        });
    }

    /// Gives these stickers a recipe, each with its own strokes.
    pub(super) fn apply(&self, stickers: Vec<(StickerId, PathBuf)>, finish: Arc<Finish>) {
        let tasks = self.clone();
        self.worker.spawn_to_the_end(move |studio, teller| {
            let _alone = locked(&tasks.writing);
            let mut changed = Vec::new();
            for (id, path) in stickers {
                match refinish(studio, id, &path, |before| finish.onto(before)) {
                    Ok(None) => {}
                    Ok(Some(refinished)) => {
                        changed.push(refinished);
                        teller.send(FinishingEvent::Saved(path));
                    }
                    Err(error) => {
                        teller.fail(&error);
                        break;
                    }
                }
            }
            teller.send(FinishingEvent::Applied(changed));
        });
    }
}

/// Gives a sticker the recipe that comes of its own; none when that is the same.
fn refinish(
    studio: &Studio,
    id: StickerId,
    path: &Path,
    change: impl FnOnce(&Finish) -> Finish,
) -> Result<Option<Refinished>, StudioError> {
    let before = studio.library().finish_of_file(path)?;
    let after = change(&before);
    if after == before {
        return Ok(None);
    }
    studio.library().set_finish(id.0, &after)?;
    Ok(Some(Refinished { id, before: Arc::new(before), after: Arc::new(after) }))
}

/// Which quick size comes after this one took so long.
fn paced(quick: usize, took: Duration) -> usize {
    if took > AT_SCREEN_RATE {
        (quick + 1).min(QUICK.len() - 1)
    } else if 5 * took < 2 * AT_SCREEN_RATE {
        quick.saturating_sub(1)
    } else {
        quick
    }
}

/// Draws a wish, and tells how long the longer edge of the original is.
fn draw(
    easel: &mut Option<Easel>,
    studio: &Studio,
    wish: &Wish,
    side: u32,
) -> Result<((Levels, Facts), u32), StudioError> {
    if easel.as_ref().is_none_or(|easel| easel.path != wish.path) {
        // Reading takes a while; the fonts need not be looked up again.
        let (fonts, quick) = easel.take().map_or_else(Default::default, |easel| (easel.fonts, easel.quick));
        let source = studio.finish_source(&wish.path, &|| false)?;
        let (width, height) = source.original.dimensions();
        let is_opaque = source.person.is_some();
        let path = wish.path.clone();
        *easel =
            Some(Easel { path, finisher: Finisher::new(source), longer: width.max(height), is_opaque, fonts, quick });
    }
    let Some(Easel { finisher, fonts, longer, is_opaque, quick, .. }) = easel else {
        return Err(StudioError::StickerGone);
    };
    let is_quick = side == QUICK[*quick];
    let side = side.min(*longer);
    let began = studio.clock().monotonic();
    let picture = finisher.render(&wish.finish, side, fonts)?;
    if is_quick {
        *quick = paced(*quick, studio.clock().monotonic().saturating_sub(began));
    }
    let mapping = finisher.mapping(&wish.finish, side).ok_or(crate::finish::FinishError::Empty)?;
    let facts = Facts { to_original: mapping.affine(), scale: mapping.scale(), is_opaque: *is_opaque };
    // Laid out as large as the original, so that nothing jumps when it is drawn finer.
    let size = egui::vec2(picture.width() as f32, picture.height() as f32) * (*longer as f32 / side as f32);
    Ok(((Levels::of_larger(straight(&picture), size), facts), *longer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_computer_draws_smaller_until_it_keeps_up() {
        let slow = |quick| paced(quick, Duration::from_millis(40));
        assert_eq!([slow(0), slow(1), slow(2)], [1, 2, 2]);
        assert_eq!([0, 1, 2].map(|quick| paced(quick, Duration::from_millis(10))), [0, 1, 2]);
        assert_eq!([0, 1, 2].map(|quick| paced(quick, Duration::from_millis(2))), [0, 0, 1]);
    }
}
