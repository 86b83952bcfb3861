//! Matrices of floating point numbers, stored row by row.

#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    rows: usize,
    columns: usize,
    values: Vec<f64>,
}

impl Matrix {
    /// Make a matrix filled with zeros.
    pub fn zeros(rows: usize, columns: usize) -> Self {
        Matrix { rows, columns, values: vec![0.0; rows * columns] }
    }

    /// Make the identity matrix: ones on the diagonal.
    pub fn identity(size: usize) -> Self {
        let mut result = Matrix::zeros(size, size);
        for index in 0..size {
            result.values[index * size + index] = 1.0;
        }
        result
    }

    /// Multiply two matrices. The inner loop runs along rows, which caches like.
    /// Returns `None` when the shapes do not fit.
    pub fn multiply(&self, other: &Matrix) -> Option<Matrix> {
        if self.columns != other.rows {
            return None;
        }
        let mut product = Matrix::zeros(self.rows, other.columns);
        for row in 0..self.rows {
            for inner in 0..self.columns {
                let factor = self.values[row * self.columns + inner];
                for column in 0..other.columns {
                    product.values[row * other.columns + column] +=
                        factor * other.values[inner * other.columns + column];
                }
            }
        }
        Some(product)
    }

    /// Swap rows and columns.
    pub fn transpose(&self) -> Matrix {
        let mut result = Matrix::zeros(self.columns, self.rows);
        for row in 0..self.rows {
            for column in 0..self.columns {
                result.values[column * self.rows + row] = self.values[row * self.columns + column];
            }
        }
        result
    }
}
