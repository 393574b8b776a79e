//! A pack's files, changed one at a time.

use std::fs;
use std::path::Path;

use image::RgbaImage;
use serde_json::Value;
use sticker_booth::export::{Files, Target, archive};
use sticker_booth::picture::encode_png;
use sticker_booth::platform::read_folder;

use super::pictures::webp;

/// All files below a folder.
pub fn read(folder: &Path) -> Files {
    read_folder(folder).unwrap().into_iter().collect()
}

/// A pack whose files are changed.
#[derive(Clone)]
pub struct Changed {
    pub target: Target,
    pub files: Files,
}

impl Changed {
    pub fn of(target: Target, files: &Files) -> Self {
        Self { target, files: files.clone() }
    }

    /// Where the pictures are: in LINE's archive, else in the folder.
    fn pictures(&self) -> Files {
        match self.target {
            Target::Line => archive::unzip(self.files.get("line-stickers.zip").unwrap()).unwrap(),
            _ => self.files.clone(),
        }
    }

    fn put_back(&mut self, pictures: Files) {
        match self.target {
            Target::Line => self.files.add("line-stickers.zip", archive::zip("", &pictures).unwrap()),
            _ => self.files = pictures,
        }
        self.reseal();
    }

    /// Mastodon's archive holds what lies beside it.
    fn reseal(&mut self) {
        if self.target == Target::Mastodon {
            let stickers = self.files.ending(".png").map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect();
            self.files.add("eileen-says.tar.gz", archive::tar_gz("", &stickers).unwrap());
        }
    }

    /// Paths of the stickers.
    pub fn stickers(&self) -> Vec<String> {
        let is_extra = |path: &str| {
            ["cover.png", "thumbnail.png", "main.png", "tab.png", "tray.png"].iter().any(|name| path.ends_with(name))
                || path.contains(".stickersiconset/")
        };
        let pictures = self.pictures();
        let all = pictures.iter().map(|(path, _)| path.to_owned());
        all.filter(|path| (path.ends_with(".png") || path.ends_with(".webp")) && !is_extra(path)).collect()
    }

    /// Puts another file in the place of a picture.
    pub fn put(&mut self, path: &str, bytes: Vec<u8>) {
        let mut pictures = self.pictures();
        let path = pictures.iter().map(|(found, _)| found.to_owned()).find(|found| found.ends_with(path)).unwrap();
        pictures.add(path, bytes);
        self.put_back(pictures);
    }

    /// Puts another picture in its place, in the format of its name.
    pub fn put_picture(&mut self, path: &str, picture: &RgbaImage) {
        let bytes = if path.ends_with(".webp") { webp(picture) } else { encode_png(picture, &[]).unwrap() };
        self.put(path, bytes);
    }

    /// A picture's pixels.
    pub fn picture(&self, path: &str) -> RgbaImage {
        let pictures = self.pictures();
        let (_, bytes) = pictures.iter().find(|(found, _)| found.ends_with(path)).unwrap();
        image::load_from_memory(bytes).unwrap().into_rgba8()
    }

    /// A picture's file.
    pub fn bytes(&self, path: &str) -> Vec<u8> {
        self.pictures().iter().find(|(found, _)| found.ends_with(path)).unwrap().1.to_vec()
    }

    /// Takes files away.
    pub fn keep(&mut self, keeps: impl Fn(&str) -> bool) {
        let kept = self
            .pictures()
            .iter()
            .filter(|(path, _)| keeps(path))
            .map(|(path, bytes)| (path.to_owned(), bytes.to_vec()))
            .collect();
        self.put_back(kept);
    }

    /// The same files under other paths.
    pub fn rename(&mut self, new: impl Fn(&str) -> String) {
        let renamed = self.pictures().iter().map(|(path, bytes)| (new(path), bytes.to_vec())).collect();
        self.put_back(renamed);
    }

    /// Changes a JSON file.
    pub fn json(&mut self, end: &str, change: impl FnOnce(&mut Value)) {
        let (path, bytes) = self.files.iter().find(|(path, _)| path.ends_with(end)).unwrap();
        let (path, mut json) = (path.to_owned(), serde_json::from_slice(bytes).unwrap());
        change(&mut json);
        self.files.add(path, serde_json::to_vec(&json).unwrap());
    }

    /// Writes the files into a new folder.
    pub fn write(&self, folder: &Path) {
        for (path, bytes) in self.files.iter() {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }
}
