import ClearingModel
import Quantities

/// Correlations of returns, shrunk towards their mean (docs/methodology.md §10.6).
///
/// Ledoit and Wolf's estimator with the constant-correlation target ("Honey, I shrunk the sample covariance matrix",
/// Journal of Portfolio Management 30, 2004, appendix B), of returns divided by their own standard deviation: factors
/// have different units, and the distance that it minimises would be that of the largest.
package struct ShrunkCorrelation: Sendable {
    /// Squared distance up to which all pairs are the same: what rounding leaves of it.
    private static let leastDistance = 1e-24

    /// In code order, two or more.
    package let factors: [RiskFactorCode]
    /// Days on which the first and the last return end.
    package let firstDay: BusinessDate
    package let lastDay: BusinessDate
    /// Returns of each factor.
    package let observations: Int
    /// By factor and factor, −1 … 1, symmetric, 1 on the diagonal.
    package let sample: [[Double]]
    /// The mean of the sample's pairs, to which the others are drawn.
    package let target: Double
    /// The share of the target, 0 … 1.
    package let intensity: Double
    /// intensity · target + (1 − intensity) · sample; 1 on the diagonal.
    package let shrunk: [[Double]]
    /// By factor the standard deviation of a return as a price move at the last level, above 0.
    let priceDeviations: [Double]

    /// - Throws: `too_few_factors` where fewer than two are left; O(factors² · returns).
    init(_ panel: ReturnPanel) throws(CalibrationRefusal) {
        guard panel.factors.count >= 2, let last = panel.dates.last else {
            throw CalibrationRefusal(
                .tooFewFactors, "second opinion", table: "risk_factor_level",
                "\(panel.factors.count) factors with a history, 2 are needed")
        }
        factors = panel.factors
        firstDay = panel.dates[1]
        lastDay = last
        observations = panel.returns[0].count
        priceDeviations = zip(panel.deviations, panel.priceScales).map { $0 * $1 }
        let estimate = Self.estimate(
            zip(panel.returns, panel.deviations).map { returns, deviation in
                centred(returns).map { $0 / deviation }
            })
        sample = estimate.sample
        target = estimate.target
        intensity = estimate.intensity
        let (share, mean) = (estimate.intensity, estimate.target)
        shrunk = estimate.sample.indices.map { row in
            estimate.sample.indices.map { column in
                row == column ? 1 : share * mean + (1 - share) * estimate.sample[row][column]
            }
        }
    }

    /// Where a factor stands; nil where it is left out.
    package func place(of factor: RiskFactorCode) -> Int? { factors.firstIndex(of: factor) }

    /// Of columns with mean 0 and variance 1. With all variances 1 the paper's terms are
    ///
    ///     π_ij = mean (x_i·x_j − s_ij)²        ϑ_i,ij = mean (x_i² − 1)(x_i·x_j − s_ij)
    ///     ρ = Σ_i π_ii + Σ_{i≠j} r̄/2 · (ϑ_i,ij + ϑ_j,ij)        γ = Σ_{i≠j} (r̄ − s_ij)²
    ///     intensity = max(0, min(1, (Σ_ij π_ij − ρ)/γ/T)), 0 where all pairs are the same
    private static func estimate(
        _ columns: [[Double]]
    ) -> (sample: [[Double]], target: Double, intensity: Double) {
        let count = Double(columns[0].count)
        var sample = columns.indices.map { row in columns.indices.map { $0 == row ? 1.0 : 0 } }
        var pairs = 0.0
        for (row, left) in columns.enumerated() {
            for (column, right) in columns.enumerated().dropFirst(row + 1) {
                var sum = 0.0
                for (x, y) in zip(left, right) { sum += x * y }
                let correlation = min(max(sum / count, -1), 1)
                sample[row][column] = correlation
                sample[column][row] = correlation
                pairs += correlation
            }
        }
        let target = pairs / Double(columns.count * (columns.count - 1) / 2)
        // Of the diagonal π_ii is in both π and ρ, so that it falls out of their difference.
        var (errors, covariances, distance) = (0.0, 0.0, 0.0)
        for (row, left) in columns.enumerated() {
            for (column, right) in columns.enumerated().dropFirst(row + 1) {
                let correlation = sample[row][column]
                var (square, own, other) = (0.0, 0.0, 0.0)
                for (x, y) in zip(left, right) {
                    let error = x * y - correlation
                    square += error * error
                    own += (x * x - 1) * error
                    other += (y * y - 1) * error
                }
                errors += 2 * square / count
                covariances += target * (own / count + other / count)
                distance += 2 * (target - correlation) * (target - correlation)
            }
        }
        guard distance > leastDistance else { return (sample, target, 0) }
        return (sample, target, max(0, min(1, (errors - covariances) / distance / count)))
    }
}
