//! How this process asks the system for memory.

/// The variable by which glibc is told from which size on it gives a freed buffer back to the system at once.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const LIMIT: &str = "MALLOC_MMAP_THRESHOLD_";

/// That size in bytes: below every picture, above what is asked for again and again.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const LARGE: &str = "524288";

/// Lets pictures be given back to the system when they are freed.
///
/// glibc raises its limit to the largest buffer that was ever freed (up to 32 MiB), so that after the first sticker all
/// pictures come from heaps that grow and hardly ever shrink: 634 MB were resident after sixteen stickers, 341 MB with a
/// limit that stays. It is read before `main`, so the process starts itself anew, once; what it starts later, such as a
/// browser, inherits it. Elsewhere this does nothing.
pub fn give_large_buffers_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        use std::os::unix::process::CommandExt as _;

        if std::env::var_os(LIMIT).is_some() {
            return;
        }
        let Ok(program) = std::env::current_exe() else { return };
        let mut words = std::env::args_os();
        let mut again = std::process::Command::new(program);
        if let Some(name) = words.next() {
            again.arg0(name);
        }
        // It comes back only when it failed, and then everything works as well, with more memory.
        let error = again.args(words).env(LIMIT, LARGE).exec();
        tracing::debug!(%error, "large buffers are kept");
    }
}
