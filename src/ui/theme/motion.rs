//! How long movements take. Hover, press, selection and whatever the hand drags are instant.

use egui::{Context, Id};

/// A movement, by what it tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// A knob flips: 80 ms.
    Quick,
    /// A section, panel or popup opens or folds: 120 ms.
    Panel,
    /// A toast or a short fact comes in: 160 ms.
    Arrive,
    /// A bar moves to a newly reported share: 240 ms.
    Progress,
}

impl Motion {
    /// Seconds it takes when the person has nothing against motion.
    pub const fn usual(self) -> f32 {
        match self {
            Self::Quick => 0.08,
            Self::Panel => 0.12,
            Self::Arrive => 0.16,
            Self::Progress => 0.24,
        }
    }

    /// Seconds it takes in this window: none when the person wants no motion.
    pub fn seconds(self, ctx: &Context) -> f32 {
        if ctx.global_style().animation_time > 0.0 { self.usual() } else { 0.0 }
    }

    /// How far something has come in since it was first shown, 0 to 1; what was away for a frame comes in anew.
    pub fn arrived(self, ctx: &Context, id: Id) -> f32 {
        let (now, frame) = (ctx.input(|input| input.time), ctx.cumulative_frame_nr());
        let seen = ctx.data(|data| data.get_temp::<Seen>(id)).filter(|seen| seen.frame + 1 >= frame);
        let since = seen.map_or(now, |seen| seen.since);
        ctx.data_mut(|data| data.insert_temp(id, Seen { since, frame }));
        let seconds = self.seconds(ctx);
        let share = if seconds > 0.0 { ((now - since) as f32 / seconds).clamp(0.0, 1.0) } else { 1.0 };
        if share < 1.0 {
            ctx.request_repaint();
        }
        // Fast at first, then it settles.
        1.0 - (1.0 - share).powi(3)
    }
}

/// Since when something has been shown, and the last frame that did.
#[derive(Clone, Copy)]
struct Seen {
    since: f64,
    frame: u64,
}

#[cfg(test)]
mod tests {
    use egui::RawInput;

    use super::*;

    /// How far it has come at each of these moments.
    fn arrivals(ctx: &Context, moments: &[f64]) -> Vec<f32> {
        moments
            .iter()
            .map(|time| {
                let mut share = 0.0;
                let input = RawInput { time: Some(*time), ..RawInput::default() };
                let output = ctx.run_ui(input, |ui| share = Motion::Arrive.arrived(ui.ctx(), Id::unique("toast")));
                output.drop_without_applying_deltas();
                share
            })
            .collect()
    }

    #[test]
    fn what_arrives_is_there_after_its_time() {
        let shares = arrivals(&Context::default(), &[1.0, 1.08, 1.16]);
        assert_eq!(shares[0], 0.0);
        assert!(shares[1] > 0.5 && shares[1] < 1.0, "{shares:?}");
        assert_eq!(shares[2], 1.0);
    }

    #[test]
    fn without_motion_everything_is_there_at_once() {
        let ctx = Context::default();
        ctx.all_styles_mut(|style| style.animation_time = 0.0);
        assert_eq!(arrivals(&ctx, &[1.0]), [1.0]);
        for motion in [Motion::Quick, Motion::Panel, Motion::Arrive, Motion::Progress] {
            assert_eq!(motion.seconds(&ctx), 0.0);
        }
    }
}
