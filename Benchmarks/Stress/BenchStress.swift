import ClearingModel
import EndOfDay
import Foundation
import Parameters
import Quantities
import Runtime
import Storage
import Stress

/// Computes the stress test of a published run again, without reading and writing in the seconds: bench-stress DATE.
///
/// Prints seconds of revaluation, sums and shortfalls, of the search for each scenario's edge beside them, and of the
/// rounds after a default, each the best of three passes.
@main struct BenchStress {
    struct Failure: Error { let message: String }

    let inputs: StressInputs
    let threads = ProcessInfo.processInfo.activeProcessorCount

    static func main() async throws {
        guard CommandLine.arguments.count == 2, let date = BusinessDate(CommandLine.arguments[1]) else {
            throw Failure(message: "usage: bench-stress DATE")
        }
        let database = try await Session.open()
        let context = try RunContext.find(date, cycle: .endOfDay, number: nil, from: database)
        let parameters = try ParameterSet.load(context.parameters, from: database)
        guard let set = parameters.stress else { throw Failure(message: "the run has no stress set") }
        try await BenchStress(inputs: try StressInputs.load(context, parameters, set, from: database)).run()
    }

    func run() async throws {
        let terms = inputs.set.secondRound
        let grid = ReverseStressGrid(step: ExactDecimal("0.25") ?? .one, max: ExactDecimal("5") ?? .one)
        let plain = try await seconds(reverse: nil, rounds: nil)
        let reverse = try await seconds(reverse: grid, rounds: nil)
        let rounds = try await seconds(reverse: nil, rounds: terms)
        print(
            String(
                format: "ours: revalued, added up and held against the fund in %.2f s, %d threads", plain, threads))
        print(
            String(
                format: "reverse stress: %.2f s for multiples to 5 in steps of 0.25; second round: %.2f s",
                reverse - plain, rounds - plain))
        print(String(format: "seconds %.4f", plain))
    }

    /// Seconds of the test with a grid and rounds in the place of the set's.
    private func seconds(reverse: ReverseStressGrid?, rounds: SecondRoundTerms?) async throws -> Double {
        let set = inputs.set
        let asked = StressInputs(
            set: StressSet(
                code: set.code, horizonDays: set.horizonDays,
                houseSurplusCoversClients: set.houseSurplusCoversClients, addOnShare: set.addOnShare, reverse: reverse,
                coverCount: set.coverCount, secondRound: rounds, scenarios: set.scenarios,
                impactCoefficients: set.impactCoefficients),
            book: inputs.book, covers: inputs.covers, resources: inputs.resources, rates: inputs.rates,
            secondRound: rounds == nil ? nil : inputs.secondRound)
        var best = Double.infinity
        for _ in 0..<(reverse == nil ? 3 : 1) {
            let clock = ContinuousClock()
            let start = clock.now
            _ = try await StressTest.compute(asked, threads: threads)
            best = min(best, (clock.now - start) / .seconds(1))
        }
        return best
    }
}
