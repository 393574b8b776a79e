//! Buttons with words, and buttons that are an icon.

use egui::{Align, Color32, CornerRadius, Rect, Response, Ui, vec2};

use super::{Pressable, text};
use crate::icons::Icon;
use crate::theme::{self, Type, size};

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The one thing to press in a view without a ticket.
    Primary,
    /// Any other button.
    Secondary,
    /// The same on a ground that has the colour of buttons.
    Raised,
    /// A way onward that is always there, in the accent's soft colour.
    Soft,
    /// Without a fill, beside a stronger one.
    Ghost,
    /// A way onward inside a sentence, in the accent.
    Link,
    /// Destroys something; in dialogs only.
    Danger,
}

/// A button with words.
#[must_use = "show it with `put` or `show`"]
pub struct Button<'a> {
    words: &'a str,
    icon: Option<Icon>,
    look: Look,
    enabled: bool,
    tooltip: Option<&'a str>,
    name: Option<&'a str>,
    height: f32,
    chevron: Option<Icon>,
    style: Type,
    icon_points: f32,
}

impl<'a> Button<'a> {
    /// A secondary button.
    pub const fn new(words: &'a str) -> Self {
        Self {
            words,
            icon: None,
            look: Look::Secondary,
            enabled: true,
            tooltip: None,
            name: None,
            height: size::ROW,
            chevron: None,
            style: Type::Control,
            icon_points: size::ICON,
        }
    }

    /// The one thing to press.
    pub const fn primary(words: &'a str) -> Self {
        Self { look: Look::Primary, style: Type::Section, ..Self::new(words) }
    }

    /// A button without a fill.
    pub const fn ghost(words: &'a str) -> Self {
        Self { look: Look::Ghost, ..Self::new(words) }
    }

    /// A way onward in a sentence.
    pub const fn link(words: &'a str) -> Self {
        Self { look: Look::Link, ..Self::new(words) }
    }

    /// Sets the look.
    pub const fn look(mut self, look: Look) -> Self {
        self.look = look;
        self
    }

    /// Puts an icon before the words.
    pub const fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Puts a small chevron after the words: it opens a list.
    pub const fn opens(mut self, chevron: Icon) -> Self {
        self.chevron = Some(chevron);
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

    /// The name for assistive technology, when the words alone do not say it.
    pub const fn name(mut self, name: &'a str) -> Self {
        self.name = Some(name);
        self
    }

    /// 24 high, for rows, with a smaller icon.
    pub const fn small(mut self) -> Self {
        self.height = size::CONTROL;
        self.icon_points = size::ICON_SMALL;
        self
    }

    /// The icon's size in points.
    pub const fn icon_points(mut self, points: f32) -> Self {
        self.icon_points = points;
        self
    }

    /// Its width when nothing squeezes it.
    pub fn width(&self, ui: &Ui) -> f32 {
        let icon = if self.icon.is_some() { self.icon_points + 6.0 } else { 0.0 };
        let chevron = if self.chevron.is_some() { 16.0 } else { 0.0 };
        (text::width(ui, self.words, self.style) + icon + chevron + 2.0 * self.padding()).ceil()
    }

    const fn padding(&self) -> f32 {
        match self.look {
            Look::Link => 2.0,
            Look::Ghost => 8.0,
            _ => 10.0,
        }
    }

    /// Shows it in the flow of `ui` at its own size.
    pub fn show(self, ui: &mut Ui) -> Response {
        let size = vec2(self.width(ui), self.height);
        let rect = ui.allocate_space(size).1;
        self.put(ui, rect)
    }

    /// Shows it in `rect`.
    pub fn put(self, ui: &mut Ui, rect: Rect) -> Response {
        let radius = if self.height <= size::CONTROL { size::RADIUS_SMALL } else { size::RADIUS };
        let button = Pressable::new(self.name.unwrap_or(self.words)).enabled(self.enabled).radius(radius);
        let response = button.show(ui, rect, ("button", self.words, self.name), |response| {
            let (fill, color) = self.colors(ui, response);
            if let Some(fill) = fill {
                ui.painter().rect_filled(rect, CornerRadius::same(radius as u8), fill);
            }
            self.paint_content(ui, rect, color);
        });
        let response = if self.look == Look::Link && self.enabled {
            response.on_hover_cursor(egui::CursorIcon::PointingHand)
        } else {
            response
        };
        match self.tooltip {
            Some(tooltip) => response.on_hover_text(tooltip),
            None => response,
        }
    }

    fn paint_content(&self, ui: &Ui, rect: Rect, color: Color32) {
        // A narrow place takes from gap and padding before it cuts the words.
        let gap = if self.width(ui) > rect.width() + 8.0 { 4.0 } else { 6.0 };
        let icon_width = if self.icon.is_some() { self.icon_points + gap } else { 0.0 };
        let chevron_width = if self.chevron.is_some() { 16.0 } else { 0.0 };
        let natural = text::width(ui, self.words, self.style) + icon_width + chevron_width;
        let padding = ((rect.width() - natural) / 2.0).max(2.0).min(self.padding());
        let inner = rect.shrink2(vec2(padding, 0.0));
        let room = (inner.width() - icon_width - chevron_width).max(0.0);
        let words = text::galley(ui, self.words, self.style, color, room, 1);
        let content = words.size().x + icon_width + chevron_width;
        let left = (inner.center().x - content / 2.0).round();
        if let Some(icon) = self.icon {
            let place = Rect::from_min_size(egui::pos2(left, rect.top()), vec2(self.icon_points, rect.height()));
            icon.paint(ui, place, self.icon_points, color);
        }
        let top = rect.center().y - words.size().y / 2.0;
        let end = left + icon_width + words.size().x;
        ui.painter().galley(egui::pos2(left + icon_width, top), words, color);
        if let Some(chevron) = self.chevron {
            chevron.paint(
                ui,
                Rect::from_min_size(egui::pos2(end + 2.0, rect.top()), vec2(14.0, rect.height())),
                14.0,
                color,
            );
        }
    }

    fn colors(&self, ui: &Ui, response: &Response) -> (Option<Color32>, Color32) {
        let tokens = theme::of(ui);
        let pressed = response.is_pointer_button_down_on();
        let hovered = response.hovered();
        if !self.enabled {
            let fill = (!matches!(self.look, Look::Ghost | Look::Link)).then_some(tokens.bg_control);
            return (fill, tokens.text_disabled);
        }
        let pick = |rest, hover, active| {
            if pressed {
                active
            } else if hovered {
                hover
            } else {
                rest
            }
        };
        match self.look {
            Look::Primary => (Some(pick(tokens.paper, tokens.paper_hover, tokens.paper_active)), tokens.on_paper),
            Look::Secondary => {
                (Some(pick(tokens.bg_control, tokens.bg_control_hover, tokens.bg_control_active)), tokens.text)
            }
            Look::Raised => {
                (Some(pick(tokens.bg_control_hover, tokens.line_control, tokens.bg_control_active)), tokens.text)
            }
            Look::Soft => {
                (Some(pick(tokens.accent_soft, tokens.bg_control_hover, tokens.bg_control_active)), tokens.accent)
            }
            Look::Danger => (Some(tokens.danger_fill), tokens.on_danger),
            Look::Ghost if hovered => (Some(tokens.bg_control), tokens.text),
            Look::Ghost => (None, tokens.text_secondary),
            Look::Link => (None, if hovered { tokens.accent_hover } else { tokens.accent }),
        }
    }
}

/// A button that is an icon: at least 24 × 24 to hit, named, with a tooltip.
#[must_use = "show it with `put` or `show`"]
pub struct IconButton<'a> {
    icon: Icon,
    name: &'a str,
    tooltip: Option<&'a str>,
    points: f32,
    side: f32,
    on: Option<bool>,
    enabled: bool,
    tint: Option<Color32>,
}

impl<'a> IconButton<'a> {
    /// A button of 24 with an icon of 16.
    pub const fn new(icon: Icon, name: &'a str) -> Self {
        Self { icon, name, tooltip: None, points: size::ICON, side: size::CONTROL, on: None, enabled: true, tint: None }
    }

    /// Says more on hover than its name.
    pub const fn tooltip(mut self, tooltip: &'a str) -> Self {
        self.tooltip = Some(tooltip);
        self
    }

    /// Makes it a switch that is on or off.
    pub const fn on(mut self, on: bool) -> Self {
        self.on = Some(on);
        self
    }

    /// May it be pressed?
    pub const fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// Its side in points, 24 or more.
    pub const fn side(mut self, side: f32) -> Self {
        self.side = side;
        self
    }

    /// The icon's size in points.
    pub const fn points(mut self, points: f32) -> Self {
        self.points = points;
        self
    }

    /// Another colour than the one for icons at rest.
    pub const fn tint(mut self, tint: Color32) -> Self {
        self.tint = Some(tint);
        self
    }

    /// Shows it in the flow of `ui`.
    pub fn show(self, ui: &mut Ui) -> Response {
        let rect = ui.allocate_space(egui::Vec2::splat(self.side)).1;
        self.put(ui, rect)
    }

    /// Shows it centred in `rect`.
    pub fn put(self, ui: &mut Ui, rect: Rect) -> Response {
        let rect = Rect::from_center_size(rect.center(), egui::Vec2::splat(self.side));
        let radius = if self.side > size::CONTROL { size::RADIUS } else { size::RADIUS_SMALL };
        let tooltip = self.tooltip.unwrap_or(self.name);
        let button = Pressable::new(self.name).enabled(self.enabled).on(self.on).radius(radius).tooltip(tooltip);
        button.show(ui, rect, ("icon button", self.name), |response| self.paint(ui, rect, radius, response))
    }

    fn paint(&self, ui: &Ui, rect: Rect, radius: f32, response: &Response) {
        let tokens = theme::of(ui);
        let is_on = self.on == Some(true);
        let hot = self.enabled && response.hovered();
        let fill = match (is_on, hot) {
            (true, _) => Some(tokens.accent_soft),
            (false, true) => {
                Some(if response.is_pointer_button_down_on() { tokens.bg_control_active } else { tokens.bg_control })
            }
            (false, false) => None,
        };
        if let Some(fill) = fill {
            ui.painter().rect_filled(rect, CornerRadius::same(radius as u8), fill);
        }
        let tint = if !self.enabled {
            tokens.text_disabled
        } else if is_on {
            tokens.accent
        } else if hot {
            tokens.text
        } else {
            self.tint.unwrap_or(tokens.text_secondary)
        };
        self.icon.paint(ui, rect, self.points, tint);
    }
}

/// A fact in words with an icon before it; gives the place of both.
pub fn icon_label(
    ui: &mut Ui,
    rect: Rect,
    icon: Icon,
    points: f32,
    words: &str,
    tint: Color32,
    color: Color32,
) -> Rect {
    let mut cut = super::Cut(rect);
    icon.paint(ui, cut.left(points), points, tint);
    cut.left(6.0);
    text::label(ui, cut.rest(), Align::Min, words, Type::Label, color).rect
}
