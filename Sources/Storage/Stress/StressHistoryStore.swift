import ClearingModel
import Postgres
import Quantities

/// What the guaranty fund would have had to bear on a published night.
package struct StressedNight: Sendable {
    /// The scenario with the largest need; groups largest first, the need in units of the house's base currency.
    package struct Need: Sendable {
        package let scenario: Int
        package let scenarioCode: String
        package let groups: [CompanyGroupCode]
        package let currency: CurrencyCode
        package let coverTwo: ExactDecimal
    }

    package let businessDate: BusinessDate
    package let run: Int32
    /// Nil where the night had no stress test.
    package let need: Need?
}

/// The largest shortfall of a member over some nights, in minor units of the base currency, 0 or more.
package struct WorstShortfall: Sendable {
    package let amount: Int64
    package let businessDate: BusinessDate
    package let run: Int32
    package let scenario: Int
    package let scenarioCode: String
}

/// What published nights found under stress: what a guaranty fund is sized and shared by.
package struct StressHistoryStore {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// The last published nights of a cycle, the newest first; at most `count`.
    package func nights(_ cycle: Cycle, through date: BusinessDate, count: Int) throws -> [StressedNight] {
        try connection.rows(.fundNights, [cycle.value, date.value, .int64(Int64(count))]).map { row in
            let need = try row.textOrNull("scenario").map { code in
                StressedNight.Need(
                    scenario: Int(try row.int16("scenario_number")), scenarioCode: code,
                    groups: try row.textArray("member_groups").map { CompanyGroupCode($0) },
                    currency: try row.currency("currency"), coverTwo: try row.decimal("cover_two"))
            }
            return StressedNight(
                businessDate: BusinessDate(dayNumber: try row.date("business_date")), run: try row.int32("run_number"),
                need: need)
        }
    }

    /// The largest shortfall of each member over these nights, of equal ones the earliest night's.
    package func worstShortfalls(
        _ cycle: Cycle, through date: BusinessDate, count: Int
    ) throws -> [MemberCode: WorstShortfall] {
        let rows = try connection.rows(.fundMemberShortfalls, [cycle.value, date.value, .int64(Int64(count))])
        return Dictionary(
            try rows.map { row in
                (
                    try row.code("member"),
                    WorstShortfall(
                        amount: try row.int64("shortfall"),
                        businessDate: BusinessDate(dayNumber: try row.date("business_date")),
                        run: try row.int32("run_number"), scenario: Int(try row.int16("scenario_number")),
                        scenarioCode: try row.text("scenario"))
                )
            }, uniquingKeysWith: { first, _ in first })
    }

    /// The members of a run that was stressed, by code, with requirement and add-ons in minor units of the base
    /// currency; nil where it was not.
    package func members(run: Int64) throws -> (base: Currency, requirements: [(member: MemberCode, amount: Int64)])? {
        var base: Currency?
        let requirements = try connection.rows(.fundMembers, [.int64(run)]).map { row in
            let decimals = Int(try row.int16("minor_unit_decimals"))
            base = Currency(code: try row.currency("currency"), decimals: decimals)
            let member: MemberCode = try row.code("member")
            return (member: member, amount: try row.decimal("requirement").minorUnits(decimals: decimals))
        }
        return base.map { ($0, requirements) }
    }
}
