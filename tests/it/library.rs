//! The library in temporary folders: durable, idempotent, rebuildable.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use image::{Rgb, RgbImage, Rgba, RgbaImage};
use sticker_booth::library::metadata::Disclosed;
use sticker_booth::library::{Library, LibraryError, Mark, NewSticker, Query, SaveOptions, Sort, StickerRow, metadata};
use sticker_booth::model::{EngineId, Recipe, StickerInfo};
use sticker_booth::picture::{encode_jpeg, encode_png, read_png_text};
use sticker_booth::platform::FileError;
use tempfile::TempDir;

mod taking_in;

/// A library in a folder of its own.
struct Booth {
    root: TempDir,
    library: Library,
}

impl Booth {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let library = Library::open(&root.path().join("library"), &root.path().join("index.sqlite")).unwrap();
        Self { root, library }
    }

    fn index(&self) -> PathBuf {
        self.root.path().join("index.sqlite")
    }

    /// The same folder opened again with what is left of the index.
    fn reopened(&self) -> Library {
        Library::open(self.library.folder(), &self.index()).unwrap()
    }

    fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.library.folder()).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| !name.starts_with('.'));
        names.sort();
        names
    }

    fn all(&self) -> Vec<StickerRow> {
        self.library.list(&Query::default()).unwrap()
    }

    fn found(&self, query: &Query) -> Vec<String> {
        self.library.list(query).unwrap().into_iter().map(|row| row.prompt).collect()
    }
}

/// Deletes a file for good: no test reaches for the trash of whoever runs it.
fn delete(path: &Path) -> Result<(), FileError> {
    fs::remove_file(path).map_err(|error| FileError::new(path, error))
}

fn info(job: &str, prompt: &str, created_at: &str) -> StickerInfo {
    StickerInfo {
        version: StickerInfo::VERSION,
        engine: EngineId::Local,
        recipe: Recipe { prompt: prompt.to_owned(), ..Recipe::default() }.with_seed(4_071_233_981),
        request_id: Some(format!("request-{job}")),
        job_id: Some(job.to_owned()),
        created_at: created_at.to_owned(),
        photo_sha256: Some("photo-hash".to_owned()),
        sent_sha256: None,
        photo_name: Some("grandma.jpg".to_owned()),
        frame: None,
    }
}

fn cutout() -> RgbaImage {
    RgbaImage::from_fn(64, 48, |x, y| Rgba([x as u8, y as u8, 7, if x < 32 { 0 } else { 255 }]))
}

fn opaque() -> RgbImage {
    RgbImage::from_fn(64, 48, |x, y| Rgb([x as u8, y as u8, 7]))
}

fn sticker(info: StickerInfo) -> NewSticker {
    NewSticker {
        cutout_png: Some(encode_png(&cutout(), &[]).unwrap()),
        opaque: Some(encode_png(&opaque(), &[]).unwrap()),
        info,
    }
}

fn three(booth: &Booth) -> Vec<StickerRow> {
    [
        ("one", "a cartoon cat", "2026-11-20T10:00:00Z"),
        ("two", "ink portrait", "2026-11-21T10:00:00Z"),
        ("three", "cartoon of a 漫画の猫", "2026-11-22T10:00:00Z"),
    ]
    .into_iter()
    .map(|(job, prompt, at)| booth.library.add(sticker(info(job, prompt, at))).unwrap())
    .collect()
}

#[test]
fn a_sticker_is_kept_under_a_readable_name_with_its_record() {
    let booth = Booth::new();
    let row = booth.library.add(sticker(info("one", "a cartoon cat", "2026-11-22T10:00:00Z"))).unwrap();
    let name = row.path.file_name().unwrap().to_str().unwrap();
    assert!(name.starts_with("2026-11-22 a cartoon cat 4071233981 "), "{name}");
    assert_eq!(row.path.extension().unwrap(), "png");
    assert_eq!((row.width, row.height, row.has_cutout()), (64, 48, true));
    let texts = read_png_text(&fs::read(&row.path).unwrap()).unwrap();
    let keywords: Vec<_> = texts.iter().map(|text| text.keyword.as_str()).collect();
    assert_eq!(keywords, [metadata::PARAMETERS, metadata::STICKER_BOOTH, metadata::XMP]);
    assert_eq!(metadata::read_info(&fs::read(&row.path).unwrap()).unwrap().unwrap(), row.info);
    assert_eq!(image::open(&row.path).unwrap().into_rgba8(), cutout());
    assert_eq!(image::open(row.background_path.unwrap()).unwrap().into_rgb8(), opaque());
}

#[test]
fn the_same_job_twice_is_one_sticker_also_from_another_process() {
    let booth = Booth::new();
    let first = booth.library.add(sticker(info("one", "cat", "2026-11-22T10:00:00Z"))).unwrap();
    let second = booth.reopened().add(sticker(info("one", "cat", "2026-11-23T10:00:00Z"))).unwrap();
    assert_eq!(first, second);
    assert_eq!((booth.files().len(), booth.all().len()), (2, 1));
}

#[test]
fn many_threads_adding_the_same_jobs_add_each_once() {
    let booth = Booth::new();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            let library = booth.reopened();
            scope.spawn(move || {
                for job in ["one", "two", "three"] {
                    library.add(sticker(info(job, "cat", "2026-11-22T10:00:00Z"))).unwrap();
                }
            });
        }
    });
    assert_eq!((booth.files().len(), booth.all().len()), (6, 3));
}

#[test]
fn a_crash_between_files_and_row_leaves_one_sticker_after_the_second_try() {
    let booth = Booth::new();
    let row = booth.library.add(sticker(info("one", "cat", "2026-11-22T23:59:59Z"))).unwrap();
    // As if the process had died before the row: the names are reserved, the files written.
    let stem = row.path.file_stem().unwrap().to_str().unwrap();
    let connection = rusqlite::Connection::open(booth.index()).unwrap();
    connection.execute("DELETE FROM sticker", []).unwrap();
    connection.execute("INSERT INTO pending (library_id, key, stem) VALUES (1, 'one', ?1)", [stem]).unwrap();
    let again = booth.library.add(sticker(info("one", "cat", "2026-11-23T00:00:02Z"))).unwrap();
    assert_eq!((again.path, booth.files().len(), booth.all().len()), (row.path, 2, 1));
}

#[test]
fn one_picture_of_two_is_enough_and_a_jpeg_becomes_png() {
    let booth = Booth::new();
    let jpeg = encode_jpeg(&opaque(), 90).unwrap();
    let new = NewSticker { cutout_png: None, opaque: Some(jpeg), info: info("one", "cat", "2026-11-22T10:00:00Z") };
    let row = booth.library.add(new).unwrap();
    assert!(!row.has_cutout());
    assert!(row.path.to_str().unwrap().ends_with("-background.png"));
    assert!(metadata::read_info(&fs::read(&row.path).unwrap()).unwrap().is_some());
    let nothing = NewSticker { cutout_png: None, opaque: None, info: row.info };
    let refused = booth.library.add(NewSticker { info: info("two", "", "2026-11-22T10:00:00Z"), ..nothing });
    assert!(matches!(refused, Err(LibraryError::NoPicture)), "{refused:?}");
}

#[test]
fn a_cut_file_is_refused_and_nothing_is_left() {
    let booth = Booth::new();
    let mut new = sticker(info("one", "cat", "2026-11-22T10:00:00Z"));
    let png = new.cutout_png.take().unwrap();
    new.cutout_png = Some(png[..png.len() / 2].to_vec());
    assert!(matches!(booth.library.add(new), Err(LibraryError::Picture(_))));
    assert_eq!((booth.files().len(), booth.all().len()), (0, 0));
}

#[test]
fn a_rebuilt_index_equals_the_one_that_was_lost_marks_and_bin_included() {
    let booth = Booth::new();
    let rows = three(&booth);
    booth.library.set_mark(rows[0].id, Mark::Star).unwrap();
    booth.library.set_mark(rows[1].id, Mark::Star).unwrap();
    booth.library.set_mark(rows[1].id, Mark::Reject).unwrap();
    booth.library.set_name(rows[1].id, " Aunt\nMay ").unwrap();
    booth.library.set_name(rows[2].id, "Ben").unwrap();
    booth.library.set_name(rows[0].id, "Nobody").unwrap();
    booth.library.set_name(rows[0].id, "").unwrap();
    booth.library.move_to_bin(rows[2].id).unwrap();
    let lists = |library: &Library| {
        [false, true].map(|is_binned| library.list(&Query { is_binned, ..Query::default() }).unwrap())
    };
    let before = lists(&booth.library);
    assert_eq!(before.concat().iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["Aunt May", "", "Ben"]);
    booth.library.rebuild().unwrap();
    assert_eq!(lists(&booth.library), before);

    let lost = Library::open(booth.library.folder(), &booth.root.path().join("other.sqlite")).unwrap();
    assert_eq!(lost.count(&Query::default()).unwrap(), 0);
    assert_eq!(lost.rebuild().unwrap().stickers, 3);
    assert_eq!(lists(&lost), before);
    // And its jobs are still known.
    assert_eq!(lost.add(sticker(info("one", "x", "2026-12-01T10:00:00Z"))).unwrap().path, rows[0].path);
}

#[test]
fn a_broken_index_is_set_aside_reported_and_rebuilt_from_the_files() {
    let booth = Booth::new();
    three(&booth);
    let folder = booth.library.folder().to_path_buf();
    let index = booth.index();
    let Booth { root, library } = booth;
    drop(library);
    fs::write(&index, "scrap").unwrap();
    let library = Library::open(&folder, &index).unwrap();
    assert_eq!(library.index_set_aside(), Some(root.path().join("index.sqlite.broken-1").as_path()));
    library.rebuild().unwrap();
    assert_eq!(library.count(&Query::default()).unwrap(), 3);
}

#[test]
fn leftovers_of_a_crash_and_foreign_files_are_no_stickers() {
    let booth = Booth::new();
    three(&booth);
    let folder = booth.library.folder();
    fs::write(folder.join(".abc.sticker-booth-part"), b"half a sticker").unwrap();
    fs::write(folder.join("notes.txt"), b"mine").unwrap();
    fs::write(folder.join("holiday.png"), encode_png(&opaque(), &[]).unwrap()).unwrap();
    let rebuilt = booth.library.rebuild().unwrap();
    assert_eq!((rebuilt.stickers, rebuilt.passed_over), (3, vec![folder.join("holiday.png")]));
    let verification = booth.library.verify().unwrap();
    assert!(verification.is_sound(), "{verification:?}");
    assert_eq!((verification.sound, verification.unfinished.len()), (6, 1));
    assert!(folder.join("notes.txt").exists() && folder.join("holiday.png").exists());
}

#[test]
fn verify_names_what_is_missing_changed_and_unindexed() {
    let booth = Booth::new();
    let rows = three(&booth);
    fs::remove_file(&rows[0].path).unwrap();
    let mut cut = fs::read(&rows[1].path).unwrap();
    cut.truncate(cut.len() - 9);
    fs::write(&rows[1].path, cut).unwrap();
    let copy = booth.library.folder().join("copy.png");
    fs::copy(&rows[2].path, &copy).unwrap();
    let verification = booth.library.verify().unwrap();
    assert_eq!(verification.missing, [rows[0].path.clone()]);
    assert_eq!(verification.changed, [rows[1].path.clone()]);
    assert_eq!(verification.unindexed, [copy]);
    assert_eq!(verification.sound, 4);
    assert!(!verification.is_sound());
}

#[test]
fn stickers_are_found_by_words_seed_engine_day_and_mark() {
    let booth = Booth::new();
    let rows = three(&booth);
    booth.library.set_mark(rows[1].id, Mark::Star).unwrap();
    let (cat, ink, comic) = ("a cartoon cat".to_owned(), "ink portrait".to_owned(), "cartoon of a 漫画の猫".to_owned());
    let words = |words: &str| Query { words: words.to_owned(), ..Query::default() };
    let all = Query::default();
    for (query, expected) in [
        (all.clone(), vec![&comic, &ink, &cat]),
        (Query { sort: Sort::Oldest, ..all.clone() }, vec![&cat, &ink, &comic]),
        (Query { limit: 1, offset: 1, ..all.clone() }, vec![&ink]),
        (words("CARTOON"), vec![&comic, &cat]),
        (words("toon cat"), vec![&cat]),
        (words("漫画の猫"), vec![&comic]),
        (words("猫"), vec![&comic]),
        (words("grandma ink"), vec![&ink]),
        (words("k% portrait"), vec![]),
        (words("\"OR\" cartoon"), vec![]),
        (Query { seed: Some(4_071_233_981), limit: 1, ..all.clone() }, vec![&comic]),
        (Query { seed: Some(1), ..all.clone() }, vec![]),
        (Query { engine: Some(EngineId::Pixazo), ..all.clone() }, vec![]),
        (Query { size: Some((64, 48)), mark: Some(Mark::Star), ..all.clone() }, vec![&ink]),
        (
            Query {
                from: Some("2026-11-21T00:00:00Z".parse().unwrap()),
                until: Some("2026-11-22T00:00:00Z".parse().unwrap()),
                ..all
            },
            vec![&ink],
        ),
    ] {
        assert_eq!(booth.found(&query).iter().collect::<Vec<_>>(), expected, "{query:?}");
        if query.limit == u32::MAX {
            assert_eq!(booth.library.count(&query).unwrap(), expected.len());
        }
    }
}

#[test]
fn the_bin_takes_and_gives_back_both_pictures() {
    let booth = Booth::new();
    let row = booth.library.add(sticker(info("one", "cat", "2026-11-22T10:00:00Z"))).unwrap();
    let binned = booth.library.move_to_bin(row.id).unwrap();
    assert!(binned.is_binned && binned.path.exists() && binned.background_path.unwrap().exists());
    assert_eq!((booth.files().len(), booth.all().len()), (0, 0));
    assert_eq!(booth.library.take_from_bin(row.id).unwrap(), row);
    assert!(row.path.exists());
    booth.library.move_to_bin(row.id).unwrap();
    assert_eq!(booth.library.empty_bin(delete).unwrap(), 1);
    assert!(matches!(booth.library.get(row.id), Err(LibraryError::NoSuchSticker { .. })));
}

#[test]
fn a_saved_copy_leads_back_to_neither_photo_nor_request() {
    let booth = Booth::new();
    let row = booth.library.add(sticker(info("one", "cat", "2026-11-22T10:00:00Z"))).unwrap();
    let path = booth.root.path().join("for friends.png");
    booth.library.save_as(&row, &path, SaveOptions::default()).unwrap();
    let bytes = fs::read(&path).unwrap();
    for secret in ["request-one", "photo-hash", "grandma"] {
        assert!(!contains(&bytes, secret), "{secret}");
        assert!(contains(&fs::read(&row.path).unwrap(), secret), "{secret}");
    }
    assert_eq!(metadata::read_info(&bytes).unwrap().unwrap(), row.info.for_export());
    assert_eq!(image::open(&path).unwrap().into_rgba8(), cutout());

    let bare = booth.root.path().join("bare.png");
    let options =
        SaveOptions { with_background: true, disclosed: Disclosed { settings: false, label: false }, replace: false };
    booth.library.save_as(&row, &bare, options).unwrap();
    assert!(read_png_text(&fs::read(&bare).unwrap()).unwrap().is_empty());
    assert_eq!(image::open(&bare).unwrap().into_rgb8(), opaque());
}

#[test]
fn a_copy_of_this_computer_s_own_sticker_is_not_packed_again_and_damage_is_told() {
    let booth = Booth::new();
    let pixels = |path: &Path| {
        let png = fs::read(path).unwrap();
        png[png.windows(4).position(|bytes| bytes == b"IDAT").unwrap()..].to_vec()
    };
    let save = |row: &StickerRow, name: &str| {
        let path = booth.root.path().join(name);
        booth.library.save_as(row, &path, SaveOptions::default()).map(|()| path)
    };
    let own = booth.library.add(sticker(info("own", "cat", "2026-11-22T10:00:00Z"))).unwrap();
    assert_eq!(pixels(&save(&own, "own.png").unwrap()), pixels(&own.path));

    let mut damaged = fs::read(&own.path).unwrap();
    let place = damaged.len() - 30;
    damaged[place] ^= 1;
    fs::write(&own.path, &damaged).unwrap();
    assert!(save(&own, "damaged.png").unwrap_err().to_string().contains("damaged"));
    // Another program has packed it in its own way.
    let grey = image::open(own.background_path.as_ref().unwrap()).unwrap().into_luma8();
    grey.save(&own.path).unwrap();
    assert_eq!(image::open(save(&own, "grey.png").unwrap()).unwrap().into_luma8(), grey);
}

#[test]
fn saving_never_replaces_a_file_unasked() {
    let booth = Booth::new();
    let row = booth.library.add(sticker(info("one", "cat", "2026-11-22T10:00:00Z"))).unwrap();
    let path = booth.root.path().join("mine.png");
    fs::write(&path, b"mine").unwrap();
    let error = booth.library.save_as(&row, &path, SaveOptions::default()).unwrap_err();
    assert!(error.to_string().starts_with("a file of this name exists already: choose another name ("), "{error}");
    assert_eq!(fs::read(&path).unwrap(), b"mine");
    booth.library.save_as(&row, &path, SaveOptions { replace: true, ..SaveOptions::default() }).unwrap();
    assert!(fs::read(&path).unwrap().len() > 4);
    let error = booth.library.save_as(&row, &path.with_extension("gif"), SaveOptions::default()).unwrap_err();
    assert!(matches!(error, LibraryError::NotPng { .. }));
}

#[test]
fn stickers_of_another_library_are_imported_once() {
    let (theirs, ours) = (Booth::new(), Booth::new());
    let rows = three(&theirs);
    for _ in 0..2 {
        for row in &rows {
            assert_eq!(ours.library.import(&row.path).unwrap().info, row.info);
        }
    }
    assert_eq!((ours.files(), ours.all().len()), (theirs.files(), 3));
    let foreign = ours.root.path().join("holiday.png");
    fs::write(&foreign, encode_png(&opaque(), &[]).unwrap()).unwrap();
    assert!(matches!(ours.library.import(&foreign), Err(LibraryError::NotOurs { .. })));
}

#[test]
fn a_folder_that_cannot_be_written_is_a_sentence() {
    let booth = Booth::new();
    let error = Library::open(Path::new("/proc/stickers"), &booth.index()).unwrap_err();
    assert!(matches!(error, LibraryError::File(_)), "{error:?}");
    let text = error.to_string();
    assert!(text.contains("(/proc/stickers)") && !text.ends_with('.'), "{text}");
}

#[test]
fn a_library_whose_disk_is_gone_is_not_begun_anew() {
    let booth = Booth::new();
    three(&booth);
    let folder = booth.library.folder().to_path_buf();
    fs::rename(&folder, folder.with_extension("elsewhere")).unwrap();
    let error = Library::open(&folder, &booth.index()).unwrap_err();
    assert!(matches!(error, LibraryError::Gone { .. }), "{error:?}");
    assert!(!folder.exists());
    fs::rename(folder.with_extension("elsewhere"), &folder).unwrap();
    assert_eq!(booth.reopened().count(&Query::default()).unwrap(), 3);
}

#[test]
fn libraries_in_different_folders_share_an_index_and_nothing_else() {
    let booth = Booth::new();
    three(&booth);
    let other = Library::open(&booth.root.path().join("other"), &booth.index()).unwrap();
    assert_eq!(other.count(&Query::default()).unwrap(), 0);
    other.add(sticker(info("one", "cat", "2026-11-22T10:00:00Z"))).unwrap();
    assert_eq!((other.count(&Query::default()).unwrap(), booth.all().len()), (1, 3));
}

#[test]
fn a_hundred_thousand_stickers_are_listed_at_once() {
    let booth = Booth::new();
    booth.library.add(sticker(info("one", "cat", "2026-11-22T10:00:00Z"))).unwrap();
    let connection = rusqlite::Connection::open(booth.index()).unwrap();
    connection
        .execute_batch(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 99999)
             INSERT INTO sticker (library_id, key, file, created_at, engine, seed, prompt, photo_name, width, height,
                file_bytes, info)
             SELECT library_id, 'k' || i, i || '.png', created_at + i, engine, i, 'cartoon number ' || i, photo_name,
                width, height, file_bytes, info FROM sticker, n WHERE key = 'one';",
        )
        .unwrap();
    let page = Query { limit: 100, ..Query::default() };
    for (query, expected) in [
        (page.clone(), 100_000),
        (Query { offset: 99_000, ..page.clone() }, 100_000),
        (Query { words: "number 777".to_owned(), ..page.clone() }, 280),
        (Query { words: "77".to_owned(), ..page.clone() }, 3691),
        (Query { seed: Some(5), ..page }, 1),
    ] {
        let began = Instant::now();
        let library = booth.reopened();
        let (rows, count) = (library.list(&query).unwrap().len(), library.count(&query).unwrap());
        let took = began.elapsed();
        assert_eq!((rows, count), (expected.min(100), expected), "{query:?}");
        // Milliseconds on an idle machine; this one may be busy with other tests.
        assert!(took < Duration::from_secs(1), "{query:?} took {took:?}");
    }
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}
