//! The gallery as it is drawn and as it is asked, and what of it is kept.

use super::Gallery;
use crate::app::context::AppContext;
use crate::app::pictures::PictureName;
use crate::library::StickerRow;
use crate::model::{Remote, Sort};
use crate::ui::action::StickerId;
use crate::ui::view::{BannerView, Cards, GalleryView};
use crate::ui::widgets::Stub;

/// So many chosen stickers come back.
const MOST_CHOSEN: usize = 64;

/// What stands around the gallery.
#[derive(Clone, Copy)]
pub(in crate::app) struct Around<'a> {
    /// What the first sticker costs, as long as nothing else speaks of it.
    pub first: Option<Stub<'a>>,
    /// Does pressing that open what is missing?
    pub first_opens: bool,
    /// Is a sticker being made?
    pub is_making: bool,
    /// Do files arrive that are dropped on the window?
    pub can_drop: bool,
}

impl Gallery {
    /// The whole view of these cards.
    pub(in crate::app) fn view<'a>(
        &'a self,
        cards: &'a Remote<&'a dyn Cards>,
        banner: Option<BannerView<'a>>,
        around: Around<'a>,
    ) -> GalleryView<'a> {
        GalleryView {
            cards,
            total: self.total,
            new_above: self.new_above(),
            search: &self.search,
            starred_only: self.starred_only,
            without_star: self.without_star,
            sort: self.sort,
            backgrounds: self.backgrounds,
            selected: self.selected(),
            partner: self.selection.second(),
            chosen: self.selection.len(),
            in_bin: self.in_bin,
            binned: self.binned,
            first: around.first,
            first_opens: around.first_opens,
            is_making: around.is_making,
            can_drop: around.can_drop,
            drags_out: self.hands_out_files && !self.in_bin,
            banner,
        }
    }

    /// What the library has answered, as far as it is there.
    pub(in crate::app) const fn rows(&self) -> &Remote<Vec<StickerRow>> {
        &self.rows
    }

    /// Is the library known to have none?
    pub(in crate::app) fn is_known_empty(&self) -> bool {
        self.rows.shown().is_some() && self.total == 0
    }

    /// How often the library has answered.
    pub(in crate::app) const fn listing(&self) -> u64 {
        self.listing
    }

    /// Stickers in the bin.
    pub(in crate::app) const fn binned(&self) -> usize {
        self.binned
    }

    /// How many are chosen.
    pub(in crate::app) const fn count_chosen(&self) -> usize {
        self.selection.len()
    }

    /// The sticker that the one in the viewer is compared with.
    pub(in crate::app) fn partner(&self) -> Option<&StickerRow> {
        self.row(self.selection.second()?)
    }

    /// Are backgrounds shown?
    pub(in crate::app) const fn shows_backgrounds(&self) -> bool {
        self.backgrounds
    }

    /// Order and backgrounds, as the window is arranged.
    pub(in crate::app) const fn arranged(&self) -> (Sort, bool) {
        (self.sort, self.backgrounds)
    }

    /// The whole pictures that the viewer needs, and the small ones in sight.
    pub(in crate::app) fn pictures(&self) -> (Vec<PictureName>, impl Iterator<Item = PictureName> + '_) {
        let viewed = self.selected_row().into_iter().chain(self.partner());
        (viewed.map(|row| self.full(row)).collect(), self.wanted())
    }

    /// It is arranged so.
    pub(in crate::app) const fn arrange(&mut self, sort: Sort, backgrounds: bool) {
        (self.sort, self.backgrounds) = (sort, backgrounds);
    }

    /// The stickers that were chosen, as they come back.
    pub(in crate::app) fn kept(&self) -> Vec<i64> {
        self.selection.all().take(MOST_CHOSEN).map(|id| id.0).collect()
    }

    /// These were chosen; `was_left` tells whether there was a session, so that none is a choice too.
    pub(in crate::app) fn recall(&mut self, chosen: &[i64], was_left: bool) {
        self.selection.these(chosen.iter().map(|id| StickerId(*id)));
        self.starts_empty_handed = was_left && chosen.is_empty();
    }

    /// Nothing runs, for this reason.
    pub(in crate::app) fn fail(&mut self, error: String) {
        self.rows = Remote::Failed { previous: None, error };
    }

    /// Chooses these alone.
    pub(in crate::app) fn choose_alone(&mut self, ids: Vec<StickerId>) {
        self.selection.these(ids);
    }

    /// Chooses nothing.
    pub(in crate::app) fn choose_none(&mut self) {
        self.selection.clear();
    }

    /// Compares the one in the viewer with this one.
    pub(in crate::app) fn compare_with(&mut self, id: StickerId) {
        self.selection.pair(id);
    }

    /// Shows pictures with their background, or cut-outs.
    pub(in crate::app) const fn show_backgrounds(&mut self, on: bool) {
        self.backgrounds = on;
    }

    /// Shows only stickers that fit these words.
    pub(in crate::app) fn search(&mut self, words: String, cx: &AppContext) {
        self.search = words;
        self.ask(cx);
    }

    /// Shows only starred stickers, or all.
    pub(in crate::app) fn show_starred_only(&mut self, on: bool, cx: &AppContext) {
        self.starred_only = on;
        self.ask(cx);
    }

    /// Shows stickers in this order.
    pub(in crate::app) fn sort_by(&mut self, sort: Sort, cx: &AppContext) {
        self.sort = sort;
        self.ask(cx);
    }

    /// These places are in sight, first and behind the last.
    pub(in crate::app) const fn see(&mut self, first: usize, behind: usize) {
        self.in_sight = (first, behind);
    }
}
