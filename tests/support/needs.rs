//! Says which test was skipped, and fails where none may be.

/// May a test that needs `what` run here? Where it may not, says so; with `STICKER_BOOTH_TEST_ALL=1` that is a failure.
///
/// `found` tells whether the thing is there.
#[must_use]
#[expect(clippy::print_stderr, reason = "a skipped test says so where a person reads")]
pub(crate) fn needs(what: &str, found: bool) -> bool {
    if found {
        return true;
    }
    assert!(
        std::env::var_os("STICKER_BOOTH_TEST_ALL").is_none_or(|value| value != "1"),
        "this machine has no {what}, and STICKER_BOOTH_TEST_ALL=1 allows no skip"
    );
    eprintln!("SKIPPED: no {what} here");
    false
}
