//! A person's own palette, from a file into the words of a prompt.

use std::path::Path;

pub use crate::engine::palette_in;

use super::StudioError;
use crate::engine::{MOST_COLOURS, with_palette};
use crate::model::Recipe;
use crate::picture::{LARGEST_PALETTE, PaletteError, read_palette};
use crate::platform::{FileError, read_file};

/// File endings of palettes.
pub const PALETTE_ENDINGS: &[&str] = &["gpl", "ase"];

/// Is this the name of a palette?
pub fn is_palette(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    PALETTE_ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

/// The colours of a palette file in sRGB, no more than the engine draws with.
pub fn palette_of_file(path: &Path) -> Result<Vec<[u8; 3]>, StudioError> {
    let size = path.metadata().map_err(|error| FileError::new(path, error))?.len();
    if size > LARGEST_PALETTE as u64 {
        return Err(PaletteError::TooLarge.into());
    }
    Ok(read_palette(&read_file(path)?, MOST_COLOURS)?)
}

/// The recipe with this palette; without colours it draws in its style's own.
pub fn with_colours(recipe: &Recipe, colours: &[[u8; 3]]) -> Recipe {
    Recipe { prompt: with_palette(&recipe.prompt, colours), ..recipe.clone() }
}
