//! Turns keys into actions by the table, staying out of the way of text fields and focused controls.

use egui::{Context, Event, InputState, Key, Modifiers};

use super::command::COMMANDS;
use super::{Action, Command};

/// Pushes what the keyboard and the clipboard asked for in this frame.
///
/// The keys of a command that is not `in_sight` are left to what is.
pub fn read(ctx: &Context, in_sight: impl Fn(Command) -> bool, actions: &mut Vec<Action>) {
    let typing = ctx.text_edit_focused();
    let focused = ctx.memory(|memory| memory.focused()).is_some();
    if !typing {
        clipboard(ctx, actions);
    }
    for entry in by_specificity() {
        let Some(shortcut) = entry.shortcut else { continue };
        if handled_elsewhere(entry.command) || !in_sight(entry.command) {
            continue;
        }
        let plain = shortcut.modifiers == Modifiers::NONE;
        let needs_free_hands = plain && shortcut.logical_key != Key::F1;
        let moves = matches!(shortcut.logical_key, Key::ArrowLeft | Key::ArrowRight | Key::Home);
        if (needs_free_hands && typing) || (moves && focused) {
            continue;
        }
        if typing && (shortcut.conflicts_with_text_editing() || is_of_fields(entry.command)) {
            continue;
        }
        let pressed = ctx.input_mut(|input| {
            let newly = is_newly_pressed(input, shortcut.logical_key);
            input.consume_shortcut(&shortcut) && (newly || may_repeat(entry.command))
        });
        if pressed {
            actions.push(Action::Run(entry.command));
        }
    }
    let question =
        ctx.input(|input| input.events.iter().any(|event| matches!(event, Event::Text(text) if text == "?")));
    if question && !typing {
        actions.push(Action::Run(Command::Help));
    }
}

/// Was the key pressed in this frame, and not only held down?
fn is_newly_pressed(input: &InputState, wanted: Key) -> bool {
    let is_press =
        |event: &Event| matches!(event, Event::Key { key, pressed: true, repeat: false, .. } if *key == wanted);
    input.events.iter().any(is_press)
}

/// Does holding its key down mean more of it? What may cost money never does.
const fn may_repeat(command: Command) -> bool {
    !matches!(command, Command::Make)
}

/// Do its keys mean something else in a field: select all, delete a word?
const fn is_of_fields(command: Command) -> bool {
    matches!(command, Command::SelectAll | Command::Restore | Command::EmptyBin)
}

/// Copy and paste arrive as events of their own; the viewer watches the held key.
const fn handled_elsewhere(command: Command) -> bool {
    matches!(command, Command::CopySticker | Command::Paste | Command::HoldToCompare)
}

fn clipboard(ctx: &Context, actions: &mut Vec<Action>) {
    ctx.input(|input| {
        for event in &input.events {
            match event {
                Event::Copy => actions.push(Action::Run(Command::CopySticker)),
                Event::Paste(text) => actions.push(Action::PasteText(text.clone())),
                Event::PasteImage(image) => actions.push(Action::PasteImage(std::sync::Arc::clone(image))),
                _ => {}
            }
        }
    });
}

/// The table with more modifiers first, because extra Shift and Alt are ignored when keys are matched.
fn by_specificity() -> impl Iterator<Item = &'static super::command::Entry> {
    let has_more = |entry: &&super::command::Entry| {
        entry.shortcut.is_some_and(|shortcut| shortcut.modifiers.shift || shortcut.modifiers.alt)
    };
    COMMANDS.iter().filter(has_more).chain(COMMANDS.iter().filter(move |entry| !has_more(entry)))
}
