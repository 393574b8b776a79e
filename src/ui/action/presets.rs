//! What a person can ask of presets.

/// Something about presets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PresetAction {
    /// Set the form to the preset of this name.
    Use(String),
    /// Keep the form under this name, in place of an own preset of that name.
    Save(String),
    /// Give a preset another name.
    Rename {
        /// The name it has.
        from: String,
        /// The name it gets, which no other has.
        to: String,
    },
    /// Delete the preset of this name; a toast brings it back.
    Delete(String),
    /// Ask for a file with presets of others.
    Import,
    /// Ask where to save all own presets for others.
    Export,
}
