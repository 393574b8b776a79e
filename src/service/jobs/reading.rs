//! A reading of the journal takes a moment, and memory goes on meanwhile: what it learned since then is newer.

use std::collections::HashSet;

use super::table::Table;
use crate::model::JobId;

/// Under way from before the journal is read until what was read is in memory.
///
/// While there is one, the table remembers which jobs came and which were deleted, so that an old reading neither
/// takes a new job away nor brings a deleted one back.
pub(super) struct Reading<'a> {
    table: &'a Table,
    began: u64,
}

/// What the table remembers for the readings that are under way.
#[derive(Default)]
pub(super) struct Memory {
    /// Counts jobs that came or were deleted.
    count: u64,
    under_way: usize,
    deleted: Vec<(JobId, u64)>,
}

impl Memory {
    /// A job came: the number that tells it from older ones.
    pub(super) const fn came(&mut self) -> u64 {
        self.count += 1;
        self.count
    }

    /// A job was deleted.
    pub(super) fn deleted(&mut self, id: &JobId) {
        self.count += 1;
        if self.under_way > 0 {
            self.deleted.push((id.clone(), self.count));
        }
    }
}

impl<'a> Reading<'a> {
    /// To be called before the journal is read.
    pub(super) fn begin(table: &'a Table) -> Self {
        let mut line = table.lock();
        line.memory.under_way += 1;
        let began = line.memory.count;
        drop(line);
        Self { table, began }
    }

    /// Jobs in memory that are gone: there before the reading began, not in what was `read`, and in nobody's hand.
    pub(super) fn gone(&self, read: &HashSet<&JobId>) -> Vec<JobId> {
        let line = self.table.lock();
        let entries = line.entries.iter().filter(|(id, entry)| {
            !read.contains(id) && entry.came <= self.began && entry.driver.is_none() && !entry.busy
        });
        entries.map(|(id, _)| id.clone()).collect()
    }

    /// Was this job deleted after the reading began?
    pub(super) fn is_outdated(&self, id: &JobId) -> bool {
        self.table.lock().memory.deleted.iter().any(|(deleted, at)| deleted == id && *at > self.began)
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        let memory = &mut self.table.lock().memory;
        memory.under_way -= 1;
        if memory.under_way == 0 {
            memory.deleted.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::jobs::state::OnRefusedKey;
    use crate::jobs::table::sample_job;

    fn table() -> Table {
        Table::new(Arc::new(|| {}), OnRefusedKey::Hold)
    }

    fn put(table: &Table, id: &str) -> JobId {
        table.put(sample_job(id), false);
        JobId(id.to_owned())
    }

    #[test]
    fn a_job_that_came_while_the_journal_was_read_stays_and_one_that_is_gone_from_it_goes() {
        let table = table();
        let (kept, gone) = (put(&table, "kept"), put(&table, "gone"));
        let reading = Reading::begin(&table);
        // Its row was committed after the reading.
        put(&table, "new");
        assert_eq!(reading.gone(&HashSet::from([&kept])), [gone]);
    }

    #[test]
    fn a_job_that_was_deleted_while_the_journal_was_read_does_not_come_back() {
        let table = table();
        let (early, late, kept) = (put(&table, "early"), put(&table, "late"), put(&table, "kept"));
        let other = Reading::begin(&table);
        table.remove(&early);
        let reading = Reading::begin(&table);
        table.remove(&late);
        assert!(reading.is_outdated(&late) && !reading.is_outdated(&kept));
        // Deleted before this reading began: if the row is there again, it is another one.
        assert!(!reading.is_outdated(&early) && other.is_outdated(&early));
    }

    #[test]
    fn a_job_in_somebody_s_hand_stays_and_nothing_is_remembered_when_nobody_reads() {
        let table = table();
        let id = put(&table, "busy");
        table.update(&id, |entry| entry.busy = true);
        let reading = Reading::begin(&table);
        assert!(reading.gone(&HashSet::new()).is_empty());
        table.remove(&id);
        drop(reading);
        assert!(table.lock().memory.deleted.is_empty());
    }
}
