//! The styles as numbers.

use super::look::Look;
use crate::engine::acting::Pose;
use crate::engine::raster::colour::Lab;

/// A way of drawing. None is named after a studio, a brand or an artist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum Style {
    Cartoon,
    Ink,
    Pop,
    Watercolour,
    Flat,
    Neon,
    Vintage,
    Kawaii,
    Pixel,
}

const WHITE: Lab = [1.0, 0.0, 0.0];
const CREAM: Lab = [0.955, 0.004, 0.030];
const WARM_BLACK: Lab = [0.19, 0.012, 0.010];

impl Style {
    /// The style as designed: what the default settings draw.
    pub(in crate::engine) fn look(self) -> Look {
        let cartoon = Look {
            style: Self::Cartoon,
            skin_tones: 3,
            hair_tones: 4,
            cloth_tones: 5,
            flatness: 0.92,
            chroma: 1.30,
            skin_chroma: 1.05,
            contrast: 0.15,
            ink: 1.0,
            ink_limit: 0.0125,
            ink_growth: 0.0,
            ink_colour: WARM_BLACK,
            ink_is_named: false,
            skin_lines: 0.75,
            outline: 0.017,
            strokes: 1.0,
            fills: 1.0,
            border: 0.075,
            border_colour: WHITE,
            shadow: 0.34,
            glints: 1.0,
            own_face: None,
            blush: 0.14,
            photo: 0.0,
            palette: 1.0,
            own_palette: Vec::new(),
            own_share: 0.0,
            palette_boost: 0.0,
            dots: 0.0,
            grain: 0.0,
            paper: 0.0,
            rim: 0.0,
            wobble: 0.0,
            caricature: 0.0,
            chibi: 0.0,
            steps: 20,
            refine: 1.0,
            detail: 0.0,
            seed: 0,
            pose: Pose::default(),
            backdrop: [0.86, -0.045, -0.045],
            backdrop_is_plain: false,
        };
        match self {
            Self::Cartoon => cartoon,
            Self::Ink => Look {
                style: self,
                skin_tones: 3,
                hair_tones: 3,
                cloth_tones: 3,
                flatness: 1.0,
                contrast: 1.2,
                ink_limit: 0.009,
                ink_growth: 0.0012,
                ink_colour: [0.12, 0.0, 0.0],
                dots: 0.85,
                blush: 0.0,
                fills: 0.8,
                backdrop: [0.93, 0.0, 0.0],
                ..cartoon
            },
            Self::Pop => Look {
                style: self,
                skin_tones: 3,
                hair_tones: 3,
                cloth_tones: 3,
                flatness: 1.0,
                chroma: 1.55,
                skin_chroma: 1.08,
                contrast: 0.45,
                outline: 0.024,
                ink_growth: 0.0020,
                dots: 0.9,
                ink_colour: [0.13, 0.01, -0.01],
                backdrop: [0.88, -0.01, 0.15],
                ..cartoon
            },
            Self::Watercolour => Look {
                style: self,
                skin_tones: 5,
                hair_tones: 5,
                cloth_tones: 6,
                flatness: 0.80,
                chroma: 1.30,
                skin_chroma: 1.05,
                contrast: 0.1,
                ink: 0.9,
                ink_limit: 0.0115,
                ink_colour: [0.32, 0.03, 0.015],
                outline: 0.006,
                fills: 0.9,
                paper: 1.0,
                border_colour: [0.99, 0.001, 0.008],
                backdrop: [0.93, -0.012, -0.025],
                ..cartoon
            },
            Self::Flat => Look {
                style: self,
                skin_tones: 3,
                hair_tones: 2,
                cloth_tones: 3,
                flatness: 1.0,
                chroma: 1.40,
                skin_chroma: 1.05,
                ink: 0.0,
                outline: 0.0,
                strokes: 0.85,
                backdrop: [0.87, -0.05, 0.02],
                ..cartoon
            },
            Self::Neon => Look {
                style: self,
                flatness: 0.95,
                contrast: 0.9,
                ink_colour: [0.16, 0.05, -0.09],
                border_colour: [0.21, 0.045, -0.085],
                outline: 0.020,
                blush: 0.0,
                rim: 1.0,
                backdrop: [0.24, 0.05, -0.10],
                ..cartoon
            },
            Self::Vintage => Look {
                style: self,
                flatness: 0.85,
                contrast: 0.5,
                chroma: 0.9,
                skin_chroma: 0.9,
                grain: 0.55,
                dots: 0.30,
                ink_colour: [0.24, 0.022, 0.025],
                border_colour: CREAM,
                blush: 0.1,
                backdrop: [0.84, 0.012, 0.055],
                ..cartoon
            },
            Self::Kawaii => Look {
                style: self,
                skin_tones: 2,
                hair_tones: 2,
                cloth_tones: 2,
                flatness: 1.0,
                contrast: -0.1,
                chroma: 1.35,
                ink_colour: [0.36, 0.060, 0.015],
                ink_limit: 0.020,
                skin_lines: 0.0,
                outline: 0.026,
                blush: 1.5,
                glints: 1.6,
                caricature: 0.2,
                chibi: 0.75,
                border: 0.10,
                backdrop: [0.92, 0.035, 0.005],
                ..cartoon
            },
            Self::Pixel => Look {
                style: self,
                skin_tones: 3,
                hair_tones: 3,
                cloth_tones: 3,
                flatness: 1.0,
                chroma: 1.45,
                skin_chroma: 1.10,
                contrast: 0.6,
                ink: 0.0,
                outline: 0.045,
                border: 0.09,
                shadow: 0.0,
                caricature: 0.15,
                chibi: 0.25,
                backdrop: [0.80, -0.06, -0.05],
                ..cartoon
            },
        }
    }

    /// Does the style draw a simple face of its own on plain skin?
    pub(in crate::engine) fn draws_its_own_face(self) -> bool {
        matches!(self, Self::Kawaii | Self::Pixel)
    }
}
