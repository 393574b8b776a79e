//! `jobs ledger`: every line of what stickers cost, and what they come to.

use jiff::tz::TimeZone;

use super::arguments::{Global, LedgerForm};
use super::console::{print, print_json, print_raw};
use super::exit::Exit;
use crate::model::ledger::LedgerEntry;
use crate::studio::{Purpose, Studio, StudioError, ledger_csv, ledger_json};

pub(super) fn run(global: &Global, form: LedgerForm) -> Result<Exit, StudioError> {
    let studio = Studio::open(global.data_dir.as_deref(), Purpose::Look, super::nobody())?;
    let entries = studio.ledger()?;
    match form {
        LedgerForm::Csv => print_raw(&ledger_csv(&entries)),
        LedgerForm::Json => {
            for entry in &entries {
                print_json(&ledger_json(entry));
            }
        }
        LedgerForm::Lines => {
            for entry in &entries {
                print(as_line(entry));
            }
            totals(&studio)?;
        }
    }
    studio.close();
    Ok(Exit::Done)
}

fn as_line(entry: &LedgerEntry) -> String {
    let line = &entry.line;
    let at = line.at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S");
    let id = line.request_id.as_deref().unwrap_or("no id");
    let path = entry.path.as_deref().unwrap_or_default();
    format!("{at}  {}  {}  {}  {id}  {path}", line.amount, line.kind.words(), line.engine.word())
}

fn totals(studio: &Studio) -> Result<(), StudioError> {
    let spent = studio.spending()?;
    print(format_args!("Today {}, this month {}, in all {}.", spent.today.spent, spent.month.spent, spent.all.spent));
    let counts = spent.all.counts;
    print(format_args!(
        "{} charged, {} not charged, {} unsure ({}).",
        counts.accepted, counts.not_charged, counts.unsure, spent.all.unsure
    ));
    Ok(())
}
