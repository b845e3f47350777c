import ClearingModel
import TestSupport
import Testing

/// What the house holds, added up from rows in any order.
struct HeldBookTests {
    private static func bytes(_ code: String) -> [UInt8] { Array(code.utf8) }

    /// What the book says of each series, by code.
    private static func holdings(_ book: HeldBook) -> [String: HeldBook.Holding] {
        Dictionary(
            uniqueKeysWithValues: book.holdings.enumerated().map {
                (String(decoding: book.series($0.offset), as: UTF8.self), $0.element)
            })
    }

    private static func unrolled(_ book: HeldBook) -> Set<String> {
        Set(
            book.unrolled.map { position in
                let (account, owner) = book.holder(position.holder)
                let codes = [account, owner, book.series(position.series)].map { String(decoding: $0, as: UTF8.self) }
                return (codes + ["\(position.today)", "\(position.rolled)"]).joined(separator: " ")
            })
    }

    private static func position(
        _ book: inout HeldBook, _ account: String, _ owner: String, _ series: String, long: Int64, short: Int64,
        isToday: Bool
    ) {
        book.add(
            account: bytes(account), owner: bytes(owner), series: bytes(series), long: long, short: short,
            isToday: isToday)
    }

    @Test func `a book is added up by series and by holder, each date for itself`() throws {
        var book = HeldBook()
        Self.position(&book, "A", "", "F", long: 3, short: 1, isToday: true)
        Self.position(&book, "B", "O1", "F", long: 0, short: 2, isToday: true)
        Self.position(&book, "B", "O2", "F", long: 7, short: 0, isToday: false)
        Self.position(&book, "A", "", "G", long: 0, short: 5, isToday: false)
        book.add(tradeOf: Self.bytes("C"), owner: [], series: Self.bytes("H"), quantity: 1)

        let holdings = Self.holdings(book)
        let future = try #require(holdings["F"])
        #expect(future.isHeld && future.wasHeld && future.long == 3 && future.short == 3)
        #expect(future.largest == 3 && future.previousLargest == 7)
        let gone = try #require(holdings["G"])
        #expect(!gone.isHeld && gone.wasHeld && gone.long == 0 && gone.short == 0 && gone.previousLargest == 5)
        let traded = try #require(holdings["H"])
        #expect(!traded.isHeld && !traded.wasHeld && traded.long == 0 && traded.largest == 0)

        let holders = book.holding.map { holder, isHolding in
            let (account, owner) = book.holder(holder)
            return String(decoding: account + [47] + owner, as: UTF8.self) + (isHolding ? " holds" : " held")
        }
        #expect(holders == ["A/ holds", "B/O1 holds", "B/O2 held"])
    }

    @Test func `a position is what the one before and the trades make, or it is unrolled`() {
        var book = HeldBook()
        Self.position(&book, "A", "", "F", long: 3, short: 1, isToday: true)
        Self.position(&book, "A", "", "F", long: 1, short: 0, isToday: false)
        book.add(tradeOf: Self.bytes("A"), owner: [], series: Self.bytes("F"), quantity: 1)
        #expect(book.unrolled.isEmpty)
        book.add(tradeOf: Self.bytes("A"), owner: [], series: Self.bytes("F"), quantity: -5)
        book.add(tradeOf: Self.bytes("A"), owner: Self.bytes("O"), series: Self.bytes("F"), quantity: 2)
        #expect(Self.unrolled(book) == ["A  F 2 -3", "A O F 0 2"])
    }

    @Test func `sums of quantities that nobody bounded do not overflow`() {
        var book = HeldBook()
        for account in ["A", "B", "C"] {
            Self.position(&book, account, "", "F", long: .max, short: 0, isToday: true)
            book.add(tradeOf: Self.bytes(account), owner: [], series: Self.bytes("F"), quantity: .min)
            book.add(tradeOf: Self.bytes(account), owner: [], series: Self.bytes("F"), quantity: .min)
        }
        #expect(book.holdings[0].long == 3 * Int128(Int64.max))
        #expect(book.unrolled.map(\.rolled) == [Int128](repeating: 2 * Int128(Int64.min), count: 3))
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `however the rows are mixed, many of them add up as by the dozen`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var book = HeldBook()
        var today: [String: Int128] = [:]
        var rolled: [String: Int128] = [:]
        var long: [String: Int128] = [:]
        for _ in 0..<20_000 {
            let account = "A\(Int.random(in: 0..<300, using: &generator))"
            let owner = Bool.random(using: &generator) ? "" : "O\(Int.random(in: 0..<3, using: &generator))"
            let series = "S\(Int.random(in: 0..<900, using: &generator))"
            let quantity = Int64.random(in: 1...3, using: &generator)
            let key = "\(account) \(owner) \(series)"
            switch Int.random(in: 0..<3, using: &generator) {
            case 0:
                Self.position(&book, account, owner, series, long: quantity, short: 1, isToday: true)
                today[key, default: 0] += Int128(quantity - 1)
                long[series, default: 0] += Int128(quantity)
            case 1:
                Self.position(&book, account, owner, series, long: 0, short: quantity, isToday: false)
                rolled[key, default: 0] -= Int128(quantity)
            default:
                book.add(
                    tradeOf: Self.bytes(account), owner: Self.bytes(owner), series: Self.bytes(series),
                    quantity: quantity)
                rolled[key, default: 0] += Int128(quantity)
            }
        }
        let keys = Set(today.keys).union(rolled.keys)
        let expected = keys.filter { today[$0, default: 0] != rolled[$0, default: 0] }
            .map { "\($0) \(today[$0, default: 0]) \(rolled[$0, default: 0])" }
        #expect(Self.unrolled(book) == Set(expected))
        let holdings = Self.holdings(book)
        #expect(holdings.filter(\.value.isHeld).mapValues(\.long) == long)
    }
}
