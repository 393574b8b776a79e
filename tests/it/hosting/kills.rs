//! The program is killed at random moments while photos go to a bucket: afterwards none is left that no job needs.

use std::time::{Duration, Instant};

use sticker_booth::platform::random_seed;

use super::journey::{booth_with, make, phone_photo};
use crate::support::booth::{Booth, Running, Served};
use crate::support::s3::S3Server;

/// Photos that begin to be sent, each in a program that is killed; `STICKER_BOOTH_KILLS` asks for another number.
const UPLOADS: usize = 100;

/// Programs at the same time.
const AT_ONCE: usize = 2;

/// Longer than one program should need to begin.
const PATIENCE: Duration = Duration::from_mins(1);

fn random(below: u64) -> Duration {
    Duration::from_millis(u64::from(random_seed()) % below)
}

/// Waits until one more photo begins to be sent, or the program ends by itself.
fn until_one_more(server: &S3Server, before: usize, children: &mut [Running]) {
    let start = Instant::now();
    while server.count("PUT") <= before && start.elapsed() < PATIENCE {
        if children.iter_mut().all(|child| child.try_wait().unwrap().is_some()) {
            return;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn after_kills_at_random_moments_no_photo_is_left_that_no_job_needs() {
    let wanted = std::env::var("STICKER_BOOTH_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(UPLOADS);
    let (server, elsewhere) = (S3Server::start(), Booth::new());
    let served = Served::start(&elsewhere, &[]);
    let booth = booth_with(&server, &served);
    booth.run(["hosts", "use", "mine"]).ends_with(0);

    let (mut kills, mut rounds) = (0, 0);
    while server.count("PUT") < wanted && rounds < wanted * 3 {
        let before = server.count("PUT");
        let mut children: Vec<Running> = (rounds * AT_ONCE..(rounds + 1) * AT_ONCE)
            .map(|number| {
                // A photo of its own, so that it is sent, and that no other job's need hides that it is left.
                let name = format!("me-{number}.jpg");
                booth.put(&name, &phone_photo(number as u16));
                booth.start(make(&name, &served))
            })
            .collect();
        until_one_more(&server, before, &mut children);
        // Some while the photo is on its way, some while the service has it, some when it is being taken back.
        std::thread::sleep(random(if rounds % 3 == 0 { 400 } else { 60 }));
        for mut child in children {
            kills += usize::from(child.try_wait().unwrap().is_none());
            drop(child.kill());
            child.wait().unwrap();
        }
        rounds += 1;
    }
    let sent = server.count("PUT");
    assert!(sent >= wanted && kills >= wanted / 2, "{sent} photos sent, {kills} kills");

    // One more start goes on with what was accepted, and takes back what nobody needs.
    booth.run(["jobs", "resume"]);
    let unsure: Vec<String> = booth
        .jobs()
        .iter()
        .filter(|job| job["status"] == "may_have_been_accepted")
        .map(|job| job["id"].as_str().unwrap().to_owned())
        .collect();
    let open = booth.jobs().iter().filter(|job| job["status"] == "accepted" || job["status"] == "working").count();
    let left = server.objects().len();
    assert!(left <= unsure.len() + open, "{left} photos left for {} unsure and {open} open jobs", unsure.len());
    // Who puts the unsure ones aside for good needs their photos no more.
    for id in &unsure {
        booth.run(["jobs", "forget", id]).ends_with(0);
    }
    booth.run(["jobs", "resume"]);
    assert_eq!(server.objects(), Vec::<String>::new());
    let uploads = booth.run(["hosts", "uploads", "--json"]).json();
    // One that was never confirmed is looked for once more some minutes later, in case it arrives late.
    let is_settled = |upload: &serde_json::Value| {
        upload["status"] == "deleted" || (upload["status"] == "deleting" && upload["sent_at"].is_null())
    };
    assert!(uploads.iter().all(is_settled), "{uploads:#?}");
    tell(sent, kills, left, uploads.len());
}

#[expect(clippy::print_stderr, reason = "the figures are for whoever asks the test for them")]
fn tell(sent: usize, kills: usize, left: usize, rows: usize) {
    eprintln!("{sent} photos began to be sent, {kills} kills, {left} left for unsure jobs, 0 at the end, {rows} rows");
}
