//! Takes out of texts what would let a reader fetch a photo.

/// What stands in front of a signature in a link; the second as JSON may escape it.
const SIGNATURES: [&str; 3] = ["X-Amz-Signature=", "X-Amz-Credential=", "X-Amz-Security-Token="];

/// Before the bytes of a photo that travels inside the request.
const INLINE: &str = "data:image/jpeg;base64,";

/// The text with every signature and every inline photo cut out; services like to repeat requests in their answers.
pub fn without_signatures(text: &str) -> String {
    let mut clean = text.to_owned();
    for mark in SIGNATURES {
        clean = cut_after(&clean, mark, |letter| letter.is_ascii_alphanumeric() || "%-._~/+".contains(letter));
    }
    cut_after(&clean, INLINE, |letter| letter.is_ascii_alphanumeric() || "+/=".contains(letter))
}

/// Replaces the run of letters that `belongs` accepts after each `mark`.
fn cut_after(text: &str, mark: &str, belongs: impl Fn(char) -> bool) -> String {
    let mut parts = text.split(mark);
    let mut clean = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        clean.push_str(mark);
        clean.push('…');
        clean.push_str(part.trim_start_matches(&belongs));
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_and_inline_photos_are_cut_out_and_the_rest_stays() {
        let text =
            r#"{"image":"https://h/a.jpg?X-Amz-Credential=AK%2F1&X-Amz-Expires=3600&X-Amz-Signature=0af9","seed":7}"#;
        assert_eq!(
            without_signatures(text),
            r#"{"image":"https://h/a.jpg?X-Amz-Credential=…&X-Amz-Expires=3600&X-Amz-Signature=…","seed":7}"#
        );
        assert_eq!(without_signatures(r#"["data:image/jpeg;base64,/9j+A=="]"#), r#"["data:image/jpeg;base64,…"]"#);
        assert_eq!(without_signatures("nothing of it"), "nothing of it");
    }
}
