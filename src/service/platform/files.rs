//! Reading and writing files so that a crash or a power cut leaves the old content or the new, never a part.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::file_error::FileError;

/// Temporary files end with this until they are whole; whoever lists a folder skips them.
pub const UNFINISHED_SUFFIX: &str = ".sticker-booth-part";

/// No file is read that is larger than this, in bytes: as large as the largest photo.
pub const LARGEST_FILE: u64 = 64 << 20;

/// Turns an error of the operating system about `path` into ours.
fn about(path: &Path) -> impl FnOnce(io::Error) -> FileError + '_ {
    move |source| FileError::new(path, source)
}

/// Makes a folder and those above it.
pub fn create_folder(path: &Path) -> Result<(), FileError> {
    fs::create_dir_all(path).map_err(about(path))
}

/// Makes a folder that only this person can look into (0700), and closes one that others could.
pub fn create_private_folder(path: &Path) -> Result<(), FileError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};

        fs::DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(about(path))?;
        let mode = path.metadata().map_err(about(path))?.permissions().mode();
        if mode & 0o077 != 0 {
            fs::set_permissions(path, fs::Permissions::from_mode(0o700)).map_err(about(path))?;
        }
        Ok(())
    }
    #[cfg(not(unix))]
    create_folder(path)
}

/// Makes an empty file that only this person can read (0600), unless there is one.
pub fn create_private_file(path: &Path) -> Result<(), FileError> {
    let mut options = fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(about(path))
}

/// Reads a whole file of at most [`LARGEST_FILE`]. A pipe or a device, which may never end, is refused.
pub fn read_file(path: &Path) -> Result<Vec<u8>, FileError> {
    // Asked before opening: to open a pipe would wait for its writer.
    let metadata = path.metadata().map_err(about(path))?;
    if !metadata.is_file() {
        return Err(FileError::NotAFile { path: path.to_path_buf() });
    }
    let mut bytes = Vec::with_capacity(metadata.len().min(LARGEST_FILE) as usize);
    // One byte more than allowed shows a file that is too large, or grew meanwhile.
    File::open(path).and_then(|file| file.take(LARGEST_FILE + 1).read_to_end(&mut bytes)).map_err(about(path))?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(FileError::TooLarge { path: path.to_path_buf() });
    }
    Ok(bytes)
}

/// Writes a file durably, in place of what was there. Others may read it as far as the person's umask allows.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    write(&landing(path)?, bytes, Reader::Anyone, true)
}

/// Like [`write_atomically`], but refuses with [`FileError::Exists`] when the name is taken and may not be replaced.
pub fn save_atomically(path: &Path, bytes: &[u8], replace: bool) -> Result<(), FileError> {
    if replace { write_atomically(path, bytes) } else { write_new_atomically(path, bytes) }
}

/// Like [`write_atomically`], but only this person can read the file (0600).
pub fn write_private_atomically(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    write(&landing(path)?, bytes, Reader::ThisPerson, true)
}

/// Like [`write_atomically`], but refuses with [`FileError::Exists`] when the name is taken.
pub fn write_new_atomically(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    write(path, bytes, Reader::Anyone, false)
}

/// Where a file lands that takes the place of what is there: a link stays, and leads to the new file. What is no file, a
/// pipe or a device, is never replaced by one.
fn landing(path: &Path) -> Result<PathBuf, FileError> {
    let is_link = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    let landing = if is_link {
        fs::canonicalize(path).unwrap_or_else(|_dangling| path.to_path_buf())
    } else {
        path.to_path_buf()
    };
    match fs::metadata(&landing) {
        Ok(metadata) if !metadata.is_file() && !metadata.is_dir() => {
            Err(FileError::NotAFile { path: path.to_path_buf() })
        }
        _ => Ok(landing),
    }
}

/// Gives a whole file its name.
fn persist(unfinished: NamedTempFile, path: &Path, replace: bool) -> Result<(), FileError> {
    let named = |unfinished: NamedTempFile| {
        unfinished.persist(path).map(drop).map_err(|error| FileError::new(path, error.error))
    };
    if replace {
        return named(unfinished);
    }
    match unfinished.persist_noclobber(path) {
        Ok(_) => Ok(()),
        Err(refused) => {
            if refused.error.kind() == ErrorKind::AlreadyExists || is_taken(path) {
                return Err(FileError::Exists { path: path.to_path_buf() });
            }
            // Some network and memory-card file systems know neither way of renaming without replacing.
            named(refused.file)
        }
    }
}

/// Writes a new file durably as it comes, whole or not at all; refuses a name that is taken unless it may `replace` it.
pub fn write_atomically_as_it_comes<E: From<FileError>>(
    path: &Path,
    replace: bool,
    fill: impl FnOnce(&mut dyn io::Write) -> Result<(), E>,
) -> Result<(), E> {
    if !replace && is_taken(path) {
        return Err(FileError::Exists { path: path.to_path_buf() }.into());
    }
    let path = &landing(path)?;
    let mut unfinished = unfinished_file(path, Reader::Anyone)?;
    let mut buffered = io::BufWriter::new(unfinished.as_file_mut());
    fill(&mut buffered)?;
    buffered.flush().map_err(about(path))?;
    drop(buffered);
    unfinished.as_file().sync_all().map_err(about(path))?;
    persist(unfinished, path, replace)?;
    Ok(sync_folder_of(path)?)
}

/// Who may read a new file.
#[derive(Clone, Copy)]
enum Reader {
    Anyone,
    ThisPerson,
}

fn write(path: &Path, bytes: &[u8], reader: Reader, replace: bool) -> Result<(), FileError> {
    let mut unfinished = unfinished_file(path, reader)?;
    unfinished.write_all(bytes).map_err(about(path))?;
    unfinished.as_file().sync_all().map_err(about(path))?;
    persist(unfinished, path, replace)?;
    sync_folder_of(path)
}

/// An empty file beside `path`, under a name that whoever lists the folder skips.
fn unfinished_file(path: &Path, reader: Reader) -> Result<NamedTempFile, FileError> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".").suffix(UNFINISHED_SUFFIX);
    #[cfg(unix)]
    if matches!(reader, Reader::Anyone) {
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    builder.tempfile_in(folder_of(path)).map_err(about(path))
}

/// Makes a rename in the folder of `path` durable.
pub fn sync_folder_of(path: &Path) -> Result<(), FileError> {
    #[cfg(unix)]
    {
        let folder = folder_of(path);
        let done = File::open(folder).and_then(|folder| folder.sync_all());
        match done {
            // Some network file systems cannot sync a folder; the rename itself has happened.
            Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
            other => other.map_err(about(folder)),
        }
    }
    #[cfg(not(unix))]
    {
        // Windows has no such call; NTFS journals its renames.
        _ = path;
        Ok(())
    }
}

/// Is there something of this name, be it a link that leads nowhere?
pub fn is_taken(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Do both paths lead to one and the same file, also by links of any kind? What is not there is no file.
///
/// On Unix that is the same device and inode; elsewhere the same resolved path.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;

        let identity = |path: &Path| fs::metadata(path).ok().map(|metadata| (metadata.dev(), metadata.ino()));
        identity(one).is_some_and(|found| Some(found) == identity(other))
    }
    #[cfg(not(unix))]
    {
        let resolved = |path: &Path| fs::canonicalize(path).ok();
        resolved(one).is_some_and(|found| Some(found) == resolved(other))
    }
}

/// The longest file name that is made up here, in bytes: what eCryptfs, as the strictest, leaves of the usual 255.
pub const LONGEST_NAME: usize = 143;

/// As much of `stem` as fits into a file name before `rest`, ending between two characters.
pub fn fitted<'a>(stem: &'a str, rest: &str) -> &'a str {
    &stem[..stem.floor_char_boundary(LONGEST_NAME.saturating_sub(rest.len()))]
}

/// Puts a broken file out of the way as `name.broken-1`, `…-2`, and tells where it went.
pub fn set_aside(path: &Path) -> Result<PathBuf, FileError> {
    let mut number = 1;
    loop {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".broken-{number}"));
        let aside = PathBuf::from(name);
        if !is_taken(&aside) {
            fs::rename(path, &aside).map_err(about(path))?;
            sync_folder_of(path)?;
            return Ok(aside);
        }
        number += 1;
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests;
