//! Distances to the outline of a picture, exact to a fraction of a pixel.
//!
//! The outline is where alpha crosses one half, found between neighbouring pixels. For each pixel the nearest edge pixel
//! comes from the exact transform of Felzenszwalb and Huttenlocher (2012), here with the place and not only the distance;
//! the crossings around that place then give the distance itself, free of the steps of the pixel grid.

use rayon::prelude::*;

use super::layer::length;

/// Alpha at which a pixel is neither in nor out.
const HALF: f32 = 0.5;

/// Farther than any canvas is wide.
const FAR: f32 = 1e6;

/// No such pixel.
const NONE: u32 = u32::MAX;

/// Signed distances in pixels: negative inside.
pub(crate) struct Field {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) values: Vec<f32>,
}

/// Half of a crossing's piece of the outline, in pixels: as far as to the next crossing, or a little less.
const HALF_PIECE: f32 = 0.6;

/// The crossings of one edge pixel, at most one on each of its sides.
#[derive(Clone, Copy, Default)]
struct Crossings {
    points: [[f32; 2]; 4],
    count: u8,
    /// Across the outline, of length 1.
    normal: [f32; 2],
}

impl Crossings {
    /// The squared distance of a place from the nearest of the short pieces of the outline that lie at the crossings.
    #[inline]
    fn squared_distance(&self, x: f32, y: f32) -> f32 {
        let [across_x, across_y] = self.normal;
        let squared = |[at_x, at_y]: &[f32; 2]| {
            let (dx, dy) = (x - at_x, y - at_y);
            let across = dx * across_x + dy * across_y;
            let along = ((dx * across_y - dy * across_x).abs() - HALF_PIECE).max(0.0);
            across * across + along * along
        };
        self.points[..usize::from(self.count)].iter().map(squared).fold(f32::INFINITY, f32::min)
    }
}

impl Field {
    /// Of the picture with this alpha, 0 to 1, given by the place of a pixel in its rows.
    pub(crate) fn of((width, height): (u32, u32), alpha: impl Fn(usize) -> f32 + Send + Sync) -> Self {
        let (width, height) = (width as usize, height as usize);
        let alphas: Vec<f32> = (0..width * height).into_par_iter().with_min_len(8192).map(alpha).collect();
        let (seeds, crossings) = edge(&alphas, width, height);
        if crossings.is_empty() {
            return Self { width, height, values: vec![FAR; width * height] };
        }
        let rows = nearest_rows(&seeds, width, height);
        let mut values = vec![0.0; width * height];
        values.par_chunks_exact_mut(width).enumerate().for_each_init(
            || Envelope::new(width),
            |envelope, (y, row)| {
                envelope.of_row(&rows[y * width..][..width], y);
                let mut current = 0;
                for (x, value) in row.iter_mut().enumerate() {
                    while envelope.starts[current + 1] < x as f32 {
                        current += 1;
                    }
                    let column = envelope.columns[current] as usize;
                    let seed = [column, rows[y * width + column] as usize];
                    let distance = refined([x, y], seed, &seeds, &crossings, width, height);
                    *value = if alphas[y * width + x] > HALF { -distance } else { distance };
                }
            },
        );
        Self { width, height, values }
    }

    /// The distance at a place between pixels, whose centres are whole here; beyond the canvas that of its edge, and more.
    #[inline]
    pub(crate) fn at(&self, x: f32, y: f32) -> f32 {
        let (right, bottom) = ((self.width - 1) as f32, (self.height - 1) as f32);
        let (inside_x, inside_y) = (x.clamp(0.0, right), y.clamp(0.0, bottom));
        let (left, top) = (inside_x as usize, inside_y as usize);
        let (next_x, next_y) = ((left + 1).min(self.width - 1), (top + 1).min(self.height - 1));
        let (share_x, share_y) = (inside_x - left as f32, inside_y - top as f32);
        let row = |y: usize| {
            let (one, other) = (self.values[y * self.width + left], self.values[y * self.width + next_x]);
            one + (other - one) * share_x
        };
        let (above, below) = (row(top), row(next_y));
        let (beyond_x, beyond_y) = (x - inside_x, y - inside_y);
        above + (below - above) * share_y + length(beyond_x, beyond_y)
    }
}

/// The pixels inside that touch the outside, by their number in the list of crossings.
fn edge(alphas: &[f32], width: usize, height: usize) -> (Vec<u32>, Vec<Crossings>) {
    let mut seeds = vec![NONE; width * height];
    let mut crossings = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let index = y * width + x;
            let own = alphas[index];
            if own <= HALF {
                continue;
            }
            // What lies beyond the canvas is clear.
            let others = [
                (if x > 0 { alphas[index - 1] } else { 0.0 }, [-1.0, 0.0]),
                (if x + 1 < width { alphas[index + 1] } else { 0.0 }, [1.0, 0.0]),
                (if y > 0 { alphas[index - width] } else { 0.0 }, [0.0, -1.0]),
                (if y + 1 < height { alphas[index + width] } else { 0.0 }, [0.0, 1.0]),
            ];
            let mut found = Crossings::default();
            for (other, [dx, dy]) in others {
                if other <= HALF {
                    let share = (own - HALF) / (own - other);
                    found.points[usize::from(found.count)] = [x as f32 + dx * share, y as f32 + dy * share];
                    found.count += 1;
                }
            }
            if found.count > 0 {
                let alpha = |dx: isize, dy: isize| {
                    let (x, y) = (x as isize + dx, y as isize + dy);
                    let is_there = x >= 0 && y >= 0 && x < width as isize && y < height as isize;
                    if is_there { alphas[y as usize * width + x as usize] } else { 0.0 }
                };
                found.normal = normal(alpha);
                seeds[index] = crossings.len() as u32;
                crossings.push(found);
            }
        }
    }
    (seeds, crossings)
}

/// The direction in which alpha changes most (Sobel), of length 1.
fn normal(alpha: impl Fn(isize, isize) -> f32) -> [f32; 2] {
    let side = |x: isize| alpha(x, -1) + 2.0 * alpha(x, 0) + alpha(x, 1);
    let level = |y: isize| alpha(-1, y) + 2.0 * alpha(0, y) + alpha(1, y);
    let (x, y) = (side(1) - side(-1), level(1) - level(-1));
    let length = length(x, y);
    if length > 0.0 { [x / length, y / length] } else { [1.0, 0.0] }
}

/// For each pixel the row of the nearest seed in its column.
fn nearest_rows(seeds: &[u32], width: usize, height: usize) -> Vec<u32> {
    let mut rows = vec![NONE; width * height];
    let mut last = vec![NONE; width];
    for y in 0..height {
        for (x, last) in last.iter_mut().enumerate() {
            if seeds[y * width + x] != NONE {
                *last = y as u32;
            }
            rows[y * width + x] = *last;
        }
    }
    last.fill(NONE);
    for y in (0..height).rev() {
        for (x, last) in last.iter_mut().enumerate() {
            let index = y * width + x;
            if seeds[index] != NONE {
                *last = y as u32;
            }
            let (below, above) = (*last, rows[index]);
            if below != NONE && (above == NONE || below - (y as u32) < y as u32 - above) {
                rows[index] = below;
            }
        }
    }
    rows
}

/// Lower envelope of the parabolas that stand on the columns of a row.
struct Envelope {
    columns: Vec<u32>,
    starts: Vec<f32>,
}

impl Envelope {
    fn new(width: usize) -> Self {
        Self { columns: Vec::with_capacity(width), starts: Vec::with_capacity(width + 1) }
    }

    fn of_row(&mut self, rows: &[u32], y: usize) {
        self.columns.clear();
        self.starts.clear();
        let squared = |column: usize| (rows[column] as f32 - y as f32).powi(2);
        for (q, row) in rows.iter().enumerate() {
            if *row == NONE {
                continue;
            }
            let start = loop {
                let Some(&last) = self.columns.last() else { break f32::NEG_INFINITY };
                let (a, b) = (last as f32, q as f32);
                let start = ((squared(q) + b * b) - (squared(last as usize) + a * a)) / (2.0 * (b - a));
                if self.starts.last().is_some_and(|bound| start <= *bound) {
                    self.columns.pop();
                    self.starts.pop();
                    continue;
                }
                break start;
            };
            self.columns.push(q as u32);
            self.starts.push(start);
        }
        self.starts.push(f32::INFINITY);
    }
}

/// The distance from a pixel to the nearest crossing around a seed.
fn refined(
    [x, y]: [usize; 2],
    [seed_x, seed_y]: [usize; 2],
    seeds: &[u32],
    crossings: &[Crossings],
    width: usize,
    height: usize,
) -> f32 {
    let mut least = f32::INFINITY;
    for row in seed_y.saturating_sub(1)..=(seed_y + 1).min(height - 1) {
        for column in seed_x.saturating_sub(1)..=(seed_x + 1).min(width - 1) {
            let Some(crossings) = crossings.get(seeds[row * width + column] as usize) else { continue };
            least = least.min(crossings.squared_distance(x as f32, y as f32));
        }
    }
    least.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A disc whose edge pixels are as opaque as they are covered.
    fn disc(side: u32, radius: f32, centre: [f32; 2]) -> Field {
        Field::of((side, side), |index| {
            let (x, y) = ((index as u32 % side) as f32, (index as u32 / side) as f32);
            (radius - (x - centre[0]).hypot(y - centre[1]) + 0.5).clamp(0.0, 1.0)
        })
    }

    #[test]
    fn the_distance_to_a_disc_is_exact_to_half_a_pixel() {
        let centre = [60.3, 58.7];
        let field = disc(120, 30.4, centre);
        for y in 0..120 {
            for x in 0..120 {
                let expected = (x as f32 - centre[0]).hypot(y as f32 - centre[1]) - 30.4;
                let found = field.values[y * 120 + x];
                assert!((found - expected).abs() < 0.5, "{x} {y}: {found} for {expected}");
            }
        }
    }

    #[test]
    fn nothing_is_far_from_everything_and_what_fills_the_canvas_ends_at_its_edge() {
        assert!(Field::of((20, 10), |_| 0.0).values.iter().all(|&distance| distance > 1000.0));
        let full = Field::of((21, 11), |_| 1.0);
        assert!((full.at(10.0, 5.0) + 5.5).abs() < 0.01, "{}", full.at(10.0, 5.0));
        assert!((full.at(-3.0, 5.0) - 2.5).abs() < 0.01, "{}", full.at(-3.0, 5.0));
    }
}
