//! From a photo on disk to a sticker by way of a bucket, on the terminal and as the window does it.

use std::sync::Arc;

use secrecy::SecretString;
use sticker_booth::hosting::{HostingError, Standing};
use sticker_booth::jobs::{JobPhoto, JobsError, NewJob, SoftBudget};
use sticker_booth::keys::Account;
use sticker_booth::model::{Charged, EngineId, JobStatus, PhotoHost, Recipe};
use sticker_booth::picture::encode_jpeg;
use sticker_booth::studio::{KeepSecret, Purpose, Studio, StudioError};

use super::world::bucket_at;
use crate::photos::compose::{exif, with_segment, xmp};
use crate::support::booth::{Booth, Served, sample};
use crate::support::raw_server::{Act, RawServer};
use crate::support::s3::{S3Server, SECRET};

/// The sample portrait as a phone would write it: with a position, a thumbnail and a note.
pub(super) fn phone_photo(number: u16) -> Vec<u8> {
    let mut image = image::open(sample()).unwrap().to_rgb8();
    // Light and dark blocks on the chest tell the photos apart, also after they were prepared.
    for bit in 0..16 {
        let level = if number >> bit & 1 == 0 { 0 } else { 255 };
        for (x, y) in (0..8).flat_map(|x| (0..8).map(move |y| (x, y))) {
            image.put_pixel(image.width() / 4 + bit * 8 + x, image.height() - 20 + y, image::Rgb([level; 3]));
        }
    }
    let jpeg = encode_jpeg(&image, 95).unwrap();
    let described = with_segment(&jpeg, 0xfe, b"COMMENT-SECRET");
    with_segment(&with_segment(&described, 0xe1, &xmp()), 0xe1, &exif(1, b"\xff\xd8\xff thumbnail"))
}

/// A person with a bucket called `mine`, which was not agreed to yet, and the key of the service.
pub(super) fn booth_with(server: &S3Server, served: &Served) -> Booth {
    let booth =
        Booth::new().with_variable("PIXAZO_API_KEY", &served.key).with_variable("STICKER_BOOTH_HOST_SECRET", SECRET);
    let words = ["hosts", "set", "mine"].map(str::to_owned).into_iter().chain(server.settings());
    booth.run(words).ends_with(0).says("mine is set up");
    booth
}

/// The words of `make` by way of that bucket.
pub(super) fn make<'a>(photo: &'a str, served: &'a Served) -> Vec<&'a str> {
    let engine = ["--engine", "pixazo", "--base-url", &served.base, "--host", "mine"];
    let small = ["--width", "256", "--height", "256"];
    [&["make", photo][..], &engine, &small].concat()
}

fn contains(bytes: &[u8], needle: &str) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
}

#[test]
fn a_photo_becomes_a_sticker_by_way_of_a_bucket_and_is_gone_afterwards() {
    let (server, elsewhere) = (S3Server::start(), Booth::new());
    let served = Served::start(&elsewhere, &[]);
    let booth = booth_with(&server, &served);
    booth.put("me.jpg", &phone_photo(1));

    // Without consent not a byte leaves.
    let refused = booth.run(make("me.jpg", &served)).ends_with(2).says("hosts use mine");
    assert!(refused.err.contains("faces at 127.0.0.1") && refused.err.contains("for one hour"), "{}", refused.err);
    assert!(server.recorded().is_empty() && booth.jobs().is_empty());

    booth.run(["hosts", "use", "mine"]).ends_with(0).says("Send only photos of people who agreed").says("you agreed");
    let ended = booth.run([make("me.jpg", &served), vec!["--count", "2", "--json"]].concat()).ends_with(0);
    assert_eq!(ended.json().len(), 2);
    assert!(ended.json().iter().all(|told| told["status"] == "done" && told["cost_usd"] == 0.025), "{}", ended.out);
    assert!(booth.path("me-sticker.png").exists() && booth.path("me-sticker-2.png").exists());

    assert_eq!(server.objects(), Vec::<String>::new());
    assert_eq!((server.count("PUT"), server.count("DELETE")), (1, 1), "one sending serves both");
    let uploads = booth.run(["hosts", "uploads", "--json"]).ends_with(0).json();
    assert_eq!(uploads.len(), 1);
    assert_eq!((uploads[0]["status"].as_str(), uploads[0]["host"].as_str()), (Some("deleted"), Some("mine")));
    assert!(uploads[0]["deleted_at"].is_string() && !uploads[0]["url"].as_str().unwrap().contains("X-Amz"));

    // What really arrived is a JPEG with nothing but pixels in it.
    let recorded = server.recorded();
    assert!(recorded.windows(3).any(|window| window == [0xff, 0xd8, 0xff]), "a photo arrived");
    for secret in ["GPS-SECRET", "XMP-SECRET", "COMMENT-SECRET", "Exif", "me.jpg", SECRET, &served.key] {
        assert!(!contains(&recorded, secret), "{secret} arrived");
    }
    assert!(booth.run(["hosts", "list", "--json"]).json()[0]["agreed"].as_bool().unwrap());
}

#[test]
fn hosts_are_set_up_tried_and_deleted_on_the_terminal() {
    let server = S3Server::start();
    let booth = Booth::new().with_variable("STICKER_BOOTH_HOST_SECRET", SECRET);
    let set = |words: Vec<&str>| booth.run([vec!["hosts", "set", "mine"], words].concat());
    set(vec!["s3", "region=eu"]).ends_with(2).says("missing: write endpoint=…");
    set(vec!["litterbox", "speed=1"]).ends_with(2).says("no setting speed; it has address");
    set(vec!["s3", "endpoint=http://example.com", "region=eu", "bucket=b", "access_key_id=AK"])
        .ends_with(2)
        .says("https");
    assert!(booth.run(["hosts", "list"]).ends_with(0).out.is_empty());

    set(server.settings().iter().map(String::as_str).collect()).ends_with(0).says("no keychain");
    booth.run(["hosts", "test", "mine"]).ends_with(0).says("sent, fetched and deleted");
    booth.run(["hosts", "test", "nobody"]).ends_with(2).says("no host for photos named nobody");
    let uploader = br#"{"Version":"15.0.0","RequestURL":"https://up.example/","Body":"Binary","Headers":{"K":"tok-secret-9"},"URL":""}"#;
    booth.put("pics.sxcu", uploader);
    booth.run(["hosts", "set", "pics", "sxcu", "file=pics.sxcu"]).ends_with(0);
    let listed = booth.run(["hosts", "list", "--json"]).ends_with(0).json();
    assert_eq!(listed.len(), 2);
    assert_eq!((listed[0]["kind"].as_str(), listed[1]["place"].as_str()), (Some("s3"), Some("up.example")));
    assert_eq!((listed[0]["secret"].as_str(), listed[0]["agreed"].as_bool()), (Some("environment"), Some(false)));
    for name in ["photo-hosts.json", "uploads.sqlite"] {
        let kept = std::fs::read(booth.path("data").join(name)).unwrap();
        assert!(!contains(&kept, "tok-secret-9") && !contains(&kept, SECRET), "{name}");
    }

    booth.run(["hosts", "use", "mine"]).ends_with(0);
    assert_eq!(booth.run(["hosts", "list", "--json"]).json()[0]["chosen"], true);
    booth.run(["hosts", "use", "none"]).ends_with(0);
    assert_eq!(booth.run(["hosts", "list", "--json"]).json()[0]["agreed"], false);
    booth.run(["hosts", "uploads", "--delete", "zz"]).ends_with(2).says("no upload zz");
    booth.run(["hosts", "delete", "mine"]).ends_with(0);
    assert_eq!(booth.run(["hosts", "list", "--json"]).json().len(), 1);
}

/// A studio as the window holds it, with the bucket of `server` and a key for `base`.
fn studio(folder: &std::path::Path, server: &S3Server, base: &str, key: &str) -> Studio {
    let studio = Studio::open(Some(folder), Purpose::Window, Arc::new(|| {})).unwrap();
    studio.keys().set_for_session(Account::engine_at_url(base).unwrap(), &SecretString::from(key)).unwrap();
    let host = PhotoHost::new("mine", bucket_at(server)).unwrap();
    studio.set_photo_host(host, Some((SecretString::from(SECRET), KeepSecret::ForSession))).unwrap();
    studio
}

fn order(studio: &Studio, base: &str, photo: JobPhoto) -> NewJob {
    let engine = Studio::engine(EngineId::Pixazo, Some(base)).unwrap();
    let recipe = Recipe { width: 256, height: 256, ..Recipe::default() };
    NewJob { click: format!("{}", studio.now()), batch: None, engine, recipe, photo }
}

#[test]
fn the_window_does_the_same_through_the_studio_and_can_forget_the_photo() {
    let (server, elsewhere, folder) = (S3Server::start(), Booth::new(), tempfile::tempdir().unwrap());
    let served = Served::start(&elsewhere, &[]);
    let studio = studio(folder.path(), &server, &served.base, &served.key);
    let path = folder.path().join("me.jpg");
    std::fs::write(&path, phone_photo(2)).unwrap();
    let engine = Studio::engine(EngineId::Pixazo, Some(&served.base)).unwrap();

    let refused = studio.photo_for(path.to_str().unwrap(), &engine, Some("mine"), &|| false);
    let Err(StudioError::Jobs(JobsError::Hosting(HostingError::ConsentNeeded { disclosure, .. }))) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(*disclosure, studio.photo_host("mine").unwrap().disclosure());
    studio.agree_to_photo_host("mine").unwrap();

    let photo = studio.photo_for(path.to_str().unwrap(), &engine, Some("mine"), &|| false).unwrap();
    let id = studio.jobs().submit_all(vec![order(&studio, &served.base, photo)], SoftBudget::Obey).unwrap().remove(0);
    let row = studio.block_on(studio.jobs().wait(&id)).unwrap();
    assert_eq!((row.status, row.charged), (JobStatus::Done, Charged::Yes), "{row:?}");
    let raw = studio.jobs().raw_answer(&id).unwrap().unwrap();
    let (all, cut) = (raw.matches("X-Amz-Signature=").count(), raw.matches("X-Amz-Signature=…").count());
    assert!(all == cut && cut > 0, "the link is repeated, and a secret: {raw}");
    studio.block_on(studio.jobs().tidy());
    let upload = studio.uploads().unwrap().remove(0);
    assert_eq!((upload.standing(studio.now()), server.objects().len()), (Standing::Deleted, 0));
    let thumbnail = studio.jobs().hosts().thumbnail(&upload.id).unwrap().unwrap();
    assert!(image::load_from_memory(&thumbnail).unwrap().width() <= 96);

    let sha256 = row.photo_sha256.clone().unwrap();
    assert!(studio.jobs().photo_path(&sha256).exists());
    studio.forget_photo(&sha256).unwrap();
    assert!(!studio.jobs().photo_path(&sha256).exists());
    assert_eq!(studio.jobs().hosts().thumbnail(&upload.id).unwrap(), None);
    assert!(!studio.uploads().unwrap()[0].has_thumbnail);
    studio.close();
}

#[test]
fn a_photo_stays_while_the_service_may_fetch_it_and_goes_with_the_last_job() {
    let (server, folder) = (S3Server::start(), tempfile::tempdir().unwrap());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let silent = runtime.block_on(RawServer::start([Act::Stall]));
    let base = silent.base_url();
    let studio = studio(folder.path(), &server, &base, "some-key");
    studio.agree_to_photo_host("mine").unwrap();
    let path = folder.path().join("me.jpg");
    std::fs::write(&path, phone_photo(3)).unwrap();
    let engine = Studio::engine(EngineId::Pixazo, Some(&base)).unwrap();
    let photo = studio.photo_for(path.to_str().unwrap(), &engine, Some("mine"), &|| false).unwrap();
    let id = studio.jobs().submit_all(vec![order(&studio, &base, photo)], SoftBudget::Obey).unwrap().remove(0);
    while silent.heard().is_empty() {
        let row = studio.jobs().get(&id).unwrap();
        assert!(!row.rests(), "{row:?}");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let body: serde_json::Value = serde_json::from_slice(&silent.heard()[0].body).unwrap();
    assert!(body["image"].as_str().unwrap().contains("X-Amz-Signature="), "{body}");
    assert!(matches!(
        studio.forget_photo(&studio.jobs().get(&id).unwrap().photo_sha256.clone().unwrap()),
        Err(StudioError::Jobs(JobsError::PhotoInUse))
    ));
    studio.block_on(studio.jobs().tidy());
    assert_eq!(server.objects().len(), 1, "it is being submitted");

    studio.jobs().give_up();
    let row = studio.block_on(studio.jobs().wait(&id)).unwrap();
    assert_eq!(row.status, JobStatus::MayHaveBeenAccepted);
    studio.block_on(studio.jobs().tidy());
    assert_eq!(server.objects().len(), 1, "the service may have taken it");

    studio.jobs().forget(&id).unwrap();
    studio.block_on(studio.jobs().tidy());
    assert_eq!(server.objects().len(), 0);
    studio.close();
}
