import ClearingModel
import Quantities
import Testing
import Validation

/// What a hypothetical portfolio may be and what it holds on a night, docs/methodology.md §12.1, by hand.
struct HypotheticalPortfolioTests {
    private func line(
        _ number: Int, _ commodity: String, _ instrument: HypotheticalInstrument = .future, month: Int = 1,
        at moneyness: String? = nil, _ quantity: Int64 = 1
    ) -> HypotheticalLine {
        HypotheticalLine(
            number: number, combinedCommodity: CombinedCommodityCode(commodity), instrument: instrument,
            monthRank: month, moneyness: moneyness.flatMap { ExactDecimal($0) }, quantity: .contracts(quantity))
    }

    private func line(
        _ number: Int, _ instrument: HypotheticalInstrument, month: Int = 1, at moneyness: String? = nil,
        _ quantity: Int64 = 1
    ) -> HypotheticalLine { line(number, "OIL", instrument, month: month, at: moneyness, quantity) }

    private func line(_ number: Int, month: Int = 1, at moneyness: String? = nil, _ quantity: Int64 = 1)
        -> HypotheticalLine
    { line(number, "OIL", .future, month: month, at: moneyness, quantity) }

    private func volumes(_ multiple: String, _ commodity: String = "OIL") throws -> HypotheticalLine {
        HypotheticalLine(
            number: 1, combinedCommodity: CombinedCommodityCode(commodity), instrument: .future, monthRank: 1,
            moneyness: nil, quantity: .averageDailyVolumes(try #require(ExactDecimal(multiple))))
    }

    private func portfolio(_ kind: HypotheticalKind, _ lines: [HypotheticalLine]) throws(ValidationRefusal)
        -> HypotheticalPortfolio
    {
        try HypotheticalPortfolio(code: HypotheticalPortfolioCode("P"), kind: kind, lines: lines)
    }

    @Test func `each kind takes its own shape`() throws {
        _ = try portfolio(.outright, [line(1, -5)])
        _ = try portfolio(.calendar, [line(1, 1), line(2, month: 2, -1), line(3, month: 3, 2)])
        _ = try portfolio(.interCommodity, [line(1), line(2, "GAS", .future, -1)])
        _ = try portfolio(.straddle, [line(1, .call, at: "1", -1), line(2, .put, at: "1.0", -2)])
        _ = try portfolio(.deepOtmShort, [line(1, .call, at: "1.2", -1), line(2, .put, at: "0.8", -1)])
        _ = try portfolio(.concentrated, [volumes("-0.5")])
    }

    @Test func `what has another shape is refused`() throws {
        let faults: [(HypotheticalKind, [HypotheticalLine])] = [
            (.outright, []), (.outright, [line(1), line(2)]), (.outright, [line(1, .call, at: "1")]),
            (.outright, [line(1, 0)]), (.outright, [line(1, month: 0)]), (.outright, [line(1, at: "1")]),
            (.outright, [try volumes("1")]),
            (.calendar, [line(1), line(2, month: 2)]), (.calendar, [line(1), line(2, "GAS", .future, -1)]),
            (.calendar, [line(1), line(2, .put, at: "1", -1)]), (.calendar, [line(1)]),
            (.interCommodity, [line(1), line(2, -1)]),
            (.straddle, [line(1, .call, at: "1"), line(2, .put, at: "1", -1)]),
            (.straddle, [line(1, .call, at: "1"), line(2, .put, at: "1.1")]),
            (.straddle, [line(1, .call, at: "1"), line(2, .put, month: 2, at: "1")]),
            (.straddle, [line(1, .call, at: "1"), line(2, "GAS", .put, at: "1")]),
            (.straddle, [line(1, .call, at: "1"), line(2, .call, at: "1")]),
            (.straddle, [line(1, .call, at: "1")]), (.straddle, [line(1, .call), line(2, .put)]),
            (.straddle, [line(1, .call, at: "0"), line(2, .put, at: "0")]),
            (.deepOtmShort, [line(1, .call, at: "1.19", -1)]), (.deepOtmShort, [line(1, .put, at: "0.81", -1)]),
            (.deepOtmShort, [line(1, .call, at: "1.3", 1)]), (.deepOtmShort, [line(1, -1)]), (.deepOtmShort, []),
            (.concentrated, [line(1)]), (.concentrated, [try volumes("0")]),
        ]
        for (kind, lines) in faults {
            let refusal = try #require(throws: ValidationRefusal.self) { try portfolio(kind, lines) }
            #expect(refusal.rule == .hypotheticalKind && refusal.item.hasPrefix("P"), "\(kind) \(refusal)")
        }
    }

    private func future(_ code: String, _ month: String, expires: String? = nil) throws -> ListedInstrument {
        ListedInstrument(
            code: SeriesCode(code), combinedCommodity: CombinedCommodityCode("OIL"), instrument: .future,
            contractMonth: try #require(ContractMonth(month)), expiryDate: expires.flatMap { BusinessDate($0) })
    }

    private func option(
        _ code: String, _ instrument: HypotheticalInstrument, strike: Int, on price: Int? = 100,
        month: String = "2025-09",
        expires: String = "2025-08-20"
    ) throws -> ListedInstrument {
        ListedInstrument(
            code: SeriesCode(code), combinedCommodity: CombinedCommodityCode("OIL"), instrument: instrument,
            contractMonth: try #require(ContractMonth(month)), expiryDate: BusinessDate(expires),
            strike: ExactDecimal(strike), underlyingPrice: price.map { ExactDecimal($0) })
    }

    private func listing(_ series: [ListedInstrument], volume: String? = nil) throws -> HypotheticalListing {
        HypotheticalListing(
            series, horizonEnd: try #require(BusinessDate("2025-07-10")),
            averageDailyVolumes: volume.flatMap { ExactDecimal($0) }.map { [CombinedCommodityCode("OIL"): $0] } ?? [:])
    }

    private func held(_ listing: HypotheticalListing, _ kind: HypotheticalKind, _ lines: [HypotheticalLine]) throws
        -> [String]
    {
        try listing.positions(of: portfolio(kind, lines)).map { "\($0.series) \($0.net)" }
    }

    @Test func `a month is ranked among those of its instrument that do not expire by the horizon`() throws {
        let listing = try listing([
            future("F9", "2025-09"), future("F7", "2025-07", expires: "2025-07-10"),
            future("F8", "2025-08", expires: "2025-07-11"),
        ])
        #expect(try held(listing, .outright, [line(1, 4)]) == ["F8 4"])
        #expect(try held(listing, .outright, [line(1, month: 2, -4)]) == ["F9 -4"])
        #expect(listing.nearestFuture(of: CombinedCommodityCode("OIL")) == SeriesCode("F8"))
        let refusal = try #require(throws: ValidationRefusal.self) {
            try held(listing, .outright, [line(1, month: 3)])
        }
        #expect(refusal.rule == .hypotheticalLineUnfilled && refusal.item == "P 1")
    }

    /// One series of the month expires: the month is none of them, whatever the others do.
    @Test func `a month of which one series expires by the horizon is left out`() throws {
        let listing = try listing([
            option("C1", .call, strike: 100, expires: "2025-07-10"), option("C2", .call, strike: 100),
            option("D", .call, strike: 130, month: "2025-10"), option("P", .put, strike: 100),
        ])
        #expect(try held(listing, .straddle, [line(1, .call, at: "1"), line(2, .put, at: "1")]) == ["D 1", "P 1"])
    }

    @Test func `a strike is the nearest, of two the lower; far out of the money only at it or beyond`() throws {
        let listing = try listing([
            option("C110", .call, strike: 110), option("C115", .call, strike: 115), option("C130", .call, strike: 130),
            option("P70", .put, strike: 70), option("P85", .put, strike: 85), option("P90", .put, strike: 90),
            option("P80X", .put, strike: 80, on: nil),
        ])
        func straddle(_ moneyness: String) throws -> [String] {
            try held(listing, .straddle, [line(1, .call, at: moneyness), line(2, .put, at: moneyness)])
        }
        #expect(try straddle("1.125") == ["C110 1", "P90 1"])
        #expect(try straddle("1.126") == ["C115 1", "P90 1"])
        #expect(try straddle("0.875") == ["C110 1", "P85 1"])
        let deep = [line(1, .call, at: "1.2", -1), line(2, .put, at: "0.8", -1)]
        #expect(try held(listing, .deepOtmShort, deep) == ["C130 -1", "P70 -1"])
        #expect(throws: ValidationRefusal.self) {
            try held(listing, .deepOtmShort, [line(1, .call, at: "1.31", -1)])
        }
    }

    @Test func `multiples of volume are rounded half away from zero, and need a volume`() throws {
        let series = [try future("F", "2025-09")]
        #expect(try held(listing(series, volume: "1001"), .concentrated, [volumes("-0.5")]) == ["F -501"])
        let refusal = try #require(throws: ValidationRefusal.self) {
            try held(listing(series), .concentrated, [volumes("1")])
        }
        #expect(refusal.rule == .hypotheticalLineUnfilled)
    }

    @Test func `lines in one series are added up`() throws {
        let listing = try listing([future("F", "2025-09"), option("C", .call, strike: 100)])
        let lines = [line(1, 3), line(2, "OIL", .call, at: "1", 2), line(3, "OIL", .future, -3)]
        let both = lines + [line(4, "GAS", .future, -1)]
        #expect(throws: ValidationRefusal.self) { try held(listing, .interCommodity, both) }
        let calendar = [line(1, 3), line(2, -1)]
        #expect(try held(listing, .calendar, calendar) == ["F 2"])
    }
}
