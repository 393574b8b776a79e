//! Files as the clipboard names them.

use std::path::PathBuf;

use reqwest::Url;

/// The path that a text names: a `file:` address, the first of several, or an absolute path alone.
pub fn local_file(text: &str) -> Option<PathBuf> {
    let text = text.trim();
    let first = text.lines().next()?.trim();
    if is_file_address(first) {
        return file_address(first);
    }
    let is_path = text.starts_with('/') || text.get(1..3).is_some_and(|after| matches!(after, ":\\" | ":/"));
    (is_path && first == text).then(|| text.into())
}

/// The path behind a `file:` address of this computer, its percent signs decoded; `None` for any other text.
pub fn file_address(text: &str) -> Option<PathBuf> {
    if !is_file_address(text) {
        return None;
    }
    Url::parse(text).ok()?.to_file_path().ok()
}

/// The scheme of an address is the same in capitals.
fn is_file_address(text: &str) -> bool {
    const BEGINNING: &str = "file:/";
    text.get(..BEGINNING.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(BEGINNING))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_paths_of_files_are_told_from_other_texts() {
        for (text, path) in [
            ("/home/me/face.png", Some("/home/me/face.png")),
            (" /home/me/with spaces.png\n", Some("/home/me/with spaces.png")),
            ("C:/photos/face.png", Some("C:/photos/face.png")),
            ("https://example.com/face.png", None),
            ("Steps: 20, Sampler: none", None),
            ("/two\n/lines", None),
            ("", None),
        ] {
            assert_eq!(local_file(text), path.map(PathBuf::from), "{text}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn an_address_is_decoded_and_the_first_of_several_counts() {
        for (text, path) in [
            ("file:///home/me/%C3%A9%20.png", Some("/home/me/é .png")),
            ("file:///one.png\r\nfile:///two.png\r\n", Some("/one.png")),
            ("FILE:///home/me/50%25.png", Some("/home/me/50%.png")),
            ("file:/home/me/face.png", Some("/home/me/face.png")),
            ("file://localhost/home/me/face.png", Some("/home/me/face.png")),
            ("file://elsewhere/share/face.png", None),
            ("file:face.png", None),
        ] {
            assert_eq!(local_file(text), path.map(PathBuf::from), "{text}");
        }
    }
}
