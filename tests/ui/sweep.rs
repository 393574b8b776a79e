//! The sweep: what it says by role and label, what it asks for, and how it looks before and while it runs.

use egui::accesskit::{Role, Toggled};
use egui::{Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sticker_booth::model::sweep::Axis;
use sticker_booth::model::{EngineId, JobAction, JobId, Money, Parameter};
use sticker_booth::ui::action::{Action, Command, Direction, JobsAction, StickerId, SweepAction};
use sticker_booth::ui::sweep::SweepPanel;
use sticker_booth::ui::view::{AxisView, CellView, Picture, RunningSweep, SelectedCell, SweepSum, SweepView};
use sticker_booth::ui::widgets::Stub;

use crate::harness::{Asked, window};
use crate::pictures::Pictures;

const USUAL: Vec2 = vec2(1360.0, 816.0);
const PRICE: Money = Money::from_mills(25);

/// The texts of a sweep of four by four.
pub(crate) struct Texts {
    columns: Vec<String>,
    rows: Vec<String>,
    values: Vec<String>,
    facts: Vec<(&'static str, String)>,
    job: JobId,
}

impl Texts {
    pub(crate) fn new() -> Self {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let facts = [
            ("Seed", "77"),
            ("InstantID strength", "1.00"),
            ("IP-Adapter weight", "0.20"),
            ("IP-Adapter noise", "0.50"),
            ("Steps", "20"),
            ("Size", "1024 × 1024"),
            ("Made", "2026-11-19 14:32:08"),
        ];
        Self {
            columns: words(&["3", "7", "11", "15"]),
            rows: words(&["ink", "cartoon", "pop art", "neon"]),
            values: words(&["Prompt strength 7", "pop art"]),
            facts: facts.iter().map(|(name, value)| (*name, (*value).to_owned())).collect(),
            job: JobId("1".to_owned()),
        }
    }

    /// The cells: four are owned; while it runs, some more are there, some are under way and one has failed.
    pub(crate) fn cells(&self, running: bool, pictures: Option<&Pictures>) -> Vec<CellView<'_>> {
        let cell = |place: usize| {
            let (row, column) = (place / 4, place % 4);
            let picture = pictures.map_or(Picture::Loading, |pictures| pictures.sticker([2, 1, 0, 3][row]));
            let ready = |owned| CellView::Ready { id: StickerId(place as i64), picture, owned };
            match (column, place) {
                (1, _) => ready(true),
                _ if !running => CellView::New,
                (_, 0..6 | 8) => ready(false),
                (_, 6) => CellView::Busy { words: "Working 60 %", progress: Some(0.6) },
                (_, 10) => CellView::Trouble {
                    head: "Failed",
                    sentence: "Pixazo finished without a picture. It was charged.",
                    job: &self.job,
                    retry: Some(Stub::Costs(PRICE)),
                },
                _ => CellView::Busy { words: "Waiting", progress: None },
            }
        };
        (0..16).map(cell).collect()
    }

    /// The view of these cells.
    pub(crate) fn view<'a>(&'a self, cells: &'a [CellView<'a>], running: bool) -> SweepView<'a> {
        SweepView {
            name: "Style by strength",
            engine: EngineId::Pixazo,
            saved: &["Style by strength", "Moods"],
            across: AxisView {
                axis: Axis::Number(Parameter::PromptStrength),
                values: "3-15 [4]",
                labels: &self.columns,
                refused: None,
            },
            down: Some(AxisView {
                axis: Axis::Words,
                values: "ink, cartoon, pop art, neon",
                labels: &self.rows,
                refused: None,
            }),
            rest: "astronaut.png · seed 77 · 1024 × 1024",
            columns: &self.columns,
            rows: &self.rows,
            cells,
            selected: Some(SelectedCell { place: 9, values: &self.values, facts: &self.facts }),
            sum: SweepSum { cells: 16, owned: 4, new: 12, price_each: PRICE, left: Some(Money::from_mills(1625)) },
            running: running.then_some(RunningSweep {
                filled: 9,
                spent: Money::from_mills(200),
                of: Money::from_mills(300),
                paused: false,
            }),
            blocked: None,
            opens: false,
            submitting: false,
        }
    }
}

fn sweep(running: bool, change: impl Fn(&mut SweepView<'_>) + 'static) -> Harness<'static, Asked<SweepPanel>> {
    let texts = Texts::new();
    let mut harness = window(USUAL, SweepPanel::default(), move |ui, panel, actions| {
        let cells = texts.cells(running, None);
        let mut view = texts.view(&cells, running);
        change(&mut view);
        panel.ui(ui, ui.max_rect(), 320.0, &view, true, actions);
    });
    harness.run_ok();
    harness
}

fn click(harness: &mut Harness<'_, Asked<SweepPanel>>, role: Role, label: &str) -> Vec<Action> {
    harness.state_mut().take();
    harness.get_by_role_and_label(role, label).click();
    harness.run_ok();
    harness.state_mut().take()
}

#[test]
fn the_ticket_says_how_many_cells_are_new_and_exactly_what_they_cost() {
    let mut harness = sweep(false, |_| ());
    harness.get_by_label("New, 12 × $0.025");
    let actions = click(&mut harness, Role::Button, "Run 12 new cells, $0.30");
    assert!(matches!(actions[..], [Action::Sweep(SweepAction::Run)]), "{actions:?}");
}

#[test]
fn a_sweep_that_costs_nothing_says_so() {
    let mut harness = sweep(false, |view| view.sum = SweepSum { price_each: Money::ZERO, left: None, ..view.sum });
    click(&mut harness, Role::Button, "Run 12 new cells, free");
}

#[test]
fn values_that_cannot_be_used_say_why_and_block_the_ticket() {
    let mut harness = sweep(false, |view| {
        view.across.refused = Some("25 is out of range: Prompt strength takes a number from 0 to 20.");
        (view.cells, view.sum, view.selected) = (&[], SweepSum::default(), None);
        view.blocked = Some("no grid");
    });
    harness.get_by_label_contains("25 is out of range");
    let ticket = harness.get_by_label("Run 0 new cells, no grid");
    assert!(ticket.accesskit_node().is_disabled());
    harness.get_by_label_contains("Type values for the axes");
    assert!(click(&mut harness, Role::Button, "Run 0 new cells, no grid").is_empty());
}

#[test]
fn axes_and_values_are_typed_chosen_and_swapped() {
    let mut harness = sweep(false, |_| ());
    harness.get_by_role_and_label(Role::TextInput, "Values down").focus();
    harness.run_ok();
    harness.get_by_role_and_label(Role::TextInput, "Values down").type_text("!");
    harness.run_ok();
    let typed = harness.state_mut().take();
    assert!(
        matches!(&typed[..], [Action::Sweep(SweepAction::Values(Direction::Down, values)), ..] if values.contains('!')),
        "{typed:?}"
    );
    let actions = click(&mut harness, Role::Button, "Swap the axes");
    assert!(matches!(actions[..], [Action::Sweep(SweepAction::Swap)]), "{actions:?}");
    click(&mut harness, Role::ComboBox, "Down, Prompt words");
    let actions = click(&mut harness, Role::MenuItemRadio, "Steps");
    let steps = Some(Axis::Number(Parameter::Steps));
    assert!(
        matches!(actions[..], [Action::Sweep(SweepAction::Axis(Direction::Down, axis))] if axis == steps),
        "{actions:?}"
    );
    click(&mut harness, Role::ComboBox, "Down, Prompt words");
    let actions = click(&mut harness, Role::MenuItemRadio, "Nothing");
    assert!(matches!(actions[..], [Action::Sweep(SweepAction::Axis(Direction::Down, None))]), "{actions:?}");
}

#[test]
fn a_click_chooses_a_cell_and_its_settings_can_be_used() {
    let mut harness = sweep(false, |_| ());
    let actions = click(&mut harness, Role::ListBoxOption, "Cell, neon, 15, not made yet");
    assert!(matches!(actions[..], [Action::Sweep(SweepAction::Select(15))]), "{actions:?}");
    let chosen = harness.get_by_role_and_label(Role::ListBoxOption, "Cell, pop art, 7, owned");
    assert_eq!(chosen.accesskit_node().toggled(), Some(Toggled::True));
    let actions = click(&mut harness, Role::Button, "Use these settings");
    assert!(matches!(actions[..], [Action::Run(Command::UseSettings)]), "{actions:?}");
    let actions = click(&mut harness, Role::Button, "Open in the viewer");
    assert!(matches!(actions[..], [Action::Sweep(SweepAction::ShowInViewer(StickerId(9)))]), "{actions:?}");
}

#[test]
fn the_grid_is_saved_once_there_is_something_in_it() {
    let mut harness = sweep(false, |_| ());
    assert!(matches!(click(&mut harness, Role::Button, "Save grid…")[..], [Action::Sweep(SweepAction::SaveGrid)]));
    let mut empty = sweep(false, |view| view.cells = &[CellView::New]);
    assert!(click(&mut empty, Role::Button, "Save grid…").is_empty());
}

#[test]
fn a_failed_cell_is_made_again_in_place_with_its_price_on_the_button() {
    let mut harness = sweep(true, |_| ());
    assert!(harness.query_all_by_label_contains("Pixazo finished without a picture").next().is_some());
    let actions = click(&mut harness, Role::Button, "Retry, $0.025");
    assert!(
        matches!(&actions[..], [Action::Jobs(JobsAction::One(id, JobAction::Retry))] if id.0 == "1"),
        "{actions:?}"
    );
}

#[test]
fn what_is_under_way_is_counted_and_can_be_paused_and_stopped() {
    let mut harness = sweep(true, |_| ());
    harness.get_by_label("9 of 16 cells filled");
    harness.get_by_label("$0.20 of $0.30");
    assert!(matches!(click(&mut harness, Role::Button, "Pause")[..], [Action::Run(Command::TogglePause)]));
    assert!(matches!(click(&mut harness, Role::Button, "Stop")[..], [Action::Sweep(SweepAction::Stop)]));
}

#[test]
fn arrows_go_from_cell_to_cell_and_escape_goes_back() {
    let mut harness = sweep(false, |_| ());
    for (key, place) in [(egui::Key::ArrowRight, 10), (egui::Key::ArrowUp, 5), (egui::Key::ArrowDown, 13)] {
        harness.state_mut().take();
        harness.key_press(key);
        harness.run_ok();
        let actions = harness.state_mut().take();
        assert!(
            matches!(actions[..], [Action::Sweep(SweepAction::Select(chosen))] if chosen == place),
            "{key:?}: {actions:?}"
        );
    }
    harness.key_press(egui::Key::Escape);
    harness.run_ok();
    assert!(matches!(harness.state_mut().take()[..], [Action::Run(Command::Sweep)]));
}
