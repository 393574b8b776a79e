//! Menus: what opens below a button, and the rows in it.

use egui::{Align, InnerResponse, Popup, PopupCloseBehavior, Response, Role, Ui, vec2};

use super::{Cut, Pressable, text};
use crate::icons::{self, Icon};
use crate::theme::{self, Type, size};

/// Shows a menu below `button` once it was pressed.
pub fn below<R>(button: &Response, width: f32, draw: impl FnOnce(&mut Ui) -> R) -> Option<InnerResponse<R>> {
    Popup::menu(button).width(width).close_behavior(PopupCloseBehavior::CloseOnClick).show(|ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
        draw(ui)
    })
}

/// Shows a popup below `button` that stays while it is used.
pub fn popup<R>(button: &Response, width: f32, draw: impl FnOnce(&mut Ui) -> R) -> Option<InnerResponse<R>> {
    Popup::menu(button).width(width).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
        draw(ui)
    })
}

/// One row of a menu.
#[must_use = "show it with `show`"]
pub struct Item<'a> {
    words: &'a str,
    icon: Option<Icon>,
    note: &'a str,
    shape: Option<(u32, u32)>,
    chosen: Option<bool>,
    marked: bool,
    enabled: bool,
}

impl<'a> Item<'a> {
    /// A row in words.
    pub const fn new(words: &'a str) -> Self {
        Self { words, icon: None, note: "", shape: None, chosen: None, marked: false, enabled: true }
    }

    /// With an icon before them.
    pub const fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// A quiet note at the right, such as a shortcut.
    pub const fn note(mut self, note: &'a str) -> Self {
        self.note = note;
        self
    }

    /// With a small drawing of a picture of this size before its words.
    pub const fn shape(mut self, width: u32, height: u32) -> Self {
        self.shape = Some((width, height));
        self
    }

    /// One of several of which one is chosen; that one has a check.
    pub const fn chosen(mut self, chosen: bool) -> Self {
        self.chosen = Some(chosen);
        self
    }

    /// Does the keyboard stand on it, though the focus is elsewhere?
    pub const fn marked(mut self, marked: bool) -> Self {
        self.marked = marked;
        self
    }

    /// May it be chosen?
    pub const fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// Shows it; true when it was chosen.
    pub fn show(self, ui: &mut Ui) -> bool {
        let rect = super::cut::next_row(ui, size::ROW);
        self.put(ui, rect)
    }

    /// Shows it in `rect`; true when it was chosen.
    pub fn put(self, ui: &Ui, rect: egui::Rect) -> bool {
        let tokens = theme::of(ui);
        let role = if self.chosen.is_some() { Role::MenuItemRadio } else { Role::MenuItem };
        let item = Pressable::new(self.words).role(role).on(self.chosen).enabled(self.enabled);
        let response = item.radius(size::RADIUS_SMALL).show(ui, rect, ("menu item", self.words), |response| {
            if self.marked || (self.enabled && (response.hovered() || response.has_focus())) {
                ui.painter().rect_filled(rect, size::RADIUS_SMALL, tokens.bg_control);
            }
            let color = if self.enabled { tokens.text } else { tokens.text_disabled };
            let mut cut = Cut(rect.shrink2(vec2(8.0, 0.0)));
            let icon = if self.chosen == Some(true) { Some(icons::CHECK) } else { self.icon };
            if icon.is_some() || self.chosen.is_some() {
                let place = cut.left(size::ICON);
                if let Some(icon) = icon {
                    icon.paint(ui, place, size::ICON, if self.enabled { tokens.text_secondary } else { color });
                }
                cut.left(8.0);
            }
            if let Some(size) = self.shape {
                drawn_size(ui, cut.left(20.0), size);
                cut.left(8.0);
            }
            if !self.note.is_empty() {
                let width = text::width(ui, self.note, Type::Note).ceil();
                text::paint(ui, cut.right(width), Align::Max, self.note, Type::Note, tokens.text_muted);
                cut.right(8.0);
            }
            text::paint(ui, cut.rest(), Align::Min, self.words, Type::Label, color);
        });
        response.clicked()
    }
}

/// A picture of this size as a frame, drawn so that larger ones look larger too.
fn drawn_size(ui: &Ui, place: egui::Rect, (width, height): (u32, u32)) {
    let tokens = theme::of(ui);
    let longest = width.max(height).max(1) as f32;
    // From 8 points for 512 pixels to 18 for 2048.
    let side = 8.0 + 5.0 * (longest / 512.0).log2().clamp(0.0, 2.0);
    let drawn = egui::Rect::from_center_size(place.center(), vec2(width as f32, height as f32) * (side / longest));
    let line = egui::Stroke::new(1.5, tokens.text_secondary);
    ui.painter().rect_stroke(drawn, 2.0, line, egui::StrokeKind::Inside);
}

/// A line between groups of rows.
pub fn separator(ui: &mut Ui) {
    let rect = super::cut::next_row(ui, 9.0);
    ui.painter().hline(rect.x_range(), rect.center().y, super::hairline(ui));
}
