//! One sticker in the grid.

use egui::{Align, Color32, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo, vec2};

use crate::action::{Action, Command};
use crate::icons::{self, Icon};
use crate::theme::{self, Type, on_picture, size};
use crate::view::{Card, GalleryView, Picture};
use crate::widgets::{checker, focus, menu, text};

/// Draws a card in `rect`.
pub(super) fn ui(
    ui: &Ui,
    rect: Rect,
    card: &Card<'_>,
    dimmed: bool,
    view: &GalleryView<'_>,
    actions: &mut Vec<Action>,
) {
    let selected = view.selected == Some(card.id);
    let response = ui.interact(rect, ui.make_persistent_id("card"), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, selected, name(card)));
    let opacity = match (card.rejected, dimmed) {
        (true, _) => 0.28,
        (false, true) => 0.5,
        (false, false) => 1.0,
    };
    picture(ui, rect, card, opacity);
    if card.starred || card.rejected {
        let icon = if card.rejected { icons::REJECT } else { icons::STAR_FILLED };
        badge(ui, Rect::from_min_size(rect.min + Vec2::splat(4.0), Vec2::splat(20.0)), icon);
    }
    if card.is_new {
        ui.painter().circle_filled(rect.right_top() + vec2(-8.0, 8.0), 4.0, theme::of(ui).accent);
    }
    if view.partner == Some(card.id) {
        let place = Rect::from_min_size(rect.max - Vec2::splat(24.0), Vec2::splat(20.0));
        ui.painter().circle_filled(place.center(), 10.0, on_picture::CHIP);
        text::paint(ui, place, Align::Center, "B", Type::ChipNote, on_picture::TEXT);
    }
    if selected {
        checker::die_cut(ui, rect, size::RADIUS);
    }
    focus::ring(ui, &response, rect, size::RADIUS);
    let by_key = response.has_focus() && focus::by_key(ui.ctx());
    if (response.hovered() || by_key) && view.partner != Some(card.id) {
        hover_buttons(ui, rect, card, view.backgrounds, actions);
    }
    clicks(&response, ui, card, view.backgrounds, actions);
}

fn clicks(response: &Response, ui: &Ui, card: &Card<'_>, backgrounds: bool, actions: &mut Vec<Action>) {
    if response.clicked() {
        let compare = ui.input(|input| input.modifiers.alt);
        actions.push(if compare { Action::CompareWith(card.id) } else { Action::SelectSticker(card.id) });
    }
    if response.secondary_clicked() {
        actions.push(Action::SelectSticker(card.id));
    }
    response.context_menu(|ui| {
        ui.set_width(220.0);
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        if menu::Item::new(star_words(card)).icon(icons::STAR).note(".").show(ui) {
            actions.push(Action::SetStar(card.id, !card.starred));
        }
        let reject = if card.rejected { "Take it back" } else { "Reject" };
        if menu::Item::new(reject).icon(icons::REJECT).note("X").show(ui) {
            actions.push(Action::SetReject(card.id, !card.rejected));
        }
        if menu::Item::new("Compare with this one").icon(icons::COMPARE_SLIDER).note("Alt+click").show(ui) {
            actions.push(Action::CompareWith(card.id));
        }
        let (words, icon) = super::PAIR[usize::from(!backgrounds)];
        if menu::Item::new(words).icon(icon).show(ui) {
            actions.push(Action::ShowBackgrounds(!backgrounds));
        }
        menu::separator(ui);
        for command in [Command::UseSettings, Command::UseSeed, Command::SaveAs, Command::CopySticker, Command::Reveal]
        {
            crate::recipe::command_item(ui, command, actions);
        }
        menu::separator(ui);
        crate::recipe::command_item(ui, Command::Trash, actions);
    });
}

fn name(card: &Card<'_>) -> String {
    let mark = match (card.rejected, card.starred) {
        (true, _) => ", rejected",
        (false, true) => ", starred",
        (false, false) => "",
    };
    let seed = card.seed.map_or_else(String::new, |seed| format!(", seed {seed}"));
    let gone = if card.picture == Picture::Gone { ", file missing" } else { "" };
    format!("Sticker, {}{seed}{mark}{gone}", card.prompt)
}

fn picture(ui: &Ui, rect: Rect, card: &Card<'_>, opacity: f32) {
    let tokens = theme::of(ui);
    match card.picture {
        Picture::Ready { size: pixels, .. } => {
            checker::checkerboard(ui, rect, 8.0, size::RADIUS);
            let inner = rect.shrink(4.0);
            let scale = (inner.width() / pixels.x.max(1.0)).min(inner.height() / pixels.y.max(1.0));
            let place = Rect::from_center_size(inner.center(), pixels * scale);
            checker::picture(ui, place, &card.picture, 0, Color32::WHITE.gamma_multiply(opacity));
        }
        Picture::Loading => {
            ui.painter().rect_filled(rect, size::RADIUS, tokens.bg_panel);
        }
        Picture::Missing | Picture::Gone => {
            ui.painter().rect_filled(rect, size::RADIUS, tokens.bg_panel);
            icons::FAIL.paint(ui, rect, 16.0, tokens.text_muted);
            if card.picture == Picture::Gone {
                let line = rect.with_min_y(rect.bottom() - 24.0);
                text::paint(ui, line, Align::Center, "File missing", Type::ChipNote, tokens.text_muted);
            }
        }
    }
}

/// A round mark on a picture.
fn badge(ui: &Ui, rect: Rect, icon: Icon) {
    ui.painter().circle_filled(rect.center(), 10.0, on_picture::CHIP);
    icon.paint(ui, rect, 12.0, on_picture::TEXT);
}

/// What hovering brings: the star, and the other picture of the pair; both are in the menu too.
fn hover_buttons(ui: &Ui, rect: Rect, card: &Card<'_>, backgrounds: bool, actions: &mut Vec<Action>) {
    let pill = Rect::from_min_max(rect.max - vec2(52.0, 24.0), rect.max - Vec2::splat(4.0));
    ui.painter().rect_filled(pill, 10.0, on_picture::CHIP);
    let star = if card.starred { icons::STAR_FILLED } else { icons::STAR };
    let (left, right) = pill.split_left_right_at_fraction(0.5);
    if hover_button(ui, left, "star", star, star_words(card)) {
        actions.push(Action::SetStar(card.id, !card.starred));
    }
    let (words, icon) = super::PAIR[usize::from(!backgrounds)];
    if hover_button(ui, right, "pair", icon, words) {
        actions.push(Action::ShowBackgrounds(!backgrounds));
    }
}

/// One of them, with 24 points to hit.
fn hover_button(ui: &Ui, rect: Rect, salt: &str, icon: Icon, words: &str) -> bool {
    let response = ui.interact(rect.expand2(vec2(0.0, 2.0)), ui.make_persistent_id(salt), Sense::click());
    icon.paint(ui, rect, 12.0, on_picture::TEXT);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words));
    response.on_hover_text(words).clicked()
}

const fn star_words(card: &Card<'_>) -> &'static str {
    if card.starred { "Take the star away" } else { "Star" }
}
