import ClearingModel
import Quantities

extension MarginKernel {
    /// Turns portfolios that have been through all spreads into risk lines and currency requirements.
    func settle(
        _ portfolios: [CommodityPortfolio], formed: InterSpreadsFormed, owner: Int, account: AccountTerms
    ) -> OwnerRequirement {
        let risks = portfolios.map { risk(of: $0, account: account) }
        var lines: [RiskLine] = []
        for (index, portfolio) in portfolios.enumerated() {
            guard let spread = portfolio.scanSpread else {
                lines.append(riskLine(of: risks[index], isLongPremiumOptionsOnly: portfolio.isLongPremiumOptionsOnly))
                continue
            }
            let legs = portfolios.indices.filter { portfolios[$0].scanSpread == spread }
            guard legs.first == index, let group = formed.groups.first(where: { $0.spread == spread }) else {
                continue
            }
            lines.append(
                riskLine(
                    of: group, legs: legs.map { risks[$0] },
                    isLongPremiumOptionsOnly: legs.allSatisfy { portfolios[$0].isLongPremiumOptionsOnly },
                    account: account))
        }
        return OwnerRequirement(
            owner: owner, combinedCommodities: risks, interSpreads: formed.spreads, scanGroups: formed.groups,
            riskLines: lines, currencies: currencyRequirements(of: account, riskLines: lines), omnibusSeries: [])
    }

    /// Rounds the components of one combined commodity to the minor unit and joins them (docs/methodology.md §6.6).
    private func risk(of portfolio: CommodityPortfolio, account: AccountTerms) -> CombinedCommodityRisk {
        let terms = book.combinedCommodities[portfolio.combinedCommodity]
        let decimals = terms.currency.decimals
        func money(_ minorUnits: Int64) -> Money { Money(minorUnits: minorUnits, currency: terms.currency) }
        let scan = portfolio.scanning.scan.minorUnits(decimals: decimals)
        let intra = portfolio.intra.charge.minorUnits(decimals: decimals)
        let delivery = portfolio.delivery.charge.minorUnits(decimals: decimals)
        let credit = portfolio.credit.minorUnits(decimals: decimals)
        let applied = min(credit, (portfolio.scanning.price ?? .zero).minorUnits(decimals: decimals))
        let minimum = portfolio.shortOptionMinimum
        let risk = money(max(scan + intra + delivery - applied, minimum))
        var alone = (intra: intra, delivery: delivery)
        if portfolio.isConsumedBySuper {
            var fresh = portfolio
            fresh.remaining = portfolio.deltas
            fresh.formIntraAndDelivery(terms)
            alone = (
                fresh.intra.charge.minorUnits(decimals: decimals), fresh.delivery.charge.minorUnits(decimals: decimals)
            )
        }
        let standalone = money(max(scan + alone.intra + alone.delivery, minimum))
        return CombinedCommodityRisk(
            combinedCommodity: portfolio.combinedCommodity, array: portfolio.array, arrayDecimals: terms.arrayDecimals,
            scanning: portfolio.scanning, months: portfolio.heldMonths.map { terms.months[$0] },
            monthDeltas: portfolio.deltas.map { Delta(units: $0) },
            remainingDeltas: portfolio.remaining.map { Delta(units: $0) }, netDelta: portfolio.netDelta,
            weightedPriceRiskNormal: portfolio.weightedPriceRisk.normal,
            weightedPriceRisk: portfolio.weightedPriceRisk.chosen, tiers: portfolio.tiers,
            intraSpreads: portfolio.intra.spreads, deliveryMonths: portfolio.delivery.months, scan: money(scan),
            intraCharge: money(intra), deliveryCharge: money(delivery), interCredit: money(credit),
            appliedCredit: money(applied), shortOptionMinimum: money(minimum),
            netOptionValue: money(portfolio.netOptionValue), risk: risk,
            initialRisk: Self.initialRisk(risk, account: account),
            standaloneInitialRisk: Self.initialRisk(standalone, account: account), scanSpread: portfolio.scanSpread)
    }

    /// risk · initial ratio, to the minor unit.
    static func initialRisk(_ risk: Money, account: AccountTerms) -> Money {
        account.initialRatio == .one
            ? risk : Money(rounding: risk.amount * account.initialRatio, currency: risk.currency)
    }

    func riskLine(of risk: CombinedCommodityRisk, isLongPremiumOptionsOnly: Bool) -> RiskLine {
        RiskLine(
            source: .combinedCommodity(risk.combinedCommodity), legs: [risk.combinedCommodity], scan: risk.scan,
            intra: risk.intraCharge, delivery: risk.deliveryCharge, credits: risk.appliedCredit,
            shortOptionMinimum: risk.shortOptionMinimum, netOptionValue: risk.netOptionValue, risk: risk.risk,
            initialRisk: risk.initialRisk, standaloneInitialRisk: risk.standaloneInitialRisk,
            isLongPremiumOptionsOnly: isLongPremiumOptionsOnly)
    }

    /// The legs of a scan-based spread as one line: the group's scan, the legs' other components added.
    private func riskLine(
        of group: ScanGroupRisk, legs: [CombinedCommodityRisk], isLongPremiumOptionsOnly: Bool, account: AccountTerms
    ) -> RiskLine {
        let currency = book.combinedCommodities[legs[0].combinedCommodity].currency
        func sum(_ component: KeyPath<CombinedCommodityRisk, Money>) -> Money {
            legs.reduce(Money.zero(currency)) { $0 + $1[keyPath: component] }
        }
        let scan = Money(rounding: group.scanning.scan, currency: currency)
        let (intra, delivery) = (sum(\.intraCharge), sum(\.deliveryCharge))
        let minimum = sum(\.shortOptionMinimum)
        let total = scan + intra + delivery
        let risk = total.minorUnits > minimum.minorUnits ? total : minimum
        return RiskLine(
            source: .scanSpread(group.spread), legs: book.interSpreads[group.spread].legs.map(\.combinedCommodity),
            scan: scan, intra: intra, delivery: delivery, credits: .zero(currency), shortOptionMinimum: minimum,
            netOptionValue: sum(\.netOptionValue), risk: risk, initialRisk: Self.initialRisk(risk, account: account),
            standaloneInitialRisk: sum(\.standaloneInitialRisk), isLongPremiumOptionsOnly: isLongPremiumOptionsOnly)
    }

    /// Offset cap, net option value and the floors, a currency (docs/methodology.md §6.7, §6.8). Takes any lines, so
    /// that a caller may put an expected shortfall in a line's place first (§6.6).
    package func currencyRequirements(of account: AccountTerms, riskLines: [RiskLine]) -> [CurrencyRequirement] {
        book.currencies.compactMap { currency in
            let lines = riskLines.filter { $0.risk.currency == currency }
            guard !lines.isEmpty else { return nil }
            func sum(_ amount: (RiskLine) -> Int64) -> Int64 { lines.reduce(0) { $0 + amount($1) } }
            let initial = sum { $0.initialRisk.minorUnits }
            let value = sum { $0.netOptionValue.minorUnits }
            var addBack: Int64 = 0
            if let cap = account.offsetCap {
                let offset = max(0, sum { $0.standaloneInitialRisk.minorUnits } - initial)
                addBack = ((ExactDecimal.one - cap) * ExactDecimal(minorUnits: offset, decimals: currency.decimals))
                    .minorUnits(decimals: currency.decimals)
            }
            let isLongOnly = lines.allSatisfy(\.isLongPremiumOptionsOnly)
            let requirement: Int64 =
                if isLongOnly {
                    0
                } else if account.netOptionValueIsCapped || account.marginingType == .grossOmnibus {
                    sum { max(0, $0.initialRisk.minorUnits - $0.netOptionValue.minorUnits) } + addBack
                } else {
                    max(0, initial + addBack - value)
                }
            func money(_ minorUnits: Int64) -> Money { Money(minorUnits: minorUnits, currency: currency) }
            return CurrencyRequirement(
                initialRisk: money(initial), netOptionValue: money(value), offsetAddBack: money(addBack),
                requirement: money(requirement), isLongPremiumOptionsOnly: isLongOnly)
        }
    }

    /// Adds the owners' requirements a currency and converts them into the call currency (docs/methodology.md §6.9,
    /// §6.10).
    package func requirement(
        of account: AccountTerms, owners: [OwnerRequirement]
    ) throws(MarginingError) -> AccountRequirement {
        var converted: [ConvertedRequirement] = []
        var total: Int64 = 0
        for currency in book.currencies {
            var amount: Int64?
            for owner in owners {
                for one in owner.currencies where one.requirement.currency == currency {
                    amount = (amount ?? 0) + one.requirement.minorUnits
                }
            }
            guard let amount else { continue }
            guard let conversion = book.conversion(from: currency.code, to: account.callCurrency.code) else {
                throw .noConversion(from: currency.code, to: account.callCurrency.code)
            }
            let money = Money(minorUnits: amount, currency: currency)
            let value = Money(
                rounding: money.amount * conversion.rate * (.one + conversion.haircut), currency: account.callCurrency)
            total += value.minorUnits
            converted.append(
                ConvertedRequirement(
                    amount: money, rate: conversion.rate, haircut: conversion.haircut, converted: value))
        }
        return AccountRequirement(
            owners: owners, currencies: converted,
            requirement: Money(minorUnits: total, currency: account.callCurrency))
    }
}
