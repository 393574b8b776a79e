//! The crop on a photo: what is not sent lies under a veil, the rest can be moved and drawn larger.

use egui::{Color32, CursorIcon, EventFilter, Id, Key, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui};
use egui::{WidgetInfo, pos2, vec2};

use super::focus;
use crate::theme::on_picture;
use model::Crop;
use model::framing::Handle;

/// Side of a drawn handle.
const HANDLE: f32 = 6.0;

/// Side of the square that takes hold of it.
const GRIP: f32 = 20.0;

/// Room around a photo whose handles lie on its edge.
pub const MARGIN: f32 = GRIP / 2.0;

/// Key presses from one edge of a photo to the other.
const STEPS: f32 = 200.0;

/// A crop that lies on a photo.
#[derive(Clone, Copy, Debug)]
pub struct CropFrame<'a> {
    /// Its name for assistive technology, and what its ids are made of.
    pub name: &'a str,
    /// Where the photo lies on the screen.
    pub place: Rect,
    /// Width and height of the photo in its pixels.
    pub photo: (u32, u32),
    /// The crop in those pixels.
    pub crop: Crop,
    /// The proportion it keeps, width over height.
    pub aspect: Option<f32>,
    /// How many handles it has: all, the corners, or none when it cannot be changed.
    pub handles: usize,
}

/// What a person has done with a crop in this frame.
pub struct CropResponse {
    /// The frame itself.
    pub response: Response,
    /// The crop after it.
    pub changed: Option<Crop>,
}

/// What a hand holds.
#[derive(Clone, Copy, Debug)]
enum Held {
    Crop,
    Handle(Handle),
}

/// A drag under way.
#[derive(Clone, Copy, Debug)]
struct Drag {
    /// Nothing when it began beside the crop.
    held: Option<Held>,
    /// The crop as it was then.
    start: Crop,
}

/// The photo and its crop in photo pixels: what has to be in sight.
///
/// It stays the same while the pointer is down, so that nothing moves under it.
pub fn extent(ui: &Ui, name: &str, photo: (u32, u32), crop: Option<Crop>) -> Rect {
    let id = Id::unique(("crop extent", name));
    let held = ui.input(|input| input.pointer.any_down());
    if let Some(before) = ui.data(|data| data.get_temp::<Rect>(id)).filter(|_| held) {
        return before;
    }
    let whole = Crop::whole(photo);
    let all = crop.map_or(whole, |crop| whole.union(&crop));
    let extent = Rect::from_min_size(pos2(all.left, all.top), vec2(all.width, all.height));
    ui.data_mut(|data| data.insert_temp(id, extent));
    extent
}

impl CropFrame<'_> {
    /// Where the crop lies on the screen.
    pub fn on_screen(&self) -> Rect {
        let scale = self.scale();
        let corner = self.place.min + vec2(self.crop.left, self.crop.top) * scale;
        Rect::from_min_size(corner, vec2(self.crop.width, self.crop.height) * scale)
    }

    /// The id that takes the keyboard.
    pub fn id(name: &str) -> Id {
        Id::unique(("crop", name))
    }

    fn scale(&self) -> f32 {
        self.place.width() / self.photo.0.max(1) as f32
    }

    /// Paints what lies beyond the photo's edges; to be called before the photo is painted.
    pub fn paint_padding(&self, ui: &Ui, color: Color32) {
        ui.painter().rect_filled(self.on_screen(), 0.0, color);
    }

    /// Paints veil, line and handles over the photo, and takes drags and keys.
    pub fn put(&self, ui: &mut Ui) -> CropResponse {
        let crop = self.on_screen();
        let sense = if self.handles == 0 { Sense::hover() } else { Sense::click_and_drag() };
        let id = Self::id(self.name);
        // A quick hand has left the crop by the frame after the press, so all of the room takes what began on it.
        let room_sense = if self.handles == 0 { Sense::hover() } else { Sense::DRAG };
        let room = ui.interact(ui.clip_rect(), id.with("room"), room_sense);
        let response = ui.interact(crop.intersect(ui.clip_rect()), id, sense);
        let Crop { left, top, width, height } = self.crop;
        response.widget_info(|| {
            let name = format!("{}, {width:.0} × {height:.0} px at {left:.0}, {top:.0}", self.name);
            WidgetInfo::labeled(Role::Canvas, self.handles > 0, name)
        });
        self.paint(ui, crop);
        let mut changed = self.dragged(ui, &room).or_else(|| self.dragged(ui, &response));
        if response.hovered() && self.handles > 0 {
            ui.set_cursor_icon(CursorIcon::Move);
        }
        for (index, handle) in Handle::ALL.into_iter().enumerate().take(self.handles) {
            let at = handle_at(crop, handle);
            let grip = Rect::from_center_size(at, vec2(GRIP, GRIP));
            // Eight more stops for the Tab key would say nothing that Shift and arrows do not.
            let response = ui.interact(grip, id.with(index), Sense::DRAG);
            response.widget_info(|| WidgetInfo::labeled(Role::Splitter, true, handle_name(handle)));
            if response.hovered() || response.dragged() {
                ui.set_cursor_icon(cursor(handle));
            }
            changed = self.dragged(ui, &response).or(changed);
            paint_handle(ui, at);
        }
        if response.has_focus() {
            let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
            changed = changed.or_else(|| self.pressed(ui));
        }
        focus::ring(ui, &response, crop, 0.0);
        CropResponse { response, changed }
    }

    /// The crop after the arrow keys of this frame: plain they move it, with Shift they move its bottom right corner.
    pub fn pressed(&self, ui: &Ui) -> Option<Crop> {
        let step = (self.photo.0.max(self.photo.1) as f32 / STEPS).round().max(1.0);
        let keys = [(Key::ArrowLeft, [-step, 0.0]), (Key::ArrowRight, [step, 0.0]), (Key::ArrowUp, [0.0, -step])];
        let mut crop = self.crop;
        for (key, by) in keys.into_iter().chain([(Key::ArrowDown, [0.0, step])]) {
            for (modifiers, resizes) in [(egui::Modifiers::SHIFT, true), (egui::Modifiers::NONE, false)] {
                let presses = ui.input_mut(|input| input.count_and_consume_key(modifiers, key));
                let by = by.map(|by| by * presses as f32);
                if presses > 0 && resizes {
                    crop = crop.resized(Handle::LAST_CORNER, by, self.aspect, self.photo);
                } else if presses > 0 {
                    crop = crop.moved(by, self.photo);
                }
            }
        }
        (crop != self.crop).then_some(crop)
    }

    /// The crop after a drag, reckoned from where it began so that rounding never adds up.
    ///
    /// What is held was under the pointer when it was pressed, wherever it has gone since.
    fn dragged(&self, ui: &Ui, response: &Response) -> Option<Crop> {
        if response.drag_started() {
            let held = ui.input(|input| input.pointer.press_origin()).and_then(|origin| self.held_at(origin));
            ui.data_mut(|data| data.insert_temp(response.id, Drag { held, start: self.crop }));
        }
        let by = response.total_drag_delta()? / self.scale();
        let Drag { held, start } = ui.data(|data| data.get_temp::<Drag>(response.id))?;
        let crop = match held? {
            Held::Crop => start.moved(by.into(), self.photo),
            Held::Handle(handle) => start.resized(handle, by.into(), self.aspect, self.photo),
        };
        (crop.rounded() != self.crop.rounded()).then_some(crop)
    }

    /// What a press at this point takes hold of: the nearest handle in reach, or the crop.
    fn held_at(&self, point: Pos2) -> Option<Held> {
        let crop = self.on_screen();
        let near = |handle: &Handle| handle_at(crop, *handle).distance_sq(point);
        let in_reach =
            |handle: &Handle| Rect::from_center_size(handle_at(crop, *handle), vec2(GRIP, GRIP)).contains(point);
        let handles = Handle::ALL.into_iter().take(self.handles).filter(in_reach);
        let nearest = handles.min_by(|one, other| near(one).total_cmp(&near(other)));
        nearest.map(Held::Handle).or_else(|| crop.contains(point).then_some(Held::Crop))
    }

    fn paint(&self, ui: &Ui, crop: Rect) {
        let place = self.place;
        let painter = ui.painter();
        let inside = crop.intersect(place);
        let veils = [
            place.with_max_y(inside.top()),
            place.with_min_y(inside.bottom()),
            Rect::from_min_max(pos2(place.left(), inside.top()), pos2(inside.left(), inside.bottom())),
            Rect::from_min_max(pos2(inside.right(), inside.top()), pos2(place.right(), inside.bottom())),
        ];
        for veil in veils.into_iter().filter(Rect::is_positive) {
            painter.rect_filled(veil, 0.0, on_picture::OUTSIDE);
        }
        painter.rect_stroke(crop, 0.0, Stroke::new(4.0, on_picture::EDGE), StrokeKind::Middle);
        painter.rect_stroke(crop, 0.0, Stroke::new(2.0, on_picture::TEXT), StrokeKind::Middle);
    }
}

fn handle_at(crop: Rect, handle: Handle) -> Pos2 {
    crop.center() + vec2(f32::from(handle.x), f32::from(handle.y)) * crop.size() / 2.0
}

fn paint_handle(ui: &Ui, at: Pos2) {
    let mark = Rect::from_center_size(at, vec2(HANDLE, HANDLE));
    ui.painter().rect_filled(mark.expand(1.0), 1.0, on_picture::INK);
    ui.painter().rect_filled(mark, 1.0, on_picture::TEXT);
}

const fn cursor(handle: Handle) -> CursorIcon {
    match (handle.x, handle.y) {
        (0, _) => CursorIcon::ResizeVertical,
        (_, 0) => CursorIcon::ResizeHorizontal,
        (-1, -1) | (1, 1) => CursorIcon::ResizeNwSe,
        _ => CursorIcon::ResizeNeSw,
    }
}

const fn handle_name(handle: Handle) -> &'static str {
    match (handle.x, handle.y) {
        (-1, -1) => "Top left of the crop",
        (1, -1) => "Top right of the crop",
        (1, 1) => "Bottom right of the crop",
        (-1, 1) => "Bottom left of the crop",
        (0, -1) => "Top of the crop",
        (1, 0) => "Right of the crop",
        (0, 1) => "Bottom of the crop",
        _ => "Left of the crop",
    }
}
