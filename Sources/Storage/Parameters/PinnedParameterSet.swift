import ClearingModel
import Postgres
import Quantities

/// The rows of a parameter set that one run computes with: the set's own, and in their place the overrides that are
/// valid on the business date and were there when the run pinned its inputs.
package struct PinnedParameterSet: Sendable {
    package let code: ParameterSetCode
    /// Overrides of later loads do not exist for the run.
    package let pin: Int64
    package let businessDate: BusinessDate

    package init(_ code: ParameterSetCode, pin: Int64, _ businessDate: BusinessDate) {
        self.code = code
        self.pin = pin
        self.businessDate = businessDate
    }

    /// What every query of parameter rows takes: set, pinned load, business date.
    var values: [Value] { [.text(code.text), .int64(pin), businessDate.value] }
}
