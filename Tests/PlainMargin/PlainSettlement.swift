extension PlainHouse {
    func decimals(of currency: String) -> Int { currencies.first { $0.code == currency }?.decimals ?? 2 }

    /// §6.5: contracts, not scaled by delta; futures-style options count too.
    func shortOptionMinimum(_ commodity: PlainCommodity, shortCalls: Rational, shortPuts: Rational) -> Rational {
        let count = commodity.minimumMethod == .gross ? shortCalls + shortPuts : max(shortCalls, shortPuts)
        return (count * commodity.minimumRate).rounded(decimals(of: commodity.currency))
    }

    /// §6.1 to §6.6 and §6.8 for one combined commodity: its money, each part to the minor unit (§1.4).
    func money(of portfolio: PlainPortfolio, ratio: Rational) -> PlainMoney {
        let commodity = portfolio.commodity
        let decimals = decimals(of: commodity.currency)
        var money = PlainMoney()
        money.scan = portfolio.figures.scanning.scan.rounded(decimals)
        money.intra = portfolio.figures.intraSpreads.map(\.charge).sum().rounded(decimals)
        money.delivery = portfolio.figures.deliveryMonths.map(\.charge).sum().rounded(decimals)
        // §6.4: the credits, super and ordinary together, never exceed the price risk.
        money.appliedCredit = min(portfolio.credits, portfolio.figures.scanning.price ?? portfolio.credits)
            .rounded(decimals)
        let short = portfolio.holdings.filter { $0.series.kind.isOption && $0.quantity < 0 }
        money.shortOptionMinimum = shortOptionMinimum(
            commodity, shortCalls: short.filter { $0.series.kind.isCall }.map { -$0.quantity }.sum(),
            shortPuts: short.filter { !$0.series.kind.isCall }.map { -$0.quantity }.sum())
        // §6.8: premium-style options only, at settlement.
        money.netOptionValue = portfolio.holdings.filter { $0.series.kind.isPremiumOption }
            .map { $0.quantity * $0.series.settlementPrice * $0.series.contractValueFactor }.sum().rounded(decimals)
        finish(&money, ratio: ratio, decimals: decimals)
        // §6.7: stand-alone is the initial risk with no super- or inter-commodity step.
        var alone = portfolio
        alone.remaining = portfolio.original
        alone.figures.intraSpreads = []
        alone.figures.deliveryMonths = []
        alone.formIntraSpreads()
        alone.chargeDelivery()
        var aloneMoney = money
        aloneMoney.appliedCredit = 0
        aloneMoney.intra = alone.figures.intraSpreads.map(\.charge).sum().rounded(decimals)
        aloneMoney.delivery = alone.figures.deliveryMonths.map(\.charge).sum().rounded(decimals)
        finish(&aloneMoney, ratio: ratio, decimals: decimals)
        money.standaloneInitialRisk = aloneMoney.initialRisk
        return money
    }

    /// §6.6: max(scan + intra + delivery − credits, SOM), then the account's initial ratio.
    func finish(_ money: inout PlainMoney, ratio: Rational, decimals: Int) {
        money.risk = max(
            money.scan + money.intra + money.delivery - money.appliedCredit, money.shortOptionMinimum)
        money.initialRisk = (money.risk * ratio).rounded(decimals)
    }

    /// §6.4: one line a group scanned as one; intra, delivery and SOM are the sums of its legs'.
    func line(of group: PlainScanGroup, legs: [PlainPortfolio], ratio: Rational) -> PlainRiskLine {
        let decimals = decimals(of: legs[0].commodity.currency)
        var money = PlainMoney()
        money.scan = group.scanning.scan.rounded(decimals)
        money.intra = legs.map(\.figures.money.intra).sum()
        money.delivery = legs.map(\.figures.money.delivery).sum()
        money.shortOptionMinimum = legs.map(\.figures.money.shortOptionMinimum).sum()
        money.netOptionValue = legs.map(\.figures.money.netOptionValue).sum()
        money.standaloneInitialRisk = legs.map(\.figures.money.standaloneInitialRisk).sum()
        finish(&money, ratio: ratio, decimals: decimals)
        return PlainRiskLine(
            commodities: legs.map(\.commodity.code), money: money,
            isLongPremiumOptionsOnly: legs.allSatisfy { isLongPremiumOptionsOnly($0.holdings) })
    }

    func isLongPremiumOptionsOnly(_ holdings: [(series: PlainSeries, quantity: Rational)]) -> Bool {
        holdings.allSatisfy { $0.series.kind.isPremiumOption && $0.quantity > 0 }
    }

    /// §6.7 and §6.8: one owner's requirement in each currency it holds.
    func currencies(of lines: [PlainRiskLine], account: PlainAccount) -> [PlainCurrencyFigures] {
        func currency(_ line: PlainRiskLine) -> String {
            commodities.first { line.commodities.contains($0.code) }?.currency ?? ""
        }
        return Set(lines.map(currency)).sorted().map { code in
            let lines = lines.filter { currency($0) == code }
            let initialRisk = lines.map(\.money.initialRisk).sum()
            let value = lines.map(\.money.netOptionValue).sum()
            let offset = max(0, lines.map(\.money.standaloneInitialRisk).sum() - initialRisk)
            let addBack = account.offsetCap.map { ((1 - $0) * offset).rounded(decimals(of: code)) } ?? 0
            var requirement = max(0, initialRisk + addBack - value)
            if account.netOptionValueIsCapped {
                requirement = lines.map { max(0, $0.money.initialRisk - $0.money.netOptionValue) }.sum() + addBack
            }
            let isLongOnly = lines.allSatisfy(\.isLongPremiumOptionsOnly)
            if isLongOnly { requirement = 0 }
            return PlainCurrencyFigures(
                currency: code, initialRisk: initialRisk, netOptionValue: value, offsetAddBack: addBack,
                requirement: requirement, isLongPremiumOptionsOnly: isLongOnly)
        }
    }
}
