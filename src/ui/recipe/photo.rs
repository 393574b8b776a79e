//! The photo well: the picture with face and crop, and below it where it goes; what is known about it stands beside.

use egui::{Align, Color32, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, vec2};

use super::{beside, several};
use crate::action::{Action, Asks as _, Command, PhotoAction};
use crate::icons;
use crate::theme::{self, Type, on_picture, size};
use crate::view::{FaceState, PhotoView, Picture, RecipeView};
use crate::widgets::button::icon_label;
use crate::widgets::crop_frame::{self, CropFrame};
use crate::widgets::{self, Button, Cut, Pressable, checker, text};
use model::framing::Handle;
use model::{Crop, EngineId, Remote};

/// Side of the well.
const SIDE: f32 = 176.0;

/// The same in a low window.
const COMPACT_SIDE: f32 = 112.0;

/// Name of the crop in the well.
const NAME: &str = "Crop in the well";

/// Height of the whole block: well, and the row beneath it unless the window is low.
pub(super) fn height(compact: bool, view: &RecipeView<'_>) -> f32 {
    let alone = if compact { COMPACT_SIDE } else { SIDE + 8.0 + size::ROW };
    alone + several::height(view)
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
            reading(ui, block.rest());
        }
        Remote::Failed { previous: Some(photo), error } => {
            picture(ui, well, photo, 0.4, actions);
            beside::trouble(ui, block.rest(), error, actions);
        }
        Remote::Ready(photo) => {
            picture(ui, well, photo, 1.0, actions);
            beside::ui(ui, block.rest(), compact, photo, actions);
        }
    }
    several::ui(ui, cut.top(several::height(view)), view, actions);
    if !compact {
        cut.top(8.0);
        goes(ui, cut.rest(), view, actions);
    }
}

/// One sentence about where the photo goes.
fn goes(ui: &mut Ui, rect: Rect, view: &RecipeView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let mut cut = Cut(rect);
    let icon = if view.engine == EngineId::Local { icons::COMPUTER } else { icons::UPLOAD };
    if view.engine == EngineId::Pixazo {
        let change = Button::link("Change…").small().name(Command::ChooseHost.label());
        let width = change.width(ui);
        let tooltip = Command::ChooseHost.tooltip();
        change
            .put(ui, cut.right_control(width, size::CONTROL))
            .on_hover_text(tooltip)
            .asks(actions, Command::ChooseHost);
        cut.right(8.0);
    }
    icon_label(ui, cut.rest(), icon, size::ICON, view.photo_goes, tokens.text_secondary, tokens.text_secondary);
}

/// No photo yet: a place to drop one.
fn empty(ui: &mut Ui, well: Rect, column: Rect, error: Option<&str>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    ui.painter().rect_filled(well, size::RADIUS, tokens.bg_field);
    checker::dashed(ui, well.shrink(0.5), size::RADIUS, tokens.line_strong);
    icons::PHOTO.paint(ui, well, 24.0, tokens.text_muted);
    match error {
        Some(error) => beside::trouble(ui, column, error, actions),
        None => beside::empty(ui, column, actions),
    }
}

fn loading(ui: &mut Ui, well: Rect, column: Rect) {
    ui.painter().rect_filled(well, size::RADIUS, theme::of(ui).bg_field);
    reading(ui, column);
}

fn reading(ui: &mut Ui, column: Rect) {
    let color = theme::of(ui).text;
    text::label(ui, Cut(column).top(16.0), Align::Min, "Reading the photo", Type::Control, color);
}

/// The picture, what of it is sent, and its faces.
fn picture(ui: &mut Ui, well: Rect, photo: &PhotoView<'_>, opacity: f32, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    ui.painter().rect_filled(well, size::RADIUS, tokens.bg_field);
    let is_lively = opacity == 1.0 && !photo.turning;
    let shown = photo.crop.filter(|_| is_lively);
    let extent = crop_frame::extent(ui, NAME, photo.size, shown);
    let scale = (well.width() / extent.width().max(1.0)).min(well.height() / extent.height().max(1.0));
    let all = Rect::from_center_size(well.center(), extent.size() * scale);
    let pixels = vec2(photo.size.0.max(1) as f32, photo.size.1.max(1) as f32);
    let place = Rect::from_min_size(all.min - extent.min.to_vec2() * scale, pixels * scale);
    let response = ui.interact(well, ui.make_persistent_id("photo"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, format!("Photo, {}", photo.name)));
    let frame = shown.map(|crop| CropFrame {
        name: NAME,
        place,
        photo: photo.size,
        crop,
        aspect: photo.aspect,
        handles: if photo.is_cropping { 0 } else { Handle::CORNERS },
    });
    if let Some(frame) = &frame {
        frame.paint_padding(ui, theme::photo_color(photo.padding));
    }
    match photo.picture {
        Picture::Ready { .. } => {
            let tint = Color32::WHITE.gamma_multiply(if is_lively { 1.0 } else { opacity.min(0.6) });
            checker::picture(ui, place, &photo.picture, size::RADIUS, tint);
        }
        Picture::Loading => {}
        Picture::Missing | Picture::Gone => icons::FACE_OFF.paint(ui, well, 24.0, tokens.text_muted),
    }
    if !is_lively {
        return;
    }
    if let Some(frame) = frame {
        let outcome = widgets::inside_clipped(ui, well.expand(4.0), "crop in the well", |ui| frame.put(ui));
        if let Some(crop) = outcome.changed {
            actions.push(Action::Photo(PhotoAction::SetCrop(crop)));
        }
    }
    faces(ui, place, scale, photo, actions);
}

/// A box around each face; with several, a click chooses one.
fn faces(ui: &Ui, place: Rect, scale: f32, photo: &PhotoView<'_>, actions: &mut Vec<Action>) {
    for (index, Crop { left, top, width, height }) in photo.faces.iter().enumerate() {
        let chosen = photo.face == FaceState::Found(index);
        let color = if chosen { on_picture::FACE } else { on_picture::TEXT };
        let rect = Rect::from_min_size(place.min + vec2(*left, *top) * scale, vec2(*width, *height) * scale);
        ui.painter().rect_stroke(rect, 4.0, Stroke::new(1.5, color), StrokeKind::Middle);
        if photo.faces.len() < 2 {
            continue;
        }
        let hit = Rect::from_center_size(rect.center(), rect.size().max(Vec2::splat(size::CONTROL)));
        let name = format!("Face {}", index + 1);
        let face = Pressable::choice(&name, chosen).ring(rect, 4.0).tooltip("Draw this face");
        if face.show(ui, hit, ("face", index), |_| {}).clicked() && !chosen {
            actions.push(Action::Photo(PhotoAction::ChooseFace(index)));
        }
    }
}
