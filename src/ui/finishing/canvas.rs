//! Hands on the picture itself: the brush, dragging the sticker and its words, the safe area.

use egui::{
    CursorIcon, Event, PointerButton, Pos2, Rect, Response, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, vec2,
};

use model::finish::{Amount, BrushMode, Bubble};

use super::push;
use crate::action::{Action, FinishAction, FinishTool};
use crate::theme::on_picture;
use crate::view::FinishingView;

/// A handle's radius on screen.
const HANDLE: f32 = 7.0;

/// Draws what the open tool lays over the picture at `place`, and takes what is done there.
pub(crate) fn canvas(ui: &Ui, place: Rect, view: &FinishingView<'_>, actions: &mut Vec<Action>) {
    match view.tool {
        Some(FinishTool::Brush) => brush(ui, place, view, actions),
        Some(FinishTool::Placement) => {
            guides(ui, place, view);
            drag_sticker(ui, place, view, actions);
        }
        Some(FinishTool::Caption) if view.finish.caption.is_on() => {
            guides(ui, place, view);
            drag_words(ui, place, view, actions);
        }
        _ => {}
    }
}

/// The edge of the safe area, seen on light and dark.
fn guides(ui: &Ui, place: Rect, view: &FinishingView<'_>) {
    let margin = view.finish.placement.margin * place.size().max_elem();
    let safe = place.shrink(margin);
    let corners = [safe.left_top(), safe.right_top(), safe.right_bottom(), safe.left_bottom(), safe.left_top()];
    let painter = ui.painter().with_clip_rect(ui.clip_rect());
    painter.add(Shape::line(corners.to_vec(), Stroke::new(1.0, on_picture::EDGE)));
    painter.extend(Shape::dashed_line(&corners, Stroke::new(1.0, on_picture::TEXT), 5.0, 5.0));
}

/// How far a drag went, as shares of the picture.
fn dragged(response: &Response, place: Rect) -> Option<[f32; 2]> {
    let delta = response.drag_delta();
    (response.dragged() && delta != Vec2::ZERO).then(|| [delta.x / place.width(), delta.y / place.height()])
}

fn drag_sticker(ui: &Ui, place: Rect, view: &FinishingView<'_>, actions: &mut Vec<Action>) {
    let response = ui.interact(place, ui.make_persistent_id("move sticker"), Sense::drag());
    if let Some([x, y]) = dragged(&response, place) {
        let before = [Amount::Across, Amount::Down].map(|amount| amount.get(view.finish));
        push(actions, FinishAction::Move([before[0] + x, before[1] + y]));
    }
    response.on_hover_cursor(CursorIcon::Move);
}

fn drag_words(ui: &Ui, place: Rect, view: &FinishingView<'_>, actions: &mut Vec<Action>) {
    let caption = &view.finish.caption;
    let response = ui.interact(place, ui.make_persistent_id("move words"), Sense::drag());
    let moved = |at: [f32; 2], [x, y]: [f32; 2]| [(at[0] + x).clamp(0.0, 1.0), (at[1] + y).clamp(0.0, 1.0)];
    if let Some(by) = dragged(&response, place) {
        push(actions, FinishAction::MoveCaption(moved(caption.at, by)));
    }
    response.on_hover_cursor(CursorIcon::Move);
    if !matches!(caption.bubble, Bubble::Speech | Bubble::Thought) {
        return;
    }
    let middle = place.min + vec2(caption.tail[0] * place.width(), caption.tail[1] * place.height());
    let grip = Rect::from_center_size(middle, Vec2::splat(24.0));
    let response = ui.interact(grip, ui.make_persistent_id("move tail"), Sense::drag());
    if let Some(by) = dragged(&response, place) {
        push(actions, FinishAction::MoveTail(moved(caption.tail, by)));
    }
    ui.painter().circle(middle, HANDLE, on_picture::TEXT, Stroke::new(1.5, on_picture::INK));
    response.on_hover_cursor(CursorIcon::Grab);
}

fn brush(ui: &Ui, place: Rect, view: &FinishingView<'_>, actions: &mut Vec<Action>) {
    let response = ui.interact(place, ui.make_persistent_id("brush"), Sense::click_and_drag());
    let is_ready = view.to_original.is_some();
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, is_ready, "Draw with the brush"));
    let Some([a, b, c, d, e, f]) = view.to_original else { return };
    let original = |at: Pos2| {
        let (x, y) = ((at.x - place.left()) / place.width(), (at.y - place.top()) / place.height());
        [a * x + b * y + c, d * x + e * y + f]
    };
    let down = response.interact_pointer_pos().filter(|_| response.is_pointer_button_down_on());
    let drawn = down.or_else(|| flicked(ui, &response));
    for (at, pressure) in drawn.map(|pointer| touched(ui, pointer)).unwrap_or_default() {
        push(actions, FinishAction::StrokeTo(original(at), pressure));
    }
    let is_drawing = drawn.is_some() || ui.data(|data| data.get_temp(response.id).unwrap_or(false));
    // Wherever the button came up: a stroke that goes on would be joined to the next one.
    let ends = is_drawing && ui.input(|input| input.pointer.any_released());
    if ends {
        push(actions, FinishAction::StrokeEnd);
    }
    ui.data_mut(|data| data.insert_temp(response.id, is_drawing && !ends));
    let Some(pointer) = response.hover_pos().or_else(|| response.interact_pointer_pos()) else { return };
    let radius = (view.brush.size * view.scale * place.size().max_elem() / 2.0).max(2.0);
    let painter = ui.painter().with_clip_rect(ui.clip_rect());
    painter.circle_stroke(pointer, radius + 1.0, Stroke::new(1.0, on_picture::INK));
    painter.circle_stroke(pointer, radius, Stroke::new(1.0, on_picture::TEXT));
    let arm = |along: Vec2| [pointer - along, pointer + along];
    painter.line_segment(arm(vec2(4.0, 0.0)), Stroke::new(1.5, on_picture::TEXT));
    if view.brush.mode == BrushMode::Add {
        painter.line_segment(arm(vec2(0.0, 4.0)), Stroke::new(1.5, on_picture::TEXT));
    }
    response.on_hover_cursor(CursorIcon::None);
}

/// Where the button went down on the picture and came up again, both since the last frame.
fn flicked(ui: &Ui, canvas: &Response) -> Option<Pos2> {
    let pressed = ui.input(|input| {
        let is_up = !input.pointer.primary_down();
        input.events.iter().filter(|_| is_up).find_map(|event| match event {
            Event::PointerButton { pos, button: PointerButton::Primary, pressed: true, .. } => Some(*pos),
            _ => None,
        })
    });
    pressed.filter(|at| canvas.hovered() && canvas.rect.contains(*at))
}

/// Every place that the pointer was at since the last frame, with the pressure where the system tells it.
fn touched(ui: &Ui, pointer: Pos2) -> Vec<(Pos2, f32)> {
    ui.input(|input| {
        let mut pressure = 1.0;
        let mut places = Vec::new();
        for event in &input.events {
            match event {
                Event::Touch { force, pos, .. } => {
                    pressure = force.unwrap_or(1.0);
                    places.push((*pos, pressure));
                }
                Event::PointerMoved(at) | Event::PointerButton { pos: at, pressed: true, .. } => {
                    places.push((*at, pressure));
                }
                _ => {}
            }
        }
        if places.is_empty() {
            places.push((pointer, pressure));
        }
        places
    })
}
