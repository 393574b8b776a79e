//! A segmented control: one choice of a few, all in sight.

use egui::{Align, Rect, StrokeKind, Ui, vec2};

use super::{Cut, Pressable, text};
use crate::icons::Icon;
use crate::theme::{self, Type, size};

/// One choice.
#[derive(Clone, Copy, Debug)]
pub struct Segment<'a> {
    /// Its words; also its name.
    pub words: &'a str,
    /// An icon before them.
    pub icon: Option<Icon>,
    /// Shows the icon alone; the words are the tooltip.
    pub icon_only: bool,
    /// May it be chosen?
    pub enabled: bool,
    /// What hovering says, such as why it cannot be chosen.
    pub tooltip: Option<&'a str>,
}

impl<'a> Segment<'a> {
    /// A choice in words.
    pub const fn new(words: &'a str) -> Self {
        Self { words, icon: None, icon_only: false, enabled: true, tooltip: None }
    }

    /// A choice with an icon before its words.
    pub const fn with_icon(words: &'a str, icon: Icon) -> Self {
        Self { words, icon: Some(icon), icon_only: false, enabled: true, tooltip: None }
    }

    /// A choice shown as an icon.
    pub const fn icon(words: &'a str, icon: Icon) -> Self {
        Self { words, icon: Some(icon), icon_only: true, enabled: true, tooltip: None }
    }

    fn width(&self, ui: &Ui) -> f32 {
        if self.icon_only {
            return 26.0;
        }
        let icon = if self.icon.is_some() { size::ICON + 6.0 } else { 0.0 };
        (text::width(ui, self.words, Type::Control) + icon).ceil() + 18.0
    }
}

/// A row of choices of which one is chosen.
#[must_use = "show it with `put`"]
pub struct Segmented<'a> {
    name: &'a str,
    segments: &'a [Segment<'a>],
    chosen: usize,
}

impl<'a> Segmented<'a> {
    /// Choices with a common name.
    pub const fn new(name: &'a str, segments: &'a [Segment<'a>], chosen: usize) -> Self {
        Self { name, segments, chosen }
    }

    /// Its width.
    pub fn width(&self, ui: &Ui) -> f32 {
        self.segments.iter().map(|segment| segment.width(ui)).sum::<f32>() + 4.0
    }

    /// Shows it from the left of `rect`, 28 high; gives a choice that was made.
    pub fn put(self, ui: &mut Ui, rect: Rect) -> Option<usize> {
        let tokens = theme::of(ui);
        let track = super::cut::centred(Cut(rect).left(self.width(ui)), size::ROW);
        ui.painter().rect(track, 7.0, tokens.bg_field, tokens.hairline(), StrokeKind::Inside);
        let mut cut = Cut(track.shrink(2.0));
        let mut picked = None;
        super::inside(ui, track, ("segmented", self.name), |ui| {
            super::name_group(ui, self.name);
            for (index, segment) in self.segments.iter().enumerate() {
                let place = cut.left(segment.width(ui));
                if Self::segment(ui, place, segment, index == self.chosen) && index != self.chosen {
                    picked = Some(index);
                }
            }
        });
        picked
    }

    fn segment(ui: &Ui, rect: Rect, segment: &Segment<'_>, chosen: bool) -> bool {
        let tokens = theme::of(ui);
        let choice = Pressable::choice(segment.words, chosen).enabled(segment.enabled).radius(size::RADIUS_SMALL);
        let choice = match segment.tooltip.or_else(|| segment.icon_only.then_some(segment.words)) {
            Some(tooltip) => choice.tooltip(tooltip),
            None => choice,
        };
        let response = choice.show(ui, rect, segment.words, |response| {
            let color = if !segment.enabled {
                tokens.text_disabled
            } else if chosen || response.hovered() {
                tokens.text
            } else {
                tokens.text_secondary
            };
            if chosen {
                ui.painter().rect_filled(rect, size::RADIUS_SMALL, tokens.bg_control);
            }
            let mut cut = Cut(if segment.icon_only { rect } else { rect.shrink2(vec2(9.0, 0.0)) });
            if let Some(icon) = segment.icon {
                let place = if segment.icon_only { cut.rest() } else { cut.left(size::ICON) };
                icon.paint(ui, place, size::ICON, color);
                cut.left(6.0);
            }
            if !segment.icon_only {
                text::paint(ui, cut.rest(), Align::Center, segment.words, Type::Control, color);
            }
        });
        response.clicked()
    }
}
