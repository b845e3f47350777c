import ClearingModel
import Parameters
import Quantities
import Runtime
import Storage
import Stress

/// A default that somebody names, followed through the others on the values of a run (docs/methodology.md §8.7).
package struct FollowedDefault: Sendable {
    package let base: Currency
    package let members: [MemberCode]
    package let groups: [CompanyGroupCode]
    package let secondRound: SecondRound

    /// Follows the default of some groups, or of those that make Cover-2, under a scenario by its number, or the one of
    /// Cover-2. Computed anew from the run's inputs and results; nothing is written.
    /// - Throws: `Failure` 65 where the run's parameter set has no stress set or no second round; `StressRefusal`.
    package static func follow(
        _ context: RunContext, scenario: Int?, groups named: [CompanyGroupCode]?, threads: Int, _ database: Database
    ) async throws -> FollowedDefault {
        let parameters = try ParameterSet.load(context.parameters, from: database)
        guard let set = parameters.stress, set.secondRound != nil else {
            throw Failure(
                .inputRejected,
                "parameter set \(context.parameterSet) has no stress set with a second round",
                hint: "load a set with a row of stress_set whose round_cap is given")
        }
        let inputs = try database.atomically {
            try ScopeStore(database, of: context.pinned).openWhole()
            return try StressInputs.load(context.pinned, parameters, set, from: database)
        }
        let (units, rounds) = try await StressTest.follow(inputs, scenario: scenario, groups: named, threads: threads)
        return FollowedDefault(
            base: inputs.book.base, members: units.members, groups: units.groups, secondRound: rounds)
    }
}
