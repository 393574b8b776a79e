//! From a picked file or link to exactly the pixels that will be sent; warns before paying.
