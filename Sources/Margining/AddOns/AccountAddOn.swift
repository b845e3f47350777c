import ClearingModel
import Quantities

/// Whether an add-on charges an account's own position or its share in its member's.
package enum AddOnLevel: String, Sendable {
    case account, member
}

/// An add-on of an account, with what it counts in the call currency.
package struct AccountAddOn: Sendable {
    package let account: AccountCode
    /// None where the account itself is charged.
    package let owner: OwnerCode
    package let level: AddOnLevel
    package let line: AddOnLine
    package let converted: Money

    package init(
        account: AccountCode, owner: OwnerCode = .none, level: AddOnLevel = .account, line: AddOnLine, converted: Money
    ) {
        self.account = account
        self.owner = owner
        self.level = level
        self.line = line
        self.converted = converted
    }

    /// Account, owner, level, kind and item: the order in which a run keeps its add-ons.
    var key: [String] { [account.text, owner.text, level.rawValue, line.kind.rawValue, line.item.text] }
}
