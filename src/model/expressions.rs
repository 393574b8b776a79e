//! Expression lists: `happy, angry, surprised` makes one sticker of each, as one pack.

use super::sweep::{SweepError, words};

/// What the batches of packs begin with, so that their row can be called by it.
pub const BATCH: &str = "expressions-";

/// Expressions of one pack at most.
pub const MOST: usize = 24;

/// The expressions of a list; commas or lines part them, and each counts once.
pub fn read(list: &str) -> Result<Vec<String>, SweepError> {
    words::read(&list.replace(['\n', ';'], ","))
}

/// The prompt with an expression: before it, or behind the article that it begins with.
///
/// `happy` makes `a happy person` of `a person` and `happy ink portrait` of `ink portrait`.
pub fn prompt(expression: &str, prompt: &str) -> String {
    let prompt = prompt.trim();
    let (article, noun) = match prompt.split_once(' ') {
        Some((article, noun)) if ["a", "an", "the"].contains(&article.to_lowercase().as_str()) => (article, noun),
        _ => return format!("{expression} {prompt}").trim().to_owned(),
    };
    let is_open = expression.to_lowercase().starts_with(['a', 'e', 'i', 'o', 'u']);
    let article = match (article.to_lowercase().as_str(), is_open) {
        ("the", _) => article,
        (_, true) => "an",
        (_, false) => "a",
    };
    format!("{article} {expression} {noun}")
}

/// An expression as a part of a file's name: `in-love`.
pub fn file_word(expression: &str) -> String {
    let words = expression.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_parted_by_commas_or_lines_and_each_counts_once() {
        assert_eq!(read("happy, angry\nhappy; \"wide awake\",").unwrap(), ["happy", "angry", "wide awake"]);
        assert!(read(" , ").unwrap().is_empty());
        assert!(read("\"happy").is_err());
    }

    #[test]
    fn an_expression_names_a_file() {
        for (expression, word) in [("In love", "in-love"), ("(wink:0.6)", "wink-0-6"), ("../happy", "happy"), ("?", "")]
        {
            assert_eq!(file_word(expression), word);
        }
    }

    #[test]
    fn an_expression_stands_where_a_person_would_say_it() {
        for (word, before, after) in [
            ("happy", "a person", "a happy person"),
            ("angry", "a person", "an angry person"),
            ("sad", "An old man", "a sad old man"),
            ("sad", "the king, ink", "the sad king, ink"),
            ("happy", "ink portrait", "happy ink portrait"),
            ("happy", "", "happy"),
        ] {
            assert_eq!(prompt(word, before), after);
        }
    }
}
