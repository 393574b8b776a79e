//! Chips: short facts and filters with round ends.

use egui::{Align, Color32, Rect, Response, Ui, vec2};

use super::{Cut, Pressable, text};
use crate::icons::Icon;
use crate::theme::{self, Tokens, Type, size};

/// What a chip is about, which gives its colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// A filter that is off.
    Quiet,
    /// A filter that is on, or something new.
    Accent,
    /// Money or a decision.
    Money,
    /// Broken.
    Danger,
    /// Passed.
    Ok,
}

impl Tone {
    /// Fill and text.
    const fn colors(self, tokens: &Tokens) -> (Color32, Color32) {
        match self {
            Self::Quiet => (tokens.bg_control, tokens.text_secondary),
            Self::Accent => (tokens.accent_soft, tokens.accent),
            Self::Money => (tokens.money_soft, tokens.money),
            Self::Danger => (tokens.danger_soft, tokens.danger),
            Self::Ok => (tokens.ok_soft, tokens.ok),
        }
    }
}

/// A chip.
#[must_use = "show it with `put`"]
pub struct Chip<'a> {
    words: &'a str,
    icon: Option<Icon>,
    tone: Tone,
    small: bool,
    on: Option<bool>,
    name: &'a str,
}

impl<'a> Chip<'a> {
    /// A chip of 24.
    pub const fn new(words: &'a str, tone: Tone) -> Self {
        Self { words, icon: None, tone, small: false, on: None, name: words }
    }

    /// 20 high with smaller text.
    pub const fn small(mut self) -> Self {
        self.small = true;
        self
    }

    /// With an icon before the words.
    pub const fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// A switch: it takes the accent when on.
    pub const fn on(mut self, on: bool) -> Self {
        self.on = Some(on);
        if on {
            self.tone = Tone::Accent;
        }
        self
    }

    /// A longer name for assistive technology.
    pub const fn name(mut self, name: &'a str) -> Self {
        self.name = name;
        self
    }

    const fn measures(&self) -> (f32, f32, f32, Type) {
        if self.small { (20.0, 7.0, 12.0, Type::ChipNote) } else { (24.0, 9.0, 16.0, Type::Control) }
    }

    /// Its width.
    pub fn width(&self, ui: &Ui) -> f32 {
        let (_, padding, icon, style) = self.measures();
        let icon = if self.icon.is_some() { icon + 4.0 } else { 0.0 };
        (text::width(ui, self.words, style) + icon + 2.0 * padding).ceil()
    }

    /// Shows it from the left of `rect`, centred in its height.
    pub fn put(self, ui: &mut Ui, rect: Rect) -> Response {
        let (height, padding, icon_size, style) = self.measures();
        let place = super::cut::centred(Cut(rect).left(self.width(ui)), height);
        // The small one is lower than what a hand can hit.
        let hit = super::cut::centred(place, height.max(size::CONTROL));
        let tokens = theme::of(ui);
        let chip = Pressable::new(self.name).on(self.on).ring(place, height / 2.0);
        chip.show(ui, hit, ("chip", self.name), |response| {
            let (fill, color) = self.tone.colors(tokens);
            let (fill, color) = if response.hovered() && self.tone == Tone::Quiet {
                (tokens.bg_control_hover, tokens.text)
            } else {
                (fill, color)
            };
            ui.painter().rect_filled(place, height / 2.0, fill);
            let mut cut = Cut(place.shrink2(vec2(padding, 0.0)));
            if let Some(icon) = self.icon {
                icon.paint(ui, cut.left(icon_size), icon_size, color);
                cut.left(4.0);
            }
            text::paint(ui, cut.rest(), Align::Center, self.words, style, color);
        })
    }
}

/// A chip that lies on a picture and only says something.
pub fn on_picture(ui: &mut Ui, corner: egui::Pos2, align: Align, words: &str, icon: Option<Icon>) -> Rect {
    let icon_width = if icon.is_some() { 18.0 } else { 0.0 };
    let width = (text::width(ui, words, Type::ChipNote) + icon_width + 16.0).ceil();
    let left = if align == Align::Max { corner.x - width } else { corner.x };
    let rect = Rect::from_min_size(egui::pos2(left, corner.y), vec2(width, 20.0));
    ui.painter().rect_filled(rect, 10.0, theme::on_picture::CHIP);
    let mut cut = Cut(rect.shrink2(vec2(8.0, 0.0)));
    if let Some(icon) = icon {
        icon.paint(ui, cut.left(12.0), 12.0, theme::on_picture::TEXT);
        cut.left(6.0);
    }
    text::label(ui, cut.rest(), Align::Center, words, Type::ChipNote, theme::on_picture::TEXT);
    rect
}

/// A key as it stands on a keyboard.
pub fn key_cap(ui: &mut Ui, rect: Rect, words: &str) -> Rect {
    let tokens = theme::of(ui);
    let width = (text::width(ui, words, Type::ChipNote) + 10.0).ceil();
    let place = super::cut::centred(Cut(rect).left(width), 18.0);
    ui.painter().rect_filled(place, 4.0, tokens.bg_control);
    text::label(ui, place, Align::Center, words, Type::ChipNote, tokens.text_secondary);
    place
}
