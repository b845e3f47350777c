/// What one long unit of each series of a group loses in every scenario: a row a series, stressed scenarios after the
/// others.
///
/// Memory: 4 bytes a loss; 8 in a row with a loss beyond 32 bits.
package struct LossMatrix: Sendable {
    /// Scenarios and stressed scenarios together.
    package let columns: Int
    private var narrow: [Int32] = []
    /// Rows that 32 bits do not hold; theirs of `narrow` are empty.
    private var wide: [Int: [Int64]] = [:]
    /// By row, the largest loss or gain, at least 1.
    private var bounds: [Int64] = []

    /// Series so far.
    package var rows: Int { bounds.count }

    /// An empty matrix with room for `expectedRows` series.
    package init(columns: Int, expectedRows: Int) {
        self.columns = columns
        narrow.reserveCapacity(columns * expectedRows)
        bounds.reserveCapacity(expectedRows)
    }

    /// The losses of one series, ready to become a row: made where they are computed, on any task.
    package struct Losses: Sendable {
        fileprivate let bound: Int64
        fileprivate let narrow: [Int32]
        /// Empty where 32 bits hold every loss.
        fileprivate let wide: [Int64]

        /// In array units, scenario by scenario. O(scenarios).
        package init(_ losses: [Int64]) {
            var (least, most) = (Int64(-1), Int64(1))
            for loss in losses {
                least = min(least, loss)
                most = max(most, loss)
            }
            bound = least == .min ? .max : max(-least, most)
            wide = bound > Int64(Int32.max) ? losses : []
            narrow = wide.isEmpty ? losses.map { Int32(truncatingIfNeeded: $0) } : losses.map { _ in 0 }
        }
    }

    /// Puts a row at the end; traps unless it has a loss a column.
    package mutating func append(_ row: Losses) {
        precondition(row.narrow.count == columns, "a row has a loss a scenario")
        if !row.wide.isEmpty { wide[rows] = row.wide }
        narrow.append(contentsOf: row.narrow)
        bounds.append(row.bound)
    }

    /// The largest loss or gain of a row, in array units, at least 1.
    package func bound(ofRow row: Int) -> Int64 { bounds[row] }

    /// One loss, in array units.
    package func loss(row: Int, column: Int) -> Int64 {
        wide.isEmpty ? Int64(narrow[row * columns + column]) : wideLoss(row, column)
    }

    private func wideLoss(_ row: Int, _ column: Int) -> Int64 {
        wide[row]?[column] ?? Int64(narrow[row * columns + column])
    }

    /// Adds quantity · losses of a row to `total`, scenario by scenario.
    ///
    /// No sum is checked: the caller has shown that Σ |quantity| · bound stays within 62 bits. O(columns).
    package func add(_ quantity: Int64, ofRow row: Int, to total: inout [Int64]) {
        let losses = narrow.span.extracting(row * columns..<(row + 1) * columns)
        var sums = total.mutableSpan
        for column in 0..<min(losses.count, sums.count) { sums[column] &+= quantity &* Int64(losses[column]) }
        guard !wide.isEmpty, let losses = wide[row] else { return }
        for (column, loss) in losses.enumerated() { sums[column] &+= quantity &* loss }
    }
}
