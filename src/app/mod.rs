//! The window's state: actions into `studio`, events out of it.
