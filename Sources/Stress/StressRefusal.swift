import ClearingModel
import Quantities
import RiskArrays

/// A rule of stress testing that a parameter set or a date's inputs break, in the order in which they are tried
/// (docs/methodology.md §8.1); the raw value is its name wherever it is told.
package enum StressRule: String, CaseIterable, Sendable {
    case numberGap = "stress_number_gap"
    case dates = "stress_dates"
    case moveRange = "stress_move_range"
    case unknownCommodity = "stress_unknown_commodity"
    case overlap = "stress_overlap"
    case label = "stress_label"
    case liquidityResourceMissing = "liquidity_resource_missing"
    case baseCurrencyMissing = "base_currency_missing"
    case moveMissing = "stress_move_missing"
    case logOfNonPositive = "stress_log_of_non_positive"
    case relativeOfZero = "stress_relative_of_zero"
    case inverseDomain = "stress_inverse_domain"
    case outOfRange = "stress_out_of_range"
    case fundMissing = "guaranty_fund_missing"
    case contributionExcess = "guaranty_contribution_excess"
    case rateMissing = "fx_rate_missing"
    case secondRoundGroup = "second_round_group"
    case closeOutMarketMissing = "close_out_market_missing"
}

/// What a stress rule refuses. The item is a scenario by its code, with the series or combined commodity where one is
/// meant; a member; a pair of currencies; a group.
package typealias StressRefusal = RuleRefusal<StressRule>

extension StressRefusal {
    /// A stress set, and nothing says in which currency its figures are.
    package static var noBaseCurrency: StressRefusal {
        StressRefusal(
            .baseCurrencyMissing, "house", table: "house", column: "base_currency",
            "no row is in force, and the parameter set has a stress set")
    }

    /// A base currency that the house does not have.
    package static func unknownBaseCurrency(_ code: CurrencyCode) -> StressRefusal {
        StressRefusal(
            .baseCurrencyMissing, "\(code)", table: "house", column: "base_currency",
            "\(code) is no currency of the house")
    }
}

extension StressFault {
    /// The rule that a series breaks under a scenario.
    var rule: StressRule {
        switch self {
        case .logOfNonPositive: .logOfNonPositive
        case .relativeOfZero: .relativeOfZero
        case .inverseDomain: .inverseDomain
        case .outOfRange: .outOfRange
        }
    }
}
