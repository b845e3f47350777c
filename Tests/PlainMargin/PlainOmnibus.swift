extension PlainHouse {
    /// §6.9, gross omnibus: longs and shorts of a series never meet, and no spread forms.
    func omnibusOwner(_ positions: [PlainPosition], account: PlainAccount) -> PlainOwnerFigures {
        var owner = PlainOwnerFigures()
        for commodity in commodities.sorted(by: { $0.code < $1.code }) {
            var held: [(series: PlainSeries, long: Rational, short: Rational)] = []
            for series in series.filter({ $0.commodity == commodity.code }).sorted(by: { $0.code < $1.code }) {
                let rows = positions.filter { $0.series == series.code }
                let long = Rational(rows.map(\.long).reduce(0, +))
                let short = Rational(rows.map(\.short).reduce(0, +))
                if long != 0 || short != 0 { held.append((series, long, short)) }
            }
            guard !held.isEmpty else { continue }
            let decimals = decimals(of: commodity.currency)
            for (series, long, short) in held {
                let value = series.kind.isPremiumOption ? series.settlementPrice * series.contractValueFactor : 0
                owner.omnibusSeries.append(
                    PlainOmnibusSeries(
                        series: series.code, longScan: (long * longRisk(series)).rounded(decimals),
                        shortScan: (short * shortRisk(series)).rounded(decimals),
                        longValue: (long * value).rounded(decimals), shortValue: (short * value).rounded(decimals)))
            }
            let figures = omnibusCommodity(commodity, held, account: account)
            owner.commodities.append(figures)
            owner.riskLines.append(
                PlainRiskLine(
                    commodities: [commodity.code], money: figures.money,
                    isLongPremiumOptionsOnly: held.allSatisfy { $0.series.kind.isPremiumOption && $0.short == 0 }))
        }
        owner.currencies = currencies(of: owner.riskLines, account: account)
        return owner
    }

    /// What one long, and one short, loses at worst, on its own.
    private func longRisk(_ series: PlainSeries) -> Rational { max(0, series.array.max() ?? 0) }
    private func shortRisk(_ series: PlainSeries) -> Rational { max(0, series.array.map { -$0 }.max() ?? 0) }

    private func omnibusCommodity(
        _ commodity: PlainCommodity, _ held: [(series: PlainSeries, long: Rational, short: Rational)],
        account: PlainAccount
    ) -> PlainCommodityFigures {
        let decimals = decimals(of: commodity.currency)
        var scan: Rational = 0
        var value: Rational = 0
        for (series, long, short) in held {
            scan += long * longRisk(series) + short * shortRisk(series)
            guard series.kind.isPremiumOption else { continue }
            // A long option's value offsets only its own series' long risk; a short option's value is added.
            let unitValue = series.settlementPrice * series.contractValueFactor
            value += min(long * unitValue, long * longRisk(series)) - short * unitValue
        }
        var figures = PlainCommodityFigures(
            commodity: commodity.code,
            scanning: PlainScanning(scan: scan, activeScenario: nil, time: nil, volatility: nil, price: nil))
        func scaled(_ series: PlainSeries) -> Rational { series.compositeDelta * series.deltaScalingFactor }
        figures.months = Set(held.map(\.series.month)).sorted()
        figures.monthDeltas = figures.months.map { month in
            held.filter { $0.series.month == month }.map { ($0.long - $0.short) * scaled($0.series) }.sum().rounded(4)
        }
        figures.remainingDeltas = figures.monthDeltas
        figures.netDelta = figures.monthDeltas.sum()
        for charge in commodity.deliveryCharges.sorted(by: { $0.month < $1.month })
        where figures.months.contains(charge.month) {
            // Long and short deltas apart: a long put's delta is short.
            let parts = held.filter { $0.series.month == charge.month }
                .flatMap { [$0.long * scaled($0.series), -$0.short * scaled($0.series)] }
            let long = charge.side == .short ? 0 : parts.filter { $0 > 0 }.sum().rounded(4)
            let short = charge.side == .long ? 0 : -parts.filter { $0 < 0 }.sum().rounded(4)
            guard long + short > 0 else { continue }
            figures.deliveryMonths.append(
                PlainDeliveryFigures(
                    month: charge.month, remaining: long + short, consumed: 0,
                    charge: (long + short) * charge.outrightRate))
        }
        figures.money.scan = scan.rounded(decimals)
        figures.money.delivery = figures.deliveryMonths.map(\.charge).sum().rounded(decimals)
        figures.money.shortOptionMinimum = shortOptionMinimum(
            commodity, shortCalls: held.filter { $0.series.kind.isCall }.map(\.short).sum(),
            shortPuts: held.filter { $0.series.kind.isOption && !$0.series.kind.isCall }.map(\.short).sum())
        figures.money.netOptionValue = value.rounded(decimals)
        finish(&figures.money, ratio: account.initialRatio, decimals: decimals)
        figures.money.standaloneInitialRisk = figures.money.initialRisk
        return figures
    }
}
