import ClearingModel
import Margining
import Postgres
import Quantities

extension AddOnParameters {
    /// Liquidity is that of the set's business date.
    package static func load(
        _ set: PinnedParameterSet, from connection: Connection
    ) throws -> AddOnParameters {
        func rows<T>(_ query: Query, _ decode: (Row) throws -> T) throws -> [T] {
            try connection.rows(query, set.values).map(decode)
        }
        return AddOnParameters(
            liquidityGroups: try rows(.loadLiquidityGroups) { row in
                LiquidityGroupRow(
                    accountClass: try row.code("account_class"), group: try row.code("liquidity_group"),
                    horizonDays: try row.decimal("horizon_days"),
                    combinedCommodity: try row.code("combined_commodity"),
                    participation: try row.decimal("participation"),
                    extraDays: try row.decimal("extra_days"))
            },
            concentrationTiers: try rows(.loadConcentrationTiers) { row in
                ConcentrationTierRow(
                    accountClass: try row.code("account_class"), combinedCommodity: try row.code("combined_commodity"),
                    tiersOf: try row.text("tiers_of"),
                    tier: ConcentrationTier(above: try row.decimal("above"), rate: try row.decimal("rate")))
            },
            memberConcentrationTiers: try rows(.loadMemberConcentrationTiers) { row in
                ConcentrationTierRow(
                    accountClass: nil, combinedCommodity: try row.code("combined_commodity"),
                    tiersOf: try row.text("tiers_of"),
                    tier: ConcentrationTier(above: try row.decimal("above"), rate: try row.decimal("rate")))
            },
            halfSpreads: try rows(.loadHalfSpreadCharges) { row in
                HalfSpreadRow(
                    accountClass: try row.code("account_class"), combinedCommodity: try row.code("combined_commodity"),
                    contractValueFactor: try row.decimal("contract_value_factor"),
                    tierFactor: try row.decimal("tier_factor"))
            },
            impacts: try rows(.loadImpactCharges) { row in
                ImpactRow(
                    accountClass: try row.code("account_class"), combinedCommodity: try row.code("combined_commodity"),
                    impactCoefficient: try row.decimal("impact_coefficient"),
                    contractValueFactor: try row.decimal("contract_value_factor"))
            },
            liquidity: try liquidity(set.pin, set.businessDate, from: connection))
    }

    private static func liquidity(
        _ pin: Int64, _ date: BusinessDate, from connection: Connection
    ) throws -> [CombinedCommodityCode: LiquidityRow] {
        var liquidity: [CombinedCommodityCode: LiquidityRow] = [:]
        for row in try connection.rows(.loadLiquidity, [.int64(pin), date.value]) {
            liquidity[try row.code("combined_commodity")] = LiquidityRow(
                averageDailyVolume: try row.decimal("average_daily_volume"),
                openInterest: try row.decimalOrNull("open_interest"),
                dailyVolatility: try row.decimalOrNull("daily_volatility"),
                halfSpread: try row.decimalOrNull("half_spread"))
        }
        return liquidity
    }
}
