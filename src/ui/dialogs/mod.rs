//! Dialogs: the key, a link or path, a job in trouble, decisions about money, the ledger,
//! a sticker's settings, commands, shortcuts, preferences.

mod bin;
mod commands;
mod expressions;
mod help;
mod hosts;
mod job;
mod key;
mod ledger;
mod money;
mod peek;
mod place;
mod recent;
mod rename;
mod settings;

use egui::Context;

use super::action::{Action, Command, Dialog as DialogName, PlaceFor};
use super::theme::size;
use super::view::DialogView;
use super::widgets::{Button, Cut, cut};

/// What the dialogs remember: what is half typed.
#[derive(Clone, Debug, Default)]
pub struct Dialogs {
    /// The key being typed; wiped when the dialog closes.
    key: String,
    /// Forget the key at the end of the session?
    session_only: bool,
    /// The link or path being typed.
    place: String,
    /// What it is typed for; the field begins with what is proposed for that.
    place_for: Option<PlaceFor>,
    /// The name being typed, once it was begun.
    name: Option<String>,
    /// A host that is being set up.
    host: hosts::Typed,
    /// The command being looked for.
    commands: commands::Finder,
    /// Which page of the settings is open, and what is typed there.
    settings: settings::Typed,
    /// Frames for which a dialog has been open; the first one only measures it.
    frames_open: u8,
}

impl Dialogs {
    /// Draws the open dialog over everything.
    ///
    /// `is_enabled` tells which commands can do something now.
    pub fn ui(
        &mut self,
        ctx: &Context,
        view: Option<&DialogView<'_>>,
        is_enabled: impl Fn(Command) -> bool,
        actions: &mut Vec<Action>,
    ) {
        let Some(view) = view else {
            *self = Self { settings: std::mem::take(&mut self.settings), ..Self::default() };
            return;
        };
        if !matches!(view, DialogView::SetUpHost(_)) {
            // What was typed about a host goes with its form: there may be a secret in it.
            self.host = hosts::Typed::default();
        }
        let just_opened = self.frames_open < 2;
        self.frames_open = self.frames_open.saturating_add(1);
        let closed = match view {
            DialogView::Key(view) => key::show(self, ctx, just_opened, view, actions),
            DialogView::Place(view) => place::show(self, ctx, just_opened, view, actions),
            DialogView::PhotoHosts(view) => hosts::choose(ctx, view, actions),
            DialogView::SetUpHost(view) => hosts::set_up(&mut self.host, ctx, view, actions),
            DialogView::Uploads(view) => hosts::uploads(ctx, view, actions),
            DialogView::Expressions(view) => expressions::show(ctx, just_opened, view, actions),
            DialogView::Help => help::show(ctx),
            DialogView::Commands => self.commands.show(ctx, just_opened, is_enabled, actions),
            DialogView::Peek(sticker) => peek::show(ctx, sticker, actions),
            DialogView::Settings(view) => settings::show(&mut self.settings, ctx, just_opened, view, actions),
            DialogView::RecentPhotos(view) => recent::show(ctx, view, actions),
            DialogView::Rename(view) => rename::show(self, ctx, just_opened, view, actions),
            DialogView::EmptyBin(stickers) => bin::show(ctx, *stickers, actions),
            DialogView::Job(view) => job::details(ctx, view, actions),
            DialogView::SubmitAgain(job) => job::submit_again(ctx, job, actions),
            DialogView::Ledger(view) => ledger::show(ctx, view, actions),
            DialogView::OverBudget(view) => money::over_budget(ctx, view, actions),
            DialogView::HostedNotice(view) => money::notice(ctx, view, actions),
            DialogView::Closing(view) => money::closing(ctx, view, actions),
        };
        if closed {
            actions.push(match view {
                // Back to where it came from: a run may wait for the choice.
                DialogView::SetUpHost(_) => Action::Open(DialogName::PhotoHosts),
                _ => Action::CloseDialog,
            });
        }
    }
}

/// The primary button of a dialog and the way out beside it.
fn buttons(ui: &mut egui::Ui, primary: &str, way_out: &str, enabled: bool) -> [bool; 2] {
    let mut row = Cut(cut::next_row(ui, size::ROW));
    let out = Button::ghost(way_out);
    let width = out.width(ui) + 12.0;
    let place = row.right(width);
    row.right(8.0);
    let pressed = Button::primary(primary).enabled(enabled).put(ui, row.rest()).clicked();
    [pressed, out.put(ui, place).clicked()]
}
