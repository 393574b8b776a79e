//! Why nothing can be made now, and what opens in place of a run.

use crate::model::Finding;

/// Why nothing can be made now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blocked {
    /// The program could not be opened whole.
    NotReady,
    /// It is being opened.
    Opening,
    /// There is no photo.
    NoPhoto,
    /// The photo is being read and looked at.
    Reading,
    /// It is being turned.
    Turning,
    /// It shows no face.
    NoFace,
    /// Its face is too small.
    FaceTooSmall,
    /// There is no key for the hosted engine.
    NoKey,
    /// It would go above the month's budget.
    OverBudget,
    /// The values of the sweep make no grid.
    NoGrid,
    /// What the library has of the sweep is being looked up.
    Looking,
    /// Every cell of the sweep is there.
    AllThere,
    /// There is no word for an expression.
    NoWords,
}

/// What opens in place of a run that is blocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WayOn {
    /// The dialog for the key.
    Key,
    /// The budget, in the settings.
    Budget,
    /// The dialog for another photo.
    Photo,
}

impl Blocked {
    /// In two words, for the ticket.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::NotReady => "not ready",
            Self::Opening => "opening",
            Self::NoPhoto => "no photo",
            Self::Reading => "reading",
            Self::Turning => "turning",
            Self::NoFace => "no face",
            Self::FaceTooSmall => "too small",
            Self::NoKey => "no key",
            Self::OverBudget => "over budget",
            Self::NoGrid => "no grid",
            Self::Looking => "looking",
            Self::AllThere => "all there",
            Self::NoWords => "no words",
        }
    }

    /// What opens when its ticket is pressed; nothing for what only takes a while, or is mended where one is.
    pub(super) const fn way_on(self) -> Option<WayOn> {
        match self {
            Self::NoKey => Some(WayOn::Key),
            Self::OverBudget => Some(WayOn::Budget),
            Self::NoPhoto | Self::NoFace | Self::FaceTooSmall => Some(WayOn::Photo),
            Self::NotReady
            | Self::Opening
            | Self::Reading
            | Self::Turning
            | Self::NoGrid
            | Self::Looking
            | Self::AllThere
            | Self::NoWords => None,
        }
    }

    /// What a finding forbids.
    pub(super) const fn by(finding: Finding) -> Self {
        match finding {
            Finding::FaceTooSmall { .. } => Self::FaceTooSmall,
            _ => Self::NoFace,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_person_can_mend_elsewhere_opens_the_way_there() {
        for (blocked, way) in [
            (Blocked::NoKey, Some(WayOn::Key)),
            (Blocked::OverBudget, Some(WayOn::Budget)),
            (Blocked::NoPhoto, Some(WayOn::Photo)),
            (Blocked::FaceTooSmall, Some(WayOn::Photo)),
            (Blocked::Reading, None),
            (Blocked::AllThere, None),
        ] {
            assert_eq!(blocked.way_on(), way, "{}", blocked.words());
        }
    }
}
