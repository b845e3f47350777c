import Quantities

/// A history's levels as plain numbers, made once for everything that is computed from them.
struct LevelColumns: Sendable {
    /// Whole units of 10^-scale, each with room for a difference; nil where 64 bits do not hold one of them.
    let units: [Int64]?
    let scale: Int
    let doubles: [Double]
    /// The place of the first level that is not above 0.
    let firstNonPositive: Int?

    init(_ levels: [ExactDecimal]) {
        let scale = levels.map(\.withoutTrailingZeros.scale).max() ?? 0
        var units: [Int64] = []
        units.reserveCapacity(levels.count)
        for level in levels {
            guard let whole = Int64(exactly: level.roundedMantissa(scale: scale)), whole.magnitude < 1 << 62
            else { break }
            units.append(whole)
        }
        self.units = units.count == levels.count ? units : nil
        self.scale = scale
        doubles = levels.map(\.double)
        firstNonPositive = levels.firstIndex { $0 <= .zero }
    }
}
