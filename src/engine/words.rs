//! Which words of the prompts the built-in engine understands.

use super::colour::{Lab, from_srgb};
use super::styles::Style;

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
pub(super) enum Wish {
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
    /// The traits exaggerated.
    Exaggerated,
    /// The border in this colour.
    Border(Lab),
    /// Outline and lines in this colour.
    Outline(Lab),
    /// The background in this colour.
    Background(Lab),
    /// Colours of the person's own, see [`palette`].
    Palette,
    /// Without this part.
    Without(Ban),
}

/// What a phrase of the negative prompt takes away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ban {
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
    /// Strong colours.
    Colour,
    /// Anything behind the sticker.
    Background,
}

const WISHES: &[(&str, Wish)] = &[
    ("cartoon", Wish::Style(Style::Cartoon)),
    ("toon", Wish::Style(Style::Cartoon)),
    ("cel shaded", Wish::Style(Style::Cartoon)),
    ("cel shading", Wish::Style(Style::Cartoon)),
    ("animated", Wish::Style(Style::Cartoon)),
    ("anime", Wish::Style(Style::Cartoon)),
    ("illustration", Wish::Style(Style::Cartoon)),
    ("watercolor", Wish::Style(Style::Watercolour)),
    ("watercolour", Wish::Style(Style::Watercolour)),
    ("aquarelle", Wish::Style(Style::Watercolour)),
    ("painting", Wish::Style(Style::Watercolour)),
    ("painted", Wish::Style(Style::Watercolour)),
    ("gouache", Wish::Style(Style::Watercolour)),
    ("painterly", Wish::Style(Style::Watercolour)),
    ("water colour", Wish::Style(Style::Watercolour)),
    ("water color", Wish::Style(Style::Watercolour)),
    ("ink", Wish::Style(Style::Ink)),
    ("line art", Wish::Style(Style::Ink)),
    ("lineart", Wish::Style(Style::Ink)),
    ("sketch", Wish::Style(Style::Ink)),
    ("inked", Wish::Style(Style::Ink)),
    ("pen", Wish::Style(Style::Ink)),
    ("engraving", Wish::Style(Style::Ink)),
    ("woodcut", Wish::Style(Style::Ink)),
    ("manga", Wish::Style(Style::Ink)),
    ("black and white", Wish::Style(Style::Ink)),
    ("monochrome", Wish::Style(Style::Ink)),
    ("noir", Wish::Style(Style::Ink)),
    ("pop art", Wish::Style(Style::Pop)),
    ("popart", Wish::Style(Style::Pop)),
    ("pop", Wish::Style(Style::Pop)),
    ("comic", Wish::Style(Style::Pop)),
    ("comic book", Wish::Style(Style::Pop)),
    ("flat", Wish::Style(Style::Flat)),
    ("vector", Wish::Style(Style::Flat)),
    ("minimal", Wish::Style(Style::Flat)),
    ("minimalist", Wish::Style(Style::Flat)),
    ("paper cut", Wish::Style(Style::Flat)),
    ("flat design", Wish::Style(Style::Flat)),
    ("neon", Wish::Style(Style::Neon)),
    ("cyberpunk", Wish::Style(Style::Neon)),
    ("vaporwave", Wish::Style(Style::Neon)),
    ("synthwave", Wish::Style(Style::Neon)),
    ("vintage", Wish::Style(Style::Vintage)),
    ("retro", Wish::Style(Style::Vintage)),
    ("sepia", Wish::Style(Style::Vintage)),
    ("old photo", Wish::Style(Style::Vintage)),
    ("nostalgic", Wish::Style(Style::Vintage)),
    ("kawaii", Wish::Style(Style::Kawaii)),
    ("cute", Wish::Style(Style::Kawaii)),
    ("chibi", Wish::Style(Style::Kawaii)),
    ("adorable", Wish::Style(Style::Kawaii)),
    ("doll", Wish::Style(Style::Kawaii)),
    ("pastel", Wish::Style(Style::Kawaii)),
    ("pixel", Wish::Style(Style::Pixel)),
    ("pixel art", Wish::Style(Style::Pixel)),
    ("pixelated", Wish::Style(Style::Pixel)),
    ("8 bit", Wish::Style(Style::Pixel)),
    ("8bit", Wish::Style(Style::Pixel)),
    ("16 bit", Wish::Style(Style::Pixel)),
    ("pixels", Wish::Style(Style::Pixel)),
    ("sprite", Wish::Style(Style::Pixel)),
    ("arcade", Wish::Style(Style::Pixel)),
    ("vibrant", Wish::Vivid),
    ("vivid", Wish::Vivid),
    ("bright", Wish::Vivid),
    ("colorful", Wish::Vivid),
    ("colourful", Wish::Vivid),
    ("saturated", Wish::Vivid),
    ("bright colors", Wish::Vivid),
    ("bright colours", Wish::Vivid),
    ("muted", Wish::Muted),
    ("faded", Wish::Muted),
    ("subtle", Wish::Muted),
    ("desaturated", Wish::Muted),
    ("bold", Wish::Bold),
    ("thick", Wish::Bold),
    ("thick lines", Wish::Bold),
    ("bold lines", Wish::Bold),
    ("thick outline", Wish::Bold),
    ("bold outline", Wish::Bold),
    ("thin", Wish::Fine),
    ("thin lines", Wish::Fine),
    ("fine lines", Wish::Fine),
    ("delicate", Wish::Fine),
    ("dramatic", Wish::Dramatic),
    ("high contrast", Wish::Dramatic),
    ("moody", Wish::Dramatic),
    ("soft", Wish::Soft),
    ("smooth", Wish::Soft),
    ("gentle", Wish::Soft),
    ("rosy", Wish::Rosy),
    ("blush", Wish::Rosy),
    ("rosy cheeks", Wish::Rosy),
    ("halftone", Wish::Halftone),
    ("dots", Wish::Halftone),
    ("grain", Wish::Grainy),
    ("grainy", Wish::Grainy),
    ("textured", Wish::Grainy),
    ("glow", Wish::Glowing),
    ("glowing", Wish::Glowing),
    ("rim light", Wish::Glowing),
    ("caricature", Wish::Exaggerated),
    ("big eyes", Wish::Exaggerated),
    ("exaggerated", Wish::Exaggerated),
    ("funny", Wish::Exaggerated),
];

const BANS: &[(&str, Ban)] = &[
    ("lines", Ban::Lines),
    ("line", Ban::Lines),
    ("ink", Ban::Lines),
    ("outline", Ban::Outline),
    ("outlines", Ban::Outline),
    ("border", Ban::Border),
    ("white border", Ban::Border),
    ("shadow", Ban::Shadow),
    ("shadows", Ban::Shadow),
    ("drop shadow", Ban::Shadow),
    ("blush", Ban::Blush),
    ("makeup", Ban::Blush),
    ("lipstick", Ban::Blush),
    ("wrinkles", Ban::Wrinkles),
    ("wrinkle", Ban::Wrinkles),
    ("blemishes", Ban::Wrinkles),
    ("grain", Ban::Grain),
    ("noise", Ban::Grain),
    ("texture", Ban::Grain),
    ("dots", Ban::Halftone),
    ("halftone", Ban::Halftone),
    ("glints", Ban::Glints),
    ("reflections", Ban::Glints),
    ("saturated", Ban::Colour),
    ("colorful", Ban::Colour),
    ("colourful", Ban::Colour),
    ("vivid", Ban::Colour),
    ("background", Ban::Background),
];

/// Named colours.
const COLOURS: &[(&str, Lab)] = &[
    ("white", [1.0, 0.0, 0.0]),
    ("black", [0.16, 0.0, 0.0]),
    ("grey", [0.70, 0.0, 0.0]),
    ("gray", [0.70, 0.0, 0.0]),
    ("red", [0.62, 0.20, 0.10]),
    ("orange", [0.75, 0.10, 0.13]),
    ("yellow", [0.91, -0.01, 0.16]),
    ("gold", [0.82, 0.02, 0.14]),
    ("green", [0.70, -0.14, 0.09]),
    ("mint", [0.90, -0.08, 0.02]),
    ("teal", [0.65, -0.09, -0.03]),
    ("turquoise", [0.78, -0.11, -0.03]),
    ("blue", [0.60, -0.03, -0.17]),
    ("navy", [0.32, -0.01, -0.10]),
    ("purple", [0.52, 0.11, -0.14]),
    ("violet", [0.60, 0.10, -0.14]),
    ("lavender", [0.84, 0.03, -0.06]),
    ("pink", [0.80, 0.13, -0.01]),
    ("magenta", [0.66, 0.24, -0.08]),
    ("brown", [0.45, 0.05, 0.06]),
    ("beige", [0.90, 0.005, 0.04]),
    ("cream", [0.96, 0.0, 0.035]),
];

/// Words that say what a sticker is anyway.
const FILLERS: &[&str] = &[
    "a", "an", "the", "of", "in", "on", "with", "and", "or", "for", "as", "at", "my", "me", "no", "style", "styled",
    "sticker", "portrait", "person", "face", "photo", "picture", "image", "art", "drawing",
];

/// The longest phrase in the tables, in words.
const LONGEST_PHRASE: usize = 3;
/// Begins a list of colours in hexadecimal: "palette ff8800 204060".
const PALETTE: &str = "palette";
/// More colours of a palette than this are left out.
pub(super) const MOST_COLOURS: usize = 32;

/// Sorts the words of a prompt and a negative prompt.
pub fn words(prompt: &str, negative: &str) -> Words {
    let (wishes, mut ignored) = wishes(prompt);
    let (bans, more_ignored) = bans(negative);
    ignored.extend(more_ignored);
    let understood = wishes.into_iter().map(|(_, phrase)| phrase).chain(bans.into_iter().map(|(_, phrase)| phrase));
    Words { understood: understood.collect(), ignored }
}

/// What a prompt asks for, each with its phrase, and the words it does not understand.
pub(super) fn wishes(prompt: &str) -> (Vec<(Wish, String)>, Vec<String>) {
    let (mut wishes, mut ignored) =
        read(prompt, |phrase| coloured_part(phrase).or_else(|| without(phrase)).or_else(|| find(WISHES, phrase)));
    let own = palette(prompt);
    if !own.is_empty() {
        ignored.retain(|word| word != PALETTE && colour_of(word).is_none());
        wishes.push((Wish::Palette, format!("{PALETTE} of {}", own.len())));
    }
    (wishes, ignored)
}

/// What a negative prompt takes away, each with its phrase, and the words it does not understand.
pub(super) fn bans(negative: &str) -> (Vec<(Ban, String)>, Vec<String>) {
    read(negative, |phrase| find(BANS, phrase))
}

/// Longest phrases first, from the left.
fn read<T>(text: &str, meaning: impl Fn(&str) -> Option<T>) -> (Vec<(T, String)>, Vec<String>) {
    let lower = text.to_lowercase();
    let tokens: Vec<&str> = tokens(&lower).collect();
    let (mut understood, mut ignored) = (Vec::new(), Vec::new());
    let mut rest = tokens.as_slice();
    while let [first, after @ ..] = rest {
        let longest = LONGEST_PHRASE.min(rest.len());
        let hit = (1..=longest).rev().find_map(|length| {
            let phrase = rest[..length].join(" ");
            meaning(&phrase).map(|meaning| (meaning, phrase, length))
        });
        if let Some((meaning, phrase, length)) = hit {
            understood.push((meaning, phrase));
            rest = &rest[length..];
            continue;
        }
        if !FILLERS.contains(first) {
            ignored.push((*first).to_owned());
        }
        rest = after;
    }
    (understood, ignored)
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
    ["no", "without"].contains(&no).then(|| find(BANS, part).map(Wish::Without))?
}

/// Six hexadecimal digits as a colour.
fn colour_of(word: &str) -> Option<Lab> {
    if word.len() != 6 || !word.is_ascii() {
        return None;
    }
    let part = |at: usize| u8::from_str_radix(&word[at..at + 2], 16).ok().map(|value| value as f32 / 255.0);
    Some(from_srgb([part(0)?, part(2)?, part(4)?]))
}

/// The colours that follow the word "palette" in a prompt, at most [`MOST_COLOURS`].
pub(super) fn palette(prompt: &str) -> Vec<Lab> {
    let lower = prompt.to_lowercase();
    let mut words = tokens(&lower).skip_while(|word| *word != PALETTE).skip(1);
    words.by_ref().map_while(colour_of).take(MOST_COLOURS).collect()
}

fn tokens(lower: &str) -> impl Iterator<Item = &str> {
    lower.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty())
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
    fn a_palette_is_the_colours_after_its_word() {
        assert_eq!(palette("ink, palette #FF0000, 00ff00 cat 0000ff").len(), 2);
        let words = words("palette ff0000 00ff00 cat", "");
        assert_eq!((words.understood, words.ignored), (vec!["palette of 2".to_owned()], vec!["cat".to_owned()]));
        assert!(palette("a palette of cats").is_empty());
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
