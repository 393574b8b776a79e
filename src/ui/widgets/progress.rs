//! Progress: a ring that steps, a ring and a bar that show a reported share; nothing spins.

use std::time::Duration;

use egui::{Pos2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, vec2};

use crate::theme::{self, Motion};

/// What a ring shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ring {
    /// A known share, 0 to 1.
    Share(f32),
    /// Nothing is known: a quarter that steps an eighth of a turn each second.
    Stepping,
    /// The same at this many elapsed whole seconds, as told by the view.
    At(u64),
}

/// Paints a ring of 12 points across around `center`.
pub fn ring(ui: &Ui, center: Pos2, ring: Ring, color: egui::Color32) {
    let radius = 5.0;
    let track = theme::of(ui).line_control;
    ui.painter().circle_stroke(center, radius, Stroke::new(2.0, track));
    let (start, share) = match ring {
        Ring::Share(share) => (0.0, share.clamp(0.0, 1.0)),
        Ring::Stepping => {
            ui.ctx().request_repaint_after(Duration::from_secs(1));
            (eighths(ui.input(|input| input.time) as u64), 0.25)
        }
        Ring::At(seconds) => (eighths(seconds), 0.25),
    };
    let steps = 24;
    let points = (0..=steps)
        .map(|step| {
            let angle = std::f32::consts::TAU * (start + share * step as f32 / steps as f32);
            center + radius * vec2(angle.sin(), -angle.cos())
        })
        .collect();
    ui.painter().add(Shape::line(points, Stroke::new(2.0, color)));
}

/// The turn after this many steps of an eighth.
fn eighths(seconds: u64) -> f32 {
    (seconds % 8) as f32 / 8.0
}

/// A bar 4 points high that moves to a newly reported share and never runs ahead of it.
pub fn bar(ui: &mut Ui, rect: Rect, id: egui::Id, share: f32, name: &str) {
    let tokens = theme::of(ui);
    let seconds = Motion::Progress.seconds(ui.ctx());
    let shown = ui.ctx().animate_value_with_time(id, share.clamp(0.0, 1.0), seconds).min(share);
    ui.painter().rect_filled(rect, 2.0, tokens.line_control);
    let filled = rect.with_max_x(rect.left() + rect.width() * shown);
    ui.painter().rect_filled(filled, 2.0, tokens.accent);
    let response = ui.interact(rect, id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, name));
    let percent = f64::from(share) * 100.0;
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_numeric_value(percent.round());
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(100.0);
    });
}
