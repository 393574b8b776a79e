//! Money as whole tenths of a cent, so that sums are exact.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Mul, Sub};

use serde::{Deserialize, Serialize};

/// The name in the settings of the monthly amount above which a person is asked.
pub const SOFT_BUDGET: &str = "Ask above, $ a month";

/// The name in the settings of the monthly amount above which nothing is sent.
pub const HARD_BUDGET: &str = "Stop at, $ a month";

/// An amount of US dollars in units of 0.1 cent ($0.001).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(i64);

impl Money {
    /// Nothing at all.
    pub const ZERO: Self = Self(0);

    /// From tenths of a cent: `from_mills(25)` is $0.025.
    pub const fn from_mills(mills: i64) -> Self {
        Self(mills)
    }

    /// Tenths of a cent.
    pub const fn mills(self) -> i64 {
        self.0
    }

    /// Is this no money?
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Dollars with three decimals and nothing else, for tables that other programs read: `0.025`.
    pub fn plain(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        format!("{sign}{}.{:03}", self.0.unsigned_abs() / 1000, self.0.unsigned_abs() % 1000)
    }

    /// Dollars as a float, for JSON output that other programs read.
    pub fn as_dollars(self) -> f64 {
        self.0 as f64 / 1000.0
    }
}

/// `$0.10` when whole cents say it exactly, else `$0.025`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let mills = self.0.unsigned_abs();
        let (dollars, rest) = (mills / 1000, mills % 1000);
        if rest % 10 == 0 {
            write!(f, "{sign}${dollars}.{:02}", rest / 10)
        } else {
            write!(f, "{sign}${dollars}.{rest:03}")
        }
    }
}

impl Add for Money {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Money {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Mul<u32> for Money {
    type Output = Self;

    fn mul(self, count: u32) -> Self {
        Self(self.0 * i64::from(count))
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_print_exactly_and_as_short_as_that_allows() {
        for (mills, text) in [
            (0, "$0.00"),
            (25, "$0.025"),
            (75, "$0.075"),
            (100, "$0.10"),
            (1625, "$1.625"),
            (2000, "$2.00"),
            (-25, "-$0.025"),
        ] {
            assert_eq!(Money::from_mills(mills).to_string(), text);
        }
    }

    #[test]
    fn a_table_has_every_tenth_of_a_cent_and_no_sign_of_the_currency() {
        for (mills, text) in [(0, "0.000"), (25, "0.025"), (100, "0.100"), (12_345, "12.345"), (-25, "-0.025")] {
            assert_eq!(Money::from_mills(mills).plain(), text);
        }
    }

    #[test]
    fn forty_single_stickers_cost_exactly_one_dollar() {
        let total: Money = std::iter::repeat_n(Money::from_mills(25), 40).sum();
        assert_eq!(total, Money::from_mills(1000));
        assert_eq!(total, Money::from_mills(25) * 40);
    }
}
