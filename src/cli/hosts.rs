//! `hosts …`: where photos of this computer go for the hosted service, and what lies there.

use std::io::{BufRead as _, IsTerminal as _};
use std::path::Path;

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};

use super::arguments::Global;
use super::console::{complain, is_whole, print, print_json};
use super::exit::Exit;
use super::host_words::{HostsAsked, NewHost, new_host};
use super::key::state_word;
use crate::hosting::{HostingError, Upload};
use crate::jobs::JobsError;
use crate::keys::{HOST_ENVIRONMENT_VARIABLE, KeyError};
use crate::model::PhotoHost;
use crate::model::photo_host::NO_HOST;
use crate::platform::read_file;
use crate::studio::{KeepSecret, Purpose, Studio, StudioError, sentence};

pub(super) fn run(global: &Global, asked: &HostsAsked) -> Result<Exit, StudioError> {
    let studio = Studio::open(global.data_dir.as_deref(), Purpose::Look, super::nobody())?;
    let outcome = match asked {
        HostsAsked::List { json } => list(&studio, *json),
        HostsAsked::Set { name, kind, settings } => set(&studio, name, kind, settings),
        HostsAsked::Use { name } => use_host(&studio, name),
        HostsAsked::Test { name } => test(&studio, name),
        HostsAsked::Delete { name } => {
            studio.remove_photo_host(name).map(|()| print(format_args!("{name} and its secret are deleted.")))
        }
        HostsAsked::Uploads { delete: Some(id), .. } => delete_upload(&studio, id),
        HostsAsked::Uploads { delete: None, json } => uploads(&studio, *json),
    };
    studio.close();
    match outcome {
        Ok(()) => Ok(Exit::Done),
        Err(error) => {
            complain(format_args!("{}.", sentence(&error).trim_end_matches('.')));
            Ok(exit_of(&error))
        }
    }
}

/// The code of an error about hosts: what was written wrongly, or what did not work.
pub(super) fn exit_of(error: &StudioError) -> Exit {
    match error {
        StudioError::PhotoHost(_)
        | StudioError::Sharex(_)
        | StudioError::PhotosLeft { .. }
        | StudioError::Jobs(JobsError::Hosting(
            HostingError::NotSetUp
            | HostingError::Unknown { .. }
            | HostingError::ConsentNeeded { .. }
            | HostingError::NoSecret { .. }
            | HostingError::Private { .. }
            | HostingError::Setup { .. }
            | HostingError::NoUpload { .. },
        )) => Exit::Usage,
        _ => Exit::Unexpected,
    }
}

fn list(studio: &Studio, json: bool) -> Result<(), StudioError> {
    let chosen = studio.chosen_photo_host()?;
    for host in studio.photo_hosts()? {
        let is_chosen = chosen.as_deref() == Some(host.name.as_str());
        let secret = studio.photo_host_secret(&host).map_or("none", |state| state_word(&state));
        if json {
            print_json(&json!({
                "name": host.name,
                "kind": host.kind.word(),
                "place": host.disclosure().place,
                "chosen": is_chosen,
                "agreed": host.has_consent(),
                "secret": secret,
            }));
        } else {
            let mark = if is_chosen { "*" } else { " " };
            let agreed = if host.has_consent() { "agreed" } else { "not agreed yet" };
            print(format_args!("{mark} {}  {}  {agreed}", host.name, host.disclosure().place));
        }
    }
    Ok(())
}

fn set(studio: &Studio, name: &str, kind: &str, settings: &[String]) -> Result<(), StudioError> {
    let (host, secret) = match new_host(kind, settings)? {
        NewHost::Kind(kind) => {
            let host = PhotoHost::new(name, kind)?;
            let secret = host.kind.secret().map(read_secret);
            (host, secret.filter(|secret| !secret.expose_secret().is_empty()))
        }
        NewHost::Sharex(path) => {
            let (host, secret) = Studio::sharex_host(&read_uploader(&path)?, Some(name))?;
            (host, Some(secret))
        }
    };
    let lacks_secret = host.kind.secret().filter(|_| secret.is_none());
    match studio.set_photo_host(host.clone(), secret.clone().map(|secret| (secret, KeepSecret::InKeychain))) {
        Err(StudioError::Keys(KeyError::NoKeychain { reason })) => {
            studio.set_photo_host(host.clone(), secret.map(|secret| (secret, KeepSecret::ForSession)))?;
            complain(format_args!(
                "There is no keychain here ({reason}), so the secret is not kept. Set {HOST_ENVIRONMENT_VARIABLE} for each command."
            ));
        }
        other => other?,
    }
    if let Some(what) = lacks_secret {
        complain(format_args!(
            "No {what} was given. Set {HOST_ENVIRONMENT_VARIABLE}, or set {name} up again on a terminal."
        ));
    }
    print(format_args!("{name} is set up. Try it with hosts test {name}, then hosts use {name}."));
    Ok(())
}

fn read_uploader(path: &Path) -> Result<Vec<u8>, StudioError> {
    Ok(read_file(path)?)
}

/// From the environment, from the terminal without echo, or the first line of standard input.
fn read_secret(what: &str) -> SecretString {
    let line = match std::env::var(HOST_ENVIRONMENT_VARIABLE) {
        Ok(secret) => secret,
        Err(_not_set) if std::io::stdin().is_terminal() => {
            rpassword::prompt_password(format!("The {what} (not shown): ")).unwrap_or_default()
        }
        Err(_not_set) => {
            let mut line = String::new();
            // Nothing to read is no secret, which is said.
            drop(std::io::stdin().lock().read_line(&mut line));
            line
        }
    };
    SecretString::from(line.trim().to_owned())
}

fn use_host(studio: &Studio, name: &str) -> Result<(), StudioError> {
    if name == NO_HOST {
        if let Some(chosen) = studio.chosen_photo_host()? {
            studio.choose_photo_host(None)?;
            studio.withdraw_consent(&chosen)?;
        }
        print("No host is used for photos any more.");
        return Ok(());
    }
    let host = studio.photo_host(name)?;
    // The sentence comes first: it is what using the host agrees to.
    print(host.disclosure());
    if !is_whole() {
        return Ok(());
    }
    studio.agree_to_photo_host(name)?;
    studio.choose_photo_host(Some(name))?;
    print(format_args!("By this command you agreed, and photos go by {name} from now on. To end it: hosts use none."));
    Ok(())
}

fn test(studio: &Studio, name: &str) -> Result<(), StudioError> {
    let upload = studio.test_photo_host(name)?;
    let remade = if upload.reencoded { " It makes other bytes of pictures, of the same size." } else { "" };
    let end = match upload.deleted_at {
        Some(_) => "sent, fetched and deleted",
        None => "sent and fetched; the host deletes it when its time is over",
    };
    print(format_args!("{name} works: a drawn picture was {end}.{remade}"));
    Ok(())
}

fn uploads(studio: &Studio, json: bool) -> Result<(), StudioError> {
    for upload in studio.uploads()? {
        if json { print_json(&as_json(studio, &upload)) } else { print(as_line(studio, &upload)) }
    }
    Ok(())
}

fn as_json(studio: &Studio, upload: &Upload) -> Value {
    json!({
        "id": upload.id,
        "status": upload.standing(studio.now()).word(),
        "host": upload.host,
        "kind": upload.kind.word(),
        "url": upload.url,
        "photo_sha256": upload.photo_sha256,
        "begun_at": upload.begun_at,
        "sent_at": upload.sent_at,
        "expires_at": upload.expires_at,
        "deleted_at": upload.deleted_at,
        "reencoded": upload.reencoded,
        "deletion_page": upload.deletion_page(),
        "problem": upload.problem,
    })
}

fn as_line(studio: &Studio, upload: &Upload) -> String {
    let short: String = upload.id.chars().take(8).collect();
    let rest = upload.problem.as_deref().or(upload.url.as_deref()).unwrap_or_default();
    let standing = upload.standing(studio.now()).word();
    format!("{short}  {:.0}  {}  {standing}  {rest}", upload.begun_at, upload.host)
}

fn delete_upload(studio: &Studio, id: &str) -> Result<(), StudioError> {
    let uploads = studio.uploads()?;
    let found: Vec<&Upload> = uploads.iter().filter(|upload| upload.id.starts_with(id)).collect();
    let [upload] = found.as_slice() else {
        return Err(JobsError::from(HostingError::NoUpload { id: id.to_owned() }).into());
    };
    let deleted = studio.delete_upload(&upload.id)?;
    print(format_args!("The photo is gone from {}: its link leads to nothing any more.", deleted.host));
    Ok(())
}
