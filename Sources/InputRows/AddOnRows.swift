import ClearingModel
import Parameters
import Quantities

extension AddOnParameters {
    /// One parameter set's from the rows of its tables, in the order of their keys.
    package init<Row: InputRow>(rows: (InputTable) throws -> [Row]) throws {
        self.init(
            liquidityGroups: try Self.liquidityGroups(rows(.liquidityGroup), members: rows(.liquidityGroupMember)),
            concentrationTiers: try Self.tiers(rows(.concentrationTier)) { try $0.code("account_class") },
            memberConcentrationTiers: try Self.tiers(rows(.memberConcentrationTier)) { _ in nil },
            halfSpreads: try rows(.halfSpreadCharge).map { row in
                HalfSpreadRow(
                    accountClass: try row.code("account_class"), combinedCommodity: try row.code("combined_commodity"),
                    contractValueFactor: try row.decimal("contract_value_factor"),
                    tierFactor: try row.decimal("tier_factor"))
            }.sorted { ($0.accountClass, $0.combinedCommodity) < ($1.accountClass, $1.combinedCommodity) },
            impacts: try rows(.impactCharge).map { row in
                ImpactRow(
                    accountClass: try row.code("account_class"), combinedCommodity: try row.code("combined_commodity"),
                    impactCoefficient: try row.decimal("impact_coefficient"),
                    contractValueFactor: try row.decimal("contract_value_factor"))
            }.sorted { ($0.accountClass, $0.combinedCommodity) < ($1.accountClass, $1.combinedCommodity) })
    }

    /// A member of a group that the set lacks is left out, as a join would.
    private static func liquidityGroups<Row: InputRow>(_ groups: [Row], members: [Row]) throws -> [LiquidityGroupRow] {
        func key(_ row: Row) throws -> LiquidityGroupKey {
            LiquidityGroupKey(accountClass: try row.code("account_class"), group: try row.code("liquidity_group"))
        }
        let horizons = Dictionary(
            try groups.map { (try key($0), try $0.decimal("horizon_days")) }, uniquingKeysWith: { first, _ in first })
        return try members.compactMap { row in
            let key = try key(row)
            return try horizons[key].map { horizon in
                LiquidityGroupRow(
                    accountClass: key.accountClass, group: key.group, horizonDays: horizon,
                    combinedCommodity: try row.code("combined_commodity"),
                    participation: try row.decimal("participation"), extraDays: try row.decimal("extra_days"))
            }
        }.sorted {
            ($0.accountClass, $0.group, $0.combinedCommodity) < ($1.accountClass, $1.group, $1.combinedCommodity)
        }
    }

    private static func tiers<Row: InputRow>(
        _ rows: [Row], accountClass: (Row) throws -> AccountClassCode?
    ) throws -> [ConcentrationTierRow] {
        try rows.map { row in
            ConcentrationTierRow(
                accountClass: try accountClass(row), combinedCommodity: try row.code("combined_commodity"),
                tiersOf: try row.text("tiers_of"),
                tier: ConcentrationTier(above: try row.decimal("above"), rate: try row.decimal("rate")))
        }.sorted {
            ($0.accountClass?.text ?? "", $0.combinedCommodity.text, $0.tier.above)
                < ($1.accountClass?.text ?? "", $1.combinedCommodity.text, $1.tier.above)
        }
    }
}

private struct LiquidityGroupKey: Hashable {
    let accountClass: AccountClassCode
    let group: LiquidityGroupCode
}
