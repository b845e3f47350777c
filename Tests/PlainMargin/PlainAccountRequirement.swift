extension PlainHouse {
    /// §5 and §6, all of it, in the document's order.
    package func requirement(of account: PlainAccount) -> PlainRequirement {
        var result = PlainRequirement()
        for positions in account.owners where !positions.isEmpty {
            result.owners.append(
                account.type == .grossOmnibus
                    ? omnibusOwner(positions, account: account) : netOwner(positions, account: account))
        }
        // §6.10: floored at 0 in its own currency, then converted, rounded, and added.
        let codes = Set(result.owners.flatMap { $0.currencies.map(\.currency) }).sorted()
        for code in codes {
            let amount = result.owners.flatMap(\.currencies).filter { $0.currency == code }.map(\.requirement).sum()
            result.amounts.append(amount)
            result.converted.append(converted(amount, from: code, to: account.callCurrency))
        }
        result.requirement = result.converted.sum()
        return result
    }

    private func converted(_ amount: Rational, from: String, to: String) -> Rational {
        if from == to { return amount }
        let row = conversions.first { $0.from == from && $0.to == to }
        return (amount * (row?.rate ?? 0) * (1 + (row?.haircut ?? 0))).rounded(decimals(of: to))
    }

    /// One net portfolio: all of a net account, or one owner of a segregated one (§6.9).
    private func netOwner(_ positions: [PlainPosition], account: PlainAccount) -> PlainOwnerFigures {
        var quantities: [String: Int] = [:]
        for position in positions { quantities[position.series, default: 0] += position.long - position.short }
        var portfolios: [String: PlainPortfolio] = [:]
        for commodity in commodities {
            portfolios[commodity.code] = portfolio(of: commodity, quantities)
        }
        let held = portfolios.keys.sorted()
        var inter = PlainInterResult()
        // 1 super-inter-commodity, 2 calendar spreads, 3 delivery month, 4 inter-commodity.
        formInterSpreads(isSuper: true, in: &portfolios, &inter)
        for code in held {
            portfolios[code]?.formIntraSpreads()
            portfolios[code]?.chargeDelivery()
        }
        formInterSpreads(isSuper: false, in: &portfolios, &inter)
        // 5 to 8.
        var owner = PlainOwnerFigures()
        owner.interSpreads = inter.spreads
        owner.scanGroups = inter.groups
        for code in held {
            guard var portfolio = portfolios[code] else { continue }
            portfolio.figures.remainingDeltas = portfolio.months.compactMap { portfolio.remaining[$0] }
            portfolio.figures.interCredit = portfolio.credits.rounded(decimals(of: portfolio.commodity.currency))
            portfolio.figures.money = money(of: portfolio, ratio: account.initialRatio)
            portfolios[code] = portfolio
            owner.commodities.append(portfolio.figures)
        }
        for code in held {
            guard let portfolio = portfolios[code] else { continue }
            guard let spread = portfolio.figures.scanSpread else {
                owner.riskLines.append(
                    PlainRiskLine(
                        commodities: [code], money: portfolio.figures.money,
                        isLongPremiumOptionsOnly: isLongPremiumOptionsOnly(portfolio.holdings)))
                continue
            }
            // A group's line stands where its first leg would.
            let legs = held.compactMap { portfolios[$0] }.filter { $0.figures.scanSpread == spread }
            if let group = inter.groups.first(where: { $0.spread == spread }), legs[0].commodity.code == code {
                owner.riskLines.append(line(of: group, legs: legs, ratio: account.initialRatio))
            }
        }
        owner.currencies = currencies(of: owner.riskLines, account: account)
        return owner
    }
}
