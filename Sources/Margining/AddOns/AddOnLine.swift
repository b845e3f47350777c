import ClearingModel
import Quantities

/// The add-ons of methodology §9, and §7's on correlation; the raw value is the code in results.
package enum AddOnKind: String, Sendable {
    case liquidity
    case halfSpread = "half_spread"
    case impact
    case concentration
    case wrongWay = "wrong_way"
    case credit
    case correlationUnderestimation = "correlation_underestimation"
    case correlationBreak = "correlation_break"
}

/// What an add-on line is for: a combined commodity, a liquidity group or the account's requirement.
package struct AddOnItemCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// The size of a position in a combined commodity: |X|, the net delta before any spread, in contracts (methodology §9).
package struct PositionSize: Hashable, Sendable {
    /// 0 or more.
    package let delta: Delta

    /// The size of a net delta of either sign; traps on the one that has no magnitude.
    package init(netDelta: Delta) { delta = netDelta.magnitude }

    /// Contracts, exact, without trailing zeros.
    package var contracts: ExactDecimal { delta.amount.withoutTrailingZeros }
}

/// One add-on of one account, with what it was computed from.
package struct AddOnLine: Hashable, Sendable {
    package let kind: AddOnKind
    package let item: AddOnItemCode
    /// What the rate is applied to, 0 or more; 0 for the two charges that have a size and no base.
    package let base: Money
    /// Nil for a liquidity group, which has a size a member, and for the credit add-on.
    package let size: PositionSize?
    /// Liquidity only.
    package let liquidationDays: ExactFraction?
    /// What the amount comes from, in one line of plain text.
    package let driver: String
    /// Diversification alpha, tier factor, credit multiplier or kappa, to 12 decimals; nil where the line has none.
    package let multiplier: ExactDecimal?
    /// 0 or more, in the base's currency.
    package let amount: Money

    package init(
        kind: AddOnKind, item: AddOnItemCode, base: Money, size: PositionSize? = nil,
        liquidationDays: ExactFraction? = nil, driver: String, multiplier: ExactDecimal? = nil, amount: Money
    ) {
        self.kind = kind
        self.item = item
        self.base = base
        self.size = size
        self.liquidationDays = liquidationDays
        self.driver = driver
        self.multiplier = multiplier
        self.amount = amount
    }
}

/// Why an add-on cannot be computed.
package enum AddOnError: Error, Hashable {
    /// A liquidity group or a member's accounts with bases in two currencies: convert them to one first.
    case severalCurrencies(AddOnItemCode)
    /// A parameter that must be above zero is not, or one that must not be negative is.
    case unusableParameter(AddOnItemCode, name: String, value: ExactDecimal)
    /// Concentration tiers that do not ascend strictly.
    case tiersNotAscending(AddOnItemCode)
    /// The amount leaves 64 bits of minor units, or its factors 128 bits.
    case amountOutOfRange(AddOnItemCode)
    /// The date's liquidity lacks a figure of a combined commodity, or the whole row, that a charge needs.
    case missingLiquidity(String, of: CombinedCommodityCode, neededBy: String)
}

extension AddOnError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .severalCurrencies(let item): "add-on \(item): its bases are in several currencies"
        case .unusableParameter(let item, let name, let value): "add-on \(item): \(name) cannot be \(value)"
        case .tiersNotAscending(let item): "add-on \(item): its concentration tiers do not ascend"
        case .amountOutOfRange(let item): "add-on \(item): the amount is out of range"
        case .missingLiquidity(let what, let code, let need): "liquidity has no \(what) of \(code), needed by \(need)"
        }
    }
}

/// max(0, risk − net option value) of one combined commodity: what the liquidity and concentration charges scale
/// (methodology §9). `netOptionValue` is signed, + for net long options.
package func addOnBase(risk: Money, netOptionValue: Money) -> Money {
    let exposure = risk - netOptionValue
    return exposure.minorUnits > 0 ? exposure : .zero(exposure.currency)
}

/// The steps every add-on takes, with errors that name its item.
extension AddOnItemCode {
    func requireAbove(zero value: ExactDecimal, _ name: String) throws(AddOnError) {
        if value <= .zero { throw .unusableParameter(self, name: name, value: value) }
    }

    func requireNotNegative(_ value: ExactDecimal, _ name: String) throws(AddOnError) {
        if value < .zero { throw .unusableParameter(self, name: name, value: value) }
    }

    /// The exact product of `factors`, for an amount that is rounded once at the end.
    func product(_ factors: ExactDecimal...) throws(AddOnError) -> ExactDecimal {
        var product = ExactDecimal.one
        for factor in factors {
            guard let next = product.checkedProduct(factor), next.scale <= 38 else { throw .amountOutOfRange(self) }
            product = next
        }
        return product
    }

    /// `amount` in money, half away from zero to the minor unit.
    func money(_ amount: ExactDecimal, _ currency: Currency) throws(AddOnError) -> Money {
        guard let units = amount.minorUnits(times: .one, decimals: currency.decimals) else {
            throw .amountOutOfRange(self)
        }
        return Money(minorUnits: units, currency: currency)
    }
}
