//! Finished stickers: the recipe is kept beside the untouched original, and what leaves the library is finished.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use image::{Rgb, RgbImage, Rgba, RgbaImage};
use sticker_booth::keys::KeysOptions;
use sticker_booth::library::metadata::{Disclosed, STICKER_BOOTH};
use sticker_booth::library::{NewSticker, Query, SaveOptions, StickerRow};
use sticker_booth::model::finish::{Color, PRESETS, Preset, Ring};
use sticker_booth::model::{EngineId, Finish, Recipe, StickerInfo};
use sticker_booth::picture::{encode_png, read_png_text};
use sticker_booth::platform::FileError;
use sticker_booth::studio::exports::{PackDesk, PackList, StickerSource};
use sticker_booth::studio::{Parts, Purpose, SAMPLE, Studio};
use tempfile::TempDir;

/// A studio that only looks, with a folder for what is saved.
struct Desk {
    root: TempDir,
    studio: Studio,
}

impl Desk {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let studio = open(&root);
        Self { root, studio }
    }

    /// The same folders with everything opened anew.
    fn reopened(self) -> Self {
        let Self { root, studio } = self;
        drop(studio);
        let studio = open(&root);
        Self { root, studio }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn only(&self) -> StickerRow {
        let mut rows = self.studio.library().list(&Query::default()).unwrap();
        assert_eq!(rows.len(), 1);
        rows.remove(0)
    }

    /// Keeps a sticker: a red disc, on green where it has its background.
    fn sticker(&self, job: &str) -> StickerRow {
        let opaque = RgbImage::from_fn(200, 200, |x, y| if is_in(x, y) { Rgb(RED) } else { Rgb([20, 160, 40]) });
        let cutout = RgbaImage::from_fn(200, 200, |x, y| {
            let [red, green, blue] = RED;
            if is_in(x, y) { Rgba([red, green, blue, 255]) } else { Rgba([0; 4]) }
        });
        let new = NewSticker {
            cutout_png: Some(encode_png(&cutout, &[]).unwrap()),
            opaque: Some(encode_png(&opaque, &[]).unwrap()),
            info: info(job),
        };
        self.studio.library().add(new).unwrap()
    }

    fn save(&self, row: &StickerRow, name: &str, options: SaveOptions) -> RgbaImage {
        let path = self.path(name);
        self.studio.save_sticker(row, &path, options).unwrap();
        image::open(path).unwrap().into_rgba8()
    }
}

const RED: [u8; 3] = [200, 30, 30];

fn is_in(x: u32, y: u32) -> bool {
    (x as f32 - 99.5).hypot(y as f32 - 99.5) < 60.0
}

fn open(root: &TempDir) -> Studio {
    let parts = Parts { keys: Some(KeysOptions::in_memory()), ..Parts::default() };
    Studio::open_with(parts, Some(&root.path().join("data")), Purpose::Look, Arc::new(|| {})).unwrap()
}

fn info(job: &str) -> StickerInfo {
    StickerInfo {
        version: StickerInfo::VERSION,
        engine: EngineId::Local,
        recipe: Recipe::default().with_seed(7),
        request_id: None,
        job_id: Some(job.to_owned()),
        created_at: "2026-11-30T10:00:00Z".to_owned(),
        photo_sha256: None,
        sent_sha256: None,
        photo_name: None,
        frame: None,
    }
}

fn lined() -> Finish {
    Finish { outline: Ring { on: true, width: 0.05, color: Color::WHITE }, ..Finish::default() }
}

fn is_white(pixel: Rgba<u8>) -> bool {
    pixel.0 == [255; 4]
}

#[test]
fn a_recipe_outlives_the_program_and_the_index_and_never_touches_the_original() {
    let desk = Desk::new();
    let row = desk.sticker("one");
    let before = fs::read(&row.path).unwrap();
    let finish = Preset::Comic.finish();
    desk.studio.library().set_finish(row.id, &finish).unwrap();
    let desk = desk.reopened();
    assert_eq!(desk.studio.library().finish_of(&desk.only()).unwrap(), finish);
    desk.studio.library().rebuild().unwrap();
    assert_eq!(desk.studio.library().finish_of(&desk.only()).unwrap(), finish);
    assert_eq!(fs::read(&row.path).unwrap(), before);
    assert!(desk.studio.library().verify().unwrap().is_sound());
}

#[test]
fn a_recipe_follows_its_sticker_through_the_bin_and_to_another_name() {
    let desk = Desk::new();
    let row = desk.sticker("one");
    let finish = Preset::Puffy.finish();
    let library = desk.studio.library();
    library.set_finish(row.id, &finish).unwrap();
    let binned = library.move_to_bin(row.id).unwrap();
    assert_eq!(library.finish_of(&binned).unwrap(), finish);
    library.take_from_bin(row.id).unwrap();
    fs::rename(&row.path, row.path.with_file_name("my favourite.png")).unwrap();
    library.take_in().unwrap();
    let renamed = desk.only();
    assert!(renamed.path.ends_with("my favourite.png"), "{}", renamed.path.display());
    assert_eq!(library.finish_of(&renamed).unwrap(), finish);
    library.move_to_bin(renamed.id).unwrap();
    library.empty_bin(|path| fs::remove_file(path).map_err(|error| FileError::new(path, error))).unwrap();
    assert_eq!(library.finish_of(&renamed).unwrap(), Finish::default());
}

#[test]
fn what_is_saved_is_finished_and_says_how_where_settings_are_told() {
    let desk = Desk::new();
    let row = desk.sticker("one");
    let plain = desk.save(&row, "plain.png", SaveOptions::default());
    assert_eq!(plain.pixels().filter(|pixel| is_white(**pixel)).count(), 0);
    desk.studio.library().set_finish(row.id, &lined()).unwrap();
    let finished = desk.save(&row, "finished.png", SaveOptions::default());
    assert_eq!(finished.dimensions(), (200, 200));
    // A ring of 10 pixels around a disc of 60.
    let white = finished.pixels().filter(|pixel| is_white(**pixel)).count() as f32;
    let expected = std::f32::consts::PI * (70.0_f32.powi(2) - 60.0_f32.powi(2));
    assert!((white - expected).abs() < 0.12 * expected, "{white} white pixels of about {expected}");
    let told = |name: &str| {
        let texts = read_png_text(&fs::read(desk.path(name)).unwrap()).unwrap();
        texts.into_iter().find(|text| text.keyword == STICKER_BOOTH).map(|text| text.text)
    };
    let record: serde_json::Value = serde_json::from_str(&told("finished.png").unwrap()).unwrap();
    assert_eq!(serde_json::from_value::<Finish>(record["finish"].clone()).unwrap(), lined());
    let silent = SaveOptions { disclosed: Disclosed { settings: false, label: true }, ..SaveOptions::default() };
    assert_eq!(desk.save(&row, "silent.png", silent), finished);
    assert_eq!(told("silent.png"), None);
    let with_background = SaveOptions { with_background: true, ..SaveOptions::default() };
    assert_eq!(desk.save(&row, "background.png", with_background).get_pixel(2, 2).0, [20, 160, 40, 255]);
}

#[test]
fn what_goes_to_a_platform_is_finished() {
    let desk = Desk::new();
    let row = desk.sticker("one");
    desk.studio.library().set_finish(row.id, &lined()).unwrap();
    let list = PackList::of([StickerSource::Id(row.id)]);
    let nothing = Disclosed { settings: false, label: false };
    let pack = PackDesk::default().pack(&list, &|| Ok(desk.studio.library()), nothing, &|| true).unwrap();
    assert_eq!(*pack.stickers[0].picture, desk.studio.finished_picture(&row).unwrap().picture);
    assert!(pack.stickers[0].picture.pixels().any(|pixel| is_white(*pixel)));
}

#[test]
fn small_pictures_are_finished_too_and_each_recipe_has_its_own() {
    let desk = Desk::new();
    let row = desk.sticker("one");
    let small = || desk.studio.finished_thumbnail(&row.path).unwrap();
    let plain = small();
    desk.studio.library().set_finish(row.id, &lined()).unwrap();
    let finished = small();
    assert_ne!(finished, plain);
    assert_eq!(small(), finished);
    desk.studio.library().set_finish(row.id, &Finish::default()).unwrap();
    assert_eq!(small(), plain);
}

#[test]
fn words_that_no_font_has_are_named_and_no_file_is_written() {
    let desk = Desk::new();
    let row = desk.sticker("one");
    let mut finish = lined();
    finish.caption.text = "\u{10FFFD}".to_owned();
    desk.studio.library().set_finish(row.id, &finish).unwrap();
    let path = desk.path("words.png");
    let error = desk.studio.save_sticker(&row, &path, SaveOptions::default()).unwrap_err();
    let sentence = sticker_booth::studio::sentence(&error);
    assert!(sentence.starts_with("No font on this computer has \u{10FFFD}"), "{sentence}");
    assert!(sentence.ends_with("the sticker itself is kept as it came"), "{sentence}");
    assert!(!path.exists());
}

#[test]
fn stickers_of_another_library_come_with_their_recipes() {
    let (from, to) = (Desk::new(), Desk::new());
    let row = from.sticker("one");
    from.studio.library().set_finish(row.id, &Preset::Candy.finish()).unwrap();
    to.studio.library().import_all(from.studio.library().folder()).unwrap();
    assert_eq!(to.studio.library().finish_of(&to.only()).unwrap(), Preset::Candy.finish());
}

#[test]
fn a_person_is_cut_out_of_a_result_that_came_without_transparency() {
    let desk = Desk::new();
    let new = NewSticker { cutout_png: None, opaque: Some(SAMPLE.to_vec()), info: info("opaque") };
    let row = desk.studio.library().add(new).unwrap();
    let mut finish = lined();
    finish.cutout.person = true;
    desk.studio.library().set_finish(row.id, &finish).unwrap();
    let picture = desk.studio.finished_picture(&row).unwrap().picture;
    let (width, height) = picture.dimensions();
    for (x, y) in [(0, 0), (width - 1, 0), (2, height / 3)] {
        assert_eq!(picture.get_pixel(x, y).0[3], 0, "{x} {y}");
    }
    let solid = picture.pixels().filter(|pixel| pixel.0[3] == 255).count() as f32 / (width * height) as f32;
    assert!((0.2..0.95).contains(&solid), "{solid} of the picture is the person's");
}

#[test]
fn every_look_is_drawn_of_a_kept_sticker_within_its_canvas() {
    let desk = Desk::new();
    let row = desk.sticker("one");
    for preset in PRESETS {
        desk.studio.library().set_finish(row.id, &preset.finish()).unwrap();
        let picture = desk.studio.finished_picture(&row).unwrap().picture;
        assert_eq!(picture.dimensions(), (200, 200));
        assert!([(0, 0), (199, 0), (0, 199), (199, 199)].iter().all(|(x, y)| picture.get_pixel(*x, *y).0[3] == 0));
    }
}
