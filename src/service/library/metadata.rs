//! What a PNG file says about the sticker in it.

use image::RgbaImage;
use jiff::Timestamp;

use crate::model::engine::{Engine, PIXAZO_BASE, SourceType};
use crate::model::settings_text::{from_a1111, to_a1111};
use crate::model::{EngineId, Finish, StickerInfo};
use crate::picture::{PictureError, PngText, read_png_text};

/// Keyword of the settings as A1111 and others write them.
pub const PARAMETERS: &str = "parameters";

/// Keyword of the JSON of a [`StickerInfo`].
pub const STICKER_BOOTH: &str = "sticker-booth";

/// Keyword of the XMP packet (XMP specification, part 3, "PNG").
pub const XMP: &str = "XML:com.adobe.xmp";

/// The texts of a file in the library: all there is to know.
pub fn for_library(info: &StickerInfo) -> Result<Vec<PngText>, serde_json::Error> {
    let mut texts = settings_of(info)?;
    texts.push(source_label(info.engine));
    Ok(texts)
}

/// What a file that leaves the library says about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disclosed {
    /// Recipe and engine.
    pub settings: bool,
    /// How it was made (IPTC digital source type).
    pub label: bool,
}

/// A finished picture and how it came about.
#[derive(Clone, Copy, Debug)]
pub struct Finished<'a> {
    /// The picture.
    pub picture: &'a RgbaImage,
    /// Its recipe.
    pub finish: &'a Finish,
}

impl Finished<'_> {
    /// The texts of its file: those of [`for_export`], with the finishing recipe where the settings are disclosed.
    pub fn for_export(&self, info: &StickerInfo, disclosed: Disclosed) -> Result<Vec<PngText>, serde_json::Error> {
        let mut texts = for_export(info, disclosed)?;
        for text in texts.iter_mut().filter(|text| text.keyword == STICKER_BOOTH) {
            let mut record: serde_json::Value = serde_json::from_str(&text.text)?;
            record["finish"] = serde_json::to_value(self.finish)?;
            text.text = record.to_string();
        }
        Ok(texts)
    }
}

/// The texts of a file that leaves the library: what is to be disclosed, never the photo or the request.
pub fn for_export(info: &StickerInfo, disclosed: Disclosed) -> Result<Vec<PngText>, serde_json::Error> {
    let Disclosed { settings, label } = disclosed;
    let mut info = info.for_export();
    // A webhook's address is nobody else's business, and often holds a token.
    info.recipe.webhook = None;
    info.recipe.webhook_events_filter.clear();
    let mut texts = if settings { settings_of(&info)? } else { Vec::new() };
    if label {
        texts.push(source_label(info.engine));
    }
    Ok(texts)
}

/// What a PNG file says about its sticker, if we wrote it. The beginning of the file is enough.
pub fn read_info(png: &[u8]) -> Result<Option<StickerInfo>, PictureError> {
    let texts = read_png_text(png)?;
    let ours = texts.iter().find(|text| text.keyword == STICKER_BOOTH);
    Ok(ours.and_then(|text| serde_json::from_str(&text.text).ok()))
}

/// What can still be known of a sticker of ours whose record was lost or is of a later program: its settings, and who
/// made it by the label. It was finished when its file was `written`, for all that is known; the rest stays unknown.
pub(super) fn recover_info(png: &[u8], written: Timestamp) -> Option<StickerInfo> {
    let texts = read_png_text(png).ok()?;
    let text = |keyword: &str| texts.iter().find(|text| text.keyword == keyword).map(|text| text.text.as_str());
    let recipe = from_a1111(text(PARAMETERS)?).ok()?.recipe;
    let label = text(XMP)?;
    let engine = [EngineId::Local, EngineId::Pixazo].into_iter().find(|id| label.contains(source_type(*id).uri()))?;
    Some(StickerInfo {
        version: StickerInfo::VERSION,
        engine,
        recipe,
        request_id: None,
        job_id: None,
        created_at: written.to_string(),
        photo_sha256: None,
        sent_sha256: None,
        photo_name: None,
        frame: None,
    })
}

/// How results of an engine are labelled.
pub fn source_type(engine: EngineId) -> SourceType {
    match engine {
        EngineId::Local => Engine::local().source_type,
        EngineId::Pixazo => Engine::pixazo(PIXAZO_BASE, false).source_type,
    }
}

fn settings_of(info: &StickerInfo) -> Result<Vec<PngText>, serde_json::Error> {
    let parameters = PngText::new(PARAMETERS, to_a1111(&info.recipe));
    Ok(vec![parameters, PngText::new(STICKER_BOOTH, serde_json::to_string(info)?)])
}

/// An XMP packet with the IPTC digital source type and nothing else.
fn source_label(engine: EngineId) -> PngText {
    let uri = source_type(engine).uri();
    let packet = format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\" \
         Iptc4xmpExt:DigitalSourceType=\"{uri}\"/>\
         </rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>"
    );
    PngText::new(XMP, packet)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FaceFrame, Recipe};

    fn info() -> StickerInfo {
        let recipe = Recipe { webhook: Some("https://example.com/token".to_owned()), ..Recipe::default() };
        StickerInfo {
            version: StickerInfo::VERSION,
            engine: EngineId::Pixazo,
            recipe: recipe.with_seed(7),
            request_id: Some("REQUEST".to_owned()),
            job_id: Some("JOB".to_owned()),
            created_at: "2026-11-22T10:00:00Z".to_owned(),
            photo_sha256: Some("HASH".to_owned()),
            sent_sha256: None,
            photo_name: Some("PHOTO.jpg".to_owned()),
            frame: Some(FaceFrame { left: 1.0, top: 2.0, scale: 0.5 }),
        }
    }

    fn joined(texts: &[PngText]) -> String {
        texts.iter().flat_map(|text| [text.keyword.as_str(), "=", text.text.as_str(), "\n"]).collect()
    }

    #[test]
    fn the_librarys_own_file_says_everything() {
        let said = joined(&for_library(&info()).unwrap());
        for part in ["parameters=", "Seed: 7", "REQUEST", "HASH", "PHOTO.jpg", "/trainedAlgorithmicMedia"] {
            assert!(said.contains(part), "{part} is not in {said}");
        }
    }

    #[test]
    fn what_leaves_the_library_leads_to_neither_photo_nor_request() {
        let said = joined(&for_export(&info(), Disclosed { settings: true, label: true }).unwrap());
        for secret in ["REQUEST", "JOB", "HASH", "PHOTO", "token", "\"left\""] {
            assert!(!said.contains(secret), "{secret} is in {said}");
        }
        assert!(said.contains("Seed: 7"));
    }

    #[test]
    fn a_finished_file_says_how_it_was_finished_where_settings_are_told() {
        let finish = crate::model::finish::PRESETS[2].finish();
        let finished = Finished { picture: &RgbaImage::new(1, 1), finish: &finish };
        let told = finished.for_export(&info(), Disclosed { settings: true, label: true }).unwrap();
        let record = told.iter().find(|text| text.keyword == STICKER_BOOTH).unwrap();
        let value: serde_json::Value = serde_json::from_str(&record.text).unwrap();
        assert_eq!(serde_json::from_value::<Finish>(value["finish"].clone()).unwrap(), finish);
        assert!(serde_json::from_str::<StickerInfo>(&record.text).is_ok(), "an older program reads it as before");
        let untold = finished.for_export(&info(), Disclosed { settings: false, label: true }).unwrap();
        assert!(!joined(&untold).contains("finish"));
    }

    #[test]
    fn settings_and_label_leave_only_when_wanted() {
        assert!(for_export(&info(), Disclosed { settings: false, label: false }).unwrap().is_empty());
        let label = for_export(&info(), Disclosed { settings: false, label: true }).unwrap();
        assert_eq!(label.iter().map(|text| text.keyword.as_str()).collect::<Vec<_>>(), [XMP]);
    }

    #[test]
    fn the_built_in_engine_is_not_called_generative() {
        let said = joined(&for_library(&StickerInfo { engine: EngineId::Local, ..info() }).unwrap());
        assert!(said.contains("/algorithmicallyEnhanced") && !said.contains("trained"), "{said}");
    }
}
