//! Journals of every older format, of a newer one, and one that is broken.

use std::fs;

use rusqlite::Connection;

use super::*;

/// A journal of the first format with a row in every state, as its program wrote it.
const V1: &str = include_str!("v1.sql");

/// A data folder with a journal made by these statements.
fn with_journal(statements: &str) -> (tempfile::TempDir, Folders) {
    let (root, folders) = data_folder();
    folders.create().unwrap();
    Connection::open(folders.journal()).unwrap().execute_batch(statements).unwrap();
    (root, folders)
}

/// Where a job stands, in one line.
fn line(job: &Job) -> String {
    let id = job.state.ticket().map_or("-", |ticket| &ticket.request_id);
    format!("{} {} {id}", job.id.0, job.state.status().word())
}

#[test]
fn the_first_format_is_the_one_that_was_released() {
    assert!(V1.contains(schema::MIGRATIONS[0].trim()));
}

#[test]
fn a_journal_of_the_first_format_is_read_whole_in_every_state() {
    let (_root, folders) = with_journal(V1);
    let now_here = process(&folders);
    let jobs = now_here.journal.all().unwrap();
    let lines: Vec<String> = jobs.iter().map(line).collect();
    let expected = [
        "job-1 queued -",
        "job-2 held -",
        "job-3 held -",
        "job-4 held -",
        "job-5 held -",
        "job-6 preparing -",
        "job-7 hosting -",
        "job-8 submitting -",
        "job-9 submitting -",
        "job-10 accepted r-10",
        "job-11 working r-11",
        "job-12 fetching r-12",
        "job-13 done r-13",
        "job-14 done r-14",
        "job-15 done r-15",
        "job-16 failed -",
        "job-17 failed -",
        "job-18 failed -",
        "job-19 failed -",
        "job-20 failed r-20",
        "job-21 failed r-21",
        "job-22 failed r-22",
        "job-23 failed r-23",
        "job-24 lost r-24",
        "job-25 stopped -",
        "job-26 stopped r-26",
        "job-27 may_have_been_accepted -",
        "job-28 dismissed -",
    ];
    assert_eq!(lines, expected);
    let job = &jobs[10];
    assert_eq!((job.recipe.seed, job.recipe.prompt.as_str(), job.revision), (Some(u32::MAX), "ink", 0));
    assert_eq!((job.click.as_str(), job.price, job.photo.sha256()), ("click-11", Money::from_mills(25), Some("00ff")));
    assert_eq!(job.state.ticket().unwrap().polling_url.as_deref(), Some("https://example.com/v2/requests/status/r-11"));
    assert_eq!((job.error.as_deref(), job.raw_answer.as_deref()), (Some("a sentence"), Some(r#"{"raw":1}"#)));
    assert_eq!(job.updated_at.as_millisecond(), 1_773_576_001_011);
    assert_eq!(now_here.journal.ledger().unwrap().len(), 16);
    let spending = now_here.journal.spending(month()).unwrap();
    let amounts = [spending.spent, spending.unsure, spending.reserved].map(|money| money.mills() / 25);
    assert_eq!(amounts, [11, 2, 9], "one of two unsure rows was put aside, one failed without an id");
}

#[test]
fn what_the_first_format_left_open_goes_on_as_after_a_crash() {
    let (_root, folders) = with_journal(V1);
    let now_here = process(&folders);
    let adopted = adopt(&now_here);
    let lines: Vec<String> = adopted.iter().map(|stepped| line(&stepped.job)).collect();
    let expected = [
        "job-1 held -",
        "job-2 held -",
        "job-3 held -",
        "job-4 held -",
        "job-5 held -",
        "job-6 held -",
        "job-7 held -",
        "job-8 may_have_been_accepted -",
        "job-9 may_have_been_accepted -",
        "job-10 accepted r-10",
        "job-11 working r-11",
        "job-12 fetching r-12",
    ];
    assert_eq!(lines, expected);
    assert!(adopted.iter().all(|stepped| stepped.job.revision == 1), "each was written once");
    let unknown = now_here.journal.ledger().unwrap();
    assert_eq!(unknown.iter().filter(|line| line.kind == LedgerKind::Unknown).count(), 5);
}

#[test]
fn a_journal_of_a_newer_program_is_refused_with_a_sentence_and_left_as_it_is() {
    let (_root, folders) = with_journal(&format!("{V1} PRAGMA user_version = 99;"));
    let before = fs::read(folders.journal()).unwrap();
    let lock = ProcessLock::acquire(&folders.run()).unwrap();
    let refused = Journal::open(&folders, &lock, OnRefusedKey::Hold).err().unwrap();
    assert!(refused.to_string().starts_with("a newer Sticker Booth wrote this database"), "{refused}");
    assert_eq!(fs::read(folders.journal()).unwrap(), before);
}

#[test]
fn a_broken_journal_is_set_aside_whole_and_said_to_be() {
    let (_root, folders) = with_journal(V1);
    let mut bytes = fs::read(folders.journal()).unwrap();
    let end = bytes.len();
    bytes[4096..end].fill(0x5a);
    fs::write(folders.journal(), &bytes).unwrap();
    let lock = ProcessLock::acquire(&folders.run()).unwrap();
    let opened = Journal::open(&folders, &lock, OnRefusedKey::Hold).unwrap();
    assert_eq!(fs::read(opened.set_aside.unwrap()).unwrap(), bytes);
    assert!(opened.journal.all().unwrap().is_empty());
}
