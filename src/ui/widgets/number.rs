//! A field for one number: typed, stepped with the arrow keys, taken on Enter or on leaving.
//!
//! A text that is no allowed number is never taken in silence: leaving the field takes the nearest one, or the number that
//! was there, and says so beside the field.

use std::ops::RangeInclusive;

use egui::{Align, Align2, Frame, Id, Key, Margin, Rect, RectAlign, Response, Role, TextEdit, Ui, vec2};

use model::Parameter;
use model::parameter::Kind;

use super::{field, typing};
use crate::theme::{self, Type, size};

/// How long a correction is told, in seconds.
const TOLD: f64 = 8.0;

/// How numbers of one kind are written and which are allowed.
#[derive(Clone, Debug, PartialEq)]
pub struct Numbers {
    /// Smallest and largest allowed value.
    pub range: RangeInclusive<f64>,
    /// What one step changes.
    pub step: f64,
    /// Decimals shown; one decimal is left out when it is zero.
    pub decimals: usize,
    /// Are only multiples of the step allowed?
    pub only_steps: bool,
}

/// What a typed text comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Typed {
    /// An allowed number.
    Fits(f64),
    /// A number; this is the nearest allowed one.
    Near(f64),
    /// No number.
    None,
}

impl Numbers {
    /// The numbers that a parameter takes; `None` for one that takes words or a switch.
    pub fn of(parameter: Parameter) -> Option<Self> {
        match parameter.spec().kind {
            Kind::Integer { min, max, step, .. } => {
                // The service rounds edges down to these steps, so another one would not be what comes.
                let only_steps = matches!(parameter, Parameter::Width | Parameter::Height);
                Some(Self { only_steps, ..Self::whole(min..=max, step) })
            }
            Kind::Real { min, max, step, decimals, .. } => {
                Some(Self { range: min..=max, step, decimals, only_steps: false })
            }
            _ => None,
        }
    }

    /// Whole numbers.
    pub fn whole(range: RangeInclusive<u32>, step: u32) -> Self {
        let range = f64::from(*range.start())..=f64::from(*range.end());
        Self { range, step: f64::from(step), decimals: 0, only_steps: false }
    }

    /// The value as text.
    pub fn format(&self, value: f64) -> String {
        let text = format!("{value:.*}", self.decimals);
        match text.strip_suffix(".0") {
            Some(whole) if self.decimals == 1 => whole.to_owned(),
            _ => text,
        }
    }

    /// What this text comes to.
    pub fn read(&self, text: &str) -> Typed {
        let number = text.trim().replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite());
        let Some(number) = number else { return Typed::None };
        let nearest = self.snap(number);
        // Beyond all digits that a person sees, they are the same.
        if (nearest - number).abs() < 1e-9 { Typed::Fits(nearest) } else { Typed::Near(nearest) }
    }

    /// The value of this text, if it is an allowed number.
    pub fn parse(&self, text: &str) -> Option<f64> {
        if let Typed::Fits(value) = self.read(text) { Some(value) } else { None }
    }

    /// The nearest allowed value that shows in full.
    pub fn snap(&self, value: f64) -> f64 {
        let value = if self.only_steps { (value / self.step).round() * self.step } else { value };
        let scale = 10_f64.powi(self.decimals as i32);
        ((value * scale).round() / scale).clamp(*self.range.start(), *self.range.end())
    }

    /// The nearest multiple of the step.
    pub fn snap_to_step(&self, value: f64) -> f64 {
        self.snap((value / self.step).round() * self.step)
    }

    /// What is allowed, as the end of a sentence.
    fn allowed(&self) -> String {
        let range = format!("from {} to {}", self.format(*self.range.start()), self.format(*self.range.end()));
        match self.decimals {
            _ if self.only_steps => format!("{range} in steps of {}", self.format(self.step)),
            0 => format!("in whole numbers {range}"),
            1 => format!("{range} with one decimal"),
            decimals => format!("{range} with {decimals} decimals"),
        }
    }
}

/// A field for one number.
#[must_use = "show it with `put`"]
pub struct NumberField<'a> {
    name: &'a str,
    called: &'a str,
    value: Option<f64>,
    numbers: Numbers,
    enabled: bool,
    hint: &'a str,
    align: Align,
}

/// Text that is being typed, and the value and the form that it stands for.
#[derive(Clone, Debug)]
struct Draft {
    text: String,
    value: Option<f64>,
    revision: u64,
}

/// What became of a text that was not taken, and until when that is told.
#[derive(Clone, Debug)]
struct Correction {
    sentence: String,
    until: f64,
}

impl<'a> NumberField<'a> {
    /// A field with this name for assistive technology.
    pub const fn new(name: &'a str, value: Option<f64>, numbers: Numbers) -> Self {
        Self { name, called: name, value, numbers, enabled: true, hint: "", align: Align::Max }
    }

    /// What people call it, where that is not its name.
    pub const fn called(mut self, called: &'a str) -> Self {
        self.called = called;
        self
    }

    /// May it be used?
    pub const fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// What an empty field says.
    pub const fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// Where the number stands; right by default.
    pub const fn align(mut self, align: Align) -> Self {
        self.align = align;
        self
    }

    /// Shows it in `rect`; gives a number when one was entered.
    pub fn put(self, ui: &mut Ui, rect: Rect) -> Option<f64> {
        let id = ui.make_persistent_id(("number", self.name));
        let revision = typing::revision(ui.ctx());
        let counts = |draft: &Draft| draft.value == self.value && draft.revision == revision;
        let mut draft = ui.data(|data| data.get_temp::<Draft>(id)).filter(counts);
        let mut text = match &draft {
            Some(draft) => draft.text.clone(),
            None => self.shown(),
        };
        let frame = field::Border::begin(ui);
        let response = self.edit(ui, rect, id, &mut text);
        if response.gained_focus() {
            field::select_all(ui, id, &text);
        }
        if response.changed() {
            draft = Some(Draft { text: text.clone(), value: self.value, revision });
        }
        let entered = self.settled(ui, &response, &mut draft).or_else(|| self.stepped(ui, &response));
        if entered.is_some() {
            draft = None;
        }
        let fits = draft.as_ref().is_none_or(|draft| self.numbers.parse(&draft.text).is_some());
        if draft.is_some() {
            typing::report(ui.ctx(), id, self.called, fits);
        }
        store(ui, id, draft);
        frame.end(ui, rect, response.has_focus(), !fits, size::RADIUS_SMALL);
        let problem = || format!("{} goes {}.", self.called, self.numbers.allowed());
        let sentence = if fits { told(ui, &response) } else { Some(problem()) };
        if let Some(sentence) = sentence {
            say(ui, id, rect, &sentence);
        }
        entered
    }

    fn shown(&self) -> String {
        self.value.map(|value| self.numbers.format(value)).unwrap_or_default()
    }

    fn edit(&self, ui: &mut Ui, rect: Rect, id: Id, text: &mut String) -> Response {
        let tokens = theme::of(ui);
        let color = if self.enabled { tokens.text } else { tokens.text_disabled };
        let edit = TextEdit::singleline(text)
            .id(id)
            .font(Type::Label.font())
            .text_color(color)
            .interactive(self.enabled)
            .hint_text(self.hint)
            .align(Align2([self.align, Align::Center]))
            .frame(Frame::NONE.inner_margin(Margin::symmetric(7, 2)))
            .min_size(rect.size() - vec2(14.0, 4.0))
            .desired_width(rect.width());
        let response = super::inside(ui, rect, ("number field", self.name), |ui| {
            // A field in a row is lower than the least height of controls that stand alone.
            ui.spacing_mut().interact_size.y = rect.height();
            ui.place(rect.translate(vec2(0.0, -field::BASELINE)), edit)
        });
        response.accessible_name(self.name)
    }

    /// A number that Enter, leaving or an assistive tool has just settled; what is not taken is corrected and told.
    fn settled(&self, ui: &Ui, response: &Response, draft: &mut Option<Draft>) -> Option<f64> {
        draft.as_ref()?;
        if ui.input(|input| input.key_pressed(Key::Escape)) {
            *draft = None;
            return None;
        }
        if response.has_focus() {
            return None;
        }
        // A field that comes back after its place was hidden was not left by anybody.
        let left = response.lost_focus() || response.changed();
        let Draft { text, .. } = draft.take()?;
        match self.numbers.read(&text) {
            _ if !left => None,
            Typed::Fits(value) => Some(value),
            Typed::Near(value) => {
                let (called, allowed) = (self.called, self.numbers.allowed());
                let sentence =
                    format!("{called} goes {allowed}: {} became {}.", text.trim(), self.numbers.format(value));
                self.correct(ui, response.id, sentence);
                Some(value).filter(|value| Some(*value) != self.value)
            }
            Typed::None => {
                let stays = if self.value.is_some() { self.shown() } else { "empty".to_owned() };
                let sentence = format!("“{}” is no number: {} stays {stays}.", text.trim(), self.called);
                self.correct(ui, response.id, sentence);
                None
            }
        }
    }

    fn correct(&self, ui: &Ui, id: Id, sentence: String) {
        typing::report_left(ui.ctx(), self.called);
        let until = ui.input(|input| input.time) + TOLD;
        ui.data_mut(|data| data.insert_temp(id, Correction { sentence, until }));
    }

    /// One step with the up and down keys.
    fn stepped(&self, ui: &Ui, response: &Response) -> Option<f64> {
        if !response.has_focus() {
            return None;
        }
        let value = self.value?;
        let steps = ui.input(|input| {
            f64::from(input.num_presses(Key::ArrowUp) as u32) - f64::from(input.num_presses(Key::ArrowDown) as u32)
        });
        (steps != 0.0).then(|| self.numbers.snap(value + steps * self.numbers.step))
    }
}

/// The correction that is still told, unless somebody is at the field again.
fn told(ui: &Ui, response: &Response) -> Option<String> {
    let correction = ui.data(|data| data.get_temp::<Correction>(response.id))?;
    let left = correction.until - ui.input(|input| input.time);
    if left <= 0.0 || response.gained_focus() {
        ui.data_mut(|data| data.remove::<Correction>(response.id));
        return None;
    }
    ui.ctx().request_repaint_after_secs(left as f32);
    Some(correction.sentence)
}

/// Says a sentence beside the field, above whatever lies there, and to assistive technology at once.
fn say(ui: &Ui, id: Id, field: Rect, sentence: &str) {
    let mut tooltip = egui::Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), id.with("said"), field).gap(6.0);
    tooltip.popup = tooltip.popup.align(RectAlign::RIGHT);
    tooltip.show(|ui| {
        ui.set_max_width(224.0);
        let words = egui::RichText::new(sentence).font(Type::Label.font()).color(theme::of(ui).text);
        let label = ui.label(words);
        ui.ctx().accesskit_node_builder(label.id, |node| {
            node.set_role(Role::Alert);
            node.clear_value();
            node.set_label(sentence);
            node.set_live(egui::accesskit::Live::Polite);
        });
    });
}

fn store(ui: &Ui, id: Id, draft: Option<Draft>) {
    ui.data_mut(|data| {
        if let Some(draft) = draft {
            data.insert_temp(id, draft);
        } else {
            data.remove::<Draft>(id);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_short_as_their_kind_allows() {
        let tenths = Numbers { range: 0.0..=20.0, step: 0.5, decimals: 1, only_steps: false };
        assert_eq!((tenths.format(7.0), tenths.format(7.5)), ("7".to_owned(), "7.5".to_owned()));
        let hundredths = Numbers { range: 0.0..=1.0, step: 0.05, decimals: 2, only_steps: false };
        assert_eq!(hundredths.format(0.2), "0.20");
        assert_eq!(Numbers::whole(0..=u32::MAX, 1).format(4071233981.0), "4071233981");
    }

    #[test]
    fn text_outside_the_range_or_of_another_kind_is_no_value() {
        let whole = Numbers::whole(256..=2048, 8);
        for (text, value) in [("512", Some(512.0)), (" 512 ", Some(512.0)), ("255", None), ("512.5", None), ("x", None)]
        {
            assert_eq!(whole.parse(text), value, "{text}");
        }
        let real = Numbers { range: 0.0..=1.0, step: 0.05, decimals: 2, only_steps: false };
        assert_eq!(real.parse("0,25"), Some(0.25));
        assert_eq!((real.read("NaN"), real.read("inf"), real.read("abc")), (Typed::None, Typed::None, Typed::None));
    }

    #[test]
    fn the_nearest_allowed_number_is_known_for_any_other() {
        let width = Numbers { only_steps: true, ..Numbers::whole(256..=2048, 8) };
        for (text, typed) in [("1001", 1000.0), ("1", 256.0), ("9999", 2048.0), ("-5", 256.0), ("1000.5", 1000.0)] {
            assert_eq!(width.read(text), Typed::Near(typed), "{text}");
        }
        assert_eq!(width.allowed(), "from 256 to 2048 in steps of 8");
        let tenths = Numbers { range: 0.0..=20.0, step: 0.5, decimals: 1, only_steps: false };
        assert_eq!((tenths.read("99"), tenths.read("7.13")), (Typed::Near(20.0), Typed::Near(7.1)));
        assert_eq!(tenths.allowed(), "from 0 to 20 with one decimal");
        assert_eq!(Numbers::whole(1..=50, 1).read("20.5"), Typed::Near(21.0));
    }

    #[test]
    fn values_snap_to_the_step_without_float_dust() {
        let numbers = Numbers { range: 0.0..=1.0, step: 0.05, decimals: 2, only_steps: false };
        assert_eq!(numbers.snap_to_step(0.149_999), 0.15);
        assert_eq!(numbers.snap_to_step(7.0), 1.0);
    }
}
