import ClearingModel
import Quantities

/// One series of an account on the name of its member's own group: what defaults together (methodology §9).
package struct WrongWayPosition: Sendable {
    /// Long + and short −, kept apart where an account holds both.
    package let long: Int64
    package let short: Int64
    /// Settlement price, any sign.
    package let price: ExactDecimal
    /// Money a unit of price, above 0.
    package let contractValueFactor: ExactDecimal
    /// The right and strike of an option; nil for a future.
    package let option: (right: OptionRight, strike: ExactDecimal)?

    package init(
        long: Int64, short: Int64, price: ExactDecimal, contractValueFactor: ExactDecimal,
        option: (right: OptionRight, strike: ExactDecimal)? = nil
    ) {
        self.long = long
        self.short = short
        self.price = price
        self.contractValueFactor = contractValueFactor
        self.option = option
    }

    /// What one long unit is worth once the reference is worth nothing: a future or call 0, a put its strike.
    private var priceAfterDefault: ExactDecimal {
        guard let option, option.right == .put else { return .zero }
        return option.strike
    }

    /// max(0, loss of the longs) + max(0, loss of the shorts), in money, exact; nil where it leaves 128 bits.
    fileprivate var loss: ExactDecimal? {
        let drop = price - priceAfterDefault
        let losing = drop > .zero ? long : short
        let magnitude = drop > .zero ? drop : .zero - drop
        return magnitude.checkedProduct(contractValueFactor)?
            .checkedProduct(ExactDecimal(mantissa: Int128(losing), scale: 0))
    }
}

/// The jump loss of positions that lose when the member's own group defaults (methodology §9).
///
/// The reference falls to zero at once. Losses are added in full: gains on other positions offset nothing, and the
/// margin on the same positions is not deducted. Exact, then half away from zero to the minor unit of `currency`.
package func wrongWayAddOn(
    combinedCommodity: CombinedCommodityCode, positions: [WrongWayPosition], group: CompanyGroupCode, currency: Currency
) throws(AddOnError) -> AddOnLine {
    let item = AddOnItemCode(combinedCommodity.text)
    var loss = ExactDecimal.zero
    for position in positions {
        guard let more = position.loss else { throw .amountOutOfRange(item) }
        loss += more
    }
    return AddOnLine(
        kind: .wrongWay, item: item, base: .zero(currency),
        driver: "jump to zero of \(group), the member's own group, over \(positions.count) series",
        amount: try item.money(loss, currency))
}
