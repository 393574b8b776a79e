//! Several processes in one data folder: the real program beside an open window, and beside itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sticker_booth::jobs::SoftBudget;
use sticker_booth::model::{JobId, JobStatus};

use super::good;
use super::service::{Kind, Say, Service, working};
use super::world::{KEY, Manner, Process, World, background, cutout, paid};
use crate::support::booth::{Booth, Ended, Running};
use crate::support::files::linked_photo;

/// A person at a terminal who shares the data folder of `world`.
fn terminal(world: &World) -> Booth {
    let data = world.folders().data().to_str().unwrap().to_owned();
    Booth::new().with_variable("PIXAZO_API_KEY", KEY).with_variable("STICKER_BOOTH_DATA_DIR", &data)
}

fn make(booth: &Booth, service: &Service) -> Running {
    let words = ["make", linked_photo(), "--engine", "pixazo", "--base-url", &service.base, "--json"];
    booth.start(words)
}

/// A service that works on everything until it is released.
fn busy_until(released: &Arc<AtomicBool>) -> Service {
    let released = Arc::clone(released);
    Service::start(move |base, kind, earlier| match kind {
        Kind::Ask if !released.load(Ordering::SeqCst) => working(),
        _ => good(base, kind, earlier),
    })
}

/// The one job of the data folder, once the window sees it like this.
fn seen(window: &Process, status: JobStatus) -> JobId {
    let start = std::time::Instant::now();
    loop {
        if let [row] = window.jobs.list().as_slice()
            && row.status == status
        {
            return row.id.clone();
        }
        assert!(start.elapsed().as_secs() < 60, "not {status:?}: {:#?}", window.jobs.list());
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

#[test]
fn a_make_beside_an_open_window_drives_its_own_job_and_the_window_only_watches() {
    let released = Arc::default();
    let service = busy_until(&released);
    let world = World::new();
    let window = world.start(&service.base, Manner::WINDOW);
    let booth = terminal(&world);
    let made = make(&booth, &service);
    let id = seen(&window, JobStatus::Working);
    assert_eq!(window.jobs.get(&id).unwrap().offers, [], "it is not the window's to stop");
    released.store(true, Ordering::SeqCst);
    Ended::wait(made).ends_with(0);
    assert_eq!(window.rest(&id).status, JobStatus::Done);
    assert_eq!((service.count(Kind::Submit), service.count(Kind::Fetch)), (1, 2));
    assert_eq!(world.library_files().len(), 2);
}

#[test]
fn an_open_window_goes_on_with_what_a_killed_make_was_waiting_for() {
    let released = Arc::default();
    let service = busy_until(&released);
    let world = World::new();
    let window = world.start(&service.base, Manner::WINDOW);
    let booth = terminal(&world);
    let mut made = make(&booth, &service);
    let id = seen(&window, JobStatus::Working);
    made.kill().unwrap();
    made.wait().unwrap();
    released.store(true, Ordering::SeqCst);
    assert_eq!(window.rest(&id).status, JobStatus::Done);
    assert_eq!((service.count(Kind::Submit), window.jobs.ledger().unwrap().len()), (1, 1));
}

#[test]
fn two_resumes_at_once_fetch_and_pay_everything_once() {
    // Two fetch at the same time, so a picture goes by its name and not by how many came before.
    let service = Service::listening(|base, kind, earlier, asked| match kind {
        Kind::Fetch => Say::Picture(if asked.path.contains("/a") { background() } else { cutout() }),
        _ => good(base, kind, earlier),
    });
    let world = World::new();
    let window = world.start(&service.base, Manner::WINDOW);
    window.jobs.pause(true);
    let clicks = (0..6).map(|click| paid(&click.to_string(), &service.base)).collect();
    window.jobs.submit_all(clicks, SoftBudget::Obey).unwrap();
    drop(window);

    let booth = terminal(&world);
    let resume = || booth.start(["jobs", "resume", "--pay"]);
    let (one, two) = (resume(), resume());
    Ended::wait(one).ends_with(0);
    Ended::wait(two).ends_with(0);
    // Whoever came second may have found them in the other's hands: what the first left is done by now.
    let statuses: Vec<_> = booth.jobs().iter().map(|job| job["status"].clone()).collect();
    assert_eq!(statuses, ["done"; 6]);
    assert_eq!((service.count(Kind::Submit), service.count(Kind::Fetch)), (6, 12));
    assert_eq!((world.library_files().len(), booth.stickers().len()), (12, 6));
}
