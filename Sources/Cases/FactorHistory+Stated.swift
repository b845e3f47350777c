import Calibration
import ClearingModel
import Quantities
import Runtime
import Scenarios
import TextFiles

extension FactorHistory {
    /// A factor as a case states it: `id`, `return_kind` log or absolute, `dates` and `levels`, which are exact.
    /// - Throws: `Failure` 65 for a cell that is none of these, and for dates and levels that are no history.
    init(stated row: JSONValue) throws {
        let (factor, name) = (RiskFactorCode(try row.required("id")), row.optional("return_kind") ?? "")
        guard let kind = ReturnKind(rawValue: name) else {
            throw Failure(.inputRejected, "return_kind \(name) of \(factor) is neither log nor absolute")
        }
        let dates = try row.list("dates").map { value in
            guard let date = value.text.flatMap({ BusinessDate($0) }) else {
                throw Failure(.inputRejected, "a date of \(factor) is none")
            }
            return date
        }
        let levels = try row.list("levels").map { value in
            guard let level = value.text.flatMap({ ExactDecimal($0) }) else {
                throw Failure(.inputRejected, "a level of \(factor) is no decimal number")
            }
            return level
        }
        do throws(HistoryError) {
            try self.init(factor: factor, returnKind: kind, dates: dates, levels: levels)
        } catch {
            throw Failure(.inputRejected, "\(error)")
        }
    }
}
