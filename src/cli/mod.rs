//! The same from a terminal.

mod arguments;
mod console;
mod exit;

pub use arguments::Global;
pub use exit::Exit;
