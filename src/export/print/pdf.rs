//! A sheet as PDF: the stickers as pictures, and their cut lines in a spot colour that printers leave out.

use std::io::Write as _;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::types::OverprintMode;
use pdf_writer::writers::ColorSpace;
use pdf_writer::{Content, Filter, Finish as _, Name, Pdf, Rect, Ref};

use super::{PIXELS_PER_MM, POINTS_PER_MM, Piece, Placed, SPOT, Sheet};

/// Thickness of the cut line in points.
const LINE: f32 = 0.25;

const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const PAGE: Ref = Ref::new(3);
const CONTENT: Ref = Ref::new(4);
/// The first picture; its alpha follows it, then the next picture.
const FIRST_PICTURE: i32 = 5;

/// Names the spot's colour space within the page.
const SPACE: Name<'static> = Name(b"Cut");

/// Names the way of printing in which the cut line does not knock out what lies under it.
const OVERPRINT: Name<'static> = Name(b"Over");

pub(super) fn write(sheet: &Sheet) -> Vec<u8> {
    let mut pdf = Pdf::new();
    pdf.catalog(CATALOG).pages(PAGES);
    pdf.pages(PAGES).kids([PAGE]).count(1);
    let pieces = pieces(sheet);
    let names: Vec<String> = (1..=pieces.len()).map(|number| format!("Sticker{number}")).collect();
    write_page(&mut pdf, sheet, &names);
    for (index, piece) in pieces.iter().enumerate() {
        write_picture(&mut pdf, piece, picture(index));
    }
    let content = deflated(&content(sheet, &pieces, &names));
    pdf.stream(CONTENT, &content).filter(Filter::FlateDecode);
    pdf.finish()
}

/// The stickers of a sheet, each once: its copies show the same picture.
fn pieces(sheet: &Sheet) -> Vec<&Arc<Piece>> {
    let mut pieces: Vec<&Arc<Piece>> = Vec::new();
    for Placed { piece, .. } in &sheet.placed {
        if !pieces.iter().any(|known| Arc::ptr_eq(known, piece)) {
            pieces.push(piece);
        }
    }
    pieces
}

fn picture(index: usize) -> Ref {
    Ref::new(FIRST_PICTURE + 2 * index as i32)
}

fn write_page(pdf: &mut Pdf, sheet: &Sheet, names: &[String]) {
    let mut page = pdf.page(PAGE);
    let (width, height) = (sheet.options.paper.width * POINTS_PER_MM, sheet.options.paper.height * POINTS_PER_MM);
    page.media_box(Rect::new(0.0, 0.0, width, height));
    page.parent(PAGES);
    page.contents(CONTENT);
    let mut resources = page.resources();
    let mut pictures = resources.x_objects();
    for (index, name) in names.iter().enumerate() {
        pictures.pair(Name(name.as_bytes()), picture(index));
    }
    pictures.finish();
    let mut spaces = resources.color_spaces();
    let mut spot = spaces.insert(SPACE).start::<ColorSpace<'_>>().separation(Name(SPOT.as_bytes()));
    spot.alternate_color_space().device_cmyk();
    let mut tint = spot.tint_exponential();
    // Cyan, magenta, yellow and black: the spot is shown as magenta where nobody knows it.
    tint.domain([0.0, 1.0]).c0([0.0; 4]).c1([0.0, 1.0, 0.0, 0.0]).n(1.0);
    tint.finish();
    spot.finish();
    spaces.finish();
    let mut states = resources.ext_g_states();
    let mut over = states.insert(OVERPRINT).start::<pdf_writer::writers::ExtGraphicsState<'_>>();
    over.overprint(true).overprint_fill(true).overprint_mode(OverprintMode::IgnoreZeroChannel);
    over.finish();
    states.finish();
    resources.finish();
    page.finish();
}

/// A sticker's colours, and its alpha as a picture of its own.
fn write_picture(pdf: &mut Pdf, piece: &Piece, id: Ref) {
    let pixels = &piece.picture;
    let (width, height) = (pixels.width() as i32, pixels.height() as i32);
    let mask = Ref::new(id.get() + 1);
    let colours: Vec<u8> = pixels.pixels().flat_map(|pixel| [pixel.0[0], pixel.0[1], pixel.0[2]]).collect();
    let colours = deflated(&colours);
    let mut image = pdf.image_xobject(id, &colours);
    image.filter(Filter::FlateDecode);
    image.width(width).height(height).bits_per_component(8).s_mask(mask);
    image.color_space().device_rgb();
    image.finish();
    let alpha: Vec<u8> = pixels.pixels().map(|pixel| pixel.0[3]).collect();
    let alpha = deflated(&alpha);
    let mut image = pdf.image_xobject(mask, &alpha);
    image.filter(Filter::FlateDecode);
    image.width(width).height(height).bits_per_component(8);
    image.color_space().device_gray();
    image.finish();
}

/// What is drawn; millimetres from the upper left corner become points from the lower left one.
fn content(sheet: &Sheet, pieces: &[&Arc<Piece>], names: &[String]) -> Vec<u8> {
    let height = sheet.options.paper.height;
    let point = |[x, y]: [f32; 2]| [x * POINTS_PER_MM, (height - y) * POINTS_PER_MM];
    let mut content = Content::new();
    let of_placed = |placed: &Placed| pieces.iter().position(|piece| Arc::ptr_eq(piece, &placed.piece));
    for (placed, name) in sheet.placed.iter().filter_map(|placed| Some((placed, names.get(of_placed(placed)?)?))) {
        let millimetres = |pixels: u32| pixels as f32 / PIXELS_PER_MM;
        let (wide, high) = (millimetres(placed.piece.picture.width()), millimetres(placed.piece.picture.height()));
        let [x, y] = point([millimetres(placed.left), millimetres(placed.top) + high]);
        content.save_state();
        content.transform([wide * POINTS_PER_MM, 0.0, 0.0, high * POINTS_PER_MM, x, y]);
        content.x_object(Name(name.as_bytes()));
        content.restore_state();
    }
    content.set_fill_cmyk(0.0, 0.0, 0.0, 1.0);
    for [left, top, wide, high] in sheet.marks() {
        let [x, y] = point([left, top + high]);
        content.rect(x, y, wide * POINTS_PER_MM, high * POINTS_PER_MM);
        content.fill_nonzero();
    }
    content.set_parameters(OVERPRINT);
    content.set_stroke_color_space(SPACE);
    content.set_stroke_color([1.0]);
    content.set_line_width(LINE);
    for line in sheet.cut_lines() {
        let mut points = line.into_iter().map(point);
        let Some([x, y]) = points.next() else { continue };
        content.move_to(x, y);
        for [x, y] in points {
            content.line_to(x, y);
        }
        content.close_and_stroke();
    }
    content.finish().to_vec()
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    // Memory takes everything.
    drop(encoder.write_all(bytes));
    encoder.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use image::{Rgba, RgbaImage};

    use super::*;
    use crate::print::PrintOptions;

    #[test]
    fn a_sticker_is_in_the_file_once_however_often_it_is_on_the_sheet() {
        let picture = RgbaImage::from_pixel(100, 100, Rgba([200, 30, 30, 255]));
        let options = PrintOptions { size: 20.0, ..PrintOptions::default() };
        let piece = Arc::new(Piece::of(&picture, &options).unwrap());
        let placed = |number: u32| Placed { piece: Arc::clone(&piece), left: 400 * number, top: 300 };
        let of = |copies: u32| write(&Sheet { options, placed: (1..=copies).map(placed).collect() });
        let pictures = |pdf: &[u8]| String::from_utf8_lossy(pdf).matches("/Subtype /Image").count();
        // Its colours, and its alpha.
        assert_eq!([pictures(&of(1)), pictures(&of(4))], [2, 2]);
    }
}
