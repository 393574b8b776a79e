//! The last step: shadow, lines, picture, words and light, pixel by pixel from the distances to the outline.

use image::RgbaImage;
use rayon::prelude::*;

use model::finish::{Color, Finish};

use super::contour::Field;
use super::layer::{CLEAR, Layer, Pixel, faded, inked, length, over, smoothstep, straight};
use super::relief::{Height, Light};
use super::tone::Tone;

/// Beyond the outline what came with the picture, such as a shadow of its own, fades over these distances in pixels,
/// where a line is drawn: it would soil the line.
const FADES: [f32; 2] = [1.0, 3.0];

/// What is drawn around the picture, in pixels of the canvas.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// Width of the first line; 0 when there is none.
    pub(crate) first: f32,
    first_color: Color,
    second: f32,
    second_color: Color,
    shadow: Option<Cast>,
    gloss: f32,
    puff: f32,
    contrast: f32,
}

/// A shadow.
#[derive(Clone, Copy, Debug)]
struct Cast {
    color: Color,
    opacity: f32,
    softness: f32,
    offset: [f32; 2],
}

impl Look {
    pub(crate) fn of(finish: &Finish, longer: f32) -> Self {
        let Finish { outline, second, shadow, relief, .. } = finish;
        let cast = Cast {
            color: shadow.color,
            opacity: shadow.opacity,
            softness: shadow.softness * longer,
            offset: shadow.offset.map(|share| share * longer),
        };
        Self {
            first: outline.drawn() * longer,
            first_color: outline.color,
            second: second.drawn() * longer,
            second_color: second.color,
            shadow: (shadow.on && shadow.opacity > 0.0).then_some(cast),
            gloss: relief.gloss,
            puff: relief.puff,
            contrast: finish.contrast,
        }
    }

    /// How far the lines reach from the outline.
    pub(crate) const fn reach(&self) -> f32 {
        self.first + self.second
    }

    /// What is needed to the left of the outline, above it, to its right and below it: the lines with this margin, and
    /// the shadow within the canvas.
    pub(crate) fn room(&self, margin: f32) -> [f32; 4] {
        let reach = self.reach() + 1.0;
        let Some(Cast { softness, offset: [x, y], .. }) = self.shadow else { return [reach + margin; 4] };
        let soft = reach + softness.max(1.0);
        [-x, -y, x, y].map(|further| (reach + margin).max(soft + further))
    }
}

/// Draws everything.
pub(crate) fn compose(
    size: (u32, u32),
    placed: &Layer,
    words: Option<&Layer>,
    field: &Field,
    height: Option<&Height>,
    look: &Look,
) -> RgbaImage {
    let width = size.0 as usize;
    let tone = Tone::of(placed, look.contrast);
    let mut bytes = vec![0; width * size.1 as usize * 4];
    bytes.par_chunks_exact_mut(width * 4).enumerate().for_each(|(y, row)| {
        for (x, target) in row.as_chunks_mut::<4>().0.iter_mut().enumerate() {
            let index = y * width + x;
            let distance = field.values[index];
            let picture = look.picture(tone.on(placed.pixels[index]), distance);
            let top = over(words.map_or(CLEAR, |words| words.pixels[index]), picture);
            let lit = height.map(|height| height.light([x, y], size, distance - look.first));
            let pixel = look.around(top, distance, lit, || {
                let [right, down] = look.shadow.map(|cast| cast.offset).unwrap_or_default();
                field.at(x as f32 - right, y as f32 - down)
            });
            *target = straight(pixel);
        }
    });
    RgbaImage::from_raw(size.0, size.1, bytes).unwrap_or_default()
}

impl Look {
    /// The picture without what would soil a line around it.
    #[inline]
    fn picture(&self, pixel: Pixel, distance: f32) -> Pixel {
        if self.reach() == 0.0 || distance <= FADES[0] {
            return pixel;
        }
        faded(pixel, 1.0 - smoothstep(FADES[0], FADES[1], distance))
    }

    /// A pixel with the lines and the shadow beneath it.
    #[inline]
    fn around(&self, mut top: Pixel, distance: f32, lit: Option<Light>, shadow_distance: impl Fn() -> f32) -> Pixel {
        let covered = |width: f32| (width - distance + 0.5).clamp(0.0, 1.0);
        let shows = |top: Pixel, width: f32| top[3] < 1.0 && covered(width) > 0.0;
        if self.first > 0.0 && shows(top, self.first) {
            top = over(top, inked(self.first_color, covered(self.first)));
        }
        if let Some(light) = lit {
            top = light.on(top, self.puff, self.gloss);
        }
        if self.second > 0.0 && shows(top, self.reach()) {
            top = over(top, inked(self.second_color, covered(self.reach())));
        }
        match &self.shadow {
            Some(cast) if top[3] < 1.0 && distance - self.reach() < cast.reach() => {
                over(top, inked(cast.color, cast.alpha(shadow_distance() - self.reach())))
            }
            _ => top,
        }
    }
}

impl Cast {
    /// Farther than this from what casts it there is none.
    fn reach(&self) -> f32 {
        let [right, down] = self.offset;
        self.softness.max(1.0) + length(right, down)
    }

    /// How much is hidden at this distance from what casts the shadow.
    fn alpha(&self, distance: f32) -> f32 {
        if self.softness < 1.0 {
            return self.opacity * (0.5 - distance).clamp(0.0, 1.0);
        }
        self.opacity * (1.0 - smoothstep(-0.5 * self.softness, self.softness, distance))
    }
}
