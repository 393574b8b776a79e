//! What was paid for and cannot become a sticker: kept as it came, in private files that nothing here deletes.

use std::fs::File;
use std::io;
use std::path::PathBuf;

use tempfile::NamedTempFile;

use super::photos::sha256_hex;
use crate::model::JobId;
use crate::picture::sniff;
use crate::platform::{FileError, create_private_folder, sync_folder_of, write_private_atomically};

/// As much of an id or a hash as tells files apart.
const SHORT: usize = 8;

/// The folder of results that are kept as they came.
#[derive(Clone, Debug)]
pub(super) struct Results {
    folder: PathBuf,
}

/// A result on its way into the folder, which vanishes unless it is finished.
pub(super) struct Unfinished {
    file: NamedTempFile,
    path: PathBuf,
}

impl Results {
    /// Results in `folder`, which is made when the first one comes.
    pub(super) const fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Keeps `bytes` durably under the job's id, and tells where; the same bytes are kept once.
    pub(super) fn keep(&self, job: &JobId, bytes: &[u8]) -> Result<PathBuf, FileError> {
        create_private_folder(&self.folder)?;
        let extension = match sniff(bytes) {
            Some(format) => format.extension(),
            None if std::str::from_utf8(bytes).is_ok() => "txt",
            None => "bin",
        };
        let path = self.path(job, &sha256_hex(bytes), extension);
        write_private_atomically(&path, bytes)?;
        Ok(path)
    }

    /// Begins to keep what is too large for memory, from `source`: its link, or the request whose answer it is.
    pub(super) fn begin(&self, job: &JobId, source: &str) -> Result<Unfinished, FileError> {
        create_private_folder(&self.folder)?;
        let path = self.path(job, &sha256_hex(source.as_bytes()), "bin");
        let file = NamedTempFile::new_in(&self.folder).map_err(|error| FileError::new(&self.folder, error))?;
        Ok(Unfinished { file, path })
    }

    fn path(&self, job: &JobId, hash: &str, extension: &str) -> PathBuf {
        let short = |text: &str| text.chars().take(SHORT).collect::<String>();
        self.folder.join(format!("{}-{}.{extension}", short(&job.0), short(hash)))
    }
}

impl Unfinished {
    /// Where its bytes go.
    pub(super) fn file(&self) -> io::Result<File> {
        self.file.as_file().try_clone()
    }

    /// Gives it its name, by what its first bytes are, now that all of them are written and synced.
    pub(super) fn finish(self) -> Result<PathBuf, FileError> {
        let mut head = [0; 64];
        let read = self.file.reopen().and_then(|mut file| io::Read::read(&mut file, &mut head)).unwrap_or_default();
        let path = match sniff(&head[..read]) {
            Some(format) => self.path.with_extension(format.extension()),
            None => self.path,
        };
        self.file.persist(&path).map_err(|error| FileError::new(&path, error.error))?;
        sync_folder_of(&path)?;
        Ok(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job() -> JobId {
        JobId("0123456789abcdef".into())
    }

    #[test]
    fn a_result_is_kept_once_under_its_job_with_the_ending_of_what_it_is() {
        let root = tempfile::tempdir().unwrap();
        let results = Results::at(root.path().join("results"));
        for (bytes, extension) in [(&b"GIF89a\x01"[..], "gif"), (b"\xff\x0a\xfa\x80", "jxl"), (b"data:,x", "txt")] {
            let path = results.keep(&job(), bytes).unwrap();
            assert_eq!(results.keep(&job(), bytes).unwrap(), path);
            assert_eq!(std::fs::read(&path).unwrap(), bytes);
            let name = path.file_name().unwrap().to_str().unwrap();
            assert!(name.starts_with("01234567-") && name.ends_with(extension), "{name}");
        }
        assert_eq!(std::fs::read_dir(root.path().join("results")).unwrap().count(), 3);
    }

    #[test]
    fn what_is_too_large_for_memory_gets_its_name_when_it_is_whole() {
        let root = tempfile::tempdir().unwrap();
        let results = Results::at(root.path().to_path_buf());
        drop(results.begin(&job(), "https://r.example/a").unwrap());
        assert_eq!(std::fs::read_dir(root.path()).unwrap().count(), 0);
        let unfinished = results.begin(&job(), "https://r.example/a").unwrap();
        io::Write::write_all(&mut unfinished.file().unwrap(), b"\x89PNG\r\n\x1a\n").unwrap();
        let path = unfinished.finish().unwrap();
        assert_eq!(path.extension().unwrap(), "png");
        assert_eq!(std::fs::read(path).unwrap(), b"\x89PNG\r\n\x1a\n");
    }
}
