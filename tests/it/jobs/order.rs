//! What is durable before what: another connection looks into the journal at the moment a request arrives.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};

use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};
use sticker_booth::model::JobStatus;

use super::good;
use super::service::{Kind, Service};
use super::world::{Manner, World, local, paid};

/// The one job as the journal has it at this moment, and how many lines the ledger has.
fn look(journal: &PathBuf) -> Value {
    let connection = Connection::open_with_flags(journal, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let sql = "SELECT status, json_extract(state, '$.ticket.request_id'), json_extract(request, '$.seed'), base_url, \
               engine, price, (SELECT count(*) FROM ledger) FROM jobs";
    connection
        .query_row(sql, [], |row| {
            Ok(json!({
                "status": row.get::<_, String>(0)?,
                "request_id": row.get::<_, Option<String>>(1)?,
                "seed": row.get::<_, Option<i64>>(2)?,
                "base_url": row.get::<_, Option<String>>(3)?,
                "engine": row.get::<_, String>(4)?,
                "price": row.get::<_, i64>(5)?,
                "ledger": row.get::<_, i64>(6)?,
            }))
        })
        .unwrap()
}

#[test]
fn the_whole_request_is_durable_before_its_first_byte_and_the_id_before_the_first_question() {
    let journal = Arc::new(OnceLock::<PathBuf>::new());
    let (at_connection, at_question) = (Arc::<Mutex<Option<Value>>>::default(), Arc::<Mutex<Option<Value>>>::default());
    let peek = |into: &Arc<Mutex<Option<Value>>>| {
        let (journal, into) = (Arc::clone(&journal), Arc::clone(into));
        move || {
            into.lock().unwrap().get_or_insert_with(|| look(journal.get().unwrap()));
        }
    };
    let (connected, asked) = (peek(&at_connection), peek(&at_question));
    let service = Service::watched(connected, move |base, kind, earlier| {
        if kind == Kind::Ask {
            asked();
        }
        good(base, kind, earlier)
    });
    let world = World::new();
    journal.set(world.folders().journal()).unwrap();
    let window = world.start(&service.base, Manner::WINDOW);
    let id = window.jobs.submit(paid("click", &service.base)).unwrap();
    let row = window.rest(&id);
    assert_eq!(row.status, JobStatus::Done);

    let first = at_connection.lock().unwrap().take().unwrap();
    assert!(first["seed"].is_u64(), "drawn here, so that it can be made again: {first}");
    let expected = json!({
        "status": "submitting", "request_id": null, "seed": row.recipe.seed, "base_url": service.base,
        "engine": "pixazo", "price": 25, "ledger": 0,
    });
    assert_eq!(first, expected);
    let question = at_question.lock().unwrap().take().unwrap();
    assert_eq!((&question["status"], &question["request_id"]), (&json!("accepted"), &json!("request-0")));
    assert_eq!(question["ledger"], 1);
}

#[cfg(unix)]
#[test]
fn a_photo_is_kept_for_this_person_alone_before_anything_is_done_with_it() {
    use std::os::unix::fs::PermissionsExt as _;

    let world = World::new();
    let window = world.window();
    window.jobs.pause(true);
    let id = window.jobs.submit(local("click")).unwrap();
    let row = window.jobs.get(&id).unwrap();
    let photo = window.jobs.photo_path(row.photo_sha256.as_deref().unwrap());
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&photo), mode(photo.parent().unwrap())), (0o600, 0o700));
    assert_eq!(world.engine.runs(), 0);
    drop(window);

    // Another process has everything that it takes.
    let window = world.window();
    let done = window.rest(&id);
    assert_eq!((done.status, done.recipe.seed), (JobStatus::Done, row.recipe.seed));
    window.jobs.forget(&id).unwrap();
    assert!(!photo.exists());
}
