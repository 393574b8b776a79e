//! What floats over the regions: jobs, toasts, the hint about the first sticker, the drop zone.

use egui::{Align, Area, Id, Order, Rect, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use crate::action::{Action, Asks as _, Command};
use crate::icons;
use crate::jobs::JobsPanel;
use crate::theme::{self, Type, size};
use crate::view::{JobsView, RecipeView};
use crate::widgets::toast::{self, Toast};
use crate::widgets::{self, Cut, IconButton, checker, chip, text};
use model::EngineId;

/// Draws in a layer above the window.
fn layer<R>(ui: &Ui, name: &str, rect: Rect, draw: impl FnOnce(&mut Ui) -> R) -> R {
    Area::new(Id::unique(("floating", name)))
        .order(Order::Middle)
        .fixed_pos(rect.min)
        .default_size(rect.size())
        .constrain(false)
        .fade_in(false)
        .show(ui.ctx(), |ui| {
            ui.set_min_size(rect.size());
            ui.set_max_size(rect.size());
            draw(ui)
        })
        .inner
}

/// The folded jobs, opened over the viewer.
pub(super) fn jobs(ui: &Ui, rect: Rect, panel: &mut JobsPanel, view: &JobsView<'_>, actions: &mut Vec<Action>) {
    layer(ui, "jobs", rect, |ui| {
        ui.set_clip_rect(rect.expand(32.0));
        ui.interact(rect, ui.make_persistent_id("under the jobs"), Sense::CLICK | Sense::DRAG);
        ui.painter().add(theme::of(ui).shadow().as_shape(rect, 0.0));
        widgets::inside_clipped(ui, rect, "jobs over", |ui| panel.ui(ui, view, actions));
    });
}

/// Toasts above the bottom centre of `over`.
pub(super) fn toasts(ui: &Ui, over: Rect, toasts: &[Toast<'_>], actions: &mut Vec<Action>) {
    let places = toast::lay_out(ui, over.shrink2(vec2(12.0, 0.0)), toasts);
    let Some(rect) = places.iter().map(|(_, rect)| *rect).reduce(Rect::union) else { return };
    let rect = rect.with_max_y(over.bottom());
    let asked = layer(ui, "toasts", rect, |ui| {
        ui.set_clip_rect(rect.expand(40.0));
        toast::show(ui, &places, toasts)
    });
    match asked {
        Some(toast::Asked::Answer(id)) => actions.push(Action::AnswerToast(id)),
        Some(toast::Asked::Close(id)) => actions.push(Action::CloseToast(id)),
        Some(toast::Asked::Hold(id)) => actions.push(Action::HoldToast(id)),
        None => {}
    }
}

/// The hint about the first sticker, pointing at the ticket.
pub(super) fn first_run(ui: &Ui, recipe: Option<Rect>, window: Rect, view: &RecipeView<'_>, actions: &mut Vec<Action>) {
    // Without room beside the recipe the ticket speaks for itself.
    let Some(recipe) = recipe.filter(|recipe| recipe.right() + 320.0 <= window.right()) else { return };
    let corner = pos2(recipe.right() + 12.0, recipe.bottom() - 136.0);
    let rect = Rect::from_min_size(corner, vec2(300.0, 120.0));
    layer(ui, "first run", rect, |ui| {
        let tokens = theme::of(ui);
        ui.set_clip_rect(rect.expand(40.0));
        ui.interact(rect, ui.make_persistent_id("under the hint"), Sense::CLICK);
        ui.painter().add(tokens.shadow().as_shape(rect, size::RADIUS_POPUP));
        let line = Stroke::new(1.0, tokens.accent);
        ui.painter().rect(rect, size::RADIUS_POPUP, tokens.bg_raised, line, StrokeKind::Inside);
        // The arrow lies over the border and lets it end at its sides.
        let tip = pos2(rect.left() - 8.0, rect.bottom() - 22.0);
        let (upper, lower) = (pos2(rect.left() + 1.0, tip.y - 8.0), pos2(rect.left() + 1.0, tip.y + 8.0));
        ui.painter().add(Shape::convex_polygon(vec![tip, upper, lower], tokens.bg_raised, Stroke::NONE));
        let left = rect.left() + 0.5;
        ui.painter().add(Shape::line(vec![pos2(left, upper.y), tip, pos2(left, lower.y)], line));
        let mut cut = Cut(rect.shrink(12.0));
        let head = cut.top(24.0);
        IconButton::new(icons::CLOSE, "Close the hint")
            .points(14.0)
            .put(ui, Cut(head).right(24.0))
            .asks(actions, Action::CloseHint);
        text::label(ui, head, Align::Min, "Make your first sticker", Type::Title, tokens.text);
        cut.top(6.0);
        let words = what_it_takes(view);
        text::paragraph(ui, cut.rest().min, cut.rest().width(), 2, &words, Type::Body, tokens.text_secondary);
        let mut keys = Cut(cut.bottom(20.0));
        for cap in Command::Make.shortcut_text().unwrap_or_default().split('+') {
            let place = chip::key_cap(ui, keys.rest(), cap);
            keys.left(place.width() + 6.0);
        }
        keys.left(4.0);
        text::label(ui, keys.rest(), Align::Min, "or press the button", Type::Label, tokens.text_muted);
    });
}

/// What the first sticker takes, at the chosen engine.
fn what_it_takes(view: &RecipeView<'_>) -> String {
    let price = view.price_each * view.stickers;
    match view.engine {
        EngineId::Local => "It is free, runs on this computer and takes about a second.".to_owned(),
        EngineId::Pixazo if view.opens => {
            format!("Pixazo makes it for {price}. The button opens what is still missing.")
        }
        EngineId::Pixazo => format!("Pixazo makes it for {price}. On this computer it would be free."),
    }
}

/// The whole window takes a file that is held over it.
pub(super) fn drop_here(ui: &Ui, window: Rect) {
    layer(ui, "drop", window, |ui| {
        let tokens = theme::of(ui);
        ui.painter().rect_filled(window, 0.0, egui::Color32::from_black_alpha(128));
        let rect = Rect::from_center_size(window.center(), vec2(320.0, 160.0));
        ui.painter().rect_filled(rect, size::RADIUS_POPUP, tokens.bg_raised);
        checker::dashed(ui, rect.shrink(8.0), size::RADIUS, tokens.accent);
        icons::PHOTO.paint(ui, rect.translate(vec2(0.0, -20.0)), 24.0, tokens.accent);
        let line = Rect::from_center_size(rect.center() + Vec2::new(0.0, 22.0), vec2(280.0, 20.0));
        text::label(ui, line, Align::Center, "Drop a photo, or a sticker for its settings", Type::Heading, tokens.text);
    });
}
