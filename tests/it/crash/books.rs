//! Whether the books of a client agree with what was counted at the service, and whether its files are whole.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::ops::AddAssign;
use std::path::Path;

use rusqlite::Connection;
use serde_json::Value;
use sticker_booth::picture::decode_sticker;

use super::till::Counted;
use crate::support::booth::Booth;

/// The price of an accepted request in tenths of a cent.
const PRICE: i64 = 25;

/// What became of everything, when nothing is open any more.
#[derive(Clone, Debug, Default)]
pub(super) struct Verdict {
    pub(super) kills: usize,
    /// Requests that the service accepted.
    pub(super) accepted: usize,
    /// Jobs with their sticker in the library.
    pub(super) done: usize,
    /// Jobs with an id that are still asked about.
    pub(super) open: usize,
    /// Requests that were accepted for a job that had one already.
    pub(super) doubled: usize,
    /// Accepted requests of which the client knows nothing.
    pub(super) lost: usize,
    /// Files that are not whole.
    pub(super) torn: usize,
    /// Jobs that may have been accepted.
    pub(super) unsure: usize,
    /// Those of them that were.
    pub(super) unsure_accepted: usize,
    /// Spent according to the ledger, in tenths of a cent.
    pub(super) spent: i64,
    /// Everything else that does not fit.
    pub(super) discord: Vec<String>,
}

impl Verdict {
    /// Does everything agree?
    #[track_caller]
    pub(super) fn holds(&self) {
        assert_eq!((self.doubled, self.lost, self.torn, self.open), (0, 0, 0, 0), "{self}");
        assert_eq!(self.accepted, self.done + self.unsure_accepted, "{self}");
        assert_eq!(self.spent, self.done as i64 * PRICE, "{self}");
        assert_eq!(self.discord, Vec::<String>::new(), "{self}");
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kills, accepted, done, open, doubled, lost, torn, unsure, unsure_accepted, spent, .. } = self;
        write!(
            f,
            "{kills} kills: {accepted} accepted, {done} done, {open} open, {doubled} double, {lost} lost, {torn} torn, \
             {unsure} unsure ({unsure_accepted} of them really accepted), {spent} tenths of a cent spent"
        )
    }
}

impl AddAssign for Verdict {
    fn add_assign(&mut self, other: Self) {
        self.kills += other.kills;
        self.accepted += other.accepted;
        self.done += other.done;
        self.open += other.open;
        self.doubled += other.doubled;
        self.lost += other.lost;
        self.torn += other.torn;
        self.unsure += other.unsure;
        self.unsure_accepted += other.unsure_accepted;
        self.spent += other.spent;
        self.discord.extend(other.discord);
    }
}

/// Compares what the client keeps with what was counted.
pub(super) fn compare(booth: &Booth, counted: &Counted, kills: usize) -> Verdict {
    let data = booth.path("data");
    let jobs = booth.jobs();
    let mut verdict = Verdict { kills, accepted: counted.accepted.len(), ..Verdict::default() };
    let text = |job: &Value, field: &str| job[field].as_str().map(str::to_owned);
    let by_seed: BTreeMap<u64, &Value> = jobs.iter().map(|job| (job["seed"].as_u64().unwrap(), job)).collect();
    let is_unsure = |job: &Value| job["status"] == "may_have_been_accepted";

    let seeds: BTreeSet<u64> = counted.accepted.iter().map(|(seed, _)| *seed).collect();
    verdict.doubled = counted.accepted.len() - seeds.len();
    for (seed, id) in &counted.accepted {
        let is_known = |job: &Value| is_unsure(job) || text(job, "request_id").as_ref() == Some(id);
        if !by_seed.get(seed).is_some_and(|job| is_known(job)) {
            verdict.lost += 1;
        }
    }
    for job in &jobs {
        let is_accepted = seeds.contains(&job["seed"].as_u64().unwrap());
        match job["status"].as_str().unwrap() {
            "done" => {
                verdict.done += 1;
                if text(job, "request_id").is_none_or(|id| !counted.handed_out.contains(&id)) {
                    verdict.discord.push(format!("done without a picture that was handed out: {job}"));
                }
            }
            "may_have_been_accepted" => {
                verdict.unsure += 1;
                verdict.unsure_accepted += usize::from(is_accepted);
            }
            "accepted" | "working" | "fetching" => verdict.open += 1,
            _ => verdict.discord.push(format!("it should be done or unsure: {job}")),
        }
    }
    ledger(&data, &jobs, &mut verdict);
    library(&data, &jobs, &mut verdict);
    verdict
}

/// One line an id, one line an unsure job, and nothing else.
fn ledger(data: &Path, jobs: &[Value], verdict: &mut Verdict) {
    let journal = sound(&data.join("journal.sqlite"), verdict);
    let mut statement = journal.prepare("SELECT kind, job, amount FROM ledger").unwrap();
    let lines: Vec<(String, String, i64)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    for (kind, has_line) in [("accepted", "request_id"), ("unknown", "")] {
        let of_kind: Vec<&(String, String, i64)> = lines.iter().filter(|(word, ..)| word == kind).collect();
        let expected = |job: &&Value| match has_line {
            "" => job["status"] == "may_have_been_accepted",
            field => job[field].is_string(),
        };
        let written: BTreeSet<&str> = of_kind.iter().map(|(_, job, _)| job.as_str()).collect();
        let wanted: BTreeSet<&str> = jobs.iter().filter(expected).map(|job| job["id"].as_str().unwrap()).collect();
        if written != wanted || of_kind.len() != wanted.len() {
            verdict.discord.push(format!("the ledger has {} lines of {kind} for {} jobs", of_kind.len(), wanted.len()));
        }
        if kind == "accepted" {
            verdict.spent = of_kind.iter().map(|(.., amount)| amount).sum();
        }
    }
}

/// Every done job once, both pictures whole, and no other file.
fn library(data: &Path, jobs: &[Value], verdict: &mut Verdict) {
    let index = sound(&data.join("index.sqlite"), verdict);
    let mut statement = index.prepare("SELECT key FROM sticker ORDER BY key").unwrap();
    let keys: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    let mut done: Vec<&str> =
        jobs.iter().filter(|job| job["status"] == "done").map(|job| job["id"].as_str().unwrap()).collect();
    done.sort_unstable();
    if keys != done {
        verdict.discord.push(format!("the library has {} stickers of {} done jobs", keys.len(), done.len()));
    }
    let files = fs::read_dir(data.join("library")).unwrap().flatten().map(|entry| entry.path());
    let pictures: Vec<_> = files.filter(|path| path.extension().is_some_and(|extension| extension == "png")).collect();
    verdict.torn += pictures.iter().filter(|path| decode_sticker(&fs::read(path).unwrap()).is_err()).count();
    if pictures.len() != 2 * done.len() {
        verdict.discord.push(format!("{} pictures of {} done jobs", pictures.len(), done.len()));
    }
}

/// Opens a database and checks every page of it.
fn sound(path: &Path, verdict: &mut Verdict) -> Connection {
    let connection = Connection::open(path).unwrap();
    let word: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    verdict.torn += usize::from(word != "ok");
    connection
}
