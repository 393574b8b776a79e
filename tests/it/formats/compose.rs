//! TIFF and BMP files put together byte by byte, of kinds that no encoder at hand writes.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage};

use crate::photos::compose::png_chunk;

/// Tags of a TIFF file with their numbers; those that do not fit into 16 bits are written as 32.
pub(super) type Tags<'a> = &'a [(u16, &'a [u32])];

/// A little-endian TIFF of one picture: these tags, and this data in one strip or tile for each of `lengths`.
pub(super) fn tiff(tags: Tags<'_>, chunk_tags: [u16; 2], chunks: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"II*\0\0\0\0\0".to_vec();
    let mut places = Vec::new();
    for chunk in chunks {
        places.push(file.len() as u32);
        file.extend(chunk);
        file.resize(file.len().next_multiple_of(2), 0);
    }
    let lengths: Vec<u32> = chunks.iter().map(|chunk| chunk.len() as u32).collect();
    let mut all: Vec<(u16, Vec<u32>)> = tags.iter().map(|(tag, numbers)| (*tag, numbers.to_vec())).collect();
    all.extend([(chunk_tags[0], places), (chunk_tags[1], lengths)]);
    all.sort_by_key(|(tag, _)| *tag);
    let mut entries = Vec::new();
    for (tag, numbers) in &all {
        let is_short = numbers.iter().all(|number| *number < 1 << 16);
        let bytes: Vec<u8> = if is_short {
            numbers.iter().flat_map(|number| (*number as u16).to_le_bytes()).collect()
        } else {
            numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
        };
        let value = if bytes.len() <= 4 {
            let mut value = bytes;
            value.resize(4, 0);
            value
        } else {
            let place = (file.len() as u32).to_le_bytes();
            file.extend(bytes);
            place.to_vec()
        };
        let kind: u16 = if is_short { 3 } else { 4 };
        entries.extend(
            [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &(numbers.len() as u32).to_le_bytes(), &value].concat(),
        );
    }
    file.resize(file.len().next_multiple_of(2), 0);
    let directory = (file.len() as u32).to_le_bytes();
    file[4..8].copy_from_slice(&directory);
    file.extend((all.len() as u16).to_le_bytes());
    file.extend(entries);
    file.extend([0; 4]);
    file
}

/// Tags of strips: where they lie, and how long they are.
pub(super) const STRIPS: [u16; 2] = [273, 279];
/// The same of tiles.
pub(super) const TILES: [u16; 2] = [324, 325];

/// A TIFF of one strip without compression: width, height, bits of a sample and what it means, more tags, and rows.
pub(super) fn plain_tiff(size: (u32, u32), bits: u32, photometric: u32, more: Tags<'_>, rows: &[u8]) -> Vec<u8> {
    let (width, height) = ([size.0], [size.1]);
    let (bits, photometric) = ([bits], [photometric]);
    let mut tags: Vec<(u16, &[u32])> = vec![(256, &width), (257, &height), (262, &photometric), (278, &height)];
    for (tag, usual) in [(258, &bits[..]), (259, &[1]), (277, &[1]), (284, &[1])] {
        if more.iter().all(|(other, _)| *other != tag) {
            tags.push((tag, usual));
        }
    }
    tags.extend(more);
    tiff(&tags, STRIPS, &[rows.to_vec()])
}

/// Samples of so many bits in rows of whole bytes, the first in the highest bits.
pub(super) fn packed(width: u32, samples: &[u8], bits: u32) -> Vec<u8> {
    let per_byte = (8 / bits) as usize;
    let byte = |some: &[u8]| {
        let sum = some.iter().fold(0_u32, |sum, sample| sum << bits | u32::from(*sample));
        (sum << (bits as usize * (per_byte - some.len()))) as u8
    };
    samples.chunks(width as usize).flat_map(|row| row.chunks(per_byte).map(byte).collect::<Vec<u8>>()).collect()
}

/// The picture with as many levels of grey as `bits` can tell apart: its samples, dark to light.
pub(super) fn grey_samples(image: &RgbImage, bits: u32) -> Vec<u8> {
    let most = (1_u32 << bits) - 1;
    let grey = DynamicImage::ImageRgb8(image.clone()).into_luma8();
    grey.as_raw().iter().map(|level| ((u32::from(*level) * most + 127) / 255) as u8).collect()
}

/// The file in another format, as the image crate writes it.
pub(super) fn file(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// The PNG with these chunks before its pixels, and without those that say something of colours.
pub(super) fn png_in_space(image: &DynamicImage, chunks: &[([u8; 4], &[u8])]) -> Vec<u8> {
    let png = file(image, ImageFormat::Png);
    let after_header = 33;
    let added: Vec<u8> = chunks.iter().flat_map(|(kind, data)| png_chunk(*kind, data)).collect();
    [&png[..after_header], &added, &png[after_header..]].concat()
}
