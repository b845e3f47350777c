import Glibc
import Margining
import Quantities

/// Whether the correlation of a spread's two sides has lately fallen (docs/methodology.md §10.4): Fisher's statistic of
/// the last 20 days against the 250 days before them, which share no day.
package struct CorrelationBreakTest: Hashable, Sendable {
    /// Pearson's correlation of the last 20 days' money, within ±0.999999.
    package let recent: Double
    /// The same of the 250 days before.
    package let earlier: Double
    /// (artanh recent − artanh earlier)/√(1/17 + 1/247); below 0 where the correlation fell.
    package let statistic: Double
    package let isBroken: Bool

    static let recentDays = 20
    static let earlierDays = 250

    /// Money of the two sides by day, as many of each; at least 270 days. Nil where a side does not vary.
    init?(_ sideA: [Double], _ sideB: [Double], breakZ: ExactDecimal) {
        let start = sideA.count - Self.recentDays
        guard let recent = Self.correlation(sideA[start...], sideB[start...]),
            let earlier = Self.correlation(
                sideA[(start - Self.earlierDays)..<start], sideB[(start - Self.earlierDays)..<start])
        else { return nil }
        self.recent = recent
        self.earlier = earlier
        let (few, many) = (Double(Self.recentDays - 3), Double(Self.earlierDays - 3))
        statistic = (atanh(recent) - atanh(earlier)) / (1 / few + 1 / many).squareRoot()
        isBroken = statistic < -breakZ.double
    }

    /// Nil where one of the two is the same every day.
    private static func correlation(_ left: ArraySlice<Double>, _ right: ArraySlice<Double>) -> Double? {
        guard left.contains(where: { $0 != left.first }), right.contains(where: { $0 != right.first }) else {
            return nil
        }
        func centred(_ values: ArraySlice<Double>) -> [Double] {
            var sum = 0.0
            for value in values { sum += value }
            let mean = sum / Double(values.count)
            return values.map { $0 - mean }
        }
        var (both, own, others) = (0.0, 0.0, 0.0)
        for (x, y) in zip(centred(left), centred(right)) {
            both += x * y
            own += x * x
            others += y * y
        }
        return min(max(both / (own.squareRoot() * others.squareRoot()), -0.999999), 0.999999)
    }
}
