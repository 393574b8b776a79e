//! Parts of a cut-out: holes within it, islands beside it.

use image::RgbaImage;

/// From this alpha on a pixel hangs together with its neighbours.
const SEEN: u8 = 48;

/// From this alpha on a pixel belongs to the sticker.
const IN: u8 = 128;

/// No part yet.
const NONE: u32 = 0;

/// Numbers the connected parts of what `is_in` lets in, from 1 on. Corners connect when `corners` says so.
fn parts(width: usize, height: usize, corners: bool, is_in: impl Fn(usize) -> bool) -> (Vec<u32>, u32) {
    let mut numbers = vec![NONE; width * height];
    let mut count = 0;
    let mut open = Vec::new();
    for start in 0..numbers.len() {
        if numbers[start] != NONE || !is_in(start) {
            continue;
        }
        count += 1;
        numbers[start] = count;
        open.push(start);
        while let Some(index) = open.pop() {
            for next in neighbours(index, width, height, corners) {
                if numbers[next] == NONE && is_in(next) {
                    numbers[next] = count;
                    open.push(next);
                }
            }
        }
    }
    (numbers, count)
}

/// The pixels beside one.
fn neighbours(index: usize, width: usize, height: usize, corners: bool) -> impl Iterator<Item = usize> {
    const STEPS: [(isize, isize); 8] = [(-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, -1), (-1, 1), (1, 1)];
    let (x, y) = ((index % width) as isize, (index / width) as isize);
    STEPS[..if corners { 8 } else { 4 }].iter().filter_map(move |(dx, dy)| {
        let (x, y) = (x + dx, y + dy);
        let is_there = x >= 0 && y >= 0 && x < width as isize && y < height as isize;
        is_there.then(|| y as usize * width + x as usize)
    })
}

/// Clears everything that does not hang together with the largest part.
pub(crate) fn drop_islands(image: &mut RgbaImage) {
    let (width, height) = (image.width() as usize, image.height() as usize);
    let alphas: Vec<u8> = image.pixels().map(|pixel| pixel.0[3]).collect();
    let (numbers, count) = parts(width, height, true, |index| alphas[index] >= SEEN);
    let mut sizes = vec![0_usize; count as usize + 1];
    for (number, alpha) in numbers.iter().zip(&alphas) {
        sizes[*number as usize] += usize::from(*number != NONE && *alpha >= IN);
    }
    let largest =
        (1..=count).max_by_key(|number| (sizes[*number as usize], std::cmp::Reverse(*number))).unwrap_or(NONE);
    // The faint edge around the largest part stays with it.
    let near = |index: usize| numbers[index] == largest && largest != NONE;
    for (index, pixel) in image.pixels_mut().enumerate() {
        let stays = near(index) || (numbers[index] == NONE && neighbours(index, width, height, true).any(near));
        if !stays {
            pixel.0[3] = 0;
        }
    }
}

/// The pixels of holes and of their soft edges: what is clear and not connected to the outside.
pub(crate) fn holes(image: &RgbaImage) -> Vec<usize> {
    let (width, height) = (image.width() as usize, image.height() as usize);
    let alphas: Vec<u8> = image.pixels().map(|pixel| pixel.0[3]).collect();
    let (numbers, count) = parts(width, height, false, |index| alphas[index] < IN);
    let mut is_outside = vec![false; count as usize + 1];
    let edge = (0..width).flat_map(|x| [x, (height - 1) * width + x]);
    for index in edge.chain((0..height).flat_map(|y| [y * width, y * width + width - 1])) {
        is_outside[numbers[index] as usize] = true;
    }
    let mut open: Vec<usize> =
        (0..numbers.len()).filter(|index| numbers[*index] != NONE && !is_outside[numbers[*index] as usize]).collect();
    let mut is_taken = vec![false; numbers.len()];
    for index in &open {
        is_taken[*index] = true;
    }
    let mut found = open.clone();
    while let Some(index) = open.pop() {
        for next in neighbours(index, width, height, false) {
            if !is_taken[next] && alphas[next] >= IN && alphas[next] < u8::MAX {
                is_taken[next] = true;
                found.push(next);
                open.push(next);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use image::Rgba;

    use super::*;

    const PICTURE: [&str; 7] = [
        "..........", //
        ".#####.+#.",
        ".#+++#.##.",
        ".#+.+#....",
        ".#+++#....",
        ".#####....",
        "..........",
    ];

    /// `#` is solid, `+` is soft.
    fn picture() -> RgbaImage {
        RgbaImage::from_fn(10, 7, |x, y| {
            let alpha = match PICTURE[y as usize].as_bytes()[x as usize] {
                b'#' => 255,
                b'+' => 160,
                _ => 0,
            };
            Rgba([9, 9, 9, alpha])
        })
    }

    #[test]
    fn only_the_largest_part_stays() {
        let mut image = picture();
        drop_islands(&mut image);
        assert_eq!(image.get_pixel(8, 2).0[3], 0);
        assert_eq!(image.get_pixel(1, 1).0[3], 255);
    }

    #[test]
    fn a_hole_is_found_with_its_soft_edge_and_a_bay_is_none() {
        let mut found = holes(&picture());
        found.sort_unstable();
        let expected: Vec<usize> = (2..5).flat_map(|y| (2..5).map(move |x| y * 10 + x)).collect();
        assert_eq!(found, expected);
        let open =
            RgbaImage::from_fn(10, 7, |x, y| if (x, y) == (3, 5) { Rgba([0; 4]) } else { *picture().get_pixel(x, y) });
        let soft = RgbaImage::from_fn(10, 7, |x, y| {
            let pixel = *open.get_pixel(x, y);
            if pixel.0[3] == 160 { Rgba([0; 4]) } else { pixel }
        });
        assert!(holes(&soft).is_empty());
    }
}
