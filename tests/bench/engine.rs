//! What a sticker costs, by stage and size: `cargo bench --bench engine`.
//!
//! Drafts and what is named after them run on as many threads as drafts have, one fewer than there are cores. The
//! column of the greatest memory in use at once is what a sticker takes beside the window.
#![expect(clippy::expect_used, reason = "a bench without its data should stop at once")]

use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::{JoinHandle, sleep};
use std::time::Duration;

use divan::{AllocProfiler, Bencher};
use image::RgbImage;
use rayon::{ThreadPool, ThreadPoolBuilder};
use sticker_booth::engine::{
    Analysis, BuiltIn, Control, Detail, EngineError, Look, Sticker, StickerEngine as _, render, render_cutout,
};
use sticker_booth::model::Recipe;
use sticker_booth::photo::PickedPhoto;
use sticker_booth::picture::decode_photo;
use sticker_booth::studio::{Draft, DraftSubject, DraftWish, Drafts, Drawn, LoadedPhoto, SAMPLE, draft_threads};
use sticker_booth::vision::Networks;

#[global_allocator]
static MEMORY: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// The engine and the sample portrait; without them there is nothing to measure.
fn booth() -> (BuiltIn, RgbImage) {
    (BuiltIn::load().expect("bundled networks"), decode_photo(SAMPLE).expect("bundled portrait").image)
}

fn analysed(side: u32) -> Analysis {
    let (engine, photo) = booth();
    engine.analyse(&photo, &[], Detail::for_size((side, side)), &Control::new()).expect("a face")
}

/// A recipe whose look is another each time, as while a slider moves; the painting stays.
fn moved(side: u32, count: &mut u32) -> Recipe {
    *count += 1;
    let prompt_strength = 7.0 + f64::from(*count % 100) / 10.0;
    Recipe { width: side, height: side, prompt_strength, ..Recipe::default() }.with_seed(1)
}

fn draft_pool() -> ThreadPool {
    ThreadPoolBuilder::new().num_threads(draft_threads()).build().expect("threads")
}

/// From the settings to the pixels of a draft, by the thread that draws them in the window.
struct Slider {
    drafts: Drafts,
    answers: Receiver<Draft>,
    photo: Arc<LoadedPhoto>,
    count: u32,
}

impl Slider {
    fn new() -> Self {
        let networks = Arc::new(Networks::load().expect("bundled networks"));
        let picked = PickedPhoto::new(SAMPLE.to_vec(), "portrait.png");
        let photo = Arc::new(LoadedPhoto::of(&networks, picked, None, &|| false).expect("bundled portrait"));
        let (sender, answers) = sync_channel(64);
        let drafts = Drafts::start(networks, move |drawn| {
            if let Drawn::Draft(draft) = drawn {
                drop(sender.send(draft));
            }
        })
        .expect("a thread");
        Self { drafts, answers, photo, count: 0 }
    }

    /// One movement, up to the draft with this longer edge.
    fn draft(&mut self, edge: u32) -> Draft {
        let recipe = moved(1024, &mut self.count);
        let (photo, crop) = (Arc::clone(&self.photo), self.photo.crop(0, false));
        let subject = DraftSubject { photo, face: 0, crop, padding: [255; 3] };
        self.drafts.ask(DraftWish { number: self.count.into(), subject, recipe });
        loop {
            let draft = self.answers.recv().expect("a draft");
            if draft.number == u64::from(self.count)
                && draft.drawn.as_ref().is_ok_and(|drawn| drawn.cutout.width() == edge)
            {
                return draft;
            }
        }
    }
}

/// A slider's movement to the quick draft, and to the fine one that follows it.
#[divan::bench(args = [384, 768])]
fn slider_to_pixels(bencher: Bencher<'_, '_>, edge: u32) {
    let mut slider = Slider::new();
    slider.draft(768);
    bencher.bench_local(|| slider.draft(edge));
}

/// Another look of a photo that was looked at, on the threads of a draft.
#[divan::bench(args = [384, 768, 1024])]
fn look_alone(bencher: Bencher<'_, '_>, side: u32) {
    let (analysis, pool, mut count) = (analysed(side), draft_pool(), 0);
    bencher.bench_local(|| {
        let look = Look::of(&moved(side, &mut count));
        pool.install(|| render_cutout(&analysis, &look, (side, side), &Control::new()))
    });
}

/// The same in each style, at the size of a fine draft.
#[divan::bench(args = ["ink", "pop art", "watercolour", "flat", "neon", "vintage", "kawaii", "pixel art"])]
fn look_of_each_style(bencher: Bencher<'_, '_>, style: &str) {
    let (analysis, pool, mut count) = (analysed(768), draft_pool(), 0);
    bencher.bench_local(|| {
        let look = Look::of(&Recipe { prompt: style.to_owned(), ..moved(768, &mut count) });
        pool.install(|| render_cutout(&analysis, &look, (768, 768), &Control::new()))
    });
}

/// Another number of steps, which paints anew.
#[divan::bench(args = [384, 1024])]
fn painting_and_look(bencher: Bencher<'_, '_>, side: u32) {
    let (analysis, mut steps) = (analysed(side), 19);
    bencher.bench_local(|| {
        steps = if steps == 20 { 19 } else { 20 };
        let recipe = Recipe { steps, width: side, height: side, ..Recipe::default() }.with_seed(1);
        render(&analysis, &Look::of(&recipe), (side, side), &Control::new())
    });
}

/// Faces, and nothing else.
#[divan::bench]
fn faces(bencher: Bencher<'_, '_>) {
    let networks = Networks::load().expect("bundled networks");
    let (_, photo) = booth();
    bencher.bench(|| networks.faces(&photo));
}

/// Everything that no setting changes.
#[divan::bench(args = ["draft", "full"])]
fn analysis(bencher: Bencher<'_, '_>, detail: &str) {
    let (engine, photo) = booth();
    let detail = if detail == "draft" { Detail::Draft } else { Detail::Full };
    bencher.bench(|| engine.analyse(&photo, &[], detail, &Control::new()));
}

#[divan::bench(args = [512, 1024, 2048])]
fn whole_sticker(bencher: Bencher<'_, '_>, side: u32) {
    let (engine, photo) = booth();
    let recipe = Recipe { width: side, height: side, ..Recipe::default() }.with_seed(1);
    bencher.bench(|| engine.make(&photo, &recipe, &Control::new()));
}

type Running = (Control, JoinHandle<Result<Sticker, EngineError>>);

/// A large sticker that has been under way for so long.
fn under_way(engine: &Arc<BuiltIn>, photo: &Arc<RgbImage>, milliseconds: u64) -> Running {
    let recipe = Recipe { width: 2048, height: 2048, ..Recipe::default() }.with_seed(1);
    let control = Control::new();
    let running = {
        let (engine, photo, control) = (Arc::clone(engine), Arc::clone(photo), control.clone());
        std::thread::spawn(move || engine.make(&photo, &recipe, &control))
    };
    sleep(Duration::from_millis(milliseconds));
    (control, running)
}

/// How long a sticker of 2048 pixels goes on after it was cancelled, so many milliseconds from its start.
#[divan::bench(args = [5, 40, 80, 120, 160, 240, 320, 480, 640], sample_count = 8, sample_size = 1)]
fn cancelled_after(bencher: Bencher<'_, '_>, milliseconds: u64) {
    let (engine, photo) = booth();
    let (engine, photo) = (Arc::new(engine), Arc::new(photo));
    bencher.with_inputs(|| under_way(&engine, &photo, milliseconds)).bench_local_values(|(control, running)| {
        control.cancel();
        running.join()
    });
}
