//! The dialogs: what they say, and what they ask for.

use egui::accesskit::Role;
use egui::{Key, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use secrecy::ExposeSecret as _;
use sticker_booth::model::JobAction;
use sticker_booth::model::ThemeChoice;
use sticker_booth::ui::action::{Action, JobsAction, KeyAction, Preference, WayOut};
use sticker_booth::ui::shell::Shell;

use crate::harness::{Asked, window};
use crate::sample::{Extras, OpenDialog, Scene, with_view};

fn open(dialog: OpenDialog) -> Harness<'static, Asked<Shell>> {
    let extras = Extras { dialog: Some(dialog), ..Extras::default() };
    let mut harness = window(vec2(960.0, 640.0), Shell::default(), move |ui, shell, actions| {
        with_view(Scene::Working, None, &extras, |view| shell.ui(ui, view, actions));
    });
    harness.run_ok();
    harness.run_ok();
    harness.state_mut().take();
    harness
}

fn click(harness: &mut Harness<'_, Asked<Shell>>, label: &str) -> Vec<Action> {
    harness.get_by_label(label).click();
    harness.run_ok();
    harness.state_mut().take()
}

#[test]
fn a_typed_key_is_handed_over_and_never_printed() {
    let mut harness = open(OpenDialog::Key);
    let field =
        |harness: &Harness<'_, Asked<Shell>>| harness.get_by_role_and_label(Role::PasswordInput, "Pixazo key").rect();
    assert!(field(&harness).is_positive());
    harness.get_by_role_and_label(Role::PasswordInput, "Pixazo key").type_text("pk-123");
    harness.run_ok();
    let actions = click(&mut harness, "Keep the key");
    let Some(Action::Key(KeyAction::Set { key, session_only: false })) = actions.first() else { panic!("{actions:?}") };
    assert_eq!(key.expose_secret(), "pk-123");
    assert!(!format!("{actions:?}").contains("pk-123"));
}

#[test]
fn without_a_keychain_the_key_is_for_this_session_only() {
    let mut harness = open(OpenDialog::NoKeychain);
    harness.get_all_by_label("No keychain on this computer").next().unwrap();
    harness.get_by_role_and_label(Role::PasswordInput, "Pixazo key").type_text("pk-123");
    harness.run_ok();
    let actions = click(&mut harness, "Use for this session only");
    assert!(matches!(actions.first(), Some(Action::Key(KeyAction::Set { session_only: true, .. }))), "{actions:?}");
}

#[test]
fn a_kept_key_can_be_tested_and_deleted() {
    let mut harness = open(OpenDialog::Key);
    assert!(matches!(click(&mut harness, "Test it")[..], [Action::Key(KeyAction::Test(None))]));
    assert!(matches!(click(&mut harness, "Delete the key")[..], [Action::Key(KeyAction::Delete)]));
    assert!(matches!(click(&mut harness, "Get a key")[..], [Action::Take(WayOut::OpenKeyPage)]));
}

#[test]
fn escape_closes_a_dialog() {
    let mut harness = open(OpenDialog::Help);
    harness.key_press(Key::Escape);
    harness.run_ok();
    let actions = harness.state_mut().take();
    assert!(actions.iter().any(|action| matches!(action, Action::CloseDialog)), "{actions:?}");
}

#[test]
fn the_help_lists_shortcuts_of_the_table() {
    let harness = open(OpenDialog::Help);
    harness.get_by_label("Make sticker");
    harness.get_all_by_label("Enter").next().unwrap();
}

#[test]
fn submitting_again_is_a_decision_whose_focus_starts_on_the_safe_way_out() {
    let mut harness = open(OpenDialog::SubmitAgain);
    harness.get_by_label("$0.025 is already gone");
    harness.get_by_label("$0.05");
    let later = harness.get_by_label("Decide later");
    assert!(later.accesskit_node().is_focused());
    let actions = click(&mut harness, "Submit again, $0.025, at Pixazo");
    assert!(
        matches!(&actions[..], [Action::Jobs(JobsAction::One(id, JobAction::SubmitAgain)), Action::CloseDialog] if id.0 == "4"),
        "{actions:?}"
    );
}

#[test]
fn a_failed_job_tells_everything_and_its_answer_can_be_copied() {
    let mut harness = open(OpenDialog::Job);
    harness.get_by_label("nothing");
    let actions = click(&mut harness, "Copy the answer");
    assert!(matches!(&actions[..], [Action::CopyText(text)] if text.contains("statusCode")), "{actions:?}");
}

#[test]
fn preferences_are_reported_one_by_one() {
    let mut harness = open(OpenDialog::Settings);
    let actions = click(&mut harness, "Dark");
    assert!(matches!(actions[..], [Action::SetPreference(Preference::Theme(ThemeChoice::Dark))]), "{actions:?}");
    // The words beside the switch carry the same name.
    harness.get_by_role_and_label(Role::Switch, "Reduce motion").click();
    harness.run_ok();
    let actions = harness.state_mut().take();
    assert!(matches!(actions[..], [Action::SetPreference(Preference::ReduceMotion(true))]), "{actions:?}");
    click(&mut harness, "Library");
    assert!(matches!(click(&mut harness, "Show files")[..], [Action::Take(WayOut::ShowFiles)]));
}

#[test]
fn a_link_is_used_when_enter_is_pressed() {
    let mut harness = open(OpenDialog::Link);
    harness.get_by_label("Link or path of the photo").type_text("https://example.com/a.jpg");
    harness.run_ok();
    harness.key_press(Key::Enter);
    harness.run_ok();
    let actions = harness.state_mut().take();
    assert!(matches!(&actions[..], [Action::UsePlace(link)] if link == "https://example.com/a.jpg"), "{actions:?}");
}
