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
        let currency = component.currency
        guard !premium.isEmpty else { return }
        say(
            1,
            "net option value \(money(component.netOptionValue, currency)) \(currency) = Σ quantity × price × "
                + "contract value factor" + (explanation.isGross ? ", of long options at most their largest loss" : ""))
        list(2, premium, "options", of: value, in: { _ in currency }) { text, option in
            guard let price = option.settlementPrice else {
                return text.say(2, "\(option.series): no settlement price")
            }
            let shown = text.money(text.value(option), currency)
            text.say(2, "\(option.series): \(text.product(option, price, currency)) = \(shown)")
        }
    }

    /// What an option position is worth; 0 without a settlement price.
    private func value(_ option: OptionValueResult) -> ExactDecimal {
        let factor = option.contractValueFactor
        guard let price = option.settlementPrice else { return .zero }
        guard explanation.isGross else {
            return ExactDecimal(Int(option.longQuantity - option.shortQuantity)) * price * factor
        }
        let (long, short) = (ExactDecimal(Int(option.longQuantity)), ExactDecimal(Int(option.shortQuantity)))
        return min(long * price * factor, long * loss(option)) - short * price * factor
    }

    private func product(_ option: OptionValueResult, _ price: ExactDecimal, _ currency: CurrencyCode) -> String {
        let (long, short, factor) = (option.longQuantity, option.shortQuantity, option.contractValueFactor)
        return explanation.isGross
            ? "min(\(long) × \(price) × \(factor), \(long) × \(money(loss(option), currency))) − \(short) × \(price) × "
                + "\(factor)"
            : "\(long - short) × \(price) × \(factor)"
    }

    private func loss(_ option: OptionValueResult) -> ExactDecimal {
        ExactDecimal(minorUnits: option.longLoss, decimals: Int(option.arrayDecimals))
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
        let currency = component.currency
        say(
            1,
            "short option minimum \(money(component.shortOptionMinimum, currency)) = \(count) × "
                + "\(money(component.shortOptionMinimumRate, currency))")
    }
}
