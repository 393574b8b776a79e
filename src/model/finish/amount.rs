//! Every number of a finish in one table: its name, range and place in the recipe.

use super::Finish;

/// A number of a [`Finish`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Amount {
    /// Width of the outline.
    OutlineWidth,
    /// Width of the second outline.
    SecondWidth,
    /// How much the shadow hides.
    ShadowOpacity,
    /// How softly it fades.
    ShadowSoftness,
    /// How far it lies to the right.
    ShadowAcross,
    /// How far it lies below.
    ShadowDown,
    /// How far the sticker is blown up.
    Puff,
    /// How much it shines.
    Gloss,
    /// How far its darks and lights are drawn apart.
    Contrast,
    /// Free space around it.
    Margin,
    /// How large it is drawn.
    Scale,
    /// How far it is turned.
    Turn,
    /// How far it is moved to the right.
    Across,
    /// How far it is moved down.
    Down,
    /// How much of the old background goes from its edge.
    Defringe,
    /// Height of the caption's lines.
    CaptionSize,
    /// How far the caption is turned.
    CaptionTurn,
    /// Width of the line around its letters.
    CaptionEdge,
}

/// What the table says about a number.
#[derive(Clone, Copy, Debug)]
pub struct AmountSpec {
    /// Which one.
    pub amount: Amount,
    /// Its name on the terminal.
    pub name: &'static str,
    /// Its name on screen.
    pub label: &'static str,
    /// What it does, as a sentence.
    pub tooltip: &'static str,
    /// The least.
    pub least: f32,
    /// The greatest.
    pub most: f32,
    /// What it is when nobody says anything.
    pub default: f32,
    /// What one is called on screen: a share is shown in per cent, an angle in degrees.
    pub unit: &'static str,
}

impl AmountSpec {
    /// What a value is multiplied with to be shown.
    pub fn shown_times(&self) -> f32 {
        if self.unit == "%" { 100.0 } else { 1.0 }
    }
}

const fn share(amount: Amount, name: &'static str, label: &'static str, tooltip: &'static str) -> AmountSpec {
    AmountSpec { amount, name, label, tooltip, least: 0.0, most: 1.0, default: 0.0, unit: "%" }
}

impl AmountSpec {
    const fn from(mut self, least: f32, most: f32, default: f32) -> Self {
        (self.least, self.most, self.default) = (least, most, default);
        self
    }

    const fn degrees(mut self) -> Self {
        self.unit = "°";
        self.from(-180.0, 180.0, 0.0)
    }
}

/// Every number of a finish.
pub const AMOUNTS: [AmountSpec; 18] = [
    share(Amount::OutlineWidth, "outline-width", "Width", "How wide the outline is.").from(0.002, 0.1, 0.026),
    share(Amount::SecondWidth, "second-width", "Second width", "How wide the line around the outline is.")
        .from(0.002, 0.1, 0.012),
    share(Amount::ShadowOpacity, "shadow-opacity", "Strength", "How dark the shadow is.").from(0.0, 1.0, 0.35),
    share(Amount::ShadowSoftness, "shadow-softness", "Softness", "How softly the shadow fades; 0 is a hard edge.")
        .from(0.0, 0.12, 0.03),
    share(Amount::ShadowAcross, "shadow-x", "Right", "How far the shadow lies to the right.").from(-0.1, 0.1, 0.0),
    share(Amount::ShadowDown, "shadow-y", "Down", "How far the shadow lies below.").from(-0.1, 0.1, 0.012),
    share(Amount::Puff, "puff", "Puffy", "Blows the sticker up, with light from the upper left."),
    share(Amount::Gloss, "gloss", "Glossy", "Lets light glance off the sticker."),
    share(
        Amount::Contrast,
        "contrast",
        "Contrast",
        "Draws darks and lights apart, so that the sticker reads when small.",
    ),
    share(Amount::Margin, "margin", "Margin", "Free space around the sticker; messengers advise 3.1 %.").from(
        0.0,
        0.2,
        super::SAFE_MARGIN,
    ),
    share(Amount::Scale, "scale", "Size", "How large the sticker is drawn.").from(0.1, 4.0, 1.0),
    share(Amount::Turn, "turn", "Turn", "Turns the sticker clockwise.").degrees(),
    share(Amount::Across, "x", "Right", "Moves the sticker to the right.").from(-0.5, 0.5, 0.0),
    share(Amount::Down, "y", "Down", "Moves the sticker down.").from(-0.5, 0.5, 0.0),
    share(Amount::Defringe, "defringe", "Clean edge", "Takes colours of the old background out of the edge."),
    share(Amount::CaptionSize, "caption-size", "Size", "How high a line of the caption is.").from(0.03, 0.4, 0.12),
    share(Amount::CaptionTurn, "caption-turn", "Turn", "Turns the caption clockwise.").degrees(),
    share(Amount::CaptionEdge, "caption-edge", "Edge", "How wide the line around the letters is.")
        .from(0.0, 0.04, 0.012),
];

/// Where a number stands in a recipe, borrowed as the last words say.
macro_rules! place {
    ($amount:expr, $finish:expr, $($borrow:tt)+) => {
        match $amount {
            Amount::OutlineWidth => $($borrow)+ $finish.outline.width,
            Amount::SecondWidth => $($borrow)+ $finish.second.width,
            Amount::ShadowOpacity => $($borrow)+ $finish.shadow.opacity,
            Amount::ShadowSoftness => $($borrow)+ $finish.shadow.softness,
            Amount::ShadowAcross => $($borrow)+ $finish.shadow.offset[0],
            Amount::ShadowDown => $($borrow)+ $finish.shadow.offset[1],
            Amount::Puff => $($borrow)+ $finish.relief.puff,
            Amount::Gloss => $($borrow)+ $finish.relief.gloss,
            Amount::Contrast => $($borrow)+ $finish.contrast,
            Amount::Margin => $($borrow)+ $finish.placement.margin,
            Amount::Scale => $($borrow)+ $finish.placement.scale,
            Amount::Turn => $($borrow)+ $finish.placement.turn,
            Amount::Across => $($borrow)+ $finish.placement.offset[0],
            Amount::Down => $($borrow)+ $finish.placement.offset[1],
            Amount::Defringe => $($borrow)+ $finish.cutout.defringe,
            Amount::CaptionSize => $($borrow)+ $finish.caption.size,
            Amount::CaptionTurn => $($borrow)+ $finish.caption.turn,
            Amount::CaptionEdge => $($borrow)+ $finish.caption.edge.width,
        }
    };
}

impl Amount {
    /// This number's row of the table.
    pub fn spec(self) -> &'static AmountSpec {
        // The table lists the variants in order; a test holds it to that.
        &AMOUNTS[self as usize]
    }

    /// What it is in a recipe.
    pub const fn get(self, finish: &Finish) -> f32 {
        *place!(self, finish, &)
    }

    /// Sets it in a recipe.
    pub const fn set(self, finish: &mut Finish, value: f32) {
        *place!(self, finish, &mut) = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_stands_at_its_own_place_and_the_default_recipe_has_the_default() {
        for (index, spec) in AMOUNTS.iter().enumerate() {
            assert_eq!(spec.amount as usize, index, "{}", spec.name);
            assert_eq!(spec.amount.get(&Finish::default()), spec.default, "{}", spec.name);
            assert!(spec.least <= spec.default && spec.default <= spec.most, "{}", spec.name);
            assert!(spec.tooltip.ends_with('.'), "{}", spec.name);
        }
    }

    #[test]
    fn a_number_is_set_where_it_is_read() {
        for spec in &AMOUNTS {
            let mut finish = Finish::default();
            spec.amount.set(&mut finish, spec.most);
            for other in &AMOUNTS {
                let expected = if other.amount == spec.amount { spec.most } else { other.default };
                assert_eq!(other.amount.get(&finish), expected, "{} after {}", other.name, spec.name);
            }
        }
    }
}
