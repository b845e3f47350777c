import ClearingModel
import Quantities
import Scenarios

/// The rows a margin book is built from, in any order: reference data, one parameter set, and the date's prices.
package struct MarginBookRows: Sendable {
    package var currencies: [Currency] = []
    package var combinedCommodities: [CombinedCommodity] = []
    package var margins: [CombinedCommodityMargin] = []
    package var contracts: [Contract] = []
    package var series: [Series] = []
    package var scenarioSets: [ScenarioSet] = []
    package var monthTiers: [MonthTier] = []
    package var intraSpreads: [IntraSpread] = []
    package var intraSpreadLegs: [IntraSpreadLeg] = []
    package var deliveryCharges: [DeliveryCharge] = []
    package var interSpreads: [InterSpread] = []
    package var interSpreadLegs: [InterSpreadLeg] = []
    package var conversions: [CurrencyConversion] = []
    /// Settlement prices; needed for premium-style options that are held.
    package var settlementPrices: [SeriesCode: ExactDecimal] = [:]

    package init() {}
}
