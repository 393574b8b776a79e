//! Live drafts: small stickers of the settings as they are being moved; only the latest wish counts.

#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use image::RgbaImage;

use super::{LoadedPhoto, StudioError};
use crate::engine::{Analysis, BuiltIn, Control, Detail, EngineError, Look, out_of_reach, render_cutout};
use crate::model::{Crop, OutOfReach, Recipe};
use crate::photo::PhotoError;
use crate::picture::decode_photo;
use crate::vision::Networks;

/// Longest edges of a draft in pixels: a quick one while a control moves, then a finer one once it rests.
pub const DRAFT_EDGES: [u32; 2] = [384, 768];

/// How long what is known about a photo waits for the next draft.
const KEPT_FOR: Duration = Duration::from_secs(20);

/// How many threads draw a draft: one core is the window's.
pub fn draft_threads() -> usize {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    (cores - 1).max(1)
}

/// Longest edge of a sample in pixels.
pub const SAMPLE_EDGE: u32 = 144;

/// Whom a draft shows.
#[derive(Clone)]
pub struct DraftSubject {
    /// The photo.
    pub photo: Arc<LoadedPhoto>,
    /// Which of its faces is meant.
    pub face: usize,
    /// The part of it that would be sent.
    pub crop: Crop,
    /// The colour beyond the photo's edges, sRGB.
    pub padding: [u8; 3],
}

impl DraftSubject {
    fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.photo, &other.photo)
            && (self.face, self.crop, self.padding) == (other.face, other.crop, other.padding)
    }
}

/// What a draft is asked of.
#[derive(Clone)]
pub struct DraftWish {
    /// Names the wish, and each newer one has a higher number; answers carry it.
    pub number: u64,
    /// Whom it shows.
    pub subject: DraftSubject,
    /// The settings.
    pub recipe: Recipe,
}

/// Small pictures of one person, drawn one after the other when no draft is wanted.
#[derive(Clone)]
pub struct SampleWish {
    /// Names the wish; answers carry it.
    pub number: u64,
    /// Whom they show.
    pub subject: DraftSubject,
    /// The settings of each, the most wanted first.
    pub recipes: Vec<Recipe>,
}

/// A drawn sample.
pub struct Sample {
    /// The wish that it answers.
    pub number: u64,
    /// Its place among the wish's recipes.
    pub index: usize,
    /// Straight (not premultiplied) alpha.
    pub cutout: RgbaImage,
}

/// What comes back.
pub enum Drawn {
    /// A draft.
    Draft(Draft),
    /// A sample.
    Sample(Sample),
}

/// A drawn draft, or why there is none.
pub struct Draft {
    /// The wish that it answers.
    pub number: u64,
    /// The picture.
    pub drawn: Result<DrawnDraft, StudioError>,
}

/// The picture of a draft.
pub struct DrawnDraft {
    /// Straight (not premultiplied) alpha.
    pub cutout: RgbaImage,
    /// What of its moods this photo does not let the face do.
    pub left_out: Vec<OutOfReach>,
}

/// Draws drafts on a thread of its own and a pool that leaves one core to the window.
pub struct Drafts {
    shared: Arc<Shared>,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    /// Bytes of what is known about the photo.
    kept: AtomicUsize,
}

#[derive(Default)]
struct State {
    /// The latest wish, until it is taken up.
    wish: Option<DraftWish>,
    /// What is being drawn, with the switch that stops it.
    drawing: Option<Control>,
    /// The photo that is being looked at, with the switch that stops that.
    looking: Option<(DraftSubject, Control)>,
    /// Samples that are wanted, and how many of them there are already.
    samples: Option<(Arc<SampleWish>, usize)>,
    /// Stops the sample that is being drawn.
    sampling: Option<Control>,
    /// Number of the latest wish there ever was.
    latest: u64,
    closed: bool,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drafts {
    /// Starts the thread; `answer` is called on it for each draft that nothing newer has overtaken.
    pub fn start(networks: Arc<Networks>, answer: impl Fn(Drawn) + Send + 'static) -> Result<Self, StudioError> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(draft_threads())
            .thread_name(|index| format!("draft {index}"))
            .build()
            .map_err(|error| StudioError::Runtime(std::io::Error::other(error)))?;
        let shared = Arc::new(Shared { state: Mutex::default(), changed: Condvar::new(), kept: AtomicUsize::new(0) });
        let worker = Worker { engine: BuiltIn::of(networks), shared: Arc::clone(&shared), known: Vec::new() };
        std::thread::Builder::new()
            .name("drafts".into())
            .spawn(move || worker.run(&pool, &answer))
            .map_err(StudioError::Runtime)?;
        Ok(Self { shared })
    }

    /// Asks for a draft; what is being drawn is given up, and a wish that comes late is left out. Returns at once.
    pub fn ask(&self, wish: DraftWish) {
        let mut state = self.shared.state();
        if wish.number <= state.latest {
            return;
        }
        state.latest = wish.number;
        state.give_up(Some(&wish.subject));
        // It is drawn again when there is time.
        state.stop_sampling();
        state.wish = Some(wish);
        self.shared.changed.notify_one();
    }

    /// Bytes that are kept for the next draft of the same photo. Answers at once.
    pub fn kept_bytes(&self) -> usize {
        self.shared.kept.load(Ordering::Relaxed)
    }

    /// Asks for samples instead of all that were asked for before; they wait for drafts. Returns at once.
    pub fn ask_samples(&self, wish: SampleWish) {
        let mut state = self.shared.state();
        state.stop_sampling();
        state.samples = Some((Arc::new(wish), 0));
        self.shared.changed.notify_one();
    }

    /// Wants no draft any more.
    pub fn forget(&self) {
        let mut state = self.shared.state();
        state.wish = None;
        state.give_up(None);
    }
}

impl Drop for Drafts {
    fn drop(&mut self) {
        self.forget();
        let mut state = self.shared.state();
        state.stop_sampling();
        state.samples = None;
        state.closed = true;
        drop(state);
        self.shared.changed.notify_one();
    }
}

impl State {
    /// Stops what is under way, but for a look at the photo that the next wish needs too.
    fn give_up(&mut self, next: Option<&DraftSubject>) {
        if let Some(control) = self.drawing.take() {
            control.cancel();
        }
        let sampled = self.samples.as_ref().map(|(wish, _)| &wish.subject);
        let needed = |looking: &DraftSubject| next.into_iter().chain(sampled).any(|wanted| wanted.is(looking));
        if let Some((_, control)) = self.looking.take_if(|(looking, _)| !needed(looking)) {
            control.cancel();
        }
    }

    fn stop_sampling(&mut self) {
        if let Some(control) = self.sampling.take() {
            control.cancel();
        }
    }
}

/// What the thread does next.
enum Task {
    Draft(DraftWish),
    /// The recipe at this place of the samples that are wanted.
    Sample(Arc<SampleWish>, usize, Control),
}

/// The thread's own.
struct Worker {
    engine: BuiltIn,
    shared: Arc<Shared>,
    /// What is known about the latest photo, by detail.
    known: Vec<(DraftSubject, Detail, Arc<Analysis>)>,
}

impl Worker {
    fn run(mut self, pool: &rayon::ThreadPool, answer: &(dyn Fn(Drawn) + Send)) {
        while let Some(task) = self.next() {
            match task {
                Task::Draft(wish) => self.draft(&wish, pool, answer),
                Task::Sample(wish, index, control) => {
                    let drawn = pool.install(|| self.sample(&wish, index, &control));
                    if let Some(cutout) = self.sampled(&wish, index, drawn) {
                        answer(Drawn::Sample(Sample { number: wish.number, index, cutout }));
                    }
                }
            }
        }
    }

    fn draft(&mut self, wish: &DraftWish, pool: &rayon::ThreadPool, answer: &(dyn Fn(Drawn) + Send)) {
        for edge in DRAFT_EDGES {
            let drawn = pool.install(|| self.draw(wish, edge));
            // Somebody who has stopped it knows.
            if matches!(drawn, Err(StudioError::Engine(EngineError::Cancelled))) {
                break;
            }
            let failed = drawn.is_err();
            answer(Drawn::Draft(Draft { number: wish.number, drawn }));
            if failed || edge >= longest_edge(&wish.recipe) {
                break;
            }
        }
    }

    fn sample(&mut self, wish: &SampleWish, index: usize, control: &Control) -> Result<RgbaImage, StudioError> {
        let recipe = &wish.recipes[index];
        let size = draft_size(recipe, SAMPLE_EDGE);
        let analysis = self.analysis(&wish.subject, Detail::Draft)?;
        Ok(render_cutout(&analysis, &Look::of(recipe), size, control)?)
    }

    /// Takes note that a sample is there, or that there will be none of this photo; one that was stopped comes again.
    fn sampled(&self, wish: &SampleWish, index: usize, drawn: Result<RgbaImage, StudioError>) -> Option<RgbaImage> {
        let mut state = self.shared.state();
        state.sampling = None;
        let (_, done) = state.samples.as_mut().filter(|(wanted, _)| wanted.number == wish.number)?;
        match drawn {
            Ok(cutout) => {
                *done = index + 1;
                Some(cutout)
            }
            Err(StudioError::Engine(EngineError::Cancelled)) => None,
            // A draft or a click says why.
            Err(_) => {
                state.samples = None;
                None
            }
        }
    }

    /// Waits for a wish; none when the window is closed.
    fn next(&mut self) -> Option<Task> {
        let shared = Arc::clone(&self.shared);
        let mut state = shared.state();
        loop {
            if state.closed {
                return None;
            }
            if let Some(wish) = state.wish.take() {
                state.drawing = Some(Control::new());
                return Some(Task::Draft(wish));
            }
            drop(state.samples.take_if(|(wish, done)| *done >= wish.recipes.len()));
            if let Some((wish, done)) = state.samples.clone() {
                let control = Control::new();
                state.sampling = Some(control.clone());
                return Some(Task::Sample(wish, done, control));
            }
            if self.known.is_empty() {
                state = shared.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            let (waited, time) = shared.changed.wait_timeout(state, KEPT_FOR).unwrap_or_else(PoisonError::into_inner);
            state = waited;
            if time.timed_out() && state.wish.is_none() {
                self.known.clear();
                self.count();
            }
        }
    }

    /// Tells how much is kept.
    fn count(&self) {
        let bytes = self.known.iter().map(|(.., analysis)| analysis.bytes()).sum();
        self.shared.kept.store(bytes, Ordering::Relaxed);
    }

    fn draw(&mut self, wish: &DraftWish, edge: u32) -> Result<DrawnDraft, StudioError> {
        let size = draft_size(&wish.recipe, edge);
        let detail = Detail::for_size(size);
        if detail == Detail::Full && self.shared.state().drawing.is_none() {
            return Err(EngineError::Cancelled.into());
        }
        let analysis = self.analysis(&wish.subject, detail)?;
        // Overtaken while the photo was looked at?
        let control = self.shared.state().drawing.clone().ok_or(EngineError::Cancelled)?;
        let look = Look::of(&wish.recipe);
        let cutout = render_cutout(&analysis, &look, size, &control)?;
        Ok(DrawnDraft { cutout, left_out: out_of_reach(&analysis, &look) })
    }

    /// The photo is looked at once for all drafts of it.
    fn analysis(&mut self, subject: &DraftSubject, detail: Detail) -> Result<Arc<Analysis>, StudioError> {
        self.known.retain(|(known, ..)| known.is(subject));
        if let Some((.., analysis)) = self.known.iter().find(|(_, known, _)| *known == detail) {
            return Ok(Arc::clone(analysis));
        }
        let control = Control::new();
        self.shared.state().looking = Some((subject.clone(), control.clone()));
        let looked = self.look(subject, detail, &control);
        self.shared.state().looking = None;
        let analysis = Arc::new(looked?);
        self.known.push((subject.clone(), detail, Arc::clone(&analysis)));
        self.count();
        Ok(analysis)
    }

    /// Looks at exactly what a job would send, so that the draft shows what the sticker will be.
    fn look(&self, subject: &DraftSubject, detail: Detail, control: &Control) -> Result<Analysis, StudioError> {
        let prepared = subject.photo.prepare(subject.face, subject.crop, subject.padding)?;
        let photo = decode_photo(&prepared.jpeg).map_err(PhotoError::from)?.image;
        Ok(self.engine.analyse(&photo, &prepared.faces, detail, control)?)
    }
}

fn longest_edge(recipe: &Recipe) -> u32 {
    let (width, height) = recipe.output_size();
    width.max(height)
}

/// The recipe's canvas with its longer edge shrunk to `edge`.
fn draft_size(recipe: &Recipe, edge: u32) -> (u32, u32) {
    let (width, height) = recipe.output_size();
    let scale = (edge as f64 / width.max(height) as f64).min(1.0);
    let shrunk = |length: u32| ((length as f64 * scale).round() as u32).max(1);
    (shrunk(width), shrunk(height))
}
