//! A full disk is called that, at once, by every command; with small disks of their own.

use std::fs;
use std::time::{Duration, Instant};

use crate::support::booth::{Booth, Ended, sample};
use crate::support::disk::{Disk, fill_but};

/// Everything of this person lies on this disk.
fn person(disk: &Disk) -> Booth {
    Booth::new().with_variable("STICKER_BOOTH_DATA_DIR", disk.path("data").to_str().unwrap())
}

fn make(booth: &Booth) -> Ended {
    let photo = sample();
    booth.run(["make", photo.to_str().unwrap(), "-o", "out.png", "--width", "512", "--height", "512"])
}

/// Nothing that only a program would say.
#[track_caller]
fn is_told_plainly(ended: &Ended) {
    let said = format!("{}{}", ended.out, ended.err).to_lowercase();
    assert!(said.contains("disk is full"), "{ended:?}");
    for word in ["database", "sqlite", "os error", "i/o"] {
        assert!(!said.contains(word), "{word}: {ended:?}");
    }
}

#[test]
fn with_any_room_that_is_too_little_make_ends_at_once_and_says_that_the_disk_is_full() {
    let Some(disk) = Disk::mount(32) else { return };
    let booth = person(&disk);
    make(&booth).ends_with(0);
    for left in [0, 20_000, 60_000, 150_000, 300_000, 450_000] {
        fs::remove_file(booth.path("out.png")).unwrap();
        fill_but(&disk.filler(), left);
        let start = Instant::now();
        let ended = make(&booth);
        if ended.code == Some(0) {
            // So little was enough.
            disk.make_room();
            continue;
        }
        is_told_plainly(&ended);
        assert!(matches!(ended.code, Some(1 | 5 | 7)), "{left}: {ended:?}");
        assert!(start.elapsed() < Duration::from_secs(40), "{left}: it waited {:?}", start.elapsed());
        disk.make_room();
        // What was kept goes on, and nothing is in the way.
        booth.run(["jobs", "resume"]);
        make(&booth).ends_with(0);
    }
}

#[test]
fn a_first_start_on_a_full_disk_and_every_command_say_so() {
    let Some(disk) = Disk::mount(4) else { return };
    let booth = person(&disk);
    fill_but(&disk.filler(), 0);
    for words in [&["jobs"][..], &["library"], &["hosts"], &["jobs", "ledger"]] {
        let ended = booth.run(words);
        if ended.code != Some(0) {
            is_told_plainly(&ended.ends_with(1));
        }
    }
    let doctor = booth.run(["doctor"]).ends_with(1);
    is_told_plainly(&doctor);
    is_told_plainly(&make(&booth).ends_with(1));
    disk.make_room();
    make(&booth).ends_with(0);
    booth.run(["doctor"]).says("in the folder");
}

#[test]
fn a_full_library_alone_is_named_and_the_sticker_comes_with_the_next_resume() {
    let Some(disk) = Disk::mount(4) else { return };
    let booth = Booth::new();
    fs::create_dir_all(booth.path("data")).unwrap();
    let library = disk.path("library");
    let settings = serde_json::json!({ "version": 1, "library_folder": library });
    booth.put("data/settings.json", settings.to_string().as_bytes());
    fs::create_dir_all(&library).unwrap();
    fill_but(&disk.filler(), 0);
    let start = Instant::now();
    let ended = make(&booth).ends_with(7).says("It is kept: sticker-booth jobs resume");
    is_told_plainly(&ended);
    assert!(start.elapsed() < Duration::from_secs(40), "it waited {:?}", start.elapsed());
    assert!(booth.run(["doctor"]).ends_with(1).out.contains("The disk is full: make room"));
    disk.make_room();
    booth.run(["jobs", "resume"]).ends_with(0);
    assert_eq!(booth.stickers().len(), 1);
}

#[test]
fn a_full_disk_where_the_copy_goes_is_named_and_what_was_made_is_kept() {
    let Some(disk) = Disk::mount(4) else { return };
    fill_but(&disk.filler(), 0);
    let booth = Booth::new();
    let photo = sample();
    let output = disk.path("out.png");
    let words = ["make", photo.to_str().unwrap(), "-o", output.to_str().unwrap(), "--width", "256", "--height", "256"];
    let mut ended = booth.run(words).ends_with(1).says("The sticker itself is safe in the library");
    // The disk's random name may spell anything.
    ended.err = ended.err.replace(output.to_str().unwrap(), "out.png");
    is_told_plainly(&ended);
    assert_eq!((booth.stickers().len(), output.exists()), (1, false));
}

#[test]
fn a_full_folder_of_temporary_files_is_named_at_once_with_any_room_that_is_too_little() {
    let Some(disk) = Disk::mount(4) else { return };
    fs::create_dir(disk.path("tmp")).unwrap();
    let booth = Booth::new().with_variable("TMPDIR", disk.path("tmp").to_str().unwrap());
    for left in [0, 8_192, 40_000, 200_000] {
        fill_but(&disk.filler(), left);
        let start = Instant::now();
        let ended = make(&booth);
        is_told_plainly(&ended);
        assert_ne!(ended.code, Some(0), "{left}: {ended:?}");
        let folder = disk.path("tmp");
        assert!(ended.err.contains(folder.to_str().unwrap()), "{left}: {ended:?}");
        assert!(start.elapsed() < Duration::from_secs(40), "{left}: it waited {:?}", start.elapsed());
        let doctor = booth.run(["doctor"]).ends_with(1).out;
        assert!(doctor.lines().any(|line| line.contains("Temporary files") && line.contains(folder.to_str().unwrap())));
        disk.make_room();
    }
    make(&booth).ends_with(0);
}
