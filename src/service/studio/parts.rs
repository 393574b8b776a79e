//! What a studio may be built of instead of this computer's own: for tests and benches.

use std::sync::Arc;

use crate::engine::StickerEngine;
use crate::keys::KeysOptions;
use crate::platform::Clock;

/// Parts that take the place of this computer's own.
#[derive(Default)]
pub struct Parts {
    /// Where secrets are, instead of the keychain and the environment. The studio's waker takes the place of its own.
    pub keys: Option<KeysOptions>,
    /// What makes stickers on this computer, instead of the built-in engine.
    pub engine: Option<Arc<dyn StickerEngine>>,
    /// What jobs and photos at hosts go by, instead of the computer's clock.
    pub clock: Option<Clock>,
}
