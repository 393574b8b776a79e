//! Finished pictures on their way into the library: whole or not at all, told apart by what they show.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use serde_json::json;
use sticker_booth::jobs::{JobRow, Missing};
use sticker_booth::model::{Charged, JobStatus};
use sticker_booth::picture::{decode_sticker, has_alpha_cutout};

use super::service::{Kind, Say, Service, accepted, finished};
use super::world::{Manner, World, background, cutout, paid};

/// A picture with more to it than one colour, so that half of its file is half of the picture.
fn picture(format: ImageFormat, clear: bool) -> Vec<u8> {
    let noise = |x: u32, y: u32| (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)) as u8;
    let image = if clear {
        DynamicImage::from(RgbaImage::from_fn(64, 64, |x, y| {
            Rgba([noise(x, y), x as u8, y as u8, if x < 32 { 0 } else { 255 }])
        }))
    } else {
        DynamicImage::from(RgbImage::from_fn(64, 64, |x, y| Rgb([noise(x, y), x as u8, y as u8])))
    };
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A service whose finished job has these files.
fn service_of(files: Vec<Vec<u8>>) -> Service {
    Service::listening(move |base, kind, earlier, asked| match kind {
        Kind::Submit => accepted(&format!("request-{earlier}")),
        Kind::Ask => {
            let names: Vec<String> = (0..files.len()).map(|number| format!("{number}.png")).collect();
            finished(base, &names.iter().map(String::as_str).collect::<Vec<_>>())
        }
        Kind::Fetch => {
            let number: usize = asked.path.trim_start_matches('/').trim_end_matches(".png").parse().unwrap();
            Say::Picture(files[number].clone())
        }
    })
}

fn made(service: &Service, world: &World) -> JobRow {
    let window = world.start(&service.base, Manner::WINDOW);
    let id = window.jobs.submit(paid("click", &service.base)).unwrap();
    window.rest(&id)
}

#[test]
fn one_two_or_more_files_of_any_type_in_any_order_become_the_pair() {
    use ImageFormat::{Jpeg, Png, WebP};
    for (name, files, missing) in [
        ("two PNGs", vec![picture(Png, false), picture(Png, true)], None),
        ("the other way round", vec![picture(Png, true), picture(Png, false)], None),
        ("WebP cut out, JPEG behind", vec![picture(WebP, true), picture(Jpeg, false)], None),
        ("WebP behind, PNG cut out", vec![picture(WebP, false), picture(Png, true)], None),
        ("one cut out", vec![picture(WebP, true)], Some(Missing::Background)),
        ("one behind", vec![picture(Jpeg, false)], Some(Missing::Cutout)),
        ("three", vec![picture(Jpeg, false), picture(Png, false), picture(WebP, true)], None),
        ("twice the same kind", vec![picture(Jpeg, false), picture(Png, false)], Some(Missing::Cutout)),
    ] {
        let world = World::new();
        let row = made(&service_of(files), &world);
        assert_eq!((row.status, row.missing), (JobStatus::Done, missing), "{name}: {row:#?}");
        let shown = decode_sticker(&std::fs::read(row.path.unwrap()).unwrap()).unwrap();
        assert_eq!(has_alpha_cutout(&shown), missing != Some(Missing::Cutout), "{name}");
        if let Some(behind) = row.background_path {
            assert!(!has_alpha_cutout(&decode_sticker(&std::fs::read(behind).unwrap()).unwrap()), "{name}");
        }
        assert_eq!(world.library_files().len(), if missing.is_some() { 1 } else { 2 }, "{name}");
    }
}

#[test]
fn half_a_file_of_any_type_is_never_kept_though_its_length_was_as_promised() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        for tenths in [1, 5, 9] {
            let whole = picture(format, false);
            let part = whole[..whole.len() * tenths / 10].to_vec();
            let service = Service::start(move |base, kind, earlier| match kind {
                Kind::Submit => accepted("request"),
                Kind::Ask => finished(base, &["a.png"]),
                Kind::Fetch if earlier == 0 => Say::Picture(part.clone()),
                Kind::Fetch => Say::Picture(whole.clone()),
            });
            let world = World::new();
            let window = world.start(&service.base, Manner::WINDOW);
            let id = window.jobs.submit(paid("click", &service.base)).unwrap();
            let row = window.until(&id, "trying again", |row| row.retry_at.is_some() || row.rests());
            assert_eq!(row.status, JobStatus::Fetching, "{format:?} {tenths}/10");
            assert!(world.library_files().is_empty(), "{format:?} {tenths}/10");
            assert_eq!(window.rest(&id).status, JobStatus::Done, "{format:?} {tenths}/10");
        }
    }
}

#[test]
fn a_picture_that_is_no_sticker_ends_the_job_at_once_instead_of_being_fetched_for_ever() {
    let too_many_pixels = {
        let mut bytes = Cursor::new(Vec::new());
        RgbImage::new(4200, 4200).write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    };
    for (bytes, words) in [(too_many_pixels, "4200 × 4200"), (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;".to_vec(), "GIF")]
    {
        let service = service_of(vec![bytes]);
        let world = World::new();
        let row = made(&service, &world);
        assert_eq!((row.status, row.charged), (JobStatus::Failed, Charged::Yes), "{row:#?}");
        let error = row.error.unwrap();
        assert!(error.contains(words), "{error}");
        assert_eq!((service.count(Kind::Submit), service.count(Kind::Ask), service.count(Kind::Fetch)), (1, 1, 1));
    }
}

#[test]
fn a_picture_that_comes_inside_the_answer_is_checked_like_any_other() {
    use base64::Engine as _;
    let inline = |bytes: &[u8]| format!("data:image/png;base64,{}", base64::prelude::BASE64_STANDARD.encode(bytes));
    let (whole, cut) = (inline(&cutout()), inline(&cutout()[..60]));
    let service = Service::start(move |base, kind, earlier| match kind {
        Kind::Submit => accepted(&format!("request-{earlier}")),
        Kind::Ask if earlier == 0 => Say::Json(
            200,
            json!({ "status": "succeeded", "output": [cut, "data:image/png;base64,!", format!("{base}/a")] }),
        ),
        Kind::Ask => Say::Json(200, json!({ "status": "succeeded", "output": [whole, format!("{base}/a")] })),
        Kind::Fetch => Say::Picture(background()),
    });
    let world = World::new();
    let row = made(&service, &world);
    assert_eq!((row.status, row.missing), (JobStatus::Done, None), "{row:#?}");
    assert_eq!(service.count(Kind::Submit), 1);
}
