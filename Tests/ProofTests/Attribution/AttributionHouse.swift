import PlainMargin
import TestSupport

/// Two nights of a random house: of each kind of input anything may change, or nothing. Series expire, settle finally
/// and are listed, accounts come and go.
struct AttributionHouse {
    private var random: SeededGenerator
    private(set) var yesterday = PlainNight()
    private(set) var today = PlainNight()
    private static let days = (yesterday: 11_000, today: 11_001)

    init(seed: UInt64) throws {
        random = SeededGenerator(seed: seed)
        var (first, second) = (RandomHouse(seed: seed), RandomHouse(seed: seed + 1_000_000))
        let (before, accounts) = first.make(accounts: 6)
        let (after, others) = second.make(accounts: 6)
        addHouse(before, accounts)
        for commodity in before.commodities { addSeries(of: commodity) }
        today = yesterday
        today.day = Self.days.today
        if random.once(in: 2) { changeParameters(after, others) }
        if random.once(in: 2) { changePrices() }
        if random.once(in: 2) { changeVolatilities() }
        changeList()
        if random.once(in: 2) { changeTerms() }
        hold()
    }

    /// Parameters, accounts and rates of yesterday.
    private mutating func addHouse(_ house: PlainHouse, _ accounts: [PlainAccount]) {
        yesterday.day = Self.days.yesterday
        yesterday.rest.currencies = house.currencies
        yesterday.parameters.commodities = house.commodities
        yesterday.parameters.interSpreads = house.interSpreads
        for row in house.conversions {
            let pair = PlainPair(row.from, row.to)
            yesterday.rates[pair] = row.rate
            yesterday.parameters.haircuts[pair] = row.haircut
        }
        yesterday.parameters.ranges = ranges(of: house.commodities.map(\.code))
        for (number, account) in accounts.enumerated() {
            let code = "ACCOUNT\(number)"
            yesterday.parameters.classes[code] = rules(account)
            yesterday.rest.accounts[code] = PlainNightTerms.Account(
                type: account.type, callCurrency: account.callCurrency, member: "MEMBER\(number % 2)")
        }
        yesterday.rest.multipliers = ["MEMBER0": random.one(of: [1, "1.1", "1.25"]), "MEMBER1": 1]
        for commodity in house.commodities where random.once(in: 2) {
            yesterday.parameters.concentration[commodity.code] = (random.decimal(0...3, decimals: 0), "0.15")
            yesterday.rest.volumes[commodity.code] = random.decimal(1...40, decimals: 1)
        }
    }

    /// One scenario set a night.
    private mutating func ranges(of codes: [String]) -> [String: PlainNightParameters.Ranges] {
        let (multiple, cover): (Rational, Rational) = (random.one(of: [2, 3]), random.one(of: ["0.35", "0.33"]))
        var ranges: [String: PlainNightParameters.Ranges] = [:]
        for code in codes {
            ranges[code] = PlainNightParameters.Ranges(
                price: random.decimal(20...150, decimals: 3), volatility: random.decimal(10...40, decimals: 2),
                extremeMultiple: multiple, extremeCover: cover)
        }
        return ranges
    }

    private func rules(_ account: PlainAccount) -> PlainNightParameters.Class {
        var rules = PlainNightParameters.Class()
        // Below 1 the document is silent on how much of a long option's value an omnibus account may use.
        rules.initialRatio = max(1, account.initialRatio)
        rules.netOptionValueIsCapped = account.netOptionValueIsCapped
        rules.offsetCap = account.offsetCap
        return rules
    }

    private mutating func addSeries(of commodity: PlainCommodity) {
        for number in 0..<random.whole(2...6) {
            let code = "\(commodity.code)\(number)"
            var terms = PlainNightTerms.Series(
                commodity: commodity.code,
                month: random.one(of: [Listed.first, Listed.second, Listed.third, Listed.fourth]),
                kind: random.one(
                    of: [
                        .future, .future, .call(isPremium: true), .put(isPremium: true), .call(isPremium: false),
                        .put(isPremium: false),
                    ]))
            terms.contractValueFactor = random.one(of: [1, 50, "0.01", "33.37"])
            terms.deltaScalingFactor = random.one(of: [1, 1, "0.5", 2])
            terms.strike = random.decimal(2001...6001, decimals: 2)
            terms.expiryDay = Self.days.today + random.one(of: [0, 1, 2, 30, 90])
            yesterday.rest.series[code] = terms
            yesterday.quotes[code] = quote(terms)
            if terms.kind.isOption { yesterday.volatilities[code] = random.number(0.1...0.7) }
            yesterday.list.insert(code)
        }
    }

    private mutating func quote(_ terms: PlainNightTerms.Series) -> PlainQuote {
        var quote = PlainQuote(settlement: random.decimal(1...900, decimals: 2))
        if terms.kind.isOption {
            quote.underlying = random.decimal(2000...6000, decimals: 2)
            quote.interest = random.decimal(0...50, decimals: 3)
        } else {
            quote.settlement = random.decimal(2000...6000, decimals: 2)
        }
        return quote
    }

    /// Those of another house, of the combined commodities that both have; one of them may lose its rows.
    private mutating func changeParameters(_ house: PlainHouse, _ accounts: [PlainAccount]) {
        let known = yesterday.parameters.commodities
        var changed: [PlainCommodity] = []
        for commodity in known {
            guard var other = house.commodities.first(where: { $0.code == commodity.code }) else {
                if random.once(in: 2) { changed.append(commodity) }
                continue
            }
            other.currency = commodity.currency
            changed.append(other)
        }
        today.parameters.commodities = changed
        let codes = Set(changed.map(\.code))
        today.parameters.interSpreads = house.interSpreads.filter {
            $0.legs.allSatisfy { codes.contains($0.commodity) }
        }
        today.parameters.ranges = ranges(of: codes.sorted())
        for (number, account) in accounts.enumerated() { today.parameters.classes["ACCOUNT\(number)"] = rules(account) }
        for code in today.parameters.classes.keys.sorted() where random.once(in: 12) {
            today.parameters.classes[code] = nil
        }
        for row in house.conversions { today.parameters.haircuts[PlainPair(row.from, row.to)] = row.haircut }
        for code in today.parameters.concentration.keys.sorted() {
            today.parameters.concentration[code]?.rate = random.decimal(0...30, decimals: 2)
        }
    }

    private mutating func changePrices() {
        for code in today.quotes.keys.sorted() {
            guard let terms = today.rest.series[code], !random.once(in: 4) else { continue }
            today.quotes[code] = quote(terms)
        }
        for pair in today.rates.keys.sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) {
            today.rates[pair] = random.once(in: 8) ? nil : random.decimal(1...9_999_999, decimals: 5)
        }
    }

    private mutating func changeVolatilities() {
        for code in today.volatilities.keys.sorted() { today.volatilities[code] = random.number(0.1...0.7) }
    }

    /// Series that leave the list, that settle finally, and that are listed.
    private mutating func changeList() {
        for code in today.list.sorted() {
            switch random.whole(1...8) {
            case 1:
                // It has expired: nobody prices it, and it may be known still.
                today.list.remove(code)
                today.quotes[code] = nil
                today.volatilities[code] = nil
                if random.once(in: 2) { today.rest.series[code] = nil }
                let day = Self.days.yesterday + random.whole(0...1)
                yesterday.rest.series[code]?.expiryDay = day
                today.rest.series[code]?.expiryDay = day
            case 2 where today.rest.series[code]?.kind == .future:
                today.quotes[code]?.final = random.decimal(2000...6000, decimals: 2)
                if random.once(in: 2) { today.quotes[code]?.settlement = nil }
                yesterday.rest.series[code]?.expiryDay = Self.days.today
                today.rest.series[code]?.expiryDay = Self.days.today
            case 3:
                // It was not there yesterday.
                yesterday.list.remove(code)
                yesterday.quotes[code] = nil
                yesterday.volatilities[code] = nil
                if random.once(in: 2) { yesterday.rest.series[code] = nil }
            default: break
            }
        }
    }

    private mutating func hold() {
        let settled = Set(today.quotes.filter { $0.value.final != nil }.keys)
        let (old, new) = (yesterday.list.sorted(), today.list.filter { !settled.contains($0) }.sorted())
        for code in yesterday.rest.accounts.keys.sorted() {
            let types = (yesterday.rest.accounts[code]?.type, today.rest.accounts[code]?.type)
            let before = holdings(in: old, types.0)
            var after = before.mapValues { $0.filter { new.contains($0.series) } }.filter { !$0.value.isEmpty }
            if types.0 != types.1 || random.once(in: 2) { after = holdings(in: new, types.1) }
            yesterday.held[code] = random.once(in: 12) ? [:] : before
            today.held[code] = random.once(in: 12) ? [:] : after
        }
    }

    /// By owner; owners without positions are none.
    private mutating func holdings(in list: [String], _ type: PlainMarginingType?) -> [String: [PlainPosition]] {
        let owners = type == .segregated ? ["O1", "O2", "O3"].filter { _ in random.once(in: 2) } : [""]
        var holdings: [String: [PlainPosition]] = [:]
        for owner in owners {
            let positions = positions(in: list, isGross: type == .grossOmnibus)
            if !positions.isEmpty { holdings[owner] = positions }
        }
        return holdings
    }

    private mutating func positions(in list: [String], isGross: Bool) -> [PlainPosition] {
        let largest = random.one(of: [1, 3, 20])
        return list.shuffled(using: &random).prefix(random.whole(1...6)).map { code in
            let quantity = random.whole(-largest...largest)
            let both = isGross ? random.whole(0...largest) : 0
            return PlainPosition(code, long: max(quantity, 0) + both, short: max(-quantity, 0) + both)
        }.filter { $0.long + $0.short > 0 }
    }

    private mutating func changeTerms() {
        for code in today.rest.series.keys.sorted() where random.once(in: 4) {
            today.rest.series[code]?.contractValueFactor = random.one(of: [1, "1.5", 50, "50.01"])
        }
        for code in today.rest.accounts.keys.sorted() where random.once(in: 4) {
            today.rest.accounts[code]?.type = random.one(of: [.net, .grossOmnibus, .segregated])
        }
        for code in today.rest.accounts.keys.sorted() where random.once(in: 8) {
            today.rest.accounts[code]?.callCurrency = random.one(of: ["USD", "JPY", "EUR"])
        }
        today.rest.multipliers["MEMBER1"] = random.one(of: [1, "1.3"])
        for code in today.rest.volumes.keys.sorted() where random.once(in: 2) {
            today.rest.volumes[code] = random.once(in: 4) ? nil : random.decimal(1...40, decimals: 1)
        }
    }
}
