//! The step before the POST: the photo gets a link that the engine can fetch, and that was seen to work.

use secrecy::SecretString;
use tokio::task::spawn_blocking;

use super::remote::{Happened, Note, Remote, happened};
use crate::hosting::{HostingError, OutgoingPhoto};
use crate::jobs::job::KeptPhoto;
use crate::jobs::state::Input;
use crate::jobs::uploads::thumbnail_of;

/// A photo that somebody deleted at the host meanwhile is sent there this often.
const SENDINGS: u32 = 2;

/// Gives the photo its link, once everything else that could stop the request was looked at.
pub(super) async fn host(remote: &mut Remote) -> Happened {
    if !remote.job.price.is_zero()
        && let Err(error) = remote.shared.room.check()
    {
        return remote.back_in_line(error.to_string());
    }
    // First of all the key: without it the photo need not go anywhere.
    if let Err(refused) = remote.client().await {
        return refused;
    }
    let link = match remote.job.photo.clone() {
        KeptPhoto::Link { url } => follow(remote, url).await,
        KeptPhoto::Prepared { sha256, host, faces, .. } => {
            let jpeg = remote.carried.photo.take().unwrap_or_default();
            let photo = OutgoingPhoto { sha256, jpeg, faces, thumbnail: None };
            hand_over(remote, photo, host.as_deref()).await
        }
    };
    match link {
        Ok(link) => {
            remote.carried.image_url = Some(link);
            happened(Input::Hosted)
        }
        Err(error) if error.is_temporary() => remote.back_in_line(error.to_string()),
        Err(error) => (Input::CannotSend, Note::error(error.to_string())),
    }
}

/// A link of the person's own is seen to lead to a picture before anybody is paid for it.
async fn follow(remote: &Remote, url: String) -> Result<SecretString, HostingError> {
    let engine = remote.job.engine();
    remote.wait_for_the_gate().await;
    if !remote.job.price.is_zero() {
        remote.shared.hosts.check_own_link(&url, &engine).await?;
    }
    Ok(SecretString::from(url))
}

async fn hand_over(
    remote: &Remote,
    mut photo: OutgoingPhoto,
    host: Option<&str>,
) -> Result<SecretString, HostingError> {
    let engine = remote.job.engine();
    let hosts = &remote.shared.hosts;
    if host.is_some() {
        let jpeg = photo.jpeg.clone();
        // Decoding takes a while. Without a thumbnail the upload is still listed.
        photo.thumbnail = spawn_blocking(move || thumbnail_of(&jpeg)).await.unwrap_or_default();
    }
    let mut sendings = 1;
    loop {
        let placed = hosts.place(&photo, host, &engine).await?;
        // A link is signed only when the request can go at once.
        remote.wait_for_the_gate().await;
        match hosts.link(&placed, &photo, &engine).await {
            Err(HostingError::Gone { .. }) if sendings < SENDINGS => sendings += 1,
            link => return link,
        }
    }
}
