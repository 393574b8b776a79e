//! Reads written files back and measures what the rules speak of.

mod pictures;
mod reading;
mod words;

pub(crate) use words::measure_words;

use crate::lights::{Light, Measured, judge};
use crate::{Files, Target};

/// Measures the files of a folder against every rule of a target; takes a while, so not on the UI thread.
///
/// What is missing or cannot be read shows as a light of its own.
pub fn measure(target: Target, files: &Files) -> Vec<Light> {
    judge(target, &measured(target, files))
}

fn measured(target: Target, files: &Files) -> Vec<Measured> {
    let found = reading::read(target, files);
    let mut measured = found.facts;
    measured.extend(measure_words(target, &found.words));
    measured.extend(pictures::measure(target, &found.pictures));
    measured
}
