//! The key of the hosted service: entered once, never shown again.

use egui::{Align, Context, Ui, vec2};
use secrecy::SecretString;

use super::Dialogs;
use crate::action::{Action, Asks as _, KeyAction, WayOut};
use crate::icons;
use crate::theme::{self, Type, size};
use crate::view::{KeyCheckView, KeyDialogView};
use crate::widgets::banner::Banner;
use crate::widgets::button::Look;
use crate::widgets::chip::Tone;
use crate::widgets::dialog::{self, Dialog};
use crate::widgets::{Button, Cut, TextField, cut, text, toggle};
use model::{KeyState, Remote};

/// Lines that what the service said has at most.
const LINES: usize = 8;

/// Draws the dialog; true when it is to be closed.
pub(super) fn show(
    dialogs: &mut Dialogs,
    ctx: &Context,
    just_opened: bool,
    view: &KeyDialogView<'_>,
    actions: &mut Vec<Action>,
) -> bool {
    let (done, closed) = Dialog::new("Pixazo key", icons::KEY).show(ctx, |ui| {
        state(ui, view.status);
        let row = cut::next_row(ui, size::ROW);
        let field = TextField::new("Pixazo key").hint("Paste the key here").password();
        if just_opened {
            let id = field.id(ui);
            ui.memory_mut(|memory| memory.request_focus(id));
            // A key that was for this session is followed by one that is, unless the person says otherwise.
            dialogs.session_only = *view.status == KeyState::SessionOnly;
        }
        let entered = field.put(ui, row, &mut dialogs.key).entered;
        ui.add_space(8.0);
        check(ui, view.check);
        let no_keychain = matches!(view.status, KeyState::NoKeychain { .. });
        if !no_keychain {
            session_only(ui, dialogs);
        }
        ui.add_space(8.0);
        ways(ui, dialogs, view, actions);
        ui.add_space(12.0);
        let holds = view.held.0 > 0;
        if holds {
            dialog::sentence(ui, &held_words(view.held));
        }
        let typed = !dialogs.key.trim().is_empty();
        let known = *view.check == Remote::Ready(KeyCheckView::Known);
        let words = match (typed, holds && known) {
            (false, true) => "Let them go on",
            _ if no_keychain || dialogs.session_only => "Use for this session only",
            _ => "Keep the key",
        };
        let [pressed, cancel] = super::buttons(ui, words, "Cancel", typed || (holds && known));
        if typed && (pressed || entered) {
            let key = SecretString::from(std::mem::take(&mut dialogs.key).trim().to_owned());
            actions.push(Action::Key(KeyAction::Set { key, session_only: no_keychain || dialogs.session_only }));
            // With jobs held, what the service says about the key is shown here.
            return !holds;
        }
        if pressed && holds && known {
            actions.push(Action::Take(WayOut::GoOnWithKey));
        }
        cancel
    });
    closed || done
}

/// What a good key sets going; the work was agreed to before.
fn held_words((count, price): (usize, model::Money)) -> String {
    let what = if count == 1 { "1 job is held and goes".to_owned() } else { format!("{count} jobs are held and go") };
    format!("{what} on, for {price}, as soon as Pixazo knows the key.")
}

/// Where the key stands now.
fn state(ui: &mut Ui, status: &KeyState) {
    let sentence = match status {
        KeyState::Missing => {
            "Stickers at Pixazo need a key. It is kept in the keychain of this computer and never shown again."
        }
        KeyState::InKeychain => "A key is in the keychain of this computer. A new one takes its place.",
        KeyState::SessionOnly => "A key is kept until you close the window. A new one takes its place.",
        KeyState::FromEnvironment => "The key comes from PIXAZO_API_KEY, which goes before the keychain.",
        KeyState::Locked => "The keychain is locked. Unlock it, or use a key for this session.",
        KeyState::Waiting => "The keychain has been asked and has not answered yet.",
        KeyState::NoKeychain { reason } => {
            let banner = Banner {
                tone: Tone::Money,
                icon: icons::KEY,
                head: "No keychain on this computer",
                sentence: "Nothing here can store a secret safely. The key can be used until you close the window, and is then gone.",
                ways: &[],
                radius: size::RADIUS,
                price: None,
            };
            let row = cut::next_row(ui, banner.height(ui, ui.available_width()));
            banner.put(ui, row);
            ui.interact(row, ui.make_persistent_id("why no keychain"), egui::Sense::hover()).on_hover_text(reason);
            ui.add_space(12.0);
            return;
        }
    };
    dialog::sentence(ui, sentence);
}

/// What the service said about the key.
fn check(ui: &mut Ui, check: &Remote<KeyCheckView>) {
    let tokens = theme::of(ui);
    let (icon, color, words) = match check {
        Remote::NotAsked => return,
        Remote::Loading { .. } => (icons::CLOCK, tokens.text_muted, "Asking Pixazo, for free".to_owned()),
        Remote::Ready(KeyCheckView::Known) => (icons::CHECK, tokens.ok, "Pixazo knows this key".to_owned()),
        Remote::Ready(KeyCheckView::Unknown) => {
            (icons::FAIL, tokens.danger, "Pixazo does not know this key".to_owned())
        }
        Remote::Failed { error, .. } => (icons::ALERT, tokens.money, error.clone()),
    };
    let width = ui.available_width() - 22.0;
    let height = text::paragraph_height(ui, width, LINES, &words, Type::Label).max(20.0);
    let mut row = Cut(cut::next_row(ui, height));
    let mark = row.left(16.0);
    icon.paint(ui, mark.with_max_y(mark.top() + 16.0), 16.0, color);
    row.left(6.0);
    text::paragraph(ui, row.rest().min, width, LINES, &words, Type::Label, color);
    ui.add_space(4.0);
}

fn session_only(ui: &mut Ui, dialogs: &mut Dialogs) {
    let tokens = theme::of(ui);
    let mut row = Cut(cut::next_row(ui, size::ROW));
    if toggle::put(ui, row.left(28.0), "For this session only", dialogs.session_only) {
        dialogs.session_only = !dialogs.session_only;
    }
    row.left(8.0);
    text::label(ui, row.rest(), Align::Min, "For this session only", Type::Label, tokens.text_secondary);
}

/// Test, delete, get a key.
fn ways(ui: &mut Ui, dialogs: &Dialogs, view: &KeyDialogView<'_>, actions: &mut Vec<Action>) {
    let mut row = Cut(cut::next_row(ui, size::CONTROL));
    let typed = dialogs.key.trim();
    let can_test = !typed.is_empty() || view.status.has_key();
    let test = Button::new("Test it").small().enabled(can_test && !view.check.is_loading());
    let width = test.width(ui);
    if test.put(ui, row.left(width)).on_hover_text("Asks Pixazo whether it knows the key. It is free.").clicked() {
        actions.push(Action::Key(KeyAction::Test((!typed.is_empty()).then(|| SecretString::from(typed.to_owned())))));
    }
    row.left(4.0);
    if matches!(view.status, KeyState::InKeychain | KeyState::SessionOnly) {
        let delete = Button::new("Delete the key").look(Look::Ghost).small();
        let width = delete.width(ui);
        delete.put(ui, row.left(width)).asks(actions, KeyAction::Delete);
        row.left(4.0);
    }
    let link = Button::link("Get a key").small();
    let width = link.width(ui);
    let place = row.right(width).translate(vec2(0.0, 0.0));
    link.put(ui, place).asks(actions, Action::Take(WayOut::OpenKeyPage));
}
