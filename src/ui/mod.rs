//! Draws views of the state, reports what was asked.
