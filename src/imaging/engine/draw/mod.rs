//! From a studied photo to the pixels of a sticker.

pub(super) mod backdrop;
pub(super) mod bands;
pub(super) mod cute;
pub(super) mod drawn;
pub(super) mod features;
pub(super) mod field;
pub(super) mod lines;
pub(super) mod mosaic;
pub(super) mod painting;
pub(super) mod render;
pub(super) mod rows;
pub(super) mod shade;
pub(super) mod skin_bands;
pub(super) mod sprite;
pub(super) mod texture;
pub(super) mod warp;
