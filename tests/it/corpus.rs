//! Every picture file of a folder goes through `make`, each in a process of its own with a limit of time and memory.
//!
//! `STICKER_BOOTH_CORPUS=FOLDER cargo test --test it corpus -- --nocapture` takes that folder, with all below it; a list
//! `damaged.txt` in it names the files, one a line, that other programs cannot read either. Without the variable the
//! files of these tests are taken, so that nothing is ever skipped.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::formats;
use crate::support::booth::{Booth, Ended};
use crate::support::summary::tell;

/// Longer than any file may take, on a machine that does other things too.
const LONGEST: Duration = Duration::from_mins(1);

/// More memory than any file may take, in kB: two of the largest pictures, and the program.
const MOST_MEMORY: u64 = 1_500_000;

/// How one file fared.
struct Fared {
    name: String,
    outcome: &'static str,
    fault: Option<&'static str>,
    said: String,
    took: Duration,
    memory: u64,
}

/// The files of a folder and of those below it, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.symlink_metadata().unwrap().file_type() {
                kind if kind.is_dir() => folders.push(path),
                kind if kind.is_file() && path.file_name().unwrap() != "damaged.txt" => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    files
}

/// The most memory that a process has had at once so far, in kB; 0 where the system does not tell.
fn most_memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Makes a sticker of one file, within the limits.
fn fare(booth: &Booth, folder: &Path, file: &Path, is_known_as_damaged: bool) -> Fared {
    let name = file.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
    let began = Instant::now();
    let words: [&std::ffi::OsStr; 9] = [
        "make".as_ref(),
        "-o".as_ref(),
        "out.png".as_ref(),
        "--width".as_ref(),
        "256".as_ref(),
        "--height".as_ref(),
        "256".as_ref(),
        "--".as_ref(),
        file.as_os_str(),
    ];
    let mut child = booth.start(words);
    let mut memory = 0;
    let mut limit = None;
    while child.try_wait().unwrap().is_none() && limit.is_none() {
        std::thread::sleep(Duration::from_millis(5));
        memory = memory.max(most_memory(child.id()));
        limit = match () {
            () if began.elapsed() > LONGEST => Some("it did not end in time"),
            () if memory > MOST_MEMORY => Some("it took too much memory"),
            () => None,
        };
    }
    let took = began.elapsed();
    if limit.is_some() {
        child.kill().unwrap();
    }
    let ended = Ended::wait(child);
    let outcome = outcome_of(&ended);
    let fault = limit.or_else(|| fault_of(&ended, outcome, is_known_as_damaged));
    Fared { name, outcome, fault, said: ended.err.trim().to_owned(), took, memory }
}

/// In a few words, what became of a file.
fn outcome_of(ended: &Ended) -> &'static str {
    const SENTENCES: [(&str, &str); 11] = [
        ("cannot be read here", "named, not read"),
        ("cut off before its end", "cut off"),
        ("file is damaged", "damaged"),
        ("file could not be read", "the decoder gave up"),
        ("is not a picture", "no picture"),
        ("No face was found", "no face"),
        ("pixels high, and at least", "face too small"),
        ("megapixels are accepted", "too many pixels"),
        ("of memory, and at most", "too much memory"),
        ("MiB are accepted", "file too large"),
        ("This is not a file", "no file"),
    ];
    match ended.code {
        Some(0) => "a sticker",
        Some(_) => {
            let said = SENTENCES.iter().find(|(words, _)| ended.err.to_lowercase().contains(&words.to_lowercase()));
            said.map_or("something else", |(_, outcome)| outcome)
        }
        None => "killed",
    }
}

/// What must not happen, if it did.
fn fault_of(ended: &Ended, outcome: &str, is_known_as_damaged: bool) -> Option<&'static str> {
    let says_panic = ["panicked", "RUST_BACKTRACE", ".rs:"].iter().any(|words| ended.err.contains(words));
    let blames_file = matches!(outcome, "cut off" | "damaged" | "the decoder gave up");
    match ended.code {
        _ if says_panic => Some("a panic was printed"),
        Some(0 | 3) if blames_file && !is_known_as_damaged => Some("a file that others read was called damaged"),
        Some(0 | 3) => None,
        Some(5) => Some("the engine disagreed with the pre-flight"),
        Some(1) => Some("it ended with 1"),
        _ => Some("it ended in an unexpected way"),
    }
}

/// The files that these tests are made with, in a folder, and which of them are damaged.
fn composed(booth: &Booth) -> PathBuf {
    let folder = booth.path("corpus");
    fs::create_dir(&folder).unwrap();
    let mut damaged = Vec::new();
    for (name, bytes, is_damaged) in formats::all() {
        fs::write(folder.join(&name), bytes).unwrap();
        if is_damaged {
            damaged.push(name);
        }
    }
    fs::write(folder.join("damaged.txt"), damaged.join("\n")).unwrap();
    folder
}

#[test]
fn every_picture_of_a_corpus_becomes_a_sticker_or_is_refused_for_what_it_is() {
    let home = Booth::new();
    let folder = std::env::var_os("STICKER_BOOTH_CORPUS").map_or_else(|| composed(&home), PathBuf::from);
    let list = fs::read_to_string(folder.join("damaged.txt")).unwrap_or_default();
    let damaged: Vec<&str> = list.lines().collect();
    let files = files(&folder);
    assert!(!files.is_empty(), "there is no file in {}", folder.display());
    let next = AtomicUsize::new(0);
    let fared = Mutex::new(Vec::new());
    let workers = std::thread::available_parallelism().map_or(1, |count| count.get().min(4));
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                let booth = Booth::new();
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let name = file.strip_prefix(&folder).unwrap().to_string_lossy();
                    let one = fare(&booth, &folder, file, damaged.contains(&&*name));
                    if let Some(fault) = one.fault {
                        tell(&format!("{fault}: {} ({})", one.name, one.said));
                    }
                    fared.lock().unwrap().push(one);
                }
            });
        }
    });
    let fared = fared.into_inner().unwrap();
    let faults: Vec<&str> = fared.iter().filter(|one| one.fault.is_some()).map(|one| one.name.as_str()).collect();
    tell_table(&fared);
    assert!(faults.is_empty(), "{} of {} files: {faults:?}", faults.len(), fared.len());
}

/// How many files fared how, and what took the most.
fn tell_table(fared: &[Fared]) {
    let count = |key: fn(&Fared) -> Option<&'static str>| -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for key in fared.iter().filter_map(key) {
            *counts.entry(key).or_default() += 1;
        }
        counts
    };
    tell(&format!("{:6} files", fared.len()));
    for (outcome, count) in count(|one| Some(one.outcome)) {
        tell(&format!("{count:6} {outcome}"));
    }
    tell(&format!("{:6} faults", fared.iter().filter(|one| one.fault.is_some()).count()));
    for (fault, count) in count(|one| one.fault) {
        tell(&format!("{count:6} {fault}"));
    }
    if let Some(one) = fared.iter().max_by_key(|one| one.took) {
        tell(&format!("{:6.1} s at most: {}", one.took.as_secs_f32(), one.name));
    }
    if let Some(one) = fared.iter().max_by_key(|one| one.memory) {
        tell(&format!("{:6} MB at most: {}", one.memory / 1000, one.name));
    }
}
