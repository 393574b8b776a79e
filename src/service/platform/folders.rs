//! Where this program keeps what it keeps.

use std::path::{Path, PathBuf};

use directories::{ProjectDirs, UserDirs};

use super::{FileError, create_folder, create_private_folder};

/// The folders of one person's Sticker Booth; the paths of all files in them are named here and nowhere else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    data: PathBuf,
    cache: PathBuf,
    library: PathBuf,
}

impl Folders {
    /// The usual places on this computer; `None` when there is no home folder.
    pub fn usual() -> Option<Self> {
        let project = ProjectDirs::from("", "", "sticker-booth")?;
        let person = UserDirs::new()?;
        let pictures = person.picture_dir().map_or_else(|| person.home_dir().join("Pictures"), Path::to_path_buf);
        Some(Self {
            data: project.data_dir().to_path_buf(),
            cache: project.cache_dir().to_path_buf(),
            library: pictures.join("Sticker Booth"),
        })
    }

    /// Everything under one folder, as `--data-dir` asks.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        let data = folder.into();
        Self { cache: data.join("cache"), library: data.join("library"), data }
    }

    /// The same with the library somewhere else, as the settings may ask.
    #[must_use]
    pub fn with_library(self, library: impl Into<PathBuf>) -> Self {
        Self { library: library.into(), ..self }
    }

    /// Makes the folders that are missing; those with photos and jobs are for this person's eyes only.
    pub fn create(&self) -> Result<(), FileError> {
        let private =
            [self.data(), &self.run(), &self.photos(), &self.recent_photos(), &self.results(), &self.thumbnails()];
        for private in private {
            create_private_folder(private)?;
        }
        create_folder(&self.library)
    }

    /// Databases, settings and all that must outlive the program.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The finished stickers.
    pub fn library(&self) -> &Path {
        &self.library
    }

    /// Prepared photos of open jobs, named by their content.
    pub fn photos(&self) -> PathBuf {
        self.data.join("photos")
    }

    /// What was paid for and cannot become a sticker, as it came.
    pub fn results(&self) -> PathBuf {
        self.data.join("results")
    }

    /// Copies of the photos that were used lately, named by their content.
    pub fn recent_photos(&self) -> PathBuf {
        self.data.join("recent")
    }

    /// The copy of the photo whose bytes have this SHA-256.
    pub fn recent_photo(&self, sha256: &str) -> PathBuf {
        self.recent_photos().join(sha256)
    }

    /// Locks of the running processes.
    pub fn run(&self) -> PathBuf {
        self.data.join("run")
    }

    /// Small pictures of stickers, which may be deleted at any time.
    pub fn thumbnails(&self) -> PathBuf {
        self.cache.join("thumbnails")
    }

    /// Copies of stickers that were put on the clipboard, which may be deleted once something else is.
    pub fn clipboard(&self) -> PathBuf {
        self.cache.join("clipboard")
    }

    /// Copies of stickers that were dragged into another program last, which may still be reading them.
    pub fn dragged(&self) -> PathBuf {
        self.cache.join("dragged")
    }

    /// Held by the one window. Not named `.lock` like those of processes, which are swept.
    pub fn window_lock(&self) -> PathBuf {
        self.run().join("window")
    }

    /// Where the one window listens for a second start.
    pub fn window_address(&self) -> PathBuf {
        self.run().join("window-address")
    }

    /// The journal of jobs and the ledger.
    pub fn journal(&self) -> PathBuf {
        self.data.join("journal.sqlite")
    }

    /// The index of the libraries, rebuildable from their files.
    pub fn index(&self) -> PathBuf {
        self.data.join("index.sqlite")
    }

    /// What the person prefers.
    pub fn settings(&self) -> PathBuf {
        self.data.join("settings.json")
    }

    /// The hosts that photos may go to.
    pub fn photo_hosts(&self) -> PathBuf {
        self.data.join("photo-hosts.json")
    }

    /// The ledger of photos that went to hosts.
    pub fn uploads(&self) -> PathBuf {
        self.data.join("uploads.sqlite")
    }

    /// The person's own presets.
    pub fn presets(&self) -> PathBuf {
        self.data.join("presets.json")
    }

    /// The person's own sweeps.
    pub fn sweeps(&self) -> PathBuf {
        self.data.join("sweeps.json")
    }

    /// What the window remembers of its layout.
    pub fn layout(&self) -> PathBuf {
        self.data.join("layout.json")
    }

    /// What the person was at when the window was closed.
    pub fn session(&self) -> PathBuf {
        self.data.join("session.json")
    }

    /// Where the window stood, as its framework keeps it.
    pub fn window_state(&self) -> PathBuf {
        self.data.join("window.ron")
    }

    /// Bytes to give up when the disk is full.
    pub fn ballast(&self) -> PathBuf {
        self.data.join("ballast")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_a_data_folder_everything_lies_under_it() {
        let folders = Folders::at("/somewhere");
        for path in [
            folders.data().to_path_buf(),
            folders.library().to_path_buf(),
            folders.photos(),
            folders.results(),
            folders.run(),
            folders.thumbnails(),
            folders.clipboard(),
            folders.journal(),
            folders.index(),
            folders.settings(),
            folders.presets(),
            folders.sweeps(),
            folders.layout(),
            folders.photo_hosts(),
            folders.uploads(),
            folders.window_state(),
            folders.ballast(),
        ] {
            assert!(path.starts_with("/somewhere"), "{}", path.display());
        }
    }

    #[test]
    fn the_library_can_lie_elsewhere_while_the_databases_stay() {
        let folders = Folders::at("/somewhere").with_library("/nas/stickers");
        assert_eq!(folders.library(), Path::new("/nas/stickers"));
        assert_eq!(folders.index(), Path::new("/somewhere/index.sqlite"));
    }

    #[cfg(unix)]
    #[test]
    fn photos_and_jobs_are_for_this_person_only() {
        use std::os::unix::fs::PermissionsExt as _;

        let root = tempfile::tempdir().unwrap();
        let folders = Folders::at(root.path().join("data"));
        folders.create().unwrap();
        for private in [folders.data(), &folders.photos(), &folders.results(), &folders.run()] {
            assert_eq!(private.metadata().unwrap().permissions().mode() & 0o777, 0o700, "{}", private.display());
        }
    }
}
