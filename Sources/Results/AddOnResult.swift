import ClearingModel
import Margining
import Quantities

/// One add-on of an account in a run.
package struct AddOnResult: Hashable, Sendable {
    package let kind: AddOnKind
    package let level: AddOnLevel
    /// Whose position it charges; none for the account's.
    package let owner: OwnerCode
    package let item: AddOnItemCode
    /// What the rate is applied to, 0 or more.
    package let base: ExactDecimal
    package let currency: CurrencyCode
    /// What the amount comes from, in one line of plain text.
    package let driver: String
    /// 0 or more.
    package let amount: ExactDecimal
    package let callCurrency: CurrencyCode
    /// In the call currency.
    package let converted: ExactDecimal

    package init(
        kind: AddOnKind, level: AddOnLevel, owner: OwnerCode, item: AddOnItemCode, base: ExactDecimal,
        currency: CurrencyCode, driver: String, amount: ExactDecimal, callCurrency: CurrencyCode,
        converted: ExactDecimal
    ) {
        self.kind = kind
        self.level = level
        self.owner = owner
        self.item = item
        self.base = base
        self.currency = currency
        self.driver = driver
        self.amount = amount
        self.callCurrency = callCurrency
        self.converted = converted
    }
}
