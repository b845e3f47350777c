/// Money of one combined commodity, or of several scanned as one.
package struct PlainMoney: Hashable, Sendable {
    package var scan: Rational = 0
    package var intra: Rational = 0
    package var delivery: Rational = 0
    package var appliedCredit: Rational = 0
    package var shortOptionMinimum: Rational = 0
    package var netOptionValue: Rational = 0
    package var risk: Rational = 0
    package var initialRisk: Rational = 0
    package var standaloneInitialRisk: Rational = 0

    package init() {}
}

/// All figures of one owner in one combined commodity.
package struct PlainCommodityFigures: Hashable, Sendable {
    package var commodity: String
    package var array: [Rational] = []
    package var scanning: PlainScanning
    package var months: [Int] = []
    package var monthDeltas: [Rational] = []
    package var remainingDeltas: [Rational] = []
    package var netDelta: Rational = 0
    package var weightedPriceRiskNormal: Rational?
    package var weightedPriceRisk: Rational?
    package var tiers: [PlainTierFigures] = []
    package var intraSpreads: [PlainIntraFormed] = []
    package var deliveryMonths: [PlainDeliveryFigures] = []
    package var interCredit: Rational = 0
    package var money = PlainMoney()
    package var scanSpread: String?

    package init(commodity: String, scanning: PlainScanning) {
        self.commodity = commodity
        self.scanning = scanning
    }
}

/// One addend of a requirement.
package struct PlainRiskLine: Hashable, Sendable {
    package var commodities: [String]
    package var money: PlainMoney
    package var isLongPremiumOptionsOnly: Bool

    package init(commodities: [String], money: PlainMoney, isLongPremiumOptionsOnly: Bool) {
        self.commodities = commodities
        self.money = money
        self.isLongPremiumOptionsOnly = isLongPremiumOptionsOnly
    }
}

/// An owner's requirement in one currency.
package struct PlainCurrencyFigures: Hashable, Sendable {
    package var currency: String
    package var initialRisk: Rational
    package var netOptionValue: Rational
    package var offsetAddBack: Rational
    package var requirement: Rational
    package var isLongPremiumOptionsOnly: Bool

    package init(
        currency: String, initialRisk: Rational, netOptionValue: Rational, offsetAddBack: Rational,
        requirement: Rational, isLongPremiumOptionsOnly: Bool
    ) {
        self.currency = currency
        self.initialRisk = initialRisk
        self.netOptionValue = netOptionValue
        self.offsetAddBack = offsetAddBack
        self.requirement = requirement
        self.isLongPremiumOptionsOnly = isLongPremiumOptionsOnly
    }
}

/// Long and short of one series in a gross omnibus account, each to the minor unit.
package struct PlainOmnibusSeries: Hashable, Sendable {
    package var series: String
    package var longScan: Rational
    package var shortScan: Rational
    package var longValue: Rational
    package var shortValue: Rational

    package init(series: String, longScan: Rational, shortScan: Rational, longValue: Rational, shortValue: Rational) {
        self.series = series
        self.longScan = longScan
        self.shortScan = shortScan
        self.longValue = longValue
        self.shortValue = shortValue
    }
}

/// One owner's part of an account.
package struct PlainOwnerFigures: Hashable, Sendable {
    package var commodities: [PlainCommodityFigures] = []
    package var interSpreads: [PlainInterFormed] = []
    package var scanGroups: [PlainScanGroup] = []
    package var riskLines: [PlainRiskLine] = []
    package var currencies: [PlainCurrencyFigures] = []
    /// Empty unless the account is gross omnibus.
    package var omnibusSeries: [PlainOmnibusSeries] = []

    package init() {}
}

/// An account's requirement with every figure on the way to it.
package struct PlainRequirement: Hashable, Sendable {
    /// Owners that hold nothing are left out.
    package var owners: [PlainOwnerFigures] = []
    /// By currency: the sum over owners, and what it counts in the call currency.
    package var amounts: [Rational] = []
    package var converted: [Rational] = []
    package var requirement: Rational = 0

    package init() {}
}
