//! `make` while it reads its photos: Ctrl+C is heard between them and inside of each, and no shape of a picture takes long.

use std::io::{Cursor, Read as _};
use std::net::TcpListener;
use std::process::Command;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::{Duration, Instant};

use image::{DynamicImage, GrayImage, ImageFormat, Luma, RgbImage};
use sticker_booth::photo::PickedPhoto;
use sticker_booth::picture::encode_jpeg;
use sticker_booth::studio::{LoadedPhoto, SAMPLE, StudioError};
use sticker_booth::vision::{Networks, VisionError};

use crate::support::booth::{Booth, Ended, Running};

/// Longer than a command takes to end once it has heard of it, on a machine that does other things too.
const SOON: Duration = Duration::from_secs(45);

/// A web space that hears of each request and never answers.
fn silent_web_space() -> (String, Receiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let link = format!("http://{}/me.png", listener.local_addr().unwrap());
    let (heard_by, heard) = sync_channel(16);
    std::thread::spawn(move || {
        let mut held = Vec::new();
        for mut stream in listener.incoming().flatten() {
            drop(stream.read(&mut [0; 64]));
            heard_by.send(()).unwrap_or_default();
            held.push(stream);
        }
    });
    (link, heard)
}

fn press_ctrl_c(child: &Running) {
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
}

/// The memory that a process has now, in kB.
fn memory(child: &Running) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[test]
fn ctrl_c_inside_of_a_photo_ends_its_reading_and_the_photos_behind_it_are_left_alone() {
    let booth = Booth::new();
    booth.put("before.png", SAMPLE);
    booth.put("behind.png", SAMPLE);
    let (link, heard) = silent_web_space();
    let child =
        booth.start(["make", "before.png", &link, "behind.png", "behind.png", "--width", "256", "--height", "256"]);
    heard.recv_timeout(Duration::from_secs(90)).unwrap();
    let began = Instant::now();
    press_ctrl_c(&child);
    let ended = Ended::wait(child).ends_with(130).says("Stopped: 3 photos were not read, and nothing more is begun.");
    assert!(began.elapsed() < SOON, "it took {:?}", began.elapsed());
    assert!(!ended.err.contains("behind.png"), "what was not begun is told once: {}", ended.err);
    assert!(!booth.files().contains(&"behind-sticker.png".to_owned()));
    // Of the photo before, there is a job, which is done or kept.
    let jobs = booth.jobs();
    assert_eq!(jobs.len(), 1, "{jobs:?}");
}

#[test]
fn programs_are_told_of_each_photo_that_was_not_read() {
    let booth = Booth::new();
    booth.put("behind.png", SAMPLE);
    let (link, heard) = silent_web_space();
    let child = booth.start(["make", &link, "behind.png", "--json"]);
    heard.recv_timeout(Duration::from_secs(90)).unwrap();
    press_ctrl_c(&child);
    let ended = Ended::wait(child).ends_with(130);
    let told: Vec<_> = ended.json().iter().map(|told| told["error"].as_str().unwrap().to_owned()).collect();
    assert_eq!(told.len(), 2, "{ended:?}");
    assert!(told.iter().all(|error| error.contains("you stopped")), "{told:?}");
    assert!(booth.jobs().is_empty());
}

#[test]
fn what_costs_money_stays_out_of_the_line_when_the_reading_was_stopped() {
    let (booth, service) = (Booth::new().with_variable("PIXAZO_API_KEY", "a-key-for-tests"), silent_web_space());
    let base = service.0.trim_end_matches("/me.png").to_owned();
    let (link, heard) = silent_web_space();
    let words = ["make", crate::support::files::linked_photo(), &link, "--engine", "pixazo", "--base-url", &base];
    let child = booth.start(words);
    heard.recv_timeout(Duration::from_secs(90)).unwrap();
    press_ctrl_c(&child);
    Ended::wait(child).ends_with(130).says("Stopped: 1 photo was not read");
    assert!(booth.jobs().is_empty());
    assert!(service.1.try_recv().is_err(), "the service was asked for something");
}

#[test]
fn the_second_ctrl_c_leaves_at_once_whatever_is_being_decoded() {
    let booth = Booth::new();
    let mut bytes = Cursor::new(Vec::new());
    let wide = GrayImage::from_fn(10_000, 9_900, |x, y| Luma([((x / 9) ^ (y / 7)) as u8]));
    DynamicImage::ImageLuma8(wide).write_to(&mut bytes, ImageFormat::Png).unwrap();
    booth.put("wide.png", &bytes.into_inner());
    let words = std::iter::once("make").chain(std::iter::repeat_n("wide.png", 40));
    let mut child = booth.start(words);
    // A hundred megapixels are being decoded.
    while memory(&child) < 250_000 {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it had begun");
        std::thread::yield_now();
    }
    let began = Instant::now();
    press_ctrl_c(&child);
    // Two signals at the same time would be heard as one.
    std::thread::sleep(Duration::from_millis(60));
    press_ctrl_c(&child);
    let ended = Ended::wait(child).ends_with(130);
    assert!(began.elapsed() < SOON, "it took {:?}", began.elapsed());
    assert!(ended.err.contains("Stopped"), "{}", ended.err);
    assert_eq!(booth.files(), ["wide.png"]);
}

#[test]
fn a_look_that_is_stopped_ends_before_the_next_run_of_a_network() {
    use std::sync::atomic::{AtomicUsize, Ordering};
    let networks = Networks::load().unwrap();
    let long = encode_jpeg(&RgbImage::from_pixel(600, 9000, image::Rgb([120, 110, 100])), 80).unwrap();
    let asked = AtomicUsize::new(0);
    let stops_at_the_fifth = || asked.fetch_add(1, Ordering::Relaxed) >= 5;
    let outcome = LoadedPhoto::of(&networks, PickedPhoto::new(long, "long.jpg"), None, &stops_at_the_fifth);
    assert!(matches!(outcome, Err(StudioError::Vision(VisionError::Stopped))), "{outcome:?}");
    // Some ran side by side when it was said.
    let asked = asked.load(Ordering::Relaxed);
    assert!(asked < 40, "it went on for {asked} runs");
}

#[test]
fn no_shape_of_a_picture_takes_long() {
    let png = |width: u32, height: u32| {
        let mut bytes = Cursor::new(Vec::new());
        let image = GrayImage::from_fn(width, height, |x, y| Luma([(x / 5 + y / 3) as u8]));
        DynamicImage::ImageLuma8(image).write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    };
    let line = encode_jpeg(&RgbImage::from_pixel(65_500, 1, image::Rgb([90; 3])), 80).unwrap();
    let booth = Booth::new();
    for (name, bytes) in [
        ("1x1.png", png(1, 1)),
        ("1x5000.png", png(1, 5000)),
        ("65500x1.jpg", line),
        ("19x60000.png", png(19, 60_000)),
        ("20x60000.png", png(20, 60_000)),
        ("60000x40.png", png(60_000, 40)),
        ("800x40000.png", png(800, 40_000)),
        ("300000x300.png", png(300_000, 300)),
    ] {
        booth.put(name, &bytes);
        let began = Instant::now();
        booth.run(["make", name]).ends_with(3).says("No face");
        assert!(began.elapsed() < SOON, "{name} took {:?}", began.elapsed());
    }
}
