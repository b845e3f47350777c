import ClearingModel
import Margining
import Quantities

/// How a margin is found that is held against the same exposures as the engine's (docs/methodology.md §12.7); the raw
/// value is its name in tables.
package enum MarginMethod: String, CaseIterable, Hashable, Sendable {
    /// The margin that was asked for, of a walk-forward that of its rule.
    case engine
    /// Of a walk-forward the same rule without its tools against procyclicality and without step limit.
    case withoutTools = "without_tools"
    /// The whole notional: its multiplier is the flat percentage.
    case notional
    /// The plain quantile of past moves.
    case historicalValueAtRisk = "historical_var"
    /// Each position margined as if it were the only one.
    case legsAlone = "legs_alone"
}

/// A tested night of a unit: what closing it out cost, what the engine held and what the others would have.
package struct ComparedNight: Sendable {
    /// Place among the days; units that are taken together share their days.
    package let day: Int
    /// X, and the engine's margin, 0 or more, in minor units of one currency.
    package let exposure: Int64
    package let engine: Int64
    /// In the same currency, 0 or more, or why a method has none.
    package let others: [MarginMethod: Result<Int64, ValidationRefusal>]

    package init(
        day: Int, exposure: Int64, engine: Int64, others: [MarginMethod: Result<Int64, ValidationRefusal>]
    ) {
        self.day = day
        self.exposure = exposure
        self.engine = engine
        self.others = others
    }

    /// Nil for a method that the night is not asked for.
    fileprivate func margin(_ method: MarginMethod) -> Result<Int64, ValidationRefusal>? {
        method == .engine ? .success(engine) : others[method]
    }
}

/// What a method costs where it covers as many nights as the engine did: both scaled, on the nights that the method has
/// a margin for (docs/methodology.md §12.7).
package struct EfficiencyRow: Sendable {
    /// Both margins, each as small as the coverage lets it be.
    package struct Outcome: Hashable, Sendable {
        package let method: EqualCoverage
        package let engine: EqualCoverage

        /// The method's average over the engine's, both in whole minor units, at 6 decimals half away from zero; nil
        /// where the engine's is 0.
        package var ratio: ExactDecimal? {
            engine.average > 0
                ? ExactFraction(Int128(method.average), over: Int128(engine.average)).rounded(toScale: 6) : nil
        }
    }

    package let method: MarginMethod
    /// Nights on which the method has a margin, and those of them that were above the engine's.
    package let nights: Int
    package let exceptions: Int
    package let outcome: Result<Outcome, ValidationRefusal>

    /// A row for each method that some night is asked for, in the order of the methods. O(methods · nights · log
    /// nights).
    package static func rows(_ nights: [ComparedNight], of name: String) -> [EfficiencyRow] {
        MarginMethod.allCases.compactMap { EfficiencyRow($0, nights, of: name) }
    }

    private init?(_ method: MarginMethod, _ nights: [ComparedNight], of name: String) {
        var kept: [(night: ComparedNight, margin: Int64)] = []
        var refusal: ValidationRefusal?
        for night in nights {
            switch night.margin(method) {
            case nil: continue
            case .failure(let error): refusal = refusal ?? error
            case .success(let margin): kept.append((night, margin))
            }
        }
        guard !kept.isEmpty || refusal != nil else { return nil }
        self.method = method
        self.nights = kept.count
        let allowed = kept.count { $0.night.exposure > $0.night.engine }
        exceptions = allowed
        if kept.isEmpty, let refusal {
            outcome = .failure(refusal)
            return
        }
        let days = Set(kept.map(\.night.day)).count
        outcome = Result { () throws(ValidationRefusal) in
            Outcome(
                method: try EqualCoverage(
                    kept.map { EqualCoverage.Night(exposure: $0.night.exposure, margin: $0.margin) },
                    exceptions: allowed, days: days, of: "\(name) \(method.rawValue)"),
                engine: try EqualCoverage(
                    kept.map { EqualCoverage.Night(exposure: $0.night.exposure, margin: $0.night.engine) },
                    exceptions: allowed, days: days, of: name))
        }
    }
}
