//! Numbers in rows: planes, blurs, distances, directions, shapes and colours.

pub(super) mod colour;
pub(super) mod component;
pub(super) mod distance;
pub(super) mod filter;
pub(super) mod flow;
pub(super) mod geometry;
pub(super) mod noise;
pub(super) mod plane;
pub(super) mod resample;
pub(super) mod smoothing;
