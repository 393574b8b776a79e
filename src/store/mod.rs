//! Opens one SQLite file on its own thread and migrates it.
