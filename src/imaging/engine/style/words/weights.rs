//! Weights as artists write them: `(wink:0.6)`.

use std::ops::Range;

use super::placed_tokens;

/// The words and numbers of a text, each with the weight of the brackets that it stands in; outside of them it is 1.
pub(super) fn weighted_tokens(text: &str) -> Vec<(&str, f32)> {
    let groups: Vec<Group> = text.match_indices('(').filter_map(|(open, _)| Group::at(text, open)).collect();
    let within = |range: &Range<usize>, at: usize| range.contains(&at);
    placed_tokens(text)
        .filter(|&(at, _)| !groups.iter().any(|group| within(&group.number, at)))
        .map(|(at, token)| {
            let group = groups.iter().find(|group| within(&group.words, at));
            (token, group.map_or(1.0, |group| group.weight))
        })
        .collect()
}

/// One pair of brackets with a weight, as bytes of the text.
struct Group {
    words: Range<usize>,
    number: Range<usize>,
    weight: f32,
}

impl Group {
    /// The group that opens at this byte, if a weight stands in it.
    fn at(text: &str, open: usize) -> Option<Self> {
        let inner = text[open + 1..].split(['(', ')']).next()?;
        let end = open + 1 + inner.len();
        let is_closed = text[end..].starts_with(')');
        let (words, number) = inner.rsplit_once(':')?;
        let weight: f32 = number.trim().parse().ok()?;
        let middle = open + 1 + words.len();
        (is_closed && weight.is_finite()).then_some(Self { words: open + 1..middle, number: middle..end, weight })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_weigh_what_stands_in_them_and_nothing_else() {
        let tokens = weighted_tokens("a (big smile:0.6) and (ink) (1:x) 8 (bit:2");
        let expected = [
            ("a", 1.0),
            ("big", 0.6),
            ("smile", 0.6),
            ("and", 1.0),
            ("ink", 1.0),
            ("1", 1.0),
            ("x", 1.0),
            ("8", 1.0),
            ("bit", 1.0),
            ("2", 1.0),
        ];
        assert_eq!(tokens, expected);
    }
}
