//! The finished pictures: files of an hour under names that nobody can guess.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::extract::{Path as UrlPath, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::response::{IntoResponse as _, Response};

use super::refused::Refused;
use super::shared::Shared;
use crate::platform::FileError;

/// A request has two: on its background, and cut out.
const COUNT: usize = 2;

fn name(id: &str, index: usize) -> String {
    format!("{id}_output_{index}.png")
}

fn path(folder: &Path, id: &str, index: usize) -> PathBuf {
    folder.join(name(id, index))
}

/// The URLs of a request's pictures.
pub(super) fn urls(base_url: &str, id: &str) -> [String; COUNT] {
    [0, 1].map(|index| format!("{base_url}/outputs/{}", name(id, index)))
}

/// Writes a request's pictures.
pub(super) async fn write(folder: &Path, id: &str, files: [Vec<u8>; COUNT]) -> Result<(), FileError> {
    for (index, file) in files.into_iter().enumerate() {
        let path = path(folder, id, index);
        tokio::fs::write(&path, file).await.map_err(|error| FileError::new(&path, error))?;
    }
    Ok(())
}

/// Removes a request's pictures, as far as it has some.
pub(super) async fn remove(folder: &Path, id: &str) {
    for index in 0..COUNT {
        match tokio::fs::remove_file(path(folder, id, index)).await {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => tracing::warn!(%error, "an old picture could not be removed"),
        }
    }
}

/// `GET /outputs/{name}`.
pub(super) async fn get(
    State(shared): State<Arc<Shared>>,
    UrlPath(asked): UrlPath<String>,
) -> Result<Response, Refused> {
    // Only names that a known request gave out are looked for, so no path can be smuggled in.
    let unknown = || Refused::unknown("output");
    let id = asked.split('_').next().unwrap_or_default();
    let job = shared.job(id).ok_or_else(unknown)?;
    let index = (0..COUNT).find(|index| name(&job.id, *index) == asked).ok_or_else(unknown)?;
    match tokio::fs::read(path(&shared.folder, &job.id, index)).await {
        Ok(bytes) => Ok(file("image/png", bytes)),
        Err(_not_there) => Err(unknown()),
    }
}

/// A file for its owner alone, of exactly this type.
pub(super) fn file(content_type: &'static str, bytes: Vec<u8>) -> Response {
    let headers =
        [(CONTENT_TYPE, content_type), (CACHE_CONTROL, "private, no-store"), (X_CONTENT_TYPE_OPTIONS, "nosniff")];
    (headers, bytes).into_response()
}
