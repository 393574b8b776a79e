//! Text in the styles of the type scale: painted, or as a label that assistive technology can read.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align, Align2, Color32, Galley, Pos2, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo, vec2};

use crate::theme::Type;

/// How text of a style is set.
pub(super) fn format(style: Type, color: Color32) -> TextFormat {
    TextFormat {
        font_id: style.font(),
        color,
        line_height: Some(style.line_height()),
        valign: Align::Center,
        ..TextFormat::default()
    }
}

/// Lays out text at most `width` wide and `rows` high; what does not fit ends in an ellipsis.
pub fn galley(ui: &Ui, text: &str, style: Type, color: Color32, width: f32, rows: usize) -> Arc<Galley> {
    ui.painter().layout_job(job(text, style, color, width, rows))
}

fn job(text: &str, style: Type, color: Color32, width: f32, rows: usize) -> LayoutJob {
    let mut job = LayoutJob::single_section(text.to_owned(), format(style, color));
    job.wrap = TextWrapping { max_width: width, max_rows: rows, break_anywhere: rows == 1, ..TextWrapping::default() };
    job
}

/// The width of one line of text.
pub fn width(ui: &Ui, text: &str, style: Type) -> f32 {
    galley(ui, text, style, Color32::PLACEHOLDER, f32::INFINITY, 1).size().x
}

/// Paints one line in `rect`, elided to its width and centred in its height; gives its place.
pub fn paint(ui: &Ui, rect: Rect, align: Align, text: &str, style: Type, color: Color32) -> Rect {
    let galley = galley(ui, text, style, color, rect.width().max(0.0), 1);
    let place = place(rect, align, galley.size());
    ui.painter().galley(place.min, galley, color);
    place
}

/// Paints one line at a point, not elided.
pub fn paint_at(ui: &Ui, point: Pos2, anchor: Align2, text: &str, style: Type, color: Color32) -> Rect {
    let galley = galley(ui, text, style, color, f32::INFINITY, 1);
    let place = anchor.anchor_size(point, galley.size());
    ui.painter().galley(place.min, galley, color);
    place
}

/// One line in `rect` as a label; hovering shows it whole when it was cut.
pub fn label(ui: &mut Ui, rect: Rect, align: Align, text: &str, style: Type, color: Color32) -> Response {
    let galley = galley(ui, text, style, color, rect.width().max(0.0), 1);
    read_out(ui, place(rect, align, galley.size()), galley, text, color)
}

/// Sentences from `corner` down, `width` wide and at most `rows` lines; gives their place.
pub fn paragraph(
    ui: &mut Ui,
    corner: Pos2,
    width: f32,
    rows: usize,
    text: &str,
    style: Type,
    color: Color32,
) -> Response {
    let galley = galley(ui, text, style, color, width, rows);
    read_out(ui, Rect::from_min_size(corner, vec2(width, galley.size().y)), galley, text, color)
}

/// The same, with each line in the middle.
pub fn paragraph_centred(
    ui: &mut Ui,
    corner: Pos2,
    width: f32,
    rows: usize,
    text: &str,
    style: Type,
    color: Color32,
) -> Response {
    let job = LayoutJob { halign: Align::Center, ..job(text, style, color, width, rows) };
    let galley = ui.painter().layout_job(job);
    read_out(ui, Rect::from_min_size(corner, vec2(width, galley.size().y)), galley, text, color)
}

/// Paints a galley whose text is a label; hovering shows it whole when it was cut.
fn read_out(ui: &mut Ui, place: Rect, galley: Arc<Galley>, text: &str, color: Color32) -> Response {
    let elided = galley.elided;
    // A galley lies around the point that its lines are aligned to.
    let anchor = if galley.job.halign == Align::Center { place.center().x } else { place.left() };
    ui.painter().galley(egui::pos2(anchor, place.top()), galley, color);
    let response = super::interact(ui, place, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    if elided { response.on_hover_text(text) } else { response }
}

/// The height that `paragraph` will take.
pub fn paragraph_height(ui: &Ui, width: f32, rows: usize, text: &str, style: Type) -> f32 {
    galley(ui, text, style, Color32::PLACEHOLDER, width, rows).size().y
}

fn place(rect: Rect, align: Align, size: Vec2) -> Rect {
    Align2([align, Align::Center]).align_size_within_rect(size, rect)
}

/// A number with a comma every three digits.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_grouped_by_three() {
        for (number, text) in [(0, "0"), (999, "999"), (1284, "1,284"), (100_000, "100,000")] {
            assert_eq!(grouped(number), text);
        }
    }
}
