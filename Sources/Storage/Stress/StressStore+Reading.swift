import ClearingModel
import Postgres
import Quantities
import Results

/// What a run keeps of one member's stress.
extension StressStore {
    /// In the order of account and owner; none where the run was not stressed or has no such member.
    package func exposures(of member: MemberCode, run: Int64) throws -> [StressExposureResult] {
        try connection.rows(.explainStressExposures, [.int64(run), .text(member.text)]).map { row in
            let decimals = Int(try row.int16("minor_unit_decimals"))
            return StressExposureResult(
                account: try row.code("account"), owner: try row.code("owner"),
                cover: try row.decimal("cover").minorUnits(decimals: decimals),
                exposures: try row.int64Array("exposure"))
        }
    }

    /// By scenario number, minor units of the base currency, 0 or more; nil where the run was not stressed or has no
    /// such member.
    package func shortfalls(of member: MemberCode, run: Int64) throws -> [Int64]? {
        try connection.optional(.explainStressMember, [.int64(run), .text(member.text)])?.int64Array("shortfall")
    }

    /// In the order of the accounts; none where the member is not charged.
    package func addOns(of member: MemberCode, run: Int64) throws -> [StressAddOnResult] {
        try connection.rows(.explainStressAddOns, [.int64(run), .text(member.text)]).map { row in
            StressAddOnResult(
                account: try row.code("account"), scenario: Int(try row.int16("scenario_number")),
                shortfall: try row.decimal("shortfall"), charge: try row.decimal("charge"),
                fund: try row.decimal("fund"), amount: try row.decimal("amount"),
                converted: try row.decimal("converted_amount"), callCurrency: try row.currency("call_currency"))
        }
    }
}
