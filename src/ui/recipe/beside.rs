//! Beside the photo: its name, size and face, what is sent of it, what a check found, and ways to another one.

use egui::{Align, Rect, Ui, Vec2, pos2, vec2};

use crate::action::{Action, Asks as _, Command, PhotoAction};
use crate::icons::{self, Icon};
use crate::theme::{self, Type, size};
use crate::view::{FaceState, PhotoRemark, PhotoView, Weight};
use crate::widgets::button::icon_label;
use crate::widgets::{Button, Cut, IconButton, menu, text};
use model::Remedy;

/// No photo yet.
pub(super) fn empty(ui: &mut Ui, column: Rect, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let corner = column.min;
    text::paragraph(ui, corner, column.width(), 3, "A photo of a face", Type::Control, tokens.text);
    let hint = "Pick or paste one.";
    text::paragraph(ui, corner + vec2(0.0, 20.0), column.width(), 3, hint, Type::Label, tokens.text_muted);
    foot(ui, column, pick("Pick a photo…"), None, actions);
}

/// The photo could not be used: what happened, and another one.
pub(super) fn trouble(ui: &mut Ui, column: Rect, error: &str, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let rows = ((column.height() - 64.0) / 16.0).max(2.0) as usize;
    text::paragraph(ui, column.min, column.width(), rows, error, Type::Label, tokens.danger);
    foot(ui, column, pick("Pick another…"), None, actions);
}

/// A photo that can be used, and what is known about it.
pub(super) fn ui(ui: &mut Ui, rect: Rect, compact: bool, photo: &PhotoView<'_>, actions: &mut Vec<Action>) {
    // With several faces the button is always the same one, whatever is found about the face that it brings.
    let several = photo.faces.len() > 1;
    let first = match &photo.remark {
        _ if several => way(Remedy::PickFace, photo),
        Some(remark) => way(remark.way, photo),
        None if photo.is_sample => pick("Pick a photo…"),
        None => pick("Replace…"),
    };
    foot(ui, rect, first, Some(photo), actions);
    let mut cut = Cut(rect);
    if let Some(remark) = &photo.remark {
        cut.bottom(if is_low(rect) { 2.0 * size::CONTROL + 5.0 } else { 60.0 });
        // In a low column there is no room for it; the menu and the icons have each of them too.
        let own_way = several && remark.way != Remedy::PickFace && !is_low(rect);
        let own_way = own_way.then(|| way(remark.way, photo));
        self::remark(ui, cut.rest(), remark, own_way, actions);
        return;
    }
    facts(ui, cut, compact, photo);
}

fn facts(ui: &mut Ui, mut cut: Cut, compact: bool, photo: &PhotoView<'_>) {
    let tokens = theme::of(ui);
    let name = if photo.is_sample { "Sample portrait" } else { photo.name };
    text::label(ui, cut.top(16.0), Align::Min, name, Type::Control, tokens.text);
    cut.top(if compact { 3.0 } else { 4.0 });
    let pixels = format!("{} × {} px", photo.size.0, photo.size.1);
    text::label(ui, cut.top(16.0), Align::Min, &pixels, Type::Label, tokens.text_muted);
    cut.top(if compact { 4.0 } else { 12.0 });
    let (icon, tint, words) = match photo.face {
        FaceState::Looking => (icons::FACE, tokens.text_muted, "Looking for a face".to_owned()),
        FaceState::None => (icons::FACE_OFF, tokens.danger, "No face found".to_owned()),
        FaceState::Found(_) if photo.faces.len() <= 1 => (icons::FACE, tokens.ok, "Face found".to_owned()),
        FaceState::Found(index) => (icons::FACE, tokens.ok, format!("Face {} of {}", index + 1, photo.faces.len())),
    };
    icon_label(ui, cut.top(16.0), icon, size::ICON, &words, tint, tokens.text_secondary);
    if compact {
        return;
    }
    cut.top(4.0);
    let sent = &photo.sent;
    let (icon, words) = if sent.as_linked {
        (icons::LINK, "Sent as linked".to_owned())
    } else {
        (icons::CROP, format!("{} × {}", sent.size.0, sent.size.1))
    };
    icon_label(ui, cut.top(16.0), icon, size::ICON, &words, tokens.text_secondary, tokens.text_secondary);
    cut.left(size::ICON + 6.0);
    let (words, color) = match sent.error {
        Some(error) => (error.to_owned(), tokens.danger),
        None => (sent.bytes_words(), tokens.text_muted),
    };
    text::label(ui, cut.top(16.0), Align::Min, &words, Type::Label, color).on_hover_text(sent.words());
}

/// What a check found before anything is paid; its way out is a link where the button below is another.
fn remark(ui: &mut Ui, rect: Rect, remark: &PhotoRemark<'_>, own_way: Option<Foot>, actions: &mut Vec<Action>) {
    let tokens = theme::of(ui);
    let color = match remark.weight {
        Weight::Forbids => tokens.danger,
        Weight::Advises => tokens.money,
        Weight::Notes => tokens.text,
    };
    let links = u8::from(remark.can_override) + u8::from(own_way.is_some());
    let link = size::CONTROL * f32::from(links);
    let rows = ((rect.height() - link) / 16.0).clamp(1.0, 3.0) as usize;
    let head = text::paragraph(ui, rect.min, rect.width(), rows, remark.head, Type::Control, color);
    let below = pos2(rect.left(), head.rect.bottom() + 2.0);
    let rows = ((rect.bottom() - below.y - link) / 16.0).max(0.0) as usize;
    let mut bottom = if rows == 0 {
        let bottom = head.rect.bottom();
        head.on_hover_text(remark.sentence);
        bottom
    } else {
        let color = tokens.text_secondary;
        text::paragraph(ui, below, rect.width(), rows, remark.sentence, Type::Label, color).rect.bottom()
    };
    if let Some((words, _, tooltip, action)) = own_way {
        let button = Button::link(words).small();
        let size = vec2(button.width(ui), size::CONTROL);
        let place = Rect::from_min_size(pos2(rect.left() - 2.0, bottom), size);
        button.put(ui, place).on_hover_text(tooltip).asks(actions, action);
        bottom = place.bottom();
    }
    if remark.can_override {
        let words = if remark.weight == Weight::Notes { "All right" } else { "Use it anyway" };
        let button = Button::link(words).small();
        let size = vec2(button.width(ui), size::CONTROL);
        let place = Rect::from_min_size(pos2(rect.left() - 2.0, bottom), size);
        button.put(ui, place).asks(actions, PhotoAction::UseAnyway);
    }
}

/// The button at the foot of the column: its words, icon, tooltip, and what it asks for.
type Foot = (&'static str, Icon, String, Action);

fn pick(words: &'static str) -> Foot {
    (words, icons::PHOTO, Command::PickPhoto.tooltip(), Command::PickPhoto.into())
}

/// The way out that a remark offers.
fn way(way: Remedy, photo: &PhotoView<'_>) -> Foot {
    match way {
        Remedy::ChooseAnother => pick("Pick another…"),
        Remedy::AddPadding => ("Add padding", icons::PAD, Command::AddPadding.tooltip(), Command::AddPadding.into()),
        Remedy::Turn { quarter_turns: turns } => (
            "Turn upright",
            icons::REDO,
            "Turns the photo so that the face is upright.".to_owned(),
            Action::Photo(PhotoAction::Turn(turns)),
        ),
        Remedy::PickFace => {
            let next = match photo.face {
                FaceState::Found(index) => (index + 1) % photo.faces.len().max(1),
                FaceState::Looking | FaceState::None => 0,
            };
            ("Next face", icons::FACE, "Draws the next face.".to_owned(), Action::Photo(PhotoAction::ChooseFace(next)))
        }
        Remedy::Crop if photo.is_cropping => {
            (Command::ResetCrop.label(), icons::RESET, Command::ResetCrop.tooltip(), Command::ResetCrop.into())
        }
        Remedy::Crop => {
            (Command::CropPhoto.label(), icons::CROP, Command::CropPhoto.tooltip(), Command::CropPhoto.into())
        }
    }
}

/// Is the column as low as in a low window? Then there is no room for more than what has to be there.
fn is_low(column: Rect) -> bool {
    column.height() < 120.0
}

/// At the foot of the column: a button, and other ways to a photo as icons.
fn foot(ui: &mut Ui, column: Rect, first: Foot, photo: Option<&PhotoView<'_>>, actions: &mut Vec<Action>) {
    let mut cut = Cut(column);
    let icons_row = cut.bottom(size::CONTROL);
    cut.bottom(if is_low(column) { 4.0 } else { 8.0 });
    let row = cut.bottom(size::CONTROL);
    let (words, icon, tooltip, action) = first;
    Button::new(words).icon(icon).small().put(ui, row).on_hover_text(tooltip).asks(actions, action);
    let pitch = (icons_row.width() - 24.0) / 3.0;
    let place = |index: usize| {
        let corner = pos2((icons_row.left() + pitch * index as f32).round(), icons_row.top());
        Rect::from_min_size(corner, Vec2::splat(24.0))
    };
    for (index, command) in [Command::Paste, Command::TypeLink].into_iter().enumerate() {
        crate::topbar::command_button(ui, place(index), command, true, actions);
    }
    let is_cropping = photo.is_some_and(|photo| photo.is_cropping);
    let tooltip = Command::CropPhoto.tooltip();
    let crop = IconButton::new(Command::CropPhoto.icon(), Command::CropPhoto.label()).tooltip(&tooltip);
    crop.on(is_cropping).enabled(photo.is_some()).put(ui, place(2)).asks(actions, Command::CropPhoto);
    let more = IconButton::new(icons::MORE, "More about the photo").put(ui, place(3));
    menu::below(&more, 220.0, |ui| {
        for command in [Command::PickPhoto, Command::RecentPhotos, Command::UseSample] {
            super::command_item(ui, command, actions);
        }
        menu::separator(ui);
        for command in [Command::AddPadding, Command::TurnPhoto, Command::ResetCrop] {
            if photo.is_some() {
                super::command_item(ui, command, actions);
            }
        }
        menu::separator(ui);
        for command in [Command::ChooseHost, Command::ShowUploads] {
            super::command_item(ui, command, actions);
        }
        if photo.is_some() {
            super::command_item(ui, Command::ForgetPhoto, actions);
        }
    });
}
