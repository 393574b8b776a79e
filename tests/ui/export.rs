//! The export: what it says by role and label, what it asks for, and how it looks.

use egui::accesskit::{Role, Toggled};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sticker_booth::export::last_metre;
use sticker_booth::model::Target;
use sticker_booth::ui::action::{Action, Command, ExportAction};
use sticker_booth::ui::export;
use sticker_booth::ui::view::{ExportView, Lamp, PackedView, Picture, ReadsView, RuleView, TargetView, WrittenView};

use crate::harness::{Asked, window};
use crate::pictures::Pictures;

/// Names, emoji and file sizes of a pack of eight.
const PACK: [(&str, &str, &str); 8] = [
    ("Hello", "👋", "86,310 bytes"),
    ("Thanks", "🙏", "91,552 bytes"),
    ("OK", "👍👌", "64,018 bytes"),
    ("On my way", "🏃", "96,412 bytes"),
    ("Love it", "😍", "88,940 bytes"),
    ("Good night", "🌙💤", "97,875 bytes"),
    ("Ha ha", "", "Emoji: 0"),
    ("No", "😤", "Margin: 12 px"),
];

/// The texts of a pack for WhatsApp.
pub(crate) struct Texts {
    targets: Vec<TargetView>,
    rules: Vec<RuleView>,
    reads: Vec<ReadsView>,
}

impl Texts {
    pub(crate) fn new() -> Self {
        let target = |target| TargetView {
            target,
            also: target == Target::Telegram,
            lamp: match target {
                Target::WhatsApp | Target::Telegram => Lamp::Broken,
                _ => Lamp::Dark,
            },
        };
        let rule = |label, words: &str, lamp, sticker| RuleView {
            label,
            words: words.to_owned(),
            source: "WhatsApp/stickers, read 2026-03".to_owned(),
            lamp,
            sticker,
        };
        let reads = |size, words: &str, lamp| ReadsView { size, words: words.to_owned(), lamp };
        Self {
            targets: Target::ALL.into_iter().map(target).collect(),
            rules: vec![
                rule("Emoji", "0 in sticker 7, 1 to 3", Lamp::Broken, Some(6)),
                rule("Margin", "12 px in sticker 8, at least 16", Lamp::Advice, Some(7)),
                rule("Pixels", "512 × 512 px", Lamp::Good, None),
                rule("Largest file", "97,875 bytes, at most 100,000", Lamp::Good, None),
                rule("Stickers", "8, 3 to 30", Lamp::Good, None),
                rule("Tray icon's file", "11,204 bytes, at most 50,000", Lamp::Good, None),
            ],
            reads: vec![
                reads(28, "no face, edge 3.2:1 on beige", Lamp::Advice),
                reads(56, "face on 4 of 6, edge 3.4:1 on beige", Lamp::Advice),
                reads(128, "face, edge 3.9:1 on beige", Lamp::Good),
            ],
        }
    }

    pub(crate) fn stickers(pictures: Option<&Pictures>) -> Vec<PackedView<'static>> {
        let picture = pictures.map_or(Picture::Loading, |pictures| Picture::from(&pictures.thumbnail));
        let packed = |(place, (name, emoji, note)): (usize, (&'static str, &'static str, &'static str))| PackedView {
            id: place as i64 + 1,
            picture,
            name,
            emoji,
            emoji_refused: false,
            alt: "",
            note,
            lamp: match place {
                6 => Lamp::Broken,
                7 => Lamp::Advice,
                _ => Lamp::Good,
            },
        };
        PACK.into_iter().enumerate().map(packed).collect()
    }

    pub(crate) fn view<'a>(&'a self, stickers: &'a [PackedView<'a>]) -> ExportView<'a> {
        ExportView {
            targets: &self.targets,
            target: Target::WhatsApp,
            title: "Eileen says",
            author: "Sample studio",
            identifier: "eileen-says",
            count: "8 stickers, allowed 3 to 30",
            stickers,
            cover: 0,
            selected: 3,
            takes_alt: true,
            rules: &self.rules,
            is_measuring: false,
            problem: None,
            reads: &self.reads,
            print: None,
            texts: None,
            last_metre: last_metre(Target::WhatsApp),
            make: "Export 8 stickers for 2 platforms…",
            blocked: Some("Mend 1 rule first"),
            running: None,
            written: &[],
        }
    }
}

/// The window as it opens.
const USUAL: egui::Vec2 = egui::vec2(1360.0, 860.0);

fn shown(change: impl Fn(&mut ExportView<'_>) + 'static) -> Harness<'static, Asked<()>> {
    let texts = Texts::new();
    let mut harness = window(USUAL, (), move |ui, (), actions| {
        let stickers = Texts::stickers(None);
        let mut view = texts.view(&stickers);
        change(&mut view);
        export::ui(ui, ui.max_rect(), &view, true, actions);
    });
    // The list of emoji has some that only fonts of the system have.
    harness.ctx.set_missing_glyph_policy(egui::MissingGlyphPolicy::Tofu);
    harness.run_ok();
    harness
}

fn click(harness: &mut Harness<'_, Asked<()>>, role: Role, label: &str) -> Vec<Action> {
    harness.state_mut().take();
    harness.get_by_role_and_label(role, label).click();
    harness.run_ok();
    harness.state_mut().take()
}

#[test]
fn a_platform_is_chosen_by_its_row_and_another_is_added_by_its_box() {
    let mut harness = shown(|_| ());
    let actions = click(&mut harness, Role::RadioButton, "Signal, sticker pack, not measured");
    assert!(matches!(actions[..], [Action::Export(ExportAction::Target(Target::Signal))]), "{actions:?}");
    let actions = click(&mut harness, Role::CheckBox, "Export for Discord too");
    assert!(matches!(actions[..], [Action::Export(ExportAction::Also(Target::Discord, true))]), "{actions:?}");
    let ticked = harness.get_by_role_and_label(Role::CheckBox, "Export for Telegram too");
    assert_eq!(ticked.accesskit_node().toggled(), Some(Toggled::True));
    let actions = click(&mut harness, Role::CheckBox, "Export for Telegram too");
    assert!(matches!(actions[..], [Action::Export(ExportAction::Also(Target::Telegram, false))]), "{actions:?}");
    let actions = click(&mut harness, Role::Button, "Back");
    assert!(matches!(actions[..], [Action::Run(Command::Export)]), "{actions:?}");
}

#[test]
fn a_broken_rule_leads_to_its_sticker_and_blocks_the_button() {
    let mut harness = shown(|_| ());
    let actions = click(&mut harness, Role::Button, "Emoji: 0 in sticker 7, 1 to 3, to mend");
    assert!(matches!(actions[..], [Action::Export(ExportAction::Select(6))]), "{actions:?}");
    let button = harness.get_by_role_and_label(Role::Button, "Mend 1 rule first");
    assert!(button.accesskit_node().is_disabled());
    let mut sound = shown(|view| view.blocked = None);
    let actions = click(&mut sound, Role::Button, "Export 8 stickers for 2 platforms…");
    assert!(matches!(actions[..], [Action::Export(ExportAction::Write)]), "{actions:?}");
}

#[test]
fn names_and_emoji_are_typed_or_picked() {
    let mut harness = shown(|_| ());
    for (field, typed) in [("Title", "!"), ("Name of sticker 2", "!"), ("Emoji of sticker 2", "🎉")] {
        harness.state_mut().take();
        harness.get_by_role_and_label(Role::TextInput, field).focus();
        harness.run_ok();
        harness.get_by_role_and_label(Role::TextInput, field).type_text(typed);
        harness.run_ok();
        let actions = harness.state_mut().take();
        let is_typed = actions.iter().any(|action| match action {
            Action::Export(ExportAction::Title(text) | ExportAction::Name(1, text) | ExportAction::Emoji(1, text)) => {
                text.contains(typed)
            }
            _ => false,
        });
        assert!(is_typed, "{field}: {actions:?}");
    }
    click(&mut harness, Role::Button, "Pick an emoji for sticker 7");
    let actions = click(&mut harness, Role::MenuItemRadio, "😉  Wink");
    assert!(matches!(&actions[..], [Action::Export(ExportAction::Emoji(6, emoji))] if emoji == "😉"), "{actions:?}");
}

#[test]
fn arrows_go_from_sticker_to_sticker_and_with_shift_take_it_along() {
    let mut harness = shown(|_| ());
    harness.state_mut().take();
    harness.key_press(egui::Key::ArrowRight);
    harness.run_ok();
    let actions = harness.state_mut().take();
    assert!(matches!(actions[..], [Action::Export(ExportAction::Select(4))]), "{actions:?}");
    harness.key_press_modifiers(egui::Modifiers::SHIFT, egui::Key::ArrowLeft);
    harness.run_ok();
    let actions = harness.state_mut().take();
    assert!(matches!(actions[..], [Action::Export(ExportAction::Move(3, 2))]), "{actions:?}");
    harness.key_press(egui::Key::Delete);
    harness.run_ok();
    let actions = harness.state_mut().take();
    assert!(matches!(actions[..], [Action::Export(ExportAction::LeaveOut(3))]), "{actions:?}");
}

#[test]
fn what_was_written_can_be_shown_and_what_is_being_written_stopped() {
    const WRITTEN: &[WrittenView<'_>] = &[WrittenView {
        target: Target::WhatsApp,
        words: "WhatsApp: 14 files, measured and right",
        has_files: true,
        lamp: Lamp::Good,
    }];
    let mut harness = shown(|view| view.written = WRITTEN);
    harness.get_by_label("WhatsApp: 14 files, measured and right");
    let actions = click(&mut harness, Role::Button, "Show the files for WhatsApp");
    assert!(matches!(actions[..], [Action::Export(ExportAction::Reveal(0))]), "{actions:?}");
    let mut running = shown(|view| view.running = Some(0.4));
    let actions = click(&mut running, Role::Button, "Stop");
    assert!(matches!(actions[..], [Action::Export(ExportAction::Stop)]), "{actions:?}");
}
