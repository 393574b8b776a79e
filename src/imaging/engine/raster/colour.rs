//! Oklab (Björn Ottosson, 2020): lightness L from 0 to 1, green to red a, blue to yellow b.

use std::sync::OnceLock;

/// A colour as `[L, a, b]`.
pub(in crate::engine) type Lab = [f32; 3];

/// Entries of the encoding table.
const STEPS: usize = 2048;

/// An sRGB component from 0 to 1 as linear light.
#[inline]
pub(in crate::engine) fn linear(component: f32) -> f32 {
    if component <= 0.04045 { component / 12.92 } else { ((component + 0.055) / 1.055).powf(2.4) }
}

/// Oklab from sRGB components, 0 to 1 each.
#[inline]
pub(in crate::engine) fn from_srgb(rgb: [f32; 3]) -> Lab {
    let [r, g, b] = rgb.map(linear);
    let l = (0.412_221_46 * r + 0.536_332_55 * g + 0.051_445_995 * b).max(0.0).cbrt();
    let m = (0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b).max(0.0).cbrt();
    let s = (0.088_302_46 * r + 0.281_718_85 * g + 0.629_978_7 * b).max(0.0).cbrt();
    [
        0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_047 * s,
        1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s,
        0.025_904_037 * l + 0.782_771_77 * m - 0.808_675_77 * s,
    ]
}

/// Linear light of an Oklab colour, outside 0 to 1 where sRGB has no such colour.
#[inline]
fn to_linear([l, a, b]: Lab) -> [f32; 3] {
    let x = (l + 0.396_337_78 * a + 0.215_803_76 * b).powi(3);
    let y = (l - 0.105_561_346 * a - 0.063_854_17 * b).powi(3);
    let z = (l - 0.089_484_18 * a - 1.291_485_5 * b).powi(3);
    [
        4.076_741_7 * x - 3.307_711_6 * y + 0.230_969_94 * z,
        -1.268_438 * x + 2.609_757_4 * y - 0.341_319_4 * z,
        -0.004_196_086_3 * x - 0.703_418_6 * y + 1.707_614_7 * z,
    ]
}

/// sRGB components from 0 to 1; a colour that sRGB lacks loses chroma until it fits.
#[inline]
pub(in crate::engine) fn to_srgb(lab: Lab) -> [f32; 3] {
    const SLACK: f32 = 0.002;
    let mut lab = [lab[0].clamp(0.0, 1.0), lab[1], lab[2]];
    let mut light = to_linear(lab);
    for _ in 0..8 {
        if light.iter().all(|v| (-SLACK..=1.0 + SLACK).contains(v)) {
            break;
        }
        lab = [lab[0], lab[1] * 0.87, lab[2] * 0.87];
        light = to_linear(lab);
    }
    light.map(encoded)
}

/// sRGB encoding through a table spaced by square roots (greatest error 2e-5).
#[inline]
fn encoded(light: f32) -> f32 {
    static TABLE: OnceLock<Vec<f32>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        (0..=STEPS + 1)
            .map(|i| {
                let light = (i as f32 / STEPS as f32).powi(2);
                let value = if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
                value.min(1.0)
            })
            .collect()
    });
    let position = light.clamp(0.0, 1.0).sqrt() * STEPS as f32;
    let index = position as usize;
    table[index] + (table[index + 1] - table[index]) * (position - index as f32)
}

/// The colour with its hue turned by `angle` radians.
pub(in crate::engine) fn turned([l, a, b]: Lab, angle: f32) -> Lab {
    let (sine, cosine) = angle.sin_cos();
    [l, a * cosine - b * sine, a * sine + b * cosine]
}

/// Mix of two colours.
#[inline]
pub(in crate::engine) fn mixed(a: Lab, b: Lab, t: f32) -> Lab {
    [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t]
}

/// Which colour of a palette is nearest to `colour`; a hue that is off counts more than a lightness.
pub(in crate::engine) fn nearest(palette: &[Lab], colour: Lab) -> Option<usize> {
    let apart = |other: &Lab| {
        let [dl, da, db] = [other[0] - colour[0], other[1] - colour[1], other[2] - colour[2]];
        dl * dl + 2.0 * (da * da + db * db)
    };
    let best = palette.iter().enumerate().min_by(|a, b| apart(a.1).total_cmp(&apart(b.1)));
    best.map(|(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn srgb_survives_the_way_through_oklab() {
        for rgb in [[0.0, 0.0, 0.0], [1.0, 1.0, 1.0], [0.9, 0.3, 0.1], [0.1, 0.2, 0.8], [0.5, 0.5, 0.5]] {
            let back = to_srgb(from_srgb(rgb));
            for (a, b) in rgb.iter().zip(back) {
                assert!((a - b).abs() < 0.003, "{rgb:?} came back as {back:?}");
            }
        }
    }

    #[test]
    fn a_colour_that_srgb_lacks_keeps_its_lightness() {
        let srgb = to_srgb([0.6, 0.4, 0.1]);
        assert!((from_srgb(srgb)[0] - 0.6).abs() < 0.03);
    }
}
