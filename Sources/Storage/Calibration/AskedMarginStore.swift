import ClearingModel
import Postgres
import Quantities

/// What an account was asked for in a run, in its call currency.
package struct AskedMargin: Hashable, Sendable {
    package let account: AccountCode
    package let currency: CurrencyCode
    package let requirement: ExactDecimal
    /// Every add-on, that of stress among them.
    package let addOns: ExactDecimal

    package init(account: AccountCode, currency: CurrencyCode, requirement: ExactDecimal, addOns: ExactDecimal) {
        self.account = account
        self.currency = currency
        self.requirement = requirement
        self.addOns = addOns
    }
}

/// Reads what the impact of a parameter set is measured by.
package struct AskedMarginStore {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// By account.
    package func margins(ofRun run: Int64) throws -> [AskedMargin] {
        try connection.rows(.askedMargins, [.int64(run)]).map { row in
            AskedMargin(
                account: try row.code("account"), currency: try row.currency("call_currency"),
                requirement: try row.decimal("requirement"), addOns: try row.decimal("add_ons"))
        }
    }

    /// The dates of the last published nights, oldest first.
    package func lastPublishedNights(_ count: Int) throws -> [BusinessDate] {
        try connection.rows(.lastPublishedNights, [Cycle.endOfDay.value, .int64(Int64(count))]).map { row in
            BusinessDate(dayNumber: try row.date("business_date"))
        }.reversed()
    }

    /// Shares of a margin beyond which a change is reported, ascending.
    package func thresholds(pin: Int64) throws -> [ExactDecimal] {
        try connection.rows(.loadImpactThresholds, [.int64(pin)]).map { try $0.decimal("threshold") }
    }
}
