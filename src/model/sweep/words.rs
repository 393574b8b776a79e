//! Prompt words on an axis: `ink, cartoon, "neon, bold"`.
//!
//! Words are separated by commas; quotation marks keep a comma. `SKIP:ink` leaves one out, and one that comes a second
//! time counts once. Where the prompt already has the first of them, the others take its place; where it has not, each
//! stands before the prompt.

use super::SweepError;

/// Reads the words of an axis.
pub fn read(text: &str) -> Result<Vec<String>, SweepError> {
    let mut words: Vec<String> = Vec::new();
    let mut skipped = Vec::new();
    for item in split(text)? {
        if let Some(word) = item.strip_prefix("SKIP:") {
            skipped.push(word.trim().to_owned());
        } else if !item.is_empty() && !words.contains(&item) {
            words.push(item);
        }
    }
    for word in skipped {
        let place = words.iter().position(|kept| *kept == word);
        words.remove(place.ok_or(SweepError::NothingToSkip { text: word })?);
    }
    Ok(words)
}

/// Splits at commas outside quotation marks.
fn split(text: &str) -> Result<Vec<String>, SweepError> {
    let mut items = vec![String::new()];
    let mut quoted = false;
    for character in text.chars() {
        match character {
            '"' | '\u{201c}' | '\u{201d}' => quoted = !quoted,
            ',' if !quoted => items.push(String::new()),
            other => items.iter_mut().next_back().into_iter().for_each(|item| item.push(other)),
        }
    }
    if quoted {
        return Err(SweepError::OpenQuote);
    }
    Ok(items.iter().map(|item| item.trim().to_owned()).collect())
}

/// The prompt with `words` in it: in the place of `first` where the prompt has that, else before it.
pub(super) fn put(words: &str, prompt: &str, first: &str) -> String {
    match find(prompt, first) {
        Some(place) => format!("{}{words}{}", &prompt[..place], &prompt[place + first.len()..]),
        None if prompt.trim().is_empty() => words.to_owned(),
        None => format!("{words}, {prompt}"),
    }
}

/// Where `needle` stands in the prompt as whole words.
fn find(prompt: &str, needle: &str) -> Option<usize> {
    let is_letter = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
    prompt.match_indices(needle).map(|(place, _)| place).find(|&place| {
        !needle.is_empty()
            && !is_letter(prompt[..place].chars().next_back())
            && !is_letter(prompt[place + needle.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_separated_by_commas_and_kept_together_by_quotes() {
        assert_eq!(read("ink, pop art,neon, ink").unwrap(), ["ink", "pop art", "neon"]);
        assert_eq!(read("\"neon, bold\", ink").unwrap(), ["neon, bold", "ink"]);
        assert_eq!(read("ink, neon, SKIP:ink").unwrap(), ["neon"]);
        assert_eq!(read(" , ").unwrap(), Vec::<String>::new());
        assert_eq!(read("\"ink").unwrap_err(), SweepError::OpenQuote);
        assert!(read("ink, SKIP:pop").is_err());
    }

    #[test]
    fn a_word_that_the_prompt_has_gives_its_place_and_others_go_before_it() {
        assert_eq!(put("neon", "bold ink portrait", "ink"), "bold neon portrait");
        assert_eq!(put("neon", "pink portrait", "ink"), "neon, pink portrait");
        assert_eq!(put("happy", "", "sad"), "happy");
    }
}
