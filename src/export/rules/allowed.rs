//! What a rule allows, and what was measured.

use std::fmt;

use super::Form;

/// What a rule allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// This number.
    Exactly(u64),
    /// This or less.
    AtMost(u64),
    /// This or more.
    AtLeast(u64),
    /// From the first to the second.
    Between(u64, u64),
    /// Nothing, or from the first to the second.
    NoneOrBetween(u64, u64),
    /// One of these.
    OneOf(&'static [u64]),
    /// A picture of this size.
    Size(Size),
    /// One of these words.
    Word(&'static [&'static str]),
    /// A text or file of this form.
    Form(Form),
}

/// The sizes that a picture may have, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Width and height.
    Exactly(u32, u32),
    /// One side of this length, the other no longer.
    OneSide(u32),
    /// A square of one of these.
    Squares(&'static [u32]),
    /// A square from the first to the second.
    Square(u32, u32),
    /// No wider and no higher.
    Within(u32, u32),
    /// No wider and no higher, and both even.
    EvenWithin(u32, u32),
    /// At least so wide and so high.
    AtLeast(u32, u32),
}

/// What was measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A count or a length.
    Number(u64),
    /// Width and height in pixels.
    Size(u32, u32),
    /// A word or a text.
    Text(String),
}

impl Allowed {
    /// Does it allow what was measured?
    pub fn admits(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Exactly(wanted), Value::Number(found)) => found == wanted,
            (Self::AtMost(most), Value::Number(found)) => found <= most,
            (Self::AtLeast(least), Value::Number(found)) => found >= least,
            (Self::Between(least, most), Value::Number(found)) => (least..=most).contains(&found),
            (Self::NoneOrBetween(least, most), Value::Number(found)) => *found == 0 || (least..=most).contains(&found),
            (Self::OneOf(wanted), Value::Number(found)) => wanted.contains(found),
            (Self::Size(size), Value::Size(width, height)) => size.admits(*width, *height),
            (Self::Word(words), Value::Text(found)) => words.contains(&found.as_str()),
            (Self::Form(form), Value::Text(found)) => form.admits(found),
            _ => false,
        }
    }

    /// The most that is allowed, where there is such a number.
    pub const fn most(&self) -> Option<u64> {
        match self {
            Self::Exactly(most) | Self::AtMost(most) | Self::Between(_, most) | Self::NoneOrBetween(_, most) => {
                Some(*most)
            }
            Self::OneOf([.., most]) => Some(*most),
            _ => None,
        }
    }

    /// The least that is allowed, where there is such a number.
    pub const fn least(&self) -> Option<u64> {
        match self {
            Self::Exactly(least) | Self::AtLeast(least) | Self::Between(least, _) | Self::OneOf([least, ..]) => {
                Some(*least)
            }
            _ => None,
        }
    }
}

impl Size {
    /// May a picture be this large?
    pub fn admits(self, width: u32, height: u32) -> bool {
        let (longer, shorter) = (width.max(height), width.min(height));
        match self {
            Self::Exactly(wanted_width, wanted_height) => (width, height) == (wanted_width, wanted_height),
            Self::OneSide(side) => longer == side && shorter > 0,
            Self::Squares(sides) => width == height && sides.contains(&width),
            Self::Square(least, most) => width == height && (least..=most).contains(&width),
            Self::Within(most_wide, most_high) => width <= most_wide && height <= most_high && shorter > 0,
            Self::EvenWithin(most_wide, most_high) => {
                Self::Within(most_wide, most_high).admits(width, height)
                    && width.is_multiple_of(2)
                    && height.is_multiple_of(2)
            }
            Self::AtLeast(least_wide, least_high) => width >= least_wide && height >= least_high,
        }
    }

    /// The size that is written: the largest one, or the least where any larger one does.
    pub const fn written(self) -> (u32, u32) {
        match self {
            Self::Exactly(width, height)
            | Self::Within(width, height)
            | Self::EvenWithin(width, height)
            | Self::AtLeast(width, height) => (width, height),
            Self::OneSide(side) | Self::Square(_, side) => (side, side),
            Self::Squares([.., side]) => (*side, *side),
            Self::Squares([]) => (0, 0),
        }
    }
}

impl fmt::Display for Allowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly(number) => write!(f, "{}", grouped(*number)),
            Self::AtMost(most) => write!(f, "at most {}", grouped(*most)),
            Self::AtLeast(least) => write!(f, "at least {}", grouped(*least)),
            Self::Between(least, most) => write!(f, "{} to {}", grouped(*least), grouped(*most)),
            Self::NoneOrBetween(least, most) => write!(f, "none, or {} to {}", grouped(*least), grouped(*most)),
            Self::OneOf(numbers) => f.write_str(&listed(numbers.iter().map(|number| grouped(*number)))),
            Self::Size(size) => size.fmt(f),
            Self::Word(words) => f.write_str(&listed(words.iter().map(|word| (*word).to_owned()))),
            Self::Form(form) => f.write_str(form.words()),
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly(width, height) => write!(f, "{width} × {height}"),
            Self::OneSide(side) => write!(f, "one side {side}, the other no longer"),
            Self::Squares(sides) => write!(f, "a square of {}", listed(sides.iter().map(u32::to_string))),
            Self::Square(least, most) => write!(f, "a square of {least} to {most}"),
            Self::Within(width, height) => write!(f, "at most {width} × {height}"),
            Self::EvenWithin(width, height) => write!(f, "at most {width} × {height}, both even"),
            Self::AtLeast(width, height) => write!(f, "at least {width} × {height}"),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => f.write_str(&grouped(*number)),
            Self::Size(width, height) => write!(f, "{width} × {height}"),
            Self::Text(text) if text.is_empty() => f.write_str("nothing"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// `1, 2 or 3`.
fn listed(words: impl Iterator<Item = String>) -> String {
    let mut words: Vec<String> = words.collect();
    match words.pop() {
        Some(last) if words.is_empty() => last,
        Some(last) => format!("{} or {last}", words.join(", ")),
        None => String::new(),
    }
}

/// A number with its thousands parted, such as `100,000`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        for (number, words) in [(0, "0"), (999, "999"), (1000, "1,000"), (12_345_678, "12,345,678")] {
            assert_eq!(grouped(number), words);
        }
    }

    #[test]
    fn a_size_admits_what_it_says_and_not_a_pixel_more() {
        for (size, fine, wrong) in [
            (Size::Exactly(512, 512), vec![(512, 512)], vec![(513, 512), (512, 511)]),
            (Size::OneSide(512), vec![(512, 512), (512, 1), (100, 512)], vec![(511, 511), (513, 512), (512, 0)]),
            (Size::Squares(&[28, 56]), vec![(28, 28), (56, 56)], vec![(28, 56), (57, 57)]),
            (Size::Square(48, 480), vec![(48, 48), (480, 480)], vec![(47, 47), (481, 481), (100, 101)]),
            (Size::EvenWithin(370, 320), vec![(370, 320), (2, 2)], vec![(372, 320), (369, 320), (370, 319)]),
            (Size::AtLeast(512, 512), vec![(512, 512), (900, 512)], vec![(511, 512)]),
        ] {
            for (width, height) in fine {
                assert!(size.admits(width, height), "{size}: {width} × {height}");
            }
            for (width, height) in wrong {
                assert!(!size.admits(width, height), "{size}: {width} × {height}");
            }
        }
    }

    #[test]
    fn what_is_written_is_allowed() {
        for size in [Size::OneSide(512), Size::Squares(&[28, 112]), Size::Square(1, 9), Size::EvenWithin(370, 320)] {
            let (width, height) = size.written();
            assert!(size.admits(width, height), "{size}");
        }
    }
}
