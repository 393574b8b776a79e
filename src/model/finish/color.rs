//! A colour as people write it.

use serde::{Deserialize, Serialize};

/// An opaque colour, sRGB; written as `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Color(pub [u8; 3]);

impl Color {
    /// Black.
    pub const BLACK: Self = Self([0; 3]);
    /// White.
    pub const WHITE: Self = Self([255; 3]);
    /// The black of drawn lines.
    pub const INK: Self = Self([0x16, 0x17, 0x19]);

    /// `#rrggbb`, with or without its sign.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().trim_start_matches('#');
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let value = u32::from_str_radix(digits, 16).ok()?;
        Some(Self([(value >> 16) as u8, (value >> 8) as u8, value as u8]))
    }
}

impl std::fmt::Display for Color {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self([red, green, blue]) = self;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl From<Color> for String {
    fn from(color: Color) -> Self {
        color.to_string()
    }
}

impl TryFrom<String> for Color {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("{text} is no colour such as #ff8800"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_read_as_it_is_written() {
        for color in [Color::BLACK, Color::WHITE, Color([1, 22, 203])] {
            assert_eq!(Color::parse(&color.to_string()), Some(color));
        }
        assert_eq!(Color::parse("FF8800"), Some(Color([255, 136, 0])));
        for wrong in ["", "#12345", "#12345g", "#+12345", "red"] {
            assert_eq!(Color::parse(wrong), None, "{wrong}");
        }
    }
}
