//! What the model behind the hosted service makes of the words, as its public source has it.
//!
//! `fofr/cog-face-to-sticker` stands in for the hosted copy, whose parameters match one for one.

/// Prompt and negative prompt as the model reads them.
///
/// The negative words follow those of the model without a comma, as in its source.
pub fn read(prompt: &str, negative: &str) -> [String; 2] {
    let negative = format!("photo, photography, nsfw, nude, ugly, broken, watermark, oversaturated, soft {negative}");
    [format!("Sticker, {prompt}, cel shaded, svg, vector art, sharp"), negative.trim_end().to_owned()]
}

/// Does the prompt ask for a sticker, which the model does anyway?
pub fn says_sticker(prompt: &str) -> bool {
    prompt.to_lowercase().split(|letter: char| !letter.is_alphanumeric()).any(|word| word == "sticker")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_wrapped_as_in_the_public_source() {
        let [prompt, negative] = read("ink portrait", "cropped");
        assert_eq!(prompt, "Sticker, ink portrait, cel shaded, svg, vector art, sharp");
        assert!(negative.ends_with("oversaturated, soft cropped"));
        assert!(read("", "")[1].ends_with("soft"));
        assert!(says_sticker("A Sticker-style cat") && !says_sticker("stickers of cats"));
    }
}
