//! Forms that a text or a file must have.

use crate::files::has_ending;

/// A form that a text or a file must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Latin letters, digits and `_ - . , '` and spaces, without two dots in a row.
    ///
    /// WhatsApp's own validator can be read in three ways; this is allowed under all of them.
    WhatsAppIdentifier,
    /// A Latin letter, then Latin letters, digits and single underscores, none at the end.
    TelegramSetName,
    /// Latin letters, digits and underscores.
    Shortcode,
    /// Lower case, digits, `-` and `_`.
    SlackName,
    /// No colon, slash or space.
    MatrixShortcode,
    /// Empty, or a page at `play.google.com`.
    PlayStoreLink,
    /// Empty, or a page at `itunes.apple.com`.
    AppStoreLink,
    /// Empty, or a web address.
    WebLink,
    /// Empty, or a mail address.
    Email,
    /// Some text.
    Filled,
    /// A WebP file of one picture: its chunks fill the file and are only those of the picture.
    PlainWebP,
    /// Names of the files of a `.wastickers` archive, one a line.
    WastickersFiles,
    /// What an SVG picture is as large as: as many millimetres as units.
    Millimetres,
    /// What is wrong with a list or a tree of files; nothing when it is as it should be.
    NothingAmiss,
}

impl Form {
    /// Does `text` have this form? For files it is what was found in them.
    pub fn admits(self, text: &str) -> bool {
        let all = |is_fine: fn(char) -> bool| !text.is_empty() && text.chars().all(is_fine);
        match self {
            Self::WhatsAppIdentifier => {
                all(|letter| letter.is_ascii_alphanumeric() || "_-.,' ".contains(letter)) && !text.contains("..")
            }
            Self::TelegramSetName => {
                all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
                    && text.starts_with(|letter: char| letter.is_ascii_alphabetic())
                    && !text.contains("__")
                    && !text.ends_with('_')
            }
            Self::Shortcode => all(|letter| letter.is_ascii_alphanumeric() || letter == '_'),
            Self::SlackName => {
                all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-_".contains(letter))
            }
            Self::MatrixShortcode => all(|letter| !letter.is_whitespace() && letter != ':' && letter != '/'),
            Self::PlayStoreLink => text.is_empty() || host(text) == Some("play.google.com"),
            Self::AppStoreLink => text.is_empty() || host(text) == Some("itunes.apple.com"),
            Self::WebLink => text.is_empty() || host(text).is_some(),
            Self::Email => text.is_empty() || is_mail_address(text),
            Self::Filled => !text.trim().is_empty(),
            Self::PlainWebP => ["VP8L", "VP8 ", "VP8X ALPH VP8 ", "VP8X VP8L"].contains(&text),
            Self::WastickersFiles => is_wastickers(text),
            Self::Millimetres => are_millimetres(text),
            Self::NothingAmiss => text.is_empty(),
        }
    }

    /// The form in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::WhatsAppIdentifier => "Latin letters, digits and _ - . , ' or spaces, without two dots in a row",
            Self::TelegramSetName => {
                "a Latin letter, then Latin letters, digits and single underscores, none at the end"
            }
            Self::Shortcode => "Latin letters, digits and underscores",
            Self::SlackName => "lower case Latin letters, digits, - and _",
            Self::MatrixShortcode => "no colon, slash or space",
            Self::PlayStoreLink => "empty, or a link to play.google.com",
            Self::AppStoreLink => "empty, or a link to itunes.apple.com",
            Self::WebLink => "empty, or a link that begins with http:// or https://",
            Self::Email => "empty, or an address such as name@example.com",
            Self::Filled => "some text",
            Self::PlainWebP => "only the chunks of one picture, and nothing after them",
            Self::WastickersFiles => "title.txt, author.txt, one PNG and the WebP stickers, in no folder",
            Self::Millimetres => "width and height in mm, one unit for each",
            Self::NothingAmiss => "nothing amiss",
        }
    }
}

/// Parts the name of a Telegram set from that of the bot that makes it.
const BY: &str = "_by_";

/// The most letters of the name of a Telegram bot.
const LONGEST_BOT: usize = 32;

/// What a Telegram set's name still gets at its end when a bot makes it, in letters.
///
/// The Bot API takes only names that end in `_by_` and the bot's own name. Nobody but the person knows which bot that is,
/// so no name is made up here: room is kept for the longest one.
pub(crate) const SET_NAME_END: usize = BY.len() + LONGEST_BOT;

/// Does the name of a Telegram set end in the name of a bot, which ends in "bot" itself?
pub(crate) fn has_bot(name: &str) -> bool {
    let bot = name.rsplit_once(BY).map_or("", |(_, bot)| bot);
    bot.len() <= LONGEST_BOT && bot.to_ascii_lowercase().ends_with("bot")
}

/// As Android's `Patterns.EMAIL_ADDRESS` has it: a name, and a host of two parts at least.
fn is_mail_address(text: &str) -> bool {
    let is_host_part = |part: &str| {
        part.starts_with(|first: char| first.is_ascii_alphanumeric())
            && part.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
    };
    text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "+._%-".contains(letter))
            && host.contains('.')
            && host.split('.').all(is_host_part)
    })
}

/// Is this `210mm × 297mm, 0 0 210 297`: width, height, and the same numbers as a `viewBox`?
fn are_millimetres(text: &str) -> bool {
    let number = |word: &str| word.parse().ok().filter(|number: &f64| *number > 0.0);
    let millimetres = |word: &str| word.strip_suffix("mm").and_then(number);
    let Some((size, units)) = text.split_once(", ") else { return false };
    let Some((width, height)) = size.split_once(" × ") else { return false };
    match units.split_whitespace().collect::<Vec<_>>()[..] {
        ["0", "0", wide, high] => {
            millimetres(width).is_some_and(|width| number(wide) == Some(width))
                && millimetres(height).is_some_and(|height| number(high) == Some(height))
        }
        _ => false,
    }
}

/// The host of a web address.
fn host(link: &str) -> Option<&str> {
    let rest = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next()?;
    Some(host).filter(|host| !host.is_empty() && !host.contains(char::is_whitespace))
}

fn is_wastickers(names: &str) -> bool {
    let names: Vec<&str> = names.lines().collect();
    let count = |ending: &str| names.iter().filter(|name| has_ending(name, ending)).count();
    let is_known =
        |name: &&str| ["title.txt", "author.txt"].contains(name) || has_ending(name, "png") || has_ending(name, "webp");
    names.contains(&"title.txt")
        && names.contains(&"author.txt")
        && count("png") == 1
        && count("webp") > 0
        && names.iter().all(|name| is_known(name) && !name.contains(['/', '\\']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_takes_what_it_says_and_nothing_else() {
        for (form, fine, wrong) in [
            (
                Form::WhatsAppIdentifier,
                vec!["eileen-says", "a.b c'd,_"],
                vec!["", "a..b", "Año", "Мопс", "a/b", "a\nb"],
            ),
            (Form::TelegramSetName, vec!["eileen_says", "a1"], vec!["", "1a", "_a", "a__b", "a_", "a-b", "é"]),
            (Form::Shortcode, vec!["eileen_1"], vec!["", "e-1", "e 1", "é"]),
            (Form::SlackName, vec!["eileen-1_2"], vec!["", "Eileen", "a b"]),
            (Form::MatrixShortcode, vec!["мопс", "Wink-1"], vec!["", "a b", "a:b", "a/b"]),
            (
                Form::PlayStoreLink,
                vec!["", "https://play.google.com/store/apps/details?id=x"],
                vec!["https://example.com"],
            ),
            (Form::AppStoreLink, vec!["", "https://itunes.apple.com/app"], vec!["https://itunes.apple.com.evil.org/"]),
            (Form::WebLink, vec!["", "http://example.com"], vec!["example.com", "ftp://example.com", "https://"]),
            (
                Form::Email,
                vec!["", "a.b+c@example.com", "a@mail.example.org"],
                vec!["a", "@example.com", "a@example", "a@.com", "a@example.", "a@@example.com", "a b@example.com"],
            ),
            (Form::Filled, vec!["1"], vec!["", "  "]),
            (
                Form::Millimetres,
                vec!["210mm × 297mm, 0 0 210 297", "215.9mm × 279.4mm, 0 0 215.9 279.4"],
                vec![
                    "",
                    "210px × 297px, 0 0 210 297",
                    "210 × 297, 0 0 210 297",
                    "210mm × 297mm, ",
                    "210mm × 297mm, 0 0 2480 3508",
                    "210mm × 297mm, 5 0 210 297",
                    "0mm × 297mm, 0 0 0 297",
                ],
            ),
            (
                Form::PlainWebP,
                vec!["VP8L", "VP8X ALPH VP8 "],
                vec!["", "VP8X ALPH VP8 EXIF", "VP8L and 1 byte after the end"],
            ),
            (
                Form::WastickersFiles,
                vec!["01.webp\nauthor.txt\ncover.png\ntitle.txt"],
                vec![
                    "",
                    "01.webp\nauthor.txt\ntitle.txt",
                    "01.webp\nauthor.txt\ncover.png\ntray.png\ntitle.txt",
                    "a/01.webp\nauthor.txt\ncover.png\ntitle.txt",
                    "01.webp\ncover.png\ntitle.txt",
                ],
            ),
        ] {
            for text in fine {
                assert!(form.admits(text), "{form:?} refuses {text:?}");
            }
            for text in wrong {
                assert!(!form.admits(text), "{form:?} takes {text:?}");
            }
        }
    }

    #[test]
    fn a_set_has_its_bot_when_its_name_ends_in_one() {
        for (name, is_there) in [
            ("eileen_says_by_sticker_bot", true),
            ("eileen_says_by_StickerBot", true),
            ("eileen_says", false),
            ("made_by_hand", false),
            ("sticker_bot", false),
        ] {
            assert_eq!(has_bot(name), is_there, "{name}");
        }
        assert!(has_bot(&format!("a_by_{}bot", "b".repeat(29))));
        assert!(!has_bot(&format!("a_by_{}bot", "b".repeat(30))));
    }
}
