//! What is done with stickers: to those that are chosen, or to the one whose card was asked.

use std::path::PathBuf;

use super::renaming::{Renaming, stem_of};
use super::{Gallery, Outcome};
use crate::app::context::AppContext;
use crate::app::images::Images;
use crate::app::pictures::PictureName;
use crate::app::sentence::sentence;
use crate::app::toasts::ToastAnswer;
use crate::library::{LibraryError, Mark, SaveOptions, StickerRow};
use crate::model::Remote;
use crate::ui::action::{Command, Dialog, GalleryAction, StickerId};
use crate::ui::view::Picture;

/// More are saved, not copied.
const MOST_COPIED: usize = 500;

impl Gallery {
    /// Does what a person asks of the stickers of the library.
    pub(in crate::app) fn act(&mut self, action: GalleryAction, cx: &mut AppContext) -> Option<Outcome> {
        let chooses = action.is_choice();
        match action {
            GalleryAction::RunOn(id, command) => return self.run_on(id, command, cx),
            GalleryAction::Rename(name) => return self.rename_as(&name, cx),
            GalleryAction::EmptyBin => return self.empty_bin(cx),
            GalleryAction::SetStar(id, on) => return self.mark_one(id, Mark::Star, on, cx),
            GalleryAction::SetReject(id, on) => return self.mark_one(id, Mark::Reject, on, cx),
            GalleryAction::Select(id) => self.select(id),
            GalleryAction::Toggle(id) => self.toggle(id),
            GalleryAction::ExtendTo(id) => self.extend_to(id),
            GalleryAction::Choose { ids, more } => self.choose(ids, more),
            GalleryAction::CompareWith(id) => self.compare_with(id),
            GalleryAction::DragOut(id) => self.drag_out(id, cx),
            GalleryAction::ShowBackgrounds(on) => self.show_backgrounds(on),
            GalleryAction::Search(words) => self.search(words, cx),
            GalleryAction::ShowStarredOnly(on) => self.show_starred_only(on, cx),
            GalleryAction::Sort(sort) => self.sort_by(sort, cx),
            GalleryAction::InSight(first, behind) => self.see(first, behind),
        }
        chooses.then_some(Outcome::Chosen)
    }

    /// Carries out a command of a card's menu: on all that are chosen when the card is one of them, else on it alone.
    fn run_on(&mut self, id: StickerId, command: Command, cx: &mut AppContext) -> Option<Outcome> {
        let alone = (!self.selection.contains(id)).then_some(id);
        self.run(command, alone, cx)
    }

    /// Carries out a command on this sticker, or on all that are chosen. There may be a hundred thousand, so that no more
    /// of each is copied than the command needs.
    pub(in crate::app) fn run(
        &mut self,
        command: Command,
        alone: Option<StickerId>,
        cx: &mut AppContext,
    ) -> Option<Outcome> {
        let rows = alone.map_or_else(|| self.chosen(), |id| self.row(id).into_iter().collect());
        let first = rows.first()?;
        let ids = || rows.iter().map(|row| StickerId(row.id)).collect();
        let marks = || rows.iter().map(|row| (StickerId(row.id), row.mark)).collect();
        match command {
            Command::SaveAs => {
                let rows = rows.into_iter().cloned().collect();
                self.save(rows, cx)
            }
            Command::CopySticker => {
                let most = rows.len().min(MOST_COPIED + 1);
                let rows = rows.into_iter().take(most).cloned().collect();
                self.copy(rows, cx);
                None
            }
            Command::Rename => {
                self.renaming = Some(Renaming::of(&rows));
                cx.dialog = Some(Dialog::Rename);
                None
            }
            Command::Reveal => {
                cx.reveal(first.path.clone());
                None
            }
            Command::ToggleStar => self.toggle_mark(marks(), Mark::Star, cx),
            Command::ToggleReject => self.toggle_mark(marks(), Mark::Reject, cx),
            Command::Trash | Command::Restore => self.bin(ids(), command == Command::Trash, cx),
            Command::UseSeed => first.seed.map(Outcome::UseSeed),
            Command::UseSettings => Some(Outcome::UseSettings(Box::new(first.info.recipe.clone()))),
            Command::Peek => {
                let id = StickerId(first.id);
                self.select(id);
                cx.dialog = Some(Dialog::Peek);
                None
            }
            _ => None,
        }
    }

    /// Asks where a copy of the sticker goes, or into which folder copies of several go.
    fn save(&self, mut rows: Vec<StickerRow>, cx: &mut AppContext) -> Option<Outcome> {
        if rows.len() > 1 {
            let named = |row: StickerRow| (stem_of(&row), row);
            let options = SaveOptions { with_background: self.backgrounds, ..cx.save_options() };
            let images = Images { stickers: rows.into_iter().map(named).collect(), options };
            return Some(Outcome::SaveImages(images));
        }
        let row = rows.pop()?;
        let with_background = self.backgrounds && row.background_path.is_some();
        let options = SaveOptions { with_background, ..cx.save_options() };
        let source = row.background_path.as_ref().filter(|_| with_background).unwrap_or(&row.path);
        if cx.pictures.get(&PictureName::Full(source.clone())) == Picture::Gone {
            // Said before a place is chosen for nothing.
            cx.complain(sentence(&LibraryError::FileGone { path: source.clone() }));
            return None;
        }
        Some(Outcome::SaveCopy(Box::new(row), options))
    }

    /// Saves a copy under this path.
    pub(in crate::app) fn save_copy(&self, row: StickerRow, path: PathBuf, options: SaveOptions) {
        if let Some(tasks) = &self.tasks {
            tasks.save(row, path, options);
        }
    }

    /// Saves each of these in this folder.
    pub(in crate::app) fn save_images(&self, images: Images, folder: PathBuf) {
        if let Some(tasks) = &self.tasks {
            images.save(&tasks.worker, folder);
        }
    }

    /// Copies stickers.
    fn copy(&self, rows: Vec<StickerRow>, cx: &mut AppContext) {
        if rows.len() > MOST_COPIED {
            let told = format!("At most {MOST_COPIED} stickers are copied at once. Save as… takes any number.");
            return cx.tell(told, None);
        }
        if let Some(tasks) = &self.tasks {
            tasks.copy(rows, cx.save_options(), self.hands_out_files);
        }
    }

    /// Leads a drag of a sticker out of the window, or of all that are chosen when it is one of them.
    fn drag_out(&self, id: StickerId, cx: &mut AppContext) {
        let rows = if self.selection.contains(id) { self.chosen() } else { self.row(id).into_iter().collect() };
        if rows.len() > MOST_COPIED {
            let told = format!("At most {MOST_COPIED} stickers are dragged at once. Save as… takes any number.");
            return cx.tell(told, None);
        }
        if let Some(tasks) = self.tasks.as_ref().filter(|_| self.hands_out_files) {
            tasks.drag_out(rows.into_iter().cloned().collect(), cx.save_options());
        }
    }

    /// Gives all of these a mark, or takes it away when all of them have it.
    fn toggle_mark(&mut self, marked: Vec<(StickerId, Mark)>, mark: Mark, cx: &AppContext) -> Option<Outcome> {
        let wanted = if marked.iter().all(|(_, now)| *now == mark) { Mark::Plain } else { mark };
        self.mark_all(marked, wanted, cx)
    }

    /// Gives one sticker a mark by its card, or takes it away.
    fn mark_one(&mut self, id: StickerId, mark: Mark, on: bool, cx: &AppContext) -> Option<Outcome> {
        let mark = if on { mark } else { Mark::Plain };
        let marked = self.row(id).map(|row| (id, row.mark));
        self.mark_all(marked.into_iter().collect(), mark, cx)
    }

    /// Gives these, which are marked as is said, another mark.
    fn mark_all(&mut self, mut marked: Vec<(StickerId, Mark)>, mark: Mark, cx: &AppContext) -> Option<Outcome> {
        marked.retain(|(_, now)| *now != mark);
        if marked.is_empty() || self.tasks.is_none() {
            return None;
        }
        self.mark_again(marked.iter().map(|(id, _)| (*id, mark)).collect(), cx);
        Some(Outcome::Marked(marked.into_iter().map(|(id, before)| (id, before, mark)).collect()))
    }

    /// Marks these so.
    pub(in crate::app) fn mark_again(&mut self, marks: Vec<(StickerId, Mark)>, cx: &AppContext) {
        self.mark(&marks);
        if let Some(tasks) = &self.tasks {
            tasks.mark(marks, self.query(cx));
        }
    }

    /// Calls the stickers so that the dialog is about.
    fn rename_as(&mut self, typed: &str, cx: &mut AppContext) -> Option<Outcome> {
        cx.dialog = None;
        let named = self.renaming.take()?.named(typed);
        if named.is_empty() || self.tasks.is_none() {
            return None;
        }
        self.name_again(named.iter().map(|(id, _, after)| (*id, after.clone())).collect(), cx);
        Some(Outcome::Named(named))
    }

    /// Calls these so.
    pub(in crate::app) fn name_again(&mut self, names: Vec<(StickerId, String)>, cx: &AppContext) {
        self.rename(&names);
        if let Some(tasks) = &self.tasks {
            tasks.rename(names, self.query(cx));
        }
    }

    /// Moves stickers into the bin, or out of it.
    fn bin(&mut self, ids: Vec<StickerId>, into: bool, cx: &mut AppContext) -> Option<Outcome> {
        let (Some(tasks), true) = (&self.tasks, into != self.in_bin) else { return None };
        tasks.bin(ids.clone(), into, self.query(cx));
        self.take_away(&ids);
        let one = ids.len() == 1;
        let told = match into {
            true if one => "Moved to the library's bin.".to_owned(),
            true => format!("{} stickers moved to the library's bin.", ids.len()),
            false if one => "The sticker is in the gallery again.".to_owned(),
            false => format!("{} stickers are in the gallery again.", ids.len()),
        };
        let answer = into.then(|| ("Undo".to_owned(), ToastAnswer::Restore(ids.clone())));
        cx.tell(told, answer);
        Some(Outcome::Binned { ids, into })
    }

    /// Moves stickers into the bin once more or out of it again, and says so.
    pub(in crate::app) fn bin_again(&mut self, ids: Vec<StickerId>, into: bool, cx: &mut AppContext) {
        let (what, are) =
            if ids.len() == 1 { ("The sticker".to_owned(), "is") } else { (format!("{} stickers", ids.len()), "are") };
        let told = if into { format!("{what} {are} in the bin again.") } else { format!("{what} {are} back.") };
        cx.tell(told, None);
        if into == self.in_bin {
            // They come into sight.
            self.show_again = ids.first().copied();
        } else {
            self.take_away(&ids);
        }
        if let Some(tasks) = &self.tasks {
            tasks.bin(ids, into, self.query(cx));
        }
    }

    /// Shows the bin in place of the library, or goes back.
    pub(in crate::app) fn toggle_bin(&mut self, cx: &AppContext) {
        self.in_bin = !self.in_bin;
        self.rows = Remote::Loading { previous: None };
        self.ask(cx);
    }

    /// Moves what lies in the bin into the system's trash, as the person has decided.
    fn empty_bin(&self, cx: &mut AppContext) -> Option<Outcome> {
        cx.dialog = None;
        self.tasks.as_ref()?.empty_bin(self.query(cx));
        Some(Outcome::EmptiesBin)
    }

    /// Lets in what has come, and shows the newest of it; false when there is none.
    pub(in crate::app) fn show_newest(&mut self) -> bool {
        let newest = self.let_in();
        if let Some(newest) = newest {
            self.select(newest);
        }
        self.notice();
        newest.is_some()
    }
}
