import Quantities
import Scenarios

/// The share of scenarios that a confidence leaves to the tail: a = 1 − confidence, exact.
package struct TailShare: Hashable, Sendable {
    package let share: ExactFraction

    /// Nil unless the confidence lies above 0 and below 1.
    package init?(confidence: ExactDecimal) {
        guard confidence > .zero, confidence < .one else { return nil }
        share = ExactFraction(.one - confidence)
    }

    /// Where the tail of `count` equal scenarios ends, from the worst: ⌈count · a⌉, at least 1 where there is one.
    package func rank(of count: Int) -> Int { Int(rank(ofWeight: Int128(count))) }

    fileprivate func rank(ofWeight total: Int128) -> Int128 {
        (total * share.numerator + share.denominator - 1) / share.denominator
    }
}

/// A loss vector's scenarios in the order of its losses, with what each weighs in the tail (docs/methodology.md §7).
///
/// Losses are whole units, loss positive, in time order; equal losses keep that order. Scenarios weigh 1 unless weights
/// are given. Everything is exact. Cost of building one: a pass over the losses and the tail's length squared where the
/// tail is short, else a sort.
package struct LossTail: Sendable {
    /// Places of the scenarios, worst first: at least as many as the tail reaches and one beyond.
    package let order: [Int]
    private let losses: [Int64]
    /// By scenario, whole numbers of one unit; nil where every scenario weighs 1.
    private let weights: [Int128]?
    /// Weight of all scenarios, and of the tail.
    private let total: Int128
    private let target: ExactFraction

    /// `losses` must not be empty; weights, where given, are one a loss, none below 0 and not all 0.
    package init(_ losses: [Int64], tail: TailShare, weights: [ExactDecimal]? = nil) {
        precondition(!losses.isEmpty, "a loss vector has a scenario")
        self.losses = losses
        if let weights {
            precondition(weights.count == losses.count, "every scenario has a weight")
            let scale = weights.map(\.withoutTrailingZeros.scale).max() ?? 0
            let units = weights.map { $0.roundedMantissa(scale: scale) }
            precondition(units.allSatisfy { $0 >= 0 }, "no weight is below zero")
            self.weights = units
            total = units.reduce(0, +)
        } else {
            self.weights = nil
            total = Int128(losses.count)
        }
        precondition(total > 0, "some scenario has a weight")
        target = ExactFraction(total, over: 1) * tail.share
        // Without weights the tail ends at the rank ⌈m⌉, and interpolation looks one further.
        let reached = tail.rank(ofWeight: total) + 1
        order =
            weights == nil && reached * 16 <= Int128(losses.count)
            ? Self.worst(Int(reached), of: losses)
            : losses.indices.sorted { losses[$0] != losses[$1] ? losses[$0] > losses[$1] : $0 < $1 }
    }

    /// The places of the `count` largest losses, largest first, equal ones in their order.
    private static func worst(_ count: Int, of losses: [Int64]) -> [Int] {
        var places = losses[..<count].indices.sorted { losses[$0] != losses[$1] ? losses[$0] > losses[$1] : $0 < $1 }
        var least = losses[places[count - 1]]
        for place in count..<losses.count where losses[place] > least {
            var hole = count - 1
            while hole > 0, losses[places[hole - 1]] < losses[place] {
                places[hole] = places[hole - 1]
                hole -= 1
            }
            places[hole] = place
            least = losses[places[count - 1]]
        }
        return places
    }

    private func weight(_ scenario: Int) -> Int128 { weights?[scenario] ?? 1 }

    /// The loss at which the weights, added up from the worst, reach the tail's: L_⌈m⌉ for equal weights.
    package var valueAtRisk: Int64 {
        var sum: Int128 = 0
        for scenario in order {
            sum += weight(scenario)
            if sum * target.denominator >= target.numerator { return losses[scenario] }
        }
        return losses[order[order.count - 1]]
    }

    /// Between neighbouring gains: ascending, each at the middle of its weight, linear, level beyond the ends; at
    /// least 0.
    package var interpolatedValueAtRisk: ExactFraction {
        // Ranks twice over, so that the middles are whole.
        let wanted = target * ExactFraction(2, over: 1)
        var (sum, before) = (Int128(0), (rank: Int128(0), loss: Int64(0)))
        for (position, scenario) in order.enumerated() where weight(scenario) > 0 || position == order.count - 1 {
            let rank = 2 * sum + weight(scenario)
            if ExactFraction(rank, over: 1) >= wanted {
                guard sum > 0 else { return max(.zero, ExactFraction(Int128(losses[scenario]), over: 1)) }
                let part = (wanted - ExactFraction(before.rank, over: 1)) / ExactFraction(rank - before.rank, over: 1)
                let step = ExactFraction(Int128(losses[scenario]) - Int128(before.loss), over: 1)
                return max(.zero, ExactFraction(Int128(before.loss), over: 1) + part * step)
            }
            before = (rank, losses[scenario])
            sum += weight(scenario)
        }
        return max(.zero, ExactFraction(Int128(before.loss), over: 1))
    }

    /// The value at risk under a convention.
    package func valueAtRisk(_ convention: TailConvention) -> ExactFraction {
        switch convention {
        case .fractional, .whole: ExactFraction(Int128(valueAtRisk), over: 1)
        case .interpolated: interpolatedValueAtRisk
        }
    }

    /// What each scenario of the tail weighs in the expected shortfall.
    package func average(_ convention: TailConvention) -> TailAverage {
        var (scenarios, shares) = ([Int](), [Int128]())
        var (sum, reached) = (Int128(0), false)
        for scenario in order where !reached {
            let after = sum + weight(scenario)
            reached = after * target.denominator >= target.numerator
            scenarios.append(scenario)
            let part =
                reached && convention != .whole
                ? target.numerator - sum * target.denominator
                : weight(scenario) * target.denominator
            shares.append(part)
            sum = after
        }
        let divisor = convention == .whole ? sum * target.denominator : target.numerator
        return TailAverage(scenarios: scenarios, shares: shares, divisor: divisor)
    }
}

/// The mean over a tail of scenarios: of the whole vector the expected shortfall, of one position its component.
///
/// Components of vectors that add up to the whole add up to its expected shortfall exactly.
package struct TailAverage: Hashable, Sendable {
    let scenarios: [Int]
    let shares: [Int128]
    /// The sum of the shares, above 0.
    let divisor: Int128

    /// The weighted mean of the losses of the tail's scenarios, exact. Traps where it leaves 128 bits.
    package func of(_ losses: [Int64]) -> ExactFraction { of(quantity: 1) { losses[$0] } }

    /// The same of the losses that `loss` gives for a scenario.
    package func of(quantity: Int64, loss: (Int) -> Int64) -> ExactFraction {
        var sum: Int128 = 0
        for (scenario, share) in zip(scenarios, shares) { sum += share * Int128(loss(scenario)) }
        return ExactFraction(sum * Int128(quantity), over: divisor)
    }
}
