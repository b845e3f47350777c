/// A member, and its group where it has one.
package struct PlainStressMember: Hashable, Sendable {
    package var code: String
    /// Nil: the member alone is one, of its own code.
    package var group: String?

    package init(_ code: String, group: String? = nil) {
        self.code = code
        self.group = group
    }
}

/// An account as §8 sees it. Its money is in its call currency.
package struct PlainStressAccount: Sendable {
    package var code: String
    package var member: String
    package var isHouse: Bool
    package var type: PlainMarginingType
    package var callCurrency: String
    /// Exactly one, of no code, where the account is not segregated.
    package var owners: [PlainStressOwner]
    /// All add-ons of §7 and §9.
    package var addOns: [PlainAddOnLine] = []
    /// The accepted collateral of §11.
    package var acceptedCollateral: Rational = 0

    package init(
        _ code: String, member: String, isHouse: Bool, type: PlainMarginingType = .net, callCurrency: String,
        owners: [PlainStressOwner]
    ) {
        self.code = code
        self.member = member
        self.isHouse = isHouse
        self.type = type
        self.callCurrency = callCurrency
        self.owners = owners
    }
}

/// A portfolio of its own: an account that is not segregated, or one owner of one that is.
package struct PlainStressOwner: Sendable {
    package var code: String
    package var positions: [PlainPosition]
    /// Σ over currencies of the converted requirement (§6.10).
    package var requirement: Rational

    package init(_ code: String = "", positions: [PlainPosition], requirement: Rational) {
        self.code = code
        self.positions = positions
        self.requirement = requirement
    }
}

/// An add-on, of one owner or of the whole account.
package struct PlainAddOnLine: Hashable, Sendable {
    package var owner: String?
    package var amount: Rational

    package init(_ amount: Rational, owner: String? = nil) {
        self.amount = amount
        self.owner = owner
    }
}

extension PlainStressOwner {
    /// Units long and short by series; several rows of a series are added.
    var holdings: [String: (long: Int, short: Int)] {
        var holdings: [String: (long: Int, short: Int)] = [:]
        for position in positions {
            let before = holdings[position.series] ?? (0, 0)
            holdings[position.series] = (before.long + position.long, before.short + position.short)
        }
        return holdings
    }
}
