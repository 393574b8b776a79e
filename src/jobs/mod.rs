//! Moves requests through their states, never pays twice, survives restarts.
