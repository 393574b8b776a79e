//! JSON as files.

use serde::Serialize;

/// A value as indented JSON with a line end.
pub(super) fn pretty(value: &impl Serialize) -> Vec<u8> {
    // Maps with text keys and plain values always become JSON.
    let mut json = serde_json::to_vec_pretty(value).unwrap_or_default();
    json.push(b'\n');
    json
}
