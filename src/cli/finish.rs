//! `finish`: outline, shadow, light and words on picture files, each into a file of its own.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use image::RgbaImage;
use serde_json::json;

use super::arguments::{json_flag, output_arg};
use super::console::{complain, print_json, print_path};
use super::exit::Exit;
use super::names::{Names, Place, Target};
use crate::library::LibraryError;
use crate::model::Finish;
use crate::model::finish::{AMOUNTS, Amount, PRESETS, Preset, Switch};
use crate::photo::PhotoSource;
use crate::picture::encode_png;
use crate::platform::{FileError, create_folder, is_same_file, is_taken, read_file, save_atomically};
use crate::studio::{FinishDesk, StudioError, sentence};

/// Ends the name of a finished file.
const FINISHED: &str = "finished";

/// `finish`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FinishAsked {
    /// The pictures.
    files: Vec<PathBuf>,
    /// The look to begin with.
    preset: Option<Preset>,
    /// A file with a recipe to begin with.
    recipe: Option<PathBuf>,
    /// Words on it.
    caption: Option<String>,
    /// Numbers that are set after that.
    amounts: Vec<(Amount, f32)>,
    /// Switches that are turned on.
    switches: Vec<Switch>,
    /// The file or the folder of the results.
    output: Option<PathBuf>,
    /// Take the place of files of that name?
    replace: bool,
    json: bool,
}

/// Switches with their words.
const SWITCHES: [(Switch, &str); 5] = [
    (Switch::Trim, "trim"),
    (Switch::FillHoles, "fill-holes"),
    (Switch::DropIslands, "drop-islands"),
    (Switch::StripBorder, "strip-border"),
    (Switch::Person, "cut-out-person"),
];

/// The words of the command.
pub(super) fn command() -> Command {
    let mut command = Command::new("finish")
        .about("Draws outline, shadow, light and words on stickers, each into a new file")
        .after_help(
            "Examples:\n  sticker-booth finish me-sticker.png --preset comic\n  \
             sticker-booth finish *.png --preset die-cut --caption \"Hello\" -o finished\n  \
             sticker-booth finish me-sticker.png --recipe look.json --outline-width 3",
        )
        .arg(
            Arg::new("files")
                .value_name("FILE")
                .required(true)
                .num_args(1..)
                .value_parser(value_parser!(PathBuf))
                .help("Pictures; they stay as they are"),
        )
        .arg(
            Arg::new("preset")
                .long("preset")
                .value_name("NAME")
                .value_parser(PRESETS.iter().map(|preset| preset.name()).collect::<Vec<_>>())
                .help("The look to begin with"),
        )
        .arg(
            Arg::new("recipe")
                .long("recipe")
                .value_name("FILE.json")
                .conflicts_with("preset")
                .value_parser(value_parser!(PathBuf))
                .help("A finishing recipe, as the library keeps them beside its stickers"),
        )
        .arg(Arg::new("caption").long("caption").value_name("WORDS").help("Words on the sticker, in any script"))
        .arg(output_arg().help("Where the results go; beside each picture without it"))
        .arg(
            Arg::new("replace")
                .long("replace")
                .action(ArgAction::SetTrue)
                .help("Take the place of files of the names that are made up"),
        )
        .arg(json_flag());
    for spec in &AMOUNTS {
        let times = spec.shown_times();
        let help = format!(
            "{} ({} to {} {})",
            spec.tooltip.trim_end_matches('.'),
            spec.least * times,
            spec.most * times,
            spec.unit
        );
        command = command.arg(
            Arg::new(spec.name)
                .long(spec.name)
                .value_name("N")
                .allow_negative_numbers(true)
                .value_parser(value_parser!(f32))
                .help(help),
        );
    }
    for (switch, name) in SWITCHES {
        command = command.arg(Arg::new(name).long(name).action(ArgAction::SetTrue).help(switch.label()));
    }
    command
}

/// What was asked.
pub(super) fn asked(words: &ArgMatches) -> FinishAsked {
    let amount = |spec: &crate::model::finish::AmountSpec| {
        words.get_one::<f32>(spec.name).map(|value| (spec.amount, value / spec.shown_times()))
    };
    FinishAsked {
        files: words.get_many("files").into_iter().flatten().cloned().collect(),
        preset: words.get_one::<String>("preset").and_then(|name| Preset::named(name)),
        recipe: words.get_one("recipe").cloned(),
        caption: words.get_one("caption").cloned(),
        amounts: AMOUNTS.iter().filter_map(amount).collect(),
        switches: SWITCHES.iter().filter(|(_, name)| words.get_flag(name)).map(|(switch, _)| *switch).collect(),
        output: words.get_one("output").cloned(),
        replace: words.get_flag("replace"),
        json: words.get_flag("json"),
    }
}

pub(super) fn run(asked: &FinishAsked) -> Result<Exit, StudioError> {
    let finish = match recipe(asked) {
        Ok(finish) => finish,
        Err(complaint) => {
            complain(complaint);
            return Ok(Exit::Usage);
        }
    };
    let pictures: Vec<PhotoSource> = asked.files.iter().cloned().map(PhotoSource::File).collect();
    let target = Target::of(asked.output.as_deref(), pictures.len(), Path::is_dir);
    let target = match target.and_then(|target| target.apart_from(&pictures)) {
        Ok(target) => target,
        Err(error) => {
            complain(format_args!("{}.", sentence(&error)));
            return Ok(Exit::Usage);
        }
    };
    if let Target::Folder(folder) = &target {
        create_folder(folder)?;
    }
    // The pictures stay as they are, whatever may be replaced.
    let is_picture = |path: &Path| asked.files.iter().any(|file| is_same_file(file, path));
    let mut names = Names::new(target, |path: &Path| if asked.replace { is_picture(path) } else { is_taken(path) });
    let mut desk = FinishDesk::default();
    let exits = pictures.iter().zip(&asked.files).map(|(picture, file)| {
        let finished = read_file(file).map_err(StudioError::from).and_then(|bytes| desk.finish(&bytes, &finish));
        let written = finished.map_err(|error| (Exit::Photo, error)).and_then(|finished| {
            let Place { path, named } = names.next(picture, FINISHED);
            write(&finished, &path, named || asked.replace).map(|()| path)
        });
        tell(file, written, asked.json)
    });
    Ok(Exit::of_all(exits.collect::<Vec<_>>()))
}

/// Says what became of a picture.
fn tell(file: &Path, written: Result<PathBuf, (Exit, StudioError)>, json: bool) -> Exit {
    match written {
        Ok(path) if json => {
            print_json(&json!({ "file": file.to_string_lossy(), "path": path.to_string_lossy() }));
            Exit::Done
        }
        Ok(path) => {
            print_path(&path);
            Exit::Done
        }
        Err((exit, error)) => {
            let sentence = format!("{}: {}.", file.display(), sentence(&error));
            if json {
                print_json(&json!({ "file": file.to_string_lossy(), "error": sentence }));
            }
            complain(sentence);
            exit
        }
    }
}

/// The recipe, or why there is none.
fn recipe(asked: &FinishAsked) -> Result<Finish, String> {
    let mut finish = match &asked.recipe {
        None => asked.preset.map(Preset::finish).unwrap_or_default(),
        Some(path) => {
            let bytes = read_file(path).map_err(|error| format!("{}.", sentence(&error)))?;
            serde_json::from_slice(&bytes)
                .map_err(|error| format!("The file {} is no finishing recipe ({error}).", path.display()))?
        }
    };
    for (amount, value) in &asked.amounts {
        let spec = amount.spec();
        if !(spec.least..=spec.most).contains(value) {
            let times = spec.shown_times();
            return Err(format!("--{} goes from {} to {}.", spec.name, spec.least * times, spec.most * times));
        }
        amount.set(&mut finish, *value);
        match amount {
            Amount::OutlineWidth => finish.outline.on = true,
            Amount::SecondWidth => finish.second.on = true,
            Amount::ShadowOpacity | Amount::ShadowSoftness | Amount::ShadowAcross | Amount::ShadowDown => {
                finish.shadow.on = true;
            }
            _ => {}
        }
    }
    for switch in &asked.switches {
        switch.set(&mut finish, true);
    }
    if let Some(words) = &asked.caption {
        finish.caption.text.clone_from(words);
    }
    Ok(finish.fitted())
}

/// Writes a finished picture; the error comes with what it means for scripts.
fn write(picture: &RgbaImage, target: &Path, replace: bool) -> Result<(), (Exit, StudioError)> {
    let png = encode_png(picture, &[]).map_err(|error| (Exit::Unexpected, LibraryError::from(error).into()))?;
    save_atomically(target, &png, replace).map_err(|error| {
        let exit = if matches!(error, FileError::Exists { .. }) { Exit::Usage } else { Exit::Unexpected };
        (exit, error.into())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> FinishAsked {
        asked(&command().try_get_matches_from(line.split(' ')).unwrap())
    }

    #[test]
    fn numbers_are_said_as_they_are_shown_and_turn_on_what_they_are_about() {
        let finish = recipe(&read("finish a.png --outline-width 3 --shadow-y -2 --turn -15 --trim")).unwrap();
        assert!((finish.outline.width - 0.03).abs() < 1e-6 && finish.outline.on && finish.shadow.on);
        assert!((finish.shadow.offset[1] + 0.02).abs() < 1e-6 && finish.placement.turn == -15.0);
        assert!(finish.placement.trim && !finish.second.on);
        assert!(recipe(&read("finish a.png --outline-width 30")).unwrap_err().contains("from 0.2 to 10"));
    }
}
