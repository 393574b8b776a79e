//! Where `make` and `finish` write: names derived from the photos, never over a file that nobody named.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::photo::PhotoSource;
use crate::platform::{fitted, is_same_file};

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
    /// The file for the sticker is one of the photos.
    #[error("the file {} is the photo itself, which would be lost; name another file after -o", path.display())]
    IsPhoto {
        /// The file that was named.
        path: PathBuf,
    },
    /// A file type that is not written.
    #[error("stickers are written as PNG; name a file like out.png instead of {}", path.display())]
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

    /// Refuses a file that is one of the photos, by whatever name.
    pub(super) fn apart_from(self, photos: &[PhotoSource]) -> Result<Self, NameError> {
        let Self::File(path) = &self else { return Ok(self) };
        let is_photo = |photo: &PhotoSource| matches!(photo, PhotoSource::File(photo) if is_same_file(photo, path));
        if photos.iter().any(is_photo) { Err(NameError::IsPhoto { path: path.clone() }) } else { Ok(self) }
    }
}

/// Ends the name of a sticker that has no expression.
pub(super) const STICKER: &str = "sticker";

/// Gives every sticker its name, and none twice.
#[derive(Debug)]
pub(super) struct Names<F> {
    target: Target,
    /// Is there something under this path already?
    exists: F,
    given: HashSet<PathBuf>,
}

/// The file for one sticker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Where it goes.
    pub path: PathBuf,
    /// Was it named by a person, so that it may take the place of a file?
    pub named: bool,
}

impl<F: Fn(&Path) -> bool> Names<F> {
    pub(super) fn new(target: Target, exists: F) -> Self {
        Self { target, exists, given: HashSet::new() }
    }

    /// The file for the next sticker of `photo`, which ends in `word`.
    pub(super) fn next(&mut self, photo: &PhotoSource, word: &str) -> Place {
        let (beside, stem) = place_and_stem(photo);
        let folder = match &self.target {
            Target::File(path) => return Place { path: path.clone(), named: true },
            Target::Folder(folder) => folder.clone(),
            Target::BesidePhoto => beside,
        };
        let mut number = 1_u32;
        loop {
            let end = numbered(&format!("-{word}"), number);
            let path = folder.join(format!("{}{end}.png", fitted(&stem, &format!("{end}{BACKGROUND}.png"))));
            let free = !(self.exists)(&path) && !(self.exists)(&path.with_file_name(background_name(&path, 1)));
            if free && self.given.insert(path.clone()) {
                return Place { path, named: false };
            }
            number += 1;
        }
    }

    /// The file for the picture with its background: a free name beside the cut-out.
    pub(super) fn background_of(&mut self, cutout: &Path) -> PathBuf {
        let mut number = 1;
        loop {
            let path = cutout.with_file_name(background_name(cutout, number));
            if !(self.exists)(&path) && self.given.insert(path.clone()) {
                return path;
            }
            number += 1;
        }
    }
}

/// Ends the name of the picture with its background.
const BACKGROUND: &str = "-background";

/// `me-sticker-background.png`, then `me-sticker-background-2.png` and so on.
fn background_name(cutout: &Path, number: u32) -> String {
    let stem = cutout.file_stem().unwrap_or_default().to_string_lossy();
    let end = format!("{}.png", numbered(BACKGROUND, number));
    format!("{}{end}", fitted(&stem, &end))
}

/// The first one has no number.
fn numbered(words: &str, number: u32) -> String {
    if number == 1 { words.to_owned() } else { format!("{words}-{number}") }
}

/// The folder that belongs to a photo (the current one for links) and its name without folder and extension.
fn place_and_stem(photo: &PhotoSource) -> (PathBuf, String) {
    match photo {
        PhotoSource::File(path) => {
            let stem = path.file_stem().map_or_else(|| NAMELESS.to_owned(), |stem| stem.to_string_lossy().into_owned());
            (path.parent().map(Path::to_path_buf).unwrap_or_default(), stem)
        }
        PhotoSource::Link(link) => (PathBuf::new(), stem_of_link(link)),
        PhotoSource::Bytes { name, .. } => (PathBuf::new(), name.clone()),
    }
}

/// What a photo is called that has no name.
const NAMELESS: &str = "photo";

fn stem_of_link(link: &str) -> String {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    let last = path.split('/').skip(1).filter(|part| !part.is_empty()).last().unwrap_or(NAMELESS);
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let plain: String = stem.chars().filter(|character| is_plain(*character)).collect();
    if plain.is_empty() { NAMELESS.to_owned() } else { plain }
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

    fn next(names: &mut Names<impl Fn(&Path) -> bool>, photo: &str) -> PathBuf {
        names.next(&PhotoSource::written(photo), STICKER).path
    }

    #[test]
    fn names_come_from_the_photo_and_never_cover_a_file() {
        let taken = [PathBuf::from("in/me-sticker.png"), PathBuf::from("in/me-sticker-3-background.png")];
        let mut names = Names::new(Target::BesidePhoto, |path: &Path| taken.contains(&path.to_path_buf()));
        assert_eq!(next(&mut names, "in/me.jpg"), Path::new("in/me-sticker-2.png"));
        assert_eq!(next(&mut names, "in/me.jpg"), Path::new("in/me-sticker-4.png"));
        assert_eq!(next(&mut names, "you.jpg"), Path::new("you-sticker.png"));
    }

    #[test]
    fn a_link_lends_its_last_part() {
        for (link, name) in [
            ("https://example.com/a/face.v2.jpg?size=3", "facev2-sticker.png"),
            ("HTTPS://example.com/Face.JPG", "Face-sticker.png"),
            ("https://example.com/", "photo-sticker.png"),
            ("http://example.com", "photo-sticker.png"),
            ("https://example.com/..%2F..%2Fetc.jpg", "2F2Fetc-sticker.png"),
        ] {
            let mut names = Names::new(Target::Folder("out".into()), |_: &Path| false);
            assert_eq!(next(&mut names, link), Path::new("out").join(name));
        }
    }

    #[test]
    fn the_background_lies_beside_the_cut_out_under_a_free_name() {
        let taken = [PathBuf::from("a/out-background.png")];
        let mut names = Names::new(Target::BesidePhoto, |path: &Path| taken.contains(&path.to_path_buf()));
        assert_eq!(names.background_of(Path::new("a/me.png")), Path::new("a/me-background.png"));
        assert_eq!(names.background_of(Path::new("a/out.png")), Path::new("a/out-background-2.png"));
    }

    #[test]
    fn every_name_that_is_made_up_fits_every_file_system_and_no_two_are_the_same() {
        for letter in ["a", "é", "漫", "😀"] {
            let photo = format!("in/{}.jpg", letter.repeat(251 / letter.len()));
            let mut names = Names::new(Target::BesidePhoto, |_: &Path| false);
            let mut given = HashSet::new();
            for _ in 0..12 {
                let cutout = next(&mut names, &photo);
                let background = names.background_of(&cutout);
                for path in [cutout, background] {
                    let name = path.file_name().unwrap().to_str().unwrap();
                    assert!(name.starts_with(&letter.repeat(10)) && name.len() <= 143, "{} bytes", name.len());
                    assert!(given.insert(path));
                }
            }
        }
        let named = Path::new("out").join("x".repeat(250)).with_extension("png");
        let background = Names::new(Target::BesidePhoto, |_: &Path| false).background_of(&named);
        assert_eq!(background.file_name().unwrap().len(), 143);
    }
}
