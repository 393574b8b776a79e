//! Names of files as people have them: not Unicode, long, mistyped, addresses; and no file goes that nobody named.

use std::ffi::{OsStr, OsString};
use std::fs;

use crate::support::booth::{Booth, Ended, sample};

/// The smallest sticker, which takes the least time.
const SMALL: [&str; 4] = ["--width", "256", "--height", "256"];

fn sample_bytes() -> Vec<u8> {
    fs::read(sample()).unwrap()
}

fn make<S: AsRef<OsStr>>(booth: &Booth, words: impl IntoIterator<Item = S>) -> Ended {
    let words = words.into_iter().map(|word| word.as_ref().to_owned());
    booth.run(std::iter::once(OsString::from("make")).chain(words).chain(SMALL.map(OsString::from)))
}

#[test]
fn a_sticker_never_takes_the_place_of_its_photo() {
    let booth = Booth::new();
    let photo = booth.put("me.png", &sample_bytes());
    let mut names = vec!["me.png", "./me.png", "folder/../me.png"];
    fs::create_dir(booth.path("folder")).unwrap();
    #[cfg(unix)]
    {
        fs::hard_link(&photo, booth.path("hard.png")).unwrap();
        std::os::unix::fs::symlink(&photo, booth.path("soft.png")).unwrap();
        names.extend(["hard.png", "soft.png"]);
    }
    let before = booth.files();
    for name in names {
        make(&booth, ["me.png", "-o", name])
            .ends_with(2)
            .says("is the photo itself, which would be lost; name another");
        assert_eq!((fs::read(&photo).unwrap() == sample_bytes(), booth.files()), (true, before.clone()), "{name}");
    }
    assert!(booth.stickers().is_empty(), "nothing was made of it");
    #[cfg(unix)]
    make(&booth, ["soft.png", "-o", "me.png"]).ends_with(2).says("the photo itself");
}

#[test]
fn a_file_that_is_named_is_replaced_and_no_other() {
    let booth = Booth::new();
    booth.put("out-background.png", &sample_bytes());
    booth.put("out.png", b"an older sticker");
    // Even where the name that is made up is the photo's own.
    let ended = make(&booth, ["out-background.png", "-o", "out.png", "--both", "--json"]).ends_with(0);
    assert_eq!(ended.json()[0]["background_path"], "out-background-2.png");
    assert_eq!(fs::read(booth.path("out-background.png")).unwrap(), sample_bytes());
    assert!(image::open(booth.path("out.png")).is_ok() && image::open(booth.path("out-background-2.png")).is_ok());

    booth.put("me.png", &sample_bytes());
    booth.put("folder.txt", b"mine");
    fs::create_dir(booth.path("stickers")).unwrap();
    for name in ["me-sticker.png", "me-sticker-2-background.png"] {
        fs::write(booth.path("stickers").join(name), b"mine").unwrap();
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere", booth.path("stickers/me-sticker-3.png")).unwrap();
    let free = if cfg!(unix) { "stickers/me-sticker-4.png" } else { "stickers/me-sticker-3.png" };
    let ended = make(&booth, ["me.png", "-o", "stickers", "--both", "--json"]).ends_with(0);
    assert_eq!(ended.json()[0]["path"], free);
    for name in ["me-sticker.png", "me-sticker-2-background.png"] {
        assert_eq!(fs::read(booth.path("stickers").join(name)).unwrap(), b"mine", "{name}");
    }
}

// Where file systems take any bytes as a name.
#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_unicode_is_a_name_like_any_other() {
    use std::os::unix::ffi::OsStrExt as _;

    let booth = Booth::new();
    let odd = OsStr::from_bytes(b"caf\xe9.png");
    fs::write(booth.path("").join(odd), sample_bytes()).unwrap();
    booth.put("plain.png", &sample_bytes());
    let ended = make(&booth, [odd, OsStr::new("plain.png"), OsStr::from_bytes(b"gone\xe9.png"), OsStr::new("--json")]);
    let told = ended.ends_with(3).json();
    let of = |key: &str| told.iter().map(|one| one[key].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(of("status"), ["done", "done", "failed"]);
    assert_eq!(of("photo"), ["caf\u{fffd}.png", "plain.png", "gone\u{fffd}.png"]);
    assert!(booth.path(told[0]["path"].as_str().unwrap()).exists() && booth.path("plain-sticker.png").exists());
    assert_eq!(booth.stickers().len(), 2);

    // As an output, and with everything kept in a folder of such a name.
    let data = booth.path("").join(OsStr::from_bytes(b"d\xe9"));
    let output = OsStr::from_bytes(b"out\xe9.png");
    let words = [OsStr::new("plain.png"), OsStr::new("-o"), output, OsStr::new("--data-dir"), data.as_os_str()];
    let ended = Ended::of(&booth.command(["make"]).args(words).args(SMALL).output().unwrap()).ends_with(0);
    assert!(booth.path("").join(output).exists(), "{ended:?}");
    for words in [&["library", "list", "--json"][..], &["library", "list"], &["library", "path"], &["doctor"]] {
        let ended = Ended::of(&booth.command(words).arg("--data-dir").arg(&data).output().unwrap()).ends_with(0);
        assert!(!ended.out.is_empty() && !ended.err.contains("panicked"), "{ended:?}");
    }
}

#[test]
fn the_longest_names_become_stickers_under_shorter_ones() {
    let booth = Booth::new();
    for (letter, count) in [("a", 251), ("é", 125), ("漫", 83)] {
        let photo = format!("{}.png", letter.repeat(count));
        booth.put(&photo, &sample_bytes());
        let ended = make(&booth, [photo.as_str(), "--both", "--json"]).ends_with(0);
        for key in ["path", "background_path"] {
            let name = ended.json()[0][key].as_str().unwrap().to_owned();
            assert!(name.starts_with(&letter.repeat(20)) && name.len() <= 143, "{} bytes: {name}", name.len());
            assert!(image::open(booth.path(&name)).is_ok(), "{name}");
        }
    }
}

#[test]
fn a_path_that_leads_to_nothing_is_said_to_lead_to_nothing() {
    let booth = Booth::new();
    let too_long = format!("{}.jpg", "x".repeat(300));
    for path in ["mistyped.jpg", "no/such/folder/me.jpg", "file:///no/such/me.jpg", &too_long] {
        let ended = make(&booth, [path]).ends_with(3).says("There is no file here; check the path");
        assert!(!ended.err.contains("no longer"), "{ended:?}");
    }
}

#[test]
fn addresses_are_understood_as_the_desktop_writes_them() {
    let booth = Booth::new();
    let photo = booth.put("mit Umlaut ä.png", &sample_bytes());
    let address = format!("FILE://{}", photo.display()).replace(' ', "%20").replace('ä', "%C3%A4");
    let ended = make(&booth, [address.as_str(), "--json"]).ends_with(0);
    assert_eq!(ended.json()[0]["photo"], address.as_str());
    assert!(booth.path("mit Umlaut ä-sticker.png").exists());

    let link = crate::support::files::serve("/face.png", sample_bytes()).replace("http://", "HTTP://");
    make(&booth, [link.as_str()]).ends_with(0);
    assert!(booth.path("face-sticker.png").exists());
}

#[test]
fn a_window_that_is_given_nothing_it_can_open_says_so_and_a_mistyped_command_is_named() {
    let booth = Booth::new();
    booth.put("me.png", &sample_bytes());
    booth.run(["gone.jpg"]).ends_with(3).says("There is no file here").says("gone.jpg");
    booth.run(["mkae"]).ends_with(2).says("neither a command nor a photo called mkae");
    booth.run(["me.png", "make", "me.png"]).ends_with(2).says("sticker-booth make PHOTO");
    // With a photo that is there, only the display is missing.
    booth.run(["me.png", "gone.jpg"]).ends_with(2).says("There is no display here for the window");
}

#[test]
fn finishing_never_takes_the_place_of_a_picture_and_says_why_it_failed() {
    let booth = Booth::new();
    let picture = booth.put("me.png", &sample_bytes());
    let finish = |words: &[&str]| booth.run(std::iter::once("finish").chain(words.iter().copied()));
    for name in ["me.png", "./me.png"] {
        finish(&["me.png", "-o", name, "--replace"]).ends_with(2).says("is the photo itself");
        assert!(fs::read(&picture).unwrap() == sample_bytes(), "{name}");
    }
    booth.put("me-finished.png", b"mine");
    finish(&["me.png", "--trim"]).ends_with(0).says("me-finished-2.png");
    assert_eq!(fs::read(booth.path("me-finished.png")).unwrap(), b"mine");
    finish(&["me.png", "--trim", "--replace"]).ends_with(0);
    assert!(image::open(booth.path("me-finished.png")).is_ok());
    booth.put("taken.png", b"old");
    finish(&["me.png", "-o", "taken.png"]).ends_with(0);
    assert!(image::open(booth.path("taken.png")).is_ok());
    for name in ["out.jpg", "out.webp"] {
        finish(&["me.png", "-o", name]).ends_with(2).says("out.png");
    }
    finish(&["me.png", "taken.png", "-o", "one.png"]).ends_with(2).says("2 stickers do not fit into one file");
    booth.put("no.png", b"no picture");
    finish(&["no.png"]).ends_with(3).says("no.png");
    finish(&["gone.png"]).ends_with(3).says("gone.png");
    // A folder that is a file cannot be written into.
    finish(&["me.png", "-o", "taken.png/inside.png"]).ends_with(1).says("me.png");
}

#[test]
fn no_two_results_of_a_finish_have_one_name_and_those_that_are_made_up_fit() {
    let booth = Booth::new();
    booth.put("a/me.png", &sample_bytes());
    booth.put("b/me.png", &sample_bytes());
    let long = booth.put(&format!("{}.png", "x".repeat(200)), &sample_bytes());
    let words = ["finish", "a/me.png", "b/me.png", long.to_str().unwrap(), "-o", "out/", "--replace", "--trim"];
    booth.run(words).ends_with(0);
    for name in ["me-finished.png", "me-finished-2.png"] {
        assert!(image::open(booth.path("out").join(name)).is_ok(), "{name}");
    }
    assert_eq!(fs::read_dir(booth.path("out")).unwrap().count(), 3);
    booth.run(["finish", "a/me.png", "-o", "new/"]).ends_with(0);
    assert!(image::open(booth.path("new/me-finished.png")).is_ok());
}

#[test]
fn what_may_never_end_is_read_by_no_command() {
    let booth = Booth::new();
    booth.put("me.png", &sample_bytes());
    fs::File::create(booth.path("huge.png")).unwrap().set_len((64 << 20) + 1).unwrap();
    booth.run(["finish", "huge.png"]).ends_with(3).says("larger than the 64 MiB");
    booth.run(["finish", "me.png", "--recipe", "/dev/zero"]).ends_with(2).says("This is no file");
    booth.run(["make", "me.png", "--settings", "/dev/zero"]).ends_with(2).says("This is no file");
    booth.run(["finish", "/dev/zero"]).ends_with(3).says("This is no file");
    booth.run(["export", "/dev/zero", "--to", "png"]).ends_with(3).says("This is no file");
}
