//! Which colours a person wants.

use serde::{Deserialize, Serialize};

/// Which colours the window has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeChoice {
    /// As the desktop has them.
    #[default]
    System,
    /// Light on dark.
    Dark,
    /// Dark on light.
    Light,
}
