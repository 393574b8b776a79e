//! The words of `export …`.

use std::ffi::OsString;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::arguments::{folders_arg, json_flag};
use crate::export::print::{Paper, PrintOptions};
use crate::export::{Grid, Options, Target, only_emoji};
use crate::library::metadata::Disclosed;
use crate::studio::exports::StickerSource;

/// `export …`.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ExportAsked {
    /// Write stickers for targets.
    Write(Box<Write>),
    /// Measure folders.
    Check {
        /// The folders.
        folders: Vec<PathBuf>,
        /// Whom they are for.
        target: Target,
        /// As JSON?
        json: bool,
    },
    /// See whether stickers read at the sizes of chats.
    Look {
        /// The stickers, as they were named.
        stickers: Vec<StickerSource>,
        /// A picture of every look.
        output: Option<PathBuf>,
        /// As JSON?
        json: bool,
    },
    /// List the targets with their rules.
    Targets {
        /// As JSON?
        json: bool,
    },
}

/// `export STICKER… --to TARGET`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Write {
    /// The stickers, as they were named.
    pub stickers: Vec<StickerSource>,
    /// A file with a pack, instead of stickers.
    pub pack: Option<PathBuf>,
    /// Whom they are for, each once.
    pub targets: Vec<Target>,
    /// The folder that gets one folder for each target.
    pub output: PathBuf,
    /// What the pack is called.
    pub title: Option<String>,
    /// Who made it.
    pub author: Option<String>,
    /// The emoji of each sticker, in order; one list stands for all.
    pub emoji: Vec<Vec<String>>,
    /// The names of the stickers, in order.
    pub names: Vec<String>,
    /// What each sticker shows, in order.
    pub alt: Vec<String>,
    /// The sticker that stands for the pack, counted from 1.
    pub cover: Option<usize>,
    /// What becomes of the pictures.
    pub options: Options,
    /// What the files say about how they were made.
    pub disclosed: Disclosed,
    /// As JSON?
    pub json: bool,
}

/// The part of the command line about `export`.
pub(super) fn command() -> Command {
    Command::new("export")
        .about("Writes stickers as WhatsApp, Telegram and others want them, and measures what was written")
        .after_help(
            "Examples:\n  sticker-booth export 12 13 14 --to whatsapp --title \"Eileen says\" --author Eileen\n  \
             sticker-booth export *.png --to telegram,signal,discord --title Eileen --author Eileen --emoji 👋 -o packs\n  \
             sticker-booth export --pack eileen.json --to line --json\n  \
             sticker-booth export check packs/eileen-whatsapp --to whatsapp\n  sticker-booth export targets\n\n\
             Stickers are numbers of library list --json, or PNG, WebP or JPEG files.",
        )
        .args_conflicts_with_subcommands(true)
        .subcommand_negates_reqs(true)
        .arg(stickers_arg().required_unless_present("pack").conflicts_with("pack"))
        .arg(target_arg().action(ArgAction::Append).value_delimiter(',').help("Whom it is for; several are parted by commas"))
        .arg(path_arg("pack", "FILE", "A pack with its stickers, names and emoji, as the window saves it"))
        .arg(path_arg("output", "DIR", "Where each target gets a new folder; here without it").short('o'))
        .arg(text_arg("title", "TEXT", "What the pack is called"))
        .arg(text_arg("author", "TEXT", "Who made it"))
        .arg(list_arg("emoji", "EMOJI", "The emoji of each sticker, in order; a single one stands for all"))
        .arg(list_arg("name", "TEXT", "The name of each sticker, in order"))
        .arg(list_arg("alt", "TEXT", "What each sticker shows, in order, for those who cannot see it"))
        .arg(text_arg("cover", "N", "The sticker that stands for the pack, counted from 1").value_parser(value_parser!(u16).range(1..)))
        .arg(
            text_arg("grid", "SIZE", "How large iMessage shows the stickers")
                .value_parser(Grid::ALL.map(Grid::word))
                .default_value(Grid::default().word()),
        )
        .arg(text_arg("paper", "PAPER", "What stickers are printed on").value_parser(Paper::ALL.map(|paper| paper.id)))
        .arg(millimetres("size", 10.0..=180.0, "How long the longer edge of a printed sticker is"))
        .arg(millimetres("cut-offset", -2.0..=10.0, "How far outside its edge a sticker is cut; less than 0 is inside"))
        .arg(millimetres("smoothing", 0.0..=5.0, "How wide a bay has to be for the blade to go into it"))
        .arg(text_arg("copies", "N", "How often each sticker is printed").value_parser(value_parser!(u32).range(1..=200)))
        .arg(flag("no-marks", "Print no registration marks for Silhouette cutters"))
        .arg(flag("enlarge", "Draw small stickers larger than they are"))
        .arg(flag("settings", "Let PNG files carry the settings that made them"))
        .arg(flag("no-label", "Leave out of PNG files that a program made them"))
        .arg(json_flag())
        .subcommand(
            Command::new("check")
                .about("Measures folders against the rules of a target; changes nothing")
                .arg(folders_arg().help("Folders that export or another program wrote"))
                .arg(target_arg())
                .arg(json_flag()),
        )
        .subcommand(
            Command::new("look")
                .about("Shows stickers as small as chats do, on six wallpapers, and says which do not read")
                .arg(stickers_arg().required(true))
                .arg(path_arg("output", "FILE", "Draw every look into this new PNG file").short('o'))
                .arg(json_flag()),
        )
        .subcommand(Command::new("targets").about("Lists the targets with their rules and sources").arg(json_flag()))
}

fn stickers_arg() -> Arg {
    Arg::new("stickers")
        .value_name("STICKER")
        .num_args(1..)
        .value_parser(value_parser!(OsString))
        .help("Numbers of stickers in the library, or files")
}

fn target_arg() -> Arg {
    Arg::new("to")
        .long("to")
        .value_name("TARGET")
        .required(true)
        .value_parser(Target::ALL.map(Target::id))
        .help("Whom it is for")
}

fn text_arg(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).help(help)
}

/// A length within a range, in millimetres.
fn millimetres(name: &'static str, range: RangeInclusive<f32>, help: &'static str) -> Arg {
    let parse = move |text: &str| {
        let length: Option<f32> = text.parse().ok().filter(|length| range.contains(length));
        length.ok_or_else(|| format!("a length from {} to {} millimetres is wanted", range.start(), range.end()))
    };
    text_arg(name, "MM", help).allow_negative_numbers(true).value_parser(parse)
}

fn list_arg(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    text_arg(name, value, help).action(ArgAction::Append)
}

fn path_arg(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    text_arg(name, value, help).value_parser(value_parser!(PathBuf))
}

fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
}

/// What the words ask for.
pub(super) fn asked(matches: &ArgMatches) -> Result<ExportAsked, clap::Error> {
    let json = matches.get_flag("json") || matches.subcommand().is_some_and(|(_, sub)| sub.get_flag("json"));
    match matches.subcommand() {
        Some(("check", sub)) => {
            let target = targets(sub).next().unwrap_or(Target::Png);
            let folders = sub.get_many("folders").into_iter().flatten().cloned().collect();
            Ok(ExportAsked::Check { folders, target, json })
        }
        Some(("look", sub)) => {
            let output = sub.get_one("output").cloned();
            Ok(ExportAsked::Look { stickers: sources(sub), output, json })
        }
        Some(_) => Ok(ExportAsked::Targets { json }),
        None => Ok(ExportAsked::Write(Box::new(write(matches, json)?))),
    }
}

fn write(matches: &ArgMatches, json: bool) -> Result<Write, clap::Error> {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let list = |name: &str| matches.get_many::<String>(name).into_iter().flatten().cloned().collect::<Vec<_>>();
    let mut targets: Vec<Target> = targets(matches).collect();
    targets.sort_unstable();
    targets.dedup();
    let stickers = sources(matches);
    let emoji = list("emoji").iter().map(|text| emoji(text)).collect::<Result<Vec<_>, _>>()?;
    let cover = matches.get_one::<u16>("cover").copied().map(usize::from);
    for (name, given) in [("emoji", emoji.len()), ("name", list("name").len()), ("alt", list("alt").len())] {
        if !stickers.is_empty() && given > stickers.len() {
            return Err(wrong(format!("--{name} is there {given} times, and there are {} stickers", stickers.len())));
        }
    }
    if let Some(cover) = cover.filter(|cover| !stickers.is_empty() && *cover > stickers.len()) {
        return Err(wrong(format!("--cover names sticker {cover}, and there are {}", stickers.len())));
    }
    let grid = text("grid").and_then(|word| Grid::ALL.into_iter().find(|grid| grid.word() == word));
    let options = Options {
        enlarge: matches.get_flag("enlarge"),
        grid: grid.unwrap_or_default(),
        print: print(matches),
        ..Options::default()
    };
    Ok(Write {
        stickers,
        pack: matches.get_one("pack").cloned(),
        targets,
        output: matches.get_one("output").cloned().unwrap_or_default(),
        title: text("title"),
        author: text("author"),
        emoji,
        names: list("name"),
        alt: list("alt"),
        cover,
        options,
        disclosed: Disclosed { settings: matches.get_flag("settings"), label: !matches.get_flag("no-label") },
        json,
    })
}

fn print(matches: &ArgMatches) -> PrintOptions {
    let usual = PrintOptions::default();
    let length = |name: &str| matches.get_one::<f32>(name).copied();
    let paper = matches.get_one::<String>("paper").and_then(|id| Paper::ALL.into_iter().find(|paper| paper.id == id));
    PrintOptions {
        paper: paper.unwrap_or(usual.paper),
        size: length("size").unwrap_or(usual.size),
        copies: matches.get_one("copies").copied().unwrap_or(usual.copies),
        offset: length("cut-offset").unwrap_or(usual.offset),
        smoothing: length("smoothing").unwrap_or(usual.smoothing),
        marks: !matches.get_flag("no-marks"),
    }
}

fn targets(matches: &ArgMatches) -> impl Iterator<Item = Target> {
    matches.get_many::<String>("to").into_iter().flatten().filter_map(|word| Target::from_id(word))
}

fn sources(matches: &ArgMatches) -> Vec<StickerSource> {
    matches.get_many::<OsString>("stickers").into_iter().flatten().map(source).collect()
}

/// A bare number is a sticker of the library, everything else a file.
fn source(word: &OsString) -> StickerSource {
    let number = word.to_str().and_then(|word| word.parse().ok());
    number.map_or_else(|| StickerSource::File(Path::new(word).to_path_buf()), StickerSource::Id)
}

fn emoji(text: &str) -> Result<Vec<String>, clap::Error> {
    only_emoji(text)
        .filter(|found| !found.is_empty())
        .ok_or_else(|| wrong(format!("--emoji {text} is not an emoji; write one, such as --emoji 👋")))
}

fn wrong(sentence: String) -> clap::Error {
    command().bin_name("sticker-booth export").error(ErrorKind::ValueValidation, sentence)
}
