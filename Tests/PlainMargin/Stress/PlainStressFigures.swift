/// All figures of §8, in the base currency.
package struct PlainStressFigures: Hashable, Sendable {
    /// By scenario number and series.
    package var arrays: [Int: [String: Rational]]
    /// By scenario number, ascending.
    package var scenarios: [PlainStressOutcome]
    /// A row of its own, number 0.
    package var noOffset: PlainStressOutcome
    package var fund: Rational
    /// Contributions in several currencies that exceed the fund: only flagged.
    package var contributionsExceedFund: Bool
    /// The number of the scenario with the largest Cover-2.
    package var coverScenario: Int
    package var addOns: [PlainStressCharge]
    package var reverse: [PlainReverseFigures]
    /// The scenario of the smallest multiplier.
    package var smallestReverse: Int?
    package var secondRound: PlainSecondRoundStatus
}

/// A scenario, or the no-offset bound.
package struct PlainStressOutcome: Hashable, Sendable {
    package var number: Int
    package var exposures: [PlainStressExposure]
    /// The house of a member first, then its client accounts, then owners; members by code.
    package var units: [PlainStressUnit]
    /// Shortfall by member.
    package var members: [String: Rational]
    /// Shortfall by group.
    package var groups: [String: Rational]
    /// The groups that default together, the largest first; none of shortfall 0.
    package var largest: [String]
    package var coverOne: Rational
    /// Cover-2, or as many groups as the stress set says.
    package var cover: Rational
    package var mutualised: Rational
    /// Nil where the cover is 0.
    package var sufficiency: Rational?
    package var isSufficient: Bool
}

/// What closing out an account (an owner) costs, and what covers it.
package struct PlainStressExposure: Hashable, Sendable {
    package var account: String
    /// Empty where the account is not segregated.
    package var owner: String
    package var exposure: Rational
    package var cover: Rational
}

/// A unit of a member: its house, or one client.
package struct PlainStressUnit: Hashable, Sendable {
    package var member: String
    /// Nil for the house.
    package var account: String?
    package var owner: String
    package var exposure: Rational
    package var cover: Rational

    /// D of §8.4.
    package var shortfall: Rational { max(0, exposure - cover) }

    /// `house`, an account, or account/owner.
    package var name: String {
        guard let account else { return "house" }
        return owner.isEmpty ? account : "\(account)/\(owner)"
    }
}

/// A member's stress add-on (§8.5).
package struct PlainStressCharge: Hashable, Sendable {
    /// An account's part, in the base currency and in its call currency.
    package struct Part: Hashable, Sendable {
        package var account: String
        package var amount: Rational
        package var converted: Rational
    }
    package var member: String
    package var scenario: Int
    package var shortfall: Rational
    package var charge: Rational
    package var parts: [Part]
}

/// One scenario of the reverse stress (§8.6).
package struct PlainReverseFigures: Hashable, Sendable {
    /// Whether the fund was exhausted, and by what.
    package enum Status: Hashable, Sendable {
        case reached(multiplier: Rational, cover: Rational, groups: [String])
        case notReached
        case refused(PlainStressRefusal)
    }
    package var scenario: Int
    package var status: Status
}

/// What became of the second round (§8.7).
package enum PlainSecondRoundStatus: Hashable, Sendable {
    /// Not asked for, or no group defaults.
    case none
    /// Met in a round: the rounds before it stand.
    case refused(PlainStressRefusal, scenario: Int, after: [PlainSecondRound.Round])
    case computed(PlainSecondRound)
}

/// The rounds after a default.
package struct PlainSecondRound: Hashable, Sendable {
    /// One round; round 0 is the default itself.
    package struct Round: Hashable, Sendable {
        package var number: Int
        package var impacts: [Impact] = []
        package var members: [Survivor] = []
        package var defaulted: [String]
        package var shortfall: Rational
        package var fundLeft: Rational
    }
    /// A combined commodity that is closed out.
    package struct Impact: Hashable, Sendable {
        package var commodity: String
        package var netDelta: Rational
        package var priceMove: Rational
        /// Exact; nil where the market has no volume to be a part of.
        package var participation: Rational?

        package var isMoreThanVolume: Bool { participation.map { $0 > 1 } ?? false }
    }
    /// A member that survived the rounds before.
    package struct Survivor: Hashable, Sendable {
        package var member: String
        package var need: Rational
        package var uncovered: Rational
        package var resource: Rational

        package var defaults: Bool { uncovered > resource }
    }
    package var scenario: Int
    package var rounds: [Round]
    package var capReached: Bool
}
