//! What may speak against a photo before a cent is spent: one sentence and one way out each.

/// The least height of a face that can be drawn, in pixels of what is sent.
pub const LEAST_FACE_PIXELS: u32 = 20;

/// Something that speaks against a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Nobody is seen.
    NoFace,
    /// There are faces, but not in the part that is sent.
    FaceOutside,
    /// The face has too few pixels to be drawn.
    FaceTooSmall {
        /// Its height in pixels of what is sent.
        pixels: u32,
    },
    /// The head lies on its side or stands upside down.
    Sideways {
        /// Quarter turns clockwise that set it upright, 1 to 3.
        quarter_turns: u8,
    },
    /// Hair, ears or chin are cut off by the edge of what is sent.
    TooTight,
    /// A bigger face than the chosen one is sent too, and engines draw the biggest.
    AnotherIsBigger,
    /// The face has few pixels.
    FaceSmall {
        /// Its height in pixels of what is sent.
        pixels: u32,
    },
    /// There are more faces than one.
    SeveralFaces {
        /// How many.
        count: usize,
    },
    /// The face is out of focus or shaken.
    Blurred,
    /// The face has little light.
    Dark,
}

/// The way out that a finding's button offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Choose another photo.
    ChooseAnother,
    /// Click the face that is meant.
    PickFace,
    /// Add room around the photo.
    AddPadding,
    /// Draw the crop so that the face is in it, and no bigger one.
    Crop,
    /// Turn the photo.
    Turn {
        /// Quarter turns clockwise, 1 to 3.
        quarter_turns: u8,
    },
}

impl Finding {
    /// Does this make a sticker impossible, rather than worse?
    pub const fn refuses(self) -> bool {
        matches!(self, Self::NoFace | Self::FaceOutside | Self::FaceTooSmall { .. })
    }

    /// Is this only worth knowing, and no reason to hesitate?
    pub const fn is_note(self) -> bool {
        matches!(self, Self::SeveralFaces { .. })
    }

    /// What was found, as one sentence for the screen.
    pub fn sentence(self) -> String {
        match self {
            Self::NoFace => "No face was found; choose a photo that shows one from the front.".to_owned(),
            Self::FaceOutside => "The face is outside of the crop; move the crop or reset it.".to_owned(),
            Self::FaceTooSmall { pixels } => format!(
                "The face is only {pixels} pixels high, and at least {LEAST_FACE_PIXELS} are needed; choose a closer photo."
            ),
            Self::Sideways { .. } => "The face is not upright; turn the photo.".to_owned(),
            Self::TooTight => {
                "The face is cut off or close to the edge; add room so that hair and ears are found.".to_owned()
            }
            Self::AnotherIsBigger => {
                "A bigger face is in the crop and would be drawn; draw the crop around one face.".to_owned()
            }
            Self::FaceSmall { pixels } => {
                format!("The face is only {pixels} pixels high; a closer photo gives a finer sticker.")
            }
            Self::SeveralFaces { count } => {
                format!("There are {count} faces, and the biggest is used; click another to choose it.")
            }
            Self::Blurred => "The face is blurred; a sharper photo gives a better likeness.".to_owned(),
            Self::Dark => "The face is dark; a photo with more light gives a better likeness.".to_owned(),
        }
    }

    /// What to do about it.
    pub const fn remedy(self) -> Remedy {
        match self {
            Self::NoFace | Self::FaceTooSmall { .. } | Self::FaceSmall { .. } | Self::Blurred | Self::Dark => {
                Remedy::ChooseAnother
            }
            Self::Sideways { quarter_turns } => Remedy::Turn { quarter_turns },
            Self::TooTight => Remedy::AddPadding,
            Self::FaceOutside | Self::AnotherIsBigger => Remedy::Crop,
            Self::SeveralFaces { .. } => Remedy::PickFace,
        }
    }
}
