//! Several photos brought at once: one of them stands in the well, a click makes stickers of all that can be used.
//!
//! Only the one in the well is held whole. The others are looked at one after the other, and read again when they are
//! run; a file that has changed meanwhile is not sent.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Decided, KeptPhoto, Origin, Outcome, PhotoUse, Photos, Standing, ToSend, forbidden};
use crate::app::blocked::Blocked;
use crate::app::context::AppContext;
use crate::app::pictures::PictureName;
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

    /// One of them was looked at.
    pub(super) fn take(&mut self, number: u64, seen: Result<(Seen, Levels), String>, cx: &mut AppContext) {
        let Some(member) = self.members.iter_mut().find(|member| member.number == number) else { return };
        match seen {
            Ok((seen, small)) => {
                member.seen = Remote::Ready(seen);
                cx.pictures.arrive(PictureName::Several(number), Some(small));
            }
            Err(error) => member.seen = Remote::Failed { previous: None, error },
        }
    }

    /// What was decided about the photo with this number when it was in the well before.
    pub(super) fn decided(&self, asked: u64) -> Option<&Decided> {
        let member = self.members.get(self.place).filter(|_| asked == self.asked)?;
        Some(&member.decided)
    }
}

impl Photos {
    /// Is the photo in the well this one of several, and there?
    fn is_in_the_well(&self, place: usize) -> bool {
        let several = &self.several;
        place == several.place && self.well.number == several.asked && self.well.settled().is_some()
    }

    /// Why nothing is made of one of several, in two words.
    fn left_out(&self, place: usize, used: PhotoUse) -> Option<&'static str> {
        let member = &self.several.members[place];
        let seen = match &member.seen {
            Remote::Failed { .. } => return Some("cannot be read"),
            seen => seen.shown()?,
        };
        let refusal = if self.is_in_the_well(place) {
            self.well.forbidding(used)
        } else {
            let accepts =
                |finding: &Finding| used.engine == EngineId::Pixazo && member.decided.accepted.contains(finding);
            seen.refusal.filter(|finding| !accepts(finding))
        };
        refusal.map(|finding| forbidden(finding).0.words())
    }

    /// The places of those of which stickers are made.
    fn usable(&self, used: PhotoUse) -> impl Iterator<Item = usize> + '_ {
        let members = self.several.members.iter().enumerate();
        let seen = members.filter(|(_, member)| matches!(member.seen, Remote::Ready(_))).map(|(place, _)| place);
        seen.filter(move |place| self.left_out(*place, used).is_none())
    }

    /// How many photos a click makes stickers of.
    pub(in crate::app) fn to_make(&self, used: PhotoUse) -> usize {
        if self.several.is_empty() { 1 } else { self.usable(used).count() }
    }

    /// Why nothing can be made of several photos now, in two words.
    pub(in crate::app) fn several_blocked(&self, used: PhotoUse) -> Option<Blocked> {
        if self.several.members.iter().any(|member| member.seen.is_loading()) {
            return Some(Blocked::Reading);
        }
        if self.well.loaded.is_loading() || self.well.loaded.shown().is_some() && self.well.settled().is_none() {
            return Some(Blocked::Reading);
        }
        self.usable(used).next().is_none().then_some(Blocked::NoFace)
    }

    /// Does any photo have to be brought to a host before the service can fetch it?
    pub(in crate::app) fn needs_host(&self, used: PhotoUse) -> bool {
        if self.several.is_empty() {
            return self.well.as_linked(used).is_none();
        }
        self.usable(used).any(|place| {
            if self.is_in_the_well(place) {
                return self.well.as_linked(used).is_none();
            }
            let member = &self.several.members[place];
            !member.seen.shown().is_some_and(|seen| seen.is_linked) || !member.decided.framing.is_untouched()
        })
    }

    /// The strip of photos, and a sentence about those that are left out.
    pub(in crate::app) fn tabs(&self, used: PhotoUse, cx: &AppContext) -> (Vec<PhotoTab<'_>>, String) {
        let tabs = self.several.members.iter().enumerate().map(|(place, member)| PhotoTab {
            name: &member.name,
            picture: match &member.seen {
                Remote::Failed { .. } => Picture::Missing,
                _ => cx.pictures.get(&PictureName::Several(member.number)),
            },
            left_out: self.left_out(place, used),
            in_the_well: place == self.several.place,
        });
        let tabs: Vec<PhotoTab<'_>> = tabs.collect();
        let out: Vec<String> =
            tabs.iter().filter_map(|tab| Some(format!("{} ({})", tab.name, tab.left_out?))).collect();
        let sentence = if out.is_empty() { String::new() } else { format!("Left out: {}.", out.join(", ")) };
        (tabs, sentence)
    }

    /// Several photos as they can be brought back; none when there is one photo at most.
    pub(super) fn standing_several(&self) -> Option<Standing> {
        let several = &self.several;
        let members = several.members.iter().enumerate().map(|(place, member)| {
            let decided = if self.is_in_the_well(place) { self.well.decided() } else { member.decided.clone() };
            (member.source.clone(), decided)
        });
        (!several.is_empty()).then(|| Standing::Several(members.collect(), several.place))
    }

    /// Several photos as the session keeps them, with what was decided about each, and the place of the one in the well.
    pub(in crate::app) fn several_kept(&self) -> (Vec<(KeptPhoto, Decided)>, usize) {
        let several = &self.several;
        let members = several.members.iter().enumerate().filter_map(|(place, member)| {
            let in_well = self.is_in_the_well(place);
            let decided = if in_well { self.well.decided() } else { member.decided.clone() };
            let sha256 = member.seen.shown().map(|seen| seen.sha256.as_str());
            let kept = member.source.kept(&member.name, sha256);
            (!(in_well && self.well.is_forgotten)).then_some((kept, decided))
        });
        (members.collect(), several.place)
    }
}

impl Photos {
    /// Brings back the several photos of an earlier session.
    pub(in crate::app) fn bring_several_back(
        &mut self,
        members: Vec<(Origin, Decided)>,
        place: usize,
        engine: EngineId,
        cx: &mut AppContext,
    ) {
        let place = place.min(members.len().saturating_sub(1));
        let decided = members.get(place).map(|(_, decided)| decided.clone()).unwrap_or_default();
        self.begin_several(members, place, engine, cx);
        self.well.restoring = Some((self.well.asked, decided));
    }

    /// Brings back the photo of an earlier session; the sample takes its place when that cannot be had.
    pub(in crate::app) fn bring_back(
        &mut self,
        photo: KeptPhoto,
        decided: Decided,
        engine: EngineId,
        cx: &mut AppContext,
    ) {
        self.well.comes_back = true;
        self.load_kept(photo, decided, engine, cx);
    }

    /// Takes several photos in place of what is there; one alone is a photo like any other.
    pub(in crate::app) fn take(
        &mut self,
        mut sources: Vec<PhotoSource>,
        engine: EngineId,
        cx: &mut AppContext,
    ) -> Option<Outcome> {
        if sources.len() > MOST {
            sources.truncate(MOST);
            cx.tell(format!("The first {MOST} photos are here; more at once are not taken."), None);
        }
        if sources.len() < 2 {
            sources.pop().into_iter().for_each(|source| self.load(source, engine, cx));
            return None;
        }
        let before = self.standing();
        self.one_photo(cx);
        let members = sources.into_iter().map(|source| (Origin::New(source), Decided::default()));
        self.begin_several(members.collect(), 0, engine, cx);
        before.zip(self.standing()).map(|standings| Outcome::Replaced(Box::new(standings)))
    }

    /// Brings several photos back, each as it was framed.
    pub(super) fn several_again(
        &mut self,
        mut members: Vec<(Origin, Decided)>,
        place: usize,
        engine: EngineId,
        cx: &mut AppContext,
    ) {
        self.one_photo(cx);
        if members.len() < 2 {
            return members.pop().into_iter().for_each(|(origin, _)| self.begin_origin(origin, engine, cx));
        }
        self.begin_several(members, place, engine, cx);
    }

    fn begin_origin(&mut self, origin: Origin, engine: EngineId, cx: &mut AppContext) {
        match origin {
            Origin::New(source) => self.load(source, engine, cx),
            Origin::Kept(photo) => self.begin_kept(photo, engine, cx),
        }
    }

    fn begin_several(&mut self, members: Vec<(Origin, Decided)>, place: usize, engine: EngineId, cx: &mut AppContext) {
        let members = members
            .into_iter()
            .map(|(source, decided)| Member { decided, ..Member::new(self.number_a_photo(), source) });
        let members: Vec<Member> = members.collect();
        let Some(tasks) = &self.tasks else { return };
        let over = Arc::new(AtomicBool::new(false));
        let to_see = members.iter().map(|member| (member.number, member.source.clone())).collect();
        tasks.look_at_photos(to_see, cx.engine_for_reading(engine), Arc::clone(&over));
        self.several = Several { members, place, asked: 0, over };
        self.load_place(place, engine, cx);
    }

    /// These photos wait until everything runs.
    pub(in crate::app) fn wait_with(&mut self, photos: Vec<PhotoSource>) {
        self.brought = photos;
    }

    /// Photos that the person brought from outside, such as by “Open with”; they wait until everything runs.
    pub(in crate::app) fn take_brought(
        &mut self,
        photos: Vec<PhotoSource>,
        engine: EngineId,
        cx: &mut AppContext,
    ) -> Option<Outcome> {
        if photos.is_empty() {
            return None;
        }
        if self.tasks.is_none() {
            self.wait_with(photos);
            return None;
        }
        self.take(photos, engine, cx)
    }

    /// Those that have waited.
    pub(in crate::app) fn waiting(&mut self) -> Vec<PhotoSource> {
        std::mem::take(&mut self.brought)
    }

    /// Files that were dropped or picked together.
    pub(in crate::app) fn take_files(
        &mut self,
        paths: Vec<PathBuf>,
        engine: EngineId,
        cx: &mut AppContext,
    ) -> Option<Outcome> {
        let photos = paths.into_iter().filter(|path| !is_palette(path));
        self.take(photos.map(PhotoSource::File).collect(), engine, cx)
    }

    /// From now on there is one photo at most.
    pub(super) fn one_photo(&mut self, cx: &mut AppContext) {
        let several = std::mem::take(&mut self.several);
        several.stop_looking();
        for name in several.pictures() {
            cx.pictures.forget(&name);
        }
    }

    /// Brings another one of several into the well.
    pub(in crate::app) fn show(&mut self, place: usize, used: PhotoUse, cx: &mut AppContext) {
        if place != self.several.place && place < self.several.members.len() {
            self.put_aside(used);
            self.load_place(place, used.engine, cx);
        }
    }

    /// Takes one of several away; the file stays where it is.
    pub(in crate::app) fn remove(&mut self, place: usize, used: PhotoUse, cx: &mut AppContext) -> Option<Outcome> {
        self.put_aside(used);
        let before = self.standing();
        let several = &mut self.several;
        if place >= several.members.len() {
            return None;
        }
        let removed = several.members.remove(place);
        cx.pictures.forget(&PictureName::Several(removed.number));
        let (was_in_well, last) = (place == several.place, several.members.len().saturating_sub(1));
        if place < several.place {
            several.place -= 1;
        }
        let stays = several.place.min(last);
        if was_in_well {
            self.load_place(stays, used.engine, cx);
        }
        if last == 0 {
            self.one_photo(cx);
        }
        if last == 0 && was_in_well {
            // What comes after it is on its way.
            self.well.replaces = before;
            return None;
        }
        before.zip(self.standing()).map(|standings| Outcome::Replaced(Box::new(standings)))
    }

    /// Remembers what the person decided about the photo in the well.
    fn put_aside(&mut self, used: PhotoUse) {
        let place = self.several.place;
        if !self.is_in_the_well(place) {
            return;
        }
        let refusal = self.well.refusing(used);
        let decided = self.well.decided();
        let member = &mut self.several.members[place];
        member.decided = decided;
        if let Remote::Ready(seen) = &mut member.seen {
            seen.refusal = refusal;
        }
    }

    fn load_place(&mut self, place: usize, engine: EngineId, cx: &mut AppContext) {
        let Some(member) = self.several.members.get(place) else { return };
        self.begin_origin(member.source.clone(), engine, cx);
        self.several.place = place;
        self.several.asked = self.well.asked;
    }

    /// What would be sent by this host of each photo that can be used; it goes to none for the engine on this computer.
    pub(in crate::app) fn all_to_send(&self, used: PhotoUse, host: Option<&str>) -> Vec<ToSend> {
        let of_well = || self.well.to_send(used, host.map(str::to_owned));
        if self.several.is_empty() {
            return of_well().into_iter().collect();
        }
        let send = |place: usize| {
            if self.is_in_the_well(place) {
                return of_well();
            }
            let member = &self.several.members[place];
            Some(ToSend::Again {
                source: member.source.clone(),
                name: member.name.clone(),
                sha256: member.seen.shown()?.sha256.clone(),
                decided: member.decided.clone(),
                canvas: used.canvas,
                host: host.map(str::to_owned),
            })
        };
        self.usable(used).filter_map(send).collect()
    }
}
