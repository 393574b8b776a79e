//! Decodes untrusted pictures within limits, upright, in sRGB; resizes; encodes; reads and writes PNG text; tells a whole file from a cut one.
