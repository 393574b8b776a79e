//! Which stickers are chosen. The first of them stands in the viewer; it is compared with the second.

use std::collections::HashSet;

use crate::ui::action::StickerId;

/// The chosen stickers, in the order in which they were chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::app) struct Selection {
    order: Vec<StickerId>,
    /// The same, to be asked for each card of each frame.
    all: HashSet<StickerId>,
}

impl Selection {
    /// The one in the viewer.
    pub(in crate::app) fn first(&self) -> Option<StickerId> {
        self.order.first().copied()
    }

    /// The one that it is compared with.
    pub(in crate::app) fn second(&self) -> Option<StickerId> {
        self.order.get(1).copied()
    }

    /// All of them, in the order in which they were chosen.
    pub(in crate::app) fn all(&self) -> impl Iterator<Item = StickerId> + '_ {
        self.order.iter().copied()
    }

    /// How many there are.
    pub(in crate::app) const fn len(&self) -> usize {
        self.order.len()
    }

    /// Is this one chosen?
    pub(in crate::app) fn contains(&self, id: StickerId) -> bool {
        self.all.contains(&id)
    }

    /// Chooses nothing.
    pub(in crate::app) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Chooses this one alone.
    pub(in crate::app) fn only(&mut self, id: StickerId) {
        self.these([id]);
    }

    /// Chooses these, each once.
    pub(in crate::app) fn these(&mut self, ids: impl IntoIterator<Item = StickerId>) {
        self.clear();
        for id in ids {
            self.add(id);
        }
    }

    /// Chooses this one too, or no longer.
    pub(in crate::app) fn toggle(&mut self, id: StickerId) {
        if self.all.remove(&id) {
            self.order.retain(|other| *other != id);
        } else {
            self.add(id);
        }
    }

    /// The first one stays and these come after it.
    pub(in crate::app) fn extend(&mut self, ids: impl IntoIterator<Item = StickerId>) {
        self.these(self.first().into_iter().chain(ids).collect::<Vec<_>>());
    }

    /// Compares the first one with this one, which has to be another; the rest is no longer chosen.
    pub(in crate::app) fn pair(&mut self, other: StickerId) {
        if self.first().is_some_and(|first| first != other) {
            self.extend([other]);
        }
    }

    /// Those of which this is not true are no longer chosen.
    pub(in crate::app) fn retain(&mut self, stays: impl Fn(StickerId) -> bool) {
        self.order.retain(|id| stays(*id));
        self.all.retain(|id| stays(*id));
    }

    fn add(&mut self, id: StickerId) {
        if self.all.insert(id) {
            self.order.push(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(selection: &Selection) -> Vec<i64> {
        assert!(selection.order.iter().all(|id| selection.contains(*id)));
        assert_eq!(selection.order.len(), selection.all.len());
        selection.order.iter().map(|id| id.0).collect()
    }

    fn of(ids: &[i64]) -> Selection {
        let mut selection = Selection::default();
        selection.these(ids.iter().map(|id| StickerId(*id)));
        selection
    }

    #[test]
    fn the_first_chosen_stays_in_the_viewer_while_others_join_and_leave() {
        let mut selection = of(&[4]);
        selection.toggle(StickerId(7));
        selection.toggle(StickerId(9));
        assert_eq!((chosen(&selection), selection.second()), (vec![4, 7, 9], Some(StickerId(7))));
        selection.toggle(StickerId(4));
        assert_eq!(chosen(&selection), [7, 9]);
        selection.extend([StickerId(8), StickerId(7), StickerId(6)]);
        assert_eq!(chosen(&selection), [7, 8, 6]);
        selection.retain(|id| id.0 != 7);
        assert_eq!(chosen(&selection), [8, 6]);
    }

    #[test]
    fn a_sticker_is_never_compared_with_itself() {
        let mut selection = of(&[4]);
        selection.pair(StickerId(4));
        assert_eq!((chosen(&selection), selection.second()), (vec![4], None));
        selection.pair(StickerId(5));
        selection.pair(StickerId(6));
        assert_eq!(chosen(&selection), [4, 6]);
        let mut nothing = Selection::default();
        nothing.pair(StickerId(4));
        assert_eq!(nothing.first(), None);
    }
}
