//! One sticker in the grid.

use egui::{Align, Color32, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo, vec2};

use crate::action::COMMAND_KEY;
use crate::action::{Action, Command, GalleryAction};
use crate::icons::{self, Icon};
use crate::theme::{self, Type, on_picture, size};
use crate::view::{Card, GalleryView, Picture};
use crate::widgets::{Cut, checker, focus, menu, text};

/// Draws a card in `rect`.
pub(super) fn ui(
    ui: &Ui,
    rect: Rect,
    card: &Card<'_>,
    dimmed: bool,
    view: &GalleryView<'_>,
    actions: &mut Vec<Action>,
) {
    let selected = view.selected == Some(card.id) || card.chosen;
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
    if selected || response.context_menu_opened() {
        checker::die_cut(ui, rect, size::RADIUS);
    }
    focus::ring(ui, &response, rect, size::RADIUS);
    let by_key = response.has_focus() && focus::by_key(ui.ctx());
    if (response.contains_pointer() || by_key) && view.partner != Some(card.id) {
        hover_buttons(ui, rect, card, view, actions);
    }
    clicks(&response, ui, card, view, actions);
}

/// The words of the way to compare; also its name.
const COMPARE: &str = "Compare with this one";

/// Can the sticker in the viewer be compared with this one? Not with itself.
fn can_compare(card: &Card<'_>, view: &GalleryView<'_>) -> bool {
    view.selected.is_some_and(|selected| selected != card.id)
}

fn clicks(response: &Response, ui: &Ui, card: &Card<'_>, view: &GalleryView<'_>, actions: &mut Vec<Action>) {
    if response.clicked() {
        let held = ui.input(|input| input.modifiers);
        actions.push(match (held.shift, held.command || held.ctrl, held.alt) {
            (true, ..) => Action::Gallery(GalleryAction::ExtendTo(card.id)),
            (_, true, _) => Action::Gallery(GalleryAction::Toggle(card.id)),
            (_, _, true) => Action::Gallery(GalleryAction::CompareWith(card.id)),
            _ => Action::Gallery(GalleryAction::Select(card.id)),
        });
    }
    response.context_menu(|ui| context_menu(ui, card, view, actions));
}

/// What can be done with this sticker, or with all that are chosen when it is one of them.
fn context_menu(ui: &mut Ui, card: &Card<'_>, view: &GalleryView<'_>, actions: &mut Vec<Action>) {
    ui.set_width(220.0);
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    let of_several = card.chosen && view.chosen > 1;
    if of_several {
        let words = format!("{} stickers", view.chosen);
        menu::Item::new(&words).enabled(false).show(ui);
    }
    let reject = if card.rejected { "Take it back" } else { "Reject" };
    let marks = [
        (star_words(card), Command::ToggleStar, Action::Gallery(GalleryAction::SetStar(card.id, !card.starred))),
        (reject, Command::ToggleReject, Action::Gallery(GalleryAction::SetReject(card.id, !card.rejected))),
    ];
    for (words, command, alone) in marks {
        let note = command.shortcut_text().unwrap_or_default();
        if menu::Item::new(words).icon(command.icon()).note(&note).show(ui) {
            actions.push(if of_several { Action::Gallery(GalleryAction::RunOn(card.id, command)) } else { alone });
        }
    }
    let note = format!("{COMMAND_KEY}+click");
    let compare = menu::Item::new(COMPARE).icon(icons::COMPARE_SLIDER).note(&note);
    if compare.enabled(can_compare(card, view)).show(ui) {
        actions.push(Action::Gallery(GalleryAction::CompareWith(card.id)));
    }
    let (words, icon) = super::PAIR[usize::from(!view.backgrounds)];
    if menu::Item::new(words).icon(icon).show(ui) {
        actions.push(Action::Gallery(GalleryAction::ShowBackgrounds(!view.backgrounds)));
    }
    menu::separator(ui);
    let of_one: &[Command] = if of_several { &[] } else { &[Command::UseSettings, Command::UseSeed] };
    let all = [Command::SaveAs, Command::CopySticker, Command::Rename, Command::Reveal];
    for command in of_one.iter().chain(&all) {
        item(ui, *command, card, actions);
    }
    menu::separator(ui);
    item(ui, if view.in_bin { Command::Restore } else { Command::Trash }, card, actions);
}

/// A row of the menu for a command of the table, about this card.
fn item(ui: &mut Ui, command: Command, card: &Card<'_>, actions: &mut Vec<Action>) {
    let note = command.shortcut_text().unwrap_or_default();
    if menu::Item::new(command.label()).icon(command.icon()).note(&note).show(ui) {
        actions.push(Action::Gallery(GalleryAction::RunOn(card.id, command)));
    }
}

fn name(card: &Card<'_>) -> String {
    let mark = match (card.rejected, card.starred) {
        (true, _) => ", rejected",
        (false, true) => ", starred",
        (false, false) => "",
    };
    let seed = card.seed.map_or_else(String::new, |seed| format!(", seed {seed}"));
    let gone = if card.picture == Picture::Gone { ", file missing" } else { "" };
    format!("Sticker, {}{seed}{mark}{gone}", card.called)
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

/// What hovering brings: the star, the way to compare, and the other picture of the pair; all are in the menu too.
fn hover_buttons(ui: &Ui, rect: Rect, card: &Card<'_>, view: &GalleryView<'_>, actions: &mut Vec<Action>) {
    let compares = can_compare(card, view);
    // A small card has room for two.
    let pairs = !compares || rect.width() >= 3.0 * 24.0 + 8.0;
    let width = 24.0 * (1.0 + f32::from(u8::from(compares)) + f32::from(u8::from(pairs)));
    let pill = Rect::from_min_max(rect.max - vec2(width + 4.0, 24.0), rect.max - Vec2::splat(4.0));
    ui.painter().rect_filled(pill, 10.0, on_picture::CHIP);
    let mut cut = Cut(pill);
    let star = if card.starred { icons::STAR_FILLED } else { icons::STAR };
    if hover_button(ui, cut.left(24.0), "star", star, star_words(card)) {
        actions.push(Action::Gallery(GalleryAction::SetStar(card.id, !card.starred)));
    }
    if compares && hover_button(ui, cut.left(24.0), "compare", icons::COMPARE_SLIDER, COMPARE) {
        actions.push(Action::Gallery(GalleryAction::CompareWith(card.id)));
    }
    let (words, icon) = super::PAIR[usize::from(!view.backgrounds)];
    if pairs && hover_button(ui, cut.left(24.0), "pair", icon, words) {
        actions.push(Action::Gallery(GalleryAction::ShowBackgrounds(!view.backgrounds)));
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
