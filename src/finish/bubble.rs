//! The shapes that words stand in.

use vello_cpu::kurbo::{BezPath, Circle, Point, Rect, RoundedRect, Shape as _, Vec2};

use model::finish::Bubble;

/// Curves are followed to a tenth of a pixel.
const EXACT: f64 = 0.1;

/// Spikes of a shout.
const SPIKES: usize = 18;

/// How far the first and the second line of a spike reach, in halves of the box.
const SPIKE: [f64; 2] = [1.62, 1.24];

/// What a bubble is made of: its parts are joined, and have one line around all.
pub(crate) fn parts(kind: Bubble, words: Rect, size: f64, tail: Point) -> Vec<BezPath> {
    match kind {
        Bubble::None => Vec::new(),
        Bubble::Speech => speech(words, size, tail),
        Bubble::Thought => thought(words, size, tail),
        Bubble::Shout => vec![shout(words)],
    }
}

/// How far a bubble reaches beyond its words, in sizes of their letters and in halves of their box.
pub(crate) fn reach(kind: Bubble, words: Rect, size: f64) -> Vec2 {
    match kind {
        Bubble::None => Vec2::ZERO,
        Bubble::Speech => Vec2::new(0.55, 0.4) * size,
        Bubble::Thought => Vec2::new(0.95, 0.8) * size,
        Bubble::Shout => Vec2::new(words.width(), words.height()) / 2.0 * (SPIKE[0] - 1.0),
    }
}

fn speech(words: Rect, size: f64, tail: Point) -> Vec<BezPath> {
    let body = words.inflate(0.55 * size, 0.4 * size);
    let radius = (body.height() / 2.0).min(0.8 * size);
    let mut parts = vec![RoundedRect::from_rect(body, radius).to_path(EXACT)];
    if !body.contains(tail) {
        let middle = body.center();
        let towards = tail - middle;
        let across = Vec2::new(-towards.y, towards.x).normalize() * (0.36 * size).min(body.height() * 0.3);
        // From inside of the box, so that the two are one.
        let root = middle + towards * inside(body, towards) * 0.7;
        let mut path = BezPath::new();
        path.move_to(root + across);
        path.quad_to(root + across * 0.4 + (tail - root) * 0.5, tail);
        path.quad_to(root - across * 0.7 + (tail - root) * 0.5, root - across);
        path.close_path();
        parts.push(path);
    }
    parts
}

/// How far along a line from its middle a box reaches, as a share of the line.
fn inside(body: Rect, towards: Vec2) -> f64 {
    let share = |half: f64, along: f64| if along == 0.0 { f64::INFINITY } else { half / along.abs() };
    share(body.width() / 2.0, towards.x).min(share(body.height() / 2.0, towards.y)).min(1.0)
}

fn thought(words: Rect, size: f64, tail: Point) -> Vec<BezPath> {
    let body = words.inflate(0.45 * size, 0.3 * size);
    let mut parts = vec![RoundedRect::from_rect(body, 0.5 * size).to_path(EXACT)];
    let bump = 0.5 * size;
    let mut puff = |x: f64, y: f64| parts.push(Circle::new((x, y), bump).to_path(EXACT));
    let across = (body.width() / (1.25 * bump)).ceil().max(2.0);
    let down = (body.height() / (1.25 * bump)).ceil().max(2.0);
    for step in 0..=across as u32 {
        let x = body.x0 + body.width() * f64::from(step) / across;
        puff(x, body.y0);
        puff(x, body.y1);
    }
    for step in 1..down as u32 {
        let y = body.y0 + body.height() * f64::from(step) / down;
        puff(body.x0, y);
        puff(body.x1, y);
    }
    let outer = body.inflate(bump, bump);
    let towards = tail - outer.center();
    let start = inside(outer, towards);
    if start < 1.0 {
        for (share, radius) in [(0.18, 0.3), (0.52, 0.2), (0.82, 0.13)] {
            let at = outer.center() + towards * (start + (1.0 - start) * share);
            parts.push(Circle::new(at, radius * size).to_path(EXACT));
        }
    }
    parts
}

fn shout(words: Rect) -> BezPath {
    let middle = words.center();
    let half = Vec2::new(words.width(), words.height()) / 2.0;
    let mut path = BezPath::new();
    for corner in 0..2 * SPIKES {
        let angle = std::f64::consts::PI * (corner as f64 + 0.5) / SPIKES as f64;
        // Every other spike is a little shorter, as if drawn by hand.
        let uneven = if corner % 4 == 0 { 0.93 } else { 1.0 };
        let far = SPIKE[corner % 2] * if corner % 2 == 0 { uneven } else { 1.0 };
        // A box with round corners holds more words than an ellipse.
        let (sin, cos) = angle.sin_cos();
        let square = |value: f64| value.signum() * value.abs().powf(0.72);
        let point = middle + Vec2::new(half.x * square(cos), half.y * square(sin)) * far;
        if corner == 0 { path.move_to(point) } else { path.line_to(point) }
    }
    path.close_path();
    path
}
