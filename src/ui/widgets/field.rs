//! Fields for text, and the border that all fields share.

use egui::text::{CCursor, CCursorRange, LayoutJob};
use egui::vec2;
use egui::{
    Align, Align2, Frame, Id, Margin, Rect, Response, Shape, Stroke, StrokeKind, TextEdit, Ui, layers::ShapeIdx,
};

use crate::icons::Icon;
use crate::theme::{self, Type, size};

/// How far text in a field is lifted, in points: egui sets it lower than the same text in its line height.
pub(super) const BASELINE: f32 = 0.5;

/// A border that is painted behind a field once its state is known.
pub(super) struct Border(ShapeIdx);

impl Border {
    /// Keeps a place in the paint order.
    pub(super) fn begin(ui: &Ui) -> Self {
        Self(ui.painter().add(Shape::Noop))
    }

    /// Paints fill and border there.
    #[expect(clippy::fn_params_excessive_bools, reason = "two looks that are independent of each other")]
    pub(super) fn end(self, ui: &Ui, rect: Rect, focused: bool, refused: bool, radius: f32) {
        let tokens = theme::of(ui);
        let line = if refused {
            tokens.danger
        } else if focused {
            tokens.accent
        } else {
            tokens.line_soft
        };
        let mut shapes = vec![Shape::Rect(egui::epaint::RectShape::new(
            rect,
            radius,
            tokens.bg_field,
            Stroke::new(1.0, line),
            StrokeKind::Inside,
        ))];
        if focused {
            let outer = Stroke::new(1.0, line);
            shapes.push(Shape::Rect(egui::epaint::RectShape::stroke(rect, radius, outer, StrokeKind::Outside)));
        }
        ui.painter().set(self.0, Shape::Vec(shapes));
    }
}

/// Selects everything in a field that has just got the focus.
pub(super) fn select_all(ui: &Ui, id: Id, text: &str) {
    let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    let all = CCursorRange::two(CCursor::default(), CCursor::new(text.chars().count()));
    state.cursor.set_char_range(Some(all));
    TextEdit::store_state(ui.ctx(), id, state);
}

/// A field for text.
#[must_use = "show it with `put`"]
pub struct TextField<'a> {
    name: &'a str,
    hint: &'a str,
    icon: Option<Icon>,
    prefix: Option<&'a str>,
    rows: usize,
    style: Type,
    password: bool,
    refused: bool,
    enabled: bool,
    selects_on_focus: bool,
}

/// What happened in a field.
pub struct FieldResponse {
    /// The field itself.
    pub response: Response,
    /// Enter was pressed in it.
    pub entered: bool,
}

impl<'a> TextField<'a> {
    /// A field of one line.
    pub const fn new(name: &'a str) -> Self {
        Self {
            name,
            hint: "",
            icon: None,
            prefix: None,
            rows: 1,
            style: Type::Label,
            password: false,
            refused: false,
            enabled: true,
            selects_on_focus: false,
        }
    }

    /// What an empty field says.
    pub const fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// An icon at its left.
    pub const fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// A quiet word at its left that is not part of the text.
    pub const fn prefix(mut self, prefix: &'a str) -> Self {
        self.prefix = Some(prefix);
        self
    }

    /// Several lines in this style.
    pub const fn rows(mut self, rows: usize, style: Type) -> Self {
        self.rows = rows;
        self.style = style;
        self
    }

    /// Shows dots instead of letters.
    pub const fn password(mut self) -> Self {
        self.password = true;
        self
    }

    /// Is what stands in it not allowed?
    pub const fn refused(mut self, refused: bool) -> Self {
        self.refused = refused;
        self
    }

    /// May it be used?
    pub const fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// Selects all of it when it gets the focus.
    pub const fn selects_on_focus(mut self) -> Self {
        self.selects_on_focus = true;
        self
    }

    /// The id it will have in `ui`.
    pub fn id(&self, ui: &Ui) -> Id {
        ui.make_persistent_id(("field", self.name))
    }

    /// Shows it in `rect`, editing `text`.
    pub fn put(self, ui: &mut Ui, rect: Rect, text: &mut String) -> FieldResponse {
        let tokens = theme::of(ui);
        let id = self.id(ui);
        let border = Border::begin(ui);
        let mut inner = super::Cut(rect);
        inner.left(8.0);
        if let Some(icon) = self.icon {
            icon.paint(ui, inner.left(size::ICON), size::ICON_SMALL, tokens.text_secondary);
            inner.left(6.0);
        }
        if let Some(prefix) = self.prefix {
            let width = super::text::width(ui, prefix, Type::Label).ceil();
            super::text::paint(ui, inner.left(width), Align::Min, prefix, Type::Label, tokens.text_muted);
            inner.left(8.0);
        }
        inner.right(8.0);
        let inner = inner.rest();
        let response =
            if self.rows > 1 { self.multiline(ui, inner, id, text) } else { self.singleline(ui, inner, id, text) };
        let response = response.accessible_name(self.name);
        if self.selects_on_focus && response.gained_focus() {
            select_all(ui, id, text);
        }
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        border.end(ui, rect, response.has_focus(), self.refused, size::RADIUS);
        FieldResponse { response, entered }
    }

    fn singleline(&self, ui: &mut Ui, inner: Rect, id: Id, text: &mut String) -> Response {
        let tokens = theme::of(ui);
        let color = if self.enabled { tokens.text } else { tokens.text_disabled };
        let edit = TextEdit::singleline(text)
            .id(id)
            .font(self.style.font())
            .text_color(color)
            .interactive(self.enabled)
            .password(self.password)
            .hint_text(self.hint)
            .align(Align2::LEFT_CENTER)
            .frame(Frame::NONE.inner_margin(Margin::symmetric(0, 2)))
            .min_size(inner.size() - vec2(0.0, 4.0))
            .desired_width(inner.width());
        ui.place(inner.translate(vec2(0.0, -BASELINE)), edit)
    }

    fn multiline(&self, ui: &mut Ui, inner: Rect, id: Id, text: &mut String) -> Response {
        let (style, color) = (self.style, theme::of(ui).text);
        let mut layouter = |ui: &Ui, buffer: &dyn egui::TextBuffer, width: f32| {
            let mut job = LayoutJob::single_section(buffer.as_str().to_owned(), super::text::format(style, color));
            job.wrap.max_width = width;
            ui.painter().layout_job(job)
        };
        let edit = TextEdit::multiline(text)
            .id(id)
            .font(style.font())
            .interactive(self.enabled)
            .hint_text(self.hint)
            .layouter(&mut layouter)
            .desired_rows(self.rows)
            .frame(Frame::NONE.inner_margin(Margin::symmetric(0, 6)))
            .min_size(inner.size() - vec2(0.0, 12.0))
            .desired_width(inner.width());
        super::inside_clipped(ui, inner, ("field scroll", self.name), |ui| {
            egui::ScrollArea::vertical().max_height(inner.height()).show(ui, |ui| ui.add(edit)).inner
        })
    }
}
