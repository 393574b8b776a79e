//! What is made at the first call and kept.

use std::sync::{Arc, OnceLock};

use super::StudioError;
use crate::vision::Networks;

/// What the cell holds; `make` fills it at the first call.
pub fn once<T>(cell: &OnceLock<T>, make: impl FnOnce() -> Result<T, StudioError>) -> Result<&T, StudioError> {
    if let Some(made) = cell.get() {
        return Ok(made);
    }
    let made = make()?;
    Ok(cell.get_or_init(|| made))
}

/// The networks, read at the first call.
pub(super) fn read_once(networks: &OnceLock<Arc<Networks>>) -> Result<&Arc<Networks>, StudioError> {
    once(networks, || Ok(Arc::new(Networks::load()?)))
}
