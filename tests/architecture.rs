//! The rooms and their doors: which module may use which, and who alone may name a crate.
//!
//! Reads the sources as text, so that a wrong door fails here and not in a review.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its own files stops there")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Rooms that are crates of their own: what they may use stands in their `Cargo.toml`, and cargo holds them to it.
const CRATES_OF_OURS: &[&str] = &["export", "finish", "model", "resize", "ui"];

/// The crates that hold several rooms: those that pictures are made in, and those that wait.
const HOUSES: &[&str] = &["imaging", "service"];

/// Each room with the rooms it may use.
const ROOMS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("platform", &[]),
    ("net", &[]),
    ("resize", &["model"]),
    ("picture", &["model", "resize"]),
    ("vision", &["picture"]),
    ("keys", &["model", "platform"]),
    ("store", &["platform"]),
    ("settings", &["model", "platform"]),
    ("api", &["model", "net"]),
    ("photo", &["model", "net", "picture", "vision"]),
    ("hosting", &["model", "net", "keys", "platform", "store"]),
    ("engine", &["model", "picture", "vision"]),
    ("export", &["picture", "engine", "vision"]),
    ("gateway", &["model", "api", "engine", "net", "picture", "platform"]),
    ("finish", &["model", "picture"]),
    ("library", &["model", "picture", "platform", "store"]),
    ("jobs", &["model", "api", "photo", "hosting", "library", "picture", "keys", "settings", "platform", "store"]),
    (
        "studio",
        &[
            "model", "platform", "net", "picture", "vision", "keys", "store", "settings", "api", "photo", "hosting",
            "engine", "export", "finish", "gateway", "library", "jobs",
        ],
    ),
    ("ui", &["model"]),
    (
        "app",
        &[
            "model", "platform", "net", "picture", "vision", "keys", "store", "settings", "api", "photo", "hosting",
            "export", "finish", "library", "jobs", "studio", "ui",
        ],
    ),
    (
        "cli",
        &[
            "model", "platform", "net", "picture", "vision", "keys", "store", "settings", "api", "photo", "hosting",
            "export", "library", "jobs", "studio",
        ],
    ),
];

/// Crates that only some rooms may name.
const CRATES: &[(&[&str], &[&str])] = &[
    (&["egui", "eframe", "egui_extras", "winit"], &["ui", "app", "main"]),
    (&["reqwest", "rustls"], &["net"]),
    (&["axum"], &["gateway"]),
    (&["flate2"], &["net", "export"]),
    (&["tar", "zip"], &["export"]),
    (
        &[
            "keyring",
            "keyring_core",
            "zbus_secret_service_keyring_store",
            "apple_native_keyring_store",
            "windows_native_keyring_store",
        ],
        &["keys"],
    ),
    (&["rten", "rten_tensor"], &["vision"]),
    (&["rusqlite"], &["store", "library/index", "jobs/journal", "hosting/ledger"]),
    (&["rfd", "trash", "notify_rust", "open"], &["platform"]),
];

/// One source file: its path below `src` with `/`, within a house below that, and its text without comments.
struct Source {
    path: String,
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files
        .into_iter()
        .map(|file| {
            let path = file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            let inside =
                path.split_once('/').filter(|(house, _)| HOUSES.contains(house)).map(|(_, inside)| inside.to_owned());
            let path = inside.unwrap_or(path);
            let text = fs::read_to_string(&file).unwrap();
            let code = text.lines().map(without_comment).collect::<Vec<_>>().join("\n");
            Source { path, code }
        })
        .collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn without_comment(line: &str) -> &str {
    // A `//` inside a URL is preceded by a colon.
    let start = line.match_indices("//").map(|(index, _)| index).find(|&index| !line[..index].ends_with(':'));
    start.map_or(line, |index| &line[..index])
}

/// The room a source file belongs to: the first part of its path.
fn room(path: &str) -> &str {
    path.split(['/', '.']).next().unwrap_or(path)
}

/// Where a room's own page is, below `src`.
fn page_of(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let own = [root.join(name).join("lib.rs"), root.join(name).join("mod.rs")];
    let inside = HOUSES.iter().map(|house| root.join(house).join(name).join("mod.rs"));
    own.into_iter().chain(inside).find(|page| page.exists()).unwrap()
}

/// The rooms that a source names as `crate::room` or in `crate::{room, …}`.
fn rooms_used(code: &str) -> BTreeSet<String> {
    let known: BTreeSet<&str> = ROOMS.iter().map(|(name, _)| *name).collect();
    let mut used = BTreeSet::new();
    for (index, _) in code.match_indices("crate::") {
        let rest = &code[index + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 1;
            let mut word = String::new();
            for character in group.chars() {
                match character {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ => {}
                }
                if character.is_alphanumeric() || character == '_' {
                    word.push(character);
                    continue;
                }
                if known.contains(word.as_str()) && depth <= 1 {
                    used.insert(word.clone());
                }
                word.clear();
                if depth == 0 {
                    break;
                }
            }
        } else {
            let word: String =
                rest.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect();
            if known.contains(word.as_str()) {
                used.insert(word);
            }
        }
    }
    used
}

/// Does `code` name the crate `name`, as `name::…` or `use name`?
fn names_crate(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(index, _)| {
        let before = code[..index].chars().next_back();
        let after = &code[index + name.len()..];
        let starts = before.is_none_or(|character| !character.is_alphanumeric() && !"_:.\"-/".contains(character));
        let absolute = code[..index].ends_with(" ::");
        (starts || absolute)
            && (after.starts_with("::") || (code[..index].ends_with("use ") && after.starts_with([';', ' '])))
    })
}

#[test]
fn every_module_uses_only_the_rooms_it_may() {
    let mut wrong = Vec::new();
    for source in sources() {
        let home = room(&source.path).to_owned();
        if home == "lib" || home == "main" || CRATES_OF_OURS.contains(&home.as_str()) {
            continue;
        }
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == home) else {
            wrong.push(format!("{} lies in no known room", source.path));
            continue;
        };
        for used in rooms_used(&source.code) {
            if used != home && !allowed.contains(&used.as_str()) {
                wrong.push(format!("{} uses {used}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_gateway_sees_only_the_wire_types_of_the_client() {
    for source in sources().iter().filter(|source| room(&source.path) == "gateway") {
        for (index, _) in source.code.match_indices("crate::api") {
            let rest = &source.code[index + "crate::api".len()..];
            assert!(rest.starts_with("::wire"), "{} uses more of api than its wire types", source.path);
        }
    }
}

#[test]
fn only_their_own_rooms_name_the_guarded_crates() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (names, homes) in CRATES {
            let at_home = homes.iter().any(|home| source.path.starts_with(home));
            for name in names.iter().filter(|name| !at_home && names_crate(&source.code, name)) {
                wrong.push(format!("{} names {name}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn drawing_does_no_input_or_output() {
    let forbidden = ["std::fs", "std::net", "tokio::", "std::process", "std::thread::sleep"];
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| room(&source.path) == "ui" || source.path.starts_with("app/view/")) {
        for word in forbidden.iter().filter(|word| source.code.contains(**word)) {
            wrong.push(format!("{} names {word}", source.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_pure_cores_take_the_clock_and_chance_as_arguments() {
    let pure = ["model/", "jobs/state", "jobs/schedule"];
    let forbidden = ["SystemTime::now", "Instant::now", "Timestamp::now", "getrandom", "std::fs", "std::env"];
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| pure.iter().any(|start| source.path.starts_with(start))) {
        // A test may well ask the clock for some moment to begin with.
        let code = source.code.split("#[cfg(test)]").next().unwrap_or_default();
        for word in forbidden.iter().filter(|word| code.contains(**word)) {
            wrong.push(format!("{} names {word}", source.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_studio_and_the_gateway_call_the_engine() {
    for source in sources() {
        let home = room(&source.path);
        if !CRATES_OF_OURS.contains(&home) && rooms_used(&source.code).contains("engine") {
            assert!(["studio", "gateway", "engine"].contains(&home), "{} calls the engine", source.path);
        }
    }
}

/// What lies above the features of the window and alone knows all of them: it hands on what is asked and what comes back,
/// and draws.
const ABOVE_FEATURES: &[&str] = &["mod", "event", "opening", "router", "state", "view"];

/// The parts of `app` that a source uses, as `crate::app::part` or from its own top as `super::part`.
fn parts_used(path: &str, code: &str, parts: &BTreeSet<String>) -> BTreeSet<String> {
    let is_at_the_top = path.matches('/').count() == 1 || (path.matches('/').count() == 2 && path.ends_with("/mod.rs"));
    let starts: &[&str] = if is_at_the_top { &["crate::app::", "super::"] } else { &["crate::app::"] };
    let mut used = BTreeSet::new();
    for start in starts {
        for (index, _) in code.match_indices(start) {
            let rest = &code[index + start.len()..];
            let names = if let Some(group) = rest.strip_prefix('{') {
                group.split('}').next().unwrap_or_default()
            } else {
                rest.split(|character: char| !character.is_alphanumeric() && character != '_')
                    .next()
                    .unwrap_or_default()
            };
            let words = names.split(|character: char| !character.is_alphanumeric() && character != '_');
            used.extend(words.filter(|word| parts.contains(*word) || *word == "App").map(str::to_owned));
        }
    }
    used
}

#[test]
fn features_of_the_window_know_neither_what_is_above_them_nor_each_other_in_a_circle() {
    let part_of = |path: &str| {
        let inside = path.strip_prefix("app/")?;
        Some(inside.split(['/', '.']).next().unwrap_or(inside).to_owned())
    };
    let sources = sources();
    let parts: BTreeSet<String> = sources.iter().filter_map(|source| part_of(&source.path)).collect();
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in &sources {
        let Some(part) = part_of(&source.path).filter(|part| !ABOVE_FEATURES.contains(&part.as_str())) else {
            continue;
        };
        let mut used = parts_used(&source.path, &source.code, &parts);
        used.remove(&part);
        let above: Vec<&String> =
            used.iter().filter(|used| ABOVE_FEATURES.contains(&used.as_str()) || *used == "App").collect();
        assert!(above.is_empty(), "{} knows {above:?}, which is above it", source.path);
        uses.entry(part).or_default().extend(used);
    }
    // What uses nothing that is left stands on firm ground and can go; what stays at last goes round.
    while let Some(firm) = uses.iter().find(|(_, used)| used.iter().all(|used| !uses.contains_key(used))) {
        let firm = firm.0.clone();
        uses.remove(&firm);
    }
    assert!(uses.is_empty(), "these know each other in a circle: {uses:?}");
}

#[test]
fn errors_of_the_http_library_get_their_words_in_one_place() {
    // Its own words name whole addresses, signatures included.
    for source in sources().iter().filter(|source| source.code.contains("reqwest::Error")) {
        assert_eq!(source.path, "net/error.rs");
        assert!(source.code.contains(".without_url()"));
    }
    // Whoever has one without naming its type has it in a closure, and hands it on.
    for source in sources().iter().filter(|source| source.path.starts_with("net/")) {
        for line in
            source.code.lines().filter(|line| line.contains(".send().await") || line.contains(".build().map_err"))
        {
            let hands_on = ["reason(error)", "SendError::of", "refused_address(&error)"];
            assert!(hands_on.iter().any(|words| line.contains(words)), "{}: {line}", source.path);
        }
    }
}

#[test]
fn every_room_says_its_job_in_one_sentence() {
    for (name, _) in ROOMS {
        let text = fs::read_to_string(page_of(name)).unwrap();
        let first = text.lines().next().unwrap_or_default();
        assert!(first.starts_with("//! ") && first.ends_with('.'), "{name} begins with: {first}");
    }
}

#[test]
fn the_binary_is_thin() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/main.rs")).unwrap();
    assert!(text.lines().count() <= 60);
    assert!(!text.lines().any(|line| line.trim_start().starts_with("mod ")));
}

#[test]
fn the_top_level_holds_what_was_agreed_and_nothing_else() {
    let allowed = ["Cargo.toml", "Cargo.lock", "src", "assets", "tests", "README.md", "screenshots", "target"];
    for entry in fs::read_dir(env!("CARGO_MANIFEST_DIR")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        let fits = allowed.contains(&name.as_str()) || name.starts_with('.') || name.starts_with("LICENSE-");
        assert!(fits, "{name} does not belong at the top level");
    }
}

#[test]
fn accessibility_checks_are_never_switched_off() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut files = Vec::new();
    walk(&tests, &mut files);
    let switch = ["with_accessibility_check", "(false)"].concat();
    for file in files {
        assert!(!fs::read_to_string(&file).unwrap().contains(&switch), "{}", file.display());
    }
}
