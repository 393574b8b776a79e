//! What the operating system was asked to make durable, and in which order, as `strace` sees it.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::good;
use super::service::Service;
use super::world::KEY;
use crate::support::booth::{Booth, Ended};
use crate::support::files::linked_photo;
use crate::support::needs;

/// One call of a thread: when it began, and the call as `strace` writes it.
type Traced = (f64, String);

/// Can this person trace a program here?
fn strace_works() -> bool {
    Command::new("strace").args(["-f", "true"]).output().is_ok_and(|ended| ended.status.success())
}

/// The calls of all threads in order.
fn traced(folder: &Path) -> Vec<Traced> {
    let files = fs::read_dir(folder).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    let lines: Vec<String> = files.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect();
    let mut calls: Vec<Traced> = lines
        .iter()
        .filter_map(|line| line.split_once(' '))
        .filter_map(|(time, call)| Some((time.parse().ok()?, call.to_owned())))
        .collect();
    calls.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    calls
}

/// When the first call after `from` that contains all of `words` began.
#[track_caller]
fn after(calls: &[Traced], from: f64, words: &[&str]) -> f64 {
    let found = calls.iter().find(|(time, call)| *time > from && words.iter().all(|word| call.contains(word)));
    assert!(found.is_some(), "no {words:?} after {from}:\n{calls:#?}");
    found.unwrap().0
}

#[test]
fn a_sticker_is_done_only_after_its_files_their_names_their_folder_and_their_row_are_on_the_disk() {
    if !needs("working strace", strace_works()) {
        return;
    }
    let service = Service::start(good);
    let booth = Booth::new().with_variable("PIXAZO_API_KEY", KEY);
    fs::create_dir(booth.path("trace")).unwrap();
    let program = booth.command(["make", linked_photo(), "--engine", "pixazo", "--base-url", &service.base]);
    let mut strace = Command::new("strace");
    strace.args([
        "-ff",
        "-y",
        "-ttt",
        "-s",
        "4096",
        "-e",
        "trace=pwrite64,fsync,fdatasync,rename,renameat,renameat2",
        "-o",
    ]);
    strace.arg(booth.path("trace/t")).arg(program.get_program()).args(program.get_args());
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => strace.env(name, value),
            None => strace.env_remove(name),
        };
    }
    Ended::of(&strace.current_dir(booth.path("")).output().unwrap()).ends_with(0);

    let calls = traced(&booth.path("trace"));
    let pictures: Vec<&Traced> =
        calls.iter().filter(|(_, call)| call.starts_with("rename") && call.contains("data/library/")).collect();
    assert_eq!(pictures.len(), 2, "{calls:#?}");
    let mut stored = 0.0;
    for (renamed, call) in pictures {
        let part = call.split('"').find(|word| word.ends_with(".sticker-booth-part")).unwrap();
        let synced = after(&calls, 0.0, &["sync(", part]);
        assert!(synced < *renamed, "the bytes are on the disk before they have their name");
        stored = after(&calls, *renamed, &["fsync(", "data/library>"]).max(stored);
    }
    let row_of_the_sticker = after(&calls, stored, &["sync(", "index.sqlite-wal>"]);
    let done = after(&calls, 0.0, &["pwrite64(", "journal.sqlite-wal>", r#"\"status\":\"done\""#]);
    assert!(done > row_of_the_sticker, "it is written down as done after all that");
    after(&calls, done, &["sync(", "journal.sqlite-wal>"]);
}
