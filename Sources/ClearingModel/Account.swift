import Quantities

/// Whose positions an account holds: the member's own or its clients'.
package enum AccountOrigin: String, Sendable {
    case house, client
}

/// How the positions of an account are margined together (docs/methodology.md §6.9).
package enum MarginingType: String, Sendable {
    /// Longs and shorts of a series offset each other; one portfolio.
    case net
    /// Every long and every short is margined on its own; no spreads.
    case grossOmnibus = "gross_omnibus"
    /// One net portfolio a beneficial owner; nothing is shared between owners.
    case segregated
}

/// A margin account of a clearing member.
package struct Account: Hashable, Sendable {
    package let code: AccountCode
    package let member: MemberCode
    package let origin: AccountOrigin
    package let marginingType: MarginingType
    package let accountClass: AccountClassCode
    /// The currency in which the account's requirement is called.
    package let callCurrency: CurrencyCode

    package init(
        code: AccountCode, member: MemberCode, origin: AccountOrigin, marginingType: MarginingType,
        accountClass: AccountClassCode, callCurrency: CurrencyCode
    ) {
        self.code = code
        self.member = member
        self.origin = origin
        self.marginingType = marginingType
        self.accountClass = accountClass
        self.callCurrency = callCurrency
    }
}
