import ClearingModel
import Glibc
import Margining
import Quantities
import Scenarios

/// The legs of a spread on the days that all of them have, up to a day, and their moves in money a spread
/// (docs/methodology.md §10.3).
struct LegMoves {
    /// Ascending; every leg has a level on each.
    let dates: [BusinessDate]
    /// By leg ratio · contract value factor · price move over the horizon; move i ends on date i + the horizon.
    let moves: [SignedMoves]
    /// The same of one day.
    let daily: [SignedMoves]
    /// Of all the legs, side A less side B.
    let spread: SignedMoves
    private let legs: [CalibrationLeg]

    /// `histories` is one a leg, each with a level on every one of `dates`, and with the last of them as its last.
    /// - Throws: `calibration_out_of_range` where exact money leaves 128 bits.
    init(
        _ rule: CalibrationRule, legs: [CalibrationLeg], histories: [FactorHistory], dates: [BusinessDate]
    ) throws(CalibrationRefusal) {
        self.dates = dates
        self.legs = legs
        let isExact = histories.allSatisfy { $0.returnKind == .absolute }
        func money(days: Int) throws(CalibrationRefusal) -> [SignedMoves] {
            var found: [SignedMoves] = []
            for (leg, history) in zip(legs, histories) {
                let prices = Self.priceMoves(history, dates, days: days)
                found.append(
                    isExact ? try Self.exactMoney(prices, leg, rule.name) : Self.money(prices, leg))
            }
            return found
        }
        moves = try money(days: rule.horizonDays)
        daily = try money(days: 1)
        spread = try Self.sum(moves, legs.map { $0.side == .a ? 1 : -1 }, rule.name)
    }

    /// The money of one side's legs, a day each.
    func dailyMoney(of side: SpreadSide) -> [Double] {
        var sums = [Double](repeating: 0, count: max(dates.count - 1, 0))
        for (leg, moves) in zip(legs, daily) where leg.side == side {
            for (day, value) in moves.doubles.enumerated() { sums[day] += value }
        }
        return sums
    }

    /// Price moves of one leg: differences, or of a log factor the last level times e^return − 1.
    private static func priceMoves(_ history: FactorHistory, _ dates: [BusinessDate], days: Int) -> SignedMoves {
        let moves = SignedMoves(history, days: days)
        // Days before the common ones are left out; there is none behind them.
        let count = max(dates.count - days, 0)
        switch moves {
        case .exact(let units, let scale): return .exact(Array(units.suffix(count)), scale: scale)
        case .approximate(let returns):
            guard let last = history.levels.last?.double else { return .approximate([]) }
            return .approximate(returns.suffix(count).map { last * expm1($0) })
        }
    }

    private static func exactMoney(
        _ prices: SignedMoves, _ leg: CalibrationLeg, _ name: String
    ) throws(CalibrationRefusal) -> SignedMoves {
        guard case .exact(let units, let scale) = prices else { return prices }
        guard let factor = leg.ratio.checkedProduct(leg.contractValueFactor) else {
            throw .outOfRange(name, "\(leg.ratio) times \(leg.contractValueFactor)")
        }
        var money: [Int128] = []
        money.reserveCapacity(units.count)
        for unit in units {
            let (product, overflows) = unit.multipliedReportingOverflow(by: factor.mantissa)
            guard !overflows else { throw .outOfRange(name, "money of leg \(leg.number)") }
            money.append(product)
        }
        return .exact(money, scale: scale + factor.scale)
    }

    private static func money(_ prices: SignedMoves, _ leg: CalibrationLeg) -> SignedMoves {
        let factor = leg.ratio.double * leg.contractValueFactor.double
        return .approximate(prices.doubles.map { factor * $0 })
    }

    /// The legs' money added up with their signs.
    private static func sum(
        _ moves: [SignedMoves], _ signs: [Int], _ name: String
    ) throws(CalibrationRefusal) -> SignedMoves {
        var columns: [(units: [Int128], scale: Int)] = []
        for case .exact(let units, let scale) in moves { columns.append((units, scale)) }
        guard columns.count == moves.count else {
            var sums = moves.first.map { [Double](repeating: 0, count: $0.doubles.count) } ?? []
            for (leg, sign) in zip(moves, signs) {
                for (place, value) in leg.doubles.enumerated() { sums[place] += Double(sign) * value }
            }
            return .approximate(sums)
        }
        let scale = columns.map(\.scale).max() ?? 0
        var sums = [Int128](repeating: 0, count: columns.first?.units.count ?? 0)
        for (column, sign) in zip(columns, signs) {
            let power = scale - column.scale
            guard power <= 38 else { throw .outOfRange(name, "money of the spread") }
            for (place, units) in column.units.enumerated() {
                let (scaled, overflows) = units.multipliedReportingOverflow(
                    by: PowersOfTen.int128(power) * Int128(sign))
                let (sum, isBeyond) = sums[place].addingReportingOverflow(scaled)
                guard !overflows, !isBeyond else { throw .outOfRange(name, "money of the spread") }
                sums[place] = sum
            }
        }
        return .exact(sums, scale: scale)
    }
}
