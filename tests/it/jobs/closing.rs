//! Stopping and closing while something is out.

use sticker_booth::model::{Charged, JobStatus};

use super::service::{Kind, Service, working};
use super::world::{Manner, World, paid};
use super::{good, heard_but_not_answered, slow_to_answer};

#[test]
fn closing_after_a_stop_still_waits_for_the_answer() {
    let service = slow_to_answer();
    let world = World::new();
    let (window, id) = heard_but_not_answered(&world, &service);
    window.jobs.stop(&id).unwrap();
    window.until(&id, "told to stop", |row| row.offers.is_empty());
    window.runtime.block_on(window.jobs.close());
    let row = window.jobs.get(&id).unwrap();
    assert_eq!(
        (row.status, row.charged, row.request_id.as_deref()),
        (JobStatus::Stopped, Charged::Yes, Some("request-0"))
    );
    drop(window);

    let window = world.start(&service.base, Manner::WINDOW);
    assert_eq!(window.rest(&id).request_id.as_deref(), Some("request-0"));
    assert_eq!((service.count(Kind::Submit), window.jobs.ledger().unwrap().len()), (1, 1));
}

#[test]
fn a_stop_while_it_is_worked_on_keeps_the_id_and_looking_again_is_free() {
    let service = Service::start(|base, kind, earlier| match kind {
        Kind::Ask if earlier < 3 => working(),
        _ => good(base, kind, earlier),
    });
    let world = World::new();
    let window = world.start(&service.base, Manner::WINDOW);
    let id = window.jobs.submit(paid("click", &service.base)).unwrap();
    window.until_status(&id, JobStatus::Working);
    window.jobs.stop(&id).unwrap();
    let row = window.rest(&id);
    assert_eq!(
        (row.status, row.charged, row.request_id.as_deref()),
        (JobStatus::Stopped, Charged::Yes, Some("request-0"))
    );
    window.jobs.look_again(&id).unwrap();
    assert_eq!(window.rest(&id).status, JobStatus::Done);
    assert_eq!((service.count(Kind::Submit), window.jobs.ledger().unwrap().len()), (1, 1));
}
