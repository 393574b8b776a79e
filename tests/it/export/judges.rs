//! Judges from elsewhere, who know nothing of our table: they take what is sound and refuse what breaks a number.

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use sticker_booth::export::rules::rule;
use sticker_booth::export::{About, Allowed, Part, Target, Weight};

use super::breaking::break_rule;
use super::files::{self, Changed};
use super::{Maker, check};
use crate::support::needs;

/// Where the Python judges are installed, apart from everything else.
const JUDGES: &str = "STICKER_BOOTH_JUDGES";

/// Targets that sticker-convert knows, with its word for each.
const PRESETS: [(Target, &str); 9] = [
    (Target::WhatsApp, "whatsapp"),
    (Target::Telegram, "telegram"),
    (Target::TelegramEmoji, "telegram_emoji"),
    (Target::Signal, "signal"),
    (Target::Discord, "discord"),
    (Target::DiscordEmoji, "discord_emoji"),
    (Target::IMessage, "imessage_medium"),
    (Target::Line, "line"),
    (Target::Mastodon, "mastodon"),
];

/// Does this command end well? What it prints is of no interest.
pub fn passes<S: AsRef<OsStr>>(program: &str, words: impl IntoIterator<Item = S>) -> bool {
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().unwrap().success()
}

pub fn is_there(program: &str) -> bool {
    Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

/// Asks Python's judges, each question as a list that begins with the judge.
fn ask(questions: &[Value]) -> Vec<Value> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/export/judges.py");
    let mut python = python().arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let lines = questions.iter().map(Value::to_string).collect::<Vec<_>>().join("\n");
    let mut input = python.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()).unwrap());
    let output = python.wait_with_output().unwrap();
    writer.join().unwrap();
    let answers: Vec<Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), questions.len());
    answers
}

fn python() -> Command {
    let mut python = Command::new("python3");
    if let Some(judges) = std::env::var_os(JUDGES) {
        python.env("PYTHONPATH", judges);
    }
    python
}

fn has_module(name: &str) -> bool {
    let mut python = python();
    python.args(["-c", &format!("import {name}")]).stdout(Stdio::null()).stderr(Stdio::null());
    python.status().is_ok_and(|status| status.success())
}

/// The sticker files of a pack, those of LINE's archive unpacked beside it.
fn sticker_files(target: Target, folder: &Path) -> Vec<PathBuf> {
    let pack = Changed::of(target, &files::read(folder));
    let folder = if target == Target::Line { folder.with_extension("unpacked") } else { folder.to_path_buf() };
    pack.stickers()
        .into_iter()
        .map(|path| {
            let file = folder.join(&path);
            if target == Target::Line {
                std::fs::create_dir_all(&folder).unwrap();
                std::fs::write(&file, pack.bytes(&path)).unwrap();
            }
            file
        })
        .collect()
}

#[test]
fn pillow_sees_the_same_pictures() {
    if !needs("Pillow", has_module("PIL")) {
        return;
    }
    let maker = Maker::new();
    for target in Target::ALL.into_iter().filter(|target| *target != Target::Print) {
        pillow_agrees(target, &maker.pack(target));
    }
}

/// Every sticker of the pack is to Pillow what the table wants.
pub fn pillow_agrees(target: Target, folder: &Path) {
    let files = sticker_files(target, folder);
    let seen = ask(&files.iter().map(|file| json!(["pillow", file])).collect::<Vec<_>>());
    let format = rule(target, About::Format(Part::Sticker)).unwrap().allowed;
    for (seen, file) in seen.iter().zip(&files) {
        let name = if file.extension().unwrap() == "webp" { "WEBP" } else { "PNG" };
        assert_eq!((seen["format"].as_str(), seen["frames"].as_u64()), (Some(name), Some(1)), "{target}: {seen}");
        assert!(format.to_string().to_uppercase().contains(name), "{target}: {format}");
        assert_eq!(seen["corner"], 0, "{target}: {}", file.display());
        if let Some(Allowed::Size(size)) = rule(target, About::Pixels(Part::Sticker)).map(|rule| rule.allowed) {
            let edge = |index: usize| seen["size"][index].as_u64().unwrap() as u32;
            assert!(size.admits(edge(0), edge(1)), "{target}: {seen}");
        }
    }
}

/// It hands PNG to Telegram, which takes WebP as well.
const fn wants_another_format(target: Target) -> bool {
    matches!(target, Target::Telegram | Target::TelegramEmoji)
}

/// sticker-convert's verifier takes every sticker of the pack, if it knows the target.
pub fn verifier_agrees(target: Target, folder: &Path) {
    let preset = PRESETS.iter().find(|(known, _)| *known == target && !wants_another_format(target));
    let Some((_, preset)) = preset else { return };
    let files = sticker_files(target, folder);
    let answers = ask(&files.iter().map(|file| json!(["sticker-convert", file, preset])).collect::<Vec<_>>());
    for (answer, file) in answers.iter().zip(&files) {
        assert_eq!(answer, &json!(true), "{target}: {}", file.display());
    }
}

/// webpinfo finds no fault in any WebP file of the pack.
pub fn webpinfo_agrees(target: Target, folder: &Path) {
    for file in sticker_files(target, folder).iter().filter(|file| file.extension().unwrap() == "webp") {
        assert!(passes("webpinfo", ["-quiet".as_ref(), file.as_os_str()]), "{target}: {}", file.display());
    }
}

/// Are the three of them here?
pub fn are_here() -> bool {
    has_module("PIL") && has_module("sticker_convert.utils.media.format_verify") && is_there("webpinfo")
}

/// Numbers where sticker-convert thinks otherwise, each for a reason.
fn disagrees(target: Target, about: About) -> bool {
    // It asks for even edges nowhere, and tells formats by the names of the files.
    (target, about) == (Target::Line, About::Pixels(Part::Sticker)) || about == About::Format(Part::Sticker)
}

#[test]
fn sticker_converts_verifier_agrees_on_every_number_that_it_knows() {
    if !needs("sticker-convert", has_module("sticker_convert.utils.media.format_verify")) {
        return;
    }
    let maker = Maker::new();
    let mut questions = Vec::new();
    let mut wanted = Vec::new();
    for (target, preset) in PRESETS {
        let folder = maker.pack(target);
        for file in sticker_files(target, &folder).into_iter().filter(|_| !wants_another_format(target)) {
            questions.push(json!(["sticker-convert", file, preset]));
            wanted.push((target, None, true));
        }
        let base = files::read(&folder);
        let numbers = [About::Pixels(Part::Sticker), About::Bytes(Part::Sticker), About::Frames, About::WrittenAnew];
        for (number, rule) in numbers.iter().filter_map(|about| rule(target, *about)).enumerate() {
            let mut pack = Changed::of(target, &base);
            break_rule(&mut pack, rule);
            let broken = maker.booth.path(&format!("{}-{number}", target.id()));
            pack.write(&broken);
            let is_refused = check(&maker.booth, target, std::slice::from_ref(&broken))[0]["ok"] == false;
            assert_eq!(is_refused, rule.weight == Weight::Must, "{target}: {:?}", rule.about);
            questions.push(json!(["sticker-convert", sticker_files(target, &broken)[0], preset]));
            wanted.push((target, Some(rule.about), disagrees(target, rule.about)));
        }
    }
    for (answer, (target, about, wanted)) in ask(&questions).iter().zip(wanted) {
        assert_eq!(answer, &json!(wanted), "{target}: {about:?}");
    }
}

#[test]
fn the_signal_client_packs_encrypts_and_reads_the_pack() {
    if !needs("signalstickers-client", has_module("signalstickers_client")) {
        return;
    }
    let maker = Maker::new();
    let folder = maker.pack(Target::Signal);
    let answer = ask(&[json!(["signal", folder])]).remove(0);
    assert_eq!(answer, json!({ "title": "Eileen says", "author": "Sample studio", "stickers": 8, "same": true }));
}

#[test]
fn webpinfo_finds_no_fault_in_the_files_and_the_same_in_cut_ones() {
    if !needs("webpinfo", is_there("webpinfo")) {
        return;
    }
    let maker = Maker::new();
    let folder = maker.pack(Target::WhatsApp);
    let files = sticker_files(Target::WhatsApp, &folder);
    for file in &files {
        let output = Command::new("webpinfo").arg(file).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success() && said.contains("No error detected"), "{said}");
        assert!(said.contains("Width: 512") && said.contains("Height: 512"), "{said}");
    }
    let cut = folder.join("cut.webp");
    let bytes = std::fs::read(&files[0]).unwrap();
    std::fs::write(&cut, &bytes[..bytes.len() - 10]).unwrap();
    assert!(!passes("webpinfo", [&cut]));
}

#[test]
fn archives_are_sound_for_who_unpacks_them() {
    if !needs("unzip and tar", is_there("unzip") && is_there("tar")) {
        return;
    }
    let maker = Maker::new();
    let unzips = |path: PathBuf| passes("unzip", [OsStr::new("-tq"), path.as_os_str()]);
    let whatsapp = maker.pack(Target::WhatsApp);
    assert!(unzips(whatsapp.join("eileen-says.wastickers")));
    assert!(unzips(maker.pack(Target::Line).join("line-stickers.zip")));
    let mastodon = maker.pack(Target::Mastodon).join("eileen-says.tar.gz");
    assert!(passes("tar", [OsStr::new("-tzf"), mastodon.as_os_str()]));
    let cut = whatsapp.join("cut.wastickers");
    let bytes = std::fs::read(whatsapp.join("eileen-says.wastickers")).unwrap();
    std::fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    assert!(!unzips(cut));
}
