//! The choice of where photos go. Nothing is picked at first, and nothing leaves before the person agrees.

use egui::{Align, Context, Rect, ScrollArea, Stroke, StrokeKind, Ui, pos2, vec2};

use super::{heading, outcome};
use crate::action::{Action, Asks as _, Command, Dialog as DialogName, HostAction, HostForm};
use crate::icons::{self, Icon};
use crate::theme::{self, Type, size};
use crate::view::{HostChoice, HostsView};
use crate::widgets::dialog::{self, Dialog};
use crate::widgets::{Button, Cut, Pressable, Stub, Ticket, cut, text};
use model::{PhotoHost, PhotoHostKind};

/// Most of the list that is in sight at once, in points: three hosts.
const LIST: f32 = 168.0;

/// Lines that the list has for who sees a photo.
const NOTE_LINES: usize = 4;

/// Lines that what is agreed to has at most.
const CONSENT_LINES: usize = 12;

/// What a way opens.
#[derive(Clone, Copy)]
enum Way {
    /// The form of this kind of host.
    SetUp(HostForm),
    /// The field for a link.
    Link,
}

impl Way {
    fn action(self) -> Action {
        match self {
            Self::SetUp(form) => Action::Open(DialogName::SetUpHost(form)),
            Self::Link => Command::TypeLink.into(),
        }
    }
}

/// Ways that need something from the person first, with what they open; the most private ones come first.
const WAYS: [(&str, Icon, Way); 4] = [
    ("Your own bucket…", icons::PLUS, Way::SetUp(HostForm::Bucket)),
    ("A link of your own…", icons::LINK, Way::Link),
    ("imgbb with your key…", icons::PLUS, Way::SetUp(HostForm::Imgbb)),
    ("A ShareX uploader…", icons::PLUS, Way::SetUp(HostForm::Uploader)),
];

/// Draws the dialog; true when it is to be closed.
pub(in crate::dialogs) fn show(ctx: &Context, view: &HostsView<'_>, actions: &mut Vec<Action>) -> bool {
    let dialog = Dialog { width: 460.0, ..Dialog::new("Where may the photo go?", icons::UPLOAD) };
    let (cancelled, closed) = dialog.show(ctx, |ui| {
        dialog::sentence(ui, "Pixazo reads a photo from a link, so something has to hold it for an hour.");
        ScrollArea::vertical().max_height(LIST).auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
            for choice in view.choices {
                row(ui, choice, view, actions);
            }
        });
        ui.add_space(8.0);
        let picked = view.choices.iter().find(|choice| view.picked == Some(choice.host.name.as_str()));
        consent(ui, picked, view, actions);
        outcome(ui, view.test, view.error);
        heading(ui, "More private, or with an account of yours");
        ways(ui, actions);
        ui.add_space(12.0);
        foot(ui, picked.is_some(), view, actions)
    });
    closed || cancelled
}

/// One host: its mark, its name and in one line who sees the photo there.
fn row(ui: &mut Ui, choice: &HostChoice, view: &HostsView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let host = &choice.host;
    let picked = view.picked == Some(host.name.as_str());
    let note = note(host);
    let width = ui.available_width() - 20.0 - 26.0;
    let lines = text::paragraph_height(ui, width, NOTE_LINES, &note, Type::Label);
    let rect = cut::next_row(ui, 6.0 + 18.0 + lines + 8.0);
    let title = title(host);
    let choice = Pressable::choice(&title, picked);
    let response = choice.show(ui, rect, ("host", &host.name), |response| {
        if picked || response.hovered() {
            let fill = if picked { tokens.bg_selected } else { tokens.bg_control };
            ui.painter().rect_filled(rect, size::RADIUS, fill);
        }
        let mut cut = Cut(rect.shrink2(vec2(10.0, 6.0)));
        radio(ui, cut.left(16.0), picked);
        cut.left(10.0);
        let mut head = Cut(cut.top(18.0));
        if view.chosen == Some(host.name.as_str()) {
            let now = "Used now";
            let width = text::width(ui, now, Type::Note).ceil();
            text::paint(ui, head.right(width), Align::Max, now, Type::Note, tokens.text_muted);
        }
        text::paint(ui, head.rest(), Align::Min, &title, Type::Control, tokens.text);
        let words = text::galley(ui, &note, Type::Label, tokens.text_secondary, width, NOTE_LINES);
        ui.painter().galley(cut.rest().min, words, tokens.text_secondary);
    });
    if response.clicked() {
        actions.push(Action::Host(HostAction::Pick(host.name.clone())));
    }
}

fn radio(ui: &Ui, rect: Rect, on: bool) {
    let tokens = theme::of(ui);
    let center = pos2(rect.center().x, rect.top() + 10.0);
    let color = if on { tokens.accent } else { tokens.line_strong };
    ui.painter().circle_stroke(center, 6.5, Stroke::new(1.5, color));
    if on {
        ui.painter().circle_filled(center, 3.5, color);
    }
}

/// A host in a few words.
fn title(host: &PhotoHost) -> String {
    match &host.kind {
        PhotoHostKind::S3(bucket) => format!("Your bucket {}", bucket.bucket),
        PhotoHostKind::Imgbb { .. } => "imgbb with your key".to_owned(),
        PhotoHostKind::Litterbox { .. } => "Litterbox, no account".to_owned(),
        PhotoHostKind::Sharex(site) => format!("{}, by a ShareX uploader", site.site),
        PhotoHostKind::DataUri => "Inside the request, experimental".to_owned(),
    }
}

/// Who sees a photo there and for how long, in one line.
fn note(host: &PhotoHost) -> String {
    let disclosure = host.disclosure();
    format!("Seen by {}, {}.", disclosure.seen_by, disclosure.kept)
}

/// Everything that is agreed to, word for word, and what can be done with the host.
///
/// It is as high as the longest of them needs, also before one is picked, so that nothing moves when one is.
fn consent(ui: &mut Ui, picked: Option<&HostChoice>, view: &HostsView<'_>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let width = ui.available_width() - 24.0;
    let said = |choice: &HostChoice| choice.host.disclosure().to_string();
    let height = |words: &str| text::paragraph_height(ui, width, CONSENT_LINES, words, Type::Label);
    let highest = view.choices.iter().map(|choice| height(&said(choice))).fold(0.0, f32::max);
    let rect = cut::next_row(ui, highest + 20.0);
    ui.painter().rect(rect, size::RADIUS, tokens.bg_field, tokens.hairline(), StrokeKind::Inside);
    let (words, color) = match picked {
        Some(choice) => (said(choice), tokens.text_secondary),
        None => ("Pick one, and here is what you agree to with it.".to_owned(), tokens.text_muted),
    };
    text::paragraph(ui, rect.min + vec2(12.0, 10.0), width, CONSENT_LINES, &words, Type::Label, color);
    ui.add_space(4.0);
    let mut row = Cut(cut::next_row(ui, size::CONTROL));
    ui.add_space(4.0);
    let Some(choice) = picked else { return };
    let disclosure = choice.host.disclosure();
    let mut link = |ui: &mut Ui, words: &str, enabled: bool| {
        let button = Button::link(words).small().enabled(enabled);
        let width = button.width(ui);
        let clicked = button.put(ui, row.left(width)).clicked();
        row.left(12.0);
        clicked
    };
    if let Some(terms) = disclosure.terms
        && link(ui, "Read the terms", true)
    {
        actions.push(Action::OpenPage(terms.to_owned()));
    }
    if choice.is_set_up {
        let has_test = choice.host.kind != PhotoHostKind::DataUri;
        if has_test && link(ui, "Test", !view.is_busy && !view.test.is_loading()) {
            actions.push(Action::Host(HostAction::Test(choice.host.name.clone())));
        }
        if link(ui, "Remove", !view.is_busy) {
            actions.push(Action::Host(HostAction::Remove(choice.host.name.clone())));
        }
    }
}

/// Ways that have something to type first, two in a row.
fn ways(ui: &mut Ui, actions: &mut Vec<Action>) {
    for pair in WAYS.chunks(2) {
        let mut row = Cut(cut::next_row(ui, size::ROW));
        let half = (row.rest().width() - 8.0) / 2.0;
        for (words, icon, way) in pair {
            Button::new(words)
                .icon(*icon)
                .small()
                .put(ui, cut::centred(row.left(half), size::CONTROL))
                .asks(actions, way.action());
            row.left(8.0);
        }
    }
}

/// The button that agrees, with its price when stickers are made then; true when it is cancelled.
fn foot(ui: &mut Ui, picked: bool, view: &HostsView<'_>, actions: &mut Vec<Action>) -> bool {
    let enabled = picked && !view.is_busy;
    let Some((count, price)) = view.waiting_run else {
        let [agree, cancel] = super::super::buttons(ui, "Agree and use it", "Cancel", enabled);
        if agree {
            actions.push(Action::Host(HostAction::Agree { make: false }));
        }
        return cancel;
    };
    let stub = if picked { Stub::of(price) } else { Stub::Blocked("no host") };
    let made = if count == 1 { "a sticker".to_owned() } else { format!("{count} stickers") };
    let words = if count == 1 { "Agree and make it".to_owned() } else { format!("Agree and make {count}") };
    let name = format!("Agree and make {made}, {}, at Pixazo", stub.words());
    let row = cut::next_row(ui, size::TICKET);
    let behind = theme::of(ui).bg_raised;
    Ticket::new(&words, stub, &name)
        .submitting(view.is_busy)
        .behind(behind)
        .put(ui, row)
        .asks(actions, HostAction::Agree { make: true });
    ui.add_space(8.0);
    let row = cut::next_row(ui, size::ROW);
    let out = Button::ghost("Cancel");
    let width = out.width(ui) + 12.0;
    out.put(ui, Cut(row).right(width)).clicked()
}
