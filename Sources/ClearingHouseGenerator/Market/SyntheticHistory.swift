import Glibc
import Quantities

/// The documented generator of every history that is not WTI's, on the same dates.
///
/// x_{i+1} = (1 − 0.004)·x_i + s_i·(ρ·z_i + √(1 − ρ²)·e_i), where z_i is the family leader's move over its standard
/// deviation, clamped to ±4, e_i a bounded normal draw, and s_i the daily volatility times √h_i with
/// h_{i+1} = 0.05 + 0.90·h_i + 0.05·e_i². The level is L·e^{x_i − x_n}, or L + x_i − x_n for an additive product,
/// rounded to the product's decimals: the history ends exactly at L.
struct SyntheticHistory {
    let seed: UInt64
    /// The history whose moves the product shares.
    let leader: PriceHistory

    func history(of product: Product) -> PriceHistory {
        let isAdditive = product.family.isAdditive
        var draws = SeededGenerator(seed: seed, stream: "history \(product.code)")
        let moves = leader.moves
        let deviation = (moves.reduce(0) { $0 + $1 * $1 } / Double(moves.count)).squareRoot()
        let correlation = product.variant > 0 ? 0.8 : Self.correlationWithCrude(product.family)
        let own = (1 - correlation * correlation).squareRoot()
        let daily = product.terms.longVolatility * 1.1 / 252.0.squareRoot()
        var state = 0.0
        var intensity = 1.0
        var path = [state]
        for move in moves {
            let shared = min(max(move / deviation, -4), 4)
            let shock = draws.normal()
            state = 0.996 * state + daily * intensity.squareRoot() * (correlation * shared + own * shock)
            intensity = 0.05 + 0.90 * intensity + 0.05 * shock * shock
            path.append(state)
        }
        let unit = PowersOfTen.double(product.terms.decimals)
        let end = state
        let levels = path.map { value in
            let level = isAdditive ? product.level + value - end : product.level * exp(value - end)
            return (level * unit).rounded(.toNearestOrAwayFromZero) / unit
        }
        return PriceHistory(dates: leader.dates, levels: levels, isAdditive: isAdditive)
    }

    private static func correlationWithCrude(_ family: ProductFamily) -> Double {
        switch family {
        case .crude: 0.8
        case .gas: 0.25
        case .basis: 0.35
        case .index: 0.3
        case .bond: -0.2
        case .exchangeRate: 0.15
        }
    }
}
