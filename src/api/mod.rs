//! Wire types, and the client of the two endpoints.
