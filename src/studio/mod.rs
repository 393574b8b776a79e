//! Builds and owns the running set: runtime, stores, embedded gateway, jobs; `doctor`.
