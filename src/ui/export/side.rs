//! What the pack looks like in a chat, what the rules say, and the button.

use egui::{Align, Color32, Rect, ScrollArea, Ui, Vec2, vec2};

use super::{pack, print, rules, sign};
use crate::action::{Action, Asks as _, ExportAction, export::Mend};
use crate::icons;
use crate::theme::{self, Type, on_picture, size};
use crate::view::{ExportView, Lamp, Picture};
use crate::widgets::{self, Button, Cut, cut, progress, text};

/// Height of the two chats.
const CHAT: f32 = 236.0;

/// What is said in the chats, before the sticker and after it.
const SAID: [[&str; 2]; 2] = [["Are you close?", "See you"], ["Time for bed", "Sleep well"]];

/// Draws the panel in `rect`.
pub(super) fn ui(ui: &mut Ui, rect: Rect, view: &ExportView<'_>, actions: &mut Vec<Action>) {
    widgets::name_group(ui, "What the platform says");
    let tokens = theme::of(ui);
    ui.painter().rect_filled(rect, 0.0, tokens.bg_panel);
    widgets::hairline_right(ui, Rect::from_x_y_ranges(rect.left()..=rect.left(), rect.y_range()));
    let mut cut = Cut(rect);
    let lines = view.written.len().min(4) as f32;
    let foot = cut.bottom(size::TICKET + 2.0 * size::PANEL_PADDING + lines * size::ROW);
    let body = cut.rest();
    widgets::inside_clipped(ui, body, "side body", |ui| {
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            ui.spacing_mut().item_spacing = Vec2::ZERO;
            if let Some(print) = &view.print {
                print::ui(ui, print, actions);
            } else {
                chats(ui, view, actions);
            }
            let line = cut::next_row(ui, 1.0);
            widgets::hairline_below(ui, line);
            rules::ui(ui, view, actions);
            last_metre(ui, view);
        });
    });
    ui.painter().rect_filled(foot, 0.0, tokens.bg_panel);
    widgets::hairline_above(ui, foot);
    self::foot(ui, foot.shrink(size::PANEL_PADDING), view, actions);
}

/// The chosen sticker as two chats show it, and whether it reads.
fn chats(ui: &mut Ui, view: &ExportView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let mut head = Cut(cut::next_row(ui, size::HEADER).shrink2(vec2(size::PANEL_PADDING, 0.0)));
    let note = "at chat size, 128 px";
    let width = text::width(ui, note, Type::Label).ceil();
    text::label(ui, head.right(width), Align::Max, note, Type::Label, tokens.text_secondary);
    text::label(ui, head.rest(), Align::Min, "In a chat", Type::Heading, tokens.text);
    let place = cut::next_row(ui, CHAT).shrink2(vec2(size::PANEL_PADDING, 0.0));
    let (left, right) = place.split_left_right_at_fraction(0.5);
    let sticker = view.stickers.get(view.selected).map(|sticker| sticker.picture).unwrap_or_default();
    let [_, _, light, dark] = on_picture::SWATCHES;
    chat(ui, left.with_max_x(left.right() - 4.0), light, SAID[0], &sticker);
    chat(ui, right.with_min_x(right.left() + 4.0), dark, SAID[1], &sticker);
    widgets::describe(ui, place, egui::Sense::hover(), "The sticker in a light and in a dark chat");
    cut::next_row(ui, 8.0);
    for line in view.reads {
        let mut row = Cut(cut::next_row(ui, 22.0).shrink2(vec2(size::PANEL_PADDING, 0.0)));
        let place = row.left(size::ICON);
        if let Some((icon, tint)) = sign(line.lamp, tokens) {
            icon.paint(ui, place, size::ICON_SMALL, tint);
        }
        row.left(8.0);
        let size = format!("{} px", line.size);
        text::label(ui, row.left(48.0), Align::Min, &size, Type::Control, tokens.text);
        text::label(ui, row.rest(), Align::Min, &line.words, Type::Label, tokens.text_secondary);
    }
    if view.reads.iter().any(|line| line.lamp != Lamp::Good) {
        for mends in Mend::ALL.chunks(2) {
            let mut row = Cut(cut::next_row(ui, size::ROW + 4.0).shrink2(vec2(size::PANEL_PADDING, 4.0)));
            for mend in mends {
                let button = Button::new(mend.label()).small();
                let place = row.left_control(button.width(ui), size::CONTROL);
                row.left(8.0);
                button.put(ui, place).asks(actions, ExportAction::Mend(view.selected, *mend));
            }
        }
    }
    cut::next_row(ui, 8.0);
}

fn chat(ui: &Ui, rect: Rect, wallpaper: Color32, said: [&str; 2], sticker: &Picture) {
    let is_light = wallpaper.r() > 128;
    let (bubble, ink) = if is_light {
        (Color32::WHITE, on_picture::INK)
    } else {
        (theme::photo_color([0x2b, 0x3a, 0x45]), Color32::from_gray(220))
    };
    ui.painter().rect_filled(rect, size::RADIUS, wallpaper);
    let clipped = ui.painter().with_clip_rect(rect);
    let say = |top: f32, words: &str, align: Align| {
        let width = text::width(ui, words, Type::Label).ceil() + 16.0;
        let left = if align == Align::Min { rect.left() + 8.0 } else { rect.right() - 8.0 - width };
        let place = Rect::from_min_size(egui::pos2(left, top), vec2(width, 26.0));
        clipped.rect_filled(place, 8.0, bubble);
        text::paint(ui, place, Align::Center, words, Type::Label, ink);
    };
    say(rect.top() + 8.0, said[0], Align::Min);
    say(rect.bottom() - 34.0, said[1], Align::Max);
    let side = 128.0_f32.min(rect.width() - 8.0);
    let middle = egui::pos2(rect.center().x, rect.top() + 40.0 + 72.0);
    pack::picture(ui, Rect::from_center_size(middle, Vec2::splat(side)), sticker);
}

/// What a person does with the files, in three sentences.
fn last_metre(ui: &mut Ui, view: &ExportView<'_>) {
    let tokens = theme::of(ui);
    let head = cut::next_row(ui, size::HEADER).shrink2(vec2(size::PANEL_PADDING, 0.0));
    text::label(ui, head, Align::Min, "The last metre", Type::Heading, tokens.text);
    let mut way = Cut(cut::next_row(ui, 28.0).shrink2(vec2(size::PANEL_PADDING, 0.0)));
    let stations = [icons::COMPUTER, icons::FOLDER, icons::UPLOAD, icons::CHAT];
    for (place, icon) in stations.into_iter().enumerate() {
        if place > 0 {
            icons::ARROW_RIGHT.paint(ui, way.left(28.0), size::ICON_SMALL, tokens.text_muted);
        }
        icon.paint(ui, way.left(24.0), 20.0, tokens.accent);
    }
    let width = ui.available_width() - 2.0 * size::PANEL_PADDING - 20.0;
    for (number, sentence) in view.last_metre.iter().enumerate() {
        let height = text::paragraph_height(ui, width, 4, sentence, Type::Label);
        let place = cut::next_row(ui, height + 6.0).min + vec2(size::PANEL_PADDING, 0.0);
        let digit = Rect::from_min_size(place, vec2(16.0, 16.0));
        text::label(ui, digit, Align::Min, &(number + 1).to_string(), Type::Section, tokens.accent);
        text::paragraph(ui, place + vec2(20.0, 0.0), width, 4, sentence, Type::Label, tokens.text_secondary);
    }
    cut::next_row(ui, 12.0);
}

/// What was written, and the button.
fn foot(ui: &mut Ui, rect: Rect, view: &ExportView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let mut cut = Cut(rect);
    let button = cut.bottom(size::TICKET);
    for (place, written) in view.written.iter().take(4).enumerate() {
        let mut row = Cut(cut.top(size::ROW));
        if let Some((icon, tint)) = sign(written.lamp, tokens) {
            icon.paint(ui, row.left(size::ICON), size::ICON_SMALL, tint);
        }
        row.left(8.0);
        if written.has_files {
            let name = format!("Show the files for {}", written.target);
            let show = Button::link("Show").small().name(&name);
            let width = show.width(ui);
            show.put(ui, row.right_control(width, size::CONTROL)).asks(actions, ExportAction::Reveal(place));
            row.right(8.0);
        }
        text::label(ui, row.rest(), Align::Min, written.words, Type::Label, tokens.text);
    }
    if let Some(share) = view.running {
        let mut row = Cut(button);
        let stop = Button::new("Stop");
        let width = stop.width(ui);
        stop.put(ui, row.right_control(width, size::ROW)).asks(actions, ExportAction::Stop);
        row.right(12.0);
        let bar = cut::centred(row.rest(), 4.0);
        progress::bar(ui, bar, ui.make_persistent_id("export progress"), share, "Progress of the export");
        return;
    }
    let words = view.blocked.unwrap_or(view.make);
    let write = Button::primary(words).enabled(view.blocked.is_none());
    write.put(ui, button).asks(actions, ExportAction::Write);
}
