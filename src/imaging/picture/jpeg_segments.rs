//! The segments of a JPEG file as byte ranges, without decoding them (ITU-T T.81, annex B).

/// The marker that ends a picture.
pub(super) const END: u8 = 0xd9;

/// The marker before a scan's entropy-coded data.
pub(super) const SCAN: u8 = 0xda;

/// The marker before the first segment of the picture itself.
const START: u8 = 0xd8;

/// One marker with what belongs to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment<'a> {
    /// The second byte of the marker.
    pub marker: u8,
    /// The content without its length; empty for markers that have none, and as much as is there of one that is cut.
    pub data: &'a [u8],
    /// Where the segment ends.
    pub end: usize,
}

/// Walks over the segments after the first marker, and past the data of scans; ends at the end of the file.
///
/// The marker of a thumbnail inside the metadata is content of its segment, and not met.
pub(super) struct Segments<'a> {
    jpeg: &'a [u8],
    at: usize,
}

impl<'a> Segments<'a> {
    /// The segments of a file that begins with a start-of-image marker.
    pub(super) const fn of(jpeg: &'a [u8]) -> Self {
        Self { jpeg, at: 2 }
    }
}

impl<'a> Iterator for Segments<'a> {
    type Item = Segment<'a>;

    fn next(&mut self) -> Option<Segment<'a>> {
        loop {
            // Between segments a marker stands here; in entropy-coded data the next one is looked for.
            let marker = self.at + self.jpeg.get(self.at..)?.iter().position(|byte| *byte == 0xff)?;
            match *self.jpeg.get(marker + 1)? {
                // A fill byte: the marker's name is still to come.
                0xff => self.at = marker + 1,
                // A stuffed byte, TEM, a restart or another start: there is no segment to skip.
                0x00 | 0x01 | 0xd0..=START => self.at = marker + 2,
                END => {
                    self.at = self.jpeg.len();
                    return Some(Segment { marker: END, data: &[], end: marker + 2 });
                }
                name => {
                    let length = self.jpeg.get(marker + 2..)?.first_chunk::<2>()?;
                    let end = marker + 2 + usize::from(u16::from_be_bytes(*length)).max(2);
                    self.at = end;
                    let data = self.jpeg.get(marker + 4..end.min(self.jpeg.len())).unwrap_or_default();
                    return Some(Segment { marker: name, data, end });
                }
            }
        }
    }
}

/// Is this the marker of a frame header, which says how the picture is coded?
pub(super) const fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc)
}

/// Were all coefficients of all components sent, each to its last bit?
///
/// Tells a picture of several scans that ends between two of them; where the data of the last scan ends it does not tell.
pub(super) fn has_all_scans(jpeg: &[u8]) -> bool {
    let mut is_progressive = false;
    // Of each component its name, and how many low bits of each coefficient are still to come.
    let mut components: Vec<(u8, [u8; 64])> = Vec::new();
    for Segment { marker, data, .. } in Segments::of(jpeg) {
        if is_frame(marker) && components.is_empty() {
            is_progressive = matches!(marker, 0xc2 | 0xca);
            components = data.get(6..).unwrap_or_default().chunks_exact(3).map(|one| (one[0], [u8::MAX; 64])).collect();
        }
        if marker == SCAN {
            note_scan(&mut components, data, is_progressive);
        }
    }
    !components.is_empty() && components.iter().all(|(_, missing)| missing.iter().all(|bits| *bits == 0))
}

/// Notes what a scan brings: for each of its components the coefficients from one to another, but for some low bits.
fn note_scan(components: &mut [(u8, [u8; 64])], header: &[u8], is_progressive: bool) {
    let Some((&count, rest)) = header.split_first() else { return };
    let count = usize::from(count);
    let (Some(names), Some(&[first, last, bits])) = (rest.get(..2 * count), rest.get(2 * count..2 * count + 3)) else {
        return;
    };
    // The scans of other pictures bring all, whatever their headers say here.
    let [first, last, bits] = if is_progressive { [first, last.min(63), bits & 15] } else { [0, 63, 0] };
    for (name, missing) in components.iter_mut() {
        if names.chunks_exact(2).any(|one| one[0] == *name)
            && let Some(sent) = missing.get_mut(usize::from(first)..=usize::from(last))
        {
            sent.fill(bits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A start, a frame of one component, and scans of it with these headers after the component.
    fn with_scans(scans: &[[u8; 3]]) -> Vec<u8> {
        let mut jpeg = b"\xff\xd8\xff\xc2\x00\x0b\x08\x00\x08\x00\x08\x01\x01\x11\x00".to_vec();
        for [first, last, bits] in scans {
            jpeg.extend([0xff, SCAN, 0, 8, 1, 1, 0, *first, *last, *bits, 0x12, 0x34, 0xff, 0x00]);
        }
        jpeg
    }

    #[test]
    fn a_picture_is_complete_when_every_bit_of_every_coefficient_was_sent() {
        assert!(has_all_scans(&with_scans(&[[0, 63, 0]])));
        assert!(has_all_scans(&with_scans(&[[0, 0, 1], [1, 63, 0], [0, 0, 0x10]])));
        assert!(!has_all_scans(&with_scans(&[[0, 0, 0]])));
        assert!(!has_all_scans(&with_scans(&[[0, 0, 1], [1, 63, 0]])));
        assert!(!has_all_scans(b"\xff\xd8\xff\xe0\x00\x02"));
    }

    #[test]
    fn segments_are_walked_and_the_data_of_scans_is_passed_over() {
        let jpeg = [with_scans(&[[0, 63, 0]]), vec![0xff, END]].concat();
        let markers: Vec<u8> = Segments::of(&jpeg).map(|segment| segment.marker).collect();
        assert_eq!(markers, [0xc2, SCAN, END]);
        assert_eq!(Segments::of(&jpeg).last().map(|segment| segment.end), Some(jpeg.len()));
    }
}
