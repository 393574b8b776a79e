//! Values as they are shown, whichever feature shows them.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::model::parameter::Kind;
use crate::model::{Parameter, Recipe, Remote};
use crate::ui::widgets::number::Numbers;

/// Rows that are made when they are drawn, in the state of what they are made of.
pub(super) fn with_rows<'a, T, U: ?Sized>(rows: &Remote<T>, cards: &'a U) -> Remote<&'a U> {
    rows.with(rows.shown().map(|_| cards))
}

/// A setting's value as its control shows it.
pub(super) fn value_words(parameter: Parameter, recipe: &Recipe) -> String {
    let value = recipe.get(parameter);
    match (parameter.spec().kind, &value) {
        (Kind::Real { .. }, number) => {
            let number = number.as_f64().unwrap_or_default();
            Numbers::of(parameter).map(|numbers| numbers.format(number)).unwrap_or_default()
        }
        (Kind::Toggle { .. }, on) => if on.as_bool() == Some(true) { "on" } else { "off" }.to_owned(),
        (Kind::Text { .. }, text) => match text.as_str().unwrap_or_default() {
            "" => "none".to_owned(),
            words => words.to_owned(),
        },
        _ => value.to_string(),
    }
}

/// A moment on the clock at the wall.
pub(super) fn local_time(zone: &TimeZone, moment: Timestamp) -> String {
    moment.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string()
}
