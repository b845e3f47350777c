import ClearingModel
import Quantities

/// A position behind a requirement of a run, with the array of its series.
package struct PositionResult: Hashable, Sendable {
    package let owner: OwnerCode
    package let combinedCommodity: CombinedCommodityCode
    package let series: SeriesCode
    /// Contracts, 0 or more, as the short ones.
    package let longQuantity: Int64
    package let shortQuantity: Int64
    package let arrayDecimals: Int
    /// What one long unit loses under each scenario, in units of 10^-arrayDecimals.
    package let array: [Int64]

    package init(
        owner: OwnerCode, combinedCommodity: CombinedCommodityCode, series: SeriesCode, longQuantity: Int64,
        shortQuantity: Int64, arrayDecimals: Int, array: [Int64]
    ) {
        self.owner = owner
        self.combinedCommodity = combinedCommodity
        self.series = series
        self.longQuantity = longQuantity
        self.shortQuantity = shortQuantity
        self.arrayDecimals = arrayDecimals
        self.array = array
    }
}

extension PositionResult {
    /// The largest loss of one long unit, 0 or more.
    package var longLoss: ExactDecimal {
        ExactDecimal(minorUnits: max(0, array.max() ?? 0), decimals: arrayDecimals)
    }

    /// The largest loss of one short unit, 0 or more.
    package var shortLoss: ExactDecimal {
        ExactDecimal(minorUnits: max(0, -(array.min() ?? 0)), decimals: arrayDecimals)
    }
}

/// What an option position adds to the net option value and short option minimum of a run.
package struct OptionValueResult: Hashable, Sendable {
    package let owner: OwnerCode
    package let combinedCommodity: CombinedCommodityCode
    package let series: SeriesCode
    package let right: OptionRight
    package let style: OptionStyle
    /// Contracts, 0 or more, as the short ones.
    package let longQuantity: Int64
    package let shortQuantity: Int64
    /// Nil where there is none.
    package let settlementPrice: ExactDecimal?
    package let contractValueFactor: ExactDecimal
    package let arrayDecimals: Int16
    /// Largest loss of one long unit, 0 or more, in units of 10^-arrayDecimals.
    package let longLoss: Int64

    package init(
        owner: OwnerCode, combinedCommodity: CombinedCommodityCode, series: SeriesCode, right: OptionRight,
        style: OptionStyle, longQuantity: Int64, shortQuantity: Int64, settlementPrice: ExactDecimal?,
        contractValueFactor: ExactDecimal, arrayDecimals: Int16, longLoss: Int64
    ) {
        self.owner = owner
        self.combinedCommodity = combinedCommodity
        self.series = series
        self.right = right
        self.style = style
        self.longQuantity = longQuantity
        self.shortQuantity = shortQuantity
        self.settlementPrice = settlementPrice
        self.contractValueFactor = contractValueFactor
        self.arrayDecimals = arrayDecimals
        self.longLoss = longLoss
    }
}
