//! Which words of the prompts the built-in engine understands.

/// The words of both prompts, sorted by whether they change the sticker.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Words that pick or bend the style, in order of appearance.
    pub understood: Vec<String>,
    /// Words without effect, in order of appearance.
    pub ignored: Vec<String>,
}

/// Sorts the words of a prompt and a negative prompt.
pub fn words(prompt: &str, negative: &str) -> Words {
    let ignored = prompt.split_whitespace().chain(negative.split_whitespace()).map(str::to_owned).collect();
    Words { understood: Vec::new(), ignored }
}
