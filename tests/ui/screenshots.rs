//! Whole windows as pictures; they are written into `screenshots/` with `UPDATE_SCREENSHOTS=1`.

use std::path::PathBuf;

use egui::{Theme, Vec2, vec2};
use egui_kittest::Harness;
use sticker_booth::ui::shell::Shell;
use sticker_booth::ui::viewer::Showing;

use crate::harness::whole;
use crate::pictures::Pictures;
use crate::sample::{self, Extras, OpenDialog, Scene};
use crate::support;

/// One picture.
struct Shot {
    name: &'static str,
    size: Vec2,
    theme: Theme,
    scene: Scene,
    extras: Extras,
}

fn shots() -> Vec<Shot> {
    let usual = vec2(1360.0, 860.0);
    let shot = |name, size, theme, scene| Shot { name, size, theme, scene, extras: Extras::default() };
    let dialog = |name, dialog| Shot {
        extras: Extras { dialog: Some(dialog), ..Extras::default() },
        ..shot(name, vec2(960.0, 640.0), Theme::Dark, Scene::Working)
    };
    vec![
        shot("main-dark", usual, Theme::Dark, Scene::Working),
        shot("main-light", usual, Theme::Light, Scene::Working),
        shot("small-dark", vec2(960.0, 640.0), Theme::Dark, Scene::Working),
        shot("small-light", vec2(960.0, 640.0), Theme::Light, Scene::Working),
        shot("first-run-dark", usual, Theme::Dark, Scene::FirstRun),
        shot("first-run-light", usual, Theme::Light, Scene::FirstRun),
        shot("large-dark", vec2(2560.0, 1440.0), Theme::Dark, Scene::Working),
        shot("loading-dark", usual, Theme::Dark, Scene::Loading),
        shot("failed-dark", usual, Theme::Dark, Scene::Failed),
        Shot {
            extras: Extras { toasts: true, ..Extras::default() },
            ..shot("toasts-dark", vec2(960.0, 640.0), Theme::Dark, Scene::Working)
        },
        Shot {
            extras: Extras { dragging: true, ..Extras::default() },
            ..shot("drop-dark", vec2(960.0, 640.0), Theme::Dark, Scene::FirstRun)
        },
        dialog("dialog-key", OpenDialog::Key),
        dialog("dialog-no-keychain", OpenDialog::NoKeychain),
        dialog("dialog-link", OpenDialog::Link),
        dialog("dialog-help", OpenDialog::Help),
        dialog("dialog-settings", OpenDialog::Settings),
        dialog("dialog-job", OpenDialog::Job),
        dialog("dialog-submit-again", OpenDialog::SubmitAgain),
    ]
}

/// Is there a software renderer whose pictures are the same everywhere?
fn has_lavapipe() -> bool {
    ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d"]
        .iter()
        .filter_map(|folder| std::fs::read_dir(folder).ok())
        .flatten()
        .flatten()
        .any(|entry| entry.file_name().to_string_lossy().starts_with("lvp"))
}

/// The pictures that people see in the README; the others are only rendered.
const KEPT: [&str; 4] = ["main-dark", "main-light", "small-dark", "first-run-dark"];

/// The share of pixels that may differ from a kept picture, and by how much in a channel.
const TOLERANCE: (f64, u8) = (0.005, 24);

/// Where the kept pictures lie.
fn screenshots() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("screenshots")
}

#[test]
fn every_window_renders_as_it_did() {
    if !support::needs("lavapipe", has_lavapipe()) {
        return;
    }
    let updates = std::env::var_os("UPDATE_SCREENSHOTS").is_some_and(|value| value == "1");
    // For looking while drawing: every picture goes there.
    let elsewhere = std::env::var_os("SCREENSHOTS_INTO").map(PathBuf::from);
    for shot in shots() {
        let image = render(&shot);
        assert_eq!((image.width() as f32, image.height() as f32), (shot.size.x, shot.size.y), "{}", shot.name);
        let first = *image.get_pixel(0, 0);
        assert!(image.pixels().any(|pixel| *pixel != first), "{} is blank", shot.name);
        let file = format!("{}.png", shot.name);
        if let Some(folder) = &elsewhere {
            std::fs::create_dir_all(folder).unwrap();
            image.save(folder.join(&file)).unwrap();
        }
        if !KEPT.contains(&shot.name) {
            continue;
        }
        let kept = screenshots().join(&file);
        if updates {
            std::fs::create_dir_all(screenshots()).unwrap();
            image.save(&kept).unwrap();
        } else if kept.exists() {
            let share = differing(&image, &image::open(&kept).unwrap().to_rgba8());
            assert!(share <= TOLERANCE.0, "{file} differs in {:.2} % of its pixels", share * 100.0);
        }
    }
}

/// The share of pixels that differ visibly.
fn differing(one: &image::RgbaImage, other: &image::RgbaImage) -> f64 {
    if one.dimensions() != other.dimensions() {
        return 1.0;
    }
    let visibly = |pair: &(&image::Rgba<u8>, &image::Rgba<u8>)| {
        pair.0.0.iter().zip(pair.1.0).any(|(a, b)| a.abs_diff(b) > TOLERANCE.1)
    };
    let count = one.pixels().zip(other.pixels()).filter(visibly).count();
    count as f64 / f64::from(one.width() * one.height())
}

fn render(shot: &Shot) -> image::RgbaImage {
    let mut shell = Shell::default();
    shell.viewer.showing = Showing::PhotoAndSticker;
    let mut pictures = None;
    let (scene, extras) = (shot.scene, shot.extras.clone());
    let mut harness = Harness::builder()
        .with_size(shot.size)
        .with_theme(shot.theme)
        .with_render_cursor(false)
        .with_context_setup(sticker_booth::ui::install)
        .wgpu()
        .build_ui(move |ui| {
            let pictures: &Pictures = pictures.get_or_insert_with(|| Pictures::load(ui.ctx()));
            let mut actions = Vec::new();
            whole(ui, |ui| {
                sample::with_view(scene, Some(pictures), &extras, |view| shell.ui(ui, view, &mut actions));
            });
        });
    harness.run_steps(6);
    harness.render().unwrap()
}
