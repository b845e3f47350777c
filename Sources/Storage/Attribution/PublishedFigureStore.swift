import Attribution
import ClearingModel
import Postgres
import Quantities

/// What runs have asked of each account, as attribution compares it.
package struct PublishedFigureStore {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// Requirement and add-ons without those of stress of a run by account, in minor units of its call currency.
    /// - Throws: `UnreadableValue` for an account that the house does not list.
    package func figures(run: Int64, house: ClearingHouse) throws -> [AccountCode: PublishedFigures] {
        let currencies = Dictionary(house.currencies.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        let calls = Dictionary(
            house.accounts.map { ($0.code, currencies[$0.callCurrency]) }, uniquingKeysWith: { first, _ in first })
        var figures: [AccountCode: PublishedFigures] = [:]
        for row in try connection.rows(.loadPublishedFigures, [.int64(run)]) {
            let account: AccountCode = try row.code("account")
            guard let currency = calls[account] ?? nil else {
                throw UnreadableValue(column: "account", value: account.text)
            }
            figures[account] = PublishedFigures(
                requirement: Money(rounding: try row.decimal("requirement"), currency: currency).minorUnits,
                addOns: Money(rounding: try row.decimal("add_ons"), currency: currency).minorUnits)
        }
        return figures
    }
}
