//! Where photos go: a first-time person's way from a photo to a sticker by a bucket of her own, and back.

use egui::accesskit::Role;
use secrecy::SecretString;
use sticker_booth::keys::KeysOptions;
use sticker_booth::settings::Settings;
use sticker_booth::studio::{Parts, Served};

use super::desk::{Desk, at_a_desk};
use super::files;
use super::person::Person;
use crate::s3::{ACCESS_KEY_ID, BUCKET, S3Server, SECRET};

const KEY: &str = "pk-of-the-service";

/// The ticket when a paid sticker can be made.
const MAKE: &str = "Make sticker, $0.025, at Pixazo";

/// The same in the choice of where photos go.
const AGREE: &str = "Agree and make a sticker, $0.025, at Pixazo";

/// The hosted service on this computer; it fetches photos by the links that it is sent.
fn service(desk: &Desk, told_about_licences: bool) -> Served {
    let served = Served::start(0, Some(SecretString::from(KEY)), None).unwrap();
    std::fs::create_dir_all(desk.data()).unwrap();
    let settings = Settings { base_url: Some(served.base_url()), told_about_licences, ..Settings::default() };
    settings.save(&desk.data().join("settings.json")).unwrap();
    served
}

/// Who counts what she clicks.
struct Counting {
    person: Person,
    clicks: usize,
}

impl Counting {
    fn at(desk: &Desk) -> Self {
        let parts = Parts { keys: Some(KeysOptions::in_memory()), ..Parts::default() };
        Self { person: Person::with(desk, parts), clicks: 0 }
    }

    #[track_caller]
    fn click(&mut self, role: Role, name: &str) {
        self.person.click(role, name);
        self.clicks += 1;
    }

    /// Clicks into a field and types.
    #[track_caller]
    fn fills(&mut self, role: Role, name: &str, text: &str) {
        self.person.types(role, name, text);
        self.clicks += 1;
    }

    /// The service is chosen and its key kept.
    fn has_a_key(&mut self) {
        self.click(Role::RadioButton, "Pixazo");
        self.click(Role::Button, "Add a key…");
        self.fills(Role::PasswordInput, "Pixazo key", KEY);
        self.click(Role::Button, "Keep the key");
        self.person.sees(Role::Button, "Key in keychain");
    }

    /// What is said once before the first hosted sticker.
    fn reads_the_notice(&mut self) {
        self.person.reads("non-commercial");
        self.click(Role::Button, "Choose where the photo may go…");
    }

    /// The bucket of a server, typed into the form that is open.
    fn describes(&mut self, server: &S3Server) {
        for (label, text) in [
            ("Address", server.endpoint.as_str()),
            ("Region", "eu-central-1"),
            ("Bucket", BUCKET),
            ("Access key id", ACCESS_KEY_ID),
        ] {
            self.fills(Role::TextInput, label, text);
        }
        self.fills(Role::PasswordInput, "Secret access key", SECRET);
    }
}

fn contains(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|window| window == words.as_bytes())
}

#[test]
fn a_first_photo_goes_by_a_bucket_that_was_chosen_and_agreed_to_and_is_gone_afterwards() {
    at_a_desk(
        module_path!(),
        "a_first_photo_goes_by_a_bucket_that_was_chosen_and_agreed_to_and_is_gone_afterwards",
        |desk| {
            let (_service, server) = (service(desk, false), S3Server::start());
            let mut first = Counting::at(desk);
            first.has_a_key();
            let before = first.clicks;

            desk.answer_dialogs_with(&desk.put_photo("Grandmother.png"));
            first.click(Role::Button, "Pick a photo…");
            first.person.sees(Role::Image, "Photo, Grandmother.png");
            first.person.reads("Nowhere yet, Make asks first");
            first.click(Role::Button, MAKE);
            first.reads_the_notice();
            first.person.sees(Role::Button, "Agree and make a sticker, no host, at Pixazo");
            assert!(server.recorded().is_empty() && first.person.jobs("") == 0, "nothing left before consent");

            first.click(Role::Button, "Your own bucket…");
            first.describes(&server);
            first.click(Role::Button, "Keep");
            first.person.reads("Send only photos of people who agreed to it");
            assert!(server.recorded().is_empty(), "nothing left before consent");
            first.click(Role::Button, AGREE);
            first.person.until("the photo sent", |_| (server.count("PUT") == 1).then_some(()));
            // Six buttons and five fields; before them the service was chosen, and its key kept.
            assert_eq!((first.clicks - before, before), (11, 4));

            first.person.waits_for_jobs(1, "Done");
            first.person.until("the photo taken back", |_| server.objects().is_empty().then_some(()));
            assert_eq!((server.count("PUT"), server.count("DELETE")), (1, 1));
            let recorded = server.recorded();
            for secret in [SECRET, KEY, "Grandmother"] {
                assert!(!contains(&recorded, secret), "{secret} was sent");
            }
            first.person.reads("To your bucket, then deleted");

            first.click(Role::Button, "More about the photo");
            first.click(Role::MenuItem, "Photos at hosts…");
            first.person.sees(Role::Label, "Deleted ");
            first.click(Role::Button, "Close");

            // A second time nothing is asked.
            first.clicks = 0;
            first.click(Role::Button, MAKE);
            first.person.waits_for_jobs(2, "Done");
            assert_eq!(first.clicks, 1);
            first.person.leaves();
        },
    );
}

#[test]
fn a_bucket_that_does_not_work_is_tested_before_it_is_used_and_cancelling_sends_nothing() {
    at_a_desk(
        module_path!(),
        "a_bucket_that_does_not_work_is_tested_before_it_is_used_and_cancelling_sends_nothing",
        |desk| {
            let (_service, server) = (service(desk, false), S3Server::start());
            let mut first = Counting::at(desk);
            first.has_a_key();
            first.click(Role::Button, MAKE);
            first.reads_the_notice();
            first.click(Role::Button, "Your own bucket…");
            first.describes(&server);
            first.fills(Role::PasswordInput, "Secret access key", "-but wrong");
            first.click(Role::Button, "Test");
            first.person.reads("secret access key");
            first.person.reads("did not take the photo");
            // The secret left its field with the test, so it is typed again.
            first.fills(Role::PasswordInput, "Secret access key", SECRET);
            first.click(Role::Button, "Test");
            first.person.reads("It works: a test picture was sent to faces, fetched and deleted");
            assert_eq!(server.objects(), Vec::<String>::new());

            first.click(Role::Button, "Cancel");
            first.person.sees(Role::RadioButton, "Your bucket faces");
            first.click(Role::Button, "Cancel");
            first.person.reads("Nowhere yet, Make asks first");
            assert_eq!(first.person.jobs(""), 0);
            first.person.leaves();
        },
    );
}

#[test]
fn a_link_is_sent_as_it_is_until_it_is_padded_and_then_it_is_hosted_like_a_file() {
    at_a_desk(module_path!(), "a_link_is_sent_as_it_is_until_it_is_padded_and_then_it_is_hosted_like_a_file", |desk| {
        let (_service, server) = (service(desk, true), S3Server::start());
        let mut first = Counting::at(desk);
        first.has_a_key();
        first.person.pastes(files::linked_photo());
        first.person.reads("Sent as linked");
        first.click(Role::Button, MAKE);
        first.person.waits_for_jobs(1, "Done");
        assert!(server.recorded().is_empty());

        first.click(Role::Button, "More about the photo");
        first.click(Role::MenuItem, "Turn the photo");
        first.person.reads("Nowhere yet, Make asks first");
        first.click(Role::Button, MAKE);
        first.click(Role::Button, "Your own bucket…");
        first.describes(&server);
        first.click(Role::Button, "Keep");
        first.click(Role::Button, AGREE);
        first.person.until("the photo sent", |_| (server.count("PUT") == 1).then_some(()));
        first.person.leaves();
    });
}

#[test]
fn several_photos_go_by_the_host_one_by_one_and_only_those_with_a_face_are_paid_for() {
    at_a_desk(
        module_path!(),
        "several_photos_go_by_the_host_one_by_one_and_only_those_with_a_face_are_paid_for",
        |desk| {
            let (_service, server) = (service(desk, true), S3Server::start());
            let mut first = Counting::at(desk);
            first.has_a_key();
            let mirrored = image::load_from_memory(sticker_booth::studio::SAMPLE).unwrap().fliph();
            let bert = desk.path("Bert.png");
            mirrored.save(&bert).unwrap();
            let wall = desk.path("Wall.png");
            image::RgbImage::from_pixel(400, 400, image::Rgb([180, 170, 160])).save(&wall).unwrap();
            first.person.drops_all(&[desk.put_photo("Anna.png"), wall, bert]);
            first.person.reads("Left out: Wall.png (no face).");
            first.click(Role::Button, "Make 2 stickers, $0.05, at Pixazo");
            first.click(Role::Button, "Your own bucket…");
            first.describes(&server);
            first.click(Role::Button, "Keep");
            let agree = "Agree and make 2 stickers, $0.05, at Pixazo";
            first.click(Role::Button, agree);
            first.person.sees(Role::Group, "2 jobs, a person, 2 done");
            assert_eq!((server.count("PUT"), first.person.jobs("")), (2, 0));
            first.person.until("both taken back", |_| server.objects().is_empty().then_some(()));
            first.person.leaves();
        },
    );
}
