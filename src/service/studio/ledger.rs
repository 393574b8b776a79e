//! What stickers cost: every line with what came of it, what they come to, and the same as a table for other programs.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use serde_json::{Value as Json, json};

use super::{Studio, StudioError};
use crate::model::ledger::{LedgerEntry, LedgerKind, LedgerLine, Spent};

/// The columns of the table, in order.
const COLUMNS: [&str; 8] =
    ["time_utc", "engine", "base_url", "outcome", "amount_usd", "request_id", "job_id", "sticker"];

impl Studio {
    /// What was spent in this session, today, in this month and ever: the one place where these sums are made.
    pub fn spending(&self) -> Result<Spent, StudioError> {
        let midnight = self.now().to_zoned(TimeZone::system()).start_of_day().map(|day| day.timestamp());
        Ok(Spent {
            session: self.jobs.spending(self.started_at)?,
            today: self.jobs.spending(midnight.unwrap_or_else(|_out_of_range| self.now()))?,
            month: self.jobs.spending_this_month()?,
            all: self.jobs.spending(jiff::Timestamp::UNIX_EPOCH)?,
        })
    }

    /// Every line of the ledger, newest first. Reads the journal and the library, so not on the UI thread.
    pub fn ledger(&self) -> Result<Vec<LedgerEntry>, StudioError> {
        let mut rows: HashMap<_, _> =
            self.jobs.list().iter().map(|row| (row.id.clone(), (row.status, row.path.clone()))).collect();
        let mut entries = Vec::new();
        for line in self.jobs.ledger()?.into_iter().rev() {
            let (status, path) = rows.remove(&line.job).map_or((None, None), |(status, path)| (Some(status), path));
            let path = match path {
                // Its row is gone; the sticker has stayed.
                None if line.kind == LedgerKind::Accepted && status.is_none() => {
                    self.library.of_job(&line.job.0)?.map(|sticker| sticker.path.to_string_lossy().into_owned())
                }
                path => path,
            };
            entries.push(LedgerEntry { line, status, path });
        }
        Ok(entries)
    }
}

/// The line as one object.
pub fn ledger_json(entry: &LedgerEntry) -> Json {
    let LedgerLine { at, kind, job, engine, base_url, request_id, amount } = &entry.line;
    json!({
        "time_utc": at.to_string(),
        "engine": engine,
        "base_url": base_url,
        "outcome": kind.word(),
        "amount_usd": amount.as_dollars(),
        "request_id": request_id,
        "job_id": job,
        "sticker": entry.path,
    })
}

fn cells(entry: &LedgerEntry) -> [String; COLUMNS.len()] {
    let LedgerLine { at, kind, job, engine, base_url, request_id, amount } = &entry.line;
    [
        at.to_string(),
        engine.word().to_owned(),
        base_url.clone().unwrap_or_default(),
        kind.word().to_owned(),
        amount.plain(),
        request_id.clone().unwrap_or_default(),
        job.0.clone(),
        entry.path.clone().unwrap_or_default(),
    ]
}

/// The lines as comma-separated values by RFC 4180, with a line of names; times in UTC, amounts in dollars.
pub fn ledger_csv(entries: &[LedgerEntry]) -> String {
    let heads = COLUMNS.map(str::to_owned);
    let rows = entries.iter().map(|entry| cells(entry).map(|cell| csv_cell(&cell)));
    let mut table = String::new();
    for cells in std::iter::once(heads).chain(rows) {
        table.push_str(&cells.join(","));
        table.push_str("\r\n");
    }
    table
}

/// One value. What a spreadsheet would take for a formula is kept a text by an apostrophe (OWASP, "CSV injection").
fn csv_cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if is_formula { format!("'{text}") } else { text.to_owned() };
    if is_formula || text.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EngineId, JobId, Money};

    fn entry(request_id: &str) -> LedgerEntry {
        let line = LedgerLine {
            at: "2026-03-15T12:00:00.250Z".parse().unwrap(),
            kind: LedgerKind::Accepted,
            job: JobId("ab12".into()),
            engine: EngineId::Pixazo,
            base_url: Some("https://example.com".into()),
            request_id: Some(request_id.to_owned()),
            amount: Money::from_mills(25),
        };
        LedgerEntry { line, status: None, path: None }
    }

    #[test]
    fn a_table_has_names_exact_amounts_times_in_utc_and_the_line_ends_of_the_standard() {
        let table = ledger_csv(&[entry("face_1")]);
        let lines: Vec<&str> = table.split("\r\n").collect();
        assert_eq!(lines[0], "time_utc,engine,base_url,outcome,amount_usd,request_id,job_id,sticker");
        assert_eq!(lines[1], "2026-03-15T12:00:00.25Z,pixazo,https://example.com,accepted,0.025,face_1,ab12,");
        assert_eq!(lines[2..], [""]);
    }

    #[test]
    fn what_a_service_made_up_cannot_leave_its_cell_or_run_in_a_spreadsheet() {
        for (id, cell) in [
            ("a,b", "\"a,b\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("two\r\nlines", "\"two\r\nlines\""),
            ("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\""),
            ("+1", "\"'+1\""),
            ("-1", "\"'-1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\t=1", "\"'\t=1\""),
            ("plain-id_1", "plain-id_1"),
        ] {
            let table = ledger_csv(&[entry(id)]);
            assert!(table.contains(&format!(",0.025,{cell},ab12,")), "{table}");
        }
    }
}
