import ClearingModel
import Quantities

/// A combined commodity with the factor that its price scan range is calibrated on.
package struct PricedProduct: Hashable, Sendable {
    package let combinedCommodity: CombinedCommodityCode
    package let factor: RiskFactorCode
    package let horizonDays: Int
    package let confidence: ExactDecimal

    /// Of every combined commodity the rule of the whole row, else that of the first month, by code.
    package static func products(_ rules: [CalibrationRule]) -> [PricedProduct] {
        var found: [CombinedCommodityCode: PricedProduct] = [:]
        for rule in rules.sorted(by: { $0.row < $1.row }) where rule.item == .priceScanRange {
            guard case .factor(let factor) = rule.basis, let commodity = rule.key.combinedCommodity else { continue }
            guard found[commodity] == nil else { continue }
            found[commodity] = PricedProduct(
                combinedCommodity: commodity, factor: factor, horizonDays: rule.horizonDays,
                confidence: rule.confidence)
        }
        return found.values.sorted { $0.combinedCommodity < $1.combinedCommodity }
    }

    /// A long range of one product against a short range of another, over the longer horizon and at the higher
    /// confidence of both.
    package func pair(with other: PricedProduct) -> CalibrationRule {
        func leg(_ number: Int, _ factor: RiskFactorCode, _ side: SpreadSide) -> CalibrationLeg {
            CalibrationLeg(
                number: number, source: .factor(factor), ratio: .one, contractValueFactor: .one, side: side)
        }
        var rule = CalibrationRule(
            item: .offsetRate, key: CalibrationKey("\(combinedCommodity) \(other.combinedCommodity)"),
            basis: .legs([leg(1, factor, .a), leg(2, other.factor, .b)]),
            confidence: max(confidence, other.confidence), increment: .one)
        rule.horizonDays = max(horizonDays, other.horizonDays)
        return rule
    }
}

extension CalibrationKey {
    /// The combined commodity of a scan range's or a calendar spread's key.
    var combinedCommodity: CombinedCommodityCode? {
        text.split(separator: " ").first.map { CombinedCommodityCode(String($0)) }
    }
}
