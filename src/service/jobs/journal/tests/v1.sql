-- A journal as the first format wrote it, with a row in every state. Never changed: people have such files.
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
PRAGMA user_version = 1;

CREATE TEMP TABLE state (id INTEGER PRIMARY KEY, owner TEXT, json TEXT);
INSERT INTO state (owner, json) VALUES
    ('gone', '{"status":"queued"}'),
    ('gone', '{"status":"held","why":"last_time"}'),
    ('gone', '{"status":"held","why":"key"}'),
    ('gone', '{"status":"held","why":"credit"}'),
    ('gone', '{"status":"held","why":"access"}'),
    ('gone', '{"status":"preparing"}'),
    ('gone', '{"status":"hosting"}'),
    ('gone', '{"status":"submitting","stop_wanted":false}'),
    ('gone', '{"status":"submitting","stop_wanted":true}'),
    ('gone', '{"status":"accepted","ticket":{"request_id":"r-10"}}'),
    ('gone', '{"status":"working","ticket":{"request_id":"r-11","polling_url":"https://example.com/v2/requests/status/r-11"}}'),
    ('gone', '{"status":"fetching","ticket":{"request_id":"r-12"},"results":["https://example.com/1.png"],"asked_again":2}'),
    (NULL, '{"status":"done","ticket":{"request_id":"r-13"},"kept":{"path":"/library/1.png","background_path":"/library/1-background.png","missing":null}}'),
    (NULL, '{"status":"done","ticket":{"request_id":"r-14"},"kept":{"path":"/library/2.png","background_path":null,"missing":"cutout"}}'),
    (NULL, '{"status":"done","ticket":{"request_id":"r-15"},"kept":{"path":"/library/3.png","background_path":null,"missing":"background"}}'),
    (NULL, '{"status":"failed","why":"not_sent","ticket":null}'),
    (NULL, '{"status":"failed","why":"refused","ticket":null}'),
    (NULL, '{"status":"failed","why":"refused_key","ticket":null}'),
    (NULL, '{"status":"failed","why":"charge_unknown","ticket":null}'),
    (NULL, '{"status":"failed","why":"by_service","ticket":{"request_id":"r-20"}}'),
    (NULL, '{"status":"failed","why":"by_service_free","ticket":{"request_id":"r-21"}}'),
    (NULL, '{"status":"failed","why":"without_image","ticket":{"request_id":"r-22"}}'),
    (NULL, '{"status":"failed","why":"result_gone","ticket":{"request_id":"r-23"}}'),
    (NULL, '{"status":"lost","ticket":{"request_id":"r-24"}}'),
    (NULL, '{"status":"stopped","ticket":null}'),
    (NULL, '{"status":"stopped","ticket":{"request_id":"r-26"}}'),
    (NULL, '{"status":"may_have_been_accepted"}'),
    (NULL, '{"status":"dismissed","was":{"status":"may_have_been_accepted"}}');
INSERT INTO jobs (id, click, batch, position, engine, base_url, on_loopback, price, request, photo, state, owner, error,
    raw_answer, created_at, updated_at, accepted_at)
SELECT
    'job-' || id, 'click-' || id, 'batch', id, 'pixazo', 'https://example.com', 0, 25,
    '{"prompt":"ink","width":1024,"seed":4294967295}',
    CASE id % 2
        WHEN 0 THEN '{"kind":"link","url":"https://example.com/me.jpg"}'
        ELSE '{"kind":"prepared","sha256":"00ff","frame":{"left":1.5,"top":2.0,"scale":0.5},"name":"me.jpg"}'
    END,
    json, owner, 'a sentence', '{"raw":1}', 1773576000000 + id, 1773576001000 + id, NULL
FROM state;
INSERT INTO ledger (at, kind, job, engine, base_url, request_id, amount)
SELECT updated_at, 'accepted', id, engine, base_url, json_extract(state, '$.ticket.request_id'), price FROM jobs
WHERE json_extract(state, '$.ticket.request_id') IS NOT NULL;
INSERT INTO ledger (at, kind, job, engine, base_url, request_id, amount) VALUES
    (1773576002000, 'not_charged', 'job-21', 'pixazo', 'https://example.com', 'r-21', 25),
    (1773576002000, 'unknown', 'job-19', 'pixazo', 'https://example.com', NULL, 25),
    (1773576002000, 'unknown', 'job-27', 'pixazo', 'https://example.com', NULL, 25),
    (1773576002000, 'unknown', 'job-28', 'pixazo', 'https://example.com', NULL, 25);
DROP TABLE state;
