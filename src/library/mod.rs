//! Files, an index rebuildable from them, thumbnails.
