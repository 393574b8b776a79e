//! `export …`.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::{Value, json};

use super::arguments::Global;
use super::console::{complain, print, print_json};
use super::exit::Exit;
use super::export_words::{ExportAsked, Write};
use super::names;
use crate::export::chat::{LEAST_CONTRAST, sheet};
use crate::export::rules::rules_of;
use crate::export::{Light, Loss, Options, Pack, Target, Weight};
use crate::library::metadata::Disclosed;
use crate::library::{Library, LibraryError};
use crate::picture::encode_png;
use crate::platform::{Clock, FileError, write_new_atomically};
use crate::studio::exports::{Exported, PackDesk, PackList, StickerSource, check_export, export_to};
use crate::studio::{self, StudioError, sentence};

pub(super) fn run(global: &Global, asked: ExportAsked) -> Result<Exit, StudioError> {
    match asked {
        ExportAsked::Write(asked) => Ok(write(global, &asked)),
        ExportAsked::Check { folders, target, json } => Ok(check(&folders, target, json)),
        ExportAsked::Look { stickers, output, json } => look(global, stickers, output.as_deref(), json),
        ExportAsked::Targets { json } => {
            targets(json);
            Ok(Exit::Done)
        }
    }
}

/// The library, opened when a sticker comes from there.
fn library<'a>(global: &Global, opened: &'a OnceLock<Library>) -> Result<&'a Library, StudioError> {
    studio::once(opened, || studio::library(&studio::folders(global.data_dir.as_deref())?))
}

/// Writes the stickers for each target in turn; one that refuses them does not keep the others from theirs.
fn write(global: &Global, asked: &Write) -> Exit {
    let opened = OnceLock::new();
    let library = || library(global, &opened);
    let pack = match list(asked).and_then(|list| PackDesk::default().pack(&list, &library, asked.disclosed, &|| true)) {
        Ok(pack) => pack,
        Err(error) => return unread(&error, asked.json, &json!({})),
    };
    let version = Clock::real().now().as_second().unsigned_abs();
    let options = Options { version, ..asked.options };
    let exits: Vec<Exit> = asked.targets.iter().map(|target| write_for(*target, &pack, options, asked)).collect();
    Exit::of_all(exits)
}

/// The stickers with what the command says about them.
fn list(asked: &Write) -> Result<PackList, StudioError> {
    let mut list = match &asked.pack {
        Some(path) => PackList::read(path)?,
        None => PackList::of(asked.stickers.iter().cloned()),
    };
    for (index, sticker) in list.stickers.iter_mut().enumerate() {
        let for_all = asked.emoji.first().filter(|_| asked.emoji.len() == 1);
        if let Some(emoji) = asked.emoji.get(index).or(for_all) {
            sticker.words.emoji.clone_from(emoji);
        }
        if let Some(name) = asked.names.get(index) {
            sticker.words.name.clone_from(name);
        }
        if let Some(alt) = asked.alt.get(index) {
            sticker.words.alt.clone_from(alt);
        }
    }
    if let Some(title) = &asked.title {
        list.title.clone_from(title);
    }
    if let Some(author) = &asked.author {
        list.author.clone_from(author);
    }
    if let Some(cover) = asked.cover {
        list.cover = cover - 1;
    }
    Ok(list)
}

fn write_for(target: Target, pack: &Pack, options: Options, asked: &Write) -> Exit {
    match export_to(&asked.output, pack, target, options, &|| true) {
        Ok(exported) => {
            report(target, &exported, asked.json);
            if exported.is_sound() { Exit::Done } else { Exit::Unexpected }
        }
        Err(error) => {
            let said = sentence(&error);
            if asked.json {
                let lights: Vec<Value> = error.broken_rules().iter().map(light_json).collect();
                print_json(&json!({ "target": target.id(), "ok": false, "error": said, "lights": lights }));
            }
            complain(format_args!("{said}."));
            match error {
                StudioError::Export(_) => Exit::Usage,
                _ => Exit::Unexpected,
            }
        }
    }
}

fn report(target: Target, exported: &Exported, json: bool) {
    let Exported { folder, files, losses, lights } = exported;
    if json {
        let files: Vec<Value> = files.iter().map(|(path, bytes)| json!({ "path": path, "bytes": bytes })).collect();
        let losses: Vec<Value> = losses.iter().map(|(path, loss)| loss_json(path, *loss)).collect();
        print_json(&json!({
            "target": target.id(),
            "ok": exported.is_sound(),
            "folder": folder.to_string_lossy(),
            "files": files,
            "losses": losses,
            "lights": lights.iter().map(light_json).collect::<Vec<_>>(),
        }));
    } else {
        print(format_args!("{target}: {}", folder.display()));
    }
    for light in lights.iter().filter(|light| !light.ok) {
        complain(format_args!("{target}: {}{light}.", if light.refuses() { "" } else { "advice: " }));
    }
}

/// Shows stickers at the sizes of chats; one that does not read is no failure.
fn look(global: &Global, stickers: Vec<StickerSource>, output: Option<&Path>, json: bool) -> Result<Exit, StudioError> {
    if let Some(Err(error)) = output.map(|path| names::Target::of(Some(path), 1, |_| false)) {
        complain(format_args!("{}.", sentence(&error)));
        return Ok(Exit::Usage);
    }
    let list = PackList::of(stickers);
    let (opened, mut desk) = (OnceLock::new(), PackDesk::default());
    let nothing = Disclosed { settings: false, label: false };
    let pack = match desk.pack(&list, &|| library(global, &opened), nothing, &|| true) {
        Ok(pack) => pack,
        Err(error) => return Ok(unread(&error, json, &json!({}))),
    };
    let looks = desk.chat_looks(&pack, &|| true)?;
    for (number, looks) in looks.iter().enumerate() {
        for look in looks {
            let (name, size, contrast) = (look.wallpaper.name, look.size, look.contrast);
            if json {
                print_json(&json!({
                    "sticker": number + 1,
                    "size": size,
                    "wallpaper": name,
                    "contrast": contrast,
                    "wanted_contrast": LEAST_CONTRAST,
                    "face": look.face,
                    "reads": look.reads(),
                }));
            } else if !look.reads() {
                let face = if look.face { "" } else { ", and no face is found" };
                print(format_args!(
                    "sticker {}, {size} px on {name}: contrast {contrast:.1} of {LEAST_CONTRAST:.1}{face}",
                    number + 1
                ));
            }
        }
    }
    if let Some(path) = output {
        let png = encode_png(&sheet(&looks), &[])
            .map_err(|error| StudioError::StickerPicture { path: path.to_path_buf(), error })?;
        if let Err(error) = write_new_atomically(path, &png) {
            let is_taken = matches!(error, FileError::Exists { .. });
            complain(format_args!("{}.", sentence(&error)));
            return Ok(if is_taken { Exit::Usage } else { Exit::Unexpected });
        }
    }
    Ok(Exit::Done)
}

/// Measures folders; anything that the target would refuse is no success.
fn check(folders: &[PathBuf], target: Target, json: bool) -> Exit {
    let mut exits = Vec::new();
    for folder in folders {
        let lights = match check_export(folder, target) {
            Ok(lights) => lights,
            Err(error) => {
                exits.push(unread(&error, json, &json!({ "target": target.id(), "folder": folder.to_string_lossy() })));
                continue;
            }
        };
        let is_sound = !lights.iter().any(Light::refuses);
        if json {
            let lights: Vec<Value> = lights.iter().map(light_json).collect();
            let folder = folder.to_string_lossy();
            print_json(&json!({ "target": target.id(), "ok": is_sound, "folder": folder, "lights": lights }));
        } else {
            for light in &lights {
                let word = match (light.ok, light.rule.weight) {
                    (true, _) => "ok     ",
                    (false, Weight::Advice) => "advice ",
                    (false, Weight::Must) => "refused",
                };
                print(format_args!("{word} {light}"));
            }
        }
        exits.push(if is_sound { Exit::Done } else { Exit::Unexpected });
    }
    Exit::of_all(exits)
}

/// Every rule of every target with who says so.
fn targets(json: bool) {
    for target in Target::ALL {
        if json {
            let rules: Vec<Value> = rules_of(target)
                .map(|rule| {
                    json!({
                        "rule": rule.about.label(),
                        "wanted": rule.allowed.to_string(),
                        "advice": rule.weight == Weight::Advice,
                        "source": rule.source.name,
                        "read": rule.source.read,
                    })
                })
                .collect();
            print_json(&json!({ "target": target.id(), "title": target.title(), "rules": rules }));
            continue;
        }
        print(format_args!("{}: {target}, {}", target.id(), target.what()));
        for rule in rules_of(target) {
            let advice = if rule.weight == Weight::Advice { ", advised" } else { "" };
            print(format_args!("  {}: {}{advice} ({})", rule.about.label(), rule.allowed, rule.source));
        }
    }
}

fn light_json(light: &Light) -> Value {
    json!({
        "rule": light.rule.about.label(),
        "of": light.subject,
        "wanted": light.wanted(),
        "measured": light.measured.as_ref().map(ToString::to_string),
        "ok": light.ok,
        "advice": light.rule.weight == Weight::Advice,
        "source": light.rule.source.to_string(),
    })
}

fn loss_json(path: &str, loss: Loss) -> Value {
    match loss {
        Loss::None => json!({ "path": path }),
        Loss::Quality(quality) => json!({ "path": path, "quality": quality }),
        Loss::Colours(colours) => json!({ "path": path, "colours": colours }),
    }
}

/// Says why what was to be read could not be: on standard error, and in a line of JSON about `what`.
fn unread(error: &StudioError, json: bool, what: &Value) -> Exit {
    let said = sentence(error);
    if json {
        let mut line = what.clone();
        line["ok"] = false.into();
        line["error"] = said.clone().into();
        print_json(&line);
    }
    complain(format_args!("{said}."));
    exit_of_reading(error)
}

/// What became of a command whose stickers could not be read.
fn exit_of_reading(error: &StudioError) -> Exit {
    match error {
        StudioError::PackFile { .. } => Exit::Usage,
        StudioError::StickerPicture { .. }
        | StudioError::File(
            FileError::Missing { .. }
            | FileError::NotAFolder { .. }
            | FileError::NotAFile { .. }
            | FileError::TooLarge { .. },
        )
        | StudioError::Library(LibraryError::FileGone { .. } | LibraryError::NoSuchSticker { .. }) => Exit::Photo,
        _ => Exit::Unexpected,
    }
}
