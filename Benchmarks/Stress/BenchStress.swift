import ClearingModel
import EndOfDay
import Foundation
import Glibc
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
        tell(
            String(
                format:
                    "ours: revalued, added up and held against the fund in %.2f s (%.2f s of processors), %d threads",
                plain.wall, plain.processors, threads))
        let rounds = try await seconds(reverse: nil, rounds: terms).wall - plain.wall
        let reverse = try await seconds(reverse: grid, rounds: nil).wall - plain.wall
        tell(
            String(
                format: "reverse stress: %.2f s for multiples to 5 in steps of 0.25; second round: %.2f s", reverse,
                rounds))
        tell(String(format: "seconds %.4f", plain.wall))
    }

    /// Prints a line at once: the search behind it takes its time.
    private func tell(_ line: String) {
        print(line)
        fflush(nil)
    }

    /// Seconds of the test with a grid and rounds in the place of the set's, by the clock and of all processors.
    private func seconds(
        reverse: ReverseStressGrid?, rounds: SecondRoundTerms?
    ) async throws -> (wall: Double, processors: Double) {
        let set = inputs.set
        let asked = inputs.asking(
            StressSet(
                code: set.code, horizonDays: set.horizonDays,
                houseSurplusCoversClients: set.houseSurplusCoversClients, addOnShare: set.addOnShare, reverse: reverse,
                coverCount: set.coverCount, secondRound: rounds, scenarios: set.scenarios,
                impactCoefficients: set.impactCoefficients),
            secondRound: rounds == nil ? nil : inputs.secondRound)
        var best = (wall: Double.infinity, processors: Double.infinity)
        for _ in 0..<(reverse == nil ? 3 : 1) {
            let clock = ContinuousClock()
            let (start, used) = (clock.now, Glibc.clock())
            _ = try await StressTest.compute(asked, threads: threads)
            best.wall = min(best.wall, (clock.now - start) / .seconds(1))
            best.processors = min(best.processors, Double(Glibc.clock() - used) / Double(CLOCKS_PER_SEC))
        }
        return best
    }
}
