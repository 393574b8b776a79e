//! Each panel in its four states, and what it keeps in sight while something is on its way or did not come.

use egui::accesskit::Role;
use egui::{Ui, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use sticker_booth::model::{KeyState, Money, Remote};
use sticker_booth::ui::action::{Action, GalleryAction};
use sticker_booth::ui::gallery::GalleryPanel;
use sticker_booth::ui::jobs::{JobsPanel, summary_ui};
use sticker_booth::ui::recipe::RecipePanel;
use sticker_booth::ui::shell::Shell;
use sticker_booth::ui::topbar;
use sticker_booth::ui::view::{
    Card, Cards, DialogView, GalleryView, JobsView, KeyCheckView, KeyDialogView, RecipeView, ShellView, TopBarView,
    ViewerView,
};
use sticker_booth::ui::viewer::ViewerPanel;

use crate::harness::{Asked, window};
use crate::sample::{Extras, Scene, with_view};

const RECIPE: Vec2 = vec2(320.0, 816.0);
const JOBS: Vec2 = vec2(280.0, 816.0);
const CENTRE: Vec2 = vec2(760.0, 572.0);

const ERROR: &str = "It could not be read. Nothing was lost. Try again.";

/// The four states; two of them with and without what was there before.
#[derive(Clone, Copy)]
enum State {
    NotAsked,
    Loading,
    LoadingAnother,
    Ready,
    Failed,
    FailedAfter,
}

impl State {
    fn of<T>(self, value: T) -> Remote<T> {
        let error = ERROR.to_owned();
        match self {
            Self::NotAsked => Remote::NotAsked,
            Self::Loading => Remote::Loading { previous: None },
            Self::LoadingAnother => Remote::Loading { previous: Some(value) },
            Self::Ready => Remote::Ready(value),
            Self::Failed => Remote::Failed { previous: None, error },
            Self::FailedAfter => Remote::Failed { previous: Some(value), error },
        }
    }
}

/// A panel drawn over a view of a window at work.
fn panel<P: 'static>(
    size: Vec2,
    panel: P,
    mut draw: impl FnMut(&mut Ui, &mut P, &ShellView<'_>, &mut Vec<Action>) + 'static,
) -> Harness<'static, Asked<P>> {
    let mut harness = window(size, panel, move |ui, panel, actions| {
        with_view(Scene::Working, None, &Extras::default(), |view| draw(ui, panel, view, actions));
    });
    harness.run_ok();
    harness
}

fn recipe(state: State) -> Harness<'static, Asked<RecipePanel>> {
    panel(RECIPE, RecipePanel::default(), move |ui, panel, view, actions| {
        let photo = state.of(view.recipe.photo.shown().unwrap().clone());
        panel.ui(ui, &RecipeView { photo: &photo, ..view.recipe.clone() }, actions);
    })
}

#[test]
fn the_photo_well_invites_waits_shows_and_explains() {
    let asked = recipe(State::NotAsked);
    asked.get_by_label("A photo of a face");
    asked.get_by_role_and_label(Role::Button, "Pick a photo…");

    let first = recipe(State::Loading);
    first.get_by_label("Reading the photo");
    assert!(first.query_by_role_and_label(Role::Image, "Photo, portrait.png").is_none());
    let another = recipe(State::LoadingAnother);
    another.get_by_label("Reading the photo");
    another.get_by_role_and_label(Role::Image, "Photo, portrait.png");

    let ready = recipe(State::Ready);
    ready.get_by_role_and_label(Role::Image, "Photo, portrait.png");
    ready.get_by_label("Face found");

    for (harness, photo_stays) in [(recipe(State::Failed), false), (recipe(State::FailedAfter), true)] {
        harness.get_by_label(ERROR);
        harness.get_by_role_and_label(Role::Button, "Pick another…");
        let image = harness.query_by_role_and_label(Role::Image, "Photo, portrait.png");
        assert_eq!(image.is_some(), photo_stays);
    }
}

fn jobs(state: State) -> [Harness<'static, Asked<JobsPanel>>; 2] {
    [
        panel(JOBS, JobsPanel::default(), move |ui, panel, view, actions| {
            let rows = state.of(*view.jobs.jobs.shown().unwrap());
            panel.ui(ui, &JobsView { jobs: &rows, ..view.jobs.clone() }, actions);
        }),
        panel(vec2(960.0, 32.0), JobsPanel::default(), move |ui, _, view, actions| {
            let rows = state.of(*view.jobs.jobs.shown().unwrap());
            summary_ui(ui, false, &JobsView { jobs: &rows, ..view.jobs.clone() }, actions);
        }),
    ]
}

#[test]
fn the_jobs_say_in_each_state_what_runs_open_and_folded() {
    let done = "Job, cartoon, vibrant, Done on this computer";
    let [open, folded] = jobs(State::NotAsked);
    open.get_by_label("Nothing is running.");
    folded.get_by_label("Nothing is running");

    let [open, folded] = jobs(State::Loading);
    open.get_by_label("Reading");
    folded.get_by_label("Reading");
    let [open, _] = jobs(State::LoadingAnother);
    open.get_by_role_and_label(Role::Group, done);

    let [open, folded] = jobs(State::Ready);
    open.get_by_role_and_label(Role::Group, done);
    folded.get_by_label("Working 60 %");

    let [open, _] = jobs(State::Failed);
    open.get_by_label(ERROR);
    let [open, folded] = jobs(State::FailedAfter);
    open.get_by_label(ERROR);
    open.get_by_role_and_label(Role::Group, done);
    folded.get_by_label("Working 60 %");
}

fn gallery(
    state: State,
    change: impl for<'a> Fn(GalleryView<'a>) -> GalleryView<'a> + 'static,
) -> Harness<'static, Asked<GalleryPanel>> {
    panel(CENTRE, GalleryPanel::default(), move |ui, panel, view, actions| {
        let cards = state.of(*view.gallery.cards.shown().unwrap());
        panel.ui(ui, &change(GalleryView { cards: &cards, ..view.gallery.clone() }), actions);
    })
}

#[test]
fn the_gallery_keeps_its_cards_whatever_happens_to_the_next_answer() {
    let card = "Sticker, bold pop art portrait, seed 80";
    fn same(view: GalleryView<'_>) -> GalleryView<'_> {
        view
    }
    let empty = gallery(State::NotAsked, |view| GalleryView { total: 0, ..view });
    empty.get_by_label("empty");
    assert!(empty.query_all_by_role(Role::ListBoxOption).next().is_none());

    let first = gallery(State::Loading, |view| GalleryView { new_above: 0, ..view });
    first.get_by_label("Looking");
    let again = gallery(State::LoadingAnother, same);
    again.get_by_label(card);

    gallery(State::Ready, same).get_by_label(card);

    let broken = gallery(State::Failed, same);
    broken.get_by_label(ERROR);
    let kept = gallery(State::FailedAfter, same);
    kept.get_by_label(card);
}

#[test]
fn a_search_that_finds_nothing_offers_the_way_back() {
    struct NoCards;
    impl Cards for NoCards {
        fn len(&self) -> usize {
            0
        }
        fn card(&self, _: usize) -> Card<'_> {
            unreachable!("an empty list was asked for a card")
        }
    }
    let mut harness = panel(CENTRE, GalleryPanel::default(), move |ui, panel, view, actions| {
        let none: &dyn Cards = &NoCards;
        let cards = Remote::Ready(none);
        panel.ui(ui, &GalleryView { cards: &cards, search: "hat", ..view.gallery.clone() }, actions);
    });
    harness.get_by_label("Nothing matches");
    harness.state_mut().take();
    // The one beneath the sentence; the other stands in the field.
    harness.get_all_by_role_and_label(Role::Button, "Clear the search").next_back().unwrap().click();
    harness.run_ok();
    let actions = harness.state_mut().take();
    assert!(
        actions
            .iter()
            .any(|action| matches!(action, Action::Gallery(GalleryAction::Search(words)) if words.is_empty())),
        "{actions:?}"
    );
}

fn viewer(state: State) -> Harness<'static, Asked<ViewerPanel>> {
    panel(CENTRE, ViewerPanel::default(), move |ui, panel, view, actions| {
        let sticker = state.of(view.viewer.sticker.shown().unwrap().clone());
        panel.ui(ui, &ViewerView { sticker: &sticker, ..view.viewer.clone() }, actions);
    })
}

#[test]
fn the_viewer_keeps_the_sticker_whatever_happens_to_the_next() {
    let shown = "Sticker, seed 77";
    let asked = viewer(State::NotAsked);
    asked.get_by_label("Pick a photo, and its sticker shows here");
    asked.get_by_role_and_label(Role::Button, "pick one…");

    let first = viewer(State::Loading);
    first.get_by_label("Reading the sticker");
    let next = viewer(State::LoadingAnother);
    next.get_by_role_and_label(Role::Image, shown);

    viewer(State::Ready).get_by_role_and_label(Role::Image, shown);

    let broken = viewer(State::Failed);
    broken.get_by_label(ERROR);
    broken.get_by_label("This sticker cannot be shown");
    let kept = viewer(State::FailedAfter);
    kept.get_by_label(ERROR);
    kept.get_by_role_and_label(Role::Image, shown);
}

#[test]
fn the_top_bar_says_where_the_key_is() {
    let reason = "No secret service answered.".to_owned();
    for (key, words) in [
        (KeyState::Waiting, "Asking the keychain"),
        (KeyState::Missing, "Add a key…"),
        (KeyState::InKeychain, "Key in keychain"),
        (KeyState::SessionOnly, "Key for this session"),
        (KeyState::FromEnvironment, "Key from PIXAZO_API_KEY"),
        (KeyState::Locked, "Keychain locked"),
        (KeyState::NoKeychain { reason }, "No keychain"),
    ] {
        let harness = panel(vec2(1360.0, 44.0), (), move |ui, (): &mut (), view, actions| {
            topbar::ui(ui, 320.0, &TopBarView { key: key.clone(), ..view.topbar.clone() }, actions);
        });
        harness.get_by_role_and_label(Role::Button, words);
    }
}

#[test]
fn the_key_dialog_says_what_the_service_says() {
    let cases = [
        (Remote::NotAsked, None),
        (Remote::Loading { previous: None }, Some("Asking Pixazo, for free")),
        (Remote::Ready(KeyCheckView::Known), Some("Pixazo knows this key")),
        (Remote::Ready(KeyCheckView::Unknown), Some("Pixazo does not know this key")),
        (State::Failed.of(KeyCheckView::Known), Some(ERROR)),
    ];
    let said: Vec<&str> = cases.iter().filter_map(|(_, words)| *words).collect();
    for (check, words) in cases {
        let harness = panel(vec2(960.0, 640.0), Shell::default(), move |ui, shell, view, actions| {
            let status = KeyState::InKeychain;
            let key = KeyDialogView { status: &status, check: &check, held: (0, Money::ZERO) };
            let view = ShellView { dialog: Some(DialogView::Key(key)), ..view.clone() };
            shell.ui(ui, &view, actions);
        });
        for other in &said {
            assert_eq!(harness.query_by_label(other).is_some(), words == Some(*other), "{other}");
        }
    }
}
