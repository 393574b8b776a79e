//! Puts shapes side by side on sheets, each as high and as far left as it goes.

/// Cells to a millimetre.
pub(super) const CELLS_PER_MM: f32 = 1.0;

/// Bits of one word of a row.
const WORD: usize = u64::BITS as usize;

/// Which cells of a rectangle are taken.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    width: usize,
    rows: Vec<Vec<u64>>,
}

impl Grid {
    pub(super) fn new(width: usize, height: usize) -> Self {
        Self { width, rows: vec![vec![0; width.div_ceil(WORD) + 1]; height] }
    }

    pub(super) fn height(&self) -> usize {
        self.rows.len()
    }

    pub(super) const fn width(&self) -> usize {
        self.width
    }

    /// Takes a cell; one outside is passed over.
    pub(super) fn take(&mut self, x: usize, y: usize) {
        if x < self.width
            && let Some(row) = self.rows.get_mut(y)
        {
            row[x / WORD] |= 1 << (x % WORD);
        }
    }

    /// Where a shape goes that meets nothing that is taken: the topmost place, of these the leftmost.
    pub(super) fn place_for(&self, shape: &Self) -> Option<(usize, usize)> {
        let rows = 0..=self.height().checked_sub(shape.height())?;
        let columns = 0..=self.width.checked_sub(shape.width)?;
        rows.flat_map(|y| columns.clone().map(move |x| (x, y))).find(|(x, y)| self.is_free(shape, *x, *y))
    }

    /// Takes the cells of a shape at a place.
    pub(super) fn put(&mut self, shape: &Self, x: usize, y: usize) {
        for (row, of_shape) in self.rows[y..].iter_mut().zip(&shape.rows) {
            for (word, bits) in of_shape.iter().enumerate().filter(|(_, bits)| **bits != 0) {
                let at = word + x / WORD;
                row[at] |= bits << (x % WORD);
                if !x.is_multiple_of(WORD) && at + 1 < row.len() {
                    row[at + 1] |= bits >> (WORD - x % WORD);
                }
            }
        }
    }

    fn is_free(&self, shape: &Self, x: usize, y: usize) -> bool {
        self.rows[y..].iter().zip(&shape.rows).all(|(row, of_shape)| {
            of_shape.iter().enumerate().filter(|(_, bits)| **bits != 0).all(|(word, bits)| {
                let at = word + x / WORD;
                let high =
                    if x.is_multiple_of(WORD) { 0 } else { row.get(at + 1).copied().unwrap_or(0) << (WORD - x % WORD) };
                bits & ((row[at] >> (x % WORD)) | high) == 0
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full(width: usize, height: usize) -> Grid {
        let mut grid = Grid::new(width, height);
        (0..height).for_each(|y| (0..width).for_each(|x| grid.take(x, y)));
        grid
    }

    #[test]
    fn shapes_lie_side_by_side_and_never_over_each_other() {
        let mut sheet = Grid::new(200, 100);
        let shape = full(60, 45);
        let mut places = Vec::new();
        while let Some((x, y)) = sheet.place_for(&shape) {
            sheet.put(&shape, x, y);
            places.push((x, y));
        }
        assert_eq!(places, [(0, 0), (60, 0), (120, 0), (0, 45), (60, 45), (120, 45)]);
    }

    #[test]
    fn a_shape_fits_into_the_bay_of_another() {
        let mut sheet = Grid::new(10, 10);
        let mut angle = Grid::new(10, 10);
        (0..10).for_each(|at| {
            angle.take(at, 0);
            angle.take(0, at);
        });
        sheet.put(&angle, 0, 0);
        assert_eq!(sheet.place_for(&full(9, 9)), Some((1, 1)));
        assert_eq!(sheet.place_for(&full(10, 9)), None);
        assert_eq!(sheet.place_for(&full(11, 1)), None);
    }
}
