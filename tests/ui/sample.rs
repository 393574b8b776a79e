//! A window full of plausible things, whose numbers agree with each other.

use std::sync::LazyLock;

use sticker_booth::model::finish::{Brush, Bubble, Caption, Preset};
use sticker_booth::model::ledger::{Counts, LedgerEntry, LedgerKind, LedgerLine, Spending, Spent};
use sticker_booth::model::{
    Charged, EngineId, Finish, JobAction, JobId, JobStatus, KeyState, Money, Parameter, Ratio, Recipe, Remedy, Remote,
    Sort, ThemeChoice,
};
use sticker_booth::ui::action::{FinishTool, HostForm, PlaceFor, StickerId, WayOut};
use sticker_booth::ui::view::{
    BannerView, Budget, Card, Cards, ClosingView, Crop, CropView, DialogView, Difference, ExpressionsView, FaceState,
    FinishingView, GalleryView, JobRows, JobView, JobsView, KeyDialogView, LedgerView, NoticeView, OverBudgetView,
    PhotoRemark, PhotoView, Picture, PlaceView, PresetView, RecipeView, SentView, SettingsView, ShellView, StickerView,
    Ticking, TopBarView, Trouble, UploadsView, UseOfSeed, ViewerView, Weight,
};
use sticker_booth::ui::widgets::toast::{About, Toast};

use crate::pictures::{CROP, FACES, Pictures, SIZE, cut_line, frame};

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

/// A preset of the menu.
const fn preset(name: &'static str, has_words: bool) -> PresetView<'static> {
    PresetView { name, has_words }
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

/// Jobs as the panel takes them.
pub(crate) fn rows<'a>(jobs: &'a Remote<Vec<JobView<'a>>>) -> Remote<&'a dyn JobRows> {
    let list = |jobs: &'a Vec<JobView<'a>>| -> &'a dyn JobRows { jobs };
    match jobs {
        Remote::NotAsked => Remote::NotAsked,
        Remote::Loading { previous } => Remote::Loading { previous: previous.as_ref().map(list) },
        Remote::Ready(jobs) => Remote::Ready(list(jobs)),
        Remote::Failed { previous, error } => {
            Remote::Failed { previous: previous.as_ref().map(list), error: error.clone() }
        }
    }
}

/// Jobs in every interesting state; `pictures` give them thumbnails.
pub(crate) fn jobs(pictures: Option<&Pictures>) -> Vec<JobView<'static>> {
    let photo = pictures.map_or(Picture::Loading, |pictures| Picture::from(&pictures.thumbnail));
    let job = |id: &str, prompt: &'static str, status: JobStatus, seed: u32, elapsed: Ticking| JobView {
        id: JobId(id.to_owned()),
        batch: None,
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
        busy: false,
        held: None,
        asked: false,
        takes_long: false,
        error: None,
        request_id: None,
        offers: &[JobAction::Stop],
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
            busy: true,
            ..job("3", "ink portrait, halftone", JobStatus::Queued, 402, Ticking::Running(51))
        },
        JobView {
            charged: Charged::Unknown,
            offers: &[JobAction::SubmitAgain, JobAction::Forget],
            ..job("4", "neon portrait", JobStatus::MayHaveBeenAccepted, 61, Ticking::Over(250))
        },
        JobView {
            error: Some("The photo did not reach your bucket. Your settings are kept."),
            offers: &[JobAction::Retry],
            ..job("5", "kawaii, pastel", JobStatus::Failed, 8, Ticking::Over(3))
        },
        JobView {
            charged: Charged::Yes,
            picture: sticker(0),
            offers: &[JobAction::Forget],
            ..job("6", "bold pop art portrait, vibrant", JobStatus::Done, 77, Ticking::Over(14))
        },
        JobView {
            engine: EngineId::Local,
            price: Money::ZERO,
            picture: sticker(1),
            offers: &[JobAction::Forget],
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
            called: "bold pop art portrait",
            seed: Some(77 + index as u32),
            starred: [0, 2, 4, 10].contains(&index),
            rejected: index == 14,
            is_new: index == 8,
            chosen: false,
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
    /// Is the crop being drawn?
    pub(crate) cropping: bool,
    /// What a check of the photo found.
    pub(crate) remark: Option<PhotoRemark<'static>>,
    /// The open tool of the finishing rail.
    pub(crate) finishing: Option<FinishTool>,
}

/// How the sticker is finished.
fn finished() -> Finish {
    let mut finish = Preset::DieCut.finish();
    finish.caption = Caption { text: "Hi there!".to_owned(), bubble: Bubble::Speech, ..Caption::default() };
    finish
}

/// A dialog of the sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OpenDialog {
    Key,
    NoKeychain,
    Link,
    /// Where to save, where no file dialog asks.
    SavePath,
    Help,
    Settings,
    Job,
    SubmitAgain,
    Ledger,
    OverBudget,
    Notice,
    Closing,
    Hosts,
    HostConsent,
    HostForm,
    Uploads,
    Commands,
    Peek,
    Expressions,
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
    let mut photo = photo(scene, pictures, first_run);
    if let Remote::Ready(photo) = &mut photo {
        photo.is_cropping = extras.cropping;
        photo.remark = extras.remark;
        if extras.remark.is_some_and(|remark| remark.way == Remedy::PickFace) {
            photo.faces = &TWO_FACES;
        }
    }
    let differences = [
        Difference { parameter: Parameter::PromptStrength, label: "Prompt strength", from: "11", to: "9" },
        Difference { parameter: Parameter::InstantIdStrength, label: "InstantID strength", from: "0.75", to: "1" },
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
    let line = if first_run && pictures.is_some() { cut_line() } else { Vec::new() };
    let key = if extras.dialog == Some(OpenDialog::NoKeychain) {
        KeyState::NoKeychain { reason: "No secret service answered.".to_owned() }
    } else {
        KeyState::InKeychain
    };
    let check = Remote::NotAsked;
    let toasts = [
        Toast { id: 1, about: About::Trash, sentence: "3 stickers moved to the trash", answer: Some("Undo") },
        Toast { id: 2, about: About::Broken, sentence: "The folder is read-only", answer: Some("Details") },
    ];
    let ways = [("Rebuild, about 20 s", WayOut::RebuildIndex), ("Show files", WayOut::ShowFiles)];
    let banner = BannerView {
        trouble: Trouble::Broken,
        head: "The index could not be read",
        sentence: "Your 1,284 sticker files are safe. The broken index was set aside as index-2026-11-22.",
        ways: &ways,
        price: None,
    };
    let all_jobs = self::jobs(pictures);
    let prompts = ("bold pop art portrait, vibrant, thick outline, looking at the camera", "ink portrait, halftone");
    let more = [
        Difference { parameter: Parameter::Prompt, label: "Prompt", from: prompts.0, to: prompts.1 },
        differences[0].clone(),
        differences[1].clone(),
        Difference {
            parameter: Parameter::NegativePrompt,
            label: "Negative prompt",
            from: "border, wrinkles",
            to: "none",
        },
    ];
    let peeked = StickerView { differences: &more, ..one_sticker(pictures) };
    let expressions = ["happy", "angry", "surprised", "sleepy", "in love"].map(str::to_owned);
    let (understood, ignored) = sticker_booth::studio::words(&recipe);
    let finish = finished();
    let view = ShellView {
        topbar: TopBarView {
            engine,
            price,
            spent_today: Money::from_mills(75),
            budget: Some(Budget { limit: Money::from_mills(2000), committed: Money::from_mills(75) }),
            key: key.clone(),
            can_undo: !first_run,
            can_redo: false,
            can_export: true,
            exports: false,
            promise: "Free, and your photo stays here",
        },
        recipe: RecipeView {
            recipe: &recipe,
            last_run: (!first_run).then_some(&last_run),
            engine,
            photo: &photo,
            photos: &[],
            left_out: "",
            photo_goes: if first_run { "The photo stays on this computer" } else { "To your bucket, then deleted" },
            preset: if first_run { "Service default" } else { "Bold cartoon" },
            preset_edited: !first_run,
            presets: const {
                &[
                    preset("Service default", false),
                    preset("More likeness", false),
                    preset("Bold cartoon", true),
                    preset("Soft portrait", true),
                    preset("Ink", true),
                ]
            },
            own_presets: Some(if first_run {
                &[]
            } else {
                const { &[preset("Team avatars", false), preset("Grandmother's birthday", true)] }
            }),
            words_understood: &understood,
            words_ignored: &ignored,
            moods_left_out: &[],
            palette: &[],
            styles: &[],
            moods: &[],
            seed: UseOfSeed::NewEach,
            recent_seeds: &[77, 78, 402],
            count: if first_run { 1 } else { 4 },
            stickers: if first_run { 1 } else { 4 },
            price_each: price,
            blocked: match scene {
                Scene::Loading | Scene::Failed => Some("no photo"),
                Scene::Working | Scene::FirstRun => None,
            },
            opens: false,
            blocked_why: None,
            submitting: false,
        },
        viewer: ViewerView {
            finishing: extras.finishing.map(|tool| FinishingView {
                finish: &finish,
                tool: Some(tool),
                brush: Brush::default(),
                to_original: Some([1.0, 0.0, 0.0, 0.0, 1.0, 0.0]),
                scale: 1.0,
                chosen: 3,
                is_opaque: false,
                problem: None,
            }),
            sticker: &sticker,
            other: None,
            photo: pictures.filter(|_| first_run).map(Pictures::photo),
            photo_crop: Some(CROP),
            crop: extras.cropping.then(|| cropping(pictures)),
            cut_line: &line,
            photo_is_sample: true,
            draft: None,
            chosen: 1,
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
            chosen: usize::from(scene == Scene::Working),
            in_bin: false,
            binned: 0,
            first: None,
            first_opens: false,
            is_making: false,
            can_drop: true,
            drags_out: false,
            banner: (scene == Scene::Failed).then_some(banner),
        },
        jobs: JobsView {
            jobs: &rows(&jobs),
            paused: false,
            banner: None,
            spent_today: Money::from_mills(if first_run { 0 } else { 75 }),
            unsure: if scene == Scene::Working { (1, Money::from_mills(25)) } else { (0, Money::ZERO) },
            has_key: false,
            offer_hosted: first_run,
        },
        sweep: None,
        export: None,
        dialog: extras.dialog.map(|dialog| match dialog {
            OpenDialog::Key | OpenDialog::NoKeychain => {
                DialogView::Key(KeyDialogView { status: &key, check: &check, held: (0, Money::ZERO) })
            }
            OpenDialog::Link => {
                DialogView::Place(PlaceView { what: PlaceFor::Photo, why: None, proposed: "", refused: None })
            }
            OpenDialog::SavePath => DialogView::Place(PlaceView {
                what: PlaceFor::Copy,
                why: Some("There are no file dialogs in this session, so type or paste the path."),
                proposed: "/home/me/Pictures/chibi-sticker-of-a-woman-4711.png",
                refused: Some("A file of this name exists already: choose another name."),
            }),
            OpenDialog::Hosts => DialogView::PhotoHosts(crate::hosts::choice(None, Some((4, Money::from_mills(100))))),
            OpenDialog::HostConsent => {
                DialogView::PhotoHosts(crate::hosts::choice(Some("litterbox"), Some((4, Money::from_mills(100)))))
            }
            OpenDialog::HostForm => DialogView::SetUpHost(crate::hosts::form_view(HostForm::Bucket)),
            OpenDialog::Uploads => {
                let picture = pictures.map_or(Picture::Missing, |pictures| Picture::from(&pictures.thumbnail));
                DialogView::Uploads(UploadsView { uploads: crate::hosts::some_uploads(&picture), error: None })
            }
            OpenDialog::Help => DialogView::Help,
            OpenDialog::Expressions => DialogView::Expressions(ExpressionsView {
                typed: "happy, angry, surprised, sleepy, in love",
                moods: &[],
                made: &expressions,
                remark: None,
                is_refused: false,
                stickers: 5,
                seed: None,
                engine,
                blocked: None,
                opens: false,
                submitting: false,
            }),
            OpenDialog::Commands => DialogView::Commands,
            OpenDialog::Peek => DialogView::Peek(&peeked),
            OpenDialog::Settings => DialogView::Settings(settings(&key)),
            OpenDialog::Job => DialogView::Job(sticker_booth::ui::view::JobDetailsView {
                job: &all_jobs[4],
                accepted_at: Some("14:31:07"),
                ended_at: Some("14:31:49, after 42 s"),
                raw_answer: Some("{\"statusCode\": 500,\n \"message\": \"Backend call failure\"}"),
            }),
            OpenDialog::SubmitAgain => DialogView::SubmitAgain(&all_jobs[3]),
            OpenDialog::Ledger => DialogView::Ledger(ledger()),
            OpenDialog::OverBudget => DialogView::OverBudget(OverBudgetView {
                price: Money::from_mills(100),
                limit: Money::from_mills(2000),
                after: Money::from_mills(2075),
            }),
            OpenDialog::Notice => {
                DialogView::HostedNotice(NoticeView { count: 4, price: Money::from_mills(100), asks_for_host: false })
            }
            OpenDialog::Closing => {
                DialogView::Closing(ClosingView { requests: 2, price: Money::from_mills(50), seconds_left: 42 })
            }
        }),
        toasts: if extras.toasts { &toasts } else { &[] },
        first_run,
        dragging_file: extras.dragging,
    };
    draw(&view)
}

/// Ten thousand lines of a ledger.
static LEDGER: LazyLock<Vec<LedgerEntry>> = LazyLock::new(|| {
    let entry = |index: usize| {
        let (kind, status) = [
            (LedgerKind::Accepted, Some(JobStatus::Done)),
            (LedgerKind::NotCharged, Some(JobStatus::Failed)),
            (LedgerKind::Unknown, Some(JobStatus::MayHaveBeenAccepted)),
            (LedgerKind::Unknown, None),
        ][index % 4];
        let line = LedgerLine {
            at: jiff::Timestamp::UNIX_EPOCH,
            kind,
            job: JobId(index.to_string()),
            engine: EngineId::Pixazo,
            base_url: None,
            request_id: (index % 4 < 2).then(|| "face_9f3ac2b7-08d1-4f7e-a2c4-1be0c55a7f10".to_owned()),
            amount: Money::from_mills(25),
        };
        LedgerEntry { line, status, path: index.is_multiple_of(4).then(|| "sticker.png".to_owned()) }
    };
    (0..10_000).map(entry).collect()
});

/// What they come to.
static SPENT: LazyLock<Spent> = LazyLock::new(|| {
    let price = Money::from_mills(25);
    let of = |charged: u32| Spending {
        spent: price * charged,
        unsure: price,
        reserved: Money::ZERO,
        counts: Counts { accepted: charged.into(), not_charged: 1, unsure: 1 },
    };
    Spent { session: of(3), today: of(3), month: of(65), all: of(5000) }
});

fn ledger() -> LedgerView<'static> {
    LedgerView { lines: Remote::Ready(&LEDGER[..]), spent: &SPENT, at: &|_| "2026-11-25 14:31:07".to_owned() }
}

/// The preferences of the sample.
pub(crate) fn settings(key: &KeyState) -> SettingsView<'_> {
    SettingsView {
        theme: ThemeChoice::System,
        scale: 1.0,
        reduce_motion: false,
        notifications: true,
        soft_budget: Some(Money::from_mills(2000)),
        hard_budget: None,
        concurrency: 2,
        address: "",
        at_budget: false,
        recent_photos: true,
        settings_in_copies: true,
        label_copies: true,
        library: "~/Pictures/Sticker Booth",
        key,
        photos_go: "To your bucket, then deleted",
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
        aspect: None,
        padding: [255; 3],
        sent: sent(pictures),
        is_cropping: false,
        turning: false,
        remark: None,
    })
}

/// A photo without a face, for the hosted service.
pub(crate) const NO_FACE: PhotoRemark<'static> = PhotoRemark {
    weight: Weight::Forbids,
    head: "No face was found.",
    sentence: "$0.025 may be charged for nothing.",
    way: Remedy::ChooseAnother,
    can_override: true,
};

/// A photo with several faces.
pub(crate) const SEVERAL: PhotoRemark<'static> = PhotoRemark {
    weight: Weight::Notes,
    head: "There are 2 faces, and the biggest is used.",
    sentence: "Click another to choose it.",
    way: Remedy::PickFace,
    can_override: true,
};

/// Two faces, for the note about them.
pub(crate) const TWO_FACES: [Crop; 2] = [FACES[0], Crop { left: 250.0, top: 40.0, width: 60.0, height: 70.0 }];

/// What is sent of the sample portrait.
fn sent(pictures: Option<&Pictures>) -> SentView<'static> {
    let picture = pictures.map_or(Picture::Loading, |pictures| Picture::from(&pictures.thumbnail));
    SentView { size: (306, 306), bytes: Some(41_200), picture, error: None, as_linked: false }
}

/// The crop being drawn, a little beyond the portrait's edge.
pub(crate) fn cropping(pictures: Option<&Pictures>) -> CropView<'static> {
    CropView {
        picture: pictures.map_or(Picture::Loading, Pictures::photo),
        photo: SIZE,
        crop: Crop { left: 40.0, top: -20.0, width: 240.0, height: 300.0 },
        face: Some(FACES[0]),
        ratio: Ratio::FourFive,
        sticker: (1024, 1024),
        padding: [255; 3],
        sent: SentView { size: (240, 300), bytes: Some(31_400), ..sent(pictures) },
        can_reset: true,
        turning: false,
    }
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
    Remote::Ready(StickerView { differences, ..one_sticker(pictures) })
}

/// The sticker that was chosen in the gallery.
pub(crate) fn one_sticker(pictures: Option<&Pictures>) -> StickerView<'static> {
    StickerView {
        id: StickerId(2),
        name: "",
        picture: pictures.map_or(Picture::Loading, |pictures| pictures.sticker(0)),
        canvas: (512, 512),
        photo: pictures.map(Pictures::photo),
        frame: pictures.map(|_| frame()),
        seed: Some(77),
        engine: EngineId::Pixazo,
        cost: Money::from_mills(25),
        starred: true,
        differences: &[],
    }
}
