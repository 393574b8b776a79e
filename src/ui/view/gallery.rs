//! What the gallery shows; it may hold a hundred thousand stickers, so it asks only for what is in sight.

use crate::action::StickerId;
use crate::widgets::Stub;

use super::{BannerView, Picture};
use model::{Remote, Sort};

/// The gallery.
#[derive(Clone)]
pub struct GalleryView<'a> {
    /// The stickers that fit the search.
    pub cards: &'a Remote<&'a dyn Cards>,
    /// Stickers in the library, whatever the search.
    pub total: usize,
    /// Stickers that are new and wait, or are above what is in sight.
    pub new_above: usize,
    /// The words searched for.
    pub search: &'a str,
    /// Are only starred ones shown?
    pub starred_only: bool,
    /// Stickers that would fit without the star, when nothing fits with it.
    pub without_star: usize,
    /// The order.
    pub sort: Sort,
    /// Are backgrounds shown?
    pub backgrounds: bool,
    /// The sticker in the viewer.
    pub selected: Option<StickerId>,
    /// The sticker it is compared with.
    pub partner: Option<StickerId>,
    /// How many are chosen.
    pub chosen: usize,
    /// Is this the bin?
    pub in_bin: bool,
    /// Stickers in the bin.
    pub binned: usize,
    /// What the first sticker costs, for its ticket in the empty gallery; `None` while the hint about it is shown.
    pub first: Option<Stub<'a>>,
    /// Does pressing that ticket open the way on, though it is blocked?
    pub first_opens: bool,
    /// Is one being made?
    pub is_making: bool,
    /// May a file be dropped onto the window in this session?
    pub can_drop: bool,
    /// May a card be dragged into another program in this session?
    pub drags_out: bool,
    /// What is broken, if the index could not be read.
    pub banner: Option<BannerView<'a>>,
}

/// A list of stickers by place.
pub trait Cards {
    /// How many there are.
    fn len(&self) -> usize;

    /// The one at a place below [`Cards::len`]; must be quick, it is asked in every frame.
    fn card(&self, index: usize) -> Card<'_>;

    /// Is the list empty?
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Cards for Vec<Card<'_>> {
    fn len(&self) -> usize {
        self.as_slice().len()
    }

    fn card(&self, index: usize) -> Card<'_> {
        self[index]
    }
}

/// One sticker in the gallery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Card<'a> {
    /// Which one.
    pub id: StickerId,
    /// Its thumbnail.
    pub picture: Picture,
    /// What it is called: its name, else the words it was made of.
    pub called: &'a str,
    /// Its seed, when known.
    pub seed: Option<u32>,
    /// Is it starred?
    pub starred: bool,
    /// Is it rejected?
    pub rejected: bool,
    /// Has it not been looked at yet?
    pub is_new: bool,
    /// Is it chosen?
    pub chosen: bool,
}
