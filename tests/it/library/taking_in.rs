//! What lies in the folder and not in the index, and the other way round.

use super::*;

/// The folder with an index that knows nothing of it.
fn with_new_index(booth: &Booth) -> Library {
    Library::open(booth.library.folder(), &booth.root.path().join("new.sqlite")).unwrap()
}

fn all(library: &Library) -> Vec<StickerRow> {
    library.list(&Query::default()).unwrap()
}

#[test]
fn stickers_are_taken_in_once_with_marks_and_bin_and_equal_those_that_were_lost() {
    let booth = Booth::new();
    let rows = three(&booth);
    booth.library.set_mark(rows[0].id, Mark::Star).unwrap();
    booth.library.move_to_bin(rows[2].id).unwrap();
    let plain = |rows: Vec<StickerRow>| rows.into_iter().map(|row| StickerRow { id: 0, ..row }).collect::<Vec<_>>();
    let library = with_new_index(&booth);
    assert_eq!(library.compare().unwrap().unindexed.len(), 3);
    assert_eq!(library.take_in().unwrap().stickers, 3);
    let binned = Query { is_binned: true, ..Query::default() };
    assert_eq!(plain(all(&library)), plain(booth.all()));
    assert_eq!(plain(library.list(&binned).unwrap()), plain(booth.library.list(&binned).unwrap()));
    assert_eq!(library.take_in().unwrap(), sticker_booth::library::TakenIn::default());
    let comparison = library.compare().unwrap();
    assert_eq!((comparison.indexed, comparison.present), (3, 3));
}

#[test]
fn a_job_whose_sticker_lies_in_the_folder_is_not_kept_a_second_time_by_an_index_that_lost_it() {
    let booth = Booth::new();
    let kept = booth.library.add(sticker(info("one", "cat", "2026-11-22T10:00:00Z"))).unwrap();
    let again = with_new_index(&booth).add(sticker(info("one", "cat", "2026-11-23T10:00:00Z"))).unwrap();
    assert_eq!((again.path, booth.files().len()), (kept.path, 2));
}

#[test]
fn a_sticker_that_is_just_being_written_is_left_to_its_writer() {
    let booth = Booth::new();
    let row = booth.library.add(sticker(info("one", "cat", "2026-11-22T10:00:00Z"))).unwrap();
    // As in the middle of it: the name is given, the picture with background is written, the cut-out and the row are not.
    let stem = row.path.file_stem().unwrap().to_str().unwrap();
    let cutout = fs::read(&row.path).unwrap();
    fs::remove_file(&row.path).unwrap();
    let connection = rusqlite::Connection::open(booth.index()).unwrap();
    connection.execute("DELETE FROM sticker", []).unwrap();
    connection.execute("INSERT INTO pending (library_id, key, stem) VALUES (1, 'one', ?1)", [stem]).unwrap();
    let library = booth.reopened();
    assert_eq!((library.take_in().unwrap().stickers, all(&library).len()), (0, 0));
    fs::write(&row.path, cutout).unwrap();
    let finished = library.add(sticker(info("one", "cat", "2026-11-22T10:00:00Z"))).unwrap();
    assert_eq!((finished.path, all(&library).len(), booth.files().len()), (row.path, 1, 2));
}

#[test]
fn a_renamed_sticker_keeps_its_number_and_its_star_also_through_a_rebuild() {
    let booth = Booth::new();
    let rows = three(&booth);
    booth.library.set_mark(rows[0].id, Mark::Star).unwrap();
    booth.library.set_name(rows[0].id, "Aunt May").unwrap();
    let renamed = booth.library.folder().join("my favourite.png");
    fs::rename(&rows[0].path, &renamed).unwrap();
    let library = booth.reopened();
    library.take_in().unwrap();
    let row = library.get(rows[0].id).unwrap();
    assert_eq!((row.path, row.mark, all(&library).len()), (renamed.clone(), Mark::Star, 3));
    assert_eq!(row.name, "Aunt May");
    assert_eq!(row.background_path, rows[0].background_path, "the pair stays together");
    assert_eq!(library.rebuild().unwrap().stickers, 3);
    // Also for an index that has never seen the old name.
    assert_eq!((with_new_index(&booth).take_in().unwrap().stickers, all(&with_new_index(&booth)).len()), (3, 3));
    let starred = library.list(&Query { mark: Some(Mark::Star), ..Query::default() }).unwrap();
    assert_eq!(starred.iter().map(|row| &row.path).collect::<Vec<_>>(), [&renamed]);
    assert_eq!(starred[0].name, "Aunt May");
}

#[test]
fn a_sticker_whose_record_was_lost_is_taken_in_with_what_is_left_and_nothing_made_up() {
    let booth = Booth::new();
    let row = booth.library.add(sticker(info("one", "ink portrait", "2026-11-22T10:00:00Z"))).unwrap();
    let mut texts = read_png_text(&fs::read(&row.path).unwrap()).unwrap();
    let record = texts.iter_mut().find(|text| text.keyword == metadata::STICKER_BOOTH).unwrap();
    record.text = "{\"version\": 99, \"engine\": \"of tomorrow\"}".to_owned();
    fs::write(&row.path, encode_png(&cutout(), &texts).unwrap()).unwrap();
    let library = with_new_index(&booth);
    assert_eq!(library.take_in().unwrap().stickers, 1);
    let [found] = all(&library).try_into().unwrap();
    assert_eq!((found.prompt.as_str(), found.seed, found.engine), ("ink portrait", row.seed, EngineId::Local));
    assert_eq!((found.request_id, found.job_id, found.info.photo_sha256), (None, None, None));
    assert_eq!(found.background_path, row.background_path);
}

#[test]
fn a_file_that_is_gone_is_named_where_it_matters_and_its_row_can_go() {
    let booth = Booth::new();
    let rows = three(&booth);
    fs::remove_file(&rows[0].path).unwrap();
    let comparison = booth.library.compare().unwrap();
    assert_eq!((comparison.indexed, comparison.present, comparison.missing), (3, 2, vec![rows[0].path.clone()]));
    let copy = booth.root.path().join("copy.png");
    let error = booth.library.save_as(&rows[0], &copy, SaveOptions::default()).unwrap_err();
    assert!(error.to_string().starts_with("the sticker's file is gone, so there is nothing to copy"), "{error}");
    assert!(!copy.exists());
    booth.library.move_to_bin(rows[0].id).unwrap();
    assert_eq!((booth.all().len(), booth.library.empty_bin(delete).unwrap()), (2, 1));
}

#[test]
fn a_copy_never_takes_the_place_of_a_file_of_the_library() {
    let booth = Booth::new();
    let rows = three(&booth);
    let before = fs::read(&rows[1].path).unwrap();
    let replace = SaveOptions { replace: true, ..SaveOptions::default() };
    for target in [&rows[0].path, &rows[1].path] {
        let error = booth.library.save_as(&rows[1], target, replace).unwrap_err();
        assert!(matches!(error, LibraryError::OwnFile { .. }), "{error}");
    }
    assert_eq!(fs::read(&rows[1].path).unwrap(), before);
    assert!(booth.library.verify().unwrap().is_sound());
}
