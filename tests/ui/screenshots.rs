//! Whole windows as pictures: the ones that people see in the README, and the ones to look at while drawing.
//!
//! What is drawn is compared with the pictures that are kept in `screenshots/`, by a software renderer alone, whose
//! pictures are the same everywhere. `UPDATE_SCREENSHOTS=1 cargo test --test ui every_window_renders` draws them anew.
//!
//! `SCREENSHOTS_INTO=FOLDER cargo test --test ui every_window_on_one_sheet -- --ignored` draws them elsewhere, with one
//! sheet of all of them beside, `contact-sheet.png`, in the order of [`shots`], each with its name beneath;
//! `SCREENSHOTS_ONLY=PART` those with this in their name, and `SCREENSHOTS_ALL=1` each screen in both themes at all
//! three sizes.

use std::path::PathBuf;

use egui::accesskit::Role;
use egui::{ColorImage, Theme, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use image::RgbaImage;
use sticker_booth::ui::action::FinishTool;
use sticker_booth::ui::shell::Shell;
use sticker_booth::ui::viewer::Showing;

use crate::cases::{self, Case};
use crate::harness::whole;
use crate::kept;
use crate::pictures::{self, Pictures};
use crate::sample::{Extras, OpenDialog, Scene};
use crate::support;

/// One picture.
#[derive(Clone)]
struct Shot {
    name: String,
    size: Vec2,
    theme: Theme,
    case: Case,
    extras: Extras,
    /// Controls to click before the picture is taken.
    clicks: &'static [(Role, &'static str)],
}

/// The window as it opens, the smallest, and a large screen.
const SIZES: [Vec2; 3] = [vec2(1360.0, 860.0), vec2(960.0, 640.0), vec2(2560.0, 1440.0)];

/// Compare two stickers, side by side.
const BESIDE: [(Role, &str); 2] = [(Role::RadioButton, "A and B"), (Role::Button, "Compare side by side")];

/// The menu of presets.
const PRESETS: &[(Role, &str)] = &[(Role::Button, "Preset, Bold cartoon, edited")];

/// Every picture, in the order of the contact sheet.
fn shots() -> Vec<Shot> {
    let [usual, small, large] = SIZES;
    let in_theme = |name: &str, size, theme, case| {
        let (name, extras) = (name.to_owned(), Extras::default());
        Shot { name, size, theme, case, extras, clicks: &[] }
    };
    let dark = |name, size, case| in_theme(name, size, Theme::Dark, case);
    let light = |name, size, case| in_theme(name, size, Theme::Light, case);
    let dialog = |name, theme, dialog| Shot {
        extras: Extras { dialog: Some(dialog), ..Extras::default() },
        ..in_theme(name, small, theme, Case::Plain(Scene::Working))
    };
    let page = |name, page| Shot { clicks: page, ..dialog(name, Theme::Dark, OpenDialog::Settings) };
    let with = |extras, shot| Shot { extras, ..shot };
    let (working, first_run) = (Case::Plain(Scene::Working), Case::Plain(Scene::FirstRun));
    let toasts = || Extras { toasts: true, ..Extras::default() };
    let finishing = |tool| Extras { finishing: Some(tool), ..Extras::default() };
    let cropping = || Extras { cropping: true, ..Extras::default() };
    vec![
        dark("main-dark", usual, working),
        light("main-light", usual, working),
        dark("small-dark", small, working),
        light("small-light", small, working),
        Shot { clicks: &[(Role::Button, "Open the jobs")], ..dark("small-jobs-dark", small, working) },
        dark("large-dark", large, working),
        dark("first-run-dark", usual, first_run),
        light("first-run-light", usual, first_run),
        dark("first-run-small-dark", small, first_run),
        dark("no-photo-dark", usual, Case::NoPhoto),
        dark("empty-gallery-dark", usual, Case::EmptyGallery),
        light("empty-gallery-light", usual, Case::EmptyGallery),
        dark("empty-gallery-small-dark", small, Case::EmptyGallery),
        dark("no-match-dark", usual, Case::NoMatch),
        dark("no-match-small-dark", small, Case::NoMatch),
        dark("looking-dark", usual, Case::Looking),
        dark("loading-dark", usual, Case::Plain(Scene::Loading)),
        dark("failed-dark", usual, Case::Plain(Scene::Failed)),
        light("failed-light", usual, Case::Plain(Scene::Failed)),
        dark("key-missing-dark", usual, Case::KeyMissing),
        dark("budget-reached-dark", usual, Case::BudgetReached),
        dark("offline-dark", usual, Case::Offline),
        light("offline-light", usual, Case::Offline),
        dark("no-credit-dark", usual, Case::Credit),
        dark("refused-key-dark", usual, Case::RefusedKey),
        dark("held-from-last-time-dark", usual, Case::HeldFromLastTime),
        dark("draft-dark", usual, Case::Draft),
        dark("no-face-dark", usual, Case::NoFace),
        dark("tight-face-dark", usual, Case::TightFace),
        dark("small-face-dark", usual, Case::SmallFace),
        dark("several-faces-dark", usual, Case::SeveralFaces),
        Shot { clicks: &BESIDE, ..dark("pair-dark", usual, Case::Pair) },
        Shot { clicks: &BESIDE[..1], ..light("pair-small-light", small, Case::Pair) },
        dark("several-photos-dark", usual, Case::SeveralPhotos),
        light("several-photos-small-light", small, Case::SeveralPhotos),
        Shot { clicks: PRESETS, ..dark("presets-dark", usual, working) },
        Shot { clicks: PRESETS, ..light("presets-small-light", small, working) },
        light("export-light", usual, Case::Export),
        dark("export-small-dark", small, Case::Export),
        dark("sweep-dark", usual, Case::Sweep),
        light("sweep-light", usual, Case::Sweep),
        dark("sweep-small-dark", small, Case::Sweep),
        dark("sweep-running-dark", usual, Case::SweepRunning),
        light("sweep-running-small-light", small, Case::SweepRunning),
        with(cropping(), dark("crop-dark", usual, working)),
        with(cropping(), light("crop-small-light", small, working)),
        with(finishing(FinishTool::Looks), dark("finishing-looks-dark", usual, working)),
        with(finishing(FinishTool::Caption), dark("finishing-caption-small-dark", small, working)),
        with(toasts(), dark("toasts-dark", small, working)),
        with(toasts(), light("toasts-light", small, working)),
        with(Extras { dragging: true, ..Extras::default() }, dark("drop-dark", small, first_run)),
        dialog("dialog-key-dark", Theme::Dark, OpenDialog::Key),
        dialog("dialog-key-light", Theme::Light, OpenDialog::Key),
        dialog("dialog-no-keychain-dark", Theme::Dark, OpenDialog::NoKeychain),
        dialog("dialog-link-dark", Theme::Dark, OpenDialog::Link),
        dialog("dialog-save-path-light", Theme::Light, OpenDialog::SavePath),
        dialog("dialog-expressions-dark", Theme::Dark, OpenDialog::Expressions),
        Shot { size: usual, ..dialog("dialog-expressions-light", Theme::Light, OpenDialog::Expressions) },
        dialog("dialog-help-dark", Theme::Dark, OpenDialog::Help),
        dialog("dialog-commands-dark", Theme::Dark, OpenDialog::Commands),
        Shot { size: usual, ..dialog("dialog-commands-light", Theme::Light, OpenDialog::Commands) },
        Shot { size: usual, ..dialog("dialog-peek-dark", Theme::Dark, OpenDialog::Peek) },
        dialog("dialog-peek-light", Theme::Light, OpenDialog::Peek),
        dialog("dialog-settings-dark", Theme::Dark, OpenDialog::Settings),
        page("dialog-settings-service-dark", &[(Role::RadioButton, "Service")]),
        page("dialog-settings-library-dark", &[(Role::RadioButton, "Library")]),
        page("dialog-settings-about-dark", &[(Role::RadioButton, "About")]),
        dialog("dialog-hosts-dark", Theme::Dark, OpenDialog::Hosts),
        Shot { size: usual, ..dialog("dialog-hosts-light", Theme::Light, OpenDialog::Hosts) },
        Shot { size: usual, ..dialog("dialog-host-consent-dark", Theme::Dark, OpenDialog::HostConsent) },
        dialog("dialog-host-consent-light", Theme::Light, OpenDialog::HostConsent),
        dialog("dialog-host-bucket-dark", Theme::Dark, OpenDialog::HostForm),
        Shot { size: usual, ..dialog("dialog-host-bucket-light", Theme::Light, OpenDialog::HostForm) },
        Shot { size: usual, ..dialog("dialog-uploads-dark", Theme::Dark, OpenDialog::Uploads) },
        dialog("dialog-uploads-light", Theme::Light, OpenDialog::Uploads),
        dialog("dialog-job-dark", Theme::Dark, OpenDialog::Job),
        dialog("dialog-submit-again-dark", Theme::Dark, OpenDialog::SubmitAgain),
        dialog("dialog-submit-again-light", Theme::Light, OpenDialog::SubmitAgain),
        dialog("dialog-ledger-dark", Theme::Dark, OpenDialog::Ledger),
        dialog("dialog-ledger-light", Theme::Light, OpenDialog::Ledger),
        dialog("dialog-over-budget-dark", Theme::Dark, OpenDialog::OverBudget),
        dialog("dialog-notice-dark", Theme::Dark, OpenDialog::Notice),
        dialog("dialog-closing-dark", Theme::Dark, OpenDialog::Closing),
    ]
}

/// Each screen once in each theme at each size.
fn every_way() -> Vec<Shot> {
    let mut screens: Vec<Shot> = Vec::new();
    for shot in shots() {
        let words = shot.name.split('-').filter(|word| !["dark", "light", "small", "large"].contains(word));
        let name = words.collect::<Vec<_>>().join("-");
        if !screens.iter().any(|known| known.name == name) {
            screens.push(Shot { name, ..shot });
        }
    }
    let ways = screens.iter().flat_map(|screen| {
        SIZES.into_iter().flat_map(move |size| {
            [(Theme::Dark, "dark"), (Theme::Light, "light")].map(|(theme, word)| {
                let name = format!("{}-{}-{word}", screen.name, size.x);
                Shot { name, size, theme, ..screen.clone() }
            })
        })
    });
    ways.collect()
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

/// The sheet of all windows.
const CONTACT_SHEET: &str = "contact-sheet";

/// Pictures for the README beside the windows: its sticker, and one of each style.
const OTHERS: [&str; 2] = ["sample-sticker", "styles"];

#[test]
fn every_window_renders_as_it_did() {
    if !support::needs("lavapipe", has_lavapipe()) {
        return;
    }
    let updates = std::env::var_os("UPDATE_SCREENSHOTS").is_some_and(|value| value == "1");
    let mut different = Vec::new();
    for shot in shots() {
        let image = rendered(&shot);
        if updates {
            kept::write(&kept::folder(), &shot.name, &image);
        }
        different.extend(kept::difference(&shot.name, &image));
    }
    if updates {
        let [sticker, styles] = OTHERS;
        pictures::sticker().save(kept::folder().join(format!("{sticker}.png"))).unwrap();
        kept::write(&kept::folder(), styles, &pictures::styles());
        let shots = shots();
        let known: Vec<&str> = shots.iter().map(|shot| shot.name.as_str()).chain(OTHERS).collect();
        kept::remove_all_but(&known);
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

#[test]
#[ignore = "draws for people to look at, and checks nothing"]
fn every_window_on_one_sheet() {
    let folder = PathBuf::from(std::env::var_os("SCREENSHOTS_INTO").expect("SCREENSHOTS_INTO names a folder"));
    let only = std::env::var("SCREENSHOTS_ONLY").unwrap_or_default();
    let all = std::env::var_os("SCREENSHOTS_ALL").is_some_and(|value| value == "1");
    let shots = if all { every_way() } else { shots() };
    let mut small = Vec::new();
    for shot in shots.iter().filter(|shot| shot.name.contains(&only)) {
        let image = rendered(shot);
        kept::write(&folder, &shot.name, &image);
        small.push((shot.name.as_str(), shrunk(&image)));
    }
    kept::write(&folder, CONTACT_SHEET, &contact_sheet(&small));
}

/// Draws a window, which must not be blank.
fn rendered(shot: &Shot) -> RgbaImage {
    let image = render(shot);
    assert_eq!((image.width() as f32, image.height() as f32), (shot.size.x, shot.size.y), "{}", shot.name);
    let first = *image.get_pixel(0, 0);
    assert!(image.pixels().any(|pixel| *pixel != first), "{} is blank", shot.name);
    image
}

fn render(shot: &Shot) -> RgbaImage {
    let mut shell = Shell::default();
    shell.viewer.showing = Showing::PhotoAndSticker;
    let mut pictures = None;
    let (case, extras) = (shot.case, shot.extras.clone());
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
                cases::with_view(case, Some(pictures), &extras, |view| shell.ui(ui, view, &mut actions));
            });
        });
    harness.run_steps(6);
    for (role, label) in shot.clicks {
        // Some sizes show at once what has to be opened in others.
        let Some(control) = harness.query_by_role_and_label(*role, label) else { continue };
        control.click();
        harness.run_steps(3);
        // A pointer that stays would show what hovering shows.
        harness.input_mut().events.push(egui::Event::PointerGone);
        harness.run_steps(3);
    }
    harness.render().unwrap()
}

/// Width of a window on the contact sheet in pixels.
const SHEET_WIDTH: u32 = 420;

/// Columns of the contact sheet.
const SHEET_COLUMNS: usize = 4;

fn shrunk(image: &RgbaImage) -> RgbaImage {
    let height = (image.height() * SHEET_WIDTH / image.width()).max(1);
    image::imageops::resize(image, SHEET_WIDTH, height, image::imageops::FilterType::Triangle)
}

/// All windows on one sheet, each with its name beneath.
fn contact_sheet(windows: &[(&str, RgbaImage)]) -> RgbaImage {
    let (gap, label) = (16.0, 24.0);
    let cell = vec2(SHEET_WIDTH as f32, 280.0 + label);
    let rows = windows.len().div_ceil(SHEET_COLUMNS);
    let size = vec2(SHEET_COLUMNS as f32, rows as f32) * (cell + Vec2::splat(gap)) + Vec2::splat(gap);
    let images: Vec<(String, ColorImage)> = windows
        .iter()
        .map(|(name, image)| {
            let size = [image.width() as usize, image.height() as usize];
            ((*name).to_owned(), ColorImage::from_rgba_unmultiplied(size, image.as_raw()))
        })
        .collect();
    let mut textures = Vec::new();
    let mut harness = Harness::builder()
        .with_size(size)
        .with_theme(Theme::Dark)
        .with_render_cursor(false)
        .with_context_setup(sticker_booth::ui::install)
        .wgpu()
        .build_ui(move |ui| {
            if textures.is_empty() {
                let upload = |(name, image): &(String, ColorImage)| {
                    (name.clone(), ui.ctx().load_texture(name, image.clone(), egui::TextureOptions::LINEAR))
                };
                textures = images.iter().map(upload).collect();
            }
            whole(ui, |ui| {
                ui.painter().rect_filled(ui.max_rect(), 0.0, sticker_booth::ui::theme::DARK.bg_app);
                for (index, (name, texture)) in textures.iter().enumerate() {
                    let place = vec2((index % SHEET_COLUMNS) as f32, (index / SHEET_COLUMNS) as f32);
                    let corner = (place * (cell + Vec2::splat(gap)) + Vec2::splat(gap)).to_pos2();
                    let picture = egui::Rect::from_min_size(corner, texture.size_vec2());
                    egui::Image::new(texture).alt_text(name.as_str()).paint_at(ui, picture);
                    let line = egui::Rect::from_min_size(picture.left_bottom(), vec2(cell.x, label));
                    let color = sticker_booth::ui::theme::DARK.text_secondary;
                    let style = sticker_booth::ui::theme::Type::Label;
                    sticker_booth::ui::widgets::text::paint(ui, line, egui::Align::Min, name, style, color);
                }
            });
        });
    harness.run_steps(2);
    harness.render().unwrap()
}
