//! A labelled grid of pictures as a PNG file, written row by row: in memory is never more than one row of it.

use std::io::Write;

use image::{Rgb, RgbImage, RgbaImage};

use super::lettering::Lettering;
use super::{PictureError, shrink};

/// Side of a picture in the grid, in pixels.
const CELL: u32 = 256;

/// Width of a line in pixels.
const LINE: u32 = 2;

/// Around everything.
const MARGIN: u32 = 32;

/// Between words and the grid.
const GAP: u32 = 16;

/// Words beside the rows are at most this wide.
const WIDEST: f32 = 320.0;

const PAPER: [u8; 3] = [255, 255, 255];
const INK: [u8; 3] = [28, 30, 31];
/// Seen on the white borders of stickers as well as on their colours.
const LINES: [u8; 3] = [155, 157, 160];

/// What stands around the grid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// What varies from left to right.
    pub title: String,
    /// Labels of the columns; at least one.
    pub columns: Vec<String>,
    /// Labels of the rows; none for a single row.
    pub rows: Vec<String>,
}

impl Sheet {
    /// Writes the sheet; `cell` gives the picture at a row and a column, if there is one.
    ///
    /// Pictures are shrunk to 256 pixels and laid on white.
    pub fn write(
        &self,
        out: impl Write,
        mut cell: impl FnMut(usize, usize) -> Option<RgbaImage>,
    ) -> Result<(), PictureError> {
        let (big, small) = (Lettering::new(30.0)?, Lettering::new(26.0)?);
        let labels = self.rows.iter().map(|row| big.width(row)).fold(0.0, f32::max).min(WIDEST);
        let labels = if self.rows.is_empty() { 0 } else { labels.ceil() as u32 + GAP };
        let head = (small.height() + big.height()).ceil() as u32 + 2 * GAP;
        let pitch = CELL + LINE;
        let (columns, rows) = (self.columns.len() as u32, self.rows.len().max(1) as u32);
        let left = MARGIN + labels;
        let grid = columns * pitch + LINE;
        let (width, height) = (left + grid + MARGIN, MARGIN + head + rows * pitch + LINE + MARGIN);

        let mut encoder = png::Encoder::new(out, width, height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
        let mut writer = encoder.write_header()?;
        let mut stream = writer.stream_writer()?;
        let mut put = |band: &RgbImage| stream.write_all(band.as_raw()).map_err(png::EncodingError::from);

        let mut band = RgbImage::from_pixel(width, MARGIN + head, Rgb(PAPER));
        let title = small.fit(&self.title, grid as f32);
        let middle = |words: f32, from: u32, over: u32| from as f32 + (over as f32 - words) / 2.0;
        small.draw(&mut band, &title, middle(small.width(&title), left, grid), MARGIN as f32, LINES);
        for (column, words) in (0_u32..).zip(&self.columns) {
            let words = big.fit(words, CELL as f32);
            let x = middle(big.width(&words), left + LINE + column * pitch, CELL);
            big.draw(&mut band, &words, x, MARGIN as f32 + small.height() + GAP as f32 / 2.0, INK);
        }
        put(&band)?;

        for row in 0..rows {
            let mut band = RgbImage::from_pixel(width, pitch, Rgb(PAPER));
            fill(&mut band, (left, 0), (grid, LINE), LINES);
            for column in 0..=columns {
                fill(&mut band, (left + column * pitch, 0), (LINE, pitch), LINES);
            }
            if let Some(words) = self.rows.get(row as usize) {
                let words = big.fit(words, WIDEST);
                let (x, y) = ((left - GAP) as f32 - big.width(&words), (CELL as f32 - big.height()) / 2.0);
                big.draw(&mut band, &words, x, y, INK);
            }
            for column in 0..columns {
                if let Some(picture) = cell(row as usize, column as usize) {
                    lay(&mut band, &shrink(&picture, CELL), (left + LINE + column * pitch, LINE));
                }
            }
            put(&band)?;
        }
        let mut band = RgbImage::from_pixel(width, LINE + MARGIN, Rgb(PAPER));
        fill(&mut band, (left, 0), (grid, LINE), LINES);
        put(&band)?;
        stream.finish()?;
        writer.finish()?;
        Ok(())
    }
}

fn fill(band: &mut RgbImage, (left, top): (u32, u32), (width, height): (u32, u32), color: [u8; 3]) {
    for y in top..top + height {
        for x in left..left + width {
            band.put_pixel(x, y, Rgb(color));
        }
    }
}

/// Lays a picture on the middle of its cell.
fn lay(band: &mut RgbImage, picture: &RgbaImage, (left, top): (u32, u32)) {
    let (dx, dy) = ((CELL - picture.width()) / 2, (CELL - picture.height()) / 2);
    for (x, y, pixel) in picture.enumerate_pixels() {
        let [red, green, blue, alpha] = pixel.0;
        let mix = |below: u8, above: u8| {
            let (below, above, alpha) = (u16::from(below), u16::from(above), u16::from(alpha));
            ((above * alpha + below * (255 - alpha) + 127) / 255) as u8
        };
        let below = band.get_pixel_mut(left + dx + x, top + dy + y);
        for (channel, above) in below.0.iter_mut().zip([red, green, blue]) {
            *channel = mix(*channel, above);
        }
    }
}

#[cfg(test)]
mod tests {
    use image::Rgba;

    use super::*;

    fn sheet(columns: &[&str], rows: &[&str]) -> Sheet {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Sheet { title: "Prompt strength".to_owned(), columns: words(columns), rows: words(rows) }
    }

    fn drawn(sheet: &Sheet, cell: impl FnMut(usize, usize) -> Option<RgbaImage>) -> RgbImage {
        let mut file = Vec::new();
        sheet.write(&mut file, cell).unwrap();
        image::load_from_memory(&file).unwrap().to_rgb8()
    }

    #[test]
    fn each_picture_stands_in_its_cell_between_lines_that_are_seen_on_white() {
        let sheet = sheet(&["3", "7"], &["ink", "neon"]);
        let image = drawn(&sheet, |row, column| {
            (row != column).then(|| RgbaImage::from_pixel(512, 512, Rgba([200, (row * 50) as u8, 10, 255])))
        });
        let pitch = CELL + LINE;
        let (right, bottom) = (image.width() - MARGIN - LINE, image.height() - MARGIN - LINE);
        let middle_of = |row: u32, column: u32| {
            *image.get_pixel(right - (2 - column) * pitch + pitch / 2, bottom - (2 - row) * pitch + pitch / 2)
        };
        assert_eq!(middle_of(0, 1), Rgb([200, 0, 10]));
        assert_eq!(middle_of(1, 0), Rgb([200, 50, 10]));
        assert_eq!((middle_of(0, 0), middle_of(1, 1)), (Rgb(PAPER), Rgb(PAPER)));
        for (x, y) in [(right, bottom), (right - pitch, bottom - 10), (right - 10, bottom - pitch)] {
            assert_eq!(*image.get_pixel(x, y), Rgb(LINES), "{x}, {y}");
        }
    }

    #[test]
    fn words_stand_beside_rows_and_above_columns_and_stay_within_their_room() {
        let long = "a very long word that no column is wide enough for";
        let image = drawn(&sheet(&["3", long], &["ink", &long.repeat(4)]), |_, _| None);
        let left = image.width() - MARGIN - 2 * (CELL + LINE) - LINE;
        let ink_in = |x: std::ops::Range<u32>, y: std::ops::Range<u32>| {
            y.flat_map(|y| x.clone().map(move |x| (x, y))).filter(|(x, y)| image.get_pixel(*x, *y).0 == INK).count()
        };
        let grid_top = image.height() - MARGIN - 2 * (CELL + LINE) - LINE;
        assert!(ink_in(left..image.width() - MARGIN, 0..grid_top) > 100);
        assert!(ink_in(MARGIN..left - GAP, grid_top..image.height() - MARGIN) > 100);
        assert_eq!(ink_in(0..MARGIN - 2, 0..image.height()), 0);
        assert_eq!(ink_in(left..image.width(), grid_top..image.height()), 0);
        assert!(left <= MARGIN + WIDEST as u32 + GAP + 1);
    }

    #[test]
    fn no_more_than_a_row_is_handed_over_at_once() {
        struct Counts(usize, usize);
        impl Write for Counts {
            fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
                self.0 = self.0.max(bytes.len());
                self.1 += bytes.len();
                Ok(bytes.len())
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        // Noise, which no compression makes small.
        let mut seed = 1_u32;
        let noise = RgbaImage::from_fn(CELL, CELL, |_, _| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let [red, green, blue, _] = seed.to_be_bytes();
            Rgba([red, green, blue, 255])
        });
        let mut counts = Counts(0, 0);
        let rows: Vec<String> = (0..12).map(|row| row.to_string()).collect();
        let sheet = Sheet { rows, ..sheet(&["1", "2", "3"], &[]) };
        sheet.write(&mut counts, |_, _| Some(noise.clone())).unwrap();
        let row = 3 * (CELL * CELL * 3) as usize;
        assert!(counts.1 > 8 * row && counts.0 <= 2 * row, "{} of {} at once", counts.0, counts.1);
    }
}
