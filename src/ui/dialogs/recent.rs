//! The photos that were used lately: a click uses one again, and each can be forgotten.

use egui::{Align, Context, Rect, ScrollArea, Ui, Vec2};

use crate::action::{Action, Asks as _, Command, PhotoAction, Preference};
use crate::icons;
use crate::theme::{self, Type, size};
use crate::view::{RecentPhotoView, RecentPhotosView};
use crate::widgets::dialog::{self, Dialog};
use crate::widgets::{Button, Cut, IconButton, Pressable, checker, cut, text, toggle};

/// Height of a row.
const ROW: f32 = 48.0;

/// So many are in sight at once.
const ROWS_IN_SIGHT: f32 = 6.0;

/// Draws the dialog; true when it is to be closed.
pub(super) fn show(ctx: &Context, view: &RecentPhotosView<'_>, actions: &mut Vec<Action>) -> bool {
    let (done, closed) = Dialog::new("Recent photos", icons::HISTORY).show(ctx, |ui| {
        dialog::sentence(ui, said(view));
        ScrollArea::vertical().max_height(ROW * ROWS_IN_SIGHT).auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing = Vec2::ZERO;
            for photo in view.photos {
                row(ui, photo, actions);
            }
        });
        ui.add_space(8.0);
        remembers(ui, view.is_on, actions);
        ui.add_space(8.0);
        foot(ui, !view.photos.is_empty(), actions)
    });
    closed || done
}

const fn said(view: &RecentPhotosView<'_>) -> &'static str {
    match (view.is_on, view.photos.is_empty()) {
        (false, _) => "Photos are not remembered. The one in use is kept until you take another.",
        (true, true) => "No photo of yours was used yet. Each one you use is kept here, on this computer only.",
        (true, false) => {
            "A copy of each is kept on this computer only, so that it is here whatever becomes of its file."
        }
    }
}

/// One photo: a small picture, its name, and a button that forgets it.
fn row(ui: &mut Ui, photo: &RecentPhotoView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let rect = cut::next_row(ui, ROW);
    let forget = Cut(rect.shrink2(egui::vec2(8.0, 4.0))).right(24.0);
    let name = format!("Use {}", photo.name);
    let response =
        Pressable::new(&name).on(Some(photo.in_the_well)).show(ui, rect, ("recent", &photo.id), |response| {
            if response.hovered() || photo.in_the_well {
                let fill = if photo.in_the_well { tokens.bg_selected } else { tokens.bg_control };
                ui.painter().rect_filled(rect, size::RADIUS, fill);
            }
            let mut cut = Cut(rect.shrink2(egui::vec2(8.0, 4.0)));
            let well = cut.left(40.0);
            ui.painter().rect_filled(well, size::RADIUS_SMALL, tokens.bg_field);
            if let Some(pixels) = photo.picture.size() {
                let scale = (well.width() / pixels.x.max(1.0)).min(well.height() / pixels.y.max(1.0));
                let place = Rect::from_center_size(well.center(), pixels * scale);
                checker::picture(ui, place, &photo.picture, size::RADIUS_SMALL, egui::Color32::WHITE);
            }
            cut.left(12.0);
            cut.right(24.0);
            cut.right(8.0);
            if photo.in_the_well {
                let words = "In use";
                let width = text::width(ui, words, Type::Note).ceil();
                text::paint(ui, cut.right(width), Align::Max, words, Type::Note, tokens.text_muted);
                cut.right(8.0);
            }
            text::paint(ui, cut.rest(), Align::Min, photo.name, Type::Control, tokens.text);
        });
    if response.clicked() {
        actions.push(Action::Photo(PhotoAction::UseRecent(photo.id.clone())));
    }
    let name = format!("Forget {}", photo.name);
    let tooltip = "Deletes the copy. The file it came from stays.";
    if IconButton::new(icons::CLOSE, &name).tooltip(tooltip).points(14.0).put(ui, forget).clicked() {
        actions.push(Action::Photo(PhotoAction::ForgetRecent(photo.id.clone())));
    }
}

fn remembers(ui: &mut Ui, is_on: bool, actions: &mut Vec<Action>) {
    let mut row = Cut(cut::next_row(ui, size::ROW));
    if toggle::put(ui, row.left(28.0), "Remember recent photos", is_on) {
        actions.push(Action::SetPreference(Preference::RecentPhotos(!is_on)));
    }
    row.left(8.0);
    let color = theme::of(ui).text_secondary;
    text::label(ui, row.rest(), Align::Min, "Remember recent photos", Type::Label, color);
}

/// The sample, forgetting all, and the way out; true when it was taken.
fn foot(ui: &mut Ui, any: bool, actions: &mut Vec<Action>) -> bool {
    let mut row = Cut(cut::next_row(ui, size::ROW));
    let sample = Button::new(Command::UseSample.label()).icon(Command::UseSample.icon());
    let width = sample.width(ui);
    let sample = sample.put(ui, row.left(width)).clicked();
    if sample {
        actions.push(Command::UseSample.into());
    }
    row.left(4.0);
    let forget = Button::ghost("Forget all").enabled(any);
    let width = forget.width(ui);
    forget.put(ui, row.left(width)).asks(actions, PhotoAction::ForgetAllRecent);
    let close = Button::ghost("Cancel");
    let width = close.width(ui) + 12.0;
    close.put(ui, row.right(width)).clicked() || sample
}
