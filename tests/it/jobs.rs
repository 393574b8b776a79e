//! The line of jobs with the real gateway, a service that misbehaves, and processes that die.

mod answers;
mod clock;
mod closing;
#[cfg(target_os = "linux")]
mod disk;
mod dress;
#[cfg(target_os = "linux")]
mod durable;
mod faults;
mod order;
#[cfg(unix)]
mod processes;
mod results;
pub(crate) mod service;
mod world;

use std::collections::HashSet;
use std::time::Duration;

use serde_json::json;
use sticker_booth::jobs::{Adopt, Budgets, Hold, JobEvent, JobsError, LedgerKind, Missing, NewJob, SoftBudget};
use sticker_booth::model::{Charged, Engine, JobAction, JobId, JobStatus, Money, StickerInfo};
use sticker_booth::picture::read_png_text;

use crate::support::fake_engine::FakeEngine;
use service::{Kind, Say, Service, accepted, finished, working};
use world::{KEY, Manner, Process, World, background, cutout, local, paid};

/// What a good service says: it takes everything, and is done when first asked.
fn good(base: &str, kind: Kind, earlier: usize) -> Say {
    match kind {
        Kind::Submit => accepted(&format!("request-{earlier}")),
        Kind::Ask => finished(base, &["a.png", "b.png"]),
        Kind::Fetch => Say::Picture(if earlier.is_multiple_of(2) { background() } else { cutout() }),
    }
}

#[test]
fn a_job_ends_in_the_library_with_its_settings_and_its_frame() {
    let world = World::new();
    let window = world.window();
    let id = window.jobs.submit(local("click")).unwrap();
    let row = window.rest(&id);
    assert_eq!(
        (row.status, row.charged, row.error.as_deref(), row.missing),
        (JobStatus::Done, Charged::No, None, None)
    );
    let texts = read_png_text(&std::fs::read(row.path.unwrap()).unwrap()).unwrap();
    let settings = texts.iter().find(|text| text.keyword == "sticker-booth").unwrap();
    let info: StickerInfo = serde_json::from_str(&settings.text).unwrap();
    assert_eq!(info.job_id, Some(id.0));
    assert_eq!(info.recipe.seed, row.recipe.seed);
    assert!(info.recipe.seed.is_some() && info.request_id == row.request_id && info.request_id.is_some());
    // The engine's frame starts at the sent photo's corner, a quarter of its pixels a canvas pixel.
    let frame = info.frame.unwrap();
    assert_eq!((frame.left, frame.top, frame.scale), (100.0, 50.0, 2.0 * 64.0 / 256.0));
}

#[test]
fn a_double_click_is_one_job() {
    let world = World::new();
    let window = world.window();
    let first = window.jobs.submit(local("click")).unwrap();
    let second = window.jobs.submit(local("click")).unwrap();
    assert_eq!(first, second);
    window.rest(&first);
    assert_eq!((window.jobs.list().len(), world.engine.runs()), (1, 1));
}

#[test]
fn a_photo_without_a_face_fails_and_costs_nothing() {
    let world = World::new();
    let window = world.window();
    let mut job = local("click");
    job.recipe.prompt = "no face".into();
    let id = window.jobs.submit(job).unwrap();
    let row = window.rest(&id);
    assert_eq!((row.status, row.charged), (JobStatus::Failed, Charged::No));
    assert!(row.error.unwrap().contains("face"));
    assert!(window.raw_answer(&id).unwrap().contains("failed"));
    assert!(row.offers.contains(&JobAction::Retry));
}

#[test]
fn a_built_in_job_cut_off_by_a_crash_is_back_in_line_and_finishes_once() {
    let world = World::with(FakeEngine::slow(Duration::from_millis(400)));
    let window = world.window();
    let ids: Vec<JobId> = ["a", "b"].map(|click| window.jobs.submit(local(click)).unwrap()).into();
    window.until(&ids[0], "at the engine", |row| row.request_id.is_some());
    drop(window);

    let window = world.window();
    for id in &ids {
        assert_eq!(window.rest(id).status, JobStatus::Done);
    }
    assert_eq!(world.library_files().len(), 4, "a cut-out and a background for each of two jobs");
    assert!(window.jobs.ledger().unwrap().is_empty());
}

#[test]
fn a_paid_job_cut_off_while_submitting_may_have_been_accepted_and_is_not_sent_again() {
    let service = Service::start(|_, _, _| Say::Nothing);
    let world = World::new();
    let window = world.start(&service.base, Manner::WINDOW);
    let id = window.jobs.submit(paid("click", &service.base)).unwrap();
    window.until(&id, "heard by the service", |_| service.count(Kind::Submit) == 1);
    drop(window);

    let window = world.start(&service.base, Manner::WINDOW);
    let row = window.rest(&id);
    assert_eq!((row.status, row.charged), (JobStatus::MayHaveBeenAccepted, Charged::Unknown));
    assert_eq!(row.offers, [JobAction::SubmitAgain, JobAction::Dismiss, JobAction::Forget]);
    let ledger = window.jobs.ledger().unwrap();
    assert_eq!((ledger.len(), ledger[0].kind), (1, LedgerKind::Unknown));
    assert_eq!(window.jobs.spending_this_month().unwrap().unsure, Money::from_mills(25));
    std::thread::sleep(Duration::from_millis(50));
    assert_eq!(service.count(Kind::Submit), 1);
}

#[test]
fn an_accepted_paid_job_is_asked_about_after_a_crash_and_paid_once() {
    let server = Service::start(|base, kind, earlier| match kind {
        Kind::Ask if earlier < 3 => working(),
        Kind::Ask => finished(base, &["a.png"]),
        Kind::Fetch => Say::Picture(cutout()),
        Kind::Submit => good(base, kind, earlier),
    });
    let world = World::new();
    let window = world.start(&server.base, Manner::WINDOW);
    let id = window.jobs.submit(paid("click", &server.base)).unwrap();
    window.until_status(&id, JobStatus::Working);
    drop(window);

    let window = world.start(&server.base, Manner::WINDOW);
    let row = window.rest(&id);
    assert_eq!((row.status, row.charged, row.missing), (JobStatus::Done, Charged::Yes, Some(Missing::Background)));
    assert_eq!(row.request_id.as_deref(), Some("request-0"));
    assert_eq!(server.count(Kind::Submit), 1);
    assert_eq!(window.jobs.ledger().unwrap().len(), 1);
    assert_eq!(world.library_files().len(), 1);
}

#[test]
fn a_paid_job_that_was_never_sent_is_held_after_a_restart_until_a_person_says_go_on() {
    let service = Service::start(good);
    let world = World::new();
    let window = world.start(&service.base, Manner::WINDOW);
    window.jobs.pause(true);
    let id = window.jobs.submit(paid("click", &service.base)).unwrap();
    drop(window);

    let window = world.start(&service.base, Manner::WINDOW);
    let row = window.rest(&id);
    assert_eq!((row.status, row.held, row.charged), (JobStatus::Held, Some(Hold::LastTime), Charged::No));
    assert_eq!(window.jobs.resume(false).unwrap(), 0);
    assert_eq!(service.count(Kind::Submit), 0);
    assert_eq!(window.jobs.resume(true).unwrap(), 1);
    assert_eq!(window.rest(&id).status, JobStatus::Done);
    assert_eq!(service.count(Kind::Submit), 1);
}

#[test]
fn a_refused_key_ends_a_command_s_job_uncharged() {
    let service = Service::start(|_, _, _| Say::Json(401, json!({ "error": "Invalid or missing authentication" })));
    let world = World::new();
    let make = world.start(&service.base, Manner::MAKE);
    let id = make.jobs.submit(paid("click", &service.base)).unwrap();
    let row = make.rest(&id);
    assert_eq!((row.status, row.charged), (JobStatus::Failed, Charged::No));
    assert!(row.error.unwrap().contains("Invalid or missing authentication"));
    assert!(make.jobs.ledger().unwrap().is_empty());
}

#[test]
fn a_refused_key_holds_the_window_s_whole_line_until_it_is_mended() {
    let service = Service::start(|base, kind, earlier| match kind {
        Kind::Submit if earlier < 2 => Say::Json(402, json!({ "error": "Insufficient credits" })),
        _ => good(base, kind, earlier),
    });
    let world = World::new();
    let window = world.start(&service.base, Manner::WINDOW);
    let clicks = ["a", "b", "c", "d"].map(|click| paid(click, &service.base));
    let ids = window.jobs.submit_all(clicks.into(), SoftBudget::Obey).unwrap();
    for id in &ids {
        let row = window.rest(id);
        assert_eq!((row.status, row.held, row.charged), (JobStatus::Held, Some(Hold::Credit), Charged::No));
    }
    assert!(service.count(Kind::Submit) <= 2, "only those that were under way may have asked");
    window.jobs.resume(true).unwrap();
    for id in &ids {
        assert_eq!(window.rest(id).status, JobStatus::Done);
    }
    assert_eq!(window.jobs.ledger().unwrap().len(), 4);
}

#[test]
fn without_a_key_nothing_is_sent() {
    let service = Service::start(good);
    let world = World::new();
    let make = world.start("", Manner::MAKE);
    let id = make.jobs.submit(paid("click", &service.base)).unwrap();
    let row = make.rest(&id);
    assert_eq!((row.status, row.charged, service.count(Kind::Submit)), (JobStatus::Failed, Charged::No, 0));
    assert!(row.error.unwrap().contains("PIXAZO_API_KEY"));
}

#[test]
fn a_busy_service_is_left_alone_with_a_countdown_by_all_jobs_and_then_takes_them() {
    let service = Service::start(|base, kind, earlier| match kind {
        Kind::Submit if earlier == 0 => Say::Busy(1),
        _ => good(base, kind, earlier),
    });
    let world = World::new();
    let window = world.start(&service.base, Manner::WINDOW);
    window.jobs.set_hosted_concurrency(1);
    let ids: Vec<JobId> = ["a", "b"].map(|click| window.jobs.submit(paid(click, &service.base)).unwrap()).into();
    let start = world.clock.instant();
    let row = window.until(&ids[0], "counting down", |row| row.retry_at.is_some());
    assert_eq!((row.status, row.charged), (JobStatus::Queued, Charged::No));
    assert!(row.retry_at.unwrap() > start && row.error.unwrap().contains("busy"));
    window.until(&ids[1], "counting down too", |row| row.retry_at.is_some());
    assert_eq!(service.count(Kind::Submit), 1);
    for id in &ids {
        assert_eq!(window.rest(id).status, JobStatus::Done);
    }
    assert!(world.clock.instant() - start >= Duration::from_secs(1));
    assert_eq!((service.count(Kind::Submit), window.jobs.ledger().unwrap().len()), (3, 2));
}

#[test]
fn where_nobody_listens_nothing_was_sent_and_it_is_tried_again() {
    let world = World::new();
    let base = "http://127.0.0.1:1";
    let window = world.start(base, Manner::WINDOW);
    let id = window.jobs.submit(paid("click", base)).unwrap();
    let row = window.until(&id, "waiting", |row| row.retry_at.is_some());
    assert_eq!((row.status, row.charged), (JobStatus::Queued, Charged::No));
    assert!(row.error.unwrap().contains("nothing was sent"));
    window.jobs.stop(&id).unwrap();
    assert_eq!(window.rest(&id).status, JobStatus::Stopped);
}

#[test]
fn dead_links_are_asked_for_again_three_times_and_then_the_picture_is_gone_but_paid() {
    let service = Service::start(|base, kind, earlier| match kind {
        Kind::Fetch => Say::Json(404, json!({})),
        _ => good(base, kind, earlier),
    });
    let world = World::new();
    let window = world.start(&service.base, Manner::WINDOW);
    let id = window.jobs.submit(paid("click", &service.base)).unwrap();
    let row = window.rest(&id);
    assert_eq!((row.status, row.charged), (JobStatus::Failed, Charged::Yes));
    assert!(row.error.unwrap().contains("no longer lead to it"));
    assert_eq!(row.request_id.as_deref(), Some("request-0"));
    assert_eq!((service.count(Kind::Ask), service.count(Kind::Submit)), (4, 1));
    assert!(row.offers.contains(&JobAction::LookAgain) && world.library_files().is_empty());
}

#[test]
fn links_that_come_to_life_when_asked_again_are_enough() {
    let service = Service::start(|base, kind, earlier| match kind {
        Kind::Fetch if earlier < 4 => Say::Json(403, json!({})),
        _ => good(base, kind, earlier),
    });
    let world = World::new();
    let window = world.start(&service.base, Manner::WINDOW);
    let id = window.jobs.submit(paid("click", &service.base)).unwrap();
    let row = window.rest(&id);
    assert_eq!((row.status, row.missing, row.background_path.is_some()), (JobStatus::Done, None, true));
}

#[test]
fn one_whole_picture_of_two_is_enough_and_the_missing_one_is_named() {
    let service = Service::start(|base, kind, earlier| match kind {
        Kind::Fetch if earlier.is_multiple_of(2) => Say::Json(410, json!({})),
        _ => good(base, kind, earlier),
    });
    let world = World::new();
    let window = world.start(&service.base, Manner::WINDOW);
    let id = window.jobs.submit(paid("click", &service.base)).unwrap();
    let row = window.rest(&id);
    assert_eq!((row.status, row.missing), (JobStatus::Done, Some(Missing::Background)));
    assert_eq!(world.library_files().len(), 1);
}

#[test]
fn a_page_or_half_a_picture_is_never_kept_as_a_sticker() {
    let service = Service::start(|base, kind, earlier| match kind {
        Kind::Fetch if earlier == 0 => Say::Picture(b"<html>Sign in to the network</html>".to_vec()),
        Kind::Fetch if earlier == 1 => Say::Picture(cutout()[..60].to_vec()),
        _ => good(base, kind, earlier),
    });
    let world = World::new();
    let window = world.start(&service.base, Manner::WINDOW);
    let id = window.jobs.submit(paid("click", &service.base)).unwrap();
    let row = window.until(&id, "trying again", |row| row.retry_at.is_some());
    assert_eq!(row.status, JobStatus::Fetching);
    assert!(row.error.unwrap().contains("not fetched yet") && world.library_files().is_empty());
    assert_eq!(window.rest(&id).missing, None);
}

#[test]
fn an_id_that_the_service_does_not_know_is_lost_after_three_grace_tries_and_kept() {
    let service = Service::start(|base, kind, earlier| match kind {
        Kind::Ask if earlier < 4 => Say::Json(404, json!({ "error": "unknown" })),
        _ => good(base, kind, earlier),
    });
    let world = World::new();
    let window = world.start(&service.base, Manner::WINDOW);
    let id = window.jobs.submit(paid("click", &service.base)).unwrap();
    let row = window.rest(&id);
    assert_eq!((row.status, row.charged, service.count(Kind::Ask)), (JobStatus::Lost, Charged::Yes, 4));
    assert_eq!(row.request_id.as_deref(), Some("request-0"));
    window.jobs.look_again(&id).unwrap();
    assert_eq!(window.rest(&id).status, JobStatus::Done);
    assert_eq!((service.count(Kind::Submit), window.jobs.ledger().unwrap().len()), (1, 1));
}

#[test]
fn faults_while_asking_never_end_a_job() {
    let service = Service::start(|base, kind, earlier| match kind {
        Kind::Ask if earlier == 0 => Say::Json(503, json!({ "error": "overloaded" })),
        _ => good(base, kind, earlier),
    });
    let world = World::new();
    let window = world.start(&service.base, Manner::WINDOW);
    let id = window.jobs.submit(paid("click", &service.base)).unwrap();
    let row = window.until(&id, "trying again", |row| row.retry_at.is_some());
    assert_eq!((row.status, row.charged), (JobStatus::Accepted, Charged::Yes));
    assert!(row.error.unwrap().contains("overloaded"));
    assert_eq!(window.rest(&id).error, None);
}

/// A service that takes its time to answer a submit.
fn slow_to_answer() -> Service {
    Service::start(|base, kind, earlier| match kind {
        Kind::Submit => Say::After(Duration::from_millis(300), Box::new(good(base, kind, earlier))),
        _ => good(base, kind, earlier),
    })
}

/// A window with a paid job that the service has heard and not answered yet.
fn heard_but_not_answered(world: &World, service: &Service) -> (Process, JobId) {
    let window = world.start(&service.base, Manner::WINDOW);
    let id = window.jobs.submit(paid("click", &service.base)).unwrap();
    window.until(&id, "heard by the service", |_| service.count(Kind::Submit) == 1);
    (window, id)
}

#[test]
fn an_answer_that_never_comes_is_waited_for_a_minute_when_the_program_closes() {
    let service = Service::start(|_, _, _| Say::Nothing);
    let world = World::new();
    let (window, id) = heard_but_not_answered(&world, &service);
    let start = world.clock.instant();
    window.runtime.block_on(window.jobs.close());
    assert!(world.clock.instant() - start >= Duration::from_mins(1));
    assert_eq!(window.jobs.get(&id).unwrap().status, JobStatus::MayHaveBeenAccepted);
}

#[test]
fn a_stop_while_submitting_waits_for_the_answer_and_keeps_the_id() {
    let service = slow_to_answer();
    let world = World::new();
    let (window, id) = heard_but_not_answered(&world, &service);
    window.jobs.stop(&id).unwrap();
    window.jobs.stop(&id).unwrap();
    let row = window.rest(&id);
    assert_eq!((row.status, row.charged), (JobStatus::Stopped, Charged::Yes));
    assert_eq!((row.request_id.as_deref(), service.count(Kind::Ask)), (Some("request-0"), 0));
    assert_eq!(window.jobs.ledger().unwrap().len(), 1);
    window.jobs.look_again(&id).unwrap();
    assert_eq!(window.rest(&id).status, JobStatus::Done);
    assert_eq!(service.count(Kind::Submit), 1);
}

#[test]
fn closing_waits_for_the_answer_and_the_next_run_goes_on_with_its_id() {
    let service = slow_to_answer();
    let world = World::new();
    let (window, id) = heard_but_not_answered(&world, &service);
    window.runtime.block_on(window.jobs.close());
    let row = window.jobs.get(&id).unwrap();
    assert_eq!((row.status, row.request_id.as_deref()), (JobStatus::Accepted, Some("request-0")));
    assert!(matches!(window.jobs.submit(local("late")), Err(JobsError::Closed)));
    drop(window);

    let window = world.start(&service.base, Manner::WINDOW);
    assert_eq!(window.rest(&id).status, JobStatus::Done);
    assert_eq!(service.count(Kind::Submit), 1);
}

#[test]
fn giving_up_on_an_answer_is_unsure_and_submitting_again_is_a_new_row_that_a_person_asked_for() {
    let service = Service::start(|base, kind, earlier| match kind {
        Kind::Submit if earlier == 0 => Say::Nothing,
        _ => good(base, kind, earlier),
    });
    let world = World::new();
    let window = world.start(&service.base, Manner::WINDOW);
    let id = window.jobs.submit(paid("click", &service.base)).unwrap();
    window.until(&id, "heard by the service", |_| service.count(Kind::Submit) == 1);
    window.jobs.give_up();
    assert_eq!(window.rest(&id).status, JobStatus::MayHaveBeenAccepted);
    assert!(matches!(window.jobs.retry(&id, SoftBudget::Obey), Err(JobsError::NotOffered)));
    let again = window.jobs.submit_again(&id, SoftBudget::Obey).unwrap();
    assert!(matches!(window.jobs.submit_again(&id, SoftBudget::Obey), Err(JobsError::NotOffered)));
    assert_eq!(window.rest(&again).status, JobStatus::Done);
    let old = window.jobs.get(&id).unwrap();
    assert_eq!((old.status, old.charged), (JobStatus::Dismissed, Charged::Unknown));
    assert_eq!(old.recipe, window.jobs.get(&again).unwrap().recipe);
    let kinds: Vec<LedgerKind> = window.jobs.ledger().unwrap().iter().map(|line| line.kind).collect();
    assert_eq!((kinds, service.count(Kind::Submit)), (vec![LedgerKind::Unknown, LedgerKind::Accepted], 2));
    window.jobs.forget(&id).unwrap();
    assert_eq!(window.jobs.ledger().unwrap().len(), 2);
}

#[test]
fn several_processes_share_a_data_folder_and_each_job_has_one_owner() {
    let world = World::with(FakeEngine::slow(Duration::from_millis(200)));
    let one = world.window();
    let id = one.jobs.submit(local("click")).unwrap();
    let two = world.window();
    assert!(two.jobs.get(&id).unwrap().offers.is_empty());
    assert!(matches!(two.jobs.stop(&id), Err(JobsError::DrivenElsewhere)));
    assert_eq!(two.jobs.submit(local("click")).unwrap(), id, "the same click");
    assert_eq!(one.rest(&id).status, JobStatus::Done);
    assert_eq!(two.rest(&id).status, JobStatus::Done);
    assert_eq!(world.engine.runs(), 1);
}

#[test]
fn a_living_process_takes_over_what_a_dead_one_left_and_a_command_leaves_it_alone() {
    let service = Service::start(|base, kind, earlier| match kind {
        Kind::Ask if earlier == 0 => working(),
        _ => good(base, kind, earlier),
    });
    let world = World::new();
    let dying = world.start(&service.base, Manner::WINDOW);
    let make = world.start(&service.base, Manner::MAKE);
    dying.jobs.pause(true);
    let id = dying.jobs.submit(paid("click", &service.base)).unwrap();
    drop(dying);
    make.until(&id, "seen as it would be found", |row| row.status == JobStatus::Held);
    let window = world.start(&service.base, Manner { adopt: Adopt::Orphans, ..Manner::WINDOW });
    assert_eq!(window.rest(&id).held, Some(Hold::LastTime));
    assert_eq!(service.count(Kind::Submit), 0);
}

#[test]
fn a_photo_of_this_computer_is_not_promised_to_a_service_that_cannot_see_it() {
    let world = World::new();
    let window = world.window();
    let job = NewJob { engine: Engine::pixazo("https://gateway.pixazo.ai", false), ..local("click") };
    let error = window.jobs.submit(job).unwrap_err();
    assert!(error.to_string().contains("use a link to the photo"), "{error}");
    assert!(window.jobs.list().is_empty());
}

#[test]
fn a_hard_budget_counts_what_is_spent_unsure_and_in_line() {
    let service = Service::start(good);
    let world = World::new();
    let budgets = Budgets { soft: None, hard: Some(Money::from_mills(50)) };
    let window = world.start(&service.base, Manner { budgets, ..Manner::WINDOW });
    let first = window.jobs.submit(paid("a", &service.base)).unwrap();
    window.rest(&first);
    window.jobs.pause(true);
    window.jobs.submit(paid("b", &service.base)).unwrap();
    let refused = window.jobs.submit(paid("c", &service.base));
    assert!(matches!(refused, Err(JobsError::HardBudget { after, .. }) if after == Money::from_mills(75)));
    assert_eq!(window.jobs.list().len(), 2);
}

#[test]
fn a_paused_line_can_be_reordered_and_cleared() {
    let world = World::new();
    let window = world.window();
    window.jobs.pause(true);
    let ids: Vec<JobId> = ["a", "b", "c"].map(|click| window.jobs.submit(local(click)).unwrap()).into();
    window.jobs.reorder(&ids[2], Some(&ids[0])).unwrap();
    window.jobs.stop(&ids[1]).unwrap();
    let mut events = window.jobs.subscribe();
    window.jobs.pause(false);
    window.rest(&ids[0]);
    window.rest(&ids[2]);
    let mut done = Vec::new();
    while let Ok(event) = events.try_recv() {
        if let JobEvent::Changed(row) = event
            && row.status == JobStatus::Done
            && !done.contains(&row.id)
        {
            done.push(row.id.clone());
        }
    }
    assert_eq!(done, [ids[2].clone(), ids[0].clone()]);
    window.jobs.pause(true);
    let last = window.jobs.submit(local("d")).unwrap();
    assert_eq!(window.jobs.clear().unwrap(), 1);
    assert_eq!((window.rest(&last).status, world.engine.runs()), (JobStatus::Stopped, 2));
}

#[test]
fn the_key_is_in_no_file_even_when_the_service_repeats_it() {
    let echo = || json!({ "error": format!("bad key {KEY}"), "request_id": "request-0", "status": "processing" });
    let service = Service::start(move |base, kind, earlier| match kind {
        Kind::Submit | Kind::Ask if earlier == 0 => Say::Json(200, echo()),
        _ => good(base, kind, earlier),
    });
    let world = World::new();
    let window = world.start(&service.base, Manner::WINDOW);
    let id = window.jobs.submit(paid("click", &service.base)).unwrap();
    assert_eq!(window.rest(&id).status, JobStatus::Done);
    assert!(!world.files_with("request-0").is_empty(), "the journal is looked into");
    assert_eq!(world.files_with(KEY), Vec::<std::path::PathBuf>::new());
}

#[test]
fn at_most_as_many_paid_requests_are_under_way_as_the_engine_allows() {
    let at_once = std::sync::Arc::new(std::sync::Mutex::new((0_usize, 0_usize)));
    let counted = std::sync::Arc::clone(&at_once);
    let service = Service::start(move |base, kind, earlier| {
        let mut counts = counted.lock().unwrap();
        match kind {
            Kind::Submit => {
                counts.0 += 1;
                counts.1 = counts.1.max(counts.0);
            }
            Kind::Fetch if earlier.is_multiple_of(2) => counts.0 -= 1,
            _ => {}
        }
        good(base, kind, earlier)
    });
    let world = World::new();
    let window = world.start(&service.base, Manner::WINDOW);
    let clicks = (0..6).map(|click| paid(&click.to_string(), &service.base)).collect();
    let ids = window.jobs.submit_all(clicks, SoftBudget::Obey).unwrap();
    let requests: HashSet<Option<String>> = ids.iter().map(|id| window.rest(id).request_id).collect();
    assert_eq!(requests.len(), 6);
    let most = at_once.lock().unwrap().1;
    assert!((1..=2).contains(&most), "{most} at once");
}
