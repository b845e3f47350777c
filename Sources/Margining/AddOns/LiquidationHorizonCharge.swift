import ClearingModel
import Parameters
import Quantities

/// One combined commodity of a liquidity group, as an account holds it.
package struct LiquidityGroupMember: Sendable {
    package let combinedCommodity: CombinedCommodityCode
    package let size: PositionSize
    /// max(0, risk − net option value); in the group's one currency.
    package let base: Money
    /// Contracts a day, above 0.
    package let averageDailyVolume: ExactDecimal
    /// Share of the volume that can be traded, above 0.
    package let participation: ExactDecimal
    /// Days added whatever the size, 0 or more.
    package let extraDays: ExactDecimal

    package init(
        combinedCommodity: CombinedCommodityCode, size: PositionSize, base: Money, averageDailyVolume: ExactDecimal,
        participation: ExactDecimal = .one, extraDays: ExactDecimal = .zero
    ) {
        self.combinedCommodity = combinedCommodity
        self.size = size
        self.base = base
        self.averageDailyVolume = averageDailyVolume
        self.participation = participation
        self.extraDays = extraDays
    }

    /// |X|/(participation · average daily volume) + extra days.
    fileprivate func liquidationDays() throws(AddOnError) -> ExactFraction {
        let item = AddOnItemCode(combinedCommodity.text)
        try item.requireAbove(zero: averageDailyVolume, "average daily volume")
        try item.requireAbove(zero: participation, "participation")
        try item.requireNotNegative(extraDays, "extra days")
        let tradedADay = try item.product(averageDailyVolume, participation)
        return ExactFraction(size.contracts) / ExactFraction(tradedADay) + ExactFraction(extraDays)
    }
}

/// How much of its liquidity charge a diversified account pays (methodology §9).
package struct DiversificationAlpha: Hashable, Sendable {
    package let fraction: ExactFraction

    /// No relief.
    package static let one = DiversificationAlpha(fraction: ExactFraction(1, over: 1))

    private init(fraction: ExactFraction) { self.fraction = fraction }

    /// max(`floor`, `diversified` / `standAlone`); the floor where there is no stand-alone risk (0/0).
    ///
    /// Both amounts are requirements, 0 or more, in one currency; the floor is a fraction 0 … 1.
    package init(floor: ExactDecimal, diversified: Money, standAlone: Money) {
        precondition(diversified.currency == standAlone.currency, "amounts of two currencies are never divided")
        let least = ExactFraction(floor)
        guard standAlone.minorUnits > 0 else {
            self.init(fraction: least)
            return
        }
        let isAboveFloor = diversified.amount > floor * standAlone.amount
        self.init(
            fraction: isAboveFloor
                ? ExactFraction(Int128(diversified.minorUnits), over: Int128(standAlone.minorUnits)) : least)
    }
}

/// The liquidity charge of one liquidity group: what it costs that closing a large position takes longer than the
/// horizon the margin covers (methodology §9).
package struct LiquidationHorizonCharge: Sendable {
    package let group: LiquidityGroupCode
    /// Days the margin covers, above 0.
    package let horizonDays: ExactDecimal
    /// The one currency of every member's base.
    package let currency: Currency

    /// Throws `unusableParameter` where the horizon is not above zero.
    package init(group: LiquidityGroupCode, horizonDays: ExactDecimal, currency: Currency) throws(AddOnError) {
        try AddOnItemCode(group.text).requireAbove(zero: horizonDays, "horizon")
        self.group = group
        self.horizonDays = horizonDays
        self.currency = currency
    }

    /// The |X|-weighted mean of the members' liquidation days, exact; 0 where nothing is held.
    package func liquidationDays(_ members: [LiquidityGroupMember]) throws(AddOnError) -> ExactFraction {
        var weighted = ExactFraction.zero
        var held = ExactDecimal.zero
        for member in members {
            let days = try member.liquidationDays()
            weighted = weighted + ExactFraction(member.size.contracts) * days
            held += member.size.contracts
        }
        return held > .zero ? weighted / ExactFraction(held) : .zero
    }

    /// Base · alpha · max(0, sqrt(days / horizon) − 1), half away from zero to the minor unit.
    ///
    /// The base is the sum of the members'. A group is in **one** currency, since its base is one amount: where its
    /// combined commodities differ, the caller converts their bases first. Throws `severalCurrencies` otherwise.
    package func line(
        _ members: [LiquidityGroupMember], alpha: DiversificationAlpha = .one
    ) throws(AddOnError) -> AddOnLine {
        let item = AddOnItemCode(group.text)
        var base = Money.zero(currency)
        for member in members {
            if member.base.currency != currency { throw .severalCurrencies(item) }
            precondition(member.base.minorUnits >= 0, "an add-on's base is never negative")
            base = base + member.base
        }
        let days = try liquidationDays(members)
        let factor = ExactFraction(Int128(base.minorUnits), over: 1) * alpha.fraction
        let horizons = days / ExactFraction(horizonDays)
        guard let units = squareRootCharge(factor: factor, ratio: horizons, deduction: 1) else {
            throw .amountOutOfRange(item)
        }
        let relief = alpha == .one ? "" : ", alpha \(alpha.fraction.rounded(toScale: 4))"
        return AddOnLine(
            kind: .liquidity, item: item, base: base, liquidationDays: days,
            driver: "\(days.rounded(toScale: 4)) days to liquidate, horizon \(horizonDays)\(relief)",
            multiplier: alpha.fraction.rounded(toScale: 12), amount: Money(minorUnits: units, currency: currency))
    }
}
