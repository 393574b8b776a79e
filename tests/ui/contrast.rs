//! Every pair of colours that carries text or a mark, in both themes, against the ratio it needs (WCAG 2).

use egui::Color32;
use sticker_booth::ui::theme::{DARK, LIGHT, Tokens, on_picture};

/// One colour of a theme.
type Role = fn(&Tokens) -> Color32;

/// A name, a colour, what it lies on, and the ratio needed.
struct Pairs {
    name: &'static str,
    ink: Role,
    grounds: &'static [(&'static str, Role)],
    needs: f32,
}

macro_rules! grounds {
    ($($ground:ident)+) => {
        &[$((stringify!($ground), |tokens| tokens.$ground)),+]
    };
}

macro_rules! pairs {
    ($needs:literal: $ink:ident on $($ground:ident)+) => {
        Pairs { name: stringify!($ink), ink: |tokens| tokens.$ink, grounds: grounds!($($ground)+), needs: $needs }
    };
}

const TABLE: &[Pairs] = &[
    pairs!(4.5: text on bg_app bg_canvas bg_panel bg_raised bg_field bg_control bg_control_hover bg_selected),
    pairs!(4.5: text_secondary on bg_app bg_canvas bg_panel bg_raised bg_field bg_control bg_control_hover bg_selected money_soft danger_soft),
    pairs!(4.5: text_muted on bg_app bg_canvas bg_panel bg_raised bg_field bg_control),
    pairs!(4.5: accent on bg_app bg_panel bg_raised bg_field accent_soft money_soft),
    pairs!(4.5: money on bg_app bg_panel bg_raised bg_field money_soft),
    pairs!(4.5: danger on bg_panel bg_raised bg_field danger_soft),
    pairs!(4.5: ok on bg_panel bg_raised ok_soft),
    pairs!(4.5: on_paper on paper paper_hover paper_active),
    pairs!(4.5: on_paper_muted on paper),
    pairs!(4.5: on_money on money_fill),
    pairs!(4.5: on_accent on accent),
    pairs!(4.5: on_danger on danger_fill),
    pairs!(3.0: accent on bg_canvas),
    pairs!(3.0: line_strong on bg_app bg_panel bg_field bg_control),
    pairs!(3.0: paper on bg_panel),
];

/// WCAG 2 relative luminance.
fn luminance(color: Color32) -> f32 {
    let linear = |channel: u8| {
        let value = f32::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
}

/// WCAG 2 contrast ratio.
fn contrast(one: Color32, other: Color32) -> f32 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_pair_of_the_table_is_readable_in_both_themes() {
    let mut checked = 0;
    for (theme, tokens) in [("dark", &DARK), ("light", &LIGHT)] {
        for pairs in TABLE {
            for (ground, role) in pairs.grounds {
                let ratio = contrast((pairs.ink)(tokens), role(tokens));
                assert!(
                    ratio >= pairs.needs,
                    "{theme}: {} on {ground} is {ratio:.2}, needs {}",
                    pairs.name,
                    pairs.needs
                );
                checked += 1;
            }
        }
    }
    assert_eq!(checked, 2 * 55);
}

#[test]
fn the_figures_of_the_design_come_out_of_the_table() {
    for (name, ratio, expected) in [
        ("dark text on the panel", contrast(DARK.text, DARK.bg_panel), 14.3),
        ("light text on the canvas", contrast(LIGHT.text, LIGHT.bg_canvas), 11.3),
        ("light muted on the canvas", contrast(LIGHT.text_muted, LIGHT.bg_canvas), 4.6),
        ("dark price on its stub", contrast(DARK.on_money, DARK.money_fill), 10.7),
        ("light accent on the panel", contrast(LIGHT.accent, LIGHT.bg_panel), 5.7),
    ] {
        assert!((ratio - expected).abs() < 0.06, "{name}: {ratio:.2} instead of {expected}");
    }
}

#[test]
fn a_chip_on_a_white_picture_is_still_readable() {
    let [red, green, blue, alpha] = on_picture::CHIP.to_array();
    let over_white = |channel: u8| channel + (255 - alpha);
    let ground = [over_white(red), over_white(green), over_white(blue)].map(f32::from);
    let grey = (ground.iter().sum::<f32>() / 3.0) as u8;
    assert!(contrast(on_picture::TEXT, Color32::from_gray(grey)) >= 4.5);
}
