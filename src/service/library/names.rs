//! File names that a person can read and that no two stickers share.

use std::path::Path;

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use crate::model::StickerInfo;
use crate::platform::{fitted, hex};

/// Ends the name of a picture with its background.
const BACKGROUND_SUFFIX: &str = "-background";

/// Room for words from the prompt, in characters.
const WORDS_LENGTH: usize = 32;

/// The file names of one sticker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Names {
    /// The cut-out's.
    pub(super) cutout: String,
    /// The opaque picture's.
    pub(super) background: String,
}

impl Names {
    /// Both names from what they have in common.
    pub(super) fn of_stem(stem: &str) -> Self {
        Self { cutout: format!("{stem}.png"), background: format!("{stem}{BACKGROUND_SUFFIX}.png") }
    }
}

/// What two pictures of a sticker have in common, such as `2026-11-22 cartoon girl 4071233981 ab12cd`.
///
/// `key` tells stickers apart; `digits` of its hash, at most 64, end the name.
pub(super) fn stem(info: &StickerInfo, created_at: Timestamp, key: &str, digits: usize) -> String {
    let date = created_at.strftime("%Y-%m-%d").to_string();
    let seed = info.recipe.seed.map(|seed| seed.to_string()).unwrap_or_default();
    let hash = hex(&Sha256::digest(key.as_bytes()));
    let hash = &hash[..digits.min(hash.len())];
    let words = readable_words(&info.recipe.prompt);
    let others = format!("{date}   {seed}{hash}{BACKGROUND_SUFFIX}.png");
    let parts = [&date, fitted(&words, &others).trim_end(), &seed, hash];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// If this is the name of a picture with background, the name of its cut-out.
pub(super) fn cutout_of(background: &str) -> Option<String> {
    let stem = background.strip_suffix(".png")?.strip_suffix(BACKGROUND_SUFFIX)?;
    Some(format!("{stem}.png"))
}

/// The name of the picture with background beside this cut-out.
pub(super) fn background_of(cutout: &str) -> Option<String> {
    cutout.strip_suffix(".png").map(|stem| format!("{stem}{BACKGROUND_SUFFIX}.png"))
}

/// The last part of a path.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The first words of a prompt, letters and digits of any script only: safe on every file system.
fn readable_words(prompt: &str) -> String {
    let mut words = String::new();
    for word in prompt.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let length = words.chars().count();
        let room = WORDS_LENGTH.saturating_sub(length);
        if length > 0 && word.chars().count() + 1 > room {
            break;
        }
        if length > 0 {
            words.push(' ');
        }
        words.extend(word.chars().take(room));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EngineId, Recipe};

    fn info(prompt: &str, seed: Option<u32>) -> StickerInfo {
        StickerInfo {
            version: StickerInfo::VERSION,
            engine: EngineId::Local,
            recipe: Recipe { prompt: prompt.to_owned(), seed, ..Recipe::default() },
            request_id: None,
            job_id: None,
            created_at: "2026-11-22T10:00:00Z".to_owned(),
            photo_sha256: None,
            sent_sha256: None,
            photo_name: None,
            frame: None,
        }
    }

    #[test]
    fn a_name_tells_date_words_and_seed_and_holds_nothing_dangerous() {
        let at: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
        for (prompt, seed, expected) in [
            ("cartoon girl", Some(4_071_233_981), "2026-11-22 cartoon girl 4071233981 "),
            ("../../etc/passwd", None, "2026-11-22 etc passwd "),
            ("a<b>:c|\"?*\u{0}\n", Some(7), "2026-11-22 a b c 7 "),
            ("漫画の猫", Some(0), "2026-11-22 漫画の猫 0 "),
            ("", None, "2026-11-22 "),
            ("a portrait of somebody with extraordinarily long hair", None, "2026-11-22 a portrait of somebody with "),
        ] {
            let stem = stem(&info(prompt, seed), at, "job", 6);
            let (readable, hash) = stem.split_at(stem.len() - 6);
            assert_eq!(readable, expected);
            assert!(hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{stem}");
        }
    }

    #[test]
    fn both_names_fit_every_file_system_whatever_the_script_of_the_prompt() {
        for prompt in ["𝔞".repeat(40), "漫画の猫".repeat(20), "a".repeat(300), "é é é ".repeat(50)] {
            for digits in [6, 16, 64] {
                let stem = stem(&info(&prompt, Some(u32::MAX)), Timestamp::UNIX_EPOCH, "job", digits);
                let Names { background, .. } = Names::of_stem(&stem);
                assert!(background.len() <= 143, "{} bytes: {background}", background.len());
                assert!(stem.contains(prompt.chars().next().unwrap()) && !stem.contains("  "), "{stem}");
            }
        }
    }

    #[test]
    fn names_of_different_jobs_differ_and_one_job_keeps_its_name() {
        let at = Timestamp::UNIX_EPOCH;
        let of = |key: &str| stem(&info("x", Some(1)), at, key, 6);
        assert_eq!(of("one"), of("one"));
        assert_ne!(of("one"), of("two"));
    }

    #[test]
    fn both_pictures_of_a_sticker_find_each_other() {
        let Names { cutout, background } = Names::of_stem("2026 cat");
        assert_eq!(cutout_of(&background), Some(cutout.clone()));
        assert_eq!(background_of(&cutout), Some(background));
        assert_eq!(cutout_of(&cutout), None);
    }
}
