/// What one long unit of each series loses in each scenario, in array units: a row a series.
///
/// Memory: 4 bytes a loss; 8 more in a row with a loss beyond 32 bits.
struct LossRows: Sendable {
    /// Losses a row.
    let columns: Int
    /// Row by row: whether it is wide, 1 or 0, then its losses, of a wide row 0, then once more whether it is wide: who
    /// looks at both has fetched the row.
    private(set) var narrow: [Int32] = []
    /// The rows that 32 bits do not hold.
    private(set) var wide: [Int: [Int64]] = [:]
    /// By row, the largest of its losses and gains.
    private(set) var largest: [UInt64] = []

    /// No rows, with room for some.
    init(columns: Int, expectedRows: Int) {
        self.columns = columns
        narrow.reserveCapacity((columns + 2) * expectedRows)
        largest.reserveCapacity(expectedRows)
    }

    /// Rows so far.
    var count: Int { largest.count }

    /// Puts a row at the end; it has a loss a column.
    mutating func append(_ row: [Int64]) {
        precondition(row.count == columns, "a row has a loss a scenario")
        let start = narrow.count + 1
        narrow.append(contentsOf: repeatElement(0, count: columns + 2))
        var least: Int32 = 0
        var most: Int32 = 0
        var beyond: UInt64 = 0
        do {
            var own = narrow.mutableSpan
            let losses = row.span
            for column in 0..<min(losses.count, own.count - start - 1) {
                let low = Int32(truncatingIfNeeded: losses[column])
                beyond |= UInt64(bitPattern: losses[column] ^ Int64(low))
                least = min(least, low)
                most = max(most, low)
                own[start + column] = low
            }
        }
        if beyond == 0 { return largest.append(UInt64(max(least.magnitude, most.magnitude))) }
        narrow[start - 1] = 1
        narrow[start + columns] = 1
        for column in 0..<columns { narrow[start + column] = 0 }
        wide[count] = row
        largest.append(row.map(\.magnitude).max() ?? 0)
    }

    /// Puts a row without a loss at the end.
    mutating func appendZeros() {
        narrow.append(contentsOf: repeatElement(0, count: columns + 2))
        largest.append(0)
    }

    /// Puts other rows at the end, which have as many columns.
    mutating func append(contentsOf other: LossRows) {
        for (row, losses) in other.wide { wide[count + row] = losses }
        narrow.append(contentsOf: other.narrow)
        largest.append(contentsOf: other.largest)
    }

    /// Where `narrow` says first whether a row is wide; its losses follow.
    func start(of row: Int) -> Int { row * (columns + 2) }

    /// One loss.
    func loss(row: Int, column: Int) -> Int64 {
        wide[row]?[column] ?? Int64(narrow[start(of: row) + 1 + column])
    }

    /// A row.
    func losses(of row: Int) -> [Int64] {
        wide[row] ?? narrow[start(of: row) + 1..<start(of: row + 1) - 1].map { Int64($0) }
    }
}
