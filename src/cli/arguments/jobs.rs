//! The words after `jobs`.

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::{json_flag, wants_json};

/// `jobs …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) enum JobsAsked {
    /// List all jobs.
    List {
        /// As JSON?
        json: bool,
    },
    /// Go on with open jobs.
    Resume(Resume),
    /// What stickers cost.
    Ledger(LedgerForm),
    /// Show one job whole.
    Show {
        /// Its id, or the beginning of it.
        id: String,
        /// As JSON?
        json: bool,
    },
    /// Put one job aside.
    Forget {
        /// Its id, or the beginning of it.
        id: String,
    },
}

/// `jobs resume`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Resume {
    /// Only this job, by its id or the beginning of it.
    pub id: Option<String>,
    /// May paid jobs that were never sent be sent now?
    pub pay: bool,
    /// As JSON?
    pub json: bool,
}

/// How `jobs ledger` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum LedgerForm {
    /// For people, with what it comes to.
    Lines,
    /// Comma-separated values.
    Csv,
    /// One object a line.
    Json,
}

/// The definition of `jobs`.
pub(super) fn command() -> Command {
    let id = || Arg::new("id").value_name("ID").help("The job's id, or the beginning of it");
    Command::new("jobs")
        .about("Lists, resumes and forgets jobs, and says what they cost")
        .after_help(
            "Examples:\n  sticker-booth jobs\n  sticker-booth jobs list --json\n  sticker-booth jobs resume\n  \
             sticker-booth jobs resume 3f9a\n  sticker-booth jobs show 3f9a\n  \
             sticker-booth jobs forget 3f9a\n  sticker-booth jobs ledger --csv > spent.csv",
        )
        .arg(json_flag())
        .subcommand(Command::new("list").about("Lists every job, newest first").arg(json_flag()))
        .subcommand(
            Command::new("resume")
                .about("Asks after open jobs and fetches their stickers; free unless --pay is given")
                .arg(id().help(
                    "Only this job, by its id or the beginning of it; one that is lost or stopped is looked for again",
                ))
                .arg(json_flag())
                .arg(
                    Arg::new("pay")
                        .long("pay")
                        .action(ArgAction::SetTrue)
                        .help("Also send paid jobs that were never sent"),
                ),
        )
        .subcommand(
            Command::new("ledger")
                .about("Lists what stickers cost, newest first")
                .arg(
                    Arg::new("csv")
                        .long("csv")
                        .action(ArgAction::SetTrue)
                        .conflicts_with("json")
                        .help("Print comma-separated values, times in UTC"),
                )
                .arg(json_flag()),
        )
        .subcommand(
            Command::new("show")
                .about("Shows a job whole, with the service's answer as it came")
                .arg(id().required(true))
                .arg(json_flag()),
        )
        .subcommand(
            Command::new("forget")
                .about("Puts a job aside for good, also one that waits; its line in the ledger stays")
                .arg(id().required(true)),
        )
}

/// What was asked with the words after `jobs`.
pub(super) fn from(matches: &ArgMatches) -> JobsAsked {
    match matches.subcommand() {
        Some(("resume", sub)) => JobsAsked::Resume(Resume {
            id: sub.get_one("id").cloned(),
            pay: sub.get_flag("pay"),
            json: wants_json(matches, Some(("resume", sub))),
        }),
        Some(("ledger", sub)) => JobsAsked::Ledger(if sub.get_flag("csv") {
            LedgerForm::Csv
        } else if wants_json(matches, Some(("ledger", sub))) {
            LedgerForm::Json
        } else {
            LedgerForm::Lines
        }),
        Some(("show", sub)) => JobsAsked::Show { id: id_of(sub), json: wants_json(matches, Some(("show", sub))) },
        Some(("forget", sub)) => JobsAsked::Forget { id: id_of(sub) },
        other => JobsAsked::List { json: wants_json(matches, other) },
    }
}

/// The id that clap has made sure of.
fn id_of(matches: &ArgMatches) -> String {
    matches.get_one::<String>("id").cloned().unwrap_or_default()
}
