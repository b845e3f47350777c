extension PlainHouse {
    /// The numbers of the ± volatility pair at zero price move (§3), the lowest first; nil where the set has none.
    var zeroMovePair: (first: Int, second: Int)? {
        for (position, scenario) in scenarios.enumerated() where scenario.priceMove == 0 {
            if scenario.pair > position + 1, scenarios[scenario.pair - 1].priceMove == 0 {
                return (position + 1, scenario.pair)
            }
        }
        return nil
    }

    /// §5: scan, active scenario, time, volatility and price risk of one array.
    func scanning(_ array: [Rational]) -> PlainScanning {
        var largest = array[0]
        var active = 1
        // §1.5: only a strictly larger loss takes over, so the lowest number stays.
        for (position, loss) in array.enumerated() where loss > largest {
            largest = loss
            active = position + 1
        }
        let scan = max(0, largest)
        guard let pair = zeroMovePair else {
            return PlainScanning(scan: scan, activeScenario: active, time: nil, volatility: nil, price: nil)
        }
        let up = array[pair.first - 1]
        let down = array[pair.second - 1]
        let time = (up + down) / 2
        let volatility: Rational
        if largest < 0 {
            volatility = (up - down) / 2
        } else if scenarios[active - 1].pair == active {
            volatility = 0
        } else {
            volatility = (scan - array[scenarios[active - 1].pair - 1]) / 2
        }
        return PlainScanning(
            scan: scan, activeScenario: active, time: time, volatility: volatility,
            price: max(scan - time - volatility, 0))
    }

    /// §5, scan tiers: the parts are added, and no scenario is active for the whole.
    func sum(_ parts: [PlainScanning]) -> PlainScanning {
        let isSplit = zeroMovePair != nil
        return PlainScanning(
            scan: parts.map(\.scan).sum(), activeScenario: nil, time: isSplit ? parts.compactMap(\.time).sum() : nil,
            volatility: isSplit ? parts.compactMap(\.volatility).sum() : nil,
            price: isSplit ? parts.compactMap(\.price).sum() : nil)
    }

    /// §5: PSR · CVF / scaling factor of the nearest listed month's future, held or not.
    ///
    /// The document leaves three things open, decided as docs/proof.md says: of two futures of one month the first by
    /// code; where no future is listed, an option instead; for a tier, the months of the tier.
    func scanRangeRisk(of commodity: PlainCommodity, tier: PlainTier?) -> Rational? {
        let listed = series.filter { $0.commodity == commodity.code && tier?.months.contains($0.month) != false }
        let futures = listed.filter { $0.kind == .future }
        let nearest = (futures.isEmpty ? listed : futures).min { ($0.month, $0.code) < ($1.month, $1.code) }
        return nearest.map { $0.priceScanRange * $0.contractValueFactor / $0.deltaScalingFactor }
    }

    /// §5: weighted price risk, the normal one and the one the method chooses, each truncated to 2 decimals (§1.4).
    func weightedPriceRisk(
        of commodity: PlainCommodity, tier: PlainTier? = nil, price: Rational?, netDelta: Rational
    ) -> (normal: Rational?, chosen: Rational?) {
        guard let price else { return (nil, nil) }
        let normal = netDelta == 0 ? nil : price / netDelta.magnitude
        let scanRange = scanRangeRisk(of: commodity, tier: tier)
        let chosen: Rational? =
            switch commodity.method {
            case .normal: normal ?? 0
            case .scanRange: scanRange
            case .capped:
                if let normal, let scanRange { min(normal, scanRange) } else { normal ?? scanRange }
            }
        return (normal?.truncated(2), chosen?.truncated(2))
    }
}

/// One owner in one combined commodity on its way through the steps.
struct PlainPortfolio {
    let commodity: PlainCommodity
    /// Series held with the quantity, long positive, never 0.
    let holdings: [(series: PlainSeries, quantity: Rational)]
    /// By maturity.
    let months: [Int]
    /// Σ q·δ·scaling by month, rounded to 4 decimals once (§1.4).
    let original: [Int: Rational]
    /// What spreads have left of it.
    var remaining: [Int: Rational]
    var figures: PlainCommodityFigures
    /// Super- and inter-commodity credits, exact.
    var credits: Rational = 0
    var wasConsumedByInterSpread = false

    var netDelta: Rational { months.compactMap { original[$0] }.sum() }

    func array(of months: [Int]) -> [Rational] {
        var sums = [Rational](repeating: 0, count: holdings.first?.series.array.count ?? 0)
        for (series, quantity) in holdings where months.contains(series.month) {
            for position in sums.indices { sums[position] += quantity * series.array[position] }
        }
        return sums
    }

    /// The months a tier names, or all of them.
    func months(ofTier code: String?) -> [Int] {
        guard let code else { return months }
        let tier = commodity.tiers.first { $0.code == code }
        return months.filter { tier?.months.contains($0) == true }
    }

    /// Remaining delta of the wanted sign over months, a magnitude.
    func available(in pool: [Int], isLong: Bool) -> Rational {
        pool.compactMap { remaining[$0] }.filter { isLong ? $0 > 0 : $0 < 0 }.map(\.magnitude).sum()
    }

    /// §6.2: takes delta of one sign out of months in maturity order, never more than there is.
    mutating func consume(_ wanted: Rational, from pool: [Int], isLong: Bool) -> PlainConsumption {
        var left = wanted
        var taken = PlainConsumption(consumed: 0, months: [], amounts: [])
        for month in pool.sorted() {
            let delta = remaining[month] ?? 0
            guard left > 0, isLong ? delta > 0 : delta < 0 else { continue }
            let amount = min(left, delta.magnitude)
            remaining[month] = isLong ? delta - amount : delta + amount
            left -= amount
            taken.consumed += amount
            taken.months.append(month)
            taken.amounts.append(amount)
        }
        return taken
    }
}

extension PlainHouse {
    /// §5 for one owner and combined commodity; nil where every position nets to nothing.
    func portfolio(of commodity: PlainCommodity, _ quantities: [String: Int]) -> PlainPortfolio? {
        let holdings = series.filter { $0.commodity == commodity.code }.sorted { $0.code < $1.code }
            .map { (series: $0, quantity: Rational(quantities[$0.code] ?? 0)) }.filter { $0.quantity != 0 }
        guard !holdings.isEmpty else { return nil }
        let months = Set(holdings.map(\.series.month)).sorted()
        var deltas: [Int: Rational] = [:]
        for month in months {
            deltas[month] =
                holdings.filter { $0.series.month == month }
                .map { $0.quantity * $0.series.compositeDelta * $0.series.deltaScalingFactor }.sum().rounded(4)
        }
        var portfolio = PlainPortfolio(
            commodity: commodity, holdings: holdings, months: months, original: deltas, remaining: deltas,
            figures: PlainCommodityFigures(
                commodity: commodity.code,
                scanning: PlainScanning(scan: 0, activeScenario: nil, time: nil, volatility: nil, price: nil)))
        scan(&portfolio)
        return portfolio
    }

    private func scan(_ portfolio: inout PlainPortfolio) {
        let commodity = portfolio.commodity
        var scanTiers: [PlainScanning] = []
        for tier in commodity.tiers.sorted(by: { $0.code < $1.code }) {
            let months = portfolio.months(ofTier: tier.code)
            guard !months.isEmpty else { continue }
            let scanning = scanning(portfolio.array(of: months))
            let netDelta = months.compactMap { portfolio.original[$0] }.sum()
            if tier.isScannedApart { scanTiers.append(scanning) }
            portfolio.figures.tiers.append(
                PlainTierFigures(
                    tier: tier.code, scanning: scanning, netDelta: netDelta,
                    weightedPriceRisk: weightedPriceRisk(
                        of: commodity, tier: tier, price: scanning.price, netDelta: netDelta
                    ).chosen))
        }
        portfolio.figures.array = portfolio.array(of: portfolio.months)
        let isInTiers = commodity.tiers.contains { $0.isScannedApart }
        portfolio.figures.scanning = isInTiers ? sum(scanTiers) : scanning(portfolio.figures.array)
        portfolio.figures.months = portfolio.months
        portfolio.figures.monthDeltas = portfolio.months.compactMap { portfolio.original[$0] }
        portfolio.figures.netDelta = portfolio.netDelta
        (portfolio.figures.weightedPriceRiskNormal, portfolio.figures.weightedPriceRisk) = weightedPriceRisk(
            of: commodity, price: portfolio.figures.scanning.price, netDelta: portfolio.netDelta)
    }
}
