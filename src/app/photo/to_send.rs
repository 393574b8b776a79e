//! What is sent of a photo.

use std::sync::Arc;

use super::{Decided, Origin, PhotoUse};
use crate::jobs::{JobPhoto, PreparedPhoto};
use crate::model::{Crop, Engine};
use crate::studio::{LoadedPhoto, Studio, StudioError};

/// What is sent of a photo.
#[derive(Clone)]
pub(in crate::app) enum ToSend {
    /// The link it came from.
    AsLinked(String),
    /// A part of it.
    Prepared {
        /// The photo.
        photo: Arc<LoadedPhoto>,
        /// Which of its faces is meant.
        face: usize,
        /// The part, in its pixels.
        crop: Crop,
        /// The colour beyond its edges, sRGB.
        padding: [u8; 3],
        /// The host it goes by; none for the engine on this computer.
        host: Option<String>,
    },
    /// A part of a photo that was looked at and is read again.
    Again {
        /// Where it is.
        source: Origin,
        /// What it is called.
        name: String,
        /// SHA-256 of its file when it was looked at.
        sha256: String,
        /// What the person has decided about it.
        decided: Decided,
        /// Width and height of the sticker.
        canvas: (u32, u32),
        /// The host it goes by; none for the engine on this computer.
        host: Option<String>,
    },
}

impl ToSend {
    /// Exactly what is sent. Takes a moment.
    pub(in crate::app) fn to_job_photo(&self, studio: &Studio, engine: &Engine) -> Result<JobPhoto, StudioError> {
        match self {
            Self::AsLinked(link) => Studio::linked(link, engine),
            Self::Prepared { photo, face, crop, padding, host } => {
                Ok(by(host.as_ref(), photo.prepare(*face, *crop, *padding)?))
            }
            Self::Again { source, name, sha256, decided, canvas, host } => {
                let mut photo = source.load(studio, engine, &|| false)?;
                if photo.picked.sha256 != *sha256 {
                    return Err(StudioError::PhotoChanged { name: name.clone() });
                }
                let framing = &decided.framing;
                if let Some(link) = photo.link.as_deref().filter(|_| host.is_some() && framing.is_untouched()) {
                    return Studio::linked(link, engine);
                }
                if framing.quarter_turns != 0 {
                    photo = studio.turn_photo(&photo, framing.quarter_turns, &|| false)?;
                }
                Ok(by(
                    host.as_ref(),
                    photo.prepare(
                        decided.face,
                        decided.crop(&photo, PhotoUse { engine: engine.id, canvas: *canvas }),
                        framing.padding,
                    )?,
                ))
            }
        }
    }
}

/// A photo on its way by this host, or straight to the engine on this computer.
fn by(host: Option<&String>, photo: PreparedPhoto) -> JobPhoto {
    match host {
        Some(host) => JobPhoto::Hosted { photo, host: host.clone() },
        None => JobPhoto::Prepared(photo),
    }
}
