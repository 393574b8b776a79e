//! Brings several photos at once, shows another one of them, and takes one away.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::several::{MOST, Member, Several};
use super::{Decided, KeptPhoto, Origin, Outcome, PhotoUse, Photos, ToSend};
use crate::app::context::AppContext;
use crate::app::pictures::PictureName;
use crate::model::{EngineId, Remote};
use crate::photo::PhotoSource;
use crate::studio::is_palette;

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
    pub(super) fn show(&mut self, place: usize, used: PhotoUse, cx: &mut AppContext) {
        if place != self.several.place && place < self.several.members.len() {
            self.put_aside(used);
            self.load_place(place, used.engine, cx);
        }
    }

    /// Takes one of several away; the file stays where it is.
    pub(super) fn remove(&mut self, place: usize, used: PhotoUse, cx: &mut AppContext) -> Option<Outcome> {
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
