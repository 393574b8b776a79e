//! This computer: folders, clock, durable writes, locks, free space, dialogs, clipboard, drags, trash, open.

pub mod clipboard;
#[expect(clippy::disallowed_methods, reason = "the one place that asks the computer")]
pub mod clock;
pub mod desktop;
pub mod dialogs;
pub mod disk;
pub mod drag;
mod file_error;
pub mod files;
pub mod folders;
mod hex;
pub mod lock;
mod memory;
mod new_folder;
pub mod notification;
mod offers;
pub mod random;
pub mod single_window;
mod trash;
#[cfg(target_os = "linux")]
mod x11;

pub use clock::Clock;
pub use desktop::{Session, open_in_default_application, reveal_in_file_manager, session};
pub use dialogs::{FileFilter, FileQuestion, Picked, SLOW_AFTER};
pub use disk::{Ballast, free_space, is_disk_full, why_not_writable};
pub use drag::{DragError, drag_files};
pub use file_error::FileError;
pub use files::{
    create_folder, create_private_folder, fitted, is_same_file, is_taken, read_file, save_atomically, set_aside,
    sync_folder_of, write_atomically, write_atomically_as_it_comes, write_new_atomically, write_private_atomically,
};
pub use folders::Folders;
pub use hex::{from_hex, hex};
pub use lock::{HeldLock, ProcessLock};
pub use memory::give_large_buffers_back;
pub use new_folder::{read_folder, write_new_folder};
pub use notification::notify;
pub use random::{random_hex_128, random_seed};
pub use single_window::{OnlyWindow, Shown, SingleWindowError, Start};
pub use trash::{TrashError, move_to_trash};
