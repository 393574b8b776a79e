//! From a recipe to the numbers that draw it.

use super::styles::Style;
use super::words::{Ban, Wish, bans, palette, wishes};
use crate::engine::acting::Pose;
use crate::engine::raster::colour::Lab;
use crate::engine::raster::noise::choice;
use crate::engine::raster::plane::mix;
use model::Recipe;

/// The prompt strength at which a style is drawn as designed.
const DESIGNED_STRENGTH: f32 = 7.0;
/// The greatest prompt strength.
const GREATEST_STRENGTH: f32 = 20.0;
/// The share of a style's design from which on it draws a simple face of its own. Such a face hides that of the photo:
/// below, that one is drawn, and the two never shine through each other.
const OWN_FACE_FROM: f32 = 0.5;
/// How big the eyes of a face of its own are where it begins, as a share of their designed size.
const FIRST_EYES: f32 = 0.76;
/// The share of the photo's colours at which a style is drawn as designed.
const DESIGNED_WEIGHT: f32 = 0.2;

/// How to draw. Lengths are in face heights, shares from 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    pub(in crate::engine) style: Style,
    /// Tones of the skin.
    pub(in crate::engine) skin_tones: usize,
    /// Tones of the hair.
    pub(in crate::engine) hair_tones: usize,
    /// Tones of everything else.
    pub(in crate::engine) cloth_tones: usize,
    /// Share of stepped tones against smooth ones.
    pub(in crate::engine) flatness: f32,
    /// Factor of the chroma of hair and clothes.
    pub(in crate::engine) chroma: f32,
    /// Factor of the chroma of skin.
    pub(in crate::engine) skin_chroma: f32,
    /// Strength of the S-shaped tone curve.
    pub(in crate::engine) contrast: f32,
    /// Opacity of found lines.
    pub(in crate::engine) ink: f32,
    /// Darkness from which on a place is inked.
    pub(in crate::engine) ink_limit: f32,
    /// How far found lines grow to both sides.
    pub(in crate::engine) ink_growth: f32,
    pub(in crate::engine) ink_colour: Lab,
    /// Did the person name the colour of the ink? Then it is that colour, also on something darker.
    pub(in crate::engine) ink_is_named: bool,
    /// Opacity of found lines on plain skin.
    pub(in crate::engine) skin_lines: f32,
    /// Width of the line inside the silhouette.
    pub(in crate::engine) outline: f32,
    /// Opacity of lids, lips' line, nostrils.
    pub(in crate::engine) strokes: f32,
    /// Opacity of drawn irises, brows, lips.
    pub(in crate::engine) fills: f32,
    /// Width of the die-cut border.
    pub(in crate::engine) border: f32,
    pub(in crate::engine) border_colour: Lab,
    /// Opacity of the shadow.
    pub(in crate::engine) shadow: f32,
    /// Strength of the lights in the eyes; above 1 they grow.
    pub(in crate::engine) glints: f32,
    /// The size of the eyes of a face of the style's own as a share of their design; `None` where the photo's is drawn.
    pub(in crate::engine) own_face: Option<f32>,
    pub(in crate::engine) blush: f32,
    /// Share of the photo itself.
    pub(in crate::engine) photo: f32,
    /// Share of the style's palette.
    pub(in crate::engine) palette: f32,
    /// Colours of the person's own; none for the style's.
    pub(in crate::engine) own_palette: Vec<Lab>,
    /// Share of those.
    pub(in crate::engine) own_share: f32,
    /// How far the palette goes beyond its design.
    pub(in crate::engine) palette_boost: f32,
    /// Opacity of halftone dots.
    pub(in crate::engine) dots: f32,
    pub(in crate::engine) grain: f32,
    /// Strength of paper and pigment.
    pub(in crate::engine) paper: f32,
    /// Strength of a bright rim inside the outline.
    pub(in crate::engine) rim: f32,
    /// Strength of the unsteady hand: how far it strays, and how lines swell and thin.
    pub(in crate::engine) wobble: f32,
    pub(in crate::engine) caricature: f32,
    /// How much smaller the style draws the body: 1 is half as big.
    pub(in crate::engine) chibi: f32,
    /// Smoothing steps, 1 to 50.
    pub(in crate::engine) steps: u32,
    /// How many times crisper than usual tones and lines meet.
    pub(in crate::engine) refine: f32,
    /// Share of the photo's texture in hair and clothes, which only upscaling brings.
    pub(in crate::engine) detail: f32,
    pub(in crate::engine) seed: u64,
    /// What the face does.
    pub(in crate::engine) pose: Pose,
    /// Main colour behind the sticker.
    pub(in crate::engine) backdrop: Lab,
    /// Is there nothing but that colour?
    pub(in crate::engine) backdrop_is_plain: bool,
}

impl Look {
    /// The look that a recipe describes.
    pub fn of(recipe: &Recipe) -> Self {
        let (wishes, _) = wishes(&recipe.prompt);
        let style = wishes.iter().find_map(|(wish, _)| if let Wish::Style(style) = wish { Some(*style) } else { None });
        let mut look = style.unwrap_or(Style::Cartoon).look();
        let bans = bans(&recipe.negative_prompt).0;
        let in_prompt =
            wishes.iter().filter_map(|(wish, _)| if let Wish::Without(ban) = wish { Some(ban) } else { None });
        let all_bans: Vec<Ban> = in_prompt.chain(bans.iter().map(|(ban, _)| ban)).copied().collect();
        look.pose = Pose::of(wishes.iter().filter_map(|(wish, _)| match wish {
            Wish::Mood(mood, weight) if !all_bans.contains(&Ban::Mood(mood.word)) => Some((*mood, *weight)),
            _ => None,
        }));
        for (wish, _) in wishes {
            look.grant(wish);
        }
        for (ban, _) in bans {
            look.obey(ban);
        }
        look.weaken_or_exaggerate(recipe.prompt_strength as f32);
        look.recolour(recipe.ip_adapter_weight as f32);
        look.own_palette = palette(&recipe.prompt);
        look.own_share = 1.0 - recipe.ip_adapter_weight as f32;
        look.caricature = (look.caricature + 1.0 - recipe.instant_id_strength as f32).min(1.4);
        let noise = recipe.ip_adapter_noise as f32;
        look.wobble = noise;
        look.grain += 0.9 * noise * noise;
        look.steps = recipe.steps;
        look.seed = recipe.seed.unwrap_or(0) as u64;
        if recipe.upscale {
            let steps = recipe.upscale_steps as f32;
            look.refine = 1.0 + 0.05 * steps;
            look.detail = 0.5 * (steps / 50.0).sqrt();
        }
        look
    }

    /// The side that the light comes from: -1 is the left, 1 the right. Neighbouring seeds are lit from different sides.
    pub(in crate::engine) fn lit_side(&self) -> f32 {
        if self.seed & 1 == 0 { -1.0 } else { 1.0 }
    }

    /// Which way this seed's palette leans: towards 1 it is warm, towards -1 cool. Two seeds in a row lean alike, the
    /// next two the other way, so that four in a row are four different pictures.
    pub(in crate::engine) fn lean(&self) -> f32 {
        let side = if self.seed >> 1 & 1 == 0 { 1.0 } else { -1.0 };
        side * (0.75 + 0.25 * choice(self.seed, 4))
    }

    fn grant(&mut self, wish: Wish) {
        match wish {
            Wish::Style(_) | Wish::Palette | Wish::Mood(..) => {}
            Wish::Vivid => {
                self.chroma *= 1.25;
                self.skin_chroma *= 1.10;
            }
            Wish::Muted => {
                self.chroma *= 0.60;
                self.skin_chroma *= 0.75;
            }
            Wish::Bold => {
                self.ink_growth += 0.0025;
                self.outline *= 1.5;
            }
            Wish::Fine => {
                self.ink_growth -= 0.0015;
                self.outline *= 0.6;
            }
            Wish::Dramatic => self.contrast += 0.9,
            Wish::Soft => {
                self.contrast -= 0.3;
                self.flatness *= 0.75;
                self.skin_lines *= 0.4;
            }
            Wish::Rosy => self.blush = self.blush.max(0.3) * 2.2,
            Wish::Halftone => self.dots = self.dots.max(0.85),
            Wish::Grainy => self.grain += 0.6,
            Wish::Glowing => self.rim = self.rim.max(0.8),
            Wish::WideBorder => self.border *= 1.6,
            Wish::NarrowBorder => self.border *= 0.5,
            Wish::Exaggerated => self.caricature += 0.5,
            Wish::Border(colour) => self.border_colour = colour,
            Wish::Outline(colour) => (self.ink_colour, self.ink_is_named) = (colour, true),
            Wish::Without(ban) => self.obey(ban),
            Wish::Background(colour) => self.backdrop = colour,
        }
    }

    fn obey(&mut self, ban: Ban) {
        match ban {
            Ban::Lines => {
                self.ink = 0.0;
                self.strokes *= 0.35;
                self.outline = 0.0;
            }
            Ban::Outline => self.outline = 0.0,
            Ban::Border => self.border = 0.0,
            Ban::Shadow => self.shadow = 0.0,
            Ban::Blush => self.blush = 0.0,
            Ban::Wrinkles => self.skin_lines = 0.0,
            Ban::Grain => (self.grain, self.paper) = (-1.0, 0.0),
            Ban::Halftone => self.dots = 0.0,
            Ban::Glints => self.glints = 0.0,
            Ban::Glow => self.rim = 0.0,
            Ban::Exaggeration => self.caricature = 0.0,
            Ban::Colour => {
                self.chroma *= 0.55;
                self.skin_chroma *= 0.75;
            }
            Ban::Mood(_) => {}
            Ban::Background => (self.backdrop, self.backdrop_is_plain) = ([1.0, 0.0, 0.0], true),
        }
    }

    /// Below the designed strength the photo shines through, above it everything gets bolder.
    fn weaken_or_exaggerate(&mut self, strength: f32) {
        let share = (strength / DESIGNED_STRENGTH).min(1.0);
        self.photo = (1.0 - share).powf(0.8);
        let draws_own_face = self.style.draws_its_own_face() && share >= OWN_FACE_FROM;
        self.own_face = draws_own_face.then(|| mix(FIRST_EYES, 1.0, (share - OWN_FACE_FROM) / (1.0 - OWN_FACE_FROM)));
        if self.own_face.is_none() {
            self.strokes *= share;
            self.fills *= share;
        }
        for value in [
            &mut self.ink,
            &mut self.outline,
            &mut self.dots,
            &mut self.paper,
            &mut self.rim,
            &mut self.blush,
            &mut self.palette,
            &mut self.caricature,
            &mut self.chibi,
        ] {
            *value *= share;
        }
        let excess = ((strength - DESIGNED_STRENGTH) / (GREATEST_STRENGTH - DESIGNED_STRENGTH)).max(0.0);
        let fewer = |tones: usize, least: usize| ((tones as f32 - 1.8 * excess).round() as usize).max(least);
        self.skin_tones = fewer(self.skin_tones, 2);
        self.hair_tones = fewer(self.hair_tones, 2);
        self.cloth_tones = fewer(self.cloth_tones, 2);
        self.flatness = mix(self.flatness, 1.0, excess);
        self.chroma *= 1.0 + 0.30 * excess;
        self.skin_chroma *= 1.0 + 0.12 * excess;
        self.contrast += 0.9 * excess;
        self.ink_growth += 0.003 * excess;
        self.outline *= 1.0 + 0.6 * excess;
    }

    /// 1 is the photo's own colours, 0 the style's palette and nothing else.
    fn recolour(&mut self, weight: f32) {
        let designed = ((1.0 - weight) / (1.0 - DESIGNED_WEIGHT)).min(1.0);
        self.palette *= designed;
        self.chroma = mix(1.0, self.chroma, designed);
        self.skin_chroma = mix(1.0, self.skin_chroma, designed);
        self.palette_boost = (1.0 - weight / DESIGNED_WEIGHT).max(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(change: impl FnOnce(&mut Recipe)) -> Look {
        let mut recipe = Recipe::default();
        change(&mut recipe);
        Look::of(&recipe)
    }

    #[test]
    fn the_first_style_of_a_prompt_counts_and_modifiers_bend_it() {
        let ink = look(|recipe| recipe.prompt = "ink or watercolour".to_owned());
        assert_eq!(ink.style, Style::Ink);
        let bold = look(|recipe| recipe.prompt = "bold ink".to_owned());
        assert!(bold.outline > ink.outline);
    }

    #[test]
    fn strength_zero_is_the_photo_without_ink() {
        let plain = look(|recipe| recipe.prompt_strength = 0.0);
        assert_eq!((plain.photo, plain.ink, plain.palette), (1.0, 0.0, 0.0));
    }

    #[test]
    fn a_face_of_its_own_is_drawn_whole_or_not_at_all() {
        for style in ["kawaii", "pixel art", "cartoon"] {
            for step in 0..=40 {
                let strength = f64::from(step) / 2.0;
                let drawn = look(|r| (r.prompt, r.prompt_strength) = (style.to_owned(), strength));
                let is_whole = (drawn.fills, drawn.strokes) == (1.0, 1.0);
                assert!(is_whole || drawn.own_face.is_none(), "{style} at {strength}");
                assert_eq!(drawn.own_face.is_some(), style != "cartoon" && strength >= 3.5, "{style} at {strength}");
            }
        }
    }

    #[test]
    fn four_seeds_in_a_row_have_each_side_of_the_light_with_each_lean_of_the_palette() {
        let kinds: std::collections::BTreeSet<(bool, bool)> = (6..10)
            .map(|seed| look(|r| r.seed = Some(seed)))
            .map(|look| (look.lit_side() > 0.0, look.lean() > 0.0))
            .collect();
        assert_eq!(kinds.len(), 4);
    }

    #[test]
    fn weight_one_keeps_the_colours_of_the_photo() {
        let own = look(|recipe| recipe.ip_adapter_weight = 1.0);
        assert_eq!((own.palette, own.chroma), (0.0, 1.0));
    }
}
