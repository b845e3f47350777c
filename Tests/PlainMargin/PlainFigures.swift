/// The split of a scanning risk (§5). No active scenario where scan tiers are summed; nil where no pair is defined.
package struct PlainScanning: Hashable, Sendable {
    package var scan: Rational
    package var activeScenario: Int?
    package var time: Rational?
    package var volatility: Rational?
    package var price: Rational?

    package init(scan: Rational, activeScenario: Int?, time: Rational?, volatility: Rational?, price: Rational?) {
        self.scan = scan
        self.activeScenario = activeScenario
        self.time = time
        self.volatility = volatility
        self.price = price
    }
}

/// A tier in which the owner holds a position.
package struct PlainTierFigures: Hashable, Sendable {
    package var tier: String
    package var scanning: PlainScanning
    package var netDelta: Rational
    package var weightedPriceRisk: Rational?

    package init(tier: String, scanning: PlainScanning, netDelta: Rational, weightedPriceRisk: Rational?) {
        self.tier = tier
        self.scanning = scanning
        self.netDelta = netDelta
        self.weightedPriceRisk = weightedPriceRisk
    }
}

/// What one leg took out of which month, magnitudes.
package struct PlainConsumption: Hashable, Sendable {
    package var consumed: Rational
    package var months: [Int]
    package var amounts: [Rational]

    package init(consumed: Rational, months: [Int], amounts: [Rational]) {
        self.consumed = consumed
        self.months = months
        self.amounts = amounts
    }
}

/// A calendar spread that formed.
package struct PlainIntraFormed: Hashable, Sendable {
    package var spread: String
    package var aIsLong: Bool
    package var count: Rational
    package var charge: Rational
    package var legs: [PlainConsumption]

    package init(spread: String, aIsLong: Bool, count: Rational, charge: Rational, legs: [PlainConsumption]) {
        self.spread = spread
        self.aIsLong = aIsLong
        self.count = count
        self.charge = charge
        self.legs = legs
    }
}

/// A delivery month that is charged.
package struct PlainDeliveryFigures: Hashable, Sendable {
    package var month: Int
    package var remaining: Rational
    package var consumed: Rational
    package var charge: Rational

    package init(month: Int, remaining: Rational, consumed: Rational, charge: Rational) {
        self.month = month
        self.remaining = remaining
        self.consumed = consumed
        self.charge = charge
    }
}

/// A delta-based or flat inter-commodity spread that formed.
package struct PlainInterFormed: Hashable, Sendable {
    /// One leg of it.
    package struct Leg: Hashable, Sendable {
        package var deltaBefore: Rational
        package var consumption: PlainConsumption
        package var weightedPriceRisk: Rational
        package var rate: Rational
        package var credit: Rational

        package init(
            deltaBefore: Rational, consumption: PlainConsumption, weightedPriceRisk: Rational, rate: Rational,
            credit: Rational
        ) {
            self.deltaBefore = deltaBefore
            self.consumption = consumption
            self.weightedPriceRisk = weightedPriceRisk
            self.rate = rate
            self.credit = credit
        }
    }
    package var spread: String
    package var count: Rational
    package var legs: [Leg]

    package init(spread: String, count: Rational, legs: [Leg]) {
        self.spread = spread
        self.count = count
        self.legs = legs
    }
}

/// A scan-based spread that formed.
package struct PlainScanGroup: Hashable, Sendable {
    package var spread: String
    package var array: [Rational]
    package var scanning: PlainScanning

    package init(spread: String, array: [Rational], scanning: PlainScanning) {
        self.spread = spread
        self.array = array
        self.scanning = scanning
    }
}
