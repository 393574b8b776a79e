//! How stickers are printed and cut, and what a cutter that is off would leave.

use egui::{Align, Ui, vec2};

use super::pack;
use crate::action::{Action, ExportAction};
use crate::theme::{self, Type, size};
use crate::view::PrintView;
use crate::widgets::number::Numbers;
use crate::widgets::{self, Cut, Fader, Segment, Segmented, cut, text};

/// Height of the proof.
const PROOF: f32 = 180.0;

/// Draws it into the flow of `ui`.
pub(super) fn ui(ui: &mut Ui, view: &PrintView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let row = |ui: &mut Ui| cut::next_row(ui, size::ROW + 4.0).shrink2(vec2(size::PANEL_PADDING, 2.0));
    let head = cut::next_row(ui, size::HEADER).shrink2(vec2(size::PANEL_PADDING, 0.0));
    text::label(ui, head, Align::Min, "On paper", Type::Heading, tokens.text);
    let mut paper = Cut(row(ui));
    text::label(ui, paper.left(size::LABEL_COLUMN - 32.0), Align::Min, "Paper", Type::Label, tokens.text);
    let papers: Vec<Segment<'_>> = view.papers.iter().map(|paper| Segment::new(paper)).collect();
    let switch = Segmented::new("Paper", &papers, view.paper);
    let place = paper.left_control(switch.width(ui), size::CONTROL);
    if let Some(chosen) = switch.put(ui, place) {
        actions.push(ExportAction::Paper(chosen).into());
    }
    let tenths = |range| Numbers { range, step: 0.5, decimals: 1, only_steps: false };
    let whole = |range| Numbers { range, step: 1.0, decimals: 0, only_steps: false };
    let longer = f64::from(view.size);
    let place = row(ui);
    if let Some(value) = Fader::new("Size, mm", longer, 60.0, whole(10.0..=180.0)).put(ui, place) {
        actions.push(ExportAction::PrintSize(value as f32).into());
    }
    let place = row(ui);
    if let Some(value) = Fader::new("Copies", f64::from(view.copies), 1.0, whole(1.0..=20.0)).put(ui, place) {
        actions.push(ExportAction::Copies(value as u32).into());
    }
    let place = row(ui);
    if let Some(value) = Fader::new("Cut offset, mm", f64::from(view.offset), 0.0, tenths(-2.0..=5.0)).put(ui, place) {
        actions.push(ExportAction::CutOffset(value as f32).into());
    }
    let shift = Numbers { range: -1.0..=1.0, step: 0.1, decimals: 1, only_steps: false };
    let place = row(ui);
    if let Some(value) = Fader::new("Cutter is off, mm", f64::from(view.shift), 0.0, shift).put(ui, place) {
        actions.push(ExportAction::Shift(value as f32).into());
    }
    let place = cut::next_row(ui, PROOF).shrink2(vec2(size::PANEL_PADDING, 6.0));
    ui.painter().rect_filled(place, size::RADIUS, theme::photo_color([0x59, 0x62, 0x6b]));
    if let Some(proof) = &view.proof {
        pack::picture(ui, place.shrink(8.0), proof);
    }
    widgets::describe(ui, place, egui::Sense::hover(), "The sticker as it would come off the sheet");
    let words = cut::next_row(ui, 24.0).shrink2(vec2(size::PANEL_PADDING, 0.0));
    text::label(ui, words, Align::Min, view.sliver, Type::Note, tokens.text_secondary);
}
