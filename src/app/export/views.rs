//! What the export's panels borrow.

use super::pack::Packed;
use super::{AtSize, Exporting, Measured, Written};
use crate::app::context::AppContext;
use crate::app::pictures::PictureName;
use crate::export::chat::LEAST_CONTRAST;
use crate::export::print::Paper;
use crate::export::rules::rule;
use crate::export::{About, Light, Target, Weight, Words, carries_texts, last_metre};
use crate::ui::view::{ExportView, Lamp, PackedView, Picture, PrintView, ReadsView, RuleView, TargetView, WrittenView};

/// Texts that the view borrows.
#[derive(Default)]
pub(in crate::app) struct Texts {
    targets: Vec<TargetView>,
    identifier: String,
    count: String,
    /// What stands below each sticker, and what is known of it.
    notes: Vec<(String, Lamp)>,
    rules: Vec<RuleView>,
    reads: Vec<ReadsView>,
    papers: [&'static str; Paper::ALL.len()],
    sliver: String,
    make: String,
    problem: Option<String>,
    blocked: Option<String>,
}

impl Texts {
    /// The texts, while the export is open.
    pub(in crate::app) fn of(export: &Exporting) -> Self {
        if !export.open {
            return Self::default();
        }
        let words = &export.words;
        let lights = export.lights();
        let broken = lights.iter().filter(|light| light.refuses()).count();
        let refusal = export.measured_now().and_then(|measured| measured.outcome.as_ref().err());
        let count = export.pack.stickers.len();
        let allowed = rule(export.target, About::Stickers).map(|rule| rule.allowed.to_string());
        let stickers = if count == 1 { "1 sticker".to_owned() } else { format!("{count} stickers") };
        let more = export.targets().len() - 1;
        let also = match more {
            0 => String::new(),
            1 => " for 2 platforms".to_owned(),
            more => format!(" for {} platforms", more + 1),
        };
        Self {
            targets: Target::ALL.into_iter().map(|target| target_view(export, target)).collect(),
            identifier: words.identifier.clone(),
            count: match allowed {
                Some(allowed) => format!("{stickers}, allowed {allowed}"),
                None => stickers.clone(),
            },
            notes: (0..count).map(|place| note(export, words, &lights, place)).collect(),
            rules: rules(&lights, words),
            reads: reads(export),
            papers: Paper::ALL.map(|paper| paper.name),
            sliver: sliver(export),
            make: format!("Export {stickers}{also}…"),
            problem: refusal.filter(|refusal| refusal.broken.is_empty()).map(|refusal| refusal.sentence.clone()),
            blocked: match (count, export.pack.stickers.iter().position(Packed::has_wrong_emoji), broken) {
                (0, ..) => Some("No stickers yet".to_owned()),
                (_, Some(place), _) => Some(format!("Give sticker {} an emoji first", place + 1)),
                (_, None, 0) => None,
                (_, None, 1) => Some("Mend 1 rule first".to_owned()),
                (_, None, broken) => Some(format!("Mend {broken} rules first")),
            },
        }
    }

    /// The cards.
    pub(in crate::app) fn packed<'a>(&'a self, export: &'a Exporting, cx: &AppContext) -> Cards<'a> {
        let cards = export.pack.stickers.iter().zip(&self.notes).map(|(packed, (note, lamp))| PackedView {
            id: packed.row.id,
            picture: cx.pictures.get(&PictureName::Thumbnail(packed.row.path.clone())),
            name: &packed.name,
            emoji: &packed.emoji,
            emoji_refused: packed.has_wrong_emoji(),
            alt: &packed.alt,
            note,
            lamp: *lamp,
        });
        let written = export.written.iter().map(Written::view);
        Cards { cards: cards.collect(), written: written.collect() }
    }
}

/// Lists that the view borrows.
pub(in crate::app) struct Cards<'a> {
    cards: Vec<PackedView<'a>>,
    written: Vec<WrittenView<'a>>,
}

/// The whole view, while the export is open.
pub(in crate::app) fn view<'a>(
    export: &'a Exporting,
    texts: &'a Texts,
    packed: &'a Cards<'a>,
    cx: &AppContext,
) -> Option<ExportView<'a>> {
    export.open.then(|| ExportView {
        targets: &texts.targets,
        target: export.target,
        title: &export.pack.title,
        author: &export.pack.author,
        identifier: &texts.identifier,
        count: &texts.count,
        stickers: &packed.cards,
        cover: export.pack.cover,
        selected: export.selected,
        takes_alt: rule(export.target, About::AltText).is_some(),
        rules: &texts.rules,
        is_measuring: export.is_measuring || (export.is_unmeasured && export.stale_since.is_some()),
        problem: texts.problem.as_deref(),
        reads: &texts.reads,
        print: (export.target == Target::Print).then(|| print_view(export, texts)),
        texts: carries_texts(export.target).then_some([cx.settings.label_exports, cx.settings.settings_in_exports]),
        last_metre: last_metre(export.target),
        make: &texts.make,
        blocked: texts.blocked.as_deref(),
        running: export.running.as_ref().map(|running| (running.done as f32 + 0.5) / (running.of as f32 + 0.5)),
        written: &packed.written,
    })
}

impl Exporting {
    /// What the rules say, as long as that is about the platform that is looked at.
    fn measured_now(&self) -> Option<&Measured> {
        self.measured.as_ref().filter(|measured| measured.target == self.target)
    }

    fn lights(&self) -> Vec<&Light> {
        let outcome = self.measured_now().map(|measured| &measured.outcome);
        match outcome {
            Some(Ok(draft)) => draft.lights.iter().collect(),
            Some(Err(refusal)) => refusal.broken.iter().collect(),
            None => Vec::new(),
        }
    }
}

fn target_view(export: &Exporting, target: Target) -> TargetView {
    let measured = export.measured.as_ref().filter(|measured| measured.target == target && !export.is_measuring);
    let lamp = match measured.map(|measured| &measured.outcome) {
        Some(Ok(draft)) if draft.lights.iter().any(Light::refuses) => Lamp::Broken,
        Some(Ok(_)) => Lamp::Good,
        Some(Err(_)) => Lamp::Broken,
        None if export.refused_by.get(&target).copied().unwrap_or_default() => Lamp::Broken,
        None => Lamp::Dark,
    };
    TargetView { target, also: export.also.contains(&target), lamp }
}

/// The place of the sticker that a light is about.
fn sticker_of(light: &Light, words: &Words) -> Option<usize> {
    let subject = &light.subject;
    if let Some(number) = subject.strip_prefix("sticker ") {
        return number.parse::<usize>().ok()?.checked_sub(1);
    }
    let file = subject.rsplit('/').next().unwrap_or(subject);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    words.stickers.iter().position(|said| said.name == stem)
}

/// What was measured and what is allowed, unless that is the same.
fn measured_words(light: &Light, of: &str) -> String {
    let (found, wanted) = (light.found(), light.wanted());
    if light.ok && found.starts_with(&wanted) { found } else { format!("{found}{of}, {wanted}") }
}

const fn lamp_of(light: &Light) -> Lamp {
    match (light.ok, light.rule.weight) {
        (true, _) => Lamp::Good,
        (false, Weight::Must) => Lamp::Broken,
        (false, Weight::Advice) => Lamp::Advice,
    }
}

fn rules(lights: &[&Light], words: &Words) -> Vec<RuleView> {
    let mut rules: Vec<RuleView> = lights
        .iter()
        .map(|light| {
            let sticker = sticker_of(light, words).filter(|_| !light.ok);
            let of = sticker.map(|place| format!(" in sticker {}", place + 1)).unwrap_or_default();
            RuleView {
                label: light.rule.about.label(),
                words: measured_words(light, &of),
                source: light.rule.source.to_string(),
                lamp: lamp_of(light),
                sticker,
            }
        })
        .collect();
    rules.sort_by_key(|rule| match rule.lamp {
        Lamp::Broken => 0,
        Lamp::Advice => 1,
        Lamp::Good | Lamp::Dark => 2,
    });
    rules
}

/// What stands below a sticker: what is wrong with it, or how large its file is.
fn note(export: &Exporting, words: &Words, lights: &[&Light], place: usize) -> (String, Lamp) {
    if let Some(packed) = export.pack.stickers.get(place).filter(|packed| packed.has_wrong_emoji()) {
        return (format!("“{}” is no emoji", packed.emoji.trim()), Lamp::Broken);
    }
    let wrong = lights.iter().find(|light| !light.ok && sticker_of(light, words) == Some(place));
    if let Some(light) = wrong {
        return (format!("{}: {}", light.rule.about.label(), light.found()), lamp_of(light));
    }
    let draft = export.measured_now().and_then(|measured| measured.outcome.as_ref().ok());
    let bytes = draft.zip(words.stickers.get(place)).and_then(|(draft, said)| {
        let is_it = |path: &str| {
            let file = path.rsplit('/').next().unwrap_or(path);
            file.rsplit_once('.').is_some_and(|(stem, _)| stem == said.name)
        };
        draft.files.iter().find(|(path, _)| is_it(path)).map(|(_, bytes)| *bytes)
    });
    match bytes {
        Some(bytes) => (format!("{} bytes", crate::ui::widgets::text::grouped(bytes as usize)), Lamp::Good),
        None => (String::new(), Lamp::Dark),
    }
}

fn reads(export: &Exporting) -> Vec<ReadsView> {
    let shown = export.pack.stickers.get(export.selected).map(|packed| packed.row.id);
    let Some(looked) = export.looked.as_ref().filter(|looked| Some(looked.sticker) == shown) else { return Vec::new() };
    let line = |at: &AtSize| {
        let face = match at.faces {
            0 => "no face".to_owned(),
            faces if faces == at.wallpapers => "face".to_owned(),
            faces => format!("face on {faces} of {}", at.wallpapers),
        };
        let reads = at.faces == at.wallpapers && at.least_contrast >= LEAST_CONTRAST;
        ReadsView {
            size: at.size,
            words: format!("{face}, edge {:.1}:1 on {}", at.least_contrast, at.least_on),
            lamp: if reads { Lamp::Good } else { Lamp::Advice },
        }
    };
    looked.sizes.iter().map(line).collect()
}

fn sliver(export: &Exporting) -> String {
    let bare = export.looked.as_ref().and_then(|looked| looked.proof.as_ref()).map(|(_, bare)| *bare);
    match bare {
        None => "The proof is being drawn.".to_owned(),
        Some(bare) if bare < 0.05 => "No bare paper would show.".to_owned(),
        Some(bare) => format!("{bare:.1} mm² of bare paper would show."),
    }
}

fn print_view<'a>(export: &'a Exporting, texts: &'a Texts) -> PrintView<'a> {
    let proof = export.looked.as_ref().and_then(|looked| looked.proof.as_ref());
    PrintView {
        papers: &texts.papers,
        paper: Paper::ALL.iter().position(|paper| paper.id == export.print.paper.id).unwrap_or_default(),
        size: export.print.size,
        copies: export.print.copies,
        offset: export.print.offset,
        shift: export.shift,
        proof: proof.map(|(texture, _)| Picture::from(texture)),
        sliver: &texts.sliver,
    }
}

impl Written {
    fn view(&self) -> WrittenView<'_> {
        WrittenView {
            target: self.target,
            words: &self.words,
            has_files: self.folder.is_some(),
            lamp: if self.is_sound { Lamp::Good } else { Lamp::Broken },
        }
    }
}
