//! Makes one sticker: photo, engine, two files.

use std::sync::Arc;

use rayon::join;

use crate::engine::{Control, EngineError, Sticker};
use crate::model::{Face, FaceFrame, OutOfReach};
use crate::net::Fetcher;
use crate::picture::{PictureError, PngText, decode_photo, encode_png};

use super::job::Job;
use super::shared::Shared;
use super::{outputs, photos, until};

/// Where the photo comes from.
#[derive(Debug)]
pub(super) enum Source {
    /// To be fetched from here.
    Link(String),
    /// Came with the request.
    Bytes(Vec<u8>),
}

/// A photo to be drawn.
struct Photo {
    bytes: Vec<u8>,
    /// Its faces as far as somebody has looked, the one that is meant first.
    faces: Vec<Face>,
}

/// Said of everything that was under way when the gateway stopped.
const STOPPED: &str = "the engine was stopped before the sticker was finished";

/// Runs a request to its end, or until the gateway stops.
pub(super) async fn run(shared: &Arc<Shared>, job: &Arc<Job>, source: Source) {
    let waiting = async {
        // The semaphores are never closed; were they, it would be a stop.
        let photo_turn = shared.photo_turn.acquire().await.map_err(|_closed| STOPPED.to_owned())?;
        let faces = match &source {
            Source::Link(link) => photos::faces_beside(shared, link).await,
            Source::Bytes(_) => Vec::new(),
        };
        let photo = Photo { bytes: fetch(&shared.fetcher, source).await?, faces };
        let engine_turn = shared.engine_turn.acquire().await.map_err(|_closed| STOPPED.to_owned())?;
        Ok((photo, photo_turn, engine_turn))
    };
    let ready = tokio::select! {
        biased;
        () = until(shared.stopped.clone()) => Err(STOPPED.to_owned()),
        ready = waiting => ready,
    };
    let made = match ready {
        Ok((photo, _photo_turn, _engine_turn)) => {
            job.begin();
            make_and_write(shared, job, photo).await
        }
        Err(error) => Err(error),
    };
    match made {
        Ok(()) => job.succeed(outputs::urls(&shared.base_url, &job.id).to_vec()),
        Err(error) => job.fail(error),
    }
}

async fn fetch(fetcher: &Fetcher, source: Source) -> Result<Vec<u8>, String> {
    match source {
        Source::Bytes(bytes) => Ok(bytes),
        Source::Link(link) => match fetcher.fetch(&link).await {
            Ok(fetched) => Ok(fetched.bytes),
            Err(error) => Err(format!("the photo could not be fetched: {error}")),
        },
    }
}

async fn make_and_write(shared: &Arc<Shared>, job: &Arc<Job>, photo: Photo) -> Result<(), String> {
    shared.begins();
    let made = make(shared, job, photo).await;
    shared.rests();
    let files = made?;
    outputs::write(&shared.folder, &job.id, files)
        .await
        .map_err(|error| format!("the finished sticker could not be written: {error}"))
}

/// Draws the sticker on a thread of its own; a stop makes the engine give up.
async fn make(shared: &Arc<Shared>, job: &Arc<Job>, photo: Photo) -> Result<[Vec<u8>; 2], String> {
    let watched = Arc::clone(job);
    let control = Control::watched(move |stage, done| watched.progress(stage, done));
    let (engine, working, switch) = (Arc::clone(&shared.engine), Arc::clone(job), control.clone());
    let mut work = tokio::task::spawn_blocking(move || {
        let Photo { bytes, mut faces } = photo;
        let photo = decode_photo(&bytes).map_err(|error| format!("the photo cannot be used: {error}"))?.image;
        if !faces.iter().all(|face| face.is_sound(photo.dimensions())) {
            faces.clear();
        }
        let sticker = engine.make_of(&photo, &faces, &working.recipe, &control).map_err(|error| match error {
            EngineError::Cancelled => STOPPED.to_owned(),
            other => other.to_string(),
        })?;
        encode(&sticker).map_err(|error| format!("the sticker could not be written as PNG: {error}"))
    });
    let made = tokio::select! {
        made = &mut work => made,
        () = until(shared.stopped.clone()) => {
            switch.cancel();
            work.await
        }
    };
    made.unwrap_or_else(|error| {
        tracing::error!(%error, "the engine broke down");
        Err("the engine broke down over this photo; try another, and please report it".to_owned())
    })
}

/// Both files at once, each with what the engine says of it: on its background, then cut out.
fn encode(sticker: &Sticker) -> Result<[Vec<u8>; 2], PictureError> {
    // Numbers and names always make JSON; without them the sticker is still whole.
    let text = |keyword, json: serde_json::Result<String>| json.ok().map(|json| PngText::new(keyword, json));
    let frame = text(FaceFrame::KEYWORD, serde_json::to_string(&sticker.frame));
    let left_out = (!sticker.left_out.is_empty()).then(|| serde_json::to_string(&sticker.left_out));
    let left_out = left_out.and_then(|json| text(OutOfReach::KEYWORD, json));
    let texts: Vec<PngText> = frame.into_iter().chain(left_out).collect();
    let (opaque, cutout) = join(|| encode_png(&sticker.opaque, &texts), || encode_png(&sticker.cutout, &texts));
    Ok([opaque?, cutout?])
}
