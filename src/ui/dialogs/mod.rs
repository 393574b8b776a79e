//! Dialogs: the key, a link, a job in trouble, the decision to submit again, shortcuts, settings.

mod help;
mod hosts;
mod job;
mod key;
mod settings;

use egui::{Context, vec2};

use super::action::Action;
use super::icons;
use super::theme::{Type, size};
use super::view::DialogView;
use super::widgets::dialog::{self, Dialog};
use super::widgets::{Button, Cut, TextField, cut, text};

/// What the dialogs remember: what is half typed.
#[derive(Clone, Debug, Default)]
pub struct Dialogs {
    /// The key being typed; wiped when the dialog closes.
    key: String,
    /// Forget the key at the end of the session?
    session_only: bool,
    /// The link being typed.
    link: String,
    /// A host that is being set up.
    host: hosts::Typed,
    /// Which page of the settings is open.
    page: settings::Page,
    /// Frames for which a dialog has been open; the first one only measures it.
    frames_open: u8,
}

impl Dialogs {
    /// Draws the open dialog over everything.
    pub fn ui(&mut self, ctx: &Context, view: Option<&DialogView<'_>>, actions: &mut Vec<Action>) {
        let Some(view) = view else {
            *self = Self { page: self.page, ..Self::default() };
            return;
        };
        let just_opened = self.frames_open < 2;
        self.frames_open = self.frames_open.saturating_add(1);
        let closed = match view {
            DialogView::Key(view) => key::show(self, ctx, just_opened, view, actions),
            DialogView::Link(error) => self.link(ctx, just_opened, *error, actions),
            DialogView::PhotoHosts(view) => hosts::choose(ctx, view, actions),
            DialogView::SetUpHost(view) => hosts::set_up(&mut self.host, ctx, view, actions),
            DialogView::Uploads(view) => hosts::uploads(ctx, view, actions),
            DialogView::Help => help::show(ctx),
            DialogView::Settings(view) => settings::show(&mut self.page, ctx, view, actions),
            DialogView::Job(view) => job::details(ctx, view, actions),
            DialogView::SubmitAgain(job) => job::submit_again(ctx, job, actions),
        };
        if closed {
            actions.push(Action::CloseDialog);
        }
    }

    /// The link of a photo.
    fn link(&mut self, ctx: &Context, just_opened: bool, error: Option<&str>, actions: &mut Vec<Action>) -> bool {
        let (done, closed) = Dialog::new("Photo from a link", icons::LINK).show(ctx, |ui| {
            dialog::sentence(ui, "The photo is fetched to show it here, and sent as this link until it is cropped.");
            let field = TextField::new("Link of the photo").hint("https://…").refused(error.is_some());
            if just_opened {
                let id = field.id(ui);
                ui.memory_mut(|memory| memory.request_focus(id));
            }
            let row = cut::next_row(ui, size::ROW);
            let entered = field.put(ui, row, &mut self.link).entered;
            if let Some(error) = error {
                let tokens = super::theme::of(ui);
                let width = ui.available_width();
                let height = text::paragraph_height(ui, width, 3, error, Type::Label);
                let row = cut::next_row(ui, height + 6.0);
                text::paragraph(ui, row.min + vec2(0.0, 6.0), width, 3, error, Type::Label, tokens.danger);
            }
            ui.add_space(16.0);
            let [use_it, cancel] = buttons(ui, "Use this photo", "Cancel", !self.link.trim().is_empty());
            if use_it || (entered && !self.link.trim().is_empty()) {
                actions.push(Action::UseLink(self.link.trim().to_owned()));
            }
            cancel
        });
        closed || done
    }
}

/// The primary button of a dialog and the way out beside it.
fn buttons(ui: &mut egui::Ui, primary: &str, way_out: &str, enabled: bool) -> [bool; 2] {
    let mut row = Cut(cut::next_row(ui, size::ROW));
    let out = Button::ghost(way_out);
    let width = out.width(ui) + 12.0;
    let out = out.put(ui, row.right(width)).clicked();
    row.right(8.0);
    let pressed = Button::primary(primary).enabled(enabled).put(ui, row.rest()).clicked();
    [pressed, out]
}
