//! Words on a canvas, with the line around their letters and the bubble they stand in.

use parley::{Layout, PositionedLayoutItem};
use vello_cpu::kurbo::{Affine, BezPath, Join, Point, Rect, Stroke, Vec2};
use vello_cpu::peniko::color::{AlphaColor, Srgb};
use vello_cpu::{Glyph, Pixmap, RenderContext, Resources};

use model::finish::{Bubble, Caption, Color};

use super::contour::Field;
use super::layer::{Layer, inked, over};
use super::{FinishError, Fonts, bubble};

/// Words take no more than this share of the canvas' height.
const TALLEST: f32 = 0.6;

/// Words that do not fit are drawn smaller, by these steps, so many times at most.
const SMALLER: f32 = 0.88;
const TRIES: usize = 24;

/// A line holds letters this much smaller than itself.
const LETTERS_OF_LINE: f32 = 0.82;

/// The bubble's line, in sizes of the letters.
const BUBBLE_LINE: f64 = 0.09;

/// Words that were laid out, and where they go.
struct Words {
    layout: Layout<()>,
    size: f32,
    /// From the words' own upper left corner to the canvas.
    transform: Affine,
}

/// Draws a caption, all of it at least `room` pixels from the edges.
pub(crate) fn draw(caption: &Caption, size: (u32, u32), room: f32, fonts: &mut Fonts) -> Result<Layer, FinishError> {
    let words = lay_out(caption, size, room, fonts)?;
    let letters = words.drawn(size, caption.color);
    let mut layer = bubble_layer(caption, &words, size);
    let edge = caption.edge.drawn() * size.0.max(size.1) as f32;
    let field = (edge > 0.0).then(|| Field::of(size, |index| letters.alpha(index)));
    for (index, pixel) in layer.pixels.iter_mut().enumerate() {
        if let Some(field) = &field {
            let covered = (edge - field.values[index] + 0.5).clamp(0.0, 1.0);
            *pixel = over(inked(caption.edge.color, covered), *pixel);
        }
        *pixel = over(letters.pixels[index], *pixel);
    }
    Ok(layer)
}

/// Lays the words out as large as was asked for, or as large as fits.
fn lay_out(caption: &Caption, (width, height): (u32, u32), room: f32, fonts: &mut Fonts) -> Result<Words, FinishError> {
    let (width, height) = (width as f32, height as f32);
    let edge = caption.edge.drawn() * width.max(height);
    let text = caption.text.trim();
    let mut size = caption.size * LETTERS_OF_LINE * width.max(height);
    let mut tries = 0;
    loop {
        let free = [width - 2.0 * room, height - 2.0 * room].map(|free| free.max(8.0) - 2.0 * edge);
        let widest = free[0] / if caption.bubble == Bubble::None { 1.0 } else { 1.2 };
        let layout = fonts.lay_out(text, size, widest.max(8.0), caption.color_emoji)?;
        let own = Rect::new(0.0, 0.0, f64::from(layout.width()), f64::from(layout.height()));
        let reach = bubble::reach(caption.bubble, own, f64::from(size)) + Vec2::new(edge.into(), edge.into());
        let turn = f64::from(caption.turn).to_radians();
        let turned = Affine::rotate(turn).transform_rect_bbox((own.inflate(reach.x, reach.y)).with_origin((0.0, 0.0)));
        let fits = turned.width() <= f64::from(free[0] + 2.0 * edge) && own.height() <= f64::from(TALLEST * height);
        if fits || tries == TRIES {
            let within = |at: f32, edge: f32, own: f64| {
                let half = f64::from(room) + own / 2.0;
                let (least, most) = (half, f64::from(edge) - half);
                if least <= most { f64::from(at * edge).clamp(least, most) } else { f64::from(edge) / 2.0 }
            };
            let [x, y] = caption.at;
            let middle = Vec2::new(within(x, width, turned.width()), within(y, height, turned.height()));
            let transform =
                Affine::translate(middle) * Affine::rotate(turn) * Affine::translate(-own.center().to_vec2());
            return Ok(Words { layout, size, transform });
        }
        size *= SMALLER;
        tries += 1;
    }
}

impl Words {
    /// The letters, in this colour but for those that have their own.
    fn drawn(&self, size: (u32, u32), color: Color) -> Layer {
        let mut canvas = Canvas::new(size);
        canvas.context.set_transform(self.transform);
        canvas.context.set_paint(paint(color));
        for item in self.layout.lines().flat_map(|line| line.items().collect::<Vec<_>>()) {
            let PositionedLayoutItem::GlyphRun(run) = item else { continue };
            let glyphs = run.positioned_glyphs().map(|glyph| Glyph { id: glyph.id, x: glyph.x, y: glyph.y });
            canvas
                .context
                .glyph_run(&mut canvas.resources, run.run().font())
                .font_size(run.run().font_size())
                .hint(false)
                .normalized_coords(run.run().normalized_coords())
                .fill_glyphs(glyphs);
        }
        canvas.finish()
    }
}

/// The bubble, or nothing.
fn bubble_layer(caption: &Caption, words: &Words, size: (u32, u32)) -> Layer {
    if caption.bubble == Bubble::None {
        return Layer::clear(size);
    }
    let own = Rect::new(0.0, 0.0, f64::from(words.layout.width()), f64::from(words.layout.height()));
    let on_canvas = Point::new(f64::from(caption.tail[0] * size.0 as f32), f64::from(caption.tail[1] * size.1 as f32));
    let letters = f64::from(words.size);
    let parts = bubble::parts(caption.bubble, own, letters, words.transform.inverse() * on_canvas);
    let line = BUBBLE_LINE * letters;
    let mut canvas = Canvas::new(size);
    canvas.context.set_transform(words.transform);
    // The line of all parts first, then what is inside of any of them: so no line runs through the middle.
    canvas.context.set_stroke(Stroke::new(2.0 * line).with_join(Join::Round));
    canvas.context.set_paint(paint(caption.bubble_line));
    canvas.each(&parts, RenderContext::stroke_path);
    canvas.context.set_paint(paint(caption.bubble_fill));
    canvas.each(&parts, RenderContext::fill_path);
    canvas.finish()
}

/// What is drawn on.
struct Canvas {
    context: RenderContext,
    resources: Resources,
    size: (u16, u16),
}

impl Canvas {
    fn new((width, height): (u32, u32)) -> Self {
        let side = |edge: u32| u16::try_from(edge).unwrap_or(u16::MAX);
        let size = (side(width), side(height));
        Self { context: RenderContext::new(size.0, size.1), resources: Resources::new(), size }
    }

    fn each(&mut self, parts: &[BezPath], draw: impl Fn(&mut RenderContext, &BezPath)) {
        for part in parts {
            draw(&mut self.context, part);
        }
    }

    fn finish(mut self) -> Layer {
        let mut pixmap = Pixmap::new(self.size.0, self.size.1);
        self.context.flush();
        self.context.render(&mut pixmap, &mut self.resources);
        Layer::of_premultiplied(pixmap.data_as_u8_slice())
    }
}

fn paint(Color([red, green, blue]): Color) -> AlphaColor<Srgb> {
    AlphaColor::from_rgba8(red, green, blue, u8::MAX)
}
