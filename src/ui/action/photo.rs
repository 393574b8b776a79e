//! What can be asked of the photos.

use model::{Crop, Ratio};

/// Something about the photos.
#[derive(Clone, Debug, PartialEq)]
pub enum PhotoAction {
    /// Use the photo in spite of what a check says of it now.
    UseAnyway,
    /// Look at this one of several.
    Show(usize),
    /// Take this one of several away.
    Remove(usize),
    /// Send this part of the photo, in its pixels.
    SetCrop(Crop),
    /// Keep this proportion of the crop.
    SetRatio(Ratio),
    /// Fill what lies beyond the photo's edges with this colour, sRGB.
    SetPadding([u8; 3]),
    /// Turn the photo by so many quarter turns clockwise.
    Turn(u8),
    /// Leave the crop mode, with the crop as it is now or as it was before.
    EndCrop {
        /// As it is now?
        keep: bool,
    },
    /// Draw this face of the photo; counted from the biggest, 0.
    ChooseFace(usize),
    /// Use this one of the photos that were used lately, by its SHA-256.
    UseRecent(String),
    /// Forget this one of them.
    ForgetRecent(String),
    /// Forget all of them.
    ForgetAllRecent,
}
