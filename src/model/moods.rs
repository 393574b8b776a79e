//! The one table of moods: how a face may feel, and what that does to it.
//!
//! A mood is a word of the prompt. The hosted service gets the word as it stands; the engine on this computer reads its
//! row here and moves the muscles itself.

mod parts;

pub use parts::{Muscle, Prop};

/// How strongly a mood is drawn when nobody says.
pub const USUAL_WEIGHT: f32 = 1.0;
/// The strongest that a mood is drawn.
pub const GREATEST_WEIGHT: f32 = 1.3;

/// One mood.
#[derive(Debug, PartialEq)]
pub struct Mood {
    /// The word that asks for it, lower case.
    pub word: &'static str,
    /// Other words for it, lower case.
    pub synonyms: &'static [&'static str],
    /// The one emoji that a messenger files its sticker under.
    pub emoji: &'static str,
    /// Its name on screen.
    pub label: &'static str,
    /// What each muscle does; those not named do nothing.
    pub muscles: &'static [(Muscle, f32)],
    /// What is drawn along with it.
    pub props: &'static [Prop],
}

impl Mood {
    /// The mood that a word or phrase in lower case asks for.
    pub fn of(phrase: &str) -> Option<&'static Self> {
        MOODS.iter().find(|mood| mood.word == phrase || mood.synonyms.contains(&phrase))
    }
}

/// The moods of a pack, unless others are chosen.
pub const PACK: [&str; 12] =
    ["happy", "laughing", "wink", "in love", "kiss", "cool", "silly", "surprised", "sad", "crying", "angry", "sleepy"];

use Muscle::{
    BrowKnit, BrowRaiseLeft, BrowRaiseRight, BrowSorrow, CheekRaise, Frown, GazeAside, GazeUp, HeadTilt, JawOpen,
    LidArch, LidCloseLeft, LidCloseRight, LidWiden, LipsClose, Pucker, SmileLeft, SmileRight, Tongue,
};

/// All moods, the usual ones first.
pub const MOODS: &[Mood] = &[
    Mood {
        word: "neutral",
        synonyms: &["neutral face", "neutral expression", "straight face"],
        emoji: "😐",
        label: "Neutral",
        muscles: &[],
        props: &[],
    },
    Mood {
        word: "happy",
        synonyms: &["smile", "smiling", "cheerful", "joyful", "glad", "grin", "grinning"],
        emoji: "😊",
        label: "Happy",
        muscles: &[
            (SmileRight, 1.0),
            (SmileLeft, 1.0),
            (JawOpen, 0.10),
            (CheekRaise, 0.6),
            (BrowRaiseRight, 0.15),
            (BrowRaiseLeft, 0.15),
        ],
        props: &[],
    },
    Mood {
        word: "laughing",
        synonyms: &["laugh", "laughter", "laughing out loud", "lol", "rofl"],
        emoji: "😂",
        label: "Laughing",
        muscles: &[
            (SmileRight, 1.0),
            (SmileLeft, 1.0),
            (JawOpen, 0.75),
            (CheekRaise, 1.0),
            (BrowRaiseRight, 0.2),
            (BrowRaiseLeft, 0.2),
            (LidCloseRight, 1.0),
            (LidCloseLeft, 1.0),
            (LidArch, 1.0),
        ],
        props: &[Prop::TearDrops],
    },
    Mood {
        word: "wink",
        synonyms: &["winking", "winks"],
        emoji: "😉",
        label: "Wink",
        muscles: &[
            (LidCloseLeft, 1.0),
            (SmileRight, 0.55),
            (SmileLeft, 0.7),
            (BrowRaiseLeft, -0.15),
            (CheekRaise, 0.3),
        ],
        props: &[],
    },
    Mood {
        word: "in love",
        synonyms: &["love", "loving", "lovestruck", "heart eyes", "adoring"],
        emoji: "😍",
        label: "In love",
        muscles: &[
            (SmileRight, 1.0),
            (SmileLeft, 1.0),
            (JawOpen, 0.40),
            (BrowRaiseRight, 0.5),
            (BrowRaiseLeft, 0.5),
            (CheekRaise, 0.5),
        ],
        props: &[Prop::HeartEyes],
    },
    Mood {
        word: "kiss",
        synonyms: &["kissing", "kisses", "blowing a kiss", "pout", "pouting"],
        emoji: "😘",
        label: "Kiss",
        muscles: &[(Pucker, 1.0), (LipsClose, 1.0), (LidCloseLeft, 1.0), (BrowRaiseRight, 0.35), (BrowRaiseLeft, 0.1)],
        props: &[Prop::Heart],
    },
    Mood {
        word: "cool",
        synonyms: &["sunglasses", "swag"],
        emoji: "😎",
        label: "Cool",
        muscles: &[(SmileLeft, 0.75), (SmileRight, 0.15), (LipsClose, 0.5), (BrowRaiseLeft, 0.5)],
        props: &[Prop::Sunglasses],
    },
    Mood {
        word: "silly",
        synonyms: &["goofy", "playful", "tongue out", "crazy"],
        emoji: "😜",
        label: "Silly",
        muscles: &[
            (Tongue, 1.0),
            (JawOpen, 0.35),
            (SmileRight, 0.8),
            (SmileLeft, 0.8),
            (LidCloseLeft, 1.0),
            (LidArch, 0.5),
            (BrowRaiseRight, 0.7),
        ],
        props: &[],
    },
    Mood {
        word: "surprised",
        synonyms: &["surprise", "amazed", "astonished", "wow"],
        emoji: "😮",
        label: "Surprised",
        muscles: &[(BrowRaiseRight, 1.0), (BrowRaiseLeft, 1.0), (LidWiden, 0.7), (JawOpen, 0.7), (Pucker, 0.25)],
        props: &[],
    },
    Mood {
        word: "sad",
        synonyms: &["unhappy", "sorrowful", "disappointed", "frown", "frowning"],
        emoji: "😞",
        label: "Sad",
        muscles: &[(Frown, 1.0), (LipsClose, 1.0), (BrowSorrow, 0.6), (GazeUp, -0.4)],
        props: &[],
    },
    Mood {
        word: "crying",
        synonyms: &["cry", "weeping", "sobbing", "tears", "in tears"],
        emoji: "😭",
        label: "Crying",
        muscles: &[(Frown, 0.8), (JawOpen, 0.40), (BrowSorrow, 1.0), (LidCloseRight, 1.0), (LidCloseLeft, 1.0)],
        props: &[Prop::Tears],
    },
    Mood {
        word: "angry",
        synonyms: &["anger", "furious", "mad", "annoyed", "rage", "grumpy"],
        emoji: "😠",
        label: "Angry",
        muscles: &[
            (BrowKnit, 1.0),
            (BrowRaiseRight, -0.55),
            (BrowRaiseLeft, -0.55),
            (Frown, 0.25),
            (LipsClose, 1.0),
            (LidCloseRight, 0.3),
            (LidCloseLeft, 0.3),
        ],
        props: &[Prop::AngerMark],
    },
    Mood {
        word: "sleepy",
        synonyms: &["sleeping", "asleep", "sleep", "tired", "zzz"],
        emoji: "😴",
        label: "Sleepy",
        muscles: &[(LidCloseRight, 1.0), (LidCloseLeft, 1.0), (LipsClose, 0.85), (JawOpen, 0.16), (Pucker, 0.3)],
        props: &[Prop::Zzz],
    },
    Mood {
        word: "thinking",
        synonyms: &["think", "pensive", "wondering", "confused", "puzzled"],
        emoji: "🤔",
        label: "Thinking",
        muscles: &[
            (BrowRaiseLeft, 0.9),
            (BrowRaiseRight, -0.35),
            (GazeUp, 0.8),
            (GazeAside, 0.6),
            (LipsClose, 1.0),
            (Frown, 0.35),
            (Pucker, 0.2),
            (HeadTilt, 0.7),
        ],
        props: &[Prop::QuestionMark],
    },
    Mood {
        word: "shocked",
        synonyms: &["shock", "scared", "horrified", "screaming", "omg"],
        emoji: "😱",
        label: "Shocked",
        muscles: &[
            (BrowRaiseRight, 1.0),
            (BrowRaiseLeft, 1.0),
            (BrowSorrow, 0.5),
            (LidWiden, 1.0),
            (JawOpen, 1.0),
            (Pucker, 0.25),
        ],
        props: &[Prop::SweatDrop],
    },
    Mood {
        word: "sick",
        synonyms: &["ill", "unwell", "nauseous", "queasy"],
        emoji: "🤢",
        label: "Sick",
        muscles: &[(LidCloseRight, 0.45), (LidCloseLeft, 0.45), (Frown, 0.8), (LipsClose, 1.0), (BrowSorrow, 0.7)],
        props: &[Prop::GreenCheeks, Prop::SweatDrop],
    },
    Mood {
        word: "proud",
        synonyms: &["smug", "confident", "crown"],
        emoji: "👑",
        label: "Proud",
        muscles: &[
            (SmileRight, 0.8),
            (SmileLeft, 0.8),
            (LipsClose, 0.8),
            (LidCloseRight, 1.0),
            (LidCloseLeft, 1.0),
            (LidArch, 0.8),
            (BrowRaiseRight, 0.5),
            (BrowRaiseLeft, 0.5),
        ],
        props: &[Prop::Crown],
    },
    Mood {
        word: "embarrassed",
        synonyms: &["shy", "blushing", "ashamed", "flushed"],
        emoji: "😳",
        label: "Embarrassed",
        muscles: &[
            (BrowSorrow, 0.8),
            (BrowRaiseRight, 0.3),
            (BrowRaiseLeft, 0.3),
            (LidWiden, 0.4),
            (GazeAside, -0.6),
            (GazeUp, -0.2),
            (LipsClose, 1.0),
            (Pucker, 0.4),
            (HeadTilt, -0.6),
        ],
        props: &[Prop::Blush, Prop::SweatDrop],
    },
    Mood {
        word: "party",
        synonyms: &["partying", "celebrating", "party hat", "birthday"],
        emoji: "🥳",
        label: "Party",
        muscles: &[
            (SmileRight, 1.0),
            (SmileLeft, 1.0),
            (JawOpen, 0.45),
            (CheekRaise, 0.8),
            (LidCloseRight, 1.0),
            (LidCloseLeft, 1.0),
            (LidArch, 1.0),
        ],
        props: &[Prop::PartyHat, Prop::Sparkles],
    },
    Mood {
        word: "innocent",
        synonyms: &["angel", "angelic", "halo", "holy"],
        emoji: "😇",
        label: "Innocent",
        muscles: &[
            (SmileRight, 0.8),
            (SmileLeft, 0.8),
            (LipsClose, 0.6),
            (BrowRaiseRight, 0.5),
            (BrowRaiseLeft, 0.5),
            (GazeUp, 0.3),
            (HeadTilt, 0.5),
        ],
        props: &[Prop::Halo],
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_word_asks_for_one_mood_and_every_mood_has_its_own_picture() {
        let mut words = BTreeSet::new();
        let mut labels = BTreeSet::new();
        for mood in MOODS {
            for word in std::iter::once(&mood.word).chain(mood.synonyms) {
                assert!(words.insert(*word), "{word} twice");
                assert_eq!(word.to_lowercase(), **word);
                assert_eq!(Mood::of(word), Some(mood));
            }
            assert!(labels.insert((mood.label, mood.emoji)), "{}", mood.label);
            assert_eq!(mood.label.to_lowercase(), mood.word);
            assert!(!mood.emoji.is_ascii());
        }
        assert_eq!(Mood::of("dragon"), None);
    }

    #[test]
    fn muscles_stay_within_their_ranges_and_each_is_named_once() {
        for mood in MOODS {
            let mut seen = BTreeSet::new();
            for &(muscle, amount) in mood.muscles {
                let [least, greatest] = muscle.range();
                assert!((least..=greatest).contains(&amount) && amount != 0.0, "{}: {muscle:?}", mood.word);
                assert!(seen.insert(muscle as usize), "{}: {muscle:?} twice", mood.word);
            }
        }
    }

    #[test]
    fn a_pack_is_of_moods_that_change_a_face() {
        for word in PACK {
            let mood = Mood::of(word).unwrap();
            assert!(mood.word == word && !mood.muscles.is_empty(), "{word}");
        }
    }
}
