//! What is printed arrives, or it is said that it did not; and it holds nothing that only a terminal understands.

use std::fs::File;
use std::process::Stdio;

use crate::support::booth::{Booth, Ended, sample};

/// The smallest sticker, which takes the least time.
const SMALL: [&str; 4] = ["--width", "256", "--height", "256"];

#[cfg(target_os = "linux")]
#[test]
fn output_that_could_not_be_written_is_no_success() {
    let booth = Booth::new();
    let photo = sample();
    let photo = photo.to_str().unwrap();
    booth.run(["make", photo, "-o", "first.png"].iter().chain(&SMALL)).ends_with(0);
    for words in [
        &["--help"][..],
        &["--version"],
        &["make", "--help"],
        &["doctor"],
        &["doctor", "--json"],
        &["library"],
        &["library", "list", "--json"],
        &["library", "path"],
        &["library", "verify"],
        &["library", "rebuild"],
        &["jobs"],
        &["jobs", "ledger"],
        &["jobs", "ledger", "--csv"],
        &["key", "status"],
        &["serve"],
        &["make", photo, "-o", "out.png"],
        &["make", photo, "-o", "out.png", "--json"],
    ] {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let child = booth.command(words).stdout(full).stderr(Stdio::piped()).spawn().unwrap();
        Ended::wait(child).ends_with(1).says("The output could not be written: its disk is full.");
    }
    assert!(booth.path("out.png").exists(), "what was done stays done");

    // A worse end stays what it is.
    let full = File::options().write(true).open("/dev/full").unwrap();
    let child = booth.command(["make", "gone.png", "--json"]).stdout(full).stderr(Stdio::piped()).spawn().unwrap();
    Ended::wait(child).ends_with(3).says("could not be written").says("gone.png");
}

#[cfg(target_os = "linux")]
#[test]
fn a_host_is_not_agreed_to_when_the_sentence_about_it_could_not_be_read() {
    let booth = Booth::new();
    booth.run(["hosts", "set", "box", "litterbox"]).ends_with(0);
    let full = File::options().write(true).open("/dev/full").unwrap();
    let child = booth.command(["hosts", "use", "box"]).stdout(full).stderr(Stdio::piped()).spawn().unwrap();
    Ended::wait(child).ends_with(1).says("could not be written");
    let host = &booth.run(["hosts", "list", "--json"]).json()[0];
    assert_eq!((&host["agreed"], &host["chosen"]), (&false.into(), &false.into()));
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_seen_enough_is_no_fault() {
    let booth = Booth::new();
    for words in [&["--help"][..], &["doctor"], &["jobs", "ledger"], &["library", "path"]] {
        let mut child = booth.command(words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let ended = Ended::wait(child).ends_with(0);
        assert_eq!(ended.err, "", "{words:?}");
    }
}

#[test]
fn colours_are_for_terminals() {
    let booth = Booth::new();
    let photo = sample();
    // One line of the log for certain: settings that cannot be read are set aside.
    std::fs::create_dir_all(booth.path("data")).unwrap();
    booth.put("data/settings.json", b"scrap");
    let words = ["make", photo.to_str().unwrap(), "-o", "out.png", "-vv"];
    let ended = booth.run(words.iter().chain(&SMALL)).ends_with(0).says("could not be read, so a new one was begun");
    assert!(!ended.err.contains('\u{1b}') && !ended.out.contains('\u{1b}'), "{ended:?}");
}
