import Quantities
import Scenarios

extension ScanningRisk {
    /// Scans one loss array of `set.count` values, which begins at `start` (docs/methodology.md §5).
    ///
    /// Ties go to the lowest number. Where every value is negative, scan is 0 and volatility (PA₁ − PA₂)/2. Cost: one
    /// pass.
    init(scanning array: [Int64], from start: Int = 0, decimals: Int, set: ScenarioSet) {
        var active = 0
        var largest = array[start]
        for position in 1..<max(set.count, 1) where array[start + position] > largest {
            largest = array[start + position]
            active = position
        }
        self.init(
            largest: Int128(largest), active: active, pair: Int128(array[start + set.pairPositions[active]]),
            zeroMove: set.zeroMovePair.map { (Int128(array[start + $0.first]), Int128(array[start + $0.second])) },
            isOwnPair: set.pairPositions[active] == active, decimals: decimals)
    }

    /// Scans an array of exact losses, as a scan-based spread's is.
    init(scanning array: [ExactDecimal], set: ScenarioSet) {
        let decimals = array.map(\.scale).max() ?? 0
        let units = array.map { $0.roundedMantissa(scale: decimals) }
        var active = 0
        for position in units.indices where units[position] > units[active] { active = position }
        self.init(
            largest: units[active], active: active, pair: units[set.pairPositions[active]],
            zeroMove: set.zeroMovePair.map { (units[$0.first], units[$0.second]) },
            isOwnPair: set.pairPositions[active] == active, decimals: decimals)
    }

    private init(
        largest: Int128, active: Int, pair: Int128, zeroMove: (Int128, Int128)?, isOwnPair: Bool, decimals: Int
    ) {
        let scan = max(largest, 0)
        // Time and volatility are halves of array units: twice the figure stays a whole number.
        func half(_ twice: Int128) -> ExactDecimal { ExactDecimal(mantissa: twice * 5, scale: decimals + 1) }
        var figures: (time: ExactDecimal, volatility: ExactDecimal, price: ExactDecimal)?
        if let (first, second) = zeroMove {
            let time = first + second
            let volatility = largest < 0 ? first - second : isOwnPair ? 0 : scan - pair
            figures = (half(time), half(volatility), half(max(2 * scan - time - volatility, 0)))
        }
        self.init(
            scan: ExactDecimal(mantissa: scan, scale: decimals), activeScenario: active + 1, time: figures?.time,
            volatility: figures?.volatility, price: figures?.price)
    }

    /// The sums over tiers scanned apart; there is no active scenario for the whole. Nil for no tier.
    init?(summing tiers: [ScanningRisk]) {
        guard let first = tiers.first else { return nil }
        func sum(_ figure: (ScanningRisk) -> ExactDecimal?) -> ExactDecimal? {
            tiers.dropFirst().reduce(figure(first)) { total, tier in
                guard let total, let value = figure(tier) else { return nil }
                return total + value
            }
        }
        self.init(
            scan: sum(\.scan) ?? .zero, activeScenario: nil, time: sum(\.time), volatility: sum(\.volatility),
            price: sum(\.price))
    }
}
