//! Whole windows as pictures; they are written into `screenshots/` with `UPDATE_SCREENSHOTS=1`.

use std::path::PathBuf;

use egui::{Theme, Vec2, vec2};
use egui_kittest::Harness;
use sticker_booth::ui::shell::Shell;
use sticker_booth::ui::viewer::Showing;

use crate::harness::whole;
use crate::sample::{self, Extras, OpenDialog, Pictures, Scene};
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

/// Where pictures go: into the tree only when asked to.
fn folder() -> Option<PathBuf> {
    if std::env::var_os("UPDATE_SCREENSHOTS").is_some_and(|value| value == "1") {
        return Some(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("screenshots"));
    }
    std::env::var_os("SCREENSHOTS_INTO").map(PathBuf::from)
}

#[test]
fn every_window_renders() {
    if !support::needs("lavapipe", has_lavapipe()) {
        return;
    }
    let only = std::env::var("SCREENSHOTS_ONLY").ok();
    for shot in shots().into_iter().filter(|shot| only.as_ref().is_none_or(|only| shot.name.contains(only.as_str()))) {
        let image = render(&shot);
        assert_eq!((image.width() as f32, image.height() as f32), (shot.size.x, shot.size.y), "{}", shot.name);
        let first = *image.get_pixel(0, 0);
        assert!(image.pixels().any(|pixel| *pixel != first), "{} is blank", shot.name);
        if let Some(folder) = folder() {
            std::fs::create_dir_all(&folder).unwrap();
            image.save(folder.join(format!("{}.png", shot.name))).unwrap();
        }
    }
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
