//! Settings as other programs write them into JSON: InvokeAI, Fooocus, NovelAI, SwarmUI, diffusers, ComfyUI.

use serde_json::{Map, Value as Json};

use crate::parameter::Parameter;

/// What other programs call our settings, without case and signs; what the table itself names is not repeated.
const ALIASES: [(&str, Parameter); 24] = [
    ("positiveprompt", Parameter::Prompt),
    ("positive", Parameter::Prompt),
    ("negative", Parameter::NegativePrompt),
    ("uc", Parameter::NegativePrompt),
    ("undesiredcontent", Parameter::NegativePrompt),
    ("cfg", Parameter::PromptStrength),
    ("cfgscale", Parameter::PromptStrength),
    ("guidance", Parameter::PromptStrength),
    ("guidancescale", Parameter::PromptStrength),
    ("numinferencesteps", Parameter::Steps),
    ("inferencesteps", Parameter::Steps),
    ("samplingsteps", Parameter::Steps),
    ("stepcount", Parameter::Steps),
    ("noiseseed", Parameter::Seed),
    ("imageseed", Parameter::Seed),
    ("imagewidth", Parameter::Width),
    ("imageheight", Parameter::Height),
    ("identitynetstrengthratio", Parameter::InstantIdStrength),
    ("instantidweight", Parameter::InstantIdStrength),
    ("adapterstrengthratio", Parameter::IpAdapterWeight),
    ("ipadapterscale", Parameter::IpAdapterWeight),
    ("ipadapterstrength", Parameter::IpAdapterWeight),
    ("negativeprompts", Parameter::NegativePrompt),
    ("prompts", Parameter::Prompt),
];

/// What NovelAI calls the guidance; elsewhere it is often a factor of enlargement.
const SCALE: &str = "scale";

/// Both edges in one value.
const SIZES: [&str; 3] = ["size", "resolution", "imagesize"];

/// Fields that hold the settings' object, or its text.
const CONTAINERS: [&str; 15] = [
    "input",
    "recipe",
    "parameters",
    "params",
    "metadata",
    "core_metadata",
    "invokeai_metadata",
    "sd-metadata",
    "sui_image_params",
    "image",
    "payload",
    "options",
    "meta",
    "Comment",
    "comment",
];

/// ComfyUI's own field for its graph, which has the name of our prompt.
const GRAPH: &str = "prompt";

/// What nodes of ComfyUI call their text.
const GRAPH_TEXTS: [&str; 5] = ["text", "text_g", "string", "value", "prompt"];

/// How deep settings may lie in each other's containers.
const DEEPEST: usize = 4;

/// What an object sets, in our names; empty when nothing of it is known.
pub(super) type Settings = Vec<(Parameter, Json)>;

/// The settings of `value`, of the one of its parts that has the most, and that part itself.
pub(super) fn settings(value: &Json) -> Option<(Settings, &Map<String, Json>)> {
    let mut best = None;
    search(value, 0, &mut best);
    best
}

fn search<'a>(value: &'a Json, depth: usize, best: &mut Option<(Settings, &'a Map<String, Json>)>) {
    let Some(object) = value.as_object().filter(|_| depth < DEEPEST) else { return };
    let found = comfy(object).map_or_else(|| read(object), |flat| read(&flat));
    let count = best.as_ref().map_or(0, |(found, _)| found.len());
    if found.len() > count {
        *best = Some((found, object));
    }
    for name in CONTAINERS.into_iter().chain([GRAPH]) {
        if let Some(inner) = object.get(name) {
            search(inner, depth + 1, best);
        }
    }
}

/// A settings text inside a JSON field, where programs keep theirs.
pub(super) fn text_inside(value: &Json) -> Option<&str> {
    let object = value.as_object()?;
    let mut texts = CONTAINERS.iter().filter_map(|name| object.get(*name)?.as_str());
    texts.find(|text| text.contains("Steps:") || text.trim_start().starts_with('{'))
}

/// What one object sets: our own names before those of others.
fn read(object: &Map<String, Json>) -> Settings {
    let mut found: Settings = Vec::new();
    let mut add = |parameter: Parameter, value: Json| {
        if !found.iter().any(|(known, _)| *known == parameter) {
            found.push((parameter, value));
        }
    };
    for (name, value) in object {
        if let Some(parameter) = Parameter::from_name(name).filter(|parameter| *parameter != Parameter::Image)
            && !value.is_object()
        {
            add(parameter, words_of(parameter, value));
        }
    }
    let is_novel_ai = object.contains_key("uc");
    for (name, value) in object {
        let name = letters(name);
        let own = crate::PARAMETERS.iter().find(|spec| letters(spec.name) == name).map(|spec| spec.parameter);
        let alias = ALIASES.iter().find(|(alias, _)| *alias == name).map(|(_, parameter)| *parameter);
        let scale = (is_novel_ai && name == SCALE).then_some(Parameter::PromptStrength);
        if let Some(parameter) = own.or(alias).or(scale).filter(|parameter| *parameter != Parameter::Image)
            && !value.is_object()
        {
            add(parameter, words_of(parameter, value));
        }
        if SIZES.contains(&name.as_str())
            && let Some((width, height)) = edges(value)
        {
            add(Parameter::Width, width);
            add(Parameter::Height, height);
        }
    }
    found
}

/// A name without case, spaces and signs.
fn letters(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Words that come as a list of weighted parts, as one text.
fn words_of(parameter: Parameter, value: &Json) -> Json {
    let is_words = matches!(parameter, Parameter::Prompt | Parameter::NegativePrompt);
    let Some(parts) = value.as_array().filter(|_| is_words) else { return value.clone() };
    let words = parts.iter().filter_map(|part| part.as_str().or_else(|| part.get("prompt")?.as_str()));
    Json::from(words.collect::<Vec<_>>().join(", "))
}

/// `512x768`, `(1152, 896)` or `[512, 768]`.
fn edges(value: &Json) -> Option<(Json, Json)> {
    if let Some([width, height]) = value.as_array().map(Vec::as_slice) {
        return Some((width.clone(), height.clone()));
    }
    let text = value.as_str()?.trim_matches(['(', ')', ' ']);
    let (width, height) = text.split_once(['x', 'X', '×', ',', '*'])?;
    Some((Json::from(width.trim()), Json::from(height.trim())))
}

/// The graph of ComfyUI's API as one flat object, when it is one: what its sampler and the nodes before it say.
fn comfy(graph: &Map<String, Json>) -> Option<Map<String, Json>> {
    let sampler = graph.values().find(|node| {
        let inputs = node.get("inputs");
        node.get("class_type").is_some() && inputs.is_some_and(|inputs| inputs.get("positive").is_some())
    })?;
    let inputs = sampler.get("inputs")?.as_object()?;
    let mut flat = Map::new();
    let fields = [
        (Parameter::Seed, &["seed", "noise_seed"][..]),
        (Parameter::Steps, &["steps"]),
        (Parameter::PromptStrength, &["cfg", "guidance"]),
    ];
    for (parameter, names) in fields {
        let value = names.iter().find_map(|name| resolved(graph, inputs.get(*name)?, names, 0));
        flat.extend(value.map(|value| (parameter.name().to_owned(), value)));
    }
    for (parameter, name) in [(Parameter::Prompt, "positive"), (Parameter::NegativePrompt, "negative")] {
        let value = inputs.get(name).and_then(|link| resolved(graph, link, &GRAPH_TEXTS, 0)).filter(Json::is_string);
        flat.extend(value.map(|value| (parameter.name().to_owned(), value)));
    }
    for (parameter, name) in [(Parameter::Width, "width"), (Parameter::Height, "height")] {
        let value = inputs.get("latent_image").and_then(|link| resolved(graph, link, &[name], 0));
        flat.extend(value.map(|value| (parameter.name().to_owned(), value)));
    }
    Some(flat)
}

/// The value behind a link `["6", 0]`: one of these inputs of that node, or of a node before it.
fn resolved(graph: &Map<String, Json>, value: &Json, names: &[&str], depth: usize) -> Option<Json> {
    const DEEPEST: usize = 8;
    let Some([Json::String(node), Json::Number(_)]) = value.as_array().map(Vec::as_slice) else {
        return Some(value.clone()).filter(|value| value.is_string() || value.is_number());
    };
    if depth == DEEPEST {
        return None;
    }
    let inputs = graph.get(node)?.get("inputs")?.as_object()?;
    let named = names.iter().chain(&["value", "int", "float"]).find_map(|name| inputs.get(*name));
    if let Some(value) = named {
        return resolved(graph, value, names, depth + 1);
    }
    let mut links = inputs.values().filter(|value| value.is_array());
    links.find_map(|link| resolved(graph, link, names, depth + 1))
}
