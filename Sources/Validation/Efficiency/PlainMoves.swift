import Calibration
import ClearingModel
import Margining
import Quantities
import Scenarios

/// What a factor did over a number of its days, by the day on which each move ends: plain differences of an absolute
/// factor, shares of the level before of a log factor.
package struct PlainMoves: Sendable {
    package let factor: RiskFactorCode
    package let returnKind: ReturnKind
    /// Ascending; of a log factor without the moves from a level that is not above 0.
    let ends: [BusinessDate]
    let moves: [Double]
    /// One-day returns that count, nil: all there are.
    package let lookBackDays: Int?
    package let horizonDays: Int

    /// One pass over the history.
    package init(_ history: FactorHistory, horizonDays: Int, lookBackDays: Int?) {
        factor = history.factor
        returnKind = history.returnKind
        self.lookBackDays = lookBackDays
        self.horizonDays = horizonDays
        var (ends, moves) = ([BusinessDate](), [Double]())
        for place in history.levels.indices.dropFirst(horizonDays) {
            let (from, to) = (history.levels[place - horizonDays], history.levels[place])
            let move = (to - from).double
            if history.returnKind == .log {
                guard from > .zero else { continue }
                moves.append(move / from.double)
            } else {
                moves.append(move)
            }
            ends.append(history.dates[place])
        }
        self.ends = ends
        self.moves = moves
    }

    /// How many moves end on or before a day. O(log n).
    fileprivate func count(through day: BusinessDate) -> Int {
        var (low, high) = (0, ends.count)
        while low < high {
            let middle = (low + high) / 2
            if ends[middle] <= day { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Plain historical value at risk of positions that move with factors: no filter, no floor, no other tool
/// (docs/methodology.md §12.7).
package struct PlainValueAtRisk: Sendable {
    /// Positions that gain and lose together: the money gained a unit of the factor's move.
    package struct Leg: Sendable {
        package let moves: PlainMoves
        package let amount: Double

        package init(moves: PlainMoves, amount: Double) {
            self.moves = moves
            self.amount = amount
        }
    }

    private let confidence: ExactDecimal

    /// Above 0.5, below 1.
    package init(confidence: ExactDecimal) { self.confidence = confidence }

    /// The loss of rank ⌈n·(1 − c)⌉ from above of the n days on which every factor's move ends, up to `day`, of the
    /// shortest look-back; 0 where it is a gain. `isFloored`: a leg's gain covers no other's loss. In the units of the
    /// amounts. Sums run in the order of the legs. O(legs · n).
    ///
    /// Nil where n·(1 − c) is below 1: no move is that rare yet.
    package func value(of legs: [Leg], through day: BusinessDate, isFloored: Bool) -> Double? {
        guard let tail = TailShare(confidence: confidence) else { return nil }
        let places = Self.places(of: legs.map(\.moves), through: day)
        let count = places.first?.count ?? 0
        guard ExactDecimal(count) * (.one - confidence) >= .one else { return nil }
        var losses = [Double](repeating: 0, count: count)
        for (leg, places) in zip(legs, places) {
            for (number, place) in places.enumerated() {
                let loss = -leg.amount * leg.moves.moves[place]
                losses[number] += isFloored ? max(loss, 0) : loss
            }
        }
        return max(0, losses.sorted(by: >)[tail.rank(of: count) - 1])
    }

    /// Of each factor the places of the moves that count, oldest first: as many of each, ending on the same days.
    private static func places(of factors: [PlainMoves], through day: BusinessDate) -> [[Int]] {
        guard !factors.isEmpty else { return [] }
        let limit = factors.compactMap { factor in factor.lookBackDays.map { $0 - factor.horizonDays + 1 } }.min()
        var next = factors.map { $0.count(through: day) - 1 }
        var found = [[Int]](repeating: [], count: factors.count)
        while (limit.map { found[0].count < $0 } ?? true), next.allSatisfy({ $0 >= 0 }) {
            let latest = zip(factors, next).map { $0.ends[$1] }
            guard let end = latest.min() else { break }
            if latest.allSatisfy({ $0 == end }) {
                for number in found.indices { found[number].append(next[number]) }
                for number in next.indices { next[number] -= 1 }
            } else {
                for number in next.indices where latest[number] > end { next[number] -= 1 }
            }
        }
        return found.map { $0.reversed() }
    }
}
