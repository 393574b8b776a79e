//! The journal on a real file: clicks, budgets, owners, photos, the ledger.

mod budgets;
mod old_formats;

use super::*;
use crate::api::Ticket;
use crate::jobs::Hold;
use crate::jobs::job::KeptPhoto;
use crate::jobs::photos::sha256_hex;
use crate::jobs::state::Kept;
use crate::model::ledger::LedgerKind;
use crate::model::{Engine, FaceFrame, JobStatus, Money, Recipe};

const NO_BUDGET: Budgets = Budgets { soft: None, hard: None };

/// A process with its lock and its view of one data folder.
struct Process {
    journal: Journal,
    _lock: ProcessLock,
}

fn process(folders: &Folders) -> Process {
    folders.create().unwrap();
    let lock = ProcessLock::acquire(&folders.run()).unwrap();
    let journal = Journal::open(folders, &lock, OnRefusedKey::Hold).unwrap().journal;
    Process { journal, _lock: lock }
}

fn data_folder() -> (tempfile::TempDir, Folders) {
    let root = tempfile::tempdir().unwrap();
    let folders = Folders::at(root.path());
    (root, folders)
}

fn now() -> Timestamp {
    "2026-03-15T12:00:00Z".parse().unwrap()
}

fn month() -> Timestamp {
    "2026-03-01T00:00:00Z".parse().unwrap()
}

fn job(process: &Process, engine: &Engine, click: &str, photo: &[u8]) -> (Job, Option<Vec<u8>>) {
    let job = Job {
        id: JobId(format!("id of {click}")),
        click: click.to_owned(),
        batch: Some("b".into()),
        position: 0,
        engine: engine.id,
        base_url: engine.base.clone(),
        on_loopback: engine.allows_loopback,
        price: engine.price,
        recipe: Recipe { prompt: "ink".into(), ..Recipe::default() }.with_seed(u32::MAX),
        photo: KeptPhoto::Prepared {
            sha256: sha256_hex(photo),
            frame: FaceFrame { left: 1.5, top: 2.0, scale: 0.5 },
            faces: Vec::new(),
            name: Some("me.jpg".into()),
            picked_sha256: None,
            host: None,
        },
        state: State::Queued,
        revision: 0,
        owner: Some(process.journal.owner.clone()),
        error: None,
        raw_answer: None,
        created_at: now(),
        updated_at: now(),
        accepted_at: None,
    };
    (job, Some(photo.to_vec()))
}

fn pixazo() -> Engine {
    Engine::pixazo("https://example.com", false)
}

fn put(process: &Process, engine: &Engine, click: &str) -> Job {
    let jobs = vec![job(process, engine, click, b"face")];
    process.journal.insert(jobs, NO_BUDGET, SoftBudget::Obey, month()).unwrap().remove(0)
}

fn apply_all(process: &Process, job: &Job, inputs: impl IntoIterator<Item = Input>) -> Job {
    inputs.into_iter().map(|input| process.journal.apply(job.id.clone(), input, now()).unwrap().job).last().unwrap()
}

fn until_submitting() -> [Input; 3] {
    [Input::Turn, Input::Prepared, Input::Hosted]
}

fn ticket(id: &str) -> Ticket {
    Ticket { request_id: id.to_owned(), polling_url: None }
}

fn adopt(process: &Process) -> Vec<Stepped> {
    process.journal.adopt(now()).unwrap()
}

#[test]
fn a_job_comes_back_from_the_journal_as_it_was_put_in() {
    let (_root, folders) = data_folder();
    let one = process(&folders);
    let put = put(&one, &pixazo(), "click");
    assert_eq!(one.journal.all().unwrap(), [put]);
}

#[test]
fn a_double_click_is_one_job() {
    let (_root, folders) = data_folder();
    let one = process(&folders);
    let two = process(&folders);
    let first = put(&one, &pixazo(), "click");
    let second = put(&two, &pixazo(), "click");
    assert_eq!((second.id, one.journal.all().unwrap().len()), (first.id, 1));
}

#[test]
fn a_row_that_does_not_fit_on_the_disk_says_so_and_fits_once_there_is_room() {
    let (_root, folders) = data_folder();
    let one = process(&folders);
    let job = put(&one, &pixazo(), "click");
    let job = apply_all(&one, &job, until_submitting());
    let room = |pages: i64| {
        one.journal.store.call(move |c| c.pragma_update(None, "max_page_count", pages)).unwrap().unwrap();
    };
    // SQLite takes this for a disk without room for another page.
    room(1);
    let accepted = Job { state: State::Accepted { ticket: ticket("r-1") }, raw_answer: Some("x".repeat(65536)), ..job };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let effects = vec![Effect::Record(crate::jobs::state::Line::Accepted(ticket("r-1")))];
    let save = || {
        runtime.block_on(one.journal.save(accepted.clone(), State::Submitting { stop_wanted: false }, effects.clone()))
    };
    assert!(matches!(save(), Err(JobsError::Store(StoreError::DiskFull))));
    let kept = &one.journal.all().unwrap()[0];
    assert_eq!((kept.state.status(), one.journal.ledger().unwrap().len()), (JobStatus::Submitting, 0));
    room(100_000);
    save().unwrap();
    let kept = &one.journal.all().unwrap()[0];
    assert_eq!((kept.state.status(), one.journal.ledger().unwrap().len()), (JobStatus::Accepted, 1));
}

#[test]
fn money_moves_from_reserved_to_spent_or_unsure_and_is_never_counted_twice() {
    let (_root, folders) = data_folder();
    let one = process(&folders);
    let amounts = || {
        let spending = one.journal.spending(month()).unwrap();
        (spending.spent.mills(), spending.unsure.mills(), spending.reserved.mills())
    };
    let paid = put(&one, &pixazo(), "paid");
    let unsure = put(&one, &pixazo(), "unsure");
    put(&one, &Engine::local(), "free");
    assert_eq!(amounts(), (0, 0, 50));

    apply_all(&one, &paid, until_submitting());
    apply_all(&one, &paid, [Input::Accepted(ticket("r-1"))]);
    apply_all(&one, &unsure, until_submitting());
    apply_all(&one, &unsure, [Input::NoAnswer]);
    assert_eq!(amounts(), (25, 25, 0));

    apply_all(&one, &paid, [Input::FailedThere { not_charged: true }]);
    apply_all(&one, &unsure, [Input::Dismiss]);
    assert_eq!(amounts(), (0, 0, 0));
    let kinds: Vec<&str> = one.journal.ledger().unwrap().iter().map(|line| line.kind.word()).collect();
    assert_eq!(kinds, ["accepted", "unknown", "not_charged"]);
    assert_eq!(one.journal.spending("2026-04-01T00:00:00Z".parse().unwrap()).unwrap().spent, Money::ZERO);
}

#[test]
fn the_ledger_line_and_the_accepted_state_are_one_transaction() {
    let (_root, folders) = data_folder();
    let one = process(&folders);
    let job = put(&one, &pixazo(), "click");
    apply_all(&one, &job, until_submitting());
    one.journal.store.call(|connection| connection.execute_batch("DROP TABLE ledger")).unwrap().unwrap();
    assert!(one.journal.apply(job.id.clone(), Input::Accepted(ticket("r-1")), now()).is_err());
    assert_eq!(one.journal.all().unwrap()[0].state.status(), JobStatus::Submitting);
}

#[test]
fn the_photo_goes_with_the_last_job_that_names_it_and_the_ledger_stays() {
    let (_root, folders) = data_folder();
    let one = process(&folders);
    let (first, second) = (put(&one, &pixazo(), "first"), put(&one, &pixazo(), "second"));
    let photo = one.journal.photos().path(&sha256_hex(b"face"));
    apply_all(&one, &first, until_submitting());
    apply_all(&one, &first, [Input::NoAnswer]);
    apply_all(&one, &second, [Input::Stop]);
    one.journal.forget(first.id).unwrap();
    assert!(photo.exists());
    one.journal.forget(second.id).unwrap();
    assert!(!photo.exists());
    assert_eq!(one.journal.ledger().unwrap().len(), 1);
}

#[test]
fn a_job_that_is_under_way_cannot_be_forgotten() {
    let (_root, folders) = data_folder();
    let one = process(&folders);
    let job = put(&one, &pixazo(), "click");
    apply_all(&one, &job, until_submitting());
    assert!(matches!(one.journal.forget(job.id), Err(JobsError::NotOffered)));
}

#[test]
fn photos_without_a_job_are_swept() {
    let (_root, folders) = data_folder();
    let one = process(&folders);
    put(&one, &pixazo(), "click");
    one.journal.photos().keep("left", b"by a crash").unwrap();
    one.journal.sweep_photos().unwrap();
    assert!(!one.journal.photos().path("left").exists());
    assert!(one.journal.photos().path(&sha256_hex(b"face")).exists());
}

#[test]
fn a_living_process_keeps_its_jobs_and_a_dead_one_leaves_them_to_the_next() {
    let (_root, folders) = data_folder();
    let one = process(&folders);
    let two = process(&folders);
    let job = put(&one, &pixazo(), "click");
    assert!(adopt(&two).is_empty());
    assert!(matches!(two.journal.apply(job.id.clone(), Input::Stop, now()), Err(JobsError::DrivenElsewhere)));
    drop(one);
    let adopted = adopt(&two);
    assert_eq!(adopted[0].job.state, State::Held { why: Hold::LastTime });
    assert!(adopt(&two).is_empty());
}

#[test]
fn after_a_crash_a_paid_post_without_an_answer_may_have_been_accepted_and_a_free_one_is_back_in_line() {
    let (_root, folders) = data_folder();
    let one = process(&folders);
    let paid = put(&one, &pixazo(), "paid");
    let free = put(&one, &Engine::local(), "free");
    apply_all(&one, &paid, until_submitting());
    apply_all(&one, &free, until_submitting());
    drop(one);
    let two = process(&folders);
    let states: Vec<State> = adopt(&two).into_iter().map(|stepped| stepped.job.state).collect();
    assert_eq!(states, [State::MaybeAccepted, State::Queued]);
    let ledger = two.journal.ledger().unwrap();
    assert_eq!((ledger.len(), ledger[0].kind), (1, LedgerKind::Unknown));
}

#[test]
fn after_a_crash_an_accepted_id_is_asked_about_and_a_finished_one_fetched() {
    let (_root, folders) = data_folder();
    let one = process(&folders);
    let asked = put(&one, &pixazo(), "asked");
    let fetched = put(&one, &pixazo(), "fetched");
    for (job, id) in [(&asked, "r-1"), (&fetched, "r-2")] {
        apply_all(&one, job, until_submitting());
        apply_all(&one, job, [Input::Accepted(ticket(id))]);
    }
    apply_all(&one, &fetched, [Input::Results(vec!["https://example.com/1.png".into()])]);
    drop(one);
    let two = process(&folders);
    let effects: Vec<Vec<Effect>> = adopt(&two).into_iter().map(|stepped| stepped.effects).collect();
    assert_eq!(effects, [vec![Effect::Ask], vec![Effect::Fetch]]);
}

#[test]
fn stopping_a_dead_process_s_submit_says_that_it_may_have_been_accepted() {
    let (_root, folders) = data_folder();
    let one = process(&folders);
    let job = put(&one, &pixazo(), "click");
    apply_all(&one, &job, until_submitting());
    drop(one);
    let two = process(&folders);
    assert_eq!(apply_all(&two, &job, [Input::Stop]).state, State::MaybeAccepted);
}

#[test]
fn a_driver_whose_job_was_taken_over_writes_nothing_though_its_state_is_the_same() {
    let (_root, folders) = data_folder();
    let Process { journal, _lock: lock } = process(&folders);
    let one = Process { journal: journal.clone(), _lock: lock };
    let job = put(&one, &pixazo(), "click");
    apply_all(&one, &job, until_submitting());
    let job = apply_all(&one, &job, [Input::Accepted(ticket("r-1"))]);
    drop(one);
    let two = process(&folders);
    adopt(&two);
    let working = Job { state: State::Working { ticket: ticket("r-1") }, ..job.clone() };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let saved = runtime.block_on(journal.save(working, job.state, Vec::new()));
    assert!(matches!(saved, Err(JobsError::DrivenElsewhere)), "{saved:?}");
    assert_eq!(two.journal.all().unwrap()[0].state.status(), JobStatus::Accepted);
}

#[test]
fn submitting_again_is_a_new_row_once_however_often_it_is_clicked() {
    let (_root, folders) = data_folder();
    let one = process(&folders);
    let job = put(&one, &pixazo(), "click");
    let again = |new: &str| {
        let (old, new) = (job.id.clone(), JobId(new.to_owned()));
        one.journal.submit_again(old, new, NO_BUDGET, SoftBudget::Obey, month(), now())
    };
    assert!(matches!(again("too early"), Err(JobsError::NotOffered)));
    apply_all(&one, &job, until_submitting());
    apply_all(&one, &job, [Input::NoAnswer]);
    let (old, new) = again("new").unwrap();
    assert_eq!((old.state.status(), &new.state, &new.recipe), (JobStatus::Dismissed, &State::Queued, &job.recipe));
    assert!(matches!(again("newer"), Err(JobsError::NotOffered)));
    assert_eq!(one.journal.all().unwrap().len(), 2);
    assert_eq!(one.journal.ledger().unwrap().len(), 1);
}

#[test]
fn a_waiting_job_can_be_put_before_another() {
    let (_root, folders) = data_folder();
    let one = process(&folders);
    let jobs: Vec<Job> = ["a", "b", "c"].map(|click| put(&one, &pixazo(), click)).into();
    let line = || one.journal.all().unwrap().iter().map(|job| job.click.clone()).collect::<Vec<_>>();
    one.journal.reorder(jobs[2].id.clone(), Some(jobs[0].id.clone())).unwrap();
    assert_eq!(line(), ["c", "a", "b"]);
    one.journal.reorder(jobs[0].id.clone(), None).unwrap();
    assert_eq!(line(), ["c", "b", "a"]);
}

#[test]
fn a_finished_job_keeps_its_files_and_belongs_to_nobody() {
    let (_root, folders) = data_folder();
    let one = process(&folders);
    let job = put(&one, &pixazo(), "click");
    let kept = Kept { path: "/library/1.png".into(), ..Kept::default() };
    apply_all(&one, &job, until_submitting());
    let results = Input::Results(vec!["https://example.com/1.png".into()]);
    let done =
        apply_all(&one, &job, [Input::Accepted(ticket("r")), results, Input::Fetched, Input::Stored(kept.clone())]);
    assert_eq!((done.state.kept(), done.owner), (Some(&kept), None));
}

#[test]
fn a_driver_that_decided_from_an_older_state_writes_nothing() {
    let (_root, folders) = data_folder();
    let one = process(&folders);
    let job = put(&one, &pixazo(), "click");
    let held = apply_all(&one, &job, [Input::LineHeld(Hold::Key)]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let begun = Job { state: State::Preparing, ..job.clone() };
    let refused = runtime.block_on(one.journal.save(begun, job.state, Vec::new()));
    assert!(matches!(refused, Err(JobsError::DrivenElsewhere)));
    assert_eq!(one.journal.all().unwrap(), [held]);
}

#[test]
fn a_released_migration_never_changes() {
    // Change a table by adding a migration; never by editing one that people have run.
    let hashes: Vec<String> = schema::MIGRATIONS.iter().map(|sql| sha256_hex(sql.as_bytes())).collect();
    assert_eq!(
        hashes,
        [
            "41d69908bc931bead08d95c981955154aea92829e46560bb3cdc1c8c8905a406",
            "b87b57a002771c40685444562157a60fd6f6fef5f32185b138f91464e9261a3d"
        ]
    );
}
