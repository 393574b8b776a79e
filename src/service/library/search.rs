//! What a person types to find stickers: words, and what is no word: a seed, a size, a day, who made it.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _, Zoned};

use super::query::Query;
use crate::model::EngineId;

impl Query {
    /// What `text` asks for, at `now` on the calendar of `zone`.
    ///
    /// `77` is a seed, `1024x1024` a size in pixels, `2026-11-24`, `2026-11`, `today` and `yesterday` are days,
    /// `local` and `pixazo` say who made it. Everything else is a word.
    pub fn of_text(text: &str, now: Timestamp, zone: &TimeZone) -> Self {
        let mut query = Self::default();
        let mut words = Vec::new();
        for word in text.split_whitespace() {
            let lower = word.to_lowercase();
            if let Ok(seed) = lower.parse() {
                // The word before says what the number is.
                if words.last().is_some_and(|last: &&str| last.eq_ignore_ascii_case("seed")) {
                    words.pop();
                }
                query.seed = Some(seed);
            } else if let Some(size) = size(&lower) {
                query.size = Some(size);
            } else if let Some([from, until]) = days(&lower, &now.to_zoned(zone.clone())) {
                (query.from, query.until) = (Some(from), Some(until));
            } else if let Some(engine) = [EngineId::Local, EngineId::Pixazo].into_iter().find(|id| id.word() == lower) {
                query.engine = Some(engine);
            } else {
                words.push(word);
            }
        }
        query.words = words.join(" ");
        query
    }
}

/// `1024x768` or `1024×768`.
fn size(word: &str) -> Option<(u32, u32)> {
    let (width, height) = word.split_once(['x', '×'])?;
    Some((width.parse().ok()?, height.parse().ok()?))
}

/// The moments between which the named days lie.
fn days(word: &str, now: &Zoned) -> Option<[Timestamp; 2]> {
    let (first, next) = match word {
        "today" => (now.date(), now.date().tomorrow().ok()?),
        "yesterday" => (now.date().yesterday().ok()?, now.date()),
        _ => {
            let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
            let parts: Vec<&str> = word.split('-').collect();
            match parts[..] {
                [year, month] if year.len() == 4 && digits(year) && digits(month) => {
                    let first = Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()?;
                    (first, first.checked_add(1.month()).ok()?)
                }
                [year, month, day] if year.len() == 4 && digits(year) && digits(month) && digits(day) => {
                    let first = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
                    (first, first.tomorrow().ok()?)
                }
                _ => return None,
            }
        }
    };
    let begins = |date: Date| date.to_zoned(now.time_zone().clone()).map(|begin| begin.timestamp()).ok();
    Some([begins(first)?, begins(next)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> Query {
        let zone = TimeZone::fixed(jiff::tz::offset(2));
        Query::of_text(text, "2026-11-25T23:30:00Z".parse().unwrap(), &zone)
    }

    fn between(text: &str) -> [String; 2] {
        let query = asked(text);
        [query.from, query.until].map(|at| at.unwrap().to_string())
    }

    #[test]
    fn words_stay_words_and_the_rest_is_understood_wherever_it_stands() {
        let query = asked("blue seed 77 hat 1024×768 Pixazo");
        assert_eq!((query.words.as_str(), query.seed, query.size), ("blue hat", Some(77), Some((1024, 768))));
        assert_eq!(query.engine, Some(EngineId::Pixazo));
        assert_eq!(asked("3d x 2026 10-12").words, "3d x 10-12");
        assert_eq!(asked("1024x"), Query { words: "1024x".to_owned(), ..Query::default() });
    }

    #[test]
    fn a_day_begins_at_midnight_where_the_person_is() {
        // It is half past one on the 26th there.
        assert_eq!(between("2026-11-24"), ["2026-11-23T22:00:00Z", "2026-11-24T22:00:00Z"]);
        assert_eq!(between("yesterday"), ["2026-11-24T22:00:00Z", "2026-11-25T22:00:00Z"]);
        assert_eq!(between("today"), ["2026-11-25T22:00:00Z", "2026-11-26T22:00:00Z"]);
        assert_eq!(between("2026-12"), ["2026-11-30T22:00:00Z", "2026-12-31T22:00:00Z"]);
        assert_eq!(asked("2026-13-40").words, "2026-13-40");
    }
}
