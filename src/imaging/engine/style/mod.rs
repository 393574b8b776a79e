//! What a recipe means: words, styles, palettes and the numbers that follow from them.

pub(super) mod grade;
pub(super) mod look;
pub(super) mod styles;
pub(super) mod words;
