//! Cut lines as SVG in millimetres.

use super::{SPOT, Sheet};

/// The line's colour where a cutter asks for one; it is only a line, never filled.
const STROKE: &str = "#ff00ff";

/// A quarter of a point, in millimetres.
const HAIRLINE: f32 = 0.088;

/// The cut lines and marks of a sheet; one unit of the picture is one millimetre.
pub(super) fn write(sheet: &Sheet) -> String {
    let (width, height) = (sheet.options.paper.width, sheet.options.paper.height);
    let mut lines = vec![
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>".to_owned(),
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}mm\" height=\"{height}mm\" viewBox=\"0 0 {width} {height}\">"
        ),
    ];
    let marks = sheet.marks();
    if !marks.is_empty() {
        lines.push("<g id=\"RegistrationMarks\" fill=\"#000000\" stroke=\"none\">".to_owned());
        lines.extend(marks.iter().map(|[left, top, wide, high]| {
            format!("<rect x=\"{left:.3}\" y=\"{top:.3}\" width=\"{wide:.3}\" height=\"{high:.3}\"/>")
        }));
        lines.push("</g>".to_owned());
    }
    lines.push(format!("<g id=\"{SPOT}\" fill=\"none\" stroke=\"{STROKE}\" stroke-width=\"{HAIRLINE}\">"));
    lines.extend(sheet.cut_lines().iter().map(|points| {
        let path = points.iter().map(|[x, y]| format!("{x:.3},{y:.3}")).collect::<Vec<_>>().join(" L");
        format!("<path d=\"M{path} Z\"/>")
    }));
    lines.extend(["</g>", "</svg>", ""].map(str::to_owned));
    lines.join("\n")
}
