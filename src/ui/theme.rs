//! Every colour, type style and measure by its role, for dark and light, and how egui is set up with them.

mod motion;
mod setup;

use egui::{Color32, FontFamily, FontId, Shadow, Stroke, Theme, Ui};

pub use motion::Motion;
pub use setup::install;

/// The colours of one theme, named by what they are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tokens {
    /// Top bar, summary bar, behind everything.
    pub bg_app: Color32,
    /// Viewer and gallery.
    pub bg_canvas: Color32,
    /// Recipe, jobs, toolbars, headers.
    pub bg_panel: Color32,
    /// Popups, dialogs, toasts, the finishing rail.
    pub bg_raised: Color32,
    /// Text and number fields, wells, the track of segments.
    pub bg_field: Color32,
    /// Buttons, chips, the chosen segment.
    pub bg_control: Color32,
    /// The same under the pointer.
    pub bg_control_hover: Color32,
    /// The same while pressed.
    pub bg_control_active: Color32,
    /// The chosen row of a list.
    pub bg_selected: Color32,
    /// Checkerboard, first tone.
    pub checker_a: Color32,
    /// Checkerboard, second tone.
    pub checker_b: Color32,
    /// Hairlines between regions, borders of fields and popups.
    pub line_soft: Color32,
    /// Rails, a toggle that is off, scroll handles; decoration.
    pub line_control: Color32,
    /// Lines that must be seen: the default tick, radio rings, drop zones.
    pub line_strong: Color32,
    /// Values, titles, what was typed.
    pub text: Color32,
    /// Labels, sentences, icons at rest.
    pub text_secondary: Color32,
    /// Notes, units, counts, hints.
    pub text_muted: Color32,
    /// What cannot be used now, and kiss-cut ghosts.
    pub text_disabled: Color32,
    /// State: selected, focused, changed, in progress; links.
    pub accent: Color32,
    /// The same under the pointer.
    pub accent_hover: Color32,
    /// Behind accent text.
    pub accent_soft: Color32,
    /// Text on accent.
    pub on_accent: Color32,
    /// Prices, and what waits for a decision.
    pub money: Color32,
    /// Behind money text.
    pub money_soft: Color32,
    /// The stub of a ticket that costs; nothing else.
    pub money_fill: Color32,
    /// Text on that stub.
    pub on_money: Color32,
    /// Failed, out of range, refused.
    pub danger: Color32,
    /// Behind danger text.
    pub danger_soft: Color32,
    /// A destructive button in a dialog.
    pub danger_fill: Color32,
    /// Text on it.
    pub on_danger: Color32,
    /// The check of a finished job, passed rule lights.
    pub ok: Color32,
    /// Behind ok text in chips.
    pub ok_soft: Color32,
    /// The one thing to press: tickets, primary buttons, fader caps.
    pub paper: Color32,
    /// The same under the pointer.
    pub paper_hover: Color32,
    /// The same while pressed.
    pub paper_active: Color32,
    /// Text on paper.
    pub on_paper: Color32,
    /// The second line on a ticket.
    pub on_paper_muted: Color32,
    /// Of what floats: black at this opacity (0 to 255).
    pub shadow_alpha: u8,
}

/// `0xRRGGBB` as an opaque colour.
#[expect(clippy::disallowed_methods, reason = "the one place where colours are written down")]
const fn hex(rgb: u32) -> Color32 {
    Color32::from_rgb((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
}

/// The dark theme.
pub const DARK: Tokens = Tokens {
    bg_app: hex(0x0E1011),
    bg_canvas: hex(0x151618),
    bg_panel: hex(0x1C1E1F),
    bg_raised: hex(0x26282A),
    bg_field: hex(0x111214),
    bg_control: hex(0x303234),
    bg_control_hover: hex(0x3D3F40),
    bg_control_active: hex(0x26282A),
    bg_selected: hex(0x163336),
    checker_a: hex(0x232526),
    checker_b: hex(0x2D2E30),
    line_soft: hex(0x2C2E30),
    line_control: hex(0x46484A),
    line_strong: hex(0x7E8082),
    text: hex(0xEBEDEF),
    text_secondary: hex(0xBCBEC0),
    text_muted: hex(0x9B9DA0),
    text_disabled: hex(0x616366),
    accent: hex(0x68D5DA),
    accent_hover: hex(0x7FE4E9),
    accent_soft: hex(0x103539),
    on_accent: hex(0x031A1E),
    money: hex(0xEDC478),
    money_soft: hex(0x30281A),
    money_fill: hex(0xF0C876),
    on_money: hex(0x271A09),
    danger: hex(0xF58E88),
    danger_soft: hex(0x372121),
    danger_fill: hex(0xCA4442),
    on_danger: hex(0xFFFFFF),
    ok: hex(0x85D2A0),
    ok_soft: hex(0x1C2C22),
    paper: hex(0xF1F0EC),
    paper_hover: hex(0xFFFFFF),
    paper_active: hex(0xD9D7D2),
    on_paper: hex(0x161719),
    on_paper_muted: hex(0x4E5052),
    shadow_alpha: 115,
};

/// The light theme.
pub const LIGHT: Tokens = Tokens {
    bg_app: hex(0xEAE9E6),
    bg_canvas: hex(0xD3D2D0),
    bg_panel: hex(0xF6F5F2),
    bg_raised: hex(0xFFFFFF),
    bg_field: hex(0xFFFFFF),
    bg_control: hex(0xDBDBD8),
    bg_control_hover: hex(0xD0CFCC),
    bg_control_active: hex(0xC6C6C3),
    bg_selected: hex(0xCEE9EC),
    checker_a: hex(0xCDCCCA),
    checker_b: hex(0xC1C1BF),
    line_soft: hex(0xD8D7D4),
    line_control: hex(0xBBBAB8),
    line_strong: hex(0x797976),
    text: hex(0x1A1C1E),
    text_secondary: hex(0x434548),
    text_muted: hex(0x575A5D),
    text_disabled: hex(0x8A8C8F),
    accent: hex(0x006B7B),
    accent_hover: hex(0x005B69),
    accent_soft: hex(0xCDE9EC),
    on_accent: hex(0xFFFFFF),
    money: hex(0x805016),
    money_soft: hex(0xF7ECD4),
    money_fill: hex(0xEFC469),
    on_money: hex(0x271A09),
    danger: hex(0xAE2E2A),
    danger_soft: hex(0xFBE7E6),
    danger_fill: hex(0xBE2F2C),
    on_danger: hex(0xFFFFFF),
    ok: hex(0x226D3D),
    ok_soft: hex(0xD6EFDE),
    paper: hex(0x1C1E20),
    paper_hover: hex(0x2E3133),
    paper_active: hex(0x101214),
    on_paper: hex(0xF9F8F5),
    on_paper_muted: hex(0xB8B7B4),
    shadow_alpha: 41,
};

/// Colours of what lies on pictures, the same in both themes.
pub mod on_picture {
    use super::{Color32, hex};

    /// Chips and handles on a picture, at 72 %.
    pub const CHIP: Color32 = veil(184);
    /// What of the photo is not sent, at 58 %.
    pub const OUTSIDE: Color32 = veil(148);
    /// The thin edge beside crop and compare lines, at 50 %.
    pub const EDGE: Color32 = veil(128);
    /// Text on chips; crop and compare lines.
    pub const TEXT: Color32 = Color32::WHITE;
    /// Marks on a white handle.
    pub const INK: Color32 = hex(0x0E1011);
    /// The box around a face.
    pub const FACE: Color32 = hex(0x68D5DA);
    /// Background swatches after the checkerboard: white, black, two chat wallpapers.
    pub const SWATCHES: [Color32; 4] = [hex(0xFFFFFF), hex(0x111214), hex(0xDCE5D4), hex(0x1D2A33)];

    /// `#0E1011` at this opacity; premultiplied by hand since the constructor is not const.
    #[expect(clippy::disallowed_methods, reason = "the one place where colours are written down")]
    const fn veil(alpha: u8) -> Color32 {
        Color32::from_rgba_premultiplied(
            ((0x0E_u16 * alpha as u16) / 255) as u8,
            ((0x10_u16 * alpha as u16) / 255) as u8,
            ((0x11_u16 * alpha as u16) / 255) as u8,
            alpha,
        )
    }
}

/// A colour that a person chose for a photo, sRGB.
#[expect(clippy::disallowed_methods, reason = "it comes from a person and belongs to no theme")]
pub const fn photo_color([red, green, blue]: [u8; 3]) -> Color32 {
    Color32::from_rgb(red, green, blue)
}

/// A style of the type scale; sizes in points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// 20 / 28, semibold: the largest empty states.
    Hero,
    /// 15 / 20, semibold: dialogs, callouts, the price on a stub.
    Title,
    /// 13 / 20, semibold: region titles, the words on a ticket.
    Heading,
    /// 13 / 20: prompt text, sentences in dialogs.
    Body,
    /// 12 / 16, medium: buttons, chips, segments, job titles.
    Control,
    /// 12 / 16: slider labels, values, sentences in rows.
    Label,
    /// 12 / 16, semibold: section headers.
    Section,
    /// 11 / 16: cost and seed of a job, units.
    Note,
    /// 11 / 16, medium: small chips.
    ChipNote,
    /// 12 / 18, fixed pitch: request ids, JSON, raw answers.
    Mono,
}

impl Type {
    /// Font and size.
    pub fn font(self) -> FontId {
        let (size, family) = match self {
            Self::Hero => (20.0, semibold()),
            Self::Title => (15.0, semibold()),
            Self::Heading => (13.0, semibold()),
            Self::Body => (13.0, FontFamily::Proportional),
            Self::Control => (12.0, medium()),
            Self::Label => (12.0, FontFamily::Proportional),
            Self::Section => (12.0, semibold()),
            Self::Note => (11.0, FontFamily::Proportional),
            Self::ChipNote => (11.0, medium()),
            Self::Mono => (12.0, FontFamily::Monospace),
        };
        FontId::new(size, family)
    }

    /// Distance of base lines.
    pub const fn line_height(self) -> f32 {
        match self {
            Self::Hero => 28.0,
            Self::Title | Self::Heading | Self::Body => 20.0,
            Self::Mono => 18.0,
            Self::Control | Self::Label | Self::Section | Self::Note | Self::ChipNote => 16.0,
        }
    }
}

/// Heights, gaps and radii, in points.
pub mod size {
    /// Inside a panel, from its edge.
    pub const PANEL_PADDING: f32 = 12.0;
    /// The bar across the top.
    pub const TOP_BAR: f32 = 44.0;
    /// Headers of regions, toolbars, the info bar.
    pub const HEADER: f32 = 40.0;
    /// A section's header, a row of controls, a control that stands alone.
    pub const ROW: f32 = 28.0;
    /// A control inside a row.
    pub const CONTROL: f32 = 24.0;
    /// The column of labels beside sliders.
    pub const LABEL_COLUMN: f32 = 116.0;
    /// The ticket.
    pub const TICKET: f32 = 44.0;
    /// The jobs summary bar.
    pub const SUMMARY_BAR: f32 = 32.0;
    /// A toast.
    pub const TOAST: f32 = 40.0;
    /// Icons in rows and toolbars.
    pub const ICON: f32 = 16.0;
    /// Icons beside words of 12.
    pub const ICON_SMALL: f32 = 14.0;
    /// Corner of a control of 24.
    pub const RADIUS_SMALL: f32 = 5.0;
    /// Corner of a control of 28, fields, cards, thumbnails.
    pub const RADIUS: f32 = 6.0;
    /// Corner of tickets and toasts.
    pub const RADIUS_TICKET: f32 = 8.0;
    /// Corner of popups, dialogs and the rail.
    pub const RADIUS_POPUP: f32 = 10.0;
}

impl Tokens {
    /// The colours of a theme.
    pub const fn of_theme(theme: Theme) -> &'static Self {
        match theme {
            Theme::Dark => &DARK,
            Theme::Light => &LIGHT,
        }
    }

    /// The shadow of what floats.
    pub const fn shadow(&self) -> Shadow {
        Shadow { offset: [0, 8], blur: 24, spread: 0, color: Color32::from_black_alpha(self.shadow_alpha) }
    }

    /// A hairline.
    pub fn hairline(&self) -> Stroke {
        Stroke::new(1.0, self.line_soft)
    }
}

/// The colours that `ui` draws with.
pub fn of(ui: &Ui) -> &'static Tokens {
    if ui.visuals().dark_mode { &DARK } else { &LIGHT }
}

/// The family of weight 500.
pub fn medium() -> FontFamily {
    FontFamily::Name("medium".into())
}

/// The family of weight 600.
pub fn semibold() -> FontFamily {
    FontFamily::Name("semibold".into())
}
