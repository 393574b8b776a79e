//! TIFF pictures with a palette, or with 2 or 4 bits of grey, by way of the grey pictures that the decoder reads.
//!
//! A row of 4-bit samples is also a row of half as many bytes. So the header is changed in a copy of the file, the
//! bytes are read as grey, and taken apart afterwards.

use image::{DynamicImage, GrayImage, Rgb, RgbImage};

use super::tiff_tags::{self, Tags};

/// The file as grey, and how its pixels come back.
pub(super) struct Disguised {
    /// The file whose header says that its samples are grey.
    pub file: Vec<u8>,
    /// Width and height of the picture in pixels.
    pub size: (u32, u32),
    /// Bits of a sample.
    bits: u32,
    /// The colour of each sample.
    colors: Vec<[u8; 3]>,
}

impl Disguised {
    /// `None` when the decoder reads the picture as it is, or not at all.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let tags = Tags::of(bytes)?;
        let bits = tags.number(tiff_tags::BITS, 1);
        let photometric = tags.number(tiff_tags::PHOTOMETRIC, u64::MAX);
        let colors = match (photometric, bits) {
            (3, 1 | 2 | 4 | 8 | 16) => palette(&tags, bits)?,
            (0 | 1, 2 | 4) => grey(bits, photometric == 0),
            _ => return None,
        };
        // Fax compression counts pixels, not bytes.
        let compression = tags.number(tiff_tags::COMPRESSION, 1);
        let is_bytewise = !matches!(compression, 2..=4 | 7 | 32771);
        let is_plain = bits >= 8 || tags.number(tiff_tags::PREDICTOR, 1) == 1;
        if tags.number(tiff_tags::SAMPLES, 1) != 1 || !is_bytewise || !is_plain {
            return None;
        }
        let (width, height) = (tags.number(tiff_tags::WIDTH, 0), tags.number(tiff_tags::HEIGHT, 0));
        let size = (u32::try_from(width).ok()?, u32::try_from(height).ok()?);
        let mut file = bytes.to_vec();
        let mut put = |tag: u16, value: u64| tags.put(&mut file, tag, value).then_some(());
        put(tiff_tags::PHOTOMETRIC, 1)?;
        if bits < 8 {
            put(tiff_tags::BITS, 8)?;
            put(tiff_tags::WIDTH, (width * bits).div_ceil(8))?;
            if tags.is_tiled() {
                put(tiff_tags::TILE_WIDTH, (tags.number(tiff_tags::TILE_WIDTH, 0) * bits).div_ceil(8))?;
            }
        }
        Some(Self { file, size, bits: bits as u32, colors })
    }

    /// The picture behind what was decoded.
    pub(super) fn revealed(&self, decoded: DynamicImage) -> DynamicImage {
        let color = |sample: usize| Rgb(self.colors.get(sample).copied().unwrap_or_default());
        let (width, height) = self.size;
        let image = match decoded {
            DynamicImage::ImageLuma16(deep) => {
                RgbImage::from_fn(width, height, |x, y| color(usize::from(deep.get_pixel(x, y).0[0])))
            }
            other => {
                let packed: GrayImage = other.into_luma8();
                let (bits, mask) = (self.bits, (1 << self.bits) - 1);
                RgbImage::from_fn(width, height, |x, y| {
                    let byte = u32::from(packed.get_pixel(x * bits / 8, y).0[0]);
                    // The first sample lies in the highest bits.
                    color((byte >> (8 - bits - x * bits % 8) & mask) as usize)
                })
            }
        };
        DynamicImage::ImageRgb8(image)
    }
}

/// The colours of the palette: all reds, all greens, all blues.
fn palette(tags: &Tags<'_>, bits: u64) -> Option<Vec<[u8; 3]>> {
    let count = 1_usize << bits;
    let map = tags.numbers(tiff_tags::COLOR_MAP);
    if map.len() < 3 * count {
        return None;
    }
    // Of 16 bits; some writers have put 8 into them.
    let shift = if map.iter().all(|level| *level < 256) { 0 } else { 8 };
    let level = |index: usize| (map[index] >> shift) as u8;
    Some((0..count).map(|index| [level(index), level(count + index), level(2 * count + index)]).collect())
}

/// The levels of grey, from black to white or the other way round.
fn grey(bits: u64, is_white_zero: bool) -> Vec<[u8; 3]> {
    let most = (1_u32 << bits) - 1;
    let level = |sample: u32| if is_white_zero { most - sample } else { sample };
    (0..=most).map(|sample| [(level(sample) * 255 / most) as u8; 3]).collect()
}
