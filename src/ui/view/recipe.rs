//! What the recipe panel shows.

use model::{Crop, EngineId, Money, Parameter, Recipe, Remedy, Remote};

use super::{Picture, SentView};

/// The recipe panel.
#[derive(Clone, Debug)]
pub struct RecipeView<'a> {
    /// The form as it stands.
    pub recipe: &'a Recipe,
    /// The last run's recipe, to mark what differs; `None` before the first run.
    pub last_run: Option<&'a Recipe>,
    /// The engine the texts are about.
    pub engine: EngineId,
    /// The photo; [`Remote::NotAsked`] when there is none.
    pub photo: &'a Remote<PhotoView<'a>>,
    /// The photos that were brought together, when there are several.
    pub photos: &'a [PhotoTab<'a>],
    /// Which of them are left out and why, as a sentence; empty when none is.
    pub left_out: &'a str,
    /// Where the photo goes, as one sentence.
    pub photo_goes: &'a str,
    /// Name of the preset in use.
    pub preset: &'a str,
    /// Does the form differ from it?
    pub preset_edited: bool,
    /// The presets that come with the program.
    pub presets: &'a [PresetView<'a>],
    /// The person's own, once they were read.
    pub own_presets: Option<&'a [PresetView<'a>]>,
    /// What the engine makes of the words; empty at the hosted service.
    pub words_understood: &'a [String],
    /// Words it leaves aside.
    pub words_ignored: &'a [String],
    /// What of the moods among them the photo does not let its face do, as sentences.
    pub moods_left_out: &'a [String],
    /// The person's own palette, sRGB; empty for the style's.
    pub palette: &'a [[u8; 3]],
    /// The styles as small pictures of the photo; none where they are not drawn.
    pub styles: &'a [LookView],
    /// The moods in the chosen style.
    pub moods: &'a [LookView],
    /// Is the seed kept?
    pub seed: UseOfSeed,
    /// Recent seeds, newest first.
    pub recent_seeds: &'a [u32],
    /// Stickers to make at once of each photo, 1 to 8.
    pub count: u32,
    /// Stickers that a click makes in all.
    pub stickers: u32,
    /// Price of one sticker.
    pub price_each: Money,
    /// Why the ticket cannot be pressed, in two words such as `no photo`.
    pub blocked: Option<&'a str>,
    /// Does pressing it nevertheless open the way on?
    pub opens: bool,
    /// The same as a sentence, when there is more to say.
    pub blocked_why: Option<&'a str>,
    /// Is the click being made durable?
    pub submitting: bool,
}

/// A style or a mood as a small picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LookView {
    /// The word of the prompt.
    pub word: &'static str,
    /// Its name beneath the picture.
    pub label: &'static str,
    /// The photo in it.
    pub picture: Picture,
    /// Does the prompt ask for it?
    pub is_on: bool,
}

/// What happens to the seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UseOfSeed {
    /// It is kept; several stickers count up from it.
    Locked,
    /// Each sticker draws a new one.
    NewEach,
}

/// One of several photos.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhotoTab<'a> {
    /// Its file name.
    pub name: &'a str,
    /// A small picture of it.
    pub picture: Picture,
    /// Why nothing is made of it, in two words.
    pub left_out: Option<&'a str>,
    /// Is it the one in the well?
    pub in_the_well: bool,
}

/// The photo in its well.
#[derive(Clone, Debug, PartialEq)]
pub struct PhotoView<'a> {
    /// Its file name, or what else names it.
    pub name: &'a str,
    /// Width and height in pixels, upright.
    pub size: (u32, u32),
    /// The picture.
    pub picture: Picture,
    /// The part that is sent, in pixels of the photo; `None` when it is sent as it is.
    pub crop: Option<Crop>,
    /// The proportion that the crop keeps, width over height.
    pub aspect: Option<f32>,
    /// The colour beyond the photo's edges, sRGB.
    pub padding: [u8; 3],
    /// What is sent, in numbers.
    pub sent: SentView<'a>,
    /// The faces, biggest first, in pixels of the photo.
    pub faces: &'a [Crop],
    /// Which of them is drawn.
    pub face: FaceState,
    /// Is it the bundled sample?
    pub is_sample: bool,
    /// Is the crop being drawn in the viewer?
    pub is_cropping: bool,
    /// Is it being turned?
    pub turning: bool,
    /// What a check found, before anything is paid.
    pub remark: Option<PhotoRemark<'a>>,
}

/// What is known about the faces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaceState {
    /// Being looked for.
    Looking,
    /// This one of the list is drawn.
    Found(usize),
    /// There is none.
    None,
}

/// What a check of the photo found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhotoRemark<'a> {
    /// How much it weighs.
    pub weight: Weight,
    /// What was found: `No face in this picture.`
    pub head: &'a str,
    /// What that means, or what to do.
    pub sentence: &'a str,
    /// The one button.
    pub way: Remedy,
    /// May a person go on in spite of it?
    pub can_override: bool,
}

/// How much a remark about a photo weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Nothing can come of it.
    Forbids,
    /// It makes the sticker worse.
    Advises,
    /// It is good to know.
    Notes,
}

impl RecipeView<'_> {
    /// Does this setting differ from the last run?
    pub fn differs(&self, parameter: Parameter) -> bool {
        self.last_run.is_some_and(|last| last.get(parameter) != self.recipe.get(parameter))
    }

    /// Does this setting differ from its default?
    pub fn is_changed(&self, parameter: Parameter) -> bool {
        self.recipe.get(parameter) != Recipe::default().get(parameter)
    }
}

/// A preset of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PresetView<'a> {
    /// Its name.
    pub name: &'a str,
    /// Does it put words in place of those of the form?
    pub has_words: bool,
}
