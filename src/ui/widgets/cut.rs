//! Cuts a rectangle into parts from its edges, so that a row reads as the list of what stands in it.

use egui::{Rect, Ui, vec2};

/// What is left of a rectangle while parts are cut off.
#[derive(Clone, Copy, Debug)]
pub struct Cut(pub Rect);

impl Cut {
    /// Cuts off the left `width` points.
    pub fn left(&mut self, width: f32) -> Rect {
        let edge = (self.0.left() + width).min(self.0.right());
        let part = self.0.with_max_x(edge);
        self.0.min.x = edge;
        part
    }

    /// Cuts off the right `width` points.
    pub fn right(&mut self, width: f32) -> Rect {
        let edge = (self.0.right() - width).max(self.0.left());
        let part = self.0.with_min_x(edge);
        self.0.max.x = edge;
        part
    }

    /// Cuts off the top `height` points.
    pub fn top(&mut self, height: f32) -> Rect {
        let edge = (self.0.top() + height).min(self.0.bottom());
        let part = self.0.with_max_y(edge);
        self.0.min.y = edge;
        part
    }

    /// Cuts off the bottom `height` points.
    pub fn bottom(&mut self, height: f32) -> Rect {
        let edge = (self.0.bottom() - height).max(self.0.top());
        let part = self.0.with_min_y(edge);
        self.0.max.y = edge;
        part
    }

    /// Cuts off a control of this size at the left, centred in the height.
    pub fn left_control(&mut self, width: f32, height: f32) -> Rect {
        centred(self.left(width), height)
    }

    /// Cuts off a control of this size at the right, centred in the height.
    pub fn right_control(&mut self, width: f32, height: f32) -> Rect {
        centred(self.right(width), height)
    }

    /// What is left.
    pub const fn rest(&self) -> Rect {
        self.0
    }
}

/// The middle of `rect`, as wide as it and `height` high, on whole points.
pub fn centred(rect: Rect, height: f32) -> Rect {
    let top = (rect.center().y - height / 2.0).round();
    Rect::from_min_size(egui::pos2(rect.left(), top), vec2(rect.width(), height))
}

/// The next `height` points of a vertical `ui`, over its whole width.
pub fn next_row(ui: &mut Ui, height: f32) -> Rect {
    let width = ui.available_width();
    ui.allocate_space(vec2(width, height)).1
}

#[cfg(test)]
mod tests {
    use egui::{Rect, pos2};

    use super::*;

    #[test]
    fn parts_lie_side_by_side_and_never_leave_the_rectangle() {
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(100.0, 20.0));
        let mut cut = Cut(whole);
        let (left, right) = (cut.left(30.0), cut.right(30.0));
        assert_eq!((left.right(), right.left()), (30.0, 70.0));
        let rest = cut.left(500.0);
        assert_eq!(rest.width(), 40.0);
        assert!(whole.contains_rect(rest) && cut.rest().width() == 0.0);
    }

    #[test]
    fn a_control_is_centred_in_its_row() {
        let row = Rect::from_min_max(pos2(0.0, 10.0), pos2(100.0, 38.0));
        assert_eq!(Cut(row).left_control(24.0, 24.0), Rect::from_min_max(pos2(0.0, 12.0), pos2(24.0, 36.0)));
    }
}
