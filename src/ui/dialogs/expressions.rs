//! A list of expressions, one sticker of each.

use egui::{Context, Rect, Role, Ui, vec2};

use crate::action::{Action, Asks as _, RecipeAction};
use crate::icons;
use crate::theme::{self, Type, size};
use crate::view::ExpressionsView;
use crate::widgets::chip::{Chip, Tone};
use crate::widgets::dialog::{self, Dialog};
use crate::widgets::{Button, Cut, Stub, TextField, Ticket, cut, look, text};
use model::EngineId;

/// Draws the dialog; true when it is to be closed.
pub(super) fn show(ctx: &Context, just_opened: bool, view: &ExpressionsView<'_>, actions: &mut Vec<Action>) -> bool {
    let (cancelled, closed) = Dialog::new("Expressions", icons::SMILE).show(ctx, |ui| {
        let seed = match view.seed {
            Some(seed) => format!("all with the kept seed {seed}"),
            None => "all with one new seed".to_owned(),
        };
        dialog::sentence(ui, &format!("One sticker of each, as one pack: {seed}, so that they belong together."));
        moods(ui, view, actions);
        let field = TextField::new("Expressions, parted by commas").hint("happy, angry").rows(2, Type::Body);
        let field = field.refused(view.is_refused);
        if just_opened {
            let id = field.id(ui);
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let mut typed = view.typed.to_owned();
        let row = cut::next_row(ui, 52.0);
        if field.put(ui, row, &mut typed).response.changed() {
            actions.push(Action::Recipe(RecipeAction::ListExpressions(typed)));
        }
        ui.add_space(8.0);
        // What is seen above needs no chip.
        let is_seen = |word: &&String| view.moods.iter().any(|mood| mood.word == **word);
        let others: Vec<&String> = view.made.iter().filter(|word| !is_seen(word)).collect();
        chips(ui, &others);
        if let Some(remark) = view.remark {
            let tokens = theme::of(ui);
            let color = if view.is_refused { tokens.danger } else { tokens.money };
            let width = ui.available_width();
            let height = text::paragraph_height(ui, width, 5, remark, Type::Label);
            let row = cut::next_row(ui, height + 8.0);
            text::paragraph(ui, row.min, width, 5, remark, Type::Label, color);
        }
        ui.add_space(4.0);
        ticket(ui, view, actions);
        ui.add_space(8.0);
        let row = cut::next_row(ui, size::ROW);
        Button::new("Cancel").put(ui, row).clicked()
    });
    closed || cancelled
}

/// Moods of a row.
const IN_A_ROW: usize = 6;

/// The moods as small pictures of the photo, each a switch.
fn moods(ui: &mut Ui, view: &ExpressionsView<'_>, actions: &mut Vec<Action>) {
    for moods in view.moods.chunks(IN_A_ROW) {
        let row = cut::next_row(ui, look::SIZE.y + 8.0);
        let pitch = row.width() / IN_A_ROW as f32;
        for (place, mood) in moods.iter().enumerate() {
            let left = pitch * place as f32 + (pitch - look::SIDE) / 2.0;
            let rect = Rect::from_min_size(row.min + vec2(left, 4.0), look::SIZE);
            if look::put(ui, rect, "Mood", Role::CheckBox, mood) {
                actions.push(Action::Recipe(RecipeAction::ToggleExpression(mood.word)));
            }
        }
    }
    if !view.moods.is_empty() {
        ui.add_space(8.0);
    }
}

/// The words that make a sticker, in as many lines as they need.
fn chips(ui: &mut Ui, words: &[&String]) {
    if words.is_empty() {
        return;
    }
    let mut row = Cut(cut::next_row(ui, 24.0));
    for word in words {
        let chip = Chip::new(word, Tone::Quiet).small();
        let width = chip.width(ui).min(ui.available_width());
        if row.rest().width() < width {
            row = Cut(cut::next_row(ui, 24.0));
        }
        chip.put(ui, row.left_control(width, 20.0));
        row.left(4.0);
    }
    ui.add_space(8.0);
}

fn ticket(ui: &mut Ui, view: &ExpressionsView<'_>, actions: &mut Vec<Action>) {
    let words = match view.stickers {
        0 => "Make stickers".to_owned(),
        1 => "Make sticker".to_owned(),
        count => format!("Make {count} stickers"),
    };
    let stub = view.blocked.map_or_else(|| Stub::of(view.engine.price() * view.stickers), Stub::Blocked);
    let place = match view.engine {
        EngineId::Local => "on this computer",
        EngineId::Pixazo => "at Pixazo",
    };
    let name = format!("{words} of these expressions, {}, {place}", stub.words());
    let behind = theme::of(ui).bg_raised;
    let row = cut::next_row(ui, size::TICKET);
    let ticket = Ticket::new(&words, stub, &name).behind(behind).submitting(view.submitting).opens(view.opens);
    ticket.put(ui, row).asks(actions, Action::MakeExpressions);
}
