import ClearingModel
import EndOfDay
import Parameters
import Quantities
import Results
import Runtime
import Storage
import Stress

/// What a member, a unit of it or an account is short of under stress in a run, down to the series, the move and the
/// price that it comes from (docs/methodology.md §8). Amounts are minor units of the base currency.
package struct StressExplanation: Sendable {
    /// An account, or an owner of a segregated one.
    package struct Portfolio: Sendable {
        package let account: AccountCode
        package let owner: OwnerCode
        /// E, + a cost.
        package let exposure: Int64
        /// R, 0 or more.
        package let cover: Int64
        /// Nil where its unit is short of nothing and is not the house: it adds nothing to the shortfall.
        package let walk: StressWalk?
    }

    /// What is closed out on its own.
    package struct Unit: Sendable {
        /// `house`, the account, or the account and owner: `B/O1`.
        package let name: String
        package let isHouse: Bool
        package let portfolios: [Portfolio]
        package var exposure: Int64 { portfolios.reduce(0) { $0 + $1.exposure } }
        package var cover: Int64 { portfolios.reduce(0) { $0 + $1.cover } }
        /// D, 0 or more.
        package var shortfall: Int64 { max(0, exposure - cover) }
    }

    /// How an account's part of the member's stress add-on comes about.
    package struct AddOn: Sendable {
        package let result: StressAddOnResult
        /// The code of the charge's scenario.
        package let scenario: StressScenarioCode
        /// Share of the guaranty fund above which a shortfall is charged.
        package let share: ExactDecimal
        /// What the account lacks in that scenario: of a client's the shortfall of its units, of a house's the excess
        /// of its exposure over its cover; 0 or more.
        package let lack: Int64
    }

    package let context: RunContext
    package let subject: String
    package let member: MemberCode
    package let base: Currency
    package let set: StressSet
    package let scenario: StressScenario
    /// Whether the scenario is the subject's worst, and was not named.
    package let isWorst: Bool
    package let units: [Unit]
    /// Of a member as it is kept; of a unit or account its units' shortfalls added up.
    package let shortfall: Int64
    package let addOns: [AddOn]
    /// Decimals of each currency's minor unit.
    package let currencyDecimals: [CurrencyCode: Int]

    /// D of the house; 0 where no unit is the house.
    package var houseShortfall: Int64 { units.reduce(0) { $1.isHouse ? $0 + $1.shortfall : $0 } }
    package var clientShortfall: Int64 { units.reduce(0) { $1.isHouse ? $0 : $0 + $1.shortfall } }
    /// What the house has to spare for its clients, where the set says that it covers them; else 0.
    package var houseSurplus: Int64 {
        guard set.houseSurplusCoversClients else { return 0 }
        return units.reduce(0) { $1.isHouse ? $0 + max(0, $1.cover - $1.exposure) : $0 }
    }
}

extension StressExplanation {
    /// Walks a member, `MEMBER/house`, an account or `ACCOUNT/OWNER`, in this order, in the scenario of its worst
    /// shortfall, the lowest number among equals, or in one named by code or number. What is held is valued again on
    /// the run's inputs, and held against what the run keeps.
    ///
    /// - Throws: `Failure` 66 for a name that is not there, a run that was not stressed, a scenario that is not there;
    ///   70 where the figures are not those that the run keeps.
    package static func load(
        _ name: String, scenario: String?, in context: RunContext, from database: Database
    ) throws -> StressExplanation {
        let parameters = try ParameterSet.load(context.parameters, from: database)
        guard let set = parameters.stress, !set.scenarios.isEmpty else {
            throw Failure(
                .inputMissing,
                "\(context.title) was not stressed: parameter set \(context.parameterSet) has no "
                    + (parameters.stress == nil ? "stress set" : "stress scenario"),
                hint: "load a set with rows of stress_set, stress_scenario and stress_move, or leave --stress out")
        }
        let named = try scenario.map { try self.scenario($0, in: set, context) }
        let inputs = try database.atomically {
            try ScopeStore(database, of: context.pinned).openWhole()
            return try StressInputs.load(context.pinned, parameters, set, from: database)
        }
        let found = try StressSubject(name, in: inputs.book, context)
        return try StressExplanationReading(
            context: context, set: set, book: inputs.book, subject: found, store: StressStore(database)
        ).explanation(named)
    }

    private static func scenario(_ name: String, in set: StressSet, _ context: RunContext) throws -> StressScenario {
        if let found = set.scenarios.first(where: { $0.code.text == name }) { return found }
        if let found = set.scenarios.first(where: { "\($0.number)" == name }) { return found }
        throw Failure(
            .inputMissing,
            "\(context.title): stress set \(set.code) has no scenario \(name); it has 1 to \(set.scenarios.count)",
            hint: "name one by number or code: " + context.line(.show, "--report cover-two"))
    }
}
