//! The viewer: the picture big, compared with its photo or with another sticker, and what it was made with.

mod blank;
mod canvas;
mod crop;
mod geometry;
mod info;
mod toolbar;

use egui::{Rect, Ui, Vec2};
use serde::{Deserialize, Serialize};

use super::action::{Action, Command};
use super::theme::{self, size};
use super::view::ViewerView;
use super::widgets::{self, Cut};
use model::Remote;

/// What is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Showing {
    /// The sticker alone.
    #[default]
    Sticker,
    /// The photo and the sticker.
    PhotoAndSticker,
    /// The sticker and another one.
    Pair,
}

/// How two pictures are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Compare {
    /// One left of a line, the other right of it.
    #[default]
    Slider,
    /// Side by side.
    Sides,
    /// One through the other.
    Onion,
    /// The first, and the second while held.
    Flicker,
}

/// How stickers are looked at, which outlives the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Look {
    showing: Showing,
    compare: Compare,
    /// Pixels of the screen a pixel of the picture takes; `None` fits it in.
    zoom: Option<f32>,
}

/// What the viewer remembers about itself.
#[derive(Clone, Debug)]
pub struct ViewerPanel {
    /// What is shown.
    pub showing: Showing,
    /// How two pictures are compared.
    pub compare: Compare,
    /// Pixels of the screen a pixel of the picture takes; `None` fits the picture in.
    zoom: Option<f32>,
    /// How far the picture is moved from the middle, in points.
    pan: Vec2,
    /// Where the compare line stands, 0 to 1 of the picture's width.
    line: f32,
    /// Which background: 0 is the checkerboard.
    swatch: usize,
    /// Is the sticker shown as big as in a chat?
    chat: bool,
    /// How many stickers were chosen in the last frame.
    chosen: usize,
    /// What was shown before a pair was chosen.
    before_pair: Showing,
    /// Where the canvas was in the last frame.
    canvas: Rect,
    /// What the crop mode remembers.
    crop: crop::CropPanel,
}

impl Default for ViewerPanel {
    fn default() -> Self {
        Self {
            showing: Showing::default(),
            compare: Compare::default(),
            zoom: None,
            pan: Vec2::ZERO,
            line: 0.57,
            swatch: 0,
            chat: false,
            chosen: 0,
            before_pair: Showing::default(),
            canvas: Rect::NOTHING,
            crop: crop::CropPanel::default(),
        }
    }
}

impl ViewerPanel {
    /// How stickers are looked at now.
    pub(super) const fn look(&self) -> Look {
        Look { showing: self.showing, compare: self.compare, zoom: self.zoom }
    }

    /// Looks at stickers as it was.
    pub(super) fn set_look(&mut self, look: Look) {
        (self.showing, self.compare) = (look.showing, look.compare);
        self.zoom = look.zoom.map(|zoom| zoom.clamp(0.05, 16.0));
    }

    /// The background under stickers.
    pub(super) const fn swatch(&self) -> usize {
        self.swatch
    }

    /// Puts stickers on this background, if there is such a one.
    pub(super) const fn set_swatch(&mut self, swatch: usize) {
        if swatch <= theme::on_picture::SWATCHES.len() {
            self.swatch = swatch;
        }
    }

    /// Draws the viewer over the whole of `ui`.
    pub fn ui(&mut self, ui: &mut Ui, view: &ViewerView<'_>, actions: &mut Vec<Action>) {
        let rect = ui.max_rect();
        widgets::name_group(ui, "Viewer");
        self.follow_choice(view);
        let mut cut = Cut(rect);
        let bar = cut.top(size::HEADER);
        let info = cut.bottom(size::HEADER);
        self.canvas = cut.rest();
        ui.painter().rect_filled(bar, 0.0, theme::of(ui).bg_panel);
        widgets::hairline_below(ui, bar);
        if let Some(crop) = &view.crop {
            widgets::inside(ui, bar, "crop toolbar", |ui| crop::CropPanel::toolbar(ui, crop, actions));
            widgets::inside_clipped(ui, cut.rest(), "crop canvas", |ui| self.crop.canvas(ui, crop, actions));
            widgets::inside(ui, info, "crop bar", |ui| self.crop.bar(ui, crop, actions));
            return;
        }
        self.crop.rest();
        widgets::inside(ui, bar, "toolbar", |ui| self.toolbar(ui, view));
        widgets::inside_clipped(ui, cut.rest(), "canvas", |ui| self.canvas(ui, view, actions));
        widgets::inside(ui, info, "info", |ui| info::ui(ui, view, self.showing, actions));
    }

    /// Two that are chosen are compared in one move; with one of them alone it is as it was before.
    fn follow_choice(&mut self, view: &ViewerView<'_>) {
        let before = std::mem::replace(&mut self.chosen, view.chosen);
        if view.chosen == 2 && before == 1 && self.showing != Showing::Pair {
            self.before_pair = self.showing;
            self.showing = Showing::Pair;
        }
        if self.showing == Showing::Pair && view.other.is_none() && view.sticker.shown().is_some() {
            self.showing = self.before_pair;
        }
    }

    /// Carries out a command about looking; false when it is none.
    pub fn run(&mut self, command: Command) -> bool {
        match command {
            Command::ZoomFit => self.fit(),
            Command::ZoomActual => self.zoom = Some(1.0),
            Command::ZoomIn => self.zoom_by(1.25),
            Command::ZoomOut => self.zoom_by(0.8),
            _ => return false,
        }
        true
    }

    fn fit(&mut self) {
        self.zoom = None;
        self.pan = Vec2::ZERO;
        self.chat = false;
    }

    fn zoom_by(&mut self, factor: f32) {
        let zoom = self.zoom.unwrap_or(0.5) * factor;
        self.zoom = Some(zoom.clamp(0.05, 16.0));
    }

    /// What is shown when there may be no sticker yet.
    const fn shows_photo_only(view: &ViewerView<'_>) -> bool {
        matches!(view.sticker, Remote::NotAsked) && view.draft.is_none()
    }
}
