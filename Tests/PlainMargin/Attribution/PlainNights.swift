/// A series as a state has it: what its array is computed from.
package struct PlainValued: Hashable, Sendable {
    package var terms: PlainNightTerms.Series
    package var settlement: Rational
    package var underlying: Rational
    package var interest: Rational
    package var volatility: Double
    package var day: Int
    package var priceRange: Rational
    package var volatilityRange: Rational
    package var extremeMultiple: Rational
    package var extremeCover: Rational
    package var arrayDecimals: Int
}

/// Two nights, and the figures of the states between them (§13.1).
package struct PlainNights: Sendable {
    /// What one account comes to.
    package struct Figures: Hashable, Sendable {
        package var requirement: Rational
        package var addOns: Rational
    }
    package var yesterday: PlainNight
    package var today: PlainNight
    /// An option's array and composite delta: the one thing this has no formula for.
    package var option: @Sendable (PlainValued) -> (array: [Rational], delta: Rational)

    package init(
        yesterday: PlainNight, today: PlainNight,
        option: @escaping @Sendable (PlainValued) -> (array: [Rational], delta: Rational)
    ) {
        self.yesterday = yesterday
        self.today = today
        self.option = option
    }

    /// The kinds of input that are today's.
    package typealias State = Set<PlainInputKind>

    private func night(_ kind: PlainInputKind, _ state: State) -> PlainNight {
        state.contains(kind) ? today : yesterday
    }

    /// A value that the state's night lacks is the other's.
    private func value<Value>(
        _ kind: PlainInputKind, _ state: State, _ of: (PlainNight) -> Value?
    ) -> Value? {
        state.contains(kind) ? of(today) ?? of(yesterday) : of(yesterday) ?? of(today)
    }

    /// Whether a night has prices of a series. What settles finally has left with its holders: as long as those of the
    /// other night hold it, that night's prices are its prices.
    private func isPriced(_ code: String, today isToday: Bool, _ state: State) -> Bool {
        let night = isToday ? today : yesterday
        guard night.list.contains(code), let quote = night.quotes[code] else { return false }
        return quote.final == nil || state.contains(.positions) == isToday
    }

    private func valued(_ code: String, _ state: State) -> PlainValued? {
        guard let terms = value(.rest, state, { $0.rest.series[code] }),
            let commodity = value(
                .parameters, state,
                { night in
                    night.parameters.commodities.first { $0.code == terms.commodity }
                }), let ranges = value(.parameters, state, { $0.parameters.ranges[terms.commodity] })
        else { return nil }
        // A series of one night alone keeps that night's prices and volatility.
        let (before, after) = (isPriced(code, today: false, state), isPriced(code, today: true, state))
        let quoted = before == after ? night(.prices, state) : after ? today : yesterday
        let solved = before == after ? night(.volatilities, state) : after ? today : yesterday
        guard let quote = quoted.quotes[code], let price = quote.settlement ?? quote.final else { return nil }
        let underlying = terms.kind.isOption ? quote.underlying : price
        return PlainValued(
            terms: terms, settlement: price, underlying: underlying, interest: quote.interest,
            volatility: solved.volatilities[code] ?? 0, day: night(.time, state).day,
            priceRange: ranges.price * underlying.magnitude, volatilityRange: ranges.volatility,
            extremeMultiple: ranges.extremeMultiple, extremeCover: ranges.extremeCover,
            arrayDecimals: commodity.arrayDecimals)
    }

    /// The house of a state, its series published anew.
    package func house(_ state: State) -> PlainHouse {
        var house = PlainHouse()
        house.currencies = night(.rest, state).rest.currencies
        house.scenarios = [0, 1, -1, 2, -2, 3, -3].flatMap { thirds -> [PlainScenario] in
            let move = Rational(Int128(thirds), over: 3)
            return [PlainScenario(priceMove: move, pair: 0), PlainScenario(priceMove: move, pair: 0)]
        }
        for place in house.scenarios.indices { house.scenarios[place].pair = place % 2 == 0 ? place + 2 : place }
        house.scenarios += [PlainScenario(priceMove: 2, pair: 15), PlainScenario(priceMove: -2, pair: 16)]
        let codes = Set((yesterday.parameters.commodities + today.parameters.commodities).map(\.code))
        house.commodities = codes.sorted().compactMap { code in
            value(.parameters, state) { night in night.parameters.commodities.first { $0.code == code } }
        }
        house.interSpreads = night(.parameters, state).parameters.interSpreads
        for code in night(.positions, state).list.sorted() {
            guard let valued = valued(code, state) else { continue }
            house.series.append(published(code, valued))
        }
        let pairs = Set(yesterday.rates.keys).union(today.rates.keys)
        for pair in pairs.sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) {
            guard let rate = value(.prices, state, { $0.rates[pair] }) else { continue }
            house.conversions.append(
                PlainConversion(
                    from: pair.from, to: pair.to, rate: rate,
                    haircut: night(.parameters, state).parameters.haircuts[pair] ?? 0))
        }
        return house
    }

    private func published(_ code: String, _ valued: PlainValued) -> PlainSeries {
        var series = PlainSeries(code, of: valued.terms.commodity, valued.terms.month, array: [])
        series.kind = valued.terms.kind
        series.contractValueFactor = valued.terms.contractValueFactor
        series.deltaScalingFactor = valued.terms.deltaScalingFactor
        series.priceScanRange = valued.priceRange
        series.settlementPrice = valued.settlement
        if valued.terms.kind.isOption {
            (series.array, series.compositeDelta) = option(valued)
        } else {
            // §4: −w·m·PSR·CVF, rounded once.
            let moves = [0, 1, -1, 2, -2, 3, -3].flatMap { thirds -> [Rational] in
                [Rational(Int128(thirds), over: 3), Rational(Int128(thirds), over: 3)]
            }
            let extreme = valued.extremeMultiple * valued.extremeCover
            series.array = (moves + [extreme, -extreme]).map { move in
                (-move * valued.priceRange * valued.terms.contractValueFactor).rounded(valued.arrayDecimals)
            }
        }
        return series
    }

    /// The accounts that hold something in a state, each with what the house asks of it.
    package func figures(_ state: State) -> [String: Figures] {
        let house = house(state)
        let terms = Set(yesterday.rest.accounts.keys).union(today.rest.accounts.keys).sorted()
        var (figures, margined) = ([String: Figures](), [(String, PlainNightTerms.Account, PlainRequirement)]())
        for code in terms {
            let held = night(.positions, state).held[code] ?? [:]
            guard !held.isEmpty, let account = value(.rest, state, { $0.rest.accounts[code] }),
                let rules = value(.parameters, state, { $0.parameters.classes[code] })
            else { continue }
            var plain = PlainAccount(callCurrency: account.callCurrency)
            plain.type = account.type
            plain.initialRatio = rules.initialRatio
            plain.netOptionValueIsCapped = rules.netOptionValueIsCapped
            plain.offsetCap = rules.offsetCap
            let owners = held.sorted { $0.key < $1.key }.map { $0.value }
            plain.owners = account.type == .segregated ? owners : [together(owners.flatMap { $0 })]
            let found = house.requirement(of: plain)
            // §9: (multiplier − 1) · requirement.
            let multiplier = value(.rest, state) { $0.rest.multipliers[account.member] } ?? 1
            let credit = (max(0, multiplier - 1) * found.requirement).rounded(house.decimals(of: account.callCurrency))
            figures[code] = Figures(requirement: found.requirement, addOns: credit)
            margined.append((code, account, found))
        }
        for (code, amount) in concentrations(state, house, margined) { figures[code]?.addOns += amount }
        return figures
    }

    /// §9: what a member's accounts hold together above the volume, borne by |X|.
    private func concentrations(
        _ state: State, _ house: PlainHouse, _ accounts: [(String, PlainNightTerms.Account, PlainRequirement)]
    ) -> [(String, Rational)] {
        var borne: [(String, Rational)] = []
        for (commodity, tier) in night(.parameters, state).parameters.concentration.sorted(by: { $0.key < $1.key }) {
            guard let currency = house.commodities.first(where: { $0.code == commodity })?.currency,
                let volume = value(.rest, state, { $0.rest.volumes[commodity] })
            else { continue }
            for member in Set(accounts.map(\.1.member)).sorted() {
                let mine = accounts.filter { $0.1.member == member }.compactMap { code, account, found in
                    let parts = found.owners.flatMap(\.commodities).filter { $0.commodity == commodity }
                    return parts.isEmpty ? nil : (code, account, parts)
                }
                let deltas = mine.map { $0.2.map(\.netDelta).sum() }
                let size = deltas.sum().magnitude
                let base = mine.flatMap(\.2).map { max(0, $0.money.risk - $0.money.netOptionValue) }.sum()
                let above = size - tier.above * volume
                guard above > 0, size > 0 else { continue }
                let excess = (base * tier.rate * above / size).rounded(house.decimals(of: currency))
                let parts = shares(
                    of: excess, by: deltas.map(\.magnitude), decimals: house.decimals(of: currency))
                for (part, (code, account, _)) in zip(parts, mine) {
                    borne.append((code, house.counted(part, from: currency, to: account.callCurrency)))
                }
            }
        }
        return borne
    }

    /// What several owners hold, in one portfolio.
    private func together(_ positions: [PlainPosition]) -> [PlainPosition] {
        Set(positions.map(\.series)).sorted().map { code in
            let mine = positions.filter { $0.series == code }
            return PlainPosition(code, long: mine.reduce(0) { $0 + $1.long }, short: mine.reduce(0) { $0 + $1.short })
        }
    }

    /// Whole minor units first, the rest one by one to the largest remainders, the first of equal ones first.
    private func shares(of amount: Rational, by weights: [Rational], decimals: Int) -> [Rational] {
        let whole = weights.sum()
        guard whole > 0 else { return weights.map { _ in 0 } }
        let unit = Rational(1, over: Rational.tenTo(decimals))
        var parts = weights.map { (amount * $0 / whole).truncated(decimals) }
        let rests = zip(weights, parts).map { amount * $0 / whole - $1 }
        var left = amount - parts.sum()
        for place in rests.indices.sorted(by: { rests[$0] != rests[$1] ? rests[$0] > rests[$1] : $0 < $1 }) {
            guard left > 0 else { break }
            parts[place] += unit
            left -= unit
        }
        return parts
    }
}

extension PlainHouse {
    fileprivate func counted(_ amount: Rational, from: String, to: String) -> Rational {
        if from == to { return amount }
        let row = conversions.first { $0.from == from && $0.to == to }
        return (amount * (row?.rate ?? 0) * (1 + (row?.haircut ?? 0))).rounded(decimals(of: to))
    }
}
