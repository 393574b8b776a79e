//! The canvas of the viewer: pictures, compare line, pan and zoom.

use egui::{
    Align, Color32, CornerRadius, CursorIcon, EventFilter, Key, Pos2, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo,
    pos2, vec2,
};

use super::{Compare, Showing, ViewerPanel};
use super::{blank, geometry};
use crate::action::{Action, Command};
use crate::finishing;
use crate::icons;
use crate::recipe::command_item;
use crate::theme::{self, Type, on_picture};
use crate::view::{Picture, StickerView, ViewerView};
use crate::widgets::{self, checker, chip, focus, menu, text};
use model::Remote;

/// Cells of the checkerboard.
const CELL: f32 = 12.0;

/// Side of a sticker in a chat, in points.
const CHAT_SIDE: f32 = 128.0;

/// Corner of pictures.
pub(super) const RADIUS: f32 = 4.0;

/// One picture to draw.
#[derive(Clone, Copy)]
pub(super) struct Layer {
    pub(super) picture: Picture,
    pub(super) place: Rect,
    /// What of it is in sight.
    pub(super) window: Rect,
    /// The canvas, whose corners are round.
    pub(super) canvas: Rect,
    /// Does the background show through?
    pub(super) cutout: bool,
}

impl Layer {
    /// A picture that fills the canvas.
    pub(super) const fn whole(picture: Picture, canvas: Rect, cutout: bool) -> Self {
        Self { picture, place: canvas, window: canvas, canvas, cutout }
    }

    /// Round where it reaches into a corner of the canvas.
    pub(super) fn corners(&self) -> CornerRadius {
        let seen = self.window.intersect(self.place);
        let round = |one: Pos2, other: Pos2| if one.distance(other) < 1.0 { RADIUS as u8 } else { 0 };
        CornerRadius {
            nw: round(seen.left_top(), self.canvas.left_top()),
            ne: round(seen.right_top(), self.canvas.right_top()),
            sw: round(seen.left_bottom(), self.canvas.left_bottom()),
            se: round(seen.right_bottom(), self.canvas.right_bottom()),
        }
    }
}

impl ViewerPanel {
    pub(super) fn canvas(&mut self, ui: &mut Ui, view: &ViewerView<'_>, actions: &mut Vec<Action>) {
        let tokens = theme::of(ui);
        let rect = ui.max_rect();
        ui.painter().rect_filled(rect, 0.0, tokens.bg_canvas);
        // The hand alone moves the picture; on the keyboard that is what the zoom keys are for.
        let response = ui.interact(rect, ui.make_persistent_id("pan"), Sense::CLICK | Sense::DRAG);
        // Beside an open tool the sticker stands alone.
        let tools = view.finishing.filter(|finishing| finishing.tool.is_some() && view.draft.is_none());
        let (whole, rect) = (rect, tools.map_or(rect, |tools| finishing::stage(rect, &tools)));
        let showing = self.showing;
        if tools.is_some() {
            self.showing = Showing::Sticker;
        }
        match view.sticker {
            _ if view.draft.is_some() => self.draft(ui, rect, view),
            Remote::NotAsked => blank::photo(ui, rect, view),
            Remote::Ready(sticker) | Remote::Loading { previous: Some(sticker) } => {
                self.sticker(ui, rect, view, sticker);
            }
            Remote::Loading { previous: None } => blank::tile(ui, rect),
            Remote::Failed { previous, error } => {
                if let Some(sticker) = previous {
                    self.sticker(ui, rect, view, sticker);
                }
                blank::failed(ui, rect, error);
            }
        }
        self.navigate(ui, rect, &response, view);
        self.finishing(ui, whole, rect, view, actions);
        self.showing = showing;
        if view.draft.is_none() && view.sticker.shown().is_some() {
            response.context_menu(|ui| context_menu(ui, actions));
        }
    }

    /// The finishing tools, over the sticker as it stands alone.
    fn finishing(&self, ui: &mut Ui, whole: Rect, rect: Rect, view: &ViewerView<'_>, actions: &mut Vec<Action>) {
        let (Some(finishing), Some(sticker)) = (&view.finishing, view.sticker.shown()) else { return };
        if view.draft.is_some() {
            return;
        }
        if self.showing == Showing::Sticker {
            let size = canvas_size(sticker);
            let place = geometry::place(rect, size, self.points_per_pixel(ui, rect, size), self.pan);
            finishing::canvas(ui, place, finishing, actions);
        }
        finishing::ui(ui, whole, finishing, actions);
    }

    /// Do two pictures stand beside each other?
    fn shows_sides(&self, view: &ViewerView<'_>) -> bool {
        let Some(sticker) = view.sticker.shown().filter(|_| view.draft.is_none()) else { return false };
        match self.showing {
            Showing::Sticker => false,
            Showing::PhotoAndSticker => sticker.photo.is_some() && self.how(sticker) == Compare::Sides,
            Showing::Pair => view.other.is_some() && self.how(sticker) == Compare::Sides,
        }
    }

    /// How two pictures are compared: those that do not lie over each other stand side by side.
    const fn how(&self, sticker: &StickerView<'_>) -> Compare {
        match self.showing {
            Showing::PhotoAndSticker if sticker.frame.is_none() => Compare::Sides,
            _ => self.compare,
        }
    }

    /// The part of the canvas that a picture is fitted into: a half when two stand beside each other.
    fn stage(&self, canvas: Rect, pointer: Option<Pos2>, view: &ViewerView<'_>) -> Rect {
        if !self.shows_sides(view) {
            return canvas;
        }
        let [left, right] = halves(canvas);
        if pointer.is_some_and(|pointer| right.contains(pointer)) { right } else { left }
    }

    /// Drag moves, the wheel zooms at the pointer, a double click fits or shows pixel by pixel.
    fn navigate(&mut self, ui: &Ui, rect: Rect, response: &egui::Response, view: &ViewerView<'_>) {
        if response.dragged() && self.zoom.is_some() {
            self.pan += response.drag_delta();
        }
        if self.zoom.is_some() {
            let cursor = if response.dragged() { CursorIcon::Grabbing } else { CursorIcon::Grab };
            response.clone().on_hover_cursor(cursor);
        }
        if response.double_clicked() {
            if self.zoom.is_some() { self.fit() } else { self.zoom = Some(1.0) }
        }
        let Some(pointer) = response.hover_pos() else { return };
        let (pinch, wheel) = ui.input(|input| (input.zoom_delta(), input.smooth_scroll_delta.y));
        let factor = pinch * (wheel / 300.0).exp();
        if factor != 1.0 {
            let now = self.current_zoom(ui, rect, view);
            let zoom = (now * factor).clamp(0.05, 16.0);
            let stage = self.stage(rect, Some(pointer), view);
            self.pan = geometry::pan_at(stage, self.pan, pointer, zoom / now);
            self.zoom = Some(zoom);
            self.chat = false;
        }
    }

    /// Pixels of the screen that a pixel of the shown picture takes.
    pub(super) fn current_zoom(&self, ui: &Ui, canvas: Rect, view: &ViewerView<'_>) -> f32 {
        let size = shown_size(view).unwrap_or(Vec2::splat(1024.0));
        self.points_per_pixel(ui, self.stage(canvas, None, view), size) * ui.pixels_per_point()
    }

    fn points_per_pixel(&self, ui: &Ui, canvas: Rect, size: Vec2) -> f32 {
        if self.chat {
            return CHAT_SIDE / size.max_elem().max(1.0);
        }
        self.zoom.map_or_else(|| geometry::fit(canvas, size), |zoom| zoom / ui.pixels_per_point())
    }

    fn background(&self, ui: &Ui, place: Rect) {
        match self.swatch {
            0 => checker::checkerboard(ui, place, CELL, RADIUS),
            swatch => {
                ui.painter().rect_filled(place, RADIUS, on_picture::SWATCHES[swatch - 1]);
            }
        }
    }

    fn draft(&self, ui: &mut Ui, rect: Rect, view: &ViewerView<'_>) {
        let Some(picture) = view.draft else { return };
        // As large as what it stands for, in its own proportions.
        let own = picture.size().unwrap_or(Vec2::splat(1.0));
        let size = own * (shown_size(view).unwrap_or(own).max_elem() / own.max_elem().max(1.0));
        let place = geometry::place(rect, size, self.points_per_pixel(ui, rect, size), self.pan);
        self.background(ui, place);
        draw(ui, &Layer::whole(picture, place, true));
        widgets::describe(ui, place, Sense::hover(), "Draft of the sticker");
        let tokens = theme::of(ui);
        let tag = Rect::from_min_size(place.min + vec2(8.0, 8.0), vec2(44.0, 20.0));
        ui.painter().rect_filled(tag, 10.0, tokens.accent);
        text::label(ui, tag, Align::Center, "Draft", Type::ChipNote, tokens.on_accent);
    }

    fn sticker(&mut self, ui: &mut Ui, rect: Rect, view: &ViewerView<'_>, sticker: &StickerView<'_>) {
        let size = canvas_size(sticker);
        let place = geometry::place(rect, size, self.points_per_pixel(ui, rect, size), self.pan);
        let own = Layer::whole(sticker.picture, place, true);
        let held = ui.input(|input| input.key_down(Key::Space)) && !ui.ctx().text_edit_focused();
        let second = match self.showing {
            Showing::Sticker if held => photo_layer(sticker, place).map(|layer| (layer, "Photo")),
            Showing::Sticker => None,
            Showing::PhotoAndSticker => photo_layer(sticker, place).map(|layer| (layer, "Photo")),
            Showing::Pair => view.other.map(|other| (Layer::whole(other.picture, place, true), "B")),
        };
        let alt = sticker.seed.map_or_else(|| "Sticker".to_owned(), |seed| format!("Sticker, seed {seed}"));
        widgets::describe(ui, place, Sense::hover(), &alt);
        let Some((second, name)) = second else {
            self.background(ui, place);
            draw(ui, &own);
            return;
        };
        let own_name = if self.showing == Showing::Pair { "A" } else { "Sticker" };
        if self.showing == Showing::Sticker || held {
            if second.cutout {
                self.background(ui, place);
            }
            draw(ui, &second);
            chip::on_picture(ui, place.left_top() + vec2(8.0, 8.0), Align::Min, name, None);
            return;
        }
        // The photo comes before its sticker, and A before B.
        let (left, right) = match self.showing {
            Showing::Pair => ((&own, own_name), (&second, name)),
            Showing::Sticker | Showing::PhotoAndSticker => ((&second, name), (&own, own_name)),
        };
        match self.how(sticker) {
            Compare::Slider => self.with_line(ui, place, left, right),
            Compare::Sides => self.side_by_side(ui, rect, size, [left, right]),
            Compare::Onion => {
                self.background(ui, place);
                draw(ui, &own);
                draw_faded(ui, &second, 0.5);
            }
            Compare::Flicker => {
                let shown = if pressed_on(ui, place) { (&second, name) } else { (&own, own_name) };
                self.background(ui, place);
                draw(ui, shown.0);
                chip::on_picture(ui, place.left_top() + vec2(8.0, 8.0), Align::Min, shown.1, None);
            }
        }
    }

    /// One picture left of a line, the other right of it; each with its name.
    fn with_line(&mut self, ui: &mut Ui, place: Rect, left: (&Layer, &str), right: (&Layer, &str)) {
        let x = (place.left() + place.width() * self.line).round();
        self.background(ui, place);
        draw(ui, &Layer { window: place.with_min_x(x), ..*right.0 });
        let window = place.with_max_x(x);
        if !left.0.cutout {
            ui.painter().with_clip_rect(window.intersect(ui.clip_rect())).rect_filled(
                place,
                RADIUS,
                theme::of(ui).bg_canvas,
            );
        }
        draw(ui, &Layer { window, ..*left.0 });
        // The photo may begin right of the canvas.
        let seen = left.0.place.intersect(place);
        chip::on_picture(ui, seen.left_top() + vec2(8.0, 8.0), Align::Min, left.1, None);
        chip::on_picture(ui, place.right_top() + vec2(-8.0, 8.0), Align::Max, right.1, None);
        self.line_handle(ui, place, x);
    }

    fn line_handle(&mut self, ui: &Ui, place: Rect, x: f32) {
        let grip = Rect::from_center_size(pos2(x, place.center().y), vec2(24.0, place.height()));
        let response = ui.interact(grip, ui.make_persistent_id("compare line"), Sense::click_and_drag());
        if let Some(pointer) = response.interact_pointer_pos().filter(|_| response.dragged()) {
            self.line = ((pointer.x - place.left()) / place.width()).clamp(0.0, 1.0);
        }
        if response.has_focus() {
            let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
            let steps =
                ui.input(|input| input.num_presses(Key::ArrowRight) as f32 - input.num_presses(Key::ArrowLeft) as f32);
            self.line = (self.line + steps * 0.02).clamp(0.0, 1.0);
        }
        response.widget_info(|| WidgetInfo {
            value: Some(f64::from(self.line)),
            ..WidgetInfo::labeled(Role::Slider, true, "Compare line")
        });
        let edge = Stroke::new(1.0, on_picture::EDGE);
        ui.painter().vline(x - 1.5, place.y_range(), edge);
        ui.painter().vline(x + 1.5, place.y_range(), edge);
        ui.painter().vline(x, place.y_range(), Stroke::new(2.0, on_picture::TEXT));
        let handle = Rect::from_center_size(pos2(x, place.top() + place.height() * 0.84), vec2(36.0, 24.0));
        let shadow = egui::Shadow { offset: [0, 2], blur: 6, spread: 0, color: Color32::from_black_alpha(102) };
        ui.painter().add(shadow.as_shape(handle, 12.0));
        ui.painter().rect_filled(handle, 12.0, on_picture::TEXT);
        for (icon, shift) in [(icons::CHEVRON_LEFT, -8.0), (icons::CHEVRON_RIGHT, 8.0)] {
            icon.paint(ui, handle.translate(vec2(shift, 0.0)), 14.0, on_picture::INK);
        }
        focus::ring(ui, &response, handle, 12.0);
        response.on_hover_cursor(CursorIcon::ResizeHorizontal);
    }

    /// Both beside each other; `size` is that of the sticker in pixels.
    fn side_by_side(&self, ui: &mut Ui, rect: Rect, size: Vec2, pair: [(&Layer, &str); 2]) {
        let clip = ui.clip_rect();
        for ((layer, name), half) in pair.into_iter().zip(halves(rect)) {
            // Both as large and as far moved, so that the same of both is in sight.
            let stage = geometry::place(half, size, self.points_per_pixel(ui, half, size), self.pan);
            let wide = layer.place.width() / layer.place.height().max(1.0);
            let place = Rect::from_center_size(stage.center(), vec2(stage.height() * wide, stage.height()));
            ui.set_clip_rect(half.intersect(clip));
            if layer.cutout {
                self.background(ui, place);
            }
            draw(ui, &Layer::whole(layer.picture, place, layer.cutout));
            let corner = place.left_top().max(half.left_top()) + vec2(8.0, 8.0);
            chip::on_picture(ui, corner, Align::Min, name, None);
        }
        ui.set_clip_rect(clip);
    }
}

/// The two halves of the canvas.
fn halves(canvas: Rect) -> [Rect; 2] {
    let middle = canvas.center().x;
    [canvas.with_max_x(middle), canvas.with_min_x(middle)]
}

/// What can be done with the sticker.
fn context_menu(ui: &mut Ui, actions: &mut Vec<Action>) {
    ui.set_width(240.0);
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    const GROUPS: [&[Command]; 3] = [
        &[Command::SaveAs, Command::CopySticker, Command::Rename, Command::Reveal],
        &[Command::Peek, Command::UseSettings, Command::UseSeed],
        &[Command::ToggleStar, Command::ToggleReject, Command::Trash],
    ];
    for (place, group) in GROUPS.into_iter().enumerate() {
        if place > 0 {
            menu::separator(ui);
        }
        for command in group {
            command_item(ui, *command, actions);
        }
    }
}

/// Size of what is shown, in pixels.
fn shown_size(view: &ViewerView<'_>) -> Option<Vec2> {
    match view.sticker.shown() {
        Some(sticker) => Some(canvas_size(sticker)),
        None => view.photo_crop.map(|crop| vec2(crop.width, crop.height)).or_else(|| view.photo?.size()),
    }
}

/// Not the size of its picture, which may still be the small one of the gallery.
fn canvas_size(sticker: &StickerView<'_>) -> Vec2 {
    vec2(sticker.canvas.0 as f32, sticker.canvas.1 as f32)
}

fn photo_layer(sticker: &StickerView<'_>, place: Rect) -> Option<Layer> {
    let picture = sticker.photo?;
    let size = picture.size()?;
    let under = sticker.frame.map_or_else(
        || Rect::from_center_size(place.center(), size * (place.height() / size.y.max(1.0))),
        |frame| geometry::photo_under(place, sticker.canvas, &frame, size),
    );
    Some(Layer { place: under, window: place, ..Layer::whole(picture, place, false) })
}

fn pressed_on(ui: &Ui, place: Rect) -> bool {
    ui.input(|input| input.pointer.primary_down() && input.pointer.press_origin().is_some_and(|at| place.contains(at)))
}

fn draw(ui: &Ui, layer: &Layer) {
    draw_faded(ui, layer, 1.0);
}

fn draw_faded(ui: &Ui, layer: &Layer, opacity: f32) {
    let tokens = theme::of(ui);
    let painter = ui.painter().with_clip_rect(layer.window.intersect(ui.clip_rect()));
    match layer.picture {
        Picture::Ready { .. } => {
            let tint = Color32::WHITE.gamma_multiply(opacity);
            checker::part(ui, layer.place, layer.window, &layer.picture, layer.corners(), tint);
        }
        Picture::Loading => {
            painter.rect_filled(layer.place, RADIUS, tokens.bg_panel);
        }
        Picture::Missing | Picture::Gone => {
            painter.rect_filled(layer.place, RADIUS, tokens.bg_panel);
            icons::FAIL.paint(ui, layer.place, 24.0, tokens.text_muted);
        }
    }
}
