//! The crop mode: the whole photo with what is sent of it, and exactly that beside it.

use egui::{Align, Key, Modifiers, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, vec2};

use super::geometry;
use crate::action::{Action, Asks as _, Command, PhotoAction};
use crate::theme::{self, Type, on_picture, size};
use crate::topbar::command_button;
use crate::view::CropView;
use crate::widgets::crop_frame::{self, CropFrame};
use crate::widgets::{self, Button, Cut, Pressable, Segment, Segmented, TextField, checker, chip, menu, text};
use model::Ratio;

/// Name of the crop in this mode.
const NAME: &str = "Crop";

/// Width of the rail that shows what is sent.
const RAIL: f32 = 176.0;

/// Below this width of the canvas there is no rail; the bar still says what is sent.
const RAIL_FROM: f32 = 520.0;

/// Below this width of the bars their quietest words leave.
const ROOMY: f32 = 620.0;

/// The colours that are offered for the padding.
const PADDINGS: [([u8; 3], &str); 3] =
    [([255; 3], "White padding"), ([128; 3], "Grey padding"), ([0; 3], "Black padding")];

/// What the mode remembers.
#[derive(Clone, Debug, Default)]
pub(super) struct CropPanel {
    /// Was it on in the last frame? The first one takes the keyboard.
    was_on: bool,
    /// The colour being typed.
    typed: String,
}

impl CropPanel {
    /// The mode is off.
    pub(super) fn rest(&mut self) {
        *self = Self::default();
    }

    /// The photo, the crop on it, and what is sent.
    pub(super) fn canvas(&mut self, ui: &mut Ui, view: &CropView<'_>, actions: &mut Vec<Action>) {
        let tokens = theme::of(ui);
        let rect = ui.max_rect();
        ui.painter().rect_filled(rect, 0.0, tokens.bg_canvas);
        let mut cut = Cut(rect);
        if rect.width() >= RAIL_FROM {
            let rail = cut.right(RAIL);
            widgets::inside_clipped(ui, rail, "what is sent", |ui| rail_ui(ui, view));
        }
        let room = cut.rest().shrink(crop_frame::MARGIN);
        let extent = crop_frame::extent(ui, NAME, view.photo, Some(view.crop));
        let scale = geometry::fit(room, extent.size());
        let all = geometry::place(room, extent.size(), scale, Vec2::ZERO);
        let place = Rect::from_min_size(
            all.min - extent.min.to_vec2() * scale,
            vec2(view.photo.0 as f32, view.photo.1 as f32) * scale,
        );
        let frame = CropFrame {
            name: NAME,
            place,
            photo: view.photo,
            crop: view.crop,
            aspect: view.ratio.aspect(view.sticker),
            handles: if view.turning { 0 } else { model::framing::Handle::ALL.len() },
        };
        frame.paint_padding(ui, theme::photo_color(view.padding));
        checker::picture(ui, place, &view.picture, 0.0, egui::Color32::WHITE);
        let outcome = frame.put(ui);
        if let Some(face) = &view.face {
            let corner = place.min + vec2(face.left, face.top) * scale;
            let face = Rect::from_min_size(corner, vec2(face.width, face.height) * scale);
            ui.painter().rect_stroke(face, 4.0, Stroke::new(1.5, on_picture::FACE), StrokeKind::Middle);
        }
        if let Some(crop) = outcome.changed {
            actions.push(Action::Photo(PhotoAction::SetCrop(crop)));
        }
        self.keys(ui, actions);
    }

    /// Enter is done and Esc goes back; whatever has the keyboard next, it begins with the crop.
    fn keys(&mut self, ui: &Ui, actions: &mut Vec<Action>) {
        let id = CropFrame::id(NAME);
        let focused = ui.memory(|memory| memory.focused());
        if !self.was_on || focused.is_none() {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        self.was_on = true;
        if focused == Some(id) && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
            actions.push(Action::Photo(PhotoAction::EndCrop { keep: true }));
        }
        let typing = ui.ctx().text_edit_focused() || ui.ctx().any_popup_open();
        if !typing && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            actions.push(Action::Photo(PhotoAction::EndCrop { keep: false }));
        }
    }

    /// Proportions, turning and back to the proposal.
    pub(super) fn toolbar(ui: &mut Ui, view: &CropView<'_>, actions: &mut Vec<Action>) {
        let rect = ui.max_rect();
        let mut cut = Cut(rect.shrink2(vec2(size::PANEL_PADDING, 0.0)));
        cut.right(-2.0);
        for (command, enabled) in [
            (Command::ResetCrop, view.can_reset),
            (Command::TurnPhoto, !view.turning),
            (Command::AddPadding, view.face.is_some()),
        ] {
            command_button(ui, cut.right(24.0), command, enabled, actions);
            cut.right(4.0);
        }
        let segments = Ratio::ALL.map(|ratio| Segment::new(ratio.label()));
        let chosen = Ratio::ALL.iter().position(|ratio| *ratio == view.ratio).unwrap_or_default();
        let switch = Segmented::new("Proportion of the crop", &segments, chosen);
        let width = switch.width(ui);
        if width <= cut.rest().width() {
            if let Some(index) = switch.put(ui, cut.left(width)) {
                actions.push(Action::Photo(PhotoAction::SetRatio(Ratio::ALL[index])));
            }
            return;
        }
        let spoken = format!("Proportion of the crop, {}", view.ratio.label());
        let button = Button::new(view.ratio.label()).small().name(&spoken).opens(crate::icons::CHEVRON_DOWN);
        let width = button.width(ui);
        let button = button.put(ui, cut.left_control(width, size::CONTROL));
        menu::below(&button, 160.0, |ui| {
            for ratio in Ratio::ALL {
                if menu::Item::new(ratio.label()).chosen(ratio == view.ratio).show(ui) {
                    actions.push(Action::Photo(PhotoAction::SetRatio(ratio)));
                }
            }
        });
    }

    /// The colour of the padding, what is sent in numbers, and the two ways out.
    pub(super) fn bar(&mut self, ui: &mut Ui, view: &CropView<'_>, actions: &mut Vec<Action>) {
        let tokens = theme::of(ui);
        let rect = ui.max_rect();
        ui.painter().rect_filled(rect, 0.0, tokens.bg_panel);
        widgets::hairline_above(ui, rect);
        let mut cut = Cut(rect.shrink2(vec2(size::PANEL_PADDING, 0.0)));
        for (button, keep) in [
            (Button::primary("Done").name("Done with the crop").small(), true),
            (Button::ghost("Back").name("Back without this crop").small(), false),
        ] {
            let width = button.width(ui).max(56.0);
            button.put(ui, cut.right_control(width, size::CONTROL)).asks(actions, PhotoAction::EndCrop { keep });
            cut.right(4.0);
        }
        cut.right(8.0);
        if rect.width() >= ROOMY {
            let words = "Padding";
            let width = text::width(ui, words, Type::Label).ceil();
            text::label(ui, cut.left(width), Align::Min, words, Type::Label, tokens.text_secondary);
            cut.left(6.0);
        }
        for (color, name) in PADDINGS {
            swatch(ui, cut.left(24.0), color, name, view.padding == color)
                .asks(actions, PhotoAction::SetPadding(color));
        }
        self.other_padding(ui, cut.left(24.0), view, actions);
        cut.left(12.0);
        let (words, color) = match view.sent.error {
            Some(error) => (error.to_owned(), tokens.danger),
            None => (view.sent.words(), tokens.text_secondary),
        };
        text::label(ui, cut.rest(), Align::Max, &words, Type::Label, color);
    }

    /// A colour that is typed.
    fn other_padding(&mut self, ui: &Ui, rect: Rect, view: &CropView<'_>, actions: &mut Vec<Action>) {
        let is_other = PADDINGS.iter().all(|(color, _)| *color != view.padding);
        let color = if is_other { view.padding } else { [0xd8, 0xc4, 0xa8] };
        let button = swatch(ui, rect, color, "Another padding colour", is_other);
        if button.clicked() {
            let [red, green, blue] = view.padding;
            self.typed = format!("#{red:02X}{green:02X}{blue:02X}");
        }
        menu::popup(&button, 160.0, |ui| {
            let row = widgets::cut::next_row(ui, size::ROW);
            let read = hex_color(&self.typed);
            let field = TextField::new("Padding colour").hint("#FFFFFF").refused(read.is_none());
            let changed = field.put(ui, row, &mut self.typed).response.changed();
            if let Some(color) = hex_color(&self.typed).filter(|_| changed) {
                actions.push(Action::Photo(PhotoAction::SetPadding(color)));
            }
        });
    }
}

/// Exactly the picture that leaves, and its size.
fn rail_ui(ui: &mut Ui, view: &CropView<'_>) {
    let tokens = theme::of(ui);
    let rect = ui.max_rect();
    ui.painter().rect_filled(rect, 0.0, tokens.bg_panel);
    ui.painter().vline(rect.left() + 0.5, rect.y_range(), widgets::hairline(ui));
    let mut cut = Cut(rect.shrink(size::PANEL_PADDING));
    let title = if view.sent.as_linked { "Sent as linked" } else { "What is sent" };
    text::label(ui, cut.top(16.0), Align::Min, title, Type::Section, tokens.text);
    cut.top(8.0);
    let side = cut.rest().width().min((cut.rest().height() - 48.0).max(0.0));
    let well = cut.top(side);
    ui.painter().rect_filled(well, size::RADIUS, tokens.bg_field);
    if let Some(pixels) = view.sent.picture.size() {
        let scale = (well.width() / pixels.x).min(well.height() / pixels.y);
        let place = Rect::from_center_size(well.center(), pixels * scale);
        checker::picture(ui, place, &view.sent.picture, 0.0, egui::Color32::WHITE);
        widgets::describe(ui, place, Sense::hover(), "The picture that is sent");
    }
    cut.top(8.0);
    let (width, height) = view.sent.size;
    let pixels = format!("{width} × {height} px");
    text::label(ui, cut.top(16.0), Align::Min, &pixels, Type::Label, tokens.text_secondary);
    text::label(ui, cut.top(16.0), Align::Min, &view.sent.bytes_words(), Type::Label, tokens.text_muted);
    if view.sent.error.is_some() {
        let corner = well.left_top() + vec2(8.0, 8.0);
        chip::on_picture(ui, corner, Align::Min, "Nothing to send", None);
    }
}

/// A round sample of a padding colour.
fn swatch(ui: &Ui, rect: Rect, color: [u8; 3], name: &str, chosen: bool) -> egui::Response {
    let tokens = theme::of(ui);
    let place = widgets::cut::centred(rect, 24.0);
    let center = place.center();
    Pressable::choice(name, chosen).radius(12.0).tooltip(name).show(ui, place, ("padding", name), |_| {
        ui.painter().circle_filled(center, 7.0, theme::photo_color(color));
        ui.painter().circle_stroke(center, 6.5, Stroke::new(1.0, tokens.line_control));
        if chosen {
            ui.painter().circle_stroke(center, 10.0, Stroke::new(2.0, tokens.accent));
        }
    })
}

/// A colour as `#RRGGBB`, with or without the sign.
fn hex_color(text: &str) -> Option<[u8; 3]> {
    let digits = text.trim().trim_start_matches('#');
    let all_hex = digits.len() == 6 && digits.chars().all(|digit| digit.is_ascii_hexdigit());
    let number = u32::from_str_radix(digits, 16).ok().filter(|_| all_hex)?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some([red, green, blue])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_six_hex_digits() {
        assert_eq!(hex_color(" #FF8001 "), Some([255, 128, 1]));
        assert_eq!(hex_color("ff8001"), Some([255, 128, 1]));
        for text in ["", "#fff", "#GGGGGG", "+12345", "#1234567"] {
            assert_eq!(hex_color(text), None, "{text}");
        }
    }
}
