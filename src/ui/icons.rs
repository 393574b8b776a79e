//! The icons: SVG files with a label each, tinted with a token when drawn.

use egui::{Color32, Image, ImageSource, Rect, Ui, Vec2, load::Bytes};

/// One icon of the set.
#[derive(Clone, Copy, Debug)]
pub struct Icon {
    /// The URI egui caches it under.
    uri: &'static str,
    /// The SVG file.
    svg: &'static [u8],
    /// What it stands for, when nothing better is known.
    pub label: &'static str,
}

impl Icon {
    /// The source for egui's images.
    pub fn source(&self) -> ImageSource<'static> {
        ImageSource::Bytes { uri: self.uri.into(), bytes: Bytes::Static(self.svg) }
    }

    /// An image widget of this size in points, in this colour.
    pub fn image(&self, points: f32, tint: Color32) -> Image<'static> {
        Image::new(self.source()).fit_to_exact_size(Vec2::splat(points)).tint(tint).alt_text(self.label)
    }

    /// Paints it centred in `rect`, `points` big, on whole pixels so that its lines stay crisp.
    pub fn paint(&self, ui: &Ui, rect: Rect, points: f32, tint: Color32) {
        let pixel = 1.0 / ui.pixels_per_point();
        let corner = rect.center() - Vec2::splat(points / 2.0);
        let corner = egui::pos2((corner.x / pixel).round() * pixel, (corner.y / pixel).round() * pixel);
        self.image(points, tint).paint_at(ui, Rect::from_min_size(corner, Vec2::splat(points)));
    }
}

/// Declares the constants and the list of all of them.
macro_rules! icons {
    ($($constant:ident $file:literal $label:literal),+ $(,)?) => {
        $(
            #[doc = concat!($label, ".")]
            pub const $constant: Icon = Icon {
                uri: concat!("bytes://icons/", $file, ".svg"),
                svg: include_bytes!(concat!("../../assets/icons/", $file, ".svg")),
                label: $label,
            };
        )+

        /// Every icon.
        pub const ALL: &[Icon] = &[$($constant),+];
    };
}

icons! {
    CHEVRON_DOWN "chevron-down" "Open",
    CHEVRON_UP "chevron-up" "Close",
    CHEVRON_RIGHT "chevron-right" "Next",
    CHEVRON_LEFT "chevron-left" "Back",
    ARROW_UP "arrow-up" "Jump to the newest",
    ARROW_RIGHT "arrow-right" "From this value to that one",
    UNDO "undo" "Undo",
    REDO "redo" "Redo",
    PLUS "plus" "One more",
    MINUS "minus" "One less",
    CLOSE "close" "Close",
    CHECK "check" "Done",
    MORE "more" "More actions",
    GRIP "grip" "Drag to reorder",
    SWAP "swap" "Swap",
    COMPUTER "computer" "This computer",
    CLOUD "cloud" "Pixazo",
    CLOUD_OFF "cloud-off" "No connection",
    KEY "key" "Key",
    SETTINGS "settings" "Settings",
    HELP "help" "Help and shortcuts",
    RECEIPT "receipt" "Spend",
    TICKET "ticket" "Price",
    MOON "moon" "Dark theme",
    SUN "sun" "Light theme",
    PANEL_LEFT "panel-left" "Recipe panel",
    PANEL_RIGHT "panel-right" "Jobs panel",
    PHOTO "photo" "Photo",
    PASTE "paste" "Paste",
    LINK "link" "Link",
    CROP "crop" "Crop that is sent",
    PAD "pad" "Add padding around the face",
    FACE "face" "Face found",
    FACE_OFF "face-off" "No face found",
    UPLOAD "upload" "Where the photo goes",
    DICE "dice" "New random seed",
    LOCK "lock" "Seed is kept",
    UNLOCK "unlock" "Seed changes each time",
    HISTORY "history" "Recent seeds",
    RESET "reset" "Back to the default",
    SWEEP "sweep" "Sweep",
    EYE "eye" "What is sent",
    CODE "code" "Copy as text",
    COMPARE_SLIDER "compare-slider" "Compare with a slider",
    COMPARE_SIDES "compare-sides" "Compare side by side",
    COMPARE_ONION "compare-onion" "Compare as onion skin",
    COMPARE_FLICKER "compare-flicker" "Hold to compare",
    ZOOM_FIT "zoom-fit" "Fit",
    CHAT "chat" "Chat size",
    PEEK "peek" "Settings that differ",
    OUTLINE "outline" "Outline",
    SHADOW "shadow" "Soft shadow",
    TRANSFORM "transform" "Trim, scale and rotate",
    CAPTION "caption" "Caption",
    FILL_HOLES "fill-holes" "Fill holes",
    BRUSH "brush" "Brush",
    LOOKS "looks" "Looks",
    CUT "cut" "Cut line",
    STAR "star" "Star",
    STAR_FILLED "star-filled" "Starred",
    REJECT "reject" "Reject",
    TRASH "trash" "Move to the trash",
    SEARCH "search" "Search",
    SORT "sort" "Sort",
    GRID "grid" "Gallery",
    EXPAND "expand" "Gallery to full height",
    CUTOUT "cutout" "Cut-out",
    WITH_BACKGROUND "with-background" "With background",
    SAVE "save" "Save as",
    COPY "copy" "Copy",
    RENAME "rename" "Rename",
    FOLDER "folder" "Show in the file manager",
    EXPORT "export" "Export",
    PRINT "print" "Print and cut",
    SMILE "smile" "Emoji",
    PAUSE "pause" "Pause the queue",
    PLAY "play" "Go on",
    STOP "stop" "Stop waiting",
    CLOCK "clock" "Waiting",
    QUESTION "question" "May have been accepted",
    ALERT "alert" "Warning",
    FAIL "fail" "Failed",
    DONE "done" "Done",
    INFO "info" "Note",
    JOBS "jobs" "Jobs",
    MARK "mark" "Sticker Booth",
    MARK_LIGHT "mark-light" "Sticker Booth",
    GHOST "ghost" "Not made yet",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_has_a_label_and_is_an_svg() {
        for icon in ALL {
            assert!(!icon.label.is_empty(), "{}", icon.uri);
            assert!(icon.svg.starts_with(b"<svg"), "{}", icon.uri);
        }
    }

    #[test]
    fn no_two_icons_share_a_file() {
        let mut uris: Vec<&str> = ALL.iter().map(|icon| icon.uri).collect();
        uris.sort_unstable();
        uris.dedup();
        assert_eq!(uris.len(), ALL.len());
    }
}
