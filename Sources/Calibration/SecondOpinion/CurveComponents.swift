import ClearingModel
import Margining
import Quantities

/// The factors of one combined commodity's prices.
package struct PriceCurve: Hashable, Sendable {
    package let combinedCommodity: CombinedCommodityCode
    /// In code order, each once.
    package let tenors: [RiskFactorCode]

    /// Of every combined commodity the factors of its price scan ranges and of the legs of its calendar charges, by
    /// code.
    package static func curves(_ rules: [CalibrationRule]) -> [PriceCurve] {
        var tenors: [CombinedCommodityCode: Set<RiskFactorCode>] = [:]
        for rule in rules where rule.item == .priceScanRange || rule.item == .intraSpread {
            guard let commodity = rule.key.combinedCommodity else { continue }
            tenors[commodity, default: []].formUnion(rule.factors)
        }
        return tenors.map { PriceCurve(combinedCommodity: $0.key, tenors: $0.value.sorted()) }
            .sorted { $0.combinedCommodity < $1.combinedCommodity }
    }
}

/// Principal components of the daily price moves of a curve (docs/methodology.md §10.6): of the covariance, divisor
/// the number of moves (Pearson, Philosophical Magazine 2, 1901; Litterman and Scheinkman, Journal of Fixed Income 1,
/// 1991).
package struct CurveComponents: Sendable {
    /// What the first three are called, whatever they look like.
    package enum Name: String, CaseIterable, Sendable {
        case level, slope, curvature
    }

    /// In code order, three or more.
    package let tenors: [RiskFactorCode]
    package let observations: Int
    package let firstDay: BusinessDate
    package let lastDay: BusinessDate
    /// Of the first three the share of all variance, descending.
    package let shares: [Double]
    /// Of the first three a vector of length 1 over the tenors, its first entry above 0.
    package let loadings: [[Double]]
    /// By tenor the daily price moves.
    private let moves: [[Double]]

    /// Of what is known on a day. O(tenors² · look-back).
    /// - Throws: the refusal of a tenor that is left out, the first by code; `too_few_tenors` under three.
    package init(
        _ curve: PriceCurve, _ learned: LearnedCorrelations, on date: BusinessDate
    ) throws(CalibrationRefusal) {
        guard curve.tenors.count >= Name.allCases.count else {
            throw CalibrationRefusal(
                .tooFewTenors, "\(curve.combinedCommodity)", table: "calibration_rule",
                "\(curve.tenors.count) factors of its curve, \(Name.allCases.count) are needed")
        }
        let panel = ReturnPanel(
            curve.tenors.compactMap { learned.columns[$0] }, on: date, horizonDays: 1, learned.terms)
        for tenor in curve.tenors where !panel.factors.contains(tenor) {
            throw panel.refusals[tenor]
                ?? CalibrationRefusal(
                    .historyStale, "\(tenor)", table: "risk_factor_level", "second opinion: it has no history")
        }
        tenors = panel.factors
        observations = panel.returns[0].count
        firstDay = panel.dates[1]
        lastDay = panel.dates[panel.dates.count - 1]
        let moves = zip(panel.returns, panel.priceScales).map { returns, scale in returns.map { $0 * scale } }
        self.moves = moves
        let eigenvalues = SymmetricEigenvalues(Self.covariance(moves))
        var variance = 0.0
        for value in eigenvalues.values { variance += value }
        shares = eigenvalues.values.prefix(Name.allCases.count).map { max(0, $0) / variance }
        loadings = Array(eigenvalues.vectors.prefix(Name.allCases.count))
    }

    private static func covariance(_ moves: [[Double]]) -> [[Double]] {
        let columns = moves.map(centred)
        var matrix = columns.map { _ in columns.map { _ in 0.0 } }
        for (row, left) in columns.enumerated() {
            for (column, right) in columns.enumerated().dropFirst(row) {
                var sum = 0.0
                for (x, y) in zip(left, right) { sum += x * y }
                matrix[row][column] = sum / Double(left.count)
                matrix[column][row] = matrix[row][column]
            }
        }
        return matrix
    }

    /// A calendar charge from the first three components: the quantile of the sizes of the spread's moves over the
    /// rule's horizon as these alone make them, up to the increment; of the curve's own legs.
    /// - Throws: `calibration_rule_incomplete` for a leg of another curve, `too_few_observations` under one move,
    ///   `calibration_out_of_range`.
    package func charge(_ rule: CalibrationRule) throws(CalibrationRefusal) -> ExactDecimal {
        guard case .legs(let legs) = rule.basis, let tail = TailShare(confidence: rule.confidence) else {
            throw rule.refusal(.ruleIncomplete, column: "factor", "it has no legs")
        }
        var weights = tenors.map { _ in 0.0 }
        for leg in legs.sorted(by: { $0.number < $1.number }) {
            guard let place = leg.source.factor.flatMap({ tenors.firstIndex(of: $0) }) else {
                throw rule.refusal(.ruleIncomplete, column: "key", "a leg is of no tenor of its curve")
            }
            let money = leg.ratio.double * leg.contractValueFactor.double
            weights[place] += leg.side == .a ? money : -money
        }
        guard observations >= rule.horizonDays else {
            throw CalibrationRefusal(
                .tooFewObservations, "\(rule.key)", table: "risk_factor_level",
                "\(rule.name): \(observations) returns, \(rule.horizonDays) are needed")
        }
        let seen = projected(weights)
        let sizes = (0...(observations - rule.horizonDays)).map { first in
            var move = 0.0
            for (weight, own) in zip(seen, moves) {
                for day in first..<(first + rule.horizonDays) { move += weight * own[day] }
            }
            return move.magnitude
        }
        let size = MoveColumn.approximate(sizes).quantile(0..<sizes.count, tail: tail)
        // Money at 6 decimals: noise must not lift the step to the next increment.
        guard let core = ExactDecimal(publishing: SpreadMoney.money(size.double)) else {
            throw .outOfRange(rule.name, "\(size.double)")
        }
        return try rule.stepped(core, from: nil).new
    }

    /// What of a position over the tenors the components see.
    private func projected(_ weights: [Double]) -> [Double] {
        var seen = weights.map { _ in 0.0 }
        for vector in loadings {
            var score = 0.0
            for (weight, loading) in zip(weights, vector) { score += weight * loading }
            for (place, loading) in vector.enumerated() { seen[place] += score * loading }
        }
        return seen
    }
}
