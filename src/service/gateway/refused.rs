//! Refusals in the documented words.

use std::time::Duration;

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Response};

use crate::api::wire::ErrorBody;
use crate::model::recipe::FieldError;

/// A request that is answered with an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refused {
    status: StatusCode,
    error: &'static str,
    message: Option<String>,
    retry_after: Option<Duration>,
}

const INVALID: &str = "Invalid request parameters";

impl Refused {
    const fn new(status: StatusCode, error: &'static str) -> Self {
        Self { status, error, message: None, retry_after: None }
    }

    fn saying(self, message: impl Into<String>) -> Self {
        Self { message: Some(message.into()), ..self }
    }

    /// 400: `field: must be …`.
    pub(super) fn field(error: &FieldError) -> Self {
        Self::new(StatusCode::BAD_REQUEST, INVALID).saying(error.to_string())
    }

    /// 400 about the request as a whole.
    pub(super) fn invalid(message: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, INVALID).saying(message)
    }

    /// 415.
    pub(super) fn content_type() -> Self {
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, INVALID).saying("Content-Type: must be application/json")
    }

    /// 413.
    pub(super) fn too_large(cap: usize) -> Self {
        let message = format!("body: must be at most {} MiB", cap / (1024 * 1024));
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, INVALID).saying(message)
    }

    /// 408.
    pub(super) fn too_slow() -> Self {
        Self::new(StatusCode::REQUEST_TIMEOUT, INVALID).saying("body: did not arrive in time")
    }

    /// 401.
    pub(super) const fn key() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "Invalid or missing authentication")
    }

    /// 403: the request was meant for another host.
    pub(super) fn host() -> Self {
        Self::new(StatusCode::FORBIDDEN, "Access denied for this operation")
            .saying("Host: must be 127.0.0.1 or localhost")
    }

    /// 404: no such path.
    pub(super) const fn endpoint() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Endpoint not found")
    }

    /// 404: no such request or file, or no longer.
    pub(super) fn unknown(what: &str) -> Self {
        Self::endpoint().saying(format!("{what}: not known here, or older than an hour"))
    }

    /// 405.
    pub(super) const fn method() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed")
    }

    /// 429: too many requests a minute.
    pub(super) fn rate(retry_after: Duration) -> Self {
        let refused = Self::new(StatusCode::TOO_MANY_REQUESTS, "Rate limit exceeded, please retry later");
        Self { retry_after: Some(retry_after), ..refused }
    }

    /// 429: too many requests wait already.
    pub(super) fn full(retry_after: Duration) -> Self {
        Self::rate(retry_after).saying("the queue is full")
    }

    /// 507: a photo does not fit into the folder for temporary files.
    pub(super) fn full_disk() -> Self {
        Self::new(StatusCode::INSUFFICIENT_STORAGE, "The disk of the folder for temporary files is full")
    }

    /// 500.
    pub(super) const fn unexpected() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "An unexpected error occurred, please try again later")
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let body = Json(ErrorBody { error: self.error.to_owned(), message: self.message });
        let mut response = (self.status, body).into_response();
        if let Some(wait) = self.retry_after {
            let seconds = wait.as_millis().div_ceil(1000).max(1) as u64;
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        response
    }
}
