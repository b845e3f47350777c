import ClearingModel
import Postgres
import Quantities
import Reporting

/// What reports say beside the results: accounts, currencies and reference data, each read once and then found by its
/// place or code, so that the server does not join them to millions of rows.
final class ReportReference {
    private let database: Database
    private let run: PinnedRun
    private let set: String
    private let isWhole: Bool

    /// `isWhole` where every account is reported: series are few where only some are.
    init(_ database: Database, of run: PinnedRun, isWhole: Bool) {
        self.database = database
        self.run = run
        self.isWhole = isWhole
        set = run.parameterSet.text
    }

    private(set) lazy var accounts = Result { try ReportedAccounts(database) }
    private(set) lazy var currencies = Result { try ReportedCurrencies(database, pin: run.load) }
    private(set) lazy var commodities = Result { try ReportedCommodities(database, pin: run.load) }
    private(set) lazy var series = Result { try ReportedSeries(database, run, isWhole: isWhole) }
    private(set) lazy var assets = Result { try ReportedAssets(database, pin: run.load) }
    /// The priority of each spread, by the combined commodity of a calendar spread, a space and the spread.
    private(set) lazy var priorities = Result {
        let rows = try database.rows(.reportedSpreads, [.int64(run.load), run.businessDate.value, .text(set)])
        return Dictionary(
            try rows.map {
                (
                    Array("\(try $0.text("combined_commodity")) \(try $0.text("spread"))".utf8),
                    try $0.int64("priority")
                )
            }, uniquingKeysWith: { first, _ in first })
    }
    private(set) lazy var syntheticHoldings = Result {
        try SyntheticHoldings(
            database, run: run, accountCount: accounts.get().count, isEmpty: !commodities.get().hasSynthetic)
    }
}

/// Texts one after another, found by their position.
struct TextList {
    private(set) var bytes: [UInt8] = []
    private var ends: [Int] = []

    mutating func append(_ text: Span<UInt8>) {
        for index in text.indices { bytes.append(text[index]) }
        ends.append(bytes.count)
    }

    /// Where in `bytes` the text at `position` stands.
    subscript(position: Int) -> Range<Int> { (position == 0 ? 0 : ends[position - 1])..<ends[position] }

    func equals(_ text: Span<UInt8>, at position: Int) -> Bool {
        let range = self[position]
        guard range.count == text.count else { return false }
        for index in text.indices where bytes[range.lowerBound + index] != text[index] { return false }
        return true
    }
}

/// What the accounts that are reported say of themselves, by their places in the order of member and account.
struct ReportedAccounts {
    static let columns = ["member", "account", "origin", "margining_type", "account_class", "call_currency"]
    /// Of each of `columns` the accounts' texts.
    private(set) var texts = [TextList](repeating: TextList(), count: columns.count)
    private(set) var count = 0

    init(_ database: Database) throws {
        try database.stream(.reportedAccounts, []) { row in
            for column in Self.columns.indices { try row.withBytes { texts[column].append($0) } }
            count += 1
        }
    }
}

/// The decimals of the currencies' minor units.
struct ReportedCurrencies {
    private var rows: [(code: UInt32, decimals: Int)] = []

    init(_ database: Database, pin: Int64) throws {
        rows = try database.rows(.reportedCurrencies, [.int64(pin)]).map {
            (Self.number(Array(try $0.text("currency").utf8).span), Int(try $0.int64("minor_unit_decimals")))
        }
    }

    /// Nil for a currency that is not among the reference data. There are few: a scan will do.
    func decimals(of currency: Span<UInt8>) -> Int? {
        let code = Self.number(currency)
        for row in rows where row.code == code { return row.decimals }
        return nil
    }

    /// A code of three letters as one number.
    static func number(_ code: Span<UInt8>) -> UInt32 {
        var number: UInt32 = 0
        for index in code.indices { number = number << 8 | UInt32(code[index]) }
        return number
    }
}

/// Combined commodities by code.
struct ReportedCommodities {
    let index: CodeIndex
    let isSynthetic: [Bool]
    let codes: [[UInt8]]
    let currencies: [[UInt8]]
    var hasSynthetic: Bool { isSynthetic.contains(true) }

    init(_ database: Database, pin: Int64) throws {
        let rows = try database.rows(.reportedCombinedCommodities, [.int64(pin)]).map {
            (
                code: try $0.text("combined_commodity"), currency: try $0.text("currency"),
                isSynthetic: try $0.bool("is_synthetic")
            )
        }
        index = CodeIndex(rows.map(\.code))
        isSynthetic = rows.map(\.isSynthetic)
        codes = rows.map { Array($0.code.utf8) }
        currencies = rows.map { Array($0.currency.utf8) }
    }
}

/// The combined commodity of each series that reports name, by the series' code.
struct ReportedSeries {
    let index: CodeIndex
    let commodities: TextList

    init(_ database: Database, _ run: PinnedRun, isWhole: Bool) throws {
        var codes: [String] = []
        var commodities = TextList()
        try database.stream(.reportedSeries, [.int64(run.load), .bool(isWhole), .int64(run.id)]) { row in
            codes.append(try row.text())
            try row.withBytes { commodities.append($0) }
        }
        index = CodeIndex(codes)
        self.commodities = commodities
    }
}

/// Collateral assets by code.
struct ReportedAssets {
    static let columns = ["issuer", "asset_class", "currency"]
    let index: CodeIndex
    /// Of each of `columns` the assets' texts.
    let texts: [[[UInt8]]]

    init(_ database: Database, pin: Int64) throws {
        let rows = try database.rows(.reportedAssets, [.int64(pin)])
        index = CodeIndex(try rows.map { try $0.text("asset") })
        texts = [
            try rows.map { Array(try $0.text("issuer").utf8) }, try rows.map { Array(try $0.text("asset_class").utf8) },
            try rows.map { Array(try $0.text("currency").utf8) },
        ]
    }
}

/// Whose requirement a combined commodity with made-up data is part of: owners and currencies of each account.
struct SyntheticHoldings {
    /// The rows of the account at a place are `starts[place] ..< starts[place + 1]`.
    private var starts: [Int]
    private var owners = TextList()
    private var currencies: [UInt32] = []

    init(_ database: Database, run: PinnedRun, accountCount: Int, isEmpty: Bool) throws {
        starts = []
        starts.reserveCapacity(accountCount + 1)
        if !isEmpty {
            try database.stream(.reportedSynthetic, [.int64(run.id), .int64(run.load)]) { row in
                let place = Int(try row.int32())
                while starts.count <= place { starts.append(currencies.count) }
                try row.withBytes { owners.append($0) }
                currencies.append(try row.withBytes { ReportedCurrencies.number($0) })
            }
        }
        while starts.count <= accountCount { starts.append(currencies.count) }
    }

    /// Whether the account has one; `currency` and `owner` narrow it where they are asked for.
    func includes(place: Int, currency: UInt32?, isOwner: (TextList, Int) -> Bool) -> Bool {
        (starts[place]..<starts[place + 1]).contains {
            (currency == nil || currencies[$0] == currency) && isOwner(owners, $0)
        }
    }
}
