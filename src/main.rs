//! Starts the process: arguments, then a command or the window.

use std::process::ExitCode;

use sticker_booth::app::{self, WindowOptions};
use sticker_booth::cli::{self, Request};

/// Gives memory back that a burst of work took; the allocators of the systems keep it, one share a thread.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match cli::parse(std::env::args_os()) {
        Ok(Request::Command(command)) => cli::run(*command),
        Ok(Request::Window { data_dir, prefer_x11, photos }) => {
            app::open(WindowOptions { photos, ..WindowOptions::new(data_dir, prefer_x11) })
        }
        Err(exit) => exit,
    }
}
