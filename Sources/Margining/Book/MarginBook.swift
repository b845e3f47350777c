import ClearingModel
import Quantities
import Scenarios

/// Reference data and margin parameters of a run, interned: everything is found by dense index, nothing changes.
///
/// Built once a run by a validating initialiser; shared by all threads. Combined commodities are in code order, series
/// in the order (combined commodity, code), so ascending indices are the normative order of reductions and outputs
/// (docs/methodology.md §1.6).
package struct MarginBook: Sendable {
    package let currencies: [Currency]
    package let scenarioSets: [ScenarioSet]
    package let combinedCommodities: [CombinedCommodityTerms]
    package let series: [SeriesTerms]
    /// In the order in which they are tried: super ones first, then by priority, then by code.
    package let interSpreads: [InterSpreadTerms]
    /// For each combined commodity the inter spreads whose first leg it is, ascending.
    let interSpreadsByFirstLeg: [[Int]]
    let combinedCommodityIndices: [CombinedCommodityCode: Int]
    let seriesIndices: [SeriesCode: Int]
    let conversions: [CurrencyPair: CurrencyConversion]
    /// The largest number of months that one combined commodity lists.
    let mostListedMonths: Int

    /// Index of a series by its code; nil where the book does not list it.
    package func seriesIndex(of code: SeriesCode) -> Int? { seriesIndices[code] }
    /// Index of a combined commodity by its code.
    package func combinedCommodityIndex(of code: CombinedCommodityCode) -> Int? { combinedCommodityIndices[code] }
    /// Rate and haircut from one currency to another; 1 and 0 within one currency.
    package func conversion(from: CurrencyCode, to: CurrencyCode) -> CurrencyConversion? {
        from == to
            ? CurrencyConversion(from: from, to: to, rate: .one)
            : conversions[CurrencyPair(from: from, to: to)]
    }
}

extension MarginBook {
    /// What the kernel asks of a series' kind.
    package enum SeriesClass: Hashable, Sendable {
        case future
        case option(right: OptionRight, style: OptionStyle)
    }

    /// One series: indices and exact factors, no text but its code.
    package struct SeriesTerms: Hashable, Sendable {
        package let code: SeriesCode
        package let combinedCommodity: Int
        /// Index into the combined commodity's listed months.
        package let month: Int
        package let seriesClass: SeriesClass
        package let contractValueFactor: ExactDecimal
        package let deltaScalingFactor: ExactDecimal
        /// Settlement price · contract value factor of a premium-style option; nil where the price is missing.
        package let optionValue: ExactDecimal?
    }

    /// One combined commodity with everything that is keyed by it.
    package struct CombinedCommodityTerms: Hashable, Sendable {
        package let code: CombinedCommodityCode
        package let currency: Currency
        package let scenarioSet: Int
        package let arrayDecimals: Int
        /// Decimals of its series' published deltas at most.
        let deltaDecimals: Int
        package let weightedPriceRiskMethod: WeightedPriceRiskMethod
        package let shortOptionMinimumMethod: ShortOptionMinimumMethod
        package let shortOptionMinimumRate: ExactDecimal
        /// Whether results keep portfolio arrays, deltas by month and tiers.
        package let keepsWorkings: Bool
        /// Its series, a range of the book's.
        package let series: Range<Int>
        /// Months in which it lists a series, by maturity.
        package let months: [ContractMonth]
        /// By code.
        package let tiers: [TierTerms]
        /// Tiers scanned apart, indices into `tiers`; empty where the combined commodity is scanned as one.
        package let scanTiers: [Int]
        /// In the order in which they are tried: series before tiers, then by priority, then by code.
        package let intraSpreads: [IntraSpreadTerms]
        /// By maturity; charges of months that are not listed are left out.
        package let deliveryCharges: [DeliveryTerms]
        /// Decimals of scaled deltas beyond those of a `Delta`: those of the finest delta scaling factor, and what
        /// published deltas have more.
        let scalingDecimals: Int
        /// Decimals that hold every option value of its series exactly.
        let valueDecimals: Int
    }

    /// A named group of months.
    package struct TierTerms: Hashable, Sendable {
        package let code: TierCode
        /// Its listed months, ascending indices into the combined commodity's.
        package let months: [Int]
        /// Whether it holds a listed month, by index.
        let holds: [Bool]
    }

    /// A calendar spread.
    package struct IntraSpreadTerms: Hashable, Sendable {
        package let code: SpreadCode
        package let charge: IntraSpreadCharge
        package let legs: [IntraSpreadLegTerms]
        /// What the legs draw on, with the ratios of legs on the same pool and side added.
        let pools: [PoolTerms]
    }

    /// A leg of a calendar spread: delta a spread, above 0, and where it is taken from.
    package struct IntraSpreadLegTerms: Hashable, Sendable {
        package let side: SpreadSide
        package let pool: IntraSpreadPool
        package let ratio: ExactDecimal
        let poolIndex: Int
    }

    /// Months that one or more legs of one side draw on together.
    struct PoolTerms: Hashable, Sendable {
        let side: SpreadSide
        /// Whether it holds a listed month, by index.
        let holds: [Bool]
        let ratio: ExactDecimal
    }

    /// The charge of a listed month in its delivery period; money a unit of delta, 0 or more.
    package struct DeliveryTerms: Hashable, Sendable {
        /// Index into the combined commodity's listed months.
        package let month: Int
        package let outrightRate: ExactDecimal
        package let spreadRate: ExactDecimal
        package let appliesTo: DeliverySide
    }

    /// An inter-commodity spread.
    package struct InterSpreadTerms: Hashable, Sendable {
        package let code: SpreadCode
        package let kind: InterSpreadKind
        package let isSuper: Bool
        package let legs: [InterSpreadLegTerms]
        let pools: [InterPoolTerms]
    }

    /// A leg of an inter-commodity spread: an index into the book's combined commodities, its ratio and its rate.
    package struct InterSpreadLegTerms: Hashable, Sendable {
        package let combinedCommodity: Int
        /// Index into the combined commodity's tiers; nil for the whole of it.
        package let tier: Int?
        package let side: SpreadSide
        package let ratio: ExactDecimal
        package let rate: ExactDecimal
        let poolIndex: Int
    }

    /// A combined commodity or tier that one or more legs of one side draw on together.
    struct InterPoolTerms: Hashable, Sendable {
        let combinedCommodity: Int
        let side: SpreadSide
        /// Whether it holds a listed month, by index.
        let holds: [Bool]
        let ratio: ExactDecimal
    }
}
