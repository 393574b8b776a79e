//! A place that can be pressed: sensed, drawn by whoever knows how it looks, ringed while the keyboard leads, and named for
//! assistive technology.

use egui::{AsIdSalt, Rect, Response, Role, Sense, Ui, WidgetInfo};

use super::focus;
use crate::theme::size;

/// A place that can be pressed.
#[must_use = "show it with `show`"]
pub struct Pressable<'a> {
    name: &'a str,
    role: Role,
    on: Option<bool>,
    enabled: bool,
    tooltip: Option<&'a str>,
    /// What the ring goes around, when that is not all of it.
    ringed: Option<Rect>,
    radius: f32,
}

impl<'a> Pressable<'a> {
    /// A button of this name.
    pub const fn new(name: &'a str) -> Self {
        Self { name, role: Role::Button, on: None, enabled: true, tooltip: None, ringed: None, radius: size::RADIUS }
    }

    /// One of several of which one is chosen.
    pub const fn choice(name: &'a str, chosen: bool) -> Self {
        Self { role: Role::RadioButton, on: Some(chosen), ..Self::new(name) }
    }

    /// Another role.
    pub const fn role(mut self, role: Role) -> Self {
        self.role = role;
        self
    }

    /// Makes it a switch that is on or off.
    pub const fn on(mut self, on: Option<bool>) -> Self {
        self.on = on;
        self
    }

    /// May it be pressed?
    pub const fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// Says more on hover.
    pub const fn tooltip(mut self, tooltip: &'a str) -> Self {
        self.tooltip = Some(tooltip);
        self
    }

    /// The radius of its corners.
    pub const fn radius(mut self, radius: f32) -> Self {
        self.radius = radius;
        self
    }

    /// The ring goes around this, with corners of this radius.
    pub const fn ring(mut self, rect: Rect, radius: f32) -> Self {
        (self.ringed, self.radius) = (Some(rect), radius);
        self
    }

    /// Senses `rect` and has it drawn; `salt` tells it from its siblings.
    pub fn show(self, ui: &Ui, rect: Rect, salt: impl AsIdSalt, draw: impl FnOnce(&Response)) -> Response {
        let sense = if self.enabled { Sense::click() } else { Sense::hover() };
        let response = ui.interact(rect, ui.make_persistent_id(salt), sense);
        draw(&response);
        focus::ring(ui, &response, self.ringed.unwrap_or(rect), self.radius);
        response.widget_info(|| match self.on {
            Some(on) => WidgetInfo::selected(self.role, self.enabled, on, self.name),
            None => WidgetInfo::labeled(self.role, self.enabled, self.name),
        });
        match self.tooltip {
            Some(tooltip) => response.on_hover_text(tooltip),
            None => response,
        }
    }
}
