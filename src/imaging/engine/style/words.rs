//! Which words of the prompts the built-in engine understands.

mod edit;
mod palette;
mod table;
mod weights;

use std::ops::Range;

pub use self::edit::{STYLES, moods_of, style_of, toggled};
pub(in crate::engine) use self::palette::palette;
pub use self::palette::{MOST_COLOURS, palette_in, with_palette};
use self::palette::{PALETTE, colour_of};
use self::table::{BANS, COLOURS, FILLERS, WISHES};
use self::weights::weighted_tokens;
use super::styles::Style;
use crate::engine::raster::colour::Lab;
use model::Mood;

/// The words of both prompts, sorted by whether they change the sticker.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Words and phrases that pick or bend the style, in order of appearance, lower case.
    pub understood: Vec<String>,
    /// Words without effect, in order of appearance, lower case.
    pub ignored: Vec<String>,
}

/// What a phrase of the prompt asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::engine) enum Wish {
    /// This style.
    Style(Style),
    /// More chroma.
    Vivid,
    /// Less chroma.
    Muted,
    /// Thicker lines.
    Bold,
    /// Thinner lines.
    Fine,
    /// Stronger light and shade.
    Dramatic,
    /// Weaker light and shade, calmer skin.
    Soft,
    /// Red cheeks.
    Rosy,
    /// Dots in the shade.
    Halftone,
    /// Grain.
    Grainy,
    /// A bright rim around the outline.
    Glowing,
    /// A wider border.
    WideBorder,
    /// A narrower border.
    NarrowBorder,
    /// The traits exaggerated.
    Exaggerated,
    /// The border in this colour.
    Border(Lab),
    /// Outline and lines in this colour.
    Outline(Lab),
    /// The background in this colour.
    Background(Lab),
    /// Colours of the person's own, see [`palette()`].
    Palette,
    /// The face in this mood, this strongly.
    Mood(&'static Mood, f32),
    /// Without this part.
    Without(Ban),
}

/// What a phrase of the negative prompt takes away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum Ban {
    /// All ink.
    Lines,
    /// The outline around the person.
    Outline,
    /// The die-cut border.
    Border,
    /// The shadow under the sticker.
    Shadow,
    /// Red cheeks and tinted lips.
    Blush,
    /// Lines on plain skin.
    Wrinkles,
    /// Grain and paper.
    Grain,
    /// Halftone dots.
    Halftone,
    /// Lights in the eyes.
    Glints,
    /// A bright rim.
    Glow,
    /// Traits made bigger than they are.
    Exaggeration,
    /// Strong colours.
    Colour,
    /// Anything behind the sticker.
    Background,
    /// The mood with this word.
    Mood(&'static str),
}

/// The longest phrase in the tables, in words.
const LONGEST_PHRASE: usize = 3;
/// Sorts the words of a prompt and a negative prompt.
pub fn words(prompt: &str, negative: &str) -> Words {
    let (wishes, mut ignored) = wishes(prompt);
    let (bans, more_ignored) = bans(negative);
    ignored.extend(more_ignored);
    let understood = wishes.into_iter().map(|(_, phrase)| phrase).chain(bans.into_iter().map(|(_, phrase)| phrase));
    Words { understood: understood.collect(), ignored }
}

/// What a prompt asks for, each with its phrase, and the words it does not understand.
pub(in crate::engine) fn wishes(prompt: &str) -> (Vec<(Wish, String)>, Vec<String>) {
    let (mut wishes, mut ignored) = read(prompt, |phrase, weight| {
        let mood = || Mood::of(phrase).map(|mood| Wish::Mood(mood, weight));
        coloured_part(phrase).or_else(|| without(phrase)).or_else(|| find(WISHES, phrase)).or_else(mood)
    });
    let own = palette_in(prompt);
    if !own.is_empty() {
        ignored.retain(|word| word != PALETTE && colour_of(word).is_none());
        wishes.push((Wish::Palette, format!("{PALETTE} of {}", own.len())));
    }
    (wishes, ignored)
}

/// What a negative prompt takes away, each with its phrase, and the words it does not understand.
pub(in crate::engine) fn bans(negative: &str) -> (Vec<(Ban, String)>, Vec<String>) {
    read(negative, |phrase, _| ban(phrase))
}

/// What a text asks for, each with its phrase, and the words that ask for nothing; `meaning` is asked about a phrase with
/// its weight.
fn read<T>(text: &str, meaning: impl Fn(&str, f32) -> Option<T>) -> (Vec<(T, String)>, Vec<String>) {
    let lower = text.to_lowercase();
    let (words, weights): (Vec<&str>, Vec<f32>) = weighted_tokens(&lower).into_iter().unzip();
    let found = phrases(&words, |phrase, first| meaning(phrase, weights[first]));
    let is_found = |place: usize| found.iter().any(|phrase| phrase.words.contains(&place));
    let left = words.iter().enumerate().filter(|(place, word)| !is_found(*place) && !FILLERS.contains(word));
    let ignored = left.map(|(_, word)| (*word).to_owned()).collect();
    (found.into_iter().map(|phrase| (phrase.meaning, phrase.text)).collect(), ignored)
}

/// Words that mean something together.
struct Phrase<T> {
    /// Their places among all words.
    words: Range<usize>,
    /// With one space between them.
    text: String,
    meaning: T,
}

/// The phrases of some words, the longest first, from the left; `meaning` is asked about a phrase and the place of its
/// first word.
fn phrases<T>(words: &[&str], meaning: impl Fn(&str, usize) -> Option<T>) -> Vec<Phrase<T>> {
    let mut found = Vec::new();
    let mut first = 0;
    while first < words.len() {
        let longest = LONGEST_PHRASE.min(words.len() - first);
        let phrase = (1..=longest).rev().find_map(|length| {
            let text = words[first..first + length].join(" ");
            meaning(&text, first).map(|meaning| Phrase { words: first..first + length, text, meaning })
        });
        first = phrase.as_ref().map_or(first + 1, |phrase| phrase.words.end);
        found.extend(phrase);
    }
    found
}

fn find<T: Copy>(table: &[(&str, T)], phrase: &str) -> Option<T> {
    table.iter().find(|(words, _)| *words == phrase).map(|&(_, value)| value)
}

/// "pink background", "light blue border", "gold outline".
fn coloured_part(phrase: &str) -> Option<Wish> {
    let (colour, part) = phrase.rsplit_once(' ')?;
    let colour = shade(colour)?;
    match part {
        "border" | "edge" | "rim" | "frame" => Some(Wish::Border(colour)),
        "outline" | "outlines" | "lines" | "contour" => Some(Wish::Outline(colour)),
        "background" | "backdrop" => Some(Wish::Background(colour)),
        _ => None,
    }
}

/// "blue", "light blue", "ff8800".
fn shade(words: &str) -> Option<Lab> {
    if let Some(colour) = find(COLOURS, words).or_else(|| colour_of(words)) {
        return Some(colour);
    }
    let (how, colour) = words.split_once(' ')?;
    let [l, a, b] = find(COLOURS, colour)?;
    match how {
        "light" | "pale" | "pastel" => Some([l + 0.5 * (0.97 - l), a * 0.6, b * 0.6]),
        "dark" | "deep" => Some([l * 0.6, a * 0.8, b * 0.8]),
        "bright" | "hot" | "neon" => Some([l, a * 1.3, b * 1.3]),
        _ => None,
    }
}

/// "no border", "without shadow".
fn without(phrase: &str) -> Option<Wish> {
    let (no, part) = phrase.split_once(' ')?;
    ["no", "without"].contains(&no).then(|| ban(part).map(Wish::Without))?
}

/// What a phrase takes away: a part of the drawing, or a mood that is asked for elsewhere.
fn ban(phrase: &str) -> Option<Ban> {
    find(BANS, phrase).or_else(|| Mood::of(phrase).map(|mood| Ban::Mood(mood.word)))
}

/// The words and numbers of a text, each with the byte at which it begins.
fn placed_tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_between = |c: char| !c.is_alphanumeric();
    let mut next = 0;
    text.split_inclusive(is_between).filter_map(move |piece| {
        let start = next;
        next += piece.len();
        let token = piece.trim_end_matches(is_between);
        (!token.is_empty()).then_some((start, token))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_modifiers_and_coloured_parts_are_understood_and_the_rest_is_ignored() {
        let words = words("A vibrant Pop-Art sticker of a dragon, pink background, gold border", "no shadow, hats");
        assert_eq!(words.understood, ["vibrant", "pop art", "pink background", "gold border", "shadow"]);
        assert_eq!(words.ignored, ["dragon", "hats"]);
    }

    #[test]
    fn parts_take_colours_with_their_shades_and_go_when_asked_without() {
        let words = words("Light blue background, a GOLD outline and #102030 frame, no shadow, hot dog", "");
        assert_eq!(words.understood, ["light blue background", "gold outline", "102030 frame", "no shadow"]);
        assert_eq!(words.ignored, ["hot", "dog"]);
        let (wishes, _) = wishes("light blue border");
        let Some((Wish::Border([light, ..]), _)) = wishes.first() else { panic!("{wishes:?}") };
        assert!(*light > shade("blue").unwrap()[0]);
    }

    #[test]
    fn a_palette_counts_as_one_word_and_its_colours_as_none() {
        let words = words("palette ff0000 00ff00 cat", "");
        assert_eq!((words.understood, words.ignored), (vec!["palette of 2".to_owned()], vec!["cat".to_owned()]));
    }

    #[test]
    fn usual_ways_to_ask_for_a_sticker_are_understood() {
        let cases = [
            ("cute chibi sticker with thick white border", vec!["cute", "chibi"], vec!["thick", "white border"]),
            ("pencil sketch, sky blue background", vec!["pencil sketch"], vec!["sky blue background"]),
            ("retro game sprite, no glow", vec!["retro game", "sprite"], vec!["no glow"]),
            ("vibrant colours, thin border", vec!["vibrant colours"], vec!["thin border"]),
        ];
        for (prompt, first, rest) in cases {
            let words = words(prompt, "");
            assert_eq!(words.understood, [first, rest].concat(), "{prompt}");
            assert!(words.ignored.is_empty(), "{prompt}: {:?}", words.ignored);
        }
    }

    #[test]
    fn moods_are_understood_with_the_weight_that_stands_with_them() {
        let words = words("A happy person, (tongue out:0.5), no frown", "angry");
        assert_eq!(words.understood, ["happy", "tongue out", "no frown", "angry"]);
        assert!(words.ignored.is_empty(), "{:?}", words.ignored);
        let (wishes, _) = wishes("(wink:0.6), in love");
        let moods: Vec<(&str, f32)> = wishes
            .iter()
            .filter_map(|(wish, _)| if let Wish::Mood(mood, weight) = wish { Some((mood.word, *weight)) } else { None })
            .collect();
        assert_eq!(moods, [("wink", 0.6), ("in love", 1.0)]);
    }

    #[test]
    fn every_mood_is_found_whole_by_each_of_its_words() {
        for mood in model::moods::MOODS {
            for word in std::iter::once(&mood.word).chain(mood.synonyms) {
                assert_eq!(words(word, "").understood, [*word]);
            }
        }
    }

    #[test]
    fn the_default_prompt_is_neither_understood_nor_ignored() {
        assert_eq!(words("a person", ""), Words::default());
    }

    #[test]
    fn every_phrase_of_the_tables_is_found_whole() {
        for (phrase, _) in WISHES {
            assert_eq!(words(phrase, "").understood, [*phrase]);
        }
        for (phrase, _) in BANS {
            assert_eq!(words("", phrase).understood, [*phrase]);
        }
    }
}
