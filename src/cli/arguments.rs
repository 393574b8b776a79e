//! The words of the command line.

mod jobs;

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

pub(super) use jobs::{JobsAsked, LedgerForm, Resume};

use super::export_words::{self, ExportAsked};
use super::finish::{self, FinishAsked};
use super::host_words::{self, HostsAsked};
use super::make_words::{self, Make};
use crate::platform::is_taken;

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
    /// No subcommand: the window, with these photos.
    Window(Vec<OsString>),
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
    /// `finish`.
    Finish(Box<FinishAsked>),
    /// `export …`.
    Export(ExportAsked),
    /// `key …`.
    Key(KeyAsked),
    /// `doctor`.
    Doctor {
        /// As JSON?
        json: bool,
    },
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

/// `library …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum LibraryAsked {
    /// List all stickers.
    List {
        /// As JSON?
        json: bool,
    },
    /// Print the folder.
    Path,
    /// Compare the index with the files.
    Verify {
        /// As JSON?
        json: bool,
    },
    /// Write the index anew from the files.
    Rebuild {
        /// As JSON?
        json: bool,
    },
    /// Copy the stickers of other folders.
    Import {
        /// The folders.
        folders: Vec<PathBuf>,
        /// As JSON?
        json: bool,
    },
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

/// A key that a header can carry; an empty one is none.
fn callers_key(text: &str) -> Result<String, &'static str> {
    let fits = text.bytes().all(|byte| byte.is_ascii_graphic());
    if fits { Ok(text.to_owned()) } else { Err("a key has letters, digits and signs of ASCII, and no spaces") }
}

/// Reads the words; the error is what to print, with the exit code it deserves inside.
pub(super) fn read(words: impl IntoIterator<Item = OsString>) -> Result<(Global, Asked), clap::Error> {
    let matches = command().try_get_matches_from(words)?;
    let global = Global {
        data_dir: matches.get_one::<PathBuf>("data-dir").cloned(),
        prefer_x11: matches.get_flag("x11"),
        verbosity: matches.get_count("verbose"),
    };
    if let (Some(photo), Some((name, _))) =
        (matches.get_raw("photos").into_iter().flatten().next(), matches.subcommand())
    {
        let sentence = format!("{} stands before {name}; write sticker-booth {name} PHOTO", photo.display());
        return Err(command().error(ErrorKind::ArgumentConflict, sentence));
    }
    let asked = match matches.subcommand() {
        None => Asked::Window(window_photos(&matches)?),
        Some(("make", sub)) => Asked::Make(Box::new(make_words::asked(sub)?)),
        Some(("serve", sub)) => Asked::Serve(Serve {
            port: sub.get_one("port").copied().unwrap_or_default(),
            key: sub.get_one::<String>("key").filter(|key| !key.is_empty()).cloned(),
            rate: sub.get_one("rate").copied(),
        }),
        Some(("hosts", sub)) => Asked::Hosts(host_words::asked(sub)),
        Some(("jobs", sub)) => Asked::Jobs(jobs::from(sub)),
        Some(("library", sub)) => Asked::Library(match sub.subcommand() {
            Some(("path", _)) => LibraryAsked::Path,
            Some(("import", words)) => LibraryAsked::Import {
                folders: words.get_many("folders").into_iter().flatten().cloned().collect(),
                json: wants_json(sub, Some(("import", words))),
            },
            other @ Some(("verify", _)) => LibraryAsked::Verify { json: wants_json(sub, other) },
            other @ Some(("rebuild", _)) => LibraryAsked::Rebuild { json: wants_json(sub, other) },
            other => LibraryAsked::List { json: wants_json(sub, other) },
        }),
        Some(("finish", sub)) => Asked::Finish(Box::new(finish::asked(sub))),
        Some(("export", sub)) => Asked::Export(export_words::asked(sub)?),
        Some(("key", sub)) => Asked::Key(match sub.subcommand() {
            Some(("set", _)) => KeyAsked::Set,
            Some(("delete", _)) => KeyAsked::Delete,
            other => KeyAsked::Status { json: wants_json(sub, other) },
        }),
        Some((_, sub)) => Asked::Doctor { json: sub.get_flag("json") },
    };
    Ok((global, asked))
}

/// The photos to open the window with; a word that is neither a photo nor a command is refused as what it probably is.
fn window_photos(matches: &ArgMatches) -> Result<Vec<OsString>, clap::Error> {
    let photos: Vec<OsString> = matches.get_many("photos").into_iter().flatten().cloned().collect();
    match photos.iter().find(|photo| is_mistyped_command(photo)) {
        Some(word) => {
            let sentence =
                format!("there is neither a command nor a photo called {}; see sticker-booth --help", word.display());
            Err(command().error(ErrorKind::InvalidSubcommand, sentence))
        }
        None => Ok(photos),
    }
}

/// Is it a bare word, without dot or folder, that no file is called?
fn is_mistyped_command(word: &OsStr) -> bool {
    let is_bare = word.to_str().is_some_and(|word| !word.contains(['.', '/', '\\', ':']));
    is_bare && !is_taken(Path::new(word))
}

/// The whole command line, also the source of `--help`.
pub(super) fn command() -> Command {
    Command::new("sticker-booth")
        .about("Turns a photo of a face into stickers")
        .long_about(
            "Turns a photo of a face into stickers, free and offline on this computer, or at a hosted service with a key.\n\
             Without a command it opens the window, with the photos that are named.",
        )
        .version(env!("CARGO_PKG_VERSION"))
        .after_help("Examples:\n  sticker-booth\n  sticker-booth me.jpg\n  sticker-booth make me.jpg\n  sticker-booth make me.jpg -o stickers --count 4 --prompt \"ink, bold\"")
        .subcommand_precedence_over_arg(true)
        .arg(
            Arg::new("photos")
                .value_name("PHOTO|URL")
                .num_args(0..)
                .value_parser(value_parser!(OsString))
                .help("Photos to open the window with"),
        )
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
        .subcommand(make_words::command())
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
                        .value_parser(callers_key)
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
        .subcommand(finish::command())
        .subcommand(host_words::command())
        .subcommand(jobs::command())
        .subcommand(
            Command::new("library")
                .about("Lists finished stickers, and mends the list")
                .after_help(
                    "Examples:\n  sticker-booth library list --json\n  cd \"$(sticker-booth library path)\"\n  \
                     sticker-booth library verify\n  sticker-booth library import /media/backup/Sticker\\ Booth",
                )
                .arg(json_flag())
                .subcommand(Command::new("list").about("Lists every sticker, newest first").arg(json_flag()))
                .subcommand(Command::new("path").about("Prints the library folder"))
                .subcommand(
                    Command::new("verify")
                        .about("Reads every sticker and says what is missing, damaged or not in the index; changes nothing")
                        .arg(json_flag()),
                )
                .subcommand(
                    Command::new("rebuild")
                        .about("Writes the index anew from the files, and forgets stickers whose files are gone")
                        .arg(json_flag()),
                )
                .subcommand(
                    Command::new("import")
                        .about("Copies the stickers of another folder into the library, each once")
                        .arg(folders_arg().help("A copy of a library, a folder with saved stickers, or one of them"))
                        .arg(json_flag()),
                ),
        )
        .subcommand(export_words::command())
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

/// `--json` before or after the subcommand.
fn wants_json(matches: &ArgMatches, sub: Option<(&str, &ArgMatches)>) -> bool {
    matches.get_flag("json") || sub.is_some_and(|(_, sub)| sub.get_flag("json"))
}

/// `--output` of the commands that write pictures; each says itself what it is without.
pub(super) fn output_arg() -> Arg {
    Arg::new("output").short('o').long("output").value_name("FILE|DIR").value_parser(value_parser!(PathBuf))
}

/// Some folders or files after an action of a command.
pub(super) fn folders_arg() -> Arg {
    Arg::new("folders").value_name("FOLDER").required(true).num_args(1..).value_parser(value_parser!(PathBuf))
}

/// `--json`, which every command that lists has.
pub(super) fn json_flag() -> Arg {
    Arg::new("json").long("json").action(ArgAction::SetTrue).help("Print JSON, one object a line")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(line: &str) -> Result<Asked, clap::Error> {
        read(line.split(' ').map(OsString::from)).map(|(_, asked)| asked)
    }

    #[test]
    fn the_definition_is_sound() {
        command().debug_assert();
    }

    #[test]
    fn nothing_opens_the_window() {
        assert_eq!(asked("sticker-booth").unwrap(), Asked::Window(Vec::new()));
    }

    #[test]
    fn what_is_no_command_is_a_photo_for_the_window() {
        for words in ["me.jpg", "me.jpg you.png", "file:///me.jpg", "https://example.com/me.jpg", "./make"] {
            let photos = words.split(' ').map(OsString::from).collect();
            assert_eq!(asked(&format!("sticker-booth {words}")).unwrap(), Asked::Window(photos));
        }
        let error = asked("sticker-booth mkae").unwrap_err();
        assert_eq!(error.exit_code(), 2);
        assert!(error.to_string().contains("neither a command nor a photo called mkae"), "{error}");
    }

    #[test]
    fn json_may_stand_before_or_after_the_subcommand() {
        for line in ["sticker-booth jobs --json", "sticker-booth jobs list --json", "sticker-booth jobs --json list"] {
            assert_eq!(asked(line).unwrap(), Asked::Jobs(JobsAsked::List { json: true }), "{line}");
        }
    }
}
