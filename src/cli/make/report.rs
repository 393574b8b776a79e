//! What is said about stickers that were made, and about those that were not.

use std::ffi::OsStr;
use std::path::PathBuf;

use serde::Serialize;

use super::Subject;
use crate::cli::console::{complain, print_json, print_path};
use crate::cli::make_words::Make;
use crate::jobs::JobRow;
use crate::model::{Charged, EngineId, JobStatus};

/// What is said about one sticker.
#[derive(Debug, Serialize)]
pub(super) struct Told {
    pub(super) photo: String,
    #[serde(serialize_with = "crate::cli::console::as_text")]
    pub(super) path: Option<PathBuf>,
    #[serde(serialize_with = "crate::cli::console::as_text")]
    pub(super) background_path: Option<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) expression: Option<String>,
    pub(super) seed: Option<u32>,
    pub(super) request_id: Option<String>,
    pub(super) engine: EngineId,
    pub(super) cost_usd: Option<f64>,
    pub(super) elapsed_ms: i64,
    pub(super) status: JobStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<String>,
    /// What a person should know about a sticker that was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<String>,
}

pub(super) fn told_of(Subject { photo, expression }: Subject<'_>, row: &JobRow) -> Told {
    Told {
        photo: photo.to_string_lossy().into_owned(),
        path: None,
        background_path: None,
        expression: expression.map(str::to_owned),
        seed: row.recipe.seed,
        request_id: row.request_id.clone(),
        engine: row.engine,
        cost_usd: match row.charged {
            Charged::No => Some(0.0),
            Charged::Yes => Some(row.price.as_dollars()),
            Charged::Unknown => None,
        },
        elapsed_ms: row.updated_at.duration_since(row.created_at).as_millis().clamp(0, i64::MAX.into()) as i64,
        status: row.status,
        error: None,
        note: row.error.clone().filter(|_| row.status == JobStatus::Done),
    }
}

/// The picture on its background is no sticker, so it is not written where the person wants one; it is in the library.
pub(super) fn report_lost_cutout(asked: &Make, subject: Subject<'_>, row: &JobRow) {
    let kept = row.path.as_deref().unwrap_or_default();
    let error =
        format!("{}: {kept}", row.error.as_deref().unwrap_or("the cut-out picture did not come").trim_end_matches('.'));
    if asked.json {
        let background_path = row.path.clone().map(PathBuf::from);
        print_json(&Told { background_path, error: Some(error.clone()), note: None, ..told_of(subject, row) });
    }
    complain(with_money(subject.photo, &error, Some(row)));
}

/// What went wrong with a photo, and whether money went.
pub(super) fn with_money(photo: &OsStr, error: &str, row: Option<&JobRow>) -> String {
    let money = row.and_then(crate::cli::jobs::money_sentence).map(|money| format!(" {money}")).unwrap_or_default();
    format!("{}: {}.{money}", photo.display(), error.trim_end_matches('.'))
}

pub(super) fn tell(asked: &Make, told: &Told) {
    if asked.json {
        print_json(told);
        return;
    }
    for path in [&told.path, &told.background_path].into_iter().flatten() {
        print_path(path);
    }
}

pub(super) fn report_failure(asked: &Make, subject: Subject<'_>, error: &str, row: Option<&JobRow>) {
    if asked.json {
        let told = row.map_or_else(
            || Told {
                photo: subject.photo.to_string_lossy().into_owned(),
                path: None,
                background_path: None,
                expression: subject.expression.map(str::to_owned),
                seed: None,
                request_id: None,
                engine: asked.engine,
                cost_usd: Some(0.0),
                elapsed_ms: 0,
                status: JobStatus::Failed,
                error: None,
                note: None,
            },
            |row| told_of(subject, row),
        );
        print_json(&Told { error: Some(error.to_owned()), ..told });
    }
    complain(with_money(subject.photo, error, row));
}
