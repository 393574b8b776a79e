//! A picture in few colours, alpha among them.

use color_quant::NeuQuant;
use image::RgbaImage;

/// How closely the colours are looked at, 1 to 30; 1 looks at every pixel.
const SAMPLE: i32 = 3;

/// A picture whose pixels are places in a list of colours.
#[derive(Clone, Debug)]
pub(super) struct Palette {
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// Red, green and blue of each colour.
    pub colours: Vec<u8>,
    /// Alpha of each colour.
    pub alphas: Vec<u8>,
    /// The place of each pixel's colour.
    pub pixels: Vec<u8>,
}

impl Palette {
    /// The picture in at most `colours` colours, 2 to 256. The first one is clear, and clear pixels stay clear.
    ///
    /// Colours are learnt premultiplied by their alpha, so that what is hardly seen hardly counts.
    pub(super) fn of(picture: &RgbaImage, colours: usize) -> Self {
        let premultiplied: Vec<u8> = picture.pixels().flat_map(|pixel| premultiplied(pixel.0)).collect();
        let learnt = NeuQuant::new(SAMPLE, colours.saturating_sub(1).max(1), &premultiplied);
        let map = learnt.color_map_rgba();
        let listed = map.chunks_exact(4).map(|colour| straight([colour[0], colour[1], colour[2], colour[3]]));
        let listed: Vec<[u8; 4]> = std::iter::once([0; 4]).chain(listed).collect();
        let place = |pixel: &[u8]| if pixel[3] == 0 { 0 } else { learnt.index_of(pixel) as u8 + 1 };
        Self {
            size: picture.dimensions(),
            colours: listed.iter().flat_map(|colour| [colour[0], colour[1], colour[2]]).collect(),
            alphas: listed.iter().map(|colour| colour[3]).collect(),
            pixels: premultiplied.chunks_exact(4).map(place).collect(),
        }
    }
}

fn premultiplied([red, green, blue, alpha]: [u8; 4]) -> [u8; 4] {
    let times = |value: u8| ((u16::from(value) * u16::from(alpha) + 127) / 255) as u8;
    [times(red), times(green), times(blue), alpha]
}

fn straight([red, green, blue, alpha]: [u8; 4]) -> [u8; 4] {
    let over = |value: u8| (u16::from(value) * 255 / u16::from(alpha.max(1))).min(255) as u8;
    [over(red), over(green), over(blue), alpha]
}
