//! The one table of commands: label, tooltip, shortcut and icon of each.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::icons::{self, Icon};

/// Something a person can ask for that needs nothing but its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Make stickers with the settings as they are.
    Make,
    /// Vary one or two settings over a grid, or go back.
    Sweep,
    /// Bring stickers to a platform, or go back.
    Export,
    /// Make one sticker of each expression in a list.
    Expressions,
    /// Pick a photo with the system's dialog.
    PickPhoto,
    /// Use what is on the clipboard.
    Paste,
    /// Type the link of a photo.
    TypeLink,
    /// Choose one of the photos that were used lately.
    RecentPhotos,
    /// Use the bundled portrait.
    UseSample,
    /// Draw in the colours of a palette file.
    PickPalette,
    /// Add space around the face before it is cut.
    AddPadding,
    /// Draw the part of the photo that is sent.
    CropPhoto,
    /// Turn the photo a quarter clockwise.
    TurnPhoto,
    /// The photo as it came, with the crop that is proposed.
    ResetCrop,
    /// Choose where photos go for the hosted service.
    ChooseHost,
    /// See which photos are at hosts, and take them back.
    ShowUploads,
    /// Delete what was made of the photo but its stickers.
    ForgetPhoto,
    /// Take back what was done last.
    Undo,
    /// Redo it.
    Redo,
    /// A new random seed.
    NewSeed,
    /// The next seed.
    NextSeed,
    /// Every setting back to its default.
    ResetAll,
    /// Copy the request as cURL, without the key.
    CopyCurl,
    /// Copy the request as JSON.
    CopyJson,
    /// Copy the settings as text.
    CopySettings,
    /// Save the sticker somewhere.
    SaveAs,
    /// Copy the sticker's picture.
    CopySticker,
    /// Give it a name.
    Rename,
    /// Show its file.
    Reveal,
    /// Star it, or take the star away.
    ToggleStar,
    /// Reject it, or take that back.
    ToggleReject,
    /// Move it to the library's bin.
    Trash,
    /// Bring it back from there.
    Restore,
    /// Show what lies in the bin.
    ShowBin,
    /// Move what lies there into the system's trash.
    EmptyBin,
    /// Choose every sticker that is listed.
    SelectAll,
    /// Use its seed.
    UseSeed,
    /// Use all its settings.
    UseSettings,
    /// See its settings beside the form's.
    Peek,
    /// Show the next sticker.
    NextSticker,
    /// Show the one before.
    PreviousSticker,
    /// Compare with the next sticker.
    NextPartner,
    /// Compare with the one before.
    PreviousPartner,
    /// Show the photo while held.
    HoldToCompare,
    /// Open or close the finishing tools.
    Finish,
    /// A smaller brush.
    SmallerBrush,
    /// A larger brush.
    LargerBrush,
    /// Fit the picture.
    ZoomFit,
    /// One pixel of the picture is one of the screen.
    ZoomActual,
    /// Closer.
    ZoomIn,
    /// Further away.
    ZoomOut,
    /// Go to the gallery's search.
    Search,
    /// Show the newest sticker of the gallery.
    JumpToNewest,
    /// Pause the queue, or let it go on.
    TogglePause,
    /// Drop what waits in line.
    ClearWaiting,
    /// Clear the rows of jobs that are over.
    ClearFinished,
    /// What stickers cost.
    Ledger,
    /// Show or hide the recipe.
    ToggleRecipe,
    /// Show or hide the jobs.
    ToggleJobs,
    /// The gallery over the whole centre, or back.
    ExpandGallery,
    /// Dark or light.
    ToggleTheme,
    /// Enter, test or delete the key.
    EnterKey,
    /// Preferences.
    OpenSettings,
    /// Shortcuts.
    Help,
    /// Find a command by typing.
    Commands,
}

/// What the table says about a command.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Which command this is.
    pub command: Command,
    /// Its name in menus and for assistive technology; ends in `…` when it opens a dialog.
    pub label: &'static str,
    /// What it does, as a sentence.
    pub tooltip: &'static str,
    /// Its shortcut.
    pub shortcut: Option<KeyboardShortcut>,
    /// Its icon.
    pub icon: Option<Icon>,
    /// Does it open a dialog, ours or the system's?
    pub opens_dialog: bool,
}

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

const fn entry(command: Command, label: &'static str, tooltip: &'static str) -> Entry {
    Entry { command, label, tooltip, shortcut: None, icon: None, opens_dialog: false }
}

impl Entry {
    const fn keys(mut self, modifiers: Modifiers, key: Key) -> Self {
        self.shortcut = Some(KeyboardShortcut::new(modifiers, key));
        self
    }

    const fn key(self, key: Key) -> Self {
        self.keys(Modifiers::NONE, key)
    }

    const fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    const fn opens_dialog(mut self) -> Self {
        self.opens_dialog = true;
        self
    }
}

/// Every command, in the order of the help.
pub const COMMANDS: &[Entry] = &[
    entry(Command::Make, "Make sticker", "Makes stickers with these settings.")
        .keys(CTRL, Key::Enter)
        .icon(icons::TICKET),
    entry(Command::Sweep, "Sweep", "Varies one or two settings over a grid, or goes back.")
        .keys(CTRL_SHIFT, Key::Enter)
        .icon(icons::SWEEP),
    entry(Command::Export, "Export", "Brings the chosen stickers to WhatsApp, Telegram and others, or goes back.")
        .keys(CTRL, Key::E)
        .icon(icons::EXPORT),
    entry(
        Command::Expressions,
        "Expressions…",
        "Makes one sticker of each word in a list, as one pack with the same seed.",
    )
    .icon(icons::SMILE)
    .opens_dialog(),
    entry(Command::PickPhoto, "Pick a photo…", "Picks a photo of a face from this computer.")
        .keys(CTRL, Key::O)
        .icon(icons::PHOTO)
        .opens_dialog(),
    entry(Command::Paste, "Paste", "Uses the photo, link or settings on the clipboard.")
        .keys(CTRL, Key::V)
        .icon(icons::PASTE),
    entry(Command::TypeLink, "Type a link…", "Uses a photo from the web.")
        .keys(CTRL, Key::L)
        .icon(icons::LINK)
        .opens_dialog(),
    entry(Command::RecentPhotos, "Recent photos…", "Shows the photos that were used lately, to use one again.")
        .icon(icons::HISTORY)
        .opens_dialog(),
    entry(Command::UseSample, "Sample portrait", "Uses the portrait that comes with the program.").icon(icons::FACE),
    entry(Command::PickPalette, "Choose a palette…", "Draws in the colours of a GIMP palette or an Adobe swatch file.")
        .icon(icons::FOLDER)
        .opens_dialog(),
    entry(Command::AddPadding, "Add padding", "Adds space around the face, so that hair and ears are not cut.")
        .icon(icons::PAD),
    entry(Command::CropPhoto, "Crop the photo", "Draws the part of the photo that is sent.").icon(icons::CROP),
    entry(Command::TurnPhoto, "Turn the photo", "Turns the photo a quarter clockwise.").icon(icons::REDO),
    entry(Command::ResetCrop, "Reset the crop", "Takes crop, padding and turns back.").icon(icons::RESET),
    entry(Command::ChooseHost, "Where photos go…", "Chooses the host that photos go to for Pixazo.")
        .icon(icons::UPLOAD)
        .opens_dialog(),
    entry(Command::ShowUploads, "Photos at hosts…", "Lists the photos that went to a host, and takes them back.")
        .icon(icons::CLOUD)
        .opens_dialog(),
    entry(
        Command::ForgetPhoto,
        "Forget this photo",
        "Deletes what was made ready of it and its copies at hosts; stickers stay.",
    )
    .icon(icons::TRASH),
    entry(Command::Undo, "Undo", "Takes back what you did last: settings, photo, crop, stars, the bin.")
        .keys(CTRL, Key::Z)
        .icon(icons::UNDO),
    entry(Command::Redo, "Redo", "Does again what was taken back.").keys(CTRL_SHIFT, Key::Z).icon(icons::REDO),
    entry(Command::NewSeed, "New random seed", "Draws another random seed.").keys(CTRL, Key::R).icon(icons::DICE),
    entry(Command::NextSeed, "Next seed", "Adds one to the seed.").keys(CTRL_SHIFT, Key::R).icon(icons::PLUS),
    entry(Command::ResetAll, "Reset all settings", "Sets everything back to the documented defaults.")
        .icon(icons::RESET),
    entry(Command::CopyCurl, "Copy as cURL", "Copies the request for a terminal, without the key.").icon(icons::CODE),
    entry(Command::CopyJson, "Copy as JSON", "Copies the request's fields, without the key.").icon(icons::CODE),
    entry(Command::CopySettings, "Copy settings", "Copies the settings as text that can be pasted back.")
        .icon(icons::COPY),
    entry(Command::SaveAs, "Save as…", "Saves the sticker as a picture file.")
        .keys(CTRL, Key::S)
        .icon(icons::SAVE)
        .opens_dialog(),
    entry(Command::CopySticker, "Copy sticker", "Copies the sticker, to paste it as a picture or as a file.")
        .keys(CTRL, Key::C)
        .icon(icons::COPY),
    entry(Command::Rename, "Rename…", "Gives the sticker a name for copies, exports and the search.")
        .key(Key::F2)
        .icon(icons::RENAME)
        .opens_dialog(),
    entry(Command::Reveal, "Show in the file manager", "Shows the sticker's file in its folder.").icon(icons::FOLDER),
    entry(Command::ToggleStar, "Star", "Stars the sticker, or takes the star away.").key(Key::Period).icon(icons::STAR),
    entry(Command::ToggleReject, "Reject", "Dims the sticker, or takes that back.").key(Key::X).icon(icons::REJECT),
    entry(Command::Trash, "Move to the trash", "Moves the sticker to the library's bin; undo brings it back.")
        .key(Key::Delete)
        .icon(icons::TRASH),
    entry(Command::Restore, "Restore", "Brings the sticker back from the bin.")
        .keys(CTRL, Key::Backspace)
        .icon(icons::UNDO),
    entry(Command::ShowBin, "Bin", "Shows what was moved to the library's bin, or goes back.").icon(icons::TRASH),
    entry(Command::EmptyBin, "Empty the bin…", "Moves the stickers in the bin to the system's trash.")
        .keys(CTRL_SHIFT, Key::Backspace)
        .icon(icons::FAIL)
        .opens_dialog(),
    entry(Command::SelectAll, "Select all", "Chooses every sticker that is listed.")
        .keys(CTRL, Key::A)
        .icon(icons::GRID),
    entry(Command::UseSeed, "Use its seed", "Sets the form to the sticker's seed.").key(Key::D).icon(icons::DICE),
    entry(Command::UseSettings, "Use all its settings", "Sets the form to the sticker's settings.")
        .key(Key::R)
        .icon(icons::RESET),
    entry(Command::Peek, "Peek at its settings…", "Shows where its settings differ from the form, to take one or all.")
        .key(Key::P)
        .icon(icons::PEEK)
        .opens_dialog(),
    entry(Command::NextSticker, "Next sticker", "Shows the next sticker.")
        .key(Key::ArrowRight)
        .icon(icons::CHEVRON_RIGHT),
    entry(Command::PreviousSticker, "Previous sticker", "Shows the sticker before.")
        .key(Key::ArrowLeft)
        .icon(icons::CHEVRON_LEFT),
    entry(Command::NextPartner, "Compare with the next", "Picks the next sticker to compare with.")
        .keys(Modifiers::ALT, Key::ArrowRight)
        .icon(icons::COMPARE_SIDES),
    entry(Command::PreviousPartner, "Compare with the one before", "Picks the sticker before to compare with.")
        .keys(Modifiers::ALT, Key::ArrowLeft)
        .icon(icons::COMPARE_SIDES),
    entry(Command::HoldToCompare, "Hold to compare", "Shows the photo while the key is held.")
        .key(Key::Space)
        .icon(icons::COMPARE_FLICKER),
    entry(Command::Finish, "Finish the sticker", "Opens outline, shadow, caption and brush, or closes them.")
        .key(Key::F)
        .icon(icons::LOOKS),
    entry(Command::SmallerBrush, "Smaller brush", "Makes the brush of the cut-out smaller.")
        .key(Key::OpenBracket)
        .icon(icons::MINUS),
    entry(Command::LargerBrush, "Larger brush", "Makes the brush of the cut-out larger.")
        .key(Key::CloseBracket)
        .icon(icons::BRUSH),
    entry(Command::ZoomFit, "Fit", "Fits the picture into the viewer.").key(Key::Num0).icon(icons::ZOOM_FIT),
    entry(Command::ZoomActual, "100 %", "Shows the picture pixel by pixel.").key(Key::Num1),
    entry(Command::ZoomIn, "Zoom in", "Shows the picture larger.").key(Key::Plus).icon(icons::PLUS),
    entry(Command::ZoomOut, "Zoom out", "Shows the picture smaller.").key(Key::Minus).icon(icons::MINUS),
    entry(Command::Search, "Search the gallery", "Finds stickers by words, seed, size or date.")
        .keys(CTRL, Key::F)
        .icon(icons::SEARCH),
    entry(Command::JumpToNewest, "Jump to the newest", "Scrolls the gallery to the newest sticker.")
        .key(Key::Home)
        .icon(icons::ARROW_UP),
    entry(Command::TogglePause, "Pause the queue", "Holds back what is not sent yet, or lets it go on.")
        .icon(icons::PAUSE),
    entry(
        Command::ClearWaiting,
        "Clear waiting jobs",
        "Drops the jobs that wait in line; they were not sent and cost nothing.",
    )
    .icon(icons::STOP),
    entry(
        Command::ClearFinished,
        "Clear finished jobs",
        "Removes the rows of jobs that are over; stickers and spend stay.",
    )
    .icon(icons::CLOSE),
    entry(Command::Ledger, "Spend ledger…", "Lists what stickers cost, to look up, copy or save.")
        .icon(icons::RECEIPT)
        .opens_dialog(),
    entry(Command::ToggleRecipe, "Recipe panel", "Shows or hides the recipe.")
        .keys(CTRL, Key::Num1)
        .icon(icons::PANEL_LEFT),
    entry(Command::ToggleJobs, "Jobs panel", "Shows or hides the jobs.").keys(CTRL, Key::Num2).icon(icons::PANEL_RIGHT),
    entry(Command::ExpandGallery, "Gallery to full height", "Fills the centre with the gallery, or goes back.")
        .keys(CTRL, Key::G)
        .icon(icons::EXPAND),
    entry(Command::ToggleTheme, "Dark or light", "Changes between the dark and the light theme.").icon(icons::MOON),
    entry(Command::EnterKey, "Pixazo key…", "Enters, tests or deletes the key of the hosted service.")
        .icon(icons::KEY)
        .opens_dialog(),
    entry(Command::OpenSettings, "Settings…", "Opens the preferences.")
        .keys(CTRL, Key::Comma)
        .icon(icons::SETTINGS)
        .opens_dialog(),
    entry(Command::Help, "Help and shortcuts…", "Lists every shortcut.").key(Key::F1).icon(icons::HELP).opens_dialog(),
    entry(Command::Commands, "Commands…", "Finds a command by typing.")
        .keys(CTRL, Key::K)
        .icon(icons::SEARCH)
        .opens_dialog(),
];

impl Command {
    /// This command's row of the table.
    pub fn entry(self) -> &'static Entry {
        // The table lists the variants in order; a test holds it to that.
        &COMMANDS[self as usize]
    }

    /// Its name.
    pub fn label(self) -> &'static str {
        self.entry().label
    }

    /// What it does, with its shortcut.
    pub fn tooltip(self) -> String {
        match self.shortcut_text() {
            Some(keys) => format!("{} ({keys})", self.entry().tooltip),
            None => self.entry().tooltip.to_owned(),
        }
    }

    /// Its icon; every command that is shown as one has it.
    pub fn icon(self) -> Icon {
        self.entry().icon.unwrap_or(icons::MORE)
    }
}

#[cfg(test)]
mod tests;
