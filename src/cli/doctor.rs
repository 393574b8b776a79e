//! `doctor`: everything a sticker needs, checked for real.

use serde_json::json;

use super::arguments::Global;
use super::console::{print, print_json};
use super::exit::Exit;
use crate::studio::{self, Health};

pub(super) fn run(global: &Global, json: bool) -> Exit {
    let findings = studio::doctor(global.data_dir.as_deref());
    for finding in &findings {
        if json {
            print_json(&json!({ "check": finding.what, "health": finding.health.word(), "detail": finding.detail }));
        } else {
            print(format_args!("{:<8} {:<18} {}", finding.health.word(), finding.what, finding.detail));
        }
    }
    if findings.iter().any(|finding| finding.health == Health::Broken) { Exit::Unexpected } else { Exit::Done }
}
