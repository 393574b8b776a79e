//! Measures and writes packs in the background.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use super::{AtSize, ExportEvent, PacksWanted, Refusal};
use crate::app::newest::{Newest, locked};
use crate::app::pixels::straight;
use crate::app::sentence::sentence;
use crate::app::worker::{Teller, Worker};
use crate::export::chat::{ChatLook, SIZES};
use crate::export::print::{Piece, proof};
use crate::export::{ExportError, Light, Options, Pack, Target, lights_so_far};
use crate::library::metadata::Disclosed;
use crate::studio::exports::{PackDesk, PackList, draft_export, export_to};
use crate::studio::{Studio, StudioError};
use crate::ui::view::Levels;

/// Longest edge of the proof on the screen, in pixels.
const PROOF_EDGE: u32 = 512;

/// What is under way about exporting.
#[derive(Clone)]
pub(super) struct Tasks {
    worker: Worker<ExportEvent>,
    wishes: Newest<Wish>,
    /// What was read of the pack, and of which edition of its pictures.
    desk: Arc<Mutex<Option<(u64, PackDesk)>>>,
}

/// A pack that is to be measured.
#[derive(Clone)]
pub(super) struct Wish {
    pub number: u64,
    /// Is the pack measured too?
    pub measures: bool,
    /// Higher each time a picture of it may be another one.
    pub edition: u64,
    pub list: PackList,
    pub target: Target,
    pub options: Options,
    pub selected: usize,
    pub shift: f32,
    pub disclosed: Disclosed,
}

impl Tasks {
    /// Asked by this worker.
    pub(super) fn new(worker: Worker<ExportEvent>) -> Self {
        Self { worker, wishes: Newest::default(), desk: Arc::default() }
    }

    /// Measures a pack; a question that is overtaken by another is not answered to its end.
    pub(super) fn measure(&self, wish: Wish) {
        let tasks = self.clone();
        tasks.wishes.put(wish);
        self.worker.spawn(move |studio, teller| {
            let answered: Result<(), StudioError> = tasks.wishes.write(|wish| {
                let goes_on = || !tasks.wishes.is_waiting();
                let mut desk = locked(&tasks.desk);
                if desk.as_ref().is_none_or(|(edition, _)| *edition != wish.edition) {
                    *desk = Some((wish.edition, studio.pack_desk()));
                }
                let Some((_, desk)) = &mut *desk else { return Ok(()) };
                match measure(desk, studio, teller, wish, &goes_on) {
                    Ok(()) | Err(StudioError::Export(ExportError::Stopped)) => {}
                    Err(error) => {
                        let refusal = Refusal { sentence: sentence(&error), broken: error.broken_rules().to_vec() };
                        teller.send(ExportEvent::Measured(wish.number, wish.target, Err(refusal)));
                    }
                }
                Ok(())
            });
            drop(answered);
        });
    }

    /// Forgets the pictures of the pack, which nobody looks at any more.
    pub(super) fn forget(&self) {
        let desk = Arc::clone(&self.desk);
        self.worker.spawn(move |_, _| *locked(&desk) = None);
    }

    /// Writes a pack for each platform into a new folder there.
    pub(super) fn write(&self, wanted: PacksWanted, disclosed: Disclosed, folder: PathBuf, stopped: Arc<AtomicBool>) {
        self.worker.spawn_to_the_end(move |studio, teller| {
            let goes_on = || !stopped.load(Ordering::Relaxed);
            let PacksWanted { list, targets, options } = wanted;
            // With pictures read anew: nothing of what was looked at before counts.
            match studio.pack_desk().pack(&list, &|| Ok(studio.library()), disclosed, &goes_on) {
                Ok(pack) => {
                    for target in targets {
                        if !goes_on() {
                            break;
                        }
                        let wrote = export_to(&folder, &pack, target, options, &goes_on);
                        let wrote = wrote.map(|wrote| (wrote.folder.clone(), wrote.files.len(), wrote.is_sound()));
                        teller.send(ExportEvent::Wrote(target, wrote.map_err(|error| sentence(&error))));
                    }
                }
                Err(error) => {
                    let target = targets.first().copied().unwrap_or(Target::Png);
                    teller.send(ExportEvent::Wrote(target, Err(sentence(&error))));
                }
            }
            teller.send(ExportEvent::Ended);
        });
    }

    /// Saves a pack as a file of its own.
    pub(super) fn save(&self, list: PackList, path: PathBuf, replace: bool) {
        self.worker.save_file(path, replace, "json", move |_, path, replace| list.write(path, replace));
    }
}

/// The rules of this platform, what every other one says as far as words go, and how the chosen sticker looks.
fn measure(
    desk: &mut PackDesk,
    studio: &Studio,
    teller: &Teller<ExportEvent>,
    wish: &Wish,
    goes_on: &(dyn Fn() -> bool + Sync),
) -> Result<(), StudioError> {
    let pack = desk.pack(&wish.list, &|| Ok(studio.library()), wish.disclosed, goes_on)?;
    if !wish.measures {
        return look(desk, teller, wish, &pack, goes_on);
    }
    let refuses = |target: Target| lights_so_far(&pack, target, &wish.options).iter().any(Light::refuses);
    let said = Target::ALL.into_iter().map(|target| (target, refuses(target))).collect();
    teller.send(ExportEvent::Said(wish.number, said));
    // A proof is drawn sooner than sheets are.
    let looks_first = wish.target == Target::Print;
    if looks_first {
        look(desk, teller, wish, &pack, goes_on)?;
    }
    let drafted = draft_export(&pack, wish.target, wish.options, goes_on)
        .map(|draft| teller.send(ExportEvent::Measured(wish.number, wish.target, Ok(draft))));
    // The sticker is looked at whether or not the pack is refused.
    let looked = if looks_first { Ok(()) } else { look(desk, teller, wish, &pack, goes_on) };
    drafted.and(looked)
}

/// How the chosen sticker looks in chats, or on paper.
fn look(
    desk: &PackDesk,
    teller: &Teller<ExportEvent>,
    wish: &Wish,
    pack: &Pack,
    goes_on: &(dyn Fn() -> bool + Sync),
) -> Result<(), StudioError> {
    let (Some(sticker), Some(listed)) = (pack.stickers.get(wish.selected), wish.list.stickers.get(wish.selected))
    else {
        return Ok(());
    };
    let crate::studio::exports::StickerSource::Id(id) = listed.source else { return Ok(()) };
    if wish.target == Target::Print {
        let proof = Piece::of(&sticker.picture, &wish.options.print).map(|piece| {
            let proof = proof(&piece, [wish.shift, 0.0]);
            (Levels::of(straight(&crate::picture::shrink(&proof.picture, PROOF_EDGE))), proof.sliver)
        });
        teller.send(ExportEvent::Looked(wish.number, id, Vec::new(), proof));
        return Ok(());
    }
    let one = Pack { stickers: vec![sticker.clone()], ..Pack::default() };
    let looks = desk.chat_looks(&one, goes_on)?.pop().unwrap_or_default();
    let sizes = SIZES.into_iter().map(|size| at_size(size, &looks)).collect();
    teller.send(ExportEvent::Looked(wish.number, id, sizes, None));
    Ok(())
}

fn at_size(size: u32, looks: &[ChatLook]) -> AtSize {
    let looks: Vec<&ChatLook> = looks.iter().filter(|look| look.size == size).collect();
    let least = looks.iter().min_by(|one, other| one.contrast.total_cmp(&other.contrast));
    AtSize {
        size,
        wallpapers: looks.len(),
        faces: looks.iter().filter(|look| look.face).count(),
        least_contrast: least.map_or(0.0, |look| look.contrast),
        least_on: least.map_or("", |look| look.wallpaper.name),
    }
}
