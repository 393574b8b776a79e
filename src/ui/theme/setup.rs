//! How egui is set up with fonts and tokens.

use std::sync::Arc;

use egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, Margin, Stroke, Style, TextStyle, Theme,
    Vec2, epaint::FontColorTransferFunction, style::HandleShape, style::WidgetVisuals,
};

use super::{DARK, LIGHT, Motion, Tokens, Type, medium, semibold, size};

/// Puts fonts and both styles into a context; the theme itself follows the system until a person chooses.
pub fn install(ctx: &Context) {
    ctx.set_fonts(fonts());
    ctx.style_mut_of(Theme::Dark, |style| apply(style, &DARK));
    ctx.style_mut_of(Theme::Light, |style| apply(style, &LIGHT));
}

fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let files: [(&str, &'static [u8]); 5] = [
        ("inter-regular", include_bytes!("../../../assets/fonts/Inter-Regular.ttf")),
        ("inter-medium", include_bytes!("../../../assets/fonts/Inter-Medium.ttf")),
        ("inter-semibold", include_bytes!("../../../assets/fonts/Inter-SemiBold.ttf")),
        ("jetbrains-mono", include_bytes!("../../../assets/fonts/JetBrainsMono-Regular.ttf")),
        // For emoji that a person types, in one colour.
        ("noto-emoji", include_bytes!("../../../assets/fonts/NotoEmoji-Regular.ttf")),
    ];
    for (name, bytes) in files {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let chains = [
        (FontFamily::Proportional, vec!["inter-regular", "jetbrains-mono", "noto-emoji"]),
        (FontFamily::Monospace, vec!["jetbrains-mono", "inter-regular", "noto-emoji"]),
        (medium(), vec!["inter-medium", "jetbrains-mono", "noto-emoji"]),
        (semibold(), vec!["inter-semibold", "jetbrains-mono", "noto-emoji"]),
    ];
    for (family, names) in chains {
        fonts.families.insert(family, names.into_iter().map(str::to_owned).collect());
    }
    fonts
}

fn apply(style: &mut Style, tokens: &Tokens) {
    style.text_styles = [
        (TextStyle::Heading, Type::Title),
        (TextStyle::Body, Type::Label),
        (TextStyle::Button, Type::Control),
        (TextStyle::Small, Type::Note),
        (TextStyle::Monospace, Type::Mono),
    ]
    .into_iter()
    .map(|(name, role)| (name, role.font()))
    .collect();
    style.animation_time = Motion::Panel.usual();
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.4;
    apply_spacing(style);
    apply_visuals(style, tokens);
}

fn apply_spacing(style: &mut Style) {
    let spacing = &mut style.spacing;
    spacing.item_spacing = Vec2::new(8.0, 4.0);
    spacing.button_padding = Vec2::new(10.0, 4.0);
    spacing.interact_size.y = size::ROW;
    spacing.icon_width = size::ICON;
    spacing.menu_margin = Margin::same(4);
    spacing.window_margin = Margin::same(20);
    spacing.tooltip_width = 240.0;
    spacing.scroll = egui::style::ScrollStyle {
        bar_width: 8.0,
        floating_width: 4.0,
        bar_inner_margin: 4.0,
        bar_outer_margin: 4.0,
        foreground_color: false,
        dormant_handle_opacity: 1.0,
        active_handle_opacity: 1.0,
        fade: egui::style::ScrollFadeStyle { strength: 1.0, size: 16.0 },
        ..egui::style::ScrollStyle::floating()
    };
}

fn apply_visuals(style: &mut Style, tokens: &Tokens) {
    let visuals = &mut style.visuals;
    visuals.panel_fill = tokens.bg_panel;
    visuals.window_fill = tokens.bg_raised;
    visuals.extreme_bg_color = tokens.bg_field;
    visuals.text_edit_bg_color = Some(tokens.bg_field);
    visuals.faint_bg_color = tokens.bg_raised;
    visuals.code_bg_color = tokens.bg_field;
    visuals.window_stroke = tokens.hairline();
    visuals.window_corner_radius = CornerRadius::same(10);
    visuals.menu_corner_radius = CornerRadius::same(8);
    visuals.window_shadow = tokens.shadow();
    visuals.popup_shadow = tokens.shadow();
    visuals.selection.bg_fill = tokens.accent_soft;
    visuals.selection.stroke = Stroke::new(1.0, tokens.accent);
    visuals.hyperlink_color = tokens.accent;
    visuals.warn_fg_color = tokens.money;
    visuals.error_fg_color = tokens.danger;
    visuals.weak_text_color = Some(tokens.text_muted);
    visuals.disabled_alpha = 1.0;
    visuals.handle_shape = HandleShape::Rect { aspect_ratio: 0.5 };
    visuals.text_cursor.stroke = Stroke::new(1.5, tokens.accent);
    visuals.text_cursor.blink = false;
    visuals.image_loading_spinners = false;
    if visuals.dark_mode {
        // egui's own curve for light on dark makes the regular weight look medium.
        visuals.text_options.color_transfer_function = FontColorTransferFunction::Gamma(0.78);
    }
    let state = |fill: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::NONE,
        corner_radius: CornerRadius::same(6),
        fg_stroke: Stroke::new(1.0, tokens.text),
        expansion: 0.0,
    };
    visuals.widgets.inactive = state(tokens.bg_control);
    visuals.widgets.hovered = state(tokens.bg_control_hover);
    visuals.widgets.active = state(tokens.bg_control_active);
    visuals.widgets.open = state(tokens.bg_control_hover);
    visuals.widgets.noninteractive = WidgetVisuals {
        bg_stroke: tokens.hairline(),
        fg_stroke: Stroke::new(1.0, tokens.text_secondary),
        ..state(tokens.bg_panel)
    };
    // Scroll handles read the fill of interactive widgets; ours are the control line.
    visuals.widgets.inactive.bg_fill = tokens.line_control;
    visuals.widgets.hovered.bg_fill = tokens.line_strong;
    visuals.widgets.active.bg_fill = tokens.line_strong;
}
