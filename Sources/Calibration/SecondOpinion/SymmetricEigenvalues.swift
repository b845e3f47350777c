/// Eigenvalues and eigenvectors of a small symmetric matrix by Jacobi's rotations, row by row (C. G. J. Jacobi, Journal
/// für die reine und angewandte Mathematik 30, 1846; Golub and Van Loan, Matrix Computations, 4th ed., §8.5).
///
/// The order of the rotations is fixed, so that equal matrices give equal bits.
struct SymmetricEigenvalues {
    /// Descending; of equals in the order of the rows.
    let values: [Double]
    /// By value a vector of length 1, whose first entry above 1e-12 in size is above 0.
    let vectors: [[Double]]

    private static let sweeps = 60
    private static let leastEntry = 1e-12

    /// Rows of a symmetric matrix. O(rows³) a sweep, a handful of sweeps.
    init(_ matrix: [[Double]]) {
        var rotated = matrix
        let rows = matrix.indices
        /// Columns are the vectors.
        var turned = rows.map { row in rows.map { $0 == row ? 1.0 : 0 } }
        for _ in 0..<Self.sweeps where Self.rest(rotated) > 0 {
            for p in rows {
                for q in rows where q > p { Self.rotate(&rotated, &turned, p, q) }
            }
        }
        let order = rows.sorted { left, right in
            rotated[left][left] != rotated[right][right]
                ? rotated[left][left] > rotated[right][right] : left < right
        }
        values = order.map { rotated[$0][$0] }
        vectors = order.map { column in
            let vector = rows.map { turned[$0][column] }
            let leading = vector.first { $0.magnitude > Self.leastEntry } ?? 1
            return leading < 0 ? vector.map { -$0 } : vector
        }
    }

    /// The sum of the squares above the diagonal.
    private static func rest(_ matrix: [[Double]]) -> Double {
        var sum = 0.0
        for p in matrix.indices {
            for q in matrix.indices where q > p { sum += matrix[p][q] * matrix[p][q] }
        }
        return sum
    }

    /// Turns rows and columns p and q so that the entry of both is 0, by the smaller angle.
    private static func rotate(_ matrix: inout [[Double]], _ vectors: inout [[Double]], _ p: Int, _ q: Int) {
        let entry = matrix[p][q]
        guard entry != 0 else { return }
        // An entry that is nothing beside the diagonal is dropped: the angle would leave the range of a Double.
        guard matrix[p][p] + entry != matrix[p][p] || matrix[q][q] + entry != matrix[q][q] else {
            matrix[p][q] = 0
            matrix[q][p] = 0
            return
        }
        let theta = (matrix[q][q] - matrix[p][p]) / (2 * entry)
        let tangent = (theta < 0 ? -1.0 : 1) / (theta.magnitude + (theta * theta + 1).squareRoot())
        let cosine = 1 / (tangent * tangent + 1).squareRoot()
        let sine = tangent * cosine
        for k in matrix.indices {
            let (left, right) = (matrix[k][p], matrix[k][q])
            matrix[k][p] = cosine * left - sine * right
            matrix[k][q] = sine * left + cosine * right
        }
        for k in matrix.indices {
            let (upper, lower) = (matrix[p][k], matrix[q][k])
            matrix[p][k] = cosine * upper - sine * lower
            matrix[q][k] = sine * upper + cosine * lower
        }
        matrix[p][q] = 0
        matrix[q][p] = 0
        for k in vectors.indices {
            let (left, right) = (vectors[k][p], vectors[k][q])
            vectors[k][p] = cosine * left - sine * right
            vectors[k][q] = sine * left + cosine * right
        }
    }
}
