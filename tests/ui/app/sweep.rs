//! A sweep in the whole window: planned, run, left, found again.

use egui::accesskit::Role;
use egui::{Key, Modifiers};

use super::desk::at_a_desk;
use super::person::{Person, USUAL, parts};
use super::{FakeEngine, HeldEngine};

/// Puts this into the field in place of what stands there.
fn enters(person: &mut Person, field: &str, text: &str) {
    person.replaces(field, text);
    person.step();
}

/// Can the command be chosen in the list of commands?
fn offers(person: &mut Person, command: &str) -> bool {
    person.press(Modifiers::COMMAND, Key::K);
    enters(person, "Find a command", command);
    person.sees(Role::MenuItem, command);
    let able = person.enabled(Role::MenuItem, command).is_some();
    person.press(Modifiers::NONE, Key::Escape);
    person.until("the list closed", |window| window.find(Role::TextInput, "Find a command").is_none().then_some(()));
    able
}

/// What is in a folder, in order.
fn file_names(folder: &std::path::Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// The cells whose names end so.
fn cells(person: &Person, state: &str) -> usize {
    person.all(Role::ListBoxOption, "Cell, ").iter().filter(|name| name.ends_with(state)).count()
}

#[test]
fn a_sweep_fills_its_grid_and_what_is_owned_is_never_made_again() {
    at_a_desk(module_path!(), "a_sweep_fills_its_grid_and_what_is_owned_is_never_made_again", |desk| {
        let engine = FakeEngine::new();
        let mut person = Person::with(desk, parts(engine.clone()));
        person.click(Role::Button, "Sweep");
        enters(&mut person, "Values across", "3, 7");
        enters(&mut person, "Values down", "ink, neon");
        person.click(Role::Button, "Run 4 new cells, free");
        person.until("four cells", |window| (cells(window, "made") == 4).then_some(()));
        assert_eq!(engine.runs(), 4);

        // Another column: the two rows that are there stay, and only two cells are new.
        enters(&mut person, "Values across", "7, 3, 11");
        person.click(Role::Button, "Run 2 new cells, free");
        person.until("six cells", |window| (cells(window, "made") == 6).then_some(()));
        assert_eq!(engine.runs(), 6);

        desk.answer_dialogs_with(&desk.path("Grid.png"));
        person.click(Role::Button, "Save grid…");
        person.sees(Role::Alert, "Saved Grid.png.");
        let grid = image::open(desk.path("Grid.png")).unwrap();
        assert!(grid.width() > 3 * 256 && grid.height() > 2 * 256, "{} × {}", grid.width(), grid.height());

        enters(&mut person, "Name of the sweep", "Style by strength");
        let folder = desk.path("Images");
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("Style by strength, ink, 07.png"), "mine").unwrap();
        desk.answer_dialogs_with(&folder);
        person.click(Role::Button, "Save images…");
        person.sees(Role::Alert, "Saved 6 images in Images.");
        // In the order of the values.
        let names = ["ink, 03", "ink, 07 (2)", "ink, 07", "ink, 11", "neon, 03", "neon, 07", "neon, 11"];
        let names = names.map(|name| format!("Style by strength, {name}.png"));
        assert_eq!(file_names(&folder), names);
        assert_eq!(std::fs::read(folder.join(&names[2])).unwrap(), b"mine");
        let image = image::open(folder.join(&names[1])).unwrap();
        assert!(image.width() > 16 && image.color().has_alpha(), "{:?}", image.color());

        person.click(Role::Button, "More about the sweep");
        person.click(Role::MenuItem, "Keep this sweep");
        person.sees(Role::Alert, "This sweep is kept.");
        person.leaves();

        // In another session it is there again, and everything in it is owned.
        let mut person = Person::before(desk, parts(engine.clone()), USUAL);
        person.until("six cells", |window| (cells(window, "owned") == 6).then_some(()));
        // With another seed it is another request.
        person.press(Modifiers::NONE, Key::Escape);
        person.click(Role::Button, "New random seed");
        person.click(Role::Button, "Sweep");
        person.click(Role::Button, "Saved sweeps");
        person.click(Role::MenuItemRadio, "Style by strength");
        person.until("six cells", |window| (cells(window, "not made yet") == 6).then_some(()));
        person.press(Modifiers::NONE, Key::Escape);
        person.sees(Role::Label, "Seed ");
        person.press(Modifiers::NONE, Key::D);
        person.click(Role::Button, "Sweep");
        person.until("six cells", |window| (cells(window, "owned") == 6).then_some(()));
        person.sees(Role::Button, "Run 0 new cells, all there");
        assert_eq!(engine.runs(), 6);
    });
}

#[test]
fn what_a_stopped_sweep_left_offers_no_second_try_once_it_was_made() {
    at_a_desk(module_path!(), "what_a_stopped_sweep_left_offers_no_second_try_once_it_was_made", |desk| {
        let engine = HeldEngine::default();
        let mut person = Person::with(desk, parts(engine.clone()));
        person.click(Role::Button, "Sweep");
        enters(&mut person, "Values across", "3, 7");
        enters(&mut person, "Values down", "ink, neon");
        person.click(Role::Button, "Run 4 new cells, free");
        person.until("a sticker in hand", |_| engine.has_begun());
        person.click(Role::Button, "Stop");
        person.until("four empty cells", |window| (cells(window, "not made yet") == 4).then_some(()));
        person.press(Modifiers::NONE, Key::Escape);
        person.sees(Role::Button, "Retry, free");

        engine.let_go();
        person.click(Role::Button, "Sweep");
        person.click(Role::Button, "Run 4 new cells, free");
        person.until("four cells", |window| (cells(window, "made") == 4).then_some(()));
        person.press(Modifiers::NONE, Key::Escape);
        person.until("both batches", |window| (window.all(Role::Group, "4 jobs, ").len() == 2).then_some(()));
        assert_eq!(person.all(Role::Button, "Retry"), Vec::<String>::new());
        person.leaves();
    });
}

#[test]
fn a_cell_s_settings_are_one_step_of_undo() {
    at_a_desk(module_path!(), "a_cell_s_settings_are_one_step_of_undo", |desk| {
        let mut person = Person::at(desk);
        let prompt = |person: &Person| person.value(Role::MultilineTextInput, "Prompt");
        let before = prompt(&person);
        person.press(Modifiers::COMMAND | Modifiers::SHIFT, Key::Enter);
        enters(&mut person, "Values across", "3, 7");
        enters(&mut person, "Values down", "ink, neon");
        // No cell is chosen, so there are no settings to use, neither by key nor by the list of commands.
        person.press(Modifiers::NONE, Key::R);
        person.sees(Role::TextInput, "Values down");
        assert!(!offers(&mut person, "Use all its settings"));
        person.click(Role::ListBoxOption, "Cell, neon, 3, not made yet");
        assert!(offers(&mut person, "Use all its settings"));
        person.press(Modifiers::NONE, Key::R);
        person.sees(Role::MultilineTextInput, "Prompt");
        assert_eq!(prompt(&person), format!("neon, {before}"));
        person.press(Modifiers::COMMAND, Key::Z);
        person.step();
        assert_eq!(prompt(&person), before);
    });
}

#[test]
fn a_failed_cell_keeps_the_others_and_is_made_again_in_place() {
    at_a_desk(module_path!(), "a_failed_cell_keeps_the_others_and_is_made_again_in_place", |desk| {
        let engine = FakeEngine::new();
        let mut person = Person::with(desk, parts(engine.clone()));
        person.click(Role::Button, "Sweep");
        enters(&mut person, "Values across", "3");
        enters(&mut person, "Values down", "ink, no face");
        person.click(Role::Button, "Run 2 new cells, free");
        person.until("one made and one failed", |window| {
            let failed = window.all(Role::ListBoxOption, "Cell, no face, 3, Failed").len();
            (cells(window, "made") == 1 && failed == 1).then_some(())
        });
        let runs = engine.runs();
        person.click(Role::Button, "Retry, free");
        person.until("another try", |_| (engine.runs() > runs).then_some(()));
        person.sees(Role::ListBoxOption, "Cell, no face, 3, Failed");
        assert_eq!(cells(&person, "made"), 1);
    });
}
