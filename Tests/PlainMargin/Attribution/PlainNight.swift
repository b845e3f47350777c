/// The six kinds of input, in effect order (§13.1).
package enum PlainInputKind: Int, CaseIterable, Sendable {
    case time, positions, prices, volatilities, parameters, rest
}

/// Everything that one night's figures follow from, a part a kind of input.
package struct PlainNight: Sendable {
    // Time.
    package var day = 0
    // Positions: by account and owner, who has no name but in a segregated account; and the series the night lists.
    package var held: [String: [String: [PlainPosition]]] = [:]
    package var list: Set<String> = []
    // Prices: by series, and by pair of currencies.
    package var quotes: [String: PlainQuote] = [:]
    package var rates: [PlainPair: Rational] = [:]
    // Volatilities: by option.
    package var volatilities: [String: Double] = [:]
    // Parameters and the rest.
    package var parameters = PlainNightParameters()
    package var rest = PlainNightTerms()

    package init() {}
}

/// What a series traded at.
package struct PlainQuote: Hashable, Sendable {
    /// Nil where the series has its final price alone.
    package var settlement: Rational?
    /// Of the series that settles finally on the night; its holders have left it.
    package var final: Rational?
    /// What is under an option.
    package var underlying: Rational = 0
    package var interest: Rational = 0

    package init(settlement: Rational?) { self.settlement = settlement }
}

/// Two currencies in their order.
package struct PlainPair: Hashable, Sendable {
    package var from: String
    package var to: String

    package init(_ from: String, _ to: String) {
        self.from = from
        self.to = to
    }
}

/// A night's parameter set.
package struct PlainNightParameters: Sendable {
    /// What an account's class says.
    package struct Class: Sendable {
        package var initialRatio: Rational = 1
        package var netOptionValueIsCapped = false
        package var offsetCap: Rational?

        package init() {}
    }
    /// Shares of price and volatility, and the size of an extreme move with the part that counts.
    package struct Ranges: Sendable {
        package var price: Rational
        package var volatility: Rational
        package var extremeMultiple: Rational
        package var extremeCover: Rational

        package init(price: Rational, volatility: Rational, extremeMultiple: Rational, extremeCover: Rational) {
            self.price = price
            self.volatility = volatility
            self.extremeMultiple = extremeMultiple
            self.extremeCover = extremeCover
        }
    }
    package var commodities: [PlainCommodity] = []
    package var interSpreads: [PlainInterSpread] = []
    package var ranges: [String: Ranges] = [:]
    /// By account.
    package var classes: [String: Class] = [:]
    package var haircuts: [PlainPair: Rational] = [:]
    /// Of members, by combined commodity: multiple of the volume, and the share charged of what lies above.
    package var concentration: [String: (above: Rational, rate: Rational)] = [:]

    package init() {}
}

/// What is neither of the others.
package struct PlainNightTerms: Sendable {
    package struct Series: Hashable, Sendable {
        package var commodity: String
        package var month: Int
        package var kind: PlainKind
        package var contractValueFactor: Rational = 1
        package var deltaScalingFactor: Rational = 1
        package var strike: Rational = 0
        package var expiryDay = 0

        package init(commodity: String, month: Int, kind: PlainKind) {
            self.commodity = commodity
            self.month = month
            self.kind = kind
        }
    }
    package struct Account: Hashable, Sendable {
        package var type: PlainMarginingType
        package var callCurrency: String
        package var member: String

        package init(type: PlainMarginingType, callCurrency: String, member: String) {
            self.type = type
            self.callCurrency = callCurrency
            self.member = member
        }
    }
    package var currencies: [PlainCurrency] = []
    package var series: [String: Series] = [:]
    package var accounts: [String: Account] = [:]
    /// By member.
    package var multipliers: [String: Rational] = [:]
    /// Average daily volume by combined commodity.
    package var volumes: [String: Rational] = [:]

    package init() {}
}
