//! Preferences as a versioned file.
