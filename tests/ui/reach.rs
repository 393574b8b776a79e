//! Everything is reached by keyboard: each command by its keys or by Tab, in the order of the layout.

use std::collections::{BTreeMap, HashSet};

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Rect, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use sticker_booth::ui::action::command::{COMMANDS, Entry};
use sticker_booth::ui::action::{Action, Command, Dialog, GalleryAction};
use sticker_booth::ui::shell::{Arrangement, Shell, lay_out};

use crate::harness::{Asked, window};
use crate::pictures::Pictures;
use crate::sample::{Extras, Scene, with_view};

const USUAL: Vec2 = vec2(1360.0, 860.0);

/// One stop of the Tab key.
#[derive(Clone, Debug)]
struct Stop {
    /// Its id, which is the same in every window of the same size.
    id: String,
    role: Role,
    name: String,
    rect: Rect,
}

fn id_of(node: &AccessKitNode<'_>) -> String {
    format!("{:?}", node.id())
}

fn shell(scene: Scene) -> Harness<'static, Asked<Shell>> {
    let mut harness = window(USUAL, Shell::default(), move |ui, shell, actions| {
        with_view(scene, None, &Extras::default(), |view| shell.ui(ui, view, actions));
    });
    harness.run_ok();
    harness.state_mut().take();
    harness
}

fn focused(harness: &Harness<'_, Asked<Shell>>) -> Option<Stop> {
    let node = harness.query_all_by(|node| node.is_focused()).next()?;
    let (rect, node) = (node.rect(), node.accesskit_node());
    let name = node.label().or_else(|| node.value()).unwrap_or_default();
    Some(Stop { id: id_of(&node), role: node.role(), name, rect })
}

/// Where Tab stops, until it comes back to where it began.
fn stops(harness: &mut Harness<'_, Asked<Shell>>) -> Vec<Stop> {
    let mut stops: Vec<Stop> = Vec::new();
    for _ in 0..400 {
        harness.key_press(Key::Tab);
        harness.run_ok();
        let Some(stop) = focused(harness) else { continue };
        if stops.first().is_some_and(|first| first.id == stop.id) {
            return stops;
        }
        stops.push(stop);
    }
    panic!("Tab does not come round: {stops:#?}");
}

/// The commands that these actions carry out.
fn commands(actions: Vec<Action>) -> Vec<Command> {
    let command = |action| match action {
        Action::Run(command) => Some(command),
        Action::Open(Dialog::Key) => Some(Command::EnterKey),
        _ => None,
    };
    actions.into_iter().filter_map(command).collect()
}

/// What Enter does at a stop, and at each row of the menu that it opens.
fn entered(scene: Scene, stop: &Stop) -> Vec<Command> {
    let open = || {
        let mut harness = shell(scene);
        harness.query_all_by(|node| id_of(node) == stop.id).next().unwrap().focus();
        harness.run_ok();
        harness.state_mut().take();
        harness.key_press(Key::Enter);
        harness.run_ok();
        harness
    };
    let mut harness = open();
    let mut found = commands(harness.state_mut().take());
    if !harness.ctx.any_popup_open() {
        return found;
    }
    let mut seen = HashSet::new();
    for row in 1..40 {
        let mut harness = open();
        for _ in 0..row {
            harness.key_press(Key::ArrowDown);
            harness.run_ok();
        }
        let Some(item) = focused(&harness) else { break };
        if !seen.insert(item.id) {
            break;
        }
        harness.state_mut().take();
        harness.key_press(Key::Enter);
        harness.run_ok();
        found.extend(commands(harness.state_mut().take()));
    }
    found
}

#[test]
fn every_command_is_on_a_key_or_behind_a_control_that_tab_reaches() {
    let missing = |entry: &&Entry| entry.shortcut.is_none();
    let mut wanted: BTreeMap<&str, Command> =
        COMMANDS.iter().filter(missing).map(|entry| (entry.label, entry.command)).collect();
    assert!(!wanted.is_empty());
    for scene in [Scene::Working, Scene::FirstRun] {
        for stop in stops(&mut shell(scene)) {
            // A field keeps Enter for itself, and a card shows its sticker.
            if wanted.is_empty() || !matches!(stop.role, Role::Button) {
                continue;
            }
            for command in entered(scene, &stop) {
                wanted.remove(command.label());
            }
        }
    }
    assert!(wanted.is_empty(), "neither key nor control: {wanted:?}");
}

/// Everything that can be seen to change.
fn seen(harness: &Harness<'_, Asked<Shell>>) -> (Arrangement, Option<String>, Vec<String>) {
    let names = harness.query_all_by(|node| node.label().is_some());
    let names = names.filter_map(|node| node.accesskit_node().label()).collect();
    (harness.state().panel.arrangement, focused(harness).map(|stop| stop.id), names)
}

#[test]
fn every_key_of_the_table_does_something() {
    for entry in COMMANDS {
        let Some(shortcut) = entry.shortcut else { continue };
        if entry.command == Command::HoldToCompare {
            continue; // Seen below, since it needs pictures.
        }
        let mut harness = shell(Scene::Working);
        if entry.command == Command::ZoomFit {
            harness.key_press(Key::Plus);
            harness.run_ok();
        }
        let before = seen(&harness);
        match entry.command {
            Command::Paste => harness.event(Event::Paste("https://example.com/face.jpg".to_owned())),
            Command::CopySticker => harness.event(Event::Copy),
            _ => harness.key_press_modifiers(shortcut.modifiers, shortcut.logical_key),
        }
        harness.run_ok();
        let changed = seen(&harness) != before;
        assert!(changed || !harness.state_mut().take().is_empty(), "{} does nothing", entry.label);
    }
}

#[test]
fn the_photo_shows_while_space_is_held() {
    let mut pictures = None;
    let mut harness = window(USUAL, Shell::default(), move |ui, shell, actions| {
        let pictures: &Pictures = pictures.get_or_insert_with(|| Pictures::load(ui.ctx()));
        with_view(Scene::Working, Some(pictures), &Extras::default(), |view| shell.ui(ui, view, actions));
    });
    harness.run_ok();
    let chips = |harness: &Harness<'_, Asked<Shell>>| harness.query_all_by_label("Photo").count();
    let before = chips(&harness);
    harness.key_down(Key::Space);
    harness.run_ok();
    assert_eq!(chips(&harness), before + 1);
    harness.key_up(Key::Space);
    harness.run_ok();
    assert_eq!(chips(&harness), before);
}

#[test]
fn a_field_that_is_typed_in_keeps_the_keys_it_needs() {
    for entry in COMMANDS {
        let Some(shortcut) = entry.shortcut else { continue };
        let plain = shortcut.modifiers == Modifiers::NONE && shortcut.logical_key != Key::F1;
        if !plain && !shortcut.conflicts_with_text_editing() {
            continue;
        }
        for name in ["Prompt", "Search the gallery", "Steps, value"] {
            let mut harness = shell(Scene::Working);
            harness.get_by_label(name).focus();
            harness.run_ok();
            harness.state_mut().take();
            harness.key_press_modifiers(shortcut.modifiers, shortcut.logical_key);
            harness.run_ok();
            let ran = commands(harness.state_mut().take());
            assert!(ran.is_empty(), "{} acts while {name} is typed in", entry.label);
        }
    }
}

#[test]
fn tab_follows_the_layout_and_stops_only_at_what_has_a_name() {
    for scene in [Scene::Working, Scene::FirstRun] {
        let stops = stops(&mut shell(scene));
        let regions = lay_out(Rect::from_min_size(egui::Pos2::ZERO, USUAL), &Arrangement::default());
        let order = [Some(regions.topbar), regions.recipe, regions.viewer, regions.gallery, regions.jobs];
        let region = |stop: &Stop| {
            let inside = |rect: &Option<Rect>| rect.is_some_and(|rect| rect.contains(stop.rect.center()));
            match stop.role {
                // Splitters lie between the regions and come after them; what floats comes last.
                Role::Splitter => Some(order.len()),
                _ if FLOATING.contains(&stop.name.as_str()) => Some(order.len() + 1),
                _ => order.iter().position(inside),
            }
        };
        for stop in &stops {
            assert!(!stop.name.is_empty(), "Tab stops at something without a name: {stop:?}");
        }
        for pair in stops.windows(2) {
            let (one, next) = (&pair[0], &pair[1]);
            let (Some(here), Some(there)) = (region(one), region(next)) else { continue };
            assert!(here <= there, "Tab goes back from {} to {}", one.name, next.name);
            if here == there && here < order.len() {
                assert!(reads_on(one.rect, next.rect), "Tab goes from {one:?} back to {next:?}");
            }
        }
    }
}

/// What floats over the regions.
const FLOATING: [&str; 1] = ["Close the hint"];

/// Does a reader who is at `one` go on to `next`: to the right in the same row, or down?
fn reads_on(one: Rect, next: Rect) -> bool {
    let overlap = one.bottom().min(next.bottom()) - one.top().max(next.top());
    let same_row = overlap > one.height().min(next.height()) / 2.0;
    if same_row {
        next.center().x >= one.center().x
    } else {
        next.center().y > one.center().y || next.left() >= one.right()
    }
}

#[test]
fn a_partner_to_compare_with_is_picked_with_alt_and_the_arrows() {
    let mut harness = shell(Scene::Working);
    harness.key_press_modifiers(Modifiers::ALT, Key::ArrowRight);
    harness.run_ok();
    let actions = harness.state_mut().take();
    assert!(matches!(actions[..], [Action::Gallery(GalleryAction::CompareWith(id))] if id.0 == 3), "{actions:?}");
}
