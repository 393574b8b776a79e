//! Styles and moods of a prompt: which it has, and the prompt with one more or one less.

use std::ops::Range;

use super::table::WISHES;
use super::{Wish, find, phrases, placed_tokens};
use crate::engine::style::styles::Style;
use model::Mood;

/// The word that asks for each style, the usual one first.
pub const STYLES: [&str; 9] = ["cartoon", "ink", "pop", "watercolour", "flat", "neon", "vintage", "kawaii", "pixel"];

/// A style or a mood.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Pick {
    Style(Style),
    Mood(&'static str),
}

impl Pick {
    fn of(phrase: &str) -> Option<Self> {
        if let Some(Wish::Style(style)) = find(WISHES, phrase) {
            return Some(Self::Style(style));
        }
        Mood::of(phrase).map(|mood| Self::Mood(mood.word))
    }
}

/// The word of the style that a prompt is drawn in.
pub fn style_of(prompt: &str) -> &'static str {
    let asked = picks(prompt).into_iter().find(|(_, pick)| matches!(pick, Pick::Style(_)));
    let word = asked.and_then(|(_, asked)| STYLES.into_iter().find(|word| Pick::of(word) == Some(asked)));
    word.unwrap_or(STYLES[0])
}

/// The words of the moods that a prompt asks for.
pub fn moods_of(prompt: &str) -> Vec<&'static str> {
    let moods = picks(prompt).into_iter();
    moods.filter_map(|(_, pick)| if let Pick::Mood(word) = pick { Some(word) } else { None }).collect()
}

/// The prompt without `word`, a style's or a mood's, if it asks for it, else with it.
///
/// A style takes the place of another; a mood joins the others.
pub fn toggled(prompt: &str, word: &str) -> String {
    let Some(wanted) = Pick::of(word) else { return prompt.to_owned() };
    let picks = picks(prompt);
    let is_there = picks.iter().any(|(_, pick)| *pick == wanted);
    let goes = |pick: &Pick| *pick == wanted || matches!((pick, wanted), (Pick::Style(_), Pick::Style(_)));
    let mut left = prompt.to_owned();
    for (range, _) in picks.iter().rev().filter(|(_, pick)| goes(pick)) {
        left = without(&left, range);
    }
    match (is_there, left.trim().is_empty()) {
        (true, _) => left,
        (false, true) => word.to_owned(),
        (false, false) => format!("{}, {word}", left.trim_end_matches([',', ' '])),
    }
}

/// The styles and moods of a prompt, each with the bytes that ask for it; what stands after "no" asks for nothing.
fn picks(prompt: &str) -> Vec<(Range<usize>, Pick)> {
    // Of the same length, so that places stay.
    let lower = prompt.to_ascii_lowercase();
    let (starts, words): (Vec<usize>, Vec<&str>) = placed_tokens(&lower).unzip();
    let is_denied = |first: usize| first > 0 && ["no", "without"].contains(&words[first - 1]);
    let wanted =
        phrases(&words, |phrase, _| Pick::of(phrase)).into_iter().filter(|found| !is_denied(found.words.start));
    let place = |range: &Range<usize>| starts[range.start]..starts[range.end - 1] + words[range.end - 1].len();
    wanted.map(|found| (with_brackets(&lower, place(&found.words)), found.meaning)).collect()
}

/// The place of a phrase with the brackets and the weight around it: `(wink:0.6)`.
fn with_brackets(text: &str, phrase: Range<usize>) -> Range<usize> {
    let inside = text[..phrase.start].ends_with('(');
    let Some(end) = text[phrase.end..].find(')').filter(|_| inside) else { return phrase };
    let weight = text[phrase.end..phrase.end + end].trim_start_matches(':');
    if weight.is_empty() || weight.trim().parse::<f32>().is_ok() {
        return phrase.start - 1..phrase.end + end + 1;
    }
    phrase
}

/// The text without a part of it, and without the comma that stood beside that alone.
fn without(text: &str, part: &Range<usize>) -> String {
    let (before, after) = (text[..part.start].trim_end(), text[part.end..].trim_start());
    let before = if after.is_empty() || after.starts_with(',') { before.trim_end_matches([',', ' ']) } else { before };
    let after = if before.is_empty() { after.trim_start_matches([',', ' ']) } else { after };
    let gap = if before.is_empty() || after.is_empty() || after.starts_with(',') { "" } else { " " };
    format!("{before}{gap}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_click_puts_a_word_in_and_a_second_takes_it_out() {
        for (prompt, word, with) in [
            ("a person", "happy", "a person, happy"),
            ("", "ink", "ink"),
            ("a person, ink", "neon", "a person, neon"),
            ("cute sticker", "ink", "sticker, ink"),
            ("a person", "in love", "a person, in love"),
            ("a happy person", "wink", "a happy person, wink"),
        ] {
            assert_eq!(toggled(prompt, word), with);
            assert!(!toggled(with, word).contains(word), "{with} without {word}");
        }
        assert_eq!(toggled("a happy person", "happy"), "a person");
        assert_eq!(toggled("a person, (wink:0.6), ink", "wink"), "a person, ink");
        assert_eq!(toggled("smiling, ink", "happy"), "ink");
        assert_eq!(toggled("a person", "dragon"), "a person");
    }

    #[test]
    fn a_prompt_has_one_style_and_any_number_of_moods() {
        assert_eq!((style_of("a person"), style_of("8 bit sprite")), ("cartoon", "pixel"));
        assert_eq!(moods_of("a winking person in love, (cool:0.4), no smile"), ["wink", "in love", "cool"]);
        for word in STYLES {
            assert_eq!(style_of(word), word);
        }
    }
}
