//! Reads written files back and measures what the rules speak of.

mod pictures;
mod png;
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
    let are_several = found.packs.len() > 1;
    for (index, words) in found.packs.iter().enumerate() {
        let number = format!("pack {}", index + 1);
        let pack = if words.identifier.is_empty() { &number } else { &words.identifier };
        measured.extend(measure_words(target, if are_several { pack } else { "" }, words));
    }
    measured.extend(pictures::measure(target, &found.pictures));
    measured
}
