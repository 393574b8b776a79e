//! Where photos go: nothing is picked for the person, everything is said before, and secrets leave their fields.

use egui::accesskit::Role;
use egui::vec2;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use secrecy::ExposeSecret as _;
use sticker_booth::model::{Money, PhotoHost, PhotoHostKind, Remote};
use sticker_booth::ui::action::{Action, Command, Dialog, HostAction, HostForm};
use sticker_booth::ui::dialogs::Dialogs;
use sticker_booth::ui::view::{
    DialogView, HostChoice, HostFormView, HostsView, Picture, UploadView, Uploads, UploadsView,
};

use crate::harness::{Asked, window};

/// A dialog over an empty window.
fn dialog<'a>(view: impl Fn() -> DialogView<'a> + 'a) -> Harness<'a, Asked<Dialogs>> {
    let mut harness = window(vec2(960.0, 700.0), Dialogs::default(), move |ui, dialogs, actions| {
        dialogs.ui(ui.ctx(), Some(&view()), |_| true, actions);
    });
    harness.run_ok();
    harness.run_ok();
    harness.state_mut().take();
    harness
}

fn click(harness: &mut Harness<'_, Asked<Dialogs>>, label: &str) -> Vec<Action> {
    harness.state_mut().take();
    harness.get_by_label(label).click();
    harness.run_ok();
    let mut actions = harness.state_mut().take();
    actions.retain(|action| !matches!(action, Action::Host(HostAction::UploadsShow(..))));
    actions
}

pub(crate) fn choices() -> &'static [HostChoice] {
    let litterbox = PhotoHost::new("litterbox", PhotoHostKind::Litterbox { address: None }).unwrap();
    let imgbb = PhotoHost::new("imgbb", PhotoHostKind::Imgbb { address: None }).unwrap();
    let choices = [HostChoice { host: imgbb, is_set_up: true }, HostChoice { host: litterbox, is_set_up: false }];
    Box::leak(Box::new(choices))
}

const NOT_TESTED: &Remote<String> = &Remote::NotAsked;

pub(crate) fn choice(picked: Option<&'static str>, waiting_run: Option<(u32, Money)>) -> HostsView<'static> {
    HostsView { choices: choices(), picked, chosen: None, waiting_run, test: NOT_TESTED, error: None, is_busy: false }
}

#[test]
fn nothing_is_picked_at_first_and_nothing_can_be_agreed_to() {
    let mut harness = dialog(|| DialogView::PhotoHosts(choice(None, Some((1, Money::from_mills(25))))));
    for option in harness.get_all_by_role(Role::RadioButton) {
        use egui_kittest::kittest::NodeT as _;
        assert_ne!(option.accesskit_node().toggled(), Some(egui::accesskit::Toggled::True));
    }
    assert!(click(&mut harness, "Agree and make a sticker, no host, at Pixazo").is_empty());
    let actions = click(&mut harness, "Litterbox, no account");
    assert!(matches!(&actions[..], [Action::Host(HostAction::Pick(name))] if name == "litterbox"), "{actions:?}");
}

#[test]
fn consent_names_host_viewers_time_terms_and_people_and_carries_the_price() {
    let run = Some((4, Money::from_mills(100)));
    let mut harness = dialog(move || DialogView::PhotoHosts(choice(Some("imgbb"), run)));
    for words in ["api.imgbb.com", "anyone who has the link", "one hour", "imgbb.com/tos", "people who agreed"] {
        assert!(harness.query_by_label_contains(words).is_some(), "{words}");
    }
    let terms = click(&mut harness, "Read the terms");
    assert!(matches!(&terms[..], [Action::OpenPage(page)] if page == "https://imgbb.com/tos"), "{terms:?}");
    let agreed = click(&mut harness, "Agree and make 4 stickers, $0.10, at Pixazo");
    assert!(matches!(agreed[..], [Action::Host(HostAction::Agree { make: true })]), "{agreed:?}");
    let tested = click(&mut harness, "Test");
    assert!(matches!(&tested[..], [Action::Host(HostAction::Test(name))] if name == "imgbb"), "{tested:?}");
}

#[test]
fn without_a_run_the_choice_costs_nothing_and_says_so() {
    let mut harness = dialog(|| DialogView::PhotoHosts(choice(Some("litterbox"), None)));
    assert!(harness.query_by_label_contains("$").is_none());
    let agreed = click(&mut harness, "Agree and use it");
    assert!(matches!(agreed[..], [Action::Host(HostAction::Agree { make: false })]), "{agreed:?}");
}

#[test]
fn each_way_that_needs_something_typed_opens_its_own_dialog() {
    let mut harness = dialog(|| DialogView::PhotoHosts(choice(None, None)));
    for (label, form) in [
        ("Your own bucket…", HostForm::Bucket),
        ("imgbb with your key…", HostForm::Imgbb),
        ("A ShareX uploader…", HostForm::Uploader),
    ] {
        let actions = click(&mut harness, label);
        assert!(matches!(&actions[..], [Action::Open(Dialog::SetUpHost(asked))] if *asked == form), "{actions:?}");
    }
    assert!(matches!(click(&mut harness, "A link of your own…")[..], [Action::Run(Command::TypeLink)]));
}

pub(crate) fn form_view(form: HostForm) -> HostFormView<'static> {
    HostFormView { form, known: &[], test: NOT_TESTED, error: None, is_busy: false }
}

fn form(form: HostForm) -> Harness<'static, Asked<Dialogs>> {
    dialog(move || DialogView::SetUpHost(form_view(form)))
}

fn type_into(harness: &mut Harness<'_, Asked<Dialogs>>, role: Role, label: &str, text: &str) {
    harness.get_by_role_and_label(role, label).focus();
    harness.run_ok();
    harness.get_by_role_and_label(role, label).type_text(text);
    harness.run_ok();
}

#[test]
fn a_bucket_is_handed_over_with_its_secret_which_leaves_the_field_and_never_prints() {
    let mut harness = form(HostForm::Bucket);
    assert!(click(&mut harness, "Keep").is_empty(), "kept without an address");
    for (label, text) in
        [("Address", "https://s3.example.com"), ("Region", "auto"), ("Bucket", "faces"), ("Access key id", "AK1")]
    {
        type_into(&mut harness, Role::TextInput, label, text);
    }
    type_into(&mut harness, Role::PasswordInput, "Secret access key", "sk-very-secret");
    let actions = click(&mut harness, "Test");
    assert!(!format!("{actions:?}").contains("very-secret"));
    let [Action::Host(HostAction::Keep { host, secret: Some(secret), session_only: false, test: true })] = &actions[..]
    else {
        panic!("{actions:?}")
    };
    assert_eq!(secret.expose_secret(), "sk-very-secret");
    let PhotoHostKind::S3(bucket) = &host.kind else { panic!("{host:?}") };
    assert_eq!((bucket.bucket.as_str(), bucket.region.as_str(), host.name.as_str()), ("faces", "auto", "faces"));
    // The secret is gone from its field, so that a second time nothing is left to hand over.
    assert!(click(&mut harness, "Keep").is_empty());
    assert!(!format!("{:?}", harness.state().panel).contains("very-secret"));
}

#[test]
fn an_uploader_is_chosen_as_a_file_or_pasted() {
    let mut harness = form(HostForm::Uploader);
    let chosen = click(&mut harness, "Choose the file…");
    assert!(matches!(chosen[..], [Action::Host(HostAction::PickUploader { session_only: false })]), "{chosen:?}");
    type_into(&mut harness, Role::PasswordInput, "Text of the uploader", "{\"RequestURL\": \"x\"}");
    let actions = click(&mut harness, "Keep");
    let [Action::Host(HostAction::PasteUploader { text, .. })] = &actions[..] else { panic!("{actions:?}") };
    assert!(text.expose_secret().contains("RequestURL") && !format!("{actions:?}").contains("RequestURL"));
}

fn upload(id: &str, can_delete: bool, picture: &Picture) -> UploadView {
    UploadView {
        id: id.to_owned(),
        picture: *picture,
        host: "faces".to_owned(),
        url: Some(format!("https://s3.example.com/faces/{id}.jpg")),
        sent: format!("2026-11-25 12:0{id}:00"),
        standing: "There until 2026-11-25 13:00:00".to_owned(),
        is_gone: false,
        can_delete,
        page: None,
        problem: None,
    }
}

/// These uploads and no others.
struct Rows(Vec<UploadView>);

impl Uploads for Rows {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn upload(&self, index: usize) -> Option<UploadView> {
        self.0.get(index).cloned()
    }
}

fn ready(rows: Vec<UploadView>) -> Remote<&'static dyn Uploads> {
    Remote::Ready(Box::leak(Box::new(Rows(rows))))
}

/// One that can be deleted and one that cannot, one that is gone and one that could not be deleted yet.
pub(crate) fn some_uploads(picture: &Picture) -> &'static Remote<&'static dyn Uploads> {
    let (there, by_itself) = (upload("1", true, picture), upload("2", false, picture));
    let gone = UploadView {
        standing: "Deleted 2026-11-25 12:04:10, seen to be gone".to_owned(),
        is_gone: true,
        ..upload("3", false, picture)
    };
    let problem = "The photo is still at faces (HTTP 503): it is tried again at the next start, or delete it there.";
    let stuck = UploadView {
        standing: "Being deleted, tried again until it is gone".to_owned(),
        problem: Some(problem.to_owned()),
        ..upload("4", true, picture)
    };
    Box::leak(Box::new(ready(vec![there, by_itself, gone, stuck])))
}

#[test]
fn an_upload_can_be_deleted_now_where_the_host_lets_us() {
    let uploads = some_uploads(&Picture::Missing);
    let mut harness = dialog(move || DialogView::Uploads(UploadsView { uploads, error: None }));
    harness.get_all_by_label("There until 2026-11-25 13:00:00").next().unwrap();
    let actions = click(&mut harness, "Delete now, sent 2026-11-25 12:01:00");
    assert!(matches!(&actions[..], [Action::Host(HostAction::DeleteUpload(id))] if id == "1"), "{actions:?}");
    assert!(harness.query_by_label_contains("Delete now, sent 2026-11-25 12:02").is_none());
}

#[test]
fn the_list_of_uploads_draws_its_four_states() {
    let state = |uploads: Remote<&'static dyn Uploads>| {
        let uploads: &'static _ = Box::leak(Box::new(uploads));
        dialog(move || DialogView::Uploads(UploadsView { uploads, error: None }))
    };
    state(Remote::NotAsked).get_by_label("Reading the list.");
    state(Remote::Loading { previous: None }).get_by_label("Reading the list.");
    state(ready(Vec::new())).get_by_label_contains("No photo has gone to a host");
    let failed = Remote::Failed { previous: None, error: "The list could not be read.".to_owned() };
    state(failed).get_by_label("The list could not be read.");
    assert_eq!(Command::ShowUploads.label(), "Photos at hosts…");
}

#[test]
fn picking_a_host_moves_nothing_and_who_sees_the_photo_is_told_whole() {
    let places = |picked: Option<&'static str>| {
        let harness = dialog(move || DialogView::PhotoHosts(choice(picked, Some((1, Money::from_mills(25))))));
        let controls = [
            (Role::Label, "Where may the photo go?"),
            (Role::RadioButton, "Litterbox, no account"),
            (Role::Button, "Your own bucket…"),
            (Role::Button, "Cancel"),
        ];
        controls.map(|(role, name)| harness.get_by_role_and_label(role, name).rect())
    };
    assert_eq!(places(None), places(Some("litterbox")));
    assert_eq!(places(None), places(Some("imgbb")));
}
