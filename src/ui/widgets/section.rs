//! A section's header: it folds, and then shows its values so that nothing is hidden by folding.

use egui::collapsing_header::CollapsingState;
use egui::{Align, Rect, Role, Ui, vec2};

use super::{Cut, IconButton, Pressable, text};
use crate::icons::{self, Icon};
use crate::theme::{self, Type, size};

/// A section's header.
#[must_use = "show it with `put`"]
pub struct Section<'a> {
    title: &'a str,
    open: bool,
    values: &'a str,
    changed: usize,
    way: Option<(Icon, &'a str)>,
    says: &'a str,
}

/// What was asked of a header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Fold or unfold.
    pub fold: bool,
    /// Set everything in it back to the defaults.
    pub reset: bool,
    /// The way onward at its right.
    pub way: bool,
}

impl<'a> Section<'a> {
    /// A header; `values` stand at its right when it is folded.
    pub const fn new(title: &'a str, open: bool, values: &'a str) -> Self {
        Self { title, open, values, changed: 0, way: None, says: "" }
    }

    /// How many values differ from the defaults; some bring a reset button.
    pub const fn changed(mut self, changed: usize) -> Self {
        self.changed = changed;
        self
    }

    /// A quiet way onward at its right while open.
    pub const fn way(mut self, icon: Icon, words: &'a str) -> Self {
        self.way = Some((icon, words));
        self
    }

    /// What is to be said about its content while it is open, before the way; hovering shows what does not fit.
    pub const fn says(mut self, says: &'a str) -> Self {
        self.says = says;
        self
    }

    /// Shows it in `rect`, 28 high and as wide as the panel; a hairline lies above.
    pub fn put(self, ui: &mut Ui, rect: Rect) -> Asked {
        let tokens = theme::of(ui);
        super::hairline_above(ui, rect);
        let mut asked = Asked::default();
        let mut cut = Cut(rect.shrink2(vec2(size::PANEL_PADDING, 0.0)));
        let title_width = text::width(ui, self.title, Type::Section).ceil();

        let grip = Rect::from_min_max(rect.min, egui::pos2(rect.left() + 28.0 + title_width + 8.0, rect.bottom()));
        let fold = Pressable::new(self.title).role(Role::DisclosureTriangle);
        let fold = fold.ring(grip.shrink2(vec2(4.0, 3.0)), size::RADIUS_SMALL);
        let response = fold.show(ui, grip, ("section", self.title), |response| {
            let chevron = if self.open { icons::CHEVRON_DOWN } else { icons::CHEVRON_RIGHT };
            let tint = if response.hovered() { tokens.text } else { tokens.text_muted };
            let place = Rect::from_min_size(egui::pos2(rect.left() + 8.0, rect.top()), vec2(size::ICON, rect.height()));
            chevron.paint(ui, place, size::ICON, tint);
            let title = Rect::from_min_max(egui::pos2(rect.left() + 28.0, rect.top()), rect.max);
            text::paint(ui, title, Align::Min, self.title, Type::Section, tokens.text);
        });
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_expanded(self.open));
        asked.fold = response.clicked();

        cut.left(16.0 + title_width + 16.0);
        if self.open && self.changed > 0 {
            let button = cut.right(size::ICON_SMALL);
            let name = format!("Reset {}", self.title.to_lowercase());
            asked.reset = IconButton::new(icons::RESET, &name).points(size::ICON_SMALL).put(ui, button).clicked();
            cut.right(6.0);
            let words = format!("{} changed", self.changed);
            text::label(ui, cut.rest(), Align::Max, &words, Type::Label, tokens.text_muted);
        } else if let Some((icon, words)) = self.way.filter(|_| self.open) {
            asked.way = way(ui, cut.rest(), icon, words);
            cut.right(way_width(ui, words) + 8.0);
            if !self.says.is_empty() {
                text::label(ui, cut.rest(), Align::Min, self.says, Type::Label, tokens.text_muted);
            }
        } else if !self.open && !self.values.is_empty() {
            text::label(ui, cut.rest(), Align::Max, self.values, Type::Label, tokens.text_muted);
        }
        asked
    }
}

/// What stands beneath a header; it opens and folds in a short movement.
pub fn body(ui: &mut Ui, title: &str, open: bool, draw: impl FnOnce(&mut Ui)) {
    let id = ui.make_persistent_id(("section body", title));
    let mut state = CollapsingState::load_with_default_open(ui.ctx(), id, open);
    state.set_open(open);
    state.show_body_unindented(ui, draw);
    ui.add_space(4.0 * (1.0 - state.openness(ui.ctx())));
}

fn way_width(ui: &Ui, words: &str) -> f32 {
    text::width(ui, words, Type::Label).ceil() + 20.0
}

/// A quiet button of icon and words, ending at the right of `rect`.
fn way(ui: &Ui, rect: Rect, icon: Icon, words: &str) -> bool {
    let tokens = theme::of(ui);
    let width = way_width(ui, words);
    let place = Cut(rect).right_control(width, size::CONTROL);
    let response = Pressable::new(words).radius(size::RADIUS_SMALL).show(ui, place, ("way", words), |response| {
        let color = if response.hovered() { tokens.text } else { tokens.text_muted };
        let mut cut = Cut(place);
        icon.paint(ui, cut.left(14.0), 14.0, color);
        text::paint(ui, cut.rest(), Align::Max, words, Type::Label, color);
    });
    response.clicked()
}
