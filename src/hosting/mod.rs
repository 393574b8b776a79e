//! Gives prepared bytes a URL, remembers where they went, takes them back.
