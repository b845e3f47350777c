import Glibc

/// §10.6 once more, from the text alone: what is left out, correlations shrunk to their mean, groups.
package struct PlainLearning: Sendable {
    /// By factor the fault and what it names.
    package private(set) var refusals: [String: String] = [:]
    package private(set) var codes: [String] = []
    package private(set) var sample: [[Double]] = []
    package private(set) var shrunk: [[Double]] = []
    package private(set) var mean = 0.0
    package private(set) var intensity = 0.0
    /// Of a return as a price move.
    package private(set) var deviations: [Double] = []

    package struct Terms: Sendable {
        package var lookBack: Int
        package var least: Int
        package var maxGap = 7
        /// The longest of the rules.
        package var horizon = 1

        package init(lookBack: Int, least: Int) {
            self.lookBack = lookBack
            self.least = least
        }
    }

    package init(_ factors: [PlainFactor], today: PlainDay, _ terms: Terms) {
        var kept: [PlainFactor] = []
        var starts: [PlainDay] = []
        for factor in factors.sorted(by: { $0.code < $1.code }) {
            let known = factor.upTo(today)
            let days = Array(known.days.suffix(terms.lookBack + 1))
            if let fault = Self.fault(known, days, today, terms) {
                refusals[factor.code] = fault
            } else {
                kept.append(known)
                starts.append(days[0])
            }
        }
        let usual = Self.usual(kept, from: starts.min(), terms)
        for factor in kept {
            let own = usual.filter { $0 >= factor.days[0] }
            let missing = own.filter { !factor.days.contains($0) }
            if Double(missing.count) / Double(max(own.count, 1)) > 0.1 {
                refusals[factor.code] = "history_hole \(factor.code) \(missing[0])"
            }
        }
        kept.removeAll { refusals[$0.code] != nil }
        let common = usual.filter { day in kept.allSatisfy { $0.days.contains(day) } }
        // Counted back from the last one, so that no day is in two returns.
        let ends = common.indices.filter { (common.count - 1 - $0) % terms.horizon == 0 }.map { common[$0] }
        for factor in kept {
            if let (_, late) = zip(common, common.dropFirst()).first(where: { $1.number - $0.number > terms.maxGap }) {
                refusals[factor.code] = "history_gap \(factor.code) \(late)"
            } else if common.count - 1 < terms.least || common.count - 1 < 2 * terms.horizon {
                refusals[factor.code] = "too_few_observations \(factor.code)"
            } else if Set(Self.returns(factor, ends)).count == 1 {
                refusals[factor.code] = "history_not_moving \(factor.code)"
            }
        }
        kept.removeAll { refusals[$0.code] != nil }
        codes = kept.map(\.code)
        guard kept.count > 1 else { return }
        estimate(kept.map { Self.returns($0, ends) })
        deviations = kept.map { factor in
            let returns = Self.returns(factor, ends)
            let scale = factor.isLog ? Self.level(factor, common[common.count - 1]) : 1
            return Self.deviation(returns) * scale
        }
    }

    private static func fault(
        _ factor: PlainFactor, _ days: [PlainDay], _ today: PlainDay, _ terms: Terms
    ) -> String? {
        guard let last = days.last else { return "history_stale \(factor.code)" }
        if today.number - last.number > terms.maxGap { return "history_stale \(factor.code) \(last)" }
        for (before, after) in zip(days, days.dropFirst()) where after.number - before.number > terms.maxGap {
            return "history_gap \(factor.code) \(after)"
        }
        if factor.isLog, let day = days.first(where: { level(factor, $0) <= 0 }) {
            return "log_of_non_positive \(factor.code) \(day)"
        }
        return days.count - 1 < terms.least ? "too_few_observations \(factor.code)" : nil
    }

    private static func usual(_ factors: [PlainFactor], from start: PlainDay?, _ terms: Terms) -> [PlainDay] {
        guard let start else { return [] }
        var counts: [PlainDay: Int] = [:]
        for day in factors.flatMap(\.days) where day >= start { counts[day, default: 0] += 1 }
        return Array(counts.filter { $0.value * 2 > factors.count }.keys.sorted().suffix(terms.lookBack + 1))
    }

    static func level(_ factor: PlainFactor, _ day: PlainDay) -> Double {
        factor.days.firstIndex(of: day).map { PlainNumber.exact(factor.levels[$0]).double } ?? .nan
    }

    private static func returns(_ factor: PlainFactor, _ days: [PlainDay]) -> [Double] {
        let levels = days.map { level(factor, $0) }
        return zip(levels, levels.dropFirst()).map { factor.isLog ? log($1 / $0) : $1 - $0 }
    }

    private static func deviation(_ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        return (values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(values.count)).squareRoot()
    }

    /// The paper's terms of a covariance, whatever its variances are; of standardised returns.
    private mutating func estimate(_ returns: [[Double]]) {
        let (n, t) = (returns.count, Double(returns[0].count))
        let y = returns.map { own in
            let (mean, deviation) = (own.reduce(0, +) / t, Self.deviation(own))
            return own.map { ($0 - mean) / deviation }
        }
        func average(_ values: [Double]) -> Double { values.reduce(0, +) / t }
        var s = (0..<n).map { _ in [Double](repeating: 0, count: n) }
        for i in 0..<n { for j in 0..<n { s[i][j] = average(zip(y[i], y[j]).map { $0 * $1 }) } }
        func r(_ i: Int, _ j: Int) -> Double { s[i][j] / (s[i][i] * s[j][j]).squareRoot() }
        var sum = 0.0
        for i in 0..<n { for j in 0..<i { sum += r(i, j) } }
        mean = sum / Double(n * (n - 1) / 2)
        func target(_ i: Int, _ j: Int) -> Double {
            i == j ? s[i][i] : mean * (s[i][i] * s[j][j]).squareRoot()
        }
        var (pi, rho, gamma) = (0.0, 0.0, 0.0)
        for i in 0..<n {
            for j in 0..<n {
                let errors = zip(y[i], y[j]).map { $0 * $1 - s[i][j] }
                let own = average(errors.map { $0 * $0 })
                pi += own
                gamma += (target(i, j) - s[i][j]) * (target(i, j) - s[i][j])
                if i == j {
                    rho += own
                } else {
                    let ofI = average(zip(y[i], errors).map { ($0 * $0 - s[i][i]) * $1 })
                    let ofJ = average(zip(y[j], errors).map { ($0 * $0 - s[j][j]) * $1 })
                    rho += mean / 2 * ((s[j][j] / s[i][i]).squareRoot() * ofI + (s[i][i] / s[j][j]).squareRoot() * ofJ)
                }
            }
        }
        intensity = n == 2 ? 0 : max(0, min(1, (pi - rho) / gamma / t))
        sample = (0..<n).map { i in (0..<n).map { r(i, $0) } }
        shrunk = (0..<n).map { i in (0..<n).map { intensity * target(i, $0) + (1 - intensity) * s[i][$0] } }
    }

    /// 1 − σ(spread)/Σ σ(leg) of legs with signed money a unit of price.
    package func rate(_ legs: [(code: String, money: Double)]) -> Double? {
        var (variance, sum) = (0.0, 0.0)
        for (one, own) in legs {
            guard let i = codes.firstIndex(of: one) else { return nil }
            sum += own.magnitude * deviations[i]
            for (other, others) in legs {
                guard let j = codes.firstIndex(of: other) else { return nil }
                variance += own * others * deviations[i] * deviations[j] * shrunk[i][j]
            }
        }
        return 1 - max(0, variance).squareRoot() / sum
    }

    /// Which codes stand together: after each union the distances are averaged by how many stand on either side.
    package func groups(cut: Double) -> Set<Set<String>> {
        var groups = codes.map { Set([$0]) }
        var distances: [[Double]] = codes.indices.map { i in
            codes.indices.map { (2 * max(0, 1 - shrunk[i][$0])).squareRoot() }
        }
        while groups.count > 1 {
            var best = (0, 1)
            for i in groups.indices {
                for j in groups.indices where j > i && distances[i][j] < distances[best.0][best.1] { best = (i, j) }
            }
            let (i, j) = best
            guard distances[i][j] <= cut else { break }
            let (left, right) = (Double(groups[i].count), Double(groups[j].count))
            for k in groups.indices where k != i && k != j {
                distances[k][i] = (left * distances[k][i] + right * distances[k][j]) / (left + right)
                distances[i][k] = distances[k][i]
            }
            groups[i].formUnion(groups[j])
            groups.remove(at: j)
            distances.remove(at: j)
            for k in distances.indices { distances[k].remove(at: j) }
        }
        return Set(groups)
    }
}
