//! Serves the engine on loopback through the wire types of `api`.
