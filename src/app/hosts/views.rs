//! What the dialogs and the well see of the hosts.

use jiff::Timestamp;

use super::super::pictures::PictureName;
use super::super::state::State;
use super::super::views::{local_time, with};
use super::super::work::with_full_stop;
use super::KeptUpload;
use crate::hosting::{Standing, Upload};
use crate::model::{EngineId, PhotoHost, PhotoHostKind};
use crate::studio::capitalised;
use crate::ui::action::HostForm;
use crate::ui::view::{HostChoice, HostFormView, HostsView, Picture, Remote, UploadView, UploadsView};

/// Hosts that need nothing typed, offered before they are set up: their names and kinds.
const READY: [(&str, PhotoHostKind); 2] =
    [("litterbox", PhotoHostKind::Litterbox { address: None }), ("in-the-request", PhotoHostKind::DataUri)];

/// The hosts that can be chosen, those that are set up first.
pub(in crate::app) struct Choices(pub Vec<HostChoice>);

impl Choices {
    pub(in crate::app) fn of(state: &State) -> Self {
        let known = state.hosts.known.iter();
        let mut choices: Vec<HostChoice> =
            known.map(|host| HostChoice { host: host.clone(), is_set_up: true }).collect();
        for (name, kind) in READY {
            let is_there = choices.iter().any(|choice| choice.host.kind == kind || choice.host.name == name);
            if let (false, Ok(host)) = (is_there, PhotoHost::new(name, kind)) {
                choices.push(HostChoice { host, is_set_up: false });
            }
        }
        Self(choices)
    }

    /// The choice of this name.
    pub(in crate::app) fn get(&self, name: &str) -> Option<&HostChoice> {
        self.0.iter().find(|choice| choice.host.name == name)
    }
}

impl State {
    /// The host that photos go to, when the person has agreed to what is said of it today.
    pub(in crate::app) fn agreed_host(&self) -> Option<&PhotoHost> {
        let name = self.settings.photo_host.as_deref()?;
        self.hosts.known.iter().find(|host| host.name == name && host.has_consent())
    }
}

/// The choice of where photos go.
pub(in crate::app) fn view<'a>(state: &'a State, choices: &'a Choices) -> HostsView<'a> {
    let count = state.form.count;
    HostsView {
        choices: &choices.0,
        picked: state.hosts.picked.as_deref(),
        chosen: state.agreed_host().map(|host| host.name.as_str()),
        waiting_run: state.hosts.make.then(|| (count, state.form.engine.price() * count)),
        test: &state.hosts.test,
        error: state.hosts.error.as_deref(),
        is_busy: state.hosts.is_busy || state.submitting,
    }
}

/// A host that is being set up.
pub(in crate::app) fn form(state: &State, form: HostForm) -> HostFormView<'_> {
    let hosts = &state.hosts;
    HostFormView { form, test: &hosts.test, error: hosts.error.as_deref(), is_busy: hosts.is_busy }
}

/// Where the photo goes, as one sentence.
pub(in crate::app) fn goes(state: &State) -> String {
    if state.form.engine == EngineId::Local {
        return "Stays on this computer".to_owned();
    }
    if state.as_linked().is_some() {
        return "Sent as linked".to_owned();
    }
    match state.agreed_host() {
        Some(host) => place(host),
        None => "Nowhere yet, Make asks first".to_owned(),
    }
}

/// A host as the end of "The photo goes …".
fn place(host: &PhotoHost) -> String {
    match &host.kind {
        PhotoHostKind::S3(_) => "To your bucket, gone after 1 hour".to_owned(),
        PhotoHostKind::Imgbb { .. } => "To imgbb, gone after 1 hour".to_owned(),
        PhotoHostKind::Litterbox { .. } => "To litterbox, gone after 1 hour".to_owned(),
        PhotoHostKind::Sharex(site) if site.can_delete => format!("To {}, then deleted", site.site),
        PhotoHostKind::Sharex(site) => format!("To {}, not deleted", site.site),
        PhotoHostKind::DataUri => "Inside the request".to_owned(),
    }
}

/// The photos at hosts, in words.
pub(in crate::app) fn uploads(state: &State, now: Timestamp) -> Remote<Vec<UploadView>> {
    let shown =
        state.hosts.uploads.shown().map(|uploads| uploads.iter().map(|upload| one(state, upload, now)).collect());
    with(&state.hosts.uploads, shown)
}

fn one(state: &State, kept: &KeptUpload, now: Timestamp) -> UploadView {
    let KeptUpload { upload, .. } = kept;
    let standing = upload.standing(now);
    let picture = match upload.thumbnail {
        Some(_) => state.pictures.get(&PictureName::Upload(upload.id.clone())),
        None => Picture::Missing,
    };
    UploadView {
        id: upload.id.clone(),
        picture,
        host: if upload.is_test() { format!("Test at {}", upload.host) } else { upload.host.clone() },
        sent: local_time(upload.sent_at.unwrap_or(upload.begun_at)),
        standing: words(upload, standing),
        is_gone: standing == Standing::Deleted,
        can_delete: upload.can_delete(),
        page: upload.deletion_page().map(str::to_owned),
        problem: upload
            .problem
            .as_ref()
            .filter(|_| standing != Standing::Deleted)
            .map(|text| with_full_stop(capitalised(text))),
    }
}

fn words(upload: &Upload, standing: Standing) -> String {
    let at = |moment: Option<Timestamp>| moment.map(local_time).unwrap_or_default();
    match standing {
        Standing::Unsure => "May have arrived, the answer was lost".to_owned(),
        Standing::There if upload.expires_at.is_none() => "There, until it is deleted".to_owned(),
        Standing::There => format!("There until {}", at(upload.expires_at)),
        Standing::Deleting => "Being deleted, tried again until it is gone".to_owned(),
        Standing::Expired => format!("Expired {}", at(upload.expires_at)),
        Standing::Deleted => format!("Deleted {}, seen to be gone", at(upload.deleted_at)),
    }
}

/// The list of photos at hosts.
pub(in crate::app) fn list<'a>(state: &'a State, uploads: &'a Remote<Vec<UploadView>>) -> UploadsView<'a> {
    UploadsView { uploads, error: state.hosts.error.as_deref() }
}
