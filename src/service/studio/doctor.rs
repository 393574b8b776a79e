//! The check of everything a sticker needs.

use std::path::Path;

use super::{Purpose, SAMPLE, Studio, StudioError, sentence};
use crate::engine::{BuiltIn, Control, StickerEngine as _};
use crate::keys::{Account, KeyState};
use crate::library::{Comparison, Library};
use crate::model::engine::PIXAZO_BASE;
use crate::model::{EngineId, Recipe};
use crate::platform::{Clock, Session, free_space, session, why_not_writable};

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// As it should be.
    Good,
    /// Works, with something to know.
    Note,
    /// Does not work.
    Broken,
}

impl Health {
    /// The word on screen and in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Note => "note",
            Self::Broken => "broken",
        }
    }
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at.
    pub what: &'static str,
    /// How it is.
    pub health: Health,
    /// A sentence about it.
    pub detail: String,
}

/// Free space that a paid job asks for, in bytes.
const SPACE_TO_WANT: u64 = 64 * 1024 * 1024;

/// Looks at everything; nothing is sent anywhere and nothing is kept.
pub fn doctor(data_dir: Option<&Path>) -> Vec<Finding> {
    let mut findings = vec![engine()];
    // Before anything is opened: on a full disk that may not work.
    if let Ok(folders) = super::folders(data_dir) {
        findings.push(space("Data folder", folders.data()));
        findings.push(space("Library", folders.library()));
    }
    findings.push(space("Temporary files", &std::env::temp_dir()));
    match Studio::open(data_dir, Purpose::Look, std::sync::Arc::new(|| {})) {
        Ok(studio) => {
            findings.push(stickers(studio.library()));
            findings.push(journal(&studio));
            findings.push(key(&studio));
            studio.close();
        }
        Err(error) => {
            findings.push(Finding { what: "Start", health: Health::Broken, detail: format!("{}.", sentence(&error)) });
        }
    }
    findings.push(display());
    findings
}

/// Draws the sample small.
fn engine() -> Finding {
    let clock = Clock::real();
    let started = clock.monotonic();
    let what = "Built-in engine";
    let recipe = Recipe { width: 512, height: 512, ..Recipe::default() }.with_seed(1);
    let drawn: Result<(), StudioError> = (|| {
        let photo = crate::picture::decode_photo(SAMPLE).map_err(crate::photo::PhotoError::from)?;
        BuiltIn::load()?.make(&photo.image, &recipe, &Control::new())?;
        Ok(())
    })();
    match drawn {
        Ok(()) => {
            let took = clock.monotonic().saturating_sub(started).as_secs_f32();
            Finding { what, health: Health::Good, detail: format!("Drew the sample portrait in {took:.2} s.") }
        }
        Err(error) => Finding { what, health: Health::Broken, detail: format!("{}.", sentence(&error)) },
    }
}

fn space(what: &'static str, folder: &Path) -> Finding {
    if let Some(error) = why_not_writable(folder) {
        return Finding { what, health: Health::Broken, detail: format!("{}.", sentence(&error)) };
    }
    match free_space(folder) {
        Some(bytes) if bytes < SPACE_TO_WANT => Finding {
            what,
            health: Health::Broken,
            detail: format!("Only {} MB free in {}.", bytes / 1_000_000, folder.display()),
        },
        Some(bytes) => Finding {
            what,
            health: Health::Good,
            detail: format!("{}, {} GB free.", folder.display(), bytes / 1_000_000_000),
        },
        None => Finding { what, health: Health::Note, detail: format!("{}, free space not known.", folder.display()) },
    }
}

/// Does the index have what the folder has?
fn stickers(library: &Library) -> Finding {
    let what = "Stickers";
    let Comparison { indexed, present, missing, unindexed } = match library.compare() {
        Ok(comparison) => comparison,
        Err(error) => return Finding { what, health: Health::Broken, detail: format!("{}.", sentence(&error)) },
    };
    let numbers = format!("{indexed} in the index, {present} in the folder");
    let unindexed = (!unindexed.is_empty())
        .then(|| format!("{} not in the index: sticker-booth library rebuild takes in what is there", unindexed.len()));
    let missing = (!missing.is_empty())
        .then(|| format!("{} gone from the folder: sticker-booth library verify names the files", missing.len()));
    let amiss: Vec<String> = [unindexed, missing].into_iter().flatten().collect();
    let health = if amiss.is_empty() { Health::Good } else { Health::Note };
    Finding { what, health, detail: format!("{}.", [vec![numbers], amiss].concat().join("; ")) }
}

fn journal(studio: &Studio) -> Finding {
    let rows = studio.jobs().list();
    let open = rows.iter().filter(|row| !row.status.is_final()).count();
    Finding { what: "Journal", health: Health::Good, detail: format!("{} jobs, {open} of them open.", rows.len()) }
}

fn key(studio: &Studio) -> Finding {
    let what = "Key";
    let account = match Studio::engine_in(studio.settings(), EngineId::Pixazo, None)
        .and_then(|engine| Studio::account_of(&engine))
    {
        Ok(account) => account,
        Err(error) => {
            let detail = format!("The address of the service in the settings is none. {}.", sentence(&error));
            return Finding { what, health: Health::Broken, detail };
        }
    };
    let finding = |health, detail: &str| Finding { what, health, detail: format!("{account}: {detail}") };
    let note = |detail: &str| finding(Health::Note, detail);
    match studio.keys().status(&account) {
        KeyState::InKeychain => finding(Health::Good, "In your keychain."),
        KeyState::FromEnvironment => finding(Health::Good, "From PIXAZO_API_KEY."),
        KeyState::SessionOnly => note("For this session only."),
        KeyState::Missing => note(&missing(studio, &account)),
        KeyState::Locked => note("Your keychain is locked."),
        KeyState::Waiting => note("Your keychain does not answer."),
        KeyState::NoKeychain { reason } => {
            note(&format!("No keychain here ({reason}); PIXAZO_API_KEY works without one."))
        }
    }
}

/// A key that was kept before the address was changed is another account's.
fn missing(studio: &Studio, account: &Account) -> String {
    let vendor = Account::engine_at_url(PIXAZO_BASE).filter(|vendor| vendor != account);
    match vendor.filter(|vendor| studio.keys().status(vendor) == KeyState::InKeychain) {
        Some(vendor) => {
            format!("None stored; the key in your keychain is for {vendor}. sticker-booth key set keeps one.")
        }
        None => "None stored; only the hosted service needs one.".to_owned(),
    }
}

fn display() -> Finding {
    let what = "Display";
    let good = |detail: &str| Finding { what, health: Health::Good, detail: detail.to_owned() };
    match session(false) {
        Session::Native => good("There is one."),
        Session::X11 => good("X11."),
        Session::Wayland => Finding {
            what,
            health: Health::Note,
            detail: "Wayland, where photos cannot be dropped on the window: paste or choose them.".to_owned(),
        },
        Session::None => Finding {
            what,
            health: Health::Note,
            detail: "None, so the window cannot open; the commands work.".to_owned(),
        },
    }
}
