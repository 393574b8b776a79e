//! The finishing rail and its panels, by role and label.

use egui::accesskit::Role;
use egui::vec2;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use sticker_booth::model::Finish;
use sticker_booth::model::finish::{Brush, Bubble, Preset};
use sticker_booth::ui::action::{Action, FinishAction, FinishTool};
use sticker_booth::ui::view::{FinishingView, ViewerView};
use sticker_booth::ui::viewer::ViewerPanel;

use crate::harness::{Asked, window};
use crate::sample::{Extras, Scene, with_view};

/// What a test remembers between frames: the viewer, and what the window would know.
struct Booth {
    viewer: ViewerPanel,
    finish: Finish,
    tool: Option<FinishTool>,
    brush: Brush,
    chosen: usize,
    problem: Option<&'static str>,
}

fn viewer(tool: Option<FinishTool>, finish: Finish) -> Harness<'static, Asked<Booth>> {
    let booth =
        Booth { viewer: ViewerPanel::default(), finish, tool, brush: Brush::default(), chosen: 1, problem: None };
    let mut harness = window(vec2(760.0, 640.0), booth, |ui, booth, actions| {
        with_view(Scene::Working, None, &Extras::default(), |view| {
            let finishing = FinishingView {
                finish: &booth.finish,
                tool: booth.tool,
                brush: booth.brush,
                to_original: Some([1.0, 0.0, 0.0, 0.0, 1.0, 0.0]),
                scale: 1.0,
                chosen: booth.chosen,
                is_opaque: false,
                problem: booth.problem,
            };
            let view = ViewerView { finishing: Some(finishing), ..view.viewer.clone() };
            booth.viewer.ui(ui, &view, actions);
        });
    });
    harness.run_ok();
    harness.state_mut().take();
    harness
}

fn asked(harness: &mut Harness<'_, Asked<Booth>>) -> Vec<FinishAction> {
    harness.run_ok();
    let finishing = |action| if let Action::Finish(action) = action { Some(action) } else { None };
    harness.state_mut().take().into_iter().filter_map(finishing).collect()
}

#[test]
fn every_tool_has_a_button_on_the_rail_that_opens_and_closes_it() {
    for tool in FinishTool::ALL {
        let mut harness = viewer(None, Finish::default());
        harness.get_by_role_and_label(Role::Button, tool.label()).click();
        assert_eq!(asked(&mut harness), [FinishAction::Use(Some(tool))]);
        harness.state_mut().panel.tool = Some(tool);
        harness.run_ok();
        harness.get_by_role_and_label(Role::Button, tool.label()).click();
        assert_eq!(asked(&mut harness), [FinishAction::Use(None)]);
    }
}

#[test]
fn a_look_is_asked_for_by_its_name_and_shows_that_it_is_chosen() {
    let mut harness = viewer(Some(FinishTool::Looks), Preset::Comic.finish());
    let chosen = |harness: &Harness<'_, Asked<Booth>>, label: &str| {
        use egui_kittest::kittest::NodeT as _;
        harness.get_by_role_and_label(Role::RadioButton, label).accesskit_node().toggled()
    };
    assert_eq!(chosen(&harness, "Comic"), Some(egui::accesskit::Toggled::True));
    assert_eq!(chosen(&harness, "Neon"), Some(egui::accesskit::Toggled::False));
    harness.get_by_role_and_label(Role::RadioButton, "Neon").click();
    assert_eq!(asked(&mut harness), [FinishAction::Look(Preset::Neon)]);
}

#[test]
fn what_is_off_shows_no_numbers_and_several_can_be_finished_alike() {
    let mut harness = viewer(Some(FinishTool::Outline), Finish::default());
    assert!(harness.query_by_role_and_label(Role::Slider, "Width").is_none());
    harness.state_mut().panel.finish = Preset::DieCut.finish();
    harness.run_ok();
    assert!(harness.query_by_role_and_label(Role::Slider, "Width").is_some());
    harness.get_by_role_and_label(Role::RadioButton, "Colour of the outline: Red").click();
    assert!(matches!(asked(&mut harness)[..], [FinishAction::Ink(..)]));
    harness.state_mut().panel.tool = Some(FinishTool::Looks);
    harness.run_ok();
    assert!(harness.query_by_label("Finish all 3 like this").is_none());
    harness.state_mut().panel.chosen = 3;
    harness.run_ok();
    harness.get_by_label("Finish all 3 like this").click();
    assert_eq!(asked(&mut harness), [FinishAction::ApplyToChosen]);
}

#[test]
fn a_problem_is_told_where_the_words_are_typed() {
    let mut finish = Finish::default();
    finish.caption.text = "Hi".to_owned();
    finish.caption.bubble = Bubble::Speech;
    let mut harness = viewer(Some(FinishTool::Caption), finish);
    harness.state_mut().panel.problem = Some("No font on this computer has that.");
    harness.run_ok();
    harness.get_by_label("No font on this computer has that.");
}

#[test]
fn the_brush_draws_where_the_pointer_goes_and_lifts_where_it_ends() {
    let mut harness = viewer(Some(FinishTool::Brush), Finish::default());
    let picture = harness.get_by_label_contains("Sticker, seed").rect();
    let from = picture.left_center() + vec2(40.0, 0.0);
    harness.drag_at(from);
    harness.run_ok();
    harness.hover_at(from + vec2(30.0, 30.0));
    harness.run_ok();
    harness.drop_at(from + vec2(30.0, 30.0));
    let asked = asked(&mut harness);
    let places: Vec<[f32; 2]> =
        asked.iter().filter_map(|one| if let FinishAction::StrokeTo(at, _) = one { Some(*at) } else { None }).collect();
    let share = |at: egui::Pos2| [(at.x - picture.left()) / picture.width(), (at.y - picture.top()) / picture.height()];
    for wanted in [share(from), share(from + vec2(30.0, 30.0))] {
        let near = |at: &&[f32; 2]| (at[0] - wanted[0]).abs() < 0.01 && (at[1] - wanted[1]).abs() < 0.01;
        assert!(places.iter().any(|at| near(&at)), "{wanted:?} in {places:?}");
    }
    assert_eq!(asked.iter().filter(|one| **one == FinishAction::StrokeEnd).count(), 1);
}

#[test]
fn dragging_moves_the_sticker_or_its_words() {
    let mut finish = Preset::DieCut.finish();
    finish.caption.text = "Hi".to_owned();
    let mut harness = viewer(Some(FinishTool::Placement), finish);
    let middle = harness.get_by_label_contains("Sticker, seed").rect().center();
    let drag = |harness: &mut Harness<'_, Asked<Booth>>| {
        harness.drag_at(middle);
        harness.run_ok();
        harness.hover_at(middle + vec2(20.0, 10.0));
        harness.run_ok();
        harness.drop_at(middle + vec2(20.0, 10.0));
        asked(harness)
    };
    assert!(drag(&mut harness).iter().any(|one| matches!(one, FinishAction::Move([x, _]) if *x > 0.0)));
    harness.state_mut().panel.tool = Some(FinishTool::Caption);
    harness.run_ok();
    assert!(drag(&mut harness).iter().any(|one| matches!(one, FinishAction::MoveCaption([x, _]) if *x > 0.5)));
}
