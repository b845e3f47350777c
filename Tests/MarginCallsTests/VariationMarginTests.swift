import ClearingModel
import MarginCalls
import Quantities
import Testing

struct VariationMarginTests {
    private func amounts(
        _ terms: SettlementTerms, held: Int64 = 0, short: Int64 = 0, trades: [(Int64, String)] = []
    ) throws -> [String] {
        let book = try SettlementBook([terms])
        let only = SeriesIndex(rank: 0)
        let position = BookPosition(series: only, longQuantity: held, shortQuantity: short)
        let trades = try trades.map { BookTrade(series: only, quantity: $0.0, price: try exact($0.1)) }
        var lines: [VariationMarginLine] = []
        let sums = try book.appendVariationMargin(previousPositions: [position], trades: trades[...], to: &lines)
        #expect(sums.map(\.minorUnits).reduce(0, +) == lines.map(\.amount).reduce(0, +))
        return lines.map {
            "\($0.kind.rawValue) \($0.quantity) \(Money(minorUnits: $0.amount, currency: terms.currency))"
        }
    }

    @Test(arguments: [
        // factor, previous, settlement, quantity, amount: ties go away from zero on both sides.
        ("0.5", "1.00", "1.01", 1 as Int64, "0.01 USD"), ("0.5", "1.00", "1.01", -1, "-0.01 USD"),
        ("0.5", "1.01", "1.00", 1, "-0.01 USD"), ("0.49", "1.00", "1.01", 1, "0.00 USD"),
        ("33.37", "101.296875", "101.328125", 3, "3.13 USD"), ("1000", "-37.63", "10.01", 2, "95280.00 USD"),
        ("1000000", "0.00", "0.5", 9_000_000, "4500000000000.00 USD"),
        // No 64-bit path: 900000000.123456789012 · 1.000000000001 has more digits than it holds.
        ("1.000000000001", "0", "900000000.123456789012", 2, "1800000000.25 USD"),
        ("0.000000000001", "0", "1", 5_000_000_000, "0.01 USD"),
    ])
    func `a position line is rounded once half away from zero`(
        row: (factor: String, previous: String, settlement: String, quantity: Int64, amount: String)
    ) throws {
        let terms = try terms(
            "S", factor: row.factor, settlement: row.settlement, previous: row.previous, in: try currency("USD"))
        let lines = try amounts(terms, held: max(0, row.quantity), short: max(0, -row.quantity))
        #expect(lines == ["position \(row.quantity) \(row.amount)"])
        // A trade at the previous price is worth what a position is.
        #expect(try amounts(terms, trades: [(row.quantity, row.previous)]) == ["trade \(row.quantity) \(row.amount)"])
    }

    @Test func `a yen line has no decimals`() throws {
        let yen = try currency("JPY", decimals: 0)
        let terms = try terms("N", factor: "0.5", settlement: "38421", previous: "38420", in: yen)
        #expect(try amounts(terms, held: 1, trades: [(-3, "38420.0")]) == ["position 1 1 JPY", "trade -3 -2 JPY"])
    }

    @Test func `a series that lists today has trades and no previous price`() throws {
        let terms = try terms("S", settlement: "70.25", previous: nil, in: try currency("USD"))
        #expect(try amounts(terms, trades: [(2, "70.20")]) == ["trade 2 100.00 USD"])
        #expect(throws: MarginCallsError.noPreviousSettlementPrice(SeriesCode("S"))) { try amounts(terms, held: 1) }
    }

    @Test func `a series without a settlement price is named`() throws {
        let terms = try terms("S", settlement: nil, previous: "70", in: try currency("USD"))
        #expect(throws: MarginCallsError.noSettlementPrice(SeriesCode("S"))) { try amounts(terms, held: 1) }
        #expect(throws: MarginCallsError.noSettlementPrice(SeriesCode("S"))) { try amounts(terms, trades: [(1, "70")]) }
    }

    @Test func `gross positions are paid on the net`() throws {
        let terms = try terms("S", settlement: "70.25", previous: "71.10", in: try currency("USD"))
        #expect(try amounts(terms, held: 10, short: 4) == ["position 6 -5100.00 USD"])
        #expect(try amounts(terms, held: 4, short: 4) == [])
    }

    @Test func `a premium-style option pays premium on trades and nothing on positions`() throws {
        let option = SettledInstrument.premiumStyleOption(right: .call, strike: try exact("75"))
        let living = try terms("C", instrument: option, settlement: nil, previous: nil, in: try currency("USD"))
        #expect(try amounts(living, held: 10, trades: [(-4, "2.31")]) == ["premium -4 9240.00 USD"])
    }

    @Test(arguments: [
        ("call", "70.95", "0.00"), ("call", "72", "0.00"), ("call", "73.5", "1500.00"), ("put", "70.95", "1050.00"),
    ])
    func `an expiring premium-style option pays its intrinsic value, traded contracts too`(
        row: (right: String, final: String, intrinsic: String)
    ) throws {
        let option = SettledInstrument.premiumStyleOption(
            right: row.right == "call" ? .call : .put, strike: try exact("72"))
        let terms = try terms(
            "P", instrument: option, settlement: "1.10", previous: "1.35", final: row.final, in: try currency("USD"))
        #expect(
            try amounts(terms, held: 1, trades: [(1, "1")]) == [
                "option_expiry 1 \(row.intrinsic) USD", "premium 1 -1000.00 USD",
                "option_expiry 1 \(row.intrinsic) USD",
            ])
    }

    @Test func `an expiring futures-style option settles to its intrinsic value`() throws {
        let option = SettledInstrument.futuresStyleOption(right: .put, strike: try exact("72"))
        let terms = try terms(
            "P", instrument: option, settlement: "1.10", previous: "1.35", final: "70.95", in: try currency("USD"))
        #expect(
            try amounts(terms, held: 2, trades: [(1, "1.00")]) == ["expiry 2 -600.00 USD", "trade 1 50.00 USD"])
    }

    @Test func `a line beyond 64 bits of minor units is refused by name`() throws {
        let terms = try terms("S", factor: "1000000", settlement: "1000000", previous: "0", in: try currency("USD"))
        #expect(throws: MarginCallsError.lineOutOfRange(SeriesCode("S"))) { try amounts(terms, held: 1_000_000_000) }
    }

    @Test func `series twice in the date's terms are refused`() throws {
        let terms = try terms("S", settlement: "1", previous: "1", in: try currency("USD"))
        #expect(throws: MarginCallsError.repeatedSeries(SeriesCode("S"))) { try SettlementBook([terms, terms]) }
    }
}
