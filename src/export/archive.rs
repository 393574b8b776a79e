//! ZIP and tar archives, in memory.

use std::io::{Cursor, Read as _, Write as _};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::{ExportError, Files};

/// A file in an archive is read no further than this, in bytes.
const LARGEST_FILE: u64 = 16 << 20;

/// An archive with more files than this is not read.
const MOST_FILES: usize = 1000;

/// A ZIP archive of these files, stored as they are since pictures are compressed already.
pub fn zip(name: &str, files: &Files) -> Result<Vec<u8>, ExportError> {
    let failed = |detail: String| ExportError::Archive { file: name.to_owned(), detail };
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).unix_permissions(0o644);
    for (path, bytes) in files.iter() {
        archive.start_file(path, options).map_err(|error| failed(error.to_string()))?;
        archive.write_all(bytes).map_err(|error| failed(error.to_string()))?;
    }
    archive.finish().map(Cursor::into_inner).map_err(|error| failed(error.to_string()))
}

/// A gzipped tar archive of these files.
pub fn tar_gz(name: &str, files: &Files) -> Result<Vec<u8>, ExportError> {
    let failed = |error: std::io::Error| ExportError::Archive { file: name.to_owned(), detail: error.to_string() };
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (path, bytes) in files.iter() {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, path, bytes).map_err(failed)?;
    }
    archive.into_inner().and_then(GzEncoder::finish).map_err(failed)
}

/// The files of a ZIP archive; the error says what is wrong with it.
pub fn unzip(bytes: &[u8]) -> Result<Files, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    if archive.len() > MOST_FILES {
        return Err(format!("it holds {} files", archive.len()));
    }
    let mut files = Files::default();
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|error| error.to_string())?;
        if file.is_dir() {
            continue;
        }
        let name = file.name().to_owned();
        let mut content = Vec::new();
        file.take(LARGEST_FILE).read_to_end(&mut content).map_err(|error| error.to_string())?;
        files.add(name, content);
    }
    Ok(files)
}

/// The files of a gzipped tar archive; the error says what is wrong with it.
pub fn untar_gz(bytes: &[u8]) -> Result<Files, String> {
    let mut archive = tar::Archive::new(GzDecoder::new(bytes));
    let mut files = Files::default();
    for entry in archive.entries().map_err(|error| error.to_string())?.take(MOST_FILES) {
        let entry = entry.map_err(|error| error.to_string())?;
        let name = entry.path().map_err(|error| error.to_string())?.to_string_lossy().into_owned();
        let mut content = Vec::new();
        entry.take(LARGEST_FILE).read_to_end(&mut content).map_err(|error| error.to_string())?;
        files.add(name, content);
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked() {
        let mut files = Files::default();
        files.add("title.txt", "Eileen says");
        files.add("01.webp", vec![7; 70_000]);
        assert_eq!(unzip(&zip("a.zip", &files).unwrap()).unwrap(), files);
        assert_eq!(untar_gz(&tar_gz("a.tar.gz", &files).unwrap()).unwrap(), files);
    }

    #[test]
    fn what_is_no_archive_is_refused() {
        assert!(unzip(b"no archive").is_err());
        assert!(untar_gz(b"no archive").is_err());
    }
}
