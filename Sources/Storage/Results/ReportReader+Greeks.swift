import ClearingModel
import Postgres
import Quantities
import Reporting

extension ReportReader {
    /// The greeks of every position: what a contract of its series gains times the quantity.
    ///
    /// The server names the positions in any order and the series once; they meet here. Positions in series without a
    /// published array have no greeks. Memory: 40 bytes a position.
    func streamGreeks(
        _ query: Query, into row: inout ReportRow, _ body: (borrowing ReportRow) throws -> Void
    ) throws {
        guard try database.one(.reportedGreeksWanted, [.int64(run.load)]).bool("is_wanted") else { return }
        let accounts = try reference.accounts.get()
        let commodities = try reference.commodities.get()
        let gains = try SeriesGains(database, run, commodities)
        let book = try ReportedPositions(database, query, literals, accountCount: accounts.count, gains)
        let names = (accounts.texts[0], accounts.texts[1])
        for place in 0..<accounts.count {
            for position in book.positions(at: place) {
                let series = Int(position.series)
                let commodity = gains.commodities[series]
                row.removeAll()
                try row.append(text: names.0.bytes.span.extracting(names.0[place]))
                try row.append(text: names.1.bytes.span.extracting(names.1[place]))
                let owner = book.owners[Int(position.owner)]
                try row.append(text: owner.span)
                try row.append(text: gains.codes.bytes.span.extracting(gains.codes[series]))
                let (code, currency) = (commodities.codes[commodity], commodities.currencies[commodity])
                try row.append(text: code.span)
                row.append(flag: commodities.isSynthetic[commodity])
                try row.append(text: currency.span)
                row.append(integer: position.quantity)
                for greek in 0..<SeriesGains.greekCount {
                    let gain = gains.values[series * SeriesGains.greekCount + greek]
                    let money = ExactDecimal(
                        fifteenDigitsOf: Double(position.quantity) * gain, scale: SeriesGains.decimals)
                    if gain.isNaN {
                        try row.appendNull()
                    } else if let money {
                        row.append(decimal: money)
                    } else {
                        throw UnreadableValue(column: row.nextColumn.name, value: "beyond 128 bits")
                    }
                }
                try body(row)
            }
        }
    }
}

/// What one contract of each series gains, in the order of the series' codes.
private struct SeriesGains {
    /// Delta, gamma, vega, theta and rho.
    static let greekCount = 5
    /// What is published of them.
    static let decimals = 4
    let index: CodeIndex
    let codes: TextList
    /// The positions of the series' combined commodities.
    let commodities: [Int]
    /// `greekCount` of a series after those of the one before; not a number where there is none.
    let values: [Double]

    init(_ database: Database, _ run: PinnedRun, _ reference: ReportedCommodities) throws {
        var names: [String] = []
        var codes = TextList()
        var commodities: [Int] = []
        var values: [Double] = []
        try database.stream(.reportedGains, [.int64(run.id), .int64(run.load)]) { row in
            let name = try row.text()
            names.append(name)
            codes.append(Array(name.utf8).span)
            guard let commodity = try row.withBytes({ reference.index.position(of: $0) }) else {
                throw ReportError.valueIsMissing(column: "is_synthetic")
            }
            commodities.append(commodity)
            for _ in 0..<Self.greekCount { values.append(try row.doubleOrNull() ?? .nan) }
        }
        index = CodeIndex(names)
        self.codes = codes
        self.commodities = commodities
        self.values = values
    }
}

/// The positions of the accounts reported, each account's by owner and series.
private struct ReportedPositions {
    struct Held {
        let owner: Int32
        let series: Int32
        let quantity: Int64
    }

    /// Codes of owners, in the order in which they were met.
    private(set) var owners: [[UInt8]] = []
    private var held: [Held] = []
    /// The positions of the account at a place are `starts[place] ..< starts[place + 1]`.
    private var starts: [Int] = []

    init(
        _ database: Database, _ query: Query, _ literals: [CopyLiteral], accountCount: Int, _ gains: SeriesGains
    ) throws {
        var rows: [(place: Int32, held: Held)] = []
        var places: [[UInt8]: Int32] = [:]
        var owner: (code: [UInt8], position: Int32)?
        var code: [UInt8] = []
        starts = [Int](repeating: 0, count: accountCount + 1)
        try database.streamByPage(query, literals) { row in
            let place = try row.int32()
            try row.utf8(into: &code)
            if owner?.code != code {
                let position = places[code] ?? Int32(owners.count)
                if position == owners.count {
                    owners.append(code)
                    places[code] = position
                }
                owner = (code, position)
            }
            let series = try row.withBytes { gains.index.position(of: $0) }
            let quantity = try row.int64()
            guard let series, let owner else { return }
            rows.append((place, Held(owner: owner.position, series: Int32(series), quantity: quantity)))
            starts[Int(place) + 1] += 1
        }
        for place in 0..<accountCount { starts[place + 1] += starts[place] }
        arrange(rows)
    }

    func positions(at place: Int) -> ArraySlice<Held> { held[starts[place]..<starts[place + 1]] }

    /// Counting sort by account, then each account's few rows by owner and series.
    private mutating func arrange(_ rows: [(place: Int32, held: Held)]) {
        held = [Held](repeating: Held(owner: 0, series: 0, quantity: 0), count: rows.count)
        var next = starts
        for row in rows {
            held[next[Int(row.place)]] = row.held
            next[Int(row.place)] += 1
        }
        for place in starts.indices.dropLast() where starts[place + 1] - starts[place] > 1 {
            held[starts[place]..<starts[place + 1]].sort { left, right in
                left.owner == right.owner
                    ? left.series < right.series
                    : owners[Int(left.owner)].lexicographicallyPrecedes(owners[Int(right.owner)])
            }
        }
    }
}
