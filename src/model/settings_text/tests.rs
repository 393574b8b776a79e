//! Every recipe survives the way out and back; texts of other programs are read leniently.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::*;
use crate::parameter::Parameter;
use crate::{StickerInfo, WebhookEvent};

const BASE: &str = "https://gateway.pixazo.ai";
const IMAGE: &str = "https://example.com/face-photo.jpg";

#[test]
fn a_recipe_reads_as_a1111_text() {
    let recipe = Recipe { prompt: "a pirate, ink".into(), negative_prompt: "hat".into(), ..Recipe::default() };
    assert_eq!(
        to_a1111(&recipe.with_seed(1)),
        "a pirate, ink\nNegative prompt: hat\nSteps: 20, CFG scale: 7, Seed: 1, Size: 1024x1024, \
         Model: face-to-sticker, InstantID strength: 1, IP-Adapter weight: 0.2, IP-Adapter noise: 0.5, \
         Upscale: false, Upscale steps: 10"
    );
}

#[test]
fn a1111_text_leaves_out_only_photo_and_webhook() {
    let left_out: Vec<_> = a1111::parameters_left_out().collect();
    assert_eq!(left_out, [Parameter::Image, Parameter::Webhook, Parameter::WebhookEventsFilter]);
}

#[test]
fn a_prompt_that_looks_like_the_text_around_it_survives() {
    for prompt in [
        "Negative prompt: not really",
        "first\nNegative prompt: second",
        "x\nSteps: 5, Seed: 9, Size: 512x512",
        "Steps: 5",
        "  spaces around  ",
        "line\r\nof Windows\r\n",
        "\n",
        "",
    ] {
        for (prompt, negative_prompt) in [(prompt, "none"), ("some", prompt), (prompt, prompt), (prompt, "")] {
            let recipe = Recipe { prompt: prompt.into(), negative_prompt: negative_prompt.into(), ..Recipe::default() };
            assert_eq!(from_a1111(&to_a1111(&recipe)).unwrap().recipe, recipe, "{}", to_a1111(&recipe));
        }
    }
}

#[test]
fn text_of_another_program_is_read_without_what_it_alone_knows() {
    let recipe = from_a1111(
        "portrait of a cat, (masterpiece:1.2)\n<lora:sticker:0.8>\nNegative prompt: blurry, bad hands\nextra limbs\n\
         Steps: 30, Sampler: DPM++ 2M Karras, CFG scale: 5.5, Seed: 4294967295, Size: 512x768, Model hash: 6ce0161689, \
         Lora hashes: \"sticker: 123abc, other: 456\", Hashes: {\"model\": \"6ce0161689\"}, Version: v1.6.0",
    )
    .unwrap()
    .recipe;
    assert_eq!(recipe.prompt, "portrait of a cat, (masterpiece:1.2)\n<lora:sticker:0.8>");
    assert_eq!(recipe.negative_prompt, "blurry, bad hands\nextra limbs");
    assert_eq!((recipe.steps, recipe.prompt_strength, recipe.seed), (30, 5.5, Some(u32::MAX)));
    assert_eq!((recipe.width, recipe.height), (512, 768));
    assert_eq!(recipe.ip_adapter_weight, 0.2);
}

#[test]
fn a_seed_to_be_drawn_is_no_seed() {
    assert_eq!(from_a1111("cat\nSteps: 20, Seed: -1, Size: 512x512").unwrap().recipe.seed, None);
}

#[test]
fn a_value_that_does_not_fit_is_brought_near_or_left_out_and_named_and_the_rest_is_taken() {
    for (text, words, remark) in [
        ("cat\nSteps: 150, Seed: 1", "cat", "Steps 150 became 50"),
        ("cat\nSteps: 20, CFG scale: 25, Seed: 5", "cat", "Prompt strength 25 became 20"),
        (
            "cat\nSteps: 20.6, Size: 4096x100",
            "cat",
            "Steps 20.6 became 21; Width 4096 became 2048; Height 100 became 256",
        ),
        (
            "cat\nSteps: 20, Seed: 99999999999",
            "cat",
            "Seed 99999999999 is left out, it must be an integer from 0 to 4294967295",
        ),
        ("cat\nSteps: 20, Upscale: maybe", "cat", "Upscale 2\u{d7} maybe is left out, it must be true or false"),
        (r#"{"prompt": "cat", "ip_adapter_noise": 2}"#, "cat", "IP-Adapter noise 2 became 1"),
        (
            r#"curl x -d '{"steps": "many", "prompt": "cat"}'"#,
            "cat",
            "Steps many is left out, it must be an integer from 1 to 50",
        ),
        (
            r#"{"prompt": "cat", "webhook": "x"}"#,
            "cat",
            "Webhook URL x is left out, it must be an http or https URL, or null",
        ),
    ] {
        let pasted = read(text).unwrap();
        assert_eq!(pasted.recipe.prompt, words, "{text}");
        assert!(pasted.recipe.check().is_ok(), "{text}");
        assert_eq!(pasted.remark(crate::EngineId::Pixazo), Some(format!("Not all of it fits: {remark}.")), "{text}");
    }
    let pasted = read("cat\nSteps: 30, CFG scale: 99, Seed: 77, Size: 512x768").unwrap();
    assert_eq!((pasted.recipe.steps, pasted.recipe.seed, pasted.recipe.prompt_strength), (30, Some(77), 20.0));
    assert_eq!((pasted.recipe.width, pasted.recipe.height), (512, 768));
    assert!(read("cat\nSteps: 20, Seed: 77").unwrap().remark(crate::EngineId::Pixazo).is_none());
    assert!(matches!(read(r#"{"steps": "many"}"#), Err(SettingsTextError::NothingFits(_))));
}

#[test]
fn lines_after_the_settings_stay_out_of_the_words() {
    let text = "ink cat\nNegative prompt: bad\nSteps: 30, Sampler: Euler a, CFG scale: 9, Seed: 77, Size: 512x768, \
                Model hash: abc\nTemplate: a {red|blue} cat\nNegative Template: bad";
    let pasted = read(text).unwrap();
    assert_eq!((pasted.recipe.prompt.as_str(), pasted.recipe.negative_prompt.as_str()), ("ink cat", "bad"));
    assert_eq!((pasted.recipe.steps, pasted.recipe.prompt_strength, pasted.recipe.seed), (30, 9.0, Some(77)));
    assert_eq!((pasted.recipe.width, pasted.recipe.height), (512, 768));
    assert_eq!(
        pasted.remark(crate::EngineId::Pixazo).unwrap(),
        "Not all of it fits: 2 lines after the settings are left out."
    );

    let a_line_each = read("ink cat\nSteps: 12\nCFG scale: 4\nSeed: 8\nSampler: Euler\nSize: 640x512").unwrap();
    assert_eq!(a_line_each.recipe.prompt, "ink cat");
    assert_eq!((a_line_each.recipe.steps, a_line_each.recipe.prompt_strength), (12, 4.0));
    assert_eq!((a_line_each.recipe.seed, a_line_each.recipe.width, a_line_each.recipe.height), (Some(8), 640, 512));
}

#[test]
fn the_settings_of_other_programs_are_known_by_their_names() {
    let comfy = json!({
        "3": {"class_type": "KSampler", "inputs": {"seed": ["9", 0], "steps": 24, "cfg": 5.5, "positive": ["12", 0],
              "negative": ["7", 0], "latent_image": ["5", 0]}},
        "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 768, "height": 1024, "batch_size": 1}},
        "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "ink cat", "clip": ["4", 1]}},
        "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "bad", "clip": ["4", 1]}},
        "9": {"class_type": "PrimitiveInt", "inputs": {"value": 77}},
        "12": {"class_type": "ControlNetApply", "inputs": {"conditioning": ["6", 0], "strength": 1.0}},
    });
    let common = json!({"steps": 24, "seed": 77, "width": 768, "height": 1024});
    let with = |more: Json| {
        let mut whole = common.clone();
        whole.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        whole
    };
    for (program, text) in [
        ("InvokeAI", with(json!({"positive_prompt": "ink cat", "negative_prompt": "bad", "cfg_scale": 5.5}))),
        (
            "InvokeAI 2",
            json!({"app_id": "x", "image": with(json!({"prompt": [{"prompt": "ink cat", "weight": 1}], "negative": "bad", "cfg_scale": 5.5}))}),
        ),
        (
            "Fooocus",
            json!({"Prompt": "ink cat", "Negative Prompt": "bad", "Guidance Scale": "5.5", "Resolution": "(768, 1024)", "Seed": "77", "Steps": 24}),
        ),
        ("NovelAI", json!({"Comment": with(json!({"prompt": "ink cat", "uc": "bad", "scale": 5.5})).to_string()})),
        (
            "SwarmUI",
            json!({"sui_image_params": with(json!({"prompt": "ink cat", "negativeprompt": "bad", "cfgscale": 5.5}))}),
        ),
        (
            "diffusers",
            json!({"prompt": "ink cat", "negative_prompt": "bad", "num_inference_steps": 24, "guidance_scale": 5.5, "seed": 77, "size": "768x1024"}),
        ),
        ("ComfyUI", comfy.clone()),
        ("ComfyUI's request", json!({"client_id": "x", "prompt": comfy})),
        (
            "A1111's API",
            json!({"info": 1, "parameters": "ink cat\nNegative prompt: bad\nSteps: 24, CFG scale: 5.5, Seed: 77, Size: 768x1024"}),
        ),
    ] {
        let pasted = read(&text.to_string()).unwrap_or_else(|error| panic!("{program}: {error}"));
        let recipe = Recipe {
            prompt: "ink cat".into(),
            negative_prompt: "bad".into(),
            steps: 24,
            prompt_strength: 5.5,
            width: 768,
            height: 1024,
            ..Recipe::default()
        };
        assert_eq!(pasted.recipe, recipe.with_seed(77), "{program}");
        assert_eq!(pasted.remark(crate::EngineId::Pixazo), None, "{program}");
    }
}

#[test]
fn a_text_without_settings_is_refused() {
    for text in ["", "hello", "dear Anna: it is late, so: good night", "{\"name\": 1}", "[1, 2]", "https://example.com"]
    {
        assert_eq!(read(text), Err(SettingsTextError::NoSettings), "{text}");
    }
    assert_eq!(read(&"x".repeat(2 << 20)), Err(SettingsTextError::TooLong));
}

#[test]
fn json_names_the_photo_first_and_whole_numbers_without_decimals() {
    let text = to_json(&Recipe::default().with_seed(7), IMAGE);
    assert!(text.starts_with("{\n  \"image\": \"https://example.com/face-photo.jpg\",\n  \"prompt\": \"a person\",\n"));
    assert!(text.contains("\n  \"prompt_strength\": 7,\n") && text.contains("\n  \"ip_adapter_weight\": 0.2,\n"));
    assert!(text.ends_with("\n  \"upscale_steps\": 10\n}"));
}

#[test]
fn a_service_answer_and_a_stickers_record_hold_settings_too() {
    let answer = json!({"success": true, "request_id": "abc", "input": {"image": IMAGE, "steps": 9}});
    let pasted = read(&answer.to_string()).unwrap();
    assert_eq!((pasted.recipe.steps, pasted.image.as_deref()), (9, Some(IMAGE)));

    let info = StickerInfo {
        version: StickerInfo::VERSION,
        engine: crate::EngineId::Local,
        recipe: Recipe { steps: 11, ..Recipe::default() },
        request_id: None,
        job_id: None,
        created_at: "2026-01-01T00:00:00Z".into(),
        photo_sha256: None,
        sent_sha256: None,
        photo_name: None,
        frame: None,
    };
    assert_eq!(read(&serde_json::to_string(&info).unwrap()).unwrap().recipe.steps, 11);
}

#[test]
fn broken_json_and_open_quotes_are_named() {
    assert!(matches!(read("{\"steps\": "), Err(SettingsTextError::Json { .. })));
    assert_eq!(read("curl x -d '{\"steps\": 3}"), Err(SettingsTextError::OpenQuote));
    assert_eq!(read("curl https://example.com"), Err(SettingsTextError::NoBody));
    assert_eq!(read("curl x -d @body.json"), Err(SettingsTextError::NoBody));
}

#[test]
fn the_command_has_the_documented_shape_and_no_key() {
    let command = to_curl(&Recipe::default().with_seed(1), IMAGE, "https://gateway.pixazo.ai/");
    assert!(command.starts_with(
        "curl -v -X POST \"https://gateway.pixazo.ai/face-sticker/v1/face-to-sticker/generate\" \\\n  \
         -H \"Content-Type: application/json\" \\\n  -H \"Cache-Control: no-cache\" \\\n  \
         -H \"Ocp-Apim-Subscription-Key: YOUR_SUBSCRIPTION_KEY\" \\\n  --data-raw '{\n    \"image\": "
    ));
    assert!(command.ends_with("\n  }'"));
}

#[test]
fn every_way_to_give_a_body_is_read() {
    let body = r#"{"image": "https://example.com/a.jpg", "prompt": "it's \"ink\"", "steps": 3}"#;
    let single = format!("'{}'", body.replace('\'', r"'\''"));
    let double = format!("\"{}\"", body.replace('\\', r"\\").replace('"', "\\\""));
    let ansi = format!("$'{}'", body.replace('\\', r"\\").replace('\'', r"\'"));
    for quoted in [single, double, ansi] {
        for option in ["-d ", "-d", "--data ", "--data=", "--data-raw ", "--data-binary ", "--json "] {
            let command = format!("$ curl -X POST 'https://x' \\\n  -H \"A: b\" \\\r\n  {option}{quoted} --silent");
            let pasted = read(&command).unwrap();
            assert_eq!(pasted.recipe.prompt, "it's \"ink\"", "{command}");
            assert_eq!((pasted.recipe.steps, pasted.image.as_deref()), (3, Some("https://example.com/a.jpg")));
        }
    }
}

fn prompts() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z ,:()]{0,40}",
        "\\PC{0,30}",
        any::<String>(),
        prop::collection::vec(
            prop_oneof![
                Just("Negative prompt: x".to_owned()),
                Just("Negative prompt:".to_owned()),
                Just("Steps: 3, Seed: 4, Size: 8x8".to_owned()),
                Just("Prompt: \"y\"".to_owned()),
                Just(String::new()),
                Just("it's a \\ \"quote\" $HOME `x`".to_owned()),
                "[a-z]{0,5}\r?",
            ],
            0..5
        )
        .prop_map(|lines| lines.join("\n")),
    ]
}

fn recipes() -> impl Strategy<Value = Recipe> {
    let numbers = (256..=2048_u32, 256..=2048_u32, 1..=50_u32, 1..=50_u32, any::<Option<u32>>(), any::<bool>());
    // Four decimals, more than any control gives: serde_json may miss the last of seventeen digits.
    let real = |max: u32| (0..=max * 10_000).prop_map(|steps| f64::from(steps) / 10_000.0);
    let reals = (real(20), real(1), real(1), real(1));
    (prompts(), prompts(), numbers, reals).prop_map(|(prompt, negative_prompt, numbers, reals)| Recipe {
        prompt,
        negative_prompt,
        width: numbers.0,
        height: numbers.1,
        steps: numbers.2,
        upscale_steps: numbers.3,
        seed: numbers.4,
        upscale: numbers.5,
        prompt_strength: reals.0,
        instant_id_strength: reals.1,
        ip_adapter_weight: reals.2,
        ip_adapter_noise: reals.3,
        ..Recipe::default()
    })
}

proptest! {
    // Failures are reported, not written into the tree.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_recipe_survives_a1111_text(recipe in recipes()) {
        let pasted = from_a1111(&to_a1111(&recipe)).unwrap();
        prop_assert_eq!(pasted, Pasted { recipe, image: None, changes: Vec::new() });
    }

    #[test]
    fn any_recipe_survives_json(mut recipe in recipes(), image in any::<String>()) {
        recipe.webhook = Some("https://example.com/hook?a='b'".into());
        recipe.webhook_events_filter = vec![WebhookEvent::Completed];
        let pasted = read(&to_json(&recipe, &image)).unwrap();
        prop_assert_eq!(pasted, Pasted { recipe, image: Some(image), changes: Vec::new() });
    }

    #[test]
    fn any_recipe_survives_a_curl_command(recipe in recipes(), image in any::<String>()) {
        let pasted = read(&to_curl(&recipe, &image, BASE)).unwrap();
        prop_assert_eq!(pasted, Pasted { recipe, image: Some(image), changes: Vec::new() });
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(curl |\\{)?[-a-zS:,\"'\\\\$ {}\n0-9]{0,80}") {
        if let Ok(pasted) = read(&text) {
            prop_assert!(pasted.recipe.check().is_ok());
        }
    }
}
