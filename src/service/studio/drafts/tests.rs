//! Drafts and samples as the window sees them come.

use std::sync::mpsc::{Receiver, sync_channel};

use super::*;
use crate::photo::PickedPhoto;

fn drafts() -> (Drafts, Receiver<Drawn>, Arc<LoadedPhoto>) {
    let networks = Arc::new(Networks::load().unwrap());
    let picked = PickedPhoto::new(crate::studio::SAMPLE.to_vec(), "portrait.png");
    let photo = Arc::new(LoadedPhoto::of(&networks, picked, None, &|| false).unwrap());
    let (sender, answers) = sync_channel(64);
    (Drafts::start(networks, move |draft| drop(sender.send(draft))).unwrap(), answers, photo)
}

fn wish(number: u64, photo: &Arc<LoadedPhoto>, strength: f64) -> DraftWish {
    let recipe = Recipe { prompt_strength: strength, ..Recipe::default() }.with_seed(1);
    DraftWish { number, subject: subject(photo), recipe }
}

fn subject(photo: &Arc<LoadedPhoto>) -> DraftSubject {
    DraftSubject { photo: Arc::clone(photo), face: 0, crop: photo.crop(0, false), padding: [255; 3] }
}

fn next_draft(answers: &Receiver<Drawn>) -> Draft {
    match answers.recv_timeout(PATIENCE).unwrap() {
        Drawn::Draft(draft) => draft,
        Drawn::Sample(_) => panic!("a sample came"),
    }
}

const PATIENCE: Duration = Duration::from_mins(2);

#[test]
fn a_draft_comes_small_first_and_then_finer() {
    let (drafts, answers, photo) = drafts();
    drafts.ask(wish(1, &photo, 7.0));
    for edge in DRAFT_EDGES {
        let draft = next_draft(&answers);
        assert_eq!((draft.number, draft.drawn.unwrap().cutout.width()), (1, edge));
    }
}

#[test]
fn the_latest_wish_overtakes_the_older_ones() {
    let (drafts, answers, photo) = drafts();
    for number in 1..=40 {
        drafts.ask(wish(number, &photo, number as f64 / 2.0));
    }
    // The first wish may be under way when the others come; of those between, none is drawn.
    let mut seen = Vec::new();
    while seen.iter().filter(|number| **number == 40).count() < DRAFT_EDGES.len() {
        seen.push(next_draft(&answers).number);
    }
    assert!(seen.len() <= 2 * DRAFT_EDGES.len() && seen.is_sorted(), "{seen:?}");
    drafts.ask(wish(41, &photo, 7.0));
    assert_eq!(next_draft(&answers).number, 41, "something older came after it");
}

#[test]
fn forgetting_stops_what_is_under_way() {
    let (drafts, answers, photo) = drafts();
    drafts.ask(wish(1, &photo, 7.0));
    drafts.forget();
    drafts.ask(wish(2, &photo, 7.0));
    assert_eq!(next_draft(&answers).number, 2);
}

#[test]
fn samples_come_in_their_order_and_give_way_to_drafts() {
    let (drafts, answers, photo) = drafts();
    let recipe = |prompt: &str| Recipe { prompt: prompt.to_owned(), ..Recipe::default() }.with_seed(1);
    let recipes = ["ink", "happy", "wink", "kawaii"].map(recipe).to_vec();
    drafts.ask_samples(SampleWish { number: 1, subject: subject(&photo), recipes: recipes.clone() });
    drafts.ask_samples(SampleWish { number: 2, subject: subject(&photo), recipes });
    drafts.ask(wish(1, &photo, 7.0));
    let (mut samples, mut sizes) = (Vec::new(), 0);
    while samples.len() < 4 || sizes < DRAFT_EDGES.len() {
        match answers.recv_timeout(PATIENCE).unwrap() {
            Drawn::Draft(_) => {
                sizes += 1;
                assert!(samples.len() < 4, "the draft waited for all samples");
            }
            Drawn::Sample(sample) => {
                assert_eq!(sample.cutout.width(), SAMPLE_EDGE);
                if sample.number == 2 {
                    samples.push(sample.index);
                }
            }
        }
    }
    assert_eq!(samples, [0, 1, 2, 3]);
}
