import Simulation
import TestSupport
import Testing

@Suite struct LossMatrixTests {
    private let large = Int64(Int32.max)

    /// Rows at and beyond the ends of 32 bits, between ordinary ones.
    private var rows: [[Int64]] {
        [
            [1, -2, 3], [large, -large, 0], [large + 1, 5, -7], [0, 0, 0], [.max, .min + 1, 4], [-large - 1, 8, 9],
            [-5, .min, 6],
        ]
    }

    private var matrix: LossMatrix {
        var matrix = LossMatrix(columns: 3, expectedRows: 2)
        for row in rows { matrix.append(LossMatrix.Losses(row)) }
        return matrix
    }

    @Test func `every loss comes out as it went in`() {
        let matrix = matrix
        #expect(matrix.rows == rows.count)
        for (row, losses) in rows.enumerated() {
            #expect((0..<3).map { matrix.loss(row: row, column: $0) } == losses)
        }
    }

    @Test func `a row's bound is its largest figure`() {
        let matrix = matrix
        #expect(rows.indices.map { matrix.bound(ofRow: $0) } == [3, large, large + 1, 1, .max, large + 1, .max])
    }

    @Test func `rows of either width are added up`() {
        let matrix = matrix
        var total: [Int64] = [100, 200, 300]
        for (quantity, row) in [(Int64(2), 0), (-3, 1), (4, 2), (-1, 5)] {
            matrix.add(quantity, ofRow: row, to: &total)
        }
        #expect(total == [102 - 3 * large + 4 * (large + 1) + large + 1, 200 - 4 + 3 * large + 20 - 8, 306 - 28 - 9])
    }
}
