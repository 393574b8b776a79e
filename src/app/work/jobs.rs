//! What the window asks of the line of jobs and of the ledger.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::broadcast::{self, error::TryRecvError};

use super::{Work, sentence};
use crate::app::event::Event;
use crate::app::job_list::JobsChange;
use crate::app::keep::locked;
use crate::app::photo::Decided;
use crate::app::recent::Origin;
use crate::jobs::{JobEvent, JobPhoto, Jobs, JobsError, NewJob, Offer, PreparedPhoto, SoftBudget};
use crate::model::{Charged, Crop, Engine, JobId, Money, Recipe};
use crate::platform::{self, random_hex_128};
use crate::studio::{LoadedPhoto, Studio, StudioError, ledger_csv};

/// What a run needs.
#[derive(Clone)]
pub(in crate::app) struct Run {
    /// Names the click, so that a second one is the same run.
    pub click: String,
    /// What the name of its batch begins with; empty for most.
    pub kind: &'static str,
    /// Where stickers are made.
    pub engine: Engine,
    /// What is sent of each photo, and one recipe a sticker of it.
    pub of_photos: Vec<(ToSend, Vec<Recipe>)>,
}

impl Run {
    /// How many stickers it makes.
    fn stickers(&self) -> usize {
        self.of_photos.iter().map(|(_, recipes)| recipes.len()).sum()
    }
}

/// What is sent of a photo.
#[derive(Clone)]
pub(in crate::app) enum ToSend {
    /// The link it came from.
    AsLinked(String),
    /// A part of it.
    Prepared {
        /// The photo.
        photo: Arc<LoadedPhoto>,
        /// Which of its faces is meant.
        face: usize,
        /// The part, in its pixels.
        crop: Crop,
        /// The colour beyond its edges, sRGB.
        padding: [u8; 3],
        /// The host it goes by; none for the engine on this computer.
        host: Option<String>,
    },
    /// A part of a photo that was looked at and is read again.
    Again {
        /// Where it is.
        source: Origin,
        /// What it is called.
        name: String,
        /// SHA-256 of its file when it was looked at.
        sha256: String,
        /// What the person has decided about it.
        decided: Decided,
        /// Width and height of the sticker.
        canvas: (u32, u32),
        /// The host it goes by; none for the engine on this computer.
        host: Option<String>,
    },
}

impl ToSend {
    /// Exactly what is sent. Takes a moment.
    pub(in crate::app) fn to_job_photo(&self, studio: &Studio, engine: &Engine) -> Result<JobPhoto, StudioError> {
        match self {
            Self::AsLinked(link) => Studio::linked(link, engine),
            Self::Prepared { photo, face, crop, padding, host } => {
                Ok(by(host.as_ref(), photo.prepare(*face, *crop, *padding)?))
            }
            Self::Again { source, name, sha256, decided, canvas, host } => {
                let mut photo = source.load(studio, engine, &|| false)?;
                if photo.picked.sha256 != *sha256 {
                    return Err(StudioError::PhotoChanged { name: name.clone() });
                }
                let framing = &decided.framing;
                if let Some(link) = photo.link.as_deref().filter(|_| host.is_some() && framing.is_untouched()) {
                    return Studio::linked(link, engine);
                }
                if framing.quarter_turns != 0 {
                    photo = studio.turn_photo(&photo, framing.quarter_turns, &|| false)?;
                }
                Ok(by(
                    host.as_ref(),
                    photo.prepare(decided.face, decided.crop(&photo, *canvas, engine.id), framing.padding)?,
                ))
            }
        }
    }
}

/// A photo on its way by this host, or straight to the engine on this computer.
fn by(host: Option<&String>, photo: PreparedPhoto) -> JobPhoto {
    match host {
        Some(host) => JobPhoto::Hosted { photo, host: host.clone() },
        None => JobPhoto::Prepared(photo),
    }
}

/// Something that may cost money.
#[derive(Clone)]
pub(in crate::app) enum Spend {
    /// New stickers.
    Run(Box<Run>),
    /// What a person asked with these jobs.
    Offers(Vec<JobId>, Offer),
}

/// Why nothing was done.
pub(in crate::app) enum Refused {
    /// The person wants to be asked first.
    Ask(OverBudget),
    /// Something else, as a sentence.
    Because(String),
}

/// A decision to go above the amount of a month at which the person wants to be asked.
pub(in crate::app) struct OverBudget {
    /// What it is about.
    pub spend: Spend,
    /// What it costs.
    pub price: Money,
    /// The amount.
    pub limit: Money,
    /// What the month would come to.
    pub after: Money,
}

impl Work {
    /// Puts a run in line.
    pub(in crate::app) fn run(&self, run: Run, soft_budget: SoftBudget) {
        self.spawn_to_the_end(move |studio, notifier| {
            let outcome = submit(studio, &run, soft_budget).map_err(|error| {
                let price = run.engine.price * run.stickers() as u32;
                match error {
                    StudioError::Jobs(JobsError::SoftBudget { soft: limit, after }) => {
                        Refused::Ask(OverBudget { spend: Spend::Run(Box::new(run)), price, limit, after })
                    }
                    error => Refused::Because(sentence(&error)),
                }
            });
            notifier.send(Event::Submitted(outcome));
        });
    }

    /// Tells what changed about jobs since this was asked last, all of them at first, and what they cost.
    pub(in crate::app) fn follow_jobs(&self) {
        let work = self.clone();
        self.spawn(move |_, _| work.send_jobs());
    }

    /// The same on this thread, which may wait.
    fn send_jobs(&self) {
        let mut told = locked(&self.told);
        let change = changed(self.studio.jobs(), &mut told);
        match self.studio.spending() {
            Ok(spent) => self.notifier.send(Event::Jobs(change, spent)),
            Err(error) => {
                // What was not passed on is in the next list of all.
                *told = None;
                self.notifier.send(Event::Failed(sentence(&error)));
            }
        }
    }

    /// Reads what the service has answered about a job.
    pub(in crate::app) fn read_raw_answer(&self, id: JobId) {
        self.spawn(move |studio, notifier| match studio.jobs().raw_answer(&id) {
            Ok(answer) => notifier.send(Event::RawAnswer(id, answer)),
            Err(error) => notifier.send(Event::Failed(sentence(&error))),
        });
    }

    /// Does what a person asked with these jobs, one after the other, until one cannot.
    pub(in crate::app) fn offers(&self, ids: Vec<JobId>, offer: Offer, soft_budget: SoftBudget) {
        let work = self.clone();
        self.spawn_to_the_end(move |studio, notifier| {
            let outcome = follow_all(studio.jobs(), &ids, offer, soft_budget);
            // The rows first: what can be done with them has changed.
            work.send_jobs();
            notifier.send(Event::Offered(ids, outcome));
        });
    }

    /// Drops jobs that were never sent, with their rows.
    pub(in crate::app) fn discard(&self, ids: Vec<JobId>) {
        let work = self.clone();
        self.spawn_to_the_end(move |studio, notifier| {
            let outcome = ids.iter().try_for_each(|id| discard(studio.jobs(), id));
            work.send_jobs();
            notifier.send(Event::Offered(ids, outcome.map_err(|error| Refused::Because(sentence(&error)))));
        });
    }

    /// Pauses the line, or lets it go on.
    pub(in crate::app) fn pause(&self, paused: bool) {
        self.spawn(move |studio, _| studio.jobs().pause(paused));
    }

    /// Puts these waiting jobs, the first to go first, before another one or at the end of the line.
    pub(in crate::app) fn reorder(&self, ids: Vec<JobId>, before: Option<JobId>) {
        self.spawn_to_the_end(move |studio, notifier| {
            let outcome = ids.iter().try_for_each(|id| match studio.jobs().reorder(id, before.as_ref()) {
                // Its turn came meanwhile.
                Err(JobsError::NotOffered) => Ok(()),
                outcome => outcome,
            });
            if let Err(error) = outcome {
                notifier.send(Event::Failed(sentence(&error)));
            }
        });
    }

    /// No longer waits for the answers of submits that are under way.
    pub(in crate::app) fn give_up(&self) {
        self.spawn(|studio, _| studio.jobs().give_up());
    }

    /// Reads the ledger.
    pub(in crate::app) fn read_ledger(&self) {
        self.spawn(|studio, notifier| {
            notifier.send(Event::Ledger(studio.ledger().map_err(|error| sentence(&error))));
        });
    }

    /// Makes the ledger a table for the clipboard.
    pub(in crate::app) fn copy_ledger(&self) {
        self.spawn(|studio, notifier| match studio.ledger() {
            Ok(entries) => notifier.send(Event::CopyTable(ledger_csv(&entries))),
            Err(error) => notifier.send(Event::Failed(sentence(&error))),
        });
    }

    /// Saves the ledger as a table under this path.
    pub(in crate::app) fn save_ledger(&self, path: PathBuf, replace: bool) {
        self.save_file(path, replace, "csv", move |studio, path, replace| -> Result<(), StudioError> {
            Ok(platform::save_atomically(path, ledger_csv(&studio.ledger()?).as_bytes(), replace)?)
        });
    }
}

/// What was told about jobs since the last time; all of them at first, after a change of the line, or when too much
/// was told to be remembered.
fn changed(jobs: &Jobs, told: &mut Option<broadcast::Receiver<JobEvent>>) -> JobsChange {
    let Some(events) = told else {
        // Listening comes first: what changes meanwhile is told once more.
        *told = Some(jobs.subscribe());
        return JobsChange::All(jobs.list());
    };
    let (mut changed, mut gone) = (HashMap::new(), HashSet::new());
    let mut all = false;
    loop {
        match events.try_recv() {
            Ok(JobEvent::Changed(row)) => {
                gone.remove(&row.id);
                changed.insert(row.id.clone(), row);
            }
            Ok(JobEvent::Forgotten(id)) => {
                changed.remove(&id);
                gone.insert(id);
            }
            Ok(JobEvent::LineChanged) | Err(TryRecvError::Lagged(_)) => all = true,
            Err(TryRecvError::Empty | TryRecvError::Closed) => break,
        }
    }
    if all { JobsChange::All(jobs.list()) } else { JobsChange::Some { changed: changed.into_values().collect(), gone } }
}

fn submit(studio: &Studio, run: &Run, soft_budget: SoftBudget) -> Result<(), StudioError> {
    let batch = (run.stickers() > 1).then(|| format!("{}{}", run.kind, random_hex_128()));
    let mut jobs = Vec::new();
    for (sent, recipes) in &run.of_photos {
        let photo = sent.to_job_photo(studio, &run.engine)?;
        for recipe in recipes {
            jobs.push(NewJob {
                click: format!("{}-{}", run.click, jobs.len()),
                batch: batch.clone(),
                engine: run.engine.clone(),
                recipe: recipe.clone(),
                photo: photo.clone(),
            });
        }
    }
    studio.jobs().submit_all(jobs, soft_budget)?;
    Ok(())
}

/// Follows with each job; when the person is to be asked, the question is about all that are left.
fn follow_all(jobs: &Jobs, ids: &[JobId], offer: Offer, soft_budget: SoftBudget) -> Result<(), Refused> {
    let several = ids.len() > 1;
    for (number, id) in ids.iter().enumerate() {
        match follow(jobs, id, offer, soft_budget) {
            Ok(()) => {}
            // Among several, one that has moved on holds up nobody.
            Err(JobsError::NotOffered | JobsError::DrivenElsewhere) if several => {}
            Err(JobsError::SoftBudget { soft: limit, after }) => {
                let left = &ids[number..];
                let prices: Vec<Money> = left.iter().filter_map(|id| jobs.get(id)).map(|row| row.price).collect();
                let price = prices.iter().copied().sum();
                let first = prices.first().copied().unwrap_or_default();
                let spend = Spend::Offers(left.to_vec(), offer);
                return Err(Refused::Ask(OverBudget { spend, price, limit, after: after + price - first }));
            }
            Err(error) => return Err(Refused::Because(sentence(&error))),
        }
    }
    Ok(())
}

/// Does what a person asked with a job.
fn follow(jobs: &Jobs, id: &JobId, offer: Offer, soft_budget: SoftBudget) -> Result<(), JobsError> {
    match offer {
        Offer::Stop => jobs.stop(id),
        Offer::GoOn => jobs.go_on(id),
        Offer::Retry => jobs.retry(id, soft_budget),
        Offer::SubmitAgain => jobs.submit_again(id, soft_budget).map(drop),
        Offer::LookAgain => jobs.look_again(id),
        Offer::Dismiss => jobs.dismiss(id),
        Offer::Forget => jobs.forget(id),
    }
}

/// Stops a job and forgets it, unless it cost something meanwhile.
fn discard(jobs: &Jobs, id: &JobId) -> Result<(), JobsError> {
    match jobs.stop(id) {
        Err(JobsError::NotOffered) => {}
        outcome => outcome?,
    }
    match jobs.get(id) {
        Some(row) if row.can(Offer::Forget) && row.charged == Charged::No => jobs.forget(id),
        _ => Ok(()),
    }
}
