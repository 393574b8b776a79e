//! Where `make` writes: names derived from the photos, never over a file that nobody named.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// Why the words after `-o` do not work.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum NameError {
    /// One file for several stickers.
    #[error("{stickers} stickers do not fit into one file; name a folder after -o instead of {}", path.display())]
    SeveralInOneFile {
        /// How many were asked for.
        stickers: usize,
        /// The file that was named.
        path: PathBuf,
    },
    /// A file type that is not written.
    #[error("stickers are written as PNG; name a file that ends in .png instead of {}", path.display())]
    NotPng {
        /// The file that was named.
        path: PathBuf,
    },
}

/// Where results go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Exactly this file, which may be replaced.
    File(PathBuf),
    /// Into this folder, under a free name.
    Folder(PathBuf),
    /// Beside each photo, under a free name.
    BesidePhoto,
}

impl Target {
    /// What the words after `-o` mean when `stickers` are made; `is_folder` tells whether the path is a folder now.
    pub(super) fn of(
        output: Option<&Path>,
        stickers: usize,
        is_folder: impl Fn(&Path) -> bool,
    ) -> Result<Self, NameError> {
        let Some(path) = output else { return Ok(Self::BesidePhoto) };
        let ends_as_folder = path.as_os_str().to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]);
        if ends_as_folder || is_folder(path) {
            return Ok(Self::Folder(path.to_path_buf()));
        }
        match path.extension() {
            None if stickers > 1 => Ok(Self::Folder(path.to_path_buf())),
            Some(_) if stickers > 1 => Err(NameError::SeveralInOneFile { stickers, path: path.to_path_buf() }),
            Some(extension) if extension.eq_ignore_ascii_case("png") => Ok(Self::File(path.to_path_buf())),
            _ => Err(NameError::NotPng { path: path.to_path_buf() }),
        }
    }
}

/// Gives every sticker its name, and none twice.
#[derive(Debug)]
pub(super) struct Names<F> {
    target: Target,
    /// Is there something under this path already?
    exists: F,
    given: HashSet<PathBuf>,
}

impl<F: Fn(&Path) -> bool> Names<F> {
    pub(super) fn new(target: Target, exists: F) -> Self {
        Self { target, exists, given: HashSet::new() }
    }

    /// The file for the next sticker of `photo`, a path or link.
    pub(super) fn next(&mut self, photo: &str) -> PathBuf {
        let (beside, stem) = place_and_stem(photo);
        let folder = match &self.target {
            Target::File(path) => return path.clone(),
            Target::Folder(folder) => folder.clone(),
            Target::BesidePhoto => beside,
        };
        let mut number = 1_u32;
        loop {
            let name = if number == 1 { format!("{stem}-sticker.png") } else { format!("{stem}-sticker-{number}.png") };
            let path = folder.join(name);
            let free = !(self.exists)(&path) && !(self.exists)(&background_of(&path));
            if free && self.given.insert(path.clone()) {
                return path;
            }
            number += 1;
        }
    }
}

/// The file for the picture with its background: `…-background.png` beside the cut-out.
pub(super) fn background_of(cutout: &Path) -> PathBuf {
    let stem = cutout.file_stem().unwrap_or_default().to_string_lossy();
    cutout.with_file_name(format!("{stem}-background.png"))
}

/// The folder that belongs to a photo (the current one for links) and its name without folder and extension.
fn place_and_stem(photo: &str) -> (PathBuf, String) {
    if let Some(rest) = photo.strip_prefix("https://").or_else(|| photo.strip_prefix("http://")) {
        let path = rest.split(['?', '#']).next().unwrap_or_default();
        let last = path.split('/').skip(1).filter(|part| !part.is_empty()).last().unwrap_or("photo");
        let stem: String = last
            .rsplit_once('.')
            .map_or(last, |(stem, _)| stem)
            .chars()
            .filter(|character| is_plain(*character))
            .collect();
        return (PathBuf::new(), if stem.is_empty() { "photo".to_owned() } else { stem });
    }
    let path = Path::new(photo);
    let stem = path.file_stem().map_or_else(|| "photo".to_owned(), |stem| stem.to_string_lossy().into_owned());
    (path.parent().map(Path::to_path_buf).unwrap_or_default(), stem)
}

/// A link's name comes from somebody else: only characters that no file system minds.
fn is_plain(character: char) -> bool {
    character.is_alphanumeric() || "-_ ".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_told_from_a_file() {
        let target =
            |path: &str, stickers| Target::of(Some(Path::new(path)), stickers, |path| path == Path::new("old"));
        assert_eq!(target("out.png", 1), Ok(Target::File("out.png".into())));
        assert_eq!(target("OUT.PNG", 1), Ok(Target::File("OUT.PNG".into())));
        assert_eq!(target("old", 1), Ok(Target::Folder("old".into())));
        assert_eq!(target("new/", 1), Ok(Target::Folder("new/".into())));
        assert_eq!(target("new", 3), Ok(Target::Folder("new".into())));
        assert_eq!(target("out.png", 2), Err(NameError::SeveralInOneFile { stickers: 2, path: "out.png".into() }));
        assert_eq!(target("out.webp", 1), Err(NameError::NotPng { path: "out.webp".into() }));
        assert_eq!(Target::of(None, 2, |_| false), Ok(Target::BesidePhoto));
    }

    #[test]
    fn names_come_from_the_photo_and_never_cover_a_file() {
        let taken = [PathBuf::from("in/me-sticker.png"), PathBuf::from("in/me-sticker-3-background.png")];
        let mut names = Names::new(Target::BesidePhoto, |path: &Path| taken.contains(&path.to_path_buf()));
        assert_eq!(names.next("in/me.jpg"), Path::new("in/me-sticker-2.png"));
        assert_eq!(names.next("in/me.jpg"), Path::new("in/me-sticker-4.png"));
        assert_eq!(names.next("you.jpg"), Path::new("you-sticker.png"));
    }

    #[test]
    fn a_link_lends_its_last_part() {
        for (link, name) in [
            ("https://example.com/a/face.v2.jpg?size=3", "facev2-sticker.png"),
            ("https://example.com/", "photo-sticker.png"),
            ("http://example.com", "photo-sticker.png"),
            ("https://example.com/..%2F..%2Fetc.jpg", "2F2Fetc-sticker.png"),
        ] {
            let mut names = Names::new(Target::Folder("out".into()), |_: &Path| false);
            assert_eq!(names.next(link), Path::new("out").join(name));
        }
    }

    #[test]
    fn the_background_lies_beside_the_cut_out() {
        assert_eq!(background_of(Path::new("a/me-sticker.png")), Path::new("a/me-sticker-background.png"));
    }
}
