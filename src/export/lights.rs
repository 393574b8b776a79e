//! Whether what was measured is allowed.

use std::cmp::Reverse;
use std::fmt;

use crate::Target;
use crate::rules::{About, Allowed, Rule, Value, Weight, rules_of};

/// One measured value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// What was measured.
    pub about: About,
    /// Of what: a file or a sticker; empty for the pack.
    pub subject: String,
    /// What came out.
    pub value: Value,
}

impl Measured {
    pub(crate) fn new(about: About, subject: impl Into<String>, value: Value) -> Self {
        Self { about, subject: subject.into(), value }
    }

    pub(crate) fn number(about: About, subject: impl Into<String>, number: usize) -> Self {
        Self::new(about, subject, Value::Number(number as u64))
    }

    pub(crate) fn text(about: About, subject: impl Into<String>, text: impl Into<String>) -> Self {
        Self::new(about, subject, Value::Text(text.into()))
    }
}

/// One rule with what was measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Light {
    /// The rule.
    pub rule: &'static Rule,
    /// The file or sticker that is nearest to breaking it, or breaks it; empty for the pack.
    pub subject: String,
    /// What was measured there; `None` when there was nothing to measure.
    pub measured: Option<Value>,
    /// Is it allowed?
    pub ok: bool,
}

impl Light {
    /// Would the platform refuse the pack for this?
    pub fn refuses(&self) -> bool {
        !self.ok && self.rule.weight == Weight::Must
    }

    /// What was measured, with its unit.
    pub fn found(&self) -> String {
        let unit = match self.measured {
            Some(Value::Number(_) | Value::Size(..)) if !self.rule.about.unit().is_empty() => {
                format!(" {}", self.rule.about.unit())
            }
            _ => String::new(),
        };
        self.measured.as_ref().map_or_else(|| "not there".to_owned(), |value| format!("{}{unit}", clipped(value)))
    }

    /// What is allowed.
    pub fn wanted(&self) -> String {
        self.rule.allowed.to_string()
    }
}

impl fmt::Display for Light {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, subject, .. } = self;
        let of = if subject.is_empty() { String::new() } else { format!(" of {subject}") };
        write!(f, "{}{of}: {}, allowed {}", rule.about.label(), self.found(), self.wanted())
    }
}

/// A value without what fills more than a line.
fn clipped(value: &Value) -> String {
    const LONGEST: usize = 80;
    let words = value.to_string().replace('\n', ", ");
    if words.chars().count() <= LONGEST {
        return words;
    }
    words.chars().take(LONGEST - 1).chain(['…']).collect()
}

/// What was measured, against every rule of the target that files can keep: of written files.
pub(crate) fn judge(target: Target, measured: &[Measured]) -> Vec<Light> {
    rules_of(target).filter(|rule| rule.about != About::Dpi).map(|rule| light(rule, measured)).collect()
}

/// The same against the rules about what was measured so far.
pub(crate) fn judge_so_far(target: Target, measured: &[Measured]) -> Vec<Light> {
    let is_measured = |rule: &&Rule| measured.iter().any(|measured| measured.about == rule.about);
    rules_of(target).filter(is_measured).map(|rule| light(rule, measured)).collect()
}

fn light(rule: &'static Rule, measured: &[Measured]) -> Light {
    let speaking = || measured.iter().filter(|measured| measured.about == rule.about);
    let broken = speaking().find(|measured| !rule.allowed.admits(&measured.value));
    let shown = broken.or_else(|| nearest(&rule.allowed, speaking()));
    Light {
        rule,
        subject: shown.map(|measured| measured.subject.clone()).unwrap_or_default(),
        measured: shown.map(|measured| measured.value.clone()),
        ok: broken.is_none() && shown.is_some(),
    }
}

/// The one that comes nearest to breaking the rule.
fn nearest<'a>(allowed: &Allowed, mut measured: impl Iterator<Item = &'a Measured>) -> Option<&'a Measured> {
    let number = |measured: &&Measured| match measured.value {
        Value::Number(number) => number,
        _ => 0,
    };
    match allowed {
        Allowed::AtLeast(_) => measured.min_by_key(number),
        // The first of several that are equal.
        Allowed::AtMost(_) | Allowed::Between(..) | Allowed::NoneOrBetween(..) => {
            measured.min_by_key(|measured| Reverse(number(measured)))
        }
        _ => measured.next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Part, Size};

    #[test]
    fn a_light_shows_what_breaks_the_rule_or_comes_nearest() {
        let bytes = About::Bytes(Part::Sticker);
        let measured = |sizes: &[usize]| {
            let of = |(index, size): (usize, &usize)| Measured::number(bytes, format!("0{index}.webp"), *size);
            sizes.iter().enumerate().map(of).collect::<Vec<_>>()
        };
        let light = |sizes: &[usize]| judge_so_far(Target::WhatsApp, &measured(sizes)).into_iter().next().unwrap();
        let fine = light(&[5, 97_875, 9]);
        assert_eq!((fine.ok, fine.found().as_str()), (true, "97,875 bytes"));
        let broken = light(&[5, 100_001, 9]);
        assert!(broken.refuses());
        assert_eq!(broken.to_string(), "Largest file of 01.webp: 100,001 bytes, allowed at most 100,000");
    }

    #[test]
    fn what_could_not_be_measured_is_not_allowed() {
        let lights = judge(Target::Png, &[]);
        assert!(lights.iter().all(Light::refuses));
        let pixels = Measured::new(About::Pixels(Part::Sticker), "1.png", Value::Text("unreadable".into()));
        assert!(!Allowed::Size(Size::Exactly(1, 1)).admits(&pixels.value));
    }
}
