//! Photos that are hard to cut and to draw, composed from the sample portrait.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage, imageops};

use super::{Control, Detail, EngineError, Look, Sticker, components, engine, is_opaque, portrait, recipe, render};
use crate::engine::StickerEngine as _;

/// The styles of the table, as prompts.
pub(super) const STYLES: [&str; 9] =
    ["cartoon", "ink", "pop art", "watercolour", "flat", "neon", "vintage", "kawaii", "pixel art"];

/// One hard photo.
pub(super) struct Case {
    /// What is hard about it.
    pub(super) name: &'static str,
    pub(super) photo: RgbImage,
}

/// A wall with stripes, dots and noise.
fn busy(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let noise = (x.wrapping_mul(7919) ^ y.wrapping_mul(104_729)).wrapping_mul(2_654_435_761) >> 26;
        let stripe = if (x / 14 + y / 9) % 2 == 0 { 70 } else { 165 };
        let dot = if (x % 40).abs_diff(20).pow(2) + (y % 40).abs_diff(20).pow(2) < 90 { 60 } else { 0 };
        let value = |shift: u32| (stripe + noise as u8).saturating_add(dot).saturating_sub(shift as u8);
        Rgb([value(10), value(45), value(0)])
    })
}

/// The portrait cut out by hand enough for a test: the engine's own silhouette at strength 0, photo colours.
fn alone() -> RgbaImage {
    let photo = portrait();
    let plain = recipe(|r| {
        (r.prompt_strength, r.width, r.height) = (0.0, 512, 512);
        r.negative_prompt = "border, shadow".to_owned();
    });
    engine().make(&photo, &plain, &Control::new()).unwrap().cutout
}

/// The portrait `edge` pixels wide, whose face is about a third as high.
fn scaled(edge: u32) -> RgbImage {
    imageops::resize(&portrait(), edge, edge, imageops::FilterType::Triangle)
}

/// The portrait turned by 30° on its own background colour.
fn tilted() -> RgbImage {
    let photo = portrait();
    let (sine, cosine) = 30.0_f32.to_radians().sin_cos();
    RgbImage::from_fn(420, 420, |x, y| {
        let (dx, dy) = (x as f32 - 210.0, y as f32 - 210.0);
        let (u, v) = (165.0 + dx * cosine + dy * sine, 166.0 - dx * sine + dy * cosine);
        let is_in = u >= 0.0 && v >= 0.0 && u < 330.0 && v < 332.0;
        if is_in { *photo.get_pixel(u as u32, v as u32) } else { Rgb([208, 200, 190]) }
    })
}

fn toned(change: impl Fn(f32) -> f32) -> RgbImage {
    let mut photo = portrait();
    for pixel in photo.pixels_mut() {
        *pixel = Rgb(pixel.0.map(|value| change(value as f32).clamp(0.0, 255.0) as u8));
    }
    photo
}

fn on(mut wall: RgbImage, parts: &[(&RgbImage, i64, i64)]) -> RgbImage {
    for (part, x, y) in parts {
        imageops::replace(&mut wall, *part, *x, *y);
    }
    wall
}

/// All hard photos.
pub(super) fn cases() -> Vec<Case> {
    let wall = |width, height| RgbImage::from_pixel(width, height, Rgb([200, 196, 188]));
    let photo = portrait();
    let mut busy_wall = DynamicImage::from(busy(512, 512)).to_rgba8();
    imageops::overlay(&mut busy_wall, &alone(), 0, 0);
    let mut transparent = Vec::new();
    DynamicImage::from(alone()).write_to(&mut std::io::Cursor::new(&mut transparent), ImageFormat::Png).unwrap();
    let case = |name, photo| Case { name, photo };
    vec![
        case("the portrait", photo.clone()),
        case("three people", on(wall(800, 340), &[(&scaled(290), 0, 50), (&photo, 250, 8), (&scaled(280), 520, 60)])),
        case("a tiny face in a big photo", on(wall(640, 480), &[(&scaled(96), 300, 200)])),
        case("a tiny source", scaled(72)),
        case("a huge source", scaled(2400)),
        case("a quarter turn", imageops::rotate90(&photo)),
        case("upside down", imageops::rotate180(&photo)),
        case("tilted by 30 degrees", tilted()),
        case("grey", DynamicImage::from(imageops::grayscale(&photo)).to_rgb8()),
        case("dark", toned(|value| value * 0.22)),
        case("overexposed", toned(|value| value * 1.5 + 50.0)),
        case("cut out already", crate::picture::decode_photo(&transparent).unwrap().image),
        case("the right half of a face", imageops::crop_imm(&photo, 155, 0, 175, 332).to_image()),
        case("the left half of a face", imageops::crop_imm(&photo, 0, 0, 185, 332).to_image()),
        case("only a face", imageops::crop_imm(&photo, 108, 60, 118, 125).to_image()),
        case("a busy background", DynamicImage::from(busy_wall).to_rgb8()),
    ]
}

/// Is the pixel at the rim of the sticker, or near it?
fn is_near_clear(cutout: &RgbaImage, x: u32, y: u32, reach: i32) -> bool {
    let (width, height) = cutout.dimensions();
    (-reach..=reach).any(|dx| {
        (-reach..=reach).any(|dy| {
            let (nx, ny) = (x as i32 + dx, y as i32 + dy);
            nx >= 0
                && ny >= 0
                && (nx as u32) < width
                && (ny as u32) < height
                && cutout.get_pixel(nx as u32, ny as u32)[3] < 128
        })
    })
}

/// What every sticker must be, whatever the photo: an error sentence else.
pub(super) fn check(sticker: &Sticker, has_white_border: bool) -> Result<(), String> {
    let cutout = &sticker.cutout;
    let (width, height) = cutout.dimensions();
    for (x, y) in [(0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1)] {
        if cutout.get_pixel(x, y)[3] > 0 {
            return Err(format!("the corner {x},{y} is not clear"));
        }
    }
    if components(cutout) != 1 {
        return Err(format!("{} pieces", components(cutout)));
    }
    for (x, y, pixel) in cutout.enumerate_pixels() {
        // A pixel that is not quite opaque has a little of the shadow in it.
        if has_white_border
            && pixel[3] == 255
            && is_near_clear(cutout, x, y, 2)
            && pixel.0[..3].iter().any(|&v| v < 232)
        {
            return Err(format!("the border is broken at {x},{y}: {pixel:?}"));
        }
        // Outward, alpha only falls: nothing faint stands alone in the shadow.
        if pixel[3] > 0 && pixel[3] < 128 && x > 0 && y > 0 && x + 1 < width && y + 1 < height {
            let around = (0..9).filter(|i| *i != 4).map(|i| cutout.get_pixel(x + i % 3 - 1, y + i / 3 - 1)[3]);
            if around.max().unwrap_or(0).saturating_add(1) < pixel[3] {
                return Err(format!("something faint stands alone at {x},{y}"));
            }
        }
    }
    Ok(())
}

/// The sticker of a case in a style, from an analysis that the styles share.
pub(super) fn stickers(case: &Case, side: u32) -> Result<Vec<Sticker>, EngineError> {
    let analysis = engine().analyse(&case.photo, &[], Detail::for_size((side, side)), &Control::new())?;
    STYLES
        .iter()
        .map(|style| {
            let recipe = recipe(|r| (r.prompt, r.width, r.height) = ((*style).to_owned(), side, side));
            render(&analysis, &Look::of(&recipe), (side, side), &Control::new())
        })
        .collect()
}

#[test]
fn every_style_keeps_its_promises_on_every_hard_photo() {
    let mut broken = Vec::new();
    for case in cases() {
        match stickers(&case, 256) {
            Err(error) => broken.push(format!("{}: {error}", case.name)),
            Ok(stickers) => {
                for (style, sticker) in STYLES.iter().zip(&stickers) {
                    let is_white = !["neon", "vintage"].contains(style);
                    if let Err(why) = check(sticker, is_white) {
                        broken.push(format!("{}, {style}: {why}", case.name));
                    }
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn faces_from_20_pixels_on_become_stickers() {
    for edge in [78, 96, 120, 150] {
        let photo = on(RgbImage::from_pixel(400, 300, Rgb([200, 196, 188])), &[(&scaled(edge), 140, 70)]);
        let made = engine().make(&photo, &recipe(|_| {}), &Control::new());
        match made {
            Ok(sticker) => check(&sticker, true).unwrap(),
            Err(error) => panic!("a portrait of {edge} pixels: {error}"),
        }
    }
}

#[test]
fn neighbours_leave_nothing_of_themselves_on_the_sticker() {
    let group = cases().into_iter().find(|case| case.name == "three people").unwrap();
    let together = engine().make(&group.photo, &recipe(|_| {}), &Control::new()).unwrap().cutout;
    let single = engine().make(&portrait(), &recipe(|_| {}), &Control::new()).unwrap().cutout;
    let area = |cutout: &RgbaImage| cutout.pixels().filter(|pixel| is_opaque(**pixel)).count() as f64;
    let share = area(&together) / area(&single);
    assert!((0.85..1.15).contains(&share), "the area is {share:.2} of that of the person alone");
    assert!(super::changed(&together, &single) < 0.35, "{}", super::changed(&together, &single));
}

#[test]
fn the_frame_of_a_half_face_is_cut_in_a_curve() {
    let half = cases().into_iter().find(|case| case.name == "the right half of a face").unwrap();
    let cutout = engine().make(&half.photo, &recipe(|_| {}), &Control::new()).unwrap().cutout;
    let first = |y: u32| (0..256).find(|&x| is_opaque(*cutout.get_pixel(x, y)));
    let rows: Vec<u32> = (30..225).filter_map(first).collect();
    let (least, most) = (rows.iter().min().unwrap(), rows.iter().max().unwrap());
    assert!(most - least > 12, "the left edge is a straight line from {least} to {most}");
}

/// Draws `engine-contact-sheet.png`: a row for each photo of [`cases`], the photo and then [`STYLES`].
///
/// `SCREENSHOTS_INTO=FOLDER cargo test --lib contact_sheet -- --ignored`
#[test]
#[ignore = "draws for people to look at, and checks nothing"]
fn contact_sheet() {
    const CELL: u32 = 192;
    let folder =
        std::path::PathBuf::from(std::env::var_os("SCREENSHOTS_INTO").expect("SCREENSHOTS_INTO names a folder"));
    let cases = cases();
    let mut sheet = RgbaImage::from_pixel(CELL * 10, CELL * cases.len() as u32, Rgba([226, 224, 220, 255]));
    for (row, case) in cases.iter().enumerate() {
        let y = (CELL * row as u32) as i64;
        let photo = DynamicImage::from(case.photo.clone()).thumbnail(CELL - 16, CELL - 16).to_rgba8();
        imageops::overlay(&mut sheet, &photo, 8, y + 8);
        for (column, sticker) in stickers(case, CELL).unwrap().iter().enumerate() {
            imageops::overlay(&mut sheet, &sticker.cutout, (CELL * (column as u32 + 1)) as i64, y);
        }
    }
    std::fs::create_dir_all(&folder).unwrap();
    DynamicImage::from(sheet).to_rgb8().save(folder.join("engine-contact-sheet.png")).unwrap();
}
