//! A library that was copied, restored, renamed or emptied behind our back, from a terminal.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::booth::{Booth, sample};

/// Makes so many small stickers.
fn make(booth: &Booth, count: u32) {
    let photo = sample();
    let small = ["--width", "256", "--height", "256", "--seed", "7"];
    let words = ["make", photo.to_str().unwrap(), "-o", "made/", "--count", &count.to_string()];
    booth.run(words.iter().chain(&small)).ends_with(0);
}

fn lose_index(booth: &Booth) {
    for name in ["data/index.sqlite", "data/index.sqlite-wal", "data/index.sqlite-shm"] {
        drop(fs::remove_file(booth.path(name)));
    }
}

/// What is known of a sticker, but for its number in this index.
fn without_ids(mut stickers: Vec<Value>) -> Vec<Value> {
    for sticker in &mut stickers {
        sticker.as_object_mut().unwrap().remove("id");
    }
    stickers
}

/// What `doctor` says of the stickers: how that is, and the sentence.
fn doctor(booth: &Booth) -> (String, String) {
    let findings = booth.run(["doctor", "--json"]).ends_with(0).json();
    let of =
        |name: &str| findings.iter().find(|one| one["check"] == "Stickers").unwrap()[name].as_str().unwrap().to_owned();
    (of("health"), of("detail"))
}

fn cutouts(library: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(library).unwrap().map(|entry| entry.unwrap().path());
    let is_cutout = |path: &PathBuf| {
        path.extension().is_some_and(|ending| ending == "png") && !path.to_string_lossy().ends_with("-background.png")
    };
    let mut cutouts: Vec<PathBuf> = paths.filter(is_cutout).collect();
    cutouts.sort();
    cutouts
}

/// Does the picture with its background lie beside it?
fn has_background(cutout: &Path) -> bool {
    let stem = cutout.file_stem().unwrap().to_str().unwrap();
    cutout.with_file_name(format!("{stem}-background.png")).exists()
}

#[test]
fn a_lost_index_is_seen_by_doctor_and_filled_again_with_all_that_the_files_know() {
    let booth = Booth::new();
    make(&booth, 2);
    let (before, files) = (without_ids(booth.stickers()), cutouts(&booth.path("data/library")));
    assert_eq!(doctor(&booth), ("good".to_owned(), "2 in the index, 2 in the folder.".to_owned()));

    lose_index(&booth);
    let (health, detail) = doctor(&booth);
    assert_eq!(health, "note");
    assert!(detail.starts_with("0 in the index, 2 in the folder; 2 not in the index: sticker-booth library rebuild"));
    let listed = booth.run(["library", "list", "--json"]).ends_with(0);
    assert!(listed.err.contains("2 stickers were found in the folder and taken into the index."), "{listed:?}");
    assert_eq!(without_ids(listed.json()), before);
    assert_eq!(booth.run(["library"]).ends_with(0).err, "", "it is said once");
    assert_eq!(doctor(&booth).0, "good");

    // Nothing was made or paid for by it, and the next sticker is one more.
    assert_eq!((booth.jobs().len(), cutouts(&booth.path("data/library"))), (2, files));
    lose_index(&booth);
    make(&booth, 1);
    assert_eq!((booth.stickers().len(), cutouts(&booth.path("data/library")).len()), (3, 3));
}

#[test]
fn an_older_index_and_files_that_were_copied_into_the_folder_lose_nothing() {
    let booth = Booth::new();
    make(&booth, 1);
    fs::create_dir(booth.path("backup")).unwrap();
    fs::copy(booth.path("data/index.sqlite"), booth.path("backup/index.sqlite")).unwrap();
    make(&booth, 2);
    lose_index(&booth);
    fs::copy(booth.path("backup/index.sqlite"), booth.path("data/index.sqlite")).unwrap();
    assert_eq!(booth.stickers().len(), 3);

    // A sticker under another name is the same sticker; a copy beside it is another; a foreign picture is none.
    let library = booth.path("data/library");
    let [first, second, _] = cutouts(&library).try_into().unwrap();
    fs::rename(&first, library.join("renamed.png")).unwrap();
    fs::copy(&second, library.join("copy.png")).unwrap();
    fs::copy(sample(), library.join("holiday.png")).unwrap();
    for _ in 0..2 {
        let stickers = booth.stickers();
        let mut names: Vec<_> = stickers
            .iter()
            .map(|one| Path::new(one["path"].as_str().unwrap()).file_stem().unwrap().to_owned())
            .collect();
        names.sort();
        assert_eq!(names.len(), 4, "{names:?}");
        assert_eq!(names[2..], ["copy", "renamed"]);
        assert!(stickers.iter().all(|one| one["missing"] == false));
    }
}

#[test]
fn a_copied_library_is_verified_imported_once_and_rebuilt() {
    let theirs = Booth::new();
    make(&theirs, 2);
    let booth = Booth::new();
    make(&booth, 1);
    fs::copy(sample(), theirs.path("data/library/holiday.png")).unwrap();
    let folder = theirs.path("data/library");
    let folder = folder.to_str().unwrap();
    let imported = booth.run(["library", "import", folder]).ends_with(0);
    let imported = imported.says("2 stickers were copied into the library, 0 stickers were here already.");
    imported.says("Left alone").says("holiday.png");
    let again = &booth.run(["library", "import", folder, "--json"]).ends_with(0).json()[0];
    assert_eq!((&again["added"], &again["known"]), (&0.into(), &2.into()));
    assert_eq!((booth.stickers().len(), theirs.stickers().len()), (3, 2));
    let prompts = |booth: &Booth| booth.stickers().iter().map(|one| one["job_id"].clone()).collect::<Vec<_>>();
    assert!(prompts(&theirs).iter().all(|job| prompts(&booth).contains(job)), "they know their jobs");
    booth.run(["library", "import", "nowhere"]).ends_with(2).says("nowhere");
    let one = &booth.run(["library", "import", "made/portrait-sticker.png", "--json"]).ends_with(0).json()[0];
    assert_eq!((&one["added"], &one["known"]), (&1.into(), &0.into()), "a saved copy says nothing of its job");
    booth.run(["library", "import", sample().to_str().unwrap()]).ends_with(1).says("does not say how it was made");

    booth.run(["library", "verify"]).ends_with(0).says("7 pictures as the index says.");
    let mut pairs = cutouts(&booth.path("data/library"));
    pairs.retain(|cutout| has_background(cutout));
    let [first, second, _] = pairs.try_into().unwrap();
    fs::remove_file(&first).unwrap();
    fs::write(&second, &fs::read(&second).unwrap()[..1000]).unwrap();
    let verified = &booth.run(["library", "verify", "--json"]).ends_with(1).json()[0];
    assert_eq!(verified["missing"], serde_json::json!([first]));
    assert_eq!(verified["changed"], serde_json::json!([second]));
    booth
        .run(["library", "verify"])
        .ends_with(1)
        .says("missing: ")
        .says("Put what is gone back from a copy")
        .says("Put what is damaged back");
    lose_index(&booth);
    // Of both, the picture with the background is whole, and stands for the sticker from now on.
    booth.run(["library", "rebuild"]).ends_with(0).says("written anew from the files: 4 stickers.");
    booth.run(["library", "verify"]).ends_with(0).says("5 pictures as the index says.");
    assert_eq!((booth.stickers().len(), booth.run(["library"]).err.as_str()), (4, ""));
}

#[test]
fn stickers_whose_files_are_gone_are_counted_and_marked() {
    let booth = Booth::new();
    make(&booth, 2);
    let [gone, _] = cutouts(&booth.path("data/library")).try_into().unwrap();
    fs::remove_file(&gone).unwrap();
    let missing: Vec<bool> = booth.stickers().iter().map(|one| one["missing"].as_bool().unwrap()).collect();
    assert_eq!(missing.iter().filter(|missing| **missing).count(), 1);
    let listed = booth.run(["library"]).ends_with(0).out;
    let lines: Vec<&str> = listed.lines().filter(|line| line.ends_with("(its file is missing)")).collect();
    assert!(lines.len() == 1 && lines[0].contains(gone.to_str().unwrap()), "{listed}");
    let (health, detail) = doctor(&booth);
    assert_eq!(health, "note");
    assert!(detail.contains("2 in the index, 1 in the folder; 1 gone from the folder"), "{detail}");
}
