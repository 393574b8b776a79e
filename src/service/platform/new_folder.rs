//! Folders of files that are written as one.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::{FileError, fitted, sync_folder_of};

/// A folder is read no further than so many files.
const MOST_FILES: usize = 4000;

/// A folder is read no further than so many bytes.
const MOST_BYTES: u64 = 1 << 30;

/// Writes files into a new folder below `parent`, under the first free name of `name`, `name-2`, `name-3` and so on.
///
/// Paths of the files are parted by `/`. When one cannot be written, those before it are taken away again.
pub fn write_new_folder<'a>(
    parent: &Path,
    name: &str,
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
) -> Result<PathBuf, FileError> {
    let folder = claim(parent, name)?;
    let mut made = Made { files: Vec::new(), folders: vec![folder.clone()] };
    match files.into_iter().try_for_each(|(path, bytes)| made.write(&folder, path, bytes)) {
        Ok(()) => {
            sync_folder_of(&folder.join("file"))?;
            sync_folder_of(&folder)?;
            Ok(folder)
        }
        Err(error) => {
            made.take_away();
            Err(error)
        }
    }
}

/// All files of a folder and those below it, by their paths parted by `/`. Hidden ones are passed over.
pub fn read_folder(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, FileError> {
    let mut files = Vec::new();
    let mut bytes = 0;
    let mut waiting = vec![(folder.to_path_buf(), String::new())];
    while let Some((folder, prefix)) = waiting.pop() {
        let failed = |error| FileError::new(&folder, error);
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let kind = entry.file_type().map_err(failed)?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            if name.starts_with('.') {
                continue;
            }
            let path = format!("{prefix}{name}");
            if kind.is_dir() {
                waiting.push((entry.path(), format!("{path}/")));
            } else if kind.is_file() && files.len() < MOST_FILES && bytes < MOST_BYTES {
                let content = fs::read(entry.path()).map_err(|error| FileError::new(&entry.path(), error))?;
                bytes += content.len() as u64;
                files.push((path, content));
            }
        }
    }
    files.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(files)
}

/// Makes a folder that nobody else has; making it is what claims the name.
fn claim(parent: &Path, name: &str) -> Result<PathBuf, FileError> {
    fs::create_dir_all(parent).map_err(|error| FileError::new(parent, error))?;
    let mut number = 1_u32;
    loop {
        let end = if number == 1 { String::new() } else { format!("-{number}") };
        let folder = parent.join(format!("{}{end}", fitted(name, &end)));
        match fs::create_dir(&folder).map_err(|error| FileError::new(&folder, error)) {
            Ok(()) => return Ok(folder),
            Err(FileError::Exists { .. }) => number += 1,
            Err(error) => return Err(error),
        }
    }
}

/// What was made so far.
struct Made {
    files: Vec<PathBuf>,
    /// Each after the one that it lies in.
    folders: Vec<PathBuf>,
}

impl Made {
    fn write(&mut self, folder: &Path, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        let mut place = folder.to_path_buf();
        let mut parts = path.split('/').peekable();
        while let Some(part) = parts.next() {
            place.push(part);
            if parts.peek().is_some() && !self.folders.contains(&place) {
                fs::create_dir(&place).map_err(|error| FileError::new(&place, error))?;
                self.folders.push(place.clone());
            }
        }
        let failed = |error| FileError::new(&place, error);
        let mut file = File::create_new(&place).map_err(failed)?;
        self.files.push(place.clone());
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)
    }

    /// Deletes what was made and nothing else: a folder that somebody else has put something into stays.
    fn take_away(&self) {
        let files = self.files.iter().map(fs::remove_file);
        let folders = self.folders.iter().rev().map(fs::remove_dir);
        for error in files.chain(folders).filter_map(Result::err) {
            tracing::warn!(%error, "something of an unfinished export stays");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: [(&str, &[u8]); 2] = [("a/b/c.txt", b"c"), ("d.txt", b"d")];

    #[test]
    fn a_taken_name_gets_a_number_and_keeps_what_it_has() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("pack"), "mine").unwrap();
        let first = write_new_folder(root.path(), "pack", FILES).unwrap();
        let second = write_new_folder(root.path(), "pack", FILES).unwrap();
        assert_eq!([first.as_path(), second.as_path()], [root.path().join("pack-2"), root.path().join("pack-3")]);
        assert_eq!(fs::read(root.path().join("pack")).unwrap(), b"mine");
        let expected = FILES.map(|(path, bytes)| (path.to_owned(), bytes.to_vec()));
        assert_eq!(read_folder(&second).unwrap(), expected);
    }

    #[test]
    fn what_cannot_be_finished_is_taken_away() {
        let root = tempfile::tempdir().unwrap();
        let clash = [("a.txt", b"a".as_slice()), ("a.txt/b.txt", b"b")];
        assert!(write_new_folder(root.path(), "pack", clash).is_err());
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0);
    }
}
