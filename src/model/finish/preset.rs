//! Looks that a person chooses by a click; each is a recipe like any other.

use super::{Color, Finish, Relief, Ring, Shadow};

/// A look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Preset {
    /// As it came.
    Plain,
    /// A white border with a soft shadow, as cut from a sheet.
    DieCut,
    /// A black line in a white border.
    Comic,
    /// Blown up like foam.
    Puffy,
    /// Under a coat of clear plastic.
    Glossy,
    /// A line of light.
    Neon,
    /// Two lines in colours of sweets.
    Candy,
    /// A hard shadow to the lower right.
    PopUp,
}

/// Every look, in the order of the panel.
pub const PRESETS: &[Preset] = &[
    Preset::Plain,
    Preset::DieCut,
    Preset::Comic,
    Preset::Puffy,
    Preset::Glossy,
    Preset::Neon,
    Preset::Candy,
    Preset::PopUp,
];

const fn ring(width: f32, rgb: [u8; 3]) -> Ring {
    Ring { on: true, width, color: Color(rgb) }
}

impl Preset {
    /// Its name on screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Plain => "Plain",
            Self::DieCut => "Die cut",
            Self::Comic => "Comic",
            Self::Puffy => "Puffy",
            Self::Glossy => "Glossy",
            Self::Neon => "Neon",
            Self::Candy => "Candy",
            Self::PopUp => "Pop-up",
        }
    }

    /// Its name on the terminal.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::DieCut => "die-cut",
            Self::Comic => "comic",
            Self::Puffy => "puffy",
            Self::Glossy => "glossy",
            Self::Neon => "neon",
            Self::Candy => "candy",
            Self::PopUp => "pop-up",
        }
    }

    /// The look of this name.
    pub fn named(name: &str) -> Option<Self> {
        PRESETS.iter().copied().find(|preset| preset.name() == name)
    }

    /// Its recipe.
    pub fn finish(self) -> Finish {
        let plain = Finish::default();
        let soft = |opacity: f32| Shadow { on: true, opacity, ..Shadow::default() };
        let mut finish = match self {
            Self::Plain => plain,
            Self::DieCut => Finish { outline: ring(0.028, [255; 3]), shadow: soft(0.35), ..plain },
            Self::Comic => {
                Finish { outline: ring(0.011, Color::INK.0), second: ring(0.026, [255; 3]), shadow: soft(0.3), ..plain }
            }
            Self::Puffy => {
                let relief = Relief { puff: 0.75, gloss: 0.15 };
                let shadow = Shadow { softness: 0.045, offset: [0.006, 0.018], ..soft(0.4) };
                Finish { outline: ring(0.034, [255; 3]), relief, shadow, ..plain }
            }
            Self::Glossy => {
                let relief = Relief { puff: 0.25, gloss: 0.8 };
                Finish { outline: ring(0.026, [255; 3]), relief, shadow: soft(0.32), ..plain }
            }
            Self::Neon => {
                let glow = Color([0xff, 0x2b, 0xd6]);
                let shadow = Shadow { on: true, color: glow, opacity: 0.85, softness: 0.07, offset: [0.0; 2] };
                Finish {
                    outline: ring(0.010, [0x12, 0x0b, 0x24]),
                    second: ring(0.010, [0xff, 0x8a, 0xee]),
                    shadow,
                    ..plain
                }
            }
            Self::Candy => {
                let second = ring(0.020, [0xff, 0x9e, 0xc4]);
                Finish { outline: ring(0.020, [255; 3]), second, shadow: soft(0.25), ..plain }
            }
            Self::PopUp => {
                let color = Color([0x1f, 0x6f, 0xff]);
                let shadow = Shadow { on: true, color, opacity: 1.0, softness: 0.0, offset: [0.022, 0.022] };
                Finish { outline: ring(0.022, [255; 3]), second: ring(0.006, Color::INK.0), shadow, ..plain }
            }
        };
        // What replaces the border of a sticker is not drawn around it a second time.
        finish.cutout.strip_border = self != Self::Plain;
        finish
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_look_has_names_of_its_own_and_lies_within_the_ranges() {
        for (index, preset) in PRESETS.iter().enumerate() {
            assert_eq!(Preset::named(preset.name()), Some(*preset));
            assert_eq!(preset.finish().fitted(), preset.finish(), "{}", preset.name());
            assert!(PRESETS[index + 1..].iter().all(|other| other.label() != preset.label()));
        }
        assert!(Preset::Plain.finish().is_plain());
    }
}
