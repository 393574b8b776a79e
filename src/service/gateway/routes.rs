//! The two endpoints, the files, and everything else that is answered with an error.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use serde_json::{Map, Value};

use crate::api::wire::{GENERATE_PATH, Generated, PREDICTION_PATH, Prediction, REQUEST_ID_FIELD};
use crate::model::recipe::FieldError;
use crate::model::{Parameter, Recipe};
use crate::net::{Url, decode_data_uri, is_data_uri};
use crate::platform::{random_hex_128, random_seed};

use super::body::{JSON_CAP, json_object};
use super::job::Job;
use super::refused::Refused;
use super::run::Source;
use super::shared::Shared;
use super::{guard, outputs, photos};

/// Every route; those with a key first, the host's guard around all.
pub(super) fn router(shared: Arc<Shared>, embedded: bool) -> Router {
    let mut with_key = Router::new().route(GENERATE_PATH, post(generate)).route(PREDICTION_PATH, post(prediction));
    let mut open = Router::new().route("/outputs/{name}", get(outputs::get));
    if embedded {
        with_key = with_key.route("/photos/{name}", put(photos::put).delete(photos::delete));
        open = open.route("/photos/{name}", get(photos::get));
    }
    with_key
        .route_layer(from_fn_with_state(Arc::clone(&shared), guard::key))
        .merge(open)
        .fallback(async || Refused::endpoint())
        .method_not_allowed_fallback(async || Refused::method())
        .layer(from_fn(guard::loopback_host))
        .with_state(shared)
}

/// `POST …/generate`.
async fn generate(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Generated>, Refused> {
    shared.admit(shared.clock.instant())?;
    let fields = json_object(&headers, body).await?;
    let (source, echo) = image(&fields)?;
    let mut recipe = Recipe::from_fields(&fields).map_err(|error| Refused::field(&error))?;
    if recipe.webhook.as_ref().is_some_and(|webhook| Url::parse(webhook).is_err()) {
        return Err(Refused::field(&FieldError::of(Parameter::Webhook)));
    }
    recipe.seed.get_or_insert_with(random_seed);
    let place = shared.place()?;
    let job = shared.take_on(Job::new(random_hex_128(), recipe, echo, shared.clock.clone()), source, place);
    Ok(Json(job.generated()))
}

/// `POST …/prediction`.
async fn prediction(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Prediction>, Refused> {
    let fields = json_object(&headers, body).await?;
    let id = fields.get(REQUEST_ID_FIELD).and_then(Value::as_str);
    let id = id.ok_or_else(|| Refused::invalid(&format!("{REQUEST_ID_FIELD}: must be a string")))?;
    let job = shared.job(id).ok_or_else(|| Refused::unknown(REQUEST_ID_FIELD))?;
    Ok(Json(job.prediction()))
}

/// Where the photo comes from, and how `image` is echoed: an inline photo without its bytes.
fn image(fields: &Map<String, Value>) -> Result<(Source, String), Refused> {
    let refused = || Refused::field(&FieldError::of(Parameter::Image));
    let link = fields.get(Parameter::Image.name()).and_then(Value::as_str).ok_or_else(refused)?.trim();
    if is_data_uri(link) {
        let inline = decode_data_uri(link, JSON_CAP).map_err(|_unreadable| refused())?;
        let echo = format!("data:{};base64,\u{2026}", inline.content_type.unwrap_or_default());
        return Ok((Source::Bytes(inline.bytes), echo));
    }
    match Url::parse(link) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok((Source::Link(link.to_owned()), link.to_owned())),
        _ => Err(refused()),
    }
}
