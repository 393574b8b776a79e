//! Several photos brought at once: one of them stands in the well, a click makes stickers of all that can be used.
//!
//! Only the one in the well is held whole. The others are looked at one after the other, and read again when they are
//! run; a file that has changed meanwhile is not sent.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Decided, KeptPhoto, Origin, PhotoUse, Photos, Standing, forbidden};
use crate::app::blocked::Blocked;
use crate::app::context::AppContext;
use crate::app::pictures::PictureName;
use crate::model::{EngineId, Finding, Remote};
use crate::ui::view::{Levels, PhotoTab, Picture};

/// Photos at once at most.
pub(super) const MOST: usize = 100;

/// Photos that were brought together; none when there is one photo or no photo.
#[derive(Default)]
pub(in crate::app) struct Several {
    pub(super) members: Vec<Member>,
    /// The place of the one in the well.
    pub(super) place: usize,
    /// The number under which that one was asked for.
    pub(super) asked: u64,
    /// Tells the reading of earlier ones to end.
    pub(super) over: Arc<AtomicBool>,
}

/// One of several photos.
pub(super) struct Member {
    /// Names it and its small picture.
    pub number: u64,
    /// Where it is had from.
    pub source: Origin,
    /// What it is called.
    pub name: String,
    /// What is known of it.
    pub seen: Remote<Seen>,
    /// What the person decided about it when it was in the well.
    pub decided: Decided,
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
    /// Nobody has looked at it yet.
    pub(super) fn new(number: u64, source: Origin) -> Self {
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
    pub(super) fn is_in_the_well(&self, place: usize) -> bool {
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
    pub(super) fn usable(&self, used: PhotoUse) -> impl Iterator<Item = usize> + '_ {
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
