//! Files as other programs take them: as files, and a single one as a picture too.

use std::path::{Path, PathBuf};

/// What is offered under each name of a kind, the best first.
pub(super) type Offers = Vec<(&'static str, Vec<u8>)>;

/// The kind under which files are given as links.
pub(super) const LINKS: &str = "text/uri-list";

/// These files as links, in the words of file managers, and as a picture or as their paths.
pub(super) fn offers(paths: &[PathBuf]) -> Offers {
    let uris: Vec<String> = paths.iter().map(|path| uri(path)).collect();
    let mut offers = vec![
        (LINKS, format!("{}\r\n", uris.join("\r\n")).into_bytes()),
        // As Nautilus, Nemo, Caja and Thunar write it themselves.
        ("x-special/gnome-copied-files", format!("copy\n{}", uris.join("\n")).into_bytes()),
    ];
    if let [path] = paths {
        offers.extend(super::read_file(path).ok().map(|png| ("image/png", png)));
    } else {
        let lines: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        offers.push(("UTF8_STRING", lines.join("\n").into_bytes()));
    }
    offers
}

/// `file://` and the path, with everything escaped that is no plain character.
fn uri(path: &Path) -> String {
    let escaped = path.as_os_str().as_encoded_bytes().iter().map(|byte| match byte {
        b'/' | b'-' | b'_' | b'.' | b'~' => char::from(*byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(*byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    format!("file://{}", escaped.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_offered_as_a_file_and_as_a_picture_and_several_as_files() {
        let folder = tempfile::tempdir().unwrap();
        let one = folder.path().join("Aunt May & Ben %.png");
        std::fs::write(&one, b"png").unwrap();
        let kinds = |offers: &Offers| offers.iter().map(|(kind, _)| *kind).collect::<Vec<_>>();
        let alone = offers(std::slice::from_ref(&one));
        assert_eq!(kinds(&alone), ["text/uri-list", "x-special/gnome-copied-files", "image/png"]);
        assert!(alone[0].1.ends_with(b"/Aunt%20May%20%26%20Ben%20%25.png\r\n"));
        assert_eq!(alone[2].1, b"png");
        let both = offers(&[one.clone(), one]);
        assert_eq!(kinds(&both), ["text/uri-list", "x-special/gnome-copied-files", "UTF8_STRING"]);
        assert_eq!(String::from_utf8_lossy(&both[1].1).lines().count(), 3);
    }
}
