//! What each platform allows: one table, each line with its source.
//!
//! Bytes are safe under both readings of "KB": where a platform says 100 KB, 100 000 are kept.

mod about;
mod allowed;
mod form;
mod table;

pub use about::{About, Part};
pub use allowed::{Allowed, Size, Value, grouped};
pub use form::Form;
pub(crate) use form::{SET_NAME_END, has_bot};
pub use table::RULES;

use std::fmt;

use crate::Target;

/// One line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Whose rule it is.
    pub target: Target,
    /// What it speaks of.
    pub about: About,
    /// What is allowed.
    pub allowed: Allowed,
    /// Refused otherwise, or only not as good?
    pub weight: Weight,
    /// Who says so.
    pub source: Source,
}

/// What becomes of a pack that breaks a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// It is refused, or shows up wrong.
    Must,
    /// It is taken, and looks or works less well.
    Advice,
}

/// Where a rule comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The page or file that says it.
    pub name: &'static str,
    /// When it was read, year and month.
    pub read: &'static str,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, read {}", self.name, self.read)
    }
}

/// The rules of one target, in the table's order.
pub fn rules_of(target: Target) -> impl Iterator<Item = &'static Rule> {
    RULES.iter().filter(move |rule| rule.target == target)
}

/// The rule of this target about this, the binding one before any advice.
pub fn rule(target: Target, about: About) -> Option<&'static Rule> {
    rules_of(target).find(|rule| rule.about == about)
}

/// The most that this target allows of this.
pub fn most(target: Target, about: About) -> Option<u64> {
    rule(target, about)?.allowed.most()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_source_with_a_date() {
        for rule in RULES {
            assert!(!rule.source.name.is_empty(), "{rule:?}");
            let (year, month) = rule.source.read.split_once('-').unwrap();
            assert!(year.len() == 4 && month.len() == 2 && rule.source.read.len() == 7, "{rule:?}");
        }
    }

    #[test]
    fn of_two_rules_about_the_same_the_binding_one_comes_first() {
        for target in Target::ALL {
            for rule in rules_of(target) {
                let same: Vec<_> = rules_of(target).filter(|other| other.about == rule.about).collect();
                assert!(same.len() <= 2, "{target}: {:?}", rule.about);
                if let [first, second] = same[..] {
                    assert_eq!([first.weight, second.weight], [Weight::Must, Weight::Advice], "{rule:?}");
                }
            }
        }
    }

    #[test]
    fn every_target_says_what_a_sticker_is() {
        for target in Target::ALL {
            let is_told = rule(target, About::Format(Part::Sticker)).or_else(|| rule(target, About::Density));
            assert!(is_told.is_some(), "{target}");
        }
    }
}
