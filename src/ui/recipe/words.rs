//! Prompt, negative prompt and what becomes of them; and the webhook, which is words too.

use egui::{Rect, Ui, vec2};
use serde_json::{Value as Json, json};

use super::changed;
use crate::action::{Action, RecipeAction};
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
        actions.push(Action::Recipe(RecipeAction::Set(Parameter::Prompt, json!(prompt))));
    }
    super::tip(Parameter::Prompt, view).show(response);
    ui.add_space(4.0);
    let row = inset(cut::next_row(ui, size::ROW));
    let mut negative = view.recipe.negative_prompt.clone();
    changed::dot(ui, row, "Negative prompt", &[Parameter::NegativePrompt], view, actions);
    let field = TextField::new("Negative prompt").prefix("Negative");
    let response = field.put(ui, row, &mut negative).response;
    if response.changed() {
        actions.push(Action::Recipe(RecipeAction::Set(Parameter::NegativePrompt, json!(negative))));
    }
    super::tip(Parameter::NegativePrompt, view).show(response);
    sent(ui, shows_sent, view);
    ui.add_space(8.0);
}

/// What becomes of the words, in one line for the header above them, so that nothing moves while they are typed.
pub(super) fn becomes(view: &RecipeView<'_>) -> String {
    match view.engine {
        EngineId::Pixazo if words_of_model::says_sticker(&view.recipe.prompt) => {
            "The service adds “Sticker” itself, so that word is not needed.".to_owned()
        }
        EngineId::Pixazo => String::new(),
        EngineId::Local => {
            let said = [("Understood", view.words_understood), ("Left aside", view.words_ignored)];
            let said = said.into_iter().filter(|(_, words)| !words.is_empty());
            let said = said.map(|(what, words)| format!("{what}: {}.", words.join(", ")));
            let left_out = view.moods_left_out.iter().map(|sentence| format!("{sentence}."));
            left_out.chain(said).collect::<Vec<_>>().join(" ")
        }
    }
}

/// Height of a line of what is sent.
const LINE: f32 = 16.0;

/// A part of what is sent, in so many lines whatever it says.
struct Said {
    words: String,
    color: egui::Color32,
    lines: usize,
}

/// All that the engine makes of the words, when it is asked for.
fn sent(ui: &mut Ui, asked: bool, view: &RecipeView<'_>) {
    if !asked {
        return;
    }
    let tokens = theme::of(ui);
    let part = |words: String, color, lines| Said { words, color, lines };
    let said = match view.engine {
        EngineId::Pixazo => {
            let [prompt, negative] = words_of_model::read(&view.recipe.prompt, &view.recipe.negative_prompt);
            let head = "The words go as they are. The model reads them as:".to_owned();
            vec![
                part(head, tokens.text_secondary, 1),
                part(prompt, tokens.text, 4),
                part(format!("Not: {negative}"), tokens.text_muted, 2),
            ]
        }
        EngineId::Local if view.words_understood.is_empty() && view.words_ignored.is_empty() => {
            let usual = "No word of a drawing style was found, so the usual one is used.".to_owned();
            vec![part(usual, tokens.text_secondary, 5)]
        }
        EngineId::Local => vec![part(becomes(view), tokens.text_secondary, 5)],
    };
    ui.add_space(6.0);
    for Said { words, color, lines } in said {
        let row = inset(cut::next_row(ui, LINE * lines as f32));
        text::paragraph(ui, row.min, row.width(), lines, &words, Type::Label, color);
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
            actions.push(Action::Recipe(RecipeAction::Set(Parameter::Webhook, Json::Null)));
        } else if url.starts_with("http://") || url.starts_with("https://") {
            actions.push(Action::Recipe(RecipeAction::Set(Parameter::Webhook, json!(url))));
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
            actions.push(Action::Recipe(RecipeAction::Set(Parameter::WebhookEventsFilter, value)));
        }
        places.left(4.0);
    }
}

fn inset(row: Rect) -> Rect {
    row.shrink2(vec2(size::PANEL_PADDING, 0.0))
}
