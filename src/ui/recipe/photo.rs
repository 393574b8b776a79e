//! The photo well: the picture with face and crop, what is known about it, and ways to another one.

use egui::{Align, Color32, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::model::EngineId;
use crate::ui::action::{Action, Command};
use crate::ui::icons;
use crate::ui::theme::{self, Type, on_picture, size};
use crate::ui::view::{Crop, FaceState, PhotoRemark, PhotoView, Picture, RecipeView, Remote};
use crate::ui::widgets::button::icon_label;
use crate::ui::widgets::{self, Button, Cut, checker, text};

/// Side of the well.
const SIDE: f32 = 176.0;

/// The same in a low window.
const COMPACT_SIDE: f32 = 112.0;

/// Height of the whole block: well, and the row beneath it unless the window is low.
pub(super) const fn height(compact: bool) -> f32 {
    if compact { COMPACT_SIDE } else { SIDE + 8.0 + size::ROW }
}

/// Draws it in `rect`.
pub(super) fn ui(ui: &mut Ui, rect: Rect, compact: bool, view: &RecipeView<'_>, actions: &mut Vec<Action>) {
    let mut cut = Cut(rect);
    let mut block = Cut(cut.top(if compact { COMPACT_SIDE } else { SIDE }));
    let well = block.left(block.rest().height());
    block.left(12.0);
    match view.photo {
        Remote::NotAsked => empty(ui, well, block.rest(), None, actions),
        Remote::Failed { previous: None, error } => empty(ui, well, block.rest(), Some(error), actions),
        Remote::Loading { previous: None } => loading(ui, well, block.rest()),
        Remote::Loading { previous: Some(photo) } => {
            picture(ui, well, photo, 0.4, actions);
            text::label(
                ui,
                Cut(block.rest()).top(16.0),
                Align::Min,
                "Reading the photo",
                Type::Control,
                theme::of(ui).text,
            );
        }
        Remote::Failed { previous: Some(photo), error } => {
            picture(ui, well, photo, 0.4, actions);
            trouble(ui, block.rest(), error, actions);
        }
        Remote::Ready(photo) => {
            picture(ui, well, photo, 1.0, actions);
            column(ui, block.rest(), compact, photo, actions);
        }
    }
    if !compact {
        cut.top(8.0);
        goes(ui, cut.rest(), view);
    }
}

/// One sentence about where the photo goes.
fn goes(ui: &mut Ui, rect: Rect, view: &RecipeView<'_>) {
    let tokens = theme::of(ui);
    let icon = if view.engine == EngineId::Local { icons::COMPUTER } else { icons::UPLOAD };
    icon_label(ui, rect, icon, size::ICON, view.photo_goes, tokens.text_secondary, tokens.text_secondary);
}

/// No photo yet: a place to drop one.
fn empty(ui: &mut Ui, well: Rect, column: Rect, error: Option<&str>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    ui.painter().rect_filled(well, size::RADIUS, tokens.bg_field);
    checker::dashed(ui, well.shrink(0.5), size::RADIUS, tokens.line_strong);
    icons::PHOTO.paint(ui, well, 24.0, tokens.text_muted);
    if let Some(error) = error {
        trouble(ui, column, error, actions);
        return;
    }
    let corner = column.min;
    text::paragraph(ui, corner, column.width(), 3, "A photo of a face", Type::Control, tokens.text);
    let hint = "Pick, paste or drop one.";
    text::paragraph(ui, corner + vec2(0.0, 20.0), column.width(), 3, hint, Type::Label, tokens.text_muted);
    ways(ui, column, "Pick a photo…", false, actions);
}

fn loading(ui: &mut Ui, well: Rect, column: Rect) {
    let tokens = theme::of(ui);
    ui.painter().rect_filled(well, size::RADIUS, tokens.bg_field);
    text::label(ui, Cut(column).top(16.0), Align::Min, "Reading the photo", Type::Control, tokens.text);
}

/// The photo could not be used: what happened, and another one.
fn trouble(ui: &mut Ui, column: Rect, error: &str, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let rows = ((column.height() - 64.0) / 16.0).max(2.0) as usize;
    text::paragraph(ui, column.min, column.width(), rows, error, Type::Label, tokens.danger);
    ways(ui, column, "Pick another…", false, actions);
}

/// The picture, what of it is sent, and its faces.
fn picture(ui: &Ui, well: Rect, photo: &PhotoView<'_>, opacity: f32, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    ui.painter().rect_filled(well, size::RADIUS, tokens.bg_field);
    let pixels = vec2(photo.size.0.max(1) as f32, photo.size.1.max(1) as f32);
    let scale = (well.width() / pixels.x).min(well.height() / pixels.y);
    let place = Rect::from_center_size(well.center(), pixels * scale);
    let response = ui.interact(well, ui.make_persistent_id("photo"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, format!("Photo, {}", photo.name)));
    match photo.picture {
        Picture::Ready { .. } => {
            let tint = Color32::WHITE.gamma_multiply(opacity);
            checker::picture(ui, place, &photo.picture, size::RADIUS, tint);
        }
        Picture::Loading => {}
        Picture::Missing => icons::FACE_OFF.paint(ui, well, 24.0, tokens.text_muted),
    }
    if opacity < 1.0 {
        return;
    }
    let on_screen = |crop: &Crop| {
        let corner = place.min + vec2(crop.left, crop.top) * scale;
        Rect::from_min_size(corner, vec2(crop.width, crop.height) * scale).intersect(place)
    };
    if let Some(crop) = &photo.crop {
        crop_frame(ui, place, on_screen(crop));
    }
    for (index, face) in photo.faces.iter().enumerate() {
        let chosen = photo.face == FaceState::Found(index);
        let color = if chosen { on_picture::FACE } else { on_picture::TEXT };
        let rect = on_screen(face);
        ui.painter().rect_stroke(rect, 4.0, Stroke::new(1.5, color), StrokeKind::Middle);
        if photo.faces.len() > 1 {
            let response = ui.interact(rect, ui.make_persistent_id(("face", index)), Sense::click());
            let name = format!("Face {}", index + 1);
            response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, &name));
            widgets::focus::ring(ui, &response, rect, 4.0);
            if response.on_hover_text("Draw this face").clicked() && !chosen {
                actions.push(Action::ChooseFace(index));
            }
        }
    }
}

/// Veils what is not sent, and frames what is.
fn crop_frame(ui: &Ui, place: Rect, crop: Rect) {
    let painter = ui.painter().with_clip_rect(place.intersect(ui.clip_rect()));
    let veils = [
        place.with_max_y(crop.top()),
        place.with_min_y(crop.bottom()),
        Rect::from_min_max(pos2(place.left(), crop.top()), pos2(crop.left(), crop.bottom())),
        Rect::from_min_max(pos2(crop.right(), crop.top()), pos2(place.right(), crop.bottom())),
    ];
    for veil in veils {
        if veil.is_positive() {
            painter.rect_filled(veil, 0.0, on_picture::OUTSIDE);
        }
    }
    painter.rect_stroke(crop, 0.0, Stroke::new(4.0, on_picture::EDGE), StrokeKind::Middle);
    painter.rect_stroke(crop, 0.0, Stroke::new(2.0, on_picture::TEXT), StrokeKind::Middle);
}

/// Name, size, face and crop; or what a check found.
fn column(ui: &mut Ui, rect: Rect, compact: bool, photo: &PhotoView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let words = if photo.is_sample { "Pick a photo…" } else { "Replace…" };
    ways(ui, rect, words, photo.remark.is_some_and(|remark| remark.padding_helps), actions);
    let mut cut = Cut(rect);
    if let Some(remark) = &photo.remark {
        cut.bottom(56.0);
        self::remark(ui, cut.rest(), remark, actions);
        return;
    }
    let name = if photo.is_sample { "Sample portrait" } else { photo.name };
    text::label(ui, cut.top(16.0), Align::Min, name, Type::Control, tokens.text);
    cut.top(if compact { 3.0 } else { 4.0 });
    let pixels = format!("{} × {} px", photo.size.0, photo.size.1);
    text::label(ui, cut.top(16.0), Align::Min, &pixels, Type::Label, tokens.text_muted);
    cut.top(if compact { 4.0 } else { 12.0 });
    let (icon, tint, words) = match photo.face {
        FaceState::Looking => (icons::FACE, tokens.text_muted, "Looking for a face".to_owned()),
        FaceState::None => (icons::FACE_OFF, tokens.danger, "No face found".to_owned()),
        FaceState::Found(_) if photo.faces.len() <= 1 => (icons::FACE, tokens.ok, "Face found".to_owned()),
        FaceState::Found(index) => (icons::FACE, tokens.ok, format!("Face {} of {}", index + 1, photo.faces.len())),
    };
    icon_label(ui, cut.top(16.0), icon, size::ICON, &words, tint, tokens.text_secondary);
    if compact {
        return;
    }
    cut.top(4.0);
    let sent = if photo.as_linked {
        "Sent as linked".to_owned()
    } else {
        photo.crop.map_or_else(String::new, |crop| format!("{:.0} × {:.0} px", crop.width, crop.height))
    };
    if !sent.is_empty() {
        let icon = if photo.as_linked { icons::LINK } else { icons::CROP };
        icon_label(ui, cut.top(16.0), icon, size::ICON, &sent, tokens.text_secondary, tokens.text_secondary);
    }
}

/// What a check found before anything is paid.
fn remark(ui: &mut Ui, rect: Rect, remark: &PhotoRemark<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let color = if remark.forbids { tokens.danger } else { tokens.money };
    let head = text::paragraph(ui, rect.min, rect.width(), 3, remark.head, Type::Control, color);
    let below = pos2(rect.left(), head.rect.bottom() + 2.0);
    let room = rect.bottom() - below.y - if remark.forbids { 0.0 } else { 20.0 };
    let rows = (room / 16.0).max(1.0) as usize;
    let sentence = text::paragraph(ui, below, rect.width(), rows, remark.sentence, Type::Label, tokens.text_secondary);
    if !remark.forbids && !remark.padding_helps {
        let button = Button::link("Use it anyway").small();
        let size = vec2(button.width(ui), size::CONTROL);
        let place = Rect::from_min_size(pos2(rect.left() - 2.0, sentence.rect.bottom()), size);
        if button.put(ui, place).clicked() {
            actions.push(Action::UsePhotoAnyway);
        }
    }
}

/// At the foot of the column: a button, and other ways to a photo as icons.
fn ways(ui: &mut Ui, column: Rect, words: &str, padding_helps: bool, actions: &mut Vec<Action>) {
    let mut cut = Cut(column);
    let icons_row = cut.bottom(size::CONTROL);
    cut.bottom(4.0);
    let row = cut.bottom(size::CONTROL);
    if padding_helps {
        let button = Button::new("Add padding").icon(icons::PAD).small();
        if button.put(ui, row).on_hover_text(Command::AddPadding.tooltip()).clicked() {
            actions.push(Command::AddPadding.into());
        }
    } else {
        let button = Button::new(words).icon(icons::PHOTO).small();
        if button.put(ui, row).on_hover_text(Command::PickPhoto.tooltip()).clicked() {
            actions.push(Command::PickPhoto.into());
        }
    }
    let commands = if padding_helps {
        [Command::PickPhoto, Command::Paste, Command::TypeLink]
    } else {
        [Command::Paste, Command::TypeLink, Command::AddPadding]
    };
    let pitch = (icons_row.width() - 24.0) / 2.0;
    for (index, command) in commands.into_iter().enumerate() {
        let corner = pos2((icons_row.left() + pitch * index as f32).round(), icons_row.top());
        let place = Rect::from_min_size(corner, Vec2::splat(24.0));
        crate::ui::topbar::command_button(ui, place, command, true, actions);
    }
}
