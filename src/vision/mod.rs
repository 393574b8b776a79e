//! The three networks: faces, landmarks, person.
