//! A field for one number: typed, stepped with the arrow keys, taken on Enter or on leaving.

use std::ops::RangeInclusive;

use egui::{Align, Align2, Frame, Id, Key, Margin, Rect, TextEdit, Ui, vec2};

use super::field;
use crate::theme::{self, Type, size};

/// How numbers of one kind are written and which are allowed.
#[derive(Clone, Debug, PartialEq)]
pub struct Numbers {
    /// Smallest and largest allowed value.
    pub range: RangeInclusive<f64>,
    /// What one step changes.
    pub step: f64,
    /// Decimals shown; one decimal is left out when it is zero.
    pub decimals: usize,
}

impl Numbers {
    /// Whole numbers.
    pub fn whole(range: RangeInclusive<u32>, step: u32) -> Self {
        Self { range: f64::from(*range.start())..=f64::from(*range.end()), step: f64::from(step), decimals: 0 }
    }

    /// The value as text.
    pub fn format(&self, value: f64) -> String {
        let text = format!("{value:.*}", self.decimals);
        match text.strip_suffix(".0") {
            Some(whole) if self.decimals == 1 => whole.to_owned(),
            _ => text,
        }
    }

    /// The value of this text, if it is an allowed number.
    pub fn parse(&self, text: &str) -> Option<f64> {
        let value: f64 = text.trim().replace(',', ".").parse().ok()?;
        let whole = self.decimals > 0 || value.fract() == 0.0;
        (whole && self.range.contains(&value)).then_some(value)
    }

    /// The nearest allowed value that shows in full.
    pub fn snap(&self, value: f64) -> f64 {
        let scale = 10_f64.powi(self.decimals as i32);
        ((value * scale).round() / scale).clamp(*self.range.start(), *self.range.end())
    }

    /// The nearest multiple of the step.
    pub fn snap_to_step(&self, value: f64) -> f64 {
        self.snap((value / self.step).round() * self.step)
    }

    /// What is allowed, as a sentence.
    pub fn sentence(&self) -> String {
        format!("From {} to {}.", self.format(*self.range.start()), self.format(*self.range.end()))
    }
}

/// A field for one number.
#[must_use = "show it with `put`"]
pub struct NumberField<'a> {
    name: &'a str,
    value: Option<f64>,
    numbers: Numbers,
    enabled: bool,
    hint: &'a str,
    align: Align,
}

/// Text that is being typed, or was refused, and the value it stands for.
#[derive(Clone, Debug)]
struct Draft {
    text: String,
    value: Option<f64>,
    refused: bool,
}

impl<'a> NumberField<'a> {
    /// A field with this name for assistive technology.
    pub const fn new(name: &'a str, value: Option<f64>, numbers: Numbers) -> Self {
        Self { name, value, numbers, enabled: true, hint: "", align: Align::Max }
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
        let mut draft = ui.data(|data| data.get_temp::<Draft>(id)).filter(|draft| draft.value == self.value);
        let mut text = match &draft {
            Some(draft) => draft.text.clone(),
            None => self.value.map(|value| self.numbers.format(value)).unwrap_or_default(),
        };
        let tokens = theme::of(ui);
        let color = if self.enabled { tokens.text } else { tokens.text_disabled };
        let frame = field::Border::begin(ui);
        let edit = TextEdit::singleline(&mut text)
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
        let response = response.accessible_name(self.name);
        if response.gained_focus() {
            field::select_all(ui, id, &text);
        }
        if response.changed() {
            let refused = self.numbers.parse(&text).is_none();
            draft = Some(Draft { text: text.clone(), value: self.value, refused });
        }
        let entered = self.entered(ui, &response, &text, &mut draft).or_else(|| self.stepped(ui, &response));
        if entered.is_some() {
            draft = None;
        }
        let refused = draft.as_ref().is_some_and(|draft| draft.refused);
        store(ui, id, draft);
        frame.end(ui, rect, response.has_focus(), refused, size::RADIUS_SMALL);
        if refused {
            response.on_hover_text(self.numbers.sentence());
        }
        entered
    }

    /// A number that Enter, leaving or an assistive tool has just settled.
    fn entered(&self, ui: &Ui, response: &egui::Response, text: &str, draft: &mut Option<Draft>) -> Option<f64> {
        draft.as_ref()?;
        if ui.input(|input| input.key_pressed(Key::Escape)) {
            *draft = None;
            return None;
        }
        let settled = response.lost_focus() || (response.changed() && !response.has_focus());
        settled.then(|| self.numbers.parse(text)).flatten()
    }

    /// One step with the up and down keys.
    fn stepped(&self, ui: &Ui, response: &egui::Response) -> Option<f64> {
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
        let tenths = Numbers { range: 0.0..=20.0, step: 0.5, decimals: 1 };
        assert_eq!((tenths.format(7.0), tenths.format(7.5)), ("7".to_owned(), "7.5".to_owned()));
        let hundredths = Numbers { range: 0.0..=1.0, step: 0.05, decimals: 2 };
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
        let real = Numbers { range: 0.0..=1.0, step: 0.05, decimals: 2 };
        assert_eq!(real.parse("0,25"), Some(0.25));
        assert_eq!(real.parse("NaN"), None);
    }

    #[test]
    fn values_snap_to_the_step_without_float_dust() {
        let numbers = Numbers { range: 0.0..=1.0, step: 0.05, decimals: 2 };
        assert_eq!(numbers.snap_to_step(0.149_999), 0.15);
        assert_eq!(numbers.snap_to_step(7.0), 1.0);
    }
}
