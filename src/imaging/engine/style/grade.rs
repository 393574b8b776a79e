//! Each style's palette: what becomes of a drawn colour.

use super::styles::Style;
use crate::engine::raster::colour::{Lab, mixed, turned};
use crate::engine::raster::plane::{mix, smoothstep};

/// What a pixel shows; the shares add up to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::engine) struct Shares {
    /// Share of skin.
    pub(in crate::engine) skin: f32,
    /// Share of hair.
    pub(in crate::engine) hair: f32,
    /// Share of everything else.
    pub(in crate::engine) cloth: f32,
}

/// The colour in the style's palette. `boost` (0 to 1) goes beyond the design to few pure hues.
pub(in crate::engine) fn graded(style: Style, colour: Lab, shares: Shares, boost: f32) -> Lab {
    let designed = match style {
        Style::Cartoon | Style::Flat | Style::Pixel => lit(colour, shares),
        Style::Ink => [colour[0], 0.0, 0.0],
        Style::Pop => pop(colour, shares),
        Style::Watercolour => washed(colour, shares),
        Style::Neon => neon(colour, shares),
        Style::Vintage => faded(reddened(colour, shares), shares.skin),
        Style::Kawaii => pastel(colour, shares),
    };
    if boost <= 0.0 || style == Style::Ink {
        return designed;
    }
    let pure = snapped(designed, 10.0, 1.32, 0.05);
    mixed(designed, pure, boost * (1.0 - 0.55 * shares.skin))
}

/// Cool shade, warm light.
fn lit([l, a, b]: Lab, shares: Shares) -> Lab {
    let shade = smoothstep(0.62, 0.20, l);
    let light = smoothstep(0.60, 0.95, l);
    let skin = shares.skin;
    let a = a + shade * mix(0.003, 0.0, skin);
    // Black hair is not blue.
    let b = b - shade * 0.008 * shares.cloth + light * mix(0.006, 0.0, skin);
    reddened([l, a, b], shares)
}

/// Neither skin nor hair is ever a little green: yellow needs its share of red. What is dyed green stays so.
fn reddened([l, a, b]: Lab, shares: Shares) -> Lab {
    let dyed = smoothstep(-0.02, -0.05, a);
    let least_red = (0.30 * shares.skin + 0.36 * shares.hair * (1.0 - dyed)) * b + dyed * shares.hair * a;
    [l, a.max(mix(a, least_red, (shares.skin + shares.hair).min(1.0))), b]
}

/// Few pure hues; skin keeps its own.
fn pop(colour: Lab, shares: Shares) -> Lab {
    let colour = lit(colour, shares);
    let pure = snapped(colour, 12.0, 1.60, 0.03);
    // Strong colours are lighter than the dark cloth they stand for.
    let chroma = colour[1].hypot(colour[2]);
    let shining = [mix(pure[0], pure[0].max(0.62), 0.6 * smoothstep(0.06, 0.14, chroma)), pure[1], pure[2]];
    let [l, a, b] = colour;
    mixed(mixed(colour, shining, 0.85), [l, a * 1.04, b * 1.02], shares.skin)
}

/// Thin pigment: lighter clothes and hair, a little less chroma in the dark.
fn washed(colour: Lab, shares: Shares) -> Lab {
    let [l, a, b] = reddened(colour, shares);
    let thin = 0.16 * (1.0 - shares.skin);
    let lighter = l + (1.0 - l) * thin;
    let lifted = mix(lighter, lighter.max(0.24), 1.0 - shares.skin);
    [lifted, a * 1.05, b * 1.05 - 0.004 * (1.0 - shares.skin)]
}

/// Light in two colours: magenta on skin, cyan in hair, violet elsewhere.
fn neon([l, ..]: Lab, shares: Shares) -> Lab {
    const SKIN: [Lab; 4] = [[0.20, 0.08, -0.14], [0.45, 0.19, -0.13], [0.70, 0.22, -0.05], [0.90, 0.07, 0.03]];
    const HAIR: [Lab; 4] = [[0.17, 0.03, -0.12], [0.40, -0.01, -0.19], [0.68, -0.10, -0.09], [0.90, -0.11, -0.01]];
    const CLOTH: [Lab; 4] = [[0.15, 0.04, -0.09], [0.36, 0.13, -0.20], [0.62, 0.20, -0.14], [0.86, 0.06, -0.06]];
    let ramp = |stops: [Lab; 4]| {
        let at = (smoothstep(0.05, 1.0, l) * 3.0).clamp(0.0, 2.999);
        let stop = at as usize;
        mixed(stops[stop], stops[stop + 1], at - stop as f32)
    };
    let (skin, hair, cloth) = (ramp(SKIN), ramp(HAIR), ramp(CLOTH));
    [0, 1, 2].map(|c: usize| shares.skin * skin[c] + shares.hair * hair[c] + shares.cloth * cloth[c])
}

/// Old print: lifted blacks, dimmed whites, brown over everything.
fn faded([l, a, b]: Lab, skin: f32) -> Lab {
    let paper = mix(0.16 + 0.80 * l, 0.12 + 0.81 * l, skin);
    let sepia = [paper, 0.022, 0.046];
    // Strong colours of clothes have faded, and still tell one from the other.
    let strong = (1.0 - skin) * smoothstep(0.03, 0.13, a.hypot(b));
    mixed([paper, a * 0.8 + 0.006, b * 0.75 + 0.012], sepia, 0.62 - 0.30 * strong)
}

/// Light and milky; skin keeps its lightness.
fn pastel(colour: Lab, shares: Shares) -> Lab {
    let [l, a, b] = reddened(colour, shares);
    // Hair stays darker than the face, or the two run together.
    let lift = 0.34 - 0.20 * shares.hair;
    let milky = mix(lift + (0.98 - lift) * l, l, shares.skin);
    // What has no colour becomes lavender.
    let grey = shares.cloth * smoothstep(0.05, 0.0, a.hypot(b)) * smoothstep(0.98, 0.5, milky);
    [milky, a * 0.95 + 0.006 + 0.016 * grey, b * 0.85 - 0.034 * grey]
}

/// The hue moved to the nearest of `hues`, more chroma.
fn snapped([l, a, b]: Lab, hues: f32, factor: f32, least: f32) -> Lab {
    let chroma = a.hypot(b);
    let step = std::f32::consts::TAU / hues;
    let hue = (b.atan2(a) / step).round() * step;
    // What is nearly grey has no hue to speak of.
    let sure = smoothstep(0.012, 0.04, chroma);
    let strong = (chroma * factor).clamp(least * sure, 0.24);
    mixed([l, a, b], turned([l, strong, 0.0], hue), sure)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SKIN: Shares = Shares { skin: 1.0, hair: 0.0, cloth: 0.0 };

    #[test]
    fn natural_palettes_never_lighten_skin() {
        for style in [Style::Cartoon, Style::Flat, Style::Pop, Style::Watercolour, Style::Kawaii, Style::Pixel] {
            for step in 2..10 {
                let skin = [step as f32 / 10.0, 0.04, 0.05];
                assert!(graded(style, skin, SKIN, 0.0)[0] <= skin[0] + 1e-4, "{style:?} {skin:?}");
            }
        }
    }

    #[test]
    fn snapping_leaves_grey_grey() {
        assert_eq!(snapped([0.5, 0.0, 0.0], 12.0, 2.0, 0.05), [0.5, 0.0, 0.0]);
    }
}
