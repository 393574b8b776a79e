//! The real window under a window manager, with mouse, keyboard and file dialogs.
#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "tests measure by the computer's own clock")]
#![expect(clippy::unwrap_used, reason = "a broken arrangement ends a test at once")]
#![expect(unreachable_pub, reason = "what supports several tests is written for all of them")]

#[path = "support/window.rs"]
mod driving;
#[path = "support/pasting.rs"]
mod pasting;
#[expect(dead_code, reason = "the other tests need the rest of it")]
#[path = "support/mod.rs"]
mod support;

use driving::{Desk, display_tools_found, wait_for};
use egui::accesskit::Role;
use support::{booth, needs};

#[test]
fn a_picked_photo_becomes_a_sticker_that_is_saved_where_the_person_wants_it() {
    if !needs("display tools", display_tools_found()) {
        return;
    }
    let desk = Desk::new();
    let photo = desk.path("Grandmother.png");
    std::fs::copy(booth::sample(), &photo).unwrap();
    let mut window = desk.open();
    assert_eq!(window.names(Role::ListBoxOption), Vec::<String>::new(), "the gallery begins empty");

    // The sample is there first, so that a first sticker costs one click.
    window.find(Role::Image, "Photo, Sample portrait.png");
    window.find(Role::Label, "Will be cut here");
    desk.answer_dialogs_with(&photo);
    window.click("Pick");
    window.find(Role::Image, "Photo, Grandmother.png");

    window.click("Make sticker, free, on this computer");
    wait_for("a finished job", || {
        let groups = window.names(Role::Group);
        let done = groups.iter().any(|name| name.starts_with("Job, ") && name.ends_with("Done on this computer"));
        if done { Ok(()) } else { Err(groups.join(" | ")) }
    });
    let cards = wait_for("a card in the gallery", || {
        let cards = window.names(Role::ListBoxOption);
        if cards.is_empty() { Err("There is none.".to_owned()) } else { Ok(cards) }
    });
    assert_eq!(cards.len(), 1, "{cards:?}");
    assert!(cards[0].starts_with("Sticker, "), "{cards:?}");

    let saved = desk.path("For the family.png");
    desk.answer_dialogs_with(&saved);
    window.click("Save as");
    let sticker = wait_for("the saved file", || image::open(&saved).map_err(|error| error.to_string())).into_rgba8();
    assert_eq!(sticker.dimensions(), (1024, 1024));
    for corner in [(0, 0), (1023, 0), (0, 1023), (1023, 1023)] {
        assert_eq!(sticker.get_pixel(corner.0, corner.1).0[3], 0, "corner {corner:?} is not clear");
    }
    assert!(sticker.pixels().any(|pixel| pixel.0[3] == 255), "the sticker is empty");
    window.close();
}

/// The files that are named in a list of links.
fn files(links: &[u8]) -> Vec<std::path::PathBuf> {
    let links = String::from_utf8_lossy(links).into_owned();
    links
        .lines()
        .map(|link| link.strip_prefix("file://").unwrap().replace("%20", " ").replace("%2C", ",").into())
        .collect()
}

#[test]
fn a_copied_sticker_is_pasted_as_a_picture_and_as_a_file_and_several_as_files() {
    if !needs("display tools", display_tools_found()) {
        return;
    }
    let desk = Desk::new();
    let mut window = desk.open();
    let make = |window: &mut driving::Window<'_>, count: usize| {
        window.click("Make sticker, free, on this computer");
        wait_for("a card in the gallery", || {
            let cards = window.names(Role::ListBoxOption);
            if cards.len() == count { Ok(()) } else { Err(cards.join(" | ")) }
        });
    };
    let copied = |count: usize| {
        wait_for("the files on the clipboard", || {
            let files = files(&pasting::pasted(desk.display(), "text/uri-list").unwrap_or_default());
            if files.len() == count { Ok(files) } else { Err(format!("There are {files:?}.")) }
        })
    };
    make(&mut window, 1);
    window.click("Copy sticker");
    let file = copied(1).pop().unwrap();
    let picture = pasting::pasted(desk.display(), "image/png").unwrap();
    assert_eq!(picture, std::fs::read(&file).unwrap());
    assert_eq!(
        image::load_from_memory(&picture).unwrap().into_rgba8().get_pixel(0, 0).0[3],
        0,
        "the corner is not clear"
    );
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    assert!(name.starts_with("Sample portrait, sticker, "), "{name}");
    let nautilus = pasting::pasted(desk.display(), "x-special/gnome-copied-files").unwrap();
    assert!(nautilus.starts_with(b"copy\nfile:///"), "{}", String::from_utf8_lossy(&nautilus));

    make(&mut window, 2);
    desk.xdotool(&["key", "--clearmodifiers", "ctrl+a"]);
    wait_for("both chosen", || {
        let labels = window.names(Role::Label);
        if labels.iter().any(|label| label == "2 selected") { Ok(()) } else { Err(labels.join(" | ")) }
    });
    desk.xdotool(&["key", "--clearmodifiers", "ctrl+c"]);
    for file in copied(2) {
        assert!(image::open(&file).is_ok(), "{}", file.display());
    }
    assert_eq!(pasting::pasted(desk.display(), "image/png"), None);
    window.close();
}

#[test]
fn a_sticker_that_is_dragged_onto_another_program_is_a_file_there_and_several_chosen_ones_go_together() {
    if !needs("display tools", display_tools_found()) {
        return;
    }
    let desk = Desk::new();
    let mut window = desk.open();
    for count in 1..=2 {
        window.click("Make sticker, free, on this computer");
        wait_for("a card in the gallery", || {
            let cards = window.names(Role::ListBoxOption);
            if cards.len() == count { Ok(()) } else { Err(cards.join(" | ")) }
        });
    }
    let mut dropped = |count: usize| {
        let place = pasting::drop_place(desk.display(), [1380, 400], [60, 60]);
        window.drag(Role::ListBoxOption, "Sticker, ", [1405, 425]);
        let files = files(&place.join().unwrap());
        assert_eq!(files.len(), count, "{files:?}");
        for file in &files {
            let name = file.file_name().unwrap().to_string_lossy();
            assert!(name.starts_with("Sample portrait, sticker, "), "{name}");
            assert_eq!(image::open(file).unwrap().into_rgba8().get_pixel(0, 0).0[3], 0, "the corner is not clear");
        }
        window.names(Role::Label)
    };
    dropped(1);
    desk.xdotool(&["key", "--clearmodifiers", "ctrl+a"]);
    let labels = dropped(2);
    assert!(labels.iter().any(|label| label == "2 selected"), "the choice stays: {labels:?}");
    window.close();
}

#[test]
fn a_second_start_brings_the_window_to_the_front_and_ends() {
    if !needs("display tools", display_tools_found()) {
        return;
    }
    let desk = Desk::new();
    let mut window = desk.open();
    window.find(Role::Image, "Photo, Sample portrait.png");
    window.minimise();
    wait_for("a window that is put away", || {
        let active = desk.active_window();
        if active == window.id() { Err("It still has the keyboard.".to_owned()) } else { Ok(()) }
    });

    desk.start_again().ends_with(0);
    wait_for("the window in front", || {
        let active = desk.active_window();
        if active == window.id() { Ok(()) } else { Err(format!("{active} has the keyboard.")) }
    });
    assert!(window.goes_on());
    window.find(Role::Button, "Make sticker, free, on this computer");
}

#[test]
fn a_window_is_as_large_as_it_was_left() {
    if !needs("display tools", display_tools_found()) {
        return;
    }
    let desk = Desk::new();
    let mut window = desk.open();
    window.find(Role::Image, "Photo, Sample portrait.png");
    let usual = window.size();
    window.resize(1100, 700);
    wait_for("the other size", || {
        let size = window.size();
        if size == (1100, 700) { Ok(()) } else { Err(format!("It is {size:?}.")) }
    });
    window.find(Role::Button, "Make sticker, free, on this computer");
    window.close();

    let mut window = desk.open();
    window.find(Role::Image, "Photo, Sample portrait.png");
    assert_ne!(usual, (1100, 700));
    wait_for("the size it was left with", || {
        let size = window.size();
        if size == (1100, 700) { Ok(()) } else { Err(format!("It is {size:?}.")) }
    });
    window.close();
}
