//! Jobs in trouble and money in the panels: what each row says, what it offers, and what that asks for.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sticker_booth::model::{Charged, EngineId, Hold, JobAction, JobId, JobStatus, Money, Remote};
use sticker_booth::ui::action::{Action, Command, Dialog, JobsAction, Move, WayOut};
use sticker_booth::ui::jobs::JobsPanel;
use sticker_booth::ui::shell::Shell;
use sticker_booth::ui::view::{BannerView, JobView, JobsView, Picture, Ticking, Trouble};

use crate::harness::{Asked, window};
use crate::sample::{Extras, OpenDialog, Scene, with_view};

const PANEL: Vec2 = vec2(280.0, 816.0);
const PRICE: Money = Money::from_mills(25);

/// A hosted job that came to this.
fn job(id: &str, status: JobStatus, charged: Charged, offers: &'static [JobAction]) -> JobView<'static> {
    JobView {
        id: JobId(id.to_owned()),
        batch: None,
        prompt: "ink portrait",
        picture: Picture::Loading,
        status,
        charged,
        price: PRICE,
        engine: EngineId::Pixazo,
        seed: 61,
        progress: None,
        ahead: 0,
        elapsed: Ticking::Over(250),
        goes_on_in: None,
        busy: false,
        held: None,
        asked: false,
        takes_long: false,
        error: None,
        request_id: None,
        offers,
    }
}

fn waiting(id: &str) -> JobView<'static> {
    job(id, JobStatus::Queued, Charged::No, &[JobAction::Stop])
}

fn unanswered(id: &str) -> JobView<'static> {
    job(id, JobStatus::MayHaveBeenAccepted, Charged::Unknown, &[JobAction::SubmitAgain, JobAction::Forget])
}

/// The panel with these jobs.
fn panel(jobs: Vec<JobView<'static>>, banner: Option<BannerView<'static>>) -> Harness<'static, Asked<JobsPanel>> {
    let jobs = Remote::Ready(jobs);
    let mut harness = window(PANEL, JobsPanel::default(), move |ui, panel, actions| {
        let view = JobsView {
            jobs: &crate::sample::rows(&jobs),
            paused: false,
            banner,
            spent_today: Money::ZERO,
            unsure: (0, Money::ZERO),
            has_key: false,
            offer_hosted: false,
        };
        panel.ui(ui, &view, actions);
    });
    harness.run_ok();
    harness
}

fn click<P>(harness: &mut Harness<'_, Asked<P>>, label: &str) -> Vec<Action> {
    harness.state_mut().take();
    harness.get_by_label(label).click();
    harness.run_ok();
    harness.state_mut().take()
}

fn is_job(actions: &[Action], wanted: JobAction) -> bool {
    matches!(actions, [Action::Jobs(JobsAction::One(id, offer))] if id.0 == "1" && *offer == wanted)
}

#[test]
fn each_end_without_a_sticker_says_whether_money_went_and_offers_what_may_help() {
    let mut lost = job("1", JobStatus::Lost, Charged::Yes, &[JobAction::LookAgain, JobAction::SubmitAgain]);
    lost.request_id = Some("face_9f3ac2");
    let mut harness = panel(vec![lost], None);
    harness.get_by_label("Lost, charged $0.025");
    harness.get_by_label("face_9f3ac2");
    assert!(matches!(&click(&mut harness, "Copy the request id")[..], [Action::CopyText(id)] if id == "face_9f3ac2"));
    assert!(is_job(&click(&mut harness, "Look again"), JobAction::LookAgain));
    assert!(is_job(&click(&mut harness, "Retry, $0.025"), JobAction::SubmitAgain));

    let mut without = job("1", JobStatus::Failed, Charged::Yes, &[JobAction::SubmitAgain, JobAction::Forget]);
    without.error = Some("The service finished without a picture. Most likely it found no face.");
    let mut harness = panel(vec![without], None);
    harness.get_by_label("Failed, charged $0.025");
    harness.get_by_label_contains("found no face");
    assert!(is_job(&click(&mut harness, "Retry, $0.025"), JobAction::SubmitAgain));

    let stopped = job("1", JobStatus::Stopped, Charged::Yes, &[JobAction::LookAgain, JobAction::SubmitAgain]);
    let mut harness = panel(vec![stopped], None);
    harness.get_by_label("Stopped, charged $0.025");
    assert!(is_job(&click(&mut harness, "Look again"), JobAction::LookAgain));

    let unknown = job("1", JobStatus::Failed, Charged::Unknown, &[JobAction::SubmitAgain, JobAction::Forget]);
    let mut harness = panel(vec![unknown], None);
    harness.get_by_label("Failed, charge unknown");
    let actions = click(&mut harness, "Submit again, $0.025");
    assert!(matches!(&actions[..], [Action::Open(Dialog::SubmitAgain(id))] if id.0 == "1"), "{actions:?}");

    let mut harness = panel(vec![unanswered("1")], None);
    harness.get_by_label_contains("No answer came back.");
    assert!(is_job(&click(&mut harness, "Forget"), JobAction::Forget));
    let actions = click(&mut harness, "Show what is known");
    assert!(matches!(&actions[..], [Action::Open(Dialog::Job(_))]), "{actions:?}");
}

#[test]
fn an_answer_in_doubt_is_told_in_the_row_as_it_came() {
    let mut row = unanswered("1");
    row.error = Some("The service answered HTTP 500: “Out of memory”.");
    let harness = panel(vec![row], None);
    harness.get_by_label_contains("HTTP 500: “Out of memory”. Pixazo may have made it and charged for it.");
    assert!(harness.query_by_label_contains("No answer came back").is_none());
}

#[test]
fn a_sticker_with_something_to_know_says_it_in_its_row() {
    let mut row = job("1", JobStatus::Done, Charged::Yes, &[JobAction::Forget]);
    row.error = Some("The cut-out picture did not come; the one on its background is kept.");
    let mut harness = panel(vec![row], None);
    harness.get_by_label("Done, with a note");
    harness.get_by_label_contains("The cut-out picture did not come");
    let actions = click(&mut harness, "Details");
    assert!(matches!(&actions[..], [Action::Open(Dialog::Job(_))]), "{actions:?}");
}

#[test]
fn a_running_job_is_only_no_longer_waited_for_and_one_in_line_is_stopped() {
    let working = job("1", JobStatus::Working, Charged::Yes, &[JobAction::Stop]);
    assert!(is_job(&click(&mut panel(vec![working], None), "Stop waiting"), JobAction::Stop));
    assert!(is_job(&click(&mut panel(vec![waiting("1")], None), "Stop"), JobAction::Stop));
}

#[test]
fn a_ticket_whose_click_is_being_written_down_takes_no_second_one() {
    let mut retry = job("1", JobStatus::Failed, Charged::No, &[JobAction::Retry]);
    retry.asked = true;
    assert!(click(&mut panel(vec![retry], None), "Retry, $0.025").is_empty());
}

#[test]
fn what_is_held_from_last_time_goes_on_for_the_price_on_its_stub() {
    const BANNER: BannerView<'static> = BannerView {
        trouble: Trouble::HeldFromLastTime,
        head: "8 from last time",
        sentence: "Never sent, and nothing was charged.",
        ways: &[("Go on", WayOut::GoOn), ("Discard", WayOut::DiscardHeld)],
        price: Some(Money::from_mills(200)),
    };
    let mut held = job("1", JobStatus::Held, Charged::No, &[JobAction::GoOn, JobAction::Discard]);
    held.held = Some(Hold::LastTime);
    let mut harness = panel(vec![held], Some(BANNER));
    assert!(matches!(click(&mut harness, "Go on, $0.20")[..], [Action::Take(WayOut::GoOn)]));
    harness.get_by_label("Held, nothing charged");
    assert!(is_job(&click(&mut harness, "Go on, $0.025"), JobAction::GoOn));
    // Both the banner and the row have this way.
    harness.get_all_by_label("Discard").next().unwrap().click();
    harness.run_ok();
    assert!(matches!(harness.state_mut().take()[..], [Action::Take(WayOut::DiscardHeld)]));
}

/// Four jobs of one click.
fn batch() -> Vec<JobView<'static>> {
    let mut jobs = vec![
        job("4", JobStatus::Failed, Charged::No, &[JobAction::Retry, JobAction::Forget]),
        job("3", JobStatus::Failed, Charged::No, &[JobAction::Retry, JobAction::Forget]),
        job("2", JobStatus::Working, Charged::Yes, &[JobAction::Stop]),
        job("1", JobStatus::Done, Charged::Yes, &[JobAction::Forget]),
    ];
    for job in &mut jobs {
        job.batch = Some("a click");
    }
    jobs
}

#[test]
fn the_jobs_of_one_click_are_one_row_with_the_offers_that_fit_and_open_to_show_each() {
    let mut harness = panel(batch(), None);
    harness.get_by_label("1 done, 2 need you, 1 working");
    harness.get_by_label("$0.05 of $0.10 charged");
    assert!(harness.query_by_label("Failed, nothing charged").is_none());
    let actions = click(&mut harness, "Retry 2, $0.05");
    let [Action::Jobs(JobsAction::Each(ids, JobAction::Retry))] = &actions[..] else { panic!("{actions:?}") };
    assert_eq!(ids.iter().map(|id| id.0.as_str()).collect::<Vec<_>>(), ["3", "4"]);
    let actions = click(&mut harness, "Stop these jobs");
    assert!(
        matches!(&actions[..], [Action::Jobs(JobsAction::Each(ids, JobAction::Stop))] if ids.len() == 1),
        "{actions:?}"
    );

    assert!(click(&mut harness, "Show these jobs").is_empty());
    assert_eq!(harness.query_all_by_label("Failed, nothing charged").count(), 2);
    click(&mut harness, "Fold these jobs");
    assert!(harness.query_by_label("Failed, nothing charged").is_none());
}

#[test]
fn the_chip_of_what_needs_a_person_opens_its_batch_and_scrolls_to_it() {
    let mut jobs: Vec<_> = (10..40).map(|id| job(&id.to_string(), JobStatus::Done, Charged::Yes, &[])).collect();
    jobs.extend(batch());
    let mut harness = panel(jobs, None);
    assert!(harness.query_by_label("Failed, nothing charged").is_none());
    click(&mut harness, "2 need you");
    harness.run_ok();
    let first = harness.query_all_by_label("Failed, nothing charged").next().unwrap().rect();
    assert!(first.top() > 40.0 && first.bottom() < PANEL.y, "{first:?}");
}

#[test]
fn of_five_thousand_jobs_only_those_in_sight_are_drawn_and_the_last_one_can_be_reached() {
    let jobs: Vec<_> = (0..5000).map(|id| job(&id.to_string(), JobStatus::Done, Charged::Yes, &[])).collect();
    let mut last = jobs[0].clone();
    (last.id, last.prompt) = (JobId("last".to_owned()), "the first of all");
    let mut harness = panel([jobs, vec![last]].concat(), None);
    let drawn = harness.query_all_by_role(Role::Group).count();
    assert!(drawn < 40, "{drawn} groups are drawn");
    harness.hover_at(egui::pos2(140.0, 400.0));
    harness.run_ok();
    for _ in 0..20 {
        harness.event(egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: vec2(0.0, -100_000.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: egui::Modifiers::NONE,
        });
        harness.run_ok();
    }
    harness.get_by_label("the first of all");
}

#[test]
fn a_name_is_never_cut_for_the_seed_beside_it() {
    let mut failed = job("1", JobStatus::Failed, Charged::No, &[JobAction::Retry]);
    (failed.prompt, failed.seed) = ("a cheerful watercolour portrait", 4_071_233_981);
    let harness = panel(vec![failed.clone()], None);
    harness.get_by_label("a cheerful watercolour portrait");
    harness.get_by_label("4:10");
    failed.prompt = "ink";
    panel(vec![failed], None).get_by_label("seed 4071233981 · 4:10");
}

#[test]
fn what_waits_is_moved_by_its_menu_by_keys_and_by_its_grip() {
    let jobs = || ["3", "2", "1"].map(waiting).to_vec();
    let grip = |harness: &Harness<'_, Asked<JobsPanel>>, index: usize| {
        harness.query_all_by_label("Move in line").nth(index).unwrap().rect().center()
    };
    let moved = |actions: &[Action]| match actions {
        [Action::Jobs(JobsAction::Move(ids, place))] => (ids[0].0.clone(), place.clone()),
        other => panic!("{other:?}"),
    };

    let mut harness = panel(jobs(), None);
    harness.query_all_by_label("Move in line").next().unwrap().click();
    harness.run_ok();
    assert_eq!(moved(&click(&mut harness, "First in line")), ("3".to_owned(), Move::First));

    let mut harness = panel(jobs(), None);
    harness.query_all_by_label("Move in line").nth(1).unwrap().focus();
    harness.run_ok();
    harness.state_mut().take();
    harness.key_press(Key::ArrowUp);
    harness.run_ok();
    assert_eq!(moved(&harness.state_mut().take()), ("2".to_owned(), Move::Later));

    // The newest is dragged below all others: it is the next one then.
    let mut harness = panel(jobs(), None);
    let (from, to) = (grip(&harness, 0), grip(&harness, 2) + vec2(0.0, 60.0));
    harness.drag_at(from);
    harness.run_ok();
    for step in 1..=4 {
        harness.hover_at(from + (to - from) * (step as f32 / 4.0));
        harness.run_ok();
    }
    harness.state_mut().take();
    harness.drop_at(to);
    harness.run_ok();
    assert_eq!(moved(&harness.state_mut().take()), ("3".to_owned(), Move::Before(JobId("1".into()))));
}

#[test]
fn every_row_that_waits_for_a_busy_service_counts_down() {
    let busy = |id| JobView { goes_on_in: Some(78), busy: true, ..waiting(id) };
    let harness = panel(vec![busy("1"), busy("2"), busy("3")], None);
    assert_eq!(harness.query_all_by_label("Service is busy, next try in 1:18").count(), 3);
    assert_eq!(harness.query_all_by_label("Not sent yet · seed 61").count(), 3);
}

#[test]
fn the_menu_of_the_panel_clears_and_opens_the_ledger() {
    let mut harness = panel(vec![waiting("1")], None);
    for (label, command) in [
        ("Clear waiting jobs", Command::ClearWaiting),
        ("Clear finished jobs", Command::ClearFinished),
        ("Spend ledger…", Command::Ledger),
    ] {
        click(&mut harness, "More about jobs");
        let actions = click(&mut harness, label);
        assert!(matches!(actions[..], [Action::Run(run)] if run == command), "{actions:?}");
    }
}

/// A dialog over the window.
fn dialog(dialog: OpenDialog) -> Harness<'static, Asked<Shell>> {
    let extras = Extras { dialog: Some(dialog), ..Extras::default() };
    let mut harness = window(vec2(960.0, 640.0), Shell::default(), move |ui, shell, actions| {
        with_view(Scene::FirstRun, None, &extras, |view| shell.ui(ui, view, actions));
    });
    harness.run_ok();
    harness.run_ok();
    harness.state_mut().take();
    harness
}

#[test]
fn the_ledger_draws_only_what_is_in_sight_and_each_line_can_be_looked_up() {
    let mut harness = dialog(OpenDialog::Ledger);
    let drawn = harness.query_all_by_label("2026-11-25 14:31:07").count();
    assert!((4..40).contains(&drawn), "{drawn} lines");
    assert_eq!(harness.query_all_by_label("1, $0.025").count(), 4, "unsure stands apart in each time");
    harness.get_by_label("10,000 lines");
    assert!(matches!(click(&mut harness, "Copy")[..], [Action::CopyLedger]));
    assert!(matches!(click(&mut harness, "Save as CSV…")[..], [Action::SaveLedger]));
    harness.query_all_by_label("Copy the request id").next().unwrap().click();
    harness.run_ok();
    let actions = harness.state_mut().take();
    assert!(matches!(&actions[..], [Action::CopyText(id)] if id.starts_with("face_9f3ac2")), "{actions:?}");
    harness.query_all_by_label("Show the sticker").next().unwrap().click();
    harness.run_ok();
    let actions = harness.state_mut().take();
    assert!(matches!(&actions[..], [Action::ShowResult(id), Action::CloseDialog] if id.0 == "0"), "{actions:?}");
}

#[test]
fn going_above_the_limit_is_a_decision_with_exact_amounts_and_a_safe_way_out() {
    let mut harness = dialog(OpenDialog::OverBudget);
    harness.get_by_label("$2.00");
    harness.get_by_label("$2.075");
    assert!(harness.get_by_label("Do not spend it").accesskit_node().is_focused());
    assert!(matches!(click(&mut harness, "Do not spend it")[..], [Action::CloseDialog]));
    let actions = click(&mut harness, "Go on, $0.10, at Pixazo");
    assert!(matches!(actions[..], [Action::SpendAnyway, Action::CloseDialog]), "{actions:?}");
}

#[test]
fn the_notice_before_the_first_hosted_sticker_carries_the_price() {
    let mut harness = dialog(OpenDialog::Notice);
    harness.get_by_label_contains("non-commercial");
    assert!(harness.get_by_label("Not now").accesskit_node().is_focused());
    let actions = click(&mut harness, "Make 4 stickers, $0.10, at Pixazo");
    assert!(matches!(actions[..], [Action::AcceptNotice]), "{actions:?}");
}

#[test]
fn closing_says_what_is_waited_for_and_for_how_long() {
    let mut harness = dialog(OpenDialog::Closing);
    harness.get_by_label_contains("2 requests for $0.05");
    harness.get_by_label_contains("at the latest in 0:42");
    assert!(matches!(click(&mut harness, "Keep the window open")[..], [Action::StayOpen]));
    assert!(matches!(click(&mut harness, "Close without it")[..], [Action::CloseUnsure]));
}

#[test]
fn holding_the_keys_of_the_ticket_down_is_one_click() {
    let mut harness = window(vec2(1360.0, 860.0), Shell::default(), |ui, shell, actions| {
        with_view(Scene::Working, None, &Extras::default(), |view| shell.ui(ui, view, actions));
    });
    harness.run_ok();
    harness.state_mut().take();
    for repeat in [false, true, true, true] {
        harness.input_mut().events.extend([
            Event::ModifiersChanged(Modifiers::COMMAND),
            Event::Key { key: Key::Enter, physical_key: None, pressed: true, repeat, modifiers: Modifiers::COMMAND },
        ]);
        harness.step();
    }
    let makes = harness.state_mut().take();
    let makes = makes.iter().filter(|action| matches!(action, Action::Run(Command::Make))).count();
    assert_eq!(makes, 1);
}

#[test]
fn the_top_bars_sum_opens_the_ledger() {
    let mut harness = window(vec2(1360.0, 44.0), (), |ui, (): &mut (), actions| {
        with_view(Scene::Working, None, &Extras::default(), |view| {
            sticker_booth::ui::topbar::ui(ui, 320.0, &view.topbar, actions);
        });
    });
    harness.run_ok();
    assert!(harness.get_by_role_and_label(Role::Button, "Today $0.075").rect().height() >= 24.0);
    assert!(matches!(click(&mut harness, "Today $0.075")[..], [Action::Run(Command::Ledger)]));
}
