import ClearingModel
import Postgres
import Quantities
import Reporting

/// What a run's reports say at their head.
package struct ReportStore {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    /// Values in the run's longest published array.
    package func longestArray(run: Int64) throws -> Int {
        Int(try database.one(.reportLongestArray, [.int64(run)]).int64("scenario_count"))
    }

    /// In how many scenarios a run was stressed; 0 where it was not.
    package func stressScenarios(run: Int64) throws -> Int {
        Int(try database.one(.stressScenariosOfRun, [.int64(run)]).int64("scenario_count"))
    }

    /// The overrides of a run; the stage's scope knows what they touch.
    package func overrides(run: Int64) throws -> [RunHeader.Override] {
        try database.rows(.overridesOfRun, [.int64(run)]).map { row in
            RunHeader.Override(number: try row.int64("load_id"), members: Set(try row.textArray("members")))
        }
    }

    /// The table by which a set's amounts are rounded, as its header names it.
    package func roundingTable(of set: ParameterSetCode) throws -> String {
        try database.one(.roundingTable, [.text(set.text)]).text("rounding_table")
    }
}
