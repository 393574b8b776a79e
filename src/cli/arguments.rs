//! The words of the command line; the flags of a recipe come from the one parameter table.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::{Value as Json, json};

use super::host_words::{self, HostsAsked};
use crate::model::parameter::{Group, Kind, Spec};
use crate::model::{EngineId, PARAMETERS, Parameter, Recipe};

/// What every command takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Global {
    /// Where everything durable goes, instead of the usual folders.
    pub data_dir: Option<PathBuf>,
    /// The window on the X server, also where there is Wayland.
    pub prefer_x11: bool,
    /// How much is logged: 0 nothing, 1 what happens, 2 more.
    pub verbosity: u8,
}

/// What the person asked for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Asked {
    /// No subcommand: the window.
    Window,
    /// `make`.
    Make(Box<Make>),
    /// `serve`.
    Serve(Serve),
    /// `hosts …`.
    Hosts(HostsAsked),
    /// `jobs …`.
    Jobs(JobsAsked),
    /// `library …`.
    Library(LibraryAsked),
    /// `key …`.
    Key(KeyAsked),
    /// `doctor`.
    Doctor {
        /// As JSON?
        json: bool,
    },
}

/// `make PHOTO|URL…`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Make {
    /// Photos: paths or links.
    pub photos: Vec<String>,
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
    /// The picture with its background too?
    pub both: bool,
    /// As JSON?
    pub json: bool,
    /// How long to wait for results.
    pub wait: Duration,
    /// The settings.
    pub recipe: Recipe,
}

/// `serve`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Serve {
    /// Port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// The key that callers must send; drawn when there is none.
    pub key: Option<String>,
    /// Requests a minute before 429.
    pub rate: Option<u32>,
}

/// `jobs …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum JobsAsked {
    /// List all jobs.
    List {
        /// As JSON?
        json: bool,
    },
    /// Go on with open jobs.
    Resume(Resume),
    /// Put one job aside.
    Forget {
        /// Its id, or the beginning of it.
        id: String,
    },
}

/// `jobs resume`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Resume {
    /// May paid jobs that were never sent be sent now?
    pub pay: bool,
    /// As JSON?
    pub json: bool,
}

/// `library …`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LibraryAsked {
    /// List all stickers.
    List {
        /// As JSON?
        json: bool,
    },
    /// Print the folder.
    Path,
}

/// `key …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum KeyAsked {
    /// Store a key, read without echo.
    Set,
    /// Delete it.
    Delete,
    /// Say where it is.
    Status {
        /// As JSON?
        json: bool,
    },
}

/// Reads the words; the error is what to print, with the exit code it deserves inside.
pub(super) fn read(words: impl IntoIterator<Item = OsString>) -> Result<(Global, Asked), clap::Error> {
    let matches = command().try_get_matches_from(words)?;
    let global = Global {
        data_dir: matches.get_one::<PathBuf>("data-dir").cloned(),
        prefer_x11: matches.get_flag("x11"),
        verbosity: matches.get_count("verbose"),
    };
    let asked = match matches.subcommand() {
        None => Asked::Window,
        Some(("make", sub)) => Asked::Make(Box::new(make_from(sub)?)),
        Some(("serve", sub)) => Asked::Serve(Serve {
            port: sub.get_one("port").copied().unwrap_or_default(),
            key: sub.get_one::<String>("key").cloned(),
            rate: sub.get_one("rate").copied(),
        }),
        Some(("hosts", sub)) => Asked::Hosts(host_words::asked(sub)),
        Some(("jobs", sub)) => Asked::Jobs(jobs_from(sub)),
        Some(("library", sub)) => Asked::Library(match sub.subcommand() {
            Some(("path", _)) => LibraryAsked::Path,
            other => LibraryAsked::List { json: wants_json(sub, other) },
        }),
        Some(("key", sub)) => Asked::Key(match sub.subcommand() {
            Some(("set", _)) => KeyAsked::Set,
            Some(("delete", _)) => KeyAsked::Delete,
            other => KeyAsked::Status { json: wants_json(sub, other) },
        }),
        Some((_, sub)) => Asked::Doctor { json: sub.get_flag("json") },
    };
    Ok((global, asked))
}

/// The whole command line, also the source of `--help`.
pub(super) fn command() -> Command {
    Command::new("sticker-booth")
        .about("Turns a photo of a face into stickers")
        .long_about(
            "Turns a photo of a face into stickers, free and offline on this computer, or at a hosted service with a key.\n\
             Without a command it opens the window.",
        )
        .version(env!("CARGO_PKG_VERSION"))
        .after_help("Examples:\n  sticker-booth\n  sticker-booth make me.jpg\n  sticker-booth make me.jpg -o stickers --count 4 --prompt \"ink, bold\"")
        .arg(
            Arg::new("x11")
                .long("x11")
                .action(ArgAction::SetTrue)
                .help("Open the window through the X server, where dropped files arrive that Wayland keeps back"),
        )
        .arg(
            Arg::new("data-dir")
                .long("data-dir")
                .env("STICKER_BOOTH_DATA_DIR")
                .hide_env_values(true)
                .value_name("DIR")
                .global(true)
                .value_parser(value_parser!(PathBuf))
                .help("Keep everything under DIR (also STICKER_BOOTH_DATA_DIR)"),
        )
        .arg(
            Arg::new("verbose")
                .short('v')
                .long("verbose")
                .global(true)
                .action(ArgAction::Count)
                .help("Log what happens; twice for more"),
        )
        .subcommand(make_command())
        .subcommand(
            Command::new("serve")
                .about("Serves the built-in engine behind the documented API on 127.0.0.1")
                .after_help("Examples:\n  sticker-booth serve --port 8787\n  STICKER_BOOTH_KEY=secret sticker-booth serve --rate 60")
                .arg(
                    Arg::new("port")
                        .long("port")
                        .value_name("N")
                        .value_parser(value_parser!(u16))
                        .help("Port; a free one without it"),
                )
                .arg(
                    Arg::new("key")
                        .long("key")
                        .value_name("KEY")
                        .env("STICKER_BOOTH_KEY")
                        .hide_env_values(true)
                        .help("Key that callers send (also STICKER_BOOTH_KEY); a random one without it"),
                )
                .arg(
                    Arg::new("rate")
                        .long("rate")
                        .value_name("PER_MINUTE")
                        .value_parser(value_parser!(u32).range(1..))
                        .help("Requests a minute before 429"),
                ),
        )
        .subcommand(host_words::command(json_flag()))
        .subcommand(
            Command::new("jobs")
                .about("Lists, resumes and forgets jobs")
                .after_help("Examples:\n  sticker-booth jobs\n  sticker-booth jobs list --json\n  sticker-booth jobs resume\n  sticker-booth jobs forget 3f9a")
                .arg(json_flag())
                .subcommand(Command::new("list").about("Lists every job, newest first").arg(json_flag()))
                .subcommand(
                    Command::new("resume")
                        .about("Asks after open jobs and fetches their stickers; free unless --pay is given")
                        .arg(json_flag())
                        .arg(
                            Arg::new("pay")
                                .long("pay")
                                .action(ArgAction::SetTrue)
                                .help("Also send paid jobs that were never sent"),
                        ),
                )
                .subcommand(
                    Command::new("forget")
                        .about("Puts a job aside for good; its line in the ledger stays")
                        .arg(Arg::new("id").value_name("ID").required(true).help("The job's id, or the beginning of it")),
                ),
        )
        .subcommand(
            Command::new("library")
                .about("Lists finished stickers")
                .after_help("Examples:\n  sticker-booth library list --json\n  cd \"$(sticker-booth library path)\"")
                .arg(json_flag())
                .subcommand(Command::new("list").about("Lists every sticker, newest first").arg(json_flag()))
                .subcommand(Command::new("path").about("Prints the library folder")),
        )
        .subcommand(
            Command::new("key")
                .about("Keeps the key of the hosted service in this computer's keychain")
                .after_help("Examples:\n  sticker-booth key set\n  printf %s \"$KEY\" | sticker-booth key set\n  sticker-booth key status")
                .arg(json_flag())
                .subcommand(Command::new("set").about("Stores a key, read without echo or from standard input"))
                .subcommand(Command::new("delete").about("Deletes the key"))
                .subcommand(Command::new("status").about("Says where the key is").arg(json_flag())),
        )
        .subcommand(
            Command::new("doctor")
                .about("Checks everything that a sticker needs and says what is wrong")
                .after_help("Example:\n  sticker-booth doctor")
                .arg(json_flag()),
        )
}

fn make_command() -> Command {
    let command = Command::new("make")
        .about("Makes stickers from photos or links")
        .after_help(
            "Examples:\n  sticker-booth make me.jpg\n  sticker-booth make me.jpg -o sticker.png --seed 7 --prompt \"pop art, vibrant\"\n  \
             sticker-booth make *.jpg -o stickers --both --json\n  sticker-booth make https://example.com/me.jpg --engine pixazo\n  \
             sticker-booth make me.jpg --engine pixazo --host mine",
        )
        .arg(
            Arg::new("photos")
                .value_name("PHOTO|URL")
                .required(true)
                .num_args(1..)
                .help("Photos of a face: files or links"),
        )
        .arg(
            Arg::new("output")
                .short('o')
                .long("output")
                .value_name("FILE|DIR")
                .value_parser(value_parser!(PathBuf))
                .help("Where to write; PHOTO-sticker.png without it"),
        )
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
        .arg(json_flag());
    PARAMETERS.iter().filter(|spec| spec.group != Group::Photo).fold(command, |command, spec| command.arg(flag(spec)))
}

/// The flag of one parameter.
fn flag(spec: &'static Spec) -> Arg {
    let arg = Arg::new(spec.name).long(spec.flag).help_heading("Settings").allow_hyphen_values(true);
    match spec.kind {
        Kind::Toggle { .. } => arg
            .value_name("true|false")
            .num_args(0..=1)
            .default_missing_value("true")
            .require_equals(true)
            .help(spec.help_local),
        Kind::Integer { default: Some(default), min, max, .. } => {
            arg.value_name("N").help(format!("{} [{min} to {max}, default {default}]", spec.help_local))
        }
        Kind::Integer { min, max, .. } => {
            arg.value_name("N").help(format!("{} [{min} to {max}, default random]", spec.help_local))
        }
        Kind::Real { default, min, max, .. } => {
            arg.value_name("X").help(format!("{} [{min} to {max}, default {default}]", spec.help_local))
        }
        Kind::Text { default: "" } => arg.value_name("WORDS").help(spec.help_local),
        Kind::Text { default } => arg.value_name("WORDS").help(format!("{} [default {default:?}]", spec.help_local)),
        Kind::Events => arg.value_name("EVENTS").help(format!("{} Separated by commas.", spec.help_local)),
        Kind::ImageUrl | Kind::OptionalUrl => arg.value_name("URL").help(spec.help_local),
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

fn make_from(matches: &ArgMatches) -> Result<Make, clap::Error> {
    let mut recipe = Recipe::default();
    for spec in PARAMETERS.iter().filter(|spec| spec.parameter != Parameter::Image) {
        let Some(word) = matches.get_one::<String>(spec.name) else { continue };
        recipe.set(spec.parameter, &value_of(spec, word)).map_err(|_unfit| {
            let sentence = format!("--{} {word}: must be {}", spec.flag, spec.allowed());
            make_command().error(clap::error::ErrorKind::ValueValidation, sentence)
        })?;
    }
    Ok(Make {
        photos: matches.get_many::<String>("photos").into_iter().flatten().cloned().collect(),
        output: matches.get_one::<PathBuf>("output").cloned(),
        engine: matches
            .get_one::<String>("engine")
            .and_then(|word| EngineId::from_word(word))
            .unwrap_or(EngineId::Local),
        base_url: matches.get_one::<String>("base-url").cloned(),
        host: matches.get_one::<String>("host").cloned(),
        count: matches.get_one("count").copied().unwrap_or(1),
        both: matches.get_flag("both"),
        json: matches.get_flag("json"),
        wait: matches.get_one("wait").copied().unwrap_or(DEFAULT_WAIT),
        recipe,
    })
}

/// How long `make` waits unless told otherwise.
const DEFAULT_WAIT: Duration = Duration::from_mins(10);

fn jobs_from(matches: &ArgMatches) -> JobsAsked {
    match matches.subcommand() {
        Some(("resume", sub)) => {
            JobsAsked::Resume(Resume { pay: sub.get_flag("pay"), json: wants_json(matches, Some(("resume", sub))) })
        }
        Some(("forget", sub)) => JobsAsked::Forget { id: sub.get_one::<String>("id").cloned().unwrap_or_default() },
        other => JobsAsked::List { json: wants_json(matches, other) },
    }
}

/// `--json` before or after the subcommand.
fn wants_json(matches: &ArgMatches, sub: Option<(&str, &ArgMatches)>) -> bool {
    matches.get_flag("json") || sub.is_some_and(|(_, sub)| sub.get_flag("json"))
}

fn json_flag() -> Arg {
    Arg::new("json").long("json").action(ArgAction::SetTrue).help("Print JSON, one object a line")
}

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

    fn asked(line: &str) -> Result<Asked, clap::Error> {
        read(line.split(' ').map(OsString::from)).map(|(_, asked)| asked)
    }

    fn make(line: &str) -> Make {
        match asked(line).unwrap() {
            Asked::Make(make) => *make,
            other => panic!("not make: {other:?}"),
        }
    }

    #[test]
    fn the_definition_is_sound() {
        command().debug_assert();
    }

    #[test]
    fn nothing_opens_the_window() {
        assert_eq!(asked("sticker-booth").unwrap(), Asked::Window);
    }

    #[test]
    fn every_parameter_but_the_photo_has_its_flag() {
        let make = make(
            "sticker-booth make me.jpg --prompt ink --negative-prompt border --width 512 --height 768 --steps 30 --seed 7 \
             --prompt-strength 9.5 --instant-id-strength 0.5 --ip-adapter-weight 1 --ip-adapter-noise 0 --upscale --upscale-steps 4 \
             --webhook https://example.com/hook --webhook-events start,completed",
        );
        let fields = make.recipe.to_fields();
        assert_eq!(fields.len(), PARAMETERS.len() - 1);
        assert_eq!(fields["prompt_strength"], json!(9.5));
        assert_eq!(fields["webhook_events_filter"], json!(["start", "completed"]));
        assert_eq!((make.recipe.output_size(), make.recipe.seed), ((1024, 1536), Some(7)));
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
            let error = asked(&format!("sticker-booth make me.jpg {words}")).unwrap_err();
            assert!(error.to_string().contains(sentence), "{error}");
            assert_eq!(error.exit_code(), 2);
        }
    }

    #[test]
    fn waiting_time_is_written_as_people_write_it() {
        for (word, seconds) in [("90s", 90), ("10m", 600), ("1h", 3600), ("5", 5)] {
            assert_eq!(duration(word), Ok(Duration::from_secs(seconds)));
        }
        assert!(duration("soon").is_err() && duration("").is_err());
    }

    #[test]
    fn json_may_stand_before_or_after_the_subcommand() {
        for line in ["sticker-booth jobs --json", "sticker-booth jobs list --json", "sticker-booth jobs --json list"] {
            assert_eq!(asked(line).unwrap(), Asked::Jobs(JobsAsked::List { json: true }), "{line}");
        }
    }
}
