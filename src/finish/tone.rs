//! Contrast around the picture's own middle tone, so that skin keeps its tone while lines and lights part from it.

use super::layer::{Layer, Pixel};

/// Rec. 709 weights of red, green and blue in what is seen as light.
const WEIGHTS: [f32; 3] = [0.2126, 0.7152, 0.0722];

/// How tones part from their middle.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tone {
    middle: f32,
    amount: f32,
}

impl Tone {
    /// Around the mean of what is drawn in `picture`; `amount` 0 leaves every tone, 1 doubles its distance to the middle.
    pub(crate) fn of(picture: &Layer, amount: f32) -> Self {
        if amount <= 0.0 {
            return Self { middle: 0.0, amount: 0.0 };
        }
        // In one order, so that the same picture has the same bytes every time.
        let (light, alpha) = picture.pixels.iter().fold((0.0_f64, 0.0_f64), |(light, alpha), pixel| {
            (light + f64::from(light_of(*pixel)), alpha + f64::from(pixel[3]))
        });
        Self { middle: if alpha > 0.0 { (light / alpha) as f32 } else { 0.0 }, amount }
    }

    /// A premultiplied pixel with its new tone; all channels move alike, so that the hue stays.
    #[inline]
    pub(crate) fn on(self, pixel: Pixel) -> Pixel {
        let alpha = pixel[3];
        if self.amount <= 0.0 || alpha <= 0.0 {
            return pixel;
        }
        let shift = (light_of(pixel) - self.middle * alpha) * self.amount;
        let [red, green, blue] = [pixel[0], pixel[1], pixel[2]].map(|value| (value + shift).clamp(0.0, alpha));
        [red, green, blue, alpha]
    }
}

/// The light of a premultiplied pixel.
fn light_of(pixel: Pixel) -> f32 {
    pixel.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn darks_and_lights_part_and_the_middle_and_what_is_clear_stay() {
        let grey = |value: f32| [value, value, value, 1.0];
        let picture = Layer { pixels: vec![grey(0.3), grey(0.5), grey(0.7), [0.0; 4]] };
        let tone = Tone::of(&picture, 0.5);
        let after: Vec<f32> = picture.pixels.iter().map(|pixel| tone.on(*pixel)[0]).collect();
        for (after, wanted) in after.iter().zip([0.2, 0.5, 0.8, 0.0]) {
            assert!((after - wanted).abs() < 1e-5, "{after} is not {wanted}");
        }
        assert_eq!(Tone::of(&picture, 0.0).on(grey(0.3)), grey(0.3));
    }

    #[test]
    fn no_tone_leaves_what_its_alpha_holds() {
        let picture = Layer { pixels: vec![[0.5, 0.5, 0.5, 0.5], [0.0, 0.0, 0.0, 1.0]] };
        let tone = Tone::of(&picture, 1.0);
        assert_eq!(tone.on(picture.pixels[0]), [0.5, 0.5, 0.5, 0.5]);
        assert_eq!(tone.on(picture.pixels[1]), [0.0, 0.0, 0.0, 1.0]);
    }
}
