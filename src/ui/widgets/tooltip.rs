//! Tooltips of more than a name: what a control does to a face, its range and default.

use egui::{Response, RichText, Ui};

use crate::theme::{self, Type};

/// What a tooltip says.
#[derive(Clone, Debug, Default)]
pub struct Tip<'a> {
    /// The control's name.
    pub name: &'a str,
    /// What it does, in a sentence or two.
    pub help: &'a str,
    /// Range and default, or a shortcut; empty when there is nothing to add.
    pub note: String,
}

impl Tip<'_> {
    /// Shows it when the response is hovered.
    pub fn show(&self, response: Response) -> Response {
        response.on_hover_ui(|ui| self.ui(ui))
    }

    fn ui(&self, ui: &mut Ui) {
        let tokens = theme::of(ui);
        ui.set_max_width(224.0);
        ui.spacing_mut().item_spacing.y = 4.0;
        let line = |words: &str, style: Type, color| RichText::new(words).font(style.font()).color(color);
        ui.label(line(self.name, Type::Control, tokens.text));
        if !self.help.is_empty() {
            ui.label(line(self.help, Type::Label, tokens.text_secondary));
        }
        if !self.note.is_empty() {
            ui.label(line(&self.note, Type::Note, tokens.text_muted));
        }
    }
}
