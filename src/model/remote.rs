//! A value that comes from elsewhere, in each of the four states that it may be in.

/// Something that is fetched or worked out elsewhere; it keeps what was there before, so that nothing flickers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Remote<T> {
    /// Nobody asked for it.
    #[default]
    NotAsked,
    /// It is on its way.
    Loading {
        /// What was there before.
        previous: Option<T>,
    },
    /// It is here.
    Ready(T),
    /// It did not come.
    Failed {
        /// What was there before.
        previous: Option<T>,
        /// What happened, as a sentence.
        error: String,
    },
}

impl<T> Remote<T> {
    /// What there is to show, old or new.
    pub const fn shown(&self) -> Option<&T> {
        match self {
            Self::NotAsked => None,
            Self::Ready(value) => Some(value),
            Self::Loading { previous } | Self::Failed { previous, .. } => previous.as_ref(),
        }
    }

    /// Is it on its way?
    pub const fn is_loading(&self) -> bool {
        matches!(self, Self::Loading { .. })
    }

    /// What went wrong, if it did.
    pub fn error(&self) -> Option<&str> {
        match self {
            Self::Failed { error, .. } => Some(error),
            _ => None,
        }
    }

    /// The same with other content; `shown` is what there is to show of it.
    pub fn with<U>(&self, shown: Option<U>) -> Remote<U> {
        match self {
            Self::NotAsked => Remote::NotAsked,
            Self::Loading { .. } => Remote::Loading { previous: shown },
            Self::Ready(_) => shown.map_or(Remote::NotAsked, Remote::Ready),
            Self::Failed { error, .. } => Remote::Failed { previous: shown, error: error.clone() },
        }
    }
}
