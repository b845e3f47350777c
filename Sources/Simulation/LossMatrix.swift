/// What one long unit of each series of a group loses in every scenario: a row a series, stressed scenarios after the
/// others.
///
/// Memory: 4 bytes a loss; 8 in a row with a loss beyond 32 bits.
struct LossMatrix: Sendable {
    /// Scenarios and stressed scenarios together.
    let columns: Int
    private var narrow: [Int32] = []
    /// Rows that 32 bits do not hold; theirs of `narrow` are empty.
    private var wide: [Int: [Int64]] = [:]
    /// By row, the largest loss or gain, at least 1.
    private var bounds: [Int64] = []

    var rows: Int { bounds.count }

    init(columns: Int, expectedRows: Int) {
        self.columns = columns
        narrow.reserveCapacity(columns * expectedRows)
        bounds.reserveCapacity(expectedRows)
    }

    mutating func append(_ losses: [Int64]) {
        precondition(losses.count == columns, "a row has a loss a scenario")
        let bound = losses.reduce(1) { max($0, $1 == .min ? .max : abs($1)) }
        if bound <= Int64(Int32.max) {
            narrow.append(contentsOf: losses.lazy.map { Int32(truncatingIfNeeded: $0) })
        } else {
            wide[rows] = losses
            narrow.append(contentsOf: repeatElement(0, count: columns))
        }
        bounds.append(bound)
    }

    func bound(ofRow row: Int) -> Int64 { bounds[row] }

    func loss(row: Int, column: Int) -> Int64 {
        wide.isEmpty ? Int64(narrow[row * columns + column]) : wideLoss(row, column)
    }

    private func wideLoss(_ row: Int, _ column: Int) -> Int64 {
        wide[row]?[column] ?? Int64(narrow[row * columns + column])
    }

    /// Adds quantity · losses of a row to `total`, scenario by scenario.
    ///
    /// No sum is checked: the caller has shown that Σ |quantity| · bound stays within 62 bits. O(columns).
    func add(_ quantity: Int64, ofRow row: Int, to total: inout [Int64]) {
        let losses = narrow.span.extracting(row * columns..<(row + 1) * columns)
        var sums = total.mutableSpan
        for column in 0..<min(losses.count, sums.count) { sums[column] &+= quantity &* Int64(losses[column]) }
        guard !wide.isEmpty, let losses = wide[row] else { return }
        for (column, loss) in losses.enumerated() { sums[column] &+= quantity &* loss }
    }
}
