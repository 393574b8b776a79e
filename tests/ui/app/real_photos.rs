//! Photos as cameras and screens make them: large, lying on their side, wide, long, and of no shape for a face.

use std::path::PathBuf;

use egui::accesskit::Role;
use egui::{Rect, Shape};
use image::{DynamicImage, GrayImage, Luma, Rgb, RgbImage, imageops};
use sticker_booth::keys::KeysOptions;
use sticker_booth::picture::encode_jpeg;
use sticker_booth::studio::Parts;

use super::desk::{Desk, at_a_desk};
use super::person::{MAKE, Person};

/// A portrait that may be committed.
const HOPPER: &[u8] = include_bytes!("../../it/people/hopper.jpg");

/// A wall with the portrait a little left of its middle, this many times as large.
fn wall(width: u32, height: u32, factor: u32) -> RgbImage {
    let portrait = image::load_from_memory(HOPPER).unwrap().to_rgb8();
    let (wide, high) = (portrait.width() * factor, portrait.height() * factor);
    let portrait = imageops::resize(&portrait, wide, high, imageops::FilterType::Triangle);
    let mut wall = RgbImage::from_pixel(width, height, Rgb([150, 160, 168]));
    let left = i64::from(width) * 2 / 5 - i64::from(wide) / 2;
    imageops::replace(&mut wall, &portrait, left, i64::from(height) / 2 - i64::from(high) / 2);
    wall
}

/// A JPEG of the picture as a camera stores it that notes this EXIF orientation.
fn jpeg(upright: &RgbImage, orientation: u8) -> Vec<u8> {
    let stored = match orientation {
        3 => imageops::rotate180(upright),
        5 => imageops::rotate270(&imageops::flip_horizontal(upright)),
        6 => imageops::rotate270(upright),
        8 => imageops::rotate90(upright),
        _ => upright.clone(),
    };
    let jpeg = encode_jpeg(&stored, 88).unwrap();
    let exif = [b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", &[orientation][..], &[0; 6]].concat();
    let length = (exif.len() as u16 + 2).to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
}

fn stripes(width: u32, height: u32) -> DynamicImage {
    GrayImage::from_fn(width, height, |x, y| Luma([(x / 5 + y / 3) as u8])).into()
}

/// The crop as it is spoken: width, height, left and top in pixels.
fn crop(person: &Person) -> Option<[f32; 4]> {
    let name = person.all(Role::Canvas, "Crop in the well, ").pop()?;
    let numbers: Vec<f32> = name
        .split(|letter: char| !letter.is_ascii_digit() && letter != '-')
        .filter_map(|word| word.parse().ok())
        .collect();
    numbers.try_into().ok()
}

fn flat(shape: &Shape, found: &mut impl FnMut(&Shape)) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| flat(shape, found)),
        shape => found(shape),
    }
}

/// Where the viewer draws the photo, what share of it that is, and the box around its cut line.
fn viewer(person: &Person) -> Option<(Rect, Rect, Rect)> {
    person.all(Role::Image, "Photo").iter().find(|name| *name == "Photo")?;
    let frame = person.find(Role::Image, "Photo")?.rect();
    let (mut picture, mut line) = (None, Rect::NOTHING);
    for clipped in &person.harness.output().shapes {
        flat(&clipped.shape, &mut |shape| match shape {
            Shape::Rect(rect) if rect.brush.is_some() && rect.rect.intersect(frame).area() > 0.5 * frame.area() => {
                picture = rect.brush.as_ref().map(|brush| (rect.rect, brush.uv));
            }
            Shape::Path(path) if path.points.len() > 100 && frame.expand(80.0).contains(path.points[0]) => {
                path.points.iter().for_each(|point| line.extend_with(*point));
            }
            _ => {}
        });
    }
    let (rect, share) = picture?;
    assert!(frame.expand(1.5).contains_rect(rect), "{rect:?} is not in {frame:?}");
    line.is_positive().then_some((rect, share, line))
}

#[test]
fn twelve_megapixels_fill_the_viewer_with_their_cut_line_on_the_face_however_the_camera_was_held() {
    at_a_desk(
        module_path!(),
        "twelve_megapixels_fill_the_viewer_with_their_cut_line_on_the_face_however_the_camera_was_held",
        |desk| {
            let mut person = Person::at(desk);
            let upright = wall(3024, 4032, 3);
            let mut first = None;
            for orientation in [1, 3, 5, 6, 8] {
                let name = format!("Turned {orientation}.jpg");
                person.drops(&desk.put(&name, &jpeg(&upright, orientation)));
                person.sees(Role::Image, &format!("Photo, {name}"));
                let found = person.until("its crop and its cut line", |window| Some((crop(window)?, viewer(window)?)));
                let ([width, height, left, top], (rect, share, line)) = found;
                // The face's middle is in the crop, and the crop is what the viewer shows of the photo.
                assert!(left < 1210.0 && left + width > 1210.0 && top < 2016.0 && top + height > 2016.0, "{found:?}");
                assert!((share.width() * 3024.0 - width).abs() < 3.0, "{name}: {share:?} of the photo for {width}");
                assert!((share.height() * 4032.0 - height).abs() < 3.0, "{name}: {share:?} of the photo for {height}");
                assert!((rect.aspect_ratio() - width / height).abs() < 0.02, "{name} is stretched: {rect:?}");
                let middle = rect.min + rect.size() * egui::vec2((1210.0 - left) / width, (2000.0 - top) / height);
                assert!(line.contains(middle) && line.height() > 0.4 * rect.height(), "{name}: {line:?} in {rect:?}");
                let first = first.get_or_insert([width, height, left, top]);
                for (one, other) in first.iter().zip([width, height, left, top]) {
                    assert!((one - other).abs() < 40.0, "{name} is framed at {found:?}, and not at {first:?}");
                }
            }
            person.leaves();
        },
    );
}

#[test]
fn fifty_megapixels_and_a_panorama_are_cropped_sent_and_drawn() {
    at_a_desk(module_path!(), "fifty_megapixels_and_a_panorama_are_cropped_sent_and_drawn", |desk| {
        let parts = Parts { keys: Some(KeysOptions::in_memory()), ..Parts::default() };
        let mut person = Person::with(desk, parts);
        for (jobs, (name, bytes)) in
            [("Large.jpg", jpeg(&wall(8160, 6120, 6), 6)), ("Panorama.jpg", jpeg(&wall(12_000, 2400, 2), 1))]
                .into_iter()
                .enumerate()
        {
            person.drops(&desk.put(name, &bytes));
            person.sees(Role::Image, &format!("Photo, {name}"));
            person.until("its crop and its cut line", |window| Some((crop(window)?, viewer(window)?)));
            person.click(Role::Button, "More about the photo");
            person.click(Role::MenuItem, "Add padding");
            person.until("the ticket", |window| window.enabled(Role::Button, MAKE));
            person.click(Role::Button, MAKE);
            person.waits_for_jobs(jobs + 1, "Done on this computer");
        }
        let stickers: Vec<PathBuf> = desk
            .stickers()
            .into_iter()
            .filter(|name| !name.contains("background"))
            .map(|name| desk.data().join("library").join(name))
            .collect();
        assert_eq!(stickers.len(), 2);
        for path in stickers {
            let sticker = image::open(&path).unwrap().into_rgba8();
            let shares = sticker.pixels().filter(|pixel| pixel.0[3] == 255).count() * 100 / (1024 * 1024);
            assert!((25..90).contains(&shares), "{}: {shares} % of the canvas are drawn", path.display());
        }
        person.leaves();
    });
}

/// Pictures that no face fits in, and those that take long to look at.
fn shapes(desk: &Desk) -> [(&'static str, PathBuf); 5] {
    let line = encode_jpeg(&RgbImage::from_pixel(65_500, 1, Rgb([90; 3])), 80).unwrap();
    [
        ("Upright line.png", desk.put_picture("Upright line.png", &stripes(1, 5000))),
        ("Line.jpg", desk.put("Line.jpg", &line)),
        ("Dot.png", desk.put_picture("Dot.png", &stripes(1, 1))),
        ("Chat.png", desk.put_picture("Chat.png", &stripes(800, 40_000))),
        ("Ribbon.png", desk.put_picture("Ribbon.png", &stripes(60_000, 40))),
    ]
}

#[test]
fn a_picture_of_any_shape_is_shown_and_a_newer_one_takes_its_place() {
    at_a_desk(module_path!(), "a_picture_of_any_shape_is_shown_and_a_newer_one_takes_its_place", |desk| {
        let mut person = Person::at(desk);
        let shapes = shapes(desk);
        for (name, path) in &shapes {
            person.drops(path);
            person.sees(Role::Image, &format!("Photo, {name}"));
            person.sees(Role::Button, "Make sticker, no face, on this computer");
        }
        // One after the other, before any of them is there.
        let good = desk.put_photo("Good.png");
        for (_, path) in &shapes {
            person.drops(path);
        }
        person.drops(&good);
        let mut seen = Vec::new();
        person.until("the last one", |window| {
            seen.extend(window.all(Role::Image, "Photo, "));
            window.find(Role::Image, "Photo, Good.png")?;
            window.enabled(Role::Button, MAKE)
        });
        for _ in 0..300 {
            person.step();
            seen.extend(person.all(Role::Image, "Photo, "));
        }
        let first = seen.iter().position(|name| name == "Photo, Good.png").unwrap();
        assert!(
            seen[first..].iter().all(|name| name == "Photo, Good.png"),
            "none of the older ones came after it: {seen:?}"
        );
        person.leaves();
    });
}
