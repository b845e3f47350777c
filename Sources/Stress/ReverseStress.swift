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

    /// Tries the multiples of the grid, then halves the step in which the fund breaks first. No monotonicity is assumed
    /// between grid points. One revaluation of what is held and one sum of the book a multiple.
    private func outcome(of scenario: Int, _ grid: ReverseStressGrid) async throws -> ReverseStress.Outcome {
        var multiple = grid.step
        while multiple <= grid.max {
            let found = try await cover(of: scenario, times: multiple)
            if found.coverTwo > fund {
                return try await narrowed(scenario, below: multiple, found, step: grid.step)
            }
            multiple += grid.step
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
        guard let shocks = shocks.only(scenario - 1, times: multiple) else {
            throw StressRefusal(
                .outOfRange, "\(shocks.scenarios[scenario - 1])", table: "stress_move", column: "price_move",
                "a move times \(multiple) has too many digits")
        }
        let arrays = try await StressArrays.compute(book, shocks, onlyHeld: true, threads: threads)
        let exposures = try await StressExposures.compute(book, arrays, threads: threads)
        return terms.coverRequirement(terms.shortfalls(exposures, of: 1, in: book), scenario: scenario)
    }
}
