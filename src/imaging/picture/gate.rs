//! Lets few pictures be decoded at once, so that memory stays bounded.

use std::sync::{Condvar, Mutex, PoisonError};

/// Shares of the gate: two ordinary pictures, or one large one.
const SHARES: u32 = 2;

/// A picture of more pixels than this passes the gate alone.
const LARGE_PIXELS: u64 = 24_000_000;

static GATE: Gate = Gate { free: Mutex::new(SHARES), freed: Condvar::new() };

struct Gate {
    free: Mutex<u32>,
    freed: Condvar,
}

/// The right to decode one picture; gives its shares back when dropped.
pub(super) struct Permit {
    shares: u32,
}

/// Waits until a picture of so many pixels may be decoded.
///
/// Whoever holds a permit must not enter a thread pool that may run other decodes on the same
/// thread: they would wait for this one for ever.
pub(super) fn enter(pixels: u64) -> Permit {
    let shares = if pixels > LARGE_PIXELS { SHARES } else { 1 };
    let free = GATE.free.lock().unwrap_or_else(PoisonError::into_inner);
    let mut free = GATE.freed.wait_while(free, |free| *free < shares).unwrap_or_else(PoisonError::into_inner);
    *free -= shares;
    Permit { shares }
}

impl Drop for Permit {
    fn drop(&mut self) {
        *GATE.free.lock().unwrap_or_else(PoisonError::into_inner) += self.shares;
        GATE.freed.notify_all();
    }
}
