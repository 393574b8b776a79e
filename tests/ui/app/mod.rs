//! The whole window without a screen: real files, the embedded gateway over HTTP, fake dialogs, secrets in memory.

mod desk;
mod held_engine;
mod person;

mod asking;
mod bad_photos;
mod brought;
mod choosing;
mod closing;
mod coming_back;
mod draft;
mod export;
mod expressions;
mod faces;
mod finishing;
mod first_sticker;
mod hosting;
mod idle;
mod keys;
mod library;
mod looks;
mod numbers;
mod palette;
mod paste;
mod presets;
mod real_photos;
mod recipe;
mod renaming;
mod restart;
mod settings;
mod several;
mod several_again;
mod sweep;
mod tasks;
mod undo;
mod waiting;
mod ways_on;

#[path = "../../support/fake_engine.rs"]
#[expect(dead_code, reason = "the tests of jobs need the rest of it")]
mod fake_engine;
#[path = "../../support/files.rs"]
mod files;

use fake_engine::FakeEngine;
use held_engine::HeldEngine;
