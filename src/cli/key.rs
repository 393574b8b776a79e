//! `key set|delete|status`: the key of the hosted service, in the keychain and nowhere else.

use std::io::{BufRead as _, IsTerminal as _};
use std::sync::Arc;

use secrecy::SecretString;
use serde_json::json;

use super::arguments::{Global, KeyAsked};
use super::console::{complain, print, print_json};
use super::exit::Exit;
use crate::keys::{Account, ENVIRONMENT_VARIABLE, KeyError, KeyState, Keys, KeysOptions};
use crate::model::engine::{PIXAZO_BASE, PIXAZO_KEYS_URL};
use crate::studio::{StudioError, hosted_account, sentence};

/// For the address that the settings name, as `make` and the window send to it.
pub(super) fn run(global: &Global, asked: &KeyAsked) -> Result<Exit, StudioError> {
    let account = match hosted_account(global.data_dir.as_deref()) {
        Ok(account) => account,
        Err(error @ StudioError::BaseUrl(_)) => {
            complain(format_args!("The address of the service in the settings is none. {}.", sentence(&error)));
            return Ok(Exit::Usage);
        }
        Err(error) => return Err(error),
    };
    let keys = Keys::start(KeysOptions::of_this_computer(Arc::new(|| {})))?;
    match asked {
        KeyAsked::Set => set(&keys, &account)?,
        KeyAsked::Delete => {
            keys.delete(&account)?;
            print(format_args!("The key for {} is deleted from your keychain.", account.user()));
        }
        KeyAsked::Status { json } => status(&keys.status(&account), &account, *json),
    }
    Ok(Exit::Done)
}

fn set(keys: &Keys, account: &Account) -> Result<(), KeyError> {
    let secret = read_secret(account).map_err(|error| KeyError::Failed { reason: error.to_string() })?;
    keys.set(account, &secret)?;
    print(format_args!("The key for {} is in your keychain.", account.user()));
    Ok(())
}

/// From the terminal without echo, or the first line of standard input.
fn read_secret(account: &Account) -> std::io::Result<SecretString> {
    let line = if std::io::stdin().is_terminal() {
        let is_vendor = Account::engine_at_url(PIXAZO_BASE).as_ref() == Some(account);
        let from = if is_vendor { format!("from {PIXAZO_KEYS_URL}") } else { format!("for {account}") };
        rpassword::prompt_password(format!("Key {from} (not shown): "))?
    } else {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line)?;
        line
    };
    Ok(SecretString::from(line.trim().to_owned()))
}

fn status(state: &KeyState, account: &Account, json: bool) {
    let word = state_word(state);
    if json {
        print_json(&json!({ "account": account.user(), "state": word }));
        return;
    }
    print(format_args!("{account}: {}", state_sentence(state)));
}

/// The state as one word for scripts.
pub(super) const fn state_word(state: &KeyState) -> &'static str {
    match state {
        KeyState::InKeychain => "keychain",
        KeyState::SessionOnly => "session",
        KeyState::FromEnvironment => "environment",
        KeyState::Missing => "missing",
        KeyState::Locked => "locked",
        KeyState::Waiting => "waiting",
        KeyState::NoKeychain { .. } => "no_keychain",
    }
}

/// The state as a sentence for people.
pub(super) fn state_sentence(state: &KeyState) -> String {
    match state {
        KeyState::InKeychain => "The key is in your keychain.".to_owned(),
        KeyState::SessionOnly => "The key is kept for this session only.".to_owned(),
        KeyState::FromEnvironment => format!("The key comes from {ENVIRONMENT_VARIABLE}."),
        KeyState::Missing => "There is no key. The hosted service needs one; this computer does not.".to_owned(),
        KeyState::Locked => "Your keychain is locked, so whether it holds a key is not known.".to_owned(),
        KeyState::Waiting => "Your keychain was asked and has not answered yet.".to_owned(),
        KeyState::NoKeychain { reason } => {
            format!("There is no keychain here ({reason}). Set {ENVIRONMENT_VARIABLE} to use the hosted service.")
        }
    }
}
