//! Has drafts and small pictures drawn, and reads palettes.

use std::path::PathBuf;

use super::RecipeEvent;
use crate::app::pixels::straight;
use crate::app::sentence::sentence;
use crate::app::worker::{Teller, Worker};
use crate::studio::{self, DraftWish, Drawn, Sample, SampleWish};
use crate::ui::view::Levels;

/// What is asked about the settings.
pub(super) struct Tasks {
    worker: Worker<RecipeEvent>,
}

impl Tasks {
    /// Asked by this worker.
    pub(super) const fn new(worker: Worker<RecipeEvent>) -> Self {
        Self { worker }
    }

    /// Reads a palette file.
    pub(super) fn read_palette(&self, path: PathBuf) {
        self.worker.spawn(move |_, teller| match studio::palette_of_file(&path) {
            Ok(colours) => teller.send(RecipeEvent::Palette(colours)),
            Err(error) => teller.fail(&error),
        });
    }

    /// Asks for a draft.
    pub(super) fn draft(&self, wish: DraftWish) {
        self.worker.spawn(move |studio, teller| {
            let teller = teller.clone();
            match studio.drafts(move |answer| drawn(answer, &teller)) {
                Ok(drafts) => drafts.ask(wish),
                Err(error) => tracing::error!("no drafts: {}", sentence(&error)),
            }
        });
    }

    /// Wants no draft any more.
    pub(super) fn forget_draft(&self) {
        self.worker.studio().forget_draft();
    }

    /// Asks for small pictures.
    pub(super) fn samples(&self, wish: SampleWish) {
        self.worker.spawn(move |studio, teller| {
            let teller = teller.clone();
            match studio.drafts(move |answer| drawn(answer, &teller)) {
                Ok(drafts) => drafts.ask_samples(wish),
                Err(error) => tracing::error!("no small pictures: {error}"),
            }
        });
    }
}

/// Tells what was drawn.
fn drawn(answer: Drawn, teller: &Teller<RecipeEvent>) {
    match answer {
        Drawn::Draft(draft) => match draft.drawn {
            Ok(drawn) => {
                let left_out = drawn.left_out.iter().map(|part| sentence(part)).collect();
                teller.send(RecipeEvent::Drafted(draft.number, Levels::of(straight(&drawn.cutout)), left_out));
            }
            Err(error) => teller.fail(&error),
        },
        Drawn::Sample(Sample { number, index, cutout }) => {
            teller.send(RecipeEvent::LookDrawn(number, index, Levels::of(straight(&cutout))));
        }
    }
}
