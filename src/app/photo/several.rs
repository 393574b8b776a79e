//! Several photos brought at once: one of them stands in the well, a click makes stickers of all that can be used.
//!
//! Only the one in the well is held whole. The others are looked at one after the other, and read again when they are
//! run; a file that has changed meanwhile is not sent.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::super::App;
use super::super::blocked::Blocked;
use super::super::pictures::PictureName;
use super::super::recent::{KeptPhoto, Origin};
use super::super::state::State;
use super::super::undo::Did;
use super::ToSend;
use super::{Decided, Standing, forbidden};
use crate::model::EngineId;
use crate::photo::{Finding, PhotoSource};
use crate::studio::is_palette;
use crate::ui::view::{Levels, PhotoTab, Picture, Remote};

/// Photos at once at most.
const MOST: usize = 100;

/// Photos that were brought together; none when there is one photo or no photo.
#[derive(Default)]
pub(in crate::app) struct Several {
    members: Vec<Member>,
    /// The place of the one in the well.
    place: usize,
    /// The number under which that one was asked for.
    asked: u64,
    /// Tells the reading of earlier ones to end.
    over: Arc<AtomicBool>,
}

/// One of several photos.
struct Member {
    /// Names it and its small picture.
    number: u64,
    source: Origin,
    name: String,
    seen: Remote<Seen>,
    /// What the person decided about it when it was in the well.
    decided: Decided,
}

/// What is known of a photo that is not held.
#[derive(Clone)]
pub(in crate::app) struct Seen {
    /// Of its file, so that nothing else is sent in its place.
    pub(super) sha256: String,
    /// What speaks against it, as it would be sent.
    pub(super) refusal: Option<Finding>,
    /// May it be sent as the link it came from?
    pub(super) is_linked: bool,
}

impl Member {
    fn new(number: u64, source: Origin) -> Self {
        let name = source.name();
        Self { number, source, name, seen: Remote::Loading { previous: None }, decided: Decided::default() }
    }
}

impl Several {
    /// Is there but one photo, or none?
    pub(in crate::app) fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Ends the look at those that were not looked at yet.
    pub(super) fn stop_looking(&self) {
        self.over.store(true, Ordering::Relaxed);
    }

    /// Is one of them the photo with this SHA-256?
    pub(in crate::app) fn has(&self, sha256: &str) -> bool {
        self.members.iter().any(|member| member.seen.shown().is_some_and(|seen| seen.sha256 == sha256))
    }

    /// The small pictures of all.
    pub(in crate::app) fn pictures(&self) -> impl Iterator<Item = PictureName> + '_ {
        self.members.iter().map(|member| PictureName::Several(member.number))
    }

    /// The number under which the one in the well was asked for.
    pub(super) const fn asked(&self) -> u64 {
        self.asked
    }

    /// What was decided about the photo with this number when it was in the well before.
    pub(super) fn decided(&self, asked: u64) -> Option<&Decided> {
        let member = self.members.get(self.place).filter(|_| asked == self.asked)?;
        Some(&member.decided)
    }
}

impl State {
    /// Is the photo in the well this one of several, and there?
    fn is_in_the_well(&self, place: usize) -> bool {
        let several = &self.several;
        place == several.place && self.photo.number == several.asked && self.photo.settled().is_some()
    }

    /// Why nothing is made of one of several, in two words.
    fn left_out(&self, place: usize) -> Option<&'static str> {
        let member = &self.several.members[place];
        let seen = match &member.seen {
            Remote::Failed { .. } => return Some("cannot be read"),
            seen => seen.shown()?,
        };
        let refusal = if self.is_in_the_well(place) {
            self.forbidding()
        } else {
            let accepts =
                |finding: &Finding| self.form.engine == EngineId::Pixazo && member.decided.accepted.contains(finding);
            seen.refusal.filter(|finding| !accepts(finding))
        };
        refusal.map(|finding| forbidden(finding).0.words())
    }

    /// The places of those of which stickers are made.
    fn usable(&self) -> impl Iterator<Item = usize> + '_ {
        let members = self.several.members.iter().enumerate();
        let seen = members.filter(|(_, member)| matches!(member.seen, Remote::Ready(_))).map(|(place, _)| place);
        seen.filter(|place| self.left_out(*place).is_none())
    }

    /// How many photos a click makes stickers of.
    pub(in crate::app) fn photos_to_make(&self) -> usize {
        if self.several.is_empty() { 1 } else { self.usable().count() }
    }

    /// Why nothing can be made of several photos now, in two words.
    pub(in crate::app) fn several_blocked(&self) -> Option<Blocked> {
        if self.several.members.iter().any(|member| member.seen.is_loading()) {
            return Some(Blocked::Reading);
        }
        if self.photo.loaded.is_loading() || self.photo.loaded.shown().is_some() && self.photo.settled().is_none() {
            return Some(Blocked::Reading);
        }
        self.usable().next().is_none().then_some(Blocked::NoFace)
    }

    /// Does any photo have to be brought to a host before the service can fetch it?
    pub(in crate::app) fn needs_host(&self) -> bool {
        if self.several.is_empty() {
            return self.as_linked().is_none();
        }
        self.usable().any(|place| {
            if self.is_in_the_well(place) {
                return self.as_linked().is_none();
            }
            let member = &self.several.members[place];
            !member.seen.shown().is_some_and(|seen| seen.is_linked) || !member.decided.framing.is_untouched()
        })
    }

    /// The strip of photos, and a sentence about those that are left out.
    pub(in crate::app) fn photo_tabs(&self) -> (Vec<PhotoTab<'_>>, String) {
        let tabs = self.several.members.iter().enumerate().map(|(place, member)| PhotoTab {
            name: &member.name,
            picture: match &member.seen {
                Remote::Failed { .. } => Picture::Missing,
                _ => self.cx.pictures.get(&PictureName::Several(member.number)),
            },
            left_out: self.left_out(place),
            in_the_well: place == self.several.place,
        });
        let tabs: Vec<PhotoTab<'_>> = tabs.collect();
        let out: Vec<String> =
            tabs.iter().filter_map(|tab| Some(format!("{} ({})", tab.name, tab.left_out?))).collect();
        let sentence = if out.is_empty() { String::new() } else { format!("Left out: {}.", out.join(", ")) };
        (tabs, sentence)
    }
}

impl State {
    /// Several photos as they can be brought back; none when there is one photo at most.
    pub(super) fn standing_several(&self) -> Option<Standing> {
        let several = &self.several;
        let members = several.members.iter().enumerate().map(|(place, member)| {
            let decided = if self.is_in_the_well(place) { self.photo.decided() } else { member.decided.clone() };
            (member.source.clone(), decided)
        });
        (!several.is_empty()).then(|| Standing::Several(members.collect(), several.place))
    }
}

impl State {
    /// Several photos as the session keeps them, with what was decided about each, and the place of the one in the well.
    pub(in crate::app) fn several_kept(&self) -> (Vec<(KeptPhoto, Decided)>, usize) {
        let several = &self.several;
        let members = several.members.iter().enumerate().filter_map(|(place, member)| {
            let in_well = self.is_in_the_well(place);
            let decided = if in_well { self.photo.decided() } else { member.decided.clone() };
            let sha256 = member.seen.shown().map(|seen| seen.sha256.as_str());
            let kept = member.source.kept(&member.name, sha256);
            (!(in_well && self.photo.is_forgotten)).then_some((kept, decided))
        });
        (members.collect(), several.place)
    }
}

impl App {
    /// Brings back the several photos of an earlier session.
    pub(in crate::app) fn bring_several_back(&mut self, members: Vec<(Origin, Decided)>, place: usize) {
        let place = place.min(members.len().saturating_sub(1));
        let decided = members.get(place).map(|(_, decided)| decided.clone()).unwrap_or_default();
        self.begin_several(members, place);
        self.state.photo.restoring = Some((self.state.photo.asked, decided));
    }

    /// Takes several photos in place of what is there; one alone is a photo like any other.
    pub(in crate::app) fn take_photos(&mut self, mut sources: Vec<PhotoSource>) {
        if sources.len() > MOST {
            sources.truncate(MOST);
            self.state.cx.tell(format!("The first {MOST} photos are here; more at once are not taken."), None);
        }
        if sources.len() < 2 {
            return sources.pop().into_iter().for_each(|source| self.load_photo(source));
        }
        let before = self.standing();
        self.one_photo();
        let members = sources.into_iter().map(|source| (Origin::New(source), Decided::default()));
        self.begin_several(members.collect(), 0);
        if let (Some(before), Some(after)) = (before, self.standing()) {
            self.did(Did::Photo { before, after });
        }
    }

    /// Brings several photos back, each as it was framed.
    pub(super) fn several_again(&mut self, mut members: Vec<(Origin, Decided)>, place: usize) {
        self.one_photo();
        if members.len() < 2 {
            return members.pop().into_iter().for_each(|(origin, _)| self.begin_origin(origin));
        }
        self.begin_several(members, place);
    }

    fn begin_origin(&mut self, origin: Origin) {
        match origin {
            Origin::New(source) => self.begin_photo(source),
            Origin::Kept(photo) => self.begin_kept(photo),
        }
    }

    fn begin_several(&mut self, members: Vec<(Origin, Decided)>, place: usize) {
        let members = members
            .into_iter()
            .map(|(source, decided)| Member { decided, ..Member::new(self.state.number_a_photo(), source) });
        let members: Vec<Member> = members.collect();
        let engine = self.state.engine_for_reading();
        let Some(work) = &self.work else { return };
        let over = Arc::new(AtomicBool::new(false));
        let to_see = members.iter().map(|member| (member.number, member.source.clone())).collect();
        work.look_at_photos(to_see, engine, Arc::clone(&over));
        self.state.several = Several { members, place, asked: 0, over };
        self.load_place(place);
    }

    /// Photos that the person brought from outside, such as by “Open with”; they wait until everything runs.
    pub(in crate::app) fn take_brought(&mut self, photos: Vec<PhotoSource>) {
        if photos.is_empty() {
            return;
        }
        if self.work.is_none() {
            self.state.brought = photos;
            return;
        }
        self.take_photos(photos);
    }

    /// Files that were dropped or picked together.
    pub(in crate::app) fn take_photo_files(&mut self, paths: Vec<PathBuf>) {
        let photos = paths.into_iter().filter(|path| !is_palette(path));
        self.take_photos(photos.map(PhotoSource::File).collect());
    }

    /// From now on there is one photo at most.
    pub(in crate::app) fn one_photo(&mut self) {
        let several = std::mem::take(&mut self.state.several);
        several.stop_looking();
        for name in several.pictures() {
            self.state.cx.pictures.forget(&name);
        }
    }

    /// Brings another one of several into the well.
    pub(in crate::app) fn show_photo(&mut self, place: usize) {
        if place != self.state.several.place && place < self.state.several.members.len() {
            self.put_aside();
            self.load_place(place);
        }
    }

    /// Takes one of several away; the file stays where it is.
    pub(in crate::app) fn remove_photo(&mut self, place: usize) {
        self.put_aside();
        let before = self.standing();
        let several = &mut self.state.several;
        if place >= several.members.len() {
            return;
        }
        let removed = several.members.remove(place);
        self.state.cx.pictures.forget(&PictureName::Several(removed.number));
        let (was_in_well, last) = (place == several.place, several.members.len().saturating_sub(1));
        if place < several.place {
            several.place -= 1;
        }
        let stays = several.place.min(last);
        if was_in_well {
            self.load_place(stays);
        }
        if last == 0 {
            self.one_photo();
        }
        if last == 0 && was_in_well {
            // What comes after it is on its way.
            self.state.photo.replaces = before;
        } else if let (Some(before), Some(after)) = (before, self.standing()) {
            self.did(Did::Photo { before, after });
        }
    }

    /// Remembers what the person decided about the photo in the well.
    fn put_aside(&mut self) {
        let place = self.state.several.place;
        if !self.state.is_in_the_well(place) {
            return;
        }
        let refusal = self.state.refusing();
        let decided = self.state.photo.decided();
        let member = &mut self.state.several.members[place];
        member.decided = decided;
        if let Remote::Ready(seen) = &mut member.seen {
            seen.refusal = refusal;
        }
    }

    fn load_place(&mut self, place: usize) {
        let Some(member) = self.state.several.members.get(place) else { return };
        self.begin_origin(member.source.clone());
        self.state.several.place = place;
        self.state.several.asked = self.state.photo.asked;
    }

    /// One of several was looked at.
    pub(in crate::app) fn take_seen(&mut self, number: u64, seen: Result<(Seen, Levels), String>) {
        let mut members = self.state.several.members.iter_mut();
        let Some(member) = members.find(|member| member.number == number) else { return };
        match seen {
            Ok((seen, small)) => {
                member.seen = Remote::Ready(seen);
                self.state.cx.pictures.arrive(PictureName::Several(number), Some(small));
            }
            Err(error) => member.seen = Remote::Failed { previous: None, error },
        }
    }

    /// What would be sent of each photo that can be used.
    pub(in crate::app) fn all_to_send(&self) -> Vec<ToSend> {
        let state = &self.state;
        if state.several.is_empty() {
            return self.to_send().into_iter().collect();
        }
        let send = |place: usize| {
            if state.is_in_the_well(place) {
                return self.to_send();
            }
            let member = &state.several.members[place];
            Some(ToSend::Again {
                source: member.source.clone(),
                name: member.name.clone(),
                sha256: member.seen.shown()?.sha256.clone(),
                decided: member.decided.clone(),
                canvas: (state.form.recipe.width, state.form.recipe.height),
                host: self.host_to_use(),
            })
        };
        state.usable().filter_map(send).collect()
    }
}
