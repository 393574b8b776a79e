//! States of panels that the scenes do not show: each is a scene with one view changed.

use sticker_booth::model::{Charged, EngineId, Hold, JobAction, JobStatus, KeyState, Money, Parameter, Remedy, Remote};
use sticker_booth::ui::action::{StickerId, WayOut};
use sticker_booth::ui::view::{
    BannerView, Cards, Difference, FaceState, GalleryView, JobView, JobsView, PhotoRemark, PhotoTab, PhotoView,
    Picture, RecipeView, ShellView, StickerView, Ticking, TopBarView, Trouble, ViewerView, Weight,
};
use sticker_booth::ui::widgets::Stub;

use crate::export;
use crate::pictures::Pictures;
use crate::sample::{self, Extras, Scene};
use crate::sweep::Texts;

/// A state of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// The scene as it is.
    Plain(Scene),
    /// No photo was picked, and nothing was ever made.
    NoPhoto,
    /// The first run after its hint was closed.
    EmptyGallery,
    /// The search finds nothing.
    NoMatch,
    /// The library is being looked into again.
    Looking,
    /// The hosted service is chosen and there is no key.
    KeyMissing,
    /// There is no connection.
    Offline,
    /// The credit is used up.
    Credit,
    /// The service does not know the key.
    RefusedKey,
    /// Paid work of the last session waits for a word.
    HeldFromLastTime,
    /// The budget is used up.
    BudgetReached,
    /// A slider is being moved with the built-in engine.
    Draft,
    /// Nobody is in the photo.
    NoFace,
    /// The face is cut too tightly.
    TightFace,
    /// The face is small.
    SmallFace,
    /// There are two faces.
    SeveralFaces,
    /// There are five photos, one of them without a face.
    SeveralPhotos,
    /// Two stickers are compared.
    Pair,
    /// A pack for WhatsApp.
    Export,
    /// A sweep before it is run.
    Sweep,
    /// A sweep under way.
    SweepRunning,
}

/// Builds the view of a case and hands it to `draw`.
pub(crate) fn with_view<R>(
    case: Case,
    pictures: Option<&Pictures>,
    extras: &Extras,
    draw: impl FnOnce(&ShellView<'_>) -> R,
) -> R {
    let scene = match case {
        Case::Plain(scene) => scene,
        Case::NoPhoto | Case::EmptyGallery | Case::NoFace | Case::TightFace => Scene::FirstRun,
        _ => Scene::Working,
    };
    sample::with_view(scene, pictures, extras, |view| match case {
        Case::Plain(_) => draw(view),
        Case::NoPhoto => no_photo(view, draw),
        Case::EmptyGallery => draw(&empty_gallery(view)),
        Case::NoMatch => no_match(view, draw),
        Case::Looking => looking(view, draw),
        Case::KeyMissing => draw(&key_missing(view)),
        Case::Offline | Case::Credit | Case::RefusedKey | Case::HeldFromLastTime => held(case, view, pictures, draw),
        Case::BudgetReached => draw(&budget_reached(view)),
        Case::Draft => draft(view, pictures, draw),
        Case::NoFace | Case::TightFace | Case::SmallFace | Case::SeveralFaces => remarked(case, view, draw),
        Case::SeveralPhotos => several_photos(view, pictures, draw),
        Case::Pair => pair(view, pictures, draw),
        Case::Export => {
            let (texts, stickers) = (export::Texts::new(), export::Texts::stickers(pictures));
            draw(&ShellView { export: Some(texts.view(&stickers)), ..view.clone() })
        }
        Case::Sweep | Case::SweepRunning => {
            let (texts, running) = (Texts::new(), case == Case::SweepRunning);
            let cells = texts.cells(running, pictures);
            draw(&ShellView { sweep: Some(texts.view(&cells, running)), ..view.clone() })
        }
    })
}

fn several_photos<R>(view: &ShellView<'_>, pictures: Option<&Pictures>, draw: impl FnOnce(&ShellView<'_>) -> R) -> R {
    let picture = pictures.map_or(Picture::Loading, |pictures| Picture::from(&pictures.thumbnail));
    let names = ["Anna.jpg", "Bert.jpg", "Beach at noon.jpg", "Clara.png", "Dirk.webp"];
    let photos: Vec<PhotoTab<'_>> = names
        .into_iter()
        .enumerate()
        .map(|(place, name)| PhotoTab {
            name,
            picture,
            left_out: (place == 2).then_some("no face"),
            in_the_well: place == 1,
        })
        .collect();
    let left_out = "Left out: Beach at noon.jpg (no face).";
    let recipe = RecipeView { photos: &photos, left_out, count: 1, stickers: 4, ..view.recipe.clone() };
    draw(&ShellView { recipe, ..view.clone() })
}

fn pair<R>(view: &ShellView<'_>, pictures: Option<&Pictures>, draw: impl FnOnce(&ShellView<'_>) -> R) -> R {
    let differences = [
        Difference {
            parameter: Parameter::Prompt,
            label: "Prompt",
            from: "bold pop art portrait, vibrant",
            to: "neon portrait",
        },
        Difference { parameter: Parameter::PromptStrength, label: "Prompt strength", from: "9", to: "14" },
    ];
    let other = StickerView {
        id: StickerId(4),
        picture: pictures.map_or(Picture::Loading, |pictures| pictures.sticker(3)),
        seed: Some(80),
        differences: &differences,
        ..sample::one_sticker(pictures)
    };
    draw(&ShellView {
        viewer: ViewerView { other: Some(&other), ..view.viewer.clone() },
        gallery: GalleryView { partner: Some(other.id), chosen: 2, ..view.gallery.clone() },
        ..view.clone()
    })
}

fn no_photo<R>(view: &ShellView<'_>, draw: impl FnOnce(&ShellView<'_>) -> R) -> R {
    let photo = Remote::NotAsked;
    let view = empty_gallery(view);
    draw(&ShellView {
        recipe: RecipeView { photo: &photo, blocked: Some("no photo"), opens: true, ..view.recipe.clone() },
        viewer: ViewerView {
            photo: None,
            photo_crop: None,
            cut_line: &[],
            photo_is_sample: false,
            ..view.viewer.clone()
        },
        gallery: GalleryView { first: Some(Stub::Blocked("no photo")), first_opens: true, ..view.gallery.clone() },
        ..view
    })
}

fn empty_gallery<'a>(view: &ShellView<'a>) -> ShellView<'a> {
    ShellView {
        gallery: GalleryView { first: Some(Stub::Free), ..view.gallery.clone() },
        first_run: false,
        ..view.clone()
    }
}

fn no_match<R>(view: &ShellView<'_>, draw: impl FnOnce(&ShellView<'_>) -> R) -> R {
    let none: &dyn Cards = &Vec::new();
    let cards = Remote::Ready(none);
    let gallery = GalleryView {
        cards: &cards,
        search: "blue hat",
        starred_only: true,
        without_star: 3,
        new_above: 0,
        ..view.gallery.clone()
    };
    draw(&ShellView { gallery, ..view.clone() })
}

fn looking<R>(view: &ShellView<'_>, draw: impl FnOnce(&ShellView<'_>) -> R) -> R {
    let cards = Remote::Loading { previous: view.gallery.cards.shown().copied() };
    let gallery = GalleryView { cards: &cards, search: "portrait", new_above: 0, ..view.gallery.clone() };
    draw(&ShellView { gallery, ..view.clone() })
}

fn key_missing<'a>(view: &ShellView<'a>) -> ShellView<'a> {
    ShellView {
        topbar: TopBarView { key: KeyState::Missing, ..view.topbar.clone() },
        recipe: RecipeView { blocked: Some("no key"), opens: true, ..view.recipe.clone() },
        ..view.clone()
    }
}

fn budget_reached<'a>(view: &ShellView<'a>) -> ShellView<'a> {
    let budget = view.topbar.budget.map(|mut budget| {
        budget.committed = budget.limit;
        budget
    });
    ShellView {
        topbar: TopBarView { spent_today: Money::from_mills(2000), budget, ..view.topbar.clone() },
        recipe: RecipeView { blocked: Some("over budget"), opens: true, ..view.recipe.clone() },
        jobs: JobsView { spent_today: Money::from_mills(2000), ..view.jobs.clone() },
        ..view.clone()
    }
}

/// Jobs that wait for something, with the banner that says for what.
fn held<R>(case: Case, view: &ShellView<'_>, pictures: Option<&Pictures>, draw: impl FnOnce(&ShellView<'_>) -> R) -> R {
    let offers: &[JobAction] =
        if case == Case::Offline { &[JobAction::Stop] } else { &[JobAction::GoOn, JobAction::Discard] };
    let jobs: Vec<JobView<'_>> = sample::jobs(pictures)
        .into_iter()
        .take(3)
        .map(|job| JobView {
            status: if case == Case::Offline { JobStatus::Queued } else { JobStatus::Held },
            charged: Charged::No,
            progress: None,
            ahead: 0,
            goes_on_in: None,
            elapsed: Ticking::Over(0),
            held: match case {
                Case::Credit => Some(Hold::Credit),
                Case::RefusedKey => Some(Hold::Key),
                Case::HeldFromLastTime => Some(Hold::LastTime),
                _ => None,
            },
            offers,
            ..job
        })
        .collect();
    let banner = match case {
        Case::Offline => BannerView {
            trouble: Trouble::Offline,
            head: "No connection",
            sentence: "3 jobs wait and nothing is lost. This computer can still make stickers.",
            ways: &[("Use this computer", WayOut::UseThisComputer)],
            price: None,
        },
        Case::Credit => BannerView {
            trouble: Trouble::Credit,
            head: "Pixazo says the credit is used up",
            sentence: "Nothing was charged. 3 jobs are held. Add credit, then ask again.",
            ways: &[("Open the console", WayOut::OpenCreditPage), ("Ask again", WayOut::AskForCredit)],
            price: None,
        },
        Case::RefusedKey => BannerView {
            trouble: Trouble::Key,
            head: "Pixazo does not know this key",
            sentence: "Nothing was charged. 3 jobs are held. With a good key they go on by themselves.",
            ways: &[("Enter key…", WayOut::EnterKey), ("Use this computer", WayOut::UseThisComputer)],
            price: None,
        },
        _ => BannerView {
            trouble: Trouble::HeldFromLastTime,
            head: "3 from last time",
            sentence: "Never sent, and nothing was charged. They wait for your word.",
            ways: &[("Go on", WayOut::GoOn), ("Discard", WayOut::DiscardHeld)],
            price: Some(Money::from_mills(75)),
        },
    };
    let jobs = Remote::Ready(jobs);
    let jobs = sample::rows(&jobs);
    let panel = JobsView { jobs: &jobs, banner: Some(banner), unsure: (0, Money::ZERO), ..view.jobs.clone() };
    draw(&ShellView { jobs: panel, ..view.clone() })
}

fn draft<R>(view: &ShellView<'_>, pictures: Option<&Pictures>, draw: impl FnOnce(&ShellView<'_>) -> R) -> R {
    let draft = pictures.map(|pictures| pictures.sticker(1));
    draw(&ShellView {
        topbar: TopBarView { engine: EngineId::Local, price: Money::ZERO, ..view.topbar.clone() },
        recipe: RecipeView {
            engine: EngineId::Local,
            price_each: Money::ZERO,
            photo_goes: "The photo stays on this computer",
            ..view.recipe.clone()
        },
        viewer: ViewerView { draft, ..view.viewer.clone() },
        ..view.clone()
    })
}

/// A photo of which a check found something.
fn remarked<R>(case: Case, view: &ShellView<'_>, draw: impl FnOnce(&ShellView<'_>) -> R) -> R {
    let remark = match case {
        Case::NoFace => PhotoRemark {
            sentence: "Choose a photo that shows one from the front.",
            can_override: false,
            ..sample::NO_FACE
        },
        Case::TightFace => PhotoRemark {
            weight: Weight::Advises,
            head: "The face is cut off or close to the edge.",
            sentence: "Add room so that hair and ears are found.",
            way: Remedy::AddPadding,
            can_override: true,
        },
        Case::SeveralFaces => sample::SEVERAL,
        _ => PhotoRemark {
            weight: Weight::Advises,
            head: "The face is only 38 pixels high.",
            sentence: "A closer photo gives a finer sticker.",
            way: Remedy::ChooseAnother,
            can_override: true,
        },
    };
    let photo = view.recipe.photo.shown().map(|photo| PhotoView {
        is_sample: false,
        faces: match case {
            Case::NoFace => &[],
            Case::SeveralFaces => &sample::TWO_FACES,
            _ => photo.faces,
        },
        face: if case == Case::NoFace { FaceState::None } else { photo.face },
        remark: Some(remark),
        ..photo.clone()
    });
    let photo = photo.map_or(Remote::NotAsked, Remote::Ready);
    let cut_line = if case == Case::NoFace { &[] } else { view.viewer.cut_line };
    let blocked = (case == Case::NoFace).then_some("no face");
    let shell = empty_gallery(view);
    draw(&ShellView {
        recipe: RecipeView { photo: &photo, blocked, opens: blocked.is_some(), ..view.recipe.clone() },
        viewer: ViewerView { photo_is_sample: false, cut_line, ..view.viewer.clone() },
        gallery: GalleryView { first: blocked.map(Stub::Blocked).or(shell.gallery.first), ..shell.gallery },
        ..shell
    })
}
