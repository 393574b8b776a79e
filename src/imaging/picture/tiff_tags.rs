//! The tags of a TIFF file without decoding its pixels: classic and `BigTIFF`, both byte orders (TIFF 6.0, section 2).

/// Reduced in size, or the picture itself.
const NEW_SUBFILE_TYPE: u16 = 254;
/// Where further pictures of the file are described.
const SUB_IFDS: u16 = 330;
/// The version of DNG that a file follows.
const DNG_VERSION: u16 = 50706;

/// Width in pixels.
pub(super) const WIDTH: u16 = 256;
/// Height in pixels.
pub(super) const HEIGHT: u16 = 257;
/// Bits of each sample.
pub(super) const BITS: u16 = 258;
/// How the samples are compressed.
pub(super) const COMPRESSION: u16 = 259;
/// What the samples mean.
pub(super) const PHOTOMETRIC: u16 = 262;
/// Samples of each pixel.
pub(super) const SAMPLES: u16 = 277;
/// Samples beside each other, or one plane after the other.
pub(super) const PLANES: u16 = 284;
/// What was done to the samples before they were compressed.
pub(super) const PREDICTOR: u16 = 317;
/// The colours of a palette.
pub(super) const COLOR_MAP: u16 = 320;
/// Width of a tile in pixels.
pub(super) const TILE_WIDTH: u16 = 322;
/// Whole numbers, signed ones, or fractions.
pub(super) const SAMPLE_FORMAT: u16 = 339;

/// Samples of a sensor's mosaic, and of what was made of it.
const RAW_PHOTOMETRICS: [u64; 2] = [32803, 34892];
/// More numbers than any tag that is read here has.
const MOST_NUMBERS: u64 = 1 << 18;
/// More entries than any list of tags has.
const MOST_ENTRIES: u64 = 4096;
/// More pictures than are looked at in one file.
const MOST_PICTURES: usize = 16;

/// One list of tags: that of one picture.
#[derive(Clone, Debug)]
pub(super) struct Tags<'a> {
    file: File<'a>,
    entries: Vec<Entry>,
    /// Where the list of the next picture begins; 0 at the end.
    next: u64,
}

/// The file and how its numbers are written.
#[derive(Clone, Copy, Debug)]
struct File<'a> {
    bytes: &'a [u8],
    is_big_endian: bool,
    is_big_tiff: bool,
}

/// A tag with the place of its numbers.
#[derive(Clone, Copy, Debug)]
struct Entry {
    tag: u16,
    kind: u16,
    count: u64,
    /// Where its first number stands.
    at: u64,
}

impl File<'_> {
    /// The number of `size` bytes at `at`.
    fn number(&self, at: u64, size: usize) -> Option<u64> {
        let start = usize::try_from(at).ok()?;
        let bytes = self.bytes.get(start..start.checked_add(size)?)?;
        let add = |sum: u64, byte: &u8| sum << 8 | u64::from(*byte);
        Some(if self.is_big_endian { bytes.iter().fold(0, add) } else { bytes.iter().rev().fold(0, add) })
    }
}

impl<'a> Tags<'a> {
    /// The tags of the first picture of a TIFF file.
    pub(super) fn of(bytes: &'a [u8]) -> Option<Self> {
        let is_big_endian = bytes.first()? == &b'M';
        let mut file = File { bytes, is_big_endian, is_big_tiff: false };
        file.is_big_tiff = file.number(2, 2)? == 43;
        let first = if file.is_big_tiff { file.number(8, 8)? } else { file.number(4, 4)? };
        Self::at(file, first)
    }

    fn at(file: File<'a>, start: u64) -> Option<Self> {
        // The sizes of the count, of an entry, and of a place in the file.
        let (count_size, entry_size, place_size) = if file.is_big_tiff { (8, 20, 8) } else { (2, 12, 4) };
        let count = file.number(start, count_size)?;
        if start == 0 || count > MOST_ENTRIES {
            return None;
        }
        let first = start + count_size as u64;
        let entry = |index: u64| -> Option<Entry> {
            let at = first + index * entry_size;
            let (tag, kind) = (file.number(at, 2)? as u16, file.number(at + 2, 2)? as u16);
            let (count, value) = (file.number(at + 4, place_size)?, at + 4 + place_size as u64);
            let is_inside = count.checked_mul(size_of_kind(kind) as u64)? <= place_size as u64;
            let at = if is_inside { value } else { file.number(value, place_size)? };
            Some(Entry { tag, kind, count, at })
        };
        let entries = (0..count).map_while(entry).collect();
        let next = file.number(first + count * entry_size, place_size).unwrap_or(0);
        Some(Self { file, entries, next })
    }

    fn entry(&self, tag: u16) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.tag == tag)
    }

    /// The numbers of a tag, of bytes, shorts or longs; none when it is missing or of another kind.
    pub(super) fn numbers(&self, tag: u16) -> Vec<u64> {
        let Some(entry) = self.entry(tag) else { return Vec::new() };
        let size = match entry.kind {
            1 | 3 | 4 | 13 | 16 | 18 => size_of_kind(entry.kind),
            _ => return Vec::new(),
        };
        let at = |index: u64| self.file.number(entry.at.checked_add(index * size as u64)?, size);
        (0..entry.count.min(MOST_NUMBERS)).map_while(at).collect()
    }

    /// The first number of a tag, or `usual` when it is missing.
    pub(super) fn number(&self, tag: u16, usual: u64) -> u64 {
        self.numbers(tag).first().copied().unwrap_or(usual)
    }

    /// Writes another number into the copy of the file: all numbers of the tag become `value`. Says whether it could.
    pub(super) fn put(&self, copy: &mut [u8], tag: u16, value: u64) -> bool {
        let Some(entry) = self.entry(tag).filter(|entry| matches!(entry.kind, 3 | 4 | 16)) else { return false };
        let size = size_of_kind(entry.kind);
        let bytes = if self.file.is_big_endian { value.to_be_bytes() } else { value.to_le_bytes() };
        let bytes = if self.file.is_big_endian { &bytes[8 - size..] } else { &bytes[..size] };
        let fits = value.checked_shr(8 * size as u32).unwrap_or(0) == 0 && entry.count > 0;
        let place = usize::try_from(entry.at).ok().zip(usize::try_from(entry.count).ok());
        let places = place.and_then(|(at, count)| copy.get_mut(at..at.checked_add(count.checked_mul(size)?)?));
        match places {
            Some(places) if fits => {
                places.chunks_exact_mut(size).for_each(|place| place.copy_from_slice(bytes));
                true
            }
            _ => false,
        }
    }

    /// Is this the picture in a smaller size than elsewhere in the file?
    pub(super) fn is_reduced(&self) -> bool {
        self.number(NEW_SUBFILE_TYPE, 0) & 1 == 1
    }

    /// Is there a pixel data tag for tiles?
    pub(super) fn is_tiled(&self) -> bool {
        self.entry(TILE_WIDTH).is_some()
    }

    fn sub_pictures(&self) -> impl Iterator<Item = Self> {
        let places = self.numbers(SUB_IFDS);
        let file = self.file;
        places.into_iter().take(MOST_PICTURES).filter_map(move |place| Self::at(file, place))
    }

    /// Does this picture hold a sensor's samples?
    fn is_raw(&self) -> bool {
        RAW_PHOTOMETRICS.contains(&self.number(PHOTOMETRIC, 0)) || self.entry(DNG_VERSION).is_some()
    }
}

/// Size of one number of a kind in bytes.
const fn size_of_kind(kind: u16) -> usize {
    match kind {
        3 | 8 => 2,
        4 | 9 | 11 | 13 => 4,
        5 | 10 | 12 | 16..=18 => 8,
        _ => 1,
    }
}

/// Does a TIFF file hold what a camera's sensor gave, and at best a small picture of it?
pub(super) fn is_camera_raw(bytes: &[u8]) -> bool {
    if bytes.get(8..10) == Some(b"CR") {
        return true;
    }
    let Some(first) = Tags::of(bytes) else { return false };
    // A first picture that is small beside those below it is a preview.
    if first.is_reduced() && first.entry(SUB_IFDS).is_some() {
        return true;
    }
    let mut picture = Some(first);
    for _ in 0..MOST_PICTURES {
        let Some(tags) = picture else { return false };
        if tags.is_raw() || tags.sub_pictures().any(|below| below.is_raw()) {
            return true;
        }
        picture = Tags::at(tags.file, tags.next);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A TIFF file of one list of shorts.
    fn tiff(tags: &[(u16, u16)]) -> Vec<u8> {
        let mut bytes = b"MM\0*\0\0\0\x08".to_vec();
        bytes.extend((tags.len() as u16).to_be_bytes());
        for (tag, value) in tags {
            bytes
                .extend([tag.to_be_bytes(), 3_u16.to_be_bytes(), [0, 0], [0, 1], value.to_be_bytes(), [0, 0]].concat());
        }
        bytes.extend([0; 4]);
        bytes
    }

    #[test]
    fn numbers_are_read_and_replaced_in_place() {
        let mut bytes = tiff(&[(WIDTH, 640), (BITS, 4)]);
        let original = bytes.clone();
        let tags = Tags::of(&original).unwrap();
        assert_eq!((tags.number(WIDTH, 0), tags.number(BITS, 1), tags.number(PLANES, 1)), (640, 4, 1));
        assert!(
            tags.put(&mut bytes, BITS, 8) && !tags.put(&mut bytes, WIDTH, 70_000) && !tags.put(&mut bytes, PLANES, 1)
        );
        let tags = Tags::of(&bytes).unwrap();
        assert_eq!((tags.number(WIDTH, 0), tags.number(BITS, 1)), (640, 8));
    }

    #[test]
    fn raw_pictures_are_known_by_what_their_samples_mean() {
        assert!(is_camera_raw(&tiff(&[(PHOTOMETRIC, 32803)])));
        assert!(is_camera_raw(&tiff(&[(DNG_VERSION, 1)])));
        assert!(!is_camera_raw(&tiff(&[(PHOTOMETRIC, 2)])) && !is_camera_raw(b"II*\0"));
    }

    #[test]
    fn a_list_that_points_to_itself_ends() {
        let mut bytes = tiff(&[(WIDTH, 1)]);
        let end = bytes.len();
        bytes[end - 4..].copy_from_slice(&8_u32.to_be_bytes());
        assert!(!is_camera_raw(&bytes));
    }
}
