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
    /// By member.
    package let memberGroups: [CompanyGroupCode]
    /// The code of the scenario that the default is followed under.
    package let scenario: StressScenarioCode
    /// What participation is reported over.
    package let closeOutDays: Int
    package let secondRound: SecondRound
    /// Who bears the losses of all who defaulted, at the last round's prices.
    package let waterfall: Waterfall

    /// Follows the default of some groups, or of those that make Cover-2, under a scenario by its number, or the one of
    /// Cover-2. Computed anew from the run's inputs and results; nothing is written.
    /// - Throws: `Failure` 65 where the run's parameter set has no stress set, no second round or no scenario;
    ///   `StressRefusal`.
    package static func follow(
        _ context: RunContext, scenario: Int?, groups named: [CompanyGroupCode]?, threads: Int, _ database: Database
    ) async throws -> FollowedDefault {
        let (inputs, terms) = try inputs(of: context, database)
        return try await follow(inputs, terms, scenario: scenario, groups: named, threads: threads)
    }

    /// The same of what an operator names: a scenario by code or number, groups by their own codes or by a member's;
    /// without names the groups that make Cover-2.
    package static func follow(
        _ context: RunContext, scenarioNamed scenario: String?, defaulting names: [String], threads: Int,
        _ database: Database
    ) async throws -> FollowedDefault {
        let (inputs, terms) = try inputs(of: context, database)
        return try await follow(
            inputs, terms, scenario: try scenario.map { try number(of: $0, in: inputs.set) },
            groups: names.isEmpty ? nil : try groups(names, inputs.book.house.members), threads: threads)
    }

    private static func inputs(
        of context: RunContext, _ database: Database
    ) throws -> (StressInputs, SecondRoundTerms) {
        let parameters = try ParameterSet.load(context.parameters, from: database)
        guard let set = parameters.stress, let terms = set.secondRound else {
            throw Failure(
                .inputRejected,
                "parameter set \(context.parameterSet) has no stress set with a second round",
                hint: "load a set with a row of stress_set whose round_cap is given")
        }
        guard !set.scenarios.isEmpty else {
            throw Failure(
                .inputRejected, "stress set \(set.code) has no scenario to follow a default under",
                hint: "load a set with rows of stress_scenario")
        }
        let inputs = try StressInputs.load(context, parameters, set, from: database)
        return (inputs, terms)
    }

    private static func follow(
        _ inputs: StressInputs, _ terms: SecondRoundTerms, scenario: Int?, groups named: [CompanyGroupCode]?,
        threads: Int
    ) async throws -> FollowedDefault {
        let (units, rounds, waterfall) = try await StressTest.follow(
            inputs, scenario: scenario, groups: named, threads: threads)
        return FollowedDefault(
            base: inputs.book.base, members: units.members, groups: units.groups,
            memberGroups: inputs.book.house.members.map(\.group),
            scenario: inputs.set.scenarios[rounds.scenario - 1].code,
            closeOutDays: terms.closeOutDays, secondRound: rounds, waterfall: waterfall)
    }

    /// The number of a scenario by its code or, where none has it, its number.
    private static func number(of name: String, in set: StressSet) throws -> Int {
        let found = set.scenarios.first { $0.code.text == name } ?? set.scenarios.first { "\($0.number)" == name }
        if let found { return found.number }
        let known = set.scenarios.prefix(10).map { "\($0.number) \($0.code)" }.joined(separator: ", ")
        throw StressRefusal(
            .secondRoundGroup, name, table: "stress_scenario", column: "scenario",
            "stress set \(set.code) has no scenario \(name); it has \(known)"
                + (set.scenarios.count > 10 ? " and \(set.scenarios.count - 10) more" : ""))
    }

    /// Each group once, in the order in which they are named.
    private static func groups(_ names: [String], _ members: [ClearingMember]) throws -> [CompanyGroupCode] {
        var groups: [CompanyGroupCode] = []
        for name in names {
            guard
                let member = members.first(where: { $0.group.text == name })
                    ?? members.first(where: { $0.code.text == name })
            else {
                throw StressRefusal(
                    .secondRoundGroup, name, table: "clearing_member", column: "member_group",
                    "there is no group and no member \(name)")
            }
            if !groups.contains(member.group) { groups.append(member.group) }
        }
        return groups
    }
}
