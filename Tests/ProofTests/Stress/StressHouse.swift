import PlainMargin
import TestSupport

/// Small random houses for §8, rich in what order, ties and floors decide: equal scenarios, equal members, funds of 0,
/// groups without shortfall, members without house or without clients, prices at and below zero.
///
/// Prices, moves and requirements are few round numbers, so that sums meet. Every third house holds options, whose
/// stress values are given; it has no reverse stress and no second round, which would have to price them.
struct StressHouse {
    var random: SeededGenerator
    var house = PlainStressHouse(baseCurrency: "USD")
    private var hasOptions = false
    static let months = [Listed.first, Listed.second, Listed.third, Listed.fourth]
    private static let currencies = ["EUR", "JPY", "USD"]

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// The house; one in some twenty is refused.
    mutating func make() -> PlainStressHouse {
        house.currencies = [
            PlainCurrency("EUR", decimals: 3), PlainCurrency("JPY", decimals: 0), PlainCurrency("USD", decimals: 2),
        ]
        house.baseCurrency = random.one(of: ["EUR", "JPY", "USD", "USD"])
        hasOptions = random.once(in: 3)
        addConversions()
        for code in ["A", "B", "C"].prefix(random.whole(1...3)) { addCommodity(code) }
        for number in 1...random.whole(1...5) { addScenario(number) }
        for code in ["M1", "M2", "M3", "M4", "M5", "M6"].prefix(random.whole(1...6)) {
            let group = random.one(of: [nil, nil, "G1", "G2", "Z9"])
            house.members.append(PlainStressMember(code, group: group))
            addAccounts(of: code)
        }
        addTerms(hasOptions: hasOptions)
        // No order of rows decides anything.
        house.series.shuffle(using: &random)
        house.members.shuffle(using: &random)
        house.accounts.shuffle(using: &random)
        return house
    }

    private mutating func addConversions() {
        for from in Self.currencies {
            for to in Self.currencies where from != to {
                guard !random.once(in: 200) else { continue }
                house.conversions.append(
                    PlainConversion(
                        from: from, to: to, rate: random.once(in: 2) ? 1 : random.decimal(1...300_000, decimals: 5),
                        haircut: random.decimal(0...20, decimals: 2)))
            }
        }
    }

    private mutating func addCommodity(_ code: String) {
        var commodity = PlainCommodity(code, currency: random.one(of: ["USD", "USD", "EUR", "JPY"]))
        commodity.arrayDecimals = random.whole(0...3)
        house.commodities.append(commodity)
        let factor: Rational = random.one(of: [1, 10, 50, "0.1"])
        for (position, month) in Self.months.prefix(random.whole(1...4)).enumerated() {
            let price =
                random.once(in: 6) ? random.decimal(-80...(-1), decimals: 0) : random.decimal(1...80, decimals: 0)
            var series = PlainStressSeries("\(code)\(position + 1)F", of: code, month, price: price)
            if random.once(in: 400) { (series.settlementPrice, series.underlyingPrice) = (0, 0) }
            if random.once(in: 5) {
                series.settlementPrice += "0.125"
                series.underlyingPrice += "0.125"
            }
            series.contractValueFactor = factor
            series.deltaScalingFactor = random.one(of: [1, 1, 1, "0.5", "0.33335", 2])
            house.series.append(series)
            if hasOptions, random.once(in: 2) { addOption("\(code)\(position + 1)O", on: series) }
        }
    }

    private mutating func addOption(_ code: String, on future: PlainStressSeries) {
        var option = PlainStressSeries(
            code, of: future.commodity, future.month, price: random.decimal(0...40, decimals: random.whole(0...1)))
        option.kind = random.one(
            of: [.call(isPremium: true), .put(isPremium: true), .call(isPremium: false), .put(isPremium: false)])
        option.underlyingPrice = future.underlyingPrice
        option.contractValueFactor = future.contractValueFactor
        option.deltaScalingFactor = future.deltaScalingFactor
        option.compositeDelta = random.decimal(-10_000...10_000, decimals: 4)
        house.series.append(option)
    }

    private mutating func addScenario(_ number: Int) {
        var moves: [PlainStressMove] = []
        if let before = house.scenarios.last, random.once(in: 3) {
            // The same numbers once more: the lower number wins everywhere.
            moves = before.moves
        } else {
            for commodity in house.commodities where random.once(in: 2) { moves += rows(of: commodity.code) }
            let isCovered = house.commodities.allSatisfy { commodity in
                moves.contains { $0.commodity == commodity.code }
            }
            // Default rows are there without need too: rows of its own leave them aside.
            if !isCovered || random.once(in: 3) { moves += rows(of: nil) }
        }
        for index in house.series.indices where house.series[index].kind.isOption {
            let before = house.scenarios.last.flatMap { $0.moves == moves ? $0.number : nil }
            let value = random.decimal(-400...400, decimals: random.whole(0...1))
            house.series[index].givenValues[number] = before.flatMap { house.series[index].givenValues[$0] } ?? value
        }
        house.scenarios.append(
            PlainStressScenario(number, "S\(number * 7 % 10)", moves: moves.shuffled(using: &random)))
    }

    /// One row for all months, or one each for near and far months; a hole once in a hundred.
    private mutating func rows(of commodity: String?) -> [PlainStressMove] {
        if random.once(in: 2) {
            let (kind, move) = priceMove()
            return [row(commodity, from: nil, to: nil, kind, move)]
        }
        let last = random.whole(0...2)
        let (near, nearMove) = priceMove()
        let (far, farMove) = priceMove()
        // A hole leaves one month out.
        let start = last + (random.once(in: 100) ? 2 : 1)
        let next = start < Self.months.count ? Self.months[start] : Self.months[3] + 1
        return [
            row(commodity, from: random.once(in: 2) ? nil : Self.months[0], to: Self.months[last], near, nearMove),
            row(commodity, from: next, to: random.once(in: 2) ? nil : Self.months[3], far, farMove),
        ]
    }

    private mutating func row(
        _ commodity: String?, from: Int?, to: Int?, _ kind: PlainPriceMoveKind, _ move: Rational
    ) -> PlainStressMove {
        var row = PlainStressMove(commodity, from: from, to: to, kind, move)
        row.volatilityKind = random.one(of: [.relative, .points])
        row.volatilityMove = random.decimal(-5...10, decimals: 1)
        return row
    }

    private mutating func priceMove() -> (kind: PlainPriceMoveKind, move: Rational) {
        random.once(in: 3)
            ? (.absolute, random.decimal(-40...40, decimals: random.whole(0...1)))
            : (.relative, random.one(of: [-1, "-0.75", "-0.5", "-0.25", "-0.1", 0, "0.1", "0.125", "0.25", "0.5", 1]))
    }

    private mutating func addAccounts(of member: String) {
        for number in 1...4 where random.once(in: 2) {
            let code = "\(member)-\(number * 3 % 5)"
            if let model = house.accounts.randomElement(using: &random), random.once(in: 4) {
                // Another account once more, its ties with it.
                var account = model
                account.code = code
                account.member = member
                house.accounts.append(account)
                continue
            }
            let type: PlainMarginingType = random.one(of: [.net, .net, .grossOmnibus, .segregated])
            // A segregated account of the house is rare, and its owners are added up.
            let isHouse = type == .net ? random.once(in: 2) : random.once(in: 8)
            var account = PlainStressAccount(
                code, member: member, isHouse: isHouse, type: type,
                callCurrency: random.one(of: ["USD", "USD", "EUR", "JPY"]),
                owners: [])
            let decimals = house.currencies.first { $0.code == account.callCurrency }?.decimals ?? 0
            let owners = type == .segregated ? ["O3", "O1", "O2"].prefix(random.whole(1...3)) : [""]
            account.owners = owners.map { code in
                PlainStressOwner(
                    code, positions: positions(isGross: type == .grossOmnibus), requirement: money(decimals))
            }
            for _ in 0..<(random.once(in: 2) ? 0 : random.whole(1...3)) {
                let owner = type == .segregated && random.once(in: 2) ? random.one(of: account.owners).code : nil
                account.addOns.append(PlainAddOnLine(money(decimals), owner: owner))
            }
            account.acceptedCollateral = account.owners.map(\.requirement).sum() * random.one(of: [0, 1, 1, 2])
            house.accounts.append(account)
        }
    }

    /// Zero often, small numbers else; with the decimals of its currency once in a while.
    private mutating func money(_ decimals: Int) -> Rational {
        if random.once(in: 4) { return 0 }
        if random.once(in: 3) { return random.decimal(1...99_999, decimals: decimals) }
        return random.decimal(1...8, decimals: 0) * random.one(of: [1, 10, 100])
    }

    private mutating func positions(isGross: Bool) -> [PlainPosition] {
        let held = house.series.map(\.code).shuffled(using: &random).prefix(random.whole(1...4))
        return held.map { series in
            let quantity = random.whole(1...5)
            let other = isGross ? random.whole(0...5) : 0
            return random.once(in: 2)
                ? PlainPosition(series, long: quantity, short: other)
                : PlainPosition(series, long: other, short: quantity)
        }
    }
}
