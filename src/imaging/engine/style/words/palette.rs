//! A palette of the person's own, as words of the prompt: "palette ff8800 204060".

use std::ops::Range;

use super::placed_tokens;
use crate::engine::raster::colour::{Lab, from_srgb};

/// Begins a list of colours in hexadecimal: "palette ff8800 204060".
pub(super) const PALETTE: &str = "palette";
/// More colours of a palette than this are left out.
pub const MOST_COLOURS: usize = 32;

/// Six hexadecimal digits as a colour.
pub(super) fn colour_of(word: &str) -> Option<Lab> {
    rgb_of(word).map(|rgb| from_srgb(rgb.map(|value| value as f32 / 255.0)))
}

/// Six hexadecimal digits as sRGB.
fn rgb_of(word: &str) -> Option<[u8; 3]> {
    if word.len() != 6 || !word.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let part = |at: usize| u8::from_str_radix(&word[at..at + 2], 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// The colours of the palette in a prompt as the engine draws with them.
pub(in crate::engine) fn palette(prompt: &str) -> Vec<Lab> {
    palette_in(prompt).into_iter().map(|rgb| from_srgb(rgb.map(|value| value as f32 / 255.0))).collect()
}

/// The colours in sRGB that follow the word "palette" in a prompt, at most [`MOST_COLOURS`].
pub fn palette_in(prompt: &str) -> Vec<[u8; 3]> {
    place_of_palette(prompt).map_or_else(Vec::new, |(_, colours)| colours)
}

/// The prompt with this palette instead of the one in it; without colours it has none.
pub fn with_palette(prompt: &str, colours: &[[u8; 3]]) -> String {
    let separates = |c: char| c == ',' || c.is_whitespace();
    let (before, after) =
        place_of_palette(prompt).map_or((prompt, ""), |(place, _)| (&prompt[..place.start], &prompt[place.end..]));
    let hex = colours.iter().map(|[r, g, b]| format!("{r:02x}{g:02x}{b:02x}"));
    let own =
        if colours.is_empty() { String::new() } else { format!("{PALETTE} {}", hex.collect::<Vec<_>>().join(" ")) };
    let parts = [before.trim_end_matches(separates), &own, after.trim_start_matches(separates)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Where the word "palette" with its colours stands in a prompt, and those colours.
fn place_of_palette(prompt: &str) -> Option<(Range<usize>, Vec<[u8; 3]>)> {
    let tokens: Vec<(usize, &str)> = placed_tokens(prompt).collect();
    tokens.iter().enumerate().filter(|(_, (_, word))| word.eq_ignore_ascii_case(PALETTE)).find_map(
        |(index, (start, _))| {
            let after = tokens[index + 1..].iter().map_while(|&(at, word)| Some((at + word.len(), rgb_of(word)?)));
            let (ends, colours): (Vec<usize>, Vec<[u8; 3]>) = after.take(MOST_COLOURS).unzip();
            Some((*start..*ends.last()?, colours))
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_palette_is_the_colours_after_its_word() {
        assert_eq!(palette("ink, palette #FF0000, 00ff00 cat 0000ff").len(), 2);
        assert!(palette("a palette of cats").is_empty());
        assert_eq!(palette_in("a palette of cats, Palette: #FF8800"), [[255, 136, 0]]);
    }

    #[test]
    fn a_palette_takes_the_place_of_the_one_before_and_leaves_the_other_words() {
        let one = with_palette("Ink portrait", &[[255, 136, 0], [1, 2, 3]]);
        assert_eq!(one, "Ink portrait, palette ff8800 010203");
        let edited = format!("{one}, no shadow");
        let other = with_palette(&edited, &[[9, 9, 9]]);
        assert_eq!(other, "Ink portrait, palette 090909, no shadow");
        assert_eq!(palette_in(&other), [[9, 9, 9]]);
        assert_eq!(with_palette(&other, &[]), "Ink portrait, no shadow");
        assert_eq!(with_palette("", &[[9, 9, 9]]), "palette 090909");
    }
}
