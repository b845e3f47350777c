import ClearingModel
import Margining
import Quantities

/// An offset rate from shrunk correlations (docs/methodology.md §10.6): what of the legs' own deviations the spread
/// does not have. It is §10.4's rate where moves are elliptical, for then every quantile is the same multiple of its
/// deviation.
package struct LearnedOffsetRate: Hashable, Sendable {
    /// Pearson's correlation of the sides' money as the history has it.
    package let sampleCorrelation: Double
    /// The same of shrunk correlations.
    package let shrunkCorrelation: Double
    /// 1 − σ(spread)/Σ σ(leg), at most 1, before anything holds it; at 12 decimals.
    package let core: ExactDecimal
    /// The core held to 0 … the rule's cap and brought down to its increment. No step limit and no test of a break.
    package let rate: ExactDecimal

    /// - Throws: the refusal of the day, or of the first leg whose factor is left out; `correlation_undefined` where a
    ///   side does not move.
    package init(_ rule: CalibrationRule, _ day: LearnedCorrelations.Day) throws(CalibrationRefusal) {
        let correlation = try day.correlation.get()
        guard case .legs(let legs) = rule.basis else {
            throw rule.refusal(.ruleIncomplete, column: "factor", "it has no legs")
        }
        var places: [(side: SpreadSide, place: Int, deviation: Double)] = []
        for leg in legs.sorted(by: { $0.number < $1.number }) {
            guard let factor = leg.source.factor else {
                throw rule.refusal(.ruleIncomplete, column: "key", "no factor")
            }
            guard let place = correlation.place(of: factor) else {
                throw day.refusals[factor] ?? CalibrationRefusal.unknownFactor(factor, rule)
            }
            let money = leg.ratio.double * leg.contractValueFactor.double
            places.append((leg.side, place, money * correlation.priceDeviations[place]))
        }
        /// Σ over pairs of legs, one of each side of a product.
        func product(_ left: SpreadSide, _ right: SpreadSide, _ matrix: [[Double]]) -> Double {
            var sum = 0.0
            for one in places where one.side == left {
                for other in places where other.side == right {
                    sum += one.deviation * other.deviation * matrix[one.place][other.place]
                }
            }
            return sum
        }
        func sides(_ matrix: [[Double]]) throws(CalibrationRefusal) -> Double {
            let own = product(.a, .a, matrix)
            let others = product(.b, .b, matrix)
            guard own > 0, others > 0 else {
                throw CalibrationRefusal(
                    .correlationUndefined, "\(rule.key)", table: "risk_factor_level",
                    "\(rule.name): the legs of a side take each other away")
            }
            return min(max(product(.a, .b, matrix) / (own.squareRoot() * others.squareRoot()), -1), 1)
        }
        sampleCorrelation = try sides(correlation.sample)
        shrunkCorrelation = try sides(correlation.shrunk)
        let variance =
            product(.a, .a, correlation.shrunk) + product(.b, .b, correlation.shrunk)
            - 2 * product(.a, .b, correlation.shrunk)
        var deviations = 0.0
        for leg in places { deviations += leg.deviation }
        // A variance below 0 is noise of a spread that does not move.
        core = ExactDecimal(publishing: 1 - max(variance, 0).squareRoot() / deviations) ?? .zero
        rate = try rule.stepped(max(.zero, min(rule.offset.cap, core)), from: nil).new
    }
}
