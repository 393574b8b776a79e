//! Setting up a host: what is typed, tried before it is used. Secrets leave their fields at once.

use egui::{Align, Context, Response, Ui};
use secrecy::SecretString;

use super::outcome;
use crate::action::{Action, Asks as _, HostAction, HostForm};
use crate::icons;
use crate::theme::{self, Type, size};
use crate::view::HostFormView;
use crate::widgets::dialog::{self, Dialog};
use crate::widgets::{Button, Cut, TextField, cut, text, toggle};
use model::photo_host::{S3Addressing, S3Bucket};
use model::{PhotoHost, PhotoHostKind};

/// What is half typed.
#[derive(Clone, Debug, Default)]
pub(in crate::dialogs) struct Typed {
    endpoint: String,
    region: String,
    bucket: String,
    prefix: String,
    access_key_id: String,
    /// The name of the bucket stands before the address.
    virtual_host: bool,
    /// The secret being typed; taken out when it is handed over.
    secret: Secret,
    session_only: bool,
    /// Why it was not handed over.
    refused: Option<String>,
    /// Frames for which the form has been open; the first one only measures it.
    frames_open: u8,
}

/// A secret being typed, which never prints.
#[derive(Clone, Default)]
struct Secret(String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    /// What was typed, gone from here.
    fn take(&mut self) -> Option<SecretString> {
        let text = std::mem::take(&mut self.0);
        Some(SecretString::from(text.trim())).filter(|_| !text.trim().is_empty())
    }
}

/// Draws the dialog; true when it is to be closed.
pub(in crate::dialogs) fn show(
    typed: &mut Typed,
    ctx: &Context,
    view: &HostFormView<'_>,
    actions: &mut Vec<Action>,
) -> bool {
    let title = match view.form {
        HostForm::Bucket => "Your own bucket",
        HostForm::Imgbb => "imgbb with your key",
        HostForm::Uploader => "A ShareX uploader",
    };
    let dialog = Dialog { width: 460.0, ..Dialog::new(title, icons::UPLOAD) };
    let just_opened = typed.frames_open < 2;
    typed.frames_open = typed.frames_open.saturating_add(1);
    let (cancelled, closed) = dialog.show(ctx, |ui| {
        let first = match view.form {
            HostForm::Bucket => bucket(ui, typed),
            HostForm::Imgbb => imgbb(ui, typed),
            HostForm::Uploader => uploader(ui, typed, actions),
        };
        if just_opened {
            first.request_focus();
        }
        ui.add_space(8.0);
        session_only(ui, typed);
        ui.add_space(8.0);
        outcome(ui, view.test, typed.refused.as_deref().or(view.error));
        foot(ui, typed, view, actions)
    });
    closed || cancelled
}

/// A row with its label at the left.
fn field(ui: &mut Ui, label: &str, hint: &str, password: bool, value: &mut String) -> Response {
    let tokens = theme::of(ui);
    let mut row = Cut(cut::next_row(ui, size::ROW + 6.0));
    row.bottom(6.0);
    text::label(ui, row.left(132.0), Align::Min, label, Type::Label, tokens.text_secondary);
    let field = TextField::new(label).hint(hint);
    if password { field.password() } else { field }.put(ui, row.rest(), value).response
}

fn bucket(ui: &mut Ui, typed: &mut Typed) -> Response {
    dialog::sentence(
        ui,
        "The photo lies in it as a private object, and Pixazo gets a link that works for an hour. Any S3-compatible service will do.",
    );
    let first = field(ui, "Address", "https://s3.eu-central-1.amazonaws.com", false, &mut typed.endpoint);
    field(ui, "Region", "eu-central-1, or auto", false, &mut typed.region);
    field(ui, "Bucket", "my-stickers", false, &mut typed.bucket);
    field(ui, "Folder", "stickers/, or nothing", false, &mut typed.prefix);
    field(ui, "Access key id", "", false, &mut typed.access_key_id);
    field(ui, "Secret access key", "Kept in the keychain", true, &mut typed.secret.0);
    let words = "The address begins with the bucket's name";
    let tooltip = "https://bucket.address instead of https://address/bucket. Most services take both.";
    switch(ui, words, Some(tooltip), &mut typed.virtual_host);
    first
}

fn imgbb(ui: &mut Ui, typed: &mut Typed) -> Response {
    dialog::sentence(ui, "imgbb keeps the photo for an hour. Anyone who has the link can see it meanwhile.");
    field(ui, "imgbb key", "Kept in the keychain", true, &mut typed.secret.0)
}

fn uploader(ui: &mut Ui, typed: &mut Typed, actions: &mut Vec<Action>) -> Response {
    dialog::sentence(
        ui,
        "Many hosts offer a file for ShareX, named .sxcu. It may hold keys, so it goes into the keychain whole.",
    );
    let mut row = Cut(cut::next_row(ui, size::ROW));
    let button = Button::new("Choose the file…").icon(icons::FOLDER);
    let width = button.width(ui);
    let choose = button.put(ui, row.left(width));
    choose.asks(actions, HostAction::PickUploader { session_only: typed.session_only });
    ui.add_space(8.0);
    let row = cut::next_row(ui, size::ROW);
    TextField::new("Text of the uploader").hint("Or paste its text here").password().put(ui, row, &mut typed.secret.0);
    choose
}

fn session_only(ui: &mut Ui, typed: &mut Typed) {
    switch(ui, "Keep the secret for this session only", None, &mut typed.session_only);
}

fn switch(ui: &mut Ui, words: &str, tooltip: Option<&str>, on: &mut bool) {
    let color = theme::of(ui).text_secondary;
    let mut row = Cut(cut::next_row(ui, size::ROW));
    if toggle::put(ui, row.left(28.0), words, *on) {
        *on = !*on;
    }
    row.left(8.0);
    let label = text::label(ui, row.rest(), Align::Min, words, Type::Label, color);
    if let Some(tooltip) = tooltip {
        label.on_hover_text(tooltip);
    }
}

/// Test, keep, or back; true when it is to be closed.
fn foot(ui: &mut Ui, typed: &mut Typed, view: &HostFormView<'_>, actions: &mut Vec<Action>) -> bool {
    let ready = !view.is_busy && !view.test.is_loading() && typed.is_complete(view);
    let mut row = Cut(cut::next_row(ui, size::ROW));
    let out = Button::ghost("Cancel");
    let width = out.width(ui) + 12.0;
    let cancelled = out.put(ui, row.right(width)).clicked();
    row.right(8.0);
    let mut test = false;
    if view.form != HostForm::Uploader {
        let button = Button::new("Test").enabled(ready);
        let width = button.width(ui) + 20.0;
        test = button
            .put(ui, row.right(width))
            .on_hover_text("Keeps it, then sends, fetches and deletes a test picture.")
            .clicked();
        row.right(8.0);
    }
    let keep = Button::primary("Keep").enabled(ready).put(ui, row.rest()).clicked();
    if keep || test {
        match typed.asked(view.form, test) {
            Ok(asked) => {
                typed.refused = None;
                actions.push(Action::Host(asked));
            }
            Err(error) => typed.refused = Some(error),
        }
    }
    cancelled
}

impl Typed {
    /// Is everything there that the kind needs? A secret that is kept already may be left out.
    fn is_complete(&self, view: &HostFormView<'_>) -> bool {
        let filled = |text: &String| !text.trim().is_empty();
        match view.form {
            HostForm::Bucket => {
                let is_known = view.known.iter().any(|host| host.name == self.bucket.trim());
                let needed = [&self.endpoint, &self.region, &self.bucket, &self.access_key_id];
                needed.into_iter().all(filled) && (is_known || filled(&self.secret.0))
            }
            HostForm::Imgbb | HostForm::Uploader => filled(&self.secret.0),
        }
    }

    /// What is asked for; the secret is gone from the field afterwards.
    fn asked(&mut self, form: HostForm, test: bool) -> Result<HostAction, String> {
        let trimmed = |text: &str| text.trim().to_owned();
        let (name, kind) = match form {
            HostForm::Bucket => {
                let bucket = S3Bucket {
                    endpoint: trimmed(&self.endpoint),
                    region: trimmed(&self.region),
                    bucket: trimmed(&self.bucket),
                    prefix: trimmed(&self.prefix),
                    access_key_id: trimmed(&self.access_key_id),
                    addressing: if self.virtual_host { S3Addressing::VirtualHost } else { S3Addressing::Path },
                };
                (bucket.bucket.clone(), PhotoHostKind::S3(bucket))
            }
            HostForm::Imgbb => ("imgbb".to_owned(), PhotoHostKind::Imgbb { address: None }),
            HostForm::Uploader => {
                let text = self.secret.take().ok_or_else(|| "Paste the text of the uploader first.".to_owned())?;
                return Ok(HostAction::PasteUploader { text, session_only: self.session_only });
            }
        };
        let host = PhotoHost::new(&name, kind).map_err(|error| format!("{error}."))?;
        Ok(HostAction::Keep { host, secret: self.secret.take(), session_only: self.session_only, test })
    }
}
