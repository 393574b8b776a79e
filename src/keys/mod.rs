//! Keeps secrets in the OS keychain, or in memory.
