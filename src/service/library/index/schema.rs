//! The formats of the index.

/// Each entry leads from one format to the next and never changes once released.
pub(super) const MIGRATIONS: &[&str] = &[
    "
    CREATE TABLE library (
        id INTEGER PRIMARY KEY,
        folder TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE sticker (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        library_id INTEGER NOT NULL REFERENCES library (id),
        -- The job's id, or what else tells the sticker apart.
        key TEXT NOT NULL,
        file TEXT NOT NULL,
        background_file TEXT,
        created_at INTEGER NOT NULL, -- milliseconds since 1970
        engine TEXT NOT NULL,
        seed INTEGER,
        prompt TEXT NOT NULL,
        photo_name TEXT NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        file_bytes INTEGER NOT NULL,
        background_bytes INTEGER,
        mark TEXT NOT NULL DEFAULT 'plain',
        is_binned INTEGER NOT NULL DEFAULT 0,
        info TEXT NOT NULL, -- JSON
        UNIQUE (library_id, key),
        UNIQUE (library_id, file)
    ) STRICT;
    CREATE INDEX sticker_by_time ON sticker (library_id, is_binned, created_at, id);
    CREATE INDEX sticker_by_mark ON sticker (library_id, is_binned, mark, created_at, id);
    CREATE INDEX sticker_by_seed ON sticker (library_id, is_binned, seed, created_at, id);

    CREATE VIRTUAL TABLE words USING fts5 (
        prompt, photo_name, content = 'sticker', content_rowid = 'id', tokenize = 'trigram'
    );
    CREATE TRIGGER words_added AFTER INSERT ON sticker BEGIN
        INSERT INTO words (rowid, prompt, photo_name) VALUES (new.id, new.prompt, new.photo_name);
    END;
    CREATE TRIGGER words_removed AFTER DELETE ON sticker BEGIN
        INSERT INTO words (words, rowid, prompt, photo_name) VALUES ('delete', old.id, old.prompt, old.photo_name);
    END;
    CREATE TRIGGER words_changed AFTER UPDATE OF prompt, photo_name ON sticker BEGIN
        INSERT INTO words (words, rowid, prompt, photo_name) VALUES ('delete', old.id, old.prompt, old.photo_name);
        INSERT INTO words (rowid, prompt, photo_name) VALUES (new.id, new.prompt, new.photo_name);
    END;

    -- File names given to stickers whose files are being written.
    CREATE TABLE pending (
        library_id INTEGER NOT NULL REFERENCES library (id),
        key TEXT NOT NULL,
        stem TEXT NOT NULL,
        PRIMARY KEY (library_id, key)
    ) STRICT;
",
    "
    -- Pictures of somebody else's in the folder, as they were when they were looked at: nobody need look again.
    CREATE TABLE passed_over (
        library_id INTEGER NOT NULL REFERENCES library (id),
        file TEXT NOT NULL,
        is_binned INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        modified INTEGER NOT NULL, -- milliseconds since 1970
        PRIMARY KEY (library_id, file, is_binned)
    ) STRICT;
",
    "
    -- What the person calls a sticker; empty when they gave it no name.
    ALTER TABLE sticker ADD COLUMN name TEXT NOT NULL DEFAULT '';

    DROP TRIGGER words_added;
    DROP TRIGGER words_removed;
    DROP TRIGGER words_changed;
    DROP TABLE words;
    CREATE VIRTUAL TABLE words USING fts5 (
        prompt, photo_name, name, content = 'sticker', content_rowid = 'id', tokenize = 'trigram'
    );
    INSERT INTO words (words) VALUES ('rebuild');
    CREATE TRIGGER words_added AFTER INSERT ON sticker BEGIN
        INSERT INTO words (rowid, prompt, photo_name, name)
            VALUES (new.id, new.prompt, new.photo_name, new.name);
    END;
    CREATE TRIGGER words_removed AFTER DELETE ON sticker BEGIN
        INSERT INTO words (words, rowid, prompt, photo_name, name)
            VALUES ('delete', old.id, old.prompt, old.photo_name, old.name);
    END;
    CREATE TRIGGER words_changed AFTER UPDATE OF prompt, photo_name, name ON sticker BEGIN
        INSERT INTO words (words, rowid, prompt, photo_name, name)
            VALUES ('delete', old.id, old.prompt, old.photo_name, old.name);
        INSERT INTO words (rowid, prompt, photo_name, name)
            VALUES (new.id, new.prompt, new.photo_name, new.name);
    END;
",
];
