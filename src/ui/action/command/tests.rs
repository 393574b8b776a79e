use super::*;

#[test]
fn every_command_stands_at_its_own_place_in_the_table() {
    for (index, entry) in COMMANDS.iter().enumerate() {
        assert_eq!(entry.command as usize, index, "{}", entry.label);
    }
    assert_eq!(Command::Commands as usize + 1, COMMANDS.len());
}

#[test]
fn every_command_has_a_label_and_a_sentence() {
    for entry in COMMANDS {
        assert!(!entry.label.is_empty());
        assert!(entry.tooltip.ends_with('.') && entry.tooltip.len() > 12, "{}", entry.label);
    }
}

#[test]
fn no_two_commands_share_a_label_or_a_shortcut() {
    for (index, one) in COMMANDS.iter().enumerate() {
        for other in &COMMANDS[index + 1..] {
            assert_ne!(one.label, other.label);
            assert!(one.shortcut.is_none() || one.shortcut != other.shortcut, "{} and {}", one.label, other.label);
        }
    }
}

#[test]
fn a_label_ends_in_an_ellipsis_exactly_when_a_dialog_opens() {
    for entry in COMMANDS {
        assert_eq!(entry.label.ends_with('…'), entry.opens_dialog, "{}", entry.label);
    }
}
