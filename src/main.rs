//! Starts the process: arguments, then a command or the window.

use std::process::ExitCode;

use sticker_booth::app::{self, WindowOptions};
use sticker_booth::cli::{self, Request};
use sticker_booth::platform::give_large_buffers_back;

fn main() -> ExitCode {
    match cli::parse(std::env::args_os()) {
        Ok(Request::Command(command)) => cli::run(*command),
        Ok(Request::Window { data_dir, prefer_x11, photos }) => {
            give_large_buffers_back();
            app::open(WindowOptions { photos, ..WindowOptions::new(data_dir, prefer_x11) })
        }
        Err(exit) => exit,
    }
}
