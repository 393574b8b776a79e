//! Exactly what is sent of the photo, worked out in the background: one at a time, and given up when outdated.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::model::Crop;

/// Names what is sent: the same photo, face, crop and padding give the same bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::app) struct SentKey {
    /// Number of the photo.
    pub photo: u64,
    /// Which of its faces is meant.
    pub face: usize,
    /// The part of it, in its pixels.
    pub crop: Crop,
    /// The colour beyond its edges, sRGB.
    pub padding: [u8; 3],
}

/// The file that is sent, in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) struct SentFacts {
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// Length in bytes.
    pub bytes: usize,
}

/// What is known about what is sent.
#[derive(Default)]
pub(in crate::app) struct Sent {
    known: Option<(SentKey, Result<SentFacts, String>)>,
    under_way: Option<(SentKey, Arc<AtomicBool>)>,
}

impl Sent {
    /// Asks for this; gives the switch of the work to begin, unless it is known or there is work under way.
    ///
    /// Work that is outdated is told so, and what is wanted then begins when it has ended.
    pub(in crate::app) fn want(&mut self, key: SentKey) -> Option<Arc<AtomicBool>> {
        if let Some((under_way, cancelled)) = &self.under_way {
            if *under_way != key {
                cancelled.store(true, Ordering::Relaxed);
            }
            return None;
        }
        if self.known.as_ref().is_some_and(|(known, _)| *known == key) {
            return None;
        }
        let cancelled = Arc::new(AtomicBool::new(false));
        self.under_way = Some((key, Arc::clone(&cancelled)));
        Some(cancelled)
    }

    /// Takes what was worked out, `None` when it was given up; says whether its picture counts.
    pub(in crate::app) fn arrive(&mut self, key: SentKey, facts: Option<Result<SentFacts, String>>) -> bool {
        if self.under_way.as_ref().is_some_and(|(under_way, _)| *under_way == key) {
            self.under_way = None;
        }
        let Some(facts) = facts else { return false };
        self.known = Some((key, facts));
        true
    }

    /// What is known about this.
    pub(in crate::app) fn known(&self, key: SentKey) -> Option<&Result<SentFacts, String>> {
        self.known.as_ref().filter(|(known, _)| *known == key).map(|(_, facts)| facts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(left: f32) -> SentKey {
        SentKey { photo: 1, face: 0, crop: Crop { left, top: 0.0, width: 100.0, height: 100.0 }, padding: [255; 3] }
    }

    #[test]
    fn only_the_newest_wish_is_worked_out_and_outdated_work_is_given_up() {
        let mut sent = Sent::default();
        let first = sent.want(key(1.0)).unwrap();
        assert!(sent.want(key(1.0)).is_none() && !first.load(Ordering::Relaxed));
        assert!(sent.want(key(2.0)).is_none() && sent.want(key(3.0)).is_none());
        assert!(first.load(Ordering::Relaxed));
        assert!(!sent.arrive(key(1.0), None));
        assert!(sent.want(key(3.0)).is_some());
        let facts = SentFacts { size: (100, 100), bytes: 9 };
        assert!(sent.arrive(key(3.0), Some(Ok(facts))));
        assert_eq!(sent.known(key(3.0)), Some(&Ok(facts)));
        assert_eq!(sent.known(key(2.0)), None);
        assert!(sent.want(key(3.0)).is_none());
    }
}
