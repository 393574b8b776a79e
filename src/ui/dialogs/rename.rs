//! A name for a sticker, or for several that are numbered.

use egui::Context;

use super::Dialogs;
use crate::action::{Action, GalleryAction};
use crate::icons;
use crate::theme::size;
use crate::view::RenameView;
use crate::widgets::dialog::{self, Dialog};
use crate::widgets::{TextField, cut};

/// Draws the dialog; true when it is to be closed.
pub(super) fn show(
    dialogs: &mut Dialogs,
    ctx: &Context,
    just_opened: bool,
    view: &RenameView<'_>,
    actions: &mut Vec<Action>,
) -> bool {
    let typed = dialogs.name.get_or_insert_with(|| view.proposed.to_owned());
    let (cancelled, closed) = Dialog { width: 360.0, ..Dialog::new("Rename", icons::RENAME) }.show(ctx, |ui| {
        let sentence = match view.stickers {
            1 => "Saved copies and exports are called so, and the search finds it.".to_owned(),
            count => format!("The first of {count} stickers is called so, the others get a number after it."),
        };
        dialog::sentence(ui, &sentence);
        let field = TextField::new("Name").hint(view.derived).selects_on_focus();
        if just_opened {
            let id = field.id(ui);
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let row = cut::next_row(ui, size::ROW);
        let entered = field.put(ui, row, typed).entered;
        ui.add_space(16.0);
        let words = if typed.trim().is_empty() { "Take the name away" } else { "Rename" };
        let [rename, cancel] = super::buttons(ui, words, "Cancel", true);
        if rename || entered {
            actions.push(Action::Gallery(GalleryAction::Rename(typed.clone())));
        }
        cancel
    });
    closed || cancelled
}
