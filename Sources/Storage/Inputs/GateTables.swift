import ClearingModel
import Postgres
import Quantities

/// The temporary tables that data gates need, each made when the first gate needs it: what the house holds, out of one
/// pass over the book; the prices of both dates; each series with what is said of it elsewhere.
///
/// Gates run one after another over a million positions and every series. What each of them joined anew is joined here
/// once: the positions in this process, by dense places, the rest by the server. The server is told how many rows there
/// are, so that no plan hangs on what it has heard of the input tables.
struct GateTables {
    private let database: Database
    private let run: PinnedRun
    private let readsBook: Bool
    private let rollsPositions: Bool
    /// Combined commodities, or null for all.
    private let within: Value
    private var made: Set<String> = []

    /// `readsBook` says whether a gate looks at the book: where none does it is not read, and `listed_series` leaves
    /// open what is held. `rollsPositions` says whether a gate needs `unrolled_position`, which takes the trades of the
    /// date as well; `within` of which combined commodities `listed_series` is, nil for all.
    init(
        _ database: Database, of run: PinnedRun, readsBook: Bool, rollsPositions: Bool, within: [CombinedCommodityCode]?
    ) {
        self.database = database
        self.run = run
        self.readsBook = readsBook
        self.rollsPositions = rollsPositions
        self.within = .orNull(within) { .textArray($0.map(\.text)) }
    }

    /// Makes those of the tables that are not there yet.
    mutating func make(_ names: [String]) throws {
        for name in names where !made.contains(name) {
            switch name {
            case "held_series", "book_holder", "unrolled_position":
                if readsBook { try make(Query.gateBookPositions.needs) }
                try passOverBook()
            case "holding_account":
                try make(Query.gateHoldingAccount.needs)
                try make(name, .gateHoldingAccount, [.int64(run.load)])
            case "settled_series": try make(name, .gateSettledSeries, run.bookParameters)
            case "price_today": try make(name, .gatePriceToday, run.bookParameters)
            case "price_before": try make(name, .gatePriceBefore, run.bookParameters)
            case "listed_series":
                try make(Query.gateListedSeries.needs)
                try make(
                    name, .gateListedSeries, [.int64(run.load), .bool(readsBook), within],
                    counting: "contract, kind, option_right")
            default: continue
            }
        }
    }

    private mutating func make(
        _ name: String, _ query: Query, _ parameters: [Value], counting columns: String? = nil
    ) throws {
        try database.execute(query, parameters)
        try count(name, columns)
    }

    /// Tells the server how many rows a table has, and of which values: of all columns, or of those gates select by.
    private mutating func count(_ name: String, _ columns: String? = nil) throws {
        try database.script("analyze \(name)" + (columns.map { " (\($0))" } ?? ""))
        made.insert(name)
    }

    private mutating func passOverBook() throws {
        try database.execute(.gateHeldSeries)
        try database.execute(.gateBookHolder)
        try database.execute(.gateUnrolledPosition)
        if readsBook {
            let book = try readBook()
            try writeHeldSeries(book)
            try writeHolders(book)
            if rollsPositions { try writeUnrolledPositions(book) }
        }
        for name in ["held_series", "book_holder", "unrolled_position"] { try count(name) }
    }

    /// One pass over the positions of both dates, and one over the trades where they are rolled.
    private func readBook() throws -> HeldBook {
        var book = HeldBook()
        var account: [UInt8] = []
        var owner: [UInt8] = []
        var series: [UInt8] = []
        let literals: [CopyLiteral] = [
            .int64(run.load), .date(run.businessDate.dayNumber),
            .date((run.previousBusinessDate ?? .beforeAllHistory).dayNumber), .code(run.cycle.rawValue),
        ]
        try database.streamByPage(.gateBookPositions, literals) { row in
            let isToday = try row.bool()
            try row.utf8(into: &account)
            try row.utf8(into: &owner)
            try row.utf8(into: &series)
            let long = try row.int64()
            let short = try row.int64()
            book.add(account: account, owner: owner, series: series, long: long, short: short, isToday: isToday)
        }
        guard rollsPositions else { return book }
        try database.stream(.gateBookTrades, Array(literals.prefix(2))) { row in
            try row.utf8(into: &account)
            try row.utf8(into: &owner)
            try row.utf8(into: &series)
            book.add(tradeOf: account, owner: owner, series: series, quantity: try row.int64())
        }
        return book
    }

    private func writeHeldSeries(_ book: HeldBook) throws {
        try database.copyIn(
            """
            copy held_series (series, is_held, was_held, long_quantity, short_quantity, largest_quantity,
                previous_largest_quantity) from stdin (format binary)
            """
        ) { writer in
            for (series, holding) in book.holdings.enumerated() where holding.isHeld || holding.wasHeld {
                try writer.row(7)
                writer.text(utf8: book.series(series))
                writer.bool(holding.isHeld)
                writer.bool(holding.wasHeld)
                writer.numeric(unscaled: holding.long, scale: 0)
                writer.numeric(unscaled: holding.short, scale: 0)
                writer.int64(holding.largest)
                writer.int64(holding.previousLargest)
            }
        }
    }

    private func writeHolders(_ book: HeldBook) throws {
        try database.copyIn("copy book_holder (account, owner, is_holding) from stdin (format binary)") { writer in
            for (holder, isHolding) in book.holding {
                let (account, owner) = book.holder(holder)
                try writer.row(3)
                writer.text(utf8: account)
                writer.text(utf8: owner)
                writer.bool(isHolding)
            }
        }
    }

    private func writeUnrolledPositions(_ book: HeldBook) throws {
        try database.copyIn(
            "copy unrolled_position (account, owner, series, today, rolled) from stdin (format binary)"
        ) { writer in
            for position in book.unrolled {
                let (account, owner) = book.holder(position.holder)
                try writer.row(5)
                writer.text(utf8: account)
                writer.text(utf8: owner)
                writer.text(utf8: book.series(position.series))
                writer.numeric(unscaled: position.today, scale: 0)
                writer.numeric(unscaled: position.rolled, scale: 0)
            }
        }
    }
}
