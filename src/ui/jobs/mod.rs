//! The jobs panel: a row for each job, what needs a decision, and what it costs.

mod batch;
mod line;
pub(super) mod offers;
mod row;
mod summary;
mod unit;
mod words;

use std::collections::HashSet;

use egui::{Align, Rect, ScrollArea, Ui, UiBuilder, vec2};

use super::action::{Action, Command, Dialog};
use super::icons::{self, Icon};
use super::theme::{self, Type, size};
use super::view::{BannerView, JobView, JobsView, Remote, Trouble};
use super::widgets::banner::Banner;
use super::widgets::chip::{Chip, Tone};
use super::widgets::{self, Button, Cut, IconButton, cut, menu, text};
use line::Waiting;
use model::{EngineId, JobId, JobStatus};
use unit::Unit;

pub use summary::ui as summary_ui;

/// What the panel remembers about itself.
#[derive(Clone, Debug, Default)]
pub struct JobsPanel {
    /// Scroll to the first row that needs a decision.
    scroll_to_decision: bool,
    /// The batches that are open.
    open: HashSet<String>,
}

impl JobsPanel {
    /// Draws the panel over the whole of `ui`.
    pub fn ui(&mut self, ui: &mut Ui, view: &JobsView<'_>, actions: &mut Vec<Action>) {
        let rect = ui.max_rect();
        widgets::name_group(ui, "Jobs");
        ui.painter().rect_filled(rect, 0.0, theme::of(ui).bg_panel);
        let mut cut = Cut(rect);
        let header = cut.top(size::HEADER);
        self.header(ui, header, view, actions);
        widgets::hairline_below(ui, header);
        let foot = cut.bottom(foot_height(view));
        if let Some(banner) = &view.banner {
            show_banner(ui, &mut cut, banner, actions);
        }
        widgets::inside_clipped(ui, cut.rest(), "rows", |ui| self.rows(ui, view, actions));
        self::foot(ui, foot, view, actions);
    }

    fn header(&mut self, ui: &mut Ui, rect: Rect, view: &JobsView<'_>, actions: &mut Vec<Action>) {
        let tokens = theme::of(ui);
        let mut cut = Cut(rect);
        cut.left(size::PANEL_PADDING);
        cut.right(10.0);
        let toggle = cut.right(24.0);
        let jobs = view.jobs.shown().map_or(&[][..], Vec::as_slice);
        let places = (!jobs.is_empty()).then(|| {
            cut.right(4.0);
            let more = cut.right(24.0);
            cut.right(4.0);
            (cut.right(24.0), more)
        });
        let title = text::width(ui, "Jobs", Type::Heading).ceil();
        text::label(ui, cut.left(title), Align::Min, "Jobs", Type::Heading, tokens.text);
        cut.left(8.0);
        let waiting = jobs.iter().filter(|job| job.needs_decision()).count();
        if waiting > 0 {
            let words = if waiting == 1 { "1 needs you".to_owned() } else { format!("{waiting} need you") };
            if Chip::new(&words, Tone::Money).small().put(ui, cut.rest()).clicked() {
                self.scroll_to_decision = true;
            }
        } else if jobs.iter().any(|job| job.status == JobStatus::Held) {
            Chip::new("Held", Tone::Money).small().put(ui, cut.rest());
        } else if view.paused {
            Chip::new("Paused", Tone::Money).small().put(ui, cut.rest());
        } else if view.jobs.is_loading() {
            text::label(ui, cut.rest(), Align::Min, "Reading", Type::Label, tokens.text_muted);
        }
        if let Some((place, more)) = places {
            pause(ui, place, view.paused, actions);
            let more = IconButton::new(icons::MORE, "More about jobs").put(ui, more);
            menu::below(&more, 200.0, |ui| {
                for command in [Command::ClearWaiting, Command::ClearFinished, Command::Ledger] {
                    super::recipe::command_item(ui, command, actions);
                }
            });
        }
        super::topbar::command_button(ui, toggle, Command::ToggleJobs, true, actions);
    }

    fn rows(&mut self, ui: &mut Ui, view: &JobsView<'_>, actions: &mut Vec<Action>) {
        if let Remote::Failed { error, .. } = view.jobs {
            let (icon, head) = (icons::ALERT, "The jobs could not be read");
            let banner =
                Banner { tone: Tone::Danger, icon, head, sentence: error, ways: &[], price: None, radius: 0.0 };
            let place = cut::next_row(ui, banner.height(ui, ui.available_width()));
            banner.put(ui, place);
        }
        let Some(jobs) = view.jobs.shown() else {
            if !matches!(view.jobs, Remote::Failed { .. } | Remote::Loading { .. }) {
                nothing(ui);
            }
            return;
        };
        if jobs.is_empty() {
            nothing(ui);
            return;
        }
        let units = Unit::all(jobs);
        self.open.retain(|open| units.iter().any(|unit| matches!(unit, Unit::Batch(batch, _) if batch == open)));
        if self.scroll_to_decision {
            let first = units.iter().find(|unit| unit.jobs().iter().any(|job| job.needs_decision()));
            if let Some(Unit::Batch(batch, _)) = first {
                self.open.insert((*batch).to_owned());
            }
        }
        ScrollArea::vertical().auto_shrink([false, false]).show_viewport(ui, |ui, _| {
            ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
            let mut rows = Rows::default();
            for unit in &units {
                self.unit(ui, unit, &mut rows, actions);
            }
            line::grips(ui, &rows.waiting, actions);
        });
        self.scroll_to_decision = false;
    }

    /// A job, or a batch with its jobs when it is open.
    fn unit(&mut self, ui: &mut Ui, unit: &Unit<'_, '_>, rows: &mut Rows, actions: &mut Vec<Action>) {
        let Unit::Batch(batch, jobs) = unit else {
            for job in unit.jobs() {
                self.job(ui, job, 0.0, rows, actions);
            }
            return;
        };
        let place = cut::next_row(ui, batch::height(jobs));
        let open = self.open.contains(*batch);
        rows.begin(ui, if open { Vec::new() } else { unit.waiting() }, place, actions);
        if ui.is_rect_visible(place) {
            let mut child = ui.new_child(UiBuilder::new().max_rect(place).id_salt(("batch", batch)));
            if batch::ui(&mut child, place, jobs, open, actions).clicked() && !self.open.remove(*batch) {
                self.open.insert((*batch).to_owned());
            }
        }
        if open {
            for job in jobs {
                self.job(ui, job, 12.0, rows, actions);
            }
        }
    }

    fn job(&mut self, ui: &mut Ui, job: &JobView<'_>, inset: f32, rows: &mut Rows, actions: &mut Vec<Action>) {
        let width = ui.available_width() - inset;
        let place = cut::next_row(ui, row::height(ui, width, job));
        let place = place.with_min_x(place.left() + inset);
        if self.scroll_to_decision && job.needs_decision() {
            self.scroll_to_decision = false;
            ui.scroll_to_rect(place, Some(Align::Min));
        }
        let waiting = if job.is_waiting() { vec![job.id.clone()] } else { Vec::new() };
        rows.begin(ui, waiting, place, actions);
        if ui.is_rect_visible(place) {
            let mut child = ui.new_child(UiBuilder::new().max_rect(place).id_salt(&job.id.0));
            row::ui(&mut child, place, job, actions);
        }
    }
}

/// The rows drawn so far.
#[derive(Default)]
struct Rows {
    /// Is there one already?
    any: bool,
    /// Those that wait in line.
    waiting: Vec<Waiting>,
}

impl Rows {
    /// The next row, with the jobs that wait in it.
    fn begin(&mut self, ui: &Ui, ids: Vec<JobId>, rect: Rect, actions: &mut Vec<Action>) {
        if std::mem::replace(&mut self.any, true) {
            line::hairline_above(ui, rect);
        }
        self.waiting.extend(Waiting::at(ui, ids, rect, actions));
    }
}

fn pause(ui: &mut Ui, rect: Rect, paused: bool, actions: &mut Vec<Action>) {
    let (icon, name) = if paused { (icons::PLAY, "Go on") } else { (icons::PAUSE, "Pause the queue") };
    let tooltip = Command::TogglePause.tooltip();
    if IconButton::new(icon, name).tooltip(&tooltip).put(ui, rect).clicked() {
        actions.push(Command::TogglePause.into());
    }
}

/// Shows a banner at the top of what is left.
pub(super) fn show_banner(ui: &mut Ui, cut: &mut Cut, view: &BannerView<'_>, actions: &mut Vec<Action>) {
    let (tone, icon): (Tone, Icon) = match view.trouble {
        Trouble::Offline => (Tone::Quiet, icons::CLOUD_OFF),
        Trouble::Credit => (Tone::Money, icons::RECEIPT),
        Trouble::Key => (Tone::Danger, icons::KEY),
        Trouble::HeldFromLastTime => (Tone::Money, icons::PAUSE),
        Trouble::Broken => (Tone::Danger, icons::ALERT),
    };
    let words: Vec<&str> = view.ways.iter().map(|way| way.0).collect();
    let banner =
        Banner { tone, icon, head: view.head, sentence: view.sentence, ways: &words, price: view.price, radius: 0.0 };
    let place = cut.top(banner.height(ui, cut.rest().width()));
    if let Some(index) = banner.put(ui, place) {
        actions.push(Action::Take(view.ways[index].1));
    }
}

fn nothing(ui: &mut Ui) {
    note(ui, "Nothing is running.", "Each sticker you make shows here while it is made, with what it costs.");
}

/// A head and a sentence at the top of an empty panel.
fn note(ui: &mut Ui, head: &str, sentence: &str) {
    let tokens = theme::of(ui);
    let width = ui.available_width() - 24.0;
    let height = text::paragraph_height(ui, width, 4, sentence, Type::Label);
    let place = cut::next_row(ui, 12.0 + 20.0 + height + 12.0).shrink(12.0);
    text::label(ui, Cut(place).top(16.0), Align::Min, head, Type::Label, tokens.text_secondary);
    text::paragraph(ui, place.min + vec2(0.0, 20.0), width, 4, sentence, Type::Label, tokens.text_muted);
}

fn foot_height(view: &JobsView<'_>) -> f32 {
    if view.offer_hosted {
        116.0
    } else if view.unsure.0 > 0 {
        53.0
    } else {
        33.0
    }
}

/// What was spent today, and what nobody knows yet, in a line of its own.
fn foot(ui: &mut Ui, rect: Rect, view: &JobsView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    widgets::hairline_above(ui, rect);
    let mut cut = Cut(rect.shrink2(vec2(size::PANEL_PADDING, 0.0)));
    if view.offer_hosted {
        offer_hosted(ui, cut.rest(), view.has_key, actions);
        return;
    }
    cut.top(7.0);
    let today = cut.top(20.0);
    text::label(ui, today, Align::Min, "Today", Type::Label, tokens.text_secondary);
    let spent = if view.spent_today.is_zero() { "nothing spent".to_owned() } else { view.spent_today.to_string() };
    text::label(ui, today, Align::Max, &spent, Type::Section, tokens.text);
    let (count, money) = view.unsure;
    if count > 0 {
        let unsure = cut.top(20.0);
        let words = if count == 1 { "Unsure, 1 job".to_owned() } else { format!("Unsure, {count} jobs") };
        text::label(ui, unsure, Align::Min, &words, Type::Label, tokens.money);
        text::label(ui, unsure, Align::Max, &money.to_string(), Type::Section, tokens.money);
    }
}

fn offer_hosted(ui: &mut Ui, rect: Rect, has_key: bool, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let mut cut = Cut(rect);
    cut.top(12.0);
    let head = cut.top(16.0);
    let mut line = Cut(head);
    icons::CLOUD.paint(ui, line.left(size::ICON), size::ICON, tokens.text_secondary);
    line.left(6.0);
    text::label(ui, line.rest(), Align::Min, "Another engine", Type::Section, tokens.text);
    cut.top(8.0);
    let price = model::Engine::pixazo(model::engine::PIXAZO_BASE, false).price;
    let needs = if has_key { "Your key is ready." } else { "It needs a key." };
    let sentence = format!("Pixazo draws freely from your words, for {price} a sticker. {needs}");
    text::paragraph(ui, cut.rest().min, cut.rest().width(), 2, &sentence, Type::Label, tokens.text_secondary);
    cut.top(32.0 + 8.0);
    let (words, icon, action) = if has_key {
        ("Use Pixazo", icons::CLOUD, Action::ChooseEngine(EngineId::Pixazo))
    } else {
        ("Add a key…", icons::KEY, Action::Open(Dialog::Key))
    };
    let button = Button::new(words).icon(icon);
    let place = cut.top(size::ROW);
    let place = Cut(place).left(button.width(ui));
    if button.put(ui, place).clicked() {
        actions.push(action);
    }
}
