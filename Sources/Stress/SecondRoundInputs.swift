import ClearingModel
import Parameters
import Quantities

/// How a combined commodity trades on the date (docs/methodology.md §8.7).
package struct CloseOutMarket: Sendable {
    /// Y of the square-root law, without unit, 0 or more.
    package let impactCoefficient: ExactDecimal
    /// A day's standard deviation of the price, in price units, 0 or more.
    package let dailyVolatility: ExactDecimal
    /// Contracts a day, 0 or more.
    package let averageDailyVolume: ExactDecimal

    package init(impactCoefficient: ExactDecimal, dailyVolatility: ExactDecimal, averageDailyVolume: ExactDecimal) {
        self.impactCoefficient = impactCoefficient
        self.dailyVolatility = dailyVolatility
        self.averageDailyVolume = averageDailyVolume
    }
}

/// What the second round needs beside the book (docs/methodology.md §8.7).
package struct SecondRoundInputs: Sendable {
    package let terms: SecondRoundTerms
    package let markets: [CombinedCommodityCode: CloseOutMarket]
    /// Net delta before spreads of each account, its owners added, by combined commodity: as it was published.
    package let netDeltas: [AccountCode: [CombinedCommodityCode: Delta]]
    /// Accepted collateral by account, in minor units of its call currency.
    package let collateral: [AccountCode: Int64]

    package init(
        terms: SecondRoundTerms, markets: [CombinedCommodityCode: CloseOutMarket],
        netDeltas: [AccountCode: [CombinedCommodityCode: Delta]], collateral: [AccountCode: Int64]
    ) {
        self.terms = terms
        self.markets = markets
        self.netDeltas = netDeltas
        self.collateral = collateral
    }
}

/// What closing the defaulters out does to one combined commodity.
package struct CloseOutImpact: Sendable {
    package let combinedCommodity: CombinedCommodityCode
    /// X: what all closed out so far hold, long +.
    package let netDelta: Delta
    /// ΔU in price units, to 6 decimals: closing out longs lowers the price.
    package let priceMove: ExactDecimal
    /// |X| over what is traded in the days of the close-out, to 6 decimals; nil where the market has no volume.
    package let participation: ExactDecimal?

    /// Whether more is to be closed out than is traded in those days, exact.
    package let isMoreThanVolume: Bool

    /// - Throws: `StressRefusal` where something is to be closed out and the market has no row or no volume.
    init(
        _ code: CombinedCommodityCode, netDelta: Delta, market: CloseOutMarket?, closeOutDays: Int
    ) throws(StressRefusal) {
        combinedCommodity = code
        self.netDelta = netDelta
        let size = netDelta.magnitude.amount
        let volume = market.flatMap { $0.averageDailyVolume > .zero ? $0.averageDailyVolume : nil }
        let traded = volume.map { $0 * ExactDecimal(closeOutDays) }
        participation = traded.map { size.divided(by: $0, roundedToScale: 6) }
        isMoreThanVolume = traded.map { size > $0 } ?? false
        if netDelta == .zero {
            priceMove = .zero
            return
        }
        guard let market, let volume else {
            throw StressRefusal(
                .closeOutMarketMissing, "\(code)", table: "liquidity",
                column: market == nil ? "" : "average_daily_volume",
                "\(netDelta.text) contracts of \(code) are to be closed out, and close_out_impact or the date's "
                    + "liquidity does not say at what price"
            )
        }
        // The one root of the section: a relative error below 1e-15 before it is rounded to 6 decimals.
        let move =
            market.impactCoefficient.double * market.dailyVolatility.double
            * (size.double / volume.double).squareRoot()
        guard move < 9e12 else {
            throw StressRefusal(
                .outOfRange, "\(code)", table: "close_out_impact", column: "impact_coefficient",
                "the close-out of \(netDelta.text) contracts moves the price by \(move)")
        }
        let units = arrayUnits(rounding: move, decimals: 6)
        priceMove = ExactDecimal(mantissa: Int128(netDelta.units > 0 ? -units : units), scale: 6)
    }
}
