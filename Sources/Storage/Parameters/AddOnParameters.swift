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
                    accountClass: try row.code(0), group: try row.code(1), horizonDays: try row.decimal(2),
                    combinedCommodity: try row.code(3), participation: try row.decimal(4),
                    extraDays: try row.decimal(5))
            },
            concentrationTiers: try rows(.loadConcentrationTiers) { row in
                ConcentrationTierRow(
                    accountClass: try row.code(0), combinedCommodity: try row.code(1), tiersOf: try row.text(2),
                    tier: ConcentrationTier(above: try row.decimal(3), rate: try row.decimal(4)))
            },
            memberConcentrationTiers: try rows(.loadMemberConcentrationTiers) { row in
                ConcentrationTierRow(
                    accountClass: nil, combinedCommodity: try row.code(0), tiersOf: try row.text(1),
                    tier: ConcentrationTier(above: try row.decimal(2), rate: try row.decimal(3)))
            },
            halfSpreads: try rows(.loadHalfSpreadCharges) { row in
                HalfSpreadRow(
                    accountClass: try row.code(0), combinedCommodity: try row.code(1),
                    contractValueFactor: try row.decimal(2), tierFactor: try row.decimal(3))
            },
            impacts: try rows(.loadImpactCharges) { row in
                ImpactRow(
                    accountClass: try row.code(0), combinedCommodity: try row.code(1),
                    impactCoefficient: try row.decimal(2), contractValueFactor: try row.decimal(3))
            },
            liquidity: try liquidity(set.pin, set.businessDate, from: connection))
    }

    private static func liquidity(
        _ pin: Int64, _ date: BusinessDate, from connection: Connection
    ) throws -> [CombinedCommodityCode: LiquidityRow] {
        var liquidity: [CombinedCommodityCode: LiquidityRow] = [:]
        for row in try connection.rows(.loadLiquidity, [.int64(pin), date.value]) {
            liquidity[try row.code(0)] = LiquidityRow(
                averageDailyVolume: try row.decimal(1), openInterest: try row.decimalOrNull(2),
                dailyVolatility: try row.decimalOrNull(3), halfSpread: try row.decimalOrNull(4))
        }
        return liquidity
    }
}
