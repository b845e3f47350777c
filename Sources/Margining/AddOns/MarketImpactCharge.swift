import ClearingModel
import Quantities

/// What closing a position moves the price against itself: the square-root law (methodology §9).
package struct MarketImpactCharge: Sendable {
    package let combinedCommodity: CombinedCommodityCode
    /// Y of the square-root law, without unit, 0 or more.
    package let impactCoefficient: ExactDecimal
    /// One day's standard deviation of the price in **price units**, not a rate; 0 or more.
    package let dailyVolatility: ExactDecimal
    /// Contracts a day, above 0.
    package let averageDailyVolume: ExactDecimal
    /// Currency units for one unit of price and one contract.
    package let contractValueFactor: ExactDecimal

    package init(
        combinedCommodity: CombinedCommodityCode, impactCoefficient: ExactDecimal, dailyVolatility: ExactDecimal,
        averageDailyVolume: ExactDecimal, contractValueFactor: ExactDecimal
    ) {
        self.combinedCommodity = combinedCommodity
        self.impactCoefficient = impactCoefficient
        self.dailyVolatility = dailyVolatility
        self.averageDailyVolume = averageDailyVolume
        self.contractValueFactor = contractValueFactor
    }

    /// Coefficient · volatility · |X| · contract value factor · sqrt(|X| / average daily volume), half away from zero
    /// to the minor unit of `currency`, which is the combined commodity's.
    package func line(size: PositionSize, currency: Currency) throws(AddOnError) -> AddOnLine {
        let item = AddOnItemCode(combinedCommodity.text)
        try item.requireNotNegative(impactCoefficient, "impact coefficient")
        try item.requireNotNegative(dailyVolatility, "daily volatility")
        try item.requireAbove(zero: averageDailyVolume, "average daily volume")
        try item.requireAbove(zero: contractValueFactor, "contract value factor")
        let inMinorUnits = ExactDecimal(mantissa: PowersOfTen.int128(currency.decimals), scale: 0)
        let factor = try item.product(
            impactCoefficient, dailyVolatility, size.contracts, contractValueFactor, inMinorUnits)
        let ratio = ExactFraction(size.contracts, over: averageDailyVolume)
        guard let units = squareRootCharge(factor: ExactFraction(factor), ratio: ratio, deduction: 0) else {
            throw .amountOutOfRange(item)
        }
        return AddOnLine(
            kind: .impact, item: item, base: .zero(currency), size: size,
            driver: "\(size.contracts) contracts against \(averageDailyVolume) a day,"
                + " daily volatility \(dailyVolatility)",
            amount: Money(minorUnits: units, currency: currency))
    }
}
