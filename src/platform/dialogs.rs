//! The desktop's own file dialogs, asked on the UI thread and answered elsewhere.

use std::future::Future;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use rfd::{AsyncFileDialog, FileHandle};

/// How a file dialog ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picked {
    /// The person chose this.
    Path(PathBuf),
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
        answer(self.dialog().pick_file())
    }

    /// Asks for a folder. Call on the UI thread; await anywhere.
    pub fn pick_folder(self) -> impl Future<Output = Picked> + Send + 'static {
        answer(self.dialog().pick_folder())
    }

    /// Asks where to save; the dialog itself asks before replacing a file. Call on the UI thread; await anywhere.
    pub fn save_file(self) -> impl Future<Output = Picked> + Send + 'static {
        answer(self.dialog().save_file())
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

async fn answer(dialog: impl Future<Output = Option<FileHandle>> + Send + 'static) -> Picked {
    let began = Instant::now();
    let chosen = dialog.await.map(|file| file.path().to_path_buf());
    judge(chosen, began.elapsed())
}

fn judge(chosen: Option<PathBuf>, took: Duration) -> Picked {
    match chosen {
        Some(path) => Picked::Path(path),
        None if took < FASTEST_PERSON => Picked::NoDialogHere,
        None => Picked::Cancelled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_cancels_within_a_third_of_a_second() {
        assert_eq!(judge(None, Duration::from_millis(16)), Picked::NoDialogHere);
        assert_eq!(judge(None, Duration::from_millis(800)), Picked::Cancelled);
        assert_eq!(judge(Some("/a.png".into()), Duration::from_millis(16)), Picked::Path("/a.png".into()));
    }
}
