//! What is done with stickers: to those that are chosen and on the screen, or to the one whose card was asked.

use egui::Context;

use super::App;
use super::asking::Asked;
use super::pictures::PictureName;
use super::renaming::Renaming;
use super::state::State;
use super::sweep::Images;
use super::toasts::ToastAnswer;
use super::undo::Did;
use super::work::sentence;
use crate::library::{LibraryError, Mark, SaveOptions, StickerRow};
use crate::ui::action::{Command, Dialog, StickerId};
use crate::ui::view::{Picture, Remote, UseOfSeed};

/// More are saved, not copied.
pub(super) const MOST_COPIED: usize = 500;

impl State {
    /// Does something else stand in the viewer, so that no key may reach the sticker behind it?
    fn is_behind(&self) -> Option<&'static str> {
        if self.photo.before_crop.is_some() {
            return Some("The viewer shows the crop. Press Done, or click the sticker's card, and try again.");
        }
        let draft = self.draft.picture().is_some();
        draft.then_some("The viewer shows a draft. Click the sticker's card first, so that it is on the screen.")
    }
}

impl App {
    /// Carries out a command about the chosen stickers, unless something else is on the screen; false when it is none.
    pub(super) fn with_stickers(&mut self, ctx: &Context, command: Command) -> bool {
        if !command.is_about_stickers() || (command == Command::UseSettings && self.state.sweep.open) {
            return false;
        }
        match self.state.is_behind() {
            _ if self.state.gallery.chosen().is_empty() => {}
            Some(why) => self.state.tell(why.to_owned(), None, ctx.time()),
            None => self.act_on(ctx, command, None),
        }
        true
    }

    /// Carries out a command of a card's menu: on all that are chosen when the card is one of them, else on it alone.
    pub(super) fn run_on(&mut self, ctx: &Context, id: StickerId, command: Command) {
        let alone = (!self.state.gallery.selection.contains(id)).then_some(id);
        self.act_on(ctx, command, alone);
    }

    /// Carries out a command on this sticker, or on all that are chosen. There may be a hundred thousand, so that no more
    /// of each is copied than the command needs.
    fn act_on(&mut self, ctx: &Context, command: Command, alone: Option<StickerId>) {
        let now = ctx.time();
        let gallery = &self.state.gallery;
        let rows = alone.map_or_else(|| gallery.chosen(), |id| gallery.row(id).into_iter().collect());
        let Some(first) = rows.first() else { return };
        let ids = || rows.iter().map(|row| StickerId(row.id)).collect();
        let marks = || rows.iter().map(|row| (StickerId(row.id), row.mark)).collect();
        match command {
            Command::SaveAs => {
                let rows = rows.into_iter().cloned().collect();
                self.save(rows, now);
            }
            Command::CopySticker => {
                let most = rows.len().min(MOST_COPIED + 1);
                let rows = rows.into_iter().take(most).cloned().collect();
                self.copy(rows, now);
            }
            Command::Rename => {
                let renaming = Renaming::of(&rows);
                self.state.renaming = Some(renaming);
                self.state.dialog = Some(Dialog::Rename);
            }
            Command::Reveal => {
                if let Some(work) = &self.work {
                    work.reveal(first.path.clone());
                }
            }
            Command::ToggleStar => {
                let marks = marks();
                self.toggle_mark(marks, Mark::Star);
            }
            Command::ToggleReject => {
                let marks = marks();
                self.toggle_mark(marks, Mark::Reject);
            }
            Command::Trash | Command::Restore => {
                let ids = ids();
                self.bin(ids, command == Command::Trash, now);
            }
            Command::UseSeed => {
                if let Some(seed) = first.seed {
                    self.set_seed(seed, now);
                    self.state.form.seed = UseOfSeed::Locked;
                }
            }
            Command::UseSettings => {
                let recipe = first.info.recipe.clone();
                self.state.form.replace(recipe);
            }
            Command::Peek => {
                let id = StickerId(first.id);
                self.state.gallery.select(id);
                self.state.dialog = Some(Dialog::Peek);
            }
            _ => {}
        }
    }

    /// Asks where a copy of the sticker goes, or into which folder copies of several go.
    fn save(&mut self, mut rows: Vec<StickerRow>, now: f64) {
        let backgrounds = self.state.gallery.backgrounds;
        if rows.len() > 1 {
            let named = |row: StickerRow| (super::asking::stem_of(&row), row);
            let options = SaveOptions { with_background: backgrounds, ..self.state.save_options() };
            let images = Images { stickers: rows.into_iter().map(named).collect(), options };
            return self.ask_for_file(Asked::Images(images), now);
        }
        let Some(row) = rows.pop() else { return };
        let with_background = backgrounds && row.background_path.is_some();
        let options = SaveOptions { with_background, ..self.state.save_options() };
        let source = row.background_path.as_ref().filter(|_| with_background).unwrap_or(&row.path);
        if self.state.pictures.get(&PictureName::Full(source.clone())) == Picture::Gone {
            // Said before a place is chosen for nothing.
            return self.state.complain(sentence(&LibraryError::FileGone { path: source.clone() }));
        }
        self.ask_for_file(Asked::Copy(Box::new(row), options), now);
    }

    /// Gives all of these a mark, or takes it away when all of them have it.
    fn toggle_mark(&mut self, marked: Vec<(StickerId, Mark)>, mark: Mark) {
        let wanted = if marked.iter().all(|(_, now)| *now == mark) { Mark::Plain } else { mark };
        self.mark(marked, wanted);
    }

    /// Marks one sticker by its card.
    pub(super) fn mark_one(&mut self, id: StickerId, mark: Mark) {
        let marked = self.state.gallery.row(id).map(|row| (id, row.mark));
        self.mark(marked.into_iter().collect(), mark);
    }

    /// Gives these, which are marked as is said, another mark.
    fn mark(&mut self, mut marked: Vec<(StickerId, Mark)>, mark: Mark) {
        marked.retain(|(_, now)| *now != mark);
        let (Some(work), false) = (&self.work, marked.is_empty()) else { return };
        let marks: Vec<_> = marked.iter().map(|(id, _)| (*id, mark)).collect();
        self.state.gallery.mark(&marks);
        work.mark(marks, self.state.query());
        self.did(Did::Marks(marked.into_iter().map(|(id, before)| (id, before, mark)).collect()));
    }

    /// Moves stickers into the bin, or out of it.
    fn bin(&mut self, ids: Vec<StickerId>, into: bool, now: f64) {
        let (Some(work), true) = (&self.work, into != self.state.gallery.in_bin) else { return };
        work.bin(ids.clone(), into, self.state.query());
        self.state.gallery.take_away(&ids);
        let one = ids.len() == 1;
        let told = match into {
            true if one => "Moved to the library's bin.".to_owned(),
            true => format!("{} stickers moved to the library's bin.", ids.len()),
            false if one => "The sticker is in the gallery again.".to_owned(),
            false => format!("{} stickers are in the gallery again.", ids.len()),
        };
        let answer = into.then(|| ("Undo".to_owned(), ToastAnswer::Restore(ids.clone())));
        self.state.tell(told, answer, now);
        self.did(Did::Bin { ids, into });
    }

    /// Takes stickers out of the bin again, as the toast about them offers.
    pub(super) fn restore(&mut self, ids: Vec<StickerId>, now: f64) {
        self.state.history.forget_bin(&ids);
        self.bin_again(ids, false, now);
    }

    /// Shows the bin in place of the library, or goes back.
    pub(super) fn toggle_bin(&mut self) {
        let gallery = &mut self.state.gallery;
        gallery.in_bin = !gallery.in_bin;
        gallery.rows = Remote::Loading { previous: None };
        self.list_gallery();
    }

    /// Moves what lies in the bin into the system's trash, as the person has decided.
    pub(super) fn empty_bin(&mut self) {
        self.state.dialog = None;
        let Some(work) = &self.work else { return };
        work.empty_bin(self.state.query());
        self.state.history.forget_all_bins();
    }

    /// So many stickers went from the bin into the system's trash.
    pub(super) fn bin_emptied(&mut self, stickers: usize, now: f64) {
        let told = match stickers {
            1 => "1 sticker is in the system's trash.".to_owned(),
            count => format!("{count} stickers are in the system's trash."),
        };
        self.state.tell(told, None, now);
    }

    /// Lets in what has come, and shows the newest of it.
    pub(super) fn show_newest(&mut self) {
        if let Some(newest) = self.state.gallery.let_in() {
            self.state.gallery.select(newest);
            self.state.draft.hide();
        }
        self.state.gallery.notice();
    }
}
