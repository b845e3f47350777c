import ClearingModel
import Parameters
import Quantities

/// How far a scenario is from the edge: the multiple of its moves at which the fund no longer holds
/// (docs/methodology.md §8.6).
package struct ReverseStress: Sendable {
    /// What the search came to.
    package enum Outcome: Sendable {
        /// The multiple, exact and to a thousandth, and what the fund would bear there.
        case reached(multiplier: ExactDecimal, cover: CoverRequirement)
        /// Not within the grid.
        case notReached
        /// A series loses its value first: why.
        case domain(StressRefusal)
    }

    /// The scenario's number.
    package let scenario: Int
    package let outcome: Outcome
}

/// The search for each scenario's edge on the values of one night.
struct ReverseStressSearch {
    let book: StressBook
    let shocks: StressShocks
    let terms: ShortfallTerms
    let fund: Int64
    let threads: Int

    /// Where the bisection ends: the multiple is right to this.
    private static let precision = ExactDecimal(mantissa: 1, scale: 3)

    /// Every scenario's outcome; none where the set asks for no reverse stress.
    func outcomes(_ set: StressSet) async throws -> [ReverseStress] {
        guard let grid = set.reverse else { return [] }
        var outcomes: [ReverseStress] = []
        for scenario in set.scenarios {
            do {
                outcomes.append(
                    ReverseStress(scenario: scenario.number, outcome: try await outcome(of: scenario.number, grid)))
            } catch let refusal as StressRefusal {
                outcomes.append(ReverseStress(scenario: scenario.number, outcome: .domain(refusal)))
            }
        }
        return outcomes
    }

    /// Multiples of the grid that are valued together: one pass over series and book costs nearly as much for one.
    private static let batch = 8

    /// Tries the multiples of the grid, then halves the step in which the fund breaks first. No monotonicity is assumed
    /// between grid points. A revaluation of what is held and a sum of the book a multiple, some of them side by side.
    private func outcome(of scenario: Int, _ grid: ReverseStressGrid) async throws -> ReverseStress.Outcome {
        var next = grid.step
        while next <= grid.max {
            var multiples: [ExactDecimal] = []
            while next <= grid.max, multiples.count < Self.batch {
                multiples.append(next)
                next += grid.step
            }
            // What a batch refuses may lie beyond the edge: its multiples are tried in turn.
            let together = try? await covers(of: scenario, times: multiples)
            for (place, multiple) in multiples.enumerated() {
                let found: CoverRequirement
                if let together {
                    found = together[place]
                } else {
                    found = try await cover(of: scenario, times: multiple)
                }
                if found.coverTwo > fund {
                    return try await narrowed(scenario, below: multiple, found, step: grid.step)
                }
            }
        }
        return .notReached
    }

    private func narrowed(
        _ scenario: Int, below first: ExactDecimal, _ found: CoverRequirement, step: ExactDecimal
    ) async throws -> ReverseStress.Outcome {
        let half = ExactDecimal(mantissa: 5, scale: 1)
        var (low, high, atHigh) = (first - step, first, found)
        while high - low > Self.precision {
            let middle = ((low + high) * half).withoutTrailingZeros
            let found = try await cover(of: scenario, times: middle)
            if found.coverTwo > fund { (high, atHigh) = (middle, found) } else { low = middle }
        }
        return .reached(multiplier: high, cover: atHigh)
    }

    /// What the fund would have to bear under one scenario's moves times a multiple.
    private func cover(of scenario: Int, times multiple: ExactDecimal) async throws -> CoverRequirement {
        try await covers(of: scenario, times: [multiple])[0]
    }

    /// The same for several multiples, each with the bits it has alone.
    /// - Throws: `StressRefusal` where a series has no value under any of them.
    private func covers(of scenario: Int, times multiples: [ExactDecimal]) async throws -> [CoverRequirement] {
        guard let shocks = shocks.only(scenario - 1, times: multiples) else {
            throw StressRefusal(
                .outOfRange, "\(shocks.scenarios[scenario - 1])", table: "stress_move", column: "price_move",
                "a move times \(multiples[0]) has too many digits")
        }
        let arrays = try await StressArrays.compute(book, shocks, onlyHeld: true, threads: threads)
        let exposures = try await StressExposures.compute(book, arrays, threads: threads)
        return await terms.shortfalls(exposures, threads: threads).dropFirst().map {
            terms.coverRequirement($0, scenario: scenario)
        }
    }
}
