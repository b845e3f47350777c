import ClearingModel
import Margining
import Quantities

/// A part of a call that moves by itself.
package enum CallPart: Hashable, Sendable {
    case risk, netOptionValue
    case addOn(AddOnKind)
    case variationMargin, collateral

    private static let names: [(CallPart, String)] = [
        (.risk, "risk"), (.netOptionValue, "net option value"), (.variationMargin, "variation margin"),
        (.collateral, "collateral"),
    ]

    /// In words: `risk`, `net option value`, `add-on liquidity`, `variation margin` or `collateral`.
    package var name: String {
        if case .addOn(let kind) = self { return "add-on \(kind.rawValue)" }
        return Self.names.first { $0.0 == self }?.1 ?? ""
    }

    /// The part of that name; nil where there is none.
    package init?(name: String) {
        if let part = Self.names.first(where: { $0.1 == name })?.0 {
            self = part
        } else if name.hasPrefix("add-on "), let kind = AddOnKind(rawValue: String(name.dropFirst(7))) {
            self = .addOn(kind)
        } else {
            return nil
        }
    }
}

/// The part of an account's call that changed most between two runs, by its size in the call currency.
package struct CallDriver: Hashable, Sendable {
    package let account: AccountCode
    package let part: CallPart
    /// Code of what the part is of: a combined commodity, an add-on's item, a series or a collateral item.
    package let item: String
    /// The item's own; nil for collateral, which is in the call currency.
    package let currency: CurrencyCode?
    /// + raises the call.
    package let change: ExactDecimal
    /// Active scenario of a combined commodity; nil for everything else.
    package let scenarioBefore: Int16?
    package let scenarioAfter: Int16?

    package init(
        account: AccountCode, part: CallPart, item: String, currency: CurrencyCode?, change: ExactDecimal,
        scenarioBefore: Int16?, scenarioAfter: Int16?
    ) {
        self.account = account
        self.part = part
        self.item = item
        self.currency = currency
        self.change = change
        self.scenarioBefore = scenarioBefore
        self.scenarioAfter = scenarioAfter
    }
}
