//! Prompt, negative prompt and what becomes of them; and the webhook, which is words too.

use egui::{Rect, Ui, vec2};
use serde_json::{Value as Json, json};

use super::changed;
use crate::action::Action;
use crate::theme::{self, Type, size};
use crate::view::RecipeView;
use crate::widgets::chip::{Chip, Tone};
use crate::widgets::{Cut, TextField, cut, text};
use model::recipe::WebhookEvent;
use model::{EngineId, Parameter, words_of_model};

/// Draws the fields of the words.
pub(super) fn ui(ui: &mut Ui, shows_sent: bool, view: &RecipeView<'_>, actions: &mut Vec<Action>) {
    let row = inset(cut::next_row(ui, 52.0));
    let mut prompt = view.recipe.prompt.clone();
    changed::dot(ui, row, "Prompt", &[Parameter::Prompt], view, actions);
    let field = TextField::new("Prompt").hint("a person").rows(2, Type::Body);
    let response = field.put(ui, row, &mut prompt).response;
    if response.changed() {
        actions.push(Action::SetParameter(Parameter::Prompt, json!(prompt)));
    }
    super::tip(Parameter::Prompt, view).show(response);
    ui.add_space(4.0);
    let row = inset(cut::next_row(ui, size::ROW));
    let mut negative = view.recipe.negative_prompt.clone();
    changed::dot(ui, row, "Negative prompt", &[Parameter::NegativePrompt], view, actions);
    let field = TextField::new("Negative prompt").prefix("Negative");
    let response = field.put(ui, row, &mut negative).response;
    if response.changed() {
        actions.push(Action::SetParameter(Parameter::NegativePrompt, json!(negative)));
    }
    super::tip(Parameter::NegativePrompt, view).show(response);
    sent(ui, shows_sent, view);
    ui.add_space(8.0);
}

/// What the engine makes of the words: while they are typed what the built-in one does, and all of it when `asked`.
fn sent(ui: &mut Ui, asked: bool, view: &RecipeView<'_>) {
    let tokens = theme::of(ui);
    let mut lines: Vec<(String, egui::Color32)> = Vec::new();
    match view.engine {
        EngineId::Pixazo => {
            if asked {
                let [prompt, negative] = words_of_model::read(&view.recipe.prompt, &view.recipe.negative_prompt);
                lines.push(("The words go as they are. The model reads them as:".to_owned(), tokens.text_secondary));
                lines.push((prompt, tokens.text));
                lines.push((format!("Not: {negative}"), tokens.text_muted));
            }
            if words_of_model::says_sticker(&view.recipe.prompt) {
                let line = "The service adds “Sticker” itself, so that word is not needed.";
                lines.push((line.to_owned(), tokens.text_muted));
            }
        }
        EngineId::Local => {
            if !view.words_understood.is_empty() {
                lines.push((format!("Understood: {}.", view.words_understood.join(", ")), tokens.text_secondary));
            } else if asked {
                let usual = "No word of a drawing style was found, so the usual one is used.";
                lines.push((usual.to_owned(), tokens.text_secondary));
            }
            if !view.words_ignored.is_empty() {
                lines.push((format!("Left aside: {}.", view.words_ignored.join(", ")), tokens.text_muted));
            }
        }
    }
    for (line, color) in lines {
        let width = ui.available_width() - 2.0 * size::PANEL_PADDING;
        let height = text::paragraph_height(ui, width, 4, &line, Type::Label);
        let row = inset(cut::next_row(ui, height + 6.0));
        text::paragraph(ui, row.min + vec2(0.0, 6.0), width, 4, &line, Type::Label, color);
    }
}

/// Draws the webhook's fields.
pub(super) fn delivery(ui: &mut Ui, view: &RecipeView<'_>, actions: &mut Vec<Action>) {
    let row = inset(cut::next_row(ui, size::ROW));
    let key = ui.make_persistent_id("webhook being typed");
    let stored = view.recipe.webhook.clone().unwrap_or_default();
    let mut url = ui.data(|data| data.get_temp::<String>(key)).unwrap_or_else(|| stored.clone());
    let refused = !url.is_empty() && !url.starts_with("http://") && !url.starts_with("https://");
    let field = TextField::new("Webhook URL").hint("https://…").refused(refused);
    let shown = field.put(ui, row, &mut url);
    if shown.response.changed() {
        if url.is_empty() {
            actions.push(Action::SetParameter(Parameter::Webhook, Json::Null));
        } else if url.starts_with("http://") || url.starts_with("https://") {
            actions.push(Action::SetParameter(Parameter::Webhook, json!(url)));
        }
    }
    // Asked before: the data and the focus are behind the same lock.
    let unfinished = shown.response.has_focus() || refused;
    ui.data_mut(|data| {
        if unfinished {
            data.insert_temp(key, url);
        } else {
            data.remove::<String>(key);
        }
    });
    if refused {
        shown.response.on_hover_text("An http or https address.");
    }
    if view.recipe.webhook.is_some() {
        events(ui, view, actions);
    }
    ui.add_space(8.0);
}

/// Which events the webhook is told; none chosen means all.
fn events(ui: &mut Ui, view: &RecipeView<'_>, actions: &mut Vec<Action>) {
    ui.add_space(4.0);
    let row = inset(cut::next_row(ui, size::ROW));
    let chosen = &view.recipe.webhook_events_filter;
    let mut places = Cut(row);
    for event in WebhookEvent::ALL.into_iter().filter(|event| *event != WebhookEvent::Every) {
        let on = chosen.contains(&event);
        let chip = Chip::new(event.word(), Tone::Quiet).on(on);
        let place = places.left(chip.width(ui));
        if chip.put(ui, place).clicked() {
            let words: Vec<&str> = WebhookEvent::ALL
                .into_iter()
                .filter(|one| *one != WebhookEvent::Every && (chosen.contains(one) != (*one == event)))
                .map(WebhookEvent::word)
                .collect();
            let value = if words.is_empty() { Json::Null } else { json!(words) };
            actions.push(Action::SetParameter(Parameter::WebhookEventsFilter, value));
        }
        places.left(4.0);
    }
}

fn inset(row: Rect) -> Rect {
    row.shrink2(vec2(size::PANEL_PADDING, 0.0))
}
