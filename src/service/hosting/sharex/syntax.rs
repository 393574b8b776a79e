//! The little language of custom uploaders: text with `{function:argument|argument}` in it, `\` before what is meant as it is.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use regex_lite::Regex;
use serde_json::Value as Json;

use crate::platform::random_seed;

/// Functions whose result a person would have to type or pick.
const ASKING: [&str; 5] = ["prompt", "inputbox", "select", "outputbox", "clipboard"];

/// Deepest nesting of functions; files from others may be made to hurt.
const DEEPEST: usize = 16;

/// A text that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Template {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Call { function: Function, arguments: Vec<Template> },
}

/// What stands for something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Function {
    /// The file's name.
    FileName,
    /// The photo, where a body wants it as text; only inside `base64`.
    Input,
    /// Its argument in base64.
    Base64,
    /// One of its arguments.
    Random,
    /// The whole answer.
    Response,
    /// The address that answered.
    ResponseUrl,
    /// A header of the answer.
    Header,
    /// A value of the answer, or of the first of two arguments, at a path.
    Json,
    /// What a pattern finds in the answer: pattern, and a group's number or name.
    Regex,
}

/// Why a template cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum SyntaxError {
    /// A brace is missing.
    #[error("a {{ has no }}")]
    Unclosed,
    /// The function is none of ours.
    #[error("{{{0}}} is not supported")]
    UnknownFunction(String),
    /// The function would ask somebody.
    #[error("{{{0}}} asks a person each time, which is not supported")]
    Asks(String),
    /// An answer's function in a request.
    #[error("{{{0}}} has no meaning before there is an answer")]
    NoAnswerYet(&'static str),
    /// The pattern cannot be read.
    #[error("its regular expression is not supported (look-around and back references are not): {0}")]
    Pattern(String),
    /// Too many arguments, or none.
    #[error("{{{0}}} has the wrong number of arguments")]
    Arguments(&'static str),
}

/// What an evaluation knows.
pub(super) struct Known<'a> {
    /// The file's name.
    pub(super) file_name: &'a str,
    /// The photo's bytes.
    pub(super) photo: &'a [u8],
    /// What came back, once there is something.
    pub(super) answer: Option<&'a dyn Answer>,
}

/// What came back from a host.
pub(super) trait Answer {
    /// The body as text.
    fn text(&self) -> String;
    /// A header by its name in lower case.
    fn header(&self, name: &str) -> Option<&str>;
    /// The address that answered.
    fn url(&self) -> String;
}

impl Function {
    fn of(name: &str) -> Result<Self, SyntaxError> {
        Ok(match name {
            "filename" => Self::FileName,
            "input" => Self::Input,
            "base64" => Self::Base64,
            "random" => Self::Random,
            "response" => Self::Response,
            "responseurl" => Self::ResponseUrl,
            "header" => Self::Header,
            "json" => Self::Json,
            "regex" => Self::Regex,
            other if ASKING.contains(&other) => return Err(SyntaxError::Asks(other.to_owned())),
            other => return Err(SyntaxError::UnknownFunction(other.to_owned())),
        })
    }

    const fn name(self) -> &'static str {
        match self {
            Self::FileName => "filename",
            Self::Input => "input",
            Self::Base64 => "base64",
            Self::Random => "random",
            Self::Response => "response",
            Self::ResponseUrl => "responseurl",
            Self::Header => "header",
            Self::Json => "json",
            Self::Regex => "regex",
        }
    }

    const fn needs_answer(self) -> bool {
        matches!(self, Self::Response | Self::ResponseUrl | Self::Header | Self::Json | Self::Regex)
    }

    const fn takes(self, arguments: usize) -> bool {
        match self {
            Self::FileName | Self::Input | Self::Response | Self::ResponseUrl => arguments == 0,
            Self::Base64 | Self::Header => arguments == 1,
            Self::Json => matches!(arguments, 1 | 2),
            Self::Regex => matches!(arguments, 1..=3),
            Self::Random => arguments >= 1,
        }
    }
}

impl Template {
    /// Reads a text; in one for a request (`before_answer`) nothing may speak of the answer.
    pub(super) fn parse(text: &str, before_answer: bool) -> Result<Self, SyntaxError> {
        let mut letters = text.chars().peekable();
        let template = parse_until(&mut letters, &[], 0)?;
        template.check(before_answer)?;
        Ok(template)
    }

    /// Is there nothing in it?
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Does it put the photo into text?
    pub(super) fn has_photo(&self) -> bool {
        self.pieces.iter().any(|piece| match piece {
            Piece::Call { function: Function::Input, .. } => true,
            Piece::Call { arguments, .. } => arguments.iter().any(Self::has_photo),
            Piece::Text(_) => false,
        })
    }

    fn check(&self, before_answer: bool) -> Result<(), SyntaxError> {
        for piece in &self.pieces {
            let Piece::Call { function, arguments } = piece else { continue };
            if before_answer && function.needs_answer() {
                return Err(SyntaxError::NoAnswerYet(function.name()));
            }
            if !function.takes(arguments.len()) {
                return Err(SyntaxError::Arguments(function.name()));
            }
            if *function == Function::Regex {
                let pattern = &arguments[usize::from(arguments.len() == 3)];
                if let [Piece::Text(pattern)] = pattern.pieces.as_slice() {
                    pattern_of(pattern)?;
                }
            }
            for argument in arguments {
                argument.check(before_answer)?;
            }
        }
        Ok(())
    }

    /// The text with everything filled in; what is not found becomes nothing.
    pub(super) fn fill(&self, known: &Known<'_>) -> Result<String, SyntaxError> {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(plain) => text.push_str(plain),
                Piece::Call { function, arguments } => text.push_str(&call(*function, arguments, known)?),
            }
        }
        Ok(text)
    }
}

type Letters<'a> = std::iter::Peekable<std::str::Chars<'a>>;

/// Reads up to one of `ends`, which is left where it is; without ends, to the end of the text.
fn parse_until(letters: &mut Letters<'_>, ends: &[char], depth: usize) -> Result<Template, SyntaxError> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    loop {
        match letters.peek() {
            None if ends.is_empty() => break,
            None => return Err(SyntaxError::Unclosed),
            Some(letter) if ends.contains(letter) => break,
            Some(_) => {}
        }
        match letters.next() {
            Some('\\') => text.extend(letters.next()),
            Some('{') if depth >= DEEPEST => return Err(SyntaxError::Unclosed),
            Some('{') => {
                if !text.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut text)));
                }
                pieces.push(parse_call(letters, depth + 1)?);
            }
            Some(letter) => text.push(letter),
            None => {}
        }
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    Ok(Template { pieces })
}

/// Reads `name}` or `name:argument|argument}`.
fn parse_call(letters: &mut Letters<'_>, depth: usize) -> Result<Piece, SyntaxError> {
    let mut name = String::new();
    loop {
        match letters.next() {
            None => return Err(SyntaxError::Unclosed),
            Some('}') => return Ok(Piece::Call { function: Function::of(name.trim())?, arguments: Vec::new() }),
            Some(':') => break,
            Some(letter) => name.extend(letter.to_lowercase()),
        }
    }
    let function = Function::of(name.trim())?;
    let mut arguments = Vec::new();
    loop {
        arguments.push(parse_until(letters, &['|', '}'], depth)?);
        if letters.next() == Some('}') {
            return Ok(Piece::Call { function, arguments });
        }
    }
}

fn call(function: Function, arguments: &[Template], known: &Known<'_>) -> Result<String, SyntaxError> {
    let answer = || known.answer.ok_or_else(|| SyntaxError::NoAnswerYet(function.name()));
    let argument = |index: usize| arguments.get(index).map_or(Ok(String::new()), |argument| argument.fill(known));
    Ok(match function {
        Function::FileName => known.file_name.to_owned(),
        // As text the photo means nothing; `base64` looks for it by itself.
        Function::Input => String::new(),
        Function::Base64 if arguments.first().is_some_and(Template::has_photo) => STANDARD.encode(known.photo),
        Function::Base64 => STANDARD.encode(argument(0)?),
        Function::Random => argument(random_seed() as usize % arguments.len().max(1))?,
        Function::Response => answer()?.text(),
        Function::ResponseUrl => answer()?.url(),
        Function::Header => answer()?.header(&argument(0)?.to_ascii_lowercase()).unwrap_or_default().to_owned(),
        Function::Json => {
            let (text, path) =
                if arguments.len() == 2 { (argument(0)?, argument(1)?) } else { (answer()?.text(), argument(0)?) };
            json_at(&text, &path)
        }
        Function::Regex => {
            let (text, first) = if arguments.len() == 3 { (argument(0)?, 1) } else { (answer()?.text(), 0) };
            found_by(&pattern_of(&argument(first)?)?, &text, &argument(first + 1)?)
        }
    })
}

fn pattern_of(pattern: &str) -> Result<Regex, SyntaxError> {
    Regex::new(pattern).map_err(|error| SyntaxError::Pattern(error.to_string()))
}

/// The group (a number, a name, or nothing for the whole match) of the first match.
fn found_by(pattern: &Regex, text: &str, group: &str) -> String {
    let Some(captures) = pattern.captures(text) else { return String::new() };
    let found = match group.parse::<usize>() {
        Ok(number) => captures.get(number),
        Err(_no_number) if group.is_empty() => captures.get(0),
        Err(_no_number) => captures.name(group),
    };
    found.map(|found| found.as_str().to_owned()).unwrap_or_default()
}

/// The value at a path such as `data.link`, `files[0].url` or `$['a b'].c`; text as it is, anything else as JSON.
fn json_at(text: &str, path: &str) -> String {
    let Ok(whole) = serde_json::from_str::<Json>(text) else { return String::new() };
    let mut value = &whole;
    for step in steps(path) {
        let next = match value {
            Json::Array(items) => step.parse::<usize>().ok().and_then(|index| items.get(index)),
            other => other.get(&step),
        };
        match next {
            Some(next) => value = next,
            None => return String::new(),
        }
    }
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn steps(path: &str) -> Vec<String> {
    let path = path.trim();
    let path = path.strip_prefix('$').unwrap_or(path);
    let mut steps = vec![String::new()];
    let mut quote = None;
    for letter in path.chars() {
        match (quote, letter) {
            (Some(open), letter) if letter == open => quote = None,
            (None, '\'' | '"') => quote = Some(letter),
            (None, '.' | '[' | ']') => steps.push(String::new()),
            (_, letter) => {
                if let Some(step) = steps.last_mut() {
                    step.push(letter);
                }
            }
        }
    }
    steps.retain(|step| !step.is_empty());
    steps
}

/// The text of an older file (`$json:path$`) in today's form, in which braces are no longer plain letters.
pub(super) fn of_older_form(text: &str) -> String {
    let mut newer = String::new();
    let mut is_open = false;
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => {
                newer.push('\\');
                newer.extend(letters.next());
            }
            '$' => {
                newer.push(if is_open { '}' } else { '{' });
                is_open = !is_open;
            }
            '{' | '}' => newer.extend(['\\', letter]),
            other => newer.push(other),
        }
    }
    newer
}

impl fmt::Display for Template {
    /// Without what its functions hold; only for tests and errors.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => f.write_str(text)?,
                Piece::Call { function, .. } => write!(f, "{{{}}}", function.name())?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
