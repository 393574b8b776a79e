//! What a mood is made of: muscles that move, and things that are drawn along.

/// What moves in a face. Right and left are the person's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Muscle {
    /// Lifts the right brow; negative lowers it.
    BrowRaiseRight,
    /// Lifts the left brow; negative lowers it.
    BrowRaiseLeft,
    /// Draws the heads of the brows down and together, as in anger.
    BrowKnit,
    /// Lifts the heads of the brows and lowers their tails, as in grief.
    BrowSorrow,
    /// Closes the right eye.
    LidCloseRight,
    /// Closes the left eye.
    LidCloseLeft,
    /// How far closed lids are arched upwards, as in laughter.
    LidArch,
    /// Opens both eyes wider.
    LidWiden,
    /// Turns the eyes to the person's left; negative to the right.
    GazeAside,
    /// Turns the eyes up; negative down.
    GazeUp,
    /// Draws the right corner of the mouth up and out.
    SmileRight,
    /// Draws the left corner of the mouth up and out.
    SmileLeft,
    /// Draws both corners of the mouth down.
    Frown,
    /// Drops the jaw.
    JawOpen,
    /// Shuts a mouth that is open in the photo.
    LipsClose,
    /// Narrows the lips and pushes them forward.
    Pucker,
    /// Puts the tongue out.
    Tongue,
    /// Lifts the cheeks towards the eyes.
    CheekRaise,
    /// Leans the head towards the person's left shoulder; negative to the right.
    HeadTilt,
}

impl Muscle {
    /// How many there are.
    pub const COUNT: usize = Self::HeadTilt as usize + 1;

    /// The least and the greatest that it can do.
    pub const fn range(self) -> [f32; 2] {
        match self {
            Self::BrowRaiseRight | Self::BrowRaiseLeft | Self::GazeAside | Self::GazeUp | Self::HeadTilt => [-1.0, 1.0],
            _ => [0.0, 1.0],
        }
    }
}

/// What is drawn beside a face or on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Prop {
    /// Hearts in place of the eyes.
    HeartEyes,
    /// A heart beside the mouth.
    Heart,
    /// Streams from the eyes down the cheeks.
    Tears,
    /// A drop at the outer corner of each eye.
    TearDrops,
    /// A drop at the temple.
    SweatDrop,
    /// The swollen vein of comics on the forehead.
    AngerMark,
    /// Three letters Z rising beside the head.
    Zzz,
    /// Twinkling stars beside the head.
    Sparkles,
    /// Red cheeks with strokes.
    Blush,
    /// Green cheeks.
    GreenCheeks,
    /// Dark glasses.
    Sunglasses,
    /// A question mark beside the head.
    QuestionMark,
    /// A pointed hat.
    PartyHat,
    /// A crown.
    Crown,
    /// A ring of light above the head.
    Halo,
}

impl Prop {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::HeartEyes,
        Self::Heart,
        Self::Tears,
        Self::TearDrops,
        Self::SweatDrop,
        Self::AngerMark,
        Self::Zzz,
        Self::Sparkles,
        Self::Blush,
        Self::GreenCheeks,
        Self::Sunglasses,
        Self::QuestionMark,
        Self::PartyHat,
        Self::Crown,
        Self::Halo,
    ];
}
