//! A window without a screen, with our fonts, icons and themes.

use egui::{Theme, Ui, UiBuilder, Vec2};
use egui_kittest::Harness;
use sticker_booth::ui::action::Action;

/// What a test looks at: the actions that were pushed, and whatever a panel remembers.
pub(crate) struct Asked<P> {
    /// Every action since the test looked last.
    pub(crate) actions: Vec<Action>,
    /// The panel under test.
    pub(crate) panel: P,
}

impl<P> Asked<P> {
    /// The actions so far, and forgets them.
    pub(crate) fn take(&mut self) -> Vec<Action> {
        std::mem::take(&mut self.actions)
    }

    /// The actions so far in words, to compare with what was expected.
    pub(crate) fn words(&mut self) -> Vec<String> {
        self.take().iter().map(|action| format!("{action:?}")).collect()
    }
}

/// A dark window of this size that draws with `draw`.
pub(crate) fn window<'a, P: 'a>(
    size: Vec2,
    panel: P,
    mut draw: impl FnMut(&mut Ui, &mut P, &mut Vec<Action>) + 'a,
) -> Harness<'a, Asked<P>> {
    Harness::builder()
        .with_size(size)
        .with_theme(Theme::Dark)
        .with_max_steps(40)
        .with_step_dt(0.05)
        .with_context_setup(sticker_booth::ui::install)
        .build_ui_state(
            move |ui, asked: &mut Asked<P>| {
                whole(ui, |ui| draw(ui, &mut asked.panel, &mut asked.actions));
            },
            Asked { actions: Vec::new(), panel },
        )
}

/// Draws over the whole window; the harness itself leaves a margin.
pub(crate) fn whole<R>(ui: &mut Ui, draw: impl FnOnce(&mut Ui) -> R) -> R {
    let window = ui.ctx().content_rect();
    let mut child = ui.new_child(UiBuilder::new().max_rect(window));
    child.set_clip_rect(window);
    draw(&mut child)
}
