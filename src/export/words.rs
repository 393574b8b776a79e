//! What a pack says about itself on one platform: names, emoji and texts in the platform's form.

use std::collections::{BTreeMap, HashSet};

use crate::rules::{About, Form, SET_NAME_END, most, rule};
use crate::{Pack, Target, emoji};

/// What a pack says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// What it is called.
    pub title: String,
    /// Who made it.
    pub author: String,
    /// What programs call it.
    pub identifier: String,
    /// What it says about each sticker, in order.
    pub stickers: Vec<StickerSaid>,
}

/// What a pack says about one sticker.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StickerSaid {
    /// Its name, which is that of its file without the ending.
    pub name: String,
    /// What it stands for.
    pub emoji: Vec<String>,
    /// What it shows.
    pub alt: String,
    /// The words by which it is found.
    pub tags: Vec<String>,
}

impl Words {
    /// What `pack` says about itself on `target`.
    ///
    /// Names are put into the platform's letters and told apart, and a sticker keeps as many of its emoji as the
    /// platform takes. Titles and texts stay as they were written: whether they fit is for the rules to say.
    pub fn of(pack: &Pack, target: Target) -> Self {
        let names = names(pack, target);
        let most_emoji = most(target, About::Emoji).map_or(usize::MAX, |most| most as usize);
        let stickers = pack.stickers.iter().zip(names).map(|(sticker, name)| {
            let mut emoji: Vec<String> = sticker.words.emoji.iter().map(|text| emoji::completed(text)).collect();
            let tags = tags(target, &sticker.words.name, &emoji);
            emoji.truncate(most_emoji);
            StickerSaid { name, emoji, alt: sticker.words.alt.trim().to_owned(), tags }
        });
        Self {
            title: pack.title.trim().to_owned(),
            author: pack.author.trim().to_owned(),
            identifier: identifier(&pack.title, target),
            stickers: stickers.collect(),
        }
    }

    /// The emoji of each sticker by its name.
    pub fn emoji_by_name(&self) -> BTreeMap<&str, String> {
        self.stickers.iter().map(|sticker| (sticker.name.as_str(), sticker.emoji.concat())).collect()
    }
}

/// What a folder with a pack is called, before the target's own word.
pub fn folder_name(pack: &Pack) -> String {
    identifier(&pack.title, Target::Png)
}

/// What programs call a pack of this title.
fn identifier(title: &str, target: Target) -> String {
    let part = match target {
        Target::Telegram | Target::TelegramEmoji => "_",
        _ => "-",
    };
    let plain = plain(title, part);
    let plain = match target {
        Target::Telegram | Target::TelegramEmoji if !plain.starts_with(|first: char| first.is_ascii_alphabetic()) => {
            format!("pack{}{plain}", if plain.is_empty() { "" } else { "_" })
        }
        _ if plain.is_empty() => "stickers".to_owned(),
        _ => plain,
    };
    let longest = most(target, About::Identifier).map(|most| match target {
        Target::Telegram | Target::TelegramEmoji => most - SET_NAME_END as u64,
        _ => most,
    });
    shortened(&plain, longest, part)
}

/// The names of the stickers: those that a platform shows come from the person, other ones are numbers.
fn names(pack: &Pack, target: Target) -> Vec<String> {
    let count = pack.stickers.len();
    let digits = count.to_string().len().max(2);
    let are_shown = rule(target, About::Name).is_some()
        || rule(target, About::NameLetters).is_some()
        || matches!(
            target,
            Target::Png
                | Target::WebP
                | Target::Twitch
                | Target::Kick
                | Target::YouTube
                | Target::IMessage
                | Target::WhatsAppSingle
        );
    if !are_shown {
        return (1..=count).map(|number| format!("{number:0digits$}")).collect();
    }
    let letters = rule(target, About::NameLetters).map(|rule| rule.allowed);
    let part = match letters {
        Some(crate::Allowed::Form(Form::Shortcode)) => "_",
        _ => "-",
    };
    let longest = most(target, About::Name);
    let mut given = HashSet::new();
    let named = |(index, sticker): (usize, &crate::Sticker)| {
        let mut name = shortened(&plain(&sticker.words.name, part), longest, part);
        let base = if name.is_empty() {
            shortened(&identifier(&pack.title, target).replace('-', part), longest, part)
        } else {
            name.clone()
        };
        if name.len() < 2 {
            name = numbered(&base, index + 1, part, longest);
        }
        let mut number = 2;
        while !given.insert(name.clone()) {
            name = numbered(&base, number, part, longest);
            number += 1;
        }
        name
    };
    pack.stickers.iter().enumerate().map(named).collect()
}

/// `wink` and 2 make `wink-2`, within so many letters.
fn numbered(base: &str, number: usize, part: &str, longest: Option<u64>) -> String {
    let end = format!("{part}{number}");
    let room = longest.map(|longest| longest.saturating_sub(end.len() as u64));
    format!("{}{end}", shortened(base, room, part))
}

/// As much of an ASCII text as fits, without a parting sign at its end.
fn shortened(text: &str, longest: Option<u64>, part: &str) -> String {
    /// What file systems take with room for endings.
    const LONGEST_NAME: usize = 100;
    let longest = longest.map_or(LONGEST_NAME, |longest| longest as usize).min(LONGEST_NAME);
    text.get(..longest.min(text.len())).unwrap_or(text).trim_end_matches(part).to_owned()
}

/// A text in lower-case Latin letters and digits, its words parted by `part`; accents are taken off, other scripts
/// are left out.
fn plain(text: &str, part: &str) -> String {
    let mut latin = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            'a'..='z' | '0'..='9' | 'A'..='Z' => latin.push(letter.to_ascii_lowercase()),
            // Apostrophes, and accents that stand after their letter.
            '\'' | '’' | '\u{300}'..='\u{36f}' => {}
            other => latin.push_str(without_accent(other).unwrap_or(" ")),
        }
    }
    latin.split_whitespace().collect::<Vec<_>>().join(part)
}

/// The Latin letters that stand for a letter with an accent.
fn without_accent(letter: char) -> Option<&'static str> {
    const LETTERS: [(&str, &str); 30] = [
        ("àáâãåāăąÀÁÂÃÅĀĂĄ", "a"),
        ("äÄæÆ", "ae"),
        ("çćĉċčÇĆĈĊČ", "c"),
        ("ďđðĎĐÐ", "d"),
        ("èéêëēĕėęěÈÉÊËĒĔĖĘĚ", "e"),
        ("ĝğġģĜĞĠĢ", "g"),
        ("ĥħĤĦ", "h"),
        ("ìíîïĩīĭįıÌÍÎÏĨĪĬĮİ", "i"),
        ("ĵĴ", "j"),
        ("ķĶ", "k"),
        ("ĺļľŀłĹĻĽĿŁ", "l"),
        ("ñńņňÑŃŅŇ", "n"),
        ("òóôõøōŏőÒÓÔÕØŌŎŐ", "o"),
        ("öÖœŒ", "oe"),
        ("ŕŗřŔŖŘ", "r"),
        ("śŝşšșŚŜŞŠȘ", "s"),
        ("ßẞ", "ss"),
        ("ţťŧțŢŤŦȚ", "t"),
        ("ùúûũūŭůűųÙÚÛŨŪŬŮŰŲ", "u"),
        ("üÜ", "ue"),
        ("ŵŴ", "w"),
        ("ýÿŷÝŸŶ", "y"),
        ("źżžŹŻŽ", "z"),
        ("þÞ", "th"),
        ("ạảấầẩẫậắằẳẵặẠẢẤẦẨẪẬẮẰẲẴẶ", "a"),
        ("ẹẻẽếềểễệẸẺẼẾỀỂỄỆ", "e"),
        ("ỉịỈỊ", "i"),
        ("ọỏốồổỗộớờởỡợơỌỎỐỒỔỖỘỚỜỞỠỢƠ", "o"),
        ("ụủứừửữựưỤỦỨỪỬỮỰƯ", "u"),
        ("ỳỵỷỹỲỴỶỸ", "y"),
    ];
    LETTERS.iter().find(|(letters, _)| letters.contains(letter)).map(|(_, latin)| *latin)
}

/// The words by which a sticker is found: its name and its emoji, as many as fit.
fn tags(target: Target, name: &str, emoji: &[String]) -> Vec<String> {
    let Some(longest) = most(target, About::Tags) else { return Vec::new() };
    let most_words = most(target, About::Keywords).unwrap_or(u64::MAX);
    let words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut tags: Vec<String> = emoji.iter().cloned().chain(words.map(str::to_lowercase)).collect();
    // Discord wants two letters at least, and an emoji may be one.
    if target == Target::Discord && tags.concat().chars().count() < 2 {
        tags.push("sticker".to_owned());
    }
    let mut length = 0;
    tags.into_iter()
        .take(most_words as usize)
        .take_while(|tag| {
            length += tag.chars().count() as u64 + 1;
            length <= longest
        })
        .collect()
}

/// A sticker's words where the person gave none: the emoji that its prompt suggests, or the usual one.
pub fn emoji_for(prompt: &str) -> Vec<String> {
    vec![emoji::suggested(prompt).unwrap_or(emoji::USUAL).to_owned()]
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::pack::{Sticker, StickerWords};

    fn pack(title: &str, names: &[&str]) -> Pack {
        let sticker = |name: &&str| Sticker {
            picture: Arc::default(),
            words: StickerWords {
                name: (*name).to_owned(), emoji: vec!["👋".into(), "👍".into()], alt: String::new()
            },
            texts: Vec::new(),
        };
        Pack { title: title.to_owned(), stickers: names.iter().map(sticker).collect(), ..Pack::default() }
    }

    fn names_for(target: Target, pack: &Pack) -> Vec<String> {
        Words::of(pack, target).stickers.into_iter().map(|sticker| sticker.name).collect()
    }

    #[test]
    fn identifiers_are_plain_whatever_the_title() {
        for (title, whatsapp, telegram) in [
            ("Eileen says", "eileen-says", "eileen_says"),
            ("Año nuevo!", "ano-nuevo", "ano_nuevo"),
            ("Мопс", "stickers", "pack"),
            ("2026", "2026", "pack_2026"),
            ("  ", "stickers", "pack"),
            ("Grüße — aus Łódź", "gruesse-aus-lodz", "gruesse_aus_lodz"),
            ("Tom's", "toms", "toms"),
        ] {
            assert_eq!(identifier(title, Target::WhatsApp), whatsapp);
            assert_eq!(identifier(title, Target::Telegram), telegram);
        }
        // Room for `_by_` and a bot's name of 32 letters is left.
        assert_eq!(identifier(&"a".repeat(60), Target::Telegram).len(), 28);
        assert_eq!(identifier(&"long ".repeat(60), Target::Telegram), "long_long_long_long_long_lon");
    }

    #[test]
    fn names_are_in_the_platforms_letters_and_no_two_are_the_same() {
        let pack = pack("Eileen says", &["Good night", "good night", "", "é", "x".repeat(90).as_str()]);
        assert_eq!(names_for(Target::Slack, &pack)[..4], ["good-night", "good-night-2", "eileen-says-3", "e-4"]);
        assert_eq!(names_for(Target::Mastodon, &pack)[..3], ["good_night", "good_night_2", "eileen_says_3"]);
        assert_eq!(names_for(Target::Discord, &pack)[4].len(), 30);
        assert_eq!(names_for(Target::WhatsApp, &pack), ["01", "02", "03", "04", "05"]);
    }

    #[test]
    fn a_sticker_keeps_as_many_emoji_as_the_platform_takes() {
        let pack = pack("Eileen", &["wave"]);
        assert_eq!(Words::of(&pack, Target::WhatsApp).stickers[0].emoji, ["👋", "👍"]);
        assert_eq!(Words::of(&pack, Target::Signal).stickers[0].emoji, ["👋"]);
    }

    #[test]
    fn an_emoji_that_was_typed_as_text_goes_out_colourful() {
        let mut pack = pack("Eileen", &["love"]);
        pack.stickers[0].words.emoji = vec!["❤".into(), "hello".into()];
        let said = Words::of(&pack, Target::Telegram).stickers.remove(0);
        assert_eq!(said.emoji, ["❤\u{fe0f}", "hello"]);
        assert_eq!(said.tags[0], "❤\u{fe0f}");
    }
}
