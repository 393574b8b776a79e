//! What counts as one emoji.

use unicode_properties::UnicodeEmoji as _;
use unicode_segmentation::UnicodeSegmentation as _;

/// Asks for the colourful form of a sign that also exists as text.
const COLOURFUL: char = '\u{fe0f}';

/// What a sticker stands for when nobody says so.
pub(crate) const USUAL: &str = "🙂";

/// Moods that prompts name, each with its emoji.
const MOODS: [(&str, &str); 26] = [
    ("happy", "😀"),
    ("smil", "😊"),
    ("laugh", "😂"),
    ("joy", "😂"),
    ("wink", "😉"),
    ("love", "😍"),
    ("kiss", "😘"),
    ("angry", "😠"),
    ("furious", "😡"),
    ("rage", "😡"),
    ("sad", "😢"),
    ("cry", "😭"),
    ("surpris", "😮"),
    ("shock", "😱"),
    ("scared", "😨"),
    ("afraid", "😨"),
    ("sleep", "😴"),
    ("tired", "😩"),
    ("cool", "😎"),
    ("think", "🤔"),
    ("confus", "😕"),
    ("disgust", "🤢"),
    ("sick", "🤒"),
    ("proud", "😌"),
    ("shy", "😳"),
    ("silly", "🤪"),
];

/// The emoji of a text in their order, each with its skin tone, flag or family whole; everything else is passed over.
pub fn emoji_in(text: &str) -> Vec<String> {
    text.graphemes(true).filter(|cluster| is_emoji(cluster)).map(str::to_owned).collect()
}

/// The emoji that a mood in these words suggests.
pub(crate) fn suggested(words: &str) -> Option<&'static str> {
    let words = words.to_lowercase();
    let begins = |word: &str, stem: &str| word.starts_with(stem);
    words
        .split(|letter: char| !letter.is_alphabetic())
        .find_map(|word| MOODS.iter().find(|(stem, _)| begins(word, stem)).map(|(_, emoji)| *emoji))
}

/// Is this one emoji and nothing else?
fn is_emoji(cluster: &str) -> bool {
    use unicode_properties::emoji::EmojiStatus as Status;
    let Some(first) = cluster.chars().next() else { return false };
    match first.emoji_status() {
        Status::EmojiPresentation
        | Status::EmojiPresentationAndModifierBase
        | Status::EmojiPresentationAndModifierAndEmojiComponent => true,
        // Letters of a flag come in twos.
        Status::EmojiPresentationAndEmojiComponent => cluster.chars().count() > 1,
        Status::EmojiModifierBase | Status::EmojiOther | Status::EmojiOtherAndEmojiComponent => {
            // `❤` alone is text, `❤️` is an emoji; so are `☝🏽` and `1️⃣`.
            let mut rest = cluster.chars().skip(1);
            rest.any(|sign| sign == COLOURFUL || is_skin_tone(sign))
        }
        _ => false,
    }
}

const fn is_skin_tone(sign: char) -> bool {
    matches!(sign, '\u{1f3fb}'..='\u{1f3ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_emoji_is_what_a_person_counts_as_one() {
        for (text, count) in [
            ("👋", 1),
            ("👍🏽", 1),
            ("❤️", 1),
            ("☝🏽", 1),
            ("👨‍👩‍👧", 1),
            ("🇩🇪", 1),
            ("1️⃣", 1),
            ("👋👍🏽 ❤️", 3),
            ("🇩🇪🇫🇷", 2),
            ("hello", 0),
            ("123 #*", 0),
            ("❤", 0),
            ("", 0),
        ] {
            assert_eq!(emoji_in(text).len(), count, "{text}");
        }
        assert_eq!(emoji_in("👍🏽 yes"), ["👍🏽"]);
    }

    #[test]
    fn moods_suggest_an_emoji_and_other_words_none() {
        assert_eq!(suggested("an angry person, ink"), Some("😠"));
        assert_eq!(suggested("Smiling girl"), Some("😊"));
        assert_eq!(suggested("unhappy"), None);
        assert_eq!(suggested("a cartoon cat"), None);
    }

    #[test]
    fn what_is_suggested_is_an_emoji() {
        for emoji in MOODS.iter().map(|(_, emoji)| *emoji).chain([USUAL]) {
            assert_eq!(emoji_in(emoji), [emoji]);
        }
    }
}
