//! The journal's tables. A migration is frozen once released: later changes are further migrations.

/// Migration `n` leads from format `n` to `n + 1`.
pub(super) const MIGRATIONS: &[&str] = &[V1, V2];

/// Times are milliseconds since 1970 in UTC, money is tenths of a cent.
///
/// `status` and `photo_sha256` are read out of the JSON beside them, so that they cannot disagree with it.
/// The ledger has no foreign key to the jobs, because it outlives them.
const V1: &str = "
CREATE TABLE jobs (
    id TEXT PRIMARY KEY NOT NULL,
    click TEXT NOT NULL UNIQUE,
    batch TEXT,
    position INTEGER NOT NULL,
    engine TEXT NOT NULL,
    base_url TEXT,
    on_loopback INTEGER NOT NULL,
    price INTEGER NOT NULL,
    request TEXT NOT NULL,
    photo TEXT NOT NULL,
    photo_sha256 TEXT GENERATED ALWAYS AS (json_extract(photo, '$.sha256')) VIRTUAL,
    state TEXT NOT NULL,
    status TEXT GENERATED ALWAYS AS (json_extract(state, '$.status')) VIRTUAL,
    owner TEXT,
    error TEXT,
    raw_answer TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    accepted_at INTEGER
) STRICT;
CREATE INDEX jobs_by_status ON jobs (status, position);
CREATE INDEX jobs_by_photo ON jobs (photo_sha256);
CREATE TABLE ledger (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    job TEXT NOT NULL,
    engine TEXT NOT NULL,
    base_url TEXT,
    request_id TEXT,
    amount INTEGER NOT NULL,
    UNIQUE (kind, job)
) STRICT;
CREATE INDEX ledger_by_time ON ledger (at);
";

/// Counts the writes of a row: which of two readings is the newer one must not depend on anybody's clock.
const V2: &str = "ALTER TABLE jobs ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;";
