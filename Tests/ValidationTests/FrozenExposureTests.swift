import ClearingModel
import Quantities
import Testing
import Validation

/// What closing out frozen positions costs, docs/methodology.md §12.1, by hand.
struct FrozenExposureTests {
    private static let usd = Currency(code: CurrencyCode("USD")!, decimals: 2)
    private static let eur = Currency(code: CurrencyCode("EUR")!, decimals: 2)

    private func prices(
        _ series: String, _ now: String, _ later: String, factor: String = "10",
        _ settlement: HorizonPrices.Settlement = .marked, in currency: Currency = usd
    ) throws -> HorizonPrices {
        HorizonPrices(
            series: SeriesCode(series), currency: currency.code, settlement: settlement,
            contractValueFactor: try #require(ExactDecimal(factor)), now: try #require(ExactDecimal(now)),
            later: try #require(ExactDecimal(later)))
    }

    private func exposure(_ prices: [HorizonPrices]) throws -> FrozenExposure {
        let rate = ConversionRate(
            rate: try #require(ExactDecimal("1.115")), haircut: ExactDecimal(mantissa: 5, scale: 2))
        return FrozenExposure(
            HorizonPrices.bySeries(prices),
            rates: CallCurrencyRates(callCurrency: Self.usd, rates: [Self.eur.code: rate]))
    }

    private func held(_ series: String, _ long: Int64, _ short: Int64 = 0) -> FrozenPosition {
        FrozenPosition(series: SeriesCode(series), long: long, short: short)
    }

    /// −3·10·(98 − 100) for the future; the written option is bought back for 2·10·4; a bought one brings 1·10·1.5.
    @Test func `marked moves and what closing out options costs`() throws {
        let exposure = try exposure([
            prices("F", "100", "98"), prices("C", "3", "4", .premium), prices("P", "2", "1.5", .premium),
        ])
        #expect(try exposure.closeOut([held("F", 3)], isGross: false) == 6_000)
        #expect(try exposure.closeOut([held("C", 0, 2)], isGross: false) == 8_000)
        #expect(try exposure.closeOut([held("P", 1)], isGross: false) == -1_500)
        #expect(try exposure.closeOut([held("F", 3), held("C", 0, 2), held("P", 1)], isGross: false) == 12_500)
        // The plain loss is of the moves of all three.
        #expect(try exposure.plainLoss([held("F", 3), held("C", 0, 2), held("P", 1)]) == 6_000 + 2_000 + 500)
    }

    @Test func `gross positions are floored by series and side`() throws {
        let exposure = try exposure([
            prices("F", "100", "98"), prices("G", "100", "103"), prices("C", "3", "4", .premium),
        ])
        // Longs of F lose 20 each, shorts of G 30 each, and written options cost 40 each; nobody's gain counts.
        let positions = [held("F", 3, 2), held("G", 5, 1), held("C", 4, 1)]
        #expect(try exposure.closeOut(positions, isGross: true) == 100 * (60 + 30 + 40))
        #expect(try exposure.closeOut(positions, isGross: false) == 100 * (20 - 120 - 120))
    }

    /// 3·0.1·0.01·1.115 = 0.003345, rounded once a currency, without the pair's haircut.
    @Test func `a currency is converted and rounded once`() throws {
        let exposure = try exposure([
            prices("E", "1.00", "0.99", factor: "1", in: Self.eur),
            prices("H", "1.00", "0.99", factor: "1", in: Self.eur),
            prices("F", "1.000", "0.997", factor: "1"),
        ])
        #expect(try exposure.closeOut([held("E", 50), held("H", 50)], isGross: false) == 112)
        #expect(try exposure.closeOut([held("E", 100), held("F", 1)], isGross: false) == 112)
        #expect(try exposure.closeOut([held("E", -0, 100), held("F", 2)], isGross: false) == -112 + 1)
    }

    /// 100·(1/40 − 1/50) = 0.5 coins are gained a contract.
    @Test func `an inverse contract moves by the reciprocals of its prices`() throws {
        let exposure = try exposure([prices("I", "40", "50", factor: "100", .inverse)])
        #expect(try exposure.closeOut([held("I", 3)], isGross: false) == -150)
        #expect(try exposure.closeOut([held("I", 1, 3)], isGross: true) == 150)
    }

    @Test func `a held series without its prices is named, one with nothing held is not missed`() throws {
        let exposure = try exposure([prices("F", "100", "98")])
        let refusal = try #require(throws: ValidationRefusal.self) {
            try exposure.closeOut([held("Z", 1), held("F", 1), held("X", 0, 1)], isGross: false)
        }
        #expect(refusal.rule == .priceMissing && refusal.item == "X")
        #expect(try exposure.closeOut([held("Z", 0)], isGross: false) == 0)
    }

    @Test func `a currency without a rate is refused`() throws {
        let other = Currency(code: try #require(CurrencyCode("CHF")), decimals: 2)
        let exposure = try exposure([prices("F", "100", "98", in: other)])
        let refusal = try #require(throws: ValidationRefusal.self) { try exposure.plainLoss([held("F", 1)]) }
        #expect(refusal.rule == .rateMissing && refusal.item == "CHF USD")
    }

    @Test func `an amount beyond 64 bits is refused`() throws {
        let exposure = try exposure([prices("F", "900000000000000", "0", factor: "1000000")])
        let refusal = try #require(throws: ValidationRefusal.self) { try exposure.plainLoss([held("F", 1)]) }
        #expect(refusal.rule == .outOfRange)
    }
}
