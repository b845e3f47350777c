import ClearingModel
import Quantities

/// Which run a stage works for, and what it has pinned.
package struct RunContext: Sendable {
    package let run: Int64
    package let number: Int32
    package let businessDate: BusinessDate
    /// The business day before, if the calendar has one.
    package let previousBusinessDate: BusinessDate?
    package let cycle: Cycle
    /// Loads after this one do not exist for the run.
    package let pinnedLoad: Int64
    package let parameterSet: ParameterSetCode

    /// `2018-12-31 EOD run 1`, as the operator reads it.
    package var title: String { "\(businessDate) \(cycle.rawValue) run \(number)" }
}
