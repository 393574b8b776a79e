//! Colour spaces by the code points of ITU-T H.273: their primaries, their curves, and the way to linear sRGB.

/// A matrix of rows.
type Matrix = [[f64; 3]; 3];

/// The light of white on a page in a picture that reaches beyond it, in cd/m² (ITU-R BT.2408).
const PAGE_WHITE: f64 = 203.0;

/// The brightest light that a picture for bright screens is expected to show, in cd/m².
const BRIGHTEST: f64 = 1000.0;

/// The colours that the three samples and white stand for, as CIE 1931 x and y.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Primaries {
    pub white: [f64; 2],
    pub red: [f64; 2],
    pub green: [f64; 2],
    pub blue: [f64; 2],
}

const D65: [f64; 2] = [0.3127, 0.3290];
const ILLUMINANT_C: [f64; 2] = [0.310, 0.316];

/// The response of the eye's cones after Bradford, for white that is another.
const BRADFORD: Matrix = [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]];

impl Primaries {
    /// Those of sRGB.
    pub(super) const BT709: Self = Self::new(D65, [0.640, 0.330], [0.300, 0.600], [0.150, 0.060]);

    const fn new(white: [f64; 2], red: [f64; 2], green: [f64; 2], blue: [f64; 2]) -> Self {
        Self { white, red, green, blue }
    }

    /// By its code point; none for what is unspecified or not for the screen.
    pub(super) const fn of_code(code: u8) -> Option<Self> {
        Some(match code {
            1 => Self::BT709,
            4 => Self::new(ILLUMINANT_C, [0.67, 0.33], [0.21, 0.71], [0.14, 0.08]),
            5 => Self::new(D65, [0.64, 0.33], [0.29, 0.60], [0.15, 0.06]),
            6 | 7 => Self::new(D65, [0.630, 0.340], [0.310, 0.595], [0.155, 0.070]),
            8 => Self::new(ILLUMINANT_C, [0.681, 0.319], [0.243, 0.692], [0.145, 0.049]),
            9 => Self::new(D65, [0.708, 0.292], [0.170, 0.797], [0.131, 0.046]),
            11 => Self::new([0.314, 0.351], [0.680, 0.320], [0.265, 0.690], [0.150, 0.060]),
            12 => Self::new(D65, [0.680, 0.320], [0.265, 0.690], [0.150, 0.060]),
            22 => Self::new(D65, [0.630, 0.340], [0.295, 0.605], [0.155, 0.077]),
            _ => return None,
        })
    }

    /// From linear light in these primaries to that in sRGB's; none when they make no colours.
    pub(super) fn to_srgb(self) -> Option<Matrix> {
        let to_xyz = multiplied(&adapted(xyz(self.white)?, xyz(D65)?)?, &self.to_xyz()?);
        let matrix = multiplied(&inverse(&Self::BT709.to_xyz()?)?, &to_xyz);
        matrix.iter().flatten().all(|share| share.is_finite() && share.abs() < 100.0).then_some(matrix)
    }

    fn to_xyz(self) -> Option<Matrix> {
        let columns = [xyz(self.red)?, xyz(self.green)?, xyz(self.blue)?];
        let matrix = [0, 1, 2].map(|row: usize| columns.map(|column| column[row]));
        let shares = applied(&inverse(&matrix)?, xyz(self.white)?);
        Some(matrix.map(|row| [0, 1, 2].map(|column: usize| row[column] * shares[column])))
    }
}

/// How the light of a sample grows from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Curve {
    /// That of sRGB.
    Srgb,
    /// A power.
    Power(f64),
    /// That of cameras for television.
    Camera,
    /// SMPTE 240M.
    Smpte240,
    /// Perceptual quantiser (SMPTE ST 2084), reaching beyond white.
    Pq,
    /// Hybrid log-gamma (ARIB STD-B67), reaching beyond white.
    Hlg,
}

impl Curve {
    /// By its code point; none for what is unspecified or not for pictures.
    pub(super) const fn of_code(code: u8) -> Option<Self> {
        Some(match code {
            1 | 6 | 14 | 15 => Self::Camera,
            4 => Self::Power(2.2),
            5 => Self::Power(2.8),
            7 => Self::Smpte240,
            8 => Self::Power(1.0),
            13 => Self::Srgb,
            16 => Self::Pq,
            17 => Self::Power(2.6),
            18 => Self::Hlg,
            _ => return None,
        })
    }

    /// The light of a sample of 0 to 1; 1 is the white of a page.
    pub(super) fn light(self, sample: f64) -> f64 {
        match self {
            Self::Srgb if sample <= 0.04045 => sample / 12.92,
            Self::Srgb => ((sample + 0.055) / 1.055).powf(2.4),
            Self::Power(exponent) => sample.powf(exponent),
            Self::Camera if sample < 0.081_242_86 => sample / 4.5,
            Self::Camera => ((sample + 0.099_296_83) / 1.099_296_83).powf(1.0 / 0.45),
            Self::Smpte240 if sample < 0.0912 => sample / 4.0,
            Self::Smpte240 => ((sample + 0.1115) / 1.1115).powf(1.0 / 0.45),
            Self::Pq => {
                let power = sample.powf(32.0 / 2523.0);
                let share = (power - 0.835_937_5).max(0.0) / (18.851_562_5 - 18.6875 * power);
                10_000.0 / PAGE_WHITE * share.powf(8192.0 / 1305.0)
            }
            Self::Hlg => {
                let scene = if sample <= 0.5 {
                    sample * sample / 3.0
                } else {
                    (((sample - 0.559_910_73) / 0.178_832_77).exp() + 0.284_668_92) / 12.0
                };
                BRIGHTEST / PAGE_WHITE * scene.powf(1.2)
            }
        }
    }

    /// What brings light beyond white onto an ordinary screen, where there may be some.
    pub(super) const fn toner(self) -> Option<Toner> {
        match self {
            Self::Pq | Self::Hlg => Some(Toner { brightest: (BRIGHTEST / PAGE_WHITE) as f32 }),
            _ => None,
        }
    }
}

/// Presses light beyond white together, the more the brighter, so that colours keep their hue (Reinhard et al., 2002).
pub(super) struct Toner {
    /// What becomes white, as a multiple of it.
    brightest: f32,
}

impl Toner {
    /// The three lights of a pixel on an ordinary screen.
    pub(super) fn toned(&self, light: [f32; 3]) -> [f32; 3] {
        let most = light.into_iter().fold(0.0, f32::max);
        let share = (1.0 + most / (self.brightest * self.brightest)) / (1.0 + most);
        light.map(|light| light * share)
    }
}

/// The colour at x and y, as bright as white.
fn xyz([x, y]: [f64; 2]) -> Option<[f64; 3]> {
    (y > 1e-4 && x >= 0.0).then(|| [x / y, 1.0, (1.0 - x - y) / y])
}

/// From one white to another.
fn adapted(from: [f64; 3], to: [f64; 3]) -> Option<Matrix> {
    let (from, to) = (applied(&BRADFORD, from), applied(&BRADFORD, to));
    let scaled = [0, 1, 2].map(|row: usize| BRADFORD[row].map(|share| share * to[row] / from[row]));
    Some(multiplied(&inverse(&BRADFORD)?, &scaled))
}

fn applied(matrix: &Matrix, vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum())
}

fn multiplied(a: &Matrix, b: &Matrix) -> Matrix {
    a.map(|row| [0, 1, 2].map(|column: usize| (0..3).map(|i| row[i] * b[i][column]).sum()))
}

/// By cofactors; none when the rows lie in a plane.
fn inverse(m: &Matrix) -> Option<Matrix> {
    let cofactor = |row: usize, column: usize| {
        let [a, b] = [(row + 1) % 3, (row + 2) % 3];
        let [c, d] = [(column + 1) % 3, (column + 2) % 3];
        m[a][c] * m[b][d] - m[a][d] * m[b][c]
    };
    let determinant: f64 = (0..3).map(|column| m[0][column] * cofactor(0, column)).sum();
    (determinant.abs() > 1e-9).then(|| [0, 1, 2].map(|row| [0, 1, 2].map(|column| cofactor(column, row) / determinant)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_from_display_p3_to_srgb_is_the_published_one() {
        let found = Primaries::of_code(12).unwrap().to_srgb().unwrap();
        let published = [[1.22494, -0.22494, 0.0], [-0.04206, 1.04206, 0.0], [-0.01964, -0.07864, 1.09828]];
        for (found, published) in found.iter().flatten().zip(published.iter().flatten()) {
            assert!((found - published).abs() < 2e-4, "{found} is not {published}");
        }
    }

    #[test]
    fn white_stays_white_whatever_white_it_was() {
        for code in [1, 4, 5, 6, 8, 9, 11, 12, 22] {
            let matrix = Primaries::of_code(code).unwrap().to_srgb().unwrap();
            for light in applied(&matrix, [1.0; 3]) {
                assert!((light - 1.0).abs() < 1e-6, "{code}: {light}");
            }
        }
        let nothing = Primaries::new(D65, [0.3, 0.3], [0.3, 0.3], [0.3, 0.3]);
        assert_eq!(nothing.to_srgb(), None);
    }

    #[test]
    fn every_curve_begins_at_black_and_bright_ones_have_the_page_where_it_is_published() {
        for code in [1, 4, 5, 7, 8, 13, 16, 17, 18] {
            assert!(Curve::of_code(code).unwrap().light(0.0).abs() < 1e-9, "{code}");
        }
        for code in [1, 4, 5, 7, 8, 13, 17] {
            assert!((Curve::of_code(code).unwrap().light(1.0) - 1.0).abs() < 1e-6, "{code}");
        }
        // 58 % of the perceptual quantiser, and 75 % of the hybrid.
        assert!((Curve::Pq.light(0.5807) - 1.0).abs() < 0.01);
        assert!((Curve::Hlg.light(0.75) - 1.0).abs() < 0.02);
    }
}
