//! What counts as one emoji.

use model::Mood;
use unicode_properties::UnicodeEmoji as _;
use unicode_segmentation::UnicodeSegmentation as _;

/// Asks for the colourful form of a sign that also exists as text.
const COLOURFUL: char = '\u{fe0f}';

/// Asks for the form of a sign as text.
const PLAIN: char = '\u{fe0e}';

/// Draws a key around the digit before it.
const KEY: char = '\u{20e3}';

/// What a sticker stands for when nobody says so.
pub(crate) const USUAL: &str = "😊";

/// Stems of words that are moods without a row in the table of moods, each with its emoji.
const STEMS: [(&str, &str); 14] = [
    ("joy", "😂"),
    ("furious", "😡"),
    ("rage", "😡"),
    ("shock", "😱"),
    ("scared", "😨"),
    ("afraid", "😨"),
    ("tired", "😩"),
    ("confus", "😕"),
    ("disgust", "🤢"),
    ("sick", "🤒"),
    ("proud", "😌"),
    ("shy", "😳"),
    ("surpris", "😮"),
    ("smil", "😊"),
];

/// The emoji of a text in their order, each with its skin tone, flag or family whole; everything else is passed over.
///
/// Keyboards leave out what asks for the colourful form of a sign, such as of `❤`: it is put in.
pub fn emoji_in(text: &str) -> Vec<String> {
    text.graphemes(true).map(completed).filter(|cluster| is_emoji(cluster)).collect()
}

/// The emoji of a text in which nothing else stands, besides spaces between them.
pub fn only_emoji(text: &str) -> Option<Vec<String>> {
    let clusters = text.graphemes(true).filter(|cluster| !cluster.trim().is_empty()).map(completed);
    clusters.map(|cluster| is_emoji(&cluster).then_some(cluster)).collect()
}

/// A sign with all that asks for its colourful form; other text stays as it is.
pub(crate) fn completed(cluster: &str) -> String {
    let mut whole = String::with_capacity(cluster.len() + COLOURFUL.len_utf8());
    let mut signs = cluster.chars().peekable();
    while let Some(sign) = signs.next() {
        whole.push(sign);
        let is_said = |next: &char| [COLOURFUL, PLAIN].contains(next) || is_skin_tone(*next);
        let next = signs.peek();
        // A digit is one until a key is drawn around it.
        let is_text = is_text_at_first(sign) || (sign.is_ascii() && next == Some(&KEY));
        if is_text && !next.is_some_and(is_said) {
            whole.push(COLOURFUL);
        }
    }
    whole
}

/// Is it an emoji that is shown as text unless something asks for its colourful form?
fn is_text_at_first(sign: char) -> bool {
    use unicode_properties::emoji::EmojiStatus as Status;
    matches!(sign.emoji_status(), Status::EmojiModifierBase | Status::EmojiOther)
}

/// The emoji that a mood in these words suggests.
pub(crate) fn suggested(words: &str) -> Option<&'static str> {
    let words = words.to_lowercase();
    let words: Vec<&str> =
        words.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let of_mood = |phrase: &str| Mood::of(phrase).map(|mood| mood.emoji);
    (0..words.len()).find_map(|at| {
        // Two words may be one mood, such as "in love".
        let pair = words.get(at..at + 2).and_then(|pair| of_mood(&pair.join(" ")));
        let stem = || STEMS.iter().find(|(stem, _)| words[at].starts_with(stem)).map(|(_, emoji)| *emoji);
        pair.or_else(|| of_mood(words[at])).or_else(stem)
    })
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
            ("❤", 1),
            ("❤\u{fe0e}", 0),
            ("", 0),
        ] {
            assert_eq!(emoji_in(text).len(), count, "{text}");
        }
        assert_eq!(emoji_in("👍🏽 yes"), ["👍🏽"]);
    }

    #[test]
    fn what_a_keyboard_leaves_out_of_an_emoji_is_put_in() {
        for (typed, whole) in [
            ("❤", "❤\u{fe0f}"),
            ("☺", "☺\u{fe0f}"),
            ("™", "™\u{fe0f}"),
            ("©", "©\u{fe0f}"),
            ("↔", "↔\u{fe0f}"),
            ("☝", "☝\u{fe0f}"),
            ("☝🏽", "☝🏽"),
            ("❤\u{fe0f}", "❤\u{fe0f}"),
            ("❤\u{200d}🔥", "❤\u{fe0f}\u{200d}🔥"),
            ("🏳\u{200d}🌈", "🏳\u{fe0f}\u{200d}🌈"),
            ("1\u{20e3}", "1\u{fe0f}\u{20e3}"),
            ("👋", "👋"),
            ("1", "1"),
            ("hello", "hello"),
        ] {
            let completed: String = typed.graphemes(true).map(completed).collect();
            assert_eq!(completed, whole);
        }
        assert_eq!(only_emoji("❤ ☺"), Some(vec!["❤\u{fe0f}".to_owned(), "☺\u{fe0f}".to_owned()]));
        assert_eq!((only_emoji("❤ yes"), only_emoji("1")), (None, None));
    }

    #[test]
    fn moods_suggest_an_emoji_and_other_words_none() {
        assert_eq!(suggested("an angry person, ink"), Some("😠"));
        assert_eq!(suggested("Smiling girl"), Some("😊"));
        assert_eq!(suggested("somebody in love"), Some("😍"));
        assert_eq!(suggested("unhappy"), Some("😞"));
        assert_eq!(suggested("jobless"), None);
        assert_eq!(suggested("a cartoon cat"), None);
    }

    #[test]
    fn what_is_suggested_is_an_emoji() {
        let of_moods = model::moods::MOODS.iter().map(|mood| mood.emoji);
        for emoji in STEMS.iter().map(|(_, emoji)| *emoji).chain(of_moods).chain([USUAL]) {
            assert_eq!(emoji_in(emoji), [emoji]);
        }
    }
}
