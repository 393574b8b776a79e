//! The line along which the photo will be cut, kept up with the photo while it stands alone in the viewer.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use egui::Pos2;

use super::{PhotoUse, Photos};
use crate::model::{Crop, EngineId};

/// What a line is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::app) struct Subject {
    /// Number of the photo.
    number: u64,
    /// Which of its faces is meant.
    pub(super) face: usize,
    /// The part of it that is sent.
    pub(super) crop: Crop,
}

/// The line as far as it is known.
#[derive(Debug, Default)]
pub(super) struct CutLine {
    /// The last line that was found, and what it is about; it is empty when there is none.
    found: Option<(Subject, Vec<Pos2>)>,
    /// What one is being looked for, and the switch that stops it.
    under_way: Option<(Subject, Arc<AtomicBool>)>,
}

impl CutLine {
    /// The points for this photo, in its pixels. While its crop changes, the line before stays.
    pub(super) fn of_photo(&self, number: u64) -> &[Pos2] {
        let found = self.found.as_ref().filter(|(subject, _)| subject.number == number);
        found.map(|(_, line)| line.as_slice()).unwrap_or_default()
    }

    /// Says whether to look for this line now, and how that will be stopped: one at a time, and none twice.
    ///
    /// A look for the line of another photo is told to stop, and what is wanted then begins when it has ended.
    fn begin(&mut self, subject: Subject) -> Option<Arc<AtomicBool>> {
        if let Some((other, stopped)) = &self.under_way {
            if other.number != subject.number {
                stopped.store(true, Ordering::Relaxed);
            }
            return None;
        }
        if self.found.as_ref().is_some_and(|(found, _)| *found == subject) {
            return None;
        }
        let stopped = Arc::new(AtomicBool::new(false));
        self.under_way = Some((subject, Arc::clone(&stopped)));
        Some(stopped)
    }

    /// Stops the look that is under way.
    pub(super) fn stop_looking(&self) {
        if let Some((_, stopped)) = &self.under_way {
            stopped.store(true, Ordering::Relaxed);
        }
    }

    /// Takes what was found; `None` when the look was stopped.
    pub(super) fn arrive(&mut self, subject: Subject, line: Option<&[[f32; 2]]>) {
        self.under_way = None;
        let Some(line) = line else { return };
        self.found = Some((subject, line.iter().map(|point| Pos2::from(*point)).collect()));
    }
}

impl Photos {
    /// Has the line looked for when the viewer needs one: only this computer's engine tells beforehand where it cuts, and
    /// it is shown while the photo stands alone.
    pub(in crate::app) fn keep_cut_line(&mut self, used: PhotoUse, stands_alone: bool) {
        let Some(subject) = self.cut_line_wanted(used).filter(|_| stands_alone) else { return };
        let (Some(photo), Some(tasks)) = (self.well.loaded.shown(), &self.tasks) else { return };
        if let Some(stopped) = self.cut_line.begin(subject) {
            tasks.find_cut_line(subject, Arc::clone(photo), stopped);
        }
    }

    fn cut_line_wanted(&self, used: PhotoUse) -> Option<Subject> {
        let photo = self.well.settled().filter(|_| !self.well.loaded.is_loading())?;
        (used.engine == EngineId::Local && !photo.faces.is_empty()).then_some(())?;
        Some(Subject { number: self.well.number, face: self.well.face, crop: self.well.crop(used)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(number: u64, left: f32) -> Subject {
        Subject { number, face: 0, crop: Crop { left, top: 0.0, width: 10.0, height: 10.0 } }
    }

    #[test]
    fn a_line_is_looked_for_once_and_one_at_a_time() {
        let mut line = CutLine::default();
        let look = line.begin(subject(1, 0.0)).unwrap();
        assert!(line.begin(subject(1, 0.0)).is_none() && line.begin(subject(1, 3.0)).is_none());
        assert!(!look.load(Ordering::Relaxed));
        line.arrive(subject(1, 0.0), Some(&[[1.0, 2.0]]));
        assert!(line.begin(subject(1, 0.0)).is_none());
        assert!(line.begin(subject(1, 5.0)).is_some());
    }

    #[test]
    fn another_photo_stops_the_look_for_the_line_of_the_one_before() {
        let mut line = CutLine::default();
        let look = line.begin(subject(1, 0.0)).unwrap();
        assert!(line.begin(subject(2, 0.0)).is_none() && look.load(Ordering::Relaxed));
        line.arrive(subject(1, 0.0), None);
        assert!(line.of_photo(1).is_empty());
        assert!(line.begin(subject(2, 0.0)).is_some());
    }

    #[test]
    fn the_line_of_another_crop_stays_but_that_of_another_photo_does_not() {
        let mut line = CutLine::default();
        line.arrive(subject(1, 0.0), Some(&[[1.0, 2.0]]));
        assert_eq!(line.of_photo(1), [Pos2::new(1.0, 2.0)]);
        assert!(line.of_photo(2).is_empty());
    }
}
