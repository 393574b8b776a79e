//! Errors as sentences that a person reads.

/// An error with its causes as a sentence with a full stop.
pub(super) fn sentence(error: &dyn std::error::Error) -> String {
    with_full_stop(crate::studio::sentence(error))
}

/// A sentence with a full stop, unless it has one.
pub(super) fn with_full_stop(text: String) -> String {
    if text.ends_with('.') { text } else { format!("{text}.") }
}
