import ClearingModel
import Margining
import Postgres
import Quantities

/// How combined commodities trade on a date.
package struct LiquidityStore {
    private let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// The liquidity rows of a date by combined commodity.
    package func liquidity(pin: Int64, _ date: BusinessDate) throws -> [CombinedCommodityCode: LiquidityRow] {
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
