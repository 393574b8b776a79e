//! Paid results in an unusual dress: unpacked and found where that can be, and kept as they came where it cannot.

use std::io::{Cursor, Write as _};
use std::path::PathBuf;

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use image::{ImageFormat, RgbImage};
use serde_json::{Value as Json, json};
use sticker_booth::jobs::{JobRow, LedgerKind, Missing};
use sticker_booth::model::{Charged, JobStatus};

use super::service::{Kind, Say, Service, accepted};
use super::world::{Manner, World, background, cutout, paid};
use crate::support::booth::{Booth, Ended};
use crate::support::files::linked_photo;

fn made(service: &Service, world: &World) -> JobRow {
    let window = world.start(&service.base, Manner::WINDOW);
    let id = window.jobs.submit(paid("click", &service.base)).unwrap();
    window.rest(&id)
}

/// A service whose finished answer is this; `BASE` in it stands for its address, `HOST` for that without its scheme.
fn answering(answer: Json, fetch: impl Fn(&str) -> Say + Send + Sync + 'static) -> Service {
    Service::listening(move |base, kind, _, asked| match kind {
        Kind::Submit => accepted("paid-for"),
        Kind::Ask => Say::Json(200, filled(&answer, base)),
        Kind::Fetch => fetch(&asked.path),
    })
}

fn filled(answer: &Json, base: &str) -> Json {
    let text = answer.to_string().replace("\"BASE/", &format!("\"{base}/"));
    let text = text.replace("\"HOST/", &format!("\"{}/", base.trim_start_matches("http:")));
    serde_json::from_str(&text).unwrap()
}

fn pictures(path: &str) -> Say {
    Say::Picture(if path.contains("/a") { background() } else { cutout() })
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn with_mark(bytes: &[u8]) -> Vec<u8> {
    [b"\xef\xbb\xbf", bytes].concat()
}

fn utf_16(bytes: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(bytes).unwrap();
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

type Dress = fn(&[u8]) -> Vec<u8>;

/// Plays a job in which every JSON answer, and every picture, comes in a dress.
fn dressed(headers: &'static str, json_dress: Dress, picture_dress: Dress) -> JobRow {
    let service = Service::listening(move |base, kind, _, asked| {
        let json_of = |answer: Json| Say::Dressed(headers.to_owned(), json_dress(answer.to_string().as_bytes()));
        match kind {
            Kind::Submit => json_of(json!({ "success": true, "request_id": "paid-for", "status": "starting" })),
            Kind::Ask => {
                json_of(json!({ "status": "succeeded", "output": [format!("{base}/a.png"), format!("{base}/b.png")] }))
            }
            Kind::Fetch => {
                let picture = if asked.path.contains("/a") { background() } else { cutout() };
                Say::Dressed(headers.to_owned(), picture_dress(&picture))
            }
        }
    });
    made(&service, &World::new())
}

#[test]
fn an_answer_that_was_compressed_unasked_is_unpacked_at_submit_poll_and_fetch() {
    let plain: Dress = <[u8]>::to_vec;
    for (headers, dress) in [
        ("Content-Encoding: gzip\r\n", gzip as Dress),
        ("Content-Encoding: x-GZIP\r\n", gzip),
        ("Content-Encoding: deflate\r\n", zlib),
        ("Content-Encoding: deflate\r\n", deflate),
        ("Content-Encoding: gzip, gzip\r\n", |bytes| gzip(&gzip(bytes))),
        ("Content-Encoding: deflate, gzip\r\n", |bytes| gzip(&zlib(bytes))),
        ("Content-Encoding: gzip\r\n", |bytes| [gzip(&bytes[..5]), gzip(&bytes[5..])].concat()),
        ("Content-Encoding: gzip\r\n", plain),
        ("", gzip),
    ] {
        let row = dressed(headers, dress, dress);
        assert_eq!((row.status, row.missing), (JobStatus::Done, None), "{headers}: {row:#?}");
        assert_eq!(row.request_id.as_deref(), Some("paid-for"), "{headers}");
    }
}

#[test]
fn a_byte_order_mark_loses_no_paid_id() {
    let plain: Dress = <[u8]>::to_vec;
    for dress in [with_mark as Dress, utf_16, |bytes| with_mark(&with_mark(bytes)), |bytes| gzip(&with_mark(bytes))] {
        let row = dressed("", dress, plain);
        assert_eq!((row.status, row.missing), (JobStatus::Done, None), "{row:#?}");
        assert_eq!(row.request_id.as_deref(), Some("paid-for"));
    }
}

#[test]
fn no_answer_is_asked_to_be_compressed() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let server =
        runtime.block_on(crate::support::raw_server::RawServer::start([crate::support::raw_server::Act::json(
            200,
            r#"{"request_id":"r","output":["/a.png"]}"#,
        )]));
    let world = World::new();
    let base = server.base_url();
    let window = world.start(&base, Manner::WINDOW);
    let id = window.jobs.submit(paid("click", &base)).unwrap();
    window.until(&id, "fetching", |_| server.heard().len() >= 2);
    for heard in server.heard() {
        assert!(heard.head.to_ascii_lowercase().contains("accept-encoding: identity\r\n"), "{}", heard.head);
    }
}

fn in_lines(text: &str) -> String {
    let lines: Vec<&str> = text.as_bytes().chunks(60).map(|line| std::str::from_utf8(line).unwrap()).collect();
    lines.join("\r\n")
}

#[test]
fn pictures_are_found_as_bare_base64_in_any_spelling_and_behind_paths() {
    let standard = |bytes: &[u8]| BASE64_STANDARD.encode(bytes);
    let (a, b) = (standard(&background()), standard(&cutout()));
    let url_safe = BASE64_URL_SAFE_NO_PAD.encode(cutout());
    let done = |output: Json| json!({ "status": "succeeded", "output": output });
    for answer in [
        done(json!([a, b])),
        done(json!({ "image_base64": b, "background": a })),
        done(json!([{ "b64_json": a }, { "base64": b }])),
        json!({ "status": "COMPLETED", "sticker": url_safe, "image": a }),
        done(json!([in_lines(&a), in_lines(&b)])),
        done(json!([format!("data:application/octet-stream;base64,{a}"), format!("data:;base64,{b}")])),
        done(json!([format!("data:image/png;base64,{}", in_lines(&a)), format!("data:image/png;base64,{url_safe}")])),
        done(json!([format!("DATA:Image/PNG; BASE64,{}", a.replace('+', "%2B").replace('=', "%3D")), b])),
        done(json!(["/outputs/a.png", "/outputs/b.png?sig=1"])),
        done(json!([{ "url": "outputs/a.png" }, { "url": "../b" }])),
        json!({ "status": "succeeded", "images": ["HOST/a.png", "./b.webp"] }),
    ] {
        let row = made(&answering(answer.clone(), pictures), &World::new());
        assert_eq!(
            (row.status, row.missing, row.error.as_deref()),
            (JobStatus::Done, None, None),
            "{answer}: {row:#?}"
        );
    }
}

/// The one file that is kept as it came.
fn kept(world: &World) -> PathBuf {
    let files: Vec<PathBuf> =
        std::fs::read_dir(world.folders().results()).unwrap().map(|e| e.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    files[0].clone()
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    RgbImage::new(width, height).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn encoded(format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    RgbImage::from_pixel(32, 32, image::Rgb([200, 90, 30])).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

#[test]
fn whatever_was_paid_for_and_is_no_sticker_is_kept_as_it_came_and_told_truly() {
    let avif = b"\0\0\0\x1cftypavif\0\0\0\0mif1avifmiaf and then what AV1 has to say".to_vec();
    let jxl = b"\xff\x0a\xfa\x80\x00 as JPEG XL begins".to_vec();
    for (name, bytes, headers, words) in [
        ("AVIF", avif.clone(), "", "as AVIF"),
        ("GIF", encoded(ImageFormat::Gif), "", "as GIF"),
        ("BMP", encoded(ImageFormat::Bmp), "", "as BMP"),
        ("TIFF", encoded(ImageFormat::Tiff), "", "as TIFF"),
        ("too many pixels", png(4200, 4200), "", "4200 × 4200 pixels"),
        ("JPEG XL", jxl, "", "as JPEG XL"),
        ("unknown", b"\x93 what \xff nobody knows".to_vec(), "", "no picture of a known kind"),
        ("brotli", b"\x0b\x02\x80hi\x03".to_vec(), "Content-Encoding: br\r\n", "not read here (br)"),
        ("zstd", b"\x28\xb5\x2f\xfd\x04".to_vec(), "Content-Encoding: zstd\r\n", "not read here (zstd)"),
    ] {
        let sent = bytes.clone();
        let service = answering(json!({ "status": "succeeded", "output": ["BASE/1"] }), move |_| {
            Say::Dressed(headers.to_owned(), sent.clone())
        });
        let world = World::new();
        check_kept(name, &made(&service, &world), &world, &bytes, words);
    }
    let whole = BASE64_STANDARD.encode(cutout());
    let (broken, cut) = ("data:image/png;base64,!!!".to_owned(), format!("data:image/png;base64,{}", &whole[..80]));
    for (name, link, bytes, words) in [
        ("broken data URI", broken.clone(), broken.into_bytes(), "no whole base64"),
        ("half a picture", cut, cutout()[..60].to_vec(), "ends before the picture does"),
        ("AVIF inside", format!("data:image/avif;base64,{}", BASE64_STANDARD.encode(&avif)), avif, "as AVIF"),
    ] {
        let service = answering(json!({ "status": "succeeded", "output": [link] }), |_| Say::Json(404, json!({})));
        let world = World::new();
        check_kept(name, &made(&service, &world), &world, &bytes, words);
    }
}

fn check_kept(name: &str, row: &JobRow, world: &World, bytes: &[u8], words: &str) {
    assert_eq!((row.status, row.charged), (JobStatus::Failed, Charged::Yes), "{name}: {row:#?}");
    assert_eq!(row.request_id.as_deref(), Some("paid-for"), "{name}");
    let (error, path) = (row.error.as_deref().unwrap(), kept(world));
    assert!(error.contains(words) && error.contains(path.to_str().unwrap()), "{name}: {error}");
    assert!(!error.contains("no longer lead") && !error.contains("choose"), "{name}: {error}");
    assert_eq!(std::fs::read(&path).unwrap(), bytes, "{name}");
    assert!(world.library_files().is_empty(), "{name}");
}

#[test]
fn a_file_that_is_too_large_to_be_decoded_is_kept_without_being_held_in_memory() {
    let bytes = [png(8, 8), vec![7; 65 * 1024 * 1024]].concat();
    let sent = bytes.clone();
    let service = answering(json!({ "status": "succeeded", "output": ["BASE/1"] }), move |_| {
        Say::Dressed(String::new(), sent.clone())
    });
    let world = World::new();
    check_kept("large", &made(&service, &world), &world, &bytes, "66 MiB");
    assert_eq!(kept(&world).extension().unwrap(), "png");
}

#[test]
fn an_answer_that_is_too_large_to_be_read_is_kept_for_the_result_inside_it() {
    let inside = format!(r#"{{"status":"succeeded","output":["data:image/png;base64,{}"]}}"#, "A".repeat(49 << 20));
    let sent = inside.clone().into_bytes();
    let service = Service::listening(move |_, kind, _, _| match kind {
        Kind::Submit => accepted("paid-for"),
        _ => Say::Dressed(String::new(), sent.clone()),
    });
    let world = World::new();
    check_kept("answer", &made(&service, &world), &world, inside.as_bytes(), "an answer of 50 MiB");
}

#[test]
fn a_black_picture_of_the_service_s_filter_is_no_sticker_and_a_flag_alone_is_told() {
    let black = png(32, 32);
    for (answer, picture, status, words) in [
        (json!({ "has_nsfw_concepts": [true] }), black.clone(), JobStatus::Failed, "sent a black one in its place"),
        (json!({ "nsfw": true }), black.clone(), JobStatus::Failed, "sent a black one in its place"),
        (json!({ "has_nsfw_concepts": [true, false] }), cutout(), JobStatus::Done, "found the result unsafe (NSFW)"),
        (json!({ "has_nsfw_concepts": [false] }), black.clone(), JobStatus::Done, "black all over"),
    ] {
        let mut whole = answer.clone();
        whole["status"] = json!("succeeded");
        whole["output"] = json!(["BASE/1"]);
        let service = answering(whole, move |_| Say::Picture(picture.clone()));
        let world = World::new();
        let row = made(&service, &world);
        assert_eq!((row.status, row.charged), (status, Charged::Yes), "{answer}: {row:#?}");
        assert!(row.error.as_deref().unwrap().contains(words), "{answer}: {row:#?}");
        if status == JobStatus::Failed {
            check_kept("black", &row, &world, &black, "unsafe (NSFW)");
        }
    }
}

/// `make -o out.png` of a link at this service, with a key.
fn make_at(booth: &Booth, service: &Service, more: &[&str]) -> Ended {
    let words = ["make", linked_photo(), "--engine", "pixazo", "--base-url", &service.base, "-o", "out.png"];
    booth.run(words.iter().chain(more))
}

fn person_with_key() -> Booth {
    Booth::new().with_variable("PIXAZO_API_KEY", "a-key-for-tests")
}

#[test]
fn the_opaque_one_of_two_never_becomes_the_sticker_when_the_cut_out_is_gone() {
    let pair = || json!({ "status": "succeeded", "output": ["BASE/a.png", "BASE/b.png"] });
    let lost = |path: &'static str| {
        answering(pair(), move |asked| if asked == path { Say::Json(404, json!({})) } else { pictures(asked) })
    };
    let world = World::new();
    let row = made(&lost("/b.png"), &world);
    assert_eq!(
        (row.status, row.missing, row.lost),
        (JobStatus::Done, Some(Missing::Cutout), Some(Missing::Cutout)),
        "{row:#?}"
    );
    assert!(row.error.unwrap().starts_with("the cut-out picture did not come (the server answered HTTP 404"));

    let booth = person_with_key();
    let ended = make_at(&booth, &lost("/b.png"), &["--json"]).ends_with(5).says("It was charged $0.025.");
    assert_eq!(booth.files(), Vec::<String>::new(), "nothing is written where the sticker was wanted");
    let told = &ended.json()[0];
    assert!(told["path"].is_null() && told["error"].as_str().unwrap().contains("the cut-out picture did not come"));
    let opaque = PathBuf::from(told["background_path"].as_str().unwrap());
    assert!(opaque.starts_with(booth.path("data/library")) && opaque.exists());

    let booth = person_with_key();
    let ended = make_at(&booth, &lost("/a.png"), &["--both"]).ends_with(0);
    assert!(ended.err.contains("the picture on its background did not come"), "{ended:?}");
    assert_eq!(booth.files(), ["out.png"]);

    // The service makes one picture alone, and says so by giving one link.
    let booth = person_with_key();
    let single = answering(json!({ "status": "succeeded", "output": "BASE/a.png" }), pictures);
    make_at(&booth, &single, &[]).ends_with(0).says("the service sent no cut-out picture");
    assert_eq!(booth.files(), ["out.png"]);
}

#[test]
fn the_terminal_names_the_file_of_what_was_paid_for_and_the_ledger_keeps_the_line() {
    let gif = encoded(ImageFormat::Gif);
    let sent = gif.clone();
    let service = answering(json!({ "status": "succeeded", "output": ["BASE/a"] }), move |_| {
        Say::Dressed(String::new(), sent.clone())
    });
    let booth = person_with_key();
    let ended = make_at(&booth, &service, &[]).ends_with(5).says("It was charged $0.025.");
    let path = ended.err.split("It is kept as it came: ").nth(1).unwrap().split(". Open it").next().unwrap();
    assert_eq!(std::fs::read(path).unwrap(), gif);
    assert_eq!((service.count(Kind::Submit), service.count(Kind::Ask)), (1, 1));
    booth.run(["jobs", "ledger", "--csv"]).ends_with(0).says("paid-for");
}

#[test]
fn an_answer_in_a_dress_that_cannot_be_taken_off_may_have_been_accepted_and_is_kept_byte_for_byte() {
    let service = Service::start(|_, _, _| {
        Say::Dressed("Content-Encoding: br\r\n".to_owned(), b"\x0b\x02\x80\xff\xfe\x00\x01\x03".to_vec())
    });
    let world = World::new();
    let window = world.start(&service.base, Manner::WINDOW);
    let id = window.jobs.submit(paid("click", &service.base)).unwrap();
    let row = window.rest(&id);
    assert_eq!((row.status, row.charged), (JobStatus::MayHaveBeenAccepted, Charged::Unknown));
    assert!(row.error.unwrap().contains("HTTP 200 with an answer that is compressed"));
    assert_eq!(window.raw_answer(&id).unwrap(), "8 bytes, as base64: CwKA//4AAQM=");
    assert_eq!(window.jobs.ledger().unwrap()[0].kind, LedgerKind::Unknown);
}
