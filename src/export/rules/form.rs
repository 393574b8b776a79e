//! Forms that a text or a file must have.

use crate::files::has_ending;

/// A form that a text or a file must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Latin letters, digits and `_ - . , '` and spaces, without two dots in a row.
    ///
    /// WhatsApp's own validator can be read in three ways; this is allowed under all of them.
    WhatsAppIdentifier,
    /// A Latin letter, then Latin letters, digits and single underscores.
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
    /// Some text.
    Filled,
    /// A WebP file of one picture: its chunks fill the file and are only those of the picture.
    PlainWebP,
    /// Names of the files of a `.wastickers` archive, one a line.
    WastickersFiles,
    /// What is wrong with a tree of files; nothing when it is as it should be.
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
            }
            Self::Shortcode => all(|letter| letter.is_ascii_alphanumeric() || letter == '_'),
            Self::SlackName => {
                all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-_".contains(letter))
            }
            Self::MatrixShortcode => all(|letter| !letter.is_whitespace() && letter != ':' && letter != '/'),
            Self::PlayStoreLink => text.is_empty() || host(text) == Some("play.google.com"),
            Self::AppStoreLink => text.is_empty() || host(text) == Some("itunes.apple.com"),
            Self::WebLink => text.is_empty() || host(text).is_some(),
            Self::Filled => !text.trim().is_empty(),
            Self::PlainWebP => ["VP8L", "VP8 ", "VP8X ALPH VP8 ", "VP8X VP8L"].contains(&text),
            Self::WastickersFiles => is_wastickers(text),
            Self::NothingAmiss => text.is_empty(),
        }
    }

    /// The form in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::WhatsAppIdentifier => "Latin letters, digits and _ - . , ' or spaces, without two dots in a row",
            Self::TelegramSetName => "a Latin letter, then Latin letters, digits and single underscores",
            Self::Shortcode => "Latin letters, digits and underscores",
            Self::SlackName => "lower case Latin letters, digits, - and _",
            Self::MatrixShortcode => "no colon, slash or space",
            Self::PlayStoreLink => "empty, or a link to play.google.com",
            Self::AppStoreLink => "empty, or a link to itunes.apple.com",
            Self::WebLink => "empty, or a link that begins with http:// or https://",
            Self::Filled => "some text",
            Self::PlainWebP => "only the chunks of one picture, and nothing after them",
            Self::WastickersFiles => "title.txt, author.txt, one PNG and the WebP stickers, in no folder",
            Self::NothingAmiss => "nothing amiss",
        }
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
            (Form::TelegramSetName, vec!["eileen_says", "a1"], vec!["", "1a", "_a", "a__b", "a-b", "é"]),
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
            (Form::Filled, vec!["1"], vec!["", "  "]),
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
}
