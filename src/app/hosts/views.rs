//! What the dialogs and the well see of the hosts.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Hosts;
use crate::app::context::AppContext;
use crate::app::pictures::{PictureName, Pictures};
use crate::app::sentence::with_full_stop;
use crate::app::shown::local_time;
use crate::hosting::{Standing, Upload};
use crate::model::{Money, PhotoHost, PhotoHostKind, Remote};
use crate::studio::capitalised;
use crate::ui::action::{Dialog, HostForm};
use crate::ui::view::{HostChoice, HostFormView, HostsView, Picture, UploadView, Uploads, UploadsView};

/// Hosts that need nothing typed, offered before they are set up: their names and kinds.
const READY: [(&str, PhotoHostKind); 2] =
    [("litterbox", PhotoHostKind::Litterbox { address: None }), ("in-the-request", PhotoHostKind::DataUri)];

/// The hosts that can be chosen, those that are set up first.
pub(in crate::app) struct Choices(pub Vec<HostChoice>);

impl Choices {
    /// Those of these hosts.
    pub(in crate::app) fn of(hosts: &Hosts) -> Self {
        let known = hosts.known.iter();
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

impl Hosts {
    /// The choice of where photos go; `run` is what the next run makes, and what that costs.
    pub(in crate::app) fn view<'a>(
        &'a self,
        choices: &'a Choices,
        run: (u32, Money),
        is_submitting: bool,
        cx: &AppContext,
    ) -> HostsView<'a> {
        HostsView {
            choices: &choices.0,
            picked: self.picked.as_deref(),
            chosen: self.agreed(cx).map(|host| host.name.as_str()),
            waiting_run: self.make.then_some(run),
            test: &self.test,
            error: self.error.as_deref(),
            is_busy: self.is_busy || is_submitting,
        }
    }

    /// A host that is being set up.
    pub(in crate::app) fn form_view(&self, form: HostForm) -> HostFormView<'_> {
        HostFormView { form, known: &self.known, test: &self.test, error: self.error.as_deref(), is_busy: self.is_busy }
    }

    /// Where photos go that are no links, as one sentence.
    pub(in crate::app) fn goes(&self, cx: &AppContext) -> String {
        self.agreed(cx).map_or_else(|| "Nowhere yet, Make asks first".to_owned(), place)
    }

    /// The photos at hosts as they stand at `now`.
    pub(in crate::app) fn upload_list<'a>(&'a self, now: Timestamp, cx: &'a AppContext) -> Remote<UploadList<'a>> {
        let uploads = self.uploads.shown();
        self.uploads.with(uploads.map(|uploads| UploadList { uploads, pictures: &cx.pictures, zone: &cx.zone, now }))
    }

    /// The list of photos at hosts.
    pub(in crate::app) fn uploads_view<'a>(&'a self, uploads: &'a Remote<&'a dyn Uploads>) -> UploadsView<'a> {
        UploadsView { uploads, error: self.error.as_deref() }
    }

    /// The pictures of those that are in sight.
    pub(in crate::app) fn pictures(&self, cx: &AppContext) -> impl Iterator<Item = PictureName> + '_ {
        let is_open = cx.dialog == Some(Dialog::Uploads);
        let uploads = self.uploads.shown().filter(|_| is_open).map(Vec::as_slice).unwrap_or_default();
        let (first, behind) = self.in_sight;
        let in_sight = uploads.iter().take(behind).skip(first);
        in_sight.filter(|upload| upload.has_thumbnail).map(|upload| PictureName::Upload(upload.id.clone()))
    }
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
