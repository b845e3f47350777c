import ClearingModel
import Postgres
import Quantities

/// A row names something the reference data do not have, although ingest has looked: an invariant is broken.
package struct UnknownPositionCode: Error, CustomStringConvertible {
    package let account: String
    package let series: String
    package var description: String { "position of \(account) in \(series): unknown account, owner or series" }
}

/// Reads positions, interned to places in the house's lists.
package struct PositionStore {
    private let connection: Connection
    private let accounts: CodeIndex
    private let series: CodeIndex
    private let owners: [[OwnerCode]]

    /// `series` gives the places of the positions' series.
    package init(_ connection: Connection, house: ClearingHouse, series codes: [String]) {
        self.connection = connection
        accounts = CodeIndex(house.accounts.map(\.code.text))
        series = CodeIndex(codes)
        owners = house.accounts.map { house.owners[$0.code] ?? [] }
    }

    /// The positions of one date and cycle that a run pinned at `pin` sees. Linear; one pass over the server's rows.
    package func load(pin: Int64, _ date: BusinessDate, cycle: Cycle, accountCount: Int) throws -> PositionBook {
        var rows: [(account: Int32, position: Position)] = []
        var counts = [Int](repeating: 0, count: accountCount)
        try connection.streamByPage(.loadPositions, [.int64(pin), .date(date.dayNumber), .code(cycle.rawValue)]) {
            row in
            let account = try row.withBytes { accounts.position(of: $0) }
            let owner = try row.text()
            let series = try row.withBytes { self.series.position(of: $0) }
            let long = try row.int64()
            let short = try row.int64()
            guard let account, let series, let owner = index(of: owner, account) else {
                throw UnknownPositionCode(
                    account: account.map { "\($0)" } ?? "?", series: series.map { "\($0)" } ?? "?")
            }
            counts[account] += 1
            rows.append(
                (Int32(account), Position(owner: Int32(owner), series: Int32(series), long: long, short: short)))
        }
        return arranged(rows, counts: counts)
    }

    /// The place of an owner among the account's; 0 for an account without owners.
    private func index(of owner: String, _ account: Int) -> Int? {
        owner.isEmpty ? 0 : owners[account].firstIndex { $0.text == owner }
    }

    /// Counting sort by account, then each account's few rows by owner and series.
    private func arranged(_ rows: [(account: Int32, position: Position)], counts: [Int]) -> PositionBook {
        var spans: [Range<Int>] = []
        spans.reserveCapacity(counts.count)
        var next: [Int] = []
        next.reserveCapacity(counts.count)
        var start = 0
        for count in counts {
            spans.append(start..<start + count)
            next.append(start)
            start += count
        }
        var positions = [Position](repeating: Position(series: 0, quantity: 0), count: rows.count)
        for row in rows {
            positions[next[Int(row.account)]] = row.position
            next[Int(row.account)] += 1
        }
        for span in spans where span.count > 1 {
            positions[span].sort { ($0.owner, $0.series) < ($1.owner, $1.series) }
        }
        return PositionBook(positions: positions, spans: spans)
    }
}
