//! Decodes untrusted pictures within limits, upright, in sRGB; resizes; outlines; encodes; reads palettes; reads and writes PNG text; tells a whole file from a cut one.

mod cicp;
mod color;
mod decode;
mod encode;
mod endless;
mod error;
mod format;
mod gate;
mod jpeg_segments;
mod kinds;
mod lettering;
mod mend;
mod outline;
mod palette;
mod png_chunks;
mod png_color;
mod png_text;
mod quiet;
mod sheet;
mod tiff_depth;
mod tiff_tags;
mod webp_chunks;
mod whole;

pub use ::resize::{Region, Resizable, resize_region, shrink};
pub use decode::{
    MAX_DECODED_BYTES, MAX_FILE_BYTES, MAX_PHOTO_PIXELS, MAX_STICKER_PIXELS, Photo, decode_photo, decode_sticker,
    has_alpha_cutout,
};
pub use encode::{PngPixels, encode_jpeg, encode_png};
pub use error::PictureError;
pub use format::{Format, sniff};
pub use outline::{outline, outlines};
pub use palette::{LARGEST_PALETTE, PaletteError, read_palette};
pub use png_chunks::{Chunk as PngChunk, Chunks as PngChunks};
pub use png_text::{PngText, is_as_written, read_png_text, with_png_text, with_png_text_alone};
pub use sheet::Sheet;
pub use webp_chunks::RiffChunks;
pub use whole::check_whole;
