//! `make PHOTO|URL…`: photos in, stickers out, one line or one JSON object a sticker.

mod report;

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::arguments::Global;
use super::console::complain;
use super::exit::Exit;
use super::make_words::Make;
use super::names::{Names, Place, STICKER, Target};
use super::reading::Reading;
use super::waiting::{Interrupt, Waited, close, leave_line, wait_for_all};
use crate::hosting::HostingError;
use crate::jobs::{JobRow, JobsError, NewJob, SoftBudget};
use crate::library::{SaveOptions, StickerRow};
use crate::model::engine::LICENCES;
use crate::model::{Engine, EngineId, JobId, JobStatus, Recipe, expressions, moods};
use crate::photo::PhotoSource;
use crate::platform::{create_folder, is_taken, random_hex_128, random_seed};
use crate::settings::Settings;
use crate::studio::sentence;
use crate::studio::{Purpose, Studio, StudioError, draws};
use report::{Told, report_failure, report_lost_cutout, tell, told_of};

/// What one sticker is made of.
#[derive(Clone, Copy)]
struct Subject<'a> {
    /// The photo, as the person wrote it.
    photo: &'a OsStr,
    /// The expression, when there is a pack of them.
    expression: Option<&'a str>,
}

/// One sticker on its way.
struct Ordered<'a> {
    subject: Subject<'a>,
    /// Its job, or how it ended before there was one.
    job: Result<JobId, NoJob>,
}

pub(super) fn run(global: &Global, asked: &Make) -> Result<Exit, StudioError> {
    let stickers = asked.photos.len() * asked.expressions.len().max(asked.count as usize);
    let sources: Vec<PhotoSource> = asked.photos.iter().map(PhotoSource::written).collect();
    let target = Target::of(asked.output.as_deref(), stickers, Path::is_dir);
    let target = match target.and_then(|target| target.apart_from(&sources)) {
        Ok(target) => target,
        Err(error) => return Ok(refuse(&error)),
    };
    if let Err(error) = Studio::engine(asked.engine, asked.base_url.as_deref()) {
        return Ok(refuse(&error));
    }
    if let Some(sentence) = undrawn(asked) {
        complain(format_args!("{sentence}."));
        return Ok(Exit::Usage);
    }
    let studio = Studio::open(global.data_dir.as_deref(), Purpose::Make, super::nobody())?;
    let engine = match Studio::engine_in(studio.settings(), asked.engine, asked.base_url.as_deref()) {
        Ok(engine) => engine,
        Err(error) => {
            studio.close();
            return Ok(refuse(&error));
        }
    };
    let host = match host_for(&studio, asked, &engine) {
        Ok(host) => host,
        Err(error) => {
            studio.close();
            let exit = refuse(&error);
            if let StudioError::Jobs(JobsError::Hosting(HostingError::ConsentNeeded { host, .. })) = &error {
                complain(format_args!("To agree: sticker-booth hosts use {host}"));
            }
            return Ok(exit);
        }
    };
    if !engine.price.is_zero() && !studio.settings().told_about_licences {
        complain(LICENCES);
        studio.follow(&Settings { told_about_licences: true, ..studio.settings().clone() })?;
    }
    if let Some(note) = &asked.note {
        complain(note);
    }
    let mut interrupt = Interrupt::listen(&studio);
    let ordered = order(&studio, &mut interrupt, asked, &engine, host.as_deref());
    let ids: Vec<JobId> = ordered.iter().filter_map(|one| one.job.as_ref().ok().cloned()).collect();
    let waited = if ordered.iter().any(|one| matches!(one.job, Err((Exit::Interrupted, _)))) {
        leave_line(&studio, &mut interrupt);
        Waited::Interrupted
    } else {
        wait_for_all(&studio, &mut interrupt, &ids, asked.wait, !asked.json)
    };

    let mut names = Names::new(target, is_taken);
    let exits: Vec<Exit> = ordered.iter().map(|one| finish(&studio, asked, one, &mut names)).collect();
    close(&studio, &mut interrupt);
    let interrupted = matches!(waited, Waited::Interrupted).then_some(Exit::Interrupted);
    Ok(Exit::of_all(exits.into_iter().chain(interrupted)))
}

/// The host that photos of this computer go by; refused before anything is done when one is needed and cannot be used.
fn host_for(studio: &Studio, asked: &Make, engine: &Engine) -> Result<Option<String>, StudioError> {
    if engine.id == EngineId::Local {
        return Ok(None);
    }
    let host = asked.host.clone().or_else(|| studio.settings().photo_host.clone());
    let is_link = |photo: &&OsString| matches!(PhotoSource::written(photo), PhotoSource::Link(_));
    let needs_host = asked.photos.iter().find(|photo| !is_link(photo));
    match (&host, needs_host) {
        (Some(host), Some(_)) => {
            studio.jobs().hosts().check(engine, Some(host)).map_err(JobsError::from)?;
        }
        (None, Some(photo)) => {
            return Err(StudioError::HostingNotSetUp { photo: photo.to_string_lossy().into_owned() });
        }
        (_, None) => {}
    }
    Ok(host)
}

fn refuse(error: &dyn std::error::Error) -> Exit {
    complain(format_args!("{}.", sentence(error).trim_end_matches('.')));
    Exit::Usage
}

/// How something ended before there was a job, and why.
type NoJob = (Exit, String);

/// Puts every sticker in line; a photo that cannot be used does not stop the others.
///
/// What costs money is put in line together, so that a budget allows all of it or nothing. After Ctrl+C no further photo
/// is read, and what costs money stays out of the line.
fn order<'a>(
    studio: &Studio,
    interrupt: &mut Interrupt,
    asked: &'a Make,
    engine: &Engine,
    host: Option<&str>,
) -> Vec<Ordered<'a>> {
    let pack = if asked.expressions.is_empty() { "" } else { expressions::BATCH };
    let batch = format!("{pack}{}", random_hex_128());
    let mut ordered = Vec::new();
    let mut wanted: Vec<(Subject<'_>, Result<NewJob, NoJob>)> = Vec::new();
    let variants = variants(asked);
    let mut reading = Reading::new(asked.photos.len());
    for (photo_number, photo) in asked.photos.iter().enumerate() {
        let read = reading.next(studio, interrupt, |stop| studio.photo_for(photo, engine, host, stop));
        let prepared = match read {
            Some(read) => read.map_err(|error| (exit_of(&error), sentence(&error))),
            None => Err(unread()),
        };
        for (number, (expression, recipe)) in variants.iter().enumerate() {
            let new = prepared.clone().map(|photo| NewJob {
                click: format!("{batch}-{photo_number}-{number}"),
                batch: Some(batch.clone()),
                engine: engine.clone(),
                recipe: recipe.clone().with_seed(recipe.seed.unwrap_or_else(random_seed)),
                photo,
            });
            wanted.push((Subject { photo: photo.as_os_str(), expression: *expression }, new));
        }
        if engine.price.is_zero() {
            ordered.extend(submit(studio, std::mem::take(&mut wanted)));
        }
    }
    if let Some(told) = reading.told() {
        complain(told);
        for (_, one) in &mut wanted {
            *one = Err(unread());
        }
    }
    ordered.extend(submit(studio, wanted));
    ordered
}

/// What is made of each photo: each expression with one seed, or as many as were asked for with a seed each.
fn variants(asked: &Make) -> Vec<(Option<&str>, Recipe)> {
    if asked.expressions.is_empty() {
        let seed = |number: u32| asked.recipe.seed.map(|seed| seed.wrapping_add(number));
        return (0..asked.count).map(|number| (None, Recipe { seed: seed(number), ..asked.recipe.clone() })).collect();
    }
    let seed = asked.recipe.seed.unwrap_or_else(random_seed);
    let recipe = |word: &String| {
        let prompt = expressions::prompt(word, &asked.recipe.prompt);
        Recipe { prompt, ..asked.recipe.clone() }.with_seed(seed)
    };
    asked.expressions.iter().map(|word| (Some(word.as_str()), recipe(word))).collect()
}

/// Expressions that the chosen engine would leave aside, so that their stickers would show nothing of them.
fn undrawn(asked: &Make) -> Option<String> {
    let undrawn = asked.expressions.iter().filter(|word| asked.engine == EngineId::Local && !draws(word));
    let undrawn: Vec<&str> = undrawn.map(String::as_str).collect();
    (!undrawn.is_empty()).then(|| {
        let moods: Vec<&str> = moods::MOODS.iter().map(|mood| mood.word).collect();
        format!("this computer does not draw: {}. It draws: {}", undrawn.join(", "), moods.join(", "))
    })
}

/// What is said of a photo that nothing is made of because somebody pressed Ctrl+C.
fn unread() -> NoJob {
    (Exit::Interrupted, "nothing was made of it, since you stopped before all photos were read".to_owned())
}

/// Puts these in line, all or none, within the budgets: the command line has no word to go above them.
fn submit<'a>(studio: &Studio, wanted: Vec<(Subject<'a>, Result<NewJob, NoJob>)>) -> Vec<Ordered<'a>> {
    let mut new = Vec::new();
    let mut places = Vec::new();
    for (subject, one) in wanted {
        places.push((subject, one.map(|job| new.push(job))));
    }
    let mut ids = match studio.jobs().submit_all(new, SoftBudget::Obey) {
        Ok(ids) => Ok(ids.into_iter()),
        Err(error) => Err((exit_of_line(&error), sentence(&error))),
    };
    let mut job_of = |place: Result<(), NoJob>| match (place, &mut ids) {
        (Err(no_job), _) => Err(no_job),
        (Ok(()), Err(no_job)) => Err(no_job.clone()),
        (Ok(()), Ok(ids)) => ids.next().ok_or_else(|| (Exit::Unexpected, "there is no job".to_owned())),
    };
    places.into_iter().map(|(subject, place)| Ordered { subject, job: job_of(place) }).collect()
}

/// The code of an error of the line itself: a budget is a matter of the settings.
const fn exit_of_line(error: &JobsError) -> Exit {
    match error {
        JobsError::SoftBudget { .. } | JobsError::HardBudget { .. } => Exit::Usage,
        _ => Exit::Unexpected,
    }
}

/// The code of an error before there is a job.
fn exit_of(error: &StudioError) -> Exit {
    match error {
        StudioError::Photo(_) | StudioError::PhotoRefused(_) => Exit::Photo,
        StudioError::HostingNotSetUp { .. } | StudioError::BaseUrl(_) => Exit::Usage,
        other => super::hosts::exit_of(other),
    }
}

/// Writes the files of one sticker and tells how it went.
fn finish(studio: &Studio, asked: &Make, one: &Ordered<'_>, names: &mut Names<impl Fn(&Path) -> bool>) -> Exit {
    let id = match &one.job {
        Ok(id) => id,
        // What was not begun is told in one sentence, but for programs that read a line for each.
        Err((Exit::Interrupted, _)) if !asked.json => return Exit::Interrupted,
        Err((exit, error)) => {
            report_failure(asked, one.subject, error, None);
            return *exit;
        }
    };
    let Some(row) = studio.jobs().get(id) else {
        report_failure(asked, one.subject, "the job was put aside by another program", None);
        return Exit::JobFailed;
    };
    if row.status != JobStatus::Done {
        let error = row.error.clone().unwrap_or_else(|| super::jobs::status_sentence(&row));
        report_failure(asked, one.subject, &error, Some(&row));
        if let Some(advice) = super::jobs::advice(&row) {
            complain(advice);
        }
        return super::jobs::exit_of(&row);
    }
    if row.lost_its_cutout() {
        report_lost_cutout(asked, one.subject, &row);
        return super::jobs::exit_of(&row);
    }
    match save(studio, asked, one.subject, &row, names) {
        Ok(told) => {
            tell(asked, &told);
            if let Some(note) = &told.note {
                complain(format_args!("{}: {}.", one.subject.photo.display(), note.trim_end_matches('.')));
            }
            Exit::Done
        }
        Err(error) => {
            let kept = row.path.as_deref().unwrap_or_default();
            let sentence = format!("{}. The sticker itself is safe in the library: {kept}", sentence(&error));
            report_failure(asked, one.subject, &sentence, Some(&row));
            Exit::Unexpected
        }
    }
}

fn save(
    studio: &Studio,
    asked: &Make,
    subject: Subject<'_>,
    row: &JobRow,
    names: &mut Names<impl Fn(&Path) -> bool>,
) -> Result<Told, StudioError> {
    let sticker = studio.sticker_of(row)?;
    let source = PhotoSource::written(subject.photo);
    let word = subject.expression.map(expressions::file_word).filter(|word| !word.is_empty());
    let word = word.as_deref().unwrap_or(STICKER);
    let path = save_under(studio, &sticker, false, || names.next(&source, word))?;
    let has_both = sticker.has_cutout() && sticker.background_path.is_some();
    let background_path = (asked.both && has_both)
        .then(|| save_under(studio, &sticker, true, || Place { path: names.background_of(&path), named: false }))
        .transpose()?;
    Ok(Told { path: Some(path), background_path, ..told_of(subject, row) })
}

/// Saves a picture under the first of these names that is still free when its file is there.
fn save_under(
    studio: &Studio,
    sticker: &StickerRow,
    with_background: bool,
    mut next: impl FnMut() -> Place,
) -> Result<PathBuf, StudioError> {
    loop {
        let Place { path, named } = next();
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            create_folder(folder)?;
        }
        let options = SaveOptions { with_background, replace: named, ..SaveOptions::default() };
        match studio.save_sticker(sticker, &path, options) {
            Ok(()) => return Ok(path),
            // Another program was faster.
            Err(error) if error.is_taken() && !named => {}
            Err(error) => return Err(error),
        }
    }
}
