/// Everything the rules of §5 and §6 are given, in plain words: no module of the product is known here.
package struct PlainHouse: Sendable {
    package var currencies: [PlainCurrency] = []
    /// One scenario set for the whole house, by number.
    package var scenarios: [PlainScenario] = []
    package var commodities: [PlainCommodity] = []
    package var series: [PlainSeries] = []
    package var interSpreads: [PlainInterSpread] = []
    package var conversions: [PlainConversion] = []

    package init() {}
}

/// A currency and the decimals of its minor unit.
package struct PlainCurrency: Hashable, Sendable {
    package var code: String
    package var decimals: Int

    package init(_ code: String, decimals: Int) {
        self.code = code
        self.decimals = decimals
    }
}

/// One row of the table in §3; the published arrays make its weight superfluous.
package struct PlainScenario: Hashable, Sendable {
    package var priceMove: Rational
    /// The number of its pair, its own where it has none.
    package var pair: Int

    package init(priceMove: Rational, pair: Int) {
        self.priceMove = priceMove
        self.pair = pair
    }
}

/// Which weighted price risk counts (§5).
package enum PlainPriceRiskMethod: Hashable, Sendable { case capped, normal, scanRange }
/// What the short option minimum counts (§6.5).
package enum PlainMinimumMethod: Hashable, Sendable { case gross, max }

/// A combined commodity with its parameters.
package struct PlainCommodity: Sendable {
    package var code: String
    package var currency: String
    package var arrayDecimals = 0
    package var method = PlainPriceRiskMethod.capped
    package var minimumMethod = PlainMinimumMethod.gross
    package var minimumRate: Rational = 0
    package var tiers: [PlainTier] = []
    package var intraSpreads: [PlainIntraSpread] = []
    package var deliveryCharges: [PlainDeliveryCharge] = []

    package init(_ code: String, currency: String) {
        self.code = code
        self.currency = currency
    }
}

/// A named group of contract months.
package struct PlainTier: Sendable {
    package var code: String
    package var months: [Int]
    package var isScannedApart: Bool

    package init(_ code: String, _ months: [Int], isScannedApart: Bool = false) {
        self.code = code
        self.months = months
        self.isScannedApart = isScannedApart
    }
}

/// A or B: all A legs are long while all B legs are short, or the reverse.
package enum PlainSide: Hashable, Sendable { case a, b }

/// A calendar spread (§6.2).
package struct PlainIntraSpread: Sendable {
    /// Money a spread, or a fraction of the weighted price risk.
    package enum Charge: Sendable { case flat(Rational), weightedPriceRisk(Rational) }
    /// What a leg draws on.
    package enum Pool: Hashable, Sendable { case month(Int), tier(String) }
    /// One leg.
    package struct Leg: Sendable {
        package var pool: Pool
        package var ratio: Rational
        package var side: PlainSide

        package init(_ pool: Pool, _ ratio: Rational, _ side: PlainSide) {
            self.pool = pool
            self.ratio = ratio
            self.side = side
        }
    }
    package var code: String
    package var isSeriesToSeries: Bool
    package var priority: Int
    package var charge: Charge
    package var legs: [Leg]

    package init(_ code: String, isSeriesToSeries: Bool, priority: Int, charge: Charge, legs: [Leg]) {
        self.code = code
        self.isSeriesToSeries = isSeriesToSeries
        self.priority = priority
        self.charge = charge
        self.legs = legs
    }
}

/// The side of a month's original net delta that pays (§6.3).
package enum PlainDeliverySide: Hashable, Sendable { case both, long, short }

/// A month in its delivery period.
package struct PlainDeliveryCharge: Sendable {
    package var month: Int
    package var outrightRate: Rational
    package var spreadRate: Rational
    package var side: PlainDeliverySide

    package init(month: Int, outrightRate: Rational, spreadRate: Rational, side: PlainDeliverySide = .both) {
        self.month = month
        self.outrightRate = outrightRate
        self.spreadRate = spreadRate
        self.side = side
    }
}

/// How an inter-commodity spread gives credit (§6.4).
package enum PlainCreditKind: Hashable, Sendable { case delta, flat, scan }

/// A super- or inter-commodity spread.
package struct PlainInterSpread: Sendable {
    /// One leg; its rate is its own or the spread's.
    package struct Leg: Sendable {
        package var commodity: String
        package var tier: String?
        package var ratio: Rational
        package var side: PlainSide
        package var rate: Rational?

        package init(
            _ commodity: String, tier: String? = nil, _ ratio: Rational, _ side: PlainSide, rate: Rational? = nil
        ) {
            self.commodity = commodity
            self.tier = tier
            self.ratio = ratio
            self.side = side
            self.rate = rate
        }
    }
    package var code: String
    package var kind: PlainCreditKind
    package var isSuper: Bool
    package var priority: Int
    package var rate: Rational?
    package var legs: [Leg]

    package init(
        _ code: String, _ kind: PlainCreditKind = .delta, isSuper: Bool = false, priority: Int, rate: Rational?,
        legs: [Leg]
    ) {
        self.code = code
        self.kind = kind
        self.isSuper = isSuper
        self.priority = priority
        self.rate = rate
        self.legs = legs
    }
}

/// What a series is.
package enum PlainKind: Hashable, Sendable {
    case future
    case call(isPremium: Bool)
    case put(isPremium: Bool)

    package var isOption: Bool { self != .future }
    package var isPremiumOption: Bool { self == .call(isPremium: true) || self == .put(isPremium: true) }
    package var isCall: Bool { self == .call(isPremium: true) || self == .call(isPremium: false) }
}

/// A series with what is published for it: loss positive, one long unit (§1.2).
package struct PlainSeries: Sendable {
    package var code: String
    package var commodity: String
    /// Year and month as one number, 203003.
    package var month: Int
    package var kind = PlainKind.future
    package var array: [Rational]
    package var compositeDelta: Rational = 1
    package var deltaScalingFactor: Rational = 1
    package var contractValueFactor: Rational = 1
    package var priceScanRange: Rational = 1
    package var settlementPrice: Rational = 0

    package init(_ code: String, of commodity: String, _ month: Int, array: [Rational]) {
        self.code = code
        self.commodity = commodity
        self.month = month
        self.array = array
    }
}

/// What an amount counts in another currency (§6.10).
package struct PlainConversion: Sendable {
    package var from: String
    package var to: String
    package var rate: Rational
    package var haircut: Rational

    package init(from: String, to: String, rate: Rational, haircut: Rational) {
        self.from = from
        self.to = to
        self.rate = rate
        self.haircut = haircut
    }
}

/// How an account is margined (§6.9).
package enum PlainMarginingType: Hashable, Sendable { case net, grossOmnibus, segregated }

/// Units long and short of one series.
package struct PlainPosition: Hashable, Sendable {
    package var series: String
    package var long: Int
    package var short: Int

    package init(_ series: String, long: Int, short: Int) {
        self.series = series
        self.long = long
        self.short = short
    }
}

/// An account's terms and what its owners hold.
package struct PlainAccount: Sendable {
    package var type = PlainMarginingType.net
    package var initialRatio: Rational = 1
    package var netOptionValueIsCapped = false
    package var offsetCap: Rational?
    package var callCurrency: String
    /// One list an owner; exactly one where the account is not segregated.
    package var owners: [[PlainPosition]] = [[]]

    package init(callCurrency: String) { self.callCurrency = callCurrency }
}
