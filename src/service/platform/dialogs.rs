//! The desktop's own file dialogs, asked on the UI thread and answered elsewhere.

use std::future::Future;
use std::path::PathBuf;
use std::time::Duration;

use rfd::{AsyncFileDialog, FileHandle};

use super::Clock;

/// How a file dialog ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picked {
    /// The person chose this.
    Path(PathBuf),
    /// The person chose these, two or more.
    Paths(Vec<PathBuf>),
    /// The person closed the dialog.
    Cancelled,
    /// This session has no file dialogs: offer a field for the path.
    NoDialogHere,
}

/// A dialog that shows up and is closed by a person takes longer than this; without a portal and zenity "cancelled"
/// comes within 16 ms.
const FASTEST_PERSON: Duration = Duration::from_millis(300);

/// Tell the person that the dialog takes its time, and offer a field for the path, after this long: a portal that
/// never answers costs 25 s.
pub const SLOW_AFTER: Duration = Duration::from_secs(5);

/// A kind of file that a dialog offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileFilter {
    /// Its name for people, such as `Photos`.
    pub name: &'static str,
    /// Its file name extensions without the dot.
    pub extensions: &'static [&'static str],
}

/// What a file dialog should ask. The desktop may ignore title and folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileQuestion {
    /// Words at the top of the dialog.
    pub title: String,
    /// Where to begin.
    pub folder: Option<PathBuf>,
    /// The proposed name when saving.
    pub file_name: Option<String>,
    /// Kinds of files on offer; none means all.
    pub filters: Vec<FileFilter>,
}

impl FileQuestion {
    /// Asks for one file to read. Call on the UI thread; await anywhere.
    pub fn pick_file(self) -> impl Future<Output = Picked> + Send + 'static {
        answer(one(self.dialog().pick_file()))
    }

    /// Asks for one file to read, or several. Call on the UI thread; await anywhere.
    pub fn pick_files(self) -> impl Future<Output = Picked> + Send + 'static {
        answer(self.dialog().pick_files())
    }

    /// Asks for a folder. Call on the UI thread; await anywhere.
    pub fn pick_folder(self) -> impl Future<Output = Picked> + Send + 'static {
        answer(one(self.dialog().pick_folder()))
    }

    /// Asks where to save; the dialog itself asks before replacing a file. Call on the UI thread; await anywhere.
    pub fn save_file(self) -> impl Future<Output = Picked> + Send + 'static {
        answer(one(self.dialog().save_file()))
    }

    fn dialog(self) -> AsyncFileDialog {
        let Self { title, folder, file_name, filters } = self;
        let mut dialog = AsyncFileDialog::new().set_title(title);
        if let Some(folder) = folder {
            dialog = dialog.set_directory(folder);
        }
        if let Some(file_name) = file_name {
            dialog = dialog.set_file_name(file_name);
        }
        filters.iter().fold(dialog, |dialog, filter| dialog.add_filter(filter.name, filter.extensions))
    }
}

/// The answer of a dialog for one file as that of one for several.
async fn one(dialog: impl Future<Output = Option<FileHandle>> + Send + 'static) -> Option<Vec<FileHandle>> {
    dialog.await.map(|file| vec![file])
}

async fn answer(dialog: impl Future<Output = Option<Vec<FileHandle>>> + Send + 'static) -> Picked {
    let began = Clock::real().instant();
    let chosen = dialog.await.unwrap_or_default();
    judge(chosen.iter().map(|file| file.path().to_path_buf()).collect(), began.elapsed())
}

fn judge(mut chosen: Vec<PathBuf>, took: Duration) -> Picked {
    match (chosen.pop(), chosen.is_empty()) {
        (Some(path), true) => Picked::Path(path),
        (Some(last), false) => {
            chosen.push(last);
            Picked::Paths(chosen)
        }
        (None, _) if took < FASTEST_PERSON => Picked::NoDialogHere,
        (None, _) => Picked::Cancelled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_cancels_within_a_third_of_a_second() {
        assert_eq!(judge(Vec::new(), Duration::from_millis(16)), Picked::NoDialogHere);
        assert_eq!(judge(Vec::new(), Duration::from_millis(800)), Picked::Cancelled);
        let [a, b] = ["/a.png", "/b.png"].map(PathBuf::from);
        assert_eq!(judge(vec![a.clone()], Duration::from_millis(16)), Picked::Path(a.clone()));
        assert_eq!(judge(vec![a.clone(), b.clone()], Duration::from_millis(16)), Picked::Paths(vec![a, b]));
    }
}
