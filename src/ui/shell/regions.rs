//! Where the regions of the window lie: a pure function of its size and of what a person has arranged.

use egui::{Rect, pos2};
use serde::{Deserialize, Serialize};

use crate::theme::size;
use crate::widgets::Cut;

/// Below this width the jobs fold to a line and the recipe gets narrower.
pub const NARROW: f32 = 1100.0;

/// Below this width recipe and viewer do not fit side by side, and take turns.
pub const TIGHT: f32 = NARROW_RECIPE + 400.0;

/// Width of the recipe in a narrow window, at most.
const NARROW_RECIPE: f32 = 288.0;

/// Below this height the gallery has one row.
pub const LOW: f32 = 720.0;

/// What a person has arranged; kept between sessions. All sizes in points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Arrangement {
    /// Width of the recipe, 280 to 420.
    pub recipe: f32,
    /// Is the recipe shown?
    pub recipe_open: bool,
    /// Width of the jobs, 240 to 400.
    pub jobs: f32,
    /// Are the jobs shown beside the viewer?
    pub jobs_open: bool,
    /// Height of the gallery; `None` is two rows, or one in a low window.
    pub gallery: Option<f32>,
    /// Does the gallery fill the centre?
    pub gallery_full: bool,
}

impl Default for Arrangement {
    fn default() -> Self {
        Self { recipe: 320.0, recipe_open: true, jobs: 280.0, jobs_open: true, gallery: None, gallery_full: false }
    }
}

/// The regions of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Regions {
    /// The bar across the top.
    pub topbar: Rect,
    /// The recipe, if shown.
    pub recipe: Option<Rect>,
    /// The viewer, unless gallery or recipe fill the centre.
    pub viewer: Option<Rect>,
    /// The gallery, unless the recipe fills the centre.
    pub gallery: Option<Rect>,
    /// The jobs beside the viewer.
    pub jobs: Option<Rect>,
    /// The jobs as a line across the window.
    pub summary: Option<Rect>,
    /// Where the jobs lie when they are opened from that line.
    pub jobs_over: Rect,
}

/// Height of the gallery with one and with two rows of cards of the usual size.
const ROWS: [f32; 2] = [150.0, 244.0];

/// Toolbar, info bar and the least canvas of the viewer.
const VIEWER: f32 = 2.0 * size::HEADER + 240.0;

/// The same in a very low window, as large text makes it.
const LEAST_VIEWER: f32 = 2.0 * size::HEADER + 112.0;

/// How far regions are unfolded, 0 to 1 each: between the two while they move.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unfolded {
    /// The recipe.
    pub recipe: f32,
    /// The jobs beside the viewer.
    pub jobs: f32,
    /// The gallery over the whole centre.
    pub gallery: f32,
}

impl Unfolded {
    /// Where everything comes to rest in a window of this width.
    pub fn at_rest(width: f32, arrangement: &Arrangement) -> Self {
        let share = |open: bool| if open { 1.0 } else { 0.0 };
        Self {
            recipe: share(arrangement.recipe_open),
            jobs: share(arrangement.jobs_open && width >= NARROW),
            gallery: share(arrangement.gallery_full),
        }
    }
}

/// Lays the regions out at rest.
pub fn lay_out(window: Rect, arrangement: &Arrangement) -> Regions {
    lay_out_moving(window, arrangement, Unfolded::at_rest(window.width(), arrangement))
}

/// Lays the regions out as far as they are unfolded: what moves keeps its size and slides over the window's edge.
pub(super) fn lay_out_moving(window: Rect, arrangement: &Arrangement, unfolded: Unfolded) -> Regions {
    let mut cut = Cut(window);
    let topbar = cut.top(size::TOP_BAR);
    let summary_height = (size::SUMMARY_BAR * (1.0 - unfolded.jobs)).round();
    let summary = (summary_height > 0.0).then(|| {
        let shown = cut.bottom(summary_height);
        shown.with_max_y(shown.top() + size::SUMMARY_BAR)
    });
    let beneath = cut.rest();
    let jobs_over = Rect::from_min_max(pos2(beneath.right() - 280.0, beneath.top()), beneath.max);
    if window.width() < TIGHT && arrangement.recipe_open {
        return Regions { topbar, recipe: Some(beneath), viewer: None, gallery: None, jobs: None, summary, jobs_over };
    }
    let recipe_width = recipe_width(window.width(), arrangement);
    let recipe_shown = (recipe_width * unfolded.recipe).round();
    let recipe = (recipe_shown > 0.0).then(|| {
        let shown = cut.left(recipe_shown);
        shown.with_min_x(shown.right() - recipe_width)
    });
    let jobs_width = arrangement.jobs.clamp(240.0, 400.0);
    let jobs_shown = (jobs_width * unfolded.jobs).round();
    let jobs = (jobs_shown > 0.0).then(|| {
        let shown = cut.right(jobs_shown);
        shown.with_max_x(shown.left() + jobs_width)
    });
    let centre = cut.rest();
    let jobs_over = if jobs.is_some() { jobs_over } else { jobs_over.intersect(centre) };
    if unfolded.gallery >= 1.0 {
        return Regions { topbar, recipe, viewer: None, gallery: Some(centre), jobs, summary, jobs_over };
    }
    let usual = if window.height() < LOW { ROWS[0] } else { ROWS[1] };
    let most = (centre.height() - VIEWER).max(ROWS[0]);
    let wanted = arrangement.gallery.unwrap_or(usual).clamp(ROWS[0], most).round();
    // Where both would be too low to be used, the gallery is its header, from which it opens over the centre.
    let gallery = cut.bottom(if centre.height() < ROWS[0] + LEAST_VIEWER { size::HEADER } else { wanted });
    let viewer = cut.rest();
    // On its way over the centre the gallery slides across the viewer.
    let gallery = gallery.with_min_y((gallery.top() - viewer.height() * unfolded.gallery).round());
    Regions { topbar, recipe, viewer: Some(viewer), gallery: Some(gallery), jobs, summary, jobs_over }
}

/// How wide the recipe is, shown or not: the top bar is aligned with it.
pub(super) fn recipe_width(window: f32, arrangement: &Arrangement) -> f32 {
    let usual = arrangement.recipe.clamp(280.0, 420.0);
    if window < NARROW { usual.min(NARROW_RECIPE) } else { usual }
}

#[cfg(test)]
mod tests {
    use egui::vec2;

    use super::*;

    fn window(width: f32, height: f32) -> Rect {
        Rect::from_min_size(pos2(0.0, 0.0), vec2(width, height))
    }

    #[test]
    fn the_usual_window_has_every_region_at_its_width() {
        let regions = lay_out(window(1360.0, 860.0), &Arrangement::default());
        assert_eq!(regions.topbar.height(), 44.0);
        assert_eq!(regions.recipe.unwrap().width(), 320.0);
        assert_eq!(regions.jobs.unwrap().width(), 280.0);
        assert_eq!(regions.gallery.unwrap().height(), 244.0);
        assert_eq!(regions.summary, None);
        assert_eq!(regions.viewer.unwrap().width(), 760.0);
    }

    #[test]
    fn a_small_window_folds_the_jobs_and_keeps_one_row_of_stickers() {
        let regions = lay_out(window(960.0, 640.0), &Arrangement::default());
        assert_eq!(regions.jobs, None);
        assert_eq!(regions.summary.unwrap().height(), 32.0);
        assert_eq!(regions.recipe.unwrap().width(), 288.0);
        assert_eq!(regions.gallery.unwrap().height(), 150.0);
    }

    #[test]
    fn the_viewer_keeps_its_least_height_however_high_the_gallery_was_drawn() {
        let arrangement = Arrangement { gallery: Some(5000.0), ..Arrangement::default() };
        for (width, height) in [(960.0, 640.0), (1360.0, 860.0), (2560.0, 1440.0)] {
            let regions = lay_out(window(width, height), &arrangement);
            assert!(regions.viewer.unwrap().height() >= VIEWER, "{width} × {height}");
        }
    }

    #[test]
    fn recipe_and_viewer_take_turns_where_both_do_not_fit() {
        let open = lay_out(window(480.0, 320.0), &Arrangement::default());
        assert_eq!((open.recipe.unwrap().width(), open.viewer, open.gallery), (480.0, None, None));
        let arrangement = Arrangement { recipe_open: false, ..Arrangement::default() };
        let closed = lay_out(window(480.0, 320.0), &arrangement);
        assert_eq!((closed.recipe, closed.viewer.unwrap().width()), (None, 480.0));
        assert_eq!(closed.gallery.unwrap().height(), size::HEADER);
    }

    #[test]
    fn regions_slide_over_the_edge_in_their_own_size_and_the_viewer_takes_the_room() {
        let (window, arrangement) = (window(1360.0, 860.0), Arrangement::default());
        let half = Unfolded { recipe: 0.5, jobs: 0.5, gallery: 0.5 };
        let regions = lay_out_moving(window, &arrangement, half);
        let (recipe, jobs, summary) = (regions.recipe.unwrap(), regions.jobs.unwrap(), regions.summary.unwrap());
        assert_eq!((recipe.width(), recipe.right()), (320.0, 160.0));
        assert_eq!((jobs.width(), jobs.left()), (280.0, 1220.0));
        assert_eq!((summary.height(), summary.top()), (32.0, 844.0));
        let (viewer, gallery) = (regions.viewer.unwrap(), regions.gallery.unwrap());
        assert_eq!((viewer.left(), viewer.right()), (160.0, 1220.0));
        assert!(gallery.top() < viewer.bottom() && gallery.top() > viewer.top());
    }

    #[test]
    fn regions_fill_the_window_without_overlap() {
        for (width, height) in
            [(480.0, 320.0), (640.0, 427.0), (960.0, 640.0), (1100.0, 719.0), (1360.0, 860.0), (2560.0, 1440.0)]
        {
            let window = window(width, height);
            let regions = lay_out(window, &Arrangement::default());
            let all =
                [Some(regions.topbar), regions.recipe, regions.viewer, regions.gallery, regions.jobs, regions.summary];
            let area: f32 = all.into_iter().flatten().map(|rect| rect.area()).sum();
            assert!((area - window.area()).abs() < 1.0, "{width} × {height}");
        }
    }
}
