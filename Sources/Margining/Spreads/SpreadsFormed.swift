import ClearingModel
import Quantities

/// Which side of the market the A legs of a calendar spread were on.
package enum PositionSide: String, Sendable {
    case long, short
}

/// Delta taken out of one contract month; a magnitude.
package struct MonthConsumption: Hashable, Sendable {
    package let month: ContractMonth
    package let consumed: Delta
}

/// A calendar spread that formed (docs/methodology.md §6.2).
package struct IntraSpreadFormed: Hashable, Sendable {
    /// Index into the combined commodity's intra spreads.
    package let spread: Int
    package let aSide: PositionSide
    /// How many spreads, above 0.
    package let count: Delta
    /// count · rate, exact.
    package let charge: ExactDecimal
    /// In the order of the spread's legs.
    package let legs: [IntraSpreadLegFormed]
}

/// What one leg of a formed calendar spread consumed.
package struct IntraSpreadLegFormed: Hashable, Sendable {
    package let consumed: Delta
    package let months: [MonthConsumption]
}

/// A super- or inter-commodity spread, delta-based or flat, that formed (docs/methodology.md §6.1, §6.4).
package struct InterSpreadFormed: Hashable, Sendable {
    /// Index into the book's inter-commodity spreads.
    package let spread: Int
    package let count: Delta
    /// In the order of the spread's legs.
    package let legs: [InterSpreadLegFormed]
}

/// One leg of a formed inter-commodity spread.
package struct InterSpreadLegFormed: Hashable, Sendable {
    /// Signed sum over the leg's months before this spread.
    package let deltaBefore: Delta
    package let consumed: Delta
    package let months: [MonthConsumption]
    package let weightedPriceRisk: ExactDecimal
    package let rate: ExactDecimal
    /// To `creditDecimals`.
    package let credit: ExactDecimal

    /// Decimals a leg's credit is rounded to.
    static let creditDecimals = 8
}

/// A scan-based spread that formed: its legs scanned as one (docs/methodology.md §6.4).
package struct ScanGroupRisk: Hashable, Sendable {
    /// Index into the book's inter-commodity spreads.
    package let spread: Int
    /// The legs' arrays added, gains multiplied by their rates, exact.
    package let array: [ExactDecimal]
    package let scanning: ScanningRisk
}

/// The charge of one contract month in its delivery period (docs/methodology.md §6.3).
package struct DeliveryMonthRisk: Hashable, Sendable {
    package let month: ContractMonth
    /// What super and calendar spreads have left, a magnitude; in a gross omnibus account long and short added.
    package let remaining: Delta
    package let consumed: Delta
    /// Exact.
    package let charge: ExactDecimal
}
