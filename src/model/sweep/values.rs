//! The grammar of numbers on an axis.
//!
//! | text | values |
//! |---|---|
//! | `3, 7, 11` | these, in this order |
//! | `1-5` | 1, 2, 3, 4, 5 |
//! | `0-1 [5]` | five values, ends included, rounded as the setting shows them |
//! | `1-9 (+2)`, `9-1 (-2)` | from the first by this step, never past the second |
//! | `1, 2, .., 10` | goes on in the same step, never past the last |
//! | `SKIP:5` | leaves this one out |
//!
//! Everything is counted in millionths, so that a step of 0.1 taken ten times is 1 and nothing is overshot. A value that
//! comes a second time is left out.

use super::{MOST_VALUES, SweepError};
use crate::parameter::{Kind, Parameter};

/// Millionths in one.
const ONE: i64 = 1_000_000;

/// Decimals that are read.
const DECIMALS: usize = 6;

/// Reads the values for `parameter`, each checked against its range.
pub fn read(parameter: Parameter, text: &str) -> Result<Vec<f64>, SweepError> {
    let mut list = List { rounding: rounding(parameter), values: Vec::new() };
    let mut skipped = Vec::new();
    let mut items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
    while let Some(item) = items.next() {
        if item == ".." || item == "…" {
            let end = items.next().and_then(number).ok_or(SweepError::LooseDots)?;
            list.go_on_to(end)?;
        } else if let Some(value) = item.strip_prefix("SKIP:") {
            skipped.push((value.trim(), number(value).ok_or_else(|| not_understood(item))?));
        } else {
            list.take(item)?;
        }
    }
    for (text, value) in skipped {
        let before = list.values.len();
        list.values.retain(|kept| *kept != value);
        if list.values.len() == before {
            return Err(SweepError::NothingToSkip { text: text.to_owned() });
        }
    }
    list.values.into_iter().map(|value| checked(parameter, value as f64 / ONE as f64)).collect()
}

/// What a value is rounded to when a range is divided, in millionths.
fn rounding(parameter: Parameter) -> i64 {
    match parameter.spec().kind {
        Kind::Real { decimals, .. } => ONE / 10_i64.pow(decimals as u32),
        _ => ONE,
    }
}

fn checked(parameter: Parameter, value: f64) -> Result<f64, SweepError> {
    let fits = match parameter.spec().kind {
        Kind::Integer { min, max, .. } => value.fract() == 0.0 && (f64::from(min)..=f64::from(max)).contains(&value),
        Kind::Real { min, max, .. } => (min..=max).contains(&value),
        _ => false,
    };
    if fits { Ok(value) } else { Err(SweepError::OutOfRange { value, parameter }) }
}

fn not_understood(text: &str) -> SweepError {
    SweepError::NotUnderstood { text: text.to_owned() }
}

/// A plain decimal number in millionths; none when there is a sign, an exponent or too many digits.
fn number(text: &str) -> Option<i64> {
    let (whole, part) = text.trim().split_once('.').unwrap_or_else(|| (text.trim(), ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 10 || part.len() > DECIMALS || !digits(whole) || !digits(part) {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let part: i64 = format!("{part:0<DECIMALS$}").parse().ok()?;
    Some(whole * ONE + part)
}

/// The values so far, in millionths.
struct List {
    rounding: i64,
    values: Vec<i64>,
}

impl List {
    fn push(&mut self, value: i64) -> Result<(), SweepError> {
        if self.values.contains(&value) {
            return Ok(());
        }
        if self.values.len() == MOST_VALUES {
            return Err(SweepError::TooManyValues { most: MOST_VALUES });
        }
        self.values.push(value);
        Ok(())
    }

    /// Takes one item: a number or a range.
    fn take(&mut self, item: &str) -> Result<(), SweepError> {
        if let Some(value) = number(item) {
            return self.push(value);
        }
        let (from, rest) = item.split_once('-').ok_or_else(|| not_understood(item))?;
        let ends = rest.find(['[', '(']).unwrap_or(rest.len());
        let (to, manner) = rest.split_at(ends);
        let (Some(from), Some(to)) = (number(from), number(to)) else { return Err(not_understood(item)) };
        match manner.trim() {
            "" => self.step(from, to, if from <= to { ONE } else { -ONE }, item),
            manner => {
                if let Some(count) = between(manner, '[', ']').and_then(|count| count.parse::<usize>().ok()) {
                    return self.divide(from, to, count, item);
                }
                let step = between(manner, '(', ')').and_then(signed).ok_or_else(|| not_understood(item))?;
                self.step(from, to, step, item)
            }
        }
    }

    /// `count` values from one end to the other.
    fn divide(&mut self, from: i64, to: i64, count: usize, item: &str) -> Result<(), SweepError> {
        match count {
            0 => Err(not_understood(item)),
            1 => self.push(from),
            count if count > MOST_VALUES => Err(SweepError::TooManyValues { most: MOST_VALUES }),
            count => {
                for index in 0..count {
                    let exact = i128::from(to - from) * index as i128 / (count - 1) as i128;
                    let value = from + exact as i64;
                    // The ends are as they were typed, however fine.
                    let is_end = index == 0 || index == count - 1;
                    self.push(if is_end {
                        value
                    } else {
                        (value + self.rounding / 2) / self.rounding * self.rounding
                    })?;
                }
                Ok(())
            }
        }
    }

    /// From one value by a step, never past another.
    fn step(&mut self, from: i64, to: i64, step: i64, item: &str) -> Result<(), SweepError> {
        if step == 0 || (to - from).signum() * step.signum() < 0 {
            return Err(SweepError::StepLeadsAway { text: item.to_owned() });
        }
        let steps = (to - from) / step;
        if steps >= MOST_VALUES as i64 {
            return Err(SweepError::TooManyValues { most: MOST_VALUES });
        }
        (0..=steps).try_for_each(|index| self.push(from + index * step))
    }

    /// Goes on in the step of the last two values, never past `end`.
    fn go_on_to(&mut self, end: i64) -> Result<(), SweepError> {
        let [.., before, last] = self.values[..] else { return Err(SweepError::LooseDots) };
        self.step(last, end, last - before, "..")
    }
}

/// What stands between two brackets that hold the whole text.
fn between(text: &str, open: char, close: char) -> Option<&str> {
    text.strip_prefix(open)?.strip_suffix(close).map(str::trim)
}

/// A step with its sign.
fn signed(text: &str) -> Option<i64> {
    match text.strip_prefix('-') {
        Some(size) => number(size).map(|size| -size),
        None => number(text.strip_prefix('+').unwrap_or(text)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn weight(text: &str) -> Result<Vec<f64>, SweepError> {
        read(Parameter::IpAdapterWeight, text)
    }

    fn steps(text: &str) -> Result<Vec<f64>, SweepError> {
        read(Parameter::Steps, text)
    }

    #[test]
    fn every_form_of_the_grammar_gives_its_values() {
        for (text, expected) in [
            ("3, 7,11", vec![3.0, 7.0, 11.0]),
            ("7", vec![7.0]),
            ("1-5", vec![1.0, 2.0, 3.0, 4.0, 5.0]),
            ("5-3", vec![5.0, 4.0, 3.0]),
            ("1-9 (+2)", vec![1.0, 3.0, 5.0, 7.0, 9.0]),
            ("1-10(+4)", vec![1.0, 5.0, 9.0]),
            ("9-1 (-3)", vec![9.0, 6.0, 3.0]),
            ("1, 2, .., 6", vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0]),
            ("10, 8, .., 3", vec![10.0, 8.0, 6.0, 4.0]),
            ("1-50 [4]", vec![1.0, 17.0, 34.0, 50.0]),
            ("1-5, SKIP:3", vec![1.0, 2.0, 4.0, 5.0]),
            ("2, 1-3, 2", vec![2.0, 1.0, 3.0]),
            (" 4 , ", vec![4.0]),
        ] {
            assert_eq!(steps(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn steps_of_a_tenth_neither_drift_nor_overshoot() {
        assert_eq!(weight("0-1 (+0.1)").unwrap(), [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]);
        assert_eq!(weight("0, 0.3, .., 1").unwrap(), [0.0, 0.3, 0.6, 0.9]);
        assert_eq!(weight("0-1 [4]").unwrap(), [0.0, 0.33, 0.67, 1.0]);
        assert_eq!(weight("0-1 [5], SKIP:0.5").unwrap(), [0.0, 0.25, 0.75, 1.0]);
    }

    #[test]
    fn a_value_out_of_range_is_refused_before_anything_runs() {
        assert_eq!(
            weight("0, 1.5").unwrap_err().to_string(),
            "1.5 is out of range: IP-Adapter weight takes a number from 0 to 1"
        );
        for text in ["0-5", "49-51", "2.5"] {
            assert!(matches!(steps(text), Err(SweepError::OutOfRange { .. })), "{text}: {:?}", steps(text));
        }
    }

    #[test]
    fn what_is_not_in_the_grammar_has_its_sentence() {
        for text in
            ["many", "1-", "-3", "1-9 (2", "1-9 [0]", "1-9 [x]", "1e3", "1-9 (+x)", "1;2", "SKIP:x", "0.1234567"]
        {
            assert!(matches!(steps(text), Err(SweepError::NotUnderstood { .. })), "{text}: {:?}", steps(text));
        }
        for text in ["1-9 (-2)", "1-9 (+0)"] {
            assert!(matches!(steps(text), Err(SweepError::StepLeadsAway { .. })), "{text}: {:?}", steps(text));
        }
        for text in ["..", "1, .., 9", "1, 2, ..", "1, 2, .., x"] {
            assert_eq!(steps(text), Err(SweepError::LooseDots), "{text}");
        }
        assert_eq!(steps("1, SKIP:2"), Err(SweepError::NothingToSkip { text: "2".to_owned() }));
        let seeds = read(Parameter::Seed, "0-4294967295");
        assert_eq!(seeds, Err(SweepError::TooManyValues { most: MOST_VALUES }));
    }

    proptest! {
        #[test]
        fn no_text_panics_and_what_is_read_lies_in_range(text in "[0-9.,\\[\\]()+SKIP: -]{0,40}") {
            for value in weight(&text).unwrap_or_default() {
                prop_assert!((0.0..=1.0).contains(&value), "{} gave {}", text, value);
            }
        }

        #[test]
        fn a_stepped_range_stays_between_its_ends(from in 0_u32..500, to in 0_u32..500, step in 1_u32..90) {
            let (low, high) = (f64::from(from.min(to)) / 500.0, f64::from(from.max(to)) / 500.0);
            let text = format!("{low}-{high} (+{})", f64::from(step) / 500.0);
            let Ok(values) = weight(&text) else { return Ok(()) };
            prop_assert_eq!(values.first(), Some(&low));
            prop_assert!(values.iter().all(|value| (low..=high).contains(value)), "{}: {:?}", text, values);
        }
    }
}
