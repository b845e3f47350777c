import Glibc
import Quantities

/// The strikes listed for one expiry: evenly spaced on a round step around the forward, about three and a half
/// standard deviations each way; with deep wings also a few strikes from 30 % to 190 % of the forward.
struct StrikeLadder {
    /// Ascending, in units of 10^-decimals; positive unless the product can trade at or below zero.
    let strikes: [Int64]

    init(market: ProductMarket, expiry: BusinessDate, date: BusinessDate, count: Int, hasDeepWings: Bool) {
        let years = Double(date.days(to: expiry)) / 365
        let unit = PowersOfTen.double(market.product.terms.decimals)
        let forward = market.forward(0, years: years, month: expiry.civil.month)
        let deviation = market.volatilityAtTheMoney(0, years: years) * years.squareRoot()
        let isAdditive = market.product.family.isAdditive
        let width = isAdditive ? 3.4 * deviation : forward * min(3.4 * deviation, 0.75)
        let step = Self.roundStep(atLeast: 2 * width * unit / Double(count))
        let centre = Int64((forward * unit / Double(step)).rounded())
        let start = isAdditive ? centre - Int64(count / 2) : max(centre - Int64(count / 2), 1)
        let core = (0..<Int64(count)).map { (start + $0) * step }
        guard hasDeepWings, let lowest = core.first, let highest = core.last else {
            strikes = core
            return
        }
        let wing = { (share: Double) in Int64((share * forward * unit / Double(step)).rounded()) * step }
        strikes =
            [0.3, 0.4, 0.5].map(wing).filter { $0 < lowest } + core
            + [1.6, 1.75, 1.9].map(wing).filter { $0 > highest }
    }

    /// The smallest of 1, 2, 5, 10, 20, 25, 50 times a power of ten that is not below `size`.
    private static func roundStep(atLeast size: Double) -> Int64 {
        var scale: Int64 = 1
        while true {
            for step: Int64 in [1, 2, 5] where Double(step * scale) >= size { return step * scale }
            if scale >= 10, Double(scale / 10 * 25) >= size { return scale / 10 * 25 }
            scale *= 10
        }
    }
}
