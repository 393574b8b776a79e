//! The fonts of captions: the bundled ones first, then those of this computer, looked up when a character needs them.

use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, FontWeight, SourceCache};
use parley::{
    Alignment, AlignmentOptions, FontContext, FontFamily, FontFamilyName, Layout, LayoutContext, LineHeight,
    StyleProperty,
};

use super::FinishError;

/// The bundled letters, under a name that no font of a computer has.
const LETTERS: &str = "Sticker Booth Letters";

/// The bundled emoji in one colour.
const EMOJI: &str = "Sticker Booth Emoji";

/// Fonts with emoji in colours, of one system after the other.
const COLOR_EMOJI: [&str; 3] = ["Noto Color Emoji", "Apple Color Emoji", "Segoe UI Emoji"];

/// Distance of base lines, in sizes of the letters.
const LINE_HEIGHT: f32 = 1.16;

/// The fonts that captions are written in.
///
/// The fonts of this computer are looked up when words need them for the first time, which takes some tenths of a
/// second: not on the UI thread.
pub struct Fonts {
    context: FontContext,
    scratch: LayoutContext<()>,
    system: System,
}

/// The fonts of this computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum System {
    /// They are never looked at.
    Unused,
    /// Nobody needed them yet.
    Waiting,
    /// They are there.
    Loaded,
}

impl Default for Fonts {
    fn default() -> Self {
        Self::new()
    }
}

impl Fonts {
    /// The bundled fonts, and those of this computer when a character needs them.
    pub fn new() -> Self {
        let options = CollectionOptions { shared: false, system_fonts: false };
        let mut context = FontContext { collection: Collection::new(options), source_cache: SourceCache::default() };
        let bundled: [(&str, &'static [u8]); 2] = [
            (LETTERS, include_bytes!("../../assets/fonts/Inter-SemiBold.ttf")),
            (EMOJI, include_bytes!("../../assets/fonts/NotoEmoji-Regular.ttf")),
        ];
        for (name, bytes) in bundled {
            let named = FontInfoOverride {
                family_name: Some(name),
                width: None,
                style: None,
                weight: Some(FontWeight::SEMI_BOLD),
                axes: None,
            };
            context.collection.register_fonts(Blob::new(std::sync::Arc::new(bytes)), Some(named));
        }
        Self { context, scratch: LayoutContext::new(), system: System::Waiting }
    }

    /// The bundled fonts alone, the same on every computer.
    pub fn bundled() -> Self {
        Self { system: System::Unused, ..Self::new() }
    }

    /// Lays words out in lines of at most `width` pixels, their letters `size` pixels large.
    pub(crate) fn lay_out(
        &mut self,
        text: &str,
        size: f32,
        width: f32,
        color_emoji: bool,
    ) -> Result<Layout<()>, FinishError> {
        // Colours are worth a look at this computer's fonts; letters that are bundled are not.
        if color_emoji && text.chars().any(is_emoji) {
            self.load_system();
        }
        let layout = self.lay_out_now(text, size, width, color_emoji);
        if missing(&layout, text).is_empty() {
            return Ok(layout);
        }
        self.load_system();
        let layout = self.lay_out_now(text, size, width, color_emoji);
        let characters = missing(&layout, text);
        if characters.is_empty() { Ok(layout) } else { Err(FinishError::NoFont { characters }) }
    }

    fn load_system(&mut self) {
        if self.system == System::Waiting {
            self.context.collection.load_system_fonts();
            self.system = System::Loaded;
        }
    }

    fn lay_out_now(&mut self, text: &str, size: f32, width: f32, color_emoji: bool) -> Layout<()> {
        let named = FontFamilyName::named;
        let mut families = vec![named(LETTERS)];
        if color_emoji {
            families.extend(COLOR_EMOJI.map(named));
        }
        families.push(named(EMOJI));
        let mut builder = self.scratch.ranged_builder(&mut self.context, text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(FontFamily::List(families.into())));
        builder.push_default(StyleProperty::FontSize(size));
        builder.push_default(StyleProperty::FontWeight(parley::FontWeight::SEMI_BOLD));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(LINE_HEIGHT)));
        let mut layout = builder.build(text);
        layout.break_all_lines(Some(width));
        // Centred within its own width, not within the room that it has.
        let own = layout.width().ceil();
        layout.break_all_lines(Some(own));
        layout.align(Alignment::Center, AlignmentOptions::default());
        layout
    }
}

/// Characters that are drawn as pictures on most systems.
fn is_emoji(character: char) -> bool {
    matches!(u32::from(character), 0x2600..=0x27bf | 0x2b00..=0x2bff | 0x1f000..=0x1faff)
}

/// The characters that no font has, each once, in their order.
fn missing(layout: &Layout<()>, text: &str) -> String {
    let mut characters = String::new();
    for cluster in layout.lines().flat_map(|line| line.runs().collect::<Vec<_>>()).flat_map(|run| {
        let lacking = run.clusters().filter(|cluster| cluster.glyphs().any(|glyph| glyph.id == 0));
        lacking.map(|cluster| cluster.text_range()).collect::<Vec<_>>()
    }) {
        let drawn =
            text.get(cluster).unwrap_or_default().chars().filter(|one| !one.is_whitespace() && !one.is_control());
        for character in drawn {
            if !characters.contains(character) {
                characters.push(character);
            }
        }
    }
    characters
}
