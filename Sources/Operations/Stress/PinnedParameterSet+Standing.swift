import ClearingModel
import Quantities
import Runtime
import Storage

extension PinnedParameterSet {
    /// A set as it was loaded, or without a code the approved one that takes effect last.
    /// - Throws: `Failure` 66 where there is none.
    static func standing(
        _ code: ParameterSetCode?, pin: Int64, from database: Database
    ) throws -> PinnedParameterSet {
        let sets = try ParameterGovernance(database).sets()
        let found = sets.last { set in code.map { $0.text == set.parameterSet } ?? (set.approvedBy != nil) }
        guard let found, let date = BusinessDate(found.effectiveFrom) else {
            throw Failure(
                .inputMissing, code.map { "there is no parameter set \($0)" } ?? "no parameter set is approved",
                hint: "margin parameters list")
        }
        return PinnedParameterSet(ParameterSetCode(found.parameterSet), pin: pin, date)
    }
}
