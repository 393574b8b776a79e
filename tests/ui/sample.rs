//! A window full of plausible things, whose numbers agree with each other.

use std::path::Path;
use std::sync::OnceLock;

use egui::{ColorImage, Context, Pos2, TextureHandle, TextureOptions, pos2};
use image::{RgbImage, RgbaImage, imageops};
use sticker_booth::engine::{BuiltIn, Control, Sticker, StickerEngine as _};
use sticker_booth::model::{Charged, EngineId, JobId, JobStatus, Money, Parameter, Recipe};
use sticker_booth::ui::action::{JobOffer, Sort, StickerId, ThemeChoice, WayOut};
use sticker_booth::ui::view::{
    BannerView, Budget, Card, Cards, Crop, DialogView, Difference, FaceState, GalleryView, JobView, JobsView,
    KeyDialogView, KeyStatus, PhotoView, Picture, RecipeView, Remote, SettingsView, ShellView, StickerView, Ticking,
    TopBarView, Trouble, UseOfSeed, ViewerView,
};
use sticker_booth::ui::widgets::toast::Toast;

/// What the sample shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Scene {
    /// Work under way at the hosted service.
    #[default]
    Working,
    /// The first start, free, with the sample portrait.
    FirstRun,
    /// Everything is being read.
    Loading,
    /// Everything failed.
    Failed,
}

/// Pictures on the graphics card.
#[derive(Clone)]
pub(crate) struct Pictures {
    photo: TextureHandle,
    thumbnail: TextureHandle,
    stickers: Vec<TextureHandle>,
}

/// Width and height of the sample portrait.
const SIZE: (u32, u32) = (330, 332);

/// The part of the sample portrait that is sent.
const CROP: Crop = Crop { left: 40.0, top: 0.0, width: 256.0, height: 256.0 };

/// The face in it.
const FACES: [Crop; 1] = [Crop { left: 116.0, top: 66.0, width: 92.0, height: 106.0 }];

/// Prompts of the stickers, each in another style.
const PROMPTS: [(&str, u32); 7] = [
    ("bold pop art portrait, vibrant", 77),
    ("cartoon, vibrant", 21),
    ("ink portrait", 402),
    ("neon portrait", 61),
    ("flat, pastel", 8),
    ("vintage portrait", 5),
    ("watercolour", 12),
];

/// The portrait and its stickers, made once by the built-in engine.
struct Made {
    photo: RgbImage,
    stickers: Vec<Sticker>,
}

/// Made once for all tests.
fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample/portrait.png");
        let photo = image::open(path).unwrap().to_rgb8();
        let engine = BuiltIn::load().unwrap();
        let stickers = PROMPTS
            .iter()
            .map(|(prompt, seed)| {
                let mut recipe = Recipe::default().with_seed(*seed);
                recipe.prompt = (*prompt).to_owned();
                (recipe.width, recipe.height) = (512, 512);
                engine.make(&photo, &recipe, &Control::new()).unwrap()
            })
            .collect();
        Made { photo, stickers }
    })
}

impl Pictures {
    /// Puts the portrait and its stickers on the graphics card.
    pub(crate) fn load(ctx: &Context) -> Self {
        let Made { photo, stickers } = made();
        let (left, top) = (CROP.left as u32, CROP.top as u32);
        let part = imageops::crop_imm(photo, left, top, CROP.width as u32, CROP.height as u32).to_image();
        let small = imageops::resize(&part, 80, 80, imageops::FilterType::Triangle);
        Self {
            photo: upload_photo(ctx, "photo", photo),
            thumbnail: upload_photo(ctx, "thumbnail", &small),
            stickers: stickers.iter().enumerate().map(|(index, one)| upload(ctx, index, &one.cutout)).collect(),
        }
    }

    fn photo(&self) -> Picture {
        Picture::from(&self.photo)
    }

    fn sticker(&self, index: usize) -> Picture {
        Picture::from(&self.stickers[index % self.stickers.len()])
    }
}

/// How far a point of the photo lies outside of head and shoulders, in its pixels.
fn outside(x: f32, y: f32) -> f32 {
    let ellipse = |cx: f32, cy: f32, rx: f32, ry: f32| {
        let reach = ((x - cx) / rx).hypot((y - cy) / ry);
        (reach - 1.0) * rx.min(ry)
    };
    ellipse(166.0, 96.0, 74.0, 90.0).min(ellipse(166.0, 268.0, 110.0, 84.0))
}

/// Where the sample portrait will be cut.
fn cut_line() -> Vec<Pos2> {
    let steps = 120;
    (0..steps)
        .map(|step| {
            let angle = std::f32::consts::TAU * step as f32 / steps as f32;
            let direction = egui::vec2(angle.sin(), -angle.cos());
            let centre = pos2(166.0, 170.0);
            let mut reach = 10.0;
            while outside(centre.x + direction.x * reach, centre.y + direction.y * reach) < 8.0 && reach < 250.0 {
                reach += 1.0;
            }
            let point = centre + direction * reach;
            pos2(point.x.clamp(44.0, 292.0), point.y.clamp(4.0, 252.0))
        })
        .collect()
}

fn upload(ctx: &Context, index: usize, image: &RgbaImage) -> TextureHandle {
    let size = [image.width() as usize, image.height() as usize];
    let pixels = ColorImage::from_rgba_unmultiplied(size, image.as_raw());
    let smooth = TextureOptions::LINEAR.with_mipmap_mode(Some(egui::TextureFilter::Linear));
    ctx.load_texture(format!("sticker {index}"), pixels, smooth)
}

fn upload_photo(ctx: &Context, name: &str, image: &RgbImage) -> TextureHandle {
    let size = [image.width() as usize, image.height() as usize];
    let smooth = TextureOptions::LINEAR.with_mipmap_mode(Some(egui::TextureFilter::Linear));
    ctx.load_texture(name, ColorImage::from_rgb(size, image.as_raw()), smooth)
}

/// The recipe of the sample.
pub(crate) fn recipe() -> Recipe {
    let mut recipe = Recipe::default().with_seed(4_071_233_981);
    recipe.prompt = "bold pop art portrait, vibrant, thick outline, looking at the camera".to_owned();
    recipe.negative_prompt = "border, wrinkles".to_owned();
    recipe.prompt_strength = 11.0;
    recipe.instant_id_strength = 0.75;
    recipe
}

/// Jobs in every interesting state; `pictures` give them thumbnails.
pub(crate) fn jobs(pictures: Option<&Pictures>) -> Vec<JobView<'static>> {
    let photo = pictures.map_or(Picture::Loading, |pictures| Picture::from(&pictures.thumbnail));
    let job = |id: &str, prompt: &'static str, status: JobStatus, seed: u32, elapsed: Ticking| JobView {
        id: JobId(id.to_owned()),
        prompt,
        picture: photo,
        status,
        charged: Charged::No,
        price: Money::from_mills(25),
        engine: EngineId::Pixazo,
        seed,
        progress: None,
        ahead: 0,
        elapsed,
        goes_on_in: None,
        takes_long: false,
        error: None,
        request_id: None,
        offers: &[JobOffer::Stop],
    };
    let long = "bold pop art portrait, vibrant, thick outline";
    let sticker = |index: usize| pictures.map_or(Picture::Loading, |pictures| pictures.sticker(index));
    vec![
        JobView {
            progress: Some(0.6),
            charged: Charged::Yes,
            ..job("1", long, JobStatus::Working, 78, Ticking::Running(24))
        },
        JobView { ahead: 1, ..job("2", long, JobStatus::Queued, 79, Ticking::Running(24)) },
        JobView {
            goes_on_in: Some(18),
            ..job("3", "ink portrait, halftone", JobStatus::Queued, 402, Ticking::Running(51))
        },
        JobView {
            charged: Charged::Unknown,
            offers: &[JobOffer::SubmitAgain, JobOffer::Forget],
            ..job("4", "neon portrait", JobStatus::MayHaveBeenAccepted, 61, Ticking::Over(250))
        },
        JobView {
            error: Some("The photo did not reach your bucket. Your settings are kept."),
            offers: &[JobOffer::Retry, JobOffer::UseSettings],
            ..job("5", "kawaii, pastel", JobStatus::Failed, 8, Ticking::Over(3))
        },
        JobView {
            charged: Charged::Yes,
            picture: sticker(0),
            offers: &[JobOffer::Forget],
            ..job("6", "bold pop art portrait, vibrant", JobStatus::Done, 77, Ticking::Over(14))
        },
        JobView {
            engine: EngineId::Local,
            price: Money::ZERO,
            picture: sticker(1),
            offers: &[JobOffer::Forget],
            ..job("7", "cartoon, vibrant", JobStatus::Done, 21, Ticking::Over(1))
        },
    ]
}

/// Cards of the gallery.
pub(crate) fn cards(pictures: Option<&Pictures>, count: usize) -> Vec<Card<'static>> {
    (0..count)
        .map(|index| Card {
            id: StickerId(index as i64 + 1),
            picture: pictures.map_or(Picture::Loading, |pictures| pictures.sticker(index)),
            prompt: "bold pop art portrait",
            seed: Some(77 + index as u32),
            starred: [0, 2, 4, 10].contains(&index),
            rejected: index == 14,
            is_new: index == 8,
        })
        .collect()
}

/// What else a window shows, over the scene.
#[derive(Clone, Debug, Default)]
pub(crate) struct Extras {
    /// The open dialog.
    pub(crate) dialog: Option<OpenDialog>,
    /// Show toasts?
    pub(crate) toasts: bool,
    /// Is the view dimmed by a file that is held over it?
    pub(crate) dragging: bool,
}

/// A dialog of the sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OpenDialog {
    Key,
    NoKeychain,
    Link,
    Help,
    Settings,
    Job,
    SubmitAgain,
}

/// Builds the view of a scene and hands it to `draw`.
pub(crate) fn with_view<R>(
    scene: Scene,
    pictures: Option<&Pictures>,
    extras: &Extras,
    draw: impl FnOnce(&ShellView<'_>) -> R,
) -> R {
    let first_run = scene == Scene::FirstRun;
    let recipe = if first_run { Recipe::default().with_seed(4_071_233_981) } else { recipe() };
    let last_run = Recipe { prompt_strength: 9.0, instant_id_strength: 1.0, ..recipe.clone() };
    let engine = if first_run { EngineId::Local } else { EngineId::Pixazo };
    let price = if first_run { Money::ZERO } else { Money::from_mills(25) };
    let photo = photo(scene, pictures, first_run);
    let differences = [
        Difference { parameter: Parameter::PromptStrength, in_form: "11", in_sticker: "9" },
        Difference { parameter: Parameter::InstantIdStrength, in_form: "0.75", in_sticker: "1" },
    ];
    let sticker = sticker(scene, pictures, &differences);
    let list = cards(pictures, 40);
    let list: &dyn Cards = &list;
    let cards = match scene {
        Scene::Working => Remote::Ready(list),
        Scene::FirstRun => Remote::NotAsked,
        Scene::Loading => Remote::Loading { previous: None },
        Scene::Failed => Remote::Failed { previous: Some(list), error: "The index could not be read.".to_owned() },
    };
    let jobs = match scene {
        Scene::Working => Remote::Ready(jobs(pictures)),
        Scene::FirstRun => Remote::NotAsked,
        Scene::Loading => Remote::Loading { previous: None },
        Scene::Failed => {
            Remote::Failed { previous: None, error: "The journal is in use by another window.".to_owned() }
        }
    };
    let line = cut_line();
    let key = if extras.dialog == Some(OpenDialog::NoKeychain) {
        KeyStatus::NoKeychain("No secret service answered.".to_owned())
    } else {
        KeyStatus::InKeychain
    };
    let check = Remote::NotAsked;
    let toasts = [
        Toast { id: 1, failed: false, sentence: "3 stickers moved to the trash", answer: Some("Undo") },
        Toast { id: 2, failed: true, sentence: "The folder is read-only", answer: Some("Details") },
    ];
    let ways = [("Rebuild, about 20 s", WayOut::RebuildIndex), ("Show files", WayOut::ShowFiles)];
    let banner = BannerView {
        trouble: Trouble::Broken,
        head: "The index could not be read",
        sentence: "Your 1,284 sticker files are safe. The broken index was set aside as index-2026-11-22.",
        ways: &ways,
    };
    let all_jobs = self::jobs(pictures);
    let words = ["pop".to_owned(), "bold".to_owned(), "vibrant".to_owned()];
    let view = ShellView {
        topbar: TopBarView {
            engine,
            price,
            spent_today: Money::from_mills(75),
            budget: Some(Budget { limit: Money::from_mills(2000), committed: Money::from_mills(75) }),
            key: key.clone(),
            can_undo: !first_run,
            can_redo: false,
            promise: "Free, and your photo stays here",
        },
        recipe: RecipeView {
            recipe: &recipe,
            last_run: (!first_run).then_some(&last_run),
            engine,
            photo: &photo,
            photo_goes: if first_run {
                "The photo stays on this computer"
            } else {
                "To your bucket, gone after 1 hour"
            },
            preset: if first_run { "Service default" } else { "Bold cartoon" },
            preset_edited: !first_run,
            presets: &["Service default", "More likeness", "Bold cartoon", "Soft portrait", "Ink"],
            words_understood: &words,
            words_ignored: &[],
            seed: UseOfSeed::NewEach,
            recent_seeds: &[77, 78, 402],
            count: if first_run { 1 } else { 4 },
            price_each: price,
            blocked: match scene {
                Scene::Loading | Scene::Failed => Some("no photo"),
                Scene::Working | Scene::FirstRun => None,
            },
            submitting: false,
        },
        viewer: ViewerView {
            sticker: &sticker,
            other: None,
            photo: pictures.filter(|_| first_run).map(Pictures::photo),
            photo_crop: Some(CROP),
            cut_line: if first_run { &line } else { &[] },
            photo_is_sample: true,
            draft: None,
            can_drop: true,
        },
        gallery: GalleryView {
            cards: &cards,
            total: if first_run { 0 } else { 1284 },
            new_above: if scene == Scene::Working { 3 } else { 0 },
            search: "",
            starred_only: false,
            without_star: 0,
            sort: Sort::Newest,
            backgrounds: false,
            selected: (scene == Scene::Working).then_some(StickerId(2)),
            partner: None,
            banner: (scene == Scene::Failed).then_some(banner),
        },
        jobs: JobsView {
            jobs: &jobs,
            paused: false,
            banner: None,
            spent_today: Money::from_mills(if first_run { 0 } else { 75 }),
            unsure: if scene == Scene::Working { (1, Money::from_mills(25)) } else { (0, Money::ZERO) },
            offer_hosted: first_run,
        },
        dialog: extras.dialog.map(|dialog| match dialog {
            OpenDialog::Key | OpenDialog::NoKeychain => DialogView::Key(KeyDialogView { status: &key, check: &check }),
            OpenDialog::Link => DialogView::Link(None),
            OpenDialog::Help => DialogView::Help,
            OpenDialog::Settings => DialogView::Settings(settings(&key)),
            OpenDialog::Job => DialogView::Job(sticker_booth::ui::view::JobDetailsView {
                job: &all_jobs[4],
                accepted_at: Some("14:31:07"),
                ended_at: Some("14:31:49, after 42 s"),
                raw_answer: Some("{\"statusCode\": 500,\n \"message\": \"Backend call failure\"}"),
            }),
            OpenDialog::SubmitAgain => DialogView::SubmitAgain(&all_jobs[3]),
        }),
        toasts: if extras.toasts { &toasts } else { &[] },
        first_run,
        dragging_file: extras.dragging,
    };
    draw(&view)
}

/// The preferences of the sample.
pub(crate) fn settings(key: &KeyStatus) -> SettingsView<'_> {
    SettingsView {
        theme: ThemeChoice::System,
        scale: 1.0,
        reduce_motion: false,
        notifications: true,
        soft_budget: Some(Money::from_mills(2000)),
        hard_budget: None,
        concurrency: 2,
        library: "~/Pictures/Sticker Booth",
        key,
        version: env!("CARGO_PKG_VERSION"),
        changes: include_str!("../../assets/CHANGELOG.md"),
    }
}

fn photo(scene: Scene, pictures: Option<&Pictures>, is_sample: bool) -> Remote<PhotoView<'static>> {
    match scene {
        Scene::Loading => return Remote::Loading { previous: None },
        Scene::Failed => {
            let error = "The photo is a HEIC file, which is not read here. Save it as JPEG first.".to_owned();
            return Remote::Failed { previous: None, error };
        }
        Scene::Working | Scene::FirstRun => {}
    }
    Remote::Ready(PhotoView {
        name: "portrait.png",
        size: SIZE,
        picture: pictures.map_or(Picture::Loading, Pictures::photo),
        crop: Some(CROP),
        faces: &FACES,
        face: FaceState::Found(0),
        is_sample,
        as_linked: false,
        remark: None,
    })
}

fn sticker<'a>(
    scene: Scene,
    pictures: Option<&Pictures>,
    differences: &'a [Difference<'a>],
) -> Remote<StickerView<'a>> {
    match scene {
        Scene::FirstRun => return Remote::NotAsked,
        Scene::Loading => return Remote::Loading { previous: None },
        Scene::Failed => {
            let error = "The sticker's file is gone. Its settings are kept in the index.".to_owned();
            return Remote::Failed { previous: None, error };
        }
        Scene::Working => {}
    }
    Remote::Ready(StickerView {
        id: StickerId(2),
        picture: pictures.map_or(Picture::Loading, |pictures| pictures.sticker(0)),
        canvas: (512, 512),
        photo: pictures.map(Pictures::photo),
        frame: pictures.map(|_| made().stickers[0].frame),
        seed: Some(77),
        engine: EngineId::Pixazo,
        cost: Money::from_mills(25),
        starred: true,
        differences,
    })
}
