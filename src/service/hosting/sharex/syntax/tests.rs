//! The language of custom uploaders, function by function.

use super::*;

struct Said;

impl Answer for Said {
    fn text(&self) -> String {
        r#"{"data":{"link":"https://h/a.jpg","n":7},"files":[{"u":"x"}],"a b":"<a href=\"https://h/b.jpg\">"}"#.into()
    }

    fn header(&self, name: &str) -> Option<&str> {
        (name == "location").then_some("https://h/c.jpg")
    }

    fn url(&self) -> String {
        "https://h/up".into()
    }
}

fn filled(text: &str) -> String {
    let known = Known { file_name: "f.jpg", photo: b"hi", answer: Some(&Said) };
    Template::parse(text, false).unwrap().fill(&known).unwrap()
}

#[test]
fn every_function_of_the_language_is_filled_in() {
    for (text, expected) in [
        ("https://h/{filename}", "https://h/f.jpg"),
        ("{json:data.link}", "https://h/a.jpg"),
        ("{json:data.n}", "7"),
        ("{json:files[0].u}", "x"),
        ("{json:$['a b']}", "<a href=\"https://h/b.jpg\">"),
        ("{json:nothing.here}", ""),
        ("{json:{response}|data.link}", "https://h/a.jpg"),
        (r#"{regex:href=\\"(.+?)\\"}"#, ""),
        (r#"{regex:href=\\\\"([^"\\\\]+)|1}"#, "https://h/b.jpg"),
        ("{regex:{json:a b}|href=\"(?P<link>[^\"]+)|link}", "https://h/b.jpg"),
        ("{header:Location}", "https://h/c.jpg"),
        ("{responseurl}?x", "https://h/up?x"),
        ("{base64:user}", "dXNlcg=="),
        ("{base64:{input}}", "aGk="),
        ("{base64:{json:files[0].u}}", "eA=="),
        ("{random:a}", "a"),
        (r"\{json:x\} a\\b \| c", r"{json:x} a\b | c"),
        ("plain", "plain"),
        ("", ""),
    ] {
        assert_eq!(filled(text), expected, "{text}");
    }
    assert!(["a", "b", "c"].contains(&filled("{random:a|b|c}").as_str()));
}

#[test]
fn what_cannot_work_is_said_before_it_is_used() {
    for (text, before_answer, error) in [
        ("{json:a", false, SyntaxError::Unclosed),
        ("{nothing:a}", false, SyntaxError::UnknownFunction("nothing".into())),
        ("{prompt:Which}", true, SyntaxError::Asks("prompt".into())),
        ("{json:a}", true, SyntaxError::NoAnswerYet("json")),
        ("{base64:{response}}", true, SyntaxError::NoAnswerYet("response")),
        ("{json:a|b|c}", false, SyntaxError::Arguments("json")),
        ("{header}", false, SyntaxError::Arguments("header")),
    ] {
        assert_eq!(Template::parse(text, before_answer), Err(error), "{text}");
    }
    let look_around = Template::parse(r"{regex:(?<=href=).+}", false).unwrap_err();
    assert!(look_around.to_string().contains("look-around"), "{look_around}");
    assert_eq!(Template::parse(&"{base64:".repeat(999), true), Err(SyntaxError::Unclosed));
}

#[test]
fn the_older_form_means_the_same() {
    for (older, newer) in [
        ("$json:data.link$", "{json:data.link}"),
        ("https://h/$filename$?a", "https://h/{filename}?a"),
        (r"$regex:a{2}|1$", r"{regex:a\{2\}|1}"),
        (r"\$5", r"\$5"),
    ] {
        assert_eq!(of_older_form(older), newer);
    }
    assert_eq!(filled(&of_older_form("$json:data.link$")), "https://h/a.jpg");
}
