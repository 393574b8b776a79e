//! Toasts: a sentence about something that happened elsewhere, with at most one way to answer.

use egui::{Align, Rect, Role, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{Button, Cut, IconButton, text};
use crate::icons;
use crate::theme::{self, Motion, Type, size};

/// How far below its place a toast comes from, in points.
const RISE: f32 = 8.0;

/// One toast.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast<'a> {
    /// Names it in actions; grows with each new one.
    pub id: u64,
    /// What kind of thing it is about.
    pub about: About,
    /// What happened.
    pub sentence: &'a str,
    /// One way to answer, in one word.
    pub answer: Option<&'a str>,
}

/// The kinds of things that toasts are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Something is broken; such a toast stays longest.
    Broken,
    /// Something went to the trash.
    Trash,
    /// Something is done.
    Done,
    /// Anything else.
    Note,
}

/// What was asked of a toast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Its answer.
    Answer(u64),
    /// Close it.
    Close(u64),
    /// Let it stay: somebody is at it.
    Hold(u64),
}

/// So many toasts are in sight at once.
pub const IN_SIGHT: usize = 3;

/// The widest toast in points; what it says goes on in further lines.
const WIDEST: f32 = 360.0;

/// More lines than any sentence has.
const LINES: usize = 24;

/// Where toasts lie, by their place in the list, the newest lowest: at most three, above the bottom centre of `over`.
///
/// Together they take half of it at most, so that something is left to work with; the others wait for their turn.
pub fn lay_out(ui: &Ui, over: Rect, toasts: &[Toast<'_>]) -> Vec<(usize, Rect)> {
    let mut places = Vec::new();
    let mut bottom = over.bottom() - 12.0;
    let top = over.center().y;
    for (index, toast) in toasts.iter().enumerate().rev().take(IN_SIGHT) {
        let width = natural_width(ui, toast).min(WIDEST).min(over.width());
        let words = width - (natural_width(ui, toast) - words_width(ui, toast));
        let height = (text::paragraph_height(ui, words, LINES, toast.sentence, Type::Label) + 24.0).max(size::TOAST);
        if bottom - height < top && !places.is_empty() {
            break;
        }
        // Whole lines alone.
        let room = (((bottom - top - 24.0) / 16.0).floor() * 16.0 + 24.0).max(size::TOAST);
        let left = (over.center().x - width / 2.0).round();
        let rect = Rect::from_min_max(pos2(left, bottom - height.min(room)), pos2(left + width, bottom));
        places.push((index, rect));
        bottom = rect.top() - 8.0;
    }
    places
}

/// Shows toasts where [`lay_out`] has put them.
pub fn show(ui: &mut Ui, places: &[(usize, Rect)], toasts: &[Toast<'_>]) -> Option<Asked> {
    let mut asked = None;
    // From the top down, so that no shadow falls on the one below.
    for (index, rect) in places.iter().rev() {
        let Some(toast) = toasts.get(*index) else { continue };
        let arrived = Motion::Arrive.arrived(ui.ctx(), ui.make_persistent_id(("arrived", toast.id)));
        let rect = rect.translate(vec2(0.0, RISE * (1.0 - arrived)));
        let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(("toast", toast.id)));
        child.multiply_opacity(arrived);
        asked = asked.or_else(|| one(&mut child, rect, toast));
    }
    asked
}

fn natural_width(ui: &Ui, toast: &Toast<'_>) -> f32 {
    let answer = toast.answer.map_or(0.0, |answer| Button::link(answer).width(ui) + 12.0);
    words_width(ui, toast) + answer + 12.0 + 16.0 + 8.0 + 12.0 + 24.0 + 8.0
}

fn words_width(ui: &Ui, toast: &Toast<'_>) -> f32 {
    text::width(ui, toast.sentence, Type::Label).ceil()
}

fn one(ui: &mut Ui, rect: Rect, toast: &Toast<'_>) -> Option<Asked> {
    let tokens = theme::of(ui);
    // Sense the whole of it so that a click does not reach what lies below.
    let response = ui.interact(rect, ui.unique_id().with("body"), egui::Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(Role::Alert, true, toast.sentence));
    ui.painter().add(tokens.shadow().as_shape(rect, size::RADIUS_TICKET));
    ui.painter().rect(rect, size::RADIUS_TICKET, tokens.bg_raised, tokens.hairline(), StrokeKind::Inside);
    let mut cut = Cut(rect);
    cut.left(12.0);
    let (icon, tint) = match toast.about {
        About::Broken => (icons::FAIL, tokens.danger),
        About::Trash => (icons::TRASH, tokens.text_muted),
        About::Done => (icons::CHECK, tokens.ok),
        About::Note => (icons::INFO, tokens.text_muted),
    };
    // Beside the first line, however many there are.
    let first_line = |place: Rect| Rect::from_min_size(place.min, vec2(place.width(), size::TOAST));
    icon.paint(ui, first_line(cut.left(size::ICON)), size::ICON, tint);
    cut.left(8.0);
    cut.right(8.0);
    let close = first_line(cut.right(24.0));
    let mut at_it = response.contains_pointer();
    // A click anywhere on it closes it.
    let mut asked = response.clicked().then_some(Asked::Close(toast.id));
    cut.right(4.0);
    if let Some(answer) = toast.answer {
        let button = Button::link(answer).small();
        let width = button.width(ui);
        let place = first_line(cut.right(width));
        let answer = button.put(ui, super::cut::centred(place, size::CONTROL));
        at_it |= answer.has_focus();
        if answer.clicked() {
            asked = Some(Asked::Answer(toast.id));
        }
        cut.right(8.0);
    }
    let words = cut.rest();
    if words.height() <= size::TOAST {
        text::label(ui, words, Align::Min, toast.sentence, Type::Label, tokens.text);
    } else {
        let corner = words.min + vec2(0.0, 12.0);
        let lines = ((words.height() - 24.0) / 16.0).round().max(1.0) as usize;
        text::paragraph(ui, corner, words.width(), lines, toast.sentence, Type::Label, tokens.text);
    }
    let close = IconButton::new(icons::CLOSE, "Close").points(14.0).put(ui, close);
    at_it |= close.has_focus();
    if close.clicked() {
        asked = Some(Asked::Close(toast.id));
    }
    asked.or_else(|| at_it.then_some(Asked::Hold(toast.id)))
}
