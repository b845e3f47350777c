import PlainMargin
import TestSupport

/// Houses of random parameters: everything §5 and §6 name may occur, and arrays are small numbers, so that ties do too.
struct RandomHouse {
    private var random: SeededGenerator
    private var house = PlainHouse()
    private static let months = [Listed.first, Listed.second, Listed.third, Listed.fourth]

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// A house and some accounts in it; the house may be one that a margin book refuses.
    mutating func make(accounts: Int) -> (house: PlainHouse, accounts: [PlainAccount]) {
        house.currencies = [
            PlainCurrency("EUR", decimals: 3), PlainCurrency("JPY", decimals: 0), PlainCurrency("USD", decimals: 2),
        ]
        for from in ["EUR", "JPY", "USD"] {
            for to in ["EUR", "JPY", "USD"] where from != to {
                house.conversions.append(
                    PlainConversion(
                        from: from, to: to, rate: random.decimal(1...9_999_999, decimals: 5),
                        haircut: random.decimal(0...20, decimals: 2)))
            }
        }
        addScenarios()
        for code in ["A", "B", "C", "D"].prefix(random.whole(1...4)) { addCommodity(code) }
        for number in 0..<(house.commodities.count < 2 ? 0 : random.whole(0...6)) {
            addInterSpread("S\(number * 7 % 10)")
        }
        return (house, (0..<accounts).map { _ in account() })
    }

    private mutating func addScenarios() {
        if random.once(in: 2) {
            house.scenarios = PlainHouse.classicHouse().scenarios
            return
        }
        let count = random.whole(4...9)
        var pairs = Array(1...count)
        let first = random.whole(0...1)
        (pairs[first], pairs[first + 2]) = (first + 3, first + 1)
        house.scenarios = pairs.enumerated().map { position, pair in
            PlainScenario(priceMove: pair == position + 1 ? random.decimal(-20...20, decimals: 1) : 0, pair: pair)
        }
    }

    private mutating func addCommodity(_ code: String) {
        var commodity = PlainCommodity(code, currency: random.one(of: ["USD", "USD", "USD", "EUR", "JPY"]))
        commodity.arrayDecimals = random.whole(0...3)
        commodity.method = random.one(of: [.capped, .capped, .normal, .scanRange])
        commodity.minimumMethod = random.one(of: [.gross, .max])
        commodity.minimumRate = random.decimal(0...4000, decimals: 2)
        commodity.tiers = [
            PlainTier("ALL", Self.months), PlainTier("NEAR", [Listed.first, Listed.second]),
            PlainTier("FAR", [Listed.third, Listed.fourth]), PlainTier("TWIN", [Listed.second, Listed.first]),
        ]
        if random.once(in: 5) {
            commodity.tiers[1].isScannedApart = true
            commodity.tiers[2].isScannedApart = true
        }
        for number in 0..<random.whole(0...4) { commodity.intraSpreads.append(intraSpread("C\(number * 3 % 5)")) }
        for month in Self.months where random.once(in: 4) {
            commodity.deliveryCharges.append(
                PlainDeliveryCharge(
                    month: month, outrightRate: random.decimal(0...9999, decimals: 3),
                    spreadRate: random.decimal(0...5000, decimals: 3), side: random.one(of: [.both, .long, .short])))
        }
        house.commodities.append(commodity)
        for number in 1...random.whole(1...6) { addSeries("\(code)\(number)", of: commodity) }
    }

    private mutating func intraSpread(_ code: String) -> PlainIntraSpread {
        let isSeries = random.once(in: 3)
        func pool(_ random: inout SeededGenerator) -> PlainIntraSpread.Pool {
            isSeries ? .month(random.one(of: Self.months)) : .tier(random.one(of: ["ALL", "NEAR", "FAR"]))
        }
        var legs = [
            PlainIntraSpread.Leg(pool(&random), ratio(), .a), PlainIntraSpread.Leg(pool(&random), ratio(), .b),
        ]
        if random.once(in: 3) {
            var leg = legs[random.whole(0...1)]
            leg.ratio = ratio()
            if leg.pool == .tier("NEAR") { leg.pool = .tier("TWIN") }
            legs.append(leg)
        }
        return PlainIntraSpread(
            code, isSeriesToSeries: isSeries, priority: random.whole(1...3),
            charge: random.once(in: 2)
                ? .flat(random.decimal(0...99999, decimals: 3))
                : .weightedPriceRisk(random.decimal(0...80, decimals: 2)),
            legs: legs)
    }

    private mutating func ratio() -> Rational {
        random.once(in: 2) ? 1 : random.one(of: ["0.5", 2, 3, 7, "0.3333", "1.25", "0.0007"])
    }

    private mutating func addSeries(_ code: String, of commodity: PlainCommodity) {
        var series = PlainSeries(code, of: commodity.code, random.one(of: Self.months), array: [])
        series.kind = random.one(
            of: [
                .future, .future, .future, .call(isPremium: true), .put(isPremium: true), .call(isPremium: false),
                .put(isPremium: false),
            ])
        let risk = random.whole(1...40)
        let decimals = commodity.arrayDecimals
        if series.kind == .future, house.scenarios.count == 16, random.once(in: 2) {
            series.array = house.scenarios.map { ($0.priceMove * Rational(-risk)).rounded(decimals) }
        } else {
            let bias = random.whole(-25...12)
            series.array = house.scenarios.map { _ in random.decimal((bias - 20)...(bias + 20), decimals: decimals) }
        }
        if series.kind.isOption { series.compositeDelta = random.decimal(-10_000...10_000, decimals: 4) }
        series.deltaScalingFactor = random.one(of: [1, 1, "0.5", "0.33335", 2])
        series.contractValueFactor = random.one(of: [1, 50, "0.01"])
        series.priceScanRange = random.decimal(1...500, decimals: 2)
        series.settlementPrice = random.decimal(0...2000, decimals: 2)
        house.series.append(series)
    }

    private mutating func addInterSpread(_ code: String) {
        let chosen = house.commodities.shuffled(using: &random).prefix(random.whole(2...3))
        // A scan-based spread has one currency.
        let isOneCurrency = Set(chosen.map(\.currency)).count == 1
        let kind = random.one(of: [PlainCreditKind.delta, .delta, .delta, .flat, isOneCurrency ? .scan : .delta])
        var legs: [PlainInterSpread.Leg] = []
        for commodity in chosen.map(\.code) {
            let tier = kind != .scan && random.once(in: 4) ? random.one(of: ["NEAR", "FAR", "ALL"]) : nil
            legs.append(
                PlainInterSpread.Leg(
                    commodity, tier: tier, ratio(), legs.count == 1 ? .b : random.one(of: [.a, .a, .b]),
                    rate: random.once(in: 3) ? rate(kind) : nil))
        }
        if let first = legs.indices.first { legs[first].side = .a }
        if kind != .scan, random.once(in: 4) {
            // A second leg on the same months.
            var leg = legs[random.whole(0...legs.count - 1)]
            leg.ratio = ratio()
            if leg.tier == "NEAR" { leg.tier = "TWIN" }
            legs.append(leg)
        }
        house.interSpreads.append(
            PlainInterSpread(
                code, kind, isSuper: random.once(in: 4), priority: random.whole(1...3), rate: rate(kind), legs: legs))
    }

    private mutating func rate(_ kind: PlainCreditKind) -> Rational {
        kind == .flat ? random.decimal(0...5000, decimals: 3) : random.decimal(0...100, decimals: 2)
    }

    private mutating func account() -> PlainAccount {
        var account = PlainAccount(callCurrency: random.one(of: ["USD", "JPY", "EUR"]))
        account.type = random.one(of: [.net, .net, .net, .grossOmnibus, .segregated])
        account.initialRatio = random.one(of: [1, "1.1", "1.35", "1.0333", "0.8"])
        // Below 1 the document is silent on how much of a long option's value an omnibus account may use.
        if account.type == .grossOmnibus { account.initialRatio = max(1, account.initialRatio) }
        account.netOptionValueIsCapped = random.once(in: 3)
        account.offsetCap = random.once(in: 2) ? nil : random.decimal(0...100, decimals: 2)
        let owners = account.type == .segregated ? random.whole(1...3) : 1
        account.owners = (0..<owners).map { _ in positions(isGross: account.type == .grossOmnibus) }
        return account
    }

    private mutating func positions(isGross: Bool) -> [PlainPosition] {
        let largest = random.one(of: [1, 3, 20, 5000])
        return house.series.shuffled(using: &random).prefix(random.whole(1...12)).map { series in
            let quantity = random.whole(-largest...largest)
            let both = isGross || random.once(in: 6) ? random.whole(0...largest) : 0
            return PlainPosition(series.code, long: max(quantity, 0) + both, short: max(-quantity, 0) + both)
        }.filter { $0.long + $0.short > 0 }
    }
}
