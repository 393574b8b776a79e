//! Which points of the 468-point mesh lie where (MediaPipe's canonical face model).
//!
//! Right and left are the person's own. Closed outlines run once around; open lines run from the
//! person's right to the left, or from the outer to the inner corner.

/// The middle of the hairline.
pub const FOREHEAD: usize = 10;
/// The lowest point of the chin.
pub const CHIN: usize = 152;
/// Outer corner of the right eye.
pub const RIGHT_EYE_OUTER: usize = 33;
/// Outer corner of the left eye.
pub const LEFT_EYE_OUTER: usize = 263;
/// Middle of the right cheek.
pub const RIGHT_CHEEK: usize = 50;
/// Middle of the left cheek.
pub const LEFT_CHEEK: usize = 280;
/// Outlines of the plain skin of the cheeks, right then left, away from eyes, nose and beard.
pub const CHEEKS: [&[usize]; 2] = [&[50, 101, 118, 117, 123, 147, 187, 205], &[280, 330, 347, 346, 352, 376, 411, 425]];
/// Corners of the mouth, right then left.
pub const MOUTH_CORNERS: [usize; 2] = [61, 291];
/// The tip of the nose.
pub const NOSE_TIP: usize = 4;
/// Widest points of the face beside the eyes, right then left.
pub const TEMPLES: [usize; 2] = [234, 454];

/// Outline of the face.
pub const OVAL: &[usize] = &[
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150,
    136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];
/// Outline of the left eye.
pub const LEFT_EYE: &[usize] = &[362, 382, 381, 380, 374, 373, 390, 249, 263, 466, 388, 387, 386, 385, 384, 398];
/// Outline of the right eye.
pub const RIGHT_EYE: &[usize] = &[33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246];
/// Upper lid of the left eye, outer corner to inner.
pub const LEFT_UPPER_LID: &[usize] = &[263, 466, 388, 387, 386, 385, 384, 398, 362];
/// Upper lid of the right eye, outer corner to inner.
pub const RIGHT_UPPER_LID: &[usize] = &[33, 246, 161, 160, 159, 158, 157, 173, 133];
/// Lower lid of the left eye, outer corner to inner.
pub const LEFT_LOWER_LID: &[usize] = &[263, 249, 390, 373, 374, 380, 381, 382, 362];
/// Lower lid of the right eye, outer corner to inner.
pub const RIGHT_LOWER_LID: &[usize] = &[33, 7, 163, 144, 145, 153, 154, 155, 133];
/// Outer corner, inner corner, top and bottom of the right eye.
pub const RIGHT_EYE_CROSS: [usize; 4] = [33, 133, 159, 145];
/// Outer corner, inner corner, top and bottom of the left eye.
pub const LEFT_EYE_CROSS: [usize; 4] = [263, 362, 386, 374];
/// Outline of the left brow.
pub const LEFT_BROW: &[usize] = &[276, 283, 282, 295, 285, 336, 296, 334, 293, 300];
/// Outline of the right brow.
pub const RIGHT_BROW: &[usize] = &[46, 53, 52, 65, 55, 107, 66, 105, 63, 70];
/// Outer outline of the lips.
pub const LIPS: &[usize] = &[61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185];
/// Inner outline of the lips: the opening of the mouth.
pub const MOUTH: &[usize] =
    &[78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191];
/// Lower edge of the upper lip, right to left.
pub const UPPER_LIP_EDGE: &[usize] = &[78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308];
/// Shade under the lower lip, right to left.
pub const UNDER_LIP: &[usize] = &[181, 84, 17, 314, 405];
/// Underside of the nose, right wing to left.
pub const NOSE_BASE: &[usize] = &[64, 98, 97, 2, 326, 327, 294];
/// Outline of the nose's lower half.
pub const NOSE_LOWER: &[usize] = &[98, 97, 2, 326, 327, 278, 4, 48];
/// The upper lip from its outer edge to its inner one, each ring right to left.
pub const UPPER_LIP_RINGS: &[&[usize]] = &[
    &[61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291],
    &[76, 184, 74, 73, 72, 11, 302, 303, 304, 408, 306],
    &[62, 183, 42, 41, 38, 12, 268, 271, 272, 407, 292],
    &[78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308],
];
/// The lower lip from its outer edge to its inner one, each ring right to left.
pub const LOWER_LIP_RINGS: &[&[usize]] = &[
    &[61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291],
    &[76, 77, 90, 180, 85, 16, 315, 404, 320, 307, 306],
    &[62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292],
    &[78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308],
];
/// The fold above each eye, right then left, outer to inner.
pub const LID_FOLDS: [&[usize]; 2] = [&[247, 30, 29, 27, 28, 56, 190], &[467, 260, 259, 257, 258, 286, 414]];
