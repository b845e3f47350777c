import ClearingModel
import Operations
import Quantities
import Results

extension AccountText {
    /// Each combined commodity, the largest initial risk first: its risk, the bounds that changed it, and the positions
    /// and spreads behind it.
    mutating func explainComponents() {
        let bounds = explanation.bounds
        let components = explanation.components.filter { item == nil || item == $0.combinedCommodity.text }
        list(0, components, "combined commodities", of: \.initialRisk, in: \.currency) { text, component in
            text.explain(component, bounds)
        }
    }

    private mutating func explain(_ component: ComponentResult, _ bounds: [AccountBound]) {
        let ratio = explanation.terms?.initialRatio ?? .one
        let currency = component.currency
        func shown(_ amount: ExactDecimal) -> String { money(amount, currency) }
        say(
            0,
            "\(ownerText(component.owner))combined commodity \(component.combinedCommodity): risk "
                + "\(shown(component.risk)) \(currency), initial risk \(shown(component.initialRisk))"
                + (ratio == .one ? "" : " at the initial ratio \(ratio)"))
        say(
            1,
            "risk = max(scan \(shown(component.scan)) + intra \(shown(component.intraCharge)) + delivery "
                + "\(shown(component.deliveryCharge)) − credit \(shown(component.appliedCredit)), short option minimum "
                + "\(shown(component.shortOptionMinimum)))"
                + (component.scanSpread.map { ", replaced by the scan-based spread \($0)" } ?? "")
                + (component.riskGroup.map { ", one measure of risk group \($0), which counts" } ?? ""))
        explainBounds(of: component, bounds)
        if let price = component.priceRisk {
            say(
                1,
                "scan = time \(money(component.timeRisk, currency)) + volatility "
                    + "\(money(component.volatilityRisk, currency)) + price \(shown(price)); net delta "
                    + "\(component.netDelta.amount), weighted price risk "
                    + money(component.weightedPriceRisk, currency)
            )
        }
        explainPositions(of: component)
        explainSpreads(of: component)
        explainDelivery(of: component)
        explainOptions(of: component)
    }

    /// Σ quantity · array value at the active scenario.
    private mutating func explainPositions(of component: ComponentResult) {
        let held = explanation.positions.filter { $0.combinedCommodity == component.combinedCommodity }
        let currency = component.currency
        guard let scenario = component.activeScenario.map(Int.init) else { return explainGross(held, currency) }
        say(1, "scan is the loss of scenario \(scenario), the largest: Σ quantity × array value")
        let own = held.filter { $0.owner == component.owner && $0.array.indices.contains(scenario - 1) }
        func value(_ position: PositionResult) -> ExactDecimal {
            ExactDecimal(minorUnits: position.array[scenario - 1], decimals: position.arrayDecimals)
        }
        func product(_ position: PositionResult) -> ExactDecimal {
            ExactDecimal(Int(position.longQuantity - position.shortQuantity)) * value(position)
        }
        list(2, own, "positions", of: product, in: { _ in currency }) { text, position in
            text.say(
                2,
                "\(position.series): \(position.longQuantity - position.shortQuantity) × "
                    + "\(text.money(value(position), currency)) = \(text.money(product(position), currency))")
        }
        let sum = own.reduce(ExactDecimal.zero) { $0 + product($1) }
        say(2, "sum \(money(sum, currency))" + (sum < .zero ? ", a gain: scan is 0" : ""))
    }

    /// A gross omnibus account series by series: long and short quantities each at their own largest loss.
    private mutating func explainGross(_ positions: [PositionResult], _ currency: CurrencyCode) {
        say(1, "no one active scenario: each series at its own largest loss (gross), or each scan tier at its own")
        func loss(_ position: PositionResult) -> ExactDecimal {
            ExactDecimal(Int(position.longQuantity)) * position.longLoss
                + ExactDecimal(Int(position.shortQuantity)) * position.shortLoss
        }
        list(2, positions, "positions", of: loss, in: { _ in currency }) { text, position in
            text.say(
                2,
                "\(position.series): \(position.longQuantity) long × \(text.money(position.longLoss, currency)) + "
                    + "\(position.shortQuantity) short × \(text.money(position.shortLoss, currency))")
        }
    }

    private mutating func explainSpreads(of component: ComponentResult) {
        let spreads = explanation.spreads.filter {
            $0.owner == component.owner && $0.combinedCommodity == component.combinedCommodity
        }
        func amount(_ spread: SpreadLegResult) -> ExactDecimal {
            spread.step == .intra ? spread.charge : spread.credit
        }
        list(1, spreads, "spread legs, charges and credits", of: amount, in: \.currency) { text, spread in
            let currency = spread.currency
            let weighted = spread.weightedPriceRisk.map { " × weighted price risk \(text.money($0, currency))" } ?? ""
            text.say(
                1,
                "\(spread.step.rawValue) spread \(spread.spread), leg \(spread.leg) side \(spread.side.rawValue)"
                    + "\(spread.pool.isEmpty ? "" : " at \(spread.pool)"): \(spread.count.amount) spreads consume "
                    + "\(spread.consumed.amount); rate \(spread.rate)\(weighted); "
                    + "\(spread.step == .intra ? "charge" : "credit") \(text.money(amount(spread), currency)) "
                    + currency.description
            )
        }
    }
}
