//! Prepared photos of the app, so that its engine fetches them like any other. Only the embedded gateway has them.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path as UrlPath, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::body::read;
use super::outputs::file;
use super::refused::Refused;
use super::shared::Shared;
use crate::model::Face;
use crate::platform::FileError;

/// Most bytes of a prepared photo.
const CAP: usize = 20 * 1024 * 1024;

/// What a photo's name ends in when it names the faces beside it.
const FACES: &str = ".faces";

/// The faces that came beside the photo at this link; none when it is not one of ours, or nobody looked.
pub(super) async fn faces_beside(shared: &Shared, link: &str) -> Vec<Face> {
    let Some(name) = link.strip_prefix(&format!("{}/photos/", shared.base_url)) else { return Vec::new() };
    let Ok(path) = path(shared, &format!("{name}{FACES}")) else { return Vec::new() };
    let Ok(bytes) = tokio::fs::read(path).await else { return Vec::new() };
    serde_json::from_slice(&bytes).unwrap_or_else(|error| {
        tracing::warn!(%error, "the faces beside a photo cannot be read, so the engine looks for itself");
        Vec::new()
    })
}

/// Where a photo or its faces lie, if the name is 128 bits of hex and `.jpg`, and `.faces` after it for those.
fn path(shared: &Shared, name: &str) -> Result<PathBuf, Refused> {
    let photo = name.strip_suffix(FACES).unwrap_or(name);
    let digits = photo.strip_suffix(".jpg").unwrap_or_default();
    let is_name =
        digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    if is_name { Ok(shared.folder.join(name)) } else { Err(Refused::unknown("photo")) }
}

/// `PUT /photos/{name}`, with the key.
pub(super) async fn put(
    State(shared): State<Arc<Shared>>,
    UrlPath(name): UrlPath<String>,
    body: Body,
) -> Result<(StatusCode, Json<Value>), Refused> {
    let path = path(&shared, &name)?;
    let bytes = read(body, CAP).await?;
    tokio::fs::write(&path, bytes).await.map_err(|error| {
        let error = FileError::new(&path, error);
        if error.is_disk_full() {
            return Refused::full_disk();
        }
        tracing::error!(%error, "a photo could not be kept");
        Refused::unexpected()
    })?;
    Ok((StatusCode::CREATED, Json(json!({ "success": true }))))
}

/// `GET /photos/{name}`, by anyone who knows the name.
pub(super) async fn get(
    State(shared): State<Arc<Shared>>,
    UrlPath(name): UrlPath<String>,
) -> Result<Response, Refused> {
    match tokio::fs::read(path(&shared, &name)?).await {
        Ok(bytes) => Ok(file("image/jpeg", bytes)),
        Err(_not_there) => Err(Refused::unknown("photo")),
    }
}

/// `DELETE /photos/{name}`, with the key: the photo is taken back.
pub(super) async fn delete(
    State(shared): State<Arc<Shared>>,
    UrlPath(name): UrlPath<String>,
) -> Result<StatusCode, Refused> {
    match tokio::fs::remove_file(path(&shared, &name)?).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Refused::unknown("photo")),
        Err(error) => {
            tracing::error!(%error, "a photo could not be removed");
            Err(Refused::unexpected())
        }
    }
}
