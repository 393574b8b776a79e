//! The pictures of a pack in the sizes and formats of a target.

use image::RgbaImage;
use rayon::prelude::*;

use super::GoesOn;
use crate::encode::{EncodeError, Encoded, Encoding, Loss, encode, written_anew};
use crate::geometry::{Canvas, placed};
use crate::rules::{About, Allowed, Part, most, rule, rules_of};
use crate::{ExportError, Options, Pack, Sticker, Target};

/// The stickers of a pack as files, and whatever else its cover is drawn for.
pub(super) struct Pictures {
    /// Each sticker in each of its sizes, the smallest first.
    pub stickers: Vec<Vec<Picture>>,
    /// What else is drawn of the cover.
    pub extras: Vec<(Part, Picture)>,
}

/// One picture as a file.
pub(super) struct Picture {
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// Its format.
    pub encoding: Encoding,
    /// The file, and what it cost.
    pub encoded: Encoded,
}

impl Pictures {
    /// Draws and writes all pictures, side by side.
    pub(super) fn of(pack: &Pack, target: Target, options: Options, goes_on: GoesOn<'_>) -> Result<Self, ExportError> {
        let encoding = encoding_of(target, Part::Sticker);
        let sticker = |(index, sticker): (usize, &Sticker)| {
            let name = || format!("sticker {}", index + 1);
            sizes_of(target, options)
                .into_iter()
                .map(|size| {
                    if !goes_on() {
                        return Err(ExportError::Stopped);
                    }
                    let drawn = drawn(sticker, target, Part::Sticker, size, options);
                    written(&drawn, encoding, target, Part::Sticker, sticker).map_err(|error| error.about(&name()))
                })
                .collect::<Result<Vec<_>, _>>()
        };
        let stickers = pack.stickers.par_iter().enumerate().map(sticker).collect::<Result<Vec<_>, _>>()?;
        let cover = pack.cover().ok_or(ExportError::NoStickers)?;
        let extra = |part: Part| {
            let size = size_of(target, part)?;
            let unlabelled = Sticker { texts: Vec::new(), ..cover.clone() };
            let drawn = drawn(cover, target, part, Some(size), options);
            let picture = written(&drawn, Encoding::Png, target, part, &unlabelled);
            Some(picture.map(|picture| (part, picture)).map_err(|error| error.about("the cover")))
        };
        let extras = [Part::Tray, Part::Cover, Part::Thumbnail, Part::Main, Part::Tab].into_iter().filter_map(extra);
        Ok(Self { stickers, extras: extras.collect::<Result<_, _>>()? })
    }

    /// What else is drawn of the cover, for this part.
    pub(super) fn extra(&self, part: Part) -> Option<&Picture> {
        self.extras.iter().find(|(found, _)| *found == part).map(|(_, picture)| picture)
    }
}

impl Picture {
    /// The end of its file's name, without the dot.
    pub(super) const fn extension(&self) -> &'static str {
        self.encoding.extension()
    }

    /// What was lost, if anything was.
    pub(super) fn loss(&self) -> Option<Loss> {
        Some(self.encoded.loss).filter(|loss| *loss != Loss::None)
    }
}

/// What a picture is written as: the first format that the target names.
pub(super) fn encoding_of(target: Target, part: Part) -> Encoding {
    match rule(target, About::Format(part)).map(|rule| rule.allowed) {
        Some(Allowed::Word(["WebP", ..])) => Encoding::WebP,
        _ => Encoding::Png,
    }
}

/// The sizes that a sticker is written in; `None` is the size it has.
fn sizes_of(target: Target, options: Options) -> Vec<Option<(u32, u32)>> {
    match rule(target, About::Pixels(Part::Sticker)).map(|rule| rule.allowed) {
        Some(Allowed::Size(_)) if target == Target::IMessage => vec![Some((options.grid.side(), options.grid.side()))],
        Some(Allowed::Size(crate::rules::Size::Squares(sides))) => {
            sides.iter().map(|side| Some((*side, *side))).collect()
        }
        Some(Allowed::Size(size)) => vec![Some(size.written())],
        _ => vec![None],
    }
}

/// The size of a picture that is drawn of the cover; `None` where the target has no such picture.
fn size_of(target: Target, part: Part) -> Option<(u32, u32)> {
    match rule(target, About::Pixels(part))?.allowed {
        Allowed::Size(size) => Some(size.written()),
        _ => None,
    }
}

fn drawn(sticker: &Sticker, target: Target, part: Part, size: Option<(u32, u32)>, options: Options) -> RgbaImage {
    let Some(size) = size else { return (*sticker.picture).clone() };
    let margin = rule(target, About::Margin).filter(|_| part == Part::Sticker);
    let margin = margin.and_then(|rule| rule.allowed.least()).unwrap_or(0) as u32;
    placed(&sticker.picture, Canvas { size, margin, enlarge: options.enlarge })
}

/// Writes a picture within what is advised, or else within what is allowed.
fn written(
    drawn: &RgbaImage,
    encoding: Encoding,
    target: Target,
    part: Part,
    sticker: &Sticker,
) -> Result<Picture, EncodeError> {
    let about = About::Bytes(part);
    let advised = rules_of(target).filter(|rule| rule.about == about).filter_map(|rule| rule.allowed.most()).min();
    let texts = if encoding == Encoding::Png { sticker.texts.as_slice() } else { &[] };
    let encoded = encode(drawn, encoding, texts, advised).or_else(|error| match most(target, about) {
        allowed if allowed > advised => encode(drawn, encoding, texts, allowed),
        _ => Err(error),
    })?;
    if let Some(most) = most(target, About::WrittenAnew).filter(|_| part == Part::Sticker) {
        let least = written_anew(drawn)?;
        if least > most {
            return Err(EncodeError::CannotFit { least, most });
        }
    }
    Ok(Picture { size: drawn.dimensions(), encoding, encoded })
}
