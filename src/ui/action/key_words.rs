//! Shortcuts as people read them.

use egui::Key;

use super::Command;

/// The key that makes commands of others, as people read it.
pub const COMMAND_KEY: &str = if cfg!(target_os = "macos") { "Cmd" } else { "Ctrl" };

impl Command {
    /// Its shortcut in words that our fonts have.
    pub fn shortcut_text(self) -> Option<String> {
        let shortcut = self.entry().shortcut?;
        let mut words = Vec::new();
        if shortcut.modifiers.command {
            words.push(COMMAND_KEY);
        }
        if shortcut.modifiers.alt {
            words.push("Alt");
        }
        if shortcut.modifiers.shift {
            words.push("Shift");
        }
        words.push(key_word(shortcut.logical_key));
        Some(words.join("+"))
    }
}

/// A key's name as people read it.
fn key_word(key: Key) -> &'static str {
    match key {
        Key::ArrowRight => "Right",
        Key::ArrowLeft => "Left",
        Key::Period => ".",
        Key::Comma => ",",
        Key::Plus => "+",
        Key::Minus => "-",
        Key::Delete => "Del",
        other => other.name(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortcuts_read_as_words() {
        assert_eq!(
            Command::Redo.shortcut_text().unwrap(),
            if cfg!(target_os = "macos") { "Cmd+Shift+Z" } else { "Ctrl+Shift+Z" }
        );
        assert_eq!(Command::ToggleStar.shortcut_text().unwrap(), ".");
    }
}
