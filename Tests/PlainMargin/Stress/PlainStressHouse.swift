/// Everything the rules of §8 are given, in plain words: no module of the product is known here.
///
/// Money is in units of its currency, not in minor units.
package struct PlainStressHouse: Sendable {
    package var baseCurrency: String
    package var currencies: [PlainCurrency] = []
    package var conversions: [PlainConversion] = []
    package var commodities: [PlainCommodity] = []
    package var series: [PlainStressSeries] = []
    package var members: [PlainStressMember] = []
    package var accounts: [PlainStressAccount] = []
    package var scenarios: [PlainStressScenario] = []
    /// The rows in force; no fund is refused.
    package var fund: PlainForeignAmount?
    package var contributions: [PlainMemberAmount] = []
    package var houseSurplusCoversClients = false
    /// How many groups default together; 2 is Cover-2.
    package var coverCount = 2
    /// The fraction of the fund that no stress add-on is charged for; nil: there is none.
    package var addOnShare: Rational?
    package var reverse: PlainReverseTerms?
    package var secondRound: PlainSecondRoundTerms?
    /// What a series without an exact formula loses after a move, its underlying price shifted further, rounded to the
    /// array precision: options, cost-of-carry futures, and every log move. Asked for where no value is given.
    package var repricing: (@Sendable (PlainStressSeries, PlainStressMove, _ shift: Rational) -> Rational)?

    package init(baseCurrency: String) { self.baseCurrency = baseCurrency }
}

/// A series: what one long unit is.
package struct PlainStressSeries: Sendable {
    package var code: String
    package var commodity: String
    /// Year and month as one number, 203003; an option's is its underlying's delivery month.
    package var month: Int
    package var kind = PlainKind.future
    /// Of a future: valued by a model from the spot, so that nothing of it is exact.
    package var isCostOfCarry = false
    package var contractValueFactor: Rational = 1
    package var settlementPrice: Rational
    /// U of §8.2: of a linear future its settlement price.
    package var underlyingPrice: Rational
    package var compositeDelta: Rational = 1
    package var deltaScalingFactor: Rational = 1
    /// Stress values of a series without an exact formula, by the scenario's number; loss positive.
    package var givenValues: [Int: Rational] = [:]

    package init(_ code: String, of commodity: String, _ month: Int, price: Rational) {
        self.code = code
        self.commodity = commodity
        self.month = month
        settlementPrice = price
        underlyingPrice = price
    }
}

/// A scenario with its rows.
package struct PlainStressScenario: Sendable {
    package var number: Int
    package var code: String
    package var moves: [PlainStressMove]

    package init(_ number: Int, _ code: String, moves: [PlainStressMove]) {
        self.number = number
        self.code = code
        self.moves = moves
    }
}

/// How a price moves.
package enum PlainPriceMoveKind: Hashable, Sendable { case relative, log, absolute }
/// How a volatility moves.
package enum PlainVolatilityMoveKind: Hashable, Sendable { case relative, points }

/// A row of a scenario; one without a combined commodity is a default row.
package struct PlainStressMove: Hashable, Sendable {
    package var commodity: String?
    /// Both inclusive, nil where open.
    package var fromMonth: Int?
    package var toMonth: Int?
    package var priceKind: PlainPriceMoveKind
    package var priceMove: Rational
    package var volatilityKind = PlainVolatilityMoveKind.relative
    package var volatilityMove: Rational = 0

    package init(
        _ commodity: String?, from fromMonth: Int? = nil, to toMonth: Int? = nil, _ priceKind: PlainPriceMoveKind,
        _ priceMove: Rational
    ) {
        self.commodity = commodity
        self.fromMonth = fromMonth
        self.toMonth = toMonth
        self.priceKind = priceKind
        self.priceMove = priceMove
    }
}

/// An amount in a currency that need not be the base currency.
package struct PlainForeignAmount: Hashable, Sendable {
    package var amount: Rational
    package var currency: String

    package init(_ amount: Rational, _ currency: String) {
        self.amount = amount
        self.currency = currency
    }
}

/// A member's contribution, or what it can raise at once.
package struct PlainMemberAmount: Hashable, Sendable {
    package var member: String
    package var money: PlainForeignAmount

    package init(_ member: String, _ amount: Rational, _ currency: String) {
        self.member = member
        money = PlainForeignAmount(amount, currency)
    }
}

/// The grid of the reverse stress (§8.6).
package struct PlainReverseTerms: Hashable, Sendable {
    package var step: Rational
    package var max: Rational

    package init(step: Rational, max: Rational) {
        self.step = step
        self.max = max
    }
}

/// The terms of the second round (§8.7).
package struct PlainSecondRoundTerms: Sendable {
    package var roundCap: Int
    package var closeOutDays: Int
    package var clientsAreClosedOut: Bool
    package var markets: [PlainCloseOutMarket] = []
    package var resources: [PlainMemberAmount] = []
    /// Nil: the scenario of the largest Cover-2, and its groups.
    package var scenario: Int?
    package var groups: [String]?

    package init(roundCap: Int, closeOutDays: Int, clientsAreClosedOut: Bool) {
        self.roundCap = roundCap
        self.closeOutDays = closeOutDays
        self.clientsAreClosedOut = clientsAreClosedOut
    }
}

/// What closing out moves a combined commodity's prices by.
package struct PlainCloseOutMarket: Hashable, Sendable {
    package var commodity: String
    package var impactCoefficient: Rational
    /// In price units.
    package var dailyVolatility: Rational
    package var averageDailyVolume: Rational

    package init(
        _ commodity: String, impactCoefficient: Rational, dailyVolatility: Rational, averageDailyVolume: Rational
    ) {
        self.commodity = commodity
        self.impactCoefficient = impactCoefficient
        self.dailyVolatility = dailyVolatility
        self.averageDailyVolume = averageDailyVolume
    }
}
