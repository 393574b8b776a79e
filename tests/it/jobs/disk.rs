//! Disks that are full or may not be written, for real: small ones of their own, mounted for each test.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;

use super::good;
use super::service::{Kind, Say, Service};
use super::world::KEY;
use crate::support::booth::{Booth, Ended};
use crate::support::disk::{Disk, fill_but};
use crate::support::files::linked_photo;

/// A person with a key whose data folder is here.
fn person(data: &Path) -> Booth {
    Booth::new().with_variable("PIXAZO_API_KEY", KEY).with_variable("STICKER_BOOTH_DATA_DIR", data.to_str().unwrap())
}

fn make(booth: &Booth, service: &Service, wait: &str) -> Ended {
    booth.run(["make", linked_photo(), "--engine", "pixazo", "--base-url", &service.base, "--json", "--wait", wait])
}

/// Waits until the one job of `booth` is like this.
fn until(booth: &Booth, what: &str, is: impl Fn(&serde_json::Value) -> bool) {
    let start = Instant::now();
    loop {
        let jobs = booth.jobs();
        if jobs.first().is_some_and(&is) {
            return;
        }
        assert!(start.elapsed() < Duration::from_mins(1), "not {what}: {jobs:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A service that calls this before it answers a submit.
fn before_the_answer(act: impl Fn() + Send + Sync + 'static) -> Service {
    Service::start(move |base, kind, earlier| {
        if kind == Kind::Submit {
            act();
        }
        good(base, kind, earlier)
    })
}

#[test]
fn on_a_disk_that_is_almost_full_nothing_is_put_in_line_or_paid_for() {
    let Some(disk) = Disk::mount(32) else { return };
    let service = Service::start(good);
    let booth = person(&disk.path("data"));
    make(&booth, &service, "60s").ends_with(1).says("almost full, so nothing is paid for: make 64 MiB of room");
    assert_eq!((booth.jobs().len(), service.count(Kind::Submit)), (0, 0));
}

#[test]
fn a_job_in_line_waits_while_the_disk_is_almost_full_and_is_paid_for_once_there_is_room() {
    let Some(disk) = Disk::mount(96) else { return };
    let service = Service::start(|base, kind, earlier| match kind {
        Kind::Submit if earlier == 0 => Say::Busy(1),
        _ => good(base, kind, earlier),
    });
    let booth = person(&disk.path("data"));
    make(&booth, &service, "0s").ends_with(7);
    fill_but(&disk.filler(), 8 << 20);
    let sent = service.count(Kind::Submit);
    let resume = booth.start(["jobs", "resume", "--pay"]);
    until(&booth, "told why it waits", |job| job["error"].as_str().is_some_and(|error| error.contains("almost full")));
    assert_eq!(service.count(Kind::Submit), sent);
    disk.make_room();
    Ended::wait(resume).ends_with(0);
    assert_eq!((booth.jobs()[0]["status"].clone(), booth.jobs()[0]["charged"].clone()), (json!("done"), json!("yes")));
}

#[test]
fn an_id_that_comes_when_the_disk_has_become_full_is_kept_all_the_same() {
    let Some(disk) = Disk::mount(96) else { return };
    // The service outlives the test, so it must not keep the disk.
    let filler = disk.filler();
    let service = before_the_answer(move || fill_but(&filler, 0));
    let booth = person(&disk.path("data"));
    let mut child = booth
        .command(["make", linked_photo(), "--engine", "pixazo", "--base-url", &service.base])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while service.count(Kind::Ask) == 0 {
        assert!(start.elapsed() < Duration::from_mins(1), "it is not asked about, so the id was not written down");
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!disk.path("data/ballast").exists(), "the reserve made room for the row");

    disk.make_room();
    booth.run(["jobs", "resume"]).ends_with(0);
    let job = &booth.jobs()[0];
    assert_eq!((job["status"].clone(), job["request_id"].clone()), (json!("done"), json!("request-0")));
    assert_eq!((service.count(Kind::Submit), booth.stickers().len()), (1, 1));
    assert_eq!(disk.path("data/ballast").metadata().unwrap().len(), 262_144, "the reserve was taken again");
}

/// A data folder on a usual disk, whose preferences put the library on another one.
fn person_with_library_at(library: &Path) -> (tempfile::TempDir, Booth) {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir_all(library).unwrap();
    let settings = json!({ "version": 1, "library_folder": library });
    fs::write(root.path().join("settings.json"), settings.to_string()).unwrap();
    let booth = person(root.path());
    (root, booth)
}

#[test]
fn a_sticker_waits_for_room_in_a_full_library_and_is_kept_once_there_is_some() {
    let Some(disk) = Disk::mount(4) else { return };
    let (_root, booth) = person_with_library_at(&disk.path("library"));
    let released = Arc::<AtomicBool>::default();
    let going_on = Arc::clone(&released);
    fill_but(&disk.filler(), 0);
    let start = Instant::now();
    let service = Service::start(move |base, kind, earlier| {
        if kind == Kind::Fetch && earlier > 1 {
            going_on.store(true, Ordering::SeqCst);
        }
        good(base, kind, earlier)
    });
    make(&booth, &service, "3s").ends_with(7).says("could not be put into the library: the disk is full");
    assert!(start.elapsed() < Duration::from_secs(40), "it waited for room while it closed: {:?}", start.elapsed());
    assert_eq!(booth.jobs()[0]["status"], "fetching");
    assert!(fs::read_dir(disk.path("library")).unwrap().next().is_none(), "not even a part of it lies there");
    disk.make_room();
    booth.run(["jobs", "resume"]).ends_with(0);
    assert!(released.load(Ordering::SeqCst), "it was fetched again");
    assert_eq!((service.count(Kind::Submit), booth.stickers().len()), (1, 1));
}

#[test]
fn a_library_that_may_not_be_written_is_said_and_the_sticker_is_kept_once_it_may() {
    let Some(disk) = Disk::mount(4) else { return };
    let (_root, booth) = person_with_library_at(&disk.path("library"));
    let service = Service::start(good);
    disk.remount("ro");
    make(&booth, &service, "3s").ends_with(7).says("may not write or read here: choose another folder or allow it");
    disk.remount("rw");
    booth.run(["jobs", "resume"]).ends_with(0);
    assert_eq!((service.count(Kind::Submit), booth.stickers().len()), (1, 1));
}

#[test]
fn a_data_folder_that_may_not_be_written_is_said_before_anything_is_sent_and_loses_nothing() {
    let Some(disk) = Disk::mount(96) else { return };
    let service = Service::start(good);
    let booth = person(&disk.path("data"));
    make(&booth, &service, "60s").ends_with(0);
    disk.remount("ro");
    for words in [&["jobs", "list"][..], &["jobs", "resume"], &["library", "list"]] {
        booth.run(words).ends_with(1).says("may not write or read here: choose another folder or allow it");
    }
    make(&booth, &service, "60s").ends_with(1).says("may not write or read here");
    disk.remount("rw");
    assert_eq!((booth.jobs().len(), booth.stickers().len(), service.count(Kind::Submit)), (1, 1, 1));
}
