import ClearingModel
import Parameters

extension StressTest {
    /// The rounds after a default that somebody names: of some groups, or of those that make Cover-2, under a scenario
    /// by its number, or the one of Cover-2; and who bears the losses of all who defaulted, at the last round's prices.
    /// - Throws: `StressRefusal` `second_round_group` for a group or scenario that is not there; as `compute`.
    package static func follow(
        _ inputs: StressInputs, scenario number: Int?, groups named: [CompanyGroupCode]?, threads: Int
    ) async throws -> (StressUnits, SecondRound, Waterfall) {
        let set = inputs.set.withoutReverseStress
        let test = try await compute(inputs.asking(set), threads: threads)
        guard let secondRound = inputs.secondRound else {
            preconditionFailure("a default is followed where the set says how")
        }
        let scenario = number ?? test.worst?.scenario ?? 0
        guard (1...max(1, set.scenarios.count)).contains(scenario), !set.scenarios.isEmpty else {
            throw StressRefusal(
                .secondRoundGroup, "\(scenario)", table: "stress_scenario", column: "number",
                "the stress set has no scenario \(scenario)")
        }
        let groups = try named.map { codes throws(StressRefusal) in try test.units.indices(of: codes) }
        let terms = ShortfallTerms(
            test.units, covers: test.covers, contributions: test.resources.contributions(test.units),
            coverCount: set.coverCount, houseSurplusCoversClients: set.houseSurplusCoversClients)
        let computation = SecondRoundComputation(
            book: inputs.book, shocks: try StressShocks(set, of: inputs.book), terms: terms, resources: test.resources,
            inputs: secondRound, rates: inputs.rates, threads: threads)
        let rounds = try await computation.follow(
            groups ?? test.coverRequirements[scenario].groups, scenario: scenario, test.shortfalls[scenario],
            exposures: test.exposures.values(in: scenario))
        let waterfall = Waterfall(
            terms.defaulted(rounds.defaulted, exposures: rounds.lastExposures), fund: test.resources.fund,
            contributions: test.resources.contributions)
        return (test.units, rounds, waterfall)
    }
}
