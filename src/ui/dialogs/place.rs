//! A link or a path, typed where no file dialog can ask for it.

use egui::{Context, vec2};

use super::Dialogs;
use crate::action::{Action, PlaceFor};
use crate::icons::{self, Icon};
use crate::theme::{self, Type, size};
use crate::view::PlaceView;
use crate::widgets::dialog::{self, Dialog};
use crate::widgets::{TextField, cut, text};

/// Lines that what is wrong has at most.
const LINES: usize = 8;

/// The words of the dialog.
struct Words {
    title: &'static str,
    icon: Icon,
    sentence: &'static str,
    field: &'static str,
    hint: &'static str,
    button: &'static str,
}

const fn words(what: PlaceFor) -> Words {
    match what {
        PlaceFor::Photo => Words {
            title: "Photo from a link or a path",
            icon: icons::LINK,
            sentence: "The photo behind a link is fetched to show it here, and sent as this link until it is cropped.",
            field: "Link or path of the photo",
            hint: "https://… or /…",
            button: "Use this photo",
        },
        PlaceFor::Palette => Words {
            title: "Palette from a path",
            icon: icons::FOLDER,
            sentence: "The colours of a GIMP palette (.gpl) or an Adobe swatch file (.ase) become words of the prompt.",
            field: "Path of the palette",
            hint: "/…",
            button: "Use this palette",
        },
        PlaceFor::Copy => Words {
            title: "Save sticker as",
            icon: icons::SAVE,
            sentence: "The copy is a PNG file. A file that is there already stays as it is.",
            field: "Path of the copy",
            hint: "/…",
            button: "Save the copy",
        },
        PlaceFor::Ledger => Words {
            title: "Save the ledger as",
            icon: icons::SAVE,
            sentence: "The table is a CSV file. A file that is there already stays as it is.",
            field: "Path of the table",
            hint: "/…",
            button: "Save the table",
        },
        PlaceFor::Grid => Words {
            title: "Save the grid as",
            icon: icons::SAVE,
            sentence: "The grid is one PNG file with its labels. A file that is there already stays as it is.",
            field: "Path of the grid",
            hint: "/…",
            button: "Save the grid",
        },
        PlaceFor::Images => Words {
            title: "Save the images in",
            icon: icons::FOLDER,
            sentence: "Each sticker becomes a PNG file named after its values. Files that are there already stay as they are.",
            field: "Path of the folder",
            hint: "/…",
            button: "Save the images",
        },
        PlaceFor::Packs => Words {
            title: "Export into",
            icon: icons::FOLDER,
            sentence: "Each platform gets a new folder there. Files that are there already stay as they are.",
            field: "Path of the folder",
            hint: "/…",
            button: "Export",
        },
        PlaceFor::Pack => Words {
            title: "Save the pack as",
            icon: icons::SAVE,
            sentence: "The pack is a JSON file with its stickers, names and emoji. A file that is there already stays as it is.",
            field: "Path of the pack",
            hint: "/…",
            button: "Save the pack",
        },
        PlaceFor::Library => Words {
            title: "Keep stickers in",
            icon: icons::FOLDER,
            sentence: "From the next start new stickers go there. Those that are made stay where they are.",
            field: "Path of the folder",
            hint: "/…",
            button: "Use this folder",
        },
        PlaceFor::PresetsOfOthers => Words {
            title: "Import presets",
            icon: icons::FOLDER,
            sentence: "Presets that others have exported are added to yours. None takes the place of one of yours.",
            field: "Path of the presets",
            hint: "/….json",
            button: "Add these presets",
        },
        PlaceFor::PresetsForOthers => Words {
            title: "Export presets as",
            icon: icons::SAVE,
            sentence: "All your presets go into one JSON file, without seeds and webhooks. A file that is there already stays as it is.",
            field: "Path of the file",
            hint: "/…",
            button: "Save the presets",
        },
        PlaceFor::Uploader => Words {
            title: "A ShareX uploader",
            icon: icons::UPLOAD,
            sentence: "The file may hold keys, so it goes into the keychain whole.",
            field: "Path of the uploader",
            hint: "/….sxcu",
            button: "Use this uploader",
        },
    }
}

/// Draws the dialog; true when it is to be closed.
pub(super) fn show(
    dialogs: &mut Dialogs,
    ctx: &Context,
    just_opened: bool,
    view: &PlaceView<'_>,
    actions: &mut Vec<Action>,
) -> bool {
    if dialogs.place_for != Some(view.what) {
        dialogs.place_for = Some(view.what);
        dialogs.place = view.proposed.to_owned();
    }
    let words = words(view.what);
    let (cancelled, closed) = Dialog::new(words.title, words.icon).show(ctx, |ui| {
        if let Some(why) = view.why {
            dialog::sentence(ui, why);
        }
        dialog::sentence(ui, words.sentence);
        let field = TextField::new(words.field).hint(words.hint).refused(view.refused.is_some());
        if just_opened {
            let id = field.id(ui);
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        let row = cut::next_row(ui, size::ROW);
        let entered = field.put(ui, row, &mut dialogs.place).entered;
        if let Some(refused) = view.refused {
            let tokens = theme::of(ui);
            let width = ui.available_width();
            let height = text::paragraph_height(ui, width, LINES, refused, Type::Label);
            let row = cut::next_row(ui, height + 6.0);
            text::paragraph(ui, row.min + vec2(0.0, 6.0), width, LINES, refused, Type::Label, tokens.danger);
        }
        ui.add_space(16.0);
        let typed = dialogs.place.trim();
        let [use_it, cancel] = super::buttons(ui, words.button, "Cancel", !typed.is_empty());
        if !typed.is_empty() && (use_it || entered) {
            actions.push(Action::UsePlace(typed.to_owned()));
        }
        cancel
    });
    closed || cancelled
}
