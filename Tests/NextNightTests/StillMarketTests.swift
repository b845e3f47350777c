import ClearingModel
import MarketModel
import NextNight
import Quantities
import Testing

/// What settles on the next date, and to which price, if nothing moves (docs/methodology.md §11.6).
struct StillMarketTests {
    /// A Friday; the next date is the Wednesday after the weekend and two closed days.
    private static let tonight = BusinessDate(year: 2018, month: 12, day: 28)
    private static let next = BusinessDate(year: 2019, month: 1, day: 2)

    private enum Kind: String { case future, call, average, spread }

    private static func series(
        _ code: String, _ kind: Kind, expiry: BusinessDate?, on underlying: String = "FUT",
        averagingFrom: BusinessDate? = nil
    ) -> Series {
        let terms: SeriesKind =
            if kind == .future {
                .future(expiryDate: expiry, underlying: nil)
            } else {
                .option(
                    OptionSeriesTerms(
                        right: .call, strike: ExactDecimal(40), underlying: UnderlyingCode(underlying),
                        expiryDate: expiry ?? next, secondUnderlying: kind == .spread ? UnderlyingCode("SPOT") : nil,
                        averagingFrom: averagingFrom))
            }
        return Series(
            code: SeriesCode(code), contract: ContractCode(kind.rawValue),
            contractMonth: ContractMonth(year: 2019, month: 1), kind: terms)
    }

    private static func contract(_ kind: Kind, _ model: OptionModel? = nil) -> Contract {
        Contract(
            code: ContractCode(kind.rawValue), combinedCommodity: CombinedCommodityCode("CC"),
            contractValueFactor: ExactDecimal(10),
            kind: model.map {
                .option(
                    OptionTerms(
                        model: $0, exercise: .european, style: .premium, volatilitySource: .assigned,
                        discountRate: RateCode("R")))
            } ?? .future(FutureTerms()))
    }

    /// The market of the next date with one series, which is at 7, on a future at 45 that lives on, and a spot at 5.
    private func still(
        _ series: Series, quote: SeriesPrices = SeriesPrices(settlement: ExactDecimal(7)), isHeld: Bool = true,
        futureExpires expiry: BusinessDate? = nil, average: ExactDecimal? = nil
    ) -> (quote: SeriesPrices, isSettling: Bool, waits: Bool, average: ExactDecimal?, date: BusinessDate) {
        let house = ClearingHouse(
            currencies: [], members: [], accounts: [], owners: [:], combinedCommodities: [],
            contracts: [
                Self.contract(.future), Self.contract(.call, .black76), Self.contract(.average, .averagePrice),
                Self.contract(.spread, .spread),
            ], series: [Self.series("FUT", .future, expiry: expiry), series])
        let still = StillMarket(
            MarketSnapshot(
                businessDate: Self.tonight, calendar: BusinessCalendar([Self.tonight, Self.next]),
                prices: [SeriesPrices(settlement: ExactDecimal(45)), quote],
                underlyingPrices: [UnderlyingCode("SPOT"): ExactDecimal(5)], volatilities: [:],
                realisedAverages: average.map { [series.code: $0] } ?? [:], rates: [:]),
            on: Self.next, of: house, holding: isHeld ? [Position(series: 1, quantity: 1)] : [])
        return (
            still.market.prices[1], still.isSettling[1], still.market.unsettled.contains(series.code),
            still.market.realisedAverages[series.code], still.market.businessDate
        )
    }

    @Test func `a series that expires after the next date keeps its price and stays`() {
        let found = still(Self.series("S", .call, expiry: Self.next.adding(days: 1)))
        #expect(found.quote == SeriesPrices(settlement: ExactDecimal(7)))
        #expect(!found.isSettling && !found.waits)
        #expect(found.date == Self.next)
    }

    @Test(arguments: [
        (days: 1, isSettling: true), (days: 5, isSettling: true), (days: 6, isSettling: false),
    ]) func `what expires after tonight and by the next date settles to its own price, over closed days too`(
        days: Int, isSettling: Bool
    ) {
        let found = still(Self.series("S", .future, expiry: Self.tonight.adding(days: days)))
        #expect(found.isSettling == isSettling)
        #expect(found.quote.finalSettlement == (isSettling ? ExactDecimal(7) : nil))
        #expect(found.quote.settlement == ExactDecimal(7))
    }

    @Test func `an option settles to its underlying, an average to what was averaged, a spread to the difference`() {
        #expect(still(Self.series("S", .call, expiry: Self.next)).quote.finalSettlement == ExactDecimal(45))
        #expect(still(Self.series("S", .call, expiry: Self.next, on: "SPOT")).quote.finalSettlement == ExactDecimal(5))
        let average = Self.series("S", .average, expiry: Self.next, averagingFrom: Self.tonight.adding(days: -9))
        #expect(still(average, average: ExactDecimal(44)).quote.finalSettlement == ExactDecimal(44))
        #expect(still(average).quote.finalSettlement == ExactDecimal(45))
        #expect(still(Self.series("S", .spread, expiry: Self.next)).quote.finalSettlement == ExactDecimal(40))
    }

    @Test func `a plain option settles with its underlying, an average does not`() {
        let later = Self.next.adding(days: 30)
        let option = still(Self.series("S", .call, expiry: later), futureExpires: Self.next)
        #expect(option.isSettling && option.quote.finalSettlement == ExactDecimal(45))
        let average = Self.series("S", .average, expiry: later, averagingFrom: later)
        #expect(!still(average, futureExpires: Self.next).isSettling)
    }

    @Test func `what settled finally tonight is gone, and what is held and waits goes on waiting`() {
        let final = SeriesPrices(settlement: ExactDecimal(7), finalSettlement: ExactDecimal(8))
        let gone = still(Self.series("S", .future, expiry: Self.tonight), quote: final)
        #expect(gone.quote == SeriesPrices() && !gone.isSettling && !gone.waits)
        let expired = Self.series("S", .future, expiry: Self.tonight)
        #expect(still(expired).waits && !still(expired).isSettling)
        #expect(!still(expired, isHeld: false).waits)
    }

    @Test(arguments: [(days: 4, average: ExactDecimal?.some(ExactDecimal(45))), (days: 5, average: nil)])
    func `averaging that begins before the next date begins with the underlying's price`(
        days: Int, average: ExactDecimal?
    ) {
        let series = Self.series(
            "S", .average, expiry: Self.next.adding(days: 30), averagingFrom: Self.tonight.adding(days: days))
        #expect(still(series).average == average)
    }
}
