//! The ledger's tables. A migration is frozen once released: later changes are further migrations.

/// Migration `n` leads from format `n` to `n + 1`.
pub(super) const MIGRATIONS: &[&str] = &[V1];

/// Times are milliseconds since 1970 in UTC. `setup` is the host's kind without its secret, as it was when the photo
/// went there. `revision` counts the jobs that took the upload, so that none is deleted under a job that just did.
const V1: &str = "
CREATE TABLE uploads (
    id TEXT PRIMARY KEY NOT NULL,
    photo_sha256 TEXT NOT NULL,
    host TEXT NOT NULL,
    setup TEXT NOT NULL,
    object TEXT NOT NULL,
    thumbnail BLOB,
    url TEXT,
    deletion_url TEXT,
    reencoded INTEGER NOT NULL DEFAULT 0,
    begun_at INTEGER NOT NULL,
    sent_at INTEGER,
    expires_at INTEGER,
    unwanted INTEGER NOT NULL DEFAULT 0,
    deleted_at INTEGER,
    problem TEXT,
    revision INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX uploads_by_photo ON uploads (photo_sha256, host);
CREATE INDEX uploads_by_time ON uploads (begun_at);
";
