import ClearingModel
import Foundation
import Margining
import Quantities
import Scenarios

/// Sums the portfolio arrays of many accounts and says how many positions a second, with a checksum that
/// `aggregate.py` finds too.
///
/// Usage: bench-aggregation ACCOUNTS POSITIONS-AN-ACCOUNT SERIES. Quantities and array values come from a generator
/// that both programs have.
@main
enum BenchAggregation {
    static let scenarios = 16

    static func main() throws {
        let counts = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        guard counts.count == 3 else { exit(64) }
        let (accounts, perAccount, seriesCount) = (counts[0], counts[1], counts[2])
        var random = Generator(state: 20_181_231)
        let arrays = try publishedArrays(seriesCount, &random)
        var positions: [Position] = []
        positions.reserveCapacity(accounts * perAccount)
        for _ in 0..<(accounts * perAccount) {
            let series = Int32(random.next() % UInt64(seriesCount))
            positions.append(Position(series: series, quantity: Int64(random.next() % 2001) - 1000))
        }
        var best = Double.infinity
        var checksum: Int64 = 0
        for _ in 0..<7 {
            checksum = 0
            let seconds = ContinuousClock().measure {
                for account in 0..<accounts {
                    let held = positions[account * perAccount..<(account + 1) * perAccount]
                    guard let bound = arrays.bound(of: held) else { exit(70) }
                    checksum &+= arrays.portfolioArray(of: held, bound: bound, count: scenarios).max() ?? 0
                }
            }
            best = min(best, Double(seconds.components.attoseconds) / 1e18 + Double(seconds.components.seconds))
        }
        print("ours,\(Double(positions.count) / best),\(checksum)")
    }

    /// One combined commodity with futures of one month and random arrays.
    private static func publishedArrays(_ count: Int, _ random: inout Generator) throws -> PublishedArrays {
        guard let code = CurrencyCode("USD"), let month = ContractMonth("2019-02") else { exit(70) }
        let commodity = CombinedCommodityCode("CC")
        let set = try ScenarioSet.classic(
            code: ScenarioSetCode("SPAN"), extremeMultiple: ExactDecimal(2),
            extremeCover: ExactDecimal(mantissa: 35, scale: 2))
        var rows = MarginBookRows()
        rows.currencies = [Currency(code: code, decimals: 2)]
        rows.combinedCommodities = [
            CombinedCommodity(
                code: commodity, name: "CC", currency: code, canTradeAtOrBelowZero: false, isSynthetic: true)
        ]
        rows.scenarioSets = [set]
        rows.margins = [
            CombinedCommodityMargin(
                combinedCommodity: commodity, scenarioSet: set.code, priceScanRange: .amount(.one),
                volatilityScanRange: .absolute(.zero), volatilityFloor: .one, lookAheadDays: .zero,
                dayCount: .actual365, arrayDecimals: 0, weightedPriceRiskMethod: .capped, deltaKind: .composite,
                shortOptionMinimumMethod: .gross, shortOptionMinimumRate: .zero)
        ]
        let contract = ContractCode("C")
        rows.contracts = [
            Contract(
                code: contract, combinedCommodity: commodity, contractValueFactor: .one, kind: .future(FutureTerms()))
        ]
        let codes = (0..<count).map { SeriesCode("S" + String($0 + 10_000_000)) }
        rows.series = codes.map {
            Series(code: $0, contract: contract, contractMonth: month, kind: .future(expiryDate: nil, underlying: nil))
        }
        let published = codes.map { code in
            PublishedRiskArray(
                series: code, arrayDecimals: 0,
                values: (0..<scenarios).map { _ in Int64(random.next() % 20_001) - 10_000 },
                compositeDelta: CompositeDelta(Delta(rounding: 1)), priceScanRange: .one)
        }
        return try PublishedArrays(published, in: MarginBook(rows))
    }
}

/// xorshift64*: the same few lines in both programs.
struct Generator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return (state &* 0x2545_F491_4F6C_DD1D) >> 33
    }
}
