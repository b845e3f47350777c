import ClearingModel
import Parameters
import Quantities

/// What the limits of concentration tiers are multiples of; the figure is in contracts.
package enum ConcentrationMeasure: Hashable, Sendable {
    /// Contracts a day, above 0; a tier's limit is a multiple of it.
    case averageDailyVolume(ExactDecimal)
    /// Contracts, 0 or more; a tier's limit is a share of it.
    case openInterest(ExactDecimal)

    package var contracts: ExactDecimal {
        switch self {
        case .averageDailyVolume(let contracts), .openInterest(let contracts): contracts
        }
    }

    fileprivate var name: String {
        switch self {
        case .averageDailyVolume: "average daily volume"
        case .openInterest: "open interest"
        }
    }
}

/// The concentration charge on one combined commodity, at account or at member level (methodology §9).
package struct ConcentrationCharge: Sendable {
    package let combinedCommodity: CombinedCommodityCode
    package let measure: ConcentrationMeasure
    /// Ascending by limit.
    package let tiers: [ConcentrationTier]

    /// Throws where tiers do not ascend strictly, a limit or rate is negative, or an average daily volume is not above
    /// zero.
    package init(
        combinedCommodity: CombinedCommodityCode, measure: ConcentrationMeasure, tiers: [ConcentrationTier]
    ) throws(AddOnError) {
        let item = AddOnItemCode(combinedCommodity.text)
        switch measure {
        case .averageDailyVolume(let contracts): try item.requireAbove(zero: contracts, measure.name)
        case .openInterest(let contracts): try item.requireNotNegative(contracts, measure.name)
        }
        for tier in tiers {
            try item.requireNotNegative(tier.above, "tier limit")
            try item.requireNotNegative(tier.rate, "tier rate")
        }
        for (lower, upper) in zip(tiers, tiers.dropFirst()) where lower.above >= upper.above {
            throw .tiersNotAscending(item)
        }
        self.combinedCommodity = combinedCommodity
        self.measure = measure
        self.tiers = tiers
    }

    /// Σ rate · (part of |X| in the tier), in contracts, exact. What lies at or below the lowest limit is in no tier.
    package func ratedContracts(_ size: PositionSize) throws(AddOnError) -> ExactDecimal {
        let item = AddOnItemCode(combinedCommodity.text)
        var rated = ExactDecimal.zero
        for (index, tier) in tiers.enumerated() {
            let lower = try item.product(tier.above, measure.contracts)
            var part = size.contracts - lower
            if part <= .zero { break }
            if index + 1 < tiers.count {
                part = min(part, try item.product(tiers[index + 1].above, measure.contracts) - lower)
            }
            rated += try item.product(tier.rate, part)
        }
        return rated.withoutTrailingZeros
    }

    /// Base · Σ rate · part / |X|, rounded once, half away from zero; 0 where nothing is held.
    package func amount(size: PositionSize, base: Money) throws(AddOnError) -> Money {
        precondition(base.minorUnits >= 0, "an add-on's base is never negative")
        let rated = try ratedContracts(size)
        if rated.signum == 0 { return .zero(base.currency) }
        let share = ExactFraction(rated, over: size.contracts)
        guard let units = roundedQuotient(Int128(base.minorUnits), times: share.numerator, over: share.denominator),
            let amount = Int64(exactly: units)
        else { throw .amountOutOfRange(AddOnItemCode(combinedCommodity.text)) }
        return Money(minorUnits: amount, currency: base.currency)
    }

    /// The charge on one account; `base` is the combined commodity's own max(0, risk − net option value).
    package func line(size: PositionSize, base: Money) throws(AddOnError) -> AddOnLine {
        let amount = try amount(size: size, base: base)
        return AddOnLine(
            kind: .concentration, item: AddOnItemCode(combinedCommodity.text), base: base, size: size,
            driver: "\(size.contracts) contracts against \(measure.name) \(measure.contracts):"
                + " \(try ratedContracts(size)) charged whole",
            amount: amount)
    }
}
