//! Colours one row of the canvas: tones, drawn features, ink, texture, outline, border.

use super::bands::Bands;
use super::drawn::Shape;
use super::features::Drawing;
use super::field::Window;
use super::painting::{LANES, Painting, lane};
use super::rows::{Rows, shares};
use super::skin_bands::{contrasted, skin_bands};
use super::texture::{Noises, Texture};
use crate::engine::analysis::Analysis;
use crate::engine::raster::colour::{Lab, mixed, nearest};
use crate::engine::raster::noise::choice;
use crate::engine::raster::plane::{length, mix, smoothstep};
use crate::engine::style::grade::{Shares, graded};
use crate::engine::style::look::Look;
use crate::engine::style::styles::Style;

/// How far limits between tones of hair and clothes wander from seed to seed.
const LIMIT_SPREAD: f32 = 0.040;
/// How much hues of hair and clothes turn as the palette of a seed leans, in radians.
const HUE_SPREAD: [f32; 2] = [0.14, 0.26];
/// How much darker the side away from the light is: of skin, hair and clothes.
const SIDE_SHADE: [f32; 3] = [0.085, 0.085, 0.070];
/// Cheeks that differ by more than the second in lightness have a light of their own, by less than the first they have none.
const OWN_LIGHT: [f32; 2] = [0.05, 0.14];
/// How much lighter hair and clothes are on the side of the light.
const SIDE_LIGHT: [f32; 2] = [0.050, 0.025];
/// What a leaning palette adds to the shade of hair and clothes, in `a` and `b`.
const LEANING_SHADE: [f32; 2] = [0.010, 0.026];
/// How much the limit of ink rises and falls where the hand presses less or more.
const PRESSURE: f32 = 0.55;
/// How much wider and narrower the outline becomes there.
const OUTLINE_PRESSURE: f32 = 0.40;
/// Steps at which the styles were designed.
const DESIGNED_STEPS: f32 = 20.0;
/// Lightness below which a drawing in ink is black.
const INK_LIMIT: f32 = 0.36;
/// Width of an edge in pixel art as a share of the usual.
const CRISP: f32 = 0.02;
/// Lightness of black hair and clothes, on which ink still shows.
const LIFTED_BLACK: [f32; 2] = [0.11, 0.16];

/// A colour that differs from its tone by less than the first in `a` and `b` takes that of the tone, by more than the
/// second none of it.
const OTHER_HUE: [f32; 2] = [0.025, 0.055];

/// Farther than this outside the silhouette, in canvas pixels, nothing of the person is drawn.
const BEYOND: f32 = 1.5;

/// A pixel before it is mixed with what lies below.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::engine) struct Pixel {
    /// Colour of sticker and border.
    pub(in crate::engine) colour: Lab,
    /// Opacity of the sticker with its border.
    pub(in crate::engine) cover: f32,
    /// Opacity of the shadow under it.
    pub(in crate::engine) shadow: f32,
}

/// What every row needs.
pub(in crate::engine) struct Shader<'a> {
    look: &'a Look,
    analysis: &'a Analysis,
    drawing: &'a Drawing,
    texture: Texture,
    skin: Bands,
    hair: Bands,
    cloth: Bands,
    /// Canvas pixels per field pixel.
    scale: f32,
    /// Canvas column of the middle of the face.
    middle: f32,
    /// -1 or 1: the side that lies in the shade.
    shaded_side: f32,
    /// How much darker that side is, of skin, hair and clothes.
    side_shade: [f32; 3],
    /// Cosine and sine of how far this seed turns the hues of hair and of clothes.
    turns: [[f32; 2]; 2],
    /// Width of edges as a share of the usual: pixel art has none.
    edge: f32,
    /// Half the lightness over which two tones meet where the painting is calm. The calmer it is, the less noise there is
    /// to soften, and the crisper they meet.
    softest: f32,
}

impl<'a> Shader<'a> {
    pub(in crate::engine) fn new(
        look: &'a Look,
        analysis: &'a Analysis,
        painting: &Painting,
        drawing: &'a Drawing,
        window: Window,
    ) -> Self {
        let bands = |region: usize, tones: usize| {
            let pivot = analysis.features.skin[0];
            let colours: Vec<Lab> =
                painting.samples[region].iter().map(|&[l, a, b]| [contrasted(l, look.contrast, pivot), a, b]).collect();
            let mut bands = Bands::of(&colours, tones);
            for (i, limit) in bands.limits.iter_mut().enumerate() {
                *limit += LIMIT_SPREAD * choice(look.seed, 20 + 8 * region as i32 + i as i32);
            }
            bands
        };
        Self {
            look,
            analysis,
            drawing,
            texture: Texture::new(look, drawing.unit),
            skin: skin_bands(&painting.samples[0], analysis.features.skin, look),
            hair: bands(1, look.hair_tones),
            cloth: bands(2, look.cloth_tones),
            scale: 1.0 / window.step,
            middle: f32::midpoint(drawing.cheeks[0][0], drawing.cheeks[1][0]),
            shaded_side: -look.lit_side(),
            side_shade: SIDE_SHADE
                .map(|shade| shade * smoothstep(OWN_LIGHT[1], OWN_LIGHT[0], analysis.features.side_light)),
            turns: [0, 1].map(|region: usize| {
                // Warm is towards red, so yellows and greens turn back and blues turn on; one sign does for both.
                let angle = HUE_SPREAD[region] * (0.6 * choice(look.seed, 2 + region as i32) - 0.6 * look.lean());
                let angle = angle * look.palette;
                [angle.cos(), angle.sin()]
            }),
            edge: if look.style == Style::Pixel { CRISP } else { 1.0 },
            softest: 0.006 * (DESIGNED_STEPS / look.steps as f32).min(1.0),
        }
    }

    /// A step over one canvas pixel.
    fn step(&self, distance: f32) -> f32 {
        smoothstep(-0.75 * self.edge, 0.75 * self.edge, distance)
    }

    /// Colours the canvas row `y`.
    pub(in crate::engine) fn row(&self, y: usize, rows: Rows<'_>, out: &mut [Pixel]) {
        let border = self.look.border * self.drawing.unit;
        let mut ink = vec![0.0; out.len()];
        let mut plain = vec![0.0; out.len()];
        let mut noises = self.texture.noises(y);
        for (x, pixel) in out.iter_mut().enumerate() {
            let lanes = &rows.here[x];
            let distance = lanes[lane::DISTANCE] * self.scale;
            *pixel = Pixel {
                colour: self.look.border_colour,
                cover: self.step(border - distance),
                shadow: lanes[lane::SHADOW],
            };
            if distance < BEYOND {
                pixel.colour = self.tone(&mut noises, [x, y], rows);
                ink[x] = self.found_ink(self.pressure(&mut noises, x), x, rows);
            }
        }
        self.fill(y, Some(rows), &self.drawing.fills, out, [&mut ink, &mut plain]);
        for shape in &self.drawing.strokes {
            for (x, cover) in shape.covers(y, out.len()) {
                ink[x] = ink[x].max(cover);
            }
        }
        for (x, pixel) in out.iter_mut().enumerate() {
            let distance = rows.here[x][lane::DISTANCE] * self.scale;
            if distance < BEYOND {
                self.finish(&mut noises, [x, y], (&rows.here[x], distance, [ink[x], plain[x]]), pixel);
            }
        }
        self.fill(y, Some(rows), &self.drawing.glints, out, [&mut ink, &mut plain]);
        for (x, pixel) in out.iter_mut().enumerate() {
            let distance = rows.here[x][lane::DISTANCE] * self.scale;
            if distance < BEYOND {
                let body = self.step(-distance);
                pixel.colour = mixed(self.look.border_colour, pixel.colour, body);
            }
        }
        self.props(y, out, [&mut ink, &mut plain]);
    }

    /// What is drawn beside the person is part of the sticker, with a border of its own.
    fn props(&self, y: usize, out: &mut [Pixel], masks: [&mut [f32]; 2]) {
        for shape in &self.drawing.props.shadow {
            for (x, cover) in shape.covers(y, out.len()) {
                out[x].shadow = out[x].shadow.max(self.look.shadow * cover);
            }
        }
        for shape in &self.drawing.props.border {
            for (x, cover) in shape.covers(y, out.len()) {
                out[x].cover = out[x].cover.max(cover);
            }
        }
        self.fill(y, None, &self.drawing.props.figures, out, masks);
    }

    /// Paints shapes over a row: of the person when `rows` is given, of what lies beside them when not.
    /// `ink` and `plain` are told where a shape hides ink and where it has no dots.
    fn fill(
        &self,
        y: usize,
        rows: Option<Rows<'_>>,
        shapes: &[Shape],
        out: &mut [Pixel],
        [ink, plain]: [&mut [f32]; 2],
    ) {
        const FEATURE: Shares = Shares { skin: 0.0, hair: 0.0, cloth: 1.0 };
        const SKIN: Shares = Shares { skin: 1.0, hair: 0.0, cloth: 0.0 };
        for shape in shapes {
            for (x, cover) in shape.covers(y, out.len()) {
                let lanes = rows.map(|rows| &rows.here[x]);
                // A face that the photo cuts ends where the sticker ends.
                if lanes.is_some_and(|lanes| lanes[lane::DISTANCE] * self.scale >= BEYOND) {
                    continue;
                }
                let [light, skin] = lanes.map_or([1.0, 0.0], |lanes| [lanes[lane::PHOTO], lanes[lane::SKIN]]);
                let (colour, opacity) = shape.paint.over(light, skin);
                let shares = if shape.paint.is_skin() { SKIN } else { FEATURE };
                let palette = graded(self.look.style, colour, shares, 0.0);
                let colour = self.in_own_palette(mixed(colour, palette, self.look.palette));
                out[x].colour = mixed(out[x].colour, colour, cover * opacity);
                if shape.hides_ink {
                    ink[x] *= 1.0 - cover * opacity;
                }
                if shape.is_plain {
                    plain[x] = plain[x].max(cover * opacity);
                }
            }
        }
    }

    /// The painted colour of a pixel, stepped into tones and in the style's palette.
    fn tone(&self, noises: &mut Noises, [x, y]: [usize; 2], rows: Rows<'_>) -> Lab {
        let look = self.look;
        let lanes = &rows.here[x];
        let features = lanes[lane::FEATURES];
        let skin_tone = self.analysis.features.skin[0];
        let away = self.shaded_side * (x as f32 + 0.5 - self.middle) / self.drawing.unit;
        let shares = shares(x, rows, self.edge);
        let of_regions = |[skin, hair, cloth]: [f32; 3]| skin * shares.skin + hair * shares.hair + cloth * shares.cloth;
        let [hair_light, cloth_light] = SIDE_LIGHT;
        let shade = (of_regions(self.side_shade) * smoothstep(-0.10, 0.50, away)
            - of_regions([0.0, hair_light, cloth_light]) * smoothstep(0.05, 0.60, -away))
            * (1.0 - look.photo);
        // In the dark, hair and clothes stay darker than the skin.
        let room = mix(0.2, 1.0, smoothstep(0.20, 0.55, skin_tone));
        let lifted = room * (LIFTED_BLACK[0] * shares.hair + LIFTED_BLACK[1] * shares.cloth);
        let smooth = contrasted(lanes[lane::PAINTED], look.contrast, skin_tone) - shade;
        let half_width = (rows.slope(lane::PAINTED, x) * 0.9).max(self.softest) * self.edge / look.refine;
        // Most pixels lie in one region; the tones of the others are not looked up.
        let tone_of = |bands: &Bands, share: f32| {
            if share > 0.0 { bands.colour(smooth, half_width) } else { Lab::default() }
        };
        let (skin, hair, cloth) =
            (tone_of(&self.skin, shares.skin), tone_of(&self.hair, shares.hair), tone_of(&self.cloth, shares.cloth));
        let own = [smooth, lanes[lane::PAINTED + 1], lanes[lane::PAINTED + 2]];
        // Skin and hair take the colour of their tone, clothes keep their many colours, and what is of quite another colour
        // than its tone is something else and keeps it too.
        let stepped = |tone: Lab, hue: f32| {
            let hue = hue * smoothstep(OTHER_HUE[1], OTHER_HUE[0], length(own[1] - tone[1], own[2] - tone[2]));
            [tone[0], mix(own[1], tone[1], hue), mix(own[2], tone[2], hue)]
        };
        let (skin, hair, cloth) = (stepped(skin, 0.85), stepped(hair, 0.75), [cloth[0], own[1], own[2]]);
        let flat: Lab =
            [0, 1, 2].map(|c: usize| shares.skin * skin[c] + shares.hair * hair[c] + shares.cloth * cloth[c]);
        let mut colour = mixed(own, flat, look.flatness * (1.0 - 0.7 * features));
        let detail = lanes[lane::PHOTO] - lanes[lane::PAINTED];
        colour[0] = lifted + (1.0 - lifted) * colour[0];
        colour[0] += detail * look.detail * (1.0 - shares.skin) * (1.0 - features);
        // What is nearly black or nearly grey has no hue worth raising, only noise.
        let strength = length(colour[1], colour[2]);
        let hue = smoothstep(0.0, 0.024, strength) * smoothstep(0.10, 0.30, smooth);
        let hue = mix(hue, smoothstep(0.004, 0.016, strength), shares.hair);
        let raised = mix(1.0, look.chroma, hue) * mix(1.0, 0.4 + 0.6 * hue, look.palette);
        let chroma = shares.skin * look.skin_chroma + (1.0 - shares.skin) * raised;
        let [hair_turn, cloth_turn] = self.turns;
        let cosine = shares.skin + shares.hair * hair_turn[0] + shares.cloth * cloth_turn[0];
        let sine = shares.hair * hair_turn[1] + shares.cloth * cloth_turn[1];
        let [a, b] = [colour[1] * chroma, colour[2] * chroma];
        let leaning = look.lean() * look.palette * (1.0 - shares.skin) * hue * smoothstep(0.70, 0.25, smooth);
        let [towards_red, towards_yellow] = LEANING_SHADE.map(|most| most * leaning);
        colour = [colour[0], a * cosine - b * sine + towards_red, a * sine + b * cosine + towards_yellow];
        self.blush([x, y], shares.skin * (1.0 - features), &mut colour);
        self.texture.pigment(noises, x, smooth, flat[0], &mut colour);
        if look.style == Style::Ink {
            colour = mixed(colour, self.inked(colour, smooth, half_width, shares), look.palette);
        }
        let palette = graded(look.style, colour, shares, look.palette_boost);
        let colour = self.in_own_palette(mixed(colour, palette, look.palette));
        let photo = [lanes[lane::PHOTO], lanes[lane::PHOTO + 1], lanes[lane::PHOTO + 2]];
        mixed(colour, photo, look.photo)
    }

    /// The colour, or as much as is wanted of the nearest one of the person's own palette.
    fn in_own_palette(&self, colour: Lab) -> Lab {
        let look = self.look;
        match nearest(&look.own_palette, colour) {
            Some(own) => mixed(colour, look.own_palette[own], look.own_share * (1.0 - look.photo)),
            None => colour,
        }
    }

    /// Black and paper, with a limit that follows the skin.
    fn inked(&self, [_, a, b]: Lab, smooth: f32, half_width: f32, shares: Shares) -> Lab {
        let on_skin = 0.36_f32.min(0.48 * self.analysis.features.skin[0]);
        // Hair is white with black strands unless it is black.
        let on_hair = self.hair.limits.first().map_or(INK_LIMIT, |&limit| limit.min(INK_LIMIT));
        let limit = shares.skin * on_skin + shares.hair * on_hair + shares.cloth * INK_LIMIT;
        [mix(0.10, 0.985, smoothstep(-half_width, half_width, smooth - limit)), a, b]
    }

    fn blush(&self, [x, y]: [usize; 2], share: f32, colour: &mut Lab) {
        if self.look.blush <= 0.0 {
            return;
        }
        let radius = 0.18 * self.drawing.unit;
        for [cheek_x, cheek_y] in self.drawing.cheeks {
            let (dx, dy) = ((x as f32 + 0.5 - cheek_x) / radius, (y as f32 + 0.5 - cheek_y) / (0.8 * radius));
            let strength =
                self.look.blush * self.analysis.features.tint * share * (1.0 - dx * dx - dy * dy).max(0.0).sqrt();
            colour[0] -= 0.014 * strength;
            colour[1] += 0.040 * strength;
            colour[2] += 0.006 * strength;
        }
    }

    /// How much a pixel is inked by the lines found in the photo.
    fn found_ink(&self, pressure: f32, x: usize, rows: Rows<'_>) -> f32 {
        let look = self.look;
        if look.ink <= 0.0 {
            return 0.0;
        }
        let lanes = &rows.here[x];
        let slope = rows.slope(lane::INK, x);
        let grown = lanes[lane::INK] + look.ink_growth * self.drawing.unit * slope;
        let half_width = (slope * 0.75).max(0.25 * look.ink_limit) / look.refine;
        let plain_skin = smoothstep(0.5, 0.9, lanes[lane::SKIN]) * (1.0 - lanes[lane::FEATURES]);
        let share = mix(1.0, look.skin_lines, plain_skin);
        let limit = look.ink_limit * (1.0 - PRESSURE * pressure);
        smoothstep(-half_width, half_width, grown - limit) * look.ink * share
    }

    /// How hard the hand presses, from -1 to 1: lines swell and thin as it goes along.
    fn pressure(&self, noises: &mut Noises, x: usize) -> f32 {
        let wobble = self.look.wobble;
        if wobble > 0.0 { wobble * self.texture.rhythm(noises, x) } else { 0.0 }
    }

    /// Ink, outline and texture over a painted pixel.
    fn finish(
        &self,
        noises: &mut Noises,
        at: [usize; 2],
        (lanes, distance, [ink, plain]): (&[f32; LANES], f32, [f32; 2]),
        pixel: &mut Pixel,
    ) {
        let look = self.look;
        let width = look.outline * self.drawing.unit * (1.0 + OUTLINE_PRESSURE * self.pressure(noises, at[0]));
        let outline = if width > 0.0 { self.step(distance + width) } else { 0.0 };
        let ink = ink.max(outline);
        self.texture.dots(at, lanes, ink.max(plain), &mut pixel.colour);
        let [l, a, b] = look.ink_colour;
        // Ink over a colour takes a little of it, except where the style has no colours.
        let tint = if look.style == Style::Ink { 0.0 } else { 0.22 };
        let darkest = if look.ink_is_named { l } else { l.min(pixel.colour[0]) };
        let line = [darkest, a + tint * pixel.colour[1], b + tint * pixel.colour[2]];
        pixel.colour = mixed(pixel.colour, line, ink);
        if look.rim > 0.0 {
            let from_outline = -distance - width;
            let reach = 0.035 * self.drawing.unit;
            let glow = look.rim * smoothstep(reach, 0.0, from_outline) * smoothstep(-1.0, 1.0, from_outline);
            let side = if (at[0] as f32 + 0.5 - self.middle) * self.shaded_side > 0.0 { 1.0 } else { 0.0 };
            let light = mixed([0.90, -0.12, -0.03], [0.80, 0.20, -0.06], side);
            pixel.colour = mixed(pixel.colour, light, 0.85 * glow * (1.0 - outline));
        }
        self.texture.grain(noises, at[0], distance, &mut pixel.colour);
    }
}
