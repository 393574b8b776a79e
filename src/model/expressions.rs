//! Expression lists: `happy, angry, surprised` makes one sticker of each, as one pack.

use super::sweep::{SweepError, words};

/// What the batches of packs begin with, so that their row can be called by it.
pub const BATCH: &str = "expressions-";

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
