//! Each panel in its four states, and what its controls ask for.

use egui::accesskit::Role;
use egui::{Rect, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use sticker_booth::model::JobAction;
use sticker_booth::model::Parameter;
use sticker_booth::ui::action::{
    Action, Command, Dialog, GalleryAction, JobsAction, PresetAction, RecipeAction, StickerId, WayOut,
};
use sticker_booth::ui::gallery::GalleryPanel;
use sticker_booth::ui::jobs::JobsPanel;
use sticker_booth::ui::recipe::RecipePanel;
use sticker_booth::ui::topbar;
use sticker_booth::ui::viewer::ViewerPanel;

use crate::harness::{Asked, window};
use crate::sample::{Extras, Scene, with_view};

const RECIPE: Vec2 = vec2(320.0, 816.0);
const JOBS: Vec2 = vec2(280.0, 816.0);
const CENTRE: Vec2 = vec2(760.0, 572.0);

fn recipe(scene: Scene) -> Harness<'static, Asked<RecipePanel>> {
    let mut harness = window(RECIPE, RecipePanel::default(), move |ui, panel, actions| {
        with_view(scene, None, &Extras::default(), |view| panel.ui(ui, &view.recipe, actions));
    });
    harness.run_ok();
    harness
}

fn jobs(scene: Scene) -> Harness<'static, Asked<JobsPanel>> {
    let mut harness = window(JOBS, JobsPanel::default(), move |ui, panel, actions| {
        with_view(scene, None, &Extras::default(), |view| panel.ui(ui, &view.jobs, actions));
    });
    harness.run_ok();
    harness
}

fn gallery(scene: Scene) -> Harness<'static, Asked<GalleryPanel>> {
    let mut harness = window(CENTRE, GalleryPanel::default(), move |ui, panel, actions| {
        with_view(scene, None, &Extras::default(), |view| panel.ui(ui, &view.gallery, actions));
    });
    harness.run_ok();
    harness
}

#[test]
fn a_band_over_the_cards_chooses_those_that_it_touches() {
    let mut harness = gallery(Scene::Working);
    let cards: Vec<egui::Rect> = harness.query_all_by_role(Role::ListBoxOption).map(|card| card.rect()).collect();
    harness.state_mut().take();
    harness.drag_at(cards[1].center());
    harness.run_ok();
    for place in [cards[2].center(), cards[3].center()] {
        harness.hover_at(place);
        harness.run_ok();
    }
    let chosen: Vec<usize> = harness
        .state_mut()
        .take()
        .iter()
        .filter_map(|action| match action {
            Action::Gallery(GalleryAction::Choose { ids, more: false }) => Some(ids.len()),
            _ => None,
        })
        .collect();
    // A press that does not move chooses nothing yet.
    assert_eq!(chosen, [2, 3]);
    harness.drop_at(cards[3].center());
    harness.run_ok();
    let actions = harness.state_mut().take();
    assert!(!actions.iter().any(|action| matches!(action, Action::Gallery(GalleryAction::Select(_)))), "{actions:?}");
}

#[test]
fn the_way_to_compare_two_stickers_is_told_where_only_one_is_chosen() {
    let mut harness = viewer(Scene::Working);
    harness.get_by_role_and_label(Role::RadioButton, "A and B").hover();
    harness.run_steps(30);
    harness.get_by_label_contains("+click a second sticker in the gallery to compare it with this one.");
}

fn viewer(scene: Scene) -> Harness<'static, Asked<ViewerPanel>> {
    let mut harness = window(CENTRE, ViewerPanel::default(), move |ui, panel, actions| {
        with_view(scene, None, &Extras::default(), |view| panel.ui(ui, &view.viewer, actions));
    });
    harness.run_ok();
    harness
}

/// Clicks what has this label, and gives the actions.
fn click<P>(harness: &mut Harness<'_, Asked<P>>, label: &str) -> Vec<Action> {
    harness.state_mut().take();
    harness.get_by_label(label).click();
    harness.run_ok();
    harness.state_mut().take()
}

#[test]
fn the_recipe_shows_the_photo_in_each_of_its_states() {
    recipe(Scene::Working).get_by_label("Face found");
    recipe(Scene::FirstRun).get_by_label("Sample portrait");
    recipe(Scene::Loading).get_by_label("Reading the photo");
    let failed = recipe(Scene::Failed);
    failed.get_by_label_contains("HEIC");
    failed.get_by_label("Pick another…");
}

#[test]
fn the_ticket_makes_stickers_and_says_its_price() {
    let actions = click(&mut recipe(Scene::Working), "Make 4 stickers, $0.10, at Pixazo");
    assert!(matches!(actions[..], [Action::Run(Command::Make)]));
    let actions = click(&mut recipe(Scene::FirstRun), "Make sticker, free, on this computer");
    assert!(matches!(actions[..], [Action::Run(Command::Make)]));
    let actions = click(&mut recipe(Scene::Failed), "Make 4 stickers, no photo, at Pixazo");
    assert!(actions.is_empty());
}

#[test]
fn moving_a_slider_sets_its_parameter() {
    let mut harness = recipe(Scene::Working);
    harness.state_mut().take();
    harness.get_by_role_and_label(Role::Slider, "Steps").set_value_accesskit(30.0);
    harness.run_ok();
    let actions = harness.state_mut().take();
    assert!(matches!(&actions[0], Action::Recipe(RecipeAction::Set(Parameter::Steps, value)) if *value == 30));
}

#[test]
fn sliders_are_called_by_what_they_do_to_a_drawing_with_the_wires_name_in_the_tooltip() {
    for (local, hosted, wire) in [
        ("Photo ↔ drawing", "Prompt strength", "prompt_strength"),
        ("Caricature ↔ likeness", "InstantID strength", "instant_id_strength"),
        ("Palette ↔ photo colours", "IP-Adapter weight", "ip_adapter_weight"),
        ("Hand and grain", "IP-Adapter noise", "ip_adapter_noise"),
        ("Smoothing", "Steps", "steps"),
    ] {
        for (scene, name) in [(Scene::FirstRun, local), (Scene::Working, hosted)] {
            let mut harness = recipe(scene);
            harness.get_by_role_and_label(Role::Slider, name).hover();
            harness.run_steps(30);
            harness.get_by_label_contains(&format!(" · {wire}"));
        }
    }
}

#[test]
fn typing_in_the_prompt_sets_it() {
    let mut harness = recipe(Scene::FirstRun);
    harness.get_by_label("Prompt").focus();
    harness.run_ok();
    harness.state_mut().take();
    harness.get_by_label("Prompt").type_text("!");
    harness.run_ok();
    let actions = harness.state_mut().take();
    let set = |action: &Action| matches!(action, Action::Recipe(RecipeAction::Set(Parameter::Prompt, value)) if value.as_str().is_some_and(|text| text.contains('!')));
    assert!(actions.iter().any(set), "{actions:?}");
}

#[test]
fn the_recipe_offers_count_seed_reset_and_photo() {
    let mut harness = recipe(Scene::Working);
    assert!(matches!(click(&mut harness, "One sticker more")[..], [Action::Recipe(RecipeAction::SetCount(5))]));
    assert!(matches!(click(&mut harness, "One sticker less")[..], [Action::Recipe(RecipeAction::SetCount(3))]));
    assert!(matches!(click(&mut harness, "New random seed")[..], [Action::Run(Command::NewSeed)]));
    assert!(matches!(click(&mut harness, "Next seed")[..], [Action::Run(Command::NextSeed)]));
    assert!(matches!(click(&mut harness, "Keep the seed")[..], [Action::Recipe(RecipeAction::LockSeed(true))]));
    assert!(matches!(click(&mut harness, "Reset likeness")[..], [Action::Recipe(RecipeAction::ResetGroup(_))]));
    assert!(matches!(click(&mut harness, "Replace…")[..], [Action::Run(Command::PickPhoto)]));
    assert!(matches!(click(&mut harness, "Type a link…")[..], [Action::Run(Command::TypeLink)]));
}

#[test]
fn a_preset_and_a_size_are_picked_from_their_menus() {
    let mut harness = recipe(Scene::Working);
    click(&mut harness, "Preset, Bold cartoon, edited");
    assert!(matches!(&click(&mut harness, "Ink")[..], [Action::Preset(PresetAction::Use(name))] if name == "Ink"));
    click(&mut harness, "Size preset, Square");
    assert!(matches!(click(&mut harness, "Portrait")[..], [Action::Recipe(RecipeAction::SetSize(832, 1216))]));
}

#[test]
fn a_folded_section_shows_its_values() {
    let mut harness = recipe(Scene::Working);
    click(&mut harness, "Quality");
    harness.get_by_label("20 steps, 1024 × 1024");
    assert!(harness.query_by_role_and_label(Role::Slider, "Steps").is_none());
}

#[test]
fn the_jobs_panel_draws_its_four_states() {
    jobs(Scene::Working).get_by_label("May have been accepted");
    jobs(Scene::FirstRun).get_by_label("Nothing is running.");
    jobs(Scene::Loading).get_by_label("Reading");
    jobs(Scene::Failed).get_all_by_label("The jobs could not be read").next().unwrap();
}

#[test]
fn every_state_of_a_job_says_whether_money_went() {
    let harness = jobs(Scene::Working);
    for words in
        ["Working 60 %", "Waiting in line, 1 ahead", "Service is busy, next try in 0:18", "Failed, nothing charged"]
    {
        harness.get_by_label(words);
    }
    harness.get_by_label("Unsure, 1 job");
}

#[test]
fn what_may_cost_again_asks_first() {
    let mut harness = jobs(Scene::Working);
    let actions = click(&mut harness, "Submit again, $0.025");
    assert!(matches!(&actions[..], [Action::Open(Dialog::SubmitAgain(id))] if id.0 == "4"), "{actions:?}");
    let actions = click(&mut harness, "Retry, $0.025");
    assert!(
        matches!(&actions[..], [Action::Jobs(JobsAction::One(id, JobAction::Retry))] if id.0 == "5"),
        "{actions:?}"
    );
    let actions = click(&mut harness, "Forget");
    assert!(
        matches!(&actions[..], [Action::Jobs(JobsAction::One(id, JobAction::Forget))] if id.0 == "4"),
        "{actions:?}"
    );
}

#[test]
fn a_finished_job_leads_to_its_sticker_and_its_file() {
    let mut harness = jobs(Scene::Working);
    harness.state_mut().take();
    harness.get_all_by_label("Show the sticker").next().unwrap().click();
    harness.run_ok();
    assert!(matches!(&harness.state_mut().take()[..], [Action::ShowResult(id)] if id.0 == "6"));
    harness.get_all_by_label("Show in the file manager").next().unwrap().click();
    harness.run_ok();
    assert!(matches!(&harness.state_mut().take()[..], [Action::Jobs(JobsAction::Reveal(id))] if id.0 == "6"));
}

#[test]
fn the_gallery_draws_its_four_states() {
    gallery(Scene::Working).get_by_label("3 new");
    gallery(Scene::FirstRun).get_by_label("empty");
    gallery(Scene::Loading).get_by_label("Looking");
    let mut failed = gallery(Scene::Failed);
    failed.get_by_label("Sticker, bold pop art portrait, seed 78");
    assert!(matches!(click(&mut failed, "Rebuild, about 20 s")[..], [Action::Take(WayOut::RebuildIndex)]));
}

#[test]
fn a_click_selects_a_card_and_alt_compares_with_it() {
    let mut harness = gallery(Scene::Working);
    let actions = click(&mut harness, "Sticker, bold pop art portrait, seed 80");
    assert!(matches!(actions[..], [Action::Gallery(GalleryAction::Select(StickerId(4)))]), "{actions:?}");
    harness.get_by_label("Sticker, bold pop art portrait, seed 80").click_modifiers(egui::Modifiers::ALT);
    harness.run_ok();
    let actions = harness.state_mut().take();
    assert!(matches!(actions[..], [Action::Gallery(GalleryAction::CompareWith(StickerId(4)))]), "{actions:?}");
}

#[test]
fn searching_and_filtering_are_reported() {
    let mut harness = gallery(Scene::Working);
    assert!(matches!(click(&mut harness, "Starred")[..], [Action::Gallery(GalleryAction::ShowStarredOnly(true))]));
    assert!(matches!(
        click(&mut harness, "With background")[..],
        [Action::Gallery(GalleryAction::ShowBackgrounds(true))]
    ));
    harness.get_by_label("Search the gallery").focus();
    harness.run_ok();
    harness.state_mut().take();
    harness.get_by_label("Search the gallery").type_text("hat");
    harness.run_ok();
    let actions = harness.state_mut().take();
    assert!(matches!(&actions[..], [Action::Gallery(GalleryAction::Search(words))] if words == "hat"), "{actions:?}");
}

#[test]
fn a_gallery_of_a_hundred_thousand_draws_only_what_is_in_sight() {
    struct Many;
    impl sticker_booth::ui::view::Cards for Many {
        fn len(&self) -> usize {
            100_000
        }
        fn card(&self, index: usize) -> sticker_booth::ui::view::Card<'_> {
            sticker_booth::ui::view::Card {
                id: StickerId(index as i64),
                picture: sticker_booth::ui::view::Picture::Loading,
                called: "a person",
                seed: Some(index as u32),
                starred: false,
                rejected: false,
                is_new: false,
                chosen: false,
            }
        }
    }
    let mut harness = window(CENTRE, GalleryPanel::default(), |ui, panel, actions| {
        with_view(Scene::Working, None, &Extras::default(), |view| {
            let many: &dyn sticker_booth::ui::view::Cards = &Many;
            let cards = sticker_booth::model::Remote::Ready(many);
            let view = sticker_booth::ui::view::GalleryView { cards: &cards, ..view.gallery.clone() };
            panel.ui(ui, &view, actions);
        });
    });
    harness.run_ok();
    let drawn = harness.get_all_by_role(Role::ListBoxOption).count();
    assert!((20..100).contains(&drawn), "{drawn} cards");
    let actions = harness.state_mut().take();
    assert!(
        actions.iter().any(|action| matches!(action, Action::Gallery(GalleryAction::InSight(0, end)) if *end < 100)),
        "{actions:?}"
    );
}

#[test]
fn the_viewer_draws_its_four_states() {
    viewer(Scene::Working).get_by_label("Seed 77");
    viewer(Scene::FirstRun).get_by_label("pick one…");
    viewer(Scene::Loading).get_by_label("The picture is being read");
    viewer(Scene::Failed).get_by_label_contains("file is gone");
}

#[test]
fn a_difference_can_be_taken_alone_or_with_all_others() {
    let mut harness = viewer(Scene::Working);
    let actions = click(&mut harness, "Take Prompt strength, 11 → 9");
    assert!(matches!(actions[..], [Action::TakeSetting(_, Parameter::PromptStrength)]));
    assert!(matches!(click(&mut harness, "Use all")[..], [Action::TakeSettings(_)]));
    assert!(matches!(click(&mut harness, "Save as…")[..], [Action::Run(Command::SaveAs)]));
}

#[test]
fn without_a_photo_at_hand_there_is_no_compare_line() {
    let mut harness = viewer(Scene::Working);
    click(&mut harness, "Photo and sticker");
    harness.state_mut().panel.compare = sticker_booth::ui::viewer::Compare::Slider;
    harness.run_ok();
    assert!(harness.query_by_role_and_label(Role::Slider, "Compare line").is_none());
}

#[test]
fn the_top_bar_switches_engines_and_opens_key_and_help() {
    let mut harness = window(vec2(1360.0, 44.0), (), |ui, (): &mut (), actions| {
        with_view(Scene::Working, None, &Extras::default(), |view| topbar::ui(ui, 320.0, &view.topbar, actions));
    });
    harness.run_ok();
    assert!(matches!(click(&mut harness, "This computer")[..], [Action::ChooseEngine(_)]));
    assert!(matches!(click(&mut harness, "Key in keychain")[..], [Action::Open(Dialog::Key)]));
    assert!(matches!(click(&mut harness, "Help and shortcuts…")[..], [Action::Run(Command::Help)]));
    assert!(matches!(click(&mut harness, "Undo")[..], [Action::Run(Command::Undo)]));
    assert!(click(&mut harness, "Redo").is_empty());
    let bar = Rect::from_min_size(egui::Pos2::ZERO, vec2(1360.0, 44.0));
    assert!(bar.contains_rect(harness.get_by_label("Settings…").rect()));
}
