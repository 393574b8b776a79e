//! Reads request bodies within bounds of size and time.

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use axum::body::{Body, HttpBody as _};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use serde_json::{Map, Value as Json};

use super::refused::Refused;

/// Most bytes of a JSON request; a photo may come inside it as base64.
pub(super) const JSON_CAP: usize = 8 * 1024 * 1024;

/// Longest time for a body.
const SLOWEST: Duration = Duration::from_secs(30);

/// How much of a body that is too large is still taken in, so that its sender lives to read the refusal.
const DRAINED: usize = 64 * 1024 * 1024;

/// The JSON object of a request.
pub(super) async fn json_object(headers: &HeaderMap, body: Body) -> Result<Map<String, Json>, Refused> {
    if !is_json(headers) {
        return Err(Refused::content_type());
    }
    let bytes = read(body, JSON_CAP).await?;
    match serde_json::from_slice(&bytes) {
        Ok(Json::Object(fields)) => Ok(fields),
        Ok(_) => Err(Refused::invalid("body: must be a JSON object")),
        Err(error) => Err(Refused::invalid(&format!("body: must be valid JSON ({error})"))),
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

/// All bytes of a body, at most `cap`.
pub(super) async fn read(body: Body, cap: usize) -> Result<Vec<u8>, Refused> {
    if body.size_hint().lower() > DRAINED as u64 {
        // It says so itself: nothing is waited for.
        return Err(Refused::too_large(cap));
    }
    tokio::time::timeout(SLOWEST, read_to_end(body, cap)).await.map_err(|_elapsed| Refused::too_slow())?
}

async fn read_to_end(mut body: Body, cap: usize) -> Result<Vec<u8>, Refused> {
    let mut bytes = Vec::new();
    let mut length = 0;
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let frame = frame.map_err(|_broken| Refused::invalid("body: broke off"))?;
        let Ok(data) = frame.into_data() else { continue };
        length += data.len();
        if length <= cap {
            bytes.extend_from_slice(&data);
        } else if length > DRAINED {
            break;
        }
    }
    if length > cap { Err(Refused::too_large(cap)) } else { Ok(bytes) }
}
