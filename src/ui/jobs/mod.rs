//! The jobs panel: a row for each job, what needs a decision, and what it costs.

mod batch;
mod group;
mod list;
pub(super) mod offers;
mod queue;
mod row;
mod summary;
mod words;

use egui::{Align, Rect, Ui, vec2};

use super::action::{Action, Asks as _, Command, Dialog};
use super::icons::{self, Icon};
use super::theme::{self, Type, size};
use super::view::{BannerView, JobsView, Trouble};
use super::widgets::banner::Banner;
use super::widgets::chip::{Chip, Tone};
use super::widgets::{self, Button, Cut, IconButton, cut, menu, text};
use list::List;
use model::{EngineId, Remote};

pub use summary::ui as summary_ui;

/// What the panel remembers about itself.
#[derive(Clone, Debug, Default)]
pub struct JobsPanel {
    list: List,
}

impl JobsPanel {
    /// Draws the panel over the whole of `ui`.
    pub fn ui(&mut self, ui: &mut Ui, view: &JobsView<'_>, actions: &mut Vec<Action>) {
        let rect = ui.max_rect();
        widgets::name_group(ui, "Jobs");
        ui.painter().rect_filled(rect, 0.0, theme::of(ui).bg_panel);
        self.list.lay(ui, rect.width(), view.jobs.shown().copied());
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
        let has_jobs = view.jobs.shown().is_some_and(|jobs| !jobs.is_empty());
        let places = has_jobs.then(|| {
            cut.right(4.0);
            let more = cut.right(24.0);
            cut.right(4.0);
            (cut.right(24.0), more)
        });
        let title = text::width(ui, "Jobs", Type::Heading).ceil();
        text::label(ui, cut.left(title), Align::Min, "Jobs", Type::Heading, tokens.text);
        cut.left(8.0);
        let waiting = self.list.decisions();
        if waiting > 0 {
            let words = if waiting == 1 { "1 needs you".to_owned() } else { format!("{waiting} need you") };
            if Chip::new(&words, Tone::Money).small().put(ui, cut.rest()).clicked() {
                self.list.show_decision();
            }
        } else if self.list.any_held() {
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
        self.list.ui(ui, *jobs, actions);
    }
}

fn pause(ui: &mut Ui, rect: Rect, paused: bool, actions: &mut Vec<Action>) {
    let (icon, name) = if paused { (icons::PLAY, "Go on") } else { (icons::PAUSE, "Pause the queue") };
    let tooltip = Command::TogglePause.tooltip();
    IconButton::new(icon, name).tooltip(&tooltip).put(ui, rect).asks(actions, Command::TogglePause);
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
    button.put(ui, place).asks(actions, action);
}
