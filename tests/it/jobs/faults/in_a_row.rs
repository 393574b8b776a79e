//! A service that fails several times in a row after it was paid: it is asked until it is well again.

use std::cell::Cell;

use sticker_booth::api::Network;
use sticker_booth::jobs::LedgerKind;
use sticker_booth::model::{Charged, JobId, JobStatus};
use tokio::runtime::Runtime;

use super::super::world::{KEY, Manner, Process, World, background, cutout, paid};
use crate::support::fault_server::faults::Fault;
use crate::support::fault_server::{FaultServer, Place, Plan};
use crate::support::raw_server::Act;

/// A service whose next three connections at one place are answered with 503, and a paid job on its way there.
struct Trouble {
    server: FaultServer,
    world: World,
    process: Process,
    id: JobId,
    _runtime: Runtime,
}

impl Trouble {
    fn at(place: Place) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let plan = Plan {
            place,
            fault: Fault::Answer(|_| Act::json(503, r#"{"error":"overloaded"}"#)),
            times: 3,
            key: KEY,
            elsewhere: String::new(),
            pictures: [background(), cutout()],
        };
        let server = runtime.block_on(FaultServer::start(plan));
        let world = World::new();
        let process = world.start_on(Network::default(), &server.base_url(), Manner::WINDOW);
        let id = process.jobs.submit(paid("click", &server.base_url())).unwrap();
        Self { server, world, process, id, _runtime: runtime }
    }

    /// Looks at the row all the time until its job is done: it says the same id, the charge and what goes wrong.
    fn is_done_with_its_id_kept(&self, while_it_lasts: JobStatus) {
        self.process.until(&self.id, "accepted", |row| row.request_id.is_some());
        let told = Cell::new(false);
        let row = self.process.until(&self.id, "at rest", |row| {
            assert_eq!((row.request_id.as_deref(), row.charged), (Some("request-1"), Charged::Yes), "{row:#?}");
            if row.retry_at.is_some() {
                assert_eq!((row.status, row.error.is_some()), (while_it_lasts, true), "{row:#?}");
                told.set(true);
            }
            row.rests()
        });
        assert!(told.get(), "the trouble is told while it lasts");
        assert_eq!((row.status, row.missing, row.error.as_deref()), (JobStatus::Done, None, None), "{row:#?}");
        assert_eq!(self.world.library_files().len(), 2);
        let lines: Vec<LedgerKind> = self.process.jobs.ledger().unwrap().iter().map(|line| line.kind).collect();
        assert_eq!((lines, self.server.count("/generate")), (vec![LedgerKind::Accepted], 1));
    }
}

#[test]
fn three_faults_in_a_row_while_asking_neither_end_a_job_nor_cost_its_id() {
    let trouble = Trouble::at(Place::Poll);
    trouble.is_done_with_its_id_kept(JobStatus::Accepted);
    let asked: Vec<Vec<u8>> = trouble
        .server
        .heard()
        .into_iter()
        .filter(|heard| heard.path().ends_with("/prediction"))
        .map(|heard| heard.body)
        .collect();
    assert_eq!(asked, vec![br#"{"requestId":"request-1"}"#.to_vec(); 4]);
}

#[test]
fn three_faults_in_a_row_while_fetching_neither_end_a_job_nor_cost_one_of_its_pictures() {
    let trouble = Trouble::at(Place::Fetch);
    trouble.is_done_with_its_id_kept(JobStatus::Fetching);
    // The same links are enough: nobody is asked for fresh ones.
    assert_eq!(trouble.server.count("/prediction"), 1);
    // Both links met the fault, one of them twice.
    let fetched = trouble.server.heard().iter().filter(|heard| heard.path().contains(".png")).count();
    assert_eq!(fetched, 5);
}
