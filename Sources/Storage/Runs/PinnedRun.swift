import ClearingModel
import Quantities

/// A run by its keys and the inputs it has pinned: what the statements of a stage take.
package struct PinnedRun: Hashable, Sendable {
    package let id: Int64
    package let number: Int32
    package let businessDate: BusinessDate
    /// The business day before, if the calendar has one.
    package let previousBusinessDate: BusinessDate?
    package let cycle: Cycle
    /// Loads after this one do not exist for the run.
    package let load: Int64
    package let parameterSet: ParameterSetCode
    /// Rows of the set that later loads brought do not exist for the run; `load`, but where a set is tried on a night
    /// that is older than itself.
    package let parameterLoad: Int64

    package init(
        id: Int64, number: Int32, businessDate: BusinessDate, previousBusinessDate: BusinessDate?, cycle: Cycle,
        load: Int64, parameterSet: ParameterSetCode, parameterLoad: Int64? = nil
    ) {
        self.id = id
        self.number = number
        self.businessDate = businessDate
        self.previousBusinessDate = previousBusinessDate
        self.cycle = cycle
        self.load = load
        self.parameterSet = parameterSet
        self.parameterLoad = parameterLoad ?? load
    }

    /// The parameter rows of the run, with the overrides it has pinned.
    package var parameters: PinnedParameterSet { PinnedParameterSet(parameterSet, pin: parameterLoad, businessDate) }
}
