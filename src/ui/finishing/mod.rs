//! The finishing rail at the viewer's right edge, and the panel of its open tool.

mod canvas;
mod rows;

use egui::{Align, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use model::finish::{Amount, BrushMode, Bubble, Ink, PRESETS, Switch};

use crate::action::{Action, FinishAction, FinishTool};
use crate::icons::{self, Icon};
use crate::theme::{self, Type, size};
use crate::view::FinishingView;
use crate::widgets::{self, Button, Cut, IconButton, Segment, Segmented, TextField, cut, text};

pub(crate) use canvas::canvas;

/// Width of the rail, and its distance from the edge of the canvas.
const RAIL: f32 = 36.0;
const GAP: f32 = 12.0;

/// Side of a button of the rail, and the room between two.
const BUTTON: f32 = 28.0;
const BETWEEN: f32 = 4.0;

/// Width of the panel.
const PANEL: f32 = 276.0;

impl FinishTool {
    const fn icon(self) -> Icon {
        match self {
            Self::Looks => icons::LOOKS,
            Self::Outline => icons::OUTLINE,
            Self::Shadow => icons::SHADOW,
            Self::Placement => icons::TRANSFORM,
            Self::Caption => icons::CAPTION,
            Self::Cutout => icons::FILL_HOLES,
            Self::Brush => icons::BRUSH,
        }
    }
}

/// The part of a canvas that is left to the sticker beside rail and panel; all of it while no tool is open.
pub(crate) fn stage(canvas: Rect, view: &FinishingView<'_>) -> Rect {
    let taken = GAP + RAIL + 8.0 + panel_width(canvas);
    if view.tool.is_some() { canvas.with_max_x(canvas.right() - taken) } else { canvas }
}

/// Width of the panel on a canvas, which leaves some of a narrow one to the sticker.
fn panel_width(canvas: Rect) -> f32 {
    PANEL.min(canvas.width() - RAIL - 3.0 * GAP)
}

/// Draws the rail over a canvas, and the panel of the open tool beside it.
pub(crate) fn ui(ui: &mut Ui, canvas: Rect, view: &FinishingView<'_>, actions: &mut Vec<Action>) {
    let count = FinishTool::ALL.len() as f32;
    let height = (count * BUTTON + (count - 1.0) * BETWEEN + 8.0).min(canvas.height() - 8.0);
    let corner = pos2(canvas.right() - GAP - RAIL, (canvas.center().y - height / 2.0).round());
    let rail = Rect::from_min_size(corner, vec2(RAIL, height));
    widgets::inside(ui, rail, "finishing rail", |ui| {
        widgets::name_group(ui, "Finishing");
        ground(ui, rail);
        let mut cut = Cut(rail.shrink2(vec2(4.0, 4.0)));
        for tool in FinishTool::ALL {
            let is_open = view.tool == Some(tool);
            let place = cut.top(BUTTON);
            cut.top(BETWEEN);
            let button = IconButton::new(tool.icon(), tool.label()).on(is_open).side(BUTTON);
            if button.put(ui, place).clicked() {
                push(actions, FinishAction::Use((!is_open).then_some(tool)));
            }
        }
    });
    let Some(tool) = view.tool else { return };
    let width = panel_width(canvas);
    let left = rail.left() - 8.0 - width;
    let room = Rect::from_min_max(pos2(left, canvas.top() + GAP), pos2(left + width, canvas.bottom() - GAP));
    let id = ui.make_persistent_id(("finishing panel", tool.label()));
    // As high as what was in it in the last frame, in the middle beside the rail.
    let before = ui.data(|data| data.get_temp::<f32>(id)).unwrap_or(200.0);
    let height = before.min(room.height());
    let top = (rail.center().y - height / 2.0).clamp(room.top(), (room.bottom() - height).max(room.top())).round();
    let place = Rect::from_min_size(pos2(left, top), vec2(width, height));
    let needed = widgets::inside(ui, place, ("finishing panel", tool.label()), |ui| {
        widgets::name_group(ui, tool.label());
        ground(ui, place);
        // Nothing behind the panel takes what is done on it.
        ui.interact(place, ui.make_persistent_id("ground"), egui::Sense::click_and_drag());
        ui.shrink_clip_rect(place);
        let inner = egui::ScrollArea::vertical().max_height(place.height()).show(ui, |ui| {
            ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
            ui.set_width(place.width());
            ui.add_space(6.0);
            panel(ui, tool, view, actions);
            ui.add_space(10.0);
            ui.min_rect().height()
        });
        inner.inner
    });
    if (needed - before).abs() > 0.5 {
        ui.data_mut(|data| data.insert_temp(id, needed));
        ui.ctx().request_repaint();
    }
}

/// What the rail and the panel lie on.
fn ground(ui: &Ui, rect: Rect) {
    let tokens = theme::of(ui);
    ui.painter().add(tokens.shadow().as_shape(rect, size::RADIUS_POPUP));
    let edge = Stroke::new(1.0, tokens.line_soft);
    ui.painter().rect(rect, size::RADIUS_POPUP, tokens.bg_raised, edge, StrokeKind::Inside);
}

fn push(actions: &mut Vec<Action>, action: FinishAction) {
    actions.push(Action::Finish(action));
}

fn panel(ui: &mut Ui, tool: FinishTool, view: &FinishingView<'_>, actions: &mut Vec<Action>) {
    title(ui, tool, view, actions);
    match tool {
        FinishTool::Looks => looks(ui, view, actions),
        FinishTool::Outline => outline(ui, view, actions),
        FinishTool::Shadow => shadow(ui, view, actions),
        FinishTool::Placement => placement(ui, view, actions),
        FinishTool::Caption => caption(ui, view, actions),
        FinishTool::Cutout => cutout(ui, view, actions),
        FinishTool::Brush => brush(ui, view, actions),
    }
    if let Some(problem) = view.problem {
        rows::problem(ui, problem);
    }
}

fn title(ui: &mut Ui, tool: FinishTool, view: &FinishingView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let mut row = Cut(cut::next_row(ui, 32.0).shrink2(vec2(size::PANEL_PADDING, 0.0)));
    if !view.finish.is_plain() {
        let place = row.right(24.0);
        let button = IconButton::new(icons::RESET, "As it came").tooltip("Takes everything away that was finished.");
        if button.put(ui, place).clicked() {
            push(actions, FinishAction::Reset);
        }
    }
    text::label(ui, row.rest(), Align::Min, tool.label(), Type::Section, tokens.text);
}

fn looks(ui: &mut Ui, view: &FinishingView<'_>, actions: &mut Vec<Action>) {
    for pair in PRESETS.chunks(2) {
        let mut row = Cut(cut::next_row(ui, 32.0).shrink2(vec2(size::PANEL_PADDING, 2.0)));
        let width = (row.rest().width() - 8.0) / 2.0;
        for preset in pair {
            let place = row.left(width);
            row.left(8.0);
            let is_on = view.finish.with_look_of(&preset.finish()) == *view.finish;
            if rows::choice(ui, place, preset.label(), is_on) {
                push(actions, FinishAction::Look(*preset));
            }
        }
    }
    ui.add_space(4.0);
    rows::amount(ui, Amount::Puff, view, actions);
    rows::amount(ui, Amount::Gloss, view, actions);
    rows::amount(ui, Amount::Contrast, view, actions);
    if view.chosen > 1 {
        ui.add_space(4.0);
        let row = cut::next_row(ui, size::ROW).shrink2(vec2(size::PANEL_PADDING, 0.0));
        let words = format!("Finish all {} like this", view.chosen);
        let tooltip = "Gives every chosen sticker this recipe; what the brush did to each stays. Undo takes it back.";
        if Button::new(&words).tooltip(tooltip).put(ui, row).clicked() {
            push(actions, FinishAction::ApplyToChosen);
        }
    }
}

fn outline(ui: &mut Ui, view: &FinishingView<'_>, actions: &mut Vec<Action>) {
    for (switch, amount, ink) in
        [(Switch::Outline, Amount::OutlineWidth, Ink::Outline), (Switch::Second, Amount::SecondWidth, Ink::Second)]
    {
        rows::switch(ui, switch, view, actions);
        if switch.get(view.finish) {
            rows::amount(ui, amount, view, actions);
            rows::ink(ui, ink, view, actions);
        }
    }
    rows::switch(ui, Switch::StripBorder, view, actions);
}

fn shadow(ui: &mut Ui, view: &FinishingView<'_>, actions: &mut Vec<Action>) {
    rows::switch(ui, Switch::Shadow, view, actions);
    if view.finish.shadow.on {
        let amounts = [Amount::ShadowOpacity, Amount::ShadowSoftness, Amount::ShadowAcross, Amount::ShadowDown];
        for amount in amounts {
            rows::amount(ui, amount, view, actions);
        }
        rows::ink(ui, Ink::Shadow, view, actions);
    }
}

fn placement(ui: &mut Ui, view: &FinishingView<'_>, actions: &mut Vec<Action>) {
    rows::switch(ui, Switch::Trim, view, actions);
    for amount in [Amount::Scale, Amount::Turn, Amount::Across, Amount::Down, Amount::Margin] {
        rows::amount(ui, amount, view, actions);
    }
    rows::note(ui, "Drag the sticker to move it. The dashed line is the safe area.");
}

fn caption(ui: &mut Ui, view: &FinishingView<'_>, actions: &mut Vec<Action>) {
    let caption = &view.finish.caption;
    let row = cut::next_row(ui, 56.0).shrink2(vec2(size::PANEL_PADDING, 2.0));
    let mut words = caption.text.clone();
    let field = TextField::new("Words on the sticker").hint("Words, in any script").rows(2, Type::Body);
    if field.put(ui, row, &mut words).response.changed() {
        push(actions, FinishAction::Text(words));
    }
    let row = cut::next_row(ui, 36.0).shrink2(vec2(size::PANEL_PADDING, 0.0));
    let segments = Bubble::ALL.map(|bubble| Segment::new(bubble.label()));
    let chosen = Bubble::ALL.iter().position(|bubble| *bubble == caption.bubble).unwrap_or_default();
    if let Some(index) = Segmented::new("Bubble", &segments, chosen).put(ui, row) {
        push(actions, FinishAction::Bubble(Bubble::ALL[index]));
    }
    rows::amount(ui, Amount::CaptionSize, view, actions);
    rows::amount(ui, Amount::CaptionTurn, view, actions);
    rows::ink(ui, Ink::Caption, view, actions);
    if caption.bubble == Bubble::None {
        rows::switch(ui, Switch::CaptionEdge, view, actions);
        if caption.edge.on {
            rows::amount(ui, Amount::CaptionEdge, view, actions);
            rows::ink(ui, Ink::CaptionEdge, view, actions);
        }
    } else {
        rows::ink(ui, Ink::Bubble, view, actions);
    }
    rows::switch(ui, Switch::ColorEmoji, view, actions);
    let hint = match caption.bubble {
        Bubble::None | Bubble::Shout => "Drag the words to move them.",
        Bubble::Speech | Bubble::Thought => {
            "Drag the words to move them, and the round handle to where they come from."
        }
    };
    rows::note(ui, hint);
}

fn cutout(ui: &mut Ui, view: &FinishingView<'_>, actions: &mut Vec<Action>) {
    if view.is_opaque {
        rows::switch(ui, Switch::Person, view, actions);
    }
    for switch in [Switch::FillHoles, Switch::DropIslands, Switch::StripBorder] {
        rows::switch(ui, switch, view, actions);
    }
    rows::amount(ui, Amount::Defringe, view, actions);
}

fn brush(ui: &mut Ui, view: &FinishingView<'_>, actions: &mut Vec<Action>) {
    let brush = view.brush;
    let row = cut::next_row(ui, 36.0).shrink2(vec2(size::PANEL_PADDING, 0.0));
    let segments = [Segment::new("Add"), Segment::new("Erase")];
    let modes = [BrushMode::Add, BrushMode::Erase];
    let chosen = modes.iter().position(|mode| *mode == brush.mode).unwrap_or_default();
    if let Some(index) = Segmented::new("What the brush does", &segments, chosen).put(ui, row) {
        push(actions, FinishAction::Brush(model::finish::Brush { mode: modes[index], ..brush }));
    }
    if let Some(size) = rows::share(ui, "Brush size", brush.size, 0.06, model::finish::Brush::SIZES) {
        push(actions, FinishAction::Brush(model::finish::Brush { size, ..brush }));
    }
    if let Some(softness) = rows::share(ui, "Soft edge", brush.softness, 0.3, [0.0, 1.0]) {
        push(actions, FinishAction::Brush(model::finish::Brush { softness, ..brush }));
    }
    if rows::toggle(ui, "Stop at edges of the picture", brush.keeps_to_edges) {
        let keeps_to_edges = !brush.keeps_to_edges;
        push(actions, FinishAction::Brush(model::finish::Brush { keeps_to_edges, ..brush }));
    }
    rows::note(ui, "Draw on the sticker. [ and ] change the size, Undo takes back one stroke.");
}
