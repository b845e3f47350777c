import ClearingModel
import Quantities

/// A row that a margin book refuses, and the rule it breaks.
package struct MarginBookError: Error, Hashable, Sendable {
    /// The table's name and the row's key: `intra_spread CORN CAL`.
    package let row: String
    package let rule: Rule

    /// What a row must satisfy.
    package enum Rule: Hashable, Sendable {
        /// Two rows have the row's key.
        case duplicateKey
        case unknownCurrency(CurrencyCode)
        case unknownCombinedCommodity(CombinedCommodityCode)
        case unknownContract(ContractCode)
        case unknownScenarioSet(ScenarioSetCode)
        case unknownTier(TierCode)
        case unknownSpread(SpreadCode)
        /// The combined commodity has no margin parameters in the parameter set.
        case noMarginParameters
        /// The series is a future and its contract an option, or the reverse.
        case kindDiffersFromContract
        case arrayDecimalsOutOfRange(Int)
        case deltaDecimalsOutOfRange(Int)
        case notAboveZero(column: String)
        case negative(column: String)
        /// Ratios and rates have at most 8 decimals, factors at most 6, so that products stay exact in 128 bits.
        case tooManyDecimals(column: String)
        /// The rows of one tier disagree on whether it is scanned apart.
        case tierPartlyScannedApart
        /// A listed month lies in no scan tier or in two, though the combined commodity has scan tiers.
        case monthNotInExactlyOneScanTier(ContractMonth)
        /// A spread needs a leg on either side.
        case sideWithoutLeg(SpreadSide)
        /// A leg's pool is a month where the spread's legs are tiers, or the reverse.
        case legKindDiffersFromSpread
        /// Two pools on one side share months but are not the same.
        case overlappingButUnequalPools
        case noCreditRate
        /// A fraction above 1 would credit more than the risk itself.
        case creditRateAboveOne
        case scanLegWithTier
        case scanLegsOfOneCombinedCommodity
        case scanLegsInTwoCurrencies
        case scanLegsInTwoScenarioSets
        /// The charge or credit is a share of weighted price risk, which the scenario set does not define.
        case priceRiskNotDefined(ScenarioSetCode)
    }
}
