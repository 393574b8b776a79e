//! A pack's files, changed one at a time.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use image::RgbaImage;
use serde_json::{Value, json};
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

    /// Mastodon's archive holds what lies beside it, and Matrix' list says what it is.
    fn reseal(&mut self) {
        if self.target == Target::Mastodon {
            let stickers = self.files.ending(".png").map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect();
            self.files.add("eileen-says.tar.gz", archive::tar_gz("", &stickers).unwrap());
        }
        if self.target == Target::Matrix {
            let files = self.files.clone();
            self.json("pack.json", |event| {
                for image in event["images"].as_object_mut().unwrap().values_mut() {
                    let file = image["url"].as_str().unwrap().rsplit('/').next().unwrap();
                    let Some(bytes) = files.get(file) else { continue };
                    let picture = image::ImageReader::new(Cursor::new(bytes)).with_guessed_format().unwrap();
                    let kind = picture.format().unwrap().to_mime_type();
                    let (width, height) = picture.into_dimensions().unwrap();
                    image["info"] = json!({ "w": width, "h": height, "size": bytes.len(), "mimetype": kind });
                }
            });
        }
    }

    /// Changes the archive for WhatsApp.
    pub fn wastickers(&mut self, change: impl FnOnce(&mut Files)) {
        let (path, bytes) = self.files.ending(".wastickers").next().unwrap();
        let (path, mut content) = (path.to_owned(), archive::unzip(bytes).unwrap());
        change(&mut content);
        self.files.add(path, archive::zip("", &content).unwrap());
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
        let stem = |path: &str| path.rsplit_once('.').unwrap().0.to_owned();
        let stems: Vec<(String, String)> = self.stickers().iter().map(|path| (stem(path), stem(&new(path)))).collect();
        self.put_back(renamed);
        if self.files.get("emoji.txt").is_some() {
            self.json("emoji.txt", |emoji| {
                for (old, new) in stems {
                    if let Some(of_sticker) = emoji.as_object_mut().unwrap().remove(&old) {
                        emoji[new] = of_sticker;
                    }
                }
            });
        }
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
