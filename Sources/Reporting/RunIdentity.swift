import ClearingModel
import Quantities
import TextFiles

/// Which run a report belongs to; its parts name folders and files.
package struct RunIdentity: Hashable, Sendable {
    package let businessDate: BusinessDate
    package let cycle: Cycle
    /// 1 or more.
    package let runNumber: Int32

    package init(businessDate: BusinessDate, cycle: Cycle, runNumber: Int32) {
        precondition(runNumber > 0, "runs are counted from 1")
        self.businessDate = businessDate
        self.cycle = cycle
        self.runNumber = runNumber
    }

    /// `r2`: the run's part of file and folder names.
    package var runName: String { "r\(runNumber)" }
}

/// What every report says about how its figures were made.
package struct RunHeader: Sendable {
    package let run: RunIdentity
    /// The parameter set's code.
    package let parameterSet: String
    /// The id of the rounding table (methodology §1.4).
    package let roundingTable: String
    /// The numbers version of each stage, by its name.
    package let numbersVersions: [String: Int64]
    /// The overrides of parameter rows among the run's inputs, in the order of their numbers.
    package let overrides: [Override]

    /// An override of a parameter row.
    package struct Override: Sendable {
        /// The correction's number.
        package let number: Int64
        /// The members whose accounts it touches.
        package let members: Set<String>

        package init(number: Int64, members: Set<String>) {
            self.number = number
            self.members = members
        }
    }

    package init(
        run: RunIdentity, parameterSet: String, roundingTable: String, numbersVersions: [String: Int64],
        overrides: [Override] = []
    ) {
        self.run = run
        self.parameterSet = parameterSet
        self.roundingTable = roundingTable
        self.numbersVersions = numbersVersions
        self.overrides = overrides
    }

    /// The header's members; for a clearing member, its code and of the overrides those that touch it.
    func members(for member: String?) -> [String: JSONValue] {
        let named = overrides.filter { override in member.map(override.members.contains) ?? true }
        var all: [String: JSONValue] = [
            "business_date": .text(run.businessDate.description),
            "cycle": .text(run.cycle.rawValue),
            "run_number": .integer(Int64(run.runNumber)),
            "parameter_set": .text(parameterSet),
            "rounding_table": .text(roundingTable),
            "numbers_versions": .object(numbersVersions.mapValues(JSONValue.integer)),
            "overrides": .array(named.map { .integer($0.number) }),
        ]
        if let member { all["member"] = .text(member) }
        return all
    }

    /// The header of one report; `corrects` is the run whose report it replaces. A member's names the overrides that
    /// touch the member.
    func header(of report: String, member: String?, corrects: Int32?) -> JSONValue {
        var all = members(for: member)
        all["corrects_run_number"] = corrects.map { .integer(Int64($0)) } ?? .null
        all["report"] = .text(report)
        return .object(all)
    }
}
