//! The rooms and their doors.
