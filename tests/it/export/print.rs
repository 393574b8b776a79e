//! Sheets to print and cut, and what printers' own programs make of them.

use std::path::{Path, PathBuf};
use std::process::Command;

use image::GrayImage;

use super::Maker;
use super::judges::{is_there, passes};
use crate::support::needs;

/// Exports sheets with these words and gives their folder.
fn sheets(maker: &Maker, words: &[&str]) -> PathBuf {
    let all = maker.words().into_iter().chain(["--to", "print", "--json"].map(str::to_owned));
    let reports = maker.booth.run(all.chain(words.iter().map(|word| (*word).to_owned()))).ends_with(0).json();
    maker.booth.path(reports[0]["folder"].as_str().unwrap())
}

fn text(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn a_sheet_is_as_large_as_its_paper_in_every_file() {
    let maker = Maker::new();
    for (paper, pixels, millimetres) in [
        ("a4", (2480, 3508), "width=\"210mm\" height=\"297mm\""),
        ("letter", (2550, 3300), "width=\"215.9mm\" height=\"279.4mm\""),
        ("cricut", (1949, 2764), "width=\"165mm\" height=\"234mm\""),
    ] {
        let folder = sheets(&maker, &["--paper", paper, "--size", "50"]);
        for name in ["sheet-1.png", "sheet-1-flat.png"] {
            assert_eq!(image::image_dimensions(folder.join(name)).unwrap(), pixels, "{paper}");
        }
        let svg = text(&folder, "sheet-1-cut.svg");
        assert!(svg.contains(millimetres), "{svg:.300}");
        // Cricut's own program adds its marks.
        assert_eq!(svg.contains("RegistrationMarks"), paper != "cricut");
    }
}

#[test]
fn every_copy_is_cut_once_and_no_two_lie_over_each_other() {
    let maker = Maker::new();
    let folder = sheets(&maker, &["--copies", "2", "--size", "40"]);
    let mut boxes: Vec<[f32; 4]> = Vec::new();
    for svg in (1..).map(|number| folder.join(format!("sheet-{number}-cut.svg"))).take_while(|path| path.exists()) {
        let on_sheet = lines(&std::fs::read_to_string(svg).unwrap());
        for (index, [left, top, right, bottom]) in on_sheet.iter().enumerate() {
            assert!((39.0..41.0).contains(&(right - left).max(bottom - top)), "{left} to {right}");
            assert!(*left >= 10.0 && *top >= 10.0 && *right <= 200.0 && *bottom <= 287.0);
            for [x, y, end, low] in &on_sheet[index + 1..] {
                let is_apart = right < x || end < left || bottom < y || low < top;
                // The stickers are nearly round, so their boxes may meet at corners.
                assert!(is_apart || (right.min(*end) - left.max(*x)).min(bottom.min(*low) - top.max(*y)) < 8.0);
            }
        }
        boxes.extend(on_sheet);
    }
    assert_eq!(boxes.len(), 16);
}

/// Left, top, right and bottom of every path.
fn lines(svg: &str) -> Vec<[f32; 4]> {
    let paths = svg.split("<path d=\"M").skip(1).map(|rest| rest.split(" Z").next().unwrap());
    let bounds = |path: &str| {
        path.split(" L").fold([f32::MAX, f32::MAX, 0.0, 0.0], |[left, top, right, bottom], point| {
            let (x, y) = point.split_once(',').unwrap();
            let (x, y): (f32, f32) = (x.parse().unwrap(), y.parse().unwrap());
            [left.min(x), top.min(y), right.max(x), bottom.max(y)]
        })
    };
    paths.map(bounds).collect()
}

#[test]
fn a_sticker_that_is_larger_than_its_paper_is_refused() {
    let maker = Maker::new();
    let large = ["export", "face 0.png", "--to", "print", "--paper", "cricut", "--size", "180", "--cut-offset", "10"];
    maker.booth.run(large).ends_with(2).says("does not fit on Cricut");
    let words = maker.words().into_iter().chain(["--to", "print", "--size", "1000"].map(str::to_owned));
    maker.booth.run(words).ends_with(2).says("a length from 10 to 180 millimetres");
}

#[test]
fn few_pixels_for_the_paper_are_told() {
    let maker = Maker::new();
    let words = ["export", "face 0.png", "--to", "print", "--size", "150"];
    maker.booth.run(words).ends_with(0).says("advice: Pixels to an inch");
}

#[test]
fn printers_programs_find_the_lines_on_a_plate_of_their_own() {
    if !needs("Ghostscript, qpdf and xmllint", is_there("gs") && is_there("qpdf") && is_there("xmllint")) {
        return;
    }
    let maker = Maker::new();
    let folder = sheets(&maker, &["--cut-offset", "4", "--size", "50", "--no-marks"]);
    assert!(passes("xmllint", [Path::new("--noout"), &folder.join("sheet-1-cut.svg")]));
    let pdf = folder.join("sheet-1.pdf");
    assert!(passes("qpdf", [Path::new("--check"), &pdf]));
    let plates = maker.booth.path("plate");
    let output = format!("-sOutputFile={}.tif", plates.display());
    let words = ["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", "-sCompression=none", "-r150", &output];
    assert!(Command::new("gs").args(words).arg(&pdf).output().unwrap().status.success());
    let plate = |ink: &str| {
        let path = format!("{}({ink}).tif", plates.display());
        image::open(&path).unwrap_or_else(|error| panic!("{path}: {error}")).into_luma8()
    };
    let line = inked(&plate("CutContour"));
    assert!(line.len() > 8 * 500, "{} pixels of line", line.len());
    for ink in ["Cyan", "Magenta", "Yellow", "Black"] {
        let plate = plate(ink);
        let both = line.iter().filter(|(x, y)| is_inked(plate.get_pixel(*x, *y).0[0])).count();
        assert_eq!(both, 0, "{ink} prints the cut line");
    }
    assert!(inked(&plate("Yellow")).len() > 1000, "the stickers are printed");
}

/// A plate is white where it has no ink.
const fn is_inked(value: u8) -> bool {
    value < 250
}

fn inked(plate: &GrayImage) -> Vec<(u32, u32)> {
    plate.enumerate_pixels().filter(|(_, _, pixel)| is_inked(pixel.0[0])).map(|(x, y, _)| (x, y)).collect()
}
