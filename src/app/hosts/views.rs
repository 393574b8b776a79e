//! What the dialogs and the well see of the hosts.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::super::pictures::{PictureName, Pictures};
use super::super::state::State;
use super::super::views::local_time;
use super::super::work::with_full_stop;
use crate::hosting::{Standing, Upload};
use crate::model::{EngineId, PhotoHost, PhotoHostKind};
use crate::studio::capitalised;
use crate::ui::action::{Dialog, HostForm};
use crate::ui::view::{HostChoice, HostFormView, HostsView, Picture, UploadView, Uploads};

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

    /// Is it still to be chosen where the photo may go?
    pub(in crate::app) fn lacks_host(&self) -> bool {
        self.needs_host() && self.agreed_host().is_none()
    }

    /// How many stickers the next run makes.
    pub(in crate::app) fn run_count(&self) -> u32 {
        let cells = || u32::try_from(self.sweep.new_cells().len()).unwrap_or(u32::MAX);
        if self.sweep.open { cells() } else { self.stickers() }
    }
}

/// The choice of where photos go.
pub(in crate::app) fn view<'a>(state: &'a State, choices: &'a Choices) -> HostsView<'a> {
    let count = state.run_count();
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
    HostFormView { form, known: &hosts.known, test: &hosts.test, error: hosts.error.as_deref(), is_busy: hosts.is_busy }
}

/// Where the photo goes, as one sentence.
pub(in crate::app) fn goes(state: &State) -> String {
    if state.form.engine == EngineId::Local {
        return "Stays on this computer".to_owned();
    }
    if state.as_linked().is_some() {
        return "Sent as linked".to_owned();
    }
    by_host(state)
}

/// Where photos go that are no links, as one sentence.
pub(in crate::app) fn by_host(state: &State) -> String {
    state.agreed_host().map_or_else(|| "Nowhere yet, Make asks first".to_owned(), place)
}

/// Where photos go by a host, and what becomes of them.
fn place(host: &PhotoHost) -> String {
    match &host.kind {
        PhotoHostKind::S3(_) => "To your bucket, then deleted".to_owned(),
        PhotoHostKind::Imgbb { .. } => "To imgbb, gone after 1 hour".to_owned(),
        PhotoHostKind::Litterbox { .. } => "To litterbox, gone after 1 hour".to_owned(),
        PhotoHostKind::Sharex(site) if site.can_delete => format!("To {}, then deleted", site.site),
        PhotoHostKind::Sharex(site) => format!("To {}, not deleted", site.site),
        PhotoHostKind::DataUri => "Inside the request".to_owned(),
    }
}

/// The photos at hosts, for the list of them.
pub(in crate::app) struct UploadList<'a> {
    uploads: &'a [Upload],
    pictures: &'a Pictures,
    zone: &'a TimeZone,
    now: Timestamp,
}

impl<'a> UploadList<'a> {
    /// As they stand at `now`.
    pub(in crate::app) fn of(state: &'a State, now: Timestamp) -> Self {
        let uploads = state.hosts.uploads.shown().map(Vec::as_slice).unwrap_or_default();
        Self { uploads, pictures: &state.pictures, zone: &state.zone, now }
    }

    /// The pictures that are in sight.
    pub(in crate::app) fn wanted(state: &State) -> impl Iterator<Item = PictureName> + '_ {
        let hosts = &state.hosts;
        let is_open = state.dialog == Some(Dialog::Uploads);
        let uploads = hosts.uploads.shown().filter(|_| is_open).map(Vec::as_slice).unwrap_or_default();
        let (first, behind) = hosts.in_sight;
        let in_sight = uploads.iter().take(behind).skip(first);
        in_sight.filter(|upload| upload.has_thumbnail).map(|upload| PictureName::Upload(upload.id.clone()))
    }
}

impl Uploads for UploadList<'_> {
    fn len(&self) -> usize {
        self.uploads.len()
    }

    fn upload(&self, index: usize) -> Option<UploadView> {
        let upload = self.uploads.get(index)?;
        let standing = upload.standing(self.now);
        let picture = if upload.has_thumbnail {
            self.pictures.get(&PictureName::Upload(upload.id.clone()))
        } else {
            Picture::Missing
        };
        let problem = upload.problem.as_ref().filter(|_| standing != Standing::Deleted);
        Some(UploadView {
            id: upload.id.clone(),
            picture,
            host: if upload.is_test() { format!("Test at {}", upload.host) } else { upload.host.clone() },
            url: upload.url.clone(),
            sent: local_time(self.zone, upload.sent_at.unwrap_or(upload.begun_at)),
            standing: words(upload, standing, self.zone),
            is_gone: standing == Standing::Deleted,
            can_delete: upload.can_delete(),
            page: upload.deletion_page().map(str::to_owned),
            problem: problem.map(|text| with_full_stop(capitalised(text))),
        })
    }
}

fn words(upload: &Upload, standing: Standing, zone: &TimeZone) -> String {
    let at = |moment: Option<Timestamp>| moment.map(|moment| local_time(zone, moment)).unwrap_or_default();
    match standing {
        Standing::Unsure => "May have arrived, the answer was lost".to_owned(),
        Standing::There if upload.expires_at.is_none() => "There, until it is deleted".to_owned(),
        Standing::There => format!("There until {}", at(upload.expires_at)),
        Standing::Deleting => "Being deleted, tried again until it is gone".to_owned(),
        Standing::Expired => format!("Expired {}", at(upload.expires_at)),
        Standing::Deleted => format!("Deleted {}, seen to be gone", at(upload.deleted_at)),
    }
}
