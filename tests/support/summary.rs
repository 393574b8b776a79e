//! Lines of figures for people.

use std::io::Write as _;

/// Prints a line where the test harness does not swallow it.
pub fn tell(line: &str) {
    std::io::stderr().write_all(format!("{line}\n").as_bytes()).unwrap();
}
