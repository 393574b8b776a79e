//! Where pictures lie in the viewer: pure functions of sizes.

use egui::{Pos2, Rect, Vec2, vec2};

use model::FaceFrame;

/// Room left around a fitted picture.
pub(super) const MARGIN: f32 = 12.0;

/// Points per pixel that fit a picture of `size` pixels into `canvas`; never larger than four pixels of the screen.
pub(super) fn fit(canvas: Rect, size: Vec2) -> f32 {
    let room = (canvas.size() - Vec2::splat(2.0 * MARGIN)).max(Vec2::splat(32.0));
    (room.x / size.x.max(1.0)).min(room.y / size.y.max(1.0))
}

/// Where a picture of `size` pixels lies, on whole points.
pub(super) fn place(canvas: Rect, size: Vec2, points_per_pixel: f32, pan: Vec2) -> Rect {
    let points = size * points_per_pixel;
    let corner = canvas.center() + pan - points / 2.0;
    Rect::from_min_size(Pos2::new(corner.x.round(), corner.y.round()), vec2(points.x.round(), points.y.round()))
}

/// Where the photo lies when its sticker's canvas lies at `place`.
///
/// A photo pixel is drawn at `(pixel - corner) / scale` of the canvas, see [`FaceFrame`].
pub(super) fn photo_under(place: Rect, canvas: (u32, u32), frame: &FaceFrame, photo: Vec2) -> Rect {
    let points = place.width() / canvas.0.max(1) as f32;
    let scale = points / frame.scale.max(1e-6) as f32;
    let corner = place.min - vec2(frame.left as f32, frame.top as f32) * scale;
    Rect::from_min_size(corner, photo * scale)
}

/// The pan that keeps the picture's point under `pointer` where it is when the zoom changes by `factor`.
pub(super) fn pan_at(canvas: Rect, pan: Vec2, pointer: Pos2, factor: f32) -> Vec2 {
    let from_middle = pointer - canvas.center();
    from_middle - (from_middle - pan) * factor
}

#[cfg(test)]
mod tests {
    use egui::{Rect, pos2, vec2};

    use super::*;

    const CANVAS: Rect = Rect { min: pos2(0.0, 0.0), max: pos2(500.0, 400.0) };

    #[test]
    fn a_fitted_picture_leaves_its_margin_on_the_tighter_side() {
        let place = place(CANVAS, vec2(1024.0, 1024.0), fit(CANVAS, vec2(1024.0, 1024.0)), Vec2::ZERO);
        assert_eq!((place.top(), place.bottom()), (MARGIN, 400.0 - MARGIN));
        assert_eq!(place.center().x, 250.0);
    }

    #[test]
    fn zooming_keeps_the_point_under_the_pointer() {
        let size = vec2(100.0, 100.0);
        let pointer = pos2(300.0, 150.0);
        let before = place(CANVAS, size, 1.0, Vec2::ZERO);
        let pan = pan_at(CANVAS, Vec2::ZERO, pointer, 2.0);
        let after = place(CANVAS, size, 2.0, pan);
        let share = |rect: Rect| (pointer - rect.min) / rect.size();
        assert!((share(before) - share(after)).length() < 0.02);
    }

    #[test]
    fn a_photo_lies_under_its_sticker_where_the_frame_says() {
        let place = Rect::from_min_size(pos2(10.0, 20.0), vec2(512.0, 512.0));
        let frame = FaceFrame { left: 100.0, top: 50.0, scale: 0.5 };
        let photo = photo_under(place, (1024, 1024), &frame, vec2(800.0, 600.0));
        // Photo pixel (100, 50) is the canvas' corner.
        assert_eq!(photo.min + vec2(100.0, 50.0), place.min);
        assert_eq!(photo.width(), 800.0);
    }
}
