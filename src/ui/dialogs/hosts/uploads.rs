//! The list of photos at hosts: what lies where, until when, and taking it back.

use egui::{Align, Color32, Context, Rect, ScrollArea, Ui, Vec2, vec2};

use crate::action::{Action, Asks as _, HostAction};
use crate::icons;
use crate::theme::{self, Type, size};
use crate::view::{UploadView, Uploads, UploadsView};
use crate::widgets::dialog::{self, Dialog};
use crate::widgets::{self, Button, Cut, checker, cut, text};
use model::Remote;

/// Height of an upload.
const ROW: f32 = 64.0;

/// Height of the list.
const HEIGHT: f32 = 5.0 * ROW;

/// Draws the dialog; true when it is to be closed.
pub(in crate::dialogs) fn show(ctx: &Context, view: &UploadsView<'_>, actions: &mut Vec<Action>) -> bool {
    let dialog = Dialog { width: 560.0, ..Dialog::new("Photos at hosts", icons::UPLOAD) };
    let ((), closed) = dialog.show(ctx, |ui| {
        if let Some(error) = view.error.or_else(|| view.uploads.error()) {
            super::outcome(ui, &Remote::NotAsked, Some(error));
        }
        match view.uploads.shown() {
            None if view.uploads.error().is_none() => dialog::sentence(ui, "Reading the list."),
            None => {}
            Some(uploads) if uploads.is_empty() => {
                dialog::sentence(
                    ui,
                    "No photo has gone to a host. Once one has, it is listed here until you say otherwise.",
                );
            }
            Some(uploads) => list(ui, *uploads, actions),
        }
    });
    closed
}

fn list(ui: &mut Ui, uploads: &dyn Uploads, actions: &mut Vec<Action>) {
    let height = HEIGHT.min(uploads.len() as f32 * ROW);
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show_rows(
        ui,
        ROW,
        uploads.len(),
        |ui, rows| {
            ui.spacing_mut().item_spacing = Vec2::ZERO;
            actions.push(Action::Host(HostAction::UploadsShow(rows.start, rows.end)));
            for (index, upload) in rows.filter_map(|index| Some((index, uploads.upload(index)?))) {
                let place = cut::next_row(ui, ROW);
                if index + 1 < uploads.len() {
                    widgets::hairline_below(ui, place);
                }
                widgets::inside(ui, place, ("upload", &upload.id), |ui| row(ui, place, &upload, actions));
            }
        },
    );
}

fn row(ui: &mut Ui, place: Rect, upload: &UploadView, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    widgets::name_group(ui, &format!("Photo at {}, {}", upload.host, upload.standing));
    let mut cut = Cut(place.shrink2(vec2(0.0, 10.0)));
    let thumbnail = cut::centred(cut.left(44.0), 44.0);
    ui.painter().rect_filled(thumbnail, size::RADIUS, tokens.bg_field);
    match upload.picture.size() {
        Some(pixels) => {
            let scale = (thumbnail.width() / pixels.x).min(thumbnail.height() / pixels.y);
            let place = Rect::from_center_size(thumbnail.center(), pixels * scale);
            let tint = Color32::WHITE.gamma_multiply(if upload.is_gone { 0.4 } else { 1.0 });
            checker::picture(ui, place, &upload.picture, size::RADIUS, tint);
        }
        None => icons::PHOTO.paint(ui, thumbnail, 16.0, tokens.text_muted),
    }
    cut.left(12.0);
    let (words, action) = match (&upload.page, upload.can_delete) {
        (_, true) => ("Delete now", Some(Action::Host(HostAction::DeleteUpload(upload.id.clone())))),
        (Some(page), false) => ("Delete there", Some(Action::OpenPage(page.clone()))),
        (None, false) => ("", None),
    };
    if let Some(action) = action {
        let name = format!("{words}, sent {}", upload.sent);
        let button = Button::new(words).name(&name).small();
        let width = button.width(ui);
        button.put(ui, cut.right_control(width, size::CONTROL)).asks(actions, action);
        cut.right(12.0);
    }
    let host = format!("{}, sent {}", upload.host, upload.sent);
    let head = text::label(ui, cut.top(20.0), Align::Min, &host, Type::Control, tokens.text);
    if let Some(url) = &upload.url {
        head.on_hover_text(url);
    }
    let color = if upload.is_gone { tokens.ok } else { tokens.text_secondary };
    let (words, color) = match &upload.problem {
        Some(problem) => (problem, tokens.danger),
        None => (&upload.standing, color),
    };
    // A problem may be longer than its row.
    text::label(ui, cut.top(20.0), Align::Min, words, Type::Label, color).on_hover_text(words);
}
