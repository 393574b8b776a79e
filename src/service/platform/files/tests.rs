use super::*;

fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn an_atomic_write_replaces_the_file_and_leaves_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    write_atomically(&path, b"old").unwrap();
    write_atomically(&path, b"new").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"new");
    assert_eq!(names_in(folder.path()), ["a.txt"]);
}

#[test]
fn a_new_file_never_replaces_another() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    write_new_atomically(&path, b"first").unwrap();
    let error = write_new_atomically(&path, b"second").unwrap_err();
    assert!(matches!(error, FileError::Exists { .. }), "{error:?}");
    assert_eq!(fs::read(&path).unwrap(), b"first");
    assert_eq!(names_in(folder.path()), ["a.txt"]);
}

#[cfg(unix)]
#[test]
fn a_link_stays_and_leads_to_the_new_file_and_a_device_is_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let (file, link) = (folder.path().join("a.txt"), folder.path().join("b.txt"));
    fs::write(&file, "old").unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    write_atomically(&link, b"new").unwrap();
    assert_eq!((fs::read(&file).unwrap(), link.is_symlink()), (b"new".to_vec(), true));
    let device = folder.path().join("c.txt");
    std::os::unix::fs::symlink("/dev/null", &device).unwrap();
    assert!(matches!(write_atomically(&device, b"new"), Err(FileError::NotAFile { .. })));
    assert!(device.is_symlink());
}

#[test]
fn what_may_never_end_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    File::create(&path).unwrap().set_len(LARGEST_FILE + 1).unwrap();
    assert!(matches!(read_file(&path), Err(FileError::TooLarge { .. })));
    assert!(matches!(read_file(folder.path()), Err(FileError::NotAFile { .. })));
    assert!(matches!(read_file(&path.join("b.txt")), Err(FileError::NotAFolder { .. } | FileError::Missing { .. })));
    #[cfg(unix)]
    assert!(matches!(read_file(Path::new("/dev/zero")), Err(FileError::NotAFile { .. })));
}

#[test]
fn a_name_is_cut_between_two_characters_and_leaves_room_for_the_rest() {
    assert_eq!(fitted("me", "-sticker.png"), "me");
    let long = "é".repeat(200);
    let name = format!("{}-sticker.png", fitted(&long, "-sticker.png"));
    assert_eq!((name.len(), name.trim_start_matches('é')), (142, "-sticker.png"));
    assert_eq!(fitted("abc", &"x".repeat(200)), "");
}

#[cfg(unix)]
#[test]
fn a_file_is_known_again_by_any_of_its_names() {
    let folder = tempfile::tempdir().unwrap();
    let [file, hard, soft, nowhere, other] =
        ["file", "hard", "soft", "nowhere", "other"].map(|name| folder.path().join(name));
    fs::write(&file, b"x").unwrap();
    fs::write(&other, b"x").unwrap();
    fs::hard_link(&file, &hard).unwrap();
    std::os::unix::fs::symlink(&file, &soft).unwrap();
    std::os::unix::fs::symlink(folder.path().join("gone"), &nowhere).unwrap();
    for (path, same) in [(&file, true), (&hard, true), (&soft, true), (&nowhere, false), (&other, false)] {
        assert_eq!(is_same_file(&file, path), same, "{}", path.display());
    }
    assert!(is_taken(&nowhere) && !is_same_file(&nowhere, &nowhere));
}

#[test]
fn a_missing_folder_is_named_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let error = write_atomically(&folder.path().join("no/a.txt"), b"x").unwrap_err();
    assert!(error.to_string().starts_with("the file or its folder is not there: choose another ("), "{error}");
}

#[test]
fn broken_files_are_numbered_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.json");
    for content in ["one", "two"] {
        fs::write(&path, content).unwrap();
        set_aside(&path).unwrap();
    }
    assert_eq!(names_in(folder.path()), ["s.json.broken-1", "s.json.broken-2"]);
    assert_eq!(fs::read_to_string(folder.path().join("s.json.broken-2")).unwrap(), "two");
}

#[cfg(unix)]
#[test]
fn private_files_are_private_and_others_follow_the_umask() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let (private, shared, plain) =
        (folder.path().join("private"), folder.path().join("shared"), folder.path().join("plain"));
    write_private_atomically(&private, b"x").unwrap();
    write_atomically(&shared, b"x").unwrap();
    fs::write(&plain, b"x").unwrap();
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&private), 0o600);
    assert_eq!(mode(&shared), mode(&plain));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_apart() {
    let error = FileError::new(Path::new("/x"), io::Error::from_raw_os_error(28));
    assert!(error.is_disk_full());
    assert_eq!(error.to_string(), "the disk is full: make room and try again (/x)");
}
