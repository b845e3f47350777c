import ClearingModel
import Operations
import Quantities
import Results

extension AccountText {
    /// Each combined commodity: its risk, the bounds that changed it, and the positions and spreads behind it.
    mutating func explainComponents() {
        let bounds = explanation.bounds
        let ratio = explanation.terms?.initialRatio ?? .one
        for component in explanation.components where item == nil || item == component.combinedCommodity.text {
            say(
                0,
                "\(ownerText(component.owner))combined commodity \(component.combinedCommodity): risk "
                    + "\(component.risk) \(component.currency), initial risk \(component.initialRisk)"
                    + (ratio == .one ? "" : " at the initial ratio \(ratio)"))
            say(
                1,
                "risk = max(scan \(component.scan) + intra \(component.intraCharge) + delivery "
                    + "\(component.deliveryCharge) − credit \(component.appliedCredit), short option minimum "
                    + "\(component.shortOptionMinimum))"
                    + (component.scanSpread.map { ", replaced by the scan-based spread \($0)" } ?? "")
                    + (component.riskGroup.map { ", one measure of risk group \($0), which counts" } ?? ""))
            explainBounds(bounds, component.owner, component.combinedCommodity.text)
            if let price = component.priceRisk {
                say(
                    1,
                    "scan = time \(component.timeRisk.shown) + volatility \(component.volatilityRisk.shown) + price "
                        + "\(price); net delta \(component.netDelta.amount), weighted price risk "
                        + "\(component.weightedPriceRisk.shown)")
            }
            explainPositions(of: component)
            for spread in explanation.spreads
            where spread.owner == component.owner && spread.combinedCommodity == component.combinedCommodity {
                explain(spread)
            }
            explainDelivery(of: component)
            explainOptions(of: component)
        }
    }

    /// Σ quantity · array value at the active scenario.
    private mutating func explainPositions(of component: ComponentResult) {
        let held = explanation.positions.filter { $0.combinedCommodity == component.combinedCommodity }
        guard let scenario = component.activeScenario.map(Int.init) else { return explainGross(held) }
        say(1, "scan is the loss of scenario \(scenario), the largest: Σ quantity × array value")
        var sum = ExactDecimal.zero
        for position in held
        where position.owner == component.owner && position.array.indices.contains(scenario - 1) {
            let quantity = position.longQuantity - position.shortQuantity
            let value = ExactDecimal(minorUnits: position.array[scenario - 1], decimals: position.arrayDecimals)
            let product = ExactDecimal(Int(quantity)) * value
            sum += product
            say(2, "\(position.series): \(quantity) × \(value) = \(product)")
        }
        say(2, "sum \(sum)" + (sum < .zero ? ", a gain: scan is 0" : ""))
    }

    /// A gross omnibus account series by series: long and short quantities each at their own largest loss.
    private mutating func explainGross(_ positions: [PositionResult]) {
        say(1, "no one active scenario: each series at its own largest loss (gross), or each scan tier at its own")
        for position in positions {
            say(
                2,
                "\(position.series): \(position.longQuantity) long × \(position.longLoss) + "
                    + "\(position.shortQuantity) short × \(position.shortLoss)")
        }
    }

    private mutating func explain(_ spread: SpreadLegResult) {
        let weighted = spread.weightedPriceRisk.map { " × weighted price risk \($0)" } ?? ""
        say(
            1,
            "\(spread.step.rawValue) spread \(spread.spread), leg \(spread.leg) side \(spread.side.rawValue)"
                + "\(spread.pool.isEmpty ? "" : " at \(spread.pool)"): \(spread.count.amount) spreads consume "
                + "\(spread.consumed.amount); rate \(spread.rate)\(weighted); "
                + (spread.step == .intra ? "charge \(spread.charge)" : "credit \(spread.credit)")
                + " \(spread.currency)")
    }
}
