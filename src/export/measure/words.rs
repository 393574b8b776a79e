//! Measures what a pack says about itself.

use crate::lights::Measured;
use crate::rules::{About, SET_NAME_END, Value, has_bot, rule};
use crate::words::{StickerSaid, Words};
use crate::{Target, emoji};

/// Measures all that a pack says about itself and the target has rules for; `pack` tells it from others beside it.
pub(crate) fn measure_words(target: Target, pack: &str, words: &Words) -> Vec<Measured> {
    let length = |text: &str| length(target, text);
    let mut measured = vec![
        Measured::number(About::Stickers, pack, words.stickers.len()),
        Measured::number(About::Title, pack, length(&words.title)),
        Measured::number(About::Author, pack, length(&words.author)),
        identifier(target, pack, &words.identifier),
        Measured::text(About::IdentifierLetters, pack, &words.identifier),
    ];
    for sticker in &words.stickers {
        let StickerSaid { name, emoji, alt, tags } = sticker;
        let tags_length = match target {
            Target::Telegram | Target::TelegramEmoji => tags.iter().map(|tag| length(tag)).sum(),
            _ => length(&tags.join(", ")),
        };
        measured.extend([
            Measured::new(About::Emoji, name, emoji_of(emoji)),
            Measured::number(About::AltText, name, length(alt)),
            Measured::number(About::Name, name, name_length(target, name)),
            Measured::text(About::NameLetters, name, name),
            Measured::number(About::Tags, name, tags_length),
            Measured::number(About::Keywords, name, tags.len()),
        ]);
    }
    measured.retain(|measured| rule(target, measured.about).is_some());
    measured
}

/// The length of what programs call a pack, on Telegram with what a bot has still to add to it.
fn identifier(target: Target, pack: &str, name: &str) -> Measured {
    let is_to_end = matches!(target, Target::Telegram | Target::TelegramEmoji) && !name.is_empty() && !has_bot(name);
    if is_to_end {
        let whole = format!("{name}_by_ and the name of a bot");
        return Measured::number(About::Identifier, whole, length(target, name) + SET_NAME_END);
    }
    Measured::number(About::Identifier, pack, length(target, name))
}

/// How many emoji there are, or the first text that is none.
fn emoji_of(listed: &[String]) -> Value {
    let not_one = listed.iter().find(|text| emoji::only_emoji(text).is_none_or(|found| found.len() != 1));
    not_one.map_or_else(|| Value::Number(listed.len() as u64), |text| Value::Text(text.clone()))
}

/// The length of a text as the target counts it.
pub(super) fn length(target: Target, text: &str) -> usize {
    match target {
        // Java counts UTF-16 units: an emoji is two.
        Target::WhatsApp | Target::WhatsAppSingle => text.encode_utf16().count(),
        _ => text.chars().count(),
    }
}

fn name_length(target: Target, name: &str) -> usize {
    if target == Target::Matrix { name.len() } else { length(target, name) }
}
