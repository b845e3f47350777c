import Calibration
import ClearingModel
import Quantities

/// What a rule of a price scan range would have asked for through chosen calendar years, had it been in force, with its
/// tools against procyclicality and without them (docs/methodology.md §10.7).
package struct CrisisYears: Sendable {
    /// The rule, or what is left of it; the raw value is its name in tables.
    package enum Variant: String, CaseIterable, Sendable {
        case withTools = "with_tools"
        case withoutTools = "without_tools"
    }

    /// A year of one variant.
    package struct WalkedYear: Sendable {
        package let variant: Variant
        package let year: Int
        /// The days of the year that the walk has, or why it has none.
        package let outcome: Result<WalkSummary.Span, SensitivityRefusal>

        /// Whether it is this rule that leaves the year without figures.
        package func isRefused(by rule: ValidationRule) -> Bool {
            if case .failure(let refusal) = outcome { refusal.rule == rule.rawValue } else { false }
        }
    }

    package let rule: CalibrationRule
    /// By year as they were asked for, with tools before without.
    package let rows: [WalkedYear]

    /// In which the figures are: units of price at six decimals, in no currency.
    package static let unit: Currency? = CurrencyCode("XXX").map { Currency(code: $0, decimals: 6) }
    /// Days within which a rise is looked for.
    package static let riseDays = 10
    package static let usualYears = [2008, 2020, 2022]

    /// Walks the rule from the first day that has observations and years enough, calibrated every `recalibrateDays`
    /// days of its factor with what was known by then, nothing in force before. A year that the walk does not reach,
    /// and every year of a rule that is refused, has the refusal in its place.
    package init(_ rule: CalibrationRule, history: FactorHistory, years: [Int], recalibrateDays: Int, unit: Currency) {
        self.rule = rule
        func summary(_ variant: Variant, from first: BusinessDate?) throws -> (WalkSummary, BusinessDate?) {
            let walk = try WalkForward(
                WalkForwardTerms(
                    rule: variant == .withTools ? rule : rule.withoutTools, contractValueFactor: .one, currency: unit,
                    recalibrateDays: recalibrateDays, firstDay: first), history: history)
            return (
                try WalkSummary(walk, riseDays: Self.riseDays, of: "\(rule.key) \(variant.rawValue)"),
                walk.days.first?.date
            )
        }
        let own = Result { try summary(.withTools, from: nil) }
        // From the same first day, so that both are of the same days.
        let bare = Result { try summary(.withoutTools, from: (try? own.get())?.1) }
        rows = years.flatMap { year in
            zip([Variant.withTools, .withoutTools], [own, bare]).map { variant, found in
                let outcome = Result { () throws in
                    let summary = try found.get().0
                    if let span = summary.years.first(where: { $0.year == year })?.span { return span }
                    throw ValidationRefusal(
                        .yearNotReached, "\(history.factor) \(year)", table: "risk_factor_level",
                        "the walk is of \(summary.whole.firstDay) to \(summary.whole.lastDay)")
                }
                return WalkedYear(variant: variant, year: year, outcome: outcome.mapError { SensitivityRefusal($0) })
            }
        }
    }
}
