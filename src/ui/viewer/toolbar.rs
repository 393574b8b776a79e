//! The viewer's toolbar: what is shown, how it is compared, on which background, how close.

use egui::{Rect, Stroke, Ui, vec2};

use super::{Compare, Showing, ViewerPanel};
use crate::action::COMMAND_KEY;
use crate::action::Command;
use crate::icons::{self, Icon};
use crate::theme::{self, on_picture, size};
use crate::view::ViewerView;
use crate::widgets::{self, Button, Cut, IconButton, Pressable, Segment, Segmented, menu};

/// Below these widths items leave the bar: long words, zoom buttons, compare modes, swatches.
const FOLDS: [f32; 4] = [712.0, 648.0, 536.0, 448.0];

/// Names of the backgrounds.
const BACKGROUNDS: [&str; 5] = ["Checkerboard", "White", "Black", "Light chat", "Dark chat"];

/// The ways to compare.
const COMPARE: [(Compare, Icon); 4] = [
    (Compare::Slider, icons::COMPARE_SLIDER),
    (Compare::Sides, icons::COMPARE_SIDES),
    (Compare::Onion, icons::COMPARE_ONION),
    (Compare::Flicker, icons::COMPARE_FLICKER),
];

impl ViewerPanel {
    pub(super) fn toolbar(&mut self, ui: &mut Ui, view: &ViewerView<'_>) {
        let rect = ui.max_rect();
        let width = rect.width();
        let mut cut = Cut(rect.shrink2(vec2(size::PANEL_PADDING, 0.0)));
        self.showing(ui, &mut cut, width, view);
        // What stands at the right is measured from the end and drawn from the left, so that Tab goes that way too.
        cut.right(-2.0);
        let zoom = cut.right(if width < FOLDS[1] { 34.0 } else { 126.0 });
        if width >= FOLDS[1] {
            ui.painter().rect_filled(cut.right_control(1.0, 16.0), 0.0, theme::of(ui).line_soft);
            cut.right(10.0);
        }
        let chat_place = cut.right(24.0);
        cut.right(8.0);
        self.swatches(ui, &mut cut, width);
        let chat = IconButton::new(icons::CHAT, "As big as in a chat").on(self.chat);
        if chat.put(ui, chat_place).clicked() {
            self.chat = !self.chat;
            self.zoom = None;
            self.pan = egui::Vec2::ZERO;
        }
        self.zoom_buttons(ui, zoom, width, view);
    }

    fn showing(&mut self, ui: &mut Ui, cut: &mut Cut, width: f32, view: &ViewerView<'_>) {
        if Self::shows_photo_only(view) {
            let tooltip = Some("The sticker shows here once it is made.");
            let segments = [Segment::new("Photo"), Segment { enabled: false, tooltip, ..Segment::new("Sticker") }];
            let switch = Segmented::new("What is shown", &segments, 0);
            let place = cut.left(switch.width(ui));
            switch.put(ui, place);
            return;
        }
        let both = if width < FOLDS[0] { "Photo" } else { "Photo and sticker" };
        let why = format!("{COMMAND_KEY}+click a second sticker in the gallery to compare it with this one.");
        let tooltip = view.other.is_none().then_some(why.as_str());
        let pair = Segment { enabled: view.other.is_some(), tooltip, ..Segment::new("A and B") };
        let segments = [Segment::new("Sticker"), Segment::new(both), pair];
        let switch = Segmented::new("What is shown", &segments, self.showing as usize);
        let place = cut.left(switch.width(ui));
        if let Some(index) = switch.put(ui, place) {
            self.showing = [Showing::Sticker, Showing::PhotoAndSticker, Showing::Pair][index];
        }
        cut.left(8.0);
        if self.showing != Showing::Sticker && width >= FOLDS[2] {
            for (mode, icon) in COMPARE {
                let button = IconButton::new(icon, icon.label).on(self.compare == mode).side(size::ROW);
                if button.put(ui, cut.left(size::ROW)).clicked() {
                    self.compare = mode;
                }
            }
        } else if self.showing != Showing::Sticker {
            let button = IconButton::new(icons::COMPARE_SLIDER, "How to compare").put(ui, cut.left(24.0));
            menu::below(&button, 200.0, |ui| {
                for (mode, icon) in COMPARE {
                    if menu::Item::new(icon.label).icon(icon).chosen(self.compare == mode).show(ui) {
                        self.compare = mode;
                    }
                }
            });
        }
    }

    fn zoom_buttons(&mut self, ui: &mut Ui, place: Rect, width: f32, view: &ViewerView<'_>) {
        let mut cut = Cut(place);
        let fit_place = cut.right(24.0);
        if width >= FOLDS[1] {
            cut.left(8.0);
            let now = self.current_zoom(ui, self.canvas, view);
            self.zoom_button(ui, cut.left(24.0), Command::ZoomOut, now * 0.8);
            let words = if view.sticker.shown().is_none() { "Fit".to_owned() } else { format!("{:.0} %", now * 100.0) };
            self.zoom_menu(ui, cut.left(44.0), &words);
            self.zoom_button(ui, cut.left(24.0), Command::ZoomIn, now * 1.25);
        }
        let fit = Command::ZoomFit.tooltip();
        if IconButton::new(icons::ZOOM_FIT, Command::ZoomFit.label()).tooltip(&fit).put(ui, fit_place).clicked() {
            self.fit();
        }
    }

    fn zoom_button(&mut self, ui: &mut Ui, place: Rect, command: Command, zoom: f32) {
        let tooltip = command.tooltip();
        let button = IconButton::new(command.icon(), command.label()).tooltip(&tooltip).points(size::ICON_SMALL);
        if button.put(ui, place).clicked() {
            self.zoom = Some(zoom.clamp(0.05, 16.0));
        }
    }

    fn zoom_menu(&mut self, ui: &mut Ui, rect: Rect, words: &str) {
        let spoken = format!("Zoom, {words}");
        let place = widgets::cut::centred(rect, size::CONTROL);
        let button = Button::ghost(words).small().name(&spoken).put(ui, place);
        menu::below(&button, 120.0, |ui| {
            if menu::Item::new("Fit").chosen(self.zoom.is_none()).show(ui) {
                self.fit();
            }
            for zoom in [0.5, 1.0, 2.0, 4.0] {
                let words = format!("{:.0} %", zoom * 100.0);
                if menu::Item::new(&words).chosen(self.zoom == Some(zoom)).show(ui) {
                    self.zoom = Some(zoom);
                }
            }
        });
    }

    fn swatches(&mut self, ui: &mut Ui, cut: &mut Cut, width: f32) {
        if width < FOLDS[3] {
            let button = IconButton::new(icons::WITH_BACKGROUND, "Background").put(ui, cut.right(24.0));
            menu::below(&button, 160.0, |ui| {
                for (index, name) in BACKGROUNDS.into_iter().enumerate() {
                    if menu::Item::new(name).chosen(self.swatch == index).show(ui) {
                        self.swatch = index;
                    }
                }
            });
            return;
        }
        let mut places = Cut(cut.right(BACKGROUNDS.len() as f32 * 26.0));
        for index in 0..BACKGROUNDS.len() {
            places.left(2.0);
            if swatch(ui, places.left(24.0), index, self.swatch == index) {
                self.swatch = index;
            }
        }
    }
}

/// A round sample of a background.
fn swatch(ui: &Ui, rect: Rect, index: usize, chosen: bool) -> bool {
    let tokens = theme::of(ui);
    let place = widgets::cut::centred(rect, 24.0);
    let name = BACKGROUNDS[index];
    let sample = Pressable::choice(name, chosen).radius(12.0).tooltip(name);
    let response = sample.show(ui, place, ("swatch", index), |_| {
        let center = place.center();
        match index {
            0 => widgets::checker::checkerboard(ui, Rect::from_center_size(center, vec2(16.0, 16.0)), 4.0, 8.0),
            _ => drop(ui.painter().circle_filled(center, 8.0, on_picture::SWATCHES[index - 1])),
        }
        ui.painter().circle_stroke(center, 7.5, Stroke::new(1.0, tokens.line_control));
        if chosen {
            ui.painter().circle_stroke(center, 10.0, Stroke::new(2.0, tokens.accent));
        }
    });
    response.clicked()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_leave_the_bar_one_after_another() {
        assert!(FOLDS.is_sorted_by(|wider, narrower| wider > narrower));
    }

    #[test]
    fn there_is_a_name_for_each_background() {
        assert_eq!(BACKGROUNDS.len(), on_picture::SWATCHES.len() + 1);
    }
}
