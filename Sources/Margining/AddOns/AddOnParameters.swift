import ClearingModel
import Quantities

/// One liquidity group of an account class.
package struct LiquidityGroupRow: Sendable {
    package let accountClass: AccountClassCode
    package let group: LiquidityGroupCode
    package let horizonDays: ExactDecimal
    package let combinedCommodity: CombinedCommodityCode
    package let participation: ExactDecimal
    package let extraDays: ExactDecimal

    package init(
        accountClass: AccountClassCode, group: LiquidityGroupCode, horizonDays: ExactDecimal,
        combinedCommodity: CombinedCommodityCode, participation: ExactDecimal, extraDays: ExactDecimal
    ) {
        self.accountClass = accountClass
        self.group = group
        self.horizonDays = horizonDays
        self.combinedCommodity = combinedCommodity
        self.participation = participation
        self.extraDays = extraDays
    }
}

/// One concentration tier, of an account class or, with none, of members.
package struct ConcentrationTierRow: Sendable {
    package let accountClass: AccountClassCode?
    package let combinedCommodity: CombinedCommodityCode
    /// `adv` or `open_interest`.
    package let tiersOf: String
    package let tier: ConcentrationTier

    package init(
        accountClass: AccountClassCode?, combinedCommodity: CombinedCommodityCode, tiersOf: String,
        tier: ConcentrationTier
    ) {
        self.accountClass = accountClass
        self.combinedCommodity = combinedCommodity
        self.tiersOf = tiersOf
        self.tier = tier
    }
}

/// The half-spread charge of an account class on a combined commodity.
package struct HalfSpreadRow: Sendable {
    package let accountClass: AccountClassCode
    package let combinedCommodity: CombinedCommodityCode
    package let contractValueFactor: ExactDecimal
    package let tierFactor: ExactDecimal

    package init(
        accountClass: AccountClassCode, combinedCommodity: CombinedCommodityCode, contractValueFactor: ExactDecimal,
        tierFactor: ExactDecimal
    ) {
        self.accountClass = accountClass
        self.combinedCommodity = combinedCommodity
        self.contractValueFactor = contractValueFactor
        self.tierFactor = tierFactor
    }
}

/// The market impact charge of an account class on a combined commodity.
package struct ImpactRow: Sendable {
    package let accountClass: AccountClassCode
    package let combinedCommodity: CombinedCommodityCode
    package let impactCoefficient: ExactDecimal
    package let contractValueFactor: ExactDecimal

    package init(
        accountClass: AccountClassCode, combinedCommodity: CombinedCommodityCode, impactCoefficient: ExactDecimal,
        contractValueFactor: ExactDecimal
    ) {
        self.accountClass = accountClass
        self.combinedCommodity = combinedCommodity
        self.impactCoefficient = impactCoefficient
        self.contractValueFactor = contractValueFactor
    }
}

/// How a combined commodity trades on a date: volumes in contracts, prices in price units.
package struct LiquidityRow: Sendable {
    package let averageDailyVolume: ExactDecimal
    package let openInterest: ExactDecimal?
    /// One day's standard deviation of the price.
    package let dailyVolatility: ExactDecimal?
    package let halfSpread: ExactDecimal?

    package init(
        averageDailyVolume: ExactDecimal, openInterest: ExactDecimal?, dailyVolatility: ExactDecimal?,
        halfSpread: ExactDecimal?
    ) {
        self.averageDailyVolume = averageDailyVolume
        self.openInterest = openInterest
        self.dailyVolatility = dailyVolatility
        self.halfSpread = halfSpread
    }
}

/// The rows that the add-ons of one parameter set and date are computed from.
package struct AddOnParameters: Sendable {
    package let liquidityGroups: [LiquidityGroupRow]
    /// Ascending within a combined commodity.
    package let concentrationTiers: [ConcentrationTierRow]
    /// Ascending within a combined commodity; their account class is nil.
    package let memberConcentrationTiers: [ConcentrationTierRow]
    package let halfSpreads: [HalfSpreadRow]
    package let impacts: [ImpactRow]
    package let liquidity: [CombinedCommodityCode: LiquidityRow]

    package init(
        liquidityGroups: [LiquidityGroupRow], concentrationTiers: [ConcentrationTierRow],
        memberConcentrationTiers: [ConcentrationTierRow], halfSpreads: [HalfSpreadRow], impacts: [ImpactRow],
        liquidity: [CombinedCommodityCode: LiquidityRow]
    ) {
        self.liquidityGroups = liquidityGroups
        self.concentrationTiers = concentrationTiers
        self.memberConcentrationTiers = memberConcentrationTiers
        self.halfSpreads = halfSpreads
        self.impacts = impacts
        self.liquidity = liquidity
    }
}
