import ClearingModel
import Margining
import Quantities
import TestSupport

/// Writes a requirement in the form of the evidence cases' expectations.
struct RequirementDocument {
    let book: MarginBook

    func account(_ requirement: AccountRequirement, terms: AccountTerms) -> JSONValue {
        var members: [String: JSONValue] = [
            "id": .text(terms.account.text), "type": .text(terms.marginingType.rawValue),
            "requirement": money(requirement.requirement),
            "requirement_by_currency": .array(
                requirement.currencies.map {
                    .object([
                        "currency": .text("\($0.amount.currency.code)"), "amount": money($0.amount),
                        "rate": number($0.rate),
                        "haircut": number($0.haircut), "converted": money($0.converted),
                    ])
                }),
        ]
        switch terms.marginingType {
        case .net:
            for one in requirement.owners { members.merge(owner(one).members) { $1 } }
        case .segregated:
            members["owners"] = .array(
                requirement.owners.map {
                    .object(owner($0).members.merging(["id": .text(terms.owners[$0.owner].text)]) { $1 })
                })
        case .grossOmnibus:
            for one in requirement.owners { members["omnibus"] = omnibus(one) }
        }
        return .object(members)
    }

    private func owner(_ owner: OwnerRequirement) -> JSONValue {
        var members: [String: JSONValue] = [
            "combined_commodities": .array(owner.combinedCommodities.map(commodity)),
            "risks": .array(owner.riskLines.map(line)),
            "currencies": .object(
                Dictionary(
                    uniqueKeysWithValues: owner.currencies.map {
                        (
                            "\($0.requirement.currency.code)",
                            JSONValue.object([
                                "risk": money($0.initialRisk), "nov": money($0.netOptionValue),
                                "add_back": money($0.offsetAddBack), "requirement": money($0.requirement),
                            ])
                        )
                    })),
        ]
        if !owner.interSpreads.isEmpty { members["inter_spreads"] = .array(owner.interSpreads.map(interSpread)) }
        if !owner.scanGroups.isEmpty { members["scan_groups"] = .array(owner.scanGroups.map(group)) }
        return .object(members)
    }

    private func commodity(_ risk: CombinedCommodityRisk) -> JSONValue {
        let terms = book.combinedCommodities[risk.combinedCommodity]
        var members = scanning(risk.scanning)
        members["id"] = .text(terms.code.text)
        members["currency"] = .text("\(terms.currency.code)")
        members["array"] = .array(
            risk.array.map { number(ExactDecimal(minorUnits: $0, decimals: risk.arrayDecimals)) })
        members["month_deltas"] = deltas(risk.months, risk.monthDeltas)
        members["remaining_deltas"] = deltas(risk.months, risk.remainingDeltas)
        members["net_delta"] = number(risk.netDelta.amount)
        members["weighted_price_risk_normal"] = risk.weightedPriceRiskNormal.map(number)
        members["weighted_price_risk"] = risk.weightedPriceRisk.map(number)
        if !risk.tiers.isEmpty {
            members["tiers"] = .object(
                Dictionary(
                    uniqueKeysWithValues: risk.tiers.map { tier in
                        var figures = scanning(tier.scanning)
                        figures["net_delta"] = number(tier.netDelta.amount)
                        figures["weighted_price_risk"] = tier.weightedPriceRisk.map(number)
                        return (terms.tiers[tier.tier].code.text, JSONValue.object(figures))
                    }))
        }
        members["intra_spreads"] = .array(risk.intraSpreads.map { intraSpread($0, terms: terms) })
        members["delivery_months"] = .array(risk.deliveryMonths.map(delivery))
        members["intra_charge"] = money(risk.intraCharge)
        members["delivery_charge"] = money(risk.deliveryCharge)
        members["inter_credit"] = money(risk.interCredit)
        members["short_option_minimum"] = money(risk.shortOptionMinimum)
        members["net_option_value"] = money(risk.netOptionValue)
        return .object(members)
    }

    private func scanning(_ figures: ScanningRisk) -> [String: JSONValue] {
        var members: [String: JSONValue] = ["scan": number(figures.scan)]
        members["active_scenario"] = figures.activeScenario.map { .text(String($0)) }
        members["time"] = figures.time.map(number)
        members["volatility"] = figures.volatility.map(number)
        members["price"] = figures.price.map(number)
        return members
    }

    private func intraSpread(_ formed: IntraSpreadFormed, terms: MarginBook.CombinedCommodityTerms) -> JSONValue {
        let spread = terms.intraSpreads[formed.spread]
        return .object([
            "id": .text(spread.code.text), "a_side": .text(formed.aSide.rawValue), "n": number(formed.count.amount),
            "charge": number(formed.charge),
            "legs": .array(
                zip(spread.legs, formed.legs).map { leg, taken in
                    let at =
                        switch leg.pool {
                        case .tier(let tier): tier.text
                        case .month(let month): month.description
                        }
                    return .object([
                        "side": .text(leg.side.rawValue), "at": .text(at), "consumed": number(taken.consumed.amount),
                        "months": deltas(taken.months.map(\.month), taken.months.map(\.consumed)),
                    ])
                }),
        ])
    }

    private func interSpread(_ formed: InterSpreadFormed) -> JSONValue {
        let spread = book.interSpreads[formed.spread]
        return .object([
            "id": .text(spread.code.text), "step": .text(spread.isSuper ? "super" : "inter"),
            "n": number(formed.count.amount),
            "legs": .array(
                zip(spread.legs, formed.legs).map { leg, taken in
                    let terms = book.combinedCommodities[leg.combinedCommodity]
                    var members: [String: JSONValue] = [
                        "combined_commodity": .text(terms.code.text), "side": .text(leg.side.rawValue),
                        "delta_before": number(taken.deltaBefore.amount), "consumed": number(taken.consumed.amount),
                        "weighted_price_risk": number(taken.weightedPriceRisk), "rate": number(taken.rate),
                        "credit": number(taken.credit),
                    ]
                    members["tier"] = leg.tier.map { .text(terms.tiers[$0].code.text) }
                    return .object(members)
                }),
        ])
    }

    private func group(_ group: ScanGroupRisk) -> JSONValue {
        let spread = book.interSpreads[group.spread]
        var members = scanning(group.scanning)
        members["id"] = .text(spread.code.text)
        members["legs"] = .array(spread.legs.map { .text(book.combinedCommodities[$0.combinedCommodity].code.text) })
        members["array"] = .array(group.array.map(number))
        return .object(members)
    }

    private func line(_ line: RiskLine) -> JSONValue {
        let id =
            switch line.source {
            case .combinedCommodity(let index): book.combinedCommodities[index].code.text
            case .scanSpread(let index): book.interSpreads[index].code.text
            case .riskGroup(let index): "group \(index)"
            }
        return .object([
            "id": .text(id), "legs": .array(line.legs.map { .text(book.combinedCommodities[$0].code.text) }),
            "currency": .text("\(line.risk.currency.code)"), "scan": money(line.scan), "intra": money(line.intra),
            "delivery": money(line.delivery), "credits": money(line.credits), "som": money(line.shortOptionMinimum),
            "nov": money(line.netOptionValue), "risk": money(line.risk), "initial": money(line.initialRisk),
        ])
    }

    private func omnibus(_ owner: OwnerRequirement) -> JSONValue {
        .object([
            "series": .array(
                owner.omnibusSeries.map {
                    .object([
                        "contract": .text(book.series[$0.series].code.text), "long_scan": money($0.longScan),
                        "short_scan": money($0.shortScan), "long_value": money($0.longValue),
                        "short_value": money($0.shortValue),
                    ])
                }),
            "combined_commodities": .object(
                Dictionary(
                    uniqueKeysWithValues: owner.riskLines.map { line in
                        let terms = book.combinedCommodities[line.legs[0]]
                        return (
                            terms.code.text,
                            JSONValue.object([
                                "currency": .text("\(terms.currency.code)"), "scan": money(line.scan),
                                "delivery": money(line.delivery), "nov": money(line.netOptionValue),
                                "som": money(line.shortOptionMinimum), "risk": money(line.risk),
                                "requirement": number(max(.zero, (line.initialRisk - line.netOptionValue).amount)),
                            ])
                        )
                    })),
        ])
    }

    private func delivery(_ month: DeliveryMonthRisk) -> JSONValue {
        .object([
            "month": .text(month.month.description), "remaining": number(month.remaining.amount),
            "consumed": number(month.consumed.amount), "charge": number(month.charge),
        ])
    }

    private func deltas(_ months: [ContractMonth], _ deltas: [Delta]) -> JSONValue {
        .object(
            Dictionary(uniqueKeysWithValues: zip(months, deltas).map { ($0.description, number($1.amount)) }))
    }

    private func number(_ value: ExactDecimal) -> JSONValue { .text(value.description) }
    private func money(_ value: Money) -> JSONValue { number(value.amount) }
}
