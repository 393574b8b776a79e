//! Files in memory, by their paths below one folder.

use std::collections::BTreeMap;

use imaging::picture::sniff;

/// Files by their paths below one folder, parted by `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(BTreeMap<String, Vec<u8>>);

impl Files {
    /// Adds a file, in place of one of the same path.
    pub fn add(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.0.insert(path.into(), bytes.into());
    }

    /// The content of a file.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.0.get(path).map(Vec::as_slice)
    }

    /// All of them, in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// Those whose names end with this.
    pub fn ending<'a>(&'a self, end: &'a str) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        self.iter().filter(move |(path, _)| path.ends_with(end))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(String, Vec<u8>)> for Files {
    fn from_iter<I: IntoIterator<Item = (String, Vec<u8>)>>(files: I) -> Self {
        Self(files.into_iter().collect())
    }
}

/// The last part of a path.
pub(crate) fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Does a path end in `.ending`, written as we write it?
pub(crate) fn has_ending(path: &str, ending: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, own)| own == ending)
}

/// The last part of a path without its ending.
pub(crate) fn stem_of(path: &str) -> &str {
    let name = name_of(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Is the file a picture that lies in the folder itself? What is called one is one, and what is one under another name.
pub(crate) fn is_picture_at_top(path: &str, bytes: &[u8]) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_called_one = ["png", "webp"].iter().any(|picture| picture.eq_ignore_ascii_case(ending));
    !path.contains('/') && (is_called_one || sniff(bytes).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_found_by_its_name_or_by_what_it_is() {
        for (path, bytes, is_one) in [
            ("a.png", b"".as_slice(), true),
            ("a.PNG", b"", true),
            ("a.jpg", b"\xff\xd8\xff\xe0", true),
            ("a", b"GIF89a", true),
            ("a/b.png", b"", false),
            ("emoji.txt", b"{}", false),
        ] {
            assert_eq!(is_picture_at_top(path, bytes), is_one, "{path}");
        }
    }
}
