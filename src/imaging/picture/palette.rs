//! Palette files: GIMP's `.gpl` and Adobe's Swatch Exchange `.ase`.

/// A palette file bigger than this is not read, in bytes.
pub const LARGEST_PALETTE: usize = 1 << 20;

/// Why a file gives no palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaletteError {
    /// It is something else.
    #[error("this is no palette; choose a GIMP palette (.gpl) or an Adobe swatch file (.ase)")]
    NotAPalette,
    /// It ends in the middle of a colour.
    #[error("the palette file is cut off; export it again")]
    CutOff,
    /// It is a palette without a colour that a screen can show.
    #[error("the palette file names no colours")]
    Empty,
    /// It is too big to be a palette.
    #[error("the file is larger than 1 MB, which no palette is")]
    TooLarge,
}

/// The different colours of a palette file in sRGB, in the file's order, at most `most` of them.
///
/// Of a larger palette those are kept that lie farthest apart.
pub fn read_palette(bytes: &[u8], most: usize) -> Result<Vec<[u8; 3]>, PaletteError> {
    if bytes.len() > LARGEST_PALETTE {
        return Err(PaletteError::TooLarge);
    }
    let mut colours = match bytes.strip_prefix(b"ASEF") {
        Some(rest) => swatches(Reader(rest))?,
        None => lines(&String::from_utf8_lossy(bytes))?,
    };
    let mut seen = std::collections::HashSet::new();
    colours.retain(|colour| seen.insert(*colour));
    if colours.is_empty() {
        return Err(PaletteError::Empty);
    }
    Ok(spread(&colours, most))
}

/// `GIMP Palette`, then lines of three numbers and a name, and lines about the palette as a whole.
fn lines(text: &str) -> Result<Vec<[u8; 3]>, PaletteError> {
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    if lines.next().map(str::trim) != Some("GIMP Palette") {
        return Err(PaletteError::NotAPalette);
    }
    Ok(lines.filter_map(colour_in).collect())
}

fn colour_in(line: &str) -> Option<[u8; 3]> {
    let mut numbers = line.split_whitespace().map(|word| word.parse().ok());
    Some([numbers.next()??, numbers.next()??, numbers.next()??])
}

/// The colours of an Adobe Swatch Exchange file after its first four bytes. Numbers are big-endian.
fn swatches(mut file: Reader<'_>) -> Result<Vec<[u8; 3]>, PaletteError> {
    /// The kind of a block that is a colour; others begin and end groups.
    const COLOUR: u16 = 1;
    file.bytes(4)?; // The version.
    let blocks = file.u32()?;
    let mut colours = Vec::new();
    for _ in 0..blocks {
        let (kind, length) = (file.u16()?, file.u32()?);
        let block = Reader(file.bytes(length as usize)?);
        if kind == COLOUR {
            colours.extend(swatch(block)?);
        }
    }
    Ok(colours)
}

/// A name in UTF-16, a colour model and its numbers; none for a model that nobody has documented.
fn swatch(mut block: Reader<'_>) -> Result<Option<[u8; 3]>, PaletteError> {
    let letters = block.u16()?;
    block.bytes(2 * letters as usize)?;
    let model = block.bytes(4)?;
    let mut number = || block.f32();
    let srgb = match model {
        b"RGB " => [number()?, number()?, number()?],
        b"Gray" => [number()?; 3],
        b"CMYK" => {
            let inks = [number()?, number()?, number()?];
            let black = number()?;
            inks.map(|ink| (1.0 - ink) * (1.0 - black))
        }
        b"LAB " => from_cielab([100.0 * number()?, number()?, number()?]),
        _ => return Ok(None),
    };
    Ok(Some(srgb.map(|value| (value.clamp(0.0, 1.0) * 255.0).round() as u8)))
}

/// CIELAB under D50, as ICC profiles have it, to sRGB (0 to 1, not clamped), by the Bradford-adapted matrix of
/// Lindbloom.
fn from_cielab([l, a, b]: [f32; 3]) -> [f32; 3] {
    let y = (l + 16.0) / 116.0;
    let [x, y, z] = [y + a / 500.0, y, y - b / 200.0]
        .map(|f| if f > 6.0 / 29.0 { f.powi(3) } else { (f - 4.0 / 29.0) * 0.128_419 });
    let (x, z) = (0.964_22 * x, 0.825_21 * z);
    let linear = [
        3.133_856 * x - 1.616_867 * y - 0.490_615 * z,
        -0.978_768 * x + 1.916_142 * y + 0.033_454 * z,
        0.071_945 * x - 0.228_991 * y + 1.405_243 * z,
    ];
    linear.map(|v| if v <= 0.003_130_8 { 12.92 * v } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 })
}

/// At most `most` colours that lie far apart, in their order: each next one is farthest from those before (Gonzalez,
/// 1985).
fn spread(colours: &[[u8; 3]], most: usize) -> Vec<[u8; 3]> {
    let apart = |a: [u8; 3], b: [u8; 3]| -> u32 { a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum() };
    let mut nearest = vec![u32::MAX; colours.len()];
    let mut kept = Vec::new();
    let mut next = 0;
    while kept.len() < most.min(colours.len()) {
        kept.push(next);
        for (nearest, colour) in nearest.iter_mut().zip(colours) {
            *nearest = (*nearest).min(apart(*colour, colours[next]));
        }
        next = (0..colours.len()).max_by_key(|&i| (nearest[i], std::cmp::Reverse(i))).unwrap_or(0);
    }
    kept.sort_unstable();
    kept.into_iter().map(|index| colours[index]).collect()
}

/// What is left of a file.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn bytes(&mut self, count: usize) -> Result<&'a [u8], PaletteError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(PaletteError::CutOff)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], PaletteError> {
        let (taken, rest) = self.0.split_first_chunk().ok_or(PaletteError::CutOff)?;
        self.0 = rest;
        Ok(*taken)
    }

    fn u16(&mut self) -> Result<u16, PaletteError> {
        self.array().map(u16::from_be_bytes)
    }

    fn u32(&mut self) -> Result<u32, PaletteError> {
        self.array().map(u32::from_be_bytes)
    }

    fn f32(&mut self) -> Result<f32, PaletteError> {
        self.array().map(f32::from_be_bytes)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A swatch file with one group and these colours.
    fn ase(colours: &[(&[u8; 4], &[f32])]) -> Vec<u8> {
        let mut file = b"ASEF\0\x01\0\0".to_vec();
        file.extend((colours.len() as u32 + 2).to_be_bytes());
        let block = |file: &mut Vec<u8>, kind: u16, body: &[u8]| {
            file.extend(kind.to_be_bytes());
            file.extend((body.len() as u32).to_be_bytes());
            file.extend(body);
        };
        block(&mut file, 0xC001, b"\0\x02\0g\0\0");
        for (model, numbers) in colours {
            let mut body = b"\0\x02\0n\0\0".to_vec();
            body.extend(*model);
            body.extend(numbers.iter().flat_map(|number| number.to_be_bytes()));
            body.extend([0, 2]);
            block(&mut file, 1, &body);
        }
        block(&mut file, 0xC002, b"");
        file
    }

    #[test]
    fn a_gimp_palette_gives_its_different_colours_in_order() {
        let file = "GIMP Palette\r\nName: Two\r\nColumns: 2\r\n# a comment\r\n255 136   0 Orange\r\n 32  64  96\r\n255 136 0 Again\r\n";
        assert_eq!(read_palette(file.as_bytes(), 32), Ok(vec![[255, 136, 0], [32, 64, 96]]));
    }

    #[test]
    fn a_swatch_file_gives_colours_of_every_model_in_srgb() {
        let file = ase(&[
            (b"RGB ", &[1.0, 0.5, 0.0]),
            (b"CMYK", &[0.0, 1.0, 1.0, 0.5]),
            (b"Gray", &[0.25]),
            // What D50's own white, and the red of sRGB, are in CIELAB.
            (b"LAB ", &[1.0, 0.0, 0.0]),
            (b"LAB ", &[0.5429, 80.81, 69.89]),
            (b"HSB ", &[0.1, 0.2, 0.3]),
        ]);
        let expected = [[255_u8, 128, 0], [128, 0, 0], [64, 64, 64], [255, 255, 255], [255, 0, 0]];
        let read = read_palette(&file, 32).unwrap();
        assert_eq!(read.len(), expected.len(), "{read:?}");
        for (read, expected) in read.iter().zip(expected) {
            assert!(read.iter().zip(expected).all(|(a, b)| a.abs_diff(b) <= 1), "{read:?} for {expected:?}");
        }
    }

    #[test]
    fn of_a_large_palette_the_most_different_colours_are_kept() {
        let greys: Vec<String> = (0..=255).map(|v| format!("{v} {v} {v}")).collect();
        let file = format!("GIMP Palette\n{}\n255 0 0 Red\n", greys.join("\n"));
        let kept = read_palette(file.as_bytes(), 4).unwrap();
        assert!(kept.contains(&[0; 3]) && kept.contains(&[255; 3]) && kept.contains(&[255, 0, 0]), "{kept:?}");
        assert_eq!(kept.len(), 4);
    }

    #[test]
    fn what_is_no_palette_says_so() {
        assert_eq!(read_palette(b"\x89PNG\r\n", 8), Err(PaletteError::NotAPalette));
        assert_eq!(read_palette(b"255 0 0\n", 8), Err(PaletteError::NotAPalette));
        assert_eq!(read_palette(b"GIMP Palette\n256 0 0\nred\n", 8), Err(PaletteError::Empty));
        assert_eq!(read_palette(&vec![b' '; LARGEST_PALETTE + 1], 8), Err(PaletteError::TooLarge));
        let whole = ase(&[(b"RGB ", &[1.0, 0.5, 0.0])]);
        for length in 4..whole.len() {
            assert_eq!(read_palette(&whole[..length], 8), Err(PaletteError::CutOff), "{length} bytes");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_break_it(mut bytes in proptest::collection::vec(any::<u8>(), 0..200), is_ase in any::<bool>()) {
            if is_ase {
                bytes.splice(0..0, *b"ASEF\0\x01\0\0\0\0\0\x03\0\x01");
            }
            prop_assert!(read_palette(&bytes, 3).is_ok_and(|colours| colours.len() <= 3) || read_palette(&bytes, 3).is_err());
        }
    }
}
