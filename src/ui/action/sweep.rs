//! What can be asked of a sweep.

use super::StickerId;
use model::sweep::Axis;

/// One of the two axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From left to right.
    Across,
    /// From top to bottom.
    Down,
}

/// What is asked of the sweep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SweepAction {
    /// Call it so.
    Name(String),
    /// Vary this along an axis; nothing is for the way down alone.
    Axis(Direction, Option<Axis>),
    /// Vary it over these values.
    Values(Direction, String),
    /// Let the axes change places.
    Swap,
    /// Make the cells that are not there.
    Run,
    /// Stop the cells that are not there yet.
    Stop,
    /// Ask where to save the grid as one labelled picture.
    SaveGrid,
    /// Ask for a folder to save each sticker in by itself.
    SaveImages,
    /// Choose the cell at this place.
    Select(usize),
    /// Leave the sweep and show this sticker in the viewer.
    ShowInViewer(StickerId),
    /// Keep the plan under its name.
    Keep,
    /// Use the plan that is kept under this name.
    Open(String),
    /// No longer keep the plan of this name.
    Forget,
}
