//! Photos go where the person said, are fetched by a link that works, and are taken back.

mod answers;
mod bucket;
mod journey;
mod kills;
mod links;
mod world;
