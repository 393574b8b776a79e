//! Nothing is clipped at any size of the window, at any size of text, with any words.
//!
//! A text of ours that does not fit counts as clipped; what a person wrote may end in an ellipsis.

use std::cell::RefCell;
use std::rc::Rc;

use egui::accesskit::Role;
use egui::{Rect, Shape, Theme, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use sticker_booth::model::{Recipe, Remote};
use sticker_booth::ui::shell::{Arrangement, Regions, Shell, TIGHT, lay_out};
use sticker_booth::ui::theme::size;
use sticker_booth::ui::view::{
    Card, Cards, DialogView, GalleryView, JobView, JobsView, RecipeView, ShellView, ViewerView,
};
use sticker_booth::ui::widgets::toast::{About, Toast};

use crate::harness::whole;
use crate::sample::{Extras, OpenDialog, Scene, with_view};

/// Sizes of the window in pixels.
const SIZES: [Vec2; 3] = [vec2(960.0, 640.0), vec2(1360.0, 860.0), vec2(2560.0, 1440.0)];

/// Sizes of text and controls.
const SCALES: [f32; 4] = [0.8, 1.0, 1.5, 2.0];

const SCENES: [Scene; 4] = [Scene::Working, Scene::FirstRun, Scene::Loading, Scene::Failed];

/// What a window is tested with.
#[derive(Clone, Copy)]
struct Case<'a> {
    size: Vec2,
    scale: f32,
    scene: Scene,
    words: Option<&'a str>,
    dialog: Option<OpenDialog>,
    recipe_open: bool,
}

impl Case<'_> {
    fn new(size: Vec2, scale: f32) -> Self {
        Self { size, scale, scene: Scene::Working, words: None, dialog: None, recipe_open: true }
    }

    /// The window in points.
    fn window(&self) -> Rect {
        Rect::from_min_size(egui::Pos2::ZERO, self.size / self.scale)
    }

    fn regions(&self) -> Regions {
        lay_out(self.window(), &Arrangement { recipe_open: self.recipe_open, ..Arrangement::default() })
    }

    fn name(&self) -> String {
        let words: String = self.words.unwrap_or_default().chars().take(12).collect();
        let Self { size, scale, scene, dialog, recipe_open, .. } = self;
        format!("{size} at {scale}, {scene:?}, {dialog:?}, recipe {recipe_open}, {words}")
    }

    /// Draws it, and gives what a person wrote in it.
    ///
    /// Other scripts and rare emoji come from the system's fonts, which a test has not got.
    fn draw(&self) -> (Harness<'static>, Vec<String>) {
        let is_foreign = |letter| letter >= '\u{590}' && !('\u{2000}'..'\u{2100}').contains(&letter);
        self.draw_with(self.words.is_some_and(|words| words.chars().any(is_foreign)))
    }

    /// The same; `foreign` lets characters pass that none of our fonts has.
    fn draw_with(&self, foreign: bool) -> (Harness<'static>, Vec<String>) {
        let Self { scene, dialog, recipe_open, .. } = *self;
        let words = self.words.map(str::to_owned);
        let written = Rc::new(RefCell::new(Vec::new()));
        let writing = Rc::clone(&written);
        let mut shell = Shell::default();
        shell.arrangement.recipe_open = recipe_open;
        let extras = Extras { dialog, toasts: self.words.is_some(), ..Extras::default() };
        let builder = Harness::builder()
            .with_size(self.window().size())
            .with_pixels_per_point(self.scale)
            .with_theme(Theme::Dark)
            .with_max_steps(12)
            .with_step_dt(0.05)
            .with_context_setup(sticker_booth::ui::install);
        let builder = if foreign { builder.allow_missing_glyphs() } else { builder };
        let mut harness = builder.build_ui(move |ui| {
            let mut actions = Vec::new();
            whole(ui, |ui| {
                with_view(scene, None, &extras, |view| {
                    let mut draw = |view: &ShellView<'_>| {
                        *writing.borrow_mut() = written_in(view);
                        shell.ui(ui, view, &mut actions);
                    };
                    if let Some(words) = &words { with_words(words, view, draw) } else { draw(view) }
                });
            });
        });
        harness.run_ok();
        let written = written.borrow().clone();
        (harness, written)
    }
}

/// The same view with these words wherever a person may write.
fn with_words<R>(words: &str, view: &ShellView<'_>, draw: impl FnOnce(&ShellView<'_>) -> R) -> R {
    let recipe = Recipe { prompt: words.to_owned(), negative_prompt: words.to_owned(), ..view.recipe.recipe.clone() };
    let mut photo = match view.recipe.photo {
        Remote::Failed { .. } => Remote::Failed { previous: None, error: words.to_owned() },
        other => other.clone(),
    };
    if let Remote::Ready(photo) = &mut photo {
        photo.name = words;
    }
    let rename = |job: &JobView<'_>| job.error.is_some();
    let jobs = match view.jobs.jobs {
        Remote::Ready(rows) => Remote::Ready(
            (0..rows.len())
                .filter_map(|place| rows.job(place))
                .map(|job| JobView { prompt: words, error: rename(&job).then_some(words), ..job })
                .collect(),
        ),
        Remote::Failed { .. } => Remote::Failed { previous: None, error: words.to_owned() },
        Remote::Loading { .. } => Remote::Loading { previous: None },
        Remote::NotAsked => Remote::NotAsked,
    };
    let jobs = crate::sample::rows(&jobs);
    let list: Vec<Card<'_>> = view
        .gallery
        .cards
        .shown()
        .map(|cards| (0..cards.len()).map(|index| Card { called: words, ..cards.card(index) }).collect())
        .unwrap_or_default();
    let list: &dyn Cards = &list;
    let cards = match view.gallery.cards {
        Remote::Ready(_) => Remote::Ready(list),
        Remote::Failed { previous, .. } => {
            Remote::Failed { previous: previous.as_ref().map(|_| list), error: words.to_owned() }
        }
        Remote::Loading { .. } => Remote::Loading { previous: None },
        Remote::NotAsked => Remote::NotAsked,
    };
    let sticker = match view.viewer.sticker {
        Remote::Failed { .. } => Remote::Failed { previous: None, error: words.to_owned() },
        other => other.clone(),
    };
    let toasts = [Toast { id: 9, about: About::Broken, sentence: words, answer: Some("Undo") }];
    draw(&ShellView {
        recipe: RecipeView { recipe: &recipe, photo: &photo, ..view.recipe.clone() },
        viewer: ViewerView { sticker: &sticker, ..view.viewer.clone() },
        gallery: GalleryView { cards: &cards, search: words, ..view.gallery.clone() },
        jobs: JobsView { jobs: &jobs, ..view.jobs.clone() },
        toasts: if view.toasts.is_empty() { &[] } else { &toasts },
        ..view.clone()
    })
}

/// What a person, a file or a service wrote.
fn written_in(view: &ShellView<'_>) -> Vec<String> {
    let mut written = vec![view.recipe.recipe.prompt.clone(), view.recipe.recipe.negative_prompt.clone()];
    written.extend(view.recipe.photo.shown().map(|photo| photo.name.to_owned()));
    let errors = [view.recipe.photo.error(), view.jobs.jobs.error(), view.gallery.cards.error()];
    written.extend(errors.into_iter().chain([view.viewer.sticker.error()]).flatten().map(str::to_owned));
    let jobs = view.jobs.jobs.shown();
    for job in jobs.iter().flat_map(|jobs| (0..jobs.len()).filter_map(|place| jobs.job(place))) {
        written.push(job.prompt.to_owned());
        written.extend(job.error.map(str::to_owned));
    }
    written.extend(view.toasts.iter().map(|toast| toast.sentence.to_owned()));
    written.push(view.gallery.search.to_owned());
    if let Some(DialogView::Settings(settings)) = &view.dialog {
        written.push(settings.library.to_owned());
    }
    if let Some(DialogView::Job(details)) = &view.dialog {
        written.push(details.job.prompt.to_owned());
    }
    written
}

/// Texts of one line of ours that were cut.
fn cut_texts(harness: &Harness<'_>, written: &[String]) -> Vec<String> {
    let mut cut = Vec::new();
    for clipped in &harness.output().shapes {
        visit(&clipped.shape, &mut |text| {
            let words = &text.galley.job.text;
            let theirs = words.is_empty() || written.iter().any(|own| own.contains(words.as_str()));
            let place = text.galley.rect.translate(text.pos.to_vec2());
            let seen = clipped.clip_rect.y_range().intersects(place.y_range());
            let beside = seen
                && (place.left() < clipped.clip_rect.left() - 1.0 || place.right() > clipped.clip_rect.right() + 1.0);
            let one_line = text.galley.job.wrap.max_rows == 1;
            if !theirs && (beside || (one_line && text.galley.elided)) {
                cut.push(words.clone());
            }
        });
    }
    cut.sort();
    cut.dedup();
    cut
}

fn visit(shape: &Shape, look: &mut impl FnMut(&egui::epaint::TextShape)) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| visit(shape, look)),
        Shape::Text(text) => look(text),
        _ => {}
    }
}

/// Controls in the bars that are too small to hit, lie over each other or reach out of the window.
fn faults_of_bars(harness: &Harness<'_>, case: &Case<'_>) -> Vec<String> {
    let regions = case.regions();
    let top = |rect: Rect| rect.with_max_y(rect.top() + size::HEADER);
    let bottom = |rect: Rect| rect.with_min_y(rect.bottom() - size::HEADER);
    let bars = [
        Some(regions.topbar),
        regions.recipe.map(top),
        regions.viewer.map(top),
        regions.viewer.map(bottom),
        regions.gallery.map(top),
        regions.jobs.map(top),
    ];
    let mut faults = Vec::new();
    for bar in bars.into_iter().flatten() {
        let nodes = harness.query_all_by(|node| {
            matches!(node.role(), Role::Button | Role::RadioButton | Role::TextInput | Role::Slider)
        });
        let controls: Vec<(String, Rect)> = nodes
            .map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect()))
            .filter(|(name, rect)| bar.contains(rect.center()) && name != "Clear the search")
            .collect();
        for (index, (name, rect)) in controls.iter().enumerate() {
            if rect.width() < 20.0 || rect.height() < 20.0 {
                faults.push(format!("{name} is only {rect}"));
            }
            if !case.window().expand(0.5).contains_rect(*rect) {
                faults.push(format!("{name} lies at {rect}"));
            }
            for (other, place) in &controls[index + 1..] {
                let shared = rect.intersect(*place);
                if shared.width() > 2.0 && shared.height() > 2.0 {
                    faults.push(format!("{name} and {other} lie over each other"));
                }
            }
        }
    }
    faults
}

/// What must be in sight, wherever recipe and viewer take turns.
fn missing(harness: &Harness<'_>, case: &Case<'_>) -> Vec<String> {
    let always = ["This computer", "Pixazo", "Undo", "Redo", "Help and shortcuts…", "Settings…"];
    let of_recipe = ["More about the recipe", "One sticker more", "One sticker less"];
    let of_viewer = ["Fit", "As big as in a chat", "Gallery to full height"];
    let tight = case.window().width() < TIGHT;
    let mut wanted = always.to_vec();
    wanted.extend(of_recipe.iter().filter(|_| case.recipe_open));
    wanted.extend(of_viewer.iter().filter(|_| !tight || !case.recipe_open));
    wanted.extend(tight.then_some("Recipe panel"));
    let in_sight = |name: &&str| {
        let mut nodes = harness.query_all_by_label(name);
        nodes.any(|node| case.window().expand(0.5).contains_rect(node.rect()))
    };
    let mut missing: Vec<String> =
        wanted.iter().filter(|name| !in_sight(name)).map(|name| (*name).to_owned()).collect();
    if case.recipe_open {
        let tickets = harness.query_all_by(|node| {
            node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with("Make "))
        });
        let ticket = tickets.map(|node| node.rect()).next();
        if ticket.is_none_or(|rect| !case.window().contains_rect(rect) || rect.height() < size::TICKET - 0.5) {
            missing.push(format!("the ticket, {ticket:?}"));
        }
    }
    missing
}

/// Every combination of size and scale, and of recipe and viewer where they take turns.
fn windows() -> impl Iterator<Item = Case<'static>> {
    SIZES.into_iter().flat_map(|size| SCALES.map(|scale| Case::new(size, scale))).flat_map(|case| {
        let turns = case.window().width() < TIGHT;
        [true, false]
            .into_iter()
            .filter(move |open| *open || turns)
            .map(move |recipe_open| Case { recipe_open, ..case })
    })
}

/// Fails with everything that is clipped in any of these.
#[track_caller]
fn nothing_is_clipped<'a>(cases: impl Iterator<Item = Case<'a>>) {
    let mut found = Vec::new();
    for case in cases {
        let (harness, written) = case.draw();
        let mut faults: Vec<String> =
            cut_texts(&harness, &written).into_iter().map(|words| format!("cut: {words}")).collect();
        if case.dialog.is_none() {
            faults.extend(faults_of_bars(&harness, &case));
            faults.extend(missing(&harness, &case).into_iter().map(|name| format!("out of sight: {name}")));
        } else {
            faults.extend(faults_of_dialog(&harness, &case));
        }
        if !faults.is_empty() {
            found.push(format!("{}:\n    {}", case.name(), faults.join("\n    ")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// What floats and reaches out of the window.
fn faults_of_dialog(harness: &Harness<'_>, case: &Case<'_>) -> Vec<String> {
    let floating = harness.ctx.memory(|memory| {
        let layers = memory.areas().visible_layer_ids().into_iter();
        let layers = layers.filter(|layer| layer.order == egui::Order::Foreground);
        layers.filter_map(|layer| memory.area_rect(layer.id)).collect::<Vec<Rect>>()
    });
    assert!(!floating.is_empty(), "there is no dialog in {}", case.name());
    let out = floating.into_iter().filter(|rect| !case.window().expand(0.5).contains_rect(*rect));
    out.map(|rect| format!("the dialog lies at {rect}")).collect()
}

#[test]
fn nothing_is_clipped_in_any_scene_at_any_size_and_scale() {
    nothing_is_clipped(windows().flat_map(|case| SCENES.map(|scene| Case { scene, ..case })));
}

#[test]
fn no_dialog_is_clipped_at_any_size_and_scale() {
    use OpenDialog::{Commands, Help, Job, Key, Link, NoKeychain, Peek, Settings, SubmitAgain};
    let dialogs = [Key, NoKeychain, Link, Help, Commands, Peek, Settings, Job, SubmitAgain];
    let windows = SIZES.into_iter().take(2).flat_map(|size| SCALES.map(|scale| Case::new(size, scale)));
    nothing_is_clipped(windows.flat_map(|case| dialogs.map(|dialog| Case { dialog: Some(dialog), ..case })));
}

#[test]
fn long_words_leave_everything_else_in_its_place() {
    let name = "x".repeat(200);
    let prompt = "bold pop art portrait, vibrant, thick outline, ".repeat(43);
    assert!(prompt.len() >= 2000);
    let error = "The service did not answer, so nothing was charged and your settings are kept. ".repeat(6);
    let words = [name.as_str(), prompt.as_str(), error.as_str()];
    let scenes = [Scene::Working, Scene::Failed];
    nothing_is_clipped(windows().flat_map(|case| {
        words.into_iter().flat_map(move |words| scenes.map(|scene| Case { words: Some(words), scene, ..case }))
    }));
}

#[test]
fn words_of_every_script_leave_everything_else_in_its_place() {
    let words = [
        "大胆なポップアートの肖像画、太い輪郭線、鮮やかな色彩、カメラを見ている人",
        "صورة شخصية بأسلوب فن البوب، خطوط عريضة وألوان زاهية",
        "דיוקן בסגנון פופ ארט עם קווי מתאר עבים",
        "🙂🎉🦊 portrait 👍🏽 with 😀 everywhere 🌈🌈🌈🌈🌈🌈🌈🌈🌈🌈🌈🌈",
    ];
    nothing_is_clipped(words.into_iter().flat_map(|words| {
        SIZES
            .into_iter()
            .take(2)
            .flat_map(move |size| [1.0, 2.0].map(|scale| Case { words: Some(words), ..Case::new(size, scale) }))
    }));
}

#[test]
fn typed_emoji_are_drawn_by_our_own_fonts() {
    let harness = Case { words: Some("😀🎉🐼👍🌈❤"), ..Case::new(SIZES[1], 1.0) }.draw_with(false).0;
    // A character that no font has would have ended the test.
    assert!(harness.get_by_label("Prompt").value().is_some_and(|value| value.contains('🐼')));
}
