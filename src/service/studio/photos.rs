//! Photos on their way into a job: read, looked at, prepared, and sent the way that a person chose.

use std::ffi::OsStr;
use std::time::Duration;

use image::RgbImage;

use super::{LoadedPhoto, Studio, StudioError, read_once};
use crate::jobs::{JobPhoto, JobsError};
use crate::model::{Engine, EngineId, FaceFrame};
use crate::net::{Reach, check_link};
use crate::photo::{self, PhotoSource, PickedPhoto};
use crate::vision::{IsStopped, VisionError};

/// How often it is asked whether to stop while a photo is on its way.
const STOP_TICK: Duration = Duration::from_millis(20);

impl Studio {
    /// Reads a photo and looks for faces; a link leads as far as `engine` may. Takes a while, so not on the UI thread.
    ///
    /// Ends with [`VisionError::Stopped`] soon after `is_stopped` says so.
    pub fn load_photo(
        &self,
        source: PhotoSource,
        engine: &Engine,
        is_stopped: IsStopped<'_>,
    ) -> Result<LoadedPhoto, StudioError> {
        let reach = reach_of(engine);
        let link = match &source {
            PhotoSource::Link(link) => Some(link.clone()),
            PhotoSource::File(_) | PhotoSource::Bytes { .. } => None,
        };
        let picked = self.runtime.block_on(async {
            tokio::select! {
                read = photo::read(source, reach) => Ok(read?),
                () = until(is_stopped) => Err(StudioError::from(VisionError::Stopped)),
            }
        })?;
        LoadedPhoto::of(read_once(&self.networks)?, picked, link, is_stopped)
    }

    /// Looks for faces in a photo whose bytes were read before; takes a while too, and can be stopped.
    ///
    /// `link` is where it came from; it is sent as that only as far as `engine` may follow it.
    pub fn load_picked(
        &self,
        picked: PickedPhoto,
        link: Option<String>,
        engine: &Engine,
        is_stopped: IsStopped<'_>,
    ) -> Result<LoadedPhoto, StudioError> {
        let link = link.filter(|link| check_link(link, reach_of(engine)).is_ok());
        LoadedPhoto::of(read_once(&self.networks)?, picked, link, is_stopped)
    }

    /// The photo after so many more quarter turns clockwise; takes a while too, and can be stopped.
    pub fn turn_photo(
        &self,
        photo: &LoadedPhoto,
        quarter_turns: u8,
        is_stopped: IsStopped<'_>,
    ) -> Result<LoadedPhoto, StudioError> {
        photo.turned(read_once(&self.networks)?, quarter_turns, is_stopped)
    }

    /// Looks at a part of a photo by itself, as it is sent, when no face is known in it; the photo with what was found.
    pub fn look_closer(
        &self,
        photo: &LoadedPhoto,
        seen: &RgbImage,
        frame: FaceFrame,
        is_stopped: IsStopped<'_>,
    ) -> Result<Option<LoadedPhoto>, StudioError> {
        photo.looked_at_closer(read_once(&self.networks)?, seen, frame, is_stopped)
    }

    /// The photo of a job for `engine`, from a path or link, refused when a check says that no sticker can come of it.
    ///
    /// For a hosted engine it goes by the host of this name, unless it is a link that can be sent as it is: one whose
    /// path ends as the service wants it, to a photo that needs no turning by its EXIF orientation.
    pub fn photo_for(
        &self,
        photo: impl AsRef<OsStr>,
        engine: &Engine,
        host: Option<&str>,
        is_stopped: IsStopped<'_>,
    ) -> Result<JobPhoto, StudioError> {
        let photo = photo.as_ref();
        let source = PhotoSource::written(photo);
        let is_hosted = engine.id == EngineId::Pixazo;
        let can_be_hosted = || match host {
            Some(host) => Ok(self.jobs.hosts().check(engine, Some(host)).map_err(JobsError::from)?),
            None => Err(StudioError::HostingNotSetUp { photo: photo.to_string_lossy().into_owned() }),
        };
        if is_hosted && !matches!(source, PhotoSource::Link(_)) {
            // Before the photo is even read: what would be refused later is refused now.
            can_be_hosted()?;
        }
        let read = self.load_photo(source, engine, is_stopped)?;
        let link = read.link.clone().filter(|_| is_hosted);
        let networks = read_once(&self.networks)?;
        let loaded = if link.is_some() { read } else { read.upright(networks, is_stopped)? };
        if let Some(finding) = loaded.refusal() {
            return Err(StudioError::PhotoRefused(finding));
        }
        if let Some(link) = link {
            return Self::linked(&link, engine);
        }
        if is_hosted {
            can_be_hosted()?;
        }
        let photo = loaded.prepare_as_proposed()?;
        Ok(match host.filter(|_| is_hosted) {
            Some(host) => JobPhoto::Hosted { photo, host: host.to_owned() },
            None => JobPhoto::Prepared(photo),
        })
    }

    /// A link as the photo of a job, when `engine` may follow it.
    pub fn linked(link: &str, engine: &Engine) -> Result<JobPhoto, StudioError> {
        check_link(link, reach_of(engine))?;
        Ok(JobPhoto::Link(link.to_owned()))
    }
}

/// Returns once `is_stopped` says so.
async fn until(is_stopped: IsStopped<'_>) {
    while !is_stopped() {
        tokio::time::sleep(STOP_TICK).await;
    }
}

/// Where links may lead that are meant for this engine: one on loopback may fetch from there.
fn reach_of(engine: &Engine) -> Reach {
    let on_this_computer = engine.id == EngineId::Local || engine.allows_loopback;
    if on_this_computer { Reach::PublicAndLoopback } else { Reach::Public }
}
