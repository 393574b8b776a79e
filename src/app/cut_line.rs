//! The line along which the photo will be cut, kept up with the photo while it stands alone in the viewer.

use std::sync::Arc;

use egui::Pos2;

use super::App;
use super::event::Event;
use super::state::State;
use super::work::Work;
use crate::model::{Crop, EngineId};
use crate::studio::LoadedPhoto;

/// What a line is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Subject {
    /// Number of the photo.
    number: u64,
    /// Which of its faces is meant.
    face: usize,
    /// The part of it that is sent.
    crop: Crop,
}

/// The line as far as it is known.
#[derive(Debug, Default)]
pub(super) struct CutLine {
    /// The last line that was found, and what it is about; it is empty when there is none.
    found: Option<(Subject, Vec<Pos2>)>,
    /// Is one being looked for?
    under_way: bool,
}

impl CutLine {
    /// The points for this photo, in its pixels. While its crop changes, the line before stays.
    pub(super) fn of_photo(&self, number: u64) -> &[Pos2] {
        let found = self.found.as_ref().filter(|(subject, _)| subject.number == number);
        found.map(|(_, line)| line.as_slice()).unwrap_or_default()
    }

    /// Says whether to look for this line now: one at a time, and none twice.
    fn begin(&mut self, subject: Subject) -> bool {
        let known = self.found.as_ref().is_some_and(|(found, _)| *found == subject);
        let begins = !known && !self.under_way;
        self.under_way |= begins;
        begins
    }

    /// Takes what was found.
    pub(super) fn arrive(&mut self, subject: Subject, line: &[[f32; 2]]) {
        self.under_way = false;
        self.found = Some((subject, line.iter().map(|point| Pos2::from(*point)).collect()));
    }
}

impl Work {
    /// Looks for the line along which this part of a photo will be cut.
    fn find_cut_line(&self, subject: Subject, photo: Arc<LoadedPhoto>) {
        self.spawn(move |studio, notifier| {
            // A photo that cannot be cut has no line; why not is told when a sticker is made of it.
            let line = studio.cut_line(&photo, subject.face, subject.crop).unwrap_or_default();
            notifier.send(Event::CutLine(subject, line));
        });
    }
}

impl App {
    /// Has the line looked for when the viewer needs one.
    pub(super) fn keep_cut_line(&mut self) {
        let (Some(subject), Some(work)) = (subject(&self.state), &self.work) else { return };
        let Some(photo) = self.state.photo.loaded.shown() else { return };
        if self.state.cut_line.begin(subject) {
            work.find_cut_line(subject, Arc::clone(photo));
        }
    }
}

/// The line that the viewer shows: only this computer's engine tells beforehand where it cuts.
fn subject(state: &State) -> Option<Subject> {
    let photo = state.photo.settled().filter(|_| !state.photo.loaded.is_loading())?;
    let alone = state.form.engine == EngineId::Local && state.selected().is_none();
    (alone && !photo.faces.is_empty()).then_some(())?;
    Some(Subject { number: state.photo.number, face: state.photo.face, crop: state.crop()? })
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
        assert!(line.begin(subject(1, 0.0)));
        assert!(!line.begin(subject(1, 0.0)) && !line.begin(subject(2, 0.0)));
        line.arrive(subject(1, 0.0), &[[1.0, 2.0]]);
        assert!(!line.begin(subject(1, 0.0)));
        assert!(line.begin(subject(1, 5.0)));
    }

    #[test]
    fn the_line_of_another_crop_stays_but_that_of_another_photo_does_not() {
        let mut line = CutLine::default();
        line.arrive(subject(1, 0.0), &[[1.0, 2.0]]);
        assert_eq!(line.of_photo(1), [Pos2::new(1.0, 2.0)]);
        assert!(line.of_photo(2).is_empty());
    }
}
