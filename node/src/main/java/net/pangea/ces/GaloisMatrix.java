package net.pangea.ces;

import java.util.List;

/** A matrix over GF(2^8). Immutable. */
final class GaloisMatrix {
    private final int[][] rows;

    private GaloisMatrix(int[][] rows) {
        this.rows = rows;
    }

    /** {@return the matrix with row^column at (row, column); any {@code columns} of its rows are independent} */
    static GaloisMatrix vandermonde(int rowCount, int columns) {
        int[][] rows = new int[rowCount][columns];
        for (int r = 0; r < rowCount; r++) {
            for (int c = 0; c < columns; c++) {
                rows[r][c] = Galois.power(r, c);
            }
        }
        return new GaloisMatrix(rows);
    }

    int at(int row, int column) {
        return rows[row][column];
    }

    int rowCount() {
        return rows.length;
    }

    int columnCount() {
        return rows.length == 0 ? 0 : rows[0].length;
    }

    /** {@return the matrix of the rows so numbered, in that order} */
    GaloisMatrix rows(List<Integer> numbers) {
        return new GaloisMatrix(numbers.stream().map(r -> rows[r]).toArray(int[][]::new));
    }

    GaloisMatrix times(GaloisMatrix right) {
        int[][] product = new int[rowCount()][right.columnCount()];
        for (int r = 0; r < rowCount(); r++) {
            for (int i = 0; i < right.rowCount(); i++) {
                addMultiple(product[r], right.rows[i], rows[r][i]);
            }
        }
        return new GaloisMatrix(product);
    }

    /**
     * {@return the inverse, by Gauss-Jordan elimination}
     *
     * @throws IllegalStateException if this square matrix has none
     */
    GaloisMatrix inverse() {
        int size = rowCount();
        int[][] left = new int[size][];
        int[][] right = new int[size][size];
        for (int r = 0; r < size; r++) {
            left[r] = rows[r].clone();
            right[r][r] = 1;
        }
        for (int column = 0; column < size; column++) {
            int pivot = column;
            while (pivot < size && left[pivot][column] == 0) {
                pivot++;
            }
            if (pivot == size) {
                throw new IllegalStateException("singular matrix");
            }
            swap(left, column, pivot);
            swap(right, column, pivot);
            int scale = Galois.inverse(left[column][column]);
            scale(left[column], scale);
            scale(right[column], scale);
            for (int r = 0; r < size; r++) {
                if (r != column) {
                    int factor = left[r][column];
                    addMultiple(left[r], left[column], factor);
                    addMultiple(right[r], right[column], factor);
                }
            }
        }
        return new GaloisMatrix(right);
    }

    private static void swap(int[][] rows, int a, int b) {
        int[] row = rows[a];
        rows[a] = rows[b];
        rows[b] = row;
    }

    private static void scale(int[] row, int factor) {
        for (int c = 0; c < row.length; c++) {
            row[c] = Galois.multiply(row[c], factor);
        }
    }

    private static void addMultiple(int[] target, int[] row, int factor) {
        if (factor == 0) {
            return;
        }
        for (int c = 0; c < row.length; c++) {
            target[c] ^= Galois.multiply(row[c], factor);
        }
    }
}
