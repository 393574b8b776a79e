//! Drags over the cards: the rubber band chooses those that it touches, and where a card can be dragged into another
//! program, a drag that begins on one does that.

use egui::{CursorIcon, PointerButton, Pos2, Rect, Response, Stroke, StrokeKind, Ui, Vec2, vec2};

use crate::theme;

/// Points that the cards scroll by in a frame while the band is held at an edge.
const SCROLL: f32 = 14.0;

/// Where the cards lie.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    /// The corner of the first card on the screen.
    pub(super) origin: Pos2,
    /// From one card to the next.
    pub(super) pitch: f32,
    /// The side of a card.
    pub(super) side: f32,
    pub(super) columns: usize,
    pub(super) count: usize,
}

impl Grid {
    /// The place of a card on the screen.
    pub(super) fn at(&self, index: usize) -> Rect {
        let (row, column) = (index / self.columns, index % self.columns);
        Rect::from_min_size(self.origin + vec2(column as f32, row as f32) * self.pitch, Vec2::splat(self.side))
    }

    /// The card at a place on the screen.
    fn under(&self, place: Pos2) -> Option<usize> {
        let at = place - self.origin;
        if at.x < 0.0 || at.y < 0.0 {
            return None;
        }
        let (column, row) = ((at.x / self.pitch) as usize, (at.y / self.pitch) as usize);
        let index = row * self.columns + column;
        (column < self.columns && index < self.count && self.at(index).contains(place)).then_some(index)
    }

    /// The cards that a rectangle touches, given from the corner of the first one.
    fn touched(&self, band: Rect) -> Vec<usize> {
        // A gap belongs to the card before it, but for what is asked of it here.
        let first = |from: f32| ((from - self.side) / self.pitch).floor().max(-1.0) + 1.0;
        let last = |to: f32| (to / self.pitch).floor();
        if last(band.max.x) < 0.0 || last(band.max.y) < 0.0 {
            return Vec::new();
        }
        let columns = first(band.min.x) as usize..=(last(band.max.x) as usize).min(self.columns - 1);
        let rows = first(band.min.y) as usize..=last(band.max.y) as usize;
        let places = rows.flat_map(|row| columns.clone().map(move |column| row * self.columns + column));
        places
            .take_while(|place| *place < self.count || *place % self.columns != 0)
            .filter(|place| *place < self.count)
            .collect()
    }
}

/// What a drag does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Dragged {
    /// The band touches these cards now.
    Touches(Vec<usize>),
    /// This card goes with the pointer, out of the window.
    Out(usize),
}

/// The band, while it is drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Band {
    /// Where it began, from the corner of the first card.
    began: Option<Pos2>,
    /// What it has chosen.
    touched: Vec<usize>,
    /// Is it no band but a card that goes with the pointer?
    is_card: bool,
}

impl Band {
    /// Follows the pointer; gives what is dragged or touched when that has changed. Cards go with the pointer where
    /// another program can take them.
    pub(super) fn follow(
        &mut self,
        ui: &Ui,
        response: &Response,
        grid: &Grid,
        (seen, drags_out): (Rect, bool),
    ) -> Option<Dragged> {
        if !response.dragged_by(PointerButton::Primary) {
            *self = Self::default();
            return None;
        }
        // A press that does not move is a click on a card.
        if self.began.is_none() && !ui.input(|input| input.pointer.is_decidedly_dragging()) {
            return None;
        }
        let from_corner = |place: Pos2| (place - grid.origin).to_pos2();
        let pointer = response.interact_pointer_pos()?;
        let pressed = ui.input(|input| input.pointer.press_origin()).unwrap_or(pointer);
        if self.is_card {
            ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
            return None;
        }
        if let Some(card) = grid.under(pressed).filter(|_| drags_out && self.began.is_none()) {
            self.is_card = true;
            return Some(Dragged::Out(card));
        }
        let began = *self.began.get_or_insert_with(|| from_corner(pressed));
        let at_edge = if pointer.y < seen.top() + 4.0 {
            SCROLL
        } else if pointer.y > seen.bottom() - 4.0 {
            -SCROLL
        } else {
            0.0
        };
        if at_edge != 0.0 {
            ui.scroll_with_delta(vec2(0.0, at_edge));
            ui.ctx().request_repaint();
        }
        let band = Rect::from_two_pos(began, from_corner(pointer));
        let touched = grid.touched(band);
        (touched != self.touched).then(|| {
            self.touched.clone_from(&touched);
            Dragged::Touches(touched)
        })
    }

    /// Paints it over the cards.
    pub(super) fn paint(&self, ui: &Ui, response: &Response, grid: &Grid) {
        let (Some(began), Some(pointer)) = (self.began, response.interact_pointer_pos()) else { return };
        let tokens = theme::of(ui);
        let band = Rect::from_two_pos(began + grid.origin.to_vec2(), pointer);
        let fill = tokens.accent.gamma_multiply(0.15);
        ui.painter().rect(band, 2.0, fill, Stroke::new(1.0, tokens.accent), StrokeKind::Inside);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    #[test]
    fn a_band_touches_cards_and_not_the_gaps_between_them() {
        let grid = Grid { origin: pos2(100.0, 50.0), pitch: 92.0, side: 84.0, columns: 3, count: 7 };
        let touched = |from: (f32, f32), to: (f32, f32)| grid.touched(Rect::from_two_pos(from.into(), to.into()));
        assert_eq!(touched((10.0, 10.0), (20.0, 20.0)), [0]);
        assert_eq!(touched((100.0, 90.0), (20.0, 20.0)), [0, 1]);
        assert_eq!(touched((86.0, 0.0), (90.0, 40.0)), [] as [usize; 0]);
        assert_eq!(touched((-9.0, -9.0), (900.0, 900.0)), [0, 1, 2, 3, 4, 5, 6]);
        assert_eq!(touched((100.0, 180.0), (300.0, 260.0)), [] as [usize; 0]);
        assert_eq!(touched((-50.0, -50.0), (-1.0, -1.0)), [] as [usize; 0]);
    }

    #[test]
    fn a_card_lies_under_its_own_places_and_none_under_a_gap() {
        let grid = Grid { origin: pos2(100.0, 50.0), pitch: 92.0, side: 84.0, columns: 3, count: 4 };
        let under = |x: f32, y: f32| grid.under(pos2(x, y));
        assert_eq!((under(101.0, 51.0), under(283.0, 60.0), under(150.0, 160.0)), (Some(0), None, Some(3)));
        assert_eq!((under(285.0, 133.0), under(250.0, 160.0), under(99.0, 60.0)), (Some(2), None, None));
    }
}
