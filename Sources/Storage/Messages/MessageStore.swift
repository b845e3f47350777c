import ClearingModel
import Messages
import Postgres
import Quantities

/// What messages to members and supervisors are made of, as a run and the inputs it has pinned say it.
package struct MessageStore {
    let connection: Connection
    let run: PinnedRun

    package init(_ connection: Connection, of run: PinnedRun) {
        self.connection = connection
        self.run = run
    }

    /// The house's identification in force on the date and when the run was published; nil what there is not.
    package func house() throws -> (lei: String?, publishedAt: String?) {
        let row = try connection.optional(
            .messageHouse, [.int64(run.id), .int64(run.load), run.businessDate.value])
        return (try row?.textOrNull("lei"), try row?.textOrNull("published_at"))
    }

    /// An account's call in a few words.
    package struct Call: Sendable {
        package let member: MemberCode
        package let account: AccountCode
        package let origin: AccountOrigin
        package let requirement: MessageAmount
        package let deficit: MessageAmount

        package var currency: Currency { requirement.currency }
    }

    /// In the order of member and account.
    package func calls() throws -> [Call] {
        try connection.rows(.messageCalls, [.int64(run.id), .int64(run.load)]).map { row in
            let currency = try currency(row, "call_currency")
            return Call(
                member: try row.code("member"), account: try row.code("account"), origin: try row.choice("origin"),
                requirement: MessageAmount(try row.decimal("requirement"), currency),
                deficit: MessageAmount(try row.decimal("deficit"), currency))
        }
    }

    /// What a member's accounts are charged beside their requirements; every member's where none is named.
    package func addOns(of member: MemberCode?) throws -> [AccountCode: [MarginReportMessage.AddOn]] {
        let parameters = [Value.int64(run.id), .int64(run.load), .orNull(member) { .text($0.text) }]
        return try byAccount(connection.rows(.messageAddOns, parameters)) { row in
            MarginReportMessage.AddOn(
                kind: try row.choice("add_on"),
                amount: MessageAmount(try row.decimal("amount"), try currency(row, "currency")),
                converted: try converted(row))
        }
    }

    /// What a member's accounts have not paid of variation margin, by currency.
    package func unpaid(of member: MemberCode) throws -> [AccountCode: [MarginReportMessage.Unpaid]] {
        try byAccount(connection.rows(.messageUnpaid, parameters(member))) { row in
            MarginReportMessage.Unpaid(
                amount: MessageAmount(try row.decimal("unpaid"), try currency(row, "currency")),
                converted: try converted(row))
        }
    }

    /// What a member's accounts have posted, cash first.
    package func collateral(of member: MemberCode) throws -> [AccountCode: [MarginReportMessage.Collateral]] {
        try byAccount(connection.rows(.messageCollateral, parameters(member))) { row in
            let currency = try currency(row, "call_currency")
            return MarginReportMessage.Collateral(
                isCash: try row.bool("is_cash"),
                accepted: MessageAmount(try row.decimal("accepted_value"), currency),
                market: MessageAmount(try row.decimal("market_value"), currency))
        }
    }

    private func parameters(_ member: MemberCode) -> [Value] {
        [.int64(run.id), .int64(run.load), .text(member.text)]
    }

    private func converted(_ row: Row) throws -> MessageAmount {
        MessageAmount(
            try row.decimal("converted_amount"), try currency(row, "call_currency", decimals: "call_decimals"))
    }

    func currency(
        _ row: Row, _ column: Row.Column, decimals: Row.Column = "minor_unit_decimals"
    ) throws -> Currency {
        Currency(code: try row.currency(column), decimals: Int(try row.int16(decimals)))
    }

    func byAccount<Value>(_ rows: Rows, _ value: (Row) throws -> Value) throws -> [AccountCode: [Value]] {
        var values: [AccountCode: [Value]] = [:]
        for row in rows { values[try row.code("account"), default: []].append(try value(row)) }
        return values
    }
}
