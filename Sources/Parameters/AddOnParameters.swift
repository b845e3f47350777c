import ClearingModel
import Quantities

/// A set of combined commodities that are liquidated together.
package struct LiquidityGroupCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// One liquidity group of an account class.
package struct LiquidityGroupRow: Hashable, Sendable {
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

/// A step of the concentration charge: what lies above the limit, up to the next tier's, is charged at the rate.
package struct ConcentrationTier: Hashable, Sendable {
    /// Multiple of average daily volume or share of open interest, 0 or more.
    package let above: ExactDecimal
    /// Share of the base for a position wholly in this tier, 0 or more.
    package let rate: ExactDecimal

    package init(above: ExactDecimal, rate: ExactDecimal) {
        self.above = above
        self.rate = rate
    }
}

/// One concentration tier, of an account class or, with none, of members.
package struct ConcentrationTierRow: Hashable, Sendable {
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
package struct HalfSpreadRow: Hashable, Sendable {
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
package struct ImpactRow: Hashable, Sendable {
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

/// What a parameter set charges beyond the requirement (docs/methodology.md §9).
package struct AddOnParameters: Hashable, Sendable {
    package let liquidityGroups: [LiquidityGroupRow]
    /// Ascending within a combined commodity.
    package let concentrationTiers: [ConcentrationTierRow]
    /// Ascending within a combined commodity; their account class is nil.
    package let memberConcentrationTiers: [ConcentrationTierRow]
    package let halfSpreads: [HalfSpreadRow]
    package let impacts: [ImpactRow]

    package init(
        liquidityGroups: [LiquidityGroupRow], concentrationTiers: [ConcentrationTierRow],
        memberConcentrationTiers: [ConcentrationTierRow], halfSpreads: [HalfSpreadRow], impacts: [ImpactRow]
    ) {
        self.liquidityGroups = liquidityGroups
        self.concentrationTiers = concentrationTiers
        self.memberConcentrationTiers = memberConcentrationTiers
        self.halfSpreads = halfSpreads
        self.impacts = impacts
    }

    /// A set that charges nothing beyond the requirement.
    package static let none = AddOnParameters(
        liquidityGroups: [], concentrationTiers: [], memberConcentrationTiers: [], halfSpreads: [], impacts: [])
}
