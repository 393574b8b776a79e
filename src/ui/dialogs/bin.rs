//! The decision to move what lies in the bin into the system's trash.

use egui::Context;

use crate::action::{Action, Asks as _, GalleryAction};
use crate::icons;
use crate::theme::{Tokens, size};
use crate::widgets::button::Look;
use crate::widgets::dialog::{self, Dialog};
use crate::widgets::{Button, Cut, cut};

/// Draws the decision about so many stickers; true when the dialog is to be closed.
pub(super) fn show(ctx: &Context, stickers: usize, actions: &mut Vec<Action>) -> bool {
    let tokens = Tokens::of_theme(ctx.theme());
    let dialog = Dialog { tint: Some(tokens.danger), width: 360.0, ..Dialog::new("Empty the bin?", icons::TRASH) };
    let (done, closed) = dialog.show(ctx, |ui| {
        let (what, them) = if stickers == 1 {
            ("1 sticker goes".to_owned(), "it")
        } else {
            (format!("{stickers} stickers go"), "them")
        };
        dialog::sentence(
            ui,
            &format!(
                "{what} to the system's trash, with every file. A file manager can bring {them} back, undo cannot."
            ),
        );
        ui.add_space(4.0);
        let mut row = Cut(cut::next_row(ui, size::ROW));
        let keep = Button::new("Keep them");
        let width = keep.width(ui) + 12.0;
        let place = row.right(width);
        row.right(8.0);
        Button::new("Move to the system's trash")
            .look(Look::Danger)
            .put(ui, row.rest())
            .asks(actions, GalleryAction::EmptyBin);
        let keep = keep.put(ui, place);
        if ui.memory(|memory| memory.focused()).is_none() {
            keep.request_focus();
        }
        keep.clicked()
    });
    closed || done
}
