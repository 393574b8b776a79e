use std::fs;
use std::time::Duration;

use super::*;

const V1: &str = "CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;";
const V2: &str = "ALTER TABLE word ADD COLUMN length INTEGER NOT NULL DEFAULT 0;";

fn add(store: &Store, text: &'static str) -> Result<(), StoreError> {
    store.transact(move |transaction| {
        transaction.execute("INSERT INTO word (text) VALUES (?1)", [text])?;
        Ok(())
    })
}

fn count(store: &Store) -> i64 {
    store.call(|c| c.query_row("SELECT count(*) FROM word", [], |row| row.get(0)).unwrap()).unwrap()
}

#[test]
fn rows_survive_closing_and_later_migrations_run_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sqlite");
    add(&Store::open(&path, &[V1]).unwrap().store, "one").unwrap();
    for _ in 0..2 {
        let opened = Store::open(&path, &[V1, V2]).unwrap();
        assert_eq!((count(&opened.store), opened.set_aside), (1, None));
    }
}

#[test]
fn a_commit_is_durable_and_the_log_is_shared() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("a.sqlite"), &[V1]).unwrap().store;
    let (mode, synchronous): (String, i64) = store
        .call(|c| {
            let mode = c.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
            (mode, c.pragma_query_value(None, "synchronous", |row| row.get(0)).unwrap())
        })
        .unwrap();
    assert_eq!((mode.as_str(), synchronous), ("wal", 2));
}

#[test]
fn a_file_that_is_no_database_is_set_aside_and_a_new_one_begun() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sqlite");
    fs::write(&path, "this is not a database, but somebody's letter").unwrap();
    let opened = Store::open(&path, &[V1]).unwrap();
    let aside = opened.set_aside.unwrap();
    assert_eq!(aside, folder.path().join("a.sqlite.broken-1"));
    assert!(fs::read_to_string(aside).unwrap().ends_with("letter"));
    assert_eq!(count(&opened.store), 0);
}

#[test]
fn a_database_with_a_torn_page_is_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sqlite");
    let store = Store::open(&path, &[V1]).unwrap().store;
    for _ in 0..300 {
        store.call(|c| c.execute("INSERT INTO word (text) VALUES (hex(randomblob(100)))", []).unwrap()).unwrap();
    }
    drop(store);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 4096].fill(0x5a);
    fs::write(&path, bytes).unwrap();
    assert!(Store::open(&path, &[V1]).unwrap().set_aside.is_some());
}

#[test]
fn a_database_of_a_newer_program_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sqlite");
    add(&Store::open(&path, &[V1, V2]).unwrap().store, "kept").unwrap();
    let error = Store::open(&path, &[V1]).unwrap_err();
    assert!(error.to_string().starts_with("a newer Sticker Booth wrote this database, start that one"), "{error}");
    assert_eq!(count(&Store::open(&path, &[V1, V2]).unwrap().store), 1);
}

#[test]
fn a_failing_migration_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sqlite");
    add(&Store::open(&path, &[V1]).unwrap().store, "kept").unwrap();
    assert!(Store::open(&path, &[V1, "CREATE TABLE t (a); NONSENSE;"]).is_err());
    let store = Store::open(&path, &[V1]).unwrap().store;
    let tables: i64 = store
        .call(|c| c.query_row("SELECT count(*) FROM sqlite_schema WHERE name = 't'", [], |r| r.get(0)).unwrap())
        .unwrap();
    assert_eq!((count(&store), tables), (1, 0));
}

#[test]
fn a_panic_in_a_call_is_an_error_and_undoes_its_transaction() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("a.sqlite"), &[V1]).unwrap().store;
    let result: Result<(), StoreError> = store.transact(|transaction| {
        transaction.execute("INSERT INTO word (text) VALUES ('lost')", [])?;
        panic!("as the test wants")
    });
    assert!(matches!(result, Err(StoreError::BrokeOff)), "{result:?}");
    add(&store, "kept").unwrap();
    assert_eq!(count(&store), 1);
}

#[test]
fn two_connections_take_turns_without_losing_a_row() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sqlite");
    let writers: Vec<_> = (0..4)
        .map(|_| {
            let path = path.clone();
            thread::spawn(move || {
                let store = Store::open(&path, &[V1]).unwrap().store;
                for _ in 0..25 {
                    add(&store, "row").unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
    assert_eq!(count(&Store::open(&path, &[V1]).unwrap().store), 100);
}

#[test]
fn async_callers_wait_their_turn_when_the_queue_is_full() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("a.sqlite"), &[V1]).unwrap().store;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async {
        let calls: Vec<_> = (0..200)
            .map(|number| {
                let store = store.clone();
                tokio::spawn(async move {
                    store
                        .call_async(move |_| {
                            thread::sleep(Duration::from_micros(100));
                            number
                        })
                        .await
                })
            })
            .collect();
        for (number, call) in calls.into_iter().enumerate() {
            assert_eq!(call.await.unwrap().unwrap(), number);
        }
    });
}

#[cfg(unix)]
#[test]
fn the_database_and_its_log_are_for_this_person_only() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.sqlite");
    let store = Store::open(&path, &[V1]).unwrap().store;
    add(&store, "private").unwrap();
    for name in ["a.sqlite", "a.sqlite-wal"] {
        let mode = folder.path().join(name).metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}
