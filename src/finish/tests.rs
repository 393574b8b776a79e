//! Geometry, colours and words of finished pictures.

use image::{Rgba, RgbaImage};

use model::finish::{Brush, BrushMode, Bubble, Color, PRESETS, Placement, Ring, Shadow};

use super::*;

/// A disc of this colour in the middle, its edge half covered as it should be, with black beneath what is clear.
fn disc(side: u32, radius: f32, color: [u8; 3]) -> RgbaImage {
    let middle = (side - 1) as f32 / 2.0;
    RgbaImage::from_fn(side, side, |x, y| {
        let covered = (radius - (x as f32 - middle).hypot(y as f32 - middle) + 0.5).clamp(0.0, 1.0);
        let [red, green, blue] = if covered == 0.0 { [0; 3] } else { color };
        Rgba([red, green, blue, (covered * 255.0 + 0.5) as u8])
    })
}

fn lined(width: f32) -> Finish {
    Finish { outline: Ring { on: true, width, color: Color::WHITE }, ..Finish::default() }
}

fn finished(original: &RgbaImage, finish: &Finish, side: u32) -> RgbaImage {
    Finisher::new(Source::of(original.clone())).render(finish, side, &mut Fonts::bundled()).unwrap()
}

/// Alpha summed along a line from the middle to the right: where it ends, to a part of a pixel.
fn end_of_row(image: &RgbaImage, is_counted: impl Fn([u8; 4]) -> f32) -> f32 {
    let middle = image.width() / 2;
    (middle..image.width()).map(|x| is_counted(image.get_pixel(x, image.height() / 2).0)).sum()
}

fn opacity(pixel: [u8; 4]) -> f32 {
    f32::from(pixel[3]) / 255.0
}

/// No pixel of the outermost rows and columns is seen.
fn edges_are_clear(image: &RgbaImage) -> bool {
    let (width, height) = image.dimensions();
    image.enumerate_pixels().all(|(x, y, pixel)| {
        let is_inner = x > 0 && y > 0 && x + 1 < width && y + 1 < height;
        is_inner || pixel.0[3] == 0
    })
}

#[test]
fn a_plain_recipe_gives_the_original_byte_for_byte() {
    let original = disc(256, 90.0, [200, 40, 40]);
    assert_eq!(finished(&original, &Finish::default(), 256), original);
    assert_eq!(finished(&original, &Finish::default(), 128).dimensions(), (128, 128));
}

#[test]
fn a_line_is_as_wide_as_the_recipe_says_to_half_a_pixel() {
    let original = disc(512, 120.0, [200, 40, 40]);
    for width in [0.004, 0.02, 0.05, 0.09] {
        let image = finished(&original, &lined(width), 512);
        let picture = end_of_row(&finished(&original, &lined(0.002), 512), opacity) - 0.002 * 512.0;
        let outer = end_of_row(&image, opacity);
        assert!((outer - picture - width * 512.0).abs() < 0.5, "{width}: {} pixels", outer - picture);
        let white = end_of_row(&image, |pixel| opacity(pixel) * f32::from(pixel[1].saturating_sub(40)) / 215.0);
        assert!((white - width * 512.0).abs() < 0.5, "{width}: {white} white pixels");
    }
}

#[test]
fn a_second_line_lies_around_the_first() {
    let second = Ring { on: true, width: 0.03, color: Color([0, 0, 200]) };
    let finish = Finish { second, ..lined(0.03) };
    let image = finished(&disc(512, 120.0, [200, 40, 40]), &finish, 512);
    let row: Vec<[u8; 4]> = (256..512).map(|x| image.get_pixel(x, 256).0).collect();
    let first_of = |color: [u8; 3]| row.iter().position(|pixel| pixel[..3] == color && pixel[3] == 255).unwrap();
    let (red, white, blue) = (first_of([200, 40, 40]), first_of([255; 3]), first_of([0, 0, 200]));
    assert!(red < white && white < blue, "{red} {white} {blue}");
    assert!((blue - white).abs_diff(15) <= 1, "{white} to {blue}");
}

#[test]
fn no_dark_halo_lies_between_a_picture_and_its_line() {
    // Black lies beneath the clear pixels of the original.
    for (side, out) in [(512, 512), (600, 217), (300, 512)] {
        let image = finished(&disc(side, side as f32 * 0.25, [250, 180, 120]), &lined(0.03), out);
        for pixel in image.pixels().filter(|pixel| pixel.0[3] > 0) {
            let [red, green, blue, _] = pixel.0;
            assert!(red >= 248 && green >= 176 && blue >= 116, "{pixel:?} at {side} to {out}");
        }
    }
}

#[test]
fn edges_stay_clear_whatever_the_look_and_wherever_the_sticker_is_moved() {
    for original in [disc(400, 199.0, [200, 40, 40]), RgbaImage::from_pixel(300, 200, Rgba([90, 90, 200, 255]))] {
        for preset in &PRESETS[1..] {
            for placement in [
                Placement::default(),
                Placement { trim: true, ..Placement::default() },
                Placement { offset: [0.4, -0.4], turn: 33.0, scale: 1.4, margin: 0.0, ..Placement::default() },
            ] {
                let finish = Finish { placement, ..preset.finish() };
                assert!(edges_are_clear(&finished(&original, &finish, 256)), "{preset:?} {finish:?}");
            }
        }
    }
}

#[test]
fn a_trimmed_sticker_fills_the_safe_area_and_never_leaves_it() {
    let placement = Placement { trim: true, margin: 0.05, ..Placement::default() };
    let finish = Finish { placement, ..lined(0.02) };
    let image = finished(&disc(512, 60.0, [200, 40, 40]), &finish, 512);
    let margin = 256.0 - end_of_row(&image, opacity);
    assert!((margin - 25.6).abs() < 1.5, "{margin}");
}

#[test]
fn moving_and_turning_go_where_the_recipe_says() {
    let original = RgbaImage::from_fn(400, 400, |x, y| {
        let is_in = (150..250).contains(&x) && (190..210).contains(&y);
        if is_in { Rgba([10, 200, 10, 255]) } else { Rgba([0; 4]) }
    });
    let middle = |image: &RgbaImage| {
        let there: Vec<(u32, u32)> =
            image.enumerate_pixels().filter(|(.., pixel)| pixel.0[3] > 127).map(|(x, y, _)| (x, y)).collect();
        let count = there.len() as f32;
        let sum = there.iter().fold([0.0; 2], |sum, (x, y)| [sum[0] + *x as f32, sum[1] + *y as f32]);
        ([sum[0] / count, sum[1] / count], count)
    };
    let placement = |placement: Placement| Finish { placement, ..Finish::default() };
    let moved = placement(Placement { offset: [0.1, -0.05], ..Placement::default() });
    let ([x, y], count) = middle(&finished(&original, &moved, 400));
    assert!((x - 239.5).abs() < 0.6 && (y - 179.5).abs() < 0.6 && (count - 2000.0).abs() < 20.0, "{x} {y} {count}");
    let turned = finished(&original, &placement(Placement { turn: 90.0, ..Placement::default() }), 400);
    assert!(turned.get_pixel(200, 160).0[3] > 200 && turned.get_pixel(160, 200).0[3] == 0);
}

#[test]
fn a_shadow_lies_where_it_is_thrown_and_under_everything() {
    let shadow = Shadow { on: true, opacity: 1.0, softness: 0.0, offset: [0.05, 0.0], color: Color([0, 0, 255]) };
    let image = finished(&disc(400, 100.0, [200, 40, 40]), &Finish { shadow, ..Finish::default() }, 400);
    assert_eq!(image.get_pixel(200, 200).0, [200, 40, 40, 255]);
    assert_eq!(image.get_pixel(200 + 110, 200).0, [0, 0, 255, 255]);
    assert_eq!(image.get_pixel(200 - 110, 200).0[3], 0);
}

#[test]
fn islands_go_and_holes_are_filled_with_the_pictures_colours() {
    let mut original = disc(300, 90.0, [200, 40, 40]);
    for (x, y, pixel) in original.enumerate_pixels_mut() {
        let (x, y) = (x as f32 - 149.5, y as f32 - 149.5);
        if x.hypot(y) < 20.0 {
            *pixel = Rgba([0; 4]);
        }
        if (x + 130.0).hypot(y + 130.0) < 8.0 {
            *pixel = Rgba([0, 0, 0, 255]);
        }
    }
    let mut finish = Finish::default();
    finish.cutout.fill_holes = true;
    finish.cutout.drop_islands = true;
    let image = finished(&original, &finish, 300);
    assert_eq!(image.get_pixel(20, 20).0[3], 0);
    let [red, green, blue, alpha] = image.get_pixel(150, 150).0;
    assert!(alpha == 255 && red.abs_diff(200) < 6 && green.abs_diff(40) < 6 && blue.abs_diff(40) < 6);
}

#[test]
fn strokes_add_and_erase_and_taking_the_last_one_back_gives_what_was_before() {
    let original = disc(300, 90.0, [200, 40, 40]);
    let backdrop = RgbImage::from_fn(300, 300, |x, _| image::Rgb(if x < 150 { [10, 90, 10] } else { [90, 10, 90] }));
    let mut finisher = Finisher::new(Source::of(original).with_backdrop(backdrop));
    let mut fonts = Fonts::bundled();
    let stroke = |mode: BrushMode, x: f32| Stroke {
        brush: Brush { mode, size: 0.1, softness: 0.0, keeps_to_edges: false },
        points: vec![[x, 0.45, 1.0], [x, 0.55, 1.0]],
    };
    let mut finish = Finish::default();
    finish.cutout.strokes.push(stroke(BrushMode::Erase, 0.5));
    let erased = finisher.render(&finish, 300, &mut fonts).unwrap();
    assert_eq!(erased.get_pixel(150, 150).0[3], 0);
    finish.cutout.strokes.push(stroke(BrushMode::Add, 0.12));
    let added = finisher.render(&finish, 300, &mut fonts).unwrap();
    assert_eq!(added.get_pixel(36, 150).0, [10, 90, 10, 255], "what is added comes from the picture with background");
    finish.cutout.strokes.pop();
    assert_eq!(finisher.render(&finish, 300, &mut fonts).unwrap(), erased);
    finish.cutout.strokes.clear();
    assert!(finish.is_plain());
}

#[test]
fn a_clean_edge_loses_the_colour_of_the_old_background() {
    let middle = 149.5;
    let original = RgbaImage::from_fn(300, 300, |x, y| {
        let depth = 90.0 - (x as f32 - middle).hypot(y as f32 - middle);
        let covered = (depth / 3.0 + 0.5).clamp(0.0, 1.0);
        // Green shines through as the edge gets fainter.
        let mixed = |own: f32, other: f32| (own * covered + other * (1.0 - covered)) as u8;
        Rgba([mixed(220.0, 0.0), mixed(170.0, 255.0), mixed(150.0, 0.0), (covered * 255.0) as u8])
    });
    let greenest = |finish: &Finish| {
        let image = finished(&original, finish, 300);
        image.pixels().filter(|pixel| pixel.0[3] > 40).map(|pixel| i32::from(pixel.0[1]) - i32::from(pixel.0[0])).max()
    };
    assert!(greenest(&lined(0.002)).unwrap() > 0);
    let mut clean = lined(0.002);
    clean.cutout.defringe = 1.0;
    assert!(greenest(&clean).unwrap() < 10, "{:?}", greenest(&clean));
}

#[test]
fn a_person_is_cut_out_where_the_network_found_one() {
    let original = RgbaImage::from_pixel(200, 200, Rgba([10, 20, 30, 255]));
    let person = image::GrayImage::from_fn(200, 200, |x, _| image::Luma([if x < 100 { 255 } else { 0 }]));
    let mut finish = Finish::default();
    finish.cutout.person = true;
    finish.placement.margin = 0.0;
    let mut finisher = Finisher::new(Source::of(original).with_person(person));
    let image = finisher.render(&finish, 200, &mut Fonts::bundled()).unwrap();
    let solid = image.pixels().filter(|pixel| pixel.0[3] > 127).count();
    assert!(solid.abs_diff(20_000) < 1500, "{solid}");
}

#[test]
fn the_same_recipe_gives_the_same_bytes_however_it_was_come_by() {
    let original = disc(300, 120.0, [200, 140, 40]);
    let mut last = PRESETS[3].finish();
    last.caption.text = "Same again".to_owned();
    let mut finisher = Finisher::new(Source::of(original.clone()));
    let mut fonts = Fonts::bundled();
    for preset in PRESETS {
        finisher.render(&preset.finish(), 256, &mut fonts).unwrap();
        finisher.render(&preset.finish(), 100, &mut fonts).unwrap();
    }
    let reached = finisher.render(&last, 256, &mut fonts).unwrap();
    assert_eq!(reached, finished(&original, &last, 256));
    assert_eq!(*finisher.source.original, original, "the original is never changed");
}

#[test]
fn words_are_drawn_within_the_margin_and_become_smaller_when_they_are_long() {
    for text in ["Hi!", "A rather long caption that has to go over several lines", "Donaudampfschifffahrtsgesellschaft"]
    {
        for bubble in Bubble::ALL {
            for turn in [0.0, 25.0] {
                let mut finish = lined(0.02);
                finish.caption = Caption { text: text.to_owned(), bubble, turn, size: 0.2, ..Caption::default() };
                let image = finished(&disc(256, 60.0, [200, 40, 40]), &finish, 256);
                assert!(edges_are_clear(&image), "{text} {bubble:?} {turn}");
                let dark = image
                    .pixels()
                    .filter(|pixel| pixel.0[3] > 200 && pixel.0[..3].iter().all(|value| *value < 90))
                    .count();
                assert!(dark > 50, "{text} {bubble:?} {turn}: {dark} dark pixels");
            }
        }
    }
}

#[test]
fn what_no_font_has_is_named_and_nothing_is_drawn() {
    let mut finish = lined(0.02);
    finish.caption.text = "Hallo \u{10FFFD}\u{10FFFD}, こ".to_owned();
    let mut finisher = Finisher::new(Source::of(disc(100, 30.0, [9; 3])));
    let error = finisher.render(&finish, 100, &mut Fonts::bundled()).unwrap_err();
    assert_eq!(error, FinishError::NoFont { characters: "\u{10FFFD}こ".to_owned() });
    assert!(error.to_string().contains('こ'));
}

#[test]
fn bundled_emoji_are_drawn_in_the_letters_colour() {
    let caption = Caption {
        text: "🎉".to_owned(),
        color_emoji: false,
        size: 0.3,
        color: Color([255, 0, 0]),
        ..Caption::default()
    };
    let finish = Finish { caption, ..Finish::default() };
    let image = finished(&disc(200, 40.0, [0, 0, 255]), &finish, 200);
    assert!(image.pixels().filter(|pixel| pixel.0 == [255, 0, 0, 255]).count() > 100);
}

/// Can these words be written with the fonts of this computer?
fn can_write(script: &str, words: &str) -> bool {
    support::needs(&format!("font for {script}"), Fonts::new().lay_out(words, 40.0, 1000.0, false).is_ok())
}

#[test]
fn words_in_other_scripts_are_written_with_a_font_of_this_computer() {
    for (script, words) in [
        ("Japanese", "こんにちは、世界"),
        ("Arabic", "مرحبا بالعالم"),
        ("Thai", "สวัสดีชาวโลก"),
        ("Korean", "안녕하세요"),
        ("Hindi", "नमस्ते दुनिया"),
        ("several scripts", "Hello مرحبا 世界"),
    ] {
        if !can_write(script, words) {
            continue;
        }
        let mut finish = lined(0.02);
        finish.caption = Caption { text: words.to_owned(), size: 0.16, ..Caption::default() };
        let original = disc(300, 60.0, [250, 240, 230]);
        let image = Finisher::new(Source::of(original)).render(&finish, 300, &mut Fonts::new()).unwrap();
        let dark = image.pixels().filter(|pixel| pixel.0[3] > 200 && pixel.0[..3].iter().all(|value| *value < 90));
        let dark = dark.count();
        assert!(dark > 300, "{script}: {dark} dark pixels");
        assert!(edges_are_clear(&image), "{script}");
    }
}

#[test]
fn arabic_runs_from_right_to_left_and_its_letters_join() {
    if !can_write("Arabic", "مرحبا") {
        return;
    }
    let mut fonts = Fonts::new();
    let mut glyphs = |words: &str| -> Vec<(u32, f32)> {
        let layout = fonts.lay_out(words, 40.0, 1000.0, false).unwrap();
        assert!(layout.is_rtl(), "{words}");
        let items: Vec<_> = layout.lines().flat_map(|line| line.items().collect::<Vec<_>>()).collect();
        let of_run = |item: &parley::PositionedLayoutItem<'_, ()>| match item {
            parley::PositionedLayoutItem::GlyphRun(run) => {
                run.positioned_glyphs().map(|glyph| (glyph.id, glyph.x)).collect::<Vec<_>>()
            }
            parley::PositionedLayoutItem::InlineBox(_) => Vec::new(),
        };
        items.iter().flat_map(of_run).collect()
    };
    let (alone, joined) = (glyphs("ب"), glyphs("ببب"));
    assert!(joined.iter().all(|(id, _)| *id != alone[0].0), "letters within a word have other shapes than alone");
    // Alef, which stands first, is written at the right of lam, which follows it.
    let (alef, word) = (glyphs("ا")[0].0, glyphs("ال"));
    let place = |id: u32| word.iter().find(|(own, _)| *own == id).map(|(_, x)| *x);
    let others = word.iter().filter(|(own, _)| *own != alef).map(|(_, x)| *x).fold(f32::NEG_INFINITY, f32::max);
    assert!(place(alef).is_some_and(|x| x > others), "{word:?}");
}

#[test]
fn thai_marks_stand_over_their_letters_and_long_words_break_between_words() {
    if !can_write("Thai", "สวัสดี") {
        return;
    }
    let mut fonts = Fonts::new();
    let mut width = |words: &str| fonts.lay_out(words, 40.0, 10_000.0, false).unwrap().width();
    assert!((width("ดี") - width("ด")).abs() < 1.0, "a vowel above its letter takes no room of its own");
    let long = "ภาษาไทยเป็นภาษาที่สวยงามมาก";
    let whole = width(long);
    let layout = fonts.lay_out(long, 40.0, whole * 0.6, false).unwrap();
    assert!(layout.len() >= 2, "{} lines", layout.len());
    let first = layout.get(0).map(|line| line.text_range().end).unwrap();
    // Between two of its words, not after any letter.
    let breaks = ["ภาษา", "ไทย", "เป็น", "ภาษา", "ที่", "สวยงาม", "มาก"];
    let ends: Vec<usize> = breaks
        .iter()
        .scan(0, |end, word| {
            *end += word.len();
            Some(*end)
        })
        .collect();
    assert!(ends.contains(&first), "{first} is none of {ends:?}");
}

#[test]
fn emoji_have_their_colours_where_this_computer_has_such_a_font() {
    let caption = Caption { text: "🎉".to_owned(), size: 0.4, ..Caption::default() };
    let finish = Finish { caption, ..Finish::default() };
    let grey = disc(200, 30.0, [128, 128, 128]);
    let image = Finisher::new(Source::of(grey)).render(&finish, 200, &mut Fonts::new()).unwrap();
    let colourful = |pixel: &&Rgba<u8>| {
        let [red, green, blue, alpha] = pixel.0;
        alpha > 200 && red.max(green).max(blue) - red.min(green).min(blue) > 80
    };
    let count = image.pixels().filter(colourful).count();
    if support::needs("font with emoji in colour", count > 0) {
        assert!(count > 200, "{count} colourful pixels");
    }
}
