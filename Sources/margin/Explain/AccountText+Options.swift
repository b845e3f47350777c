import ClearingModel
import Operations
import Quantities
import Results

extension AccountText {
    /// Σ quantity · price · contract value factor of the premium-style options, and the minimum for the short ones.
    mutating func explainOptions(of component: ComponentResult) {
        let options = explanation.optionValues.filter {
            $0.owner == component.owner && $0.combinedCommodity == component.combinedCommodity
        }
        explainShortOptionMinimum(of: component, options)
        let premium = options.filter { $0.style == .premium }
        guard !premium.isEmpty else { return }
        say(
            1,
            "net option value \(component.netOptionValue) \(component.currency) = Σ quantity × price × contract value "
                + "factor" + (explanation.isGross ? ", of long options at most their largest loss" : ""))
        for option in premium {
            guard let price = option.settlementPrice else {
                say(2, "\(option.series): no settlement price")
                continue
            }
            say(2, "\(option.series): \(explanation.isGross ? grossValue(option, price) : netValue(option, price))")
        }
    }

    private func netValue(_ option: OptionValueResult, _ price: ExactDecimal) -> String {
        let quantity = option.longQuantity - option.shortQuantity
        let factor = option.contractValueFactor
        return "\(quantity) × \(price) × \(factor) = \(ExactDecimal(Int(quantity)) * price * factor)"
    }

    private func grossValue(_ option: OptionValueResult, _ price: ExactDecimal) -> String {
        let (long, short) = (ExactDecimal(Int(option.longQuantity)), ExactDecimal(Int(option.shortQuantity)))
        let factor = option.contractValueFactor
        let loss = ExactDecimal(minorUnits: option.longLoss, decimals: Int(option.arrayDecimals))
        let value = min(long * price * factor, long * loss) - short * price * factor
        return "min(\(long) × \(price) × \(factor), \(long) × \(loss)) − \(short) × \(price) × \(factor) = \(value)"
    }

    private mutating func explainShortOptionMinimum(of component: ComponentResult, _ options: [OptionValueResult]) {
        guard component.shortOptionMinimum > .zero else { return }
        func short(_ right: OptionRight) -> Int64 {
            options.filter { $0.right == right }.reduce(0) { sum, option in
                sum
                    + (explanation.isGross
                        ? option.shortQuantity : max(0, option.shortQuantity - option.longQuantity))
            }
        }
        let (calls, puts) = (short(.call), short(.put))
        let count =
            component.shortOptionMinimumMethod == .max
            ? "max(\(calls) short calls, \(puts) short puts)" : "(\(calls) short calls + \(puts) short puts)"
        say(1, "short option minimum \(component.shortOptionMinimum) = \(count) × \(component.shortOptionMinimumRate)")
    }
}
