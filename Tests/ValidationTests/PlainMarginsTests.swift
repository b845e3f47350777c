import Calibration
import ClearingModel
import Margining
import Quantities
import Scenarios
import Testing
import Validation

/// What plain methods ask for positions, docs/methodology.md §12.7, by hand.
struct PlainMarginsTests {
    private static let usd = Currency(code: CurrencyCode("USD")!, decimals: 2)
    private static let eur = Currency(code: CurrencyCode("EUR")!, decimals: 2)
    private static let first = BusinessDate(year: 2014, month: 1, day: 6)

    private func exact(_ text: String) throws -> ExactDecimal { try #require(ExactDecimal(text)) }

    private func held(_ series: String, _ long: Int64, _ short: Int64 = 0) -> FrozenPosition {
        FrozenPosition(series: SeriesCode(series), long: long, short: short)
    }

    /// A future of 10 a point at a price, whose array loses 25 long and 15 short at worst.
    private func future(_ code: String, of commodity: String, at price: String, in currency: Currency = usd) throws
        -> PlainSeries
    {
        let price = try exact(price)
        return PlainSeries(
            series: SeriesCode(code), combinedCommodity: CombinedCommodityCode(commodity), currency: currency.code,
            notional: ExactFraction((price * ExactDecimal(10)).magnitude),
            worst: PlainSeries.worst(
                of: PublishedRiskArray(
                    series: SeriesCode(code), arrayDecimals: 1, values: [250, -150, 0],
                    compositeDelta: CompositeDelta(.zero),
                    priceScanRange: .one)), optionValue: .zero, linear: (ExactDecimal(10), price))
    }

    private func option(_ code: String, value: String, long: String, short: String) throws -> PlainSeries {
        PlainSeries(
            series: SeriesCode(code), combinedCommodity: CombinedCommodityCode("OIL"), currency: Self.usd.code,
            notional: ExactFraction(ExactDecimal(1_000)), worst: (try exact(long), try exact(short)),
            optionValue: try exact(value), linear: nil)
    }

    private func margins(_ series: [PlainSeries]) throws -> PlainMargins {
        let rate = ConversionRate(rate: try exact("1.5"), haircut: ExactDecimal(mantissa: 5, scale: 2))
        return PlainMargins(
            Dictionary(uniqueKeysWithValues: series.map { ($0.series, $0) }),
            rates: CallCurrencyRates(callCurrency: Self.usd, rates: [Self.eur.code: rate]))
    }

    private func moves(
        _ levels: [String], _ kind: ReturnKind = .absolute, days: [Int]? = nil, lookBack: Int? = nil, horizon: Int = 1
    ) throws -> PlainMoves {
        PlainMoves(
            try FactorHistory(
                factor: RiskFactorCode("P"), returnKind: kind,
                dates: (days ?? Array(levels.indices)).map { Self.first.adding(days: $0) },
                levels: try levels.map(exact)), horizonDays: horizon, lookBackDays: lookBack)
    }

    @Test func `notional is of every contract, at the size of its price`() throws {
        let margins = try margins([
            future("F", of: "OIL", at: "-36.98"), future("G", of: "GAS", at: "2", in: Self.eur),
        ])
        #expect(try margins.notional([held("F", 1, 3)], isGross: false) == 2 * 36_980)
        #expect(try margins.notional([held("F", 1, 3)], isGross: true) == 4 * 36_980)
        // 3·20 euros at 1.5, without haircut.
        #expect(try margins.notional([held("F", 1), held("G", 0, 3)], isGross: false) == 36_980 + 9_000)
        let refusal = try #require(throws: ValidationRefusal.self) {
            try margins.notional([held("H", 1)], isGross: false)
        }
        #expect(refusal.rule == .priceMissing && refusal.item == "H")
    }

    /// A written option is worth 40 to its buyer; one that is held loses no more than it is worth.
    @Test func `each leg alone is its worst scenario less what the option is worth`() throws {
        let margins = try margins([
            future("F", of: "OIL", at: "50"), future("G", of: "OIL", at: "51"),
            option("C", value: "40", long: "38", short: "60"),
        ])
        #expect(try margins.legsAlone([held("F", 2), held("G", 0, 2)], isGross: false) == 5_000 + 3_000)
        #expect(try margins.legsAlone([held("F", 3, 1)], isGross: false) == 5_000)
        #expect(try margins.legsAlone([held("F", 3, 1)], isGross: true) == 7_500 + 1_500)
        #expect(try margins.legsAlone([held("C", 0, 2)], isGross: false) == 20_000)
        #expect(try margins.legsAlone([held("C", 2)], isGross: false) == 0)
    }

    private func valueAtRisk(
        _ positions: [FrozenPosition], _ series: [PlainSeries], _ moves: [String: PlainMoves], isGross: Bool = false,
        day: Int = 4
    ) throws -> Int64 {
        try margins(series).historicalValueAtRisk(
            positions, isGross: isGross, on: Self.first.adding(days: day), confidence: exact("0.75"),
            moves: { moves[$0.text] })
    }

    /// Moves of 2, −3, 4 and −1: the worst of four at 75 %.
    @Test func `value at risk is the order statistic of plain moves up to the night`() throws {
        let series = [try future("F", of: "OIL", at: "12"), try future("G", of: "OIL", at: "13")]
        let own = ["OIL": try moves(["10", "12", "9", "13", "12", "99"])]
        #expect(try valueAtRisk([held("F", 1)], series, own) == 3_000)
        #expect(try valueAtRisk([held("F", 0, 1)], series, own) == 4_000)
        // Months of a commodity move together; of gross positions no gain counts.
        #expect(try valueAtRisk([held("F", 3), held("G", 0, 2)], series, own) == 3_000)
        #expect(try valueAtRisk([held("F", 3, 2)], series, own, isGross: true) == 9_000)
        // A day less leaves three moves, of which none is one in four; of five the second is meant.
        let early = try #require(throws: ValidationRefusal.self) {
            try valueAtRisk([held("F", 1)], series, own, day: 3)
        }
        #expect(early.rule == .notSimulated && early.reason == "fewer moves than one beyond the confidence")
        #expect(try valueAtRisk([held("F", 1)], series, own, day: 5) == 1_000)
    }

    @Test func `look-back, horizon and shares of a price`() throws {
        let series = [try future("F", of: "OIL", at: "100")]
        let levels = ["10", "30", "12", "9", "13", "12"]
        // Of 20, −18, −3, 4 and −1 the last four.
        let short = ["OIL": try moves(levels, lookBack: 4)]
        #expect(try valueAtRisk([held("F", 1)], series, short, day: 5) == 18_000)
        // Over two days four moves: 2, −21, 1, 3.
        let two = ["OIL": try moves(levels, lookBack: 5, horizon: 2)]
        #expect(try valueAtRisk([held("F", 1)], series, two, day: 5) == 21_000)
        #expect(try valueAtRisk([held("F", 0, 1)], series, two, day: 5) == 3_000)
        // 10 to 12, to 9, to 13, to 12: a quarter of 100 is lost at worst; from a level of 0 nothing is a share.
        let log = ["OIL": try moves(["0", "10", "12", "9", "13", "12"], .log)]
        #expect(try valueAtRisk([held("F", 1)], series, log, day: 5) == 25_000)
    }

    @Test func `factors count on the days that both have`() throws {
        let series = [try future("F", of: "OIL", at: "1"), try future("G", of: "GAS", at: "1", in: Self.eur)]
        // OIL has no level on the third day, so that its move of 5 ends on the fourth: +1, +5, −2, −1.
        let own = [
            "OIL": try moves(["0", "1", "6", "4", "3"], days: [0, 1, 3, 4, 5]),
            "GAS": try moves(["0", "2", "9", "5", "6", "4"]),
        ]
        // Together 1 and 2, 5 and −4, −2 and 1, −1 and −2; a euro is 1.5.
        #expect(try valueAtRisk([held("F", 1), held("G", 1)], series, own, day: 5) == 100 * 10 * 4)
        #expect(try valueAtRisk([held("F", 0, 1), held("G", 1)], series, own, day: 5) == 100 * 10 * 11)
    }

    @Test func `what moves with no factor is refused by its series`() throws {
        let series = [try future("F", of: "OIL", at: "1"), try option("C", value: "1", long: "1", short: "1")]
        let known = ["OIL": try moves(["1", "2", "3", "4", "5"])]
        for (code, moves) in [("F", [:]), ("C", known)] as [(String, [String: PlainMoves])] {
            let refusal = try #require(throws: ValidationRefusal.self) {
                try valueAtRisk([held(code, 1)], series, moves)
            }
            #expect(refusal.rule == .notSimulated && refusal.item == code)
        }
        #expect(try valueAtRisk([], series, [:]) == 0)
    }
}
