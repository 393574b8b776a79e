//! The words of `make …`; the flags of a recipe come from the one parameter table.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::{Value as Json, json};

use super::arguments::{json_flag, output_arg};
use crate::model::parameter::{Group, Kind, Spec};
use crate::model::{EngineId, PARAMETERS, Parameter, Recipe, expressions};
use crate::studio::{sentence, settings_of_file};

/// `make PHOTO|URL…`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Make {
    /// Photos: paths or links, as they were written.
    pub photos: Vec<OsString>,
    /// Where results go: a file, or a folder.
    pub output: Option<PathBuf>,
    /// Which engine.
    pub engine: EngineId,
    /// Another address of the hosted engine.
    pub base_url: Option<String>,
    /// The host that photos go by, instead of the one in use.
    pub host: Option<String>,
    /// Stickers for each photo.
    pub count: u32,
    /// A sticker of each of these with one seed, as one pack; none without the flag.
    pub expressions: Vec<String>,
    /// The picture with its background too?
    pub both: bool,
    /// As JSON?
    pub json: bool,
    /// How long to wait for results.
    pub wait: Duration,
    /// The settings.
    pub recipe: Recipe,
    /// What of the settings' file does not fit.
    pub note: Option<String>,
}

/// The part of the command line about `make`.
pub(super) fn command() -> Command {
    let command = Command::new("make")
        .about("Makes stickers from photos or links")
        .after_help(
            "Examples:\n  sticker-booth make me.jpg\n  sticker-booth make me.jpg -o sticker.png --seed 7 --prompt \"pop art, vibrant\"\n  \
             sticker-booth make *.jpg -o stickers --both --json\n  sticker-booth make me.jpg -o pack --expressions happy,wink,cool\n  sticker-booth make https://example.com/me.jpg --engine pixazo\n  \
             sticker-booth make me.jpg --engine pixazo --host mine",
        )
        .arg(
            Arg::new("photos")
                .value_name("PHOTO|URL")
                .required(true)
                .num_args(1..)
                .value_parser(value_parser!(OsString))
                .help("Photos of a face: files or links"),
        )
        .arg(output_arg().help("Where to write; PHOTO-sticker.png without it"))
        .arg(
            Arg::new("engine")
                .long("engine")
                .value_name("ENGINE")
                .value_parser([EngineId::Local.word(), EngineId::Pixazo.word()])
                .default_value(EngineId::Local.word())
                .help("local: free, on this computer; pixazo: the hosted service"),
        )
        .arg(
            Arg::new("base-url")
                .long("base-url")
                .value_name("URL")
                .help("Another address of the hosted service: https, or http on loopback"),
        )
        .arg(
            Arg::new("host")
                .long("host")
                .value_name("NAME")
                .help("The host that photos go by to the hosted service; without it the one of hosts use"),
        )
        .arg(
            Arg::new("count")
                .long("count")
                .value_name("N")
                .value_parser(value_parser!(u32).range(1..=8))
                .default_value("1")
                .help("Stickers for each photo, 1 to 8, a new seed each"),
        )
        .arg(
            Arg::new("expressions")
                .long("expressions")
                .value_name("WORDS")
                .value_parser(expressions)
                .conflicts_with("count")
                .help("A sticker of each of these words, all with one seed: happy,wink,\"in love\""),
        )
        .arg(
            Arg::new("both")
                .long("both")
                .action(ArgAction::SetTrue)
                .help("Also write the picture with its background"),
        )
        .arg(
            Arg::new("wait")
                .long("wait")
                .value_name("TIME")
                .value_parser(duration)
                .default_value("10m")
                .help("How long to wait for results, such as 90s, 10m or 1h; the job is kept"),
        )
        .arg(
            Arg::new("settings")
                .long("settings")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help("Settings of a sticker's PNG, or of a text as other programs write it; flags go before it"),
        )
        .arg(json_flag());
    PARAMETERS.iter().filter(|spec| spec.group != Group::Photo).fold(command, |command, spec| command.arg(flag(spec)))
}

/// What the flag of a parameter does, with the name that the form has for it.
fn described(spec: &Spec) -> String {
    if spec.label_local == spec.label_hosted {
        spec.help_local.to_owned()
    } else {
        format!("{}: {}", spec.label_local, spec.help_local)
    }
}

/// The flag of one parameter.
fn flag(spec: &'static Spec) -> Arg {
    let help = described(spec);
    let arg = Arg::new(spec.name).long(spec.flag).help_heading("Settings").allow_hyphen_values(true);
    match spec.kind {
        Kind::Toggle { .. } => {
            arg.value_name("true|false").num_args(0..=1).default_missing_value("true").require_equals(true).help(help)
        }
        Kind::Integer { default: Some(default), min, max, .. } => {
            arg.value_name("N").help(format!("{help} [{min} to {max}, default {default}]"))
        }
        Kind::Integer { min, max, .. } => arg.value_name("N").help(format!("{help} [{min} to {max}, default random]")),
        Kind::Real { default, min, max, .. } => {
            arg.value_name("X").help(format!("{help} [{min} to {max}, default {default}]"))
        }
        Kind::Text { default: "" } => arg.value_name("WORDS").help(help),
        Kind::Text { default } => arg.value_name("WORDS").help(format!("{help} [default {default:?}]")),
        Kind::Events => arg.value_name("EVENTS").help(format!("{help} Separated by commas.")),
        Kind::ImageUrl | Kind::OptionalUrl => arg.value_name("URL").help(help),
    }
}

/// The JSON value that a flag's word stands for.
fn value_of(spec: &Spec, word: &str) -> Json {
    let number = || serde_json::from_str::<serde_json::Number>(word).map_or(Json::Null, Json::Number);
    let value = match spec.kind {
        Kind::Integer { .. } | Kind::Real { .. } => number(),
        Kind::Toggle { .. } => word.parse::<bool>().map_or(Json::Null, Json::Bool),
        Kind::Events => word.split(',').map(str::trim).filter(|event| !event.is_empty()).collect(),
        Kind::Text { .. } | Kind::ImageUrl | Kind::OptionalUrl => json!(word),
    };
    // `null` would mean "the default"; a word that cannot be read must be refused instead.
    if value.is_null() { json!({ "unreadable": word }) } else { value }
}

fn refused(sentence: String) -> clap::Error {
    command().bin_name("sticker-booth make").error(ErrorKind::ValueValidation, sentence)
}

/// What the words ask for.
pub(super) fn asked(matches: &ArgMatches) -> Result<Make, clap::Error> {
    let (mut recipe, note) = match matches.get_one::<PathBuf>("settings") {
        Some(path) => settings_of(path)?,
        None => (Recipe::default(), None),
    };
    for spec in PARAMETERS.iter().filter(|spec| spec.parameter != Parameter::Image) {
        let Some(word) = matches.get_one::<String>(spec.name) else { continue };
        recipe.set(spec.parameter, &value_of(spec, word)).map_err(|_unfit| {
            let sentence = format!("--{} {word}: must be {}", spec.flag, spec.allowed());
            refused(sentence)
        })?;
    }
    Ok(Make {
        photos: matches.get_many::<OsString>("photos").into_iter().flatten().cloned().collect(),
        output: matches.get_one::<PathBuf>("output").cloned(),
        engine: matches
            .get_one::<String>("engine")
            .and_then(|word| EngineId::from_word(word))
            .unwrap_or(EngineId::Local),
        base_url: matches.get_one::<String>("base-url").cloned(),
        host: matches.get_one::<String>("host").cloned(),
        count: matches.get_one("count").copied().unwrap_or(1),
        expressions: matches.get_one::<Vec<String>>("expressions").cloned().unwrap_or_default(),
        both: matches.get_flag("both"),
        json: matches.get_flag("json"),
        wait: matches.get_one("wait").copied().unwrap_or(DEFAULT_WAIT),
        recipe,
        note,
    })
}

/// The settings in a file, and what of them does not fit.
fn settings_of(path: &Path) -> Result<(Recipe, Option<String>), clap::Error> {
    let pasted = settings_of_file(path).map_err(|error| {
        let sentence = format!("--settings {}: {}", path.display(), sentence(&error));
        refused(sentence)
    })?;
    // Flags have the documentation's names.
    let note = pasted.remark(EngineId::Pixazo);
    Ok((pasted.recipe, note))
}

/// The words of `--expressions`.
fn expressions(list: &str) -> Result<Vec<String>, String> {
    let listed = expressions::read(list).map_err(|error| error.to_string())?;
    match listed.len() {
        0 => Err("name at least one, such as happy,wink".to_owned()),
        count if count > expressions::MOST => Err(format!("these are {count}, and {} fit", expressions::MOST)),
        _ => Ok(listed),
    }
}

/// How long `make` waits unless told otherwise.
const DEFAULT_WAIT: Duration = Duration::from_mins(10);

/// `90s`, `10m`, `1h`, or a bare number of seconds.
fn duration(word: &str) -> Result<Duration, String> {
    let (digits, unit) = word.split_at(word.find(|character: char| !character.is_ascii_digit()).unwrap_or(word.len()));
    let factor = match unit {
        "" | "s" => 1,
        "m" => 60,
        "h" => 3600,
        _ => return Err("write a time such as 90s, 10m or 1h".to_owned()),
    };
    digits
        .parse::<u64>()
        .ok()
        .and_then(|number| number.checked_mul(factor))
        .map(Duration::from_secs)
        .ok_or_else(|| "write a time such as 90s, 10m or 1h".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn try_make(words: &str) -> Result<Make, clap::Error> {
        asked(&command().try_get_matches_from(words.split(' '))?)
    }

    #[test]
    fn every_parameter_but_the_photo_has_its_flag() {
        let Make { recipe, .. } = try_make(
            "make me.jpg --prompt ink --negative-prompt border --width 512 --height 768 --steps 30 --seed 7 \
             --prompt-strength 9.5 --instant-id-strength 0.5 --ip-adapter-weight 1 --ip-adapter-noise 0 --upscale --upscale-steps 4 \
             --webhook https://example.com/hook --webhook-events start,completed",
        )
        .unwrap();
        let fields = recipe.to_fields();
        assert_eq!(fields.len(), PARAMETERS.len() - 1);
        assert_eq!(fields["prompt_strength"], json!(9.5));
        assert_eq!(fields["webhook_events_filter"], json!(["start", "completed"]));
        assert_eq!((recipe.output_size(), recipe.seed), ((1024, 1536), Some(7)));
    }

    #[test]
    fn a_value_out_of_range_is_refused_by_the_name_of_its_flag() {
        for (words, sentence) in [
            ("--width 100", "--width 100: must be an integer from 256 to 2048"),
            ("--seed x", "--seed x: must be an integer from 0 to 4294967295"),
            ("--prompt-strength -1", "--prompt-strength -1: must be a number from 0 to 20"),
            ("--upscale=maybe", "--upscale maybe: must be true or false"),
            ("--webhook-events began", "--webhook-events began: must be a list of start, output, logs, completed or *"),
        ] {
            let error = try_make(&format!("make me.jpg {words}")).unwrap_err();
            assert!(error.to_string().contains(sentence), "{error}");
            assert_eq!(error.exit_code(), 2);
        }
    }

    #[test]
    fn expressions_are_a_list_and_stand_in_place_of_a_count() {
        let asked = try_make("make me.jpg --expressions happy,wink,happy").unwrap();
        assert_eq!((asked.expressions, asked.count), (vec!["happy".to_owned(), "wink".to_owned()], 1));
        assert!(try_make("make me.jpg --expressions happy --count 2").is_err());
        let many = (0..25).map(|number| format!("w{number}")).collect::<Vec<_>>().join(",");
        for (list, sentence) in [(",", "name at least one"), (many.as_str(), "these are 25, and 24 fit")] {
            let error = try_make(&format!("make me.jpg --expressions {list}")).unwrap_err();
            assert!(error.to_string().contains(sentence), "{error}");
        }
    }

    #[test]
    fn waiting_time_is_written_as_people_write_it() {
        for (word, seconds) in [("90s", 90), ("10m", 600), ("1h", 3600), ("5", 5)] {
            assert_eq!(duration(word), Ok(Duration::from_secs(seconds)));
        }
        assert!(duration("soon").is_err() && duration("").is_err());
    }
}
