//! The crop: drawn with the mouse and the keyboard, in the viewer and in the well.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use sticker_booth::model::{Crop, Ratio, Remedy};
use sticker_booth::ui::action::{Action, Command, PhotoAction};
use sticker_booth::ui::recipe::RecipePanel;
use sticker_booth::ui::view::{CropView, PhotoRemark, ViewerView, Weight};
use sticker_booth::ui::viewer::ViewerPanel;

use crate::harness::{Asked, window};
use crate::pictures::SIZE;
use crate::sample::{self, Extras, Scene, cropping, with_view};

/// What a test remembers between frames: the viewer, and the crop as the window would have it.
struct Booth {
    viewer: ViewerPanel,
    crop: CropView<'static>,
}

/// The crop mode of the viewer, followed as the window follows it.
fn crop_mode() -> Harness<'static, Asked<Booth>> {
    let start = Crop { left: 60.0, top: 40.0, width: 200.0, height: 200.0 };
    let crop = CropView { crop: start, ratio: Ratio::Free, ..cropping(None) };
    let booth = Booth { viewer: ViewerPanel::default(), crop };
    let mut harness = window(vec2(760.0, 572.0), booth, |ui, booth, actions| {
        let from = actions.len();
        with_view(Scene::FirstRun, None, &Extras::default(), |view| {
            let view = ViewerView { crop: Some(booth.crop.clone()), ..view.viewer.clone() };
            booth.viewer.ui(ui, &view, actions);
        });
        for action in &actions[from..] {
            match action {
                Action::Photo(PhotoAction::SetCrop(crop)) => booth.crop.crop = crop.rounded(),
                Action::Photo(PhotoAction::SetRatio(ratio)) => booth.crop.ratio = *ratio,
                Action::Photo(PhotoAction::SetPadding(color)) => booth.crop.padding = *color,
                _ => {}
            }
        }
    });
    harness.run_ok();
    harness.state_mut().take();
    harness
}

fn crop_of(harness: &Harness<'_, Asked<Booth>>) -> Crop {
    harness.state().panel.crop.crop
}

/// Points on the screen for a pixel of the photo.
fn scale(harness: &Harness<'_, Asked<Booth>>) -> f32 {
    harness.get_by_label_contains("Crop, ").rect().width() / crop_of(harness).width
}

fn drag<P>(harness: &mut Harness<'_, Asked<P>>, from: Pos2, by: Vec2) {
    harness.drag_at(from);
    harness.run_ok();
    for step in 1..=4 {
        harness.hover_at(from + by * step as f32 / 4.0);
        harness.run_ok();
    }
    harness.drop_at(from + by);
    harness.run_ok();
}

#[test]
fn a_crop_is_moved_by_dragging_it() {
    let mut harness = crop_mode();
    let scale = scale(&harness);
    let middle = harness.get_by_label_contains("Crop, ").rect().center();
    drag(&mut harness, middle, vec2(20.0, -10.0) * scale);
    assert_eq!(crop_of(&harness), Crop { left: 80.0, top: 30.0, width: 200.0, height: 200.0 });
}

#[test]
fn a_handle_is_taken_up_to_ten_points_beside_it_and_the_opposite_corner_stays() {
    let mut harness = crop_mode();
    let scale = scale(&harness);
    let grip = harness.get_by_label("Bottom right of the crop").rect();
    assert_eq!(grip.size(), vec2(20.0, 20.0));
    let corner = harness.get_by_label_contains("Crop, ").rect().right_bottom();
    drag(&mut harness, corner + vec2(8.0, 8.0), vec2(30.0, 12.0) * scale);
    assert_eq!(crop_of(&harness), Crop { left: 60.0, top: 40.0, width: 230.0, height: 212.0 });
}

#[test]
fn a_corner_that_is_dragged_quickly_resizes_the_crop_inwards_and_outwards() {
    for by in [vec2(60.0, 40.0), vec2(-50.0, -36.0)] {
        let mut harness = crop_mode();
        let scale = scale(&harness);
        let before = crop_of(&harness);
        let photo_before = scale;
        let corner = harness.get_by_label("Top left of the crop").rect().center();
        harness.hover_at(corner);
        harness.run_ok();
        // The press and the way after it arrive between two frames.
        let press = egui::Event::PointerButton {
            pos: corner,
            button: egui::PointerButton::Primary,
            pressed: true,
            modifiers: egui::Modifiers::NONE,
        };
        harness.input_mut().events.extend([press, egui::Event::PointerMoved(corner + by * scale)]);
        harness.run_ok();
        harness.run_ok();
        assert_eq!(self::scale(&harness), photo_before, "the photo moved under the pointer");
        harness.drop_at(corner + by * scale);
        harness.run_ok();
        let after = crop_of(&harness);
        assert_eq!((after.left, after.top), (before.left + by.x, before.top + by.y), "{by}");
        assert_eq!((after.right(), after.bottom()), (before.right(), before.bottom()), "{by}: the frame was moved");
    }
}

#[test]
fn a_locked_proportion_is_kept_while_an_edge_is_dragged() {
    let mut harness = crop_mode();
    harness.get_by_role_and_label(Role::RadioButton, "1:1").click();
    harness.run_ok();
    let scale = scale(&harness);
    let edge = harness.get_by_label("Right of the crop").rect().center();
    drag(&mut harness, edge, vec2(-40.0, 3.0) * scale);
    assert_eq!(crop_of(&harness), Crop { left: 60.0, top: 60.0, width: 160.0, height: 160.0 });
}

#[test]
fn a_crop_can_be_dragged_beyond_the_photo_and_nothing_jumps_meanwhile() {
    let mut harness = crop_mode();
    let before = scale(&harness);
    let corner = harness.get_by_label("Top left of the crop").rect().center();
    harness.drag_at(corner);
    harness.run_ok();
    harness.hover_at(corner + vec2(-100.0, -80.0) * before);
    harness.run_ok();
    harness.run_ok();
    assert_eq!(scale(&harness), before, "the photo moved under the pointer");
    harness.drop_at(corner + vec2(-100.0, -80.0) * before);
    harness.run_ok();
    assert_eq!(crop_of(&harness), Crop { left: -40.0, top: -40.0, width: 300.0, height: 280.0 });
    harness.run_ok();
    assert!(scale(&harness) < before, "the padding is not in sight");
}

#[test]
fn arrows_move_shift_and_arrows_resize_enter_is_done_and_escape_goes_back() {
    let mut harness = crop_mode();
    harness.key_press(Key::ArrowRight);
    harness.run_ok();
    harness.key_press(Key::ArrowUp);
    harness.run_ok();
    let step = (SIZE.1 as f32 / 200.0).round();
    assert_eq!(crop_of(&harness), Crop { left: 60.0 + step, top: 40.0 - step, width: 200.0, height: 200.0 });
    harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
    harness.run_ok();
    assert_eq!(crop_of(&harness).width, 200.0 + step);
    harness.state_mut().take();
    harness.key_press(Key::Enter);
    harness.run_ok();
    let actions = harness.state_mut().take();
    assert!(matches!(actions[..], [Action::Photo(PhotoAction::EndCrop { keep: true })]), "{actions:?}");
    harness.key_press(Key::Escape);
    harness.run_ok();
    let actions = harness.state_mut().take();
    assert!(matches!(actions[..], [Action::Photo(PhotoAction::EndCrop { keep: false })]), "{actions:?}");
}

#[test]
fn the_mode_offers_turns_padding_its_colour_and_the_way_back() {
    let mut harness = crop_mode();
    for (label, wanted) in [
        ("Turn the photo", Command::TurnPhoto),
        ("Add padding", Command::AddPadding),
        ("Reset the crop", Command::ResetCrop),
    ] {
        harness.get_by_label(label).click();
        harness.run_ok();
        let actions = harness.state_mut().take();
        assert!(matches!(actions[..], [Action::Run(command)] if command == wanted), "{label}: {actions:?}");
    }
    harness.get_by_label("Black padding").click();
    harness.run_ok();
    assert!(matches!(harness.state_mut().take()[..], [Action::Photo(PhotoAction::SetPadding([0, 0, 0]))]));
    harness.get_by_label("Done with the crop").click();
    harness.run_ok();
    assert!(matches!(harness.state_mut().take()[..], [Action::Photo(PhotoAction::EndCrop { keep: true })]));
}

#[test]
fn a_padding_colour_can_be_typed() {
    let mut harness = crop_mode();
    harness.get_by_label("Another padding colour").click();
    harness.run_ok();
    harness.get_by_label("Padding colour").focus();
    harness.run_ok();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.get_by_label("Padding colour").type_text("#1133AA");
    harness.run_ok();
    assert_eq!(harness.state().panel.crop.padding, [0x11, 0x33, 0xaa]);
}

#[test]
fn exactly_what_is_sent_is_told_in_pixels_and_bytes() {
    let harness = crop_mode();
    harness.get_by_label("240 × 300 px, 31 KB");
    harness.get_by_label("What is sent");
}

fn well(extras: Extras) -> Harness<'static, Asked<RecipePanel>> {
    let mut harness = window(vec2(320.0, 816.0), RecipePanel::default(), move |ui, panel, actions| {
        with_view(Scene::Working, None, &extras, |view| panel.ui(ui, &view.recipe, actions));
    });
    harness.run_ok();
    harness.state_mut().take();
    harness
}

fn click(harness: &mut Harness<'_, Asked<RecipePanel>>, label: &str) -> Vec<Action> {
    harness.state_mut().take();
    harness.get_by_label(label).click();
    harness.run_ok();
    harness.state_mut().take()
}

#[test]
fn the_crop_can_be_drawn_small_in_the_well_too() {
    let mut harness = well(Extras::default());
    harness.get_by_label("306 × 306");
    harness.get_by_label("41 KB");
    let frame = harness.get_by_label_contains("Crop in the well, ").rect();
    drag(&mut harness, frame.center(), vec2(-4.0, 9.0));
    let actions = harness.state_mut().take();
    let moved =
        |action: &Action| if let Action::Photo(PhotoAction::SetCrop(crop)) = action { Some(*crop) } else { None };
    let last = actions.iter().rev().find_map(moved).unwrap();
    let pixels = 306.0 / frame.width();
    assert_eq!((last.width, last.height), (306.0, 306.0));
    assert!((last.left - (12.0 - 4.0 * pixels)).abs() < 0.6 && (last.top - 9.0 * pixels).abs() < 0.6, "{last:?}");
}

#[test]
fn the_icon_begins_the_crop_and_the_menu_has_the_rest() {
    let mut harness = well(Extras::default());
    assert!(matches!(click(&mut harness, "Crop the photo")[..], [Action::Run(Command::CropPhoto)]));
    click(&mut harness, "More about the photo");
    assert!(matches!(click(&mut harness, "Turn the photo")[..], [Action::Run(Command::TurnPhoto)]));
}

#[test]
fn each_remark_has_one_button_and_only_what_may_be_tried_can_be_overridden() {
    let remark = |way| PhotoRemark { way, ..sample::NO_FACE };
    for (way, label) in [
        (Remedy::ChooseAnother, "Pick another…"),
        (Remedy::AddPadding, "Add padding"),
        (Remedy::Turn { quarter_turns: 3 }, "Turn upright"),
        (Remedy::Crop, "Crop the photo"),
    ] {
        let mut harness = well(Extras { remark: Some(remark(way)), ..Extras::default() });
        let node = harness.get_all_by_label(label).next().unwrap();
        node.click();
        harness.run_ok();
        let actions = harness.state_mut().take();
        let fits = match way {
            Remedy::ChooseAnother => matches!(actions[..], [Action::Run(Command::PickPhoto)]),
            Remedy::AddPadding => matches!(actions[..], [Action::Run(Command::AddPadding)]),
            Remedy::Turn { quarter_turns: turns } => {
                matches!(actions[..], [Action::Photo(PhotoAction::Turn(asked))] if asked == turns)
            }
            _ => matches!(actions[..], [Action::Run(Command::CropPhoto)]),
        };
        assert!(fits, "{label}: {actions:?}");
    }
    let mut harness = well(Extras { remark: Some(sample::NO_FACE), ..Extras::default() });
    assert!(matches!(click(&mut harness, "Use it anyway")[..], [Action::Photo(PhotoAction::UseAnyway)]));
    let firm = PhotoRemark { can_override: false, ..sample::NO_FACE };
    assert!(well(Extras { remark: Some(firm), ..Extras::default() }).query_by_label("Use it anyway").is_none());
}

#[test]
fn another_face_is_chosen_by_a_click_on_it_or_by_the_button() {
    let mut harness = well(Extras { remark: Some(sample::SEVERAL), ..Extras::default() });
    assert_eq!(sample::SEVERAL.weight, Weight::Notes);
    assert!(matches!(click(&mut harness, "Next face")[..], [Action::Photo(PhotoAction::ChooseFace(1))]));
    assert!(matches!(click(&mut harness, "Face 2")[..], [Action::Photo(PhotoAction::ChooseFace(1))]));
    assert!(click(&mut harness, "Face 1").is_empty());
}
